"""What the causes do not do: run on a clean book, outlast their time, guess, or correct what is right."""

import gc
import subprocess
import sys
import weakref
from collections.abc import Iterable
from typing import Any

import pytest

from bench.slips_of_the_pen import Pen
from schoollib_xl.causes.correction import Change, Correction, SlipKind, corrected
from schoollib_xl.causes.effort import EACH_NEIGHBOUR, Effort
from schoollib_xl.causes.evidence import weighed
from schoollib_xl.causes.excerpt import Subject, excerpt
from schoollib_xl.causes.explaining import MOST_LOOKED_AT, causes_of
from schoollib_xl.causes.trial import Course
from schoollib_xl.checks.check import CHECKS
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import Finding, Report, run, standing
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.supporting.calendar import OpeningRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.ledgers.supporting.vocabulary import Presence
from schoollib_xl.ledgers.table import Flaw, FlawedCell
from schoollib_xl.ledgers.vocabulary import Weekday
from schoollib_xl.samples.faults import with_faults
from schoollib_xl.samples.year import clean_school
from schoollib_xl.wording.answer_text import answer_text
from schoollib_xl.wording.checking.check_answer import check_answer
from schoollib_xl.wording.checking.check_json import check_json
from schoollib_xl.wording.checking.summary import OUT_OF_TIME

_CLEAN_BOOK = """
import sys
from schoollib_xl.actions.checking import causes_of
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.samples.year import clean_school
from schoollib_xl.wording.answer_text import answer_text
from schoollib_xl.wording.checking.check_answer import check_answer
from schoollib_xl.wording.checking.check_json import check_json

library = clean_school().library()
report = run(library, ALL.values())
causes = causes_of(library, report)
assert not report.findings and causes is None
list(answer_text(check_answer("账.xlsx", library, report, causes))), check_json("账.xlsx", library, report, causes)
print(sorted(name for name in sys.modules if "causes" in name or "highs" in name))
"""


@pytest.fixture(scope="module")
def clean() -> LedgerSet:
    return clean_school()


def _judged(ledger_set: LedgerSet) -> tuple[Library, Report]:
    library = ledger_set.library()
    return library, run(library, ALL.values())


def test_on_a_clean_book_nothing_of_the_causes_is_loaded() -> None:
    ran = subprocess.run([sys.executable, "-c", _CLEAN_BOOK], capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.stderr) == ("[]\n", "")


def test_when_the_time_is_up_the_findings_are_as_ever_and_one_line_says_so(
    clean: LedgerSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("schoollib_xl.causes.explaining.MOST_LOOKED_AT", 0)
    pen = Pen(clean, 1)
    copy = pen.pick(AccessionRow)
    pen.change("", copy, price=copy.price + 7)
    library, report = _judged(pen.ledger_set)
    causes = causes_of(library, report)
    assert not causes.complete
    said = list(answer_text(check_answer("账.xlsx", library, report, causes)))
    assert said.count(OUT_OF_TIME) == 1
    assert all(any(line.startswith(one.check.code) for line in said) for one in report.findings)
    as_json = check_json("账.xlsx", library, report, causes)
    assert (as_json["causes"], len(as_json["findings"])) == ([], len(report.findings))


def test_of_many_faults_at_once_every_figure_proposed_is_the_true_one(clean: LedgerSet) -> None:
    library, report = _judged(with_faults(clean))
    causes = causes_of(library, report)
    assert causes.complete
    assert len(causes.found) >= 7
    true_rows = clean.library()
    for cause in causes.found:
        for edit in cause.correction.edits:
            assert isinstance(edit, Change)
            assert getattr(true_rows[edit.at.row_type].row_at(edit.at.line), edit.at.field) == edit.should


def test_one_finding_that_nothing_else_speaks_of_gets_no_guess(clean: LedgerSet) -> None:
    pen = Pen(clean, 2)
    scan = pen.pick(StocktakeRow, lambda row: row.label is Presence.PRESENT)
    pen.change("", scan, label=Presence.ABSENT)
    library, report = _judged(pen.ledger_set)
    assert report.findings
    assert causes_of(library, report).found == ()


def test_what_is_explained_has_no_cause(clean: LedgerSet) -> None:
    pen = Pen(clean, 3)
    paper = pen.pick(PeriodicalRow, lambda row: row.price)
    pen.change("", paper, amount=paper.amount + 9)
    library, report = _judged(pen.ledger_set)
    assert causes_of(library, report).found
    explained = report._replace(findings=tuple(one._replace(explained=True) for one in report.findings))
    assert causes_of(library, explained).found == ()


def test_two_rows_that_govern_hundreds_of_loans_are_both_named(clean: LedgerSet) -> None:
    pen = Pen(clean, 4)
    for row in [row for row in pen.rows(OpeningRow) if row.weekday is Weekday.WEDNESDAY]:
        pen.rows(OpeningRow).remove(row)
    rule = pen.pick(LendingRule, lambda row: row.grade == 4)
    pen.change("", rule, copies=0)
    library, report = _judged(pen.ledger_set)
    causes = causes_of(library, report)
    assert len(report.findings) > 1000
    assert [cause.correction.kind for cause in causes.found] == [SlipKind.CALENDAR, SlipKind.RULE]
    assert len(causes.explained) == len(report.findings)


def test_books_that_were_not_brought_back_are_no_slips_to_look_into(clean: LedgerSet) -> None:
    pen = Pen(clean, 5)
    lent = [row for row in pen.rows(LoanRow) if row.is_personal and row.returned_on and not row.is_lost]
    last = {row.accession_no: row for row in lent if row.due_on < clean.library().as_of}
    for row in list(last.values())[-300:]:
        pen.change("", row, returned_on=None, outcome=None)
    library, report = _judged(pen.ledger_set)
    late = [one for one in report.findings if one.check.code == "CIR902"]
    course = Course(library, report, Effort(0))
    assert len(late) > 250
    assert not {id(one) for one in late} & {id(one) for one in course.open_findings().values()}


def test_no_correction_is_made_that_there_is_no_time_to_weigh(
    clean: LedgerSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def counted(library: Library, row: Any, name: str, should: Any) -> float:
        made.append(name)
        return weighed(library, row, name, should)

    monkeypatch.setattr("schoollib_xl.causes.sums.copies.weighed", counted)
    whole = clean.library()
    copies = whole[AccessionRow]
    # Six thousand numbers that nobody can read: each may be any of those that are left out.
    damaged = [row._replace(accession_no=f"坏{row.line}") for row in copies.rows]
    flaws = [FlawedCell(row.line, "accession_no", Flaw.NOT_A_NUMBER, row.accession_no) for row in damaged]
    library = whole.with_tables(copies.changed(rows=damaged, flaws=flaws))
    causes = causes_of(library, run(library, ALL.values()))
    assert not causes.complete
    assert len(made) * EACH_NEIGHBOUR < MOST_LOOKED_AT


def test_findings_that_are_withheld_count_as_work(clean: LedgerSet) -> None:
    whole = clean.library()
    loans = whole[LoanRow]
    undated = [row._replace(returned_on=None, outcome=None) for row in loans.rows]
    flaws = [FlawedCell(row.line, "returned_on", Flaw.NOT_A_DATE, "坏") for row in loans.rows[::2]]
    library = whole.with_tables(loans.changed(rows=undated, flaws=flaws))
    outcome = standing(library, CHECKS["CIR902"])
    assert outcome.withheld
    with_them, without = Effort(MOST_LOOKED_AT), Effort(MOST_LOOKED_AT)
    with_them.spend_on_findings([outcome])
    without.spend_on_findings([outcome._replace(withheld=0)])
    assert with_them.done > without.done


def test_findings_are_put_in_order_once_and_not_for_each_of_many_groups(
    clean: LedgerSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone_through: list[Course] = []
    groups: list[Subject] = []
    open_findings = Course.open_findings

    def counted(course: Course) -> dict[int, Finding]:
        gone_through.append(course)
        return open_findings(course)

    def tried(library: Library, subject: Subject) -> Library:
        groups.append(subject)
        return excerpt(library, subject)

    monkeypatch.setattr(Course, "open_findings", counted)
    monkeypatch.setattr("schoollib_xl.causes.cells.between.excerpt", tried)
    monkeypatch.setattr("schoollib_xl.causes.explaining.MOST_LOOKED_AT", 3 * MOST_LOOKED_AT)
    pen = Pen(clean, 5)
    for loan in pen.rows(LoanRow)[:400:4]:
        pen.change("", loan, title="另一本书")
    library, report = _judged(pen.ledger_set)
    causes_of(library, report)
    assert len(groups) >= 50
    assert len(gone_through) < len(groups)


def test_books_tried_are_let_go_of_though_nobody_collects_what_is_no_longer_needed(
    clean: LedgerSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[weakref.ref[Library]] = []

    def noted(library: Library, corrections: Iterable[Correction]) -> Library:
        changed = corrected(library, corrections)
        tried.append(weakref.ref(changed))
        return changed

    for room in ("trial", "correction"):
        monkeypatch.setattr(f"schoollib_xl.causes.{room}.corrected", noted)
    whole = clean.library()
    copies = whole[AccessionRow]
    flaws = [FlawedCell(row.line, "price", Flaw.ERROR_VALUE, "#REF!") for row in copies.rows]
    library = whole.with_tables(copies.changed(flaws=flaws))
    report = run(library, ALL.values())
    pen = Pen(clean, 1)
    pen.change("", pen.pick(LendingRule, lambda row: row.grade == 4), copies=0)
    gc.disable()
    try:
        causes = [causes_of(library, report), causes_of(*_judged(pen.ledger_set))]
        kept = sum(one() is not None for one in tried)
    finally:
        gc.enable()
    # Those with a cause in them are what the next is looked for in.
    assert len(tried) > 50
    assert kept == len(causes[1].found) == 1


@pytest.mark.parametrize(("flaw", "is_left"), [(Flaw.UNCALCULATED, False), (Flaw.NOT_A_NUMBER, True)])
def test_a_formula_without_its_result_is_no_reason_to_look_on(clean: LedgerSet, flaw: Flaw, is_left: bool) -> None:
    books = clean.library()
    copies = books[AccessionRow].changed(flaws=[FlawedCell(2, "price", flaw, "9+1")])
    tables = [copies if sheet.row_type is AccessionRow else books[sheet.row_type] for sheet in ALL_SHEETS]
    books = Library(tables, books.school, books.as_of)
    course = Course(books, run(books, [ALL["FMT103"], ALL["FMT104"]]), Effort(0))
    course.complete = False
    assert bool(course.open_findings()) is is_left
    assert course.outcome().complete is not is_left
