"""Names, cards and titles of three rare characters in every place of a workbook: no byte of a county has them."""

import html
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from county.schools import school
from schoollib_xl.actions.county.examiner import examined
from schoollib_xl.cli.program import main
from schoollib_xl.county.visit_sample import visit_sample
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.sheets.building.workbook import write_workbook
from schoollib_xl.sheets.reading.loading import load
from surgery import rewrite, set_cell, sheet_part

NAME, CARD, TITLE = SECRETS = ("龘靐齉", "証驫麤", "爩鱻麣")
# What the sample is drawn from: a title there is a word of the place, and nobody's loan.
DRAWN = {"个别登记号", "馆藏地", "总括登记号"}
OF_PUPILS = {"姓名": NAME, "读者证号": CARD}


def spoil(path: Path, rng: Random, share: float) -> None:
    """Give every pupil the name and a card of it, every loan the title; and write the three wherever a person could."""
    book = load_workbook(path)
    for sheet in book.worksheets:
        _spoil_cells(sheet, rng, share)
        sheet["A2"].comment = Comment(NAME + TITLE, NAME)
        sheet.oddHeader.center.text, sheet.oddFooter.left.text = NAME, CARD
        sheet.cell(1, sheet.max_column + 2).value = NAME
        offered = DataValidation(type="list", formula1=f'"{NAME},{TITLE}"', prompt=NAME, error=CARD)
        offered.add("Z2")
        sheet.add_data_validation(offered)
    for title in (NAME, f"{TITLE}借阅", f"{NAME}的借阅登记账"):
        book.create_sheet(title).append([NAME, "书名", CARD])
    book["借阅登记账"].title = rng.choice(["借阅登记账", f"借阅登记账{NAME}"])
    _spoil_the_rest(book)
    book.save(path)


def _spoil_cells(sheet: Worksheet, rng: Random, share: float) -> None:
    headers = {cell.column: cell.value for cell in sheet[1]}
    for row in sheet.iter_rows(min_row=rng.choice([1, 2, 2, 2])):
        for cell in row:
            header, is_data = str(headers.get(cell.column) or ""), cell.row > 1
            if not header or (sheet.title == "基本信息" and cell.row == 2):
                continue
            if is_data and header in OF_PUPILS:
                cell.value = OF_PUPILS[header] if cell.value else None
            elif is_data and (sheet.title, header) == ("借阅登记账", "书名"):
                cell.value = TITLE if cell.value else None
            elif isinstance(cell.value, str) and rng.random() < share:
                cell.value += rng.choice(SECRETS[:2] if header in DRAWN else SECRETS)
            elif cell.value is None and header not in DRAWN and rng.random() < share:
                cell.value = rng.choice(SECRETS)


def _spoil_the_rest(book: Workbook) -> None:
    book.defined_names[NAME] = DefinedName(NAME, attr_text="'基本信息'!$A$1")
    told = book.properties
    told.title, told.creator, told.description, told.lastModifiedBy, told.keywords = NAME, NAME, TITLE, NAME, CARD


def written(text: str) -> set[bytes]:
    """The ways in which a text may stand in a file."""
    return {
        *(text.encode(encoding) for encoding in ("utf-8", "utf-16-le", "gb18030")),
        json.dumps(text)[1:-1].encode(),
        "".join(f"&#{ord(one)};" for one in text).encode(),
        html.escape(text).encode(),
    }


def contents(data: bytes) -> Iterator[bytes]:
    """The bytes, and where they are packed what is in them."""
    yield data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for name in packed.namelist():
                yield name.encode()
                yield from contents(packed.read(name))


def test_what_is_looked_for_would_be_found(tmp_path: Path) -> None:
    write_workbook(school(1), tmp_path / "一.xlsx")
    spoil(tmp_path / "一.xlsx", Random(1), 0.2)
    found = b"".join(contents((tmp_path / "一.xlsx").read_bytes()))
    assert all(any(form in found for form in written(secret)) for secret in SECRETS)


@pytest.mark.parametrize(
    ("cell", "text"),
    [("C2", "不知道什么人"), ("B1", "人"), ("A2", "")],
    ids=["a reader's line that is not whole", "no column of names", "no card"],
)
def test_where_not_every_reader_could_be_read_no_name_stands_in_the_sample(
    tmp_path: Path, cell: str, text: str
) -> None:
    book = school(1, loans=0, pupils=0)
    copies = [
        copy._replace(accession_no=f"{copy.accession_no}{NAME * (n % 2)}", location=f"{NAME}书架")
        for n, copy in enumerate(book.rows[AccessionRow])
    ]
    rows = {**book.rows, AccessionRow: copies, ReaderRow: [example(ReaderRow, reader_no=CARD, name=NAME)]}
    write_workbook(replace(book, rows=rows), tmp_path / "一.xlsx")
    set_cell(tmp_path / "一.xlsx", "读者名册", cell, text)
    sample = visit_sample(load(tmp_path / "一.xlsx", None).library, 1)
    assert sample is not None
    assert (NAME in sample.model_dump_json(), len(sample.copies), [*sample.blanks]) == (False, 6, ["第 1 处"])


@pytest.mark.parametrize(("sheet", "named"), [("借阅登记账", "“借阅登记账”"), (f"{NAME}的借阅登记账", "一张工作表")])
def test_why_a_workbook_is_not_read_names_no_sheet_but_those_of_the_ledgers(
    sheet: str, named: str, tmp_path: Path
) -> None:
    book = tmp_path / "一.xlsx"
    write_workbook(school(1), book)
    rewrite(
        book, {sheet_part(book, "借阅登记账"): lambda xml: xml.replace("</sheetData>", f"{row_of(xml)}</sheetData>")}
    )
    rewrite(book, {"xl/workbook.xml": lambda xml: xml.replace('name="借阅登记账"', f'name="{sheet}"') + " "})
    asked = {"file": str(book), "is_copy": False, "as_of": "", "seed": 1}
    assert examined(asked)["why"].startswith(f"《一.xlsx》的{named}第 2 行在文件里写了两遍")


def row_of(xml: str) -> str:
    """The second row of a sheet."""
    return xml[xml.index('<row r="2"') : xml.index('<row r="3"')]


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("seed", [1, 2])
def test_no_byte_of_what_is_written_or_said_holds_a_name_a_card_or_the_title_of_a_loan(
    seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rng, logs = Random(seed), tmp_path / "临时"
    logs.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(logs))
    for number, share in enumerate((0.02, 0.3), 1):
        book = tmp_path / "各校" / f"{number}.xlsx"
        write_workbook(school(number, copies=30, loans=12), book)
        spoil(book, rng, share)
    (tmp_path / "各校" / "3.xlsx").write_bytes(book.read_bytes()[:-700])
    into = tmp_path / "汇总"
    assert main(["county", str(tmp_path / "各校"), "--into", str(into)]) == 1
    main(["county", str(tmp_path / "各校"), "--format", "json"])
    said = capsys.readouterr()
    files = {str(path): path.read_bytes() for path in (*into.rglob("*"), *logs.rglob("*")) if path.is_file()}
    outputs = {"said": f"{said.out}{said.err}".encode(), **files}
    leaks = [
        (place, secret)
        for place, data in outputs.items()
        for secret in SECRETS
        for piece in contents(data)
        if any(form in piece for form in written(secret))
    ]
    assert (len(files) > 5, leaks) == (True, [])
