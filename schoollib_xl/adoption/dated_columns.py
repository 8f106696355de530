"""Loans kept as a table of pupils by days: who has which book in which week. When it came back nobody can tell."""

from collections.abc import Iterable, Iterator

from schoollib_xl.adoption.columns import filled, is_day
from schoollib_xl.adoption.kinds import READERS
from schoollib_xl.adoption.tables import FoundTable
from schoollib_xl.sheets.reading.tidy import shown

# One day beside a name may be that of a card or an inspection.
_FEWEST = 2
DATED = (
    "《{file}》{sheet} 从“{first}”到“{last}”的 {columns} 栏一栏一个日期，共 {cells} 格，像是借书的记录；"
    "没有写哪天还的，所以没有记进借阅登记账，原话在读者名册的备注里。要记的，改成一笔一行（借出日期、姓名、登记号、归还日期）再接收一次。"
)


def loans_by_day(tables: Iterable[FoundTable]) -> Iterator[str]:
    """A sentence on each roster whose further columns are days: their cells are kept in 备注 and are no loans."""
    for table in tables:
        free = [at for at in table.headers if at not in table.columns.values()]
        days = [at for at in free if is_day(table.headers[at])]
        cells = [shown(value).strip() for at in days for value in filled(table, at, whole=True)]
        # A tick, or how many, is no book.
        if table.kind is READERS and len(days) >= _FEWEST and any(len(text) > 1 for text in cells):
            first, last = table.headers[days[0]], table.headers[days[-1]]
            yield DATED.format(
                file=table.file, sheet=table.sheet, first=first, last=last, columns=len(days), cells=len(cells)
            )
