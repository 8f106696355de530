"""报刊登记账: subscribing, checking issues in, binding."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.school import Term, months_apart
from schoollib_xl.ledgers.vocabulary import Circulation, Frequency, PeriodicalKind
from schoollib_xl.samples.refusal import NotAllowed
from schoollib_xl.samples.stock import SampleLot
from schoollib_xl.samples.titles import Title

_PER_WEEK = {Frequency.WEEKLY: 1, Frequency.HALF_WEEKLY: 2}
_PER_MONTH = {
    Frequency.TEN_DAYS: 3,
    Frequency.SEMIMONTHLY: 2,
    Frequency.MONTHLY: 1,
}
_MONTHS_APART = {Frequency.BIMONTHLY: 2, Frequency.QUARTERLY: 3, Frequency.HALF_YEARLY: 6, Frequency.YEARLY: 12}


class Periodical(NamedTuple):
    """A newspaper or magazine as the post office lists it; `monthly_price` is one copy for one month."""

    title: str
    kind: PeriodicalKind
    postal_code: str
    issn: str | None
    cn: str
    frequency: Frequency
    monthly_price: Decimal
    class_no: str
    copies: int


class Serials:
    """All subscriptions of the year."""

    def __init__(self) -> None:
        self.rows: list[PeriodicalRow] = []
        self._classes: dict[str, str] = {}
        # 书次号 of the bound volumes, by class and title: a second subscription of one paper is the same book.
        self._bound: dict[str, dict[str, int]] = {}

    def subscribe(self, paper: Periodical, period: Term, voucher_no: str) -> PeriodicalRow:
        """Enter a subscription; nothing is due or received yet."""
        number = 1 + sum(row.starts_on.year == period.start.year for row in self.rows)
        price = paper.monthly_price * _months(period)
        self.rows.append(
            PeriodicalRow(
                len(self.rows) + 2,
                f"BK{period.start.year}-{number:03}",
                paper.title,
                paper.kind,
                paper.postal_code,
                paper.issn,
                paper.cn,
                paper.frequency,
                period.start,
                period.end,
                paper.copies,
                price,
                voucher_no,
                price * paper.copies,
                0,
                0,
                None,
                None,
                None,
                None,
                None,
            )
        )
        self._classes[self.rows[-1].periodical_no] = paper.class_no
        return self.rows[-1]

    def check_in(self, today: date, periodical_no: str, missing: int = 0, note: str | None = None) -> None:
        """Bring the card up to today: every issue due is there but for `missing`, which the note explains.

        Raises NotAllowed for missing issues without a note or more of them than are due.
        """
        row = self._row(periodical_no)
        due = issues_due(row.frequency, Term(row.starts_on, min(row.ends_on, today)))
        if not 0 <= missing <= due or bool(missing) != bool(note):
            raise NotAllowed(f"{periodical_no}: {missing} issues missing of {due}")
        self._put(row._replace(due_issues=due, received_issues=due - missing, missing_note=note))

    def volumes(self, periodical_nos: Sequence[str]) -> list[SampleLot]:
        """The volumes these subscriptions make when bound, one a copy. Raises NotAllowed for a newspaper, for
        one bound already and for one of which nothing has come yet.
        """
        rows = [self._row(number) for number in periodical_nos]
        for row in rows:
            if row.kind is PeriodicalKind.NEWSPAPER or row.bound_volumes or not row.received_issues:
                raise NotAllowed(f"{row.periodical_no} is not to be bound")
        return [SampleLot(self._volume(row), row.copies) for row in rows]

    def note_volumes(self, periodical_no: str, numbers: Sequence[str]) -> None:
        """Write the numbers the bound volumes were given beside their subscription."""
        row = self._row(periodical_no)
        self._put(row._replace(bound_volumes=len(numbers), first_bound_no=numbers[0], last_bound_no=numbers[-1]))

    def _volume(self, row: PeriodicalRow) -> Title:
        class_no = self._classes[row.periodical_no]
        title = f"{row.title}（{row.starts_on.year}年{row.starts_on.month}—{row.ends_on.month}月合订本）"
        bound = self._bound.setdefault(class_no, {})
        return Title(
            title,
            None,
            None,
            str(row.starts_on.year),
            None,
            None,
            None,
            class_no,
            str(bound.setdefault(title, len(bound) + 1)),
            row.price or Decimal(0),
            Circulation.LENDING,
            "阅览室",
        )

    def _row(self, periodical_no: str) -> PeriodicalRow:
        for row in self.rows:
            if row.periodical_no == periodical_no:
                return row
        raise NotAllowed(f"no subscription {periodical_no}")

    def _put(self, row: PeriodicalRow) -> None:
        self.rows[row.line - 2] = row


def issues_due(frequency: Frequency, period: Term) -> int:
    """How many issues fall due in a period that begins with a month."""
    days = max(0, (period.end - period.start).days + 1)
    if frequency is Frequency.DAILY:
        return days
    if frequency in _PER_WEEK:
        return days // 7 * _PER_WEEK[frequency]
    if frequency in _PER_MONTH:
        return _months(period) * _PER_MONTH[frequency]
    return _months(period) // _MONTHS_APART[frequency]


def _months(period: Term) -> int:
    """Months begun in the period."""
    return max(0, months_apart(period.start, period.end) + 1)
