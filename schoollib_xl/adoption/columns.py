"""Columns known by what stands in them, where their headers say nothing: ISBN, class numbers, prices, numbers."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from schoollib_xl.adoption.cells import price_of
from schoollib_xl.adoption.headers import is_row_number
from schoollib_xl.adoption.kinds import BOOKS, READERS
from schoollib_xl.adoption.states import state_in
from schoollib_xl.adoption.tables import FoundTable
from schoollib_xl.ledgers.identifiers import is_class_no
from schoollib_xl.ledgers.vocabulary import CLASS_LETTERS
from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.reading.texts import book_number, class_number, cleaned
from schoollib_xl.sheets.reading.tidy import shown

_SAMPLE = 200
# So many of the filled cells must be of the kind before a column is taken for it.
_MOST = 0.8
_FEWEST = 3
# Numbers stamped on books or cards are at least this long; shorter ones count rows.
_FEWEST_DIGITS = 3
BY_CONTENT = "内容"
_IS_A_PLACE = re.compile(r"架|柜|层|位置|地点|地址|排|库")
_NUMBER = re.compile(r"[A-Za-z]{0,4}\d+")


def is_isbn(value: CellValue) -> bool:
    """Whether it has the form of an ISBN."""
    return bool(re.fullmatch(r"97[89]\d{10}|7\d{8}[\dX]", book_number(cleaned(shown(value)))))


def is_class_number(value: CellValue) -> bool:
    """Whether it is a class number with its digits: of a shelf A-1-1 the letter stands alone."""
    text = class_number(cleaned(shown(value)))
    return is_class_no(text) and bool(re.match(r"[A-Z]{1,2}\d", text))


def is_state(value: CellValue) -> bool:
    """Whether it says where a copy is: 在馆, 丢失."""
    return state_in(cleaned(shown(value))) is not None


def _is_class_letter(value: CellValue) -> bool:
    return cleaned(shown(value)).upper() in CLASS_LETTERS


def _is_marked_price(value: CellValue) -> bool:
    text = shown(value)
    return bool(re.search(r"CNY|RMB|[￥¥元圆]", text)) and price_of(value).value is not None


_Teller = Callable[[CellValue], bool]
_TELLERS: tuple[tuple[str, _Teller], ...] = (
    ("isbn", is_isbn),
    ("class_no", is_class_number),
    ("class_no", _is_class_letter),
    ("price", _is_marked_price),
    ("state", is_state),
)
_NUMBERED = {BOOKS: "accession_no", READERS: "reader_no"}


def recognise_by_content(table: FoundTable) -> None:
    """Give the columns whose headers are not known the field their cells tell of, where the table lacks it."""
    if table.kind is None:
        return
    free = [at for at in table.headers if at not in table.columns.values()]
    for name, tells in _TELLERS:
        if not _lacks(table, name):
            continue
        at = next((at for at in free if _may_be(name, table.headers[at]) and _mostly(tells, filled(table, at))), None)
        if at is not None:
            _take(table, name, at)
            free.remove(at)
    _number_by_barcode(table)
    number = _NUMBERED.get(table.kind, "")
    if _lacks(table, number) and "first_no" not in table.columns:
        for at in [at for at in free if looks_like_numbers(table, at)][:1]:
            _take(table, number, at)


def _number_by_barcode(table: FoundTable) -> None:
    """Where the barcode is the only number a book has, and all digits, it is its accession number as well."""
    at = table.columns.get("barcode")
    if table.kind is BOOKS and at and _lacks(table, "accession_no") and "first_no" not in table.columns:
        digits = all(cleaned(shown(value)).isdecimal() for value in filled(table, at, whole=True))
        if digits and looks_like_numbers(table, at):
            table.columns["accession_no"] = at


def guessed_title(table: FoundTable) -> int | None:
    """The column that looks most like titles: Chinese text, seldom twice, of some length."""
    free = [at for at in table.headers if at not in {*table.columns.values(), *table.personal}]
    scored = [(_title_score(filled(table, at)), -at) for at in free]
    best = max(scored, default=(0.0, 0))
    return -best[1] if best[0] > 0 else None


def _lacks(table: FoundTable, name: str) -> bool:
    if table.kind is None or name not in table.kind.by_name or name in table.columns:
        return False
    return name != "class_no" or "call_no" not in table.columns


def _may_be(name: str, header: str) -> bool:
    return name != "class_no" or _IS_A_PLACE.search(header) is None


def _take(table: FoundTable, name: str, at: int) -> None:
    table.columns[name] = at
    table.how[at] = BY_CONTENT


def looks_like_numbers(table: FoundTable, at: int) -> bool:
    """Whether a column numbers its rows with numbers of their own: each once, in one form, not just 1, 2, 3 …"""
    if is_row_number(table.headers[at]):
        return False
    texts = [cleaned(shown(value)) for value in filled(table, at, whole=True)]
    if len(texts) < max(_FEWEST, len(table.lines)) or not all(map(_NUMBER.fullmatch, texts)):
        return False
    widths = Counter(map(len, texts))
    if len(set(texts)) < len(texts) or len(widths) > 1 or min(widths) < _FEWEST_DIGITS:
        return False
    return not all(map(is_isbn, texts))


def _is_publisher(text: str) -> bool:
    return text.endswith(("出版社", "出版公司", "书局", "书店", "印书馆"))


def _title_score(cells: list[CellValue]) -> float:
    texts = [cleaned(shown(value)) for value in cells]
    chinese = [text for text in texts if re.search(r"[\u4e00-\u9fff]", text)]
    if not texts or len(chinese) < len(texts) * _MOST or sum(map(_is_publisher, texts)) * 2 > len(texts):
        return 0.0
    return len(set(texts)) / len(texts) * sum(map(len, texts)) / len(texts)


def filled(table: FoundTable, at: int, *, whole: bool = False) -> list[CellValue]:
    """The filled cells of a column, or of its first rows."""
    lines = table.lines if whole else table.lines[:_SAMPLE]
    return list(_not_blank(line.cells[at - 1] for line in lines if len(line.cells) >= at))


def _not_blank(cells: Iterable[CellValue]) -> Iterator[CellValue]:
    return (value for value in cells if shown(value).strip())


def _mostly(tells: _Teller, cells: Iterable[CellValue]) -> bool:
    judged = [tells(value) for value in cells]
    return len(judged) >= _FEWEST and sum(judged) >= _MOST * len(judged)
