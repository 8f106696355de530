"""借阅登记账 against 借阅规则 and 校历: due dates, renewals, copies at once, closed days."""

from datetime import date, timedelta
from typing import Any

import pytest

from make import findings, flat, library, report, row, sentences, with_incomplete
from schoollib_xl.checks.check import Severity
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import EXAMPLE_SCHOOL
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.supporting.vocabulary import Audience, DayKind
from schoollib_xl.ledgers.vocabulary import LoanMode, LoanOutcome, ReaderKind, Weekday

SEPT = {day: date(2025, 9, day) for day in range(1, 31)}
CLASS = row(ClassRow)
READER = row(ReaderRow)
TEACHER = row(ReaderRow, reader_no="T001", kind=ReaderKind.TEACHER, class_name=None)
TERM = row(CalendarRow)
NEW_YEAR = row(CalendarRow, line=9, starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 3), kind=DayKind.HOLIDAY)
MONDAYS = row(OpeningRow)


def rule(**changes: Any) -> LendingRule:
    """One copy for fourteen days, renewed once, for everyone, from 1 September."""
    return row(LendingRule, **({"reader_kind": None} | changes))


def loan(lent: int = 8, due: int = 22, number: int = 1, **changes: Any) -> LoanRow:
    """A loan in September, still out, by the days of the month; the 8th is a Monday."""
    usual = {"loan_no": f"J{number:06}", "lent_on": SEPT[lent], "due_on": SEPT[due], "accession_no": f"{number:06}"}
    return row(LoanRow, **(usual | changes))


def returned(day: int) -> dict[str, Any]:
    return {"returned_on": SEPT[day], "outcome": LoanOutcome.RETURNED}


SCHOOL = (CLASS, READER, TEACHER, TERM, NEW_YEAR, MONDAYS)


def due_dates(*rows: Any) -> list[str]:
    return findings("CIR103", *SCHOOL, *rows)


def test_a_due_date_by_the_rule_is_silent() -> None:
    assert due_dates(rule(), loan()) == []


def test_a_due_date_off_the_rule_is_found_with_the_right_one() -> None:
    assert due_dates(rule(), loan(due=29)) == ["CIR103 借阅登记账!I2"]
    assert sentences("CIR103", *SCHOOL, rule(), loan(due=29)) == [
        "J000001 的应还日期写的是 2025年9月29日，按规则应是 2025年9月22日。"
    ]


def test_a_renewal_adds_the_term_of_the_loan_once_more() -> None:
    assert due_dates(rule(days=7), loan(renewals=1)) == []
    assert due_dates(rule(days=7), loan(renewals=2)) == ["CIR103 借阅登记账!I2"]


def test_a_due_date_on_a_closed_day_moves_once_to_the_next_open_day() -> None:
    assert due_dates(rule(days=10), loan()) == []
    holiday = row(CalendarRow, starts_on=SEPT[22], ends_on=SEPT[22], kind=DayKind.HOLIDAY)
    assert due_dates(holiday, rule(), loan(due=29)) == []


def test_a_day_off_that_may_have_been_announced_after_the_slip_was_stamped_is_a_doubt() -> None:
    holiday = row(CalendarRow, starts_on=SEPT[22], ends_on=SEPT[22], kind=DayKind.HOLIDAY)
    books = library(*SCHOOL, holiday, rule(), loan(), loan(due=23, number=2))
    assert [one.severity for one in report("CIR103", books).findings] == [Severity.ERROR, Severity.WARNING]
    assert sentences("CIR103", *SCHOOL, holiday, rule(), loan()) == [
        "J000001 的应还日期写的是 2025年9月22日，按规则应是 2025年9月29日："
        "那天放假，要顺延；盖章以后才通知放假的，在校历这一行的说明里写“临时”。"
    ]
    sudden = library(*SCHOOL, holiday._replace(note="临时停课"), rule(), loan())
    assert [one.severity for one in report("CIR103", sudden).findings] == [Severity.HINT]
    # The day may be the one that the loan was moved to over days that are closed anyhow.
    moved = library(*SCHOOL, holiday, rule(days=10), loan())
    assert [one.severity for one in report("CIR103", moved).findings] == [Severity.WARNING]
    # One line of 校历 is one finding, however many slips bear its day.
    rows = [loan(number=number)._replace(line=number) for number in (2, 3, 4)]
    assert sentences("CIR103", *SCHOOL, holiday, rule(), *rows) == [
        "J000002 的应还日期写的是 2025年9月22日，按规则应是 2025年9月29日："
        "那天放假，要顺延，一共 3 笔；盖章以后才通知放假的，在校历这一行的说明里写“临时”。"
    ]
    assert sentences("CIR103", *SCHOOL, holiday._replace(note="图书室消毒"), rule(), *rows) == [
        "J000002 的应还日期写的是 2025年9月22日，按规则应是 2025年9月29日："
        "那天临时放假，盖过的章不用改，催还时顺延，一共 3 笔。"
    ]


def test_days_added_flat_throughout_are_one_remark_and_a_line_that_differs_is_told_as_ever() -> None:
    def told(*others: LoanRow) -> list[tuple[str, Severity]]:
        # Due on the Saturday and the Sunday of the holiday.
        flat = [loan(19 + n, number=n, due_on=date(2025, 10, 3 + n)) for n in (1, 2)]
        flat += [one._replace(loan_no=f"J00000{one.line + 2}", line=one.line + 2) for one in flat]
        books = library(*SCHOOL, rule(), *flat, *others)
        return [(one.at.field + str(one.at.line), one.severity) for one in report("CIR103", books).findings]

    remark = ("due_on2", Severity.HINT)
    assert told() == [remark]
    assert told(loan(due=23, number=9)) == [("due_on6", Severity.ERROR), remark]
    later = loan(27, number=9, due_on=date(2025, 10, 13))
    assert told(later) == [remark]
    # Whoever moved one on before them forgot it.
    assert told(loan(13, 29, number=9)) == [(f"due_on{line}", Severity.ERROR) for line in (2, 3, 4, 5)]
    rows = [loan(19 + n % 2, number=n, due_on=date(2025, 10, 3 + n % 2)) for n in range(3)]
    assert sentences("CIR103", *SCHOOL, rule(), *rows) == [
        "J000000 的应还日期写的是 2025年10月3日，按规则应是 2025年10月6日："
        "一共 3 笔这样，旧系统按天数直加，没有顺延；写好的不用改，催还时顺延。"
    ]


def test_a_day_made_up_for_that_was_announced_later_is_a_doubt_as_well() -> None:
    made_up = row(
        CalendarRow, starts_on=SEPT[27], ends_on=SEPT[27], kind=DayKind.MAKE_UP, follows=Weekday.MONDAY, note="补课"
    )

    def told(note: str, due: int) -> list[Severity]:
        books = library(*SCHOOL, made_up._replace(note=note), rule(days=19), loan(due=due))
        return [one.severity for one in report("CIR103", books).findings]

    assert told("调休", 27) == []
    assert told("调休", 29) == [Severity.WARNING]
    assert told("临时通知补课", 29) == [Severity.HINT]
    assert told("调休", 30) == [Severity.ERROR]


def test_what_hangs_on_a_day_made_up_for_without_its_weekday_is_not_judged() -> None:
    openings = (row(OpeningRow), row(OpeningRow, weekday=Weekday.TUESDAY))
    made_up = row(CalendarRow, starts_on=SEPT[27], ends_on=SEPT[27], kind=DayKind.MAKE_UP)
    school = (
        CLASS,
        READER,
        TERM,
        *openings,
        rule(days=19),
        loan(due=29),
        loan(lent=27, number=2, due_on=date(2025, 10, 20)),
    )
    assert findings("CIR103", *school, made_up) == []
    assert findings("CIR901", *school, made_up) == []
    told = made_up._replace(follows=Weekday.TUESDAY)
    assert findings("CIR103", *school, told) == ["CIR103 借阅登记账!I2"]


def test_what_moves_to_a_day_that_the_calendar_does_not_reach_is_not_judged() -> None:
    to_september = row(CalendarRow, starts_on=SEPT[1], ends_on=SEPT[26], kind=DayKind.SCHOOL)
    school = (CLASS, READER, MONDAYS, to_september, loan(due=29), loan(number=2, due=24))
    assert findings("CIR103", *school, rule(days=16)) == []
    assert findings("CIR103", *school, rule()) == ["CIR103 借阅登记账!I2", "CIR103 借阅登记账!I3"]


def test_a_make_up_day_is_open_by_the_timetable_it_follows() -> None:
    saturday = {"starts_on": SEPT[20], "ends_on": SEPT[20], "kind": DayKind.MAKE_UP}
    assert due_dates(row(CalendarRow, follows=Weekday.MONDAY, **saturday), rule(days=12), loan(due=20)) == []
    assert due_dates(row(CalendarRow, follows=Weekday.FRIDAY, **saturday), rule(days=12), loan(due=22)) == []


def test_the_rule_of_the_day_of_lending_counts() -> None:
    later = rule(days=7, since=SEPT[9])
    assert due_dates(rule(), later, loan(), loan(15, 22, 2)) == []


def test_the_most_specific_rule_counts() -> None:
    rules = rule(days=7), rule(reader_kind=ReaderKind.PUPIL, days=21), rule(class_name="三（1）班")
    assert due_dates(*rules, loan()) == []
    assert due_dates(rules[0], rules[1], loan(due=29)) == []


def test_a_loan_belongs_to_the_class_on_its_row_else_to_the_class_of_the_roster() -> None:
    other = row(ClassRow, class_name="四（1）班", grade=4)
    assert due_dates(other, rule(), rule(grade=4, days=7), loan(due=15, class_name="四（1）班")) == []
    assert due_dates(rule(days=7), rule(grade=3), loan(class_name=None)) == []


def test_a_loan_carried_over_into_a_new_year_is_due_by_the_rule_of_the_grade_then() -> None:
    school = EXAMPLE_SCHOOL._replace(term_start=date(2026, 9, 1), term_end=date(2027, 1, 22))
    lent, rules = loan(due=15, class_name="四（1）班"), (rule(), rule(grade=3, days=7))
    books = (*SCHOOL, row(ClassRow, class_name="四（1）班", grade=4), *rules)
    assert findings("CIR103", *books, lent, school=school) == []
    assert findings("CIR103", *books, lent._replace(due_on=SEPT[16]), school=school) == ["CIR103 借阅登记账!I2"]
    assert findings("CIR103", *books, lent) == ["CIR103 借阅登记账!I2"]


def test_loans_without_a_known_rule_reader_or_class_are_not_judged() -> None:
    assert due_dates(rule(since=SEPT[9]), loan(due=29)) == []
    assert due_dates(rule(), loan(due=29, reader_no="S0009")) == []
    assert due_dates(rule(), rule(grade=4, days=7), loan(due=29, class_name="七（1）班")) == []


def test_an_unknown_class_does_not_matter_where_the_rules_do_not_ask_for_it() -> None:
    assert due_dates(rule(), loan(due=29, class_name="七（1）班")) == ["CIR103 借阅登记账!I2"]


def test_a_class_spelled_another_way_has_the_rule_of_its_class() -> None:
    assert due_dates(rule(days=7), rule(class_name="三（1）班"), loan(class_name="三(1)班")) == []
    assert due_dates(rule(days=7), rule(class_name="三(1)班"), loan()) == []


def test_reading_in_the_room_is_due_the_same_day_and_a_class_corner_at_the_end_of_term() -> None:
    assert due_dates(rule(), loan(due=8, mode=LoanMode.IN_ROOM)) == []
    corner = {"reader_no": "T001", "mode": LoanMode.CLASS}
    assert due_dates(rule(), loan(due_on=date(2026, 1, 23), **corner)) == []
    assert due_dates(rule(), loan(due=22, **corner)) == ["CIR103 借阅登记账!I2"]


def test_loans_that_do_not_say_how_they_were_lent_are_told_once_by_what_their_days_say() -> None:
    unsaid = {"mode": None, "reader_no": "T001", "due_on": date(2026, 1, 23)}
    corner = [loan(number=number, line=number, **unsaid) for number in (2, 3, 4)]
    assert due_dates(rule(), *corner) == ["CIR103 借阅登记账!H2"]
    (sentence,) = sentences("CIR103", *SCHOOL, rule(), *corner)
    assert sentence.endswith("；借阅方式空着，是送书下班级的填“班级”，一共 3 笔这样。")
    in_room = loan(due=8, mode=None, **returned(8))
    assert due_dates(rule(), in_room) == ["CIR103 借阅登记账!H2"]
    # A pupil's until the end of term, or one that came back later, is a wrong day.
    assert due_dates(rule(), corner[0]._replace(reader_no="S0001")) == ["CIR103 借阅登记账!I2"]
    assert due_dates(rule(), in_room._replace(returned_on=SEPT[9])) == ["CIR103 借阅登记账!I2"]


@pytest.mark.parametrize("sheet", [LendingRule, CalendarRow, OpeningRow])
def test_no_due_date_is_judged_while_a_rule_or_a_calendar_line_cannot_be_read(sheet: type[Any]) -> None:
    books = library(*SCHOOL, rule(), loan(due=29))
    assert report("CIR103", with_incomplete(books, sheet)).findings == ()


@pytest.mark.parametrize("sheet", [CalendarRow, OpeningRow])
def test_a_due_date_no_calendar_makes_so_early_is_found_all_the_same(sheet: type[Any]) -> None:
    books = with_incomplete(library(*SCHOOL, rule(), loan(due=2)), sheet)
    assert flat(books, report("CIR103", books).findings) == ["CIR103 借阅登记账!I2"]


@pytest.mark.parametrize("due", [22, 24, 29])
def test_a_holiday_written_backwards_accuses_no_due_date_and_no_day(due: int) -> None:
    holiday = row(CalendarRow, starts_on=SEPT[23], ends_on=SEPT[22], kind=DayKind.HOLIDAY)
    assert due_dates(holiday, rule(), loan(due=due)) == []
    assert findings("CIR901", holiday, *SCHOOL, loan(lent=9)) == []


def test_as_many_renewals_as_the_rule_allows_are_silent() -> None:
    assert findings("CIR201", *SCHOOL, rule(), loan(renewals=1), loan(renewals=None)) == []


def test_one_renewal_too_many_is_found() -> None:
    assert findings("CIR201", *SCHOOL, rule(), loan(renewals=2)) == ["CIR201 借阅登记账!K2"]
    assert sentences("CIR201", *SCHOOL, rule(), loan(renewals=2)) == ["J000001 续借了 2 次，规则最多 1 次。"]
    assert findings("CIR201", *SCHOOL, rule(renewals=None), loan(renewals=1)) == ["CIR201 借阅登记账!K2"]


def test_a_class_corner_may_be_renewed_as_often_as_they_like() -> None:
    assert findings("CIR201", *SCHOOL, rule(), loan(renewals=9, mode=LoanMode.CLASS)) == []


def test_a_reader_may_hold_as_many_as_the_rule_allows() -> None:
    assert findings("CIR202", *SCHOOL, rule(copies=2), loan(), loan(number=2)) == []


def test_a_copy_brought_back_makes_room_on_the_same_day() -> None:
    assert findings("CIR202", *SCHOOL, rule(), loan(**returned(15)), loan(15, 29, 2)) == []
    assert findings("CIR202", *SCHOOL, rule(), loan(**returned(8)), loan(8, 22, 2)) == []


def test_one_copy_too_many_is_found_at_the_last_one_lent() -> None:
    rows = (*SCHOOL, rule(), loan(**returned(16)), loan(15, 29, 2))
    assert findings("CIR202", *rows) == ["CIR202 借阅登记账!F3"]
    assert sentences("CIR202", *rows) == ["2025年9月15日 借出 000002 后，S0001 手里有 2 册，规则最多 1 册。"]


def test_one_return_that_was_not_written_down_is_one_finding() -> None:
    later = (loan(day, day + 5, day, **returned(day + 2)) for day in (10, 15, 20))
    assert findings("CIR202", *SCHOOL, rule(), loan(), *later) == ["CIR202 借阅登记账!F3"]


def test_class_corners_and_reading_in_the_room_do_not_count_as_copies_at_once() -> None:
    corner = (loan(number=n, mode=LoanMode.CLASS) for n in (2, 3, 4))
    in_room = loan(number=5, mode=LoanMode.IN_ROOM)
    assert findings("CIR202", *SCHOOL, rule(), loan(), *corner, in_room) == []


def test_copies_at_once_follow_the_rule_of_the_kind_of_reader() -> None:
    rules = rule(), rule(reader_kind=ReaderKind.TEACHER, copies=2)
    held = (loan(number=n, reader_no="T001") for n in (1, 2, 3))
    assert findings("CIR202", *SCHOOL, *rules, *held) == ["CIR202 借阅登记账!F4"]


def test_loans_before_the_first_rule_are_found_once_for_each_kind_of_reader() -> None:
    rows = (*SCHOOL, rule(since=SEPT[20]), loan(), loan(9, 23, 2), loan(22, 29, 3))
    assert findings("CIR312", *rows) == ["CIR312 借阅登记账!B2"]
    assert sentences("CIR312", *rows) == ["2025年9月8日 借出时，借阅规则里没有一条适用（共 2 笔学生的借阅）。"]


def test_with_no_rules_at_all_and_for_a_class_nobody_knows_nothing_is_said_of_the_loans() -> None:
    assert findings("CIR312", *SCHOOL, loan()) == []
    assert findings("CIR312", *SCHOOL, rule(), rule(grade=4), loan(class_name="七（1）班")) == []


def test_a_loan_on_an_open_day_is_silent() -> None:
    assert findings("CIR901", *SCHOOL, loan()) == []


def test_loans_on_a_closed_day_are_one_hint() -> None:
    books = library(*SCHOOL, loan(9, 23), loan(9, 23, 2))
    (finding,) = report("CIR901", books).findings
    assert flat(books, [finding]) == ["CIR901 借阅登记账!B2"]
    assert finding.severity.value == "hint"
    assert sentences("CIR901", *SCHOOL, loan(9, 23), loan(9, 23, 2)) == [
        "2025年9月9日 不开放，账上有 2 笔借给学生的书。"
    ]


def test_lending_every_week_on_a_day_that_is_closed_is_told_once() -> None:
    tuesdays = [
        loan(number=n, lent_on=date(2025, 9, 2) + timedelta(weeks=n), due_on=date(2026, 1, 5)) for n in range(6)
    ]
    assert sentences("CIR901", *SCHOOL, *tuesdays) == ["2025年9月2日 等 6 个星期二不开放，账上有 6 笔借给学生的书。"]
    assert len(findings("CIR901", *SCHOOL, *tuesdays[:4])) == 4


def test_open_days_are_those_of_the_kind_of_reader() -> None:
    for_teachers = row(OpeningRow, weekday=Weekday.TUESDAY, audience=Audience.TEACHERS)
    assert findings("CIR901", *SCHOOL, for_teachers, loan(9, 23, reader_no="T001")) == []
    assert findings("CIR901", *SCHOOL, for_teachers, loan(9, 23)) == ["CIR901 借阅登记账!B2"]


def test_a_day_the_calendar_says_nothing_about_and_readers_without_any_opening_are_named_elsewhere() -> None:
    before_term = loan(lent_on=TERM.starts_on - timedelta(days=1))
    assert findings("CIR901", *SCHOOL, before_term) == []
    for_pupils = row(OpeningRow, audience=Audience.PUPILS)
    assert findings("CIR901", TEACHER, TERM, for_pupils, loan(9, 23, reader_no="T001")) == []


def test_a_rule_that_no_loan_was_stamped_by_is_found_where_the_calendar_cannot_judge_the_loans() -> None:
    loans = [loan(number=at) for at in range(1, 6)]
    assert findings("QUO306", *SCHOOL, rule(days=999), *loans) == ["QUO306 借阅规则!F2"]
    assert sentences("QUO306", *SCHOOL, rule(days=999), *loans) == [
        "借期天数填的是 999 天，照这一条借出的 5 笔里有 5 笔写的是借 14 天。"
    ]
    assert due_dates(rule(days=999), *loans) == []
    assert findings("QUO306", *SCHOOL, rule(), *loans) == []
    # Books lent shortly before the calendar ends are due when the term ends, each some other number of days on.
    late = [one._replace(due_on=SEPT[day]) for one, day in zip(loans, (22, 23, 24, 25, 26), strict=True)]
    assert findings("QUO306", *SCHOOL, rule(days=999), *late) == []


def test_the_rule_of_a_reader_who_borrows_late_in_the_year_is_looked_at_by_the_loans_of_that_reader() -> None:
    calendar = TERM._replace(ends_on=date(2026, 7, 3))
    teachers = rule(reader_kind=ReaderKind.TEACHER, days=300)
    day, due = date(2025, 10, 13), date(2025, 11, 12)
    borrowed = [loan(number=at, reader_no="T001", lent_on=day, due_on=due) for at in range(2, 7)]
    school = (CLASS, READER, TEACHER, calendar, MONDAYS, rule(), loan())
    assert findings("QUO306", *school, teachers, *borrowed) == ["QUO306 借阅规则!F3"]
    assert findings("QUO306", *school, teachers._replace(days=30), *borrowed) == []
    until_summer = [one._replace(due_on=day + timedelta(days=300)) for one in borrowed]
    assert findings("QUO306", *school, teachers, *until_summer) == []
    assert findings("QUO307", *school, teachers, *until_summer) == []


@pytest.mark.parametrize(("days", "others", "is_odd"), [(300, 14, True), (367, 180, True), (180, 14, False)])
def test_a_period_of_no_school_is_doubted_where_no_loan_tells(days: int, others: int, is_odd: bool) -> None:
    rules = rule(days=others), rule(reader_kind=ReaderKind.TEACHER, days=days)
    assert bool(findings("QUO307", *SCHOOL, *rules)) is is_odd
    assert findings("QUO307", *SCHOOL, rule(days=300)) == []
    assert findings("QUO307", *SCHOOL, rule(days=60), rule(reader_kind=ReaderKind.TEACHER, days=365)) == []
