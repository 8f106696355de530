"""Rows of a table that are no records: numbers written beforehand, small headings, classes of books over their books,
cards with headers in pairs.
"""

import re
from collections.abc import Iterable

from schoollib_xl.adoption.forms.filled_lines import FilledLine
from schoollib_xl.adoption.forms.list_titles import incident_told
from schoollib_xl.adoption.forms.table_kinds import TableKind
from schoollib_xl.adoption.forms.tables import FoundTable
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import Kind
from schoollib_xl.ledgers.vocabulary import CLASS_NAMES
from schoollib_xl.sheets.reading.recognising import plain_header
from schoollib_xl.sheets.reading.texts import HALF_WIDTH

ONLY_A_NUMBER = "只有预先编好的号，没有内容"
ONLY_A_NUMBER_BETWEEN = "只有号，没有内容，下面还有书：是上一种的另一册，写“同上”再接收"
REST_OF_A_TITLE = "只有书名的后半截，没有号：是上一行的就写到上一行去，是另一册就写上号，再接收"
IN_PAIRS = "栏名和内容一格隔一格地写，认不出是哪一栏；改成一册一行再接收"
VOID = "作废的号，没有书"
A_HEADING = "小标题"
# What may be a record although nobody can take it over; the others are none.
MAY_BE_RECORDS = frozenset({ONLY_A_NUMBER_BETWEEN, IN_PAIRS, REST_OF_A_TITLE})
# I 文学, G类, K、历史、地理.
_CLASS_HEADING = re.compile(r"([A-Z])\s*(?:类|[、.:：—-])?\s*([\u4e00-\u9fff、，,]*)")
_VOID = re.compile(r"[(（]?(?:[此本该]号)?(?:作废|空号|废号|跳号)[)）]?")
# ——儿童诗选: no title begins so.
_REST = re.compile(r"[-—–―:：].+")
_SAYS_MORE = re.compile(r"[\u4e00-\u9fff]{2}")
_NUMBERING = frozenset(field.name for sheet in ALL_SHEETS for field in sheet.unique if field.kind is Kind.IDENTIFIER)


class BareRows:
    """Tells the rows of a table that are no records; `counting` are the columns that number its rows."""

    def __init__(self, table: FoundTable, kind: TableKind, counting: Iterable[int]) -> None:
        self._columns = table.columns
        self._dittos = table.dittos
        self._headers = kind.headers
        self._numbering = {table.columns.get(name) for name in _NUMBERING} | set(counting)
        # What is lost is named by its number well enough.
        self._is_of_losses = incident_told(table.said_round) is not None
        self._first_row = min((line.row for line in table.lines), default=0)
        # Numbers written beforehand below the last book are a book's yet to come.
        self._last_row = max((line.row for line in table.lines if not self._is_only_numbered(line)), default=0)

    def why(self, line: FilledLine) -> str:
        """Why the row is no record; '' where it is one."""
        if _VOID.fullmatch(line.said(self._columns.get("title", 0))):
            return VOID
        if not self._is_only_numbered(line):
            if self._goes_on(line):
                return REST_OF_A_TITLE
            return IN_PAIRS if self._is_in_pairs(line) else ""
        if _SAYS_MORE.search(line.text):
            return A_HEADING
        if self._is_of_losses and self.has_number(line):
            return ""
        is_copy = self.has_number(line) and line.row < self._last_row
        return ONLY_A_NUMBER_BETWEEN if is_copy else ONLY_A_NUMBER

    def _is_only_numbered(self, line: FilledLine) -> bool:
        """Whether nothing but numbers written beforehand stand in the row (a row of blanks is none at all)."""
        return all(at in self._numbering for at, value in enumerate(line.cells, 1) if str(value).strip())

    def _goes_on(self, line: FilledLine) -> bool:
        """Whether nothing but the rest of a title stands in a row of a list that numbers its copies."""
        title = self._columns.get("title", 0)
        is_numbered = "accession_no" in self._columns and line.row > self._first_row
        return is_numbered and bool(_REST.fullmatch(line.alone)) and line.said(title) == line.alone

    def own_columns(self, line: FilledLine) -> set[int]:
        """The columns in which something stands in the row but a mark for "as above"."""
        return {at for at in line.texts if (line.row, at) not in self._dittos}

    def are_numbers(self, columns: Iterable[int]) -> bool:
        """Whether the columns hold numbers of rows, copies or cards only."""
        return self._numbering.issuperset(columns)

    def has_number(self, line: FilledLine) -> bool:
        """Whether something stands in its column of numbers."""
        return line.said(self._columns.get("accession_no", 0)) != ""

    def _is_in_pairs(self, line: FilledLine) -> bool:
        """Whether its own columns hold headers again: a card, on which each header stands before what it is of."""
        own = map(line.cell, self._columns.values())
        said = [text for cell in own if isinstance(cell, str) and (text := cell.strip())]
        return len(said) > 1 and all(plain_header(text) in self._headers for text in said)


def class_named(sheet: str) -> str:
    """The class that the name of a sheet tells by its letter and in words: I文学; '' for a letter alone."""
    return class_heading(sheet) if _SAYS_MORE.search(sheet) else ""


def class_heading(text: str) -> str:
    """The class that a text names; '' where it names none. 文学 is how I is called for short."""
    match = _CLASS_HEADING.fullmatch(text.translate(HALF_WIDTH).strip())
    if match is None or match[1] not in CLASS_NAMES:
        return ""
    names = re.split("[、，,]", match[2].removesuffix("类"))
    return match[1] if all(_is_of(name, CLASS_NAMES[match[1]]) for name in names) else ""


def _is_of(name: str, whole: str) -> bool:
    """Whether a name is a class's own, or one for short, of characters in its order: 马列主义, 历史地理."""
    rest = iter(whole)
    is_begun = any(part.startswith(name[:1]) for part in whole.split("、"))
    return is_begun and all(character in rest for character in name)
