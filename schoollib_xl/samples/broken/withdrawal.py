"""注销登记账, and what 个别登记账 and 总括登记账 say of it: one small broken example per check."""

from datetime import date
from decimal import Decimal

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.schema import example
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import Flow, SourceOrDestination
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.samples.broken.example import Example

_ROW = example(WithdrawalRow)
_COPY = example(AccessionRow)
_MARKED = _COPY._replace(withdrawn_on=_ROW.withdrawn_on, withdrawal_no=_ROW.withdrawal_no)
_BATCH = example(
    SummaryRow,
    registered_on=_ROW.withdrawn_on,
    batch_no=_ROW.withdrawal_no,
    flow=Flow.OUT,
    source=SourceOrDestination.WORN_OUT,
    I=1,
)

EXAMPLES = {
    "WDL001": Example((_MARKED, _ROW, _ROW)),
    "WDL002": Example((_MARKED, _ROW._replace(approved_by=None))),
    "WDL101": Example((_MARKED, _ROW._replace(withdrawn_on=date(2025, 8, 31)))),
    "WDL102": Example((_BATCH, _MARKED, _ROW._replace(withdrawn_on=date(2026, 1, 6)))),
    "WDL201": Example((_MARKED, _ROW._replace(price=Decimal("52.00")))),
    "WDL301": Example((_ROW._replace(accession_no="000010"),)),
    "WDL302": Example((_MARKED, _ROW._replace(title="呼兰河传"))),
    "WDL303": Example((_MARKED, _ROW._replace(class_no="K246.5"))),
    "WDL304": Example((_BATCH, _MARKED, _ROW._replace(withdrawal_no="2026-010"))),
    "WDL305": Example((example(SummaryRow), _MARKED, _ROW._replace(withdrawal_no="2025-001"))),
    "ACC351": Example((_MARKED,)),
    "ACC352": Example((_COPY, _ROW)),
    "ACC353": Example((_BATCH, _MARKED._replace(withdrawn_on=date(2026, 1, 6)), _ROW)),
    "ACC354": Example((_BATCH, _MARKED._replace(withdrawal_no="2026-010"), _ROW)),
    "SUM351": Example((_BATCH._replace(copies=2), _MARKED, _MARKED._replace(accession_no="000002"), _ROW)),
    "SUM352": Example((_BATCH, _MARKED, _ROW._replace(price=Decimal("52.00")))),
    "SUM353": Example((_BATCH._replace(I=None, K=1), _MARKED, _ROW)),
}
