"""Columns known by what stands in them, where their headers say nothing, mislead, or tell of the school itself."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence

from schoollib_xl.adoption.copies.states import answers, state_in, writes_off
from schoollib_xl.adoption.forms.headers import is_personal, is_row_number
from schoollib_xl.adoption.forms.kinds import BOOKS, COMPENSATIONS, LOANS, NUMBERING, READERS
from schoollib_xl.adoption.forms.personal_texts import is_telephone
from schoollib_xl.adoption.forms.tables import FoundTable
from schoollib_xl.adoption.number_lists import SPANS, numbers_of
from schoollib_xl.adoption.rows.cells import count_in, price_of
from schoollib_xl.adoption.rows.texts import is_sort
from schoollib_xl.ledgers.grades import class_in
from schoollib_xl.ledgers.identifiers import is_class_no
from schoollib_xl.ledgers.vocabulary import CLASS_LETTERS
from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.reading.dates import month_and_day, typed_moment
from schoollib_xl.sheets.reading.recognising import plain_header
from schoollib_xl.sheets.reading.texts import PUNCTUATION, book_number, class_number, cleaned
from schoollib_xl.sheets.reading.tidy import shown

_SAMPLE = 200
# So many of the filled cells must be of the kind before a column is taken for it.
MOST = 0.8
_FEWEST = 3
# Numbers stamped on books or cards are at least this long; shorter ones count rows.
FEWEST_DIGITS = 3
# Under a week or a day stands what was done then.
_OF_A_TIME = re.compile(r"第.{1,3}周|星期|\d月|月\d{1,2}[日号]|\d[./-]\d")
BY_CONTENT = "内容"
_IS_A_PLACE = re.compile(r"架|柜|橱|层|位置|地点|地址|排|库|区")
_CARD = re.compile(r"(?:证|卡)(?:的?编?号码?)?$")
_NUMBER = re.compile(r"[A-Za-z]{0,4}\d+")
_HEADER = re.compile(r"学校|校名|校区|机构|单位名|单位代|标识码")
_NAME = re.compile(r".+(?:小学|中学|学校|教学点|完小|中心校)(?:图书[馆室])?")
_FEWEST_ROWS = 2
_INCIDENTS = frozenset(COMPENSATIONS.by_name["incident"].words)
_OUTCOMES = frozenset(LOANS.by_name["outcome"].words)
_READER_KINDS = frozenset(LOANS.by_name["kind"].words)
_Teller = Callable[[CellValue], bool]


def is_of_cards(header: str) -> bool:
    """Whether a header speaks of readers' cards."""
    return _CARD.search(header) is not None and not is_personal(header)


def is_isbn(value: CellValue) -> bool:
    """Whether it has the form of an ISBN."""
    return bool(re.fullmatch(r"97[89]\d{10}|7\d{8}[\dX]", book_number(cleaned(shown(value)))))


def is_class_number(value: CellValue) -> bool:
    """Whether it is a class number with its digits: of a shelf A-1-1 the letter stands alone."""
    text = class_number(cleaned(shown(value)))
    return is_class_no(text) and bool(re.match(r"[A-Z]{1,2}\d", text))


def _is_class_or_letter(value: CellValue) -> bool:
    return is_class_number(value) or cleaned(shown(value)).upper() in CLASS_LETTERS


def is_day(value: CellValue) -> bool:
    """Whether it is a day, with its year or without; a bare whole number counts days."""
    if not isinstance(value, str | int | float):
        return True
    text = cleaned(shown(value)).translate(PUNCTUATION)
    return not text.isdecimal() and (month_and_day(text) is not None or typed_moment(text) is not None)


def is_state(value: CellValue) -> bool:
    """Whether it says where a copy is: 在馆, 丢失."""
    return state_in(cleaned(shown(value))) is not None


def _one_of(words: Container[str]) -> _Teller:
    """Tells the cells that hold one of the words and nothing else."""
    return lambda value: cleaned(shown(value)).upper() in words


def _is_marked_price(value: CellValue) -> bool:
    text = shown(value)
    return bool(re.search(r"CNY|RMB|[￥¥元圆]", text)) and price_of(value).value is not None


def _is_class(value: CellValue) -> bool:
    text = cleaned(shown(value))
    return class_in(text) is not None and text.endswith("班")


_TELLERS: tuple[tuple[str, _Teller], ...] = (
    ("isbn", is_isbn),
    ("class_no", is_class_number),
    ("class_no", _is_class_or_letter),
    ("price", _is_marked_price),
    ("state", is_state),
    ("incident", _one_of(_INCIDENTS)),
    ("outcome", _one_of(_OUTCOMES)),
    ("kind", _one_of(_READER_KINDS)),
    ("class_name", _is_class),
)


def recognise_by_content(tables: Iterable[FoundTable]) -> None:
    """Give the columns whose headers are not known the field their cells tell of, where their table lacks it."""
    for table in tables:
        if table.kind:
            _recognise_fields(table)
            _recognise_states(table)
            _recognise_numbers(table, NUMBERING.get(table.kind, ""))


def _recognise_fields(table: FoundTable) -> None:
    free = _free(table)
    for name, tells in _TELLERS:
        if not lacks(table, name):
            continue
        at = next((at for at in free if _may_be(name, table.headers[at]) and _tells(table, at, name, tells)), None)
        if at is not None:
            take(table, name, at)
            free.remove(at)


def _recognise_states(table: FoundTable) -> None:
    """Give a list of books the column of ticks under 报废 or 在架, and that of days under 报废."""
    for at in _free(table) if table.kind is BOOKS else ():
        header, cells = plain_header(table.headers[at]), filled(table, at, whole=True)
        if cells and lacks(table, "state") and all(answers(header, shown(value)) for value in cells):
            take(table, "state", at)
        elif lacks(table, "withdrawn_on") and _says_when_it_went(header, cells):
            take(table, "withdrawn_on", at)


def _says_when_it_went(header: str, cells: Sequence[CellValue]) -> bool:
    days = list(filter(is_whole_day, cells))
    return writes_off(header) and bool(days) and all(one in days or answers(header, shown(one)) for one in cells)


def is_whole_day(value: CellValue) -> bool:
    """Whether it is a day with its year, and no bare figure."""
    is_figure = isinstance(value, int | float)
    return not is_figure and typed_moment(cleaned(shown(value)).translate(PUNCTUATION)) is not None


def _recognise_numbers(table: FoundTable, number: str) -> None:
    """Give the table the column of the numbers of its rows, or of the copies of each; on books a barcode may be it."""
    _number_by_barcode(table)
    if not lacks(table, number) or SPANS & table.columns.keys():
        return
    free = _free(table)
    if number == "accession_no" and (spans := [at for at in free if _numbers_the_copies(table, at)]):
        take(table, "span", spans[0])
    elif numbers := [at for at in free if looks_like_numbers(table, at)]:
        take(table, number, numbers[0])


def _free(table: FoundTable) -> list[int]:
    """The columns of no field yet that may hold one: what is personal is looked at for nothing."""
    return [at for at, header in table.headers.items() if at not in table.columns.values() and not is_personal(header)]


def _number_by_barcode(table: FoundTable) -> None:
    """Where the barcode is the only number a book has, and all digits, it is its accession number as well; where a line
    lists the barcodes of its copies, these are their numbers.
    """
    at = table.columns.get("barcode")
    if not at or table.kind is not BOOKS or not lacks(table, "accession_no") or SPANS & table.columns.keys():
        return
    if _are_stamped([cleaned(shown(value)) for value in filled(table, at, whole=True)]):
        table.columns["accession_no"] = at
    elif _numbers_the_copies(table, at):
        del table.columns["barcode"]
        take(table, "span", at)


def _are_stamped(texts: Collection[str]) -> bool:
    """Whether barcodes can be the numbers of copies: digits in one form, each once. The header says what they are, so
    that one is enough and a line may have none.
    """
    widths = {len(text) if text.isdecimal() else 0 for text in texts}
    is_one_form = len(widths) == 1 and min(widths) >= FEWEST_DIGITS
    return is_one_form and len(set(texts)) == len(texts) and not all(map(is_isbn, texts))


def guessed_title(table: FoundTable) -> int | None:
    """The column that looks most like titles: Chinese text, seldom twice, of some length."""
    free = [at for at in table.headers if at not in {*table.columns.values(), *table.personal}]
    scored = [(_title_score(filled(table, at)), -at) for at in free]
    best = max(scored, default=(0.0, 0))
    return -best[1] if best[0] > 0 else None


def lacks(table: FoundTable, name: str) -> bool:
    """Whether a table has no column for a field of its kind, by itself or in a call number."""
    if table.kind is None or name not in table.kind.by_name or name in table.columns:
        return False
    return name != "class_no" or "call_no" not in table.columns


def _may_be(name: str, header: str) -> bool:
    return name != "class_no" or _IS_A_PLACE.search(header) is None


def take(table: FoundTable, name: str, at: int) -> None:
    """Give a table a column by what stands in it."""
    table.columns[name] = at
    table.how[at] = BY_CONTENT


def _numbers_the_copies(table: FoundTable, at: int) -> bool:
    """Whether the cells list as many numbers as each line has copies, ranges among them, and no number twice. Of
    barcodes there are as many where no column counts the copies.
    """
    held = table.columns.get("held")
    lines = [line for line in table.lines if line.said(at)]
    is_counted = held or table.columns.get("barcode") == at
    if not is_counted or len(lines) < max(_FEWEST, len(table.lines)):
        return False
    counts = [count_in(line.cell(held)) if held else None for line in lines]
    listed = [numbers_of(line.said(at), count) or () for line, count in zip(lines, counts, strict=True)]
    numbers = [number for one in listed for number in one]
    is_each_once = len(set(numbers)) == len(numbers) and min(map(len, numbers), default=0) >= FEWEST_DIGITS
    if not is_each_once or len(numbers) <= len(lines):
        return False
    return not held or [len(one) for one in listed] == counts


def looks_like_numbers(table: FoundTable, at: int) -> bool:
    """Whether a column numbers its rows with numbers of their own: each once, in one form, not just 1, 2, 3 …"""
    if _OF_A_TIME.search(table.headers[at]):
        return False
    texts = [cleaned(shown(value)) for value in filled(table, at, whole=True)]
    if is_row_number(table.headers[at]) and not _have_gaps(texts):
        return False
    if len(texts) < max(_FEWEST, len(table.lines)) or not all(map(_NUMBER.fullmatch, texts)):
        return False
    widths = Counter(map(len, texts))
    # Teachers' cards have a form of their own: T01 among 1001, 1002 …
    is_mixed = len(widths) > 1 and not (table.kind is READERS and is_of_cards(table.headers[at]))
    if len(set(texts)) < len(texts) or is_mixed or min(widths) < FEWEST_DIGITS:
        return False
    # Donors stand in lists of books with their telephones; a number of readers is shortened where it is one.
    is_of_donors = table.kind is BOOKS and all(map(is_telephone, texts))
    return not is_of_donors and not all(map(is_isbn, texts))


def _have_gaps(numbers: list[str]) -> bool:
    """Whether numbers below 序号 do not count the rows: they have the noughts of a stamp and gaps between them."""
    is_padded = all(number.isdecimal() for number in numbers) and any(number.startswith("0") for number in numbers)
    return is_padded and int(max(numbers)) - int(min(numbers)) >= len(numbers)


def _is_publisher(text: str) -> bool:
    return text.endswith(("出版社", "出版公司", "书局", "书店", "印书馆"))


def _title_score(cells: list[CellValue]) -> float:
    texts = [cleaned(shown(value)) for value in cells]
    chinese = [text for text in texts if re.search(r"[\u4e00-\u9fff]", text)]
    if not texts or len(chinese) < len(texts) * MOST or sum(map(_is_publisher, texts)) * 2 > len(texts):
        return 0.0
    return len(set(texts)) / len(texts) * sum(map(len, texts)) / len(texts)


def filled(table: FoundTable, at: int, *, whole: bool = False) -> list[CellValue]:
    """The filled cells of a column, or of its first rows."""
    lines = table.lines if whole else table.lines[:_SAMPLE]
    return [line.cell(at) for line in lines if line.said(at)]


def _tells(table: FoundTable, at: int, name: str, tells: _Teller) -> bool:
    """Whether the cells tell of the field: few are enough under a header that speaks of classes, words for sorts among
    them or not, and where nothing else is said in these words.
    """
    is_of_classes = name == "class_no" and "类" in table.headers[at]
    judged = [tells(value) for value in filled(table, at) if not (is_of_classes and is_sort(cleaned(shown(value))))]
    fewest = 1 if name == "incident" or is_of_classes else _FEWEST
    return len(judged) >= fewest and sum(judged) >= MOST * len(judged)


def recognise_of_school(tables: Iterable[FoundTable]) -> Iterator[str]:
    """Mark the columns that name the school, so that they do not become a remark of each row; a sentence on each."""
    for table in tables:
        known = {*table.columns.values(), *table.personal, *table.joined}
        for at in [at for at, header in table.headers.items() if at not in known and not is_row_number(header)]:
            header, text = table.headers[at], _only_text(table, at)
            if not text or not (_HEADER.search(header) or _NAME.fullmatch(text)):
                continue
            table.of_school.add(at)
            yield f"{table.name} 的“{header}”整栏都是 {text}，说的是学校，没有抄进每一行的备注。"


def _only_text(table: FoundTable, at: int) -> str:
    """What every row says in the column; '' where they differ or are too few to tell."""
    cells = filled(table, at, whole=True)
    if len(cells) < max(_FEWEST_ROWS, len(table.lines)) or any(value != cells[0] for value in cells):
        return ""
    return shown(cells[0]).strip()
