"""What should stand on the shelves on a day, and what was seen there."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from itertools import groupby, islice
from typing import Any, NamedTuple

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library, group_by, in_order
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow
from schoollib_xl.ledgers.table import LedgerTable
from schoollib_xl.ledgers.vocabulary import Incident, LoanOutcome
from schoollib_xl.rules.copy_numbers import NumbersInTurn
from schoollib_xl.rules.scopes import Places

# What 备注 says of copies that are on no shelf now: with the mender, in a class, in somebody's hands, shown elsewhere.
AT_THE_MENDER = ("送修", "在修", "修补中")
IN_A_CLASS = ("图书角", "班里", "班保管")
AWAY_FROM_THE_SHELVES = (
    *AT_THE_MENDER,
    *IN_A_CLASS,
    *("老师处", "老师保管", "老师借", "办公室", "漂流", "书展", "参展", "借展"),
)
# Where a copy lies for some days: a stand, or on its way back to the shelf.
FOR_SOME_DAYS = ("展", "陈列", "推荐", "还书", "修补", "整理", "待上架", "编目", "漂流")


class Loss(NamedTuple):
    """A copy reported lost: from the report until a refund or another loan shows it again."""

    reported_on: date
    back_on: date
    row: LoanRow | CompensationRow

    @property
    def is_open(self) -> bool:
        """Whether nothing in the books shows the copy again to this day."""
        return self.back_on == date.max


class Sightings:
    """What was seen on the shelves, and where; no loan bears on it."""

    def __init__(self, library: Library) -> None:
        self._library = library

    @cached_property
    def scans(self) -> LedgerTable[StocktakeRow]:
        """盘点记录 by line, each row with the 个别登记号 it stands for. A 条码号 that is on several copies is taken
        for each of them in turn.
        """
        table = self._library[StocktakeRow]
        rows, unknown = in_order(table, "line"), table.distinct("accession_no") - self._library.known_copies
        if unknown:
            numbers = NumbersInTurn(self._library)
            rows = [_meant(scan, numbers) if scan.accession_no in unknown else scan for scan in rows]
        return table if rows is table else table.changed(rows=list(rows))

    @cached_property
    def places(self) -> Places:
        """The 馆藏地 of 个别登记账."""
        return Places(self._library[AccessionRow].column("location"))

    def of(self, numbers: Collection[str]) -> dict[str, list[StocktakeRow]]:
        """The scans of each of these copies that was seen, in line order."""
        return group_by(self.scans.among("accession_no", numbers), "accession_no")

    @cached_property
    def by_day(self) -> Iterable[StocktakeRow]:
        """The scans by day, and by line on one day."""
        return in_order(self.scans, "counted_on")

    @cached_property
    def latest(self) -> dict[str, StocktakeRow]:
        """The last scan of each copy: by day, and by line on one day."""
        rows = self.by_day
        numbers = rows.column("accession_no") if isinstance(rows, LedgerTable) else [row.accession_no for row in rows]
        return dict(zip(numbers, rows, strict=True))

    @cached_property
    def on_day(self) -> dict[date, frozenset[str]]:
        """By day, the numbers of the copies that were seen."""
        seen: defaultdict[date, list[str]] = defaultdict(list)
        numbers = iter(self.scans.column("accession_no"))
        # Scans of one day mostly stand together.
        for day, run in groupby(self.scans.column("counted_on")):
            seen[day] += islice(numbers, len([*run]))
        return {day: frozenset(numbers) for day, numbers in seen.items()}


class Shelves:
    """Where the copies are, by the books, on any day, and where they were seen."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.seen = library.derive(Sightings)
        self._away: dict[date, frozenset[str]] = {}

    # -- on a day ---------------------------------------------------------------------------------

    def in_force(self, copy: AccessionRow, day: date) -> bool:
        """Whether the copy is in the holdings on the day: from 登记日期 until the day before 注销日期."""
        row = self._library.written_off_copies.get(copy.accession_no)
        return copy.held_from <= day and (row is None or row.withdrawn_on is None or day < row.withdrawn_on)

    def away(self, day: date) -> frozenset[str]:
        """The numbers of the copies that are lent, in a class corner, under repair or lost on the day."""
        if day not in self._away:
            self._away[day] = self._away_on(day)
        return self._away[day]

    def _away_on(self, day: date) -> frozenset[str]:
        loans = self._library[LoanRow] if day < self._first_day else self._not_back_before
        # Of one that came back nobody knows when: by the day the books are judged on it is back.
        back = LoanOutcome.RETURNED if day >= self._library.as_of else None
        lent = {
            loan.accession_no
            for loan in loans
            if (loan.returned_on > day if loan.returned_on else loan.outcome is None or loan.outcome is not back)
            and loan.lent_on
            and loan.lent_on <= day
        }
        return frozenset(lent | self.under_repair(day) | self.lost(day))

    def under_repair(self, day: date) -> set[str]:
        """The numbers of the copies sent for repair by the day and not yet back on the shelf, those of which nobody can
        read when they were sent among them.
        """
        repairs = self._library[RepairRow]
        sent = {
            row.accession_no for row in repairs if row.sent_on and row.sent_on <= day < (row.reshelved_on or date.max)
        }
        perhaps = (line.values for line in repairs.incomplete)
        return sent | {str(one["accession_no"]) for one in perhaps if _may_be_away(one, day)}

    def nameless_away(self, day: date) -> int:
        """How many lines of loans and repairs tell, without a number, that a copy may have been away on the day."""
        repairs = [line.values for line in self._library[RepairRow].incomplete]
        loans = [line.values for line in self._library[LoanRow].incomplete]
        spans = [(one.get("sent_on"), one.get("reshelved_on")) for one in repairs if not one.get("accession_no")]
        spans += [
            (
                one.get("lent_on"),
                one.get("returned_on") or (day if one.get("outcome") is LoanOutcome.RETURNED else None),
            )
            for one in loans
            if not one.get("accession_no")
        ]
        return sum((first or day) <= day < (back or date.max) for first, back in spans)

    def lost(self, day: date) -> set[str]:
        """The numbers of the copies reported lost by the day that have not come to light since."""
        return {number for number in self.losses if self.lost_since(number, day)}

    def lost_since(self, accession_no: str, day: date) -> Loss | None:
        """The report that the copy was lost, if it still was on the day."""
        losses = self.losses.get(accession_no)
        if losses is None:
            return None
        return next((loss for loss in losses if loss.reported_on <= day < loss.back_on), None)

    def expected(self, day: date) -> list[AccessionRow]:
        """The copies that should be on the shelves on the day: 在册 − 在借 − 送书下班 − 送修 − 已报失."""
        away = self.away(day)
        return [copy for copy in self.held(day) if copy.accession_no not in away]

    def held(self, day: date) -> Iterator[AccessionRow]:
        """The copies in the holdings on the day, by number, wherever they are."""
        gone, always = self._library.written_off_copies, date.min
        for number, copy in self._library.copies.items():
            if (copy.accessioned_on or always) <= day and (number not in gone or self.in_force(copy, day)):
                yield copy

    @cached_property
    def losses(self) -> dict[str, list[Loss]]:
        """The reports that a copy was lost, by 个别登记号."""
        losses: defaultdict[str, list[Loss]] = defaultdict(list)
        for row, reported_on in self._reports():
            back_on = min(self._sightings(row.accession_no, reported_on), default=date.max)
            losses[row.accession_no].append(Loss(reported_on, back_on, row))
        return losses

    def _reports(self) -> Iterator[tuple[LoanRow | CompensationRow, date]]:
        for loan in self._library.derive(losses_in_loans):
            if loan.returned_on:
                yield loan, loan.returned_on
        for row in self._library[CompensationRow]:
            # A column that is missing as a whole leaves its fields empty.
            if row.incident is Incident.LOST and row.registered_on:
                yield row, row.registered_on

    def _sightings(self, number: str, reported: date) -> Iterator[date]:
        """The days on or after the report on which the copy was refunded for or lent again."""
        for row in self._library.incidents_by_copy.get(number, ()):
            if row.is_under_its_number and row.settled_on and row.settled_on >= reported:
                yield row.settled_on
            if row.refunded_on and row.refunded_on >= reported:
                yield row.refunded_on
        for loan in self._library.loans_by_copy.get(number, ()):
            if loan.lent_on and loan.lent_on >= reported and loan.outcome is not LoanOutcome.LOST:
                yield loan.lent_on

    # -- as seen ----------------------------------------------------------------------------------

    @property
    def scans(self) -> LedgerTable[StocktakeRow]:
        """盘点记录 by line, each row with the 个别登记号 it stands for."""
        return self.seen.scans

    @property
    def places(self) -> Places:
        """The 馆藏地 of 个别登记账."""
        return self.seen.places

    @cached_property
    def _first_day(self) -> date:
        """The first day on which anything was scanned."""
        return min(self.scans.distinct("counted_on"), default=date.max)

    @cached_property
    def _not_back_before(self) -> list[LoanRow]:
        """The loans that had not ended by the day of the first scan, nor on it."""
        loans, first_day = self._library[LoanRow], self._first_day
        return loans.among("returned_on", {day for day in loans.distinct("returned_on") if not day or day > first_day})

    @cached_property
    def lent_when_seen(self) -> dict[int, LoanRow]:
        """By the line of a scan: the loan its copy was out on. A copy lent or returned on the very day
        may well have been on the shelf.
        """
        lent: dict[int, LoanRow] = {}
        seen = self.seen.of({loan.accession_no for loan in self._not_back_before})
        for loan in self._not_back_before:
            for scan in seen.get(loan.accession_no, ()):
                is_told = loan.returned_on or loan.outcome is not LoanOutcome.RETURNED
                if is_told and loan.lent_on < scan.counted_on and out_until(loan) > scan.counted_on:
                    lent.setdefault(scan.line, loan)
        return lent


def _may_be_away(repair: Mapping[str, Any], day: date) -> bool:
    number, back_on = repair.get("accession_no"), repair.get("reshelved_on")
    return number is not None and (repair.get("sent_on") or day) <= day < (back_on or date.max)


def _meant(scan: StocktakeRow, numbers: NumbersInTurn) -> StocktakeRow:
    number = numbers.next_of(scan.accession_no)
    return scan if number is None else scan._replace(accession_no=number)


def losses_in_loans(library: Library) -> list[LoanRow]:
    """The loans that were closed because the copy was lost, and say on which day."""
    return [loan for loan in library[LoanRow].having("outcome", LoanOutcome.LOST) if loan.returned_on]


def back_before_lent(library: Library) -> list[LoanRow]:
    """The loans that ended before they began: one of the two days is wrong."""
    loans = library[LoanRow]
    days = zip(loans, loans.column("returned_on"), loans.column("lent_on"), strict=True)
    return [loan for loan, back, lent in days if back and lent and back < lent]


def out_until(loan: LoanRow) -> date:
    """The day a loan ended: not yet, or on a day nobody knows, which is before any other. Back and out again on one day
    is in order.
    """
    return loan.returned_on or (date.max if loan.is_open else date.min)
