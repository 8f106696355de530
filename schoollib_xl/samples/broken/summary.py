"""总括登记账: one small broken example per check."""

from datetime import date
from decimal import Decimal

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.schema import example
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import Source
from schoollib_xl.samples.broken.example import Example

_FIRST = example(SummaryRow)
_SECOND = example(
    SummaryRow,
    registered_on=date(2025, 10, 9),
    batch_no="2025-002",
    first_no="000002",
    last_no="000002",
    running_copies=2,
    running_value=Decimal("50.00"),
)
_THIRD = _SECOND._replace(first_no="000003", last_no="000003", running_copies=3, running_value=Decimal("75.00"))
_PAIR = example(
    SummaryRow,
    copies=2,
    list_value=Decimal("50.00"),
    last_no="000002",
    running_copies=2,
    running_value=Decimal("50.00"),
)
_COPY = example(AccessionRow)
_NEXT_COPY = example(AccessionRow, accession_no="000002")

EXAMPLES = {
    "SUM001": Example((_FIRST, _SECOND._replace(batch_no="2025-001"))),
    "SUM002": Example((_FIRST, _SECOND._replace(batch_no="2025-003"))),
    "SUM003": Example((_FIRST, _SECOND, _THIRD._replace(batch_no="2025第3批"))),
    "SUM011": Example((_FIRST._replace(last_no="000003"),)),
    "SUM012": Example((_FIRST._replace(first_no="000002"),)),
    "SUM013": Example((_FIRST._replace(last_no=None),)),
    "SUM014": Example((_FIRST, _SECOND._replace(first_no="000001", last_no="000001"))),
    "SUM015": Example((_FIRST, _SECOND._replace(first_no="000005", last_no="000005"))),
    "SUM101": Example((_FIRST, _SECOND._replace(registered_on=date(2025, 8, 30)))),
    "SUM201": Example((_FIRST._replace(I=2),)),
    "SUM211": Example((_FIRST, _SECOND._replace(running_copies=3))),
    "SUM212": Example((_FIRST, _SECOND._replace(running_value=Decimal("45.00")))),
    "SUM221": Example((_FIRST._replace(paid_value=Decimal("52.00")),)),
    "SUM301": Example((_PAIR, _COPY)),
    "SUM302": Example((_FIRST, _COPY._replace(price=Decimal("52.00")))),
    "SUM303": Example((_PAIR, _COPY, _NEXT_COPY._replace(title="呼兰河传", author="萧红"))),
    "SUM304": Example((_FIRST._replace(K=1), _COPY)),
    "SUM305": Example((_FIRST,)),
    "SUM306": Example((_PAIR, _COPY._replace(source=Source.DONATION), _NEXT_COPY._replace(source=Source.DONATION))),
    "SUM307": Example((_PAIR._replace(registered_on=date(2025, 9, 5)), _COPY, _NEXT_COPY)),
    "SUM308": Example((_PAIR._replace(first_no="000011", last_no="000012"), _COPY, _NEXT_COPY)),
}
