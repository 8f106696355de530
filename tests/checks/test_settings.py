"""基本信息: the school's settings against each other and against the books."""

from datetime import date
from typing import Any

import pytest

from make import EXAMPLE_SCHOOL, findings, row, sentences
from schoollib_xl.checks.check import Severity
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.parts import Part
from schoollib_xl.ledgers.schema import SHEETS, Field
from schoollib_xl.ledgers.school import SETTINGS, Layout, School, TermName
from schoollib_xl.ledgers.supporting.calendar import CalendarRow
from schoollib_xl.ledgers.supporting.office import SettingRow
from schoollib_xl.ledgers.table import Flaw, FlawedCell, LedgerTable
from schoollib_xl.sheets.reading.loading import school_of
from schoollib_xl.wording.checking.findings import message_of

CODES = [code for code in ALL if code.startswith("SET")]
# 学校名称 stands in line 2, and so on in the order of the settings.
LINES = {field.name: line for line, field in enumerate(SETTINGS.values(), 2)}


def settings(**changes: Any) -> tuple[School, list[SettingRow]]:
    """The example school with changes, and its sheet with every setting on a line."""
    school = EXAMPLE_SCHOOL._replace(**changes)
    rows = [row(SettingRow, item=item, value=getattr(school, field.name)) for item, field in SETTINGS.items()]
    return school, rows


def found(code: str, *more: Any, **changes: Any) -> list[str]:
    school, rows = settings(**changes)
    return findings(code, *rows, *more, school=school)


def said(code: str, *more: Any, **changes: Any) -> list[str]:
    school, rows = settings(**changes)
    return sentences(code, *rows, *more, school=school)


def at(code: str, name: str) -> str:
    return f"{code} 基本信息!B{LINES[name]}"


def test_the_example_school_has_nothing_wrong() -> None:
    assert [code for code in CODES if found(code)] == []


def test_a_term_without_dates_is_a_hint_for_each_of_them() -> None:
    assert found("SET001", term_start=None, term_end=None) == [at("SET001", "term_start"), at("SET001", "term_end")]
    assert said("SET001", term_end=None) == ["基本信息里没有填“学期结束”。"]


def test_a_setting_without_a_line_is_found_at_the_sheet() -> None:
    assert findings("SET001", school=EXAMPLE_SCHOOL._replace(term_end=None)) == ["SET001 基本信息!A1"]


def test_a_term_date_that_cannot_be_read_is_not_also_missing() -> None:
    school, rows = settings(term_end=None)
    table = LedgerSet.of(*rows, school=school).library()[SettingRow]
    flaw = FlawedCell(LINES["term_end"], "value", Flaw.NOT_A_DATE, "七月初")
    flawed = LedgerTable(
        SHEETS[SettingRow], table.rows, flaws=[flaw], parts=[Part("基本信息", 1, {"item": 1, "value": 2}, {})]
    )
    report = run(Library([flawed], school, date(2026, 1, 23)), [ALL["SET001"]])
    assert report.findings == ()
    assert len(report.unchecked) == 1


@pytest.mark.parametrize("written", ["2025-2026", "2025—2026学年度", "2025/2026", "2025～2026 学年"])
def test_two_years_in_a_row_are_a_school_year(written: str) -> None:
    assert found("SET002", school_year=written) == []


@pytest.mark.parametrize("written", ["2025", "2025-2027", "2026-2025", "本学年", "25-26"])
def test_other_words_for_a_school_year_are_found(written: str) -> None:
    assert found("SET002", school_year=written) == [at("SET002", "school_year")]
    assert said("SET002", school_year=written) == [f"学年填的是“{written}”，看不出是哪两年。"]


def test_a_blank_school_year_is_no_contradiction() -> None:
    assert [code for code in CODES if found(code, school_year=None)] == []


def copies(count: int, digits: int) -> list[AccessionRow]:
    return [row(AccessionRow, accession_no=str(number).zfill(digits)) for number in range(1, count + 1)]


def test_a_width_that_most_of_the_books_contradict_is_found_once() -> None:
    assert found("SET003", *copies(20, 8)) == [at("SET003", "accession_width")]
    assert said("SET003", *copies(20, 8)) == ["个别登记号位数定的是 6 位，账上的号多数是 8 位。"]


def test_a_few_copies_do_not_contradict_the_width() -> None:
    assert found("SET003", *copies(19, 8)) == []
    assert found("SET003", *copies(20, 6)) == []


def test_a_term_that_ends_before_it_starts_is_found() -> None:
    assert found("SET101", term_end=date(2025, 8, 31)) == [at("SET101", "term_end")]
    assert said("SET101", term_end=date(2025, 8, 31)) == ["“学期结束”是 2025年8月31日，比“学期开始”2025年9月1日 还早。"]


def test_the_previous_term_is_judged_as_well() -> None:
    backwards = {"previous_start": date(2025, 7, 4), "previous_end": date(2025, 2, 17)}
    assert found("SET101", **backwards) == [at("SET101", "previous_end")]
    assert found("SET102", **backwards) == []


def test_a_previous_term_that_ends_before_this_one_is_fine() -> None:
    assert found("SET102", previous_start=date(2025, 2, 17), previous_end=date(2025, 8, 31)) == []


def test_terms_that_share_a_day_are_found_at_the_end_of_the_previous_one() -> None:
    overlapping = {"previous_start": date(2025, 2, 17), "previous_end": date(2025, 9, 1)}
    assert found("SET102", **overlapping) == [at("SET102", "previous_end")]
    assert said("SET102", **overlapping) == ["上学期到 2025年9月1日 才结束，本学期 2025年9月1日 就开始了。"]


def test_the_first_and_the_last_day_of_term_are_in_the_term() -> None:
    assert found("SET103", cut_off=date(2025, 9, 1)) == []
    assert found("SET103", cut_off=date(2026, 1, 23)) == []


def severity_of_cut_off(day: date) -> list[Severity]:
    school, rows = settings(cut_off=day)
    return [one.severity for one in run(LedgerSet.of(*rows, school=school).library(), [ALL["SET103"]]).findings]


def test_a_cut_off_before_the_term_or_long_after_it_is_a_warning_and_one_soon_after_it_a_hint() -> None:
    assert severity_of_cut_off(date(2025, 8, 31)) == [Severity.WARNING]
    assert severity_of_cut_off(date(2026, 1, 24)) == [Severity.HINT]
    assert severity_of_cut_off(date(2026, 7, 25)) == [Severity.HINT]
    assert severity_of_cut_off(date(2026, 7, 26)) == [Severity.WARNING]
    assert found("SET103", cut_off=date(2025, 8, 31)) == [at("SET103", "cut_off")]
    assert said("SET103", cut_off=date(2025, 8, 31)) == [
        "截止日期 2025年8月31日 不在本学期里，本学期从 2025年9月1日 到 2026年1月23日。"
    ]


def test_a_day_of_another_term_stops_no_lending_in_this_one() -> None:
    assert found("SET106", lending_stops=date(2026, 1, 12)) == []
    assert found("SET106", lending_stops=None) == []
    assert found("SET106", lending_stops=date(2025, 6, 20)) == [at("SET106", "lending_stops")]
    assert said("SET106", lending_stops=date(2025, 6, 20)) == [
        "停借日期 2025年6月20日 不在本学期里，本学期从 2025年9月1日 到 2026年1月23日；没有用它，照学期结束前一周算。"
    ]


def test_a_setting_whose_name_is_misspelt_is_told_where_the_right_one_is_missing() -> None:
    misspelt = row(SettingRow, item="停借日", value=date(2026, 1, 12))
    assert findings("SET004", misspelt) == ["SET004 基本信息!A2"]
    assert sentences("SET004", misspelt) == ["“停借日”不认得，没有用它；“停借日期”还没有填，多半是它。"]
    assert found("SET004", misspelt) == []
    for item, near in (("截止日其", "截止日期"), ("上学期开治", "上学期开始"), ("学校类型", "学校类别")):
        assert f"“{near}”" in sentences("SET004", misspelt._replace(item=item))[0]
    assert (
        findings("SET004", row(SettingRow, item="副校长", value="周"), row(SettingRow, item="校训", value="勤")) == []
    )


def test_a_setting_written_twice_is_told_where_the_two_disagree() -> None:
    once, same = (row(SettingRow, line=line, item="学期", value="第一学期") for line in (2, 3))
    again, own = same._replace(value="第二学期"), (row(SettingRow, line=n, item="校训", value=n) for n in (4, 5))
    assert findings("SET005", once, again) == ["SET005 基本信息!B3"]
    assert sentences("SET005", once, again) == [
        "“学期”前面写的是“第一学期”，这里写的是“第二学期”，算的时候用了这一行。"
    ]
    assert findings("SET005", once, same, *own) == []


@pytest.mark.parametrize(
    ("item", "first", "last", "is_told"),
    [
        ("学期开始", date(2026, 2, 23), "2026-02-23", False),
        ("学期开始", date(2026, 2, 23), "2026年2月24日", True),
        ("学年", "2025-2026", "2025—2026学年", False),
        ("学年", "2025-2026", "2024-2025", True),
        ("学校名称", "青禾小学", "青禾 小学", False),
        ("每册借还分钟数", 1, "1.0", False),
        ("学期", "第二学期", "下学期", False),
        ("个别登记号位数", 6, "8", True),
    ],
)
def test_two_lines_of_a_setting_are_compared_as_they_are_read(
    item: str, first: Any, last: Any, *, is_told: bool
) -> None:
    rows = [row(SettingRow, line=line, item=item, value=value) for line, value in ((2, first), (3, last))]
    table, school = school_of(LedgerSet.of(*rows, school=EXAMPLE_SCHOOL).library()[SettingRow])
    assert bool(run(Library([table], school, date(2026, 1, 23)), [ALL["SET005"]]).findings) is is_told


def test_no_cut_off_and_no_term_have_nothing_to_compare() -> None:
    assert found("SET103", cut_off=None) == []
    assert found("SET103", term_start=None) == []


def test_a_term_of_the_other_name_is_found_at_its_start() -> None:
    assert found("SET104", term_name=TermName.FIRST) == []
    assert found("SET104", term_name=TermName.SECOND) == [at("SET104", "term_start")]
    assert said("SET104", term_name=TermName.SECOND) == ["学年是 2025-2026，第二学期却从 2025年9月1日 开始。"]


def test_a_term_of_another_school_year_is_found() -> None:
    assert found("SET104", school_year="2024-2025") == [at("SET104", "term_start")]
    assert said("SET104", school_year="2024-2025") == ["学年是 2024-2025，本学期却从 2025年9月1日 开始。"]


def test_a_term_of_the_other_name_is_found_without_a_school_year() -> None:
    assert said("SET104", school_year=None, term_name=TermName.SECOND) == ["第二学期却从 2025年9月1日 开始。"]
    assert found("SET104", school_year=None, term_name=TermName.FIRST) == []


def test_the_second_term_begins_in_the_second_year() -> None:
    spring = {"term_start": date(2026, 2, 23), "term_end": date(2026, 7, 3), "cut_off": date(2026, 7, 3)}
    assert [code for code in CODES if found(code, term_name=TermName.SECOND, **spring)] == []
    assert found("SET104", term_name=TermName.FIRST, **spring) == [at("SET104", "term_start")]


def _read(item: str, text: str) -> tuple[School, list[str]]:
    """基本信息 of one line, as it is read, and what is said of it."""
    rows = [row(SettingRow, item=item, value=text)]
    table = LedgerSet.of(*rows, school=EXAMPLE_SCHOOL).library()[SettingRow]
    table, school = school_of(table)
    books = Library([table], EXAMPLE_SCHOOL, date(2026, 1, 23))
    return school, [message_of(books, one).message for one in run(books, [ALL["FMT108"]]).findings]


@pytest.mark.parametrize(
    ("item", "text", "field", "meant"),
    [
        ("学期", "下学期", "term_name", TermName.SECOND),
        ("学期", "上学期", "term_name", TermName.FIRST),
        ("学期", "第一学期", "term_name", TermName.FIRST),
        ("版式", "简", "layout", Layout.PLAIN),
        ("版式", "公文格式", "layout", Layout.OFFICIAL),
    ],
)
def test_a_setting_is_understood_as_schools_say_it(item: str, text: str, field: str, meant: object) -> None:
    school, told = _read(item, text)
    assert (getattr(school, field), told) == (meant, [])


@pytest.mark.parametrize("field", [field for field in SETTINGS.values() if field.choices], ids=lambda one: one.header)
def test_a_setting_that_is_not_understood_is_told_with_all_its_words(field: Field) -> None:
    _, told = _read(field.header, "随便")
    assert told == [f"“{field.header}”填的是“随便”，应当是：{'、'.join(field.choices)}。"]


def school(first: str, last: str) -> CalendarRow:
    return row(CalendarRow, starts_on=date.fromisoformat(first), ends_on=date.fromisoformat(last))


def test_school_before_and_after_the_term_is_told_at_its_dates() -> None:
    early = school("2025-09-01", "2026-01-23"), school("2026-02-23", "2026-07-03")
    assert found("SET105", *early) == []
    assert found("SET105", *early, term_start=date(2025, 10, 13)) == [at("SET105", "term_start")]
    assert found("SET105", *early, term_end=date(2025, 12, 23)) == [at("SET105", "term_end")]
    # More than half of the term.
    assert found("SET105", *early, term_start=date(2025, 12, 1)) == [at("SET105", "term_start")]
    assert found("SET105", *early, term_end=date(2025, 10, 23)) == [at("SET105", "term_end")]
    assert said("SET105", *early, term_start=date(2025, 9, 15)) == [
        "学期开始写的是 2025年9月15日，可是校历从 2025年9月1日 到 2025年9月12日 也在上课，这 10 天不在学期里。"
    ]


def test_the_previous_term_is_told_of_as_well() -> None:
    year = school("2025-02-17", "2025-07-04"), school("2025-09-01", "2026-01-23")
    before = {"previous_start": date(2025, 2, 17), "previous_end": date(2025, 6, 4)}
    assert found("SET105", *year, **before) == [at("SET105", "previous_end")]
    assert found("SET105", *year, **(before | {"previous_end": date(2025, 7, 4)})) == []


@pytest.mark.parametrize(
    "days", [("2025-08-25", "2026-01-23"), ("2025-09-01", "2026-01-30"), ("2025-09-08", "2026-01-23")]
)
def test_a_week_of_school_beside_the_term_and_a_late_beginning_are_fine(days: tuple[str, str]) -> None:
    assert found("SET105", school(*days)) == []


def test_a_calendar_in_one_line_leaves_the_holidays_to_the_terms() -> None:
    year = school("2025-02-17", "2026-01-23")
    assert found("SET105", year, previous_start=date(2025, 2, 17), previous_end=date(2025, 7, 4)) == []
    assert found("SET105", year) == []


@pytest.mark.parametrize(
    ("changes", "places"),
    [
        ({"term_start": date(1900, 1, 1)}, ["term_start"]),
        ({"previous_start": date(2023, 2, 17), "previous_end": date(2025, 7, 4)}, ["previous_start"]),
        ({"term_start": date(2024, 1, 22)}, ["term_start"]),
        # A school that keeps one term a year.
        ({"term_start": date(2025, 9, 1), "term_end": date(2026, 8, 31)}, []),
        ({"term_end": date(2025, 8, 31)}, []),
    ],
)
def test_a_term_longer_than_a_year_is_found(changes: dict[str, Any], places: list[str]) -> None:
    assert found("SET107", **changes) == [at("SET107", name) for name in places]
