"""Which column of a list of books counts the copies, where its header says how they came, or only its sums tell."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain

from schoollib_xl.adoption.forms.headers import is_row_number
from schoollib_xl.adoption.forms.kinds import BOOKS
from schoollib_xl.adoption.forms.own_names import BY_MAPPING
from schoollib_xl.adoption.forms.tables import FoundTable
from schoollib_xl.adoption.number_lists import SPANS, numbers_of
from schoollib_xl.adoption.rows.cells import count_in
from schoollib_xl.adoption.unclear.columns import MOST, filled, lacks, take
from schoollib_xl.ledgers.library import gathered
from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.reading.prices import prices_in
from schoollib_xl.sheets.reading.recognising import plain_header
from schoollib_xl.sheets.reading.tidy import shown

_COPIES = r"(?:图?书)?的?(?:数量?|册数?|本数?|复本数?|量)"
# What came of what was ordered: it goes before what 数量 or 册数 beside it says.
_CAME = re.compile(rf"(?:实[际到收]?|已)?(?:到[货书馆]?|收[到书货]?|验收|点收){_COPIES}|实(?:际{_COPIES}|[到收])")
# What was bought or sent, where nothing says what came.
_SENT = re.compile(
    rf"(?:采购|购[买进置入书]|进[货书]|入[库馆藏]|配[发送备置书]|发[货书]|新[增购添]|[补增]充|增加|调[拨入配]|下?拨[入付]?|下发|实[购配]){_COPIES}"
)
_HOW_MANY = re.compile("[数量]")
_NUMBERS = SPANS | {"accession_no", "barcode"}
# What was ordered may never have come, whatever its sum.
_ORDERED = re.compile("订|应|计划|拟|需|申")
# 到 beside 订, below 数量.
_CAME_IN_SHORT = frozenset({"到", "实", "收"})
# Whole lines, some of several copies, before a column is taken by its sums.
_FEWEST = 2
# Of other columns figures say something else: 页数, 版次, 第几层.
_MAY_COUNT = re.compile(r"(?:合计|总计|小计|.*(?:小学|中学|学校|校区|教学点|分校|[册本数量]))(?<!页数)(?<!字数)")
_UNCOUNTED = (
    "{table} 没有认出册数栏，一行算一册；可是“{headers}”写着数。哪一栏是册数，"
    '就加 --column "{first}=册数" 这样再接收一次。'
)
_OF_TITLES = "{table} 的“{header}”在每一册的行上写的是这种书一共几册，不是这一行几册：一行算一册。"


def take_counts(tables: Iterable[FoundTable]) -> None:
    """Give lists of books the column that counts their copies, unless 账册对照 says what it is."""
    for table in tables:
        if table.kind is BOOKS and _numbers_volumes(table):
            del table.columns["held"]
        if table.kind is BOOKS and (at := _counting(table)):
            take(table, "held", at)


def _numbers_volumes(table: FoundTable) -> bool:
    """Whether what is taken for the copies says which volume each line is: 上, 下 or 1/2 below 册次."""
    at = table.columns.get("held", 0)
    cells = filled(table, at, whole=True) if at and table.how.get(at) != BY_MAPPING else []
    is_vague = bool(cells) and not _HOW_MANY.search(table.headers[at])
    return is_vague and all(count_in(value) is None for value in cells)


def said_of_uncounted(tables: Iterable[FoundTable]) -> Iterator[str]:
    """A sentence on each list whose lines are taken for a copy each, though columns nobody knows may count them."""
    for table in tables:
        if table.kind is not BOOKS or _NUMBERS & table.columns.keys() or not lacks(table, "held"):
            continue
        named = ((at, table.headers[at]) for at in _free(table) if at not in table.counting)
        may_count = ((at, header) for at, header in named if _MAY_COUNT.fullmatch(plain_header(header)))
        if counting := [header for at, header in may_count if _counts_some(table, at)]:
            yield _UNCOUNTED.format(table=table.name, headers="”“".join(counting), first=counting[0])


def _counts_some(table: FoundTable, at: int) -> bool:
    counts = [count_in(value) for value in filled(table, at, whole=True)]
    return None not in counts and any((count or 0) > 1 for count in counts)


def drop_counts_of_titles(tables: Iterable[FoundTable]) -> Iterator[str]:
    """Take no column for the copies of a line that says on the line of every copy how many there are of its title; a
    sentence on each.
    """
    for table in tables:
        at = table.columns.get("held", 0)
        if table.kind is BOOKS and at and table.how.get(at) != BY_MAPPING and _counts_lines(table, at):
            del table.columns["held"]
            table.counting.add(at)
            yield _OF_TITLES.format(table=table.name, header=table.headers[at])


def _counts_lines(table: FoundTable, at: int) -> bool:
    """Whether each line has a number of its own, and its count is that of the lines of its title."""
    number = next((table.columns[name] for name in ("accession_no", "barcode") if name in table.columns), 0)
    naming = [table.columns[name] for name in ("title", "isbn") if name in table.columns]
    if not number or not naming or any(len(numbers_of(line.said(number)) or ("",)) > 1 for line in table.lines):
        return False
    of_title = gathered((tuple(map(line.said, naming)), count_in(line.cell(at))) for line in table.lines)
    several = [counts for counts in of_title.values() if counts != [1]]
    fitting = sum(set(counts) == {len(counts)} for counts in several)
    return any(len(counts) > 1 for counts in several) and fitting >= MOST * len(several)


def _counting(table: FoundTable) -> int:
    """The column that counts the copies; 0 for none but that which is known already."""
    known = table.columns.get("held", 0)
    if known and table.how.get(known) == BY_MAPPING:
        return 0
    by_words: list[int] = []
    if not _NUMBERS & table.columns.keys():
        called = [_CAME] if known else [_CAME, _SENT]
        free = {at: plain_header(table.headers[at]) for at in _free(table) if _holds_counts(table, at)}
        by_words = [at for words in called for at, header in free.items() if words.fullmatch(header)]
        if any(map(_ORDERED.match, free.values())):
            by_words += [at for at, header in free.items() if header in _CAME_IN_SHORT]
    unsaid = (at for at in _free(table) if not _ORDERED.match(plain_header(table.headers[at])))
    by_sums = (at for at in unsaid if _adds_up(table, at)) if lacks(table, "held") else ()
    return next(chain(by_words, by_sums), 0)


def _holds_counts(table: FoundTable, at: int) -> bool:
    cells = filled(table, at, whole=True)
    counts = [count_in(value) for value in cells]
    return bool(cells) and None not in counts and len(cells) >= MOST * len(table.lines)


def _free(table: FoundTable) -> Iterator[int]:
    taken = {*table.columns.values(), *table.personal, *table.joined}
    return (
        at
        for at, header in table.headers.items()
        if at not in taken and not is_row_number(header) and not table.own.says(header)
    )


def _adds_up(table: FoundTable, at: int) -> bool:
    """Whether each line that has both moneys says that so many copies at this price come to that sum."""
    price, amount = table.columns.get("price", 0), table.columns.get("amount", 0)
    lines = [line for line in table.lines if price and amount and line.said(price) and line.said(amount)]
    counts = [count_in(line.cell(at)) for line in lines]
    return (
        len(lines) >= _FEWEST
        and any((count or 0) > 1 for count in counts)
        and all(
            count is not None and _money(line.cell(price)) * count == _money(line.cell(amount)) != 0
            for line, count in zip(lines, counts, strict=True)
        )
    )


def _money(value: CellValue) -> Decimal:
    """The one price of a cell; not a number where it is none, which equals nothing."""
    found = prices_in(shown(value))
    return found[0].yuan if len(found) == 1 else Decimal("NaN")
