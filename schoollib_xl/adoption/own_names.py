"""账册对照 as she has edited it: which table is what, and which column holds what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from schoollib_xl.adoption.kinds import KINDS, TableKind
from schoollib_xl.sheets.reading.recognising import plain, plain_header

UNWANTED = "不接收"
REMARKS = "备注"

# How a column was known of which 账册对照 says what it is.
BY_MAPPING = "账册对照"


class OwnName(NamedTuple):
    """One line: the kind of a table, or the field of one of its columns. A blank file or sheet means any."""

    kind: str
    file: str
    sheet: str
    standard_header: str = ""
    own_header: str = ""


@dataclass(frozen=True)
class OwnNames:
    """What the school says about its own tables; nothing, where it says nothing."""

    tables: Mapping[tuple[str, str], str] = field(default_factory=dict)
    headers: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    lines: tuple[OwnName, ...] = ()

    @classmethod
    def of(cls, lines: Iterable[OwnName]) -> "OwnNames":
        """The names these lines lay down."""
        lines = tuple(lines)
        tables = {(line.file, plain(line.sheet)): plain(line.kind) for line in lines if line.kind and line.sheet}
        headers = {
            (line.file, plain(line.sheet), plain_header(line.own_header)): plain_header(line.standard_header)
            for line in lines
            if line.own_header
        }
        return cls(tables, headers, lines)

    def kind(self, file: str, sheet: str) -> TableKind | None:
        """What the school says the table is."""
        return KINDS.get(self._table(file, sheet))

    def is_unwanted(self, file: str, sheet: str) -> bool:
        """Whether the school does not want the table."""
        return self._table(file, sheet) == UNWANTED

    def columns(self, kind: TableKind, file: str, sheet: str, positions: Mapping[str, int]) -> dict[str, int]:
        """Field → column as the school says."""
        if not self.headers:
            return {}
        by_header = kind.own_headers
        said = {at: self._header(file, sheet, text) for text, at in positions.items()}
        return {by_header[text]: at for at, text in said.items() if text in by_header}

    def refused(self, kind: TableKind, file: str, sheet: str, positions: Mapping[str, int]) -> set[int]:
        """Columns the school says are none of the kind's: unwanted ones."""
        return {at for text, at in positions.items() if self.headers and self._header(file, sheet, text) == UNWANTED}

    def is_refused(self, file: str, sheet: str, header: str) -> bool:
        """Whether the school does not want the column."""
        return self._header(file, sheet, plain_header(header)) == UNWANTED

    def says(self, file: str, sheet: str, header: str) -> bool:
        """Whether the school says what the column is."""
        return bool(self._header(file, sheet, plain_header(header)))

    def reason(self, kind: TableKind, file: str, sheet: str, header: str) -> str:
        """What a column was known by."""
        text = plain_header(header)
        if self._header(file, sheet, text):
            return BY_MAPPING
        return "栏名" if text in {plain_header(one.header) for one in kind.fields} else "栏名的另一种叫法"

    def _table(self, file: str, sheet: str) -> str:
        return self.tables.get((file, plain(sheet))) or self.tables.get(("", plain(sheet)), "")

    def _header(self, file: str, sheet: str, text: str) -> str:
        name = plain(sheet)
        places = ((file, name, text), ("", name, text), ("", "", text))
        return next((found for place in places if (found := self.headers.get(place))), "")
