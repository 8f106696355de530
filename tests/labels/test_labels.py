"""Labels as they come out of the printer: every code read back, every place measured, everything left out named."""

import json
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from schoollib_xl.cli.program import main
from schoollib_xl.labels.contents import Label, NothingToPrint, Wanted, contents
from schoollib_xl.labels.drawing import draw
from schoollib_xl.labels.kinds import LabelKind
from schoollib_xl.labels.sheet import OWN_SHEETS, LabelSheet, UnknownSheet, sheet_for, sheets
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.booklet import Booklet
from schoollib_xl.ledgers.schema import example
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.sheets.building.workbook import write_workbook

DPI = 300
MM = DPI / 25.4
needs_poppler = pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="needs poppler (pdftoppm)")


def pages(pdf: bytes, folder: Path) -> list[Image.Image]:
    """The pages as a printer of 300 dpi would lay them down."""
    file = folder / "印.pdf"
    file.write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", str(DPI), "-gray", file, folder / "页"], check=True)
    return [Image.open(path) for path in sorted(folder.glob("页*.pgm"))]


def books(*copies: dict[str, Any], **more: Any) -> Booklet:
    rows = [example(AccessionRow, accession_no=f"{n:06}", **copy) for n, copy in enumerate(copies, 1)]
    return Booklet.of(*rows, *more.get("others", ()))


@needs_poppler
@pytest.mark.parametrize("name", [name for name, sheet in sheets(None).items() if LabelKind.BARCODE in sheet.what])
def test_every_barcode_of_a_full_sheet_is_read_back_at_its_place(name: str, tmp_path: Path) -> None:
    sheet = sheets(None)[name]
    labels = [Label(f"{n:06}", ("青禾小学", "城南旧事"), f"QH{n:06}") for n in range(sheet.places)]
    (page,) = pages(draw(labels, sheet, LabelKind.BARCODE).pdf, tmp_path)
    found = {one.text: one for one in zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormat.Code128)}
    assert set(found) == {label.code for label in labels}
    for index, label in enumerate(labels):
        place, where = sheet.place(index), found[label.code].position
        middle = (where.top_left.x + where.top_right.x) / 2 / MM
        assert middle == pytest.approx(place.left + sheet.width / 2, abs=0.3)
        assert place.top < where.top_left.y / MM < place.top + sheet.height


@needs_poppler
def test_reader_cards_are_read_back(tmp_path: Path) -> None:
    sheet = sheet_for(LabelKind.READER, None, None)
    labels = [
        Label(f"S{n:04}", ("青禾小学", "读 者 证", "苗小禾", "三（1）班"), f"S{n:04}") for n in range(sheet.places)
    ]
    (page,) = pages(draw(labels, sheet, LabelKind.READER).pdf, tmp_path)
    assert {one.text for one in zxingcpp.read_barcodes(page)} == {label.code for label in labels}


@needs_poppler
def test_skipped_places_stay_white_and_the_labels_go_on_behind_them(tmp_path: Path) -> None:
    sheet = sheets(None)["A4-24格"]
    labels = [Label(f"{n:06}", ("甲",), f"{n:06}") for n in range(24)]
    first, second = pages(draw(labels, sheet, LabelKind.BARCODE, skip=4).pdf, tmp_path)
    skipped = sheet.place(3)
    box = [round(edge * MM) for edge in (0, 0, skipped.left + sheet.width, skipped.top)]
    assert first.crop((box[0], box[1], box[2], box[3])).getextrema() == (255, 255)
    assert {one.text for one in zxingcpp.read_barcodes(second)} == {f"{n:06}" for n in range(20, 24)}


@needs_poppler
def test_a_page_is_as_large_as_its_sheet(tmp_path: Path) -> None:
    sheet = LabelSheet(name="小", page_width=100, page_height=50, width=40, height=20, across=2, down=2)
    (page,) = pages(draw([Label("1", ("甲",), "1")], sheet, LabelKind.BARCODE).pdf, tmp_path)
    assert page.size == pytest.approx((100 * MM, 50 * MM), abs=1.5)


def test_the_same_labels_give_the_same_bytes() -> None:
    sheet, labels = sheets(None)["A4-65格"], [Label("000001", ("I287", "1", "000001"), letter="I")]
    assert draw(labels, sheet, LabelKind.SPINE).pdf == draw(labels, sheet, LabelKind.SPINE).pdf


def test_a_call_number_stands_in_two_or_three_lines_above_the_number() -> None:
    library = books({"class_no": "I287", "book_no": "3"}, {"class_no": "I287.45-49", "book_no": None}).library()
    first, second = contents(library, Wanted(LabelKind.SPINE)).labels
    assert first.lines == ("I287", "3", "000001")
    assert second.lines == ("I287.45", "-49", "000002")


def test_a_copy_without_class_number_has_no_spine_label_and_is_named() -> None:
    made = contents(books({}, {"class_no": None}).library(), Wanted(LabelKind.SPINE))
    assert [label.number for label in made.labels] == ["000001"]
    assert [(one.number, one.why) for one in made.missing] == [("000002", "没有分类号")]


def test_copies_written_off_and_cards_handed_back_get_no_label() -> None:
    gone = {"withdrawn_on": date(2025, 10, 9), "withdrawal_no": "2025-002"}
    readers = [
        example(ReaderRow, reader_no="S0001"),
        example(ReaderRow, reader_no="S0002", stopped_on=date(2025, 9, 9)),
    ]
    library = books({}, gone, others=readers).library()
    assert [one.number for one in contents(library, Wanted(LabelKind.BARCODE)).labels] == ["000001"]
    assert [one.number for one in contents(library, Wanted(LabelKind.READER)).labels] == ["S0001"]


def test_a_class_is_found_however_its_name_is_written() -> None:
    library = books({}, others=[example(ReaderRow), example(ClassRow)]).library()
    assert contents(library, Wanted(LabelKind.READER, class_name="三(1)班")).labels
    with pytest.raises(NothingToPrint, match="有 三（1）班"):
        contents(library, Wanted(LabelKind.READER, class_name="九（1）班"))


def test_a_label_too_small_for_its_code_is_left_out_and_named() -> None:
    tiny = LabelSheet(name="小", width=17, height=8, across=2, down=2)
    drawn = draw([Label("000001", ("甲",), "QH000001"), Label("000002", ("乙",), "2")], tiny, LabelKind.BARCODE)
    assert drawn.labels == 1
    assert [(one.number, one.why) for one in drawn.left_out] == [("000001", "标签太窄，放不下 8 位的条码")]


def test_a_title_too_long_is_cut_and_a_character_without_glyph_is_named() -> None:
    sheet = sheets(None)["A4-65格"]
    drawn = draw([Label("1", ("很长的书名" * 20,), "1"), Label("2", ("㛃",), "2")], sheet, LabelKind.BARCODE)
    assert drawn.labels == 2
    assert drawn.altered[0].why.startswith("“很长的书名")
    assert drawn.altered[1].why == "字库里没有“㛃”，印成了空框"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[甲]\nwidth = 120\nheight = 30\nacross = 2\ndown = 2", "一行排到 240.0 毫米，比纸宽 210.0 毫米"),
        ("[甲]\nwidth = 30\nheight = 30\nacross = 2\ndown = 2\ngap_down = -4", "标签互相重叠"),
        ("[甲]\nwidth = 30\nacross = 2\ndown = 2", "缺 height"),
        ("[甲]\nwidth = 30\nheight = 0\nacross = 2\ndown = 2", "height 写的是 0"),
        ("[甲]\nwidth = 30\nheight = 9\nacross = 2\ndown = 2\ncolour = 1", "没有 colour 这一项"),
        ('"甲" = 3', "要写成一段"),
        ("[甲", "读不出来"),
    ],
)
def test_a_sheet_of_her_own_that_cannot_be_is_said(text: str, why: str, tmp_path: Path) -> None:
    (tmp_path / OWN_SHEETS).write_text(text.replace("[甲]", '["甲"]'), encoding="utf-8")
    with pytest.raises(UnknownSheet, match=why):
        sheets(tmp_path)


def test_a_sheet_of_her_own_is_used_and_an_unknown_one_gets_the_nearest_name(tmp_path: Path) -> None:
    own = '["本校标签"]\nwidth = 50\nheight = 25\nacross = 4\ndown = 11'
    (tmp_path / OWN_SHEETS).write_text(own, encoding="utf-8-sig")
    assert sheet_for(LabelKind.SPINE, "本校标签", tmp_path).places == 44
    with pytest.raises(UnknownSheet, match="是不是 A4-65格"):
        sheet_for(LabelKind.SPINE, "A4-66格", tmp_path)


def test_no_two_places_of_any_shipped_sheet_overlap_and_all_lie_on_the_page() -> None:
    for sheet in sheets(None).values():
        boxes = [sheet.place(index) for index in range(sheet.places)]
        assert len(set(boxes)) == sheet.places
        for box in boxes:
            assert 0 <= box.left <= sheet.page_width - sheet.width + 0.05
            assert 0 <= box.top <= sheet.page_height - sheet.height + 0.05


def test_labels_since_the_last_time_are_the_new_and_the_reclassified_ones(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workbook = tmp_path / "账.xlsx"
    write_workbook(books({}, {}), workbook)
    command = ["labels", str(workbook), "--what", "书标", "--into", str(tmp_path / "标")]
    assert main(command) == 0
    workbook.unlink()
    write_workbook(books({"class_no": "K825"}, {}, {}), workbook)
    capsys.readouterr()
    assert main([*command, "--numbers", "000003", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["outdated"] == ["000001"]
    assert main([*command, "--since-last", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["labels"] == ["000001"]


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--what", "书标", "--batch", "2099-009"], "没有 2099-009 这一批"),
        (["--what", "书标", "--class", "Q9"], "没有Q9 类在册的书"),
        (["--what", "条码", "--numbers", "9-到-3"], "不是号的范围"),
        (["--what", "条码", "--numbers", "000900-000999"], "000900 到 000999"),
        (["--what", "条码", "--skip", "-1"], "不是个数"),
        (["--what", "书标", "--sheet", "A4-66格"], "是不是 A4-65格"),
        (["--what", "门牌"], "没有 门牌 这个选择"),
    ],
)
def test_what_cannot_be_printed_is_said_in_a_sentence(
    options: list[str], why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workbook = tmp_path / "账.xlsx"
    write_workbook(books({}), workbook)
    assert main(["labels", str(workbook), *options]) == 2
    error = capsys.readouterr().err
    assert why in error
    assert error.count("\n") == 1
