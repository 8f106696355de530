"""Where tables stand in a sheet: their headers, their rows, and what stands round them."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from schoollib_xl.adoption.forms.between_tables import (
    counts_copies,
    is_closing,
    of_the_next,
    tells_whose,
    without_blanks,
)
from schoollib_xl.adoption.forms.filled_lines import FilledLine
from schoollib_xl.adoption.forms.headers import FEWEST_HEADERS, HeaderFinder, TableHeader, header_texts, may_head
from schoollib_xl.adoption.forms.kinds import EVENTS, LOANS, READERS, TELLING
from schoollib_xl.adoption.forms.legends import is_legend
from schoollib_xl.adoption.forms.list_titles import as_named, heads_what_is_to_come
from schoollib_xl.adoption.forms.own_names import BY_MAPPING, OwnNames, SheetNames
from schoollib_xl.adoption.forms.page_titles import joined_pages, titles_in
from schoollib_xl.adoption.forms.said_round import approver_in
from schoollib_xl.adoption.forms.tables import (
    ABOVE,
    CLOSING,
    CORRECTION,
    HEADER,
    REPEATED,
    TIME,
    TOTAL,
    UNKNOWN,
    UNWANTED,
    FoundTable,
    RowSetAside,
)
from schoollib_xl.adoption.forms.words import SIGNED_BY, SIGNED_ON
from schoollib_xl.adoption.forms.years import is_time, time_in, time_told
from schoollib_xl.ledgers.grades import class_in
from schoollib_xl.sheets.cells import CellValue, Grid
from schoollib_xl.sheets.opening.grids import is_blank
from schoollib_xl.sheets.reading.dittos import DITTO_MARKS
from schoollib_xl.sheets.reading.recognising import HEADER_DEPTH
from schoollib_xl.sheets.reading.tidy import shown
from schoollib_xl.sheets.reading.total_rows import is_total

_HEADER_ENDS = tuple("号名者社价期数级班别类地注人址码间况态位型")
_FIGURE = re.compile(r"\d")
_FEW_LINES = 5
# （元） or 册 on the row below the headers: in what is counted, not what is.
_UNIT = re.compile(r"[(（][^()（）]{1,10}[)）]|[元角分册本套种次页年月日]")
# 更正：9.12 韦明借的是12号 or 此页作废, on a line of its own.
_CORRECTION = re.compile("(?:更正|订正|勘误|改正)[:：]|(?:[此本该上]|以上)[页行各].{0,4}作废")
# 本柜合计, A类小计: a part of the list and what it comes to, in figures.
_OF_A_PART, _SUM = (
    re.compile(r"([^，。《》]{1,8})(?:合计|小计|总计|共计)[:：]?"),
    re.compile(r"[￥¥]?[\d.,]+[元册本种套人]?"),
)
_PART = re.compile(r"[本柜架橱类級级班校室组箱包捆批次页库层排区年月日期点部A-Z\d)）]$")
_OF_ONE = ("author", "isbn", "barcode", "reader_no", "publisher", "class_no", "lent_on")
# What stands below the names of a list of marks.
_OF_MARKS = frozenset(["平均", "平均分", "人均", "总分", "及格率", "优秀率", "合格率", "最高分", "最低分"])


def find_tables(file: str, sheet: str, grid: Grid, names: OwnNames) -> list[FoundTable]:
    """The tables of one sheet, side by side and one below the other; every filled row is in exactly one."""
    lines = [FilledLine(row, cells) for row, cells in enumerate(grid, 1) if not is_blank(cells)]
    if not lines:
        return []
    own = names.of_sheet(file, sheet)
    if own.is_unwanted:
        return [_set_aside(own, lines, UNWANTED)]
    finder = HeaderFinder(own)
    headers = list(finder.headers(lines))
    if not headers:
        return [_unrecognised(own, lines, finder)]
    bounds = [*(header.first_row for header in headers[1:]), lines[-1].row + 1]
    above = [line for line in lines if line.row < headers[0].first_row]
    titles = titles_in(above)
    found: list[FoundTable] = []
    is_to_come, time = False, ""
    for header, end in zip(headers, bounds, strict=True):
        body = [line for line in lines if header.line.row < line.row < end]
        below = of_the_next(body, header, titles) if header is not headers[-1] else []
        body = body[: len(body) - len(below)]
        # A page without a title goes on with what stood on the page before; the first is known by its title already.
        is_to_come = any(heads_what_is_to_come(line.text) for line in above) or (is_to_come and not above)
        is_numbered = not {"accession_no", "barcode"}.isdisjoint(header.columns)
        is_wanted = not is_to_come or is_numbered or header is headers[0]
        if not is_wanted or counts_copies(header, body, " ".join([sheet, *(line.text for line in above)])):
            found.append(_set_aside(own, [*above, *header.lines, *body], UNKNOWN))
        else:
            found += _tables(own, header, body, above, time if header.kind in (LOANS, EVENTS) else "")
        # The year in the title of the first holds below it until another is said.
        time = time_in(" ".join(line.text for line in above)) or time
        above = below
        titles |= titles_in(above)
    joined = list(joined_pages(found))
    for table in joined:
        # In sheets of our own making 同上 is what somebody wrote.
        if table.kind in TELLING:
            write_out_dittos(table)
    return joined


def _set_aside(own: SheetNames, lines: list[FilledLine], reason: str) -> FoundTable:
    table = FoundTable(own.file, own.sheet, 0, None, names=own.names)
    table.non_entries = [RowSetAside(line, reason, is_record=reason == UNKNOWN) for line in lines]
    table.headers = {position: f"第{position}列" for position in range(1, _width(lines) + 1)}
    if (header := _guessed_header(lines)) is not None:
        table.headers |= header.texts
    return table


def _unrecognised(own: SheetNames, lines: list[FilledLine], finder: HeaderFinder) -> FoundTable:
    """A table whose header nobody knows: taken over only as 账册对照 says what it is."""
    kind = own.kind
    if kind is None:
        return _set_aside(own, lines, UNKNOWN)
    numbered = {f"第{position}列": position for position in range(1, _width(lines) + 1)}
    columns = own.columns(kind, numbered)
    header = _guessed_header(lines)
    if header is not None:
        body = [line for line in lines if line.row > header.row]
        above = [line for line in lines if line.row < header.row]
        columns = columns or finder.columns(kind, header_texts(header.cells) or ())
        return table_below(own, TableHeader(header, kind, columns, header.texts), body, above)
    headers = {at: text for text, at in numbered.items()}
    table = FoundTable(own.file, own.sheet, 0, kind, headers, columns, heading=own.sheet, names=own.names)
    table.how = dict.fromkeys(columns.values(), BY_MAPPING)
    table.lines = lines
    return table


def _guessed_header(lines: Sequence[FilledLine]) -> FilledLine | None:
    """The first line of several words, where it reads like a header: no word twice, none with a figure, and words
    that headers end with, or figures below.
    """
    for index, line in enumerate(lines[:HEADER_DEPTH]):
        texts = list(line.texts.values())
        if len(texts) >= FEWEST_HEADERS:
            is_plain = _are_words(line.cells) and len(set(texts)) == len(texts)
            below = lines[index + 1 : index + 1 + _FEW_LINES]
            is_telling = any(text.endswith(_HEADER_ENDS) for text in texts) or any(map(_has_figures, below))
            return line if is_plain and is_telling else None
    return None


def _are_words(cells: Sequence[CellValue]) -> bool:
    filled = [value for value in cells if value != ""]
    return all(isinstance(v, str) and not _FIGURE.search(v) and may_head(v) for v in filled)


def _has_figures(line: FilledLine) -> bool:
    return any(_FIGURE.search(shown(value)) for value in line.cells)


def _width(lines: list[FilledLine]) -> int:
    return max(len(line.cells) for line in lines)


def _tables(
    own: SheetNames, header: TableHeader, body: list[FilledLine], above: list[FilledLine], time: str
) -> Iterator[FoundTable]:
    """The tables below one header: where a line of its own says that another class begins, so does another table;
    `time` is what was said further up of the days of loans.
    """
    said = " ".join(line.text for line in above)
    is_of_classes = header.kind in (READERS, LOANS, EVENTS)
    starts = [
        at for at, line in enumerate(body) if is_of_classes and len(line.texts) == 1 and tells_whose(line, header)
    ]
    first, *others = [body[start:end] for start, end in pairwise([0, *starts, len(body)])]
    yield table_below(own, header, first, above, "" if time_told(said) else time)
    for title, *rows in others:
        times = [time_in(said) or time, *(line.alone for line in body if line.row < title.row and is_time(line.alone))]
        table = table_below(own, header, rows, [title], "" if time_told(title.text) else times[-1])
        table.non_entries = [one for one in table.non_entries if one.line not in header.lines]
        yield table


def table_below(
    own: SheetNames, header: TableHeader, body: list[FilledLine], above: list[FilledLine], time: str = ""
) -> FoundTable:
    """The table that a header heads; `above` are the lines over it, `time` what was said further up of its days."""
    sheet = as_named(own.sheet)
    table = FoundTable(
        own.file, own.sheet, header.line.row, header.kind, {**header.texts}, {**header.columns}, names=own.names
    )
    title = " ".join([time, *(line.text for line in above)]).lstrip()
    # Below the name of a class in the title that of the sheet says nothing, where it is another's.
    is_of_another = class_in(title) and class_in(sheet) and class_in(f"{sheet} {title}") is None
    table.heading = title if is_of_another else f"{sheet} {title}".rstrip()
    table.how = table.known_by(header.kind, header.columns)
    table.non_entries = [RowSetAside(line, ABOVE) for line in above]
    table.non_entries += [RowSetAside(line, HEADER) for line in header.lines]
    _sort_out(table, body)
    return table


def _sort_out(table: FoundTable, body: Sequence[FilledLine]) -> None:
    """The rows of the table; totals and closing words apart."""
    signed_from = _signature(body)
    for at, line in enumerate(body):
        if at >= signed_from:
            table.non_entries.append(RowSetAside(line, CLOSING))
        elif is_total(list(line.texts.values())) or _is_subtotal(table, line) or _is_of_marks(table, line):
            table.non_entries.append(RowSetAside(line, TOTAL))
        elif line.texts == table.headers or _says_its_headers(table, line):
            table.non_entries.append(RowSetAside(line, REPEATED))
        elif at == 0 and all(map(_UNIT.fullmatch, line.texts.values())):
            table.non_entries.append(RowSetAside(line, HEADER))
        elif table.kind in (LOANS, EVENTS) and is_time(line.alone):
            table.non_entries.append(RowSetAside(line, TIME))
        elif _CORRECTION.match(line.alone):
            table.non_entries.append(RowSetAside(line, CORRECTION))
        elif len(table.headers) > 1 and (is_closing(line) or is_legend(line)):
            table.non_entries.append(RowSetAside(line, CLOSING))
        else:
            table.lines.append(line)


def _is_subtotal(table: FoundTable, line: FilledLine) -> bool:
    """Whether a line adds up what its first cell names, and is of no reader or book: 本柜合计, 一年级合计 40; 文学小计
    where its copies are those above.
    """
    (at, first), *others = line.texts.items() or [(0, "")]
    match = _OF_A_PART.fullmatch(first)
    is_named = any(line.said(column) for name in _OF_ONE if (column := table.columns.get(name, at)) != at)
    if match is None or not others or is_named or not all(_SUM.fullmatch(text) for _, text in others):
        return False
    if _PART.search(match[1]):
        return True
    held = table.columns.get("held", 0)
    before = max((one.line.row for one in table.non_entries if one.reason == TOTAL), default=0)
    counted = [own.said(held) for own in table.lines if own.row > before]
    return all(map(str.isdecimal, counted)) and str(sum(map(int, counted))) == line.said(held)


def _says_its_headers(table: FoundTable, line: FilledLine) -> bool:
    """Whether 姓名 stands under 姓名: a header merged over two rows, or a page with other headers beside it."""
    named = (table.columns[name] for name in ("name", "title") if name in table.columns)
    return any(line.said(at) == table.headers[at] for at in named)


def _is_of_marks(table: FoundTable, line: FilledLine) -> bool:
    """Whether a row of a list of pupils says what their marks come to."""
    return table.kind is READERS and line.said(table.columns.get("name", 0)) in _OF_MARKS


def _signature(body: Sequence[FilledLine]) -> int:
    """Where the lines begin with which a list is signed below; its length where it is not."""
    start = end = len(body)
    for at in range(end - 1, -1, -1):
        text = without_blanks(body[at].alone)
        is_end = SIGNED_ON.fullmatch(text) or is_closing(body[at]) or approver_in(text)
        if not is_end and not SIGNED_BY.fullmatch(text):
            break
        # A school, or a sentence, alone may be the title of a book.
        if is_end or at + 1 == start < end:
            start = at
    return start


def write_out_dittos(table: FoundTable, before: Sequence[FilledLine] = ()) -> None:
    """Write out the marks for "as above"; the first line may go on with one `before` it on another sheet."""
    for above, line in pairwise([*before, *table.lines]):
        for at, value in enumerate(line.cells[: len(above.cells)]):
            if isinstance(value, str) and value.strip() in DITTO_MARKS and above.cells[at] != "":
                line.cells[at] = above.cells[at]
                table.dittos.add((line.row, at + 1))
