"""What a cell may have been meant to say: what another book says, what the check reckons, what a slip makes of it."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from schoollib_xl.causes.cells.doubled import FURTHER, doubled
from schoollib_xl.causes.cells.singled_out import has_another, one_title_more
from schoollib_xl.causes.correction import Change, Correction, Slip, SlipKind, changed, written
from schoollib_xl.causes.evidence import LAID_DOWN, days_booked, is_to_come, issues_meant, weighed, would_open_again
from schoollib_xl.causes.governed.governing import corrections_of_cells, ends_exchanged
from schoollib_xl.causes.governed.loan_days import back_for_the_next, lent_for_its_due_date
from schoollib_xl.causes.governed.readers import kinds_by_number, kinds_meant
from schoollib_xl.causes.slips import neighbouring_dates, slip_between
from schoollib_xl.causes.trial import cells_of
from schoollib_xl.checks.check import Nearest
from schoollib_xl.checks.report import Finding
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import SHEETS, Cell, Field, Kind
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.activities import RecommendationRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow
from schoollib_xl.ledgers.supporting.office import ExplanationRow, SettingRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import CompensationRule, LendingRule, TargetRow
from schoollib_xl.ledgers.units import to_cents
from schoollib_xl.rules.likeness import same_title

# What governs many rows is not blamed for a few findings; many.py weighs it. A rule for compensation governs so few
# incidents that one of them can speak against it.
WEIGHED_BY_MANY = (LendingRule, CalendarRow, OpeningRow, SettingRow, ExplanationRow)
# What a check calls the day that it reckons.
_RECKONED = "right"
# A day that another row tells outweighs that it looks like a slip of the pen.
_DAYS_TOLD = (Slip.NEXT_LOAN, Slip.DUE_DATE, Slip.BOOKED)
# Kinds of number that stand for the same thing under several headers.
_SAME = (
    {"accession_no", "replacement_no", "first_bound_no", "last_bound_no", "first_no", "last_no"},
    *({"batch_no", "withdrawal_no"}, {"voucher_no", "receipt_no"}, {"reader_no"}),
)


class _Meant(NamedTuple):
    """A value a cell may have been meant to hold, and what speaks for it."""

    value: Any
    slip: Slip


def corrections_of_rows(
    library: Library, findings: Iterable[Finding], others: Iterable[Finding]
) -> Iterator[Correction]:
    """Every cell of the rows that the findings name, written as it may have been meant; rows that are there twice.
    `others` are findings that may tell what number was meant.
    """
    found = list(findings)
    elsewhere = [cell for one in (*found, *others) for cell in _cells(one)]
    # How many titles a batch has is not known before all its copies are there.
    short = {one.at.line for one in (*found, *others) if (one.at.row_type, one.at.field) == (SummaryRow, "copies")}
    for finding in found:
        for index, cell in enumerate(_cells(finding)):
            row: Any = library[cell.row_type].sound_at(cell.line)
            if type(row) is not cell.row_type or cell.row_type in WEIGHED_BY_MANY:
                yield from _of_its_year(library, finding, row)
                continue
            if cell.row_type is CompensationRule:
                yield from corrections_of_cells(library, row, [cell.field])
                continue
            yield from doubled(library, row, [cell for cell in _cells(finding) if cell.line != row.line])
            if cell.field == "titles":
                yield from one_title_more(library, row)
            if cell.row_type is ClassRow:
                yield from kinds_by_number(library, row)
            if type(row) is PeriodicalRow:
                yield from ends_exchanged(row)
            for field in _fields(finding, cell):
                if field.name == "titles" and (row.line in short or has_another(library, row)):
                    continue
                for meant in _meant(library, finding, row, field, elsewhere):
                    yield _correction(library, row, field, meant, index)


def _of_its_year(library: Library, finding: Finding, row: Any) -> Iterator[Correction]:
    """Days of a row of 校历 that contradicts another row: the day that 基本信息 has for a term, a slip away;
    its two ends exchanged.
    """
    if type(row) is not CalendarRow or finding.at.row_type is not CalendarRow:
        return
    yield from ends_exchanged(row)
    days = {day for term in library.school.terms for day in term}
    for field in ("starts_on", "ends_on"):
        for day in neighbouring_dates(getattr(row, field)):
            if day in days:
                slip = slip_between(getattr(row, field), day)
                yield changed(SlipKind.CALENDAR, row, slip, slip.cost, **{field: day})


def stated(library: Library, finding: Finding) -> Correction | None:
    """What the check itself says was probably meant in its cell, and in those just like it."""
    near = next((fact.value for fact in finding.facts.values() if isinstance(fact, Nearest)), None)
    cells = [finding.at, *(cell for cell in finding.see_also if cell.field == finding.at.field)]
    is_ = written(library, finding.at)
    if near is None or is_ is None or type(near) is not type(is_) or near == is_:
        return None
    slip = slip_between(is_, near) if isinstance(near, date) else Slip.NEAREST
    kind = SlipKind.DATE if isinstance(near, date) else SlipKind.CELL
    return Correction(kind, tuple(Change(cell, near) for cell in cells), slip, slip.cost)


def _cells(finding: Finding) -> list[Cell]:
    return [cell for cell in cells_of(finding) if cell.field]


def _fields(finding: Finding, cell: Cell) -> list[Field]:
    """The fields of the row that the check looks at, the one named before the others."""
    declared = SHEETS[cell.row_type]
    read = finding.check.looks_at.get(cell.row_type, frozenset())
    return [declared.by_name[cell.field], *(field for field in declared.fields if field.name in read - {cell.field})]


def _correction(library: Library, row: Any, field: Field, meant: _Meant, index: int) -> Correction:
    slip = slip_between(getattr(row, field.name), meant.value)
    # A figure that another book has as well and that is one slip away from what stands here is likelier still.
    cost = meant.slip.cost if slip is Slip.PLAIN else min(slip.cost, meant.slip.cost) - 0.1
    named_slip = meant.slip if slip is Slip.PLAIN or meant.slip in _DAYS_TOLD else slip
    cost += weighed(library, row, field.name, meant.value)
    kind = (
        SlipKind.NUMBER
        if field.kind is Kind.IDENTIFIER
        else SlipKind.DATE
        if field.kind is Kind.DATE
        else SlipKind.CELL
    )
    return changed(kind, row, named_slip, round(cost + index * FURTHER, 4), **{field.name: meant.value})


def _meant(library: Library, finding: Finding, row: Any, field: Field, elsewhere: list[Cell]) -> Iterator[_Meant]:
    value = getattr(row, field.name)
    for one in _candidates(library, finding, row, field, elsewhere):
        if one.value is not None and one.value != value and not is_to_come(library, row, field.name, one.value):
            yield one


def _candidates(library: Library, finding: Finding, row: Any, field: Field, elsewhere: list[Cell]) -> Iterator[_Meant]:
    value = getattr(row, field.name)
    for cell in _cells(finding):
        if hold_the_same(field, SHEETS[cell.row_type].by_name[cell.field]) and _speaks_of(library, finding, row, cell):
            yield _Meant(in_words_of(field, _value_at(library, cell)), Slip.OTHER_BOOK)
    if field.name == finding.at.field:
        # A word that the check itself expects is another book's; a figure may be reckoned.
        slip, wanted = (Slip.OTHER_BOOK if field.choices else Slip.PLAIN), type(value)
        said = (fact for name, fact in finding.facts.items() if is_said_of(field, name, finding))
        yield from (_Meant(fact, slip) for fact in said if type(fact) is wanted)
    if field.kind is Kind.DATE and isinstance(value, date):
        yield from (_Meant(day, Slip.PLAIN) for day in neighbouring_dates(value))
    if type(row) is ReaderRow and field.name == "kind":
        yield from (_Meant(kind, Slip.PLAIN) for kind in kinds_meant(library, row))
    elif field.choices and type(row) in (SummaryRow, LoanRow, ReaderRow, CompensationRow):
        yield from (_Meant(choice, Slip.PLAIN) for choice in field.choices if not would_open_again(library, choice))
    if type(row) is CompensationRow and field.name == "settled_on":
        yield from (_Meant(day, Slip.BOOKED) for day in days_booked(library, row))
    if field.kind is Kind.IDENTIFIER:
        yield from _numbers(library, row, field, elsewhere)
    if type(row) is PeriodicalRow:
        yield from _of_the_subscription(library, row, field.name)
    if type(row) is LoanRow and field.name == "returned_on":
        yield from (_Meant(day, Slip.NEXT_LOAN) for day in back_for_the_next(library, finding, row))
    if type(row) is LoanRow and field.name == "lent_on":
        yield from (_Meant(day, Slip.DUE_DATE) for day in lent_for_its_due_date(library, row))
    if type(row) is RecommendationRow and field.name == "isbn":
        yield from _as_by_its_author(library, row)


def _speaks_of(library: Library, finding: Finding, row: Any, cell: Cell) -> bool:
    """Whether the cell is another row's, and that row speaks of the same: targets of different names do not, nor rows
    of one sheet with different words from a list that the check reads, nor of the day on which something was done; a
    bound volume is called by more than its periodical.
    """
    if (cell.row_type, cell.line) == (type(row), row.line) or {type(row), cell.row_type} == {
        PeriodicalRow,
        AccessionRow,
    }:
        return False
    other: Any = library[cell.row_type].sound_at(cell.line)
    if type(other) is not type(row):
        return True
    if SHEETS[type(row)].by_name[cell.field].kind is Kind.DATE and cell.field not in LAID_DOWN:
        return False
    read = (SHEETS[type(row)].by_name[name] for name in finding.check.looks_at.get(type(row), ()) if name != cell.field)
    telling = ["name"] if type(row) is TargetRow else [field.name for field in read if field.choices]
    return all(getattr(row, name) == getattr(other, name) for name in telling)


def _as_by_its_author(library: Library, row: RecommendationRow) -> Iterator[_Meant]:
    """The ISBN of the copies that title and author agree with: two cells of a row outweigh the third."""
    numbers = Counter(
        copy.isbn
        for copy in library[AccessionRow].among("author", {row.author} if row.author else ())
        if same_title(row.title, copy.title)
    )
    yield from (_Meant(number, Slip.SAME_TITLE) for number, _ in numbers.most_common(2) if number)


def is_said_of(field: Field, fact: str, finding: Finding) -> bool:
    """Whether a fact may be said of the field: what another column of the rows holds is not, nor a day that only bounds
    it, as the day that the books are kept until does.
    """
    if field.kind is Kind.DATE:
        return fact in (_RECKONED, field.name)
    # A clause of the sentence is no value of a cell.
    if str(finding.facts[fact]).startswith("，"):
        return False
    columns = (SHEETS[cell.row_type].by_name.get(fact) for cell in (finding.at, *finding.see_also))
    return all(hold_the_same(field, column) for column in columns if column)


def hold_the_same(one: Field, other: Field) -> bool:
    if one.kind is Kind.IDENTIFIER or one.kind is Kind.TEXT:
        return one.name == other.name or any({one.name, other.name} <= names for names in _SAME)
    # Two books may choose from lists that differ a little: where books come from, where they come from or go to.
    alike = one.choices == other.choices or (one.name == other.name and bool(one.words.keys() & other.words.keys()))
    return one.kind is other.kind and alike


def in_words_of(field: Field, value: Any) -> Any:
    """The value as the field itself would say it; None where its list has no such word."""
    return field.words.get(str(value)) if field.choices and value is not None else value


def _value_at(library: Library, cell: Cell) -> Any:
    return getattr(library[cell.row_type].sound_at(cell.line), cell.field, None)


def _numbers(library: Library, row: Any, field: Field, elsewhere: list[Cell]) -> Iterator[_Meant]:
    """Numbers one slip away: that other findings name, and of the copy or reader the row itself describes."""
    value = getattr(row, field.name) or ""
    names = next((names for names in _SAME if field.name in names), {field.name})
    rows = [library[cell.row_type].sound_at(cell.line) for cell in elsewhere if cell.line != row.line]
    values = dict.fromkeys(getattr(other, name, None) for other in rows for name in names)
    # A number that 个别登记账 or 读者名册 lacks as well is none that was meant.
    known = next((known for name, known in _held(library, row) if name in names), values)
    yield from _near(value, (number for number in values if number and number in known))
    if field.name == "accession_no" and not isinstance(row, AccessionRow) and getattr(row, "title", None):
        named = library[AccessionRow].among("title", {row.title})
        yield from _near(value, (copy.accession_no for copy in named))
    if field.name == "reader_no" and not isinstance(row, ReaderRow) and getattr(row, "name", None):
        yield from (_Meant(one.reader_no, Slip.OTHER_BOOK) for one in library[ReaderRow] if one.name == row.name)


def _held(library: Library, row: Any) -> Iterator[tuple[str, Collection[str | None]]]:
    """The numbers there are, by the field that names one; a row of the book of these numbers may lack just this."""
    if not isinstance(row, AccessionRow):
        yield "accession_no", library.copies
    if not isinstance(row, ReaderRow):
        yield "reader_no", library.readers


def _near(value: str, numbers: Iterable[str]) -> Iterator[_Meant]:
    near = (number for number in numbers if slip_between(value, number) is not Slip.PLAIN)
    yield from (_Meant(number, Slip.OTHER_BOOK) for number in near)


def _of_the_subscription(library: Library, row: PeriodicalRow, field: str) -> Iterator[_Meant]:
    """份数 × 单价 = 金额: what one of the three is by the other two, and what the title costs in other periods; the
    issues as other subscriptions of the same days have them.
    """
    if field in ("due_issues", "received_issues"):
        yield from (_Meant(number, Slip.MOST_OTHERS) for number in issues_meant(library, row, field))
    if field == "copies" and row.price and row.amount % row.price == 0:
        yield _Meant(int(row.amount / row.price), Slip.OTHER_BOOK)
    others = {paper.price for paper in library[PeriodicalRow] if paper.title == row.title and paper is not row}
    if field == "amount" and row.price is not None and row.price in others:
        yield _Meant(row.copies * row.price, Slip.MOST_OTHERS)
    # A price that the title has in another period as well is right.
    if field == "price" and row.copies and row.price not in others:
        price = to_cents(row.amount / row.copies)
        yield _Meant(price, Slip.SAME_TITLE if price in others else Slip.OTHER_BOOK)
