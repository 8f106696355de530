"""A row of a source as a record: values by field, and in words what has no field."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, islice, repeat, zip_longest
from typing import Any

from schoollib_xl.adoption.forms.filled_lines import FilledLine
from schoollib_xl.adoption.forms.tables import FoundTable
from schoollib_xl.adoption.journal import SourceRow
from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.reading.dates import month_and_day
from schoollib_xl.sheets.reading.texts import PUNCTUATION, cleaned
from schoollib_xl.sheets.reading.tidy import shown
from schoollib_xl.sheets.reading.years import AMBIGUOUS_DAY


@dataclass
class GoneCopies:
    """So many copies of a record that are as another list says, in a word, and what else it says."""

    copies: int
    word: str
    note: str = ""


@dataclass
class Record:
    """One row of a source: its values by field and the words that belong in 备注. `unread` are the fields
    whose cells say something nobody could read, `further` the other books of the row, `copy_states` what another list
    says of single copies of it, by their numbers without the zeros in front, `gone` what it says of some of those that
    bear none.
    """

    table: FoundTable
    line: FilledLine
    values: dict[str, Any]
    notes: list[str]
    unread: frozenset[str] = frozenset()
    further: Sequence["Record"] = ()
    copy_states: dict[str, str] = field(default_factory=dict)
    gone: list[GoneCopies] = field(default_factory=list)

    def get(self, name: str) -> Any:
        """The value of a field, None where the row or its table does not have it."""
        return self.values.get(name)

    @property
    def place(self) -> SourceRow:
        """Where it stands."""
        return self.table.place_of(self.line)

    @property
    def text(self) -> str:
        """The row as it read."""
        return self.line.text

    def header(self, name: str, otherwise: str = "") -> str:
        """What its list calls a field; another text where the list does not have it."""
        return self.table.header_of(name, otherwise)

    def cell(self, name: str) -> CellValue:
        """The cell of a field as it stands."""
        return self.line.cell(self.table.columns.get(name, 0))

    def said(self, name: str) -> str:
        """What stands in the cell of a field, as it reads."""
        return shown(self.cell(name)).strip()

    def lacks_year(self, name: str) -> bool:
        """Whether a field's cell holds a month and a day without their year."""
        return month_and_day(cleaned(shown(self.cell(name))).translate(PUNCTUATION)) is not None

    def doubtful_day(self, name: str) -> str:
        """The text of a field's cell where it is a number such as 10.1, which is 1 October or 10 October; '' if not."""
        cell = self.cell(name)
        text = shown(cell)
        return text if isinstance(cell, float) and AMBIGUOUS_DAY.fullmatch(text) else ""

    def written(self, name: str) -> str:
        """The text of a field's cell that nobody could use; '' of a number, which has lost figures."""
        cell = self.cell(name) if name in self.unread else ""
        return cell.strip() if isinstance(cell, str) else ""

    @property
    def remarks(self) -> str | None:
        """备注: what stood there, then what found no other place."""
        return "；".join(filter(None, [self.values.get("remarks"), *self.notes])) or None

    def of_each(self, numbers: Sequence[str], remarks: str | None) -> Iterator[dict[str, Any]]:
        """What each of its copies has of its own, by field: its number, and the remarks of all with what another list
        says of it.
        """
        gone = chain.from_iterable(repeat(one, one.copies) for one in self.gone)
        for number, went in zip_longest(numbers, islice(gone, len(numbers))):
            state = went.word if went else self.copy_states.get(number.lstrip("0"))
            said = [remarks, f"状态：{state}" if state else None, went.note if went else None]
            yield {"accession_no": number, "remarks": "；".join(filter(None, said)) or None}


def class_of(record: Record) -> str | None:
    """The class on the record, or in the title of its list."""
    written: str | None = record.get("class_name")
    return written or record.table.class_over


def day_of_loan(record: Record) -> date | None:
    """The day of a loan, or of what a log says of one."""
    day: date | None = record.get("lent_on") or record.get("happened_on")
    return day
