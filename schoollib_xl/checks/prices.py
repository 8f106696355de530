"""Prices that two ledgers write of one copy."""

from collections.abc import Iterator

from schoollib_xl.checks.check import Found, found
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.withdrawal import WithdrawalRow


def priced_otherwise(library: Library, row_type: type[CompensationRow] | type[WithdrawalRow]) -> Iterator[Found]:
    """The rows whose 单价 is not the copy's in 个别登记账."""
    for row in library[row_type]:
        copy = library.copies.get(row.accession_no)
        if copy and row.price != copy.price:
            yield found(cell(row, "price"), cell(copy, "price"), cell(row, "accession_no"), entered=copy.price)
