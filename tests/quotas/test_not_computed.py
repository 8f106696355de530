"""Broken input: named at its cell, the rest worked out all the same."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from small_school import (
    NOON,
    ONE,
    SCHOOL,
    calendar,
    lent,
    openings,
    pupil,
    rule,
    school_class,
    small_school,
    target,
    turn,
)

from make import EXAMPLE_SCHOOL, row, with_incomplete
from schoollib_xl.documents.composing.counting import PUPILS, loans
from schoollib_xl.documents.composing.material import SourceMaterial
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.grades import MixedGrade
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow
from schoollib_xl.ledgers.supporting.people import ClassRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.ledgers.supporting.vocabulary import DayKind
from schoollib_xl.ledgers.vocabulary import LeavingReason, Weekday
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.lists.books import counted_loans
from schoollib_xl.quotas.basis.shortfall import Obstacle
from schoollib_xl.quotas.basis.stock import copies_in_force
from schoollib_xl.quotas.measures.lending_indicators import loans_to_take_out
from schoollib_xl.quotas.statement import Statement, statement
from schoollib_xl.sheets.building.workbook import write_workbook
from schoollib_xl.sheets.reading.loading import load
from schoollib_xl.wording.answer_text import answer_text
from schoollib_xl.wording.quotas.obstacles import not_computed
from schoollib_xl.wording.quotas.quota_answer import quota_answer
from schoollib_xl.wording.quotas.quota_json import quota_json
from schoollib_xl.wording.quotas.quota_sentences import headline, target_limits
from schoollib_xl.wording.quotas.verdicts import outcome_word

NUMBERLESS = row(AccessionRow)._asdict() | {"accession_no": None}


def missing(books: Library, quotas: Statement | None = None) -> list[str]:
    """What was not worked out, each as one line; the answer is made in full, so that nothing breaks."""
    quotas = quotas or statement(books)
    assert list(answer_text(quota_answer(books, quotas)))
    assert quota_json(books, quotas)
    said = [one for one in quotas.not_computed if one.obstacle is not Obstacle.NO_BOOKS]
    return ["：".join(not_computed(books, one)) for one in said]


def read(tmp_path: Path, raw: list[Any], *rows: Any) -> Library:
    """The rows written to a workbook with some raw cells, and read back."""
    path = tmp_path / "图书室.xlsx"
    write_workbook(LedgerSet.of(*calendar(), *openings(), rule(), *rows, school=SCHOOL), path, raw)
    return load(path, None).library


def test_a_sound_school_misses_nothing() -> None:
    rows = [school_class(), pupil("甲"), lent("甲", date(2025, 9, 8)), target("生均借书册数", Decimal(1))]
    assert missing(small_school(*rows, row(AccessionRow))) == []
    # Without a copy in the register nobody knows whether there are enough of them.
    assert ["书够不够" in one for one in missing(small_school(*rows))] == [True]


def test_copies_without_class_or_price_are_counted_and_told_apart() -> None:
    copies = [row(AccessionRow, line=2, class_no=""), row(AccessionRow, line=3, accession_no="000002", price=None)]
    books = small_school(school_class(), pupil("甲"), *copies)
    assert missing(books)[-2:] == [
        "1 册未分类：没有大类（个别登记账!K2），藏书册数里有，各类的比例里没有。",
        "1 册未定价：没有单价（个别登记账!M3），藏书册数里有，金额里没有。",
    ]


@pytest.mark.parametrize(("readable", "value"), [(0, None), (1, None), (2, Decimal("1.00"))])
def test_copies_of_which_most_have_no_number_are_not_counted(readable: int, value: Decimal | None) -> None:
    copies = [row(AccessionRow, line=line, accession_no=f"{line:06}") for line in range(2, 2 + readable)]
    books = with_incomplete(small_school(school_class(), *copies), AccessionRow, **NUMBERLESS)
    [holding] = [one for one in statement(books).holdings if one.indicator.name == "生均藏书册数"]
    assert (holding.indicator.value, holding.gap is None) == (value, value is None)
    assert any("没有登记号" in one for one in missing(books))


@pytest.mark.parametrize("lacking", ["reason", "withdrawal_no"])
def test_a_copy_written_off_for_no_reason_given_is_gone(lacking: str) -> None:
    gone = row(WithdrawalRow, withdrawn_on=date(2025, 10, 20))._asdict() | {lacking: None}
    books = with_incomplete(small_school(school_class(), row(AccessionRow)), WithdrawalRow, **gone)
    assert copies_in_force(books, date(2025, 10, 19))
    assert not copies_in_force(books, date(2025, 10, 20))


@pytest.mark.parametrize(("copies", "is_told"), [(1, False), (2, True)])
def test_two_ledgers_that_come_to_other_stocks_are_told_before_a_standard_is_judged(copies: int, is_told: bool) -> None:
    books = small_school(school_class(), row(AccessionRow), row(SummaryRow, copies=copies))
    assert any(f"总括登记账结存 {copies} 册，个别登记账在册 1 册" in one for one in missing(books)) is is_told


@pytest.mark.parametrize(("scopes", "is_told"), [(("3-6", "2"), True), (("2-6",), False), (("4-6",), False)])
def test_a_mixed_class_of_which_a_target_asks_some_alone_is_told(scopes: tuple[str, ...], is_told: bool) -> None:
    asked = [target("生均借书册数", Decimal(4), scope) for scope in scopes]
    books = small_school(school_class("复式班", MixedGrade(2, 3)), row(AccessionRow), *asked)
    assert any("复式班各年级自己的指标" in one and "最低的二年级" in one for one in missing(books)) is is_told


def test_a_target_that_is_not_a_number_is_named_and_the_others_are_judged(tmp_path: Path) -> None:
    rows = [school_class(), pupil("甲"), target("生均借书册数", Decimal(1)), target("报刊种数", Decimal(5))]
    books = read(tmp_path, [(TargetRow, 2, "value", "十二册左右")], *rows)
    quotas = statement(books)
    assert missing(books, quotas) == ["指标“生均借书册数”：这一格读不出（任务指标!C2）。"]
    assert [(one.target.name, one.target.value, one.is_reached) for one in quotas.outcomes] == [
        ("生均借书册数", None, False),
        ("报刊种数", Decimal(5), False),
    ]
    assert quota_json(books, quotas)["targets"][0]["target"] is None


def test_a_rule_whose_column_lacks_is_told_and_nothing_is_called_impossible(tmp_path: Path) -> None:
    path = tmp_path / "图书室.xlsx"
    rows = (school_class(), turn(), target("生均借书册数", Decimal(1)))
    write_workbook(LedgerSet.of(*calendar(), *openings(), rule(), *rows, school=SCHOOL), path)
    book = openpyxl.load_workbook(path)
    [header] = [cell for line in book["借阅规则"].iter_rows(max_row=9) for cell in line if cell.value == "借期天数"]
    header.value = "某栏"
    book.save(path)
    books = load(path, None).library
    quotas = statement(books)
    assert "要从“借阅规则”算的数：“借阅规则”缺“借期天数”栏，里面的行没有算进去。" in missing(books, quotas)
    assert target_limits(quotas) == []
    assert [one.is_feasible for one in quotas.outcomes] == [None]


def test_a_target_in_words_is_read_as_the_least_it_sets(tmp_path: Path) -> None:
    books = read(tmp_path, [(TargetRow, 2, "value", "不少于8册")], school_class(), target("生均借书册数", Decimal(1)))
    assert [one.target.value for one in statement(books).outcomes] == [Decimal(8)]
    assert not books[TargetRow].unreadable


def test_a_scope_that_is_no_grade_is_named() -> None:
    books = small_school(school_class(), target("生均借书册数", Decimal(1), "高年级"))
    assert missing(books) == ["指标“生均借书册数”：看不出是哪几个年级（任务指标!B2），写成 3-6 或 1,2 的样子。"]


def test_a_class_whose_pupils_cannot_be_read_is_listed_and_left_out_of_the_mean(tmp_path: Path) -> None:
    rows = [
        school_class(pupils=2), school_class("三（2）班", pupils=3), pupil("甲"), pupil("乙", "三（2）班"),
        lent("甲", date(2025, 9, 8)), lent("乙", date(2025, 9, 8), "三（2）班"),
    ]  # fmt: skip
    books = read(tmp_path, [(ClassRow, 3, "pupils", "廿五")], *rows)
    quotas = statement(books)
    assert missing(books, quotas) == [
        "三（2）班的生均：班级表里这一格空着或读不出（班级!D3），全校的生均也没有算这个班。"
    ]
    assert [(quota.school_class.name, quota.obligation.mean) for quota in quotas.classes] == [
        ("三（1）班", Decimal("0.50")),
        ("三（2）班", None),
    ]
    assert quotas.school.mean == Decimal("0.50")


def test_a_class_without_pupils_has_no_mean() -> None:
    books = small_school(school_class(pupils=0))
    assert missing(books) == ["三（1）班的生均：学生人数是 0（班级!D2）。"]
    assert quota_json(books, statement(books))["classes"][0]["mean"] is None


def test_a_class_of_graduates_is_not_empty_in_their_last_term() -> None:
    graduate = pupil("甲")._replace(stopped_on=date(2026, 1, 20), stop_reason=LeavingReason.GRADUATED)
    rows = [school_class(pupils=0), graduate, school_class("三（2）班", pupils=1), pupil("乙", "三（2）班")]
    quotas = statement(small_school(*rows, lent("甲", date(2025, 9, 8)), lent("乙", date(2025, 9, 8), "三（2）班")))
    assert [quota.obligation.mean for quota in quotas.classes] == [None, 1]
    assert quotas.school.mean == 1


def test_who_graduated_when_the_term_began_was_not_in_it() -> None:
    graduate = pupil("甲")._replace(stopped_on=date(2025, 9, 1), stop_reason=LeavingReason.GRADUATED)
    books = small_school(
        school_class(pupils=0), graduate, school_class("三（2）班", pupils=1), pupil("乙", "三（2）班")
    )
    assert missing(books) == ["三（1）班的生均：学生人数是 0（班级!D2）。"]
    assert statement(books).school.pupils == 1


def test_a_loan_of_a_class_that_is_no_more_counts_for_the_class_of_its_reader() -> None:
    books = small_school(school_class(), pupil("甲"), lent("甲", date(2025, 9, 8), "红星班"))
    quotas = statement(books)
    assert missing(books, quotas) == [
        "1 笔借书不照账上的班算：班级写作“红星班”，班级表里没有（借阅登记账!E2），"
        "算进了读者现在的“三（1）班”；写错了就改正，是改了名，写进差异说明。"
    ]
    assert (quotas.school.loans, quotas.unplaced_loans) == (1, 0)


def test_a_loan_of_a_class_nobody_knows_is_counted_for_no_class() -> None:
    books = small_school(school_class(), pupil("甲"), lent("乙", date(2025, 9, 8), "红星班"))
    quotas = statement(books)
    assert [one for one in missing(books, quotas) if "哪个班" in one] == [
        "1 笔借书属于哪个班：班级写作“红星班”，班级表里没有（借阅登记账!E2），没有算进任何班。"
    ]
    assert (quotas.school.loans, quotas.unplaced_loans) == (None, 1)


def test_a_class_is_not_said_to_have_borrowed_nothing_where_no_loan_names_its_class() -> None:
    asked = [target("生均借书册数", Decimal(3)), target("生均借书次数", Decimal(2))]
    books = small_school(school_class(), pupil("甲", None), lent("甲", date(2025, 9, 8), None), *asked)
    quotas = statement(books)
    [told] = [one.obligation for one in quotas.classes]
    assert (told.loans, told.mean, told.gap, told.on_track) == (None, None, None, None)
    assert [outcome.actual for outcome in quotas.outcomes] == [None, None]
    assert headline(quotas).endswith("：学生借书 1 册，看不出是哪个班的，没有分班。")


def test_a_class_that_exists_keeps_its_loans_whoever_is_in_it_today() -> None:
    rows = [school_class(pupils=0), school_class("三（2）班", pupils=1), pupil("甲", "三（2）班")]
    books = small_school(*rows, lent("甲", date(2025, 9, 8)), target("每生最低借书册数", Decimal(1)))
    quotas = statement(books)
    assert [(one.obligation.loans, one.has_loans_elsewhere) for one in quotas.classes] == [(1, False), (0, True)]
    assert missing(books, quotas)[-1] == (
        "三（2）班自己的生均：这个班的学生借的比记在班上的多，有的记在别的班名下（班级!A3）；"
        "改了名的班，班级表里不再留旧名，借阅就算到现在的班。"
    )


def test_a_reader_without_a_class_is_named() -> None:
    books = small_school(school_class(), pupil("甲"), pupil("乙", None))
    assert missing(books) == [
        "1 名学生是哪个班的：读者名册里班级空着，班级表里没有（读者名册!D3），达标和未借的人数里没有他们。"
    ]


def test_a_loan_without_a_date_is_not_counted_and_named(tmp_path: Path) -> None:
    rows = [school_class(), pupil("甲"), lent("甲", date(2025, 9, 8)), lent("甲", date(2025, 9, 8))]
    books = read(tmp_path, [(LoanRow, 3, "lent_on", "开学那天")], *rows)
    quotas = statement(books)
    assert missing(books, quotas) == ["1 笔借书：有读不出的格子（借阅登记账!B3），没有算进去。"]
    assert quotas.school.loans == 1


def test_a_loan_whose_number_or_due_day_is_blank_is_counted_all_the_same(tmp_path: Path) -> None:
    rows = [school_class(), pupil("甲"), *(lent("甲", date(2025, 9, day)) for day in (8, 9, 10))]
    books = read(tmp_path, [(LoanRow, 2, "loan_no", None), (LoanRow, 3, "due_on", None)], *rows)
    quotas = statement(books)
    assert (missing(books, quotas), quotas.school.loans) == ([], 3)
    assert next(one.value for one in quotas.indicators if one.name == "逾期率") is None


def test_a_loan_of_which_nobody_can_tell_how_it_was_lent_is_said_and_no_personal_one(tmp_path: Path) -> None:
    rows = [school_class(), pupil("甲"), *(lent("甲", date(2025, 9, day)) for day in (8, 9, 10))]
    books = read(tmp_path, [(LoanRow, 3, "mode", "巡回"), (LoanRow, 4, "mode", "")], *rows)
    quotas = statement(books)
    assert missing(books, quotas) == ["1 笔借书：有读不出的格子（借阅登记账!H3），没有算进去。"]
    assert quotas.school.loans == 2
    assert quotas.period
    assert len(loans_to_take_out(books, quotas.period)) == 2
    assert len(counted_loans(books, quotas.period.window)) == 2
    assert len(loans(SourceMaterial(books, quotas, None), PUPILS).lines) == 2


def test_without_the_dates_of_the_term_the_holdings_are_still_worked_out() -> None:
    school = SCHOOL._replace(term_start=None)
    books = small_school(school_class(), pupil("甲"), lent("甲", date(2025, 9, 8)), school=school)
    quotas = statement(books)
    assert missing(books, quotas) == ["借书数和进度：学期开始、学期结束没有写全，或者写颠倒了（基本信息!A1）。"]
    assert (quotas.school.pupils, quotas.school.loans) == (2, None)
    assert quota_json(books, quotas)["term"] == {"start": None, "end": None}
    assert quotas.holdings


def test_a_term_that_ends_before_it_begins_is_no_term() -> None:
    school = SCHOOL._replace(term_start=date(2026, 1, 2), term_end=date(2025, 9, 1))
    assert len(missing(small_school(school_class(), school=school))) == 1


def test_a_calendar_that_does_not_cover_the_term_gives_counts_but_no_pace() -> None:
    # But for the holidays, which need not be written down.
    half = [one._replace(ends_on=date(2025, 12, 30)) for one in calendar()]
    rows = [school_class(), pupil("甲"), lent("甲", date(2025, 9, 8)), target("生均借书册数", Decimal(1))]
    books = small_school(*half, *rows)
    quotas = statement(books)
    assert missing(books, quotas) == [
        "进度和能不能完成：校历没有写全这个学期，2025年12月31日到 2025年12月31日有缺的日子（校历!A1）。"
    ]
    [quota] = quotas.classes
    assert (quota.obligation.loans, quota.obligation.gap, quota.obligation.expected) == (1, 1, None)
    assert quotas.outcomes[0].is_feasible is None


def test_a_school_that_is_never_open_has_no_pace() -> None:
    books = small_school(school_class(), rule(), *calendar())
    tables = [books[sheet.row_type] for sheet in ALL_SHEETS if sheet.row_type is not OpeningRow]
    bare = Library(tables, books.school, books.as_of)
    assert missing(bare) == [
        "要从“开放时间”算的数：没有“开放时间”这张表。",
        "进度和能不能完成：按校历和开放时间，这个学期没有一天对学生开放。",
    ]


def test_a_workbook_with_nothing_but_loans_still_gets_an_answer() -> None:
    books = small_school(lent("甲", date(2025, 9, 8)))
    bare = Library([books[LoanRow]], EXAMPLE_SCHOOL, date(2025, 10, 8))
    quotas = statement(bare)
    assert len(missing(bare, quotas)) == 12
    assert quotas.classes == ()


def test_a_workbook_without_loans_counts_none_rather_than_nought() -> None:
    books = small_school(school_class(), pupil("甲"), target("生均借书册数", Decimal(1)))
    tables = [books[sheet.row_type] for sheet in ALL_SHEETS if sheet.row_type is not LoanRow]
    bare = Library(tables, books.school, books.as_of)
    quotas = statement(bare)
    assert missing(bare, quotas) == ["要从“借阅登记账”算的数：没有“借阅登记账”这张表。"]
    assert (quotas.school.loans, quotas.school.none, quotas.outcomes[0].actual) == (None, None, None)


def test_an_unknown_standard_is_named_and_the_national_one_taken() -> None:
    books = small_school(school_class(), school=SCHOOL._replace(standard="火星"))
    assert missing(books) == ["和“火星”标准的比较：没有这个名称的标准（基本信息!A1），先和国家标准比。"]


@pytest.mark.parametrize(("kind", "is_told"), [("小学", False), ("教学点", False), ("九年一贯制学校", True)])
def test_a_school_the_standard_is_not_for_is_told(kind: str, is_told: bool) -> None:
    books = small_school(school_class(), school=SCHOOL._replace(kind=kind))
    said = f"“{kind}”自己的藏书标准：自带的是小学的标准，这里照小学的比（基本信息!A1）；有本校的，写进任务指标。"
    assert missing(books) == [said] * is_told


def test_a_calendar_row_written_backwards_is_none_and_its_days_are_missing() -> None:
    backwards = [CalendarRow(2, one.ends_on, one.starts_on, *one[3:]) for one in calendar()]
    line, days = missing(small_school(*backwards, school_class()))
    assert line == "“校历”写颠倒的行：结束没有比开始晚（校历!B2），这些行没有算进去。"
    assert days.startswith("进度和能不能完成：校历没有写全这个学期")


@pytest.mark.parametrize(
    ("line", "where"),
    [
        (row(CalendarRow, starts_on=date(2025, 10, 8), ends_on=date(2025, 10, 1), kind=DayKind.HOLIDAY), "校历!B2"),
        (openings(ONE, NOON, [Weekday.FRIDAY])[0], "开放时间!C2"),
        (openings(NOON, NOON, [Weekday.FRIDAY])[0], "开放时间!C2"),
        (turn(starts_at=ONE, ends_at=NOON), "借阅轮流表!E2"),
    ],
)
def test_a_line_that_ends_before_it_begins_is_told(line: Any, where: str) -> None:
    whole = {CalendarRow: calendar, OpeningRow: openings}.get(type(line), list)
    told = missing(small_school(line, *whole(), school_class()))
    assert told == [f"“{where.partition('!')[0]}”写颠倒的行：结束没有比开始晚（{where}），这些行没有算进去。"]


def test_a_holiday_that_cannot_be_read_is_no_school_day_in_silence(tmp_path: Path) -> None:
    off = row(CalendarRow, starts_on=date(2025, 10, 1), ends_on=date(2025, 10, 8), kind=DayKind.HOLIDAY)
    books = read(tmp_path, [(CalendarRow, 3, "starts_on", "#N/A")], school_class(), off)
    assert missing(books) == ["“校历”读不全的行：有空着或读不出的格子（校历!A3），这些行没有算进去。"]


def test_a_subscription_of_which_the_kind_is_blank_is_one_all_the_same() -> None:
    books = small_school(school_class(), row(PeriodicalRow))
    known = {name: getattr(row(PeriodicalRow), name) for name in ("title", "starts_on", "ends_on", "amount")}
    for missing, titles in ((None, 2), ("amount", 2), ("title", None)):
        values = {name: value for name, value in (known | {"title": "小溪流"}).items() if name != missing}
        counted = {one.name: one.value for one in statement(with_incomplete(books, PeriodicalRow, **values)).indicators}
        assert counted["报刊种数"] == titles
        assert (counted["生均征订金额"] is None) is (missing == "amount")


@pytest.mark.parametrize("listed", [True, False])
def test_loans_of_whom_the_register_lacks_are_told_for_they_may_be_a_teacher_s(listed: bool) -> None:
    books = small_school(school_class(), *([pupil("甲")] if listed else []), lent("甲", date(2025, 9, 8)))
    assert any("1 笔借书是学生还是教师借的" in one and "C2" in one for one in missing(books)) is not listed


@pytest.mark.parametrize("name", ["生均借书册数", "每生最低借书册数"])
@pytest.mark.parametrize(("asked", "word"), [(1, "没有算"), (2, "未完成")])
def test_a_target_is_not_missed_where_loans_that_cannot_be_counted_may_make_up_for_it(
    name: str, asked: int, word: str
) -> None:
    unread = lent("乙", date(2025, 9, 9))._asdict() | {"reader_no": None}
    books = small_school(
        school_class(), pupil("甲"), pupil("乙"), lent("甲", date(2025, 9, 8)), target(name, Decimal(asked))
    )
    [outcome] = statement(with_incomplete(books, LoanRow, **unread)).outcomes
    assert outcome_word(outcome) == word
