"""Several books in one row of a loan register: in numbered columns (书名1, 书名2), or in one cell (小河、大山)."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from schoollib_xl.adoption.forms.kinds import LOANS
from schoollib_xl.adoption.forms.table_kinds import unnumbered
from schoollib_xl.adoption.forms.tables import FoundTable
from schoollib_xl.adoption.journal import Journal
from schoollib_xl.adoption.lending.directory import Directory
from schoollib_xl.adoption.number_lists import numbers_of
from schoollib_xl.adoption.rows.reading import read_records
from schoollib_xl.adoption.rows.records import Record
from schoollib_xl.adoption.transforms import SEVERAL_BOOKS
from schoollib_xl.sheets.reading.recognising import plain_header

_OF_A_BOOK = ("title", "accession_no", "isbn", "barcode")
_MARKED = re.compile(r"(?:《[^《》]+》[\s、，,；;和及与]*){2,}")
_PARTED = re.compile(r"[、，,；;/／+＋|]")
# Between these nobody writes one title.
_CLEARLY = re.compile("[、；;]")
_COUNTING = re.compile(r"^\s*(?:\d{1,2}[.．)）]|[①-⑨])\s*")


def find_further_columns(tables: Iterable[FoundTable]) -> None:
    """Tell the columns of the second, third … book of each row of the loan registers."""
    for table in tables:
        if table.kind is LOANS:
            table.further = _further_columns(table)


def _further_columns(table: FoundTable) -> list[dict[str, int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for at, header in sorted(table.headers.items()):
        known = (*table.columns.values(), *table.joined, *table.personal)
        if at in known or table.own.is_refused(header):
            continue
        if name := _further(table, header):
            found[name].append(at)
    width = max((len(found[name]) for name in _OF_A_BOOK if name in found), default=0)
    return [{name: at[k] for name, at in found.items() if k < len(at)} for k in range(width)]


def _further(table: FoundTable, header: str) -> str:
    """The field a column has once more; '' for others."""
    own = plain_header(header)
    text = unnumbered(own)
    said = (
        *table.own.columns(LOANS, {own: 1}),
        *(LOANS.headers.get(text, ()) if text != own else ()),
    )
    if name := next((name for name in said if name in LOANS.repeats & table.columns.keys()), ""):
        return name
    firsts = {name: table.headers.get(at, "") for name, at in table.columns.items() if name in LOANS.repeats}
    return next((name for name, first in firsts.items() if unnumbered(plain_header(first)) == text), "")


def with_further_books(records: Iterable[Record], table: FoundTable, journal: Journal, as_of: date) -> Iterator[Record]:
    """The records of a table, each with those of the further books of its row."""
    beside = [_by_row(_register_of(table, group), group, journal, as_of) for group in table.further]
    for record in records:
        record.further = [one[record.place.row] for one in beside if record.place.row in one]
        yield record


def _register_of(table: FoundTable, group: dict[str, int]) -> FoundTable:
    """The table as a register of the books of one group of columns."""
    repeated = {*_OF_A_BOOK, *group}
    own = {name: at for name, at in table.columns.items() if name in repeated or _is_numbered(table, at)}
    columns = {name: at for name, at in table.columns.items() if name not in own} | group
    others = [own, *(one for one in table.further if one is not group)]
    return replace(table, columns=columns, further=others, dittos=set(), non_entries=[])


def _is_numbered(table: FoundTable, at: int) -> bool:
    text = plain_header(table.headers.get(at, ""))
    return unnumbered(text) != text


def _by_row(table: FoundTable, group: dict[str, int], journal: Journal, as_of: date) -> dict[int, Record]:
    """The records of one group of columns by row, where they name a book; what was done to their own cells is told."""
    aside = Journal()
    found = {record.place.row: record for record in read_records(table, aside, as_of) if _has_book(record)}
    own = {table.headers[at] for at in group.values()}
    for change, count in aside.changes.items():
        if change.header in own:
            journal.note(change, aside.first_places[change], count)
    journal.unread += [unread for unread in aside.unread if unread.header in own]
    return found


def _has_book(record: Record) -> bool:
    return any(map(record.get, _OF_A_BOOK))


class BooksOfRows:
    """Tells the books of each row of a register; `untold` are rows that may well be of several, each with whether one
    of these is in the books.
    """

    def __init__(self, directory: Directory, journal: Journal) -> None:
        self._directory = directory
        self._journal = journal
        self._untold: dict[bool, list[Record]] = defaultdict(list)
        self._beside: list[Record] = []

    def of(self, record: Record) -> list[Record]:
        """The row as a record for each of its books."""
        if any(self._directory.has_title(note.partition("：")[2]) for note in record.notes):
            self._beside.append(record)
        books = [one for one in (record, *record.further) if _has_book(one)] or [record]
        return [piece for book in books for piece in self._apart(book)]

    def look_at(self, events: Iterable[Record]) -> None:
        """Note the events that may be of several books: each is one all the same."""
        for record in events:
            title: str = record.get("title") or ""
            ways = [] if any(map(record.get, _OF_A_BOOK[1:])) or self._directory.has_title(title) else titles_in(title)
            self._note_untold(record, list(ways))

    def told(self) -> None:
        """Say of which rows it is not known how many books they are."""
        if self._beside:
            self._journal.urgent.append(
                f"没有认出的栏目里写着馆里的书名的有 {len(self._beside)} 行（第一处{self._beside[0].place}），"
                "没有当作借的书，照原样写进了备注；也是借的书，就把栏名写成“书名2”再接收。"
            )
        for some_known, records in self._untold.items():
            first = records[0]
            sentence = (
                f"书名一格里像是不止一本的有 {len(records)} 行（第一处{first.place}“{first.get('title')}”）："
                "每行只记了一笔；是几本的，改成一本一行再接收。"
            )
            (self._journal.urgent if some_known else self._journal.assumed).append(sentence)

    def _apart(self, record: Record) -> list[Record]:
        title: str = record.get("title") or ""
        if written := record.get("accession_no"):
            return self._by_numbers(record, written, title)
        if not title or record.get("isbn") or record.get("barcode") or self._directory.has_title(title):
            return [record]
        ways = list(titles_in(title))
        way = next((way for way in ways if all(map(self._directory.has_title, way))), ())
        if not way and _MARKED.fullmatch(title):
            way = ways[0]
        if way:
            self._journal.did(SEVERAL_BOOKS, record.place, "书名", title, " | ".join(way))
            return [_of_one(record, title=one) for one in way]
        self._note_untold(record, ways)
        return [record]

    def _note_untold(self, record: Record, ways: Sequence[Sequence[str]]) -> None:
        some_known = any(self._directory.has_title(one) for way in ways for one in way)
        if ways and (some_known or _CLEARLY.search(record.get("title"))):
            self._untold[some_known].append(record)

    def _by_numbers(self, record: Record, written: str, title: str) -> list[Record]:
        numbers = () if self._directory.has_number(written) else numbers_of(written) or ()
        if not any(map(self._directory.has_number, numbers)):
            return [record]
        titles = next((way for way in titles_in(title) if len(way) == len(numbers)), (None,) * len(numbers))
        self._journal.did(SEVERAL_BOOKS, record.place, "个别登记号", written, " | ".join(numbers))
        pairs = zip(numbers, titles, strict=True)
        return [_of_one(record, accession_no=number, title=one) for number, one in pairs]


def _of_one(record: Record, **said: str | None) -> Record:
    return replace(record, values=record.values | said, notes=[*record.notes], further=[])


def titles_in(text: str) -> Iterator[Sequence[str]]:
    """The ways in which the text may be several titles, the likeliest first."""
    if _MARKED.fullmatch(text):
        yield re.findall("《([^《》]+)》", text)
    for pieces in (_PARTED.split(text), re.split(rf"{_PARTED.pattern}|\s+", text)):
        titles = [one for piece in pieces if (one := _COUNTING.sub("", piece).strip(" 《》"))]
        if len(titles) > 1 and all(map(_is_closed, titles)):
            yield titles


def _is_closed(title: str) -> bool:
    """Whether no bracket is left open: 小河（上、下） is one book in two volumes."""
    return sum(map(title.count, "(（[【")) == sum(map(title.count, ")）]】"))
