"""经费登记: one small broken example per check."""

from datetime import date
from decimal import Decimal

from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import example
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.money import CashRow
from schoollib_xl.samples.broken.example import Example

_BOUGHT = example(CashRow)
_SUBSCRIBED = example(CashRow, summary="订报刊", voucher_no="BK0001", spent=Decimal("60.00"))
_COMPENSATED = example(
    CashRow,
    booked_on=date(2025, 10, 20),
    summary="赔款",
    voucher_no="SJ0001",
    received=Decimal("25.00"),
    spent=None,
    balance=Decimal("1005.00"),
)
_SECOND_BATCH = example(SummaryRow, batch_no="2025-002", voucher_no="FP0002")
_LATER = example(CashRow, booked_on=date(2025, 12, 1), summary="购修补材料", voucher_no=None, balance=None)

EXAMPLES = {
    "CSH102": Example((_BOUGHT._replace(voucher_no="FP20240901"),)),
    "CSH201": Example((_BOUGHT, _COMPENSATED._replace(balance=Decimal("955.00")))),
    "CSH301": Example((example(SummaryRow), _BOUGHT._replace(spent=Decimal("25.00")))),
    "CSH302": Example((example(PeriodicalRow), _SUBSCRIBED._replace(spent=Decimal("66.00")))),
    "CSH303": Example((example(CompensationRow), _COMPENSATED._replace(received=Decimal("20.00")))),
    "CSH305": Example((example(SummaryRow), _BOUGHT._replace(received=_BOUGHT.spent, spent=None))),
    "CSH311": Example((example(SummaryRow), _SECOND_BATCH, _BOUGHT, _LATER)),
    "CSH312": Example(
        (
            example(PeriodicalRow),
            example(PeriodicalRow, periodical_no="BK2025-002", voucher_no="BK0002"),
            _SUBSCRIBED,
            _LATER,
        )
    ),
    "CSH313": Example(
        (
            example(CompensationRow),
            example(CompensationRow, incident_no="P2025-002", receipt_no="SJ0002"),
            _BOUGHT,
            _COMPENSATED,
        )
    ),
}
