"""Copies on a list of withdrawals, marked as written off in 个别登记账 as well."""

from collections.abc import Iterable, Sequence

from schoollib_xl.adoption.journal import Journal, SourceRow
from schoollib_xl.adoption.transforms import WRITTEN_OFF
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

_WHERE = SourceRow("", "个别登记账", 0)


def mark_written_off(
    copies: Sequence[AccessionRow], withdrawals: Iterable[WithdrawalRow], journal: Journal
) -> list[AccessionRow]:
    """The copies, those on the list with its date and batch where they have none of their own."""
    listed = {row.accession_no: row for row in withdrawals if row.accession_no and row.withdrawn_on}
    return [_marked(copy, listed.get(copy.accession_no), journal) for copy in copies]


def _marked(copy: AccessionRow, row: WithdrawalRow | None, journal: Journal) -> AccessionRow:
    if row is None or copy.withdrawn_on is not None:
        return copy
    journal.did(WRITTEN_OFF, _WHERE._replace(row=copy.line), "注销日期", "", row.withdrawn_on.isoformat())
    return copy._replace(withdrawn_on=row.withdrawn_on, withdrawal_no=copy.withdrawal_no or row.withdrawal_no)
