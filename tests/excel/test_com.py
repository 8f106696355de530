"""An open workbook as Excel for Windows hands it over through COM: what its types, its error numbers and its refusals
become.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from macro_books import short
from openpyxl import load_workbook

from schoollib_xl.actions.checking import Checked, judge
from schoollib_xl.excel import live
from schoollib_xl.excel.live import LiveBook, cell_value
from schoollib_xl.excel.merges import LiveMerges, merges_of
from schoollib_xl.excel.press import press
from schoollib_xl.excel.refusal import Refused, Unreachable
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.sheets.building.starting import starting_ledger_set
from schoollib_xl.sheets.building.workbook import KEPT_ON, write_workbook
from schoollib_xl.sheets.cells import CellValue, ErrorValue, Merge
from schoollib_xl.sheets.reading.loading import load, read_books

REJECTED, IS_EDITED, OUT_OF_MEMORY = -2147418111, -2146777998, -2147024882
_MONEY = "0.00"


class ComError(Exception):
    """Stands for pywintypes.com_error."""

    def __init__(self, hresult: int) -> None:
        super().__init__(hresult)
        self.hresult = hresult


class Taken(NamedTuple):
    value: Any


class UsedRange:
    """The used range of a sheet: a single value where it has one cell and no number of dimensions is asked for."""

    row = column = 1
    shape = (1, 1)

    def __init__(self, read: Callable[[], list[list[Any]]]) -> None:
        self._read = read

    def options(self, *, ndim: int | None = None, **_: Any) -> Taken:
        rows = self._read()
        return Taken(rows[0][0] if ndim is None and len(rows) == len(rows[0]) == 1 else rows)


Area = tuple[int, int, int, int]


class ComRange:
    """Cells from one to another (row and column of both), as Excel tells whether they are merged."""

    def __init__(self, area: Area, merged: list[Area]) -> None:
        self.row, self.column, self._bottom, self._right = area
        self._merged = merged

    @property
    def shape(self) -> tuple[int, int]:
        return self._bottom - self.row + 1, self._right - self.column + 1

    @property
    def merge_cells(self) -> bool | None:
        cells = {
            (row, column) for row in range(self.row, self._bottom + 1) for column in range(self.column, self._right + 1)
        }
        of_merges = {
            (row, column)
            for top, left, bottom, right in self._merged
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        }
        return True if cells <= of_merges else None if cells & of_merges else False

    @property
    def merge_area(self) -> "ComRange":
        own = (self.row, self.column, self.row, self.column)
        around = (one for one in self._merged if one[0] <= self.row <= one[2] and one[1] <= self.column <= one[3])
        return ComRange(next(around, own), self._merged)


class ComSheet:
    def __init__(self, name: str, rows: list[list[Any]], refusals: list[Exception]) -> None:
        self.merged: list[Area] = []
        self.name, self._rows, self._refusals = name, rows, refusals
        self.used_range = UsedRange(self._read)

    def range(self, first: tuple[int, int], last: tuple[int, int] | None = None) -> ComRange:
        return ComRange((*first, *(last or first)), self.merged)

    def _read(self) -> list[list[Any]]:
        if self._refusals:
            raise self._refusals.pop()
        return self._rows


class ComSheets(list[ComSheet]):
    def __getitem__(self, key: Any) -> Any:
        return next(sheet for sheet in self if sheet.name == key) if isinstance(key, str) else super().__getitem__(key)


class ComBook:
    """A workbook of `path` as pywin32 gives it; `refusals` are raised one after the other before anything is read."""

    def __init__(self, path: Path, refusals: list[Exception] | None = None) -> None:
        self.fullname = str(path)
        self.sheets = ComSheets(ComSheet(title, rows, refusals or []) for title, rows in _sheets(path).items())


@cache
def _sheets(path: Path) -> dict[str, list[list[Any]]]:
    book = load_workbook(path, data_only=True, read_only=True)
    return {sheet.title: [[_handed_over(cell) for cell in row] for row in sheet.iter_rows()] for sheet in book}


def _handed_over(cell: Any) -> Any:
    """Numbers come as floats, a currency as Decimal, dates with a zone, an error as its text, nothing as ''."""
    value = cell.value
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC)
    if isinstance(value, time):
        return datetime(1899, 12, 30, value.hour, value.minute, tzinfo=UTC)
    if isinstance(value, int | float) and not isinstance(value, bool):
        is_money = _MONEY in cell.number_format
        return Decimal(str(value)).quantize(Decimal("0.0001")) if is_money else float(value)
    return "" if value is None else value


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new workbook: enough where what Excel refuses is the point."""
    path = tmp_path_factory.mktemp("new") / "图书室七本账.xlsx"
    write_workbook(starting_ledger_set(KEPT_ON).ledger_set, path)
    return path


def checked(book: Any) -> Checked:
    with LiveBook(book).opened() as opened:
        return judge(read_books(opened, None))


@pytest.mark.parametrize(
    ("handed_over", "taken"),
    [
        (Decimal("98.0000"), 98.0),
        (-2146826246, ErrorValue("#N/A")),
        (-2146826243, ErrorValue("#SPILL!")),
        (True, True),
        (None, ""),
        ("#REF!", ErrorValue("#REF!")),
        (datetime(2026, 3, 2, tzinfo=UTC), date(2026, 3, 2)),
        (datetime(2026, 3, 1, 23, 59, 59, 999_999, tzinfo=UTC), date(2026, 3, 2)),
        (datetime(1899, 12, 30, 8, 29, 59, 999_998, tzinfo=UTC), time(8, 30)),
        (datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59)),
    ],
)
def test_a_value_of_com_is_taken_for_what_the_file_says(handed_over: Any, taken: CellValue) -> None:
    assert (cell_value(handed_over), type(cell_value(handed_over))) == (taken, type(taken))


def test_the_answers_are_those_of_the_file(tmp_path: Path) -> None:
    """Of books that disagree in everything."""
    path = short(tmp_path)
    of_the_file = judge(load(path, None))
    book = ComBook(path)
    of_excel = checked(book)
    assert len(of_the_file.report.findings) > 20
    assert any(isinstance(value, Decimal) for value in _values(book))
    assert of_excel.report.findings == of_the_file.report.findings
    assert of_excel.report.unchecked == of_the_file.report.unchecked


def test_merged_cells_of_an_open_workbook_are_those_of_several_rows(new: Path) -> None:
    sheet = ComBook(new).sheets["借阅登记账"]
    sheet.merged = [(1, 1, 1, 9), (3, 4, 6, 4), (7, 2, 8, 3), (20, 1, 20, 2)]
    assert merges_of(sheet, 40, 14) == LiveMerges((Merge(3, 4, 6), Merge(7, 2, 8)), True)
    sheet.merged = []
    assert merges_of(sheet, 60_000, 1) == LiveMerges((), True)


def test_very_many_merged_cells_of_an_open_workbook_are_told(new: Path) -> None:
    book = ComBook(new)
    sheet = book.sheets["借阅登记账"]
    sheet.merged = [(row, 1, row + 1, 1) for row in range(2, 600, 2)]
    sheet.used_range = UsedRange(lambda: [["借阅序号"]] * 600)
    with LiveBook(book).opened() as opened:
        assert 0 < len(opened.merges("借阅登记账")) < 299
        assert "合并的单元格太多" in opened.cannot_tell


def _values(book: ComBook) -> list[Any]:
    return [value for sheet in book.sheets for row in sheet.used_range.options(ndim=2).value for value in row]


def test_a_busy_excel_is_asked_again(new: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "_PAUSE", 0.0)
    book = ComBook(new, [ComError(REJECTED), ComError(IS_EDITED)])
    assert not checked(book).report.failed


def test_an_excel_that_stays_busy_is_said_in_a_sentence(new: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "_PAUSE", 0.0)
    monkeypatch.setattr(live, "_SECONDS_FOR_EXCEL", 0.05)
    monkeypatch.setattr(live, "calling_book", lambda: ComBook(new, [ComError(REJECTED) for _ in range(100_000)]))
    answer = _pressed(new)
    assert answer.startswith(b"say\tExcel ")
    assert answer.count(b"\r\n") == 1
    with pytest.raises(Refused, match="正忙"):
        checked(ComBook(new, [ComError(REJECTED) for _ in range(100_000)]))


def test_a_cell_that_cannot_be_handed_over_has_a_copy_read_instead(new: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "calling_book", lambda: ComBook(new, [ComError(OUT_OF_MEMORY)]))
    assert _pressed(new) == b"copy\r\n"
    with pytest.raises(Unreachable):
        checked(ComBook(new, [ComError(OUT_OF_MEMORY)]))


def test_a_sheet_that_runs_on_to_its_last_row_is_read_from_a_copy(new: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = ComBook(new)
    book.sheets["借阅登记账"].used_range.shape = (1_048_576, 14)
    monkeypatch.setattr(live, "calling_book", lambda: book)
    assert _pressed(new) == b"copy\r\n"


def _pressed(path: Path) -> bytes:
    answer = path.parent / "answer.txt"
    assert press(["CheckLedgers", "--book", str(path), "--answer", str(answer), "--from_xl", "1"]) == 0
    return answer.read_bytes()


TORTURE: tuple[CellValue, ...] = (
    *("  98 ", "９８．５", "98元", "二十", "1,234.50", "=1+1", "+86", "'98", "\u200b98", "真", "-", "x" * 400),
    *(0.1, -3.0, 1e15, 46083.0, True, False, date(2026, 3, 2), datetime(2026, 3, 2, 8, 30), time(8, 30)),
    *(ErrorValue("#N/A"), ErrorValue("#REF!"), ErrorValue("#DIV/0!")),
    *("#N/A", "#REF!", " #DIV/0!", "#N/A 没有"),
    *("2026.3.2", "2026年3月2日", "3月2日", "20260302", "000017", "17", "I287.45", "i287.45", "Ｉ２８７"),
)  # fmt: skip


def test_strange_cells_are_judged_live_as_in_a_copy(tmp_path: Path) -> None:
    """Every strange value in every kind of column."""
    rows = [example(AccessionRow, line, accession_no=f"{line:06}") for line in range(2, 2 + len(TORTURE))]
    loans = [example(LoanRow, line, loan_no=f"J{line:06}") for line in range(2, 2 + len(TORTURE))]
    path = tmp_path / "怪.xlsx"
    columns = {
        AccessionRow: ("accession_no", "accessioned_on", "title", "class_no", "price", "source", "published"),
        LoanRow: ("loan_no", "lent_on", "due_on", "renewals", "mode"),
    }
    raw = [
        (row_type, 2 + index, names[(index + shift) % len(names)], value)
        for row_type, names in columns.items()
        for index, value in enumerate(TORTURE)
        for shift in range(0, len(names), 3)
    ]
    write_workbook(LedgerSet.of(*rows, *loans), path, raw)
    of_the_file, of_excel = judge(load(path, None)), checked(ComBook(path))
    assert len(of_the_file.report.findings) > len(TORTURE)
    assert of_excel.report.findings == of_the_file.report.findings
    assert of_excel.report.unchecked == of_the_file.report.unchecked
