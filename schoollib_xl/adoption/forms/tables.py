"""What was found of a table of an old list: its header, its columns, its rows, and the rows that are no records."""

import re
from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from schoollib_xl.adoption.forms.filled_lines import FilledLine
from schoollib_xl.adoption.forms.headers import HeaderFinder
from schoollib_xl.adoption.forms.list_titles import as_named, said_round
from schoollib_xl.adoption.forms.own_names import OwnNames, SheetNames
from schoollib_xl.adoption.forms.table_kinds import TableKind
from schoollib_xl.adoption.journal import SourceRow
from schoollib_xl.ledgers.grades import class_in, whole_grade_in
from schoollib_xl.sheets.reading.recognising import plain_header

ABOVE, REPEATED, TOTAL, CLOSING, HEADER = "表头以上的文字", "重复的表头", "合计行", "表尾的文字", "表头"
CORRECTION = "更正的话"
TIME = "说下面各行是哪一年的话"
UNKNOWN = "没有认出这是哪一种表"
UNWANTED = "账册对照里写明不接收"

# 301, 四1, 三（2）; 3.1 may be a day.
_CLASS_CODE = re.compile(
    r"[1-6]0[1-9]班?|[一二三四五六](?:年级?)?\d{1,2}班?|[1-6一二三四五六](?:年级?)?[(（]\d{1,2}[)）]班?"
)
_OF_NO_CLASS = re.compile("教师|教工|老师|教职工|全校|全体|各班|各年级")


class RowSetAside(NamedTuple):
    """A row that is no record, and why. Rows of a table nobody could make out may well be records."""

    line: FilledLine
    reason: str
    is_record: bool = False


@dataclass
class FoundTable:
    """One table: where it is, what it is, and which column (from 1) holds which field.

    `headers` are the texts of its header by column; `how` says for each column what it was known by.
    `heading` is what stands above it and the name of its sheet: a class, or teachers. `dittos` are the rows and columns
    of the marks for "as above" that were written out. `joined` are columns whose cells were put into those of another,
    `of_school` those that say of every row which school it is, `counting` those that only count the rows; `further` are
    the columns of the second, third … book of each row of a loan register. `action` is what was done by every line of
    a log that has no column for it, `names` what the school says of its tables. It `has_dashed_numbers` where 2021-3001
    is the number of one copy.
    """

    file: str
    sheet: str
    header_row: int
    kind: TableKind | None
    headers: dict[int, str] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)
    how: dict[int, str] = field(default_factory=dict)
    lines: list[FilledLine] = field(default_factory=list)
    non_entries: list[RowSetAside] = field(default_factory=list)
    heading: str = ""
    dittos: set[tuple[int, int]] = field(default_factory=set)
    personal: set[int] = field(default_factory=set)
    joined: Mapping[int, int] = field(default_factory=dict)
    of_school: set[int] = field(default_factory=set)
    counting: set[int] = field(default_factory=set)
    further: list[dict[str, int]] = field(default_factory=list)
    action: str = ""
    names: OwnNames = field(default_factory=OwnNames)
    has_dashed_numbers: bool = False

    @property
    def own(self) -> SheetNames:
        """What the school says about it."""
        return self.names.of_sheet(self.file, self.sheet)

    @property
    def name(self) -> str:
        """What a sentence calls it."""
        return f"《{self.file}》{self.sheet}"

    @property
    def class_over(self) -> str | None:
        """The class that stands over it, or by whose code its sheet is called (301, 四1); else that in the name of its
        file, unless it is of teachers or the whole school.
        """
        code = _CLASS_CODE.fullmatch(as_named(self.sheet))
        own = class_in(self.heading) or whole_grade_in(self.heading) or (code[0] if code else None)
        return own or (None if _OF_NO_CLASS.search(self.heading) else class_in(self.file))

    @property
    def said_round(self) -> str:
        """The words round it that tell which list it is."""
        return said_round(self.file, self.heading or self.sheet)

    def header_of(self, field: str, otherwise: str = "") -> str:
        """The header over a field's column; another text where it has none."""
        return self.headers.get(self.columns.get(field, 0), otherwise)

    def known_by(self, kind: TableKind, columns: Mapping[str, int]) -> dict[int, str]:
        """By what each of these columns was known, were it a table of this kind."""
        return {at: self.own.reason(kind, self.headers[at]) for at in columns.values()}

    def columns_of(self, kind: TableKind) -> dict[str, int]:
        """The column of each field, were it a table of that kind."""
        texts = [plain_header(self.headers.get(at, "")) for at in range(1, max(self.headers, default=0) + 1)]
        return HeaderFinder(self.own).columns(kind, texts)

    def without(self, columns: Set[int]) -> "FoundTable":
        """The table with those columns blank."""
        headers = {at: header for at, header in self.headers.items() if at not in columns}
        return replace(self, headers=headers, lines=[_blanked(line, columns) for line in self.lines])

    def place_of(self, line: FilledLine) -> SourceRow:
        """Where one of its rows stands."""
        return SourceRow(self.file, self.sheet, line.row)

    @property
    def every_line(self) -> list[FilledLine]:
        """Its filled rows, those that are no records last."""
        return [*self.lines, *(non_entry.line for non_entry in self.non_entries)]

    @property
    def fields_by_column(self) -> dict[int, str]:
        """Column → field, those of further books of a row as well."""
        return {at: name for columns in (self.columns, *self.further) for name, at in columns.items()}

    @property
    def dittos_by_column(self) -> Mapping[int, int]:
        """Column → how many marks for "as above" were written out in it."""
        return Counter(at for _, at in sorted(self.dittos))

    @property
    def filled_rows(self) -> int:
        """How many rows it has; of one that names several settings each is a line."""
        return len({line.row for line in self.every_line})


def _blanked(line: FilledLine, columns: Set[int]) -> FilledLine:
    return line._replace(cells=[("" if at in columns else value) for at, value in enumerate(line.cells, 1)])
