"""个别登记账: one small broken example per check."""

from datetime import date
from decimal import Decimal

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.schema import example
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import Flow, Source, SourceOrDestination
from schoollib_xl.samples.broken.example import Example

_COPY = example(AccessionRow)
_NEXT = example(AccessionRow, accession_no="000002")
_BATCH = example(SummaryRow)
_PAIR = example(
    SummaryRow,
    copies=2,
    list_value=Decimal("50.00"),
    last_no="000002",
    running_copies=2,
    running_value=Decimal("50.00"),
)
_WRITTEN_OFF = example(
    SummaryRow,
    batch_no="2025-002",
    flow=Flow.OUT,
    source=SourceOrDestination.WORN_OUT,
    running_copies=0,
    running_value=Decimal("0.00"),
)
_VOLUME = example(AccessionRow, title="三国演义（上）", author="罗贯中", price=Decimal("118.00"))

EXAMPLES = {
    "ACC001": Example((_COPY, _COPY._replace(title="呼兰河传"))),
    "ACC002": Example(
        (_COPY._replace(withdrawn_on=date(2026, 1, 16)), _COPY._replace(accessioned_on=date(2026, 3, 2)))
    ),
    "ACC003": Example((_COPY._replace(accession_no="0001"),)),
    "ACC005": Example((_COPY._replace(barcode="QH0001"), _NEXT._replace(barcode="QH0001"))),
    "ACC006": Example((_COPY._replace(barcode="000002"), _NEXT)),
    "ACC011": Example((_COPY._replace(class_no="W246.5"),)),
    "ACC012": Example((_COPY._replace(class_no="I2465"),)),
    "ACC013": Example((_COPY._replace(isbn="9787020024758"),)),
    "ACC101": Example((_PAIR, _COPY, _NEXT._replace(accessioned_on=date(2025, 8, 29)))),
    "ACC201": Example((_COPY._replace(price=Decimal("-25.00")),)),
    "ACC301": Example((_BATCH, _COPY, _NEXT._replace(batch_no="2025-010"))),
    "ACC302": Example((_BATCH, _WRITTEN_OFF, _COPY, _NEXT._replace(batch_no="2025-002"))),
    "ACC303": Example((_PAIR, _COPY, _NEXT._replace(accession_no="000020"))),
    "ACC304": Example((_PAIR, _COPY, _NEXT._replace(source=Source.DONATION))),
    "ACC901": Example((_COPY, _NEXT._replace(title="呼兰河传", price=Decimal("3480.00")))),
    "ACC902": Example((_COPY, _NEXT._replace(price=Decimal("52.00")))),
    "ACC903": Example((_COPY, _NEXT._replace(class_no="I247.5"))),
    "ACC904": Example(
        (
            _COPY,
            _NEXT,
            _COPY._replace(accession_no="000003"),
            _VOLUME._replace(accession_no="000004"),
            _VOLUME._replace(accession_no="000005", title="三国演义（下）"),
        )
    ),
}
