"""What came or went without its line in 总括登记账: one is made for each day and source of what came after the opening
stock was taken, and for withdrawals where the figures allow it, a batch a day where no list gives their 注销批号.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from schoollib_xl.adoption.copies.opening import opening_number
from schoollib_xl.adoption.journal import Journal, of_many
from schoollib_xl.adoption.number_lists import between
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import group_by, grouped
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import Flow, SourceOrDestination
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.holdings import batch_line, carried_on
from schoollib_xl.rules.titles import count_titles
from schoollib_xl.wording.zh import listed, say

NUMBERED = "注销清单上没写注销批号的 {copies} 册：同一天注销的算一批，编了批号（{numbers}），注销单上另有批号的照着改。"
ENTERED = "启用以后的 {lines} 批也补记进了总括登记账，核对一遍。"
NOT_ENTERED = "启用以前的，期初里已经没有这些书，总括登记账不另记。"
UNENTERED = "总括登记账里没有的 {lines} 批注销（{numbers}），照注销清单补记了，核对一遍。"
NO_LINE = (
    "注销批号 {numbers} 总括登记账里没有，也补记不成（第一处 {first}）：有的书在书目里没有、没有定价，"
    "同一批不是同一天注销，或者批号已经是别的批；照注销单在总括登记账补登。"
)
LEFT = (
    "注销清单上没写注销批号、也编不了的 {count} 册（第一处 {first}）：有的书在书目里没有、没有定价，"
    "或和总括登记账对不上，记不成一批；照注销单补批号，再在总括登记账补登这一批。"
)
CAME = (
    "启用以后才登记的 {copies} 册没有算进期初，照登记日期和来源记作入藏 {lines} 批，补记进了总括登记账，核对一遍；"
    "供货单位、单据号和实洋照单据补。"
)
REMARKS, ARRIVED = "照注销清单补记", "照书目的登记日期补记"
AS_STOCK = (
    "启用日期 {day} 是照学年和借阅推的；在那以后登记的 {copies} 册（最早 {first}）占了大半，当作补登的旧书，"
    "都算进期初，不算新增。是新到的书，就加 --opened-on {option} 再接收，记作入藏。"
)
# The copies that came on one day from one source.
Arrival = list[AccessionRow]


class Arrivals(NamedTuple):
    """What came after the opening, and what is said where that is taken for none."""

    came: list[Arrival]
    said: list[str]


def enter_batches(ledgers: dict[type[Any], list[Any]], came: Sequence[Arrival], journal: Journal) -> None:
    """Enter what came and went since the opening in 总括登记账, and the numbers that no list gives in 个别登记账 and
    注销登记账 as well.
    """
    withdrawals: list[WithdrawalRow] = ledgers.get(WithdrawalRow, [])
    if not withdrawals and not came:
        return
    copies = {copy.accession_no: copy for copy in ledgers[AccessionRow]}
    own: list[SummaryRow] = ledgers.get(SummaryRow, [])
    lines = _entered_batches(withdrawals, copies, own, journal)
    rows, lines, batch_of = _number_batches(withdrawals, came, copies, lines, journal)
    if came:
        # What her own 总括登记账 says is not reckoned anew.
        hers = max(0, len(own) - 1)
        lines = [*lines[:hers], *_in_order(lines[hers:])]
        journal.assumed.append(CAME.format(copies=sum(map(len, came)), lines=len(came)))
    numbered = [copy._replace(batch_no=batch_of.get(copy.line, copy.batch_no)) for copy in ledgers[AccessionRow]]
    ledgers |= {SummaryRow: lines, AccessionRow: _with_batch_numbers(numbered, rows)}
    if withdrawals:
        ledgers[WithdrawalRow] = rows


def _entered_batches(
    rows: Iterable[WithdrawalRow], copies: Mapping[str, AccessionRow], batches: Sequence[SummaryRow], journal: Journal
) -> list[SummaryRow]:
    """The lines of 总括登记账 with those of batches that the lists number. Where it enters a withdrawal at all, what it
    lacks is for the school to mend.
    """
    lines, left = list(batches), list[str]()
    if any(one.flow is Flow.OUT for one in batches):
        return lines
    stated = [row for row in rows if row.withdrawal_no and row.withdrawn_on and row.accession_no]
    by_number = group_by([row for row in stated if not _is_older(row.withdrawn_on, batches)], "withdrawal_no")
    for number, of_batch in sorted(by_number.items(), key=lambda one: (one[1][0].withdrawn_on, one[0])):
        is_another = any(one.batch_no == number for one in lines)
        line = None if is_another else _line(of_batch, copies, number, lines)
        lines += [line] if line else []
        left += [] if line else [number]
    if entered := [line.batch_no for line in lines[len(batches) :]]:
        journal.assumed.append(UNENTERED.format(lines=len(entered), numbers=listed(entered, unit="批")))
    if left:
        first = by_number[left[0]][0].accession_no
        journal.urgent.append(NO_LINE.format(numbers=listed(left, unit="批"), first=first))
    return lines


def _is_older(day: date, batches: Iterable[SummaryRow]) -> bool:
    """Whether the day is before that on which the opening stock was taken: then these books do not hold the copies."""
    return any(one.flow is Flow.OPENING and one.registered_on and day < one.registered_on for one in batches)


def arrivals(
    copies: Iterable[AccessionRow], undated: Container[str], opened_on: date, as_of: date, *, is_guess: bool
) -> Arrivals:
    """Of the copies of the opening batch those that came after its day, by their day and source, in that order. Where
    that day is but a guess and most of all copies did, the days are those on which the stock was entered, and none of
    them is one of its own.
    """
    own = list(copies)
    later = [
        one
        for one in own
        if one.accession_no not in undated and one.accessioned_on and opened_on < one.accessioned_on <= as_of
    ]
    if is_guess and 2 * len(later) > len(own):
        first = min(one.accessioned_on for one in later if one.accessioned_on)
        said = AS_STOCK.format(day=say(opened_on), copies=len(later), first=say(first), option=opened_on.isoformat())
        return Arrivals([], [said])
    by_occasion = grouped(later, lambda one: (one.accessioned_on, one.source.value if one.source else ""))
    return Arrivals([by_occasion[occasion] for occasion in sorted(by_occasion)], [])


class _Numbering:
    """Gives batches that 总括登记账 lacks their numbers, day by day; `used` are the numbers there are, `left`
    the withdrawals of which nobody can tell the batch.
    """

    def __init__(self, batches: Sequence[SummaryRow], copies: Mapping[str, AccessionRow], used: set[str]) -> None:
        self.lines = list(batches)
        self.numbers: dict[date, str] = {}
        self.batch_of: dict[int, str] = {}
        self.left: list[WithdrawalRow] = []
        self._batches, self._copies, self._used = batches, copies, used

    def bring(self, batch: Arrival, day: date) -> None:
        """Copies that came on a day as a batch of their own."""
        line = _line_of_arrival(batch, self._next(day), self.lines)
        self.lines.append(line)
        self._used.add(line.batch_no)
        self.batch_of |= dict.fromkeys((copy.line for copy in batch), line.batch_no)

    def take(self, rows: list[WithdrawalRow], day: date) -> None:
        """What was written off on a day."""
        if number := self._number_of(rows, day):
            self.numbers[day] = number
            self._used.add(number)
        else:
            self.left += rows

    def _number_of(self, rows: list[WithdrawalRow], day: date) -> str:
        stated = [one for one in self._batches if one.flow is Flow.OUT and one.registered_on == day]
        if stated:
            return stated[0].batch_no if len(stated) == 1 and stated[0].copies == len(rows) else ""
        number = self._next(day)
        if _is_older(day, self._batches):
            return number
        line = _line(rows, self._copies, number, self.lines)
        self.lines += [line] if line else []
        return number if line else ""

    def _next(self, day: date) -> str:
        return opening_number(filter(None, self._used), day)


def _number_batches(
    rows: Sequence[WithdrawalRow],
    came: Sequence[Arrival],
    copies: Mapping[str, AccessionRow],
    batches: Sequence[SummaryRow],
    journal: Journal,
) -> tuple[list[WithdrawalRow], list[SummaryRow], dict[int, str]]:
    """The withdrawals with a number for each batch, the lines of 总括登记账 with those of batches it lacked, and the
    batch of each copy that `came`, by its line.

    A batch of a day before the opening stock was taken is in no line of these books; one of a later day gets its number
    only where 总括登记账 has it, or can have it: every copy known, with its price, and no later line there yet.
    """
    used = {one.batch_no for one in batches}.union(row.withdrawal_no for row in rows)
    numbering = _Numbering(batches, copies, used)
    unnumbered = [row for row in rows if row.withdrawal_no is None and row.withdrawn_on and row.accession_no]
    gone_by_day = group_by(unnumbered, "withdrawn_on")
    came_by_day = grouped(came, lambda batch: batch[0].accessioned_on)
    for day in sorted({*gone_by_day, *came_by_day}):
        for batch in came_by_day.get(day, []):
            numbering.bring(batch, day)
        if gone := gone_by_day.get(day):
            numbering.take(gone, day)
    numbers, lines, left = numbering.numbers, numbering.lines, numbering.left
    numbered = [row for row in unnumbered if row.withdrawn_on in numbers]
    if numbered:
        are_older = _is_older(min(numbers), batches)
        entered = len(lines) - len(batches) - len(came)
        journal.assumed.append(_said(len(numbered), sorted(numbers.values()), entered, are_older))
    journal.urgent += of_many(LEFT, [row.accession_no for row in left])
    lacking = {row.line for row in numbered}
    return (
        [row._replace(withdrawal_no=numbers[row.withdrawn_on]) if row.line in lacking else row for row in rows],
        lines,
        numbering.batch_of,
    )


def _in_order(lines: Iterable[SummaryRow]) -> list[SummaryRow]:
    """The lines of 总括登记账 by their days, each with the running totals that those before it make."""
    ordered: list[SummaryRow] = []
    for line in sorted(lines, key=lambda one: one.registered_on or date.min):
        last = ordered[-1] if ordered else None
        row = line._replace(line=last.line + 1 if last else line.line)
        ordered.append(carried_on(row, last) if last else row)
    return ordered


def _line_of_arrival(batch: Arrival, number: str, lines: Sequence[SummaryRow]) -> SummaryRow:
    """The line of copies that came together, below those there are; their numbers where they are one run."""
    source, numbers = batch[0].source, sorted(one.accession_no for one in batch)
    ends = (numbers[0], numbers[-1]) if list(between(numbers[0], numbers[-1]) or ()) == numbers else (None, None)
    return batch_line(
        batch,
        line=lines[-1].line + 1 if lines else 2,
        titles=count_titles(batch),
        registered_on=batch[0].accessioned_on,
        batch_no=number,
        flow=Flow.IN,
        source=SourceOrDestination(source.value) if source else SourceOrDestination.OTHER,
        first_no=ends[0],
        last_no=ends[1],
        remarks=ARRIVED,
    )


def _said(copies: int, numbers: Sequence[str], entered: int, are_older: bool) -> str:
    """What is said of copies that got a number, of how many lines of 总括登记账 were entered, and of older batches."""
    said = NUMBERED.format(copies=copies, numbers=listed(numbers, unit="批"))
    return said + (ENTERED.format(lines=entered) if entered else "") + (NOT_ENTERED if are_older else "")


def _with_batch_numbers(copies: Sequence[AccessionRow], rows: Iterable[WithdrawalRow]) -> list[AccessionRow]:
    """The copies, those that went on the day of their withdrawal with its batch where they name none."""
    numbers = {(row.accession_no, row.withdrawn_on): row.withdrawal_no for row in rows}
    return [
        copy._replace(withdrawal_no=numbers.get((copy.accession_no, copy.withdrawn_on)))
        if copy.withdrawn_on and copy.withdrawal_no is None
        else copy
        for copy in copies
    ]


def _line(
    rows: Sequence[WithdrawalRow], copies: Mapping[str, AccessionRow], number: str, lines: Sequence[SummaryRow]
) -> SummaryRow | None:
    """The line of the batch below those there are; None where the figures do not allow one."""
    day = rows[0].withdrawn_on
    gone = (copies.get(row.accession_no) for row in rows)
    held = [copy for copy in gone if copy and copy.withdrawn_on == day and copy.price is not None]
    last = lines[-1] if lines else None
    if len(held) < len(rows) or last is None or last.registered_on is None or last.registered_on > day:
        return None
    reasons = {row.reason for row in rows}
    only = reasons.pop() if len(reasons) == 1 else None
    row = batch_line(
        held,
        line=last.line + 1,
        titles=count_titles(held),
        registered_on=day,
        batch_no=number,
        flow=Flow.OUT,
        source=SourceOrDestination(only.value) if only else SourceOrDestination.OTHER,
        remarks=REMARKS,
    )
    return carried_on(row, last)
