"""Sheets that go on with the list of a sheet before, under the header that stands there only."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from schoollib_xl.adoption.forms.filled_lines import FilledLine
from schoollib_xl.adoption.forms.finding import table_below, write_out_dittos
from schoollib_xl.adoption.forms.headers import TableHeader
from schoollib_xl.adoption.forms.kinds import BOOKS, EVENTS, LOANS, NUMBERING, READERS
from schoollib_xl.adoption.forms.table_kinds import TableKind
from schoollib_xl.adoption.forms.tables import UNKNOWN, FoundTable
from schoollib_xl.adoption.forms.years import time_in, time_told
from schoollib_xl.adoption.journal import of_many
from schoollib_xl.adoption.number_lists import follows
from schoollib_xl.adoption.unclear.columns import is_class_number, is_day, is_isbn
from schoollib_xl.ledgers.grades import class_in
from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.reading.dates import typed_moment
from schoollib_xl.sheets.reading.texts import cleaned
from schoollib_xl.sheets.reading.tidy import shown

_GOES_ON = (
    "{first}{others}没有栏名，各栏和前面一张对得上，照前面的栏名接着接收了；不是一张表的，在那里补上栏名再接收一次。"
)
_MAY_GO_ON = (BOOKS, LOANS, EVENTS, READERS)
# 第1页 and 第2页, 登记册 and 登记册（续）, 九月 and 十月.
_WHICH_PART = re.compile(r"[\d一二三四五六七八九十()（）续上中下第 ._-]")
_FIGURES, _NUMBERS = re.compile(r"[￥¥]?[\d.,]+元?"), re.compile(r"\d+(?:\s*[-—–~～至到、,，;；]+\s*\d+)+")
# What of a book is written so that nothing else looks like it.
_CODED: Mapping[str, Callable[[CellValue], bool]] = {"isbn": is_isbn, "class_no": is_class_number}
_DIGIT, _SEVERAL = re.compile(r"\d"), re.compile(r"(?<=\d)\s*[-—–~～至到、,，;；]")


def with_header_before(
    tables: Iterable[FoundTable], before: Sequence[FoundTable], continued: list[FoundTable]
) -> Iterator[FoundTable]:
    """The tables of a sheet; one alone that nobody knows as one more part of the last list `before` it, where it is
    called alike, its cells are like those above in every column, and its numbers or days are those of further entries.
    What was taken so is `continued`.
    """
    found = [*tables]
    lists = (one for one in reversed(before) if one.kind in _MAY_GO_ON)
    last = next((one for one in lists if _are_parts(one, found[0])), None) if len(found) == 1 else None
    if last and last.kind:
        part = _under_header_of(last, last.kind, found[0])
        if part.lines and last.lines and _are_cells_alike(last, part) and _has_further_entries(last, part):
            found = [part]
            continued.append(part)
    yield from found


def said_of_continued(continued: Sequence[FoundTable]) -> list[str]:
    """A sentence on the sheets that were taken for parts of the one before."""
    others = f" 等 {len(continued)} 张" if len(continued) > 1 else ""
    return of_many(_GOES_ON, [one.name for one in continued], others=others)


def _are_parts(last: FoundTable, unknown: FoundTable) -> bool:
    """Whether the sheets may be parts of one list by their names, and nobody knows the second."""
    is_unread = unknown.kind is None and all(one.reason == UNKNOWN for one in unknown.non_entries)
    names = [one.sheet if last.file == unknown.file else one.file for one in (last, unknown)]
    return is_unread and len({_WHICH_PART.sub("", name) for name in names}) == 1


def _under_header_of(last: FoundTable, kind: TableKind, unknown: FoundTable) -> FoundTable:
    """The rows below the header of the other list; a title may stand over them."""
    lines = [one.line for one in unknown.non_entries]
    first = next((at for at, line in enumerate(lines) if not line.alone), len(lines))
    cells: list[CellValue] = [last.headers.get(at, "") for at in range(1, max(last.headers) + 1)]
    header = TableHeader(FilledLine(0, cells), kind, last.columns, last.headers)
    said = " ".join(line.text for line in lines[:first])
    part = table_below(
        unknown.own, header, lines[first:], lines[:first], "" if time_told(said) else time_in(last.heading)
    )
    part.non_entries = [one for one in part.non_entries if one.line is not header.line]
    write_out_dittos(part, last.lines[-1:])
    return part


def _are_cells_alike(last: FoundTable, part: FoundTable) -> bool:
    """Whether every cell stands below a header, and is a figure, day, class or word where those of the list are. Below
    classes may stand 教师.
    """
    above = {(at, form) for line in last.lines for at, form in _forms(line)} | {
        (last.columns.get("class_name"), "word")
    }
    return all(one in above for line in part.lines for one in _forms(line))


def _forms(line: FilledLine) -> Iterator[tuple[int, str]]:
    for at, text in line.texts.items():
        if _FIGURES.fullmatch(text):
            yield at, "figure"
        elif is_day(line.cell(at)):
            yield at, "day"
        elif _NUMBERS.fullmatch(text):
            yield at, "figure"
        else:
            yield at, "class" if class_in(text) else "word"


def _has_further_entries(last: FoundTable, part: FoundTable) -> bool:
    """Whether the numbers of the rows or books go on, the books or readers have others of that form, books without any
    their ISBN or class, or loans days.
    """
    kind = part.kind
    at = part.columns.get(NUMBERING.get(kind, ""), 0) if kind else 0
    at = at or part.columns.get("span", 0)
    if at and (own := [line.said(at) for line in part.lines if line.said(at)]):
        there = {line.said(at) for line in last.lines}
        return there.isdisjoint(own) and _form_of(own[0]) in set(map(_form_of, there))
    # A price or a number of pages may be one more than the last by chance.
    unknown = part.headers.keys() - part.columns.values()
    if any(_goes_on(last.lines[-1].said(at), part.lines[0].said(at)) for at in unknown):
        return True
    if kind is BOOKS and any(_are_coded(part, name) and _are_coded(last, name) for name in _CODED):
        return True
    days = part.columns.get("lent_on") or part.columns.get("happened_on") or 0
    # A day may be written once over the loans of it, and as 20250908.
    dated = [line.cell(days) for line in part.lines if line.said(days)]
    are_days = all(is_day(value) or typed_moment(cleaned(shown(value))) for value in dated)
    return kind in (LOANS, EVENTS) and part.lines[0].said(days) != "" and are_days


def _form_of(number: str) -> str:
    """How a number is written, of several in a cell the first: 000113—000114 is of the form of 000112."""
    return _DIGIT.sub("0", _SEVERAL.split(number)[0])


def _are_coded(table: FoundTable, name: str) -> bool:
    at = table.columns.get(name, 0)
    cells = [line.cell(at) for line in table.lines if line.said(at)]
    return bool(cells) and all(map(_CODED[name], cells))


def _goes_on(number: str, following: str) -> bool:
    return number != following and follows(following, number)
