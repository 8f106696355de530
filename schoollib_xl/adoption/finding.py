"""Where tables stand in a sheet: their headers, their rows, and what stands round them."""

import re
import unicodedata
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from schoollib_xl.adoption.deliveries import delivery_in
from schoollib_xl.adoption.headers import (
    FEWEST_HEADERS,
    TITLE_LINES,
    FilledLine,
    HeaderFinder,
    TableHeader,
    header_texts,
    may_head,
)
from schoollib_xl.adoption.kinds import BOOKS, EVENTS, LOANS, READERS, TELLING
from schoollib_xl.adoption.list_titles import (
    as_named,
    heads_what_is_to_come,
    is_account_of_books,
    tells_whether_held,
)
from schoollib_xl.adoption.own_names import BY_MAPPING, OwnNames, SheetNames
from schoollib_xl.adoption.page_titles import joined_pages, repeats_title, titles_in
from schoollib_xl.adoption.reader_cards import reader_over
from schoollib_xl.adoption.said_round import approver_in, day_of_going, day_over
from schoollib_xl.adoption.tables import (
    ABOVE,
    CLOSING,
    CORRECTION,
    HEADER,
    REPEATED,
    TOTAL,
    UNKNOWN,
    UNWANTED,
    FoundTable,
    RowSetAside,
)
from schoollib_xl.adoption.words import CLOSINGS, LABELLED, REMARKS, SIGNED_BY, SIGNED_ON, end_of_all
from schoollib_xl.adoption.years import time_told
from schoollib_xl.ledgers.grades import class_in, whole_grade_in
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.sheets.cells import CellValue, Grid
from schoollib_xl.sheets.opening.grids import is_blank
from schoollib_xl.sheets.reading.dittos import DITTO_MARKS
from schoollib_xl.sheets.reading.recognising import HEADER_DEPTH
from schoollib_xl.sheets.reading.tidy import shown
from schoollib_xl.sheets.reading.total_rows import is_total

_HEADER_ENDS = tuple("号名者社价期数级班别类地注人址码间况态位型")
_FIGURE = re.compile(r"\d")
_FEW_LINES = 5
# 2024年9月购入图书, 社会捐赠书目: no book is called so.
_OF_A_DELIVERY = re.compile(
    r"(?:20\d{2}年?)?(?:\d{1,2}月(?:份)?)?.{0,8}(?:购入|购置|采购|新购|捐赠|赠送|配发|调拨|入库|入藏|移交|注销|剔除|报废)的?"
    r"(?:图书|书籍|书刊)(?:目录|书目|清单|明细|登记|登记表|明细表)?(?:[(（].*[)）])?"
)
_OF_COPIES = re.compile(r"[册本]数|种数|[(（][册本种][)）]")
# 班级：三（1）班 | 班主任：陈静 | 人数：30.
_MOST_OF_A_TITLE = 3
# （元） or 册 on the row below the headers: in what is counted, not what is.
_UNIT = re.compile(r"[(（][^()（）]{1,10}[)）]|[元角分册本套种次页年月日]")
# 更正：9.12 韦明借的是12号 or 此页作废, on a line of its own.
_CORRECTION = re.compile("(?:更正|订正|勘误|改正)[:：]|(?:[此本该上]|以上)[页行各].{0,4}作废")
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
    is_to_come = False
    for header, end in zip(headers, bounds, strict=True):
        body = [line for line in lines if header.line.row < line.row < end]
        below = _of_the_next(body, header, titles) if header is not headers[-1] else []
        body = body[: len(body) - len(below)]
        # A page without a title goes on with what stood on the page before; the first is known by its title already.
        is_to_come = any(heads_what_is_to_come(line.text) for line in above) or (is_to_come and not above)
        is_numbered = not {"accession_no", "barcode"}.isdisjoint(header.columns)
        is_wanted = not is_to_come or is_numbered or header is headers[0]
        if not is_wanted or _counts_copies(header, body, " ".join([sheet, *(line.text for line in above)])):
            found.append(_set_aside(own, [*above, *header.lines, *body], UNKNOWN))
        else:
            found += _tables(own, header, body, above)
        above = below
        titles |= titles_in(above)
    joined = list(joined_pages(found))
    for table in joined:
        # In sheets of our own making 同上 is what somebody wrote.
        if table.kind in TELLING:
            _write_out_dittos(table)
    return joined


def _counts_copies(header: TableHeader, body: list[FilledLine], title: str) -> bool:
    """Whether 收入, 支出 and 结存 of what looks like an account of money are of copies, by its headers, those on a
    second line, or its title.
    """
    said = " ".join(line.text for line in (*header.lines, *body[:1]))
    is_of_copies = _OF_COPIES.search(said) is not None or is_account_of_books(title)
    return header.kind.sheet is SHEETS[CashRow] and is_of_copies


def _of_the_next(body: list[FilledLine], header: TableHeader, titles: Set[str]) -> list[FilledLine]:
    """The last lines of a table that stand over the next one: they say whose it is, a reader's or a class's, of which
    term or delivery, whether the books are held, or repeat one of the titles above, as on every page.
    """
    is_of_people = header.kind in (READERS, LOANS, EVENTS)
    last = body[-TITLE_LINES:]
    at = [
        index
        for index, line in enumerate(last)
        if (is_of_people and (_tells_whose(line, header) or time_told(line.alone)))
        or repeats_title(line, titles)
        # Below the line over a delivery may stand the last of its books.
        or all(_heads_delivery(one, header) for one in last[index:])
        or (len(line.texts) == 1 and (tells_whether_held(line.text) is not None or heads_what_is_to_come(line.text)))
    ]
    return last[at[0] :] if at else []


def _heads_delivery(line: FilledLine, header: TableHeader) -> bool:
    """Whether a line says of the books below it when or how they came or went: 捐赠图书 | 入库日期：2025年3月15日. Who
    approved a list, or signed it, stands below.
    """
    is_short = len(line.texts) <= _MOST_OF_A_TITLE and all(isinstance(value, str) for value in line.cells)
    is_said = (day_over(line.text) or day_of_going(line.text)) and not _is_closing(line)
    is_told = is_said or all(map(_OF_A_DELIVERY.fullmatch, line.texts.values()))
    return (is_short and bool(is_told)) or (header.kind is BOOKS and delivery_in(line, header.columns) is not None)


def _tells_whose(line: FilledLine, header: TableHeader) -> bool:
    if header.kind is not READERS and reader_over(line.text):
        return True
    # Where each row has its class, 甲一 | 三（1）班 is a row.
    is_short = len(line.texts) <= _MOST_OF_A_TITLE and all(isinstance(value, str) for value in line.cells)
    is_said = class_in(line.text) is not None or whole_grade_in(line.alone) is not None
    return is_short and "class_name" not in header.columns and is_said


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
    header = None if columns else _guessed_header(lines)
    if header is not None:
        body = [line for line in lines if line.row > header.row]
        above = [line for line in lines if line.row < header.row]
        columns = finder.columns(kind, header_texts(header.cells) or ())
        return _table(own, TableHeader(header, kind, columns, header.texts), body, above)
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
    own: SheetNames, header: TableHeader, body: list[FilledLine], above: list[FilledLine]
) -> Iterator[FoundTable]:
    """The tables below one header: where a line of its own says that another class begins, so does another table."""
    is_of_classes = header.kind in (READERS, LOANS, EVENTS)
    starts = [
        at for at, line in enumerate(body) if is_of_classes and len(line.texts) == 1 and _tells_whose(line, header)
    ]
    first, *others = [body[start:end] for start, end in pairwise([0, *starts, len(body)])]
    yield _table(own, header, first, above)
    for title, *rows in others:
        table = _table(own, header, rows, [title])
        table.non_entries = [one for one in table.non_entries if one.line not in header.lines]
        yield table


def _table(own: SheetNames, header: TableHeader, body: list[FilledLine], above: list[FilledLine]) -> FoundTable:
    sheet = as_named(own.sheet)
    table = FoundTable(
        own.file, own.sheet, header.line.row, header.kind, {**header.texts}, {**header.columns}, names=own.names
    )
    title = " ".join(line.text for line in above)
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
        elif is_total(list(line.texts.values())) or _is_of_marks(table, line):
            table.non_entries.append(RowSetAside(line, TOTAL))
        elif line.texts == table.headers:
            table.non_entries.append(RowSetAside(line, REPEATED))
        elif at == 0 and all(map(_UNIT.fullmatch, line.texts.values())):
            table.non_entries.append(RowSetAside(line, HEADER))
        elif _CORRECTION.match(line.alone):
            table.non_entries.append(RowSetAside(line, CORRECTION))
        elif len(table.headers) > 1 and _is_closing(line):
            table.non_entries.append(RowSetAside(line, CLOSING))
        else:
            table.lines.append(line)


def _is_of_marks(table: FoundTable, line: FilledLine) -> bool:
    """Whether a row of a list of pupils says what their marks come to."""
    return table.kind is READERS and line.said(table.columns.get("name", 0)) in _OF_MARKS


def _signature(body: Sequence[FilledLine]) -> int:
    """Where the lines begin with which a list is signed below; its length where it is not."""
    start = end = len(body)
    for at in range(end - 1, -1, -1):
        text = _plain(body[at].alone)
        is_end = SIGNED_ON.fullmatch(text) or _is_closing(body[at]) or approver_in(text)
        if not is_end and not SIGNED_BY.fullmatch(text):
            break
        # A school, or a sentence, alone may be the title of a book.
        if is_end or at + 1 == start < end:
            start = at
    return start


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(" ", "")


def _is_closing(line: FilledLine) -> bool:
    text = _plain(line.text)
    if len(line.texts) == 1:
        return any(form.fullmatch(text) for form in (CLOSINGS, REMARKS)) or end_of_all(text) is not None
    return CLOSINGS.fullmatch(text) is not None or all(map(LABELLED.fullmatch, text.split("|")))


def _write_out_dittos(table: FoundTable) -> None:
    for above, line in pairwise(table.lines):
        for at, value in enumerate(line.cells[: len(above.cells)]):
            if isinstance(value, str) and value.strip() in DITTO_MARKS and above.cells[at] != "":
                line.cells[at] = above.cells[at]
                table.dittos.add((line.row, at + 1))
