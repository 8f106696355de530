"""What became of every source row, and of every value on the way: kept while taking over, told in the report."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from schoollib_xl.adoption.transforms import Read, Transform

Amount = int | Decimal
# As many headers as fit on a line of the screen.
_NAMED = 3
_LEFT_UNREAD = "没有猜，能写备注的照原样写进了备注，都列在接收报告的“读不出来的”里。"


class What(Enum):
    """What old lists are counted in."""

    COPIES = "册数"
    MONEY = "金额（元）"
    TITLES = "种数"
    READERS = "读者"
    LOANS = "借出"
    RETURNS = "归还"


@dataclass
class SourceCount:
    """How much the sources state, how much of it was stated twice, and how much was set aside; in how many rows it
    could not be read, so that nobody knows what they state.
    """

    came_in: Decimal = Decimal(0)
    merged: Decimal = Decimal(0)
    aside: Decimal = Decimal(0)
    unread: int = 0


class SourceRow(NamedTuple):
    """A row of a source: file, sheet and row number (from 1); a MARC record counts as a row. As a text it is what a
    sentence calls it.
    """

    file: str
    sheet: str
    row: int

    def __str__(self) -> str:
        return f"《{self.file}》{self.sheet} 第 {self.row} 行"


class RowOutcome(Enum):
    """Where a source row ended."""

    ADOPTED = "接收"
    MERGED = "并入"
    ASIDE = "没有接收"


class RowRecord(NamedTuple):
    """One source row: what became of it, where it went or why it did not, and its text. `is_record` tells rows
    that say something from titles, totals and the like.
    """

    place: SourceRow
    outcome: RowOutcome
    detail: str
    text: str = ""
    is_record: bool = True


class Unread(NamedTuple):
    """A cell that could not be read: where, under which header, and its text, kept verbatim in 备注."""

    place: SourceRow
    header: str
    text: str


class ValueChange(NamedTuple):
    """A way in which a value was changed under one header: the transform, the text before and after."""

    transform: Transform
    header: str
    before: str
    after: str


@dataclass
class Journal:
    """Collects the report while the sources are taken over."""

    row_records: dict[SourceRow, RowRecord] = field(default_factory=dict)
    changes: Counter[ValueChange] = field(default_factory=Counter)
    first_places: dict[ValueChange, SourceRow] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)
    urgent: list[str] = field(default_factory=list)
    # Rows of a class list whose pupil another list has in another class.
    in_another_class: list[SourceRow] = field(default_factory=list)
    counts: dict[What, SourceCount] = field(default_factory=lambda: {what: SourceCount() for what in What})

    def adopted(self, place: SourceRow, sheet: str, keys: Iterable[str]) -> None:
        """The row became these rows of a sheet."""
        self._settle(RowRecord(place, RowOutcome.ADOPTED, f"{sheet} {span(tuple(keys))}"))

    def merged(self, place: SourceRow, into: str, text: str) -> None:
        """The row says something about a row that is already there."""
        self._settle(RowRecord(place, RowOutcome.MERGED, into, text))

    def aside(self, place: SourceRow, reason: str, text: str, is_record: bool = True) -> None:
        """The row was not taken over."""
        self._settle(RowRecord(place, RowOutcome.ASIDE, reason, text, is_record))

    def count(self, what: What, *, came_in: Amount = 0, merged: Amount = 0, aside: Amount = 0) -> None:
        """So much was stated, was stated twice, or was set aside."""
        counted = self.counts[what]
        counted.came_in += came_in
        counted.merged += merged
        counted.aside += aside

    def unreadable(self, what: What) -> None:
        """A row states so much of it that nobody can read."""
        self.counts[what].unread += 1

    def note(self, change: ValueChange, place: SourceRow, times: int = 1) -> None:
        """Values were changed in this way, first at this place."""
        self.changes[change] += times
        self.first_places.setdefault(change, place)

    def took(self, place: SourceRow, header: str, read: Read) -> None:
        """A cell of the row was read."""
        for step in read.steps:
            self.did(step.transform, place, header, step.before, step.after)

    def did(self, transform: Transform, place: SourceRow, header: str, before: str, after: str) -> None:
        """One change, said out."""
        self.note(ValueChange(transform, header, before, after), place)

    def unread_said(self) -> list[str]:
        """A sentence on the cells that could not be read, by header, the first by its place; none for none."""
        if not self.unread:
            return []
        counted = Counter(one.header for one in self.unread).most_common()
        listed = "、".join(f"{header} {cells} 格" for header, cells in counted[:_NAMED])
        more = "等" if len(counted) > _NAMED else ""
        first = self.unread[0].place
        return [f"读不出来的有 {len(self.unread)} 格（{listed}{more}，第一处{first}）：{_LEFT_UNREAD}"]

    def _settle(self, row_record: RowRecord) -> None:
        if row_record.place in self.row_records:
            raise ValueError(f"{row_record.place} is settled twice")
        self.row_records[row_record.place] = row_record


def of_many(sentence: str, places: Sequence[object], **more: object) -> list[str]:
    """The sentence on rows or numbers that are alike, with their `count` and the `first` of them; nothing for none."""
    return [sentence.format(count=len(places), first=places[0], **more)] if places else []


def span(keys: tuple[str, ...]) -> str:
    """Keys as first–last."""
    if not keys:
        return ""
    return keys[0] if len(keys) == 1 else f"{keys[0]}–{keys[-1]}（{len(keys)} 行）"
