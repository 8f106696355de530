"""Which copies are written off: those on a list of withdrawals, and those that a list of all copies says are."""

from collections.abc import Iterable, Sequence

from schoollib_xl.adoption.headers import HeaderFinder
from schoollib_xl.adoption.journal import Journal, SourceRow
from schoollib_xl.adoption.kinds import BOOKS, WITHDRAWALS
from schoollib_xl.adoption.own_names import OwnNames
from schoollib_xl.adoption.tables import FoundTable
from schoollib_xl.adoption.transforms import WRITTEN_OFF
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.reading.recognising import plain_header
from schoollib_xl.sheets.reading.tidy import shown

_WHERE = SourceRow("", "个别登记账", 0)
_TELLING = ("withdrawn_on", "reason", "approved_by", "withdrawal_no")
_NOTHING = frozenset(["", "0", "否", "无", "-", "—", "/"])


def take_for_copies(table: FoundTable, names: OwnNames) -> None:
    """Take a list of all copies for one of books, though it has columns for withdrawals: its first row says nothing
    of any, or most rows do not. A list of withdrawals may leave blank what is as in the row above, and only that.
    """
    if table.kind is not WITHDRAWALS or names.kind(table.file, table.sheet) or not table.lines:
        return
    at = [table.columns[name] for name in _TELLING if name in table.columns]
    silent = [all(_says_nothing(line.cells, column) for column in at) for line in table.lines]
    if not silent[0] and sum(silent) * 2 <= len(silent):
        return
    texts = [plain_header(table.headers.get(column, "")) for column in range(1, max(table.headers) + 1)]
    columns = HeaderFinder(table.file, table.sheet, names).columns(BOOKS, texts)
    if BOOKS.fits(columns):
        table.kind, table.columns = BOOKS, columns
        table.how = {
            column: names.reason(BOOKS, table.file, table.sheet, table.headers[column]) for column in columns.values()
        }


def _says_nothing(cells: Sequence[CellValue], column: int) -> bool:
    return column > len(cells) or shown(cells[column - 1]).strip() in _NOTHING


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
