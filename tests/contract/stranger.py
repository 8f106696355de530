"""A workbook taken apart to plain values, changed by ledger, number and column, and written again; and the program.

Nothing here knows the product's own modules: what a stranger has is the file, openpyxl, XlsxWriter and the words of
the command.
"""

import json
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import xlsxwriter

import running

Row = list[Any]
# What a person fills in; the pages the program adds for reading are left out.
_PAGES = {"首页", "栏目说明", "核对目录", "清单"}


class Answer(NamedTuple):
    """What one run of the program gave."""

    code: int
    json: Any
    said: str
    complaint: str

    def at(self, sheet: str, cell: str) -> list[dict[str, Any]]:
        return [one for one in self.json["findings"] if (one["sheet"], one["cell"]) == (sheet, cell)]

    def open(self) -> list[str]:
        """What makes the run fail."""
        return [
            f"{one['code']} {one['sheet']}!{one['cell']} {one['message']}"
            for one in self.json["findings"]
            if one["severity"] != "hint" and not one["explained"]
        ]


def schoollib(*words: str | Path) -> Answer:
    return _answer(running.schoollib(*words))


def in_its_own_process(*words: str | Path, cwd: Path | None = None) -> Answer:
    return _answer(running.in_its_own_process(*words, cwd=cwd))


def _answer(done: running.Done) -> Answer:
    answer = json.loads(done.stdout) if "json" in done.args and done.stdout else None
    return Answer(done.returncode, answer, done.stdout, done.stderr)


class Books:
    """The sheets of a workbook as lists of rows, the header first."""

    def __init__(self, sheets: dict[str, list[Row]]) -> None:
        self.sheets = sheets

    @classmethod
    def read(cls, path: Path) -> "Books":
        workbook = openpyxl.load_workbook(path, read_only=True, data_only=True)
        kept = [sheet for sheet in workbook if sheet.title not in _PAGES]
        return cls({sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in kept})

    def copy(self) -> "Books":
        return Books({name: [list(row) for row in rows] for name, rows in self.sheets.items()})

    def rows(self, sheet: str) -> list[dict[str, Any]]:
        header, *rows = self.sheets[sheet]
        return [dict(zip(header, row, strict=True)) for row in rows]

    def find(self, sheet: str, wanted: Callable[[dict[str, Any]], bool]) -> int:
        """The row number, as Excel counts, of the first row wanted."""
        return next(number for number, row in enumerate(self.rows(sheet), 2) if wanted(row))

    def row_of(self, sheet: str, number: str) -> int:
        """The row number of the row which has this number under the column that numbers the ledger."""
        key = {"总括登记账": "总括登记号", "注销登记账": "个别登记号", "盘点记录": "个别登记号"}
        column = key.get(sheet) or self.sheets[sheet][0][0]
        return self.find(sheet, lambda row: row[column] == number)

    def get(self, sheet: str, row: int, column: str) -> Any:
        return self.sheets[sheet][row - 1][self.sheets[sheet][0].index(column)]

    def put(self, sheet: str, row: int, column: str, value: Any) -> str:
        """Fill one cell; its A1 address."""
        index = self.sheets[sheet][0].index(column)
        self.sheets[sheet][row - 1][index] = value
        return f"{openpyxl.utils.get_column_letter(index + 1)}{row}"

    def add(self, sheet: str, **values: Any) -> int:
        """A row below the last; its number."""
        self.sheets[sheet].append([values.get(column) for column in self.sheets[sheet][0]])
        return len(self.sheets[sheet])

    def write(self, path: Path) -> Path:
        with xlsxwriter.Workbook(str(path)) as workbook:
            formats = {datetime: workbook.add_format({"num_format": "yyyy-mm-dd"})}
            formats[time] = workbook.add_format({"num_format": "hh:mm"})
            for name, rows in self.sheets.items():
                sheet = workbook.add_worksheet(name)
                for index, row in enumerate(rows):
                    for column, value in enumerate(row):
                        if isinstance(value, str):
                            sheet.write_string(index, column, value)
                        elif value is not None:
                            sheet.write(index, column, value, formats.get(type(value)))
        return path
