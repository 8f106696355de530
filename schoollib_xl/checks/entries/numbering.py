"""Numbers that name a row and must not stand twice, nor tell another year: loans, incidents, readers, classes."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from operator import lt
from typing import Any, NamedTuple

from schoollib_xl.checks.check import Found, Severity, check, found
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.grades import class_key
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import SHEETS, cell
from schoollib_xl.ledgers.school import first_year
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow


class _Words(NamedTuple):
    code: str
    title: str
    message: str
    why: str
    fix: str


# The other unique columns (batches, copies, receipts, settings: SET005) are checked beside what else is said of them.
_WORDS: dict[type[Any], _Words] = {
    LoanRow: _Words(
        "CIR001",
        "借阅序号重复",
        "借阅序号 {number} 前面已经用过了。",
        "一笔一号，号重了，说到这一笔时分不清是哪一行。",
        "先看是不是同一笔记了两遍；记了两遍，就把后一行移出借阅登记账另存，不是就给后一行换一个新号。",
    ),
    CompensationRow: _Words(
        "CMP001",
        "赔偿编号重复",
        "赔偿编号 {number} 前面已经用过了。",
        "一件一号，号重了，收据和注销就不知道对哪一件。",
        "先对照收据看是不是同一件；同一件记了两遍，就把后一行移出赔偿登记账另存，不是就给后一行换一个新号。",
    ),
    PeriodicalRow: _Words(
        "PER001",
        "报刊编号重复",
        "报刊编号 {number} 前面已经用过了。",
        "一种报刊一个订期一个号，号重了就分不清是哪一份。",
        "先看订单；是两份不同的订阅，给后一行换一个新号。",
    ),
    ReaderRow: _Words(
        "RDR001",
        "读者证号重复",
        "读者证号 {number} 前面已经用过了。",
        "一人一号，号重了就分不清是谁借的书。",
        "先看两张借书证；是两个人，就给后办的一个换新号，是一个人写了两遍，就把重的一行移出名册。",
    ),
    ClassRow: _Words(
        "RDR002",
        "班级重复",
        "班级“{number}”前面已经有了。",
        "同一个班有两行，学生人数会算两遍，生均就不准。",
        "先看是不是班名写错；写错就改正，写了两遍就只留学生人数对的那一行。",
    ),
}


def _repeated(row_type: type[Any], field: str, library: Library) -> Iterator[Found]:
    table = library[row_type]
    numbers = table.column(field)
    if row_type is ClassRow:
        # 三(1)班 and 三（1）班 are one class; numbers are compared as they stand.
        numbers = list(map(class_key, numbers))
    # In a ledger whose numbers rise from line to line none stands twice, and to see that is far quicker.
    if all(map(lt, numbers, numbers[1:])) or len(set(numbers)) == len(numbers):
        return
    first: dict[str, Any] = {}
    for number, row in sorted(zip(numbers, table, strict=True), key=lambda one: one[1].line):
        earlier = first.setdefault(number, row)
        if earlier is not row:
            yield found(cell(row, field), cell(earlier, field), number=getattr(row, field))


def _register(words: _Words, row_type: type[Any], field: str) -> None:
    code, title, message, why, fix = words
    test: Callable[[Library], Iterator[Found]] = partial(_repeated, row_type, field)
    check(code, title=title, message=message, why=why, fix=fix, reads={row_type: field})(test)


for _row_type, _words in _WORDS.items():
    _register(_words, _row_type, SHEETS[_row_type].unique[0].name)


@check(
    "CMP108",
    title="赔偿编号的年份和登记日期不一样",
    message="{incident_no} 登记在 {registered_on}，编号里的年份不是这一年。",
    why="编号照年份排，年份错了，就和别的年份的编号混在一起。",
    fix="先看登记的先后；日期写错就改日期，编号写错就改编号；照学年编号的不用动。",
    severity=Severity.HINT,
    reads={CompensationRow: "incident_no registered_on"},
)
def incident_of_another_year(library: Library) -> Iterator[Found]:
    rows = library[CompensationRow].rows
    told = [(row, int(year[0])) for row in rows if (year := re.search(r"20\d\d(?=-)", row.incident_no))]
    off = [row for row, year in told if year != row.registered_on.year]
    by_school_year = all(year == first_year(row.registered_on) for row, year in told)
    times = Counter(row.incident_no for row in rows)
    # Where many are off, the numbers go by another year; one used twice is told of there (CMP001).
    if not by_school_year and len(off) * 2 < len(told):
        for row in (row for row in off if times[row.incident_no] == 1):
            yield found(cell(row, "incident_no"), cell(row, "registered_on"))
