"""No identity number, telephone, address or parent ever leaves the source, whatever its column is called."""

from pathlib import Path
from time import process_time
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adoption.old_lists import copies, old_book, taken_over
from running import schoollib
from schoollib_xl.adoption.forms.personal_texts import HIDDEN
from schoollib_xl.ledgers.supporting.people import ReaderRow

# Invented: the area 330100 exists, the days and serials are made up.
IDENTITY, OTHER = "330100201604011234", "330100201604011235"
TELEPHONE, ADDRESS, PARENT = "13812345678", "浙江省杭州市西湖区某某村3组", "王大明"
SECRETS = (IDENTITY, OTHER, TELEPHONE, ADDRESS, PARENT)


def readers(folder: Path, header: tuple[str, ...], *rows: tuple[object, ...]) -> list[ReaderRow]:
    found: list[ReaderRow] = taken_over(folder, {"名册": [header, *rows]}).ledger_set.rows[ReaderRow]
    return found


def test_a_long_remark_is_looked_through_once(tmp_path: Path) -> None:
    # As much as a cell of Excel holds; gone through anew from each sign, these took half a minute.
    remarks = [(f"100{at}", f"{name}生", "三（1）班", "甲" * 32_767) for at, name in enumerate("甲乙丙丁")]
    began = process_time()
    assert len(readers(tmp_path, ("学号", "姓名", "班级", "丁"), *remarks)) == 4
    assert process_time() - began < 8


@pytest.mark.parametrize("headers", [("身份证号", "家长电话", "家庭住址", "家长姓名"), ("甲", "乙", "丙", "丁")])
def test_nothing_personal_is_in_any_file_or_on_the_screen(tmp_path: Path, headers: tuple[str, ...]) -> None:
    rows = [
        ("学号", "姓名", "班级", *headers),
        ("1001", "甲一", "三（1）班", IDENTITY, TELEPHONE, ADDRESS, PARENT),
        ("1002", "乙二", "三（1）班", OTHER, "13912345678", ADDRESS, "李小明"),
    ]
    rows = [("学生名册", f"地址：{ADDRESS}"), *rows]
    old = old_book(tmp_path / "名册.xlsx", {"名册": rows})
    said = [
        schoollib("adopt", old, "--into", tmp_path / "新" / "账.xlsx", "--as-of", "2025-10-08", *more)
        for more in (("--dry-run",), (), ("--again", "--format", "json"))
    ]
    assert [done.returncode for done in said] == [0, 0, 0]
    printed = "".join(done.stdout + done.stderr for done in said)
    for path in (tmp_path / "新").iterdir():
        with ZipFile(path) as package:
            printed += "".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
    assert [secret for secret in SECRETS if secret in printed] == []


@pytest.mark.parametrize("header", ["学籍号", "借书证号"])
@pytest.mark.parametrize("prefix", ["", "G"])
def test_a_number_that_holds_an_identity_number_is_cut_to_what_tells_readers_apart(
    tmp_path: Path, header: str, prefix: str
) -> None:
    found = readers(
        tmp_path,
        (header, "姓名", "班级"),
        (prefix + IDENTITY, "甲一", "三（1）班"),
        (prefix + OTHER, "乙二", "三（1）班"),
    )
    assert [row.reader_no for row in found] == ["1234", "1235"]


@pytest.mark.parametrize("header", ["联系电话", "备一"])
def test_a_donors_telephone_is_no_number_of_a_book(tmp_path: Path, header: str) -> None:
    rows = [("捐赠人", header, "书名", "单价", "备注"), ("甲一", "13812345678", "小河", 10, "电话13812345678")]
    rows += [("乙二", "13812345679", "大山", 8, ""), ("丙三", "13812345680", "田野", 8, "")]
    found = copies(taken_over(tmp_path, {"捐书": rows}))
    assert [row.accession_no for row in found] == ["000001", "000002", "000003"]
    assert "138123456" not in "".join(row.remarks or "" for row in found)


def test_a_rounded_number_tells_nobody_apart_and_is_no_number(tmp_path: Path) -> None:
    found = readers(tmp_path, ("借书证号", "姓名", "班级"), (330100202004011000, "甲一", "三（1）班"))
    assert [row.reader_no for row in found] == ["S0001"]


def test_a_long_number_that_was_typed_as_text_is_still_there(tmp_path: Path) -> None:
    numbers = ("20250000000000001", "20250000000000002")
    found = readers(
        tmp_path, ("学号", "姓名", "班级"), *((number, f"甲{number[-1]}", "三（1）班") for number in numbers)
    )
    assert [row.reader_no for row in found] == ["0001", "0002"]


def test_a_telephone_inside_a_remark_is_taken_out_of_it(tmp_path: Path) -> None:
    found = readers(
        tmp_path, ("学号", "姓名", "班级", "备注"), ("1001", "甲一", "三（1）班", f"妈妈{TELEPHONE}，转来的")
    )
    assert [row.remarks for row in found] == [f"妈妈{HIDDEN}，转来的"]


def test_the_day_of_a_call_is_no_number_to_call(tmp_path: Path) -> None:
    rows = [("1001", "甲一", "三（1）班", "电话2025-9-8催过"), ("1002", "乙二", "三（1）班", "电话2025-98")]
    found = readers(tmp_path, ("学号", "姓名", "班级", "备注"), *rows)
    assert [row.remarks for row in found] == ["电话2025-9-8催过", f"电话{HIDDEN}"]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.permutations(["学号", "姓名", "班级", "甲", "乙", "丙"]),
    st.lists(st.sampled_from([IDENTITY, TELEPHONE, ADDRESS, f"联系{TELEPHONE}", f"G{OTHER}"]), min_size=3, max_size=3),
)
def test_wherever_they_stand_they_are_in_nothing_that_is_kept(
    tmp_path: Path, order: list[str], secrets: list[str]
) -> None:
    cells = {"学号": "1001", "姓名": "甲一", "班级": "三（1）班", **dict(zip("甲乙丙", secrets, strict=True))}
    done = taken_over(tmp_path, {"名册": [tuple(order), tuple(cells[name] for name in order)]})
    kept = repr((done.ledger_set, done.journal, [table.lines for table in done.tables]))
    assert [secret for secret in (IDENTITY, OTHER, TELEPHONE, ADDRESS) if secret in kept] == []


def test_a_national_pupil_number_is_an_identity_number_behind_a_letter(tmp_path: Path) -> None:
    """Also where the day of birth in it cannot be, as in numbers given out provisionally."""
    rows = [("G330100201600001234", "甲一", "三（1）班"), ("G330100201600001235", "乙二", "三（1）班")]
    found = readers(tmp_path, ("学籍号", "姓名", "班级"), *rows)
    assert [row.reader_no for row in found] == ["1234", "1235"]


@pytest.mark.parametrize(
    ("header", "cells", "kept"),
    [
        ("第一周", ("王子", "林海"), True),
        ("9月22日", ("田野", "高山"), True),
        ("最喜欢的书", ("白雪公主", "王子"), True),
        ("甲", ("小河", "小河"), True),
        ("甲", ("田野", "高山"), False),
        ("甲", ("王大明", "李小明"), False),
    ],
)
def test_what_is_only_written_like_names_is_never_dropped_without_a_word(
    header: str, cells: tuple[str, str], kept: bool, tmp_path: Path
) -> None:
    roster = [
        ("学号", "姓名", "班级", header),
        ("1", "甲一", "三（1）班", cells[0]),
        ("2", "乙二", "三（1）班", cells[1]),
    ]
    done = taken_over(tmp_path, {"名册": roster, "书目": [("登录号", "书名"), ("000001", "小河")]})
    assert [row.remarks for row in done.ledger_set.rows[ReaderRow]] == (
        [f"{header}：{cell}" for cell in cells] if kept else [None, None]
    )
    asked = [said for said in done.journal.urgent if f"“{header}”里像是人名" in said]
    assert len(asked) == (not kept and len(cells[0]) == 2)


@pytest.mark.parametrize("number", ["330100 20160401 1234", "330100-20160401-1234", "3301 0020 1604 0112 34"])
def test_an_identity_number_in_groups_is_one(number: str, tmp_path: Path) -> None:
    (row,) = readers(tmp_path, ("学号", "姓名", "班级", "备注"), (number, "甲一", "三（1）班", f"号 {number}，转来的"))
    assert (row.reader_no, row.remarks) == ("1234", f"号 {HIDDEN}，转来的")


@pytest.mark.parametrize(
    ("remark", "left"),
    [
        ("住西湖区文三路12号", HIDDEN),
        ("转来的；现住城东镇李家村3组", f"转来的；{HIDDEN}"),
        ("杭州市文三路12号2单元301室", HIDDEN),
        ("家在城东村，住校", f"{HIDDEN}，住校"),
        ("住校", "住校"),
        ("从杭州市西湖区某某小学转来", "从杭州市西湖区某某小学转来"),
        ("借过3号柜的书", "借过3号柜的书"),
        ("父亲王大明，转来的", f"父亲{HIDDEN}，转来的"),
        ("家长：李小明", f"家长：{HIDDEN}"),
        ("家长马上来还", "家长马上来还"),
        ("家长包赔", "家长包赔"),
        ("家长陈述丢失", "家长陈述丢失"),
        ("家长周五来取", "家长周五来取"),
        ("家长王大明", f"家长{HIDDEN}"),
        ("奶奶李秀英接送", f"奶奶{HIDDEN}接送"),
        ("王大明（父）", f"{HIDDEN}（父）"),
        ("父母王大明、李秀英", f"父母{HIDDEN}"),
        ("父：王大明 62345678", f"父：{HIDDEN}"),
        ("微信wx12345，短号661234", f"微信{HIDDEN}，短号{HIDDEN}"),
        ("父亲节活动", "父亲节活动"),
        ("管 20250001-20250010 号", "管 20250001-20250010 号"),
    ],
)
def test_an_address_inside_a_remark_is_taken_out_of_it(remark: str, left: str, tmp_path: Path) -> None:
    (row,) = readers(tmp_path, ("学号", "姓名", "班级", "备注"), ("1001", "甲一", "三（1）班", remark))
    assert row.remarks == left
