"""Lines of a sheet that are no entries: totals, repeated headers, footers, lines numbered or reckoned in advance."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from schoollib_xl.ledgers.parts import Part
from schoollib_xl.ledgers.schema import DeclaredSheet, Field, Kind
from schoollib_xl.ledgers.table import Oddity
from schoollib_xl.sheets.cells import ERROR_TEXTS, CellValue, ErrorValue, Uncalculated
from schoollib_xl.sheets.reading.recognising import plain_header
from schoollib_xl.sheets.reading.texts import NOTHING
from schoollib_xl.sheets.reading.tidy import shown
from schoollib_xl.sheets.reading.total_rows import brings_forward, says_total

# What the first cell of a total, or of a page's carry-over in a paper ledger, says. A name that happens to
# hold such a word is longer.
_TOTAL = re.compile(r"(?:合|小|总|共)计|^累计|^本页|过次页|承前页")
_LONGEST_TOTAL = 12
_OF_MONTH = frozenset(f"{span}{name}" for span in ("本月", "当月", "全月") for name in ("合计", "小计", "共计"))
# Among so many first cells of a total that is filled in throughout stands its word.
_FIRST_CELLS = 4
# 制表人：苏老师, 打印日期 2026-1-23, 第 1 页
_FOOTER = re.compile(
    r"^[^\d:：]{1,12}[:：]|^(?:制表|填表|打印|导出|审核|复核|校对|经手|经办|负责|主管|校长|馆长|管理员)|^[第共]\d+页"
)
# 以上 4041 笔核对无误 苏老师 2026.7.3; 以下空白, （完）
_CLOSING = re.compile(
    r"^[(\[]?(?:以上|以下|本账|此页|到此|至此|全部完)|(?:核对|核查|清点|盘点|复核|检查|登记|录入)(?:无误|完毕|相符|属实)"
    r"|^[(\[]?(?:完|完毕|结束|无正文)[)\]]?[.。]?$|(?:空白|无正文|完)[)\]]?[.。]?$"
)
# No number of a book, a reader or a receipt holds so many characters of a sentence.
_SENTENCE = re.compile(r"(?:[^\u4e00-\u9fff]*[\u4e00-\u9fff]){6}")
# Who signed, and as what.
_SIGNED = re.compile(r"[:：]|签字|签名|盖章")
# A footer says next to nothing in a sheet with many columns.
_FOOTER_CELLS = 4
# What a lookup says where there is nothing to look up, besides an error; lines alike that no hand writes below another.
_LOOKED_UP = frozenset({0, *NOTHING})
_TOO_OFTEN = 5
# What a formula comes to that failed, or was never worked out.
_NO_VALUE = (ErrorValue, Uncalculated)
# Excel's day 0 and what a loan's days add to it: =B9+14 where B9 is blank.
_OF_NO_DAY = 1900


class IncompleteLine(NamedTuple):
    """A line that lacks a value: its row as far as it could be read, and its cells."""

    row: Any
    cells: Sequence[CellValue]


class NonEntries:
    """What the lines of one Excel sheet are that lack a value they cannot do without."""

    def __init__(self, declared: DeclaredSheet, part: Part, last_sound: Any | None) -> None:
        """`last_sound` is the last row that lacks nothing, None where there is none."""
        self._declared = declared
        self._columns = [column - 1 for column in part.columns.values()]
        self._fields = [(declared.by_name[name], column - 1) for name, column in part.columns.items()]
        self._number_at = part.columns.get(declared.key, 0) - 1
        self._required = [field.name for field in declared.fields if not field.nullable]
        self._headers = {plain_header(declared.by_name[name].header) for name in part.columns}
        self._last_sound = last_sound
        self._known: dict[str, bool] = {}

    def of(self, lines: Sequence[IncompleteLine]) -> Iterator[tuple[int, Oddity | None]]:
        """(line, oddity) of the lines that are no entries; no oddity where nobody need mind."""
        # A line whose number is an error was an entry.
        feet = (line for line in lines if self._is_at_foot(line) and not isinstance(self._number(line), _NO_VALUE))
        entered = [(line, self._entered(line)) for line in feet]
        drawn_on = {line.row.line for line, cells in entered if not cells and self._filled(line)}
        drawn_on |= self._all_alike([line for line, cells in entered if cells])
        ahead = [line.row.line for line, cells in entered if cells == 1 and self._holds_its_number(line)]
        nothing_yet = drawn_on.union(ahead if len(ahead) > 1 else ())
        said: Sequence[CellValue] | None = None
        texts, is_header, is_total = [], False, False
        for line in lines:
            # Where a formula broke in all of them, lines say the same one after the other.
            if said != line.cells:
                said, texts = line.cells, _texts(line)
                is_header, is_total = self._is_header(texts), _is_total(texts)
            if is_header:
                yield line.row.line, Oddity.REPEATED_HEADER
            elif is_total:
                yield line.row.line, None if self._is_at_foot(line) else Oddity.SUBTOTAL_ROW
            elif not self._filled(line):
                yield line.row.line, Oddity.BLANK_ROW
            elif line.row.line in nothing_yet:
                yield line.row.line, None
            elif self._is_at_foot(line) and self._is_footer(line, texts):
                # A name or a title alone may be who signed, or all that was entered of a loan.
                yield line.row.line, None if _ends_a_page(texts[0]) else Oddity.CLOSING_LINE
            elif self._is_closing(line, texts):
                yield line.row.line, Oddity.CLOSING_LINE

    def _is_at_foot(self, line: IncompleteLine) -> bool:
        return self._last_sound is None or bool(line.row.line > self._last_sound.line)

    def _filled(self, line: IncompleteLine) -> int:
        """How many cells of the ledger's own columns hold anything."""
        held = [line.cells[i] for i in self._columns if i < len(line.cells)]
        return sum(not isinstance(value, str) or bool(value.strip()) for value in held)

    def _entered(self, line: IncompleteLine) -> int:
        """How many cells hold more than what a formula says that was drawn on below the entries."""
        filled = [(field, cell) for field, cell in self._held(line) if not isinstance(cell, str) or cell.strip()]
        return sum(not self._is_drawn_on(field, cell, getattr(line.row, field.name)) for field, cell in filled)

    def _is_drawn_on(self, field: Field, cell: CellValue, value: Any) -> bool:
        if field.column.running and self._last_sound is not None:
            return value is not None and bool(value == getattr(self._last_sound, field.name))
        if isinstance(value, date):
            return value.year == _OF_NO_DAY
        # What has no number looks nothing up: =VLOOKUP(…) says 0, a stroke or #N/A. A number that is an error was one.
        looks_up = field.name != self._declared.key
        return value == 0 or (looks_up and (cell in _LOOKED_UP or isinstance(cell, _NO_VALUE)))

    def _all_alike(self, lines: Sequence[IncompleteLine]) -> set[int]:
        """The lines among these that say the very same without a number or any value an entry needs, too often for a
        hand: =IFERROR(VLOOKUP(…),"查无此人").
        """
        lacking = [line for line in lines if self._lacks_all(line)]
        often = Counter(tuple(line.cells) for line in lacking)
        return {line.row.line for line in lacking if often[tuple(line.cells)] >= _TOO_OFTEN}

    def _held(self, line: IncompleteLine) -> list[tuple[Field, CellValue]]:
        return [(field, line.cells[at]) for field, at in self._fields if at < len(line.cells)]

    def _number(self, line: IncompleteLine) -> CellValue:
        return line.cells[self._number_at] if 0 <= self._number_at < len(line.cells) else ""

    def _lacks_all(self, line: IncompleteLine) -> bool:
        return self._number(line) == "" and all(getattr(line.row, name) is None for name in self._required)

    def _holds_its_number(self, line: IncompleteLine) -> bool:
        return getattr(line.row, self._declared.key) is not None

    def _is_header(self, texts: list[str]) -> bool:
        return len(texts) > 1 and sum(map(self._is_like_a_header, texts)) * 2 > len(texts)

    def _is_like_a_header(self, text: str) -> bool:
        # Lines without a value are many where a formula broke in all of them, and then they say the same.
        if text not in self._known:
            self._known[text] = plain_header(text) in self._headers
        return self._known[text]

    def _is_footer(self, line: IncompleteLine, texts: list[str]) -> bool:
        if len(texts) > min(_FOOTER_CELLS, len(self._columns) // 2) or texts[0] in ERROR_TEXTS:
            return False
        says_nothing = not any(getattr(line.row, f.name) for f in self._declared.fields if not f.nullable)
        return bool(_FOOTER.search(texts[0])) or (says_nothing and not self._is_begun(line, texts))

    def _is_closing(self, line: IncompleteLine, texts: list[str]) -> bool:
        """Whether a line says in words where the entries end, wherever it stands: a term is closed, and goes on."""
        if len(texts) > min(_FOOTER_CELLS, len(self._columns) // 2):
            return False
        return _is_closing_words(texts[0]) or (len(texts) == 1 and self._is_a_sentence_for_a_number(line))

    def _is_a_sentence_for_a_number(self, line: IncompleteLine) -> bool:
        numbers = (getattr(line.row, f.name) for f in self._declared.fields if f.kind is Kind.IDENTIFIER)
        return any(value and _SENTENCE.match(value) for value in numbers)

    def _is_begun(self, line: IncompleteLine, texts: list[str]) -> bool:
        """Whether a line says a name and a class, or the like, each in its own column: an entry somebody began."""
        held = [getattr(line.row, f.name) for f in self._declared.fields if f.kind is Kind.TEXT and f.nullable]
        return sum(value is not None for value in held) > 1 and not any(_SIGNED.search(text) for text in texts)


def _ends_a_page(text: str) -> bool:
    return bool(_FOOTER.search(text)) or _is_closing_words(text)


def _is_closing_words(text: str) -> bool:
    return bool(_CLOSING.search(unicodedata.normalize("NFKC", text)))


def is_total(line: IncompleteLine) -> bool:
    """Whether a line adds up others."""
    return _is_total(_texts(line))


def is_brought_forward(line: IncompleteLine) -> bool:
    """Whether a total is the sum of what stands before the rows: 承前页, 上年结转."""
    return any(map(brings_forward, _texts(line)[:_FIRST_CELLS]))


def is_of_month(line: IncompleteLine) -> bool:
    """Whether a total says to be of one month: 本月合计."""
    return any(text in _OF_MONTH for text in _texts(line)[:_FIRST_CELLS])


def _texts(line: IncompleteLine) -> list[str]:
    """What its cells say, without blanks."""
    return [text for value in line.cells if value != "" and (text := "".join(shown(value).split()))]


def words_of(line: IncompleteLine) -> str:
    """What stands in the line, as it is written."""
    return " ".join(shown(value).strip() for value in line.cells if value != "")


def _is_total(texts: Sequence[str]) -> bool:
    if texts and len(texts[0]) <= _LONGEST_TOTAL and _TOTAL.search(texts[0]):
        return True
    return any(map(says_total, texts[:_FIRST_CELLS]))
