"""借还流水 line by line: what was done at the desk, until it stands in the ledgers.

A line is never changed. What was undone, and what was found to stand in the ledgers, are lines of their own, so that
nothing is entered twice although she may correct the ledger afterwards.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict

from schoollib_xl.desk.decision import Changed, Decision
from schoollib_xl.desk.ledger_state import LedgerState
from schoollib_xl.desk.request import Act
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.new_rows import new_row
from schoollib_xl.ledgers.schema import SHEETS, Field, Kind


class DeskMark(StrEnum):
    """What a line says about an earlier one instead of about a copy."""

    UNDONE = "撤销"
    BOOKED = "已入账"
    REOPENED = "重新待抄"
    DROPPED = "不再提"


class LoanKey(BaseModel):
    """The loan that a line ends or renews, as its ledger names it; `line_id` where a line of the journal lent it."""

    model_config = ConfigDict(frozen=True)
    loan_no: str
    reader_no: str
    accession_no: str
    lent_on: date
    line_id: str = ""


class DeskLine(BaseModel):
    """One line. `row` is a new row of 借阅登记账 and `incident` one of 赔偿登记账, by header; `change` is what a
    loan gets, by header; `of` is the line that a mark is about, `ledger` how far the ledger had come in which a line
    was found.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    at: datetime
    what: Act | DeskMark
    day: date | None = None
    loan: LoanKey | None = None
    row: dict[str, str | int] | None = None
    change: dict[str, str | int] | None = None
    incident: dict[str, str | int] | None = None
    of: str = ""
    ledger: LedgerState | None = None

    @property
    def accession_no(self) -> str:
        """The copy it is about; '' for a mark."""
        return self.loan.accession_no if self.loan else ""


class Unfit(ValueError):
    """A line names a column or a value that the ledger does not know."""


def line_of(decision: Decision, line_id: str, at: datetime, lent_by: str = "") -> DeskLine:
    """What an allowed decision enters, as a line; `lent_by` is the line of the journal that lent the copy."""
    rows: dict[type[Any], dict[str, str | int]] = {}
    change = None
    loan = decision.request.loan
    for entry in decision.entries:
        if isinstance(entry, Changed):
            change, loan = _by_header(LoanRow, entry.values), entry.row
        else:
            rows[type(entry.row)] = _by_header(type(entry.row), entry.row._asdict())
            loan = entry.row if isinstance(entry.row, LoanRow) else loan
    if loan is None:
        raise Unfit(decision.act)
    key = LoanKey(
        loan_no=loan.loan_no,
        reader_no=loan.reader_no,
        accession_no=loan.accession_no,
        lent_on=loan.lent_on,
        line_id=lent_by,
    )
    return DeskLine(
        id=line_id,
        at=at,
        what=decision.act,
        day=decision.request.day,
        loan=key,
        row=rows.get(LoanRow),
        change=change,
        incident=rows.get(CompensationRow),
    )


def mark_of(what: DeskMark, line: DeskLine, line_id: str, at: datetime) -> DeskLine:
    """A mark on a line."""
    return DeskLine(id=line_id, at=at, what=what, of=line.id)


def booked_mark(line: DeskLine, line_id: str, at: datetime, loan_no: str, ledger: LedgerState) -> DeskLine:
    """The mark of a line that stands in the ledger; `loan_no` is the number its loan has there."""
    key = line.loan.model_copy(update={"loan_no": loan_no}) if line.loan and loan_no else None
    return mark_of(DeskMark.BOOKED, line, line_id, at).model_copy(update={"loan": key, "ledger": ledger})


class Booking(NamedTuple):
    """That a line stood in the ledger: the mark that says so, and whether it is asked after no more."""

    mark: DeskLine
    is_dropped: bool = False


def bookings(lines: Iterable[DeskLine]) -> dict[str, Booking]:
    """The lines that stood in the ledger, by their ids."""
    found: dict[str, Booking] = {}
    for line in lines:
        if line.what is DeskMark.BOOKED:
            found[line.of] = Booking(line)
        elif line.what is DeskMark.REOPENED:
            found.pop(line.of, None)
        elif line.what is DeskMark.DROPPED and line.of in found:
            found[line.of] = found[line.of]._replace(is_dropped=True)
    return found


def row_of(row_type: type[Any], said: dict[str, str | int], line: int) -> Any:
    """The row that is said by headers, to stand on this line. Raises Unfit."""
    try:
        return new_row(row_type, line, **values_of(row_type, said))
    except TypeError as error:  # a column without which there is no such row
        raise Unfit(str(error)) from error


def values_of(row_type: type[Any], said: dict[str, str | int]) -> dict[str, Any]:
    """Values by field from values by header. Raises Unfit."""
    fields = {field.header: field for field in SHEETS[row_type].fields}
    try:
        return {fields[header].name: _value(fields[header], value) for header, value in said.items()}
    except (KeyError, ArithmeticError, ValueError) as error:
        raise Unfit(str(error)) from error


def _value(field: Field, value: str | int) -> Any:
    if field.choices:
        return field.words[str(value)]
    if field.kind is Kind.DATE:
        return date.fromisoformat(str(value))
    if field.kind is Kind.COUNT:
        return int(value)
    return Decimal(str(value)) if field.kind is Kind.MONEY else str(value)


def _by_header(row_type: type[Any], values: Any) -> dict[str, str | int]:
    fields = SHEETS[row_type].by_name
    return {
        fields[name].header: _plain(value) for name, value in values.items() if name in fields and value is not None
    }


def _plain(value: Any) -> str | int:
    if isinstance(value, int):
        return value
    if isinstance(value, date):
        return value.isoformat()
    return str(value.value) if isinstance(value, Enum) else str(value)


def standing(lines: Iterable[DeskLine]) -> Iterator[DeskLine]:
    """The lines that say something about copies and were not taken back, in order; each once, though what keeps folders
    in step may have put two states of the journal one behind the other.
    """
    known = list({line.id: line for line in lines}.values())
    gone = {line.of for line in known if line.what is DeskMark.UNDONE}
    return (line for line in known if isinstance(line.what, Act) and line.id not in gone)
