"""Personal numbers and addresses where nobody looks for them: names of sheets, cells of names, lines below a list."""

from pathlib import Path

from adoption.old_lists import rows_of, taken_over
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.supporting.people import ReaderRow

IDENTITY, TELEPHONE = "110101201703072345", "13800138001"


def test_a_telephone_in_the_name_of_a_sheet_is_repeated_nowhere_and_no_sheet_is_lost(tmp_path: Path) -> None:
    sheets = {f"三1班{TELEPHONE}": [("姓名",), ("林小满",)], "三1班13900139002": [("姓名",), ("高远",)]}
    done = taken_over(tmp_path, sheets)
    assert {row.name for row in rows_of(done, ReaderRow)} == {"林小满", "高远"}
    said = [*done.journal.assumed, *done.journal.urgent, *map(str, done.journal.row_records)]
    assert not any(TELEPHONE in text or "13900139002" in text for text in said)


def test_a_number_beside_a_name_leaves_the_name(tmp_path: Path) -> None:
    names = [f"林小满 {IDENTITY}", f"高远（{TELEPHONE}）", f"周小麦 女 {IDENTITY} {TELEPHONE}"]
    done = taken_over(tmp_path, {"三（1）班": [("姓名", "备注"), *((name, "") for name in names)]})
    assert [row.name for row in rows_of(done, ReaderRow)] == ["林小满", "高远", "周小麦"]


def test_an_address_below_a_list_goes_whichever_column_it_stands_in(tmp_path: Path) -> None:
    rows = [("学号", "姓名", "班级"), ("0001", "林小满", "三（1）班"), ("地址：东河村三组12号", None, None)]
    done = taken_over(tmp_path, {"Sheet1": rows})
    assert not any("东河村" in record.text for record in done.journal.row_records.values())


def test_a_header_merged_over_two_rows_is_no_reader(tmp_path: Path) -> None:
    rows = [("姓名", "家庭信息", "", ""), ("姓名", "父亲", "电话", "住址"), ("林小满", "甲", TELEPHONE, "东河村三组")]
    done = taken_over(tmp_path, {"三（1）班": rows})
    assert [row.name for row in rows_of(done, ReaderRow)] == ["林小满"]


def test_what_a_parent_is_called_goes_from_lists_of_fines_and_gifts_and_stays_in_titles(tmp_path: Path) -> None:
    paid = ("2025-3-3", "三（1）班", "林小满", "小河", "丢失", 10, "家长王大明交，住东河村三组12号")
    given = ("001", "爸爸王大明的信", 10, "林小满家长李秀英捐")
    sheets = {
        "赔偿": [("日期", "班级", "姓名", "书名", "情况", "赔款", "备注"), paid],
        "书目": [("登记号", "书名", "单价", "备注"), given],
    }
    done = taken_over(tmp_path, sheets)
    (fine,), (copy,) = rows_of(done, CompensationRow), rows_of(done, AccessionRow)
    assert fine.remarks == "家长（个人信息，没有抄）交，（个人信息，没有抄）"
    assert (copy.title, copy.remarks) == ("爸爸王大明的信", "林小满家长（个人信息，没有抄）捐")


def test_what_a_parent_is_called_goes_from_names_and_from_remarks_under_a_header_that_says_so(tmp_path: Path) -> None:
    rows = [("姓名", "备注（家长）"), ("林小满（家长王大明）", "王大明"), ("高远", "李秀英")]
    done = taken_over(tmp_path, {"三（1）班": rows})
    assert [(row.name, row.remarks) for row in rows_of(done, ReaderRow)] == [("林小满", None), ("高远", None)]
    assert not any("王大明" in record.text for record in done.journal.row_records.values())
