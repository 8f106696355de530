"""The days in the rows of a table, those without their year by what stands round them."""

import re
from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from schoollib_xl.adoption.forms.filled_lines import FilledLine
from schoollib_xl.adoption.forms.kinds import LOANS
from schoollib_xl.adoption.forms.table_kinds import TableKind
from schoollib_xl.adoption.forms.tables import TIME, FoundTable
from schoollib_xl.adoption.forms.years import BARE_DAY, Heading, YearGiver, of_day_gone_by
from schoollib_xl.adoption.rows.cells import CellReader
from schoollib_xl.adoption.transforms import YEAR_FROM_PLACE, Read, Step
from schoollib_xl.ledgers.schema import Kind
from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.reading.years import is_out_of_reach

_ONLY_DAYS = re.compile(r"(\d{1,3})\s*天?")
END_DAYS = frozenset({"returned_on", "due_on"})


class RowDays:
    """Reads the days of one table; `readers` are its columns by field, each with what reads its cells."""

    def __init__(
        self, table: FoundTable, kind: TableKind, readers: Mapping[str, tuple[int, CellReader]], as_of: date
    ) -> None:
        self._table = table
        self._readers = readers
        self._as_of = as_of
        heading, is_bare = Heading.of(f"{table.heading} {table.file}"), table.header_of("lent_on") == BARE_DAY
        self._givers = {
            name: YearGiver(heading, partial(self._full_days, name), as_of, has_bare_days=is_bare)
            for name in (*table.columns, *(END_DAYS if kind is LOANS else ()))
            if kind.by_name[name].kind is Kind.DATE
        }
        lines = (one.line for one in table.non_entries if one.reason == TIME)
        self._times = [(line.row, Heading.of(line.alone)) for line in sorted(lines, key=lambda line: line.row)]

    def at(self, line: FilledLine) -> None:
        """Go on to a row, which may stand below a line that says the year."""
        while self._times and self._times[0][0] < line.row:
            _, heading = self._times.pop(0)
            for giver in self._givers.values():
                giver.is_below(heading)

    def read(self, name: str, reader: CellReader, cell: CellValue, values: dict[str, Any]) -> Read:
        """The cell of a field; where it is a day without its year, with that."""
        read, giver = self._read(name, reader, cell), self._givers.get(name)
        if giver is None or (read.value is None and not read.verbatim):
            return read
        if read.value is not None:
            if not is_out_of_reach(read.value, self._as_of):
                giver.saw(read.value)
            return read
        if name == "due_on" and (match := _ONLY_DAYS.fullmatch(read.verbatim)):
            # Under 还书期限 stand the days of a loan as often as the day it ends.
            values["lending_days"] = int(match[1])
            return Read()
        day = giver.complete(cell, values.get("lent_on") if name in END_DAYS else None)
        return read if day is None else Read(day, (Step(YEAR_FROM_PLACE, read.verbatim, day.isoformat()),))

    def said(self, name: str, text: str, values: dict[str, Any]) -> Read:
        """A day of a loan that a text says."""
        return self.read(name, CellReader(LOANS.by_name[name], prices=False), text, values)

    def _read(self, name: str, reader: CellReader, cell: CellValue) -> Read:
        return of_day_gone_by(name, reader.read(cell), self._as_of)

    def _full_days(self, name: str) -> list[date]:
        """The full days of a column; by a year that is a slip of the pen no other is told."""
        columns = [self._readers[name]] if name in self._readers else []
        days = (self._read(name, reader, line.cell(at)).value for at, reader in columns for line in self._table.lines)
        return [day for day in days if day and not is_out_of_reach(day, self._as_of)]
