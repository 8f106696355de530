"""What old systems say beside their books: rules line by line or for each kind of reader, the term, odd numbers."""

from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest

from adoption.old_lists import TODAY, copies, taken_over
from schoollib_xl.adoption.adopting import Adoption, adopt
from schoollib_xl.adoption.options import Options
from schoollib_xl.adoption.report import settles_every_row
from schoollib_xl.adoption.settings.parameters import COPIES, DAYS, RENEWALS, Parameter, parameter_in
from schoollib_xl.adoption.totals import SourceTaken, sources_taken
from schoollib_xl.ledgers.supporting.calendar import CalendarRow
from schoollib_xl.ledgers.supporting.office import SettingRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.supporting.vocabulary import DayKind
from schoollib_xl.ledgers.vocabulary import ReaderKind

BOOKS = (("登记号", "书名", "分类号"), ("000001", "小河", "I287"))
TEACHER, PUPIL = ReaderKind.TEACHER, ReaderKind.PUPIL


def rules(folder: Path, sheet: str, rows: Any, **choices: Any) -> list[tuple[Any, ...]]:
    adoption = taken_over(folder, {"书目": BOOKS, sheet: rows}, **choices)
    return [(row.reader_kind, row.days, row.copies) for row in of(adoption)]


def sources(adoption: Adoption) -> list[SourceTaken]:
    return sources_taken(adoption.tables, adoption.journal)


def of(adoption: Adoption) -> list[LendingRule]:
    found: list[LendingRule] = adoption.ledger_set.rows[LendingRule]
    return found


@pytest.mark.parametrize(
    ("item", "value", "found"),
    [
        ("借期", "30", Parameter(None, DAYS, 30)),
        ("还书期限（天）", "15天", Parameter(None, DAYS, 15)),
        ("学生借期", "两周", Parameter(PUPIL, DAYS, 14)),
        ("教师借阅天数", "1个月", Parameter(TEACHER, DAYS, 30)),
        ("最多借书", "3", Parameter(None, COPIES, 3)),
        ("每人限借册数", "2册", Parameter(None, COPIES, 2)),
        ("可续借次数", "0", Parameter(None, RENEWALS, 0)),
        ("续借天数", "7", None),
        ("逾期提醒天数", "3", None),
        ("预约保留天数", "3天", None),
        ("借期", "3册", None),
        ("借期", "0", None),
        ("借书证押金", "20元", None),
        ("馆名", "育才", None),
    ],
)
def test_a_line_gives_a_figure_of_a_rule_or_none(item: str, value: str, found: Parameter | None) -> None:
    assert parameter_in(item, value) == found


@pytest.mark.parametrize("header", [[("参数", "值")], [("项目", "内容")], [("名称", "数值")], []])
def test_parameters_are_taken_under_any_header_and_under_none(tmp_path: Path, header: list[tuple[str, str]]) -> None:
    rows = [*header, ("借期", 30), ("最多借书", 3)]
    assert rules(tmp_path, "参数", rows) == [(None, 30, 3), (TEACHER, 30, 3)]


def test_each_kind_of_reader_has_its_own(tmp_path: Path) -> None:
    rows = [("参数", "值"), ("学生借书天数", "15"), ("教师借书天数", "60"), ("教师借书册数", "4")]
    assert rules(tmp_path, "设置", rows) == [(None, 15, 1), (TEACHER, 60, 4)]


def test_an_option_goes_before_the_old_parameters(tmp_path: Path) -> None:
    assert rules(tmp_path, "参数", [("参数", "值"), ("借期", 30)], days=10)[0] == (None, 10, 1)


@pytest.mark.parametrize(
    "rows",
    [
        [("读者类型", "借书期限", "可借册数"), ("学生", 21, 2), ("教师", 60, 6)],
        [("用户类型", "借期（天）", "最大借阅册数（册）"), ("学生", "21", "2"), ("教师", "60", "6")],
        [("读者类型", "最大借书数", "借期"), ("学生", 2, 21), ("教师", 6, 60)],
    ],
)
def test_a_line_for_each_kind_of_reader_is_a_rule_and_that_of_pupils_holds_for_all(tmp_path: Path, rows: Any) -> None:
    assert rules(tmp_path, "规则", rows) == [(None, 21, 2), (TEACHER, 60, 6)]


def test_rules_of_grades_stand_beside_those_of_a_new_workbook_for_everybody_else(tmp_path: Path) -> None:
    rows = [("年级", "可借册数", "借期"), ("一年级", 1, 7), ("二年级", 2, 10)]
    done = taken_over(tmp_path, {"书目": BOOKS, "规则": rows})
    assert [(rule.grade, rule.reader_kind, rule.days, rule.copies) for rule in of(done)] == [
        (1, None, 7, 1),
        (2, None, 10, 2),
        (None, None, 14, 1),
        (None, TEACHER, 30, 5),
    ]
    [said] = [one for one in done.journal.assumed if one.startswith("借阅规则")]
    assert "各类读者没有说，先照自带的借期 14 天、1 册" in said


def test_kinds_of_readers_are_no_names(tmp_path: Path) -> None:
    done = taken_over(tmp_path, {"书目": BOOKS, "统计": [("读者类型", "读者数"), ("学生", 300), ("教师", 20)]})
    assert not done.ledger_set.rows.get(ReaderRow)
    assert settles_every_row(done)


def test_figures_of_a_rule_may_stand_on_tables_of_their_own(tmp_path: Path) -> None:
    days = [("读者类型", "可借天数"), ("学生", 21), ("教师", 60)]
    more = [("人员类别", "可借册数", "可续借次数"), ("学生", 2, 1), ("教师", 5, 2)]
    done = taken_over(tmp_path, {"书目": BOOKS, "借期": days, "册数": more})
    found = [(rule.days, rule.copies, rule.renewals) for rule in done.ledger_set.rows[LendingRule]]
    assert found == [(21, 2, 1), (60, 5, 2)]
    across = [("项目", "学生", "教师"), ("借期（天）", 21, 60), ("册数", 2, 5)]
    assert rules(tmp_path, "规定", across) == [(None, 21, 2), (TEACHER, 60, 5)]
    assert settles_every_row(done)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("说明：每人限借2册，借期三周", (21, 2)),
        ("借阅须知：学生每次最多借3本，借书期限为10天", (10, 3)),
        ("说明：借期三十天、每人限借2册", (30, 2)),
        ("说明：每人限借2册借期30天", (14, 1)),
        ("说明：每人每学期借书不少于8册", (14, 1)),
        ("每班限借40册，逾期一天罚一角", (14, 1)),
        ("本月每人共借12册", (14, 1)),
    ],
)
def test_a_rule_in_words_below_a_register_is_one(tmp_path: Path, said: str, found: tuple[int, int]) -> None:
    lent = [("姓名", "班级", "书名", "借出日期"), ("王一", "三（1）班", "小河", "2025-9-3"), (said,)]
    done = taken_over(tmp_path, {"书目": BOOKS, "借阅": lent})
    pupils, teachers = of(done)
    assert (pupils.days, pupils.copies, teachers.days, teachers.copies) == (*found, 30, 5)


def test_what_is_no_rule_is_set_aside_and_said(tmp_path: Path) -> None:
    rows = [("参数", "值", "说明"), ("借期", 30, "自然日"), ("罚款", 0.1, "每天")]
    adoption = taken_over(tmp_path, {"书目": BOOKS, "参数": rows})
    source = next(one for one in sources(adoption) if one.sheet == "参数")
    assert (source.kind, source.taken, source.aside) == ("系统参数", 1, 1)
    assert [column.header for column in source.unrecognised] == ["说明"]
    assert not source.has_remarks


@pytest.mark.parametrize(
    "rows",
    [
        [("读者类别", "借书册数", "借书人数"), ("学生", 80, 40), ("教师", 12, 5)],
        [("周次", "借书册数", "还书册数"), ("第一周", 35, 20)],
        [("本月借书册数", 35), ("借书人次", 20)],
        [("学校名称", "校长", "学年"), ("东村小学", "周一", "2025-2026"), ("西村小学", "李二", "2025-2026")],
    ],
)
def test_what_was_lent_is_no_rule_and_a_list_of_schools_no_settings(tmp_path: Path, rows: Any) -> None:
    done = taken_over(tmp_path, {"书目": BOOKS, "统计": rows})
    assert [(rule.days, rule.copies) for rule in of(done)] == [(14, 1), (30, 5)]
    assert done.ledger_set.school.name is None


def test_a_list_of_anything_else_is_no_list_of_parameters(tmp_path: Path) -> None:
    assert rules(tmp_path, "杂项", [("物品", "数量"), ("借书架", 3), ("椅子", 30)])[0] == (None, 14, 1)


def test_a_number_too_long_for_a_book_is_kept_whole_in_its_remarks_and_said(tmp_path: Path) -> None:
    rows = (("编号", "书名"), ("978750123456789012", "小河"), ("000002", "大山"))
    adoption = taken_over(tmp_path, {"书目": rows})
    assert [(row.accession_no, row.remarks) for row in copies(adoption)] == [
        ("000003", "编号原记 978750123456789012"),
        ("000002", None),
    ]
    assert any("编了新号" in sentence for sentence in adoption.journal.assumed)


def test_an_identity_number_among_numbers_of_books_stands_nowhere(tmp_path: Path) -> None:
    adoption = taken_over(tmp_path, {"书目": (("编号", "书名"), ("330100202301011234", "小河"), ("000002", "大山"))})
    assert [row.remarks for row in copies(adoption)] == [None, None]
    assert "3301002023" not in str(adoption.journal)


@pytest.mark.parametrize(
    ("said", "start"),
    [
        ([], date(2025, 9, 1)),
        ([("学年", "2024-2025"), ("学期", "第二学期")], date(2025, 2, 1)),
        ([("学年", "2025-2026")], date(2025, 9, 1)),
        ([("学期", "第一学期")], date(2025, 9, 1)),
        ([("学期开始", date(2025, 9, 8)), ("学期结束", date(2026, 1, 23))], date(2025, 9, 8)),
    ],
    ids=["nothing", "year and term", "year", "term", "days"],
)
def test_settings_that_leave_out_the_days_of_the_term_get_the_usual_ones(
    tmp_path: Path, said: Any, start: date
) -> None:
    settings = [("项目", "内容"), ("学校名称", "某某小学"), *said]
    adoption = taken_over(tmp_path, {"书目": BOOKS, "基本信息": settings})
    items = {row.item: row.value for row in adoption.ledger_set.rows[SettingRow]}
    assert (items["学校名称"], items["学期开始"]) == ("某某小学", start)
    assert adoption.ledger_set.school.term_start == start


@pytest.mark.parametrize(
    ("said", "start", "end", "added"),
    [
        ([("学期开始", date(2025, 9, 8))], date(2025, 9, 8), date(2026, 1, 31), "学年、学期、学期结束和"),
        ([("学期结束", date(2026, 7, 3))], date(2026, 2, 1), date(2026, 7, 3), "学年、学期、学期开始和"),
        (
            [("学年", "2025-2026"), ("学期", "第二学期"), ("学期开始", date(2026, 2, 24))],
            date(2026, 2, 24), date(2026, 7, 31), "学期结束和",
        ),
    ],
)  # fmt: skip
def test_of_a_term_with_one_end_the_other_is_the_usual_one(
    tmp_path: Path, said: Any, start: date, end: date, added: str
) -> None:
    adoption = taken_over(tmp_path, {"书目": BOOKS, "基本信息": [("项目", "内容"), ("学校名称", "某某小学"), *said]})
    assert adoption.ledger_set.school.term == (start, end)
    lessons = [row for row in adoption.ledger_set.rows[CalendarRow] if row.kind is DayKind.SCHOOL]
    assert [(row.starts_on, row.ends_on) for row in lessons] == [(start, end)]
    assert any(text.startswith(f"{added}校历的上课日期先按通常") for text in adoption.journal.assumed)


def test_of_a_term_that_begins_where_none_usually_does_no_end_is_made_up(tmp_path: Path) -> None:
    settings = [
        ("项目", "内容"),
        ("学校名称", "某某小学"),
        ("学期", "第二学期"),
        ("学年", "2025-2026"),
        ("学期开始", date(2026, 8, 25)),
    ]
    assert taken_over(tmp_path, {"书目": BOOKS, "基本信息": settings}).ledger_set.school.term_end is None


@pytest.mark.parametrize(
    "rows",
    [
        (("学校名称", "东村小学"), ("学年", "2025-2026"), ("学期开始", date(2025, 9, 1))),
        (("学校名称：", "东村小学"), ("学年：", "2025-2026"), ("学期开始：", "2025年9月1日")),
        (("序号", "东村小学"), ("学校名称", "东村小学"), ("学年", "2025-2026"), ("学期开始", "2025.9.1")),
        (("项目", "内容"), ("学校名称", "东村小学"), ("学年", "2025-2026"), ("学期开始", "2025.9.1")),
    ],
)
def test_settings_without_a_header_are_taken_over(tmp_path: Path, rows: Any) -> None:
    school = taken_over(tmp_path, {"书目": BOOKS, "学校情况": rows}).ledger_set.school
    assert (school.name, school.school_year, school.term_start) == ("东村小学", "2025-2026", date(2025, 9, 1))


def test_a_list_that_names_settings_twice_only_is_no_list_of_settings(tmp_path: Path) -> None:
    done = taken_over(tmp_path, {"书目": BOOKS, "杂记": (("校长", "周校长"), ("图书管理员", "苏老师"), ("门卫", "甲"))})
    assert done.ledger_set.school.principal is None


@pytest.mark.parametrize("header", [[("项目", "内容")], []])
def test_settings_under_other_words_are_settings_and_what_is_none_is_said(tmp_path: Path, header: list[Any]) -> None:
    rows = [("校名：", "青山村小学"), ("开学日期", "2025-9-3"), ("放假时间", "2026年1月20日"), ("班额", 45)]
    sheet = "学校概况" if not header else "基本信息"
    done = taken_over(tmp_path, {"书目": BOOKS, sheet: [*header, *rows, ("联系电话", "13800000000")]})
    settings = done.ledger_set.rows[SettingRow]
    assert [(row.item, row.value) for row in settings] == [
        ("学校名称", "青山村小学"), ("学期开始", date(2025, 9, 3)), ("学期结束", date(2026, 1, 20)), ("班额", 45),
    ]  # fmt: skip
    assert done.ledger_set.school.term_end == date(2026, 1, 20)
    assert any("“放假时间”记作学期结束" in said for said in done.journal.assumed)
    assert any("基本信息里的班额照写" in said for said in done.journal.assumed)
    # A Tuesday may be the last day of lessons or the first without.
    (asked,) = done.journal.urgent
    assert "“放假时间”2026年1月20日 记作学期结束" in asked
    assert "13800000000" not in str(done.journal.row_records)


@pytest.mark.parametrize(
    "rows",
    [
        [("学校基本情况",), ("校名", "校长", "开学日期", "放假日期"), ("青山村小学", "周青", "2025-9-3", "2026-1-24")],
        [("学校名称：青山村小学",), ("校长：周青  开学日期：2025年9月3日",), ("放假日期：2026年1月24日",)],
        [("校名", "校长", "学期起止"), ("青山村小学", "周青", "2025-9-3至2026-1-24")],
        [("校名", "青山村小学", "校长", "周青"), ("开学日期", "2025-9-3", "结束日期", "2026-1-24")],
        [
            ("学校基本情况",),
            ("校名", "青山村小学"),
            ("校长", "周青"),
            ("开始日期", "2025-9-3"),
            ("散学日期", "2026-1-24"),
        ],
    ],
)
def test_settings_stand_below_each_other_by_twos_or_above_their_values(tmp_path: Path, rows: Any) -> None:
    done = taken_over(tmp_path, {"书目": BOOKS, "概况": rows})
    settings = [(row.item, row.value) for row in done.ledger_set.rows[SettingRow]]
    assert settings == [
        ("学校名称", "青山村小学"), ("校长", "周青"), ("学期开始", date(2025, 9, 3)), ("学期结束", date(2026, 1, 24)),
    ]  # fmt: skip
    assert settles_every_row(done)
    assert done.journal.urgent == []
    (school,) = [one for one in sources(done) if one.sheet == "概况"]
    assert (school.kind, school.aside) == ("基本信息", 0)


def test_settings_in_a_table_of_a_word_paper_are_settings(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("学校情况")
    told = [("校名", "青山村小学"), ("校长", "周青"), ("开学日期", "2025年9月3日")]
    for cells, row in zip(told, document.add_table(len(told), 2).rows, strict=True):
        for text, cell in zip(cells, row.cells, strict=True):
            cell.text = text
    document.save(str(tmp_path / "学校情况.docx"))
    done = adopt([tmp_path / "学校情况.docx"], Options(TODAY))
    assert (done.ledger_set.school.name, done.ledger_set.school.term_start) == ("青山村小学", date(2025, 9, 3))


def test_a_setting_that_is_there_twice_is_asked(tmp_path: Path) -> None:
    rows = [("项目", "内容"), ("校名", "青山村小学"), ("学校名称", "青山小学")]
    done = taken_over(tmp_path, {"书目": BOOKS, "基本信息": rows})
    assert [row.value for row in done.ledger_set.rows[SettingRow]][:2] == ["青山村小学", "青山小学"]
    assert any(said.startswith("基本信息里“学校名称”前面已经有一行") for said in done.journal.urgent)


def test_numbers_of_eight_digits_are_so_in_settings_that_do_not_say_it(tmp_path: Path) -> None:
    settings = [("项目", "内容"), ("学校名称", "某村小学"), ("学期开始", "2025-09-01"), ("学期结束", "2026-01-23")]
    books = [("登记号", "书名"), ("20210001", "小河"), ("20210002", "大山")]
    done = taken_over(tmp_path, {"书目": books, "基本信息": settings})
    assert done.ledger_set.library().school.accession_width == 8
    assert [row.value for row in done.ledger_set.rows[SettingRow] if row.item == "个别登记号位数"] == [8]


def test_the_digits_she_asks_for_go_before_those_of_the_old_settings(tmp_path: Path) -> None:
    settings = [("项目", "内容"), ("学校名称", "李村小学"), ("个别登记号位数", 8)]
    done = taken_over(tmp_path, {"基本信息": settings, "书目": [("登记号", "书名"), (1, "小河")]}, width=6)
    assert [copy.accession_no for copy in copies(done)] == ["000001"]
    assert {row.item: row.value for row in done.ledger_set.rows[SettingRow]}["个别登记号位数"] == 6
    assert "旧表里的“个别登记号位数”是 8，照 --width 改成了 6。" in done.journal.assumed
