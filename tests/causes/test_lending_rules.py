"""借阅规则: a rule that some readers lack is told as such, and nobody is allowed what his loans do not need."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest

from bench.slips_of_the_pen import Pen
from schoollib_xl.causes.correction import Addition, Cause, Causes, Change, Edit, Slip
from schoollib_xl.causes.explaining import causes_of
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import Report, run
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.people import ClassRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.vocabulary import LoanMode, ReaderKind
from schoollib_xl.wording.checking.causes import causes_json, why

Scope = tuple[ReaderKind | None, int | None, str | None]


def _found(pen: Pen) -> tuple[Report, tuple[Cause, ...]]:
    library = pen.ledger_set.library()
    report = run(library, ALL.values())
    causes = causes_of(library, report)
    assert causes.complete
    return report, causes.found


def _scope(rule: LendingRule) -> Scope:
    return rule.reader_kind, rule.grade, rule.class_name


def test_a_rule_left_out_is_a_rule_for_its_readers_and_no_other_rule_is_changed(clean: LedgerSet) -> None:
    scopes = [_scope(rule) for rule in clean.rows[LendingRule] if any(_scope(rule))]
    assert scopes
    for scope in scopes:
        _is_told_as_left_out(Pen(clean, 7), scope)


def _is_told_as_left_out(pen: Pen, scope: Scope) -> None:
    rule = pen.pick(LendingRule, lambda row: _scope(row) == scope)
    pen.drop("", rule)
    report, [cause] = _found(pen)
    [addition] = cause.correction.edits
    assert isinstance(addition, Addition)
    assert _scope(addition.row) == scope
    assert (addition.row.days, addition.row.since) == (rule.days, rule.since)
    assert 1 < addition.row.copies <= rule.copies
    assert len(cause.explains) == len(report.findings)
    assert not any(isinstance(edit, Change) for other in cause.others for edit in other.edits)


@pytest.mark.parametrize("wrong", [6, 2])
def test_a_rule_typed_for_another_grade_is_told_as_that(pen: Pen, wrong: int) -> None:
    """That a rule is left out is the next likely, where the other grade has no rule of its own."""
    rule = pen.pick(LendingRule, lambda row: row.grade == 5)
    pen.change("", rule, grade=wrong)
    _, [cause] = _found(pen)
    likely = [cause.correction, *cause.others]
    should = Change(Cell(LendingRule, rule.line, "grade"), 5)
    assert cause.correction.edits == (should,)
    # That the same rule stands twice no further rule explains.
    assert any(isinstance(edit, Addition) for one in likely for edit in one.edits) is (wrong != 6)
    assert (cause.correction.slip is Slip.SAME_SCOPE) is (wrong == 6)


def test_two_rules_left_out_are_two_causes(pen: Pen) -> None:
    gone = [pen.pick(LendingRule, lambda row, grade=grade: row.grade == grade) for grade in (5, 6)]
    for rule in gone:
        pen.drop("", rule)
    report, causes = _found(pen)
    rows = [edit.row for one in causes for edit in one.correction.edits if isinstance(edit, Addition)]
    assert {row.grade for row in rows} == {5, 6}
    assert sum(len(one.explains) for one in causes) == len(report.findings)


def test_what_the_books_do_not_tell_of_the_rule_is_left_open(pen: Pen) -> None:
    pen.drop("", pen.pick(LendingRule, lambda row: row.reader_kind is ReaderKind.TEACHER))
    _, causes = _found(pen)
    [said] = causes_json(pen.ledger_set.library(), Causes(causes))
    assert (said["kind"], said["cells"][0]["is"]) == ("row_missing", None)
    assert "依据" not in said["rows"][0]["values"]
    assert why(causes[0]).endswith("照学校的规定填。")


def _without_return(pen: Pen, holds: Callable[[LoanRow], bool]) -> None:
    for row in [row for row in pen.rows(LoanRow) if row.mode is LoanMode.PERSONAL and row.returned_on and holds(row)]:
        pen.change("", row, returned_on=None, outcome=None)


def test_a_few_readers_over_the_limit_lack_no_rule(pen: Pen) -> None:
    numbers = sorted({row.reader_no for row in pen.rows(LoanRow) if row.mode is LoanMode.PERSONAL})[:2]
    _without_return(pen, lambda row: row.reader_no in numbers)
    report, causes = _found(pen)
    assert "CIR202" in {one.check.code for one in report.findings}
    assert not any(one.correction.slip is Slip.ONE_SCOPE for one in causes)


def test_a_class_whose_returns_were_forgotten_lacks_no_rule(pen: Pen) -> None:
    own = [row for row in pen.rows(LoanRow) if row.mode is LoanMode.PERSONAL and row.class_name == "三（1）班"]
    days = sorted({row.lent_on for row in own})[4:9]
    _without_return(pen, lambda row: row.class_name == "三（1）班" and row.lent_on in days)
    report, causes = _found(pen)
    assert "CIR202" in {one.check.code for one in report.findings}
    assert not any(_is_of_a_rule(edit) for one in causes for edit in one.correction.edits)


def _is_of_a_rule(edit: Edit) -> bool:
    """Whether a rule is changed, added or struck."""
    return (edit.at.row_type if isinstance(edit, Change) else type(edit.row)) is LendingRule


def test_two_rules_wrong_at_once_are_both_named(pen: Pen) -> None:
    teachers = pen.pick(LendingRule, lambda row: row.reader_kind is ReaderKind.TEACHER)
    fifth = pen.pick(LendingRule, lambda row: row.grade == 5)
    pen.change("", teachers, days=3)
    pen.change("", fifth, since=fifth.since.replace(year=fifth.since.year + 1))
    _, causes = _found(pen)
    assert {one.correction.edits for one in causes} == {
        (Change(Cell(LendingRule, teachers.line, "days"), teachers.days),),
        (Change(Cell(LendingRule, fifth.line, "since"), fifth.since),),
    }


def test_a_limit_is_named_as_high_as_it_was_used_and_no_higher(pen: Pen) -> None:
    rule = pen.pick(LendingRule, lambda row: row.grade == 6)
    pen.change("", rule, copies=1)
    _, [cause] = _found(pen)
    assert cause.correction.edits == (Change(Cell(LendingRule, rule.line, "copies"), rule.copies),)


def test_a_rule_for_another_kind_of_readers_is_one_word(pen: Pen) -> None:
    rule = pen.pick(LendingRule, lambda row: row.reader_kind is ReaderKind.TEACHER)
    pen.change("", rule, reader_kind=ReaderKind.PUPIL)
    report, [cause] = _found(pen)
    assert cause.correction.edits == (Change(Cell(LendingRule, rule.line, "reader_kind"), ReaderKind.TEACHER),)
    assert len(cause.explains) == len(report.findings)


def test_a_rule_for_a_class_there_is_not_is_for_the_class_that_needs_it(pen: Pen) -> None:
    rule = pen.pick(LendingRule, lambda row: row.class_name)
    pen.change("", rule, class_name="三（7）班")
    report, [cause] = _found(pen)
    assert cause.correction.edits == (Change(Cell(LendingRule, rule.line, "class_name"), rule.class_name),)
    assert len(cause.explains) == len(report.findings)


def test_a_class_in_the_wrong_grade_goes_where_its_name_says(pen: Pen) -> None:
    sixth = pen.pick(ClassRow, lambda row: row.grade == 6)
    pen.change("", sixth, grade=3)
    report, [cause] = _found(pen)
    assert cause.correction.edits == (Change(Cell(ClassRow, sixth.line, "grade"), 6),)
    assert len(cause.explains) == len(report.findings)


def test_a_whole_day_of_loans_dated_on_a_saturday_is_one_cause_and_no_day_of_school(pen: Pen) -> None:
    times = Counter(row.lent_on for row in pen.rows(LoanRow) if row.is_personal)
    day = max(times, key=lambda day: (times[day], day))
    saturday = day + timedelta(days=5 - day.weekday())
    for row in [row for row in pen.rows(LoanRow) if row.lent_on == day]:
        pen.change("", row, lent_on=saturday)
    report, [cause] = _found(pen)
    assert {(edit.at.field, edit.should) for edit in cause.correction.edits if isinstance(edit, Change)} == {
        ("lent_on", day)
    }
    assert len(cause.explains) == len(report.findings) > 2
