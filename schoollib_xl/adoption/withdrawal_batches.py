"""Withdrawals without their line in 总括登记账: one is made where the figures allow it, a batch a day where no list
gives their 注销批号.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from schoollib_xl.adoption.journal import Journal, of_many
from schoollib_xl.adoption.opening import opening_number
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import group_by
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import Flow, SourceOrDestination
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.holdings import batch_line
from schoollib_xl.rules.titles import count_titles
from schoollib_xl.wording.zh import listed

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
REMARKS = "照注销清单补记"


def entered_batches(
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


def number_batches(
    rows: Sequence[WithdrawalRow], copies: Mapping[str, AccessionRow], batches: Sequence[SummaryRow], journal: Journal
) -> tuple[list[WithdrawalRow], list[SummaryRow]]:
    """The withdrawals with a number for each batch, and the lines of 总括登记账 with those of batches it lacked.

    A batch of a day before the opening stock was taken is in no line of these books; one of a later day gets its number
    only where 总括登记账 has it, or can have it: every copy known, with its price, and no later line there yet.
    """
    lines, numbers, left = list(batches), dict[date, str](), list[WithdrawalRow]()
    known = {one.batch_no for one in batches} | {row.withdrawal_no for row in rows}
    unnumbered = [row for row in rows if row.withdrawal_no is None and row.withdrawn_on and row.accession_no]
    for day, of_day in sorted(group_by(unnumbered, "withdrawn_on").items()):
        number = opening_number(filter(None, known), day)
        stated = [one for one in batches if one.flow is Flow.OUT and one.registered_on == day]
        if stated:
            is_the_one = len(stated) == 1 and stated[0].copies == len(of_day) and stated[0].batch_no
            number = stated[0].batch_no if is_the_one else ""
        elif not _is_older(day, batches):
            line = _line(of_day, copies, number, lines)
            lines += [line] if line else []
            number = number if line else ""
        if number:
            numbers[day] = number
            known.add(number)
        else:
            left += of_day
    numbered = [row for row in unnumbered if row.withdrawn_on in numbers]
    if numbered:
        are_older = _is_older(min(numbers), batches)
        journal.assumed.append(_said(len(numbered), sorted(numbers.values()), len(lines) - len(batches), are_older))
    journal.urgent += of_many(LEFT, [row.accession_no for row in left])
    lacking = {row.line for row in numbered}
    return [
        row._replace(withdrawal_no=numbers[row.withdrawn_on]) if row.line in lacking else row for row in rows
    ], lines


def _said(copies: int, numbers: Sequence[str], entered: int, are_older: bool) -> str:
    """What is said of copies that got a number, of how many lines of 总括登记账 were entered, and of older batches."""
    said = NUMBERED.format(copies=copies, numbers=listed(numbers, unit="批"))
    return said + (ENTERED.format(lines=entered) if entered else "") + (NOT_ENTERED if are_older else "")


def with_batch_numbers(copies: Sequence[AccessionRow], rows: Iterable[WithdrawalRow]) -> list[AccessionRow]:
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
    return row._replace(
        running_copies=None if last.running_copies is None else last.running_copies - row.copies,
        running_value=None if last.running_value is None else last.running_value - row.list_value,
    )
