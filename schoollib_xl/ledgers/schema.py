"""How a ledger is declared: one NamedTuple per sheet, one annotated field per column."""

import typing
from collections.abc import Callable, Container, Iterator
from datetime import date, time
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cached_property
from types import NoneType, UnionType
from typing import Annotated, Any, NamedTuple, Protocol, TypeVar

from schoollib_xl.ledgers.identifiers import Identifier

# Excel's own limit and one more, so that its last row has a line of its own. A ledger that outgrows it continues on a
# second sheet (借阅登记账2).
LINES_PER_SHEET = 1_048_577
T = TypeVar("T", bound=type)


class Row(Protocol):
    """A line of a sheet. `line` counts through all the sheets of a ledger as if bound in one volume:
    part × LINES_PER_SHEET + row number.
    """

    @property
    def line(self) -> int: ...


R = TypeVar("R", bound=Row)


class Kind(StrEnum):
    """What a column holds, which decides how a cell is tidied, formatted and prompted. A plain Enum is slow to hash."""

    TEXT = "文字"
    IDENTIFIER = "编号（文本）"
    DATE = "日期"
    TIME = "时间"
    COUNT = "整数"
    MONEY = "金额（元）"
    NUMBER = "数"
    CHOICE = "从列表中选"
    ANY = "文字、数或日期"


_KINDS: dict[Any, Kind] = {
    str: Kind.TEXT,
    date: Kind.DATE,
    time: Kind.TIME,
    int: Kind.COUNT,
    Decimal: Kind.MONEY,
}


def words(*lines: str) -> tuple[str, ...]:
    """Words written one after the other, parted by blanks."""
    return tuple(" ".join(lines).split())


class LedgerColumn(NamedTuple):
    """The librarian's side of a field: header (the field's own name where empty), prompt, example; other headers
    schools write, and words that mean a blank here (未还 under 归还日期).
    """

    header: str = ""
    help: str = ""
    example: object = None
    width: int = 10
    synonyms: tuple[str, ...] = ()
    # The column must exist although a blank cell is judged by a check of its own.
    starred: bool = False
    # A blank is a finding, and the row stands all the same: what it is about is there.
    may_wait: bool = False
    # No value may stand twice in the column.
    unique: bool = False
    # Sums the lines above and its own.
    running: bool = False
    blanks: tuple[str, ...] = ()
    # The least and the greatest number it may hold.
    least: int | None = None
    greatest: int | None = None
    # Tells the figure a text stands for, None where it stands for none: 三年级 under 年级, 不少于8册 under 目标值.
    figure: Callable[[str], int | Decimal | None] | None = None


class Field:
    """One column as declared: the field's name and type with its `LedgerColumn`."""

    def __init__(
        self, name: str, annotation: Any, column: LedgerColumn, kind: Kind, nullable: bool, choices: tuple[str, ...]
    ) -> None:
        self.name, self.annotation, self.column = name, annotation, column
        self.kind, self.nullable, self.choices = kind, nullable, choices

    @property
    def required(self) -> bool:
        """Whether the column must be there (its header carries a star in the dictionary)."""
        return self.column.starred or not self.nullable

    @property
    def holds_up(self) -> bool:
        """Whether a row without a value here is no whole row."""
        return not (self.nullable or self.column.may_wait)

    @property
    def blank(self) -> str | None:
        """What a row holds where nothing could be read."""
        return "" if self.kind in (Kind.TEXT, Kind.IDENTIFIER) and not self.nullable else None

    @property
    def header(self) -> str:
        return self.column.header or self.name

    @cached_property
    def identifies(self) -> Identifier | None:
        """What kind of identifier the column holds, if any."""
        return next((m for m in typing.get_args(self.annotation) if isinstance(m, Identifier)), None)

    @property
    def is_accession_no(self) -> bool:
        return self.identifies is not None and self.identifies.accession

    @cached_property
    def words(self) -> dict[str, str]:
        """The word of the list by every word that means it, blanks left out."""
        said = {synonym: word for word in self.choices for synonym in getattr(word, "synonyms", ())}
        return said | {str(word): word for word in self.choices}

    @property
    def is_bounded(self) -> bool:
        """Whether its values are held to a least or a greatest one."""
        return (self.column.least, self.column.greatest) != (None, None)

    def allows(self, value: Any) -> bool:
        """Whether a value of the field's kind lies within its bounds."""
        least, greatest = self.column.least, self.column.greatest
        return (least is None or value >= least) and (greatest is None or value <= greatest)

    @cached_property
    def nature(self) -> tuple[Any, ...]:
        """The declaration without the librarian's words: equal for columns that hold the same."""
        held = (part for part in typing.get_args(self.annotation) if not isinstance(part, LedgerColumn))
        own = self.column
        return (self.nullable, *held, own.blanks, own.least, own.greatest, own.figure)


class Group(Enum):
    """Which part of the workbook a sheet belongs to."""

    LEDGER = "七本账"
    SUPPORTING = "辅助表"
    OPTIONAL = "可选表"


class DeclaredSheet:
    """One sheet as declared: its name, its row type, what names a row in a message, and what else schools call it."""

    def __init__(
        self, name: str, row_type: type[Any], group: Group, key: str, purpose: str, also: tuple[str, ...]
    ) -> None:
        self.name, self.row_type, self.group, self.key, self.purpose = name, row_type, group, key, purpose
        self.also = also

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        return tuple(fields_of(self.row_type))

    @cached_property
    def by_name(self) -> dict[str, Field]:
        return {field.name: field for field in self.fields}

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The texts no row can do without."""
        return tuple(field.name for field in self.fields if field.kind is Kind.TEXT and not field.nullable)

    @cached_property
    def nullable(self) -> tuple[str, ...]:
        """The fields that may be blank."""
        return tuple(field.name for field in self.fields if field.nullable)

    def missing_from(self, columns: Container[str]) -> tuple[str, ...]:
        """The fields no row can do without that are not among these columns."""
        return tuple(field.name for field in self.fields if field.holds_up and field.name not in columns)

    @cached_property
    def unique(self) -> tuple[Field, ...]:
        """The columns in which no value may stand twice."""
        return tuple(field for field in self.fields if field.column.unique)

    @property
    def key_is_unique(self) -> bool:
        """Whether the key alone tells a row from every other; elsewhere only a row alike in everything is the same."""
        return self.by_name[self.key].column.unique

    @cached_property
    def positions(self) -> dict[str, int]:
        return {field.name: index for index, field in enumerate(self.fields, 1)}


SHEETS: dict[type[Any], DeclaredSheet] = {}


def sheet(
    name: str, *, key: str, purpose: str, group: Group = Group.SUPPORTING, also: tuple[str, ...] = ()
) -> Callable[[T], T]:
    """Declare a NamedTuple as the row of the sheet `name`; `key` is the field that names a row, `also` what schools
    call the sheet, whose header then has the last word: a 总账 may be a list of books.
    """

    def declare(row_type: T) -> T:
        SHEETS[row_type] = DeclaredSheet(name, row_type, group, key, purpose, also)
        return row_type

    return declare


class Cell(NamedTuple):
    """A place in the workbook, by meaning: row type, line and field name, never a letter.

    Line 0 is the sheet itself (its header row); an empty field is the whole line.
    """

    row_type: type[Any]
    line: int
    field: str = ""


def cell(row: Row, field: str) -> Cell:
    """The cell of `row` in the column of `field`."""
    return Cell(type(row), row.line, field)


def key_of(row: Row) -> str:
    """The row's own number, as a message names it."""
    value = getattr(row, SHEETS[type(row)].key)
    return value.isoformat() if isinstance(value, date) else str(value)


class Plain:
    """Marks a Decimal that is a number without a currency (a target, a multiple)."""


def fields_of(row_type: type[Any]) -> Iterator[Field]:
    """The declared columns of a NamedTuple, in order."""
    for name, annotation in row_type.__annotations__.items():
        if name == "line":
            continue
        base, optional = _without_none(annotation)
        metadata = getattr(annotation, "__metadata__", ())
        column = next(m for m in metadata if isinstance(m, LedgerColumn))
        choices = tuple(base) if isinstance(base, type) and issubclass(base, StrEnum) else ()
        kind = Kind.CHOICE if choices else _kind(base, metadata)
        yield Field(name, annotation, column, kind, optional and not column.may_wait, choices)


def header_of(row_type: type[Any], name: str) -> str:
    """What the column, or the setting, of a field is called."""
    declared = SHEETS.get(row_type)
    fields = declared.by_name if declared else {field.name: field for field in fields_of(row_type)}
    return fields[name].header


def _kind(base: Any, metadata: tuple[Any, ...]) -> Kind:
    if isinstance(base, list):
        return Kind.ANY
    if any(isinstance(m, Identifier) for m in metadata):
        return Kind.IDENTIFIER
    if any(m is Plain for m in metadata):
        return Kind.NUMBER
    return _KINDS[base]


def _without_none(annotation: Any) -> tuple[Any, bool]:
    """The type behind an annotation (several as a list) and whether None is allowed."""
    if typing.get_origin(annotation) is Annotated:
        annotation = typing.get_args(annotation)[0]
    if typing.get_origin(annotation) in (typing.Union, UnionType):
        members = [m for m in typing.get_args(annotation) if m is not NoneType]
        return (members[0] if len(members) == 1 else members), len(members) < len(typing.get_args(annotation))
    return annotation, False
