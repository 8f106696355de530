"""What a list of books says itself that it adds up to, beside what its lines do."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from schoollib_xl.adoption.forms.filled_lines import FilledLine
from schoollib_xl.adoption.forms.kinds import AMOUNT, BOOKS, HELD
from schoollib_xl.adoption.forms.list_titles import as_named
from schoollib_xl.adoption.forms.tables import TOTAL, FoundTable
from schoollib_xl.adoption.rows.cells import CellReader
from schoollib_xl.ledgers.schema import Field
from schoollib_xl.sheets.reading.total_rows import CARRIED_OVER

_PRICE = "price"
# What adds up a page, a class or a month, or carries over.
_OF_A_PART = re.compile("|".join(["页", "小计", *sorted(CARRIED_OVER)]))
_NUMBERED = re.compile(r"[\d一二三四五六七八九十]+")
_COPIES_IN_WORDS = re.compile(r"(\d+)册")
# A row that stands for several copies: a set, or numbers from one to another.
_SEVERAL = re.compile(r"[套全]|\d *[-—~～至、,，;；] *\w*\d")
_DIFFERS = "《{file}》{sheet}第{row}行自己写的{what}合计是 {stated}，{lines}各行加起来是 {counted}，看看哪个对。"


class OwnTotal(NamedTuple):
    """One figure of a list's line of totals: where, of which column, as written (or read), and the sum of the
    lines above, or below one at the head of the list; `agrees` is None where one of them cannot be read.
    """

    file: str
    sheet: str
    row: int
    what: str
    stated: str | Decimal
    counted: Decimal
    agrees: bool | None
    lines: str = "上面"

    def sentence(self) -> str:
        """What is said of one that differs."""
        return _DIFFERS.format(**self._asdict())


def own_totals(tables: Iterable[FoundTable]) -> Iterator[OwnTotal]:
    """The totals that lists of books state of their copies and amounts, each beside the sum of its lines."""
    so_far: dict[tuple[str, str, int, str], Decimal] = defaultdict(Decimal)
    pages: dict[tuple[str, str], list[FoundTable]] = defaultdict(list)
    for table in tables:
        left = pages[table.file, as_named(table.sheet)]
        for one in _of_table(table):
            # What a page carries over holds what the pages left of it on the sheet do.
            page = (one.file, as_named(one.sheet), one.row, one.what)
            so_far[page] += one.counted
            sums = (so_far[page], one.counted + sum(_above(other, one) for other in left))
            carried = next((own for own in sums if one.agrees is False and own == one.stated), None)
            yield one if carried is None else one._replace(counted=carried, agrees=True)
        left.append(table)


def _above(table: FoundTable, total: OwnTotal) -> Decimal:
    """What the lines of a table beside a total come to, down to its row and with it."""
    lines = [line for line in table.lines if line.row <= total.row]
    for name, field in _summed(table):
        if field.header == total.what and (at := table.columns.get(name)):
            return sum((_number(CellReader(field, prices=False), line, at) or Decimal() for line in lines), Decimal())
    return Decimal()


def _summed(table: FoundTable) -> list[tuple[str, Field]]:
    """The columns a total may add up. The price of a row of several copies is no part of what they cost together."""
    money = AMOUNT.name if AMOUNT.name in table.columns or HELD.name in table.columns else _PRICE
    return [(HELD.name, HELD), (money, AMOUNT)]


def _of_table(table: FoundTable) -> Iterator[OwnTotal]:
    totals = _whole_totals([one.line for one in table.non_entries if one.reason == TOTAL])
    if table.kind is not BOOKS or not totals:
        return
    *earlier, last = _of_parts(table, sorted(totals, key=lambda line: line.row))
    above = [line for line in table.lines if line.row < totals[-1].row]
    # Where most do not add up their own lines they may add up anything: none of these is called wrong.
    told = [one for found in earlier for one in found]
    yield from told if 2 * sum(one.agrees is True for one in told) >= len(told) else (one for one in told if one.agrees)
    if last and all(one.agrees for one in last):
        yield from last
        return
    agreeing = {one.what: one for one in last if one.agrees}
    for one in _figures(table, totals[-1], above or table.lines):
        chosen = agreeing.get(one.what, one)
        yield chosen if above else chosen._replace(lines="下面")


def _of_parts(table: FoundTable, totals: Sequence[FilledLine]) -> Iterator[list[OwnTotal]]:
    """The figures of each total beside the lines since the one before, or since the last one in the same words: one
    below each delivery is of that alone, one below each month of what stands below the last month's.
    """
    before = 0
    in_words: dict[str, int] = {}
    for total in totals:
        said = _NUMBERED.sub("", next(iter(total.texts.values())))
        found: dict[str, OwnTotal] = {}
        for since in dict.fromkeys((before, in_words.get(said, 0))):
            lines = [line for line in table.lines if since < line.row < total.row]
            figures = _figures(table, total, lines) if lines else []
            found = {one.what: one for one in figures} | {what: one for what, one in found.items() if one.agrees}
            if found and all(one.agrees for one in found.values()):
                break
        before = in_words[said] = total.row
        yield [*found.values()]


def _figures(table: FoundTable, total: FilledLine, lines: Sequence[FilledLine]) -> list[OwnTotal]:
    """The figures of a line of totals, each beside what these lines come to."""
    return [*_of_columns(table, total, lines), *_in_words(table, total, lines)]


def differing(tables: Iterable[FoundTable]) -> list[OwnTotal]:
    """Those that are not the sum of their lines."""
    return [one for one in own_totals(tables) if one.agrees is False]


def _of_columns(table: FoundTable, total: FilledLine, lines: Sequence[FilledLine]) -> Iterator[OwnTotal]:
    for name, field in _summed(table):
        at = table.columns.get(name)
        if at is None or not total.said(at):
            continue
        reader = CellReader(field, prices=False)
        stated = _number(reader, total, at)
        figures = [_number(reader, line, at) for line in lines if line.said(at)]
        read = [figure for figure in figures if figure is not None]
        counted = sum(read, Decimal())
        carried = _number(reader, brought, at) if (brought := _brought_forward(table, total)) else None
        is_sum = stated in (counted, counted + (carried or 0))
        agrees = None if stated is None or len(read) < len(figures) else is_sum
        written = total.said(at) if stated is None else stated
        yield OwnTotal(table.file, table.sheet, total.row, field.header, written, counted, agrees)


def _brought_forward(table: FoundTable, total: FilledLine) -> FilledLine | None:
    """The line above a total that says what the sheets before came to: 承前页 6."""
    above = (one.line for one in table.non_entries if one.reason == TOTAL and one.line.row < total.row)
    first = min(above, key=lambda line: line.row, default=None)
    said = "".join(next(iter(first.texts.values())).split()) if first else ""
    return first if said in CARRIED_OVER else None


def _in_words(table: FoundTable, total: FilledLine, lines: Sequence[FilledLine]) -> Iterator[OwnTotal]:
    """The copies that the line of a list of single copies states in words: 合计1960册."""
    said = _COPIES_IN_WORDS.findall("".join(total.text.split()))
    is_single = HELD.name not in table.columns and not any(
        _SEVERAL.search(_number_and_title(table, one)) for one in lines
    )
    if is_single and len(said) == 1:
        stated, counted = Decimal(said[0]), Decimal(len(lines))
        yield OwnTotal(table.file, table.sheet, total.row, HELD.header, stated, counted, stated == counted)


def _number_and_title(table: FoundTable, line: FilledLine) -> str:
    named = ("accession_no", "title", "first_no", "span")
    return " ".join(line.said(table.columns[name]) for name in named if name in table.columns)


def _number(reader: CellReader, line: FilledLine, at: int) -> Decimal | None:
    value = reader.read(line.cell(at)).value
    return Decimal(value) if isinstance(value, int | Decimal) else None


def _whole_totals(totals: Sequence[FilledLine]) -> Sequence[FilledLine]:
    """Those of the lines that add up all above them, not a page: the only line there is, or one that says so."""
    named = [line for line in totals if not _OF_A_PART.search("".join(line.text.split()))]
    return named if named or len(totals) > 1 else totals
