"""Which copies are written off: those on a list of withdrawals, and those that a list of all copies says are."""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from schoollib_xl.adoption.copies.lots import are_other_books, stated_numbers
from schoollib_xl.adoption.forms.list_titles import is_planned
from schoollib_xl.adoption.journal import Journal, SourceRow, of_many
from schoollib_xl.adoption.number_lists import at_width, numbers_of, several_in
from schoollib_xl.adoption.rows.records import Record
from schoollib_xl.adoption.transforms import WRITTEN_OFF
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.sheets.reading.dates import years_in

PLANNED = "是打算注销的清单，还没有注销，没有记进账"
UNDATED = (
    "注销清单上没写日期、日期读不出来的 {count} 册（第一处 {first}）记作注销，不算馆藏；"
    "先写 {day}（启用前一天），照注销单改。"
)
UNDATED_AND_LENT = (
    "注销清单上没写日期、日期读不出来，启用以后还借过的 {count} 册（第一处 {first}）："
    "注销日期先写账上最后一次借还那天，照注销单改。"
)
ONLY_A_YEAR = "注销清单上只写了年份的 {count} 册（第一处 {first}）：注销日期先写那一年的最后一天，照注销单改。"
TWICE = "注销清单上写了两遍、写得一样的 {copies} 册只记了一次。"
NOT_HELD = "注销清单上有 {count} 册别的清单里没有（第一处 {first}）：只记进注销登记账，没有算进馆藏。"
BY_GIVEN_NUMBER = (
    "注销清单上只写了登记号、没写书名的 {count} 册（第一处 {first}）：这个号书目里没有，是接收时新编的，"
    "照新号记了注销；写的是书上的旧号，就把旧号写进书目，再接收一次。"
)
CAME_BEFORE = "启用以前就注销、没写登记日期的 {copies} 册，登记日期先写注销那天，照旧账改。"
_WHERE = SourceRow("", "个别登记账", 0)
_SEVERAL = 2
# Between the numbers of one line.
TOGETHER = "、"
_DAYS_OF_LENDING = ("lent_on", "returned_on", "happened_on")
# 小河等3册: the title of the first of several.
_AND_OTHERS = re.compile(r"等(?:[\d一二两三四五六七八九十]+)?[册本种部]?$")


class LastLent:
    """The last day on which registers of loans speak of each copy: no copy was written off before it, unless a list of
    withdrawals says so. `has_registers` tells whether the sources say who has what is lent; `lists` are the records of
    the lists, those without a day under a title with its year.
    """

    def __init__(
        self,
        registers: Sequence[Record],
        lists: Iterable[Record],
        withdrawals: Iterable[WithdrawalRow],
        width: int,
        as_of: date,
    ) -> None:
        self._width, self.has_registers = width, bool(registers)
        self._ends = {
            at_width(number, width): min(date(years[0], 12, 31), as_of)
            for record in lists
            if not record.get("withdrawn_on") and len(years := list(dict.fromkeys(years_in(_dated_by(record))))) == 1
            for number in (record.get("accession_no") or "").split(TOGETHER)
        }
        self._days: dict[str, date] = {}
        self._out: set[str] = set()
        for record in registers:
            stated = map(record.get, _DAYS_OF_LENDING)
            # A day to come is a slip of the pen.
            days = [day for day in stated if isinstance(day, date) and day <= as_of]
            if number := record.get("accession_no") or record.get("barcode"):
                key = at_width(number, width)
                if days:
                    self._days[key] = max(*days, self._days.get(key, days[0]))
                if not record.get("returned_on"):
                    self._out.add(key)
        dated = [row for row in withdrawals if row.withdrawn_on and row.accession_no]
        self._listed = {
            at_width(number, width): row.withdrawn_on for row in dated for number in row.accession_no.split(TOGETHER)
        }

    def gone_by(self, number: str | None, opened_on: date) -> date:
        """By which day a copy was written off: that of the list of withdrawals; where none says one, the day before the
        books were opened, or the last of its loans.
        """
        before, key = opened_on - timedelta(days=1), at_width(number or "", self._width)
        day, end = max(before, self._days.get(key, before)), self._ends.get(key)
        return self._listed.get(key) or (end if end and end.year != day.year else day)

    def lowest_free(self, numbers: Iterable[str], count: int, day: date | None) -> list[str]:
        """So many of the numbers, the lowest that are free; none where not so many are."""
        free = [number for number in sorted(numbers, key=by_figures) if self._is_free(number, day)]
        return free[:count] if len(free) >= count else []

    def _is_free(self, number: str, day: date | None) -> bool:
        """Whether a copy may have gone on a day: no list of withdrawals names it, it was not lent without a word of its
        return, nor then or later where the day is told.
        """
        key = at_width(number, self._width)
        last = self._days.get(key)
        is_back = key not in self._out and (day is None or last is None or last <= day)
        return is_back and key not in self._listed

    def is_year_end(self, number: str | None, day: date) -> bool:
        """Whether the day is but the last of the year that a list says the copy went in."""
        return self._ends.get(at_width(number or "", self._width)) == day

    def is_listed(self, number: str | None) -> bool:
        """Whether a list of withdrawals names the copy and its day."""
        return number is not None and at_width(number, self._width) in self._listed


def by_figures(number: str) -> tuple[int, str]:
    """What numbers of copies are put in order by, whether they have their zeros in front or not."""
    return len(number), number


def _dated_by(record: Record) -> str:
    """What tells the year in which a copy went: the cell of its day, else what stands over the list."""
    return record.said("withdrawn_on") or record.table.heading


def without_planned(records: Iterable[Record], journal: Journal) -> Iterator[Record]:
    """The records of lists of withdrawals, without those of lists of what is only meant to be written off."""
    for record in records:
        if is_planned(record.table.said_round):
            journal.aside(record.place, PLANNED, record.text)
        else:
            yield record


def withdrawals_by_title(records: Iterable[Record]) -> Iterator[Record]:
    """The records of withdrawals that say of a book no more than its title."""
    return (record for record in records if _is_of_a_title(record) and not is_planned(record.table.said_round))


def _is_of_a_title(record: Record) -> bool:
    return bool(record.get("title")) and not any(map(record.said, ("accession_no", "first_no", "span")))


def numbered_withdrawals(records: Iterable[Record]) -> Iterator[Record]:
    """The records that number their copies, or name no book, each with all the numbers it states, from one to another
    as well.
    """
    for record in records:
        if _is_of_a_title(record):
            continue
        if numbers := stated_numbers(record).numbers:
            record.values["accession_no"] = TOGETHER.join(numbers)
        yield record


def one_each(rows: Iterable[WithdrawalRow], copies: Iterable[AccessionRow]) -> list[WithdrawalRow]:
    """The rows, those of several numbers as one for each."""
    titles = {copy.accession_no: copy.title for copy in copies}
    apart = [one for row in rows for one in _apart(row, titles)]
    return [row._replace(line=line) for line, row in enumerate(apart, 2)]


def by_given_number(rows: Iterable[WithdrawalRow], given: Container[str]) -> list[str]:
    """A sentence on the rows of which nothing but a number that has just been given tells the book."""
    return of_many(BY_GIVEN_NUMBER, [row.accession_no for row in rows if not row.title and row.accession_no in given])


def settle_withdrawals(
    rows: Iterable[WithdrawalRow], copies: Iterable[AccessionRow], lent: LastLent, opened_on: date, journal: Journal
) -> list[WithdrawalRow]:
    """The rows, those without a date as written off before the books were opened, or after the last loan; what they
    lack is said, and class and price are those of the copy where the list tells only a letter, or nothing.
    """
    held = {copy.accession_no: copy for copy in copies}
    stated = list(rows)
    once = _once_each(stated)
    if len(once) < len(stated):
        journal.assumed.append(TWICE.format(copies=len(stated) - len(once)))
    rows = [_as_held(row, held.get(row.accession_no)) for row in once]
    undated = {row.accession_no: lent.gone_by(row.accession_no, opened_on) for row in rows if _is_undated(row)}
    by_year = {number: None for number, day in undated.items() if lent.is_year_end(number, day)}
    rest = {number: day for number, day in undated.items() if number not in by_year}
    before = [number for number, day in rest.items() if day < opened_on]
    after = [number for number, day in rest.items() if day >= opened_on]
    journal.urgent += of_many(UNDATED, before, day=(opened_on - timedelta(days=1)).isoformat())
    journal.urgent += [*of_many(UNDATED_AND_LENT, after), *of_many(ONLY_A_YEAR, list(by_year))]
    unknown = [row.accession_no for row in rows if row.accession_no and row.accession_no not in held]
    journal.assumed += of_many(NOT_HELD, unknown)
    return [row._replace(withdrawn_on=undated[row.accession_no]) if _is_undated(row) else row for row in rows]


def _is_undated(row: WithdrawalRow) -> bool:
    return row.withdrawn_on is None and bool(row.accession_no)


def _once_each(rows: Iterable[WithdrawalRow]) -> list[WithdrawalRow]:
    """The rows, those of one copy that do not gainsay each other as one with what any says."""
    kept: dict[str, list[WithdrawalRow]] = defaultdict(list)
    for row in rows:
        same = kept[row.accession_no or ""]
        at = next((at for at, one in enumerate(same) if row.accession_no and _agree(one, row)), None)
        if at is None:
            same.append(row)
        else:
            said = {name: value for name, value in row._asdict().items() if getattr(same[at], name) is None}
            same[at] = same[at]._replace(**said)
    rows = sorted((row for same in kept.values() for row in same), key=lambda row: row.line)
    return [row._replace(line=line) for line, row in enumerate(rows, 2)]


def _agree(one: WithdrawalRow, other: WithdrawalRow) -> bool:
    both = ((getattr(one, name), getattr(other, name)) for name in ("title", "withdrawn_on", "withdrawal_no", "reason"))
    return all(None in pair or pair[0] == pair[1] for pair in both)


def of_other_books(
    rows: Iterable[WithdrawalRow], copies: Iterable[AccessionRow], given: Container[str]
) -> frozenset[str]:
    """The numbers on the list that have just been given to copies of other books, by their titles."""
    titles = {copy.accession_no: copy.title for copy in copies if copy.accession_no in given}
    named = [row for row in rows if row.accession_no in titles]
    return frozenset(row.accession_no for row in named if _is_other(row, titles[row.accession_no]))


def _apart(row: WithdrawalRow, titles: Mapping[str, str | None]) -> Iterator[WithdrawalRow]:
    """A row of several numbers as one for each, with the title of its copy where the row does not say another. 8-10 is
    several where the books have them all, and none of that number.
    """
    text, width = row.accession_no or "", max(map(len, titles), default=0)
    held = (
        numbers
        for numbers in several_in(text)
        if all((own := at_width(one, width)) in titles and not _is_other(row, titles[own]) for one in numbers)
    )
    numbers = () if text in titles else numbers_of(text) or next(held, ())
    if len(numbers) < _SEVERAL:
        yield row
        return
    for number in numbers:
        padded = at_width(number, width)
        title = titles.get(padded)
        yield row._replace(accession_no=padded, title=row.title if _is_other(row, title) else title or row.title)


def _is_other(row: WithdrawalRow, title: str | None) -> bool:
    """Whether the row is of another book by its title."""
    return are_other_books(None, row.title, None, title) and not _AND_OTHERS.search(row.title or "")


def _as_held(row: WithdrawalRow, copy: AccessionRow | None) -> WithdrawalRow:
    if copy is None or _is_other(row, copy.title):
        return row
    is_letter = row.class_no and len(row.class_no) == 1 and (copy.class_no or "").startswith(row.class_no)
    price = copy.price if row.price is None else row.price
    return row._replace(class_no=copy.class_no if is_letter else row.class_no, price=price)


def mark_written_off(
    copies: Sequence[AccessionRow], withdrawals: Iterable[WithdrawalRow], undated: Container[str], journal: Journal
) -> list[AccessionRow]:
    """The copies, those on the list with its date and batch where they have none of their own. Of the `undated`, which
    no list says when they came, those written off before the books were opened came before that day: no later than on
    the day they went.
    """
    listed = {row.accession_no: row for row in withdrawals if row.accession_no and row.withdrawn_on}
    marked = [_marked(copy, listed.get(copy.accession_no), journal) for copy in copies]
    older = [_came_by(copy, listed, undated) for copy in marked]
    if changed := sum(one is not copy for one, copy in zip(older, marked, strict=True)):
        journal.assumed.append(CAME_BEFORE.format(copies=changed))
    return older


def _came_by(copy: AccessionRow, listed: Container[str], undated: Container[str]) -> AccessionRow:
    gone, came, number = copy.withdrawn_on, copy.accessioned_on, copy.accession_no
    if number not in undated or number not in listed or gone is None or came is None or came <= gone:
        return copy
    return copy._replace(accessioned_on=gone)


def _marked(copy: AccessionRow, row: WithdrawalRow | None, journal: Journal) -> AccessionRow:
    if row is None or copy.withdrawn_on is not None:
        return copy
    journal.did(WRITTEN_OFF, _WHERE._replace(row=copy.line), "注销日期", "", row.withdrawn_on.isoformat())
    return copy._replace(withdrawn_on=row.withdrawn_on, withdrawal_no=copy.withdrawal_no or row.withdrawal_no)
