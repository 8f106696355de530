"""借还流水 of the page is taken over with the workbook it belongs to: nothing lost, nothing booked twice."""

from datetime import date, datetime
from pathlib import Path

import pytest

from adoption.old_lists import old_book
from schoollib_xl.adoption.adopting import Adoption, adopt
from schoollib_xl.adoption.files.desk_lines import MISFIT, UNREADABLE
from schoollib_xl.adoption.journal import RowOutcome, What
from schoollib_xl.adoption.options import Options
from schoollib_xl.adoption.report import settles_every_row
from schoollib_xl.desk.journal import JournalFile, beside
from schoollib_xl.desk.lines import DeskLine, DeskMark, LedgerState, LoanKey, booked_mark
from schoollib_xl.desk.request import Act
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.kept import DESK_JOURNAL
from schoollib_xl.ledgers.vocabulary import LoanOutcome
from schoollib_xl.sheets.opening.refusing import Unusable

AS_OF = date(2025, 10, 8)
LENT = date(2025, 9, 8)
NOON = datetime(2025, 10, 7, 12)


def key(number: str, accession_no: str, lent_on: date = LENT, line_id: str = "") -> LoanKey:
    return LoanKey(loan_no=number, reader_no="S1", accession_no=accession_no, lent_on=lent_on, line_id=line_id)


def lend(line_id: str, number: str, accession_no: str, day: date) -> DeskLine:
    row: dict[str, str | int] = {
        "借阅序号": number,
        "借出日期": day.isoformat(),
        "读者证号": "S1",
        "姓名": "林小满",
        "个别登记号": accession_no,
        "应还日期": "2025-10-21",
    }
    return DeskLine(id=line_id, at=NOON, what=Act.LEND, day=day, loan=key(number, accession_no, day), row=row)


def ended(line_id: str, loan: LoanKey, what: Act = Act.RETURN) -> DeskLine:
    change: dict[str, str | int] = {"归还日期": "2025-10-07", "归还情况": "已还"}
    return DeskLine(id=line_id, at=NOON, what=what, day=date(2025, 10, 7), loan=loan, change=change)


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    header = ("借阅序号", "借出日期", "读者证号", "姓名", "个别登记号", "应还日期", "归还日期", "归还情况")
    return old_book(
        tmp_path / "七本账.xlsx",
        {
            "个别登记账": [("个别登记号", "书名"), *((f"00000{n}", "小河") for n in range(1, 5))],
            "读者名册": [("读者证号", "姓名", "读者类别"), ("S1", "林小满", "学生")],
            "借阅登记账": [
                header,
                ("J1", "2025-09-08", "S1", "林小满", "000001", "2025-09-22", None, None),
                ("J2", "2025-09-08", "S1", "林小满", "000002", "2025-09-22", "2025-09-15", "已还"),
            ],
        },
    )


def with_lines(workbook: Path, *lines: DeskLine, tail: bytes = b"") -> Path:
    path = beside(workbook, DESK_JOURNAL)
    journal = JournalFile(path, DESK_JOURNAL, DeskLine)
    with journal.alone():
        journal.append(lines)
    with path.open("ab") as file:
        file.write(tail)
    return path


def loans(done: Adoption) -> dict[str, LoanRow]:
    rows: list[LoanRow] = done.ledger_set.rows[LoanRow]
    return {row.accession_no: row for row in rows}


def test_what_the_desk_did_and_the_ledger_does_not_have_is_taken_over(workbook: Path) -> None:
    with_lines(
        workbook,
        ended("a", key("J1", "000001")),
        lend("b", "J3", "000003", date(2025, 10, 7)),
        lend("c", "J4", "000004", date(2025, 10, 7)),
        DeskLine(id="d", at=NOON, what=DeskMark.UNDONE, of="c"),
    )
    done = adopt([workbook], Options(AS_OF))
    found = loans(done)
    assert sorted(found) == ["000001", "000002", "000003"]
    assert (found["000001"].returned_on, found["000001"].outcome) == (date(2025, 10, 7), LoanOutcome.RETURNED)
    assert found["000003"].is_open
    assert settles_every_row(done)
    counts = done.journal.counts
    assert (counts[What.LOANS].came_in, counts[What.RETURNS].came_in) == (3, 2)
    assert any("《借还流水_七本账.jsonl》在旧工作簿旁边" in said for said in done.journal.assumed)


def test_what_stands_in_the_ledger_already_is_not_booked_twice(workbook: Path) -> None:
    with_lines(workbook, lend("a", "J2", "000002", LENT), ended("b", key("J2", "000002", line_id="a")))
    done = adopt([workbook, beside(workbook, DESK_JOURNAL)], Options(AS_OF))
    assert len(loans(done)) == len(done.ledger_set.rows[LoanRow]) == 2
    assert (done.journal.counts[What.LOANS].merged, done.journal.counts[What.RETURNS].merged) == (1, 1)


def test_what_fits_no_loan_and_what_was_torn_is_listed(workbook: Path) -> None:
    with_lines(workbook, ended("a", key("J9", "000004")), tail=b'{"id":"x","at"')
    done = adopt([workbook], Options(AS_OF))
    aside = [
        row_record.detail
        for row_record in done.journal.row_records.values()
        if row_record.outcome is RowOutcome.ASIDE and row_record.is_record
    ]
    assert aside == [MISFIT, UNREADABLE]
    assert done.journal.counts[What.RETURNS].aside == 1


def test_what_an_older_copy_of_the_workbook_has_lost_is_listed(workbook: Path) -> None:
    lent = lend("a", "J7", "000003", LENT)
    then = LedgerState(loan_no="J7", accession_no="000003", ended=0, renewals=0)
    with_lines(workbook, lent, booked_mark(lent, "b", datetime(2025, 10, 7, 12), "J7", then))
    done = adopt([workbook], Options(AS_OF))
    assert "000003" not in loans(done)
    assert [one.detail for one in done.journal.row_records.values() if one.detail == MISFIT] == [MISFIT]
    assert settles_every_row(done)


def test_a_file_that_is_no_journal_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "借还流水_旧.jsonl"
    path.write_text('{"kind": "别的"}\n', "utf-8")
    with pytest.raises(Unusable, match="不是借还台写的借还流水"):
        adopt([path], Options(AS_OF))
