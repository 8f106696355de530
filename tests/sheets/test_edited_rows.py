"""A large sheet of which a few rows were edited: these are read, and what comes out is what a first reading gives."""

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.sheets.opening import imprint
from schoollib_xl.sheets.opening.edited_rows import edited_rows
from schoollib_xl.sheets.reading import rows
from schoollib_xl.wording.places import column_letters
from sheets.test_memory import Reader
from surgery import rewrite, set_cell, sheet_part

LOANS = SHEETS[LoanRow]

HEAD = b'<worksheet><sheetViews><sheetView/></sheetViews><cols><col width="9"/></cols><sheetData>'
ROWS = tuple(b'<row r="%d" spans="1:2"><c r="A%d"><v>%d</v></c></row>' % (line, line, line) for line in range(1, 9))
TAIL = b"</sheetData><pageMargins/></worksheet>"
SHEET = HEAD + b"".join(ROWS) + TAIL


def changed(old: bytes, new: bytes) -> bytes:
    assert old in SHEET
    return SHEET.replace(old, new)


def numbers(now: bytes, before: bytes = SHEET) -> tuple[int, ...] | None:
    found = edited_rows([before], [now])
    return found and found.numbers


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_of_two_copies_the_rows_that_differ_are_named_and_no_others_are_left(size: int) -> None:
    now = changed(b"<v>3</v>", b"<v>30</v>").replace(b"<v>8</v>", b"<v>80</v>")
    found = edited_rows(
        [SHEET[at : at + size] for at in range(0, len(SHEET), size)],
        [now[at : at + size] for at in range(0, len(now), size)],
    )
    assert found is not None
    assert found.numbers == (3, 8)
    assert re.findall(rb"<v>(\d+)", found.xml) == [b"30", b"80"]
    assert found.xml.startswith(HEAD)
    assert found.xml.endswith(TAIL)


def test_where_she_looked_and_how_wide_the_columns_are_is_no_edit() -> None:
    assert numbers(SHEET) == ()
    assert numbers(changed(b"<sheetView/>", b'<sheetView topLeftCell="A5"/>').replace(b'"9"', b'"12"')) == ()


@pytest.mark.parametrize(
    "now",
    [
        SHEET.replace(ROWS[2], b""),
        SHEET.replace(ROWS[7], ROWS[7] + ROWS[7].replace(b"8", b"9")),
        SHEET.replace(b'r="3"', b'r="33"'),
        SHEET.replace(b"<v>3</v>", b"<f>A1</f><v>3</v>"),
        SHEET.replace(b"<v>3</v></c>", b"<v>3</v></c><!-- </row> -->"),
        SHEET.replace(ROWS[2], b'<row r="3"/>'),
        SHEET.replace(b'r="A3"', b'r="A2"'),
        SHEET.replace(ROWS[2], ROWS[2].replace(b"3", b"2")),
        SHEET.replace(ROWS[2], ROWS[2] + b"<row\tr='3'></row>"),
        SHEET.replace(b"<pageMargins/>", b'<mergeCells><mergeCell ref="A2:A3"/></mergeCells>'),
        SHEET.replace(b"<worksheet>", b"<worksheet><sheetPr/>"),
        SHEET.replace(b"<row ", b"<x:row "),
    ],
)
def test_what_is_more_than_cells_of_a_few_rows_is_not_told_apart(now: bytes) -> None:
    assert now != SHEET
    assert numbers(now) is None


def test_a_sheet_with_merged_cells_and_one_edited_throughout_are_not_told_apart() -> None:
    merged = SHEET.replace(b"<pageMargins/>", b'<mergeCells><mergeCell ref="A2:A3"/></mergeCells>')
    assert numbers(merged.replace(b"<v>3</v>", b"<v>30</v>"), merged) is None
    many = HEAD + b"".join(b'<row r="%d"><c><v>1</v></c></row>' % line for line in range(1, 300)) + TAIL
    assert numbers(many.replace(b"<v>1</v>", b"<v>2</v>"), many) is None


@pytest.fixture
def reader(school: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reader:
    """A small school whose sheets count as large."""
    monkeypatch.setattr(imprint, "_BY_ROWS_FROM", 0)
    monkeypatch.setattr(rows, "_SHORT", 2)
    path = tmp_path / school.name
    path.write_bytes(school.read_bytes())
    return Reader(path)


def address(name: str, line: int) -> str:
    return f"{column_letters(LOANS.positions[name])}{line}"


def test_of_a_sheet_in_which_a_cell_was_edited_the_other_rows_are_the_very_same(reader: Reader) -> None:
    before = reader.library[LoanRow].rows
    set_cell(reader.workbook, LOANS.name, address("title", before[2].line), "又看了一遍")
    assert reader.again() == []
    now = reader.library[LoanRow].rows
    assert now[2].title == "又看了一遍"
    assert [row for row, old in zip(now, before, strict=True) if row is not old] == [now[2]]
    set_cell(reader.workbook, LOANS.name, address("lent_on", before[1].line), "不是日期")
    assert reader.again() == [LOANS.name]
    set_cell(reader.workbook, LOANS.name, address("lent_on", before[1].line), "2025-9-9")
    assert reader.again() == [LOANS.name]
    assert reader.again() == []


@pytest.mark.parametrize("others", [0, 1], ids=["alone", "with another edited"])
def test_a_row_that_was_emptied_is_gone(others: int, reader: Reader) -> None:
    lines = [row.line for row in reader.library[LoanRow].rows]
    for line in lines[:others]:
        set_cell(reader.workbook, LOANS.name, address("title", line), "又看了一遍")
    part = sheet_part(reader.workbook, LOANS.name)
    rewrite(reader.workbook, {part: lambda xml: re.sub(rf'(<row r="{lines[-2]}"[^>]*>).*?</row>', r"\1</row>", xml)})
    reader.again()
    assert [row.line for row in reader.library[LoanRow].rows] == [*lines[:-2], lines[-1]]


def test_a_sheet_that_was_only_looked_at_is_as_it_was(reader: Reader) -> None:
    before = reader.library
    part = sheet_part(reader.workbook, LOANS.name)
    rewrite(reader.workbook, {part: lambda xml: xml.replace("<sheetView ", '<sheetView topLeftCell="A9" ', 1)})
    assert reader.again() == []
    assert reader.library.changed_since(before) == frozenset()


VALUES: tuple[float | str, ...] = ("", "合计", "是", "2025-9-9", "000001", "林小满", "三（1）班", 1, 0, 46000, -3, 2.5)


def edits(random: Random, reader: Reader) -> Iterator[tuple[str, str, float | str]]:
    """Cells of some ledger, also of its header and of lines below its last, with something to put there."""
    tables = [table for sheet in SHEETS if (table := reader.library[sheet]).parts and table.rows]
    for table in random.choices(tables, k=random.choice((1, 1, 2))):
        part = table.parts[0]
        line = random.choice((*(row.line for row in table), 1))
        column = random.choice((*part.columns.values(), 1))
        yield part.sheet_name, f"{column_letters(column)}{line}", random.choice(VALUES)


@pytest.mark.parametrize("seed", range(2))
def test_after_any_edit_a_large_sheet_reads_as_for_the_first_time(seed: int, reader: Reader) -> None:
    random = Random(seed)
    for _ in range(4):
        for sheet, cell, value in edits(random, reader):
            try:
                set_cell(reader.workbook, sheet, cell, value)
            except AssertionError:  # the cell held just this, or is not there
                continue
        reader.again()
