"""What ledgers count in: yuan to the cent, and days as spreadsheets number them."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
NO_MONEY = Decimal("0.00")
# No school library counts or pays this much, and more digits could not be rounded to the cent.
BEYOND_COUNTING = Decimal(10) ** 12
EPOCH = date(1899, 12, 30)
"""Day 0 of Excel's serial numbers, from 1 March 1900 on; before that Excel counts a 29 February that never was."""


def to_cents(yuan: Decimal) -> Decimal:
    """The amount rounded half up to the cent."""
    return yuan.quantize(CENT, ROUND_HALF_UP)


def plain_number(number: Decimal) -> str:
    """A number without idle zeros, written out: 8 for 8.00, 1.5, 0.0000001 and not 1E-7."""
    return f"{number.normalize():f}"


def per_cent(share: Decimal) -> str:
    """A share of one in per cent: 98.63%."""
    return f"{plain_number(100 * share)}%"


def serial(day: date) -> int:
    """A day as spreadsheets count it."""
    return (day - EPOCH).days


def day_of_serial(number: float) -> date | None:
    """The day of a spreadsheet's number; None where it is none."""
    try:
        return EPOCH + timedelta(days=int(number))
    except (OverflowError, ValueError):
        return None
