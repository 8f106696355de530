"""Rosters: readers, their classes, and the names classes go by."""

from datetime import date
from pathlib import Path

import pytest

from adoption.old_lists import TODAY, Rows, old_book, record_of, rows_of, taken_over
from schoollib_xl.adoption.adopting import adopt
from schoollib_xl.adoption.journal import RowOutcome, What
from schoollib_xl.adoption.options import Options
from schoollib_xl.adoption.readers.people import NAMELESS
from schoollib_xl.adoption.readers.same_people import NAMESAKES
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.grades import MixedGrade, class_in, class_key_in, grade_of
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.vocabulary import LeavingReason, ReaderKind


def readers(folder: Path, rows: Rows, sheet: str = "名册") -> list[ReaderRow]:
    found: list[ReaderRow] = taken_over(folder, {sheet: rows}).ledger_set.rows[ReaderRow]
    return found


def test_a_day_until_which_a_card_is_good_stops_nobody(tmp_path: Path) -> None:
    rows = [("读者证号", "姓名", "组织", "终止日期"), ("1", "林小满", "三（1）班", "2031-08-31")]
    done = taken_over(tmp_path, {"名册": [*rows, ("2", "周小麦", "三（1）班", "2025-06-30")]})
    good, stopped = done.ledger_set.rows[ReaderRow]
    assert (good.stopped_on, good.remarks) == (None, "有效期至：2031年8月31日")
    assert (stopped.stopped_on, stopped.remarks) == (date(2025, 6, 30), None)
    assert [row.pupils for row in done.ledger_set.rows[ClassRow]] == [1]
    assert any("“终止日期”写的日子还没到的 1 人" in said for said in done.journal.assumed)


@pytest.mark.parametrize("written", ["三(1)班", "三年级1班", "三年级一班", "3（1）班", "三 （1） 班"])
def test_a_class_goes_by_one_name(tmp_path: Path, written: str) -> None:
    rows = [("学号", "姓名", "班级"), ("1", "林小满", "三（1）班"), ("2", "周小麦", written)]
    done = taken_over(tmp_path, {"名册": rows})
    assert {row.class_name for row in done.ledger_set.rows[ReaderRow]} == {"三（1）班"}
    (row,) = done.ledger_set.rows[ClassRow]
    assert (row.class_name, row.grade, row.pupils) == ("三（1）班", 3, 2)


@pytest.mark.parametrize(
    ("name", "grade"),
    [
        ("三（1）班", 3),
        ("六年级", 6),
        ("2023级2班", 3),
        ("2018级2班", None),
        ("向日葵班", None),
        ("23级1班", 3),
        ("24級1班", 2),
        ("22级（3）班", 4),
        ("二〇二三级2班", 3),
        ("2025级", 1),
        # 届 counts from the end; one that has come may be a year of entry as well.
        ("2026届1班", 6),
        ("2024届1班", None),
        ("一、二年级", MixedGrade(1, 2)),
        ("1、2年级1班", MixedGrade(1, 2)),
        ("五六年级", MixedGrade(5, 6)),
        ("一二复式班", MixedGrade(1, 2)),
        ("复式一班", None),
        ("学前班", 0),
        ("学前（1）班", 0),
        ("10班", None),
        ("东村小学三年级1班", 3),
        ("高三（1）班", None),
        ("初一1班", None),
        ("1201班", None),
        ("四（实验）班", 4),
        ("东村教学点三年级", 3),
        ("分校1年级", 1),
        ("初一年级", None),
        ("东村教学点三四年级", None),
        ("2011年级", None),
    ],
)
def test_the_grade_is_told_by_the_name_of_the_class(name: str, grade: int | None) -> None:
    assert grade_of(name, 2025) == grade


@pytest.mark.parametrize(
    ("name", "key"),
    [("2023级1班", "3-1"), ("23级（01）班", "3-1"), ("2023级", "2023级"), ("2017级1班", "2017级1班"), ("四1班", "4-1")],
)
def test_a_class_named_by_its_year_is_the_one_named_by_its_grade(name: str, key: str) -> None:
    assert class_key_in(name, 2025) == key


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("2023级1班学生名单", "2023级1班"),
        ("23级（11）班", "23级（11）班"),
        ("2025年秋 三（1）班名单", "三（1）班"),
        ("学前班", "学前班"),
        ("三.2班", "三.2班"),
        ("一年级1-6班", None),
        ("2023级1班和2023级2班", None),
        ("2024年1班", None),
    ],
)
def test_a_title_names_its_class(title: str, name: str | None) -> None:
    assert class_in(title) == name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("1.王俊芳", "王俊芳"),
        ("12、王俊芳", "王俊芳"),
        ("（3）王俊芳", "王俊芳"),
        ("④王俊芳", "王俊芳"),
        ("王俊芳同学", "王俊芳"),
        ("5 古丽·买买提", "古丽·买买提"),
        ("林小满2", "林小满2"),
        ("陈静（女）", "陈静"),
        ("李强*", "李强"),
        ("何苗 ★", "何苗"),
        ("古丽（大）", "古丽（大）"),
        ("三班同学", "三班同学"),
        ("王同学", "王同学"),
        ("3年级", "3年级"),
    ],
)
def test_a_name_is_read_without_its_number_in_the_list(written: str, name: str, tmp_path: Path) -> None:
    (row,) = readers(tmp_path, [("学号", "姓名", "班级"), ("0001", written, "三（1）班")])
    assert row.name == name


def test_the_class_of_a_roster_stands_in_its_title_or_on_its_tab(tmp_path: Path) -> None:
    assert (
        readers(tmp_path, [("四年级（2）班学生名册",), ("学号", "姓名", "类别"), ("1", "林小满", "学生")])[0].class_name
        == "四（2）班"
    )
    assert (
        readers(tmp_path, [("学号", "姓名", "类别"), ("1", "林小满", "学生")], "四（2）班")[0].class_name == "四（2）班"
    )


@pytest.mark.parametrize("tab", ["四2", "四（2）", "4(2)班", "四年级2班", "402"])
def test_a_tab_may_be_called_by_the_figures_of_a_class(tmp_path: Path, tab: str) -> None:
    (row,) = readers(tmp_path, [("学号", "姓名"), ("230101", "林小满")], tab)
    assert (row.class_name, row.kind) == ("四（2）班", ReaderKind.PUPIL)


def test_a_tab_called_by_a_day_is_no_class(tmp_path: Path) -> None:
    (row,) = readers(tmp_path, [("学号", "姓名"), ("230101", "林小满")], "3.1")
    assert row.class_name is None


@pytest.mark.parametrize(("on_roster", "in_line"), [("高山", "高山老师"), ("高山老师", "高山")])
def test_a_teacher_called_so_is_the_one_on_the_roster(tmp_path: Path, on_roster: str, in_line: str) -> None:
    roster = [("证号", "姓名", "部门"), ("T1", on_roster, "教师")]
    loans = [("借书日期", "姓名", "班级", "书名"), ("2025-9-5", in_line, "三年级", "小河")]
    done = taken_over(tmp_path, {"名册": roster, "借书": loans})
    assert [row.name for row in done.ledger_set.rows[ReaderRow]] == [on_roster]
    assert [row.reader_no for row in done.ledger_set.rows[LoanRow]] == ["T1"]


def test_a_pupil_has_no_loan_of_a_teacher_of_his_name(tmp_path: Path) -> None:
    roster = [("证号", "姓名", "班级"), ("S1", "高山", "三年级")]
    loans = [("借书日期", "姓名", "书名"), ("2025-9-5", "高山老师", "小河")]
    done = taken_over(tmp_path, {"名册": roster, "借书": loans})
    assert LoanRow not in done.ledger_set.rows


@pytest.mark.parametrize("class_name", ["2023级1班", "23级（1）班", "学前班"])
def test_a_class_named_otherwise_stands_in_a_title_or_on_a_tab_as_well(tmp_path: Path, class_name: str) -> None:
    titled: Rows = [(f"{class_name}学生名单",), ("序号", "姓名"), (1, "林小满"), (2, "王思远")]
    assert [row.class_name for row in readers(tmp_path, titled)] == [class_name] * 2
    assert [row.class_name for row in readers(tmp_path, titled[1:], class_name)] == [class_name] * 2


@pytest.mark.parametrize(
    "rows",
    [
        [("三（1）班学生名单",), ("序号", "姓名"), (1, "甲一"), ("2023级2班学生名单",), ("序号", "姓名"), (1, "丙三")],
        [
            ("班级：三（1）班", "班主任：陈静"),
            ("序号", "姓名"),
            (1, "甲一"),
            ("小计", 1),
            ("班级：2023级2班", "班主任：李"),
            ("序号", "姓名"),
            (1, "丙三"),
        ],
        [("序号", "姓名"), ("三（1）班",), (1, "甲一"), ("2023级2班",), (1, "丙三")],
        [("三（1）班",), ("姓名",), ("甲一",), ("2023级2班",), ("姓名",), ("丙三",)],
    ],
)
@pytest.mark.parametrize("sheet", ["名单", "三（1）班"])
def test_classes_one_below_the_other_are_each_their_own(rows: Rows, sheet: str, tmp_path: Path) -> None:
    found = [(row.name, row.class_name) for row in readers(tmp_path, rows, sheet)]
    assert found == [("甲一", "三（1）班"), ("丙三", "2023级2班")]


@pytest.mark.parametrize(
    ("title", "class_name"),
    [
        ("三年级学生名单", "三年级"),
        ("2025年秋3年级", "3年级"),
        ("一至三年级名册 三年级（班主任：王老师）", "三年级"),
        ("三年级（男9人，女8人）", "三年级"),
        ("三年级（1、2班）", None),
        ("三至六年级名单", None),
        ("一二年级名单", None),
        ("三年级和四年级", None),
    ],
)
def test_a_grade_in_the_title_is_the_class_of_a_school_with_one_a_grade(
    title: str, class_name: str | None, tmp_path: Path
) -> None:
    (row,) = readers(tmp_path, [(title,), ("序号", "姓名", "类别"), (1, "甲一", "学生")])
    assert row.class_name == class_name


def test_classes_of_no_grade_are_named(tmp_path: Path) -> None:
    rows = [("学号", "姓名", "班级"), ("1", "甲一", "2024届1班"), ("2", "乙二", "三（1）班")]
    said = taken_over(tmp_path, {"名册": rows}).journal.assumed
    assert sum("看不出现在是几年级的班：2024届1班。" in one for one in said) == 1


def test_a_class_by_its_year_of_entry_is_the_one_by_its_grade(tmp_path: Path) -> None:
    """In the school year of the roster (2025-2026); what another year's loans call it stays as it stands."""
    roster = [("学号", "姓名", "班级"), ("1", "甲一", "三（1）班"), ("2", "乙二", "2023级1班")]
    loans = [("借书日期", "学号", "班级", "书名")]
    loans += [("2025-9-8", "1", "23级（1）班", "小河"), ("2024-9-9", "1", "2023级1班", "大山")]
    done = taken_over(tmp_path, {"名册": roster, "借阅": loans})
    assert [(row.class_name, row.pupils) for row in done.ledger_set.rows[ClassRow]] == [("三（1）班", 2)]
    assert [loan.class_name for loan in done.ledger_set.rows[LoanRow]] == ["三（1）班", "2023级1班"]


@pytest.mark.parametrize(
    ("rows", "classes"),
    [
        (
            [("三（1）班", "甲一"), ("", "乙二"), ("三（2）班", "丙三"), ("", "丁四")],
            ["三（1）班"] * 2 + ["三（2）班"] * 2,
        ),
        ([("三（1）班", ""), ("", "甲一"), ("三（2）班", ""), ("", "乙二")], ["三（1）班", "三（2）班"]),
        # Somebody's class is not known: nothing is made up.
        ([("三（1）班", "甲一"), ("三（1）班", "乙二"), ("", "丙三")], ["三（1）班", "三（1）班", None]),
        ([("", "甲一"), ("三（1）班", "乙二"), ("", "丙三")], [None, "三（1）班", None]),
        ([("三（1）班", "甲一"), ("三（2）班", "乙二"), ("", "丙三")], ["三（1）班", "三（2）班", None]),
    ],
)
def test_a_class_written_once_is_that_of_the_rows_below(rows: Rows, classes: list[str | None], tmp_path: Path) -> None:
    done = taken_over(tmp_path, {"名册": [("班级", "姓名"), *rows]})
    assert [row.class_name for row in done.ledger_set.rows[ReaderRow]] == classes
    assert any("一个班只写了一次" in said for said in done.journal.assumed) == (None not in classes)


@pytest.mark.parametrize(
    ("header", "grade", "written", "class_name"),
    [
        ("入学年份", "2023", "1班", "2023级1班"),
        ("入学年份", "2023年9月", "（1）班", "2023级（1）班"),
        ("年级", "一", None, "一年级"),
        ("年级", "学前班", None, "学前班"),
        ("年级", "四", "向日葵班", "四年级向日葵班"),
        ("年级", "四", "四（1）班", "四（1）班"),
    ],
)
def test_a_grade_beside_the_class_is_never_lost(
    header: str, grade: str, written: str | None, class_name: str, tmp_path: Path
) -> None:
    rows = [("姓名", header, "班级"), ("甲一", grade, written), ("乙二", "五", "2班")]
    assert [row.class_name for row in readers(tmp_path, rows)] == [class_name, "五（2）班"]


def test_a_page_that_begins_with_the_header_again_is_of_the_same_class(tmp_path: Path) -> None:
    rows = [("三（1）班学生名单",), ("序号", "姓名"), (1, "甲一"), ("序号", "姓名"), (2, "乙二")]
    assert {row.class_name for row in readers(tmp_path, rows)} == {"三（1）班"}
    named = [("姓名", "班级"), ("甲一", "三（1）班"), ("姓名", "班级"), ("乙二", "三（2）班")]
    assert [row.class_name for row in readers(tmp_path, named)] == ["三（1）班", "三（2）班"]


def test_whose_class_nothing_tells_is_said(tmp_path: Path) -> None:
    rows = [
        ("序号", "姓名", "性别"),
        (1, "林小满", "女"),
        (2, "高远", "男"),
        (),
        ("序号", "姓名", "性别"),
        (1, "王芳", "女"),
    ]
    said = taken_over(tmp_path, {"名单": rows}).journal.assumed
    assert any("有 3 人（林小满等）看不出是哪个班的" in one for one in said)


def test_grade_and_class_in_two_columns_are_put_together(tmp_path: Path) -> None:
    for header in (("学号", "姓名", "年级", "班级"), ("学籍辅号", "学生姓名", "年级名称", "班级名称")):
        (row,) = readers(tmp_path, [header, ("1", "林小满", "四年级", "2班")])
        assert row.class_name == "四（2）班"


def test_a_list_of_classes_that_says_no_grade_has_that_of_their_names(tmp_path: Path) -> None:
    figures = [
        ("班级", "学生人数", "借阅册数"),
        ("四（1）班", 10, 8),
        ("2023级2班", 9, 7),
        ("3班", 9, 7),
        ("合计", 28, 22),
    ]
    classes = taken_over(tmp_path, {"班级借阅统计": figures}).ledger_set.rows[ClassRow]
    assert [(row.class_name, row.grade, row.pupils) for row in classes] == [
        ("四（1）班", 4, 10), ("2023级2班", 3, 9), ("3班", None, 9),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("grade", "written", "class_name"),
    [
        ("四", "12班", "四（12）班"),
        ("四", "42班", "四（2）班"),
        ("四", "42", "四（2）班"),
        ("2023年", "22班", "2023级22班"),
    ],
)
def test_the_grade_beside_a_class_says_what_its_figures_mean(
    grade: str, written: str, class_name: str, tmp_path: Path
) -> None:
    (row,) = readers(tmp_path, [("学号", "姓名", "年级", "班级"), ("1", "林小满", grade, written)])
    assert row.class_name == class_name


def test_the_grade_in_a_title_is_that_of_its_classes(tmp_path: Path) -> None:
    rows = [("学号", "姓名", "班级"), ("1", "林小满", "1班"), ("2", "周小麦", "（2）班"), ("3", "苏小禾", "32班")]
    found = [row.class_name for row in readers(tmp_path, rows, "三年级")]
    assert found == ["三（1）班", "三（2）班", "三（2）班"]


def test_a_class_without_its_grade_is_told_with_what_it_was_taken_for(tmp_path: Path) -> None:
    for classes, told in {
        ("12班", "21班"): "有的班没写年级：“12班”当作一（2）班，“21班”当作二（1）班。",
        ("1班", "2班"): "有的班没写年级：“1班”当作 1 年级的，“2班”当作 2 年级的。",
        # Counted throughout the school: the twelfth is no second of the first grade.
        ("12班", "2班"): "看不出现在是几年级的班：12班、2班。",
    }.items():
        rows = [(str(at), "林小满周小麦"[at * 3 :][:3], name) for at, name in enumerate((*classes, "三（1）班"))]
        done = taken_over(tmp_path, {"名单": [("学号", "姓名", "班级"), *rows[:2], ("9", "苏小禾", "三（1）班")]})
        assert any(one.startswith(told) for one in done.journal.assumed)


@pytest.mark.parametrize(
    ("sheet", "rows"),
    [
        ("名单", [("学生", "班级"), ("林小满", "三（1）班")]),
        ("三（1）班", [("序号", "学生"), (1, "林小满")]),
        ("三（1）班", [("学生",), ("林小满",)]),
    ],
)
def test_pupils_under_the_word_pupil_alone_are_readers_where_names_stand_below(
    sheet: str, rows: Rows, tmp_path: Path
) -> None:
    (row,) = readers(tmp_path, rows, sheet)
    assert (row.name, row.class_name) == ("林小满", "三（1）班")


def test_numbers_of_pupils_are_no_names(tmp_path: Path) -> None:
    rows = [("班级", "学生"), ("三（1）班", 30), ("三（2）班", "二十八人")]
    assert ReaderRow not in taken_over(tmp_path, {"人数": rows}).ledger_set.rows


def test_pupils_and_teachers_are_told_apart(tmp_path: Path) -> None:
    assert readers(tmp_path, [("学号", "姓名", "班级"), ("1", "林小满", "四（2）班")])[0].kind is ReaderKind.PUPIL
    assert readers(tmp_path, [("编号", "姓名", "单位"), ("9", "陈静", None)], "教师名册")[0].kind is ReaderKind.TEACHER
    path = old_book(tmp_path / "教师读者.xlsx", {"Sheet1": [("证号", "姓名", "职务"), ("T01", "陈静", "班主任")]})
    (row,) = adopt([path], Options(as_of=TODAY)).ledger_set.rows[ReaderRow]
    assert row.kind is ReaderKind.TEACHER


def test_readers_without_a_number_get_one_nobody_has(tmp_path: Path) -> None:
    rows = [("学号", "姓名", "班级"), ("S0001", "林小满", "三（1）班"), (None, "周小麦", "三（1）班")]
    done = taken_over(tmp_path, {"名册": rows})
    assert [row.reader_no for row in done.ledger_set.rows[ReaderRow]] == ["S0001", "S0002"]
    assert "有 1 人没有写证号，或证号读不出来，编了新号（S0002），证上照着写。" in done.journal.assumed


def test_one_person_on_two_rosters_is_one_reader(tmp_path: Path) -> None:
    rows = [
        ("学号", "姓名", "班级"),
        ("1", "林小满", "三（1）班"),
        ("1", "林小满", "四（1）班"),
        ("1", "周小麦", "三（1）班"),
    ]
    done = taken_over(tmp_path, {"名册": rows})
    assert [row.name for row in done.ledger_set.rows[ReaderRow]] == ["林小满", "周小麦"]
    assert record_of(done, 3) == (RowOutcome.MERGED, "读者名册 1（同一个人写了两遍，这里写的班级是 四（1）班）")


CARDS = [
    ("读者证号", "姓名", "班级"),
    ("S1", "林小满", "三（1）班"),
    ("S2", "周小麦", "三（1）班"),
    ("S3", "方小谷", "三（2）班"),
]
LENT = [("读者证号", "书名", "登记号", "借出日期"), ("S1", "小河", "000001", "2025-09-10")]


def test_a_list_with_other_numbers_doubles_nobody_and_the_number_on_the_card_stays(tmp_path: Path) -> None:
    pupils = [
        ("学籍号", "姓名", "班级"),
        ("G9", "周小麦", "三（1）班"),
        ("G8", "林小满", "三（1）班"),
        ("G7", "新小苗", "三（1）班"),
    ]
    done = taken_over(tmp_path, {"学籍": pupils, "名册": CARDS, "借阅": LENT})
    numbers = [row.reader_no for row in done.ledger_set.rows[ReaderRow]]
    assert sorted(numbers) == ["G7", "S1", "S2", "S3"]


def test_a_pupil_who_moved_to_another_class_is_one_reader(tmp_path: Path) -> None:
    pupils = [("学号", "姓名", "班级"), ("31", "林小满", "四（1）班"), ("32", "周小麦", "四（1）班")]
    done = taken_over(tmp_path, {"名册": CARDS, "借阅": LENT, "新": pupils})
    assert len(done.ledger_set.rows[ReaderRow]) == 3
    assert any(said.startswith("两份名册上班级写得不一样的 2 人（第一处") for said in done.journal.assumed)


def test_two_namesakes_of_another_list_are_set_aside_and_not_guessed(tmp_path: Path) -> None:
    pupils = [
        ("学号", "姓名", "班级"),
        ("31", "林小满", "三（1）班"),
        ("32", "林小满", "三（1）班"),
        ("33", "周小麦", "三（1）班"),
    ]
    done = taken_over(tmp_path, {"名册": CARDS, "借阅": LENT, "新": pupils})
    assert len(done.ledger_set.rows[ReaderRow]) == 3
    assert [record_of(done, line, "新") for line in (2, 3)] == [(RowOutcome.ASIDE, NAMESAKES)] * 2


def test_lists_of_other_people_are_all_taken_over(tmp_path: Path) -> None:
    others = [
        ("学号", "姓名", "班级"),
        ("31", "林小满", "四（1）班"),
        ("32", "麦小穗", "四（1）班"),
        ("33", "叶小禾", "四（1）班"),
    ]
    assert len(taken_over(tmp_path, {"名册": CARDS, "新": others}).ledger_set.rows[ReaderRow]) == 6


def test_a_row_without_a_name_is_set_aside(tmp_path: Path) -> None:
    done = taken_over(
        tmp_path, {"名册": [("学号", "姓名", "班级"), ("1", None, "三（1）班"), ("2", "周小麦", "三（1）班")]}
    )
    assert record_of(done, 2) == (RowOutcome.ASIDE, NAMELESS)


def test_the_class_teacher_comes_from_the_roster(tmp_path: Path) -> None:
    done = taken_over(tmp_path, {"名册": [("学号", "姓名", "班级", "班主任"), ("1", "林小满", "三（1）班", "陈静")]})
    assert done.ledger_set.rows[ClassRow][0].teacher == "陈静"
    for at, (title, teacher) in enumerate([("（班主任：刘芳）", "刘芳"), ("班主任 林老师", "林老师"), ("", None)]):
        (folder := tmp_path / str(at)).mkdir()
        names = [(f"桃溪村小学三年级学生名册 {title}",), ("学号", "姓名"), ("1", "甲一"), ("2", "乙二"), ("3", "丙三")]
        done = taken_over(folder, {"名册": names})
        assert (done.ledger_set.school.name, done.ledger_set.rows[ClassRow][0].teacher) == ("桃溪村小学", teacher)


def test_a_class_called_by_its_year_is_in_the_grade_of_the_school_year_that_the_old_settings_tell(
    tmp_path: Path,
) -> None:
    roster = [("学号", "姓名", "班级"), ("1", "林小满", "2025级1班"), ("2", "周小麦", "2020级1班")]
    for at, told in enumerate([("学年", "2025—2026学年度"), ("学期开始", date(2026, 3, 2))]):
        (folder := tmp_path / str(at)).mkdir()
        sheets = {"基本情况": [("学校", "桃溪村小学"), told, ("校长", "高志远")], "名册": roster}
        done = taken_over(folder, sheets, as_of=date(2026, 11, 29))
        assert [(row.class_name, row.grade) for row in done.ledger_set.rows[ClassRow]] == [
            ("2025级1班", 1),
            ("2020级1班", 6),
        ]


def test_a_roster_of_last_year_is_promoted_from_the_books_of_its_year(tmp_path: Path) -> None:
    readers = [("学号", "姓名", "班级"), ("1", "林小满", "三（1）班")]
    lent = [("借书日期", "学号", "姓名", "书名"), (date(2025, 10, 9), "1", "林小满", "城南旧事")]
    sheets = {"名册": readers, "图书": [("书名", "册数"), ("城南旧事", 2)], "借书": lent}
    (said,) = (
        one for one in taken_over(tmp_path, sheets, as_of=date(2026, 11, 29)).journal.urgent if "没有升级" in one
    )
    assert "或者加 --as-of 2026-07-31 接收，再用 schoollib new-year 升级" in said
    of_its_year = taken_over(tmp_path, sheets, as_of=date(2026, 7, 31))
    assert of_its_year.ledger_set.school.school_year == "2025-2026"
    assert not any("没有升级" in one for one in of_its_year.journal.urgent)
    own = sheets | {"基本情况": [("学校", "桃溪村小学"), ("学年", "2025-2026"), ("校长", "高志远")]}
    (said,) = (one for one in taken_over(tmp_path, own, as_of=date(2026, 11, 29)).journal.urgent if "没有升级" in one)
    assert "或者接收以后用 schoollib new-year 升级" in said


@pytest.mark.parametrize(
    ("titles", "name"),
    [
        (("2024-2025学年桃溪村小学图书目录", "城关小学捐赠图书清单"), "桃溪村小学"),
        (("桃溪镇中心小学东村教学点图书目录",), "桃溪镇中心小学东村教学点"),
        (("桃溪村小学图书目录", "东山小学图书目录"), None),
        (("小学生必读书目", "全国中小学图书目录"), None),
        (("图书目录", "东村教学点图书目录"), None),
    ],
)
def test_the_school_is_named_by_the_titles_where_all_name_one(
    tmp_path: Path, titles: tuple[str, ...], name: str | None
) -> None:
    sheets = {f"表{at}": [(title,), ("书名", "册数"), (f"书{at}", 1)] for at, title in enumerate(titles)}
    done = taken_over(tmp_path, sheets)
    assert done.ledger_set.school.name == name
    assert any("学校名称照旧表的标题" in said for said in done.journal.assumed) == (name is not None)
    own = [("项目", "内容"), ("校长", "高志远"), ("学校名称", "青禾小学")]
    (folder := tmp_path / "填了").mkdir()
    assert taken_over(folder, sheets | {"基本信息": own}).ledger_set.school.name == "青禾小学"


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ("语文组", ReaderKind.TEACHER),
        ("教务处", ReaderKind.TEACHER),
        ("外聘教师", ReaderKind.TEACHER),
        ("校长室", ReaderKind.TEACHER),
        ("一年级组", ReaderKind.TEACHER),
        ("后勤处", ReaderKind.STAFF),
        ("食堂", ReaderKind.STAFF),
        ("三年级二班", ReaderKind.PUPIL),
        ("小学部", ReaderKind.PUPIL),
    ],
)
def test_the_unit_tells_who_is_no_pupil(tmp_path: Path, unit: str, kind: ReaderKind) -> None:
    (reader,) = readers(tmp_path, [("借书证号", "姓名", "单位"), ("0001", "赵老", unit)])
    assert reader.kind is kind


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("老师", ReaderKind.TEACHER),
        ("教工", ReaderKind.TEACHER),
        ("职工", ReaderKind.STAFF),
        ("学生", ReaderKind.PUPIL),
    ],
)
@pytest.mark.parametrize("header", ["类型", "读者类型", "身份"])
def test_the_kind_of_a_reader_stands_under_many_headers(
    header: str, said: str, kind: ReaderKind, tmp_path: Path
) -> None:
    (row,) = readers(tmp_path, [("证号", "姓名", "班级", header), ("1", "赵小", None, said)])
    assert (row.kind, row.remarks) == (kind, None)


def test_names_below_their_classes_are_a_roster(tmp_path: Path) -> None:
    rows = [("全校学生名单",), ("一（1）班", "一（2）班"), ("林小满", "苏小禾"), ("周小麦", None)]
    done = taken_over(tmp_path, {"名单": rows})
    found = sorted((row.class_name, row.name) for row in done.ledger_set.rows[ReaderRow])
    assert found == [("一（1）班", "周小麦"), ("一（1）班", "林小满"), ("一（2）班", "苏小禾")]
    headed = [
        ("一（1）班", None, "一（2）班", None),
        ("学号", "姓名", "学号", "姓名"),
        ("11", "林小满", "21", "苏小禾"),
    ]
    again = taken_over(tmp_path, {"名单": headed})
    assert [(row.reader_no, row.class_name) for row in again.ledger_set.rows[ReaderRow]] == [
        ("11", "一（1）班"), ("21", "一（2）班"),
    ]  # fmt: skip


def test_the_numbers_on_cards_are_kept_and_who_has_left_is_told(tmp_path: Path) -> None:
    rows = [
        ("姓名", "年级", "班", "借阅小卡", "备注"),
        ("甲一", "三", "1", "1001", None),
        ("乙二", "三年级", "2班", "1002", "转出"),
        ("丙三", "3", "1", "1003", "毕业班班长"),
        ("丁四", "教师", None, "T01", "语文"),
    ]
    done = taken_over(tmp_path, {"名册": rows})
    found = [(row.reader_no, row.kind, row.class_name) for row in done.ledger_set.rows[ReaderRow]]
    assert found[1:] == [
        ("1002", ReaderKind.PUPIL, "三（2）班"),
        ("1003", ReaderKind.PUPIL, "三（1）班"),
        ("T01", ReaderKind.TEACHER, None),
    ]
    assert ["转出、毕业、调离或停用的 1 人" in one for one in done.journal.urgent] == [True]


def test_whom_a_title_names_beside_a_class_makes_its_pupils_no_teachers(tmp_path: Path) -> None:
    lines = [("姓名", "书名", "借阅时间", "归还时间"), ("林小满", "小河", "2025-9-1", None)]
    for at, title in enumerate(["班主任：林老师 2025年秋", "指导老师：陈静", "班主任 | 陈静", "林老师"]):
        (folder := tmp_path / str(at)).mkdir()
        done = taken_over(folder, {"三（1）班": [("三（1）班借阅登记表",), title.split(" | "), *lines]})
        (reader,) = done.ledger_set.rows[ReaderRow]
        assert (reader.kind, reader.class_name) == (ReaderKind.PUPIL, "三（1）班")


def test_the_number_of_a_class_beside_its_grade_may_be_called_so(tmp_path: Path) -> None:
    rows = [("年级", "班号", "学生姓名", "学号"), ("三年级", 2, "林小满", "20230201")]
    assert [row.class_name for row in readers(tmp_path, rows)] == ["三（2）班"]


def test_a_grade_is_that_of_all_who_stand_side_by_side(tmp_path: Path) -> None:
    rows = [("三年级花名册",), ("学号", "姓名", "学号", "姓名"), ("301", "林小满", "302", "周小麦")]
    found = readers(tmp_path, rows, "三年级")
    assert [(row.class_name, row.kind) for row in found] == [("三年级", ReaderKind.PUPIL)] * 2


def test_two_lists_that_have_a_card_in_two_classes_are_told(tmp_path: Path) -> None:
    old, new = [[("学号", "姓名", "班级"), ("31", "林小满", name)] for name in ("三（1）班", "四（1）班")]
    done = taken_over(tmp_path, {"去年": old, "今年": new})
    assert [row.class_name for row in done.ledger_set.rows[ReaderRow]] == ["三（1）班"]
    assert any("今年 第 2 行）：照另一份的班级记" in said for said in done.journal.assumed)


def test_the_names_of_a_class_in_one_cell_are_its_pupils_once_each(tmp_path: Path) -> None:
    rows = [
        ("年级", "人数", "学生姓名"),
        ("一年级", "3人", "段若、黎 阳、蹇国家"),
        ("二年级", "3人", "莫若香 侯慧雨 谭怡"),
        ("三年级", "1人", "向 阳"),
        ("四年级", "1人", "李小红/李晓红"),
        ("合计", "8人", None),
    ]
    other = [("姓名", "年级"), ("段若", "一年级"), ("黎阳", "一年级")]
    done = taken_over(tmp_path, {"学生名单": rows, "名单": other})
    named = [(row.name.replace(" ", ""), row.class_name) for row in done.ledger_set.rows[ReaderRow]]
    grades = {"一年级": "段若 黎阳 蹇国家", "二年级": "莫若香 侯慧雨 谭怡", "三年级": "向阳", "四年级": "李小红/李晓红"}
    assert sorted(named) == sorted((name, grade) for grade, names in grades.items() for name in names.split())
    assert done.journal.counts[What.READERS].merged == 2


def test_a_class_of_those_who_left_years_ago_is_none_of_today(tmp_path: Path) -> None:
    rows = [
        ("证号", "姓名", "班级"),
        ("01", "段若", "2024届(1)班"),
        ("02", "向阳", "二（1）班"),
        ("03", "谭怡", "2023届1班"),
    ]
    done = taken_over(tmp_path, {"读者": rows})
    stopped = [(row.name, row.stopped_on, row.stop_reason) for row in done.ledger_set.rows[ReaderRow]]
    # Nothing tells 2023届 from the third grade, which entered in that year.
    assert stopped == [
        ("段若", date(2024, 7, 31), LeavingReason.GRADUATED),
        ("向阳", None, None),
        ("谭怡", None, None),
    ]
    assert any("早已毕业的届的 1 人" in said for said in done.journal.urgent)


def test_who_has_left_by_a_column_of_states_or_of_days_is_in_no_class_of_today(tmp_path: Path) -> None:
    header = ("读者证号", "姓名", "单位", "办证日期", "证件状态")
    cards = [
        header,
        ("2018", "段若", "三（1）班", "2018-09-10", "注销"),
        ("2021", "向阳", "三（1）班", "2023-09-10", "在读"),
        ("2022", "谭怡", "三（1）班", "2023-09-10", "挂失"),
        ("2024", "冉瑞", "三（1）班", "2023-09-10", "1"),
    ]
    left = [("姓名", "离校原因", "离校时间"), ("龚嘉", "转出", "2025.2.17")]
    register = [("日期", "姓名", "证号", "书名", "还书日期"), ("2024-5-10", "段若", "2018", "小河", "2024-5-17")]
    books = [("登记号", "书名"), ("000001", "小河")]
    done = taken_over(tmp_path, {"书目": books, "读者": cards, "离校学生": left, "借阅": register})
    rows = {row.name: row for row in done.ledger_set.rows[ReaderRow]}
    assert {name: row.stopped_on for name, row in rows.items()} == {
        "段若": date(2024, 5, 18), "向阳": None, "谭怡": None, "冉瑞": None, "龚嘉": date(2025, 2, 17)
    }  # fmt: skip
    assert (rows["谭怡"].remarks, rows["向阳"].remarks) == ("证件状态：挂失", None)
    assert rows["龚嘉"].stop_reason is LeavingReason.MOVED
    (of_class,) = done.ledger_set.rows[ClassRow]
    assert of_class.pupils == 3
    assert any("“证件状态”写着注销" in said for said in done.journal.urgent)
    assert any("“证件状态”写的“1”看不懂" in said for said in done.journal.urgent)
    # A loan of a day to come, a slip of the pen, keeps no card in use.
    slip = ("2042-5-10", "段若", "2018", "小河", None)
    done = taken_over(tmp_path, {"书目": books, "读者": cards, "借阅": [*register, slip]})
    assert done.ledger_set.rows[ReaderRow][0].stopped_on == date(2025, 8, 31)


@pytest.mark.parametrize(
    ("title", "is_roster"),
    [
        ("2024-2025学年三好学生名单", False),
        ("图书管理员", False),
        ("四（2）班未交作业名单", False),
        ("班主任一览表", False),
        ("三（1）班学生名册 班主任：林老师 图书管理员：王红", True),
        ("优秀班集体三（1）班学生名册", True),
        ("寄宿制小学三年级学生花名册（班主任 刘芳）", True),
        ("东村寄宿制小学花名册", True),
    ],
)
def test_a_list_of_some_pupils_is_no_roster(tmp_path: Path, title: str, is_roster: bool) -> None:
    names = [("班级", "姓名"), ("三（1）班", "甲一"), ("三（1）班", "乙二"), ("三（1）班", "丙三")]
    done = taken_over(tmp_path, {"表": [(title,), *names]})
    assert [row.name for row in done.ledger_set.rows.get(ReaderRow, [])] == [name for _, name in names[1:] if is_roster]
    assert (done.tables[0].kind is None) is not is_roster


def test_cards_without_a_class_have_that_of_the_class_lists(tmp_path: Path) -> None:
    cards = [("证号", "姓名"), ("S1", "赵一鸣"), ("S2", "钱小雨"), ("S3", "孙大川")]
    classes = {
        "三年级": [("序号", "姓名"), (1, "赵一鸣"), (2, "钱小雨")],
        "四年级": [("姓名", "性别"), ("孙大川", "男")],
    }
    done = taken_over(tmp_path, {"证": cards, **classes})
    assert [(row.reader_no, row.class_name, row.kind) for row in done.ledger_set.rows[ReaderRow]] == [
        ("S1", "三年级", ReaderKind.PUPIL),
        ("S2", "三年级", ReaderKind.PUPIL),
        ("S3", "四年级", ReaderKind.PUPIL),
    ]
    assert [row.pupils for row in done.ledger_set.rows[ClassRow]] == [2, 1]


def test_a_pupil_whom_a_list_titled_by_its_class_has_elsewhere_is_told(tmp_path: Path) -> None:
    cards = [("证号", "姓名", "班级"), ("S1", "赵一鸣", "三年级"), ("S3", "孙大川", "四年级")]
    done = taken_over(tmp_path, {"证": cards, "三年级": [("姓名", "备注"), ("赵一鸣", None), ("孙大川", "留级")]})
    assert any("班级写得不一样的 1 人" in said for said in done.journal.assumed)


def test_the_class_teacher_below_a_list_is_no_pupil(tmp_path: Path) -> None:
    rows = [("三年级学生名单",), ("序号", "姓名", "性别"), (1, "赵一鸣", "男"), (None, "班主任：高山", None)]
    assert [row.name for row in readers(tmp_path, rows)] == ["赵一鸣"]


def test_loans_by_former_cards_are_those_of_the_new_ones(tmp_path: Path) -> None:
    readers = [
        ("旧证号", "新证号", "姓名", "班级"),
        ("001", "2001", "甲一", "三（1）班"),
        ("2001", "002", "乙二", "三（1）班"),
    ]
    readers += [("003", None, "丙三", "三（1）班")]
    log = [("日期", "证号", "姓名", "书名"), ("2025-9-8", "001", "甲一", "小河"), ("2025-9-9", "2001", "乙二", "大山")]
    log += [("2025-9-9", "2001", "甲一", "田野"), ("2025-9-9", "003", None, "雪山")]
    done = taken_over(tmp_path, {"名册": readers, "借书": log})
    rows = {row.name: row.reader_no for row in done.ledger_set.rows[ReaderRow]}
    assert rows == {"甲一": "2001", "乙二": "002", "丙三": "003"}
    assert [loan.reader_no for loan in done.ledger_set.rows[LoanRow]] == ["2001", "002", "2001", "003"]
    assert any("写的是旧证号的 2 行" in one for one in done.journal.assumed)


def test_a_teacher_called_by_a_surname_is_the_only_one_who_has_it(tmp_path: Path) -> None:
    people = [("姓名", "职务"), ("高山", "教师"), ("王水", "教师"), ("王土", "教师")]
    log = [("日期", "借书人", "书名"), ("2025-9-8", "高老师", "小河"), ("2025-9-9", "王老师", "大山")]
    done = taken_over(tmp_path, {"教师": people, "借书": log})
    (loan,) = done.ledger_set.rows[LoanRow]
    assert (loan.reader_no, loan.name, loan.remarks) == ("T0001", "高山", "借书人原写 高老师")
    assert any(
        "只写了老师的姓的 1 行借阅（第一处《旧账.xlsx》借书 第 2 行“高老师”）" in one for one in done.journal.assumed
    )


def test_names_below_boys_and_girls_are_the_class(tmp_path: Path) -> None:
    rows = [("三（1）班学生名单",), ("男生", "女生"), ("林春", "周夏"), ("谢秋", "韦冬"), ("陆晨", None)]
    assert len(taken_over(tmp_path, {"三1": rows}).ledger_set.rows[ReaderRow]) == 5
    counted = [("三（1）班人数",), ("男生", "女生"), (15, 12)]
    assert ReaderRow not in taken_over(tmp_path, {"三1": counted}).ledger_set.rows


def test_a_group_that_borrows_is_told_to_be_no_name_of_one(tmp_path: Path) -> None:
    log = [("日期", "教师", "书名"), ("2025-9-8", "高山", "小河"), ("2025-9-9", "语文组", "大山")]
    done = taken_over(tmp_path, {"教师借书": log})
    assert any("不像一个人名字的 1 个（第一个“语文组”）" in one for one in done.journal.assumed)


@pytest.mark.parametrize("headers", [("姓名", "性别"), ("姓名",), ("姓名", "性别", None)])
def test_classes_side_by_side_have_their_names_above_them(tmp_path: Path, headers: tuple[str | None, ...]) -> None:
    width = len(headers)
    names = (("甲小一", "丙小三"), ("乙小二", "丁小四"), (None, "戊小五"))
    blank = (None,) * (width - 1)
    rows = [
        ("一（1）班", *blank, "一（2）班"),
        headers * 2,
        *((first, *blank, second) for first, second in names),
    ]
    done = taken_over(tmp_path, {"Sheet1": rows})
    assert {row.name: row.class_name for row in rows_of(done, ReaderRow)} == {
        "甲小一": "一（1）班",
        "乙小二": "一（1）班",
        "丙小三": "一（2）班",
        "丁小四": "一（2）班",
        "戊小五": "一（2）班",
    }
