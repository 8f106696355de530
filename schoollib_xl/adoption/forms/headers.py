"""Headers: which row of a sheet heads a table, of which kind, and which of its cells names which field."""

import re
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from schoollib_xl.adoption.forms.english import headers_meant, in_chinese, in_two_languages, is_personal_in_english
from schoollib_xl.adoption.forms.filled_lines import FilledLine
from schoollib_xl.adoption.forms.kinds import EVENTS, KINDS, LOANS, NAMED, PERIODICALS, READERS, SHEET_NAMES, TELLING
from schoollib_xl.adoption.forms.list_titles import fitting, said_round, tells_of_what_is_gone
from schoollib_xl.adoption.forms.other_sheets import whole_or_called
from schoollib_xl.adoption.forms.own_names import OwnNames, SheetNames
from schoollib_xl.adoption.forms.reader_cards import reader_over
from schoollib_xl.adoption.forms.table_kinds import TableKind
from schoollib_xl.adoption.forms.vague_headers import settled
from schoollib_xl.adoption.forms.words import PERSONAL, ROW_NUMBERS
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import Group
from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.reading.recognising import HEADER_DEPTH, Names, declared_for, plain_header

# A cell wider than this is no header; a Chinese character is as wide as two of ours.
_WIDEST_HEADER = 32
FEWEST_HEADERS = 2
_DAYS = frozenset({"日期", "时间", "年月", "年份", "年"})
# What says only below the word of its group of what it is: 登记 over 日期 and 号码.
_OF_A_GROUP = _DAYS | {"号码", "号", "编号"}
# What a header means by what stands below it: how books are counted, or who reads.
_BY_WHAT_IS_BELOW = (
    ("单位", "计量单位", re.compile(r"(?:\d+[册本]/)?[册本套部函份张盒片幅种箱盘个件](?:[(/].*)?")),
    ("学生", "学生姓名", re.compile(r"(?![一二三四五六七八九十百]+[人名个位]|教|老师|职)[\u4e00-\u9fff·]{2,6}")),
)
_NAMES = frozenset({"姓名", "学生姓名"})
# The kinds that may take columns by what else stands in the row (`settled`), though they know none of its headers.
_SETTLED = frozenset({LOANS, PERIODICALS})
_LEDGERS = {sheet.name for sheet in ALL_SHEETS if sheet.group is Group.LEDGER}
# Lines below a header that tell what stands under it.
_SAMPLE = 50
# So many lines above a header may be its title.
TITLE_LINES = 3
# The last characters of all known headers, full width and traditional ones too.
_ENDS = frozenset(
    {word[-1:] for kind in TELLING for word in kind.headers}
    | set(")）Ｎ號書館錄冊數價單類條碼證級學還歸狀態編責頁註間時種")
)


class TableHeader(NamedTuple):
    """A header: the kind of its table, the column of each field, the text over each column. Where it stands on two
    rows, `line` is the lower one and `upper` the other.
    """

    line: FilledLine
    kind: TableKind
    columns: dict[str, int]
    texts: dict[int, str]
    upper: FilledLine | None = None

    @property
    def lines(self) -> list[FilledLine]:
        """Its rows, from above."""
        return [self.upper, self.line] if self.upper else [self.line]

    @property
    def first_row(self) -> int:
        """The number of its first row."""
        return self.lines[0].row


class HeaderFinder:
    """Finds the headers of one sheet, with what the school says about its own tables."""

    def __init__(self, own: SheetNames) -> None:
        self._own = own
        self._file, self._sheet = own.file, own.sheet
        self._named = own.kind or _kind_by_name(own.sheet)

    def headers(self, lines: Sequence[FilledLine]) -> Iterator[TableHeader]:
        """Every row that is the header of some kind of table, the first of a sheet near its top."""
        end = -1
        last: TableHeader | None = None
        for index, line in enumerate(lines):
            if last is None and index >= HEADER_DEPTH:
                return
            if index <= end or not (last is None or _may_be_header(line.cells, self._own.names.words)):
                continue
            title = self._title(lines, index) if last is None else lines[index - 1].alone
            if last and not tells_of_what_is_gone(title):
                title = ""
            page = lines[index : index + len(last.lines)] if last and not title else []
            if last and page and [one.texts for one in page] == [one.texts for one in last.lines]:
                # A page that begins with the header again goes on with the list, whatever else its title said.
                header: TableHeader | None = last._replace(line=page[-1], upper=page[0] if last.upper else None)
            else:
                header = self._header_at(lines, index, title)
            if header and not self._is_card(header, lines, index):
                last, end = header, index + len(header.lines) - 1
                yield header

    def columns(self, kind: TableKind, texts: Sequence[str]) -> dict[str, int]:
        """Field → column of every header that is one of the kind's, by 账册对照 first, then by its own name before
        any other name for it; of two columns for one field the left one.
        """
        positions = {text: at for at, text in reversed(list(enumerate(texts, 1))) if text}
        columns = self._own.columns(kind, positions)
        taken = {*columns.values(), *self._own.refused(positions)}
        free = sorted((at, text) for text, at in positions.items() if at not in taken)
        for at, text in free:
            if (name := kind.own_headers.get(text)) and name not in columns:
                columns[name] = at
                taken.add(at)
        called = {at: list(dict.fromkeys(kind.called(text))) for at, text in free if at not in taken}
        # 借书日期 goes before 日期, wherever that stands, and 财产号 before 馆藏条码, which may be a barcode.
        for at, _ in sorted(free, key=lambda one: (_is_day(one[1]), "barcode" in called.get(one[0], ()))):
            if name := next((one for one in called.get(at, ()) if one not in columns), None):
                columns[name] = at
        return settled(kind, [(at, in_chinese(text)) for at, text in free], columns)

    def _title(self, lines: Sequence[FilledLine], index: int) -> str:
        """What stands above a header: a title is of what stands right below it."""
        above = lines[max(0, index - TITLE_LINES) : index]
        return " ".join([self._file, self._sheet, *(line.text for line in above)])

    def _is_card(self, header: TableHeader, lines: Sequence[FilledLine], index: int) -> bool:
        """Whether 姓名 | 甲一 | 班级 | 三（1）班 only says whose the loans below are."""
        if header.kind is not READERS or not reader_over(header.line.text) or index + 1 >= len(lines):
            return False
        below = self._header_at(lines, index + 1, self._title(lines, index + 1))
        return below is not None and below.kind in (LOANS, EVENTS)

    def _header_at(self, lines: Sequence[FilledLine], index: int, title: str) -> TableHeader | None:
        """The header that begins here, on one row or on two where these tell more than either does alone."""
        upper = lines[index]
        texts = self._as_meant(header_texts(upper.cells), lines[index + 1 : index + _SAMPLE])
        if texts is None:
            return None
        single = self.header(upper, texts, title)
        lower = next((line for line in lines[index + 1 : index + 2] if line.row == upper.row + 1), None)
        below = self._as_meant(header_texts(lower.cells), lines[index + 2 : index + _SAMPLE]) if lower else None
        if lower is None or below is None:
            return single
        stacked = _stacked(texts, below)
        double = self.header(lower, stacked, title)
        alone = [header for header in (single, self.header(lower, below, title)) if header]
        # Cells merged over both rows say the same on each.
        are_merged = sum(high == low != "" for high, low in zip(texts, below, strict=False)) >= FEWEST_HEADERS
        if double is None or not (are_merged or all(len(one.columns) < len(double.columns) for one in alone)):
            return single
        return double._replace(texts=upper.texts | lower.texts, upper=upper)

    def _as_meant(self, texts: tuple[str, ...] | None, below: Sequence[FilledLine]) -> tuple[str, ...] | None:
        """The headers, 单位 as 计量单位 where 册, 本 or 套 stands below and 学生 as 学生姓名 where names do, unless the
        school says what they are.
        """
        for header, meant, told in _BY_WHAT_IS_BELOW:
            if not texts or header not in texts or self._own.says(header):
                continue
            at = texts.index(header)
            cells = [plain_header(cell) for line in below if (cell := line.cell(at + 1)) != ""]
            if sum(map(bool, map(told.fullmatch, cells))) * 2 > len(cells):
                texts = (*texts[:at], meant, *texts[at + 1 :])
        return texts

    def header(self, line: FilledLine, texts: Sequence[str], title: str) -> TableHeader | None:
        """The header that a row of these texts is under this title; None where it is none."""
        if sum(map(bool, texts)) < FEWEST_HEADERS:
            is_names = self._named in (None, READERS) and not _NAMES.isdisjoint(texts) and READERS.fits(["name"], title)
            return TableHeader(line, READERS, self.columns(READERS, texts), line.texts) if is_names else None
        if named := self._named:
            columns = self.columns(named, texts)
            filled = sum(map(bool, texts))
            telling = frozenset().union(*named.signature) or named.by_name.keys()
            if len(columns) >= FEWEST_HEADERS and len(columns) * 2 >= filled and columns.keys() & telling:
                return TableHeader(line, named, columns, line.texts)
        candidates = self._candidates(TELLING, texts)
        said = title.removeprefix(self._file).strip() or self._sheet
        found = fitting(candidates, title, said_round(self._file, said), list(map(in_chinese, texts)))
        if not found:
            ours = whole_or_called(self._candidates(NAMED, texts), [self._sheet, *title.split()], texts)
            return TableHeader(line, *ours, line.texts) if ours else None
        most = max(len(columns) for _, columns in found)
        # A kind that asks more of a header goes before one that knows a single header more.
        best = next(one for one in found if len(one[1]) >= most - 1)
        return TableHeader(line, *best, line.texts)

    def _candidates(self, kinds: Sequence[TableKind], texts: Sequence[str]) -> list[tuple[TableKind, dict[str, int]]]:
        """Each kind with the columns it has here: most rows of a table are tried, and most kinds know none of them."""
        known = _SETTLED.union(*map(_knowing, filter(None, texts)))
        known = known.union([] if self._own.names.words.isdisjoint(texts) else kinds)
        return [(kind, self.columns(kind, texts) if kind in known else {}) for kind in kinds]


def _is_day(text: str) -> bool:
    """Whether a header names a day, or a column of one (日期(日)), without saying of what."""
    return text.partition("(")[0] in _DAYS


# As many words as some pages of a list have, 借书 and 三（1）班 in most rows, and twice as many as a sheet has columns
# (16,384), each of which is asked several times. About 16 MiB at most.
@lru_cache(maxsize=1 << 15)
def _knowing(text: str) -> frozenset[TableKind]:
    """The kinds that may have a column of this header."""
    return frozenset(kind for kind in (*TELLING, *NAMED) if any(True for _ in kind.called(text)))


def _may_be_header(cells: Sequence[CellValue], own: Set[str]) -> bool:
    """Whether two of the cells end as known headers do, or have a word of English that one has, or one is a school's
    own header: quick, for the rows of a table are many and seldom headers.
    """
    if own and not own.isdisjoint(header_texts(cells) or ()):
        return True
    ends = 0
    for value in cells:
        if not value or not isinstance(value, str):
            continue
        end = value.rstrip("*＊:： ")[-1:].upper()
        if end in _ENDS or ("A" <= end <= "Z" and may_head(value) and _has_english(_folded(value))):
            ends += 1
            if ends == FEWEST_HEADERS:
                return True
    return False


def _has_english(header: str) -> bool:
    return any(headers_meant(both.english if (both := in_two_languages(header)) else header))


def _kind_by_name(sheet: str) -> TableKind | None:
    match = declared_for(sheet, Names())
    return KINDS[match[0].name] if match and match[0].name in SHEET_NAMES else None


def header_texts(cells: Sequence[CellValue]) -> tuple[str, ...] | None:
    """The row's cells as headers; None where it cannot be a header: figures, long texts, a cell or two."""
    texts = tuple(_folded(value) if may_head(value) else "" for value in cells if isinstance(value, str))
    return texts if len(texts) == len(cells) and any(texts) else None


def may_head(text: str) -> bool:
    """Whether a text is short enough for a header."""
    return sum(1 if sign.isascii() else 2 for sign in text) <= _WIDEST_HEADER


@lru_cache(maxsize=1 << 14)
def _folded(text: str) -> str:
    return plain_header(text)


def _stacked(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """Two rows of headers as one: the lower word, a day or a number with the group over it, 年月 below 出版社及时间 as
    出版年月.
    """
    group = ""
    stacked: list[str] = []
    for high, low in zip_longest(upper, lower, fillvalue=""):
        group = high or group
        whole = [f"{group[:end]}{low}" for end in range(len(group), 1, -1)] if low in _OF_A_GROUP else []
        stacked.append(next((one for one in whole if any(one in kind.headers for kind in TELLING)), low or high))
    return tuple(stacked)


def has_header(cells: Sequence[CellValue], title: str) -> bool:
    """Whether the cells can be the header of a list or a ledger under this title."""
    texts, finder = header_texts(cells), HeaderFinder(OwnNames().of_sheet("", ""))
    header = finder.header(FilledLine(0, list(cells)), texts, title) if texts else None
    return header is not None and (header.kind in TELLING or header.kind.name in _LEDGERS)


def is_personal(header: str) -> bool:
    """Whether a column holds what a library need not know of a person."""
    return any(word in header for word in PERSONAL) or is_personal_in_english(header)


def is_row_number(header: str) -> bool:
    """Whether a column only counts the rows."""
    return not {"".join(header.split()), in_chinese(plain_header(header))}.isdisjoint(ROW_NUMBERS)
