"""Done as told: the finding goes, and nothing new comes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from checks.books import Books, right_for
from checks.test_seeded_defects import SEEDS
from make import flat
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.calendar import JobRow
from schoollib_xl.ledgers.supporting.inspection import ReviewRow
from schoollib_xl.ledgers.supporting.office import CashRow, ExplanationRow, MappingRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow
from schoollib_xl.ledgers.vocabulary import LoanOutcome
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.samples.broken.entry import Misread
from schoollib_xl.samples.broken.every import EXAMPLES
from small_sample import small_sample

Act = Callable[[Books], None]


@cache
def _clean() -> LedgerSet:
    """The clean school, made once: nothing here changes its rows."""
    return small_sample()


@pytest.fixture(scope="module")
def clean() -> LedgerSet:
    return _clean()


def _moved_out(row_type: type[Any], key: str) -> Act:
    """The later of two rows with one number is moved out of the ledger."""

    def act(books: Books) -> None:
        seen: set[str] = set()
        for row in list(books.rows(row_type)):
            if getattr(row, key) in seen:
                books.drop(row)
            seen.add(getattr(row, key))

    return act


def _remarked(row_type: type[Any], holds: Callable[[Any], bool], remarks: str) -> Act:
    """A word is written into 备注, as the advice says."""

    def act(books: Books) -> None:
        books.edit(books.last(row_type, holds), remarks=remarks)

    return act


def _entered_twice(row_type: type[Any], **changes: Any) -> Act:
    def act(books: Books) -> None:
        books.add(books.rows(row_type)[-1]._replace(**changes))

    return act


def _of_a_class_that_was_merged(books: Books) -> None:
    for row in books.rows(LoanRow)[:3]:
        books.edit(row, class_name="二（9）班")


def _merged_class_added(books: Books) -> None:
    books.add(example(ClassRow, class_name="二（9）班", grade=2, pupils=0, teacher=None))


def _overpaid(books: Books) -> None:
    row = books.first(SummaryRow, lambda row: row.batch_no == "2025-003")
    books.edit(row, paid_value=row.list_value + 1, voucher_no=None)


def _seeded(code: str) -> Act:
    def act(books: Books) -> None:
        SEEDS[code](books)

    return act


def _as_the_papers_have_it(*row_types: type[Any]) -> Act:
    """The sheets that the advice names are completed from the papers: as they were in the clean school."""

    def act(books: Books) -> None:
        for row_type in row_types:
            books.ledger_set.rows[row_type] = list(_clean().rows.get(row_type, []))

    return act


def _expired_put_off(books: Books) -> None:
    books.edit(books.rows(ExplanationRow)[0], valid_until=date(2027, 7, 1))


# What is amiss, and what the advice of the code says.
ADVICE: dict[str, tuple[Act, Act]] = {
    "CIR001": (_entered_twice(LoanRow), _moved_out(LoanRow, "loan_no")),
    "CMP001": (_entered_twice(CompensationRow), _moved_out(CompensationRow, "incident_no")),
    "CMP014": (
        _seeded("CMP014"),
        lambda books: books.drop(books.rows(CompensationRow)[-1]),
    ),
    "WDL001": (_entered_twice(WithdrawalRow), _moved_out(WithdrawalRow, "accession_no")),
    "SUM221": (
        _overpaid,
        _remarked(SummaryRow, lambda row: row.batch_no == "2025-003", "多付 1 元，书店要求整数"),
    ),
    "CMP203": (
        _seeded("CMP203"),
        _remarked(CompensationRow, lambda row: row.incident_no == "P2025-002", "协商多赔"),
    ),
    "RDR003": (
        lambda books: _second_pupil(books),
        _remarked(ReaderRow, lambda row: row.reader_no == "S0999", "同名"),
    ),
    "RDR004": (_seeded("RDR004"), _remarked(ReaderRow, lambda row: row.reader_no == "T0999", "同名")),
    "CIR308": (_of_a_class_that_was_merged, _merged_class_added),
    "ACC013": (
        _seeded("ACC013"),
        lambda books: _isbn_corrected(books),
    ),
    # Copies of one title bear one ISBN: it is corrected in all of them.
    "ACC016": (_seeded("ACC016"), lambda books: _isbn_corrected(books)),
    # Another ledger lacks what this one says: the advice is to complete that one.
    "ACC311": (_seeded("ACC311"), _as_the_papers_have_it(CompensationRow)),
    "ACC312": (_seeded("ACC312"), _as_the_papers_have_it(PeriodicalRow)),
    # The balances below follow.
    "CSH305": (_seeded("CSH305"), _as_the_papers_have_it(CashRow)),
    "CSH312": (_seeded("CSH312"), _as_the_papers_have_it(PeriodicalRow)),
    "QUO002": (_seeded("QUO002"), _as_the_papers_have_it(LendingRule)),
    "RVW303": (_seeded("RVW303"), _as_the_papers_have_it(ReviewRow)),
    "STK202": (_seeded("STK202"), _as_the_papers_have_it(RepairRow, StocktakeRow)),
    # A number changed in 总括登记账 is changed with its copies.
    "SUM002": (_seeded("SUM002"), _as_the_papers_have_it(SummaryRow, AccessionRow)),
    "SUM003": (_seeded("SUM003"), _as_the_papers_have_it(SummaryRow, AccessionRow)),
}

# What has no test of its advice by a change of cells, and why.
NOT_BY_CELLS = {
    "CRD102": "a column of thousands of cells, filled at the shelves; every clean book has it filled and is silent",
    "EXP101": "put off, the explanation holds again and what it explains is shown as 已说明: tried by itself below",
    "FMT001": "a sheet that is not there: the advice is to make it, or to name it",
    "FMT010": "a ledger that is not begun: the advice is to enter it, or to take an old list over",
}


def _second_pupil(books: Books) -> None:
    reader = books.first(ReaderRow)
    books.add(reader._replace(reader_no="S0999"))
    held = books.first(ClassRow, lambda row: row.class_name == reader.class_name)
    books.edit(held, pupils=held.pupils + 1)


def _isbn_corrected(books: Books) -> None:
    right = {copy.accession_no: copy.isbn for copy in _clean().rows[AccessionRow]}
    for copy in list(books.rows(AccessionRow)):
        if copy.isbn != right[copy.accession_no]:
            books.edit(copy, isbn=right[copy.accession_no])


@pytest.mark.parametrize("code", sorted(ADVICE))
def test_done_as_told_the_finding_goes_and_nothing_new_comes(code: str, clean: LedgerSet) -> None:
    books = Books(clean)
    amiss, advised = ADVICE[code]
    amiss(books)
    assert code in {finding.split()[0] for finding in books.found()}
    advised(books)
    assert [finding for finding in books.found() if finding] == []


def _put_right(books: Books, clean: LedgerSet, named: set[tuple[type[Any], int]]) -> bool:
    """The lines that a finding names written as they were in the clean school; whether all is as it was then.
    What was left out is written again: no finding can name a line that is not there.
    """
    for kind, rows in books.ledger_set.rows.items():
        right = {row.line: row for row in clean.rows.get(kind, [])}
        kept = {row.line: right.get(row.line) if (kind, row.line) in named else row for row in rows}
        books.ledger_set.rows[kind] = [row for _, row in sorted((right | kept).items()) if row]
    return all(rows == clean.rows.get(kind, []) for kind, rows in books.ledger_set.rows.items())


# What names the lines that are amiss is settled by putting these right; the rest of the codes have their advice above.
_LINES_PUT_RIGHT = sorted(SEEDS.keys() - ADVICE.keys() - NOT_BY_CELLS.keys())
_CELLS_PUT_RIGHT = sorted(ALL.keys() - SEEDS.keys() - ADVICE.keys() - NOT_BY_CELLS.keys())


@pytest.mark.parametrize("code", _LINES_PUT_RIGHT)
def test_putting_right_the_lines_a_finding_names_settles_it_and_nothing_new_comes(code: str) -> None:
    clean = right_for(code).clean
    books = Books(clean)
    SEEDS[code](books)
    library = books.library()
    own = run(library, [ALL[code]]).findings
    named = {(at.row_type, at.line) for one in own for at in (one.at, *one.see_also)}
    assert own
    # As before the slip there is nothing to be found: that is another test.
    if not _put_right(books, clean, named):
        before = set(flat(library, run(library, ALL.values()).findings))
        after = flat(books.library(), run(books.library(), ALL.values()).findings)
        assert set(after) < before
        assert code not in {one.split()[0] for one in after}


@pytest.mark.parametrize("code", _CELLS_PUT_RIGHT)
def test_a_cell_or_header_written_as_told_settles_the_finding_and_nothing_new_comes(code: str) -> None:
    amiss = EXAMPLES[code]
    assert isinstance(amiss, Misread)
    advised = _ADVISED.get(code) or replace(amiss, raw=(), odd=None)
    before, after = (_codes(one.library()) for one in (amiss, advised))
    assert code in before
    assert code not in after
    # Rows that are read now may contradict others, which so few rows always do: it is about how they are written.
    assert {one for one in after - before if one.startswith("FMT")} == set()


def _codes(library: Library) -> set[str]:
    return {one.check.code for one in run(library, ALL.values()).findings}


# What the advice comes to where it is no cell written otherwise.
_WITHOUT_GAP = Misread((example(AccessionRow), example(AccessionRow, line=3, accession_no="000002")))
_ADVISED = {
    **dict.fromkeys(("FMT005", "FMT006", "FMT007", "FMT016"), _WITHOUT_GAP),
    "FMT017": Misread((example(LoanRow), example(LoanRow, line=3, loan_no="J000002"))),
    "FMT205": replace(EXAMPLES["FMT205"], school=EXAMPLES["FMT205"].school._replace(cut_off=date(2026, 7, 3))),
    "FMT206": Misread((example(MappingRow, own_sheet="个别登记账"),)),
    "FMT208": Misread(()),
    "FMT218": Misread(EXAMPLES["FMT218"].rows[:1]),
    "FMT211": Misread((example(CashRow, summary="九月份购图书", booked_on=date(2025, 9, 12)),)),
    "FMT212": Misread((example(CashRow, summary="12月10日购图书", booked_on=date(2025, 12, 10)),)),
    "FMT215": Misread((example(ReaderRow), example(SummaryRow))),
    "FMT217": Misread((example(SummaryRow, received_by="苏晓禾"),)),
    "FMT216": Misread((example(CashRow, summary="9月1日购图书"),)),
    "FMT219": Misread((example(JobRow, task="清点藏书"),)),
    "FMT214": Misread((example(LoanRow, handled_by="苏晓禾"),)),
    "FMT213": Misread(tuple(example(LoanRow, line=line, handled_by="苏晓禾") for line in range(2, 13))),
    "FMT210": Misread((example(LoanRow, returned_on=date(2025, 9, 15), outcome=LoanOutcome.RETURNED),)),
}


def test_an_explanation_put_off_as_told_holds_again(clean: LedgerSet) -> None:
    books = Books(clean)
    SEEDS["EXP101"](books)
    _expired_put_off(books)
    assert [one for one in run(books.library(), ALL.values()).findings if not one.explained] == []


# Where a line is lawful, the word that the advice has her write, and in which column.
WRITTEN = {
    "ACC103": ("remarks", "另一天登记"),
    "ACT001": ("name", "第二场"),
    "ACT102": ("name", "假期"),
    "ACT111": ("done", "除毕业班外"),
    "ACT112": ("result", "不含期刊"),
    "ACT202": ("result", "家长"),
    "ACT203": ("result", "有外校学生"),
    "CIR112": ("remarks", "复学"),
    "CIR307": ("remarks", "转班"),
    "CMP203": ("remarks", "减免"),
    "CSH314": ("summary", "预付"),
    "EVA306": ("record", "只算低年级部分"),
    "PER016": ("remarks", "合订"),
    "PER104": ("remarks", "复刊"),
    "PER202": ("remarks", "增刊"),
    "PER207": ("missing_note", "已补"),
    "PER209": ("remarks", "补订"),
    "PER213": ("remarks", "补订"),
    "PER214": ("remarks", "以后补付"),
    "QUO019": ("basis", "本校另定"),
    "RDR003": ("remarks", "同名"),
    "RDR004": ("remarks", "同名"),
    "SUM015": ("remarks", "作废"),
    "SUM202": ("remarks", "没有分过类"),
    "SUM221": ("remarks", "多付"),
    "SUM223": ("remarks", "运费"),
    "VIS001": ("content", "第二次"),
    "VIS306": ("name", "红星小学"),
    "VIS307": ("content", "没有人来"),
}
# Where both sheets of the finding have the column.
_WRITTEN_IN = {"CIR112": ReaderRow, "CIR307": ReaderRow}
# The cell that it has her clear.
CLEARED = {
    "CMP203": "settled_on",
    "CMP204": "refunded_on",
    "CMP205": "paid",
    "CMP318": "refunded_on",
    "CMP323": "settled_on",
    "CSH304": "refunded_on",
    "QUO120": "follows",
    "RDR102": "stop_reason",
    "SUM223": "paid_value",
}
_ACTS = [*((code, *act) for code, act in WRITTEN.items()), *((code, field, None) for code, field in CLEARED.items())]


@pytest.mark.parametrize(("code", "field", "word"), _ACTS)
def test_a_word_written_or_a_cell_cleared_as_told_settles_the_finding_and_nothing_new_comes(
    code: str, field: str, word: str | None
) -> None:
    books = Books(right_for(code).clean)
    SEEDS[code](books)
    library = books.library()
    before = _codes(library)
    for one in run(library, [ALL[code]]).findings:
        named = (library[at.row_type].row_at(at.line) for at in (one.at, *one.see_also))
        row: Any = next(row for row in named if hasattr(row, field) and isinstance(row, _WRITTEN_IN.get(code, tuple)))
        said = getattr(row, field)
        books.edit(row, **{field: f"{said}，{word}" if said and word else word})
    after = _codes(books.library())
    assert code in before
    assert code not in after
    assert after < before


@pytest.mark.parametrize("code", sorted(code for code in SEEDS if "差异说明" in ALL[code].fix))
def test_what_is_said_in_the_explanations_as_told_fails_no_run_and_nothing_new_comes(code: str) -> None:
    books = Books(right_for(code).clean)
    SEEDS[code](books)
    library = books.library()
    before = _codes(library)
    for one in run(library, [ALL[code]]).findings:
        name, number = SHEETS[one.at.row_type].name, one.key or "—"
        words = {"code": code, "sheet_name": name, "number": number, "text": "查过，属实。", "valid_until": None}
        books.add(example(ExplanationRow, **words, written_on=library.as_of))
    report = run(books.library(), ALL.values())
    assert [one for one in report.findings if one.check.code == code and one.fails] == []
    assert {one.check.code for one in report.findings} <= before


def test_every_code_has_its_advice_tried_or_a_reason_why_not() -> None:
    tried = {*ADVICE, *_LINES_PUT_RIGHT, *_CELLS_PUT_RIGHT}
    assert tried | NOT_BY_CELLS.keys() == ALL.keys()
    assert not tried & NOT_BY_CELLS.keys()
    assert all(NOT_BY_CELLS.values())
