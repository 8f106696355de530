"""填写 (FMT): what is entered as done on a day that has not come."""

from collections.abc import Iterator, Mapping
from operator import attrgetter
from typing import Any

from schoollib_xl.checks.check import Alike, Found, check, found
from schoollib_xl.checks.folding import MOST_SHOWN
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import SHEETS, cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.activities import ActivityRow, VisitRow
from schoollib_xl.ledgers.supporting.money import CashRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

# Days on which something was done. What may be planned ahead (due dates, terms, subscriptions, cards) is not here.
_DONE: Mapping[type[Any], str] = {
    SummaryRow: "registered_on",
    AccessionRow: "accessioned_on withdrawn_on",
    WithdrawalRow: "withdrawn_on",
    LoanRow: "lent_on returned_on",
    CompensationRow: "registered_on settled_on refunded_on",
    StocktakeRow: "counted_on",
    VisitRow: "visited_on",
    RepairRow: "sent_on reshelved_on",
    ActivityRow: "held_on",
    CashRow: "booked_on",
}
# More than this in one column are entries after 截止日期, not slips of the pen: one finding.
_TOLD_SINGLY = 5


@check(
    "FMT112",
    title="日期还没有到",
    message="“{header}”写的是 {day}，账记到 {as_of} 为止，这一天还没有到{alike}。",
    why="已经办了的事，日子不会在后头，多半是年份写错了。",
    fix="先查原始单据，日期写错就改正；确实已经办了，就把基本信息里的“截止日期”改到今天。",
    reads={},
)
def done_in_the_future(library: Library) -> Iterator[Found]:
    for row_type, fields in _DONE.items():
        for field in fields.split():
            yield from _in_the_future(library, row_type, field)


def _in_the_future(library: Library, row_type: type[Any], field: str) -> Iterator[Found]:
    """The cells of a column that are later than the books go, or the first of many. Books judged on an earlier day
    than their 截止日期 hold what was done since, and that day had come when it was written.
    """
    as_of, day_of = max(library.as_of, library.school.cut_off or library.as_of), attrgetter(field)
    later = [row for row in library[row_type] if (day := day_of(row)) and day > as_of]
    later.sort(key=attrgetter("line"))
    header = SHEETS[row_type].by_name[field].header
    groups = [later] if len(later) > _TOLD_SINGLY else [[row] for row in later]
    for row, *others in groups:
        cells = [cell(other, field) for other in others[:MOST_SHOWN]]
        alike = Alike(len(others))
        yield found(cell(row, field), *cells, header=header, day=day_of(row), as_of=as_of, alike=alike)
