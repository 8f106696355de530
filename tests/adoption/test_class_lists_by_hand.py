"""Class lists as schools keep them: pupils beside one another, two lists of the same cards, cards handed back."""

from datetime import date
from pathlib import Path

import pytest

from adoption.old_lists import Rows, loans, rows_of, taken_over
from schoollib_xl.adoption.adopting import adopt
from schoollib_xl.adoption.options import Options
from schoollib_xl.ledgers.supporting.people import ReaderRow


def readers(folder: Path, **sheets: Rows) -> list[ReaderRow]:
    return rows_of(taken_over(folder, sheets), ReaderRow)


@pytest.mark.parametrize("header", [("学生", "学生", "学生"), ("学生名单", "", ""), ("姓名1", "姓名2", "姓名3")])
def test_pupils_beside_one_another_are_all_in_the_class_of_their_line(
    tmp_path: Path, header: tuple[str, str, str]
) -> None:
    rows = [("班级", *header), ("三（1）班", "王小禾", "张雨桐", "陈晨"), ("三（2）班", "李子轩", "孙悦", "")]
    found = [(reader.name, reader.class_name) for reader in readers(tmp_path, 名单=rows)]
    assert found == [
        *((name, "三（1）班") for name in ("王小禾", "张雨桐", "陈晨")),
        *((name, "三（2）班") for name in ("李子轩", "孙悦")),
    ]


def test_lines_of_a_text_may_end_before_the_names(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text("年级,学号,姓名\n三（1）班,1001,王小禾\n三（1）班\n", encoding="utf-8")
    done = adopt([path], Options(as_of=date(2025, 12, 1)))
    assert [reader.name for reader in rows_of(done, ReaderRow)] == ["王小禾"]


def test_what_has_a_header_of_its_own_is_no_pupil(tmp_path: Path) -> None:
    rows = [("班级", "姓名", "监护人"), ("三（1）班", "王小禾", "王大力"), ("三（2）班", "李子轩", "李建国")]
    assert [reader.name for reader in readers(tmp_path, 名单=rows)] == ["王小禾", "李子轩"]


def test_what_another_line_of_the_same_card_says_is_kept(tmp_path: Path) -> None:
    cards = [("借书证号", "姓名"), ("1001", "王小禾"), ("1002", "张雨桐")]
    classes = [
        ("借书证号", "姓名", "班级", "备注"),
        ("1001", "王小禾", "三（1）班", "组长"),
        ("1002", "张雨桐", "三（1）班", ""),
    ]
    back = [("证号", "姓名", "班级", "退证日期"), ("1002", "张雨桐", "三（1）班", "2025.10.1")]
    first, second = readers(tmp_path, 证=cards, 班=classes, 退证登记=back)
    assert (first.class_name, first.remarks) == ("三（1）班", "组长")
    assert (second.class_name, second.stopped_on) == ("三（1）班", date(2025, 10, 1))


def test_the_money_for_a_card_is_no_week_of_lending(tmp_path: Path) -> None:
    rows = [("借书证办理登记",), ("证号", "姓名", "班级", "押金"), ("1001", "王小禾", "三（1）班", "10")]
    done = taken_over(tmp_path, {"名册": rows})
    assert not [line for line in done.journal.urgent if "一周一栏" in line]


def test_a_class_may_sign_for_several_numbers_by_its_teacher(tmp_path: Path) -> None:
    books = [("登记号", "书名"), ("000001", "小河"), ("000002", "大山"), ("000003", "田野")]
    lent = [
        ("班级", "借书日期", "册数", "书号", "还书日期", "班主任签字"),
        ("三（1）班", "2025.9.8", 2, "000001、000002", "2025.9.15", "李静"),
        ("三（2）班", "2025.9.9", 1, "000003", "", "王芳"),
    ]
    made = loans(taken_over(tmp_path, {"书": books, "借": lent}))
    assert [(loan.name, loan.accession_no) for loan in made] == [
        ("李静", "000001"),
        ("李静", "000002"),
        ("王芳", "000003"),
    ]
