"""账册对照 as she has edited it: which table is what, and which column holds what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from schoollib_xl.adoption.forms.kinds import KINDS
from schoollib_xl.adoption.forms.table_kinds import TableKind
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

    @cached_property
    def words(self) -> frozenset[str]:
        """Every header of which the school says something: most rows of a list have none."""
        return frozenset(text for _, _, text in self.headers)

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

    def of_sheet(self, file: str, sheet: str) -> "SheetNames":
        """What is said of one sheet."""
        return SheetNames(self, file, sheet)


class SheetNames(NamedTuple):
    """What the school says about one sheet and the columns of its tables."""

    names: OwnNames
    file: str
    sheet: str

    @property
    def kind(self) -> TableKind | None:
        """What the school says the sheet is."""
        return KINDS.get(self._table())

    @property
    def is_unwanted(self) -> bool:
        """Whether the school does not want it."""
        return self._table() == UNWANTED

    def columns(self, kind: TableKind, positions: Mapping[str, int]) -> dict[str, int]:
        """Field → column as the school says."""
        if not self.names.headers:
            return {}
        said = {at: field_said(kind, self._standard(text)) for text, at in positions.items()}
        return {field: at for at, field in said.items() if field}

    def refused(self, positions: Mapping[str, int]) -> set[int]:
        """The columns the school does not want."""
        return {at for text, at in positions.items() if self.names.headers and self._standard(text) == UNWANTED}

    def is_refused(self, header: str) -> bool:
        """Whether the school does not want the column."""
        return self._standard(plain_header(header)) == UNWANTED

    def says(self, header: str) -> bool:
        """Whether the school says what the column is."""
        return bool(self._standard(plain_header(header)))

    def reason(self, kind: TableKind, header: str) -> str:
        """What a column was known by."""
        text = plain_header(header)
        if self._standard(text):
            return BY_MAPPING
        return "栏名" if text in kind.own_headers else "栏名的另一种叫法"

    def _table(self) -> str:
        tables, name = self.names.tables, plain(self.sheet)
        return tables.get((self.file, name)) or tables.get(("", name), "")

    def _standard(self, text: str) -> str:
        """The standard header the school gives to one of its own."""
        name = plain(self.sheet)
        places = ((self.file, name, text), ("", name, text), ("", "", text))
        return next((found for place in places if (found := self.names.headers.get(place))), "")


def field_said(kind: TableKind, standard: str) -> str | None:
    """The field a school means by a standard header: its own name, or another that only one field goes by."""
    match kind.headers.get(plain_header(standard), ()):
        case [name, *others] if not others or plain_header(standard) in kind.own_headers:
            return name
    return None
