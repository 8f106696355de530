"""A very large sheet is taken stretch by stretch, and what it holds is the same as if it were read as a whole."""

from collections.abc import Callable
from pathlib import Path

import pytest

from raw_workbooks import write
from schoollib_xl.sheets.cells import ErrorValue, Merge, Uncalculated
from schoollib_xl.sheets.opening.stretches import RowStretch
from schoollib_xl.sheets.opening.workbook import open_workbook
from ways_of_reading import IN_STRETCHES, WAYS


def _row(number: int, cells: str = "", kind: str = "") -> str:
    return f'<row r="{number}"{kind}>{cells}</row>'


def _text(address: str, text: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'


_PADDED = "长" * 100
ROWS = [
    _row(1, _text("A1", "书名") + _text("C1", "价格")),
    *(_row(number, _text(f"A{number}", f"{_PADDED}{number}")) for number in range(2, 7)),
    # What a stretch holds may begin far below its first row, right of the first column, or be nothing.
    _row(9),
    _row(40, '<c r="C40"><v>5</v></c>'),
    _row(41, '<c r="B41" s="1"/>'),
    _row(42, '<c r="B42" t="e"><v>#N/A</v></c>'),
    _row(43, f'<c r="B43"><f>{"A1&amp;" * 60}A2</f></c>'),
    _row(50, _text("A50", _PADDED * 3)),
]
MERGES = '</sheetData><mergeCells count="1"><mergeCell ref="A2:A6"/></mergeCells>'
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</worksheet>'


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[range]:
    """The rows of each stretch that was parsed."""
    rows: list[range] = []
    laid_out = RowStretch.laid_out

    def noted(stretch: RowStretch, *given: object) -> object:
        rows.append(stretch.rows)
        return laid_out(stretch, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(RowStretch, "laid_out", noted)
    return rows


def _trimmed(row: list[object]) -> list[object]:
    """Without blanks at its end: stretches are as wide as what they hold."""
    filled = [index for index, value in enumerate(row, 1) if value != ""]
    return row[: max(filled, default=0)]


def _grids(path: Path) -> list[object]:
    read = []
    for way in WAYS:
        with way.taken(), open_workbook(path) as opened:
            opened.begin(lambda: None)
            [(name, grid)] = opened.grids(opened.sheet_names)
            read.append(([_trimmed(row) for row in grid], opened.merges(name)))
    return read


def test_its_rows_are_those_of_the_sheet(tmp_path: Path, taken: list[range]) -> None:
    path = write(tmp_path / "名册.xlsx", "".join(ROWS))
    whole, aside, stretched = _grids(path)
    assert whole == aside == stretched
    (grid, merges) = stretched
    assert (len(grid), merges) == (50, ())
    assert [grid[0], grid[39], grid[41]] == [["书名", "", "价格"], ["", "", 5], ["", ErrorValue("#N/A")]]
    assert isinstance(grid[42][1], Uncalculated)
    assert len(taken) > 5
    assert sorted(number for rows in taken for number in rows) == [*range(1, 51)]


CROOKED: dict[str, Callable[[list[str]], str]] = {
    "cells are merged over rows": lambda rows: SHEET.format("".join(rows) + MERGES),
    "a row comes after a later one": lambda rows: SHEET.format(
        "".join([*rows[:8], rows[10], *rows[8:10]]) + "</sheetData>"
    ),
    "a cell names a row of another stretch": lambda rows: SHEET.format(
        "".join([*rows[:-1], _row(50, _text("A50", "甲") + _text("B3", "乙"))]) + "</sheetData>"
    ),
    "an error stands in a row of another stretch": lambda rows: SHEET.format(
        "".join([*rows[:-1], _row(50, _text("A50", "甲") + '<c r="B3" t="e"><v>#N/A</v></c>')]) + "</sheetData>"
    ),
    "there is a comment": lambda rows: SHEET.format("".join([*rows, "<!-- kept -->"]) + "</sheetData>"),
    "rows have no numbers": lambda rows: SHEET.format(
        "".join(row.replace("<row r=", "<row spans=") for row in rows) + "</sheetData>"
    ),
    "there are no rows": lambda _: SHEET.format("</sheetData>"),
}


@pytest.mark.parametrize("make", CROOKED.values(), ids=CROOKED)
def test_where_that_cannot_be_done_the_sheet_is_read_as_a_whole(
    make: Callable[[list[str]], str], tmp_path: Path
) -> None:
    path = write(tmp_path / "名册.xlsx", sheet=make(ROWS))
    whole, aside, stretched = _grids(path)
    assert whole == aside == stretched


def test_merged_cells_are_known_before_rows_are_made_of_them_at_last(tmp_path: Path) -> None:
    path = write(tmp_path / "名册.xlsx", sheet=SHEET.format("".join(ROWS) + MERGES))
    met = []
    with IN_STRETCHES.taken(), open_workbook(path) as opened:
        opened.begin(lambda: None)
        made = opened.made_of(opened.sheet_names, lambda name, blocks: met.append([*opened.merges(name)]) or [*blocks])
        assert [name for name, _ in made] == [*opened.sheet_names]
    assert met == [[], [Merge(2, 1, 6)]]
