"""Labels as they come out of the printer: every code read back, every place measured, everything left out named."""

import json
import shutil
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
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
from schoollib_xl.labels.printed import printed_before, remember
from schoollib_xl.labels.sheet import OWN_SHEETS, LabelSheet, UnknownSheet, sheet_for, sheets
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.vocabulary import ReaderKind
from schoollib_xl.sheets.building.workbook import write_workbook

DPI = 300
MM = DPI / 25.4
SHEETS = sheets(None).known
needs_poppler = pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="needs poppler (pdftoppm)")


def pages(pdf: bytes, folder: Path) -> list[Image.Image]:
    """The pages as a printer of 300 dpi would lay them down."""
    file = folder / "印.pdf"
    file.write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", str(DPI), "-gray", file, folder / "页"], check=True)
    return [Image.open(path) for path in sorted(folder.glob("页*.pgm"))]


def books(*copies: dict[str, Any], **more: Any) -> LedgerSet:
    rows = [example(AccessionRow, accession_no=f"{n:06}", **copy) for n, copy in enumerate(copies, 1)]
    return LedgerSet.of(*rows, *more.get("others", ()))


@needs_poppler
@pytest.mark.parametrize(
    "name", [name for name, sheet in SHEETS.items() if LabelKind.SPINE in sheet.what or LabelKind.BARCODE in sheet.what]
)
def test_every_barcode_of_a_full_sheet_is_read_back_at_its_place(name: str, tmp_path: Path) -> None:
    sheet = SHEETS[name]
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
    sheet = sheet_for(LabelKind.READER, None, sheets(None))
    labels = [
        Label(f"S{n:04}", ("青禾小学", "读 者 证", "苗小禾", "三（1）班"), f"S{n:04}") for n in range(sheet.places)
    ]
    (page,) = pages(draw(labels, sheet, LabelKind.READER).pdf, tmp_path)
    assert {one.text for one in zxingcpp.read_barcodes(page)} == {label.code for label in labels}


@needs_poppler
def test_skipped_places_stay_white_and_the_labels_go_on_behind_them(tmp_path: Path) -> None:
    sheet = SHEETS["A4-24格"]
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
    sheet, labels = SHEETS["A4-65格"], [Label("000001", ("I287", "1", "000001"), letter="I")]
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


def test_cards_come_by_class_as_the_school_has_them_and_a_teacher_is_called_one() -> None:
    classes = [example(ClassRow, line, class_name=f"{name}（1）班") for line, name in enumerate("二三四", 2)]
    people = (("T1", "三（1）班"), ("S3", "四（1）班"), ("S1", "二（1）班"), ("T2", None), ("S2", "三(1)班"))
    readers = [
        example(ReaderRow, reader_no=no, class_name=name, kind=ReaderKind.TEACHER if no[0] == "T" else ReaderKind.PUPIL)
        for no, name in people
    ]
    made = contents(books({}, others=[*classes, *readers]).library(), Wanted(LabelKind.READER)).labels
    said = {"S1": "二（1）班", "S2": "三(1)班", "T1": "教师　三（1）班", "S3": "四（1）班", "T2": "教师"}
    assert [(one.number, one.lines[3]) for one in made] == list(said.items())


def test_a_class_is_found_however_its_name_is_written() -> None:
    library = books({}, others=[example(ReaderRow), example(ClassRow)]).library()
    assert contents(library, Wanted(LabelKind.READER, class_name="三(1)班")).labels
    with pytest.raises(NothingToPrint, match="有 三（1）班"):
        contents(library, Wanted(LabelKind.READER, class_name="九（1）班"))


@pytest.mark.parametrize(
    ("kind", "label", "width", "height", "why"),
    [
        (LabelKind.BARCODE, Label("1", ("甲",), "QH000001"), 17, 20, "标签太窄，放不下 8 位的条码"),
        (LabelKind.BARCODE, Label("1", ("甲", "乙"), "2"), 40, 8, "标签太矮，放不下条码和字"),
        (LabelKind.READER, Label("1", ("校", "证", "名", "班"), "2"), 60, 12, "标签太矮，放不下条码和字"),
        (LabelKind.SPINE, Label("1", ("I287.45", "-49", "12", "000001")), 8, 8, "标签太小，放不下分类号"),
        (LabelKind.BOOK_CARD, Label("1", ("甲",), ruled=14), 80, 40, "标签太小，写不下 14 行"),
        (LabelKind.BARCODE, Label("1", ("甲",), "书1"), 60, 30, "“书1”里有条码印不了的字"),
    ],
)
def test_a_label_too_small_is_left_out_and_named_and_the_rest_printed(
    kind: LabelKind, label: Label, width: float, height: float, why: str
) -> None:
    small = LabelSheet(name="小", width=width, height=height, across=2, down=2)
    drawn = draw([label], small, kind)
    assert (drawn.labels, [(one.number, one.why) for one in drawn.left_out]) == (0, [("1", why)])
    roomy = LabelSheet(name="大", width=100, height=140, across=2, down=2)
    other = Label("2", label.lines, label.code and "3", label.letter, label.ruled)
    assert draw([label, other], roomy, kind).labels == (1 if "印不了" in why else 2)


def test_a_title_too_long_is_cut_and_a_character_without_glyph_is_named() -> None:
    sheet = SHEETS["A4-65格"]
    drawn = draw([Label("1", ("很长的书名" * 20,), "1"), Label("2", ("㛃",), "2")], sheet, LabelKind.BARCODE)
    assert drawn.labels == 2
    assert drawn.altered[0].why.startswith("“很长的书名")
    assert drawn.altered[1].why == "字库里没有“㛃”，印成了空框"


def test_a_whole_page_for_a_title_is_cut_where_the_label_ends() -> None:
    """Sign by sign from its end it took minutes for one label."""
    [page, line] = (
        draw([Label("1", ("很长的书名" * times,), "1")], SHEETS["A4-65格"], LabelKind.BARCODE).altered[0].why
        for times in (20, 6_000)
    )
    kept = page.partition("只印了")[2]
    assert page == f"“{'很长的书名' * 20}”太长，只印了{kept}"
    assert line == f"{kept}太长，只印了{kept}"


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
        sheet_for(LabelKind.SPINE, "甲", sheets(tmp_path))


def test_a_sheet_of_her_own_is_used_and_an_unknown_one_gets_the_nearest_name(tmp_path: Path) -> None:
    own = '["本校标签"]\nwidth = 50\nheight = 25\nacross = 4\ndown = 11'
    (tmp_path / OWN_SHEETS).write_text(own, encoding="utf-8-sig")
    assert sheet_for(LabelKind.SPINE, "本校标签", sheets(tmp_path)).places == 44
    with pytest.raises(UnknownSheet, match="是不是 A4-65格"):
        sheet_for(LabelKind.SPINE, "A4-66格", sheets(tmp_path))


def test_no_two_places_of_any_shipped_sheet_overlap_and_all_lie_on_the_page() -> None:
    for sheet in SHEETS.values():
        boxes = [sheet.place(index) for index in range(sheet.places)]
        assert len(set(boxes)) == sheet.places
        for box in boxes:
            assert 0 <= box.left <= sheet.page_width - sheet.width + 0.05
            assert 0 <= box.top <= sheet.page_height - sheet.height + 0.05


def test_one_bad_sheet_of_her_own_is_named_and_the_others_are_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = "width = 50\nheight = 25\nacross = 4\ndown = 11", "width = 50\nheight = 25\nacross = 5\ndown = 3"
    (tmp_path / OWN_SHEETS).write_text(f'["重叠"]\n{bad}\n["本校标签"]\n{good}', encoding="utf-8")
    write_workbook(books({}), tmp_path / "账.xlsx")
    command = ["labels", str(tmp_path / "账.xlsx"), "--what", "书标", "--into", str(tmp_path / "标")]
    assert main([*command, "--sheet", "本校标签"]) == 1
    assert "“重叠”用不了：一行排到 250.0 毫米" in capsys.readouterr().out
    assert (tmp_path / "标" / "书标.pdf").exists()
    assert main([*command, "--sheet", "重叠"]) == 2
    assert "一行排到 250.0 毫米" in capsys.readouterr().err


@needs_poppler
@pytest.mark.parametrize("kind", [LabelKind.READER, LabelKind.BOOK_CARD])
def test_every_card_lies_where_its_sheet_says_to_three_tenths_of_a_millimetre(kind: LabelKind, tmp_path: Path) -> None:
    sheet = sheet_for(kind, None, sheets(None))
    code = "1" if kind is LabelKind.READER else ""
    labels = [Label("1", ("甲",), code, ruled=0 if code else 14) for _ in range(sheet.places)]
    (page,) = pages(draw(labels, sheet, kind).pdf, tmp_path)
    for index in range(sheet.places):
        place = sheet.place(index)
        right, bottom = place.left + sheet.width, place.top + sheet.height
        across, down = place.left + sheet.width / 3, place.top + sheet.height / 3
        for edge in (place.left, right):
            assert is_line(page.crop(pixels(edge - 1, down, edge + 1, down + 0.2)))
        for edge in (place.top, bottom):
            assert is_line(
                page.crop(pixels(across, edge - 1, across + 0.2, edge + 1)).transpose(Image.Transpose.ROTATE_90)
            )


def pixels(*millimetres: float) -> tuple[int, int, int, int]:
    left, top, right, bottom = (round(one * MM) for one in millimetres)
    return left, top, right, bottom


def is_line(strip: Image.Image) -> bool:
    """Whether a strip of 2 mm holds a line across it within 0.3 mm of its middle, and nothing else."""
    dark = strip.point(lambda grey: 255 * (grey < 160)).getbbox()
    return dark is not None and dark[0] / MM >= 0.7 and dark[2] / MM <= 1.3


@needs_poppler
def test_the_band_of_a_spine_label_lies_at_the_top_of_its_place(tmp_path: Path) -> None:
    sheet = SHEETS["A4-65格"]
    labels = [Label("1", ("I287",), letter="I") for _ in range(sheet.places)]
    (page,) = pages(draw(labels, sheet, LabelKind.SPINE).pdf, tmp_path)
    coloured = page.point(lambda grey: 255 * (120 < grey < 235))
    for index in (0, 4, 64):
        place = sheet.place(index)
        left, top = round(place.left * MM), round(place.top * MM)
        box = coloured.crop((left, top, round(left + sheet.width * MM), round(top + 6 * MM))).getbbox()
        assert box is not None
        # 1.5 mm clear at the edge, 3.5 mm of colour.
        assert [edge / MM for edge in box] == pytest.approx([1.5, 1.5, sheet.width - 1.5, 5.0], abs=0.3)


def test_five_thousand_labels_take_less_than_ten_seconds_of_the_processor() -> None:
    labels = [Label(f"{n:06}", ("青禾小学", f"城南旧事（{n}）"), f"QH{n:06}") for n in range(500)]
    began = time.process_time()
    draw(labels, SHEETS["A4-65格"], LabelKind.BARCODE)
    assert time.process_time() - began < 10 / (5_000 / len(labels))


def test_other_labels_are_remembered_too_and_no_name_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def write(*names: str) -> None:
        readers = [example(ReaderRow, reader_no=f"S{n:04}", name=name) for n, name in enumerate(names, 1)]
        (tmp_path / "账.xlsx").unlink(missing_ok=True)
        write_workbook(books({}, others=readers), tmp_path / "账.xlsx")

    command = ["labels", str(tmp_path / "账.xlsx"), "--what", "读者证", "--since-last"]
    write("苗小禾", "方圆圆")
    assert main(command) == 0
    assert "苗小禾" not in (tmp_path / "标签记录.json").read_text("utf-8")
    assert main(command) == 0
    said = capsys.readouterr().out
    assert "没有要印的读者证" in said
    # A file that was written is not a sheet that was printed: the next one takes its place.
    assert "账上没有改的 2 张没有再做；其中没有真印出来的" in said
    write("苗小禾", "方圆", "新来的")
    assert main([*command, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["labels"] == ["S0002", "S0003"]


def test_of_more_pages_than_a_pack_has_it_is_said_how_to_print_fewer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_workbook(books({}, {}), tmp_path / "账.xlsx")
    for pack, is_said in ((1, False), (0, True)):
        monkeypatch.setattr("schoollib_xl.wording.labels._PACK", pack)
        assert main(["labels", str(tmp_path / "账.xlsx"), "--what", "书袋卡"]) == 0
        assert ("不用全印的，写上批次或登记号的范围" in capsys.readouterr().out) is is_said


def test_a_label_that_was_left_out_is_not_remembered_as_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / OWN_SHEETS).write_text('["小"]\nwidth = 9\nheight = 8\nacross = 2\ndown = 2', encoding="utf-8")
    write_workbook(
        books({"class_no": "I287.45-49", "book_no": "长长的书次号"}, {"class_no": "I", "book_no": None}),
        tmp_path / "账.xlsx",
    )
    command = ["labels", str(tmp_path / "账.xlsx"), "--what", "书标", "--since-last"]
    assert main([*command, "--sheet", "小"]) == 1
    capsys.readouterr()
    assert main([*command, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["labels"] == ["000001", "000002"]


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
    for typed in ("000003", "3"):
        assert main([*command, "--numbers", typed, "--format", "json"]) == 0
        assert json.loads(capsys.readouterr().out)["outdated"] == ["000001"]
    assert main([*command, "--since-last", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["labels"] == ["000001"]


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--what", "书标", "--batch", "2099-009"], "没有“2099-009”这一批"),
        (["--what", "书标", "--class", "Q9"], "个别登记账里“Q9”类没有在册的书"),
        (["--what", "条码", "--numbers", "9-到-3"], "不是号的范围"),
        (["--what", "条码", "--numbers", "000900-000999"], "000900 到 000999 号没有在册的书"),
        (["--what", "条码", "--skip", "-1"], "不是个数"),
        (["--what", "书标", "--sheet", "A4-66格"], "是不是 A4-65格"),
        (["--what", "门牌"], "没有“门牌”这个选择"),
        (["--what", "条码", "--numbers", "000009-000003"], "写成 000003-000009"),
        (["--what", "书标", "--skip", "65"], "一张只有 65 个标签"),
        (["--what", "读者证", "--batch", "2025-001"], "读者证不分批"),
        (["--what", "读者证", "--class", "九（1）班"], "班级表里没有“九（1）班”"),
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


def test_of_labels_printed_at_the_same_time_none_is_forgotten(tmp_path: Path) -> None:
    """Two buttons of the page are two programs."""
    numbers = [f"{number:06}" for number in range(1, 33)]
    with ThreadPoolExecutor(8) as programs:
        [*programs.map(lambda number: remember(tmp_path, "青禾小学", LabelKind.SPINE, {number: "I287"}), numbers)]
    assert [*printed_before(tmp_path, "青禾小学", LabelKind.SPINE)] == numbers
