"""任务指标, holdings and indicators: each figure with what it was made from."""

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from small_school import SCHOOL, lent, openings, pupil, school_class, small_school, target, teacher, turn

from make import row, with_incomplete
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.activities import ActivityRow
from schoollib_xl.ledgers.supporting.calendar import OpeningRow
from schoollib_xl.ledgers.supporting.people import PupilLibrarianRow
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.ledgers.supporting.vocabulary import Audience, WeekPattern
from schoollib_xl.ledgers.vocabulary import (
    Circulation,
    Flow,
    LoanMode,
    LoanOutcome,
    SourceOrDestination,
    Weekday,
    WithdrawalReason,
)
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.quotas.basis.shortfall import Obstacle
from schoollib_xl.quotas.measures.holdings import Holding
from schoollib_xl.quotas.measures.indicator import Indicator
from schoollib_xl.quotas.measures.indicators import indicators
from schoollib_xl.quotas.measures.outcomes import TargetOutcome
from schoollib_xl.quotas.measures.standards import GROUPS, standard_called, standards
from schoollib_xl.quotas.statement import statement
from schoollib_xl.wording.quotas.quota_sentences import target_limits
from schoollib_xl.wording.quotas.verdicts import done_words, outcome_word, source_words


def outcomes(*rows: Any, **more: Any) -> list[TargetOutcome]:
    return list(statement(small_school(*rows, **more)).outcomes)


def said(books: Library) -> dict[str, Indicator]:
    return {one.name: one for one in indicators(books)}


def holding(name: str, books: Library) -> Holding:
    return next(one for one in statement(books).holdings if one.indicator.name == name)


def held(*letters: str, batch: str = "2025-001", first: int = 1, **more: Any) -> list[AccessionRow]:
    return [
        row(AccessionRow, accession_no=f"{number:06}", class_no=letter, batch_no=batch, title=f"第{number}种", **more)
        for number, letter in enumerate(letters, first)
    ]


# -- targets --------------------------------------------------------------------------------------

SPRING = SCHOOL._replace(
    term_start=date(2026, 2, 23),
    term_end=date(2026, 7, 3),
    previous_start=date(2025, 9, 1),
    previous_end=date(2026, 1, 2),
    cut_off=date(2026, 7, 3),
)


def test_a_target_for_the_year_is_measured_by_the_year_and_is_not_missed_before_its_end() -> None:
    days = (date(2025, 9, 8), date(2025, 10, 8), date(2026, 3, 4))
    rows = (school_class(), pupil("甲"), pupil("乙"), *(lent("甲", day) for day in days))
    asked = target("生均借书册数", Decimal(2), unit="册/年")
    [in_autumn] = outcomes(*rows, asked)
    [at_the_end] = outcomes(*rows, asked, school=SPRING)
    assert [str(one.actual) for one in (in_autumn, at_the_end)] == ["1.00", "1.50"]
    assert [outcome_word(one) for one in (in_autumn, at_the_end)] == ["未到期", "未完成"]
    assert at_the_end.indicator is not None
    assert at_the_end.indicator.title == "生均借书册数（本学年）"
    [quota] = statement(small_school(*rows, asked)).classes
    assert (quota.obligation.target, quota.obligation.gap, quota.obligation.reached) == (None, None, None)


@pytest.mark.parametrize(
    ("name", "unit"),
    [("生均借书册数", "册/月"), ("生均借书次数", "次/周"), ("图书室检查次数", "次/月"), ("每生最低借书册数", "册/年")],
)
def test_a_target_for_a_time_that_nothing_is_counted_over_is_told_and_not_judged(name: str, unit: str) -> None:
    held = row(ActivityRow, kind="图书室检查", held_on=date(2025, 9, 8))
    rows = (school_class(), pupil("甲"), lent("甲", date(2025, 9, 8)), held)
    stated = statement(small_school(*rows, target(name, Decimal(1), unit=unit)))
    [outcome] = stated.outcomes
    assert (outcome.actual, outcome.is_reached, outcome_word(outcome)) == (None, False, "没有算")
    assert [one.obstacle for one in stated.not_computed if one.about == (name, unit)] == [Obstacle.TARGET_SPAN]
    assert stated.classes[0].obligation.target is None


AUTUMN, IN_SPRING = date(2025, 9, 8), date(2026, 3, 4)
# Each kind of target with its figure of the term, of the school year, of a week, and where the unit names no time; what
# holds on a day is the same in the term and in the year.
SPANS: dict[str, tuple[str | None, str | None, str | None, str | None]] = {
    "生均借书册数": ("0.50", "1.50", None, "0.50"),
    "生均借书次数": ("0.50", "1.00", None, "0.50"),
    "每生最低借书册数": ("0", None, None, "0"),
    "生均新增册数": ("0.50", "1.50", None, "1.50"),
    "生均藏书册数": ("1.50", "1.50", None, "1.50"),
    "报刊种数": ("1", "2", None, "1"),
    "工具书种数": ("0", "0", None, "0"),
    "生均征订金额": ("10.00", "40.00", None, "40.00"),
    "电子图书册数": ("7000", "7000", None, "7000"),
    "每周开放小时": (None, None, "5.00", "5.00"),
    "每班学生管理员人数": ("1", "1", None, "1"),
    "图书室检查次数": ("1", "3", None, "1"),
    "流通册次": ("1", "3", None, "1"),
    "图书流通率": ("33.33", "100.00", None, "33.33"),
    "人均流通册数": ("1.00", "1.50", None, "1.00"),
    "藏书利用率": ("33.33", "33.33", None, "33.33"),
    "读者借阅率": ("50.00", "100.00", None, "50.00"),
    "学生借阅率": ("50.00", "100.00", None, "50.00"),
    "逾期率": ("0.00", "0.00", None, "0.00"),
    "丢失率": ("0.00", "0.00", None, "0.00"),
    # 校历 says nothing of the term.
    "开放天数": (None, None, None, None),
    "藏书比例（Z 类）": ("33.33", "33.33", None, "33.33"),
    "学习笔记字数": (None, None, None, None),
}


@pytest.fixture(scope="module")
def two_terms() -> list[Any]:
    def paper(title: str, start: date, end: date, yuan: int) -> PeriodicalRow:
        return row(PeriodicalRow, title=title, starts_on=start, ends_on=end, amount=Decimal(yuan))

    batches = [
        row(SummaryRow, batch_no=f"{day.year}-001", registered_on=day, flow=Flow.IN) for day in (AUTUMN, IN_SPRING)
    ]
    return [
        school_class(), pupil("甲"), pupil("乙"), row(PupilLibrarianRow, class_name="三（1）班"),
        *(lent("甲", AUTUMN), lent("甲", AUTUMN), lent("乙", IN_SPRING)),
        *batches, *held("I", "I"), *held("Z", batch="2026-001", first=3),
        paper("儿童文学", date(2025, 7, 1), date(2025, 12, 31), 60),
        paper("小读者", date(2026, 1, 1), date(2026, 6, 30), 20),
        *(row(ActivityRow, kind="图书室检查", held_on=day) for day in (AUTUMN, AUTUMN, IN_SPRING)),
    ]  # fmt: skip


@pytest.mark.parametrize("name", SPANS)
def test_every_kind_of_target_is_judged_over_the_time_its_unit_names(name: str, two_terms: list[Any]) -> None:
    term, year, week, usual = SPANS[name]
    of_span = {"学期": term, "一学期": term, "年": year, "学年": year, "周": week, "月": None, "半年": term}
    units = {"": usual} | {f"册/{time}": figure for time, figure in of_span.items()}
    asked = [target(name, Decimal(1), unit=unit) for unit in units]
    stated = statement(small_school(*two_terms, *asked, school=SPRING._replace(e_books=7000)))
    assert {one.target.unit: None if one.actual is None else str(one.actual) for one in stated.outcomes} == units
    told = {one.about[1] for one in stated.not_computed if one.obstacle is Obstacle.TARGET_SPAN}
    assert told >= {unit for unit, figure in units.items() if figure is None and usual is not None}


def test_the_money_of_a_term_is_not_told_where_an_order_runs_for_more_than_a_term() -> None:
    order = row(PeriodicalRow, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31), amount=Decimal(96))
    asked = [target("生均征订金额", Decimal(8), unit=unit) for unit in ("元/学期", "元/年")]
    stated = statement(small_school(school_class(), order, *asked, school=SPRING))
    assert [one.actual for one in stated.outcomes] == [None, Decimal("48.00")]
    assert Obstacle.ORDER_BEYOND_TERM in {one.obstacle for one in stated.not_computed}


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "is_told"),
    [
        (date(2025, 1, 2), date(2026, 1, 1), False),
        (date(2025, 1, 1), date(2025, 12, 31), True),
        (date(2026, 6, 30), date(2027, 6, 29), False),
        (date(2026, 7, 1), date(2027, 6, 30), True),
    ],
)
def test_an_order_of_another_half_year_is_no_reason_to_leave_out_the_money_of_the_term(
    starts_on: date, ends_on: date, *, is_told: bool
) -> None:
    order = row(PeriodicalRow, starts_on=starts_on, ends_on=ends_on, amount=Decimal(96))
    asked = target("生均征订金额", Decimal(8), unit="元/学期")
    (outcome,) = statement(small_school(school_class(), order, asked, school=SPRING)).outcomes
    assert (outcome.actual is not None) is is_told


def test_what_is_wanting_in_the_holdings_is_not_reckoned_by_a_target_of_a_term() -> None:
    asked = target("生均新增册数", Decimal(4), unit="册/学期")
    assert holding("生均新增册数", small_school(school_class(), opening_batch(), *held("I"), asked)).standard == 1
    paper, yearly = row(PeriodicalRow), target("报刊种数", Decimal(24), unit="种/年")
    assert holding("报刊种数", small_school(school_class(), paper, yearly)).standard == 24


def test_a_target_is_reached_by_the_exact_figure_and_not_by_the_rounded_one() -> None:
    loans = [lent("甲", date(2025, 9, 8))] * 489
    [judged] = outcomes(school_class(pupils=40), pupil("甲"), *loans, target("生均借书册数", Decimal("12.23")))
    assert (judged.actual, judged.is_reached) == (Decimal("12.23"), False)


def test_a_target_for_grades_three_to_six_divides_by_their_pupils_only() -> None:
    rows = [school_class("二（1）班", 2, 30), school_class(pupils=2), pupil("甲"), pupil("乙", "二（1）班")]
    loans = [lent("甲", date(2025, 9, 8)), lent("乙", date(2025, 9, 8), "二（1）班")]
    [judged] = outcomes(*rows, *loans, target("生均借书册数", Decimal(1), "3-6"))
    assert judged.indicator
    assert (judged.indicator.numerator, judged.indicator.denominator) == (1, 2)


def test_a_least_number_of_copies_is_reached_when_the_last_pupil_has_them() -> None:
    rows = [school_class(), pupil("甲"), pupil("乙"), target("每生最低借书册数", Decimal(1))]
    assert [(one.actual, one.is_reached) for one in outcomes(*rows, lent("甲", date(2025, 9, 8)))] == [(0, False)]
    both = [lent("甲", date(2025, 9, 8)), lent("乙", date(2025, 9, 8))]
    assert [(one.actual, one.is_reached) for one in outcomes(*rows, *both)] == [(1, True)]


def test_a_least_number_of_copies_is_told_by_how_many_have_it_not_by_the_last_pupil() -> None:
    rows = [school_class(), pupil("甲"), pupil("乙"), lent("甲", date(2025, 9, 8))]
    least, mean = target("每生最低借书册数", Decimal(1)), target("生均借书册数", Decimal(1))
    stated = statement(small_school(*rows, least, mean))
    assert [done_words(stated, one) for one in stated.outcomes] == ["2 人中 1 人借满", Decimal("0.50")]


def test_an_activity_is_counted_in_the_term_by_the_name_of_its_target() -> None:
    days = [date(2025, 8, 31), date(2025, 10, 24), date(2026, 1, 2), date(2026, 1, 3)]
    shown = [row(ActivityRow, held_on=day, kind="阅读笔记展评") for day in days]
    paper = row(ActivityRow, held_on=date(2025, 10, 24), kind="读书报")
    judged = outcomes(*shown, paper, target("阅读笔记展评次数", Decimal(2)), target("读书报期数", Decimal(2)))
    assert [(one.actual, one.is_reached) for one in judged] == [(2, True), (1, False)]


def test_an_activity_promised_for_the_year_is_counted_in_the_school_year() -> None:
    held_days = [row(ActivityRow, held_on=day, kind="研讨活动") for day in (date(2025, 11, 3), date(2026, 4, 3))]
    yearly, termly = (target("研讨活动次数", Decimal(2), unit=unit) for unit in ("次/年", "次"))
    assert [one.actual for one in outcomes(*held_days, yearly, termly, school=SPRING)] == [2, 1]
    # In July before the first term of the books, what was done in the year before is none of theirs.
    before = [row(ActivityRow, held_on=date(2025, 3, 5), kind="研讨活动"), yearly, target("生均新增册数", Decimal(1))]
    judged = outcomes(*before, row(AccessionRow), row(SummaryRow), school_class(pupils=1), as_of=date(2025, 7, 20))
    assert [(one.actual, one.is_reached) for one in judged] == [(0, False), (None, False)]


def test_what_nothing_records_has_no_figure_and_is_not_reached() -> None:
    [judged] = outcomes(target("学习笔记字数", Decimal(3000)))
    assert (judged.actual, judged.is_reached, judged.is_feasible) == (None, False, True)


@pytest.mark.parametrize(("name", "written", "value"), [("学生借阅率", "0.9", "90.0"), ("生均借书册数", "0.9", "0.9")])
def test_a_rate_of_a_cell_that_excel_shows_in_per_cent_is_one(name: str, written: str, value: str) -> None:
    [outcome] = outcomes(school_class(pupils=2), pupil("甲"), pupil("乙"), target(name, Decimal(written)))
    assert outcome.target.value == Decimal(value)
    assert not outcome.is_reached


def test_each_class_needs_its_pupil_librarians() -> None:
    rows = [school_class(), school_class("三（2）班"), target("每班学生管理员人数", Decimal(2))]
    helpers = [row(PupilLibrarianRow, class_name=name) for name in ("三（1）班", "三（1）班", "三(2)班")]
    assert [one.actual for one in outcomes(*rows, *helpers)] == [1]
    unread = with_incomplete(small_school(*rows, *helpers), PupilLibrarianRow, name="甲")
    for books, word in ((small_school(*rows), "无记录"), (unread, "没有算")):
        [judged] = statement(books).outcomes
        assert (judged.actual, outcome_word(judged)) == (None, word)


# -- holdings -------------------------------------------------------------------------------------


def opening_batch() -> SummaryRow:
    return row(SummaryRow, batch_no="2025-001", registered_on=date(2025, 9, 1), flow=Flow.OPENING)


def test_copies_per_pupil_with_what_is_wanting_and_what_to_buy() -> None:
    books = small_school(school_class(pupils=2), opening_batch(), *held("I", "I", "Z"))
    found = holding("生均藏书册数", books)
    assert (found.indicator.value, found.standard, found.gap) == (Decimal("1.50"), Decimal(25), Decimal("23.50"))
    assert (found.to_buy, found.buy_unit) == (47, "册")
    assert "教基〔2018〕5号" in found.basis


def test_a_target_of_the_school_goes_before_the_standard() -> None:
    books = small_school(
        school_class(pupils=2), opening_batch(), *held("I", "I"), target("生均藏书册数", Decimal(1), basis="三年计划")
    )
    found = holding("生均藏书册数", books)
    assert (found.standard, found.gap, found.to_buy, found.basis) == (Decimal(1), Decimal("0.00"), 0, "三年计划")


def test_a_copy_counts_from_its_batch_until_the_day_it_is_withdrawn() -> None:
    out = row(
        SummaryRow,
        batch_no="2025-002",
        registered_on=date(2025, 11, 3),
        flow=Flow.OUT,
        source=SourceOrDestination.WEEDED,
    )
    gone = row(
        WithdrawalRow, accession_no="000001", withdrawal_no="2025-002", withdrawn_on=date(2025, 11, 3),
        reason=WithdrawalReason.WEEDED,
    )  # fmt: skip
    rows = [school_class(pupils=1), opening_batch(), *held("I", "I"), out, gone]
    for day, copies in ((date(2025, 11, 2), 2), (date(2025, 11, 3), 1)):
        assert said(small_school(*rows, as_of=day))["生均藏书册数"].numerator == copies


def test_opening_stock_is_not_new() -> None:
    new = row(SummaryRow, batch_no="2025-002", registered_on=date(2025, 10, 8), flow=Flow.IN)
    rows = [*held("I", "I"), *held("I", "Z", "Z", batch="2025-002", first=3)]
    found = said(small_school(school_class(pupils=2), opening_batch(), new, *rows))["生均新增册数"]
    assert (found.numerator, found.value) == (3, Decimal("1.50"))


def test_reference_titles_are_counted_once_however_many_copies() -> None:
    staying = [copy._replace(title="新华字典") for copy in held("H", "H", circulation=Circulation.REFERENCE)]
    other = held("Z", first=3, circulation=Circulation.REFERENCE)
    books = small_school(school_class(), opening_batch(), *staying, *other, *held("I", first=4))
    found = holding("工具书种数", books)
    assert (found.indicator.value, found.gap, found.to_buy) == (2, 118, 118)


def test_proportions_are_of_the_whole_and_aim_at_the_holdings_the_standard_asks() -> None:
    books = small_school(school_class(pupils=4), opening_batch(), *held("A", "I", "I", "N"))
    assert [said(books)[f"藏书比例（{name} 类）"].value for name in ("A", "B", "C—K", "N—X", "Z")] == [
        Decimal("25.00"),
        Decimal("0.00"),
        Decimal("50.00"),
        Decimal("25.00"),
        Decimal("0.00"),
    ]
    found = holding("藏书比例（C—K 类）", books)
    # 64% of 25 copies for each of four pupils, two of which are there.
    assert (found.standard, found.gap, found.to_buy) == (Decimal(64), Decimal("14.00"), 62)
    # Books most of which have no class are of none of the five groups less than of the others.
    blank = [copy._replace(class_no=None) for copy in held("A", "I", "I")]
    found = holding("藏书比例（C—K 类）", small_school(school_class(), opening_batch(), *blank, *held("I", first=4)))
    assert (found.indicator.value, found.gap, found.to_buy) == (None, None, None)


def test_subscriptions_of_the_term_are_titles_and_those_of_the_school_year_are_money() -> None:
    def paper(title: str, start: date, end: date, amount: str) -> PeriodicalRow:
        return row(PeriodicalRow, title=title, starts_on=start, ends_on=end, amount=Decimal(amount))

    books = small_school(
        school_class(pupils=2),
        paper("儿童文学", date(2025, 7, 1), date(2025, 12, 31), "30.00"),
        paper("儿童文学", date(2026, 1, 1), date(2026, 6, 30), "30.00"),
        paper("小读者", date(2025, 9, 1), date(2025, 12, 31), "10.00"),
        paper("旧报", date(2025, 1, 1), date(2025, 6, 30), "99.00"),
    )
    assert said(books)["报刊种数"].value == 2
    assert said(books)["生均征订金额"].value == Decimal("35.00")
    unread = with_incomplete(books, PeriodicalRow, periodical_no="Q099")
    assert said(unread)["生均征订金额"].value is None


def test_hours_that_overlap_count_once_and_teachers_hours_count() -> None:
    books = small_school(
        *openings(time(11, 30), time(12, 30)),
        row(OpeningRow, weekday=Weekday.MONDAY, starts_at=time(12), ends_at=time(14), audience=Audience.TEACHERS),
        row(OpeningRow, weekday=Weekday.SUNDAY, starts_at=time(8), ends_at=time(18)),
    )
    assert said(books)["每周开放小时"].value == Decimal("6.50")


@pytest.mark.parametrize("standard", standards(), ids=[one.name for one in standards()])
def test_every_standard_names_its_source_and_its_proportions_are_a_whole(standard: Any) -> None:
    assert standard.year
    assert standard.region
    assert standard.source
    assert sum(standard.proportions.values()) == 100
    assert set(standard.proportions) == set(GROUPS)
    assert standard_called(standard.name) is standard


def test_a_province_is_chosen_in_the_settings_and_keeps_the_national_figures_it_does_not_give() -> None:
    found = standard_called("河北")
    assert found
    assert (found.copies_per_pupil, found.periodicals) == (Decimal(30), Decimal(60))
    assert standard_called("火星") is None
    books = small_school(school_class(), opening_batch(), school=SCHOOL._replace(standard="山东"))
    assert holding("工具书种数", books).standard == Decimal(160)


# -- indicators -----------------------------------------------------------------------------------


def busy_library() -> Library:
    out: dict[str, Any] = {"returned_on": None, "outcome": None}
    return small_school(
        school_class(pupils=2), pupil("甲"), pupil("乙"), teacher("丁"),
        opening_batch(), *held("I", "I", "I", "I", "I"),
        lent("甲", date(2025, 9, 8), accession_no="000001"),
        lent("甲", date(2025, 9, 15), accession_no="000001", due_on=date(2025, 9, 22), returned_on=date(2025, 9, 24)),
        lent("丁", date(2025, 9, 15), None, accession_no="000002", due_on=date(2025, 9, 22), **out),
        lent("丁", date(2025, 9, 15), accession_no="000003", mode=LoanMode.CLASS, due_on=date(2026, 1, 2), **out),
        lent("乙", date(2025, 9, 15), accession_no="000004", mode=LoanMode.IN_ROOM),
        lent("甲", date(2025, 10, 8), accession_no="000005", outcome=LoanOutcome.LOST, returned_on=date(2025, 10, 9),
             due_on=date(2025, 10, 15)),
        row(StocktakeRow, counted_on=date(2025, 10, 10), accession_no="000001"),
        as_of=date(2025, 10, 31),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "numerator", "denominator", "value"),
    [
        ("生均借书册数", 3, 2, "1.50"),
        ("流通册次", 5, None, "5"),
        ("图书流通率", 5, 5, "100.00"),
        ("人均流通册数", 5, 2, "2.50"),
        ("藏书利用率", 4, 5, "80.00"),
        ("读者借阅率", 2, 3, "66.67"),
        ("学生借阅率", 1, 2, "50.00"),
        ("逾期率", 2, 4, "50.00"),
        ("丢失率", 1, 5, "20.00"),
        ("开放天数", 45, None, "45"),
    ],
)
def test_each_indicator_shows_what_it_was_made_from(
    name: str, numerator: int, denominator: int | None, value: str
) -> None:
    found = said(busy_library())[name]
    assert (found.numerator, found.denominator, str(found.value)) == (numerator, denominator, value)
    assert found.definition.endswith("。")
    assert found.as_of == date(2025, 10, 31)


def test_an_indicator_names_the_cells_it_came_from() -> None:
    books = busy_library()
    words = source_words(books, said(books)["逾期率"])
    assert words == "借阅登记账!B2:B7、I2:I7、J2:J7"


def test_an_indicator_without_anything_to_divide_by_has_no_value() -> None:
    assert said(small_school(opening_batch(), *held("I")))["生均藏书册数"].value is None


def test_indicators_of_the_last_term_stand_beside_those_of_this_one() -> None:
    loans = [lent("甲", date(2025, 9, 8))] * 3 + [lent("甲", date(2026, 3, 9))]
    quotas = statement(small_school(school_class(), pupil("甲"), *loans, school=SPRING))
    [pair] = [pair for pair in quotas.comparisons if pair.now.name == "生均借书册数"]
    assert (pair.now.numerator, pair.before.numerator) == (1, 3)
    assert indicators(small_school(school=SPRING), SPRING.previous_term)[0].as_of == date(2026, 1, 2)


def test_a_target_that_was_reached_is_not_said_to_be_out_of_reach() -> None:
    rows = [school_class(pupils=1), pupil("甲"), turn(weeks=WeekPattern.ODD)]
    lent_often = [lent("甲", date(2025, 9, 8))] * 12
    high = target("生均借书册数", Decimal(12))
    assert target_limits(statement(small_school(*rows, high)))
    assert target_limits(statement(small_school(*rows, high, *lent_often))) == []


def test_nobody_knows_which_periodicals_run_in_a_term_without_dates() -> None:
    term_less = SCHOOL._replace(term_start=None, term_end=None)
    books = small_school(row(PeriodicalRow), target("报刊种数", Decimal(24)), school=term_less, as_of=date(2026, 1, 2))
    (outcome,) = statement(books).outcomes
    assert (outcome.actual, outcome_word(outcome)) == (None, "没有算")
