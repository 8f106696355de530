"""An xlwings engine whose Excel is a running LibreOffice: the code that drives Excel, tried on a document that really
calculates, keeps colours and holds notes.

Only what xlwings publishes under its BSD licence is used (`base_classes` and the engine registry). What xlwings does
over COM in Windows is not shown by it.
"""

import datetime as dt
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import xlwings as xw
from xlwings import base_classes
from xlwings.utils import col_name

from calc import reach, uno

_DAY_0 = dt.datetime(1899, 12, 30)
# com.sun.star.sheet.CellFlags and FormulaResult, com.sun.star.util.NumberFormat
_VALUE, _DATETIME, _STRING, _ANNOTATION, _FORMULA, _ALL = 1, 2, 4, 8, 16, 1023
_ERRORS = 4
_A_DATE_OR_TIME = 6
_AS_TEXT = 256
_NO_COLOUR = -1
_EXCEL_REFERENCE = re.compile(r"'((?:[^']|'')+)'!")
_CALC_REFERENCE = re.compile(r"\$('(?:[^']|'')+'|[^.'$()\"=,;]+)\.(?=\$?[A-Z])")


class ErrorText(str):
    """What an error cell shows."""

    __slots__ = ()


class CalcEngine:
    """The engine; `apps` are the running LibreOffices it was told of."""

    name, type = "libreoffice", "desktop"

    def __init__(self) -> None:
        self.apps = CalcApps(self)

    @staticmethod
    def prepare_xl_data_element(value: Any, options: Any = None) -> Any:
        return "" if value is None else value

    @staticmethod
    def clean_value_data(
        data: Any, datetime_builder: Any, empty_as: Any, number_builder: Any, err_to_str: bool
    ) -> list[list[Any]]:
        def clean(value: Any) -> Any:
            if isinstance(value, ErrorText):
                return str(value) if err_to_str else None
            if isinstance(value, dt.datetime):
                parts = ("year", "month", "day", "hour", "minute", "second", "microsecond")
                return datetime_builder(**{part: getattr(value, part) for part in parts}, tzinfo=None)
            return empty_as if value == "" else value

        return [[clean(value) for value in row] for row in data]


class CalcApps(base_classes.Apps):
    engine: Any = None

    def __init__(self, engine: CalcEngine) -> None:
        self.engine = engine
        self._running: list[CalcApp] = []

    def attach(self, pipe: str) -> "CalcApp":
        self._running.append(CalcApp(self, reach(pipe)))
        return self._running[-1]

    def keys(self) -> list[int]:
        return [app.pid for app in self._running]

    def __iter__(self) -> Iterator["CalcApp"]:
        return iter(self._running)

    def __len__(self) -> int:
        return len(self._running)

    def __getitem__(self, pid: int) -> "CalcApp":
        return next(app for app in self._running if app.pid == pid)


class CalcApp(base_classes.App):
    pid = 1
    screen_updating = True
    # The base class has properties without setters for these.
    api: Any = None
    apps: Any = None
    engine: Any = None

    def __init__(self, apps: CalcApps, desktop: Any) -> None:
        self.apps, self.engine, self._desktop = apps, apps.engine, desktop

    @property
    def books(self) -> "CalcBooks":
        return CalcBooks(self, self._desktop)

    def activate(self, steal_focus: bool = False) -> None:
        """There is one window only."""


class CalcBooks(base_classes.Books):
    app: Any = None

    def __init__(self, app: CalcApp, desktop: Any) -> None:
        self.app, self._desktop = app, desktop

    def _open(self) -> list["CalcBook"]:
        components = self._desktop.Components.createEnumeration()
        found = []
        while components.hasMoreElements():
            document = components.nextElement()
            if document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
                found.append(CalcBook(self.app, document))
        return found

    def __call__(self, key: int | str) -> "CalcBook":
        books = self._open()
        return books[key - 1] if isinstance(key, int) else next(book for book in books if book.name == key)

    def __len__(self) -> int:
        return len(self._open())

    def __iter__(self) -> Iterator["CalcBook"]:
        return iter(self._open())


class CalcBook(base_classes.Book):
    app: Any = None

    def __init__(self, app: CalcApp, document: Any) -> None:
        self.app, self.document = app, document

    api = property(lambda self: self.document)
    fullname = property(lambda self: uno.fileUrlToSystemPath(self.document.URL))
    name = property(lambda self: self.fullname.rpartition("/")[2])
    names = property(lambda self: CalcNames(self))

    @cached_property
    def sheets(self) -> "CalcSheets":
        return CalcSheets(self)

    def activate(self) -> None:
        """It is the only one."""


class CalcSheets(base_classes.Sheets):
    def __init__(self, book: CalcBook) -> None:
        self.book, self._sheets = book, book.document.Sheets

    def __call__(self, key: int | str) -> "CalcSheet":
        name = self._sheets.ElementNames[key - 1] if isinstance(key, int) else key
        return CalcSheet(self.book, name, self._sheets.getByName(name))

    def __len__(self) -> int:
        return int(self._sheets.Count)

    def __iter__(self) -> Iterator["CalcSheet"]:
        return (CalcSheet(self.book, name) for name in self._sheets.ElementNames)

    def add(self, before: Any = None, after: Any = None, name: str | None = None) -> "CalcSheet":
        self._sheets.insertNewByName(name, after.index if after else 0)
        return self(str(name))


class CalcSheet(base_classes.Sheet):
    book: Any = None

    name = ""

    def __init__(self, book: CalcBook, name: str, sheet: Any = None) -> None:
        self.book, self.name = book, name
        if sheet:
            self.sheet = sheet

    @cached_property
    def sheet(self) -> Any:
        """The sheet itself, asked for where more than its name is wanted."""
        return self.book.document.Sheets.getByName(self.name)

    api = property(lambda self: self.sheet)
    index = property(lambda self: self.sheet.RangeAddress.Sheet + 1)
    cells = property(lambda self: CalcRange(self, self.sheet))

    def activate(self) -> None:
        self.book.document.CurrentController.setActiveSheet(self.sheet)

    def clear(self) -> None:
        self.sheet.clearContents(_ALL)

    def range(self, first: Any, last: Any = None) -> "CalcRange":
        if last is None and isinstance(first, str):
            return CalcRange(self, self.sheet.getCellRangeByName(first.replace("$", "")))
        if isinstance(first, tuple) and len(first) == 4:
            row, column, rows, columns = first
            first, last = (row, column), (row + rows - 1, column + columns - 1)
        top, left, _, _ = self._corners(first)
        _, _, bottom, right = self._corners(last if last is not None else first)
        return CalcRange(self, self.sheet.getCellRangeByPosition(left, top, right, bottom))

    @staticmethod
    def _corners(place: Any) -> tuple[int, int, int, int]:
        """The first row and column and the last, counted from 0. Every question to LibreOffice takes a millisecond."""
        if isinstance(place, tuple):
            row, column = place
            return row - 1, column - 1, row - 1, column - 1
        area = place.api.RangeAddress
        return area.StartRow, area.StartColumn, area.EndRow, area.EndColumn

    @property
    def used_range(self) -> "CalcRange":
        cursor = self.sheet.createCursor()
        cursor.gotoStartOfUsedArea(False)
        cursor.gotoEndOfUsedArea(True)
        return CalcRange(self, cursor)

    @property
    def tables(self) -> "CalcTables":
        return CalcTables(self)


class CalcTables(base_classes.Tables):
    def __init__(self, sheet: CalcSheet) -> None:
        ranges = sheet.book.document.DatabaseRanges
        found, own = [ranges.getByName(name) for name in ranges.ElementNames], sheet.index - 1
        self._tables = [CalcTable(sheet, one) for one in found if one.DataArea.Sheet == own]

    def __call__(self, number: int) -> "CalcTable":
        return self._tables[number - 1]

    def __len__(self) -> int:
        return len(self._tables)

    def __iter__(self) -> Iterator["CalcTable"]:
        return iter(self._tables)


class CalcTable(base_classes.Table):
    """An Excel table, which LibreOffice keeps as a database range."""

    def __init__(self, sheet: CalcSheet, found: Any) -> None:
        self._sheet, self._found = sheet, found

    @property
    def range(self) -> "CalcRange":
        area = self._found.DataArea
        cells = self._sheet.sheet.getCellRangeByPosition(area.StartColumn, area.StartRow, area.EndColumn, area.EndRow)
        return CalcRange(self._sheet, cells)

    def resize(self, cells: Any) -> None:
        self._found.setDataArea(cells.api.RangeAddress)


class CalcNames(base_classes.Names):
    def __init__(self, book: CalcBook) -> None:
        self._book, self._names = book, book.document.NamedRanges

    def contains(self, name: str) -> bool:
        return bool(self._names.hasByName(name))

    def __call__(self, name: str) -> "CalcName":
        return CalcName(self._book, self._names.getByName(name))

    def add(self, name: str, refers_to: str) -> "CalcName":
        origin = uno.createUnoStruct("com.sun.star.table.CellAddress")
        self._names.addNewByName(name, _as_calc(refers_to).removeprefix("="), origin, 0)
        return self(name)


class CalcName(base_classes.Name):
    def __init__(self, book: CalcBook, name: Any) -> None:
        self._book, self._name = book, name

    def delete(self) -> None:
        self._book.document.NamedRanges.removeByName(self._name.Name)

    @property
    def refers_to_range(self) -> "CalcRange":
        cells = self._name.getReferredCells()
        return CalcRange(CalcSheet(self._book, cells.Spreadsheet.Name, cells.Spreadsheet), cells)


class CalcNote(base_classes.Note):
    def __init__(self, sheet: Any, cell: Any) -> None:
        self._sheet, self._cell = sheet, cell

    @property
    def text(self) -> str:
        return str(self._cell.Annotation.String)

    def delete(self) -> None:
        self._cell.clearContents(_ANNOTATION)


class CalcFont(base_classes.Font):
    def __init__(self, cells: Any) -> None:
        self._cells = cells

    color = property(None, lambda self, colour: setattr(self._cells, "CharColor", int.from_bytes(bytes(colour), "big")))
    bold = property(
        lambda self: self._cells.CharWeight > 100,
        lambda self, on: setattr(self._cells, "CharWeight", 150 if on else 100),
    )


class CalcRange(base_classes.Range):
    sheet: Any = None

    def __init__(self, sheet: CalcSheet, cells: Any) -> None:
        self.sheet, self.cells = sheet, cells

    api = property(lambda self: self.cells)
    row = property(lambda self: self._area.StartRow + 1)
    column = property(lambda self: self._area.StartColumn + 1)
    font = property(lambda self: CalcFont(self.cells))

    @cached_property
    def _area(self) -> Any:
        return self.cells.RangeAddress

    @property
    def shape(self) -> tuple[int, int]:
        area = self._area
        return area.EndRow - area.StartRow + 1, area.EndColumn - area.StartColumn + 1

    @property
    def merge_cells(self) -> bool:
        return bool(self.cells.IsMerged)

    @property
    def merge_area(self) -> "CalcRange":
        around = self.cells.Spreadsheet.createCursorByRange(self.cells)
        around.collapseToMergedArea()
        return CalcRange(self.sheet, around)

    @property
    def coords(self) -> tuple[Any, ...]:
        return (self.sheet.name, self.row, self.column, *self.shape)

    @property
    def address(self) -> str:
        rows, columns = self.shape
        first = f"${col_name(self.column)}${self.row}"
        last = f"${col_name(self.column + columns - 1)}${self.row + rows - 1}"
        return first if first == last else f"{first}:{last}"

    def get_address(self, row_absolute: bool, column_absolute: bool, external: bool) -> str:
        return self.address

    def __len__(self) -> int:
        rows, columns = self.shape
        return rows * columns

    def __call__(self, row: int, column: int | None = None) -> "CalcRange":
        if column is None:
            row, column = divmod(row - 1, self.shape[1])
            row, column = row + 1, column + 1
        return CalcRange(self.sheet, self.sheet.sheet.getCellByPosition(self.column + column - 2, self.row + row - 2))

    @property
    def raw_value(self) -> list[list[Any]]:
        data = [list(row) for row in self.cells.getDataArray()]
        for row, column in self._picked(self.cells.queryContentCells(_DATETIME)):
            data[row][column] = _DAY_0 + dt.timedelta(seconds=round(data[row][column] * 86_400))
        for row, column in self._picked(self.cells.queryFormulaCells(_ERRORS)):
            data[row][column] = ErrorText(self.cells.getCellByPosition(column, row).String)
        return data

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        rows, columns = self.shape
        if not isinstance(data, list | tuple):
            data = [[data] * columns] * rows
        for row, values in enumerate(data):
            for column, value in enumerate(values):
                self._put(self.cells.getCellByPosition(column, row), value)

    def _put(self, cell: Any, value: Any) -> None:
        formats = self.sheet.book.document.NumberFormats
        is_text = formats.getByKey(cell.NumberFormat).Type & _AS_TEXT
        if isinstance(value, dt.datetime):
            cell.Value = (value - _DAY_0) / dt.timedelta(days=1)
            if not formats.getByKey(cell.NumberFormat).Type & _A_DATE_OR_TIME:
                self._format(cell, "YYYY-MM-DD")
        elif isinstance(value, bool | int | float):
            cell.Value = value
        elif isinstance(value, str) and value.startswith("=") and not is_text:
            cell.Formula = _as_calc(value)
        elif isinstance(value, str) and not is_text:
            # What is typed into a cell without a format is taken for what it looks like, as in Excel.
            cell.FormulaLocal = value
        else:
            cell.String = value or ""

    def _format(self, cells: Any, code: str) -> None:
        formats, locale = self.sheet.book.document.NumberFormats, uno.createUnoStruct("com.sun.star.lang.Locale")
        key = formats.queryKey(code, locale, False)
        cells.NumberFormat = formats.addNew(code, locale) if key == -1 else key

    def _picked(self, found: Any) -> Iterator[tuple[int, int]]:
        """The row and column of cells found in the range, counted from its first cell as 0."""
        own = self._area
        for area in found.RangeAddresses:
            for row in range(area.StartRow, area.EndRow + 1):
                for column in range(area.StartColumn, area.EndColumn + 1):
                    yield row - own.StartRow, column - own.StartColumn

    number_format = property(None, lambda self, code: self._format(self.cells, code))
    wrap_text = property(None, lambda self, on: setattr(self.cells, "IsTextWrapped", on))

    @property
    def formula(self) -> Any:
        found = tuple(tuple(_as_excel(one) for one in row) for row in self.cells.getFormulaArray())
        return found[0][0] if self.shape == (1, 1) else found

    @property
    def color(self) -> tuple[int, int, int] | None:
        packed = self.cells.CellBackColor
        return None if packed == _NO_COLOUR else (packed >> 16 & 255, packed >> 8 & 255, packed & 255)

    @color.setter
    def color(self, colour: tuple[int, int, int] | None) -> None:
        if self.sheet.sheet.isProtected():
            raise PermissionError("the sheet is protected")
        self.cells.CellBackColor = _NO_COLOUR if colour is None else (colour[0] << 16) + (colour[1] << 8) + colour[2]

    @property
    def column_width(self) -> float:
        return float(self.cells.Columns.getByIndex(0).Width) / 200

    @column_width.setter
    def column_width(self, characters: float) -> None:
        column = self.cells.Columns.getByIndex(0)
        column.IsVisible = characters > 0
        if characters:
            column.Width = int(characters * 200)

    def clear_contents(self) -> None:
        self.cells.clearContents(_VALUE | _DATETIME | _STRING | _FORMULA)

    def select(self) -> None:
        self.sheet.book.document.CurrentController.select(self.cells)

    @property
    def note(self) -> CalcNote | None:
        cell = self.cells.getCellByPosition(0, 0)
        return CalcNote(self.sheet.sheet, cell) if cell.Annotation.String else None

    def add_note(self, text: str) -> CalcNote:
        cell = self.cells.getCellByPosition(0, 0)
        self.sheet.sheet.Annotations.insertNew(cell.CellAddress, text)
        return CalcNote(self.sheet.sheet, cell)


def _as_calc(formula: str) -> str:
    """A formula with Excel's sheet references as LibreOffice's own."""
    return _EXCEL_REFERENCE.sub(r"$'\1'.", formula) if '"' not in formula else formula.replace(",", ";")


def _as_excel(formula: str) -> str:
    """The other way round, for the references our formulas are made of."""
    return _CALC_REFERENCE.sub(lambda match: "'" + match[1].strip("'") + "'!", formula)


def attach(pipe: str) -> xw.App:
    """Make the LibreOffice at this pipe the Excel of xlwings."""
    engine = CalcEngine()
    app = engine.apps.attach(pipe)
    xw.engines.add(xw.Engine(impl=engine))
    xw.engines["libreoffice"].activate()
    return xw.App(impl=app)
