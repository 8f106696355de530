"""What is refused before any reader sees it, and with which words."""

import os
import re
from pathlib import Path
from zipfile import ZIP_LZMA, ZipFile, ZipInfo

import openpyxl
import pytest

from raw_workbooks import MAIN, lying_zip, parts, write, zipped
from schoollib_xl.sheets.opening.refusing import Unusable
from schoollib_xl.sheets.opening.vetting import MAX_TEXT
from schoollib_xl.sheets.opening.workbook import open_workbook

FORBIDDEN_WORDS = re.compile("请|您|字段|校验|非法|外键|null|异常|Error")


def refusal(path: Path) -> str:
    with pytest.raises(Unusable) as refused, open_workbook(path) as opened:
        for _ in opened.grids(opened.sheet_names):
            pass
    sentence = str(refused.value)
    assert sentence.startswith(f"《{path.name}》")
    assert sentence.count("。") == 1
    assert sentence.endswith("。")
    assert not FORBIDDEN_WORDS.search(sentence)
    return sentence


def saved(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def ole(*streams: str) -> bytes:
    names = b"".join(name.encode("utf-16-le") for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + names.ljust(1024, b"\x00")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert "找不到" in refusal(tmp_path / "名册.xlsx")


def test_a_folder_is_no_workbook(tmp_path: Path) -> None:
    assert "是文件夹" in refusal(tmp_path)


def test_a_file_below_a_file_is_not_found(tmp_path: Path) -> None:
    inner = saved(tmp_path / "名册.xlsx", b"x") / "里面.xlsx"
    assert "读不出来" in refusal(inner)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root and Windows read what chmod forbids")
def test_a_forbidden_file_says_so(tmp_path: Path) -> None:
    path = write(tmp_path / "名册.xlsx")
    path.chmod(0)
    assert "没有权限" in refusal(path)


def test_a_file_held_by_another_program_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(*_: object) -> None:
        raise PermissionError

    path = write(tmp_path / "名册.xlsx")
    monkeypatch.setattr(Path, "open", held)
    assert "先关闭占用它的程序" in refusal(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "名册.xlsx")
    assert "不是普通文件" in refusal(tmp_path / "名册.xlsx")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("零字节.xlsx", b"", "是空文件"),
        ("~$名册.xlsx", b"\x0cLi Laoshi" + bytes(155), "不带 ~$"),
        ("名册.xlsx", b"%PDF-1.7\n", "是PDF 文件"),
        ("名册.xlsx", b"\xff\xd8\xff\xe0\x00\x10JFIF", "是图片"),
        ("名册.xls", b"\x89PNG\r\n\x1a\n", "是图片"),
        ("名册.xlsx", b"BM\x36\x00\x0c\x00\x00\x00\x00\x00\x36\x00", "是图片"),
        ("名册.csv", b"BM\nMZ\n", "里没有表格"),
        ("名册.xlsx", bytes(range(256)) * 4, "不是工作簿"),
        ("名册.xls", "三年级一班的书都还了\n".encode(), "里没有表格"),
        ("名册.xls", b"<html><table><tr><td>1</td></tr></table></html>", "是网页或 XML"),
        ("名册.xml", b'<?xml version="1.0"?><Workbook/>', "是网页或 XML"),
        ("名册.xlsx", ole("EncryptedPackage", "EncryptionInfo"), "加了打开密码"),
        ("名册.xls", ole("WordDocument"), "是Word 文档"),
        ("名册.xls", ole(), "损坏"),
        ("名册.xlsx", zipped({"word/document.xml": ""}), "是Word 文档"),
        ("名册.xlsx", zipped({"说明.txt": "x"}), "是压缩包"),
        ("名册.ods", zipped({"content.xml": "", "mimetype": "x"}), "是文字文档"),
    ],
)
def test_what_is_no_workbook_is_named_for_what_it_is(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    assert words in refusal(saved(tmp_path / name, data))


def test_an_encrypted_ods_wants_its_password_taken_off(tmp_path: Path) -> None:
    manifest = '<manifest:file-entry><manifest:encryption-data manifest:checksum="x"/></manifest:file-entry>'
    data = zipped({"content.xml": "noise", "META-INF/manifest.xml": manifest})
    assert "加了打开密码" in refusal(saved(tmp_path / "名册.ods", data))


def test_a_workbook_cut_short_is_refused(tmp_path: Path) -> None:
    whole = zipped(parts("<row r='1'><c r='A1'><v>1</v></c></row>"))
    for length in (10, len(whole) // 2, len(whole) - 10):
        assert "没有拷完整" in refusal(saved(tmp_path / "名册.xlsx", whole[:length]))


def test_a_workbook_with_a_byte_gone_wrong_is_refused(tmp_path: Path) -> None:
    whole = bytearray(zipped(parts("<row r='1'><c r='A1'><v>1</v></c></row>")))
    at = whole.index(b"xl/workbook.xml") + 20
    whole[at : at + 40] = b"\xff" * 40
    assert "损坏" in refusal(saved(tmp_path / "名册.xlsx", bytes(whole)))


def test_a_workbook_without_sheets_is_refused(tmp_path: Path) -> None:
    assert "里没有工作表" in refusal(write(tmp_path / "名册.xlsx", names=()))


def test_a_packing_method_of_no_office_program_is_refused(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "名册.xlsx", "w", ZIP_LZMA) as archive:
        for name, text in parts().items():
            archive.writestr(name, text)
    assert "损坏" in refusal(tmp_path / "名册.xlsx")


def test_a_zip_bomb_is_refused_by_its_directory(tmp_path: Path) -> None:
    blanks = parts(" " * (40 << 20))
    assert "不安全" in refusal(saved(tmp_path / "名册.xlsx", zipped(blanks)))


def test_a_zip_that_inflates_to_more_than_it_declares_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path / "名册.xlsx", lying_zip("_rels/.rels", b" " * 5_000_000, 1000))
    assert "不安全" in refusal(path)


def test_a_zip_with_too_many_entries_is_refused(tmp_path: Path) -> None:
    crowd = parts() | {f"xl/media/{i}.txt": "" for i in range(10_001)}
    assert "不安全" in refusal(saved(tmp_path / "名册.xlsx", zipped(crowd)))


@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_an_entity_bomb_is_refused_wherever_it_lies(tmp_path: Path, part: str) -> None:
    bombed = parts("<row r='1'><c r='A1'><v>1</v></c></row>")
    bombed[part] = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]>{bombed[part]}'
    assert "不安全" in refusal(saved(tmp_path / "名册.xlsx", zipped(bombed)))


def test_one_cell_without_end_is_refused(tmp_path: Path) -> None:
    # Noise, so that the directory does not give it away first.
    endless = os.urandom(6 << 20).hex()
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="str"><v>{endless}'
    assert "不安全" in refusal(write(tmp_path / "名册.xlsx", sheet=sheet))


@pytest.mark.parametrize(
    "part", ["_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"]
)
@pytest.mark.parametrize("encoding", ["GBK", "UTF-16", "ISO-8859-1", "no such"])
def test_a_part_in_an_encoding_of_no_office_program_is_refused(tmp_path: Path, part: str, encoding: str) -> None:
    path = tmp_path / "账.xlsx"
    inside = {name: text.encode() for name, text in parts(strings=("书名",)).items()}
    body = re.sub(rb"^<\?xml[^>]*\?>", b"", inside[part])
    inside[part] = f'<?xml version="1.0" encoding="{encoding}"?>'.encode() + body
    with ZipFile(path, "w") as archive:
        for name, data in inside.items():
            archive.writestr(name, data)
    assert f"《账.xlsx》里面的内容是按 {encoding} 编码写的" in refusal(path)


@pytest.mark.parametrize(
    ("part", "encoding"),
    [("xl/worksheets/sheet1.xml", "GBK"), ("xl/worksheets/sheet1.xml", "UTF-16"), ("xl/workbook.xml", "UTF-16")],
)
def test_a_part_really_written_so_is_called_neither_damaged_nor_unsafe(
    tmp_path: Path, part: str, encoding: str
) -> None:
    inside = {name: text.encode() for name, text in parts("<row r='1'><c r='A1'><v>1</v></c></row>").items()}
    body = re.sub(r"^<\?xml[^>]*\?>", "", inside[part].decode()).replace("<v>1</v>", "<v>1</v><!--读者证号-->")
    inside[part] = f'<?xml version="1.0" encoding="{encoding}"?>{body}'.encode(encoding)
    with ZipFile(tmp_path / "账.xlsx", "w") as archive:
        for name, data in inside.items():
            archive.writestr(name, data)
    with (
        pytest.raises(Unusable, match=f"按 {encoding} 编码写的"),
        open_workbook(tmp_path / "账.xlsx") as opened,
    ):
        list(opened.grids(opened.sheet_names))


@pytest.mark.parametrize("part", ["_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/workbook.xml"])
def test_a_package_that_does_not_say_where_it_begins_is_refused_at_once(tmp_path: Path, part: str) -> None:
    lacking = {name: data for name, data in parts("").items() if name != part}
    assert "《账.xlsx》已损坏" in refusal(saved(tmp_path / "账.xlsx", zipped(lacking)))


def test_an_entry_without_a_name_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "账.xlsx"
    openpyxl.Workbook().save(path)
    with ZipFile(path, "a") as archive:
        archive.writestr(ZipInfo(""), b"")
    with open_workbook(path) as opened:
        assert opened.sheet_names == ("Sheet",)


def test_a_text_table_longer_than_a_schools_lists_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "书目.csv"
    with path.open("wb") as file:
        file.write("登录号,书名\n".encode())
        file.truncate(MAX_TEXT + 1)
    assert "文本表格最多 20 MB" in refusal(path)


def test_an_old_workbook_with_a_word_object_inside_is_not_called_a_word_document(tmp_path: Path) -> None:
    said = refusal(saved(tmp_path / "账.xls", ole("Workbook", "WordDocument")))
    assert "Word" not in said
    assert "已损坏" in said


def test_more_text_than_memory_holds_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schoollib_xl.sheets.opening.vetting.MAX_STRINGS", 100)
    path = tmp_path / "账.xlsx"
    openpyxl.Workbook().save(path)
    with ZipFile(path, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}"><si><t>{"书名" * 50}</t></si></sst>')
    assert "里的文字太多" in refusal(path)
