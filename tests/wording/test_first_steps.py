"""先做这几件: what keeps cells from being read comes first, and the list ends with checking again, everywhere."""

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from schoollib_xl.actions.checking import Checked, answer_of
from schoollib_xl.actions.filing import file_answer
from schoollib_xl.causes.correction import Cause, Causes, Slip, SlipKind, changed
from schoollib_xl.causes.explaining import causes_of
from schoollib_xl.checks.check import CHECKS
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import Report, run
from schoollib_xl.excel.listing import listing
from schoollib_xl.excel.steps import Write
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import EXAMPLE_SCHOOL, LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.pages.overview import overview_html
from schoollib_xl.quotas.promises import promises
from schoollib_xl.quotas.statement import statement
from schoollib_xl.samples.broken.entry import Misread
from schoollib_xl.wording.answer_text import answer_text
from schoollib_xl.wording.checking.check_answer import check_answer
from schoollib_xl.wording.checking.finding_lines import found_kinds
from schoollib_xl.wording.checking.first_steps import AGAIN, first_steps, steps_to_take
from schoollib_xl.wording.page.overview import Reading, Sighting, overview
from schoollib_xl.wording.zh import say
from small_sample import small_sample


@pytest.fixture(scope="module")
def first_day() -> Checked:
    """Books as on a first day: blanks, a word that is in no list, a figure copied wrong."""
    clean = small_sample()
    blanks = ((AccessionRow, copy.line, "price", "") for copy in clean.rows[AccessionRow][-5:])
    due = ((LoanRow, loan.line, "due_on", "") for loan in clean.rows[LoanRow][:2])
    words = ((WithdrawalRow, row.line, "reason", "不要了") for row in clean.rows[WithdrawalRow][:6])
    rows = {kind: list(rows) for kind, rows in clean.rows.items()}
    rows[CashRow] = [row._replace(balance=row.balance + 9) if row.line == 8 else row for row in rows[CashRow]]
    books = LedgerSet(clean.school, rows)
    library = Misread(
        tuple(row for own in books.rows.values() for row in own), clean.school, raw=(*blanks, *due, *words)
    ).library()
    report = run(library, ALL.values())
    return Checked(library, report, "", causes_of(library, report))


def test_what_most_checks_wait_for_comes_before_what_is_merely_wrong(first_day: Checked) -> None:
    steps = first_steps(first_day.library, first_day.report)
    codes = [step.split("（")[1].split("，")[0] for step in steps]
    assert codes.index("FMT101") < codes.index("CSH201")
    assert codes.index("FMT108") < codes.index("CSH201")
    blanks = next(step for step in steps if "FMT101" in step)
    assert "改好以后，还有 " in blanks


def test_a_columns_habit_is_one_thing_to_do(first_day: Checked) -> None:
    steps = first_steps(first_day.library, first_day.report)
    assert sum("FMT101" in step for step in steps) == 2
    assert [step for step in steps if "（FMT108，注销登记账“注销原因”，6 处，第一处 注销登记账!G2）" in step]
    assert [step for step in steps if "（CSH201，经费登记!F8）" in step]
    assert len(steps) <= 6


def test_a_remedy_that_is_not_the_same_for_all_of_a_kind_stands_under_each(first_day: Checked) -> None:
    kinds = {group.code: group for group in found_kinds(first_day.library, first_day.report.findings)}
    below = [[line for line in point.below if line.startswith("怎么改：")] for point in kinds["FMT101"].points]
    assert {len(lines) for lines in below} == {1}
    assert len({line for (line,) in below}) == 2
    assert kinds["FMT101"].after == ""
    assert str(kinds["FMT108"].after).startswith("怎么改：")
    assert not any(line.startswith("怎么改：") for point in kinds["FMT108"].points for line in point.below)


def test_what_there_is_besides_is_named_so_that_every_name_is_seen_as_one(first_day: Checked) -> None:
    last = first_steps(first_day.library, first_day.report, 1)[-1]
    assert last.startswith("别的还有 ")
    assert "、“" in last


def test_places_beyond_those_a_finding_shows_are_counted() -> None:
    books = small_sample()
    words = [(LoanRow, loan.line, "outcome", "记不清") for loan in books.rows[LoanRow][:60]]
    library = Misread(tuple(row for own in books.rows.values() for row in own), books.school, raw=words).library()
    steps = first_steps(library, run(library, [CHECKS["FMT108"]]))
    assert [step.split("：")[0] for step in steps] == [
        "不在可选的词里（FMT108，借阅登记账“归还情况”，60 处，第一处 借阅登记账!L2）"
    ]


def test_a_blank_that_the_books_can_fill_is_proposed_with_its_value(first_day: Checked) -> None:
    [loan, *_] = small_sample().rows[LoanRow]
    steps = first_steps(first_day.library, first_day.report)
    assert any(f"借阅登记账!I{loan.line} → {say(loan.due_on)}" in step for step in steps)


def test_what_a_cell_should_hold_is_said_and_the_list_ends_with_checking_again(first_day: Checked) -> None:
    library, report, causes = first_day.library, first_day.report, first_day.causes
    assert isinstance(causes, Causes)
    assert any(" → " in step for step in steps_to_take(library, report, causes))
    assert list(answer_text(check_answer("账.xlsx", library, report, causes))).count(AGAIN) == 1
    above = next(
        step for step in listing(answer_of(first_day, Path("账.xlsx"))) if isinstance(step, Write) and step.cell == "A1"
    )
    assert [row[0] for row in above.lines if row[0] == AGAIN]
    assert any(" → " in str(row[0]) for row in above.lines)


def test_the_first_page_of_the_results_says_it_too(first_day: Checked, tmp_path: Path) -> None:
    answer = answer_of(first_day, tmp_path / "账.xlsx")
    written = file_answer(answer, first_day.library.school, tmp_path)
    sheet = openpyxl.load_workbook(written)["总览"]
    said = [str(row[0]) for row in sheet.iter_rows(values_only=True)]
    assert said.count(AGAIN) == 1
    assert any(" → " in line for line in said)


def test_the_page_says_it_too(first_day: Checked) -> None:
    library, stated = first_day.library, statement(first_day.library)
    at = datetime(2026, 7, 3, 9, 0)
    read = Reading(library, first_day.report, stated, promises(library, stated), "", at, first_day.causes)
    today = str(overview_html(overview(Sighting("账.xlsx", read, "", at)))).split('id="ledgers"', maxsplit=1)[0]
    assert today.count(AGAIN) == 1
    assert " → " in today


def test_the_causes_that_have_no_room_in_the_list_are_counted_and_their_places_said(first_day: Checked) -> None:
    library, report = first_day.library, first_day.report
    [loan, *_] = small_sample().rows[LoanRow]
    rows = [loan._replace(line=line) for line in range(2, 9)]
    corrections = [changed(SlipKind.DATE, row, Slip.YEAR, 1, due_on=row.due_on) for row in rows]
    causes = Causes(tuple(Cause(one, (0,)) for one in corrections))
    assert steps_to_take(library, report, causes)[3] == (
        "别的原因还有 4 处：借阅登记账!I5、借阅登记账!I6、借阅登记账!I7、借阅登记账!I8。"
    )
    assert not any("别的原因" in step for step in steps_to_take(library, report, Causes(causes.found[:3])))


def test_of_two_ways_to_settle_the_same_neither_is_left_out(first_day: Checked) -> None:
    library, report = first_day.library, first_day.report
    [loan, *_] = small_sample().rows[LoanRow]
    due, lent = (changed(SlipKind.DATE, loan, Slip.YEAR, 1, **{field: loan.due_on}) for field in ("due_on", "lent_on"))
    tie = Cause(due, (0,), (lent,))
    [step, *_] = steps_to_take(library, report, Causes((tie,)))
    assert f"；也可能是：借阅登记账!B{loan.line}“借出日期”" in step
    rest = steps_to_take(library, report, Causes((tie,) * 4))[3]
    assert rest == f"别的原因还有 1 处：借阅登记账!I{loan.line} 或 借阅登记账!B{loan.line}。"


def test_what_needs_nothing_has_no_steps() -> None:
    assert first_steps(Library([], EXAMPLE_SCHOOL, date(2026, 7, 3)), Report((), (), 350)) == []
