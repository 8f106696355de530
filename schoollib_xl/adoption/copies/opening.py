"""The opening stock: one 期初 batch in 总括登记账, and the opening balance of each class in 分类统计账."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from schoollib_xl.adoption.opening_days import usual_term, with_usual_term
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.identifiers import batch_parts
from schoollib_xl.ledgers.school import School, Term
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.units import NO_MONEY
from schoollib_xl.ledgers.vocabulary import CLASS_LETTERS, CLASS_NAMES, Flow, SourceOrDestination
from schoollib_xl.rules.holdings import Amount, amount_of, batch_line, by_letter
from schoollib_xl.rules.titles import count_titles

NOTHING_HELD = Amount(0, NO_MONEY)


def opening_number(known: Iterable[str], day: date) -> str:
    """The next free 总括登记号 of the year of the day."""
    parts = [parts for number in known if (parts := batch_parts(number))]
    serial = max((serial for year, serial in parts if year == day.year), default=0) + 1
    return f"{day.year}-{serial:03}"


def opening_row(
    copies: Sequence[AccessionRow], day: date, batch_no: str, before: SummaryRow | None, remarks: str
) -> SummaryRow:
    """The line of 总括登记账 for the opening stock; its running totals follow from the line before.

    Copies written off before the day are not in it; copies without a class number are in 册数, but in none of
    the 22 classes. Lines that could not be read whole may be among them: those without a number are in no range.
    """
    held = [copy for copy in copies if not copy.withdrawn_on or copy.withdrawn_on >= day]
    numbers = sorted(copy.accession_no for copy in held if copy.accession_no)
    row = batch_line(
        held,
        line=2 if before is None else before.line + 1,
        titles=count_titles(held),
        registered_on=day,
        batch_no=batch_no,
        flow=Flow.OPENING,
        source=_common_source(held),
        first_no=numbers[0] if numbers else None,
        last_no=numbers[-1] if numbers else None,
        remarks=remarks,
    )
    row = row._replace(running_copies=row.copies, running_value=row.list_value)
    if before is None or before.running_copies is None or before.running_value is None:
        return row
    return row._replace(
        running_copies=before.running_copies + row.copies, running_value=before.running_value + row.list_value
    )


def _common_source(copies: Iterable[AccessionRow]) -> SourceOrDestination:
    """来源 of the batch: that of its copies where they have but one, else 其他."""
    sources = {copy.source for copy in copies}
    only = sources.pop() if len(sources) == 1 else None
    return SourceOrDestination(only.value) if only else SourceOrDestination.OTHER


def class_balances(
    school: School, opening: Sequence[AccessionRow], later: Sequence[AccessionRow], day: date, as_of: date
) -> list[ClassificationRow]:
    """分类统计账 of the term: what was held when the books began on the day, and what has come and gone since."""
    term = with_usual_term(school, max(day, as_of)).term
    if term is None or term.start > term.end:
        term = usual_term(day).term
    period = term._replace(start=min(term.start, day)) if day < term.start else term
    left = [one for one in (*opening, *later) if one.withdrawn_on and one.withdrawn_on <= period.end]
    held, came, gone = (held_by_class(copies, day) for copies in (opening, later, left))
    return class_rows(held, period, came=came, gone=gone)


def class_rows(
    held: Mapping[str, Amount],
    term: Term,
    *,
    came: Mapping[str, Amount] | None = None,
    gone: Mapping[str, Amount] | None = None,
) -> list[ClassificationRow]:
    """One line for each of the 22 classes: what is held when the term begins, and what has come and gone since."""
    lines = ((came or {}).get, held.get, (gone or {}).get)
    return [
        _class_row(line, letter, term, *(amounts(letter, NOTHING_HELD) for amounts in lines))
        for line, letter in enumerate(CLASS_LETTERS, 2)
    ]


def _class_row(line: int, letter: str, term: Term, came: Amount, held: Amount, gone: Amount) -> ClassificationRow:
    left = (held.copies + came.copies - gone.copies, held.value + came.value - gone.value)
    return ClassificationRow(line, *term, letter, CLASS_NAMES[letter], *held, *came, *gone, *left, None)


def held_by_class(copies: Iterable[AccessionRow], day: date) -> dict[str, Amount]:
    """What each class holds on the day, of these copies; '' stands for those that have none."""
    held = by_letter(copy for copy in copies if not copy.withdrawn_on or copy.withdrawn_on >= day)
    return {letter: amount_of(own) for letter, own in held.items()}
