"""总括登记账, 个别登记账, 注销登记账 and 分类统计账: one small broken example per check."""

from datetime import date
from decimal import Decimal
from typing import Any

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.ledger_set import EXAMPLE_SCHOOL
from schoollib_xl.ledgers.schema import example
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import CLASS_LETTERS, CLASS_NAMES, Flow, Source, SourceOrDestination
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.samples.broken.example import Example

_BATCH = example(SummaryRow)
_SECOND_BATCH = example(
    SummaryRow,
    registered_on=date(2025, 10, 9),
    batch_no="2025-002",
    first_no="000002",
    last_no="000002",
    running_copies=2,
    running_value=Decimal("50.00"),
)
_THIRD_BATCH = _SECOND_BATCH._replace(
    first_no="000003", last_no="000003", running_copies=3, running_value=Decimal("75.00")
)
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
_WORN_OUT = example(
    SummaryRow,
    batch_no="2025-002",
    flow=Flow.OUT,
    source=SourceOrDestination.WORN_OUT,
    running_copies=0,
    running_value=Decimal("0.00"),
)
_VOLUME = example(AccessionRow, title="三国演义（上）", author="罗贯中", price=Decimal("118.00"))
_WITHDRAWAL = example(WithdrawalRow)
_MARKED = _COPY._replace(withdrawn_on=_WITHDRAWAL.withdrawn_on, withdrawal_no=_WITHDRAWAL.withdrawal_no)
_WITHDRAWAL_BATCH = example(
    SummaryRow,
    registered_on=_WITHDRAWAL.withdrawn_on,
    batch_no=_WITHDRAWAL.withdrawal_no,
    flow=Flow.OUT,
    source=SourceOrDestination.WORN_OUT,
    I=1,
)
_NOTHING = Decimal("0.00")
_LINE = example(ClassificationRow)
_NEXT_LINE = _LINE._replace(
    starts_on=date(2026, 2, 23),
    ends_on=date(2026, 7, 3),
    opening_copies=1,
    opening_value=Decimal("25.00"),
    added_copies=0,
    added_value=_NOTHING,
)
_GONE = _LINE._replace(closing_copies=0, closing_value=_NOTHING)
# The 22 lines of a period in which nothing but one copy of literature came.
_EMPTY: dict[str, Any] = {"added_copies": 0, "added_value": _NOTHING, "closing_copies": 0, "closing_value": _NOTHING}
_PERIOD = tuple(
    _LINE
    if letter == _LINE.class_letter
    else _LINE._replace(class_letter=letter, class_name=CLASS_NAMES[letter], **_EMPTY)
    for letter in CLASS_LETTERS
)
_OVERLAPPING = tuple(line._replace(starts_on=date(2026, 1, 5), ends_on=date(2026, 7, 3)) for line in _PERIOD)
_SECOND_TERM = EXAMPLE_SCHOOL._replace(term_start=date(2026, 2, 23), term_end=date(2026, 7, 3))
_WORN_OUT_BATCH = example(
    SummaryRow,
    registered_on=date(2026, 1, 16),
    batch_no="2026-001",
    flow=Flow.OUT,
    source=SourceOrDestination.WORN_OUT,
)
_WRITTEN_OFF = (_BATCH, _WORN_OUT_BATCH, _MARKED, _WITHDRAWAL)

EXAMPLES = {
    "SUM001": Example((_BATCH, _SECOND_BATCH._replace(batch_no="2025-001"))),
    "SUM002": Example((_BATCH, _SECOND_BATCH._replace(batch_no="2025-003"))),
    "SUM003": Example((_BATCH, _SECOND_BATCH, _THIRD_BATCH._replace(batch_no="2025第3批"))),
    "SUM011": Example((_BATCH._replace(last_no="000003"),)),
    "SUM012": Example((_BATCH._replace(first_no="000002"),)),
    "SUM013": Example((_BATCH._replace(last_no=None),)),
    "SUM014": Example((_BATCH, _SECOND_BATCH._replace(first_no="000001", last_no="000001"))),
    "SUM015": Example((_BATCH, _SECOND_BATCH._replace(first_no="000005", last_no="000005"))),
    "SUM101": Example((_BATCH, _SECOND_BATCH._replace(registered_on=date(2025, 8, 30)))),
    "SUM201": Example((_BATCH._replace(I=2),)),
    "SUM202": Example((_BATCH._replace(I=1), _SECOND_BATCH._replace(I=1), _THIRD_BATCH)),
    "SUM211": Example((_BATCH, _SECOND_BATCH._replace(running_copies=3))),
    "SUM212": Example((_BATCH, _SECOND_BATCH._replace(running_value=Decimal("45.00")))),
    "SUM221": Example((_BATCH._replace(paid_value=Decimal("52.00")),)),
    "SUM301": Example((_PAIR, _COPY)),
    "SUM302": Example((_BATCH, _COPY._replace(price=Decimal("52.00")))),
    "SUM303": Example((_PAIR, _COPY, _NEXT_COPY._replace(title="呼兰河传", author="萧红"))),
    "SUM304": Example((_BATCH._replace(K=1), _COPY)),
    "SUM305": Example((_BATCH,)),
    "SUM306": Example((_PAIR, _COPY._replace(source=Source.DONATION), _NEXT_COPY._replace(source=Source.DONATION))),
    "SUM307": Example((_PAIR._replace(registered_on=date(2025, 9, 5)), _COPY, _NEXT_COPY)),
    "SUM308": Example((_PAIR._replace(first_no="000011", last_no="000012"), _COPY, _NEXT_COPY)),
    "ACC001": Example((_COPY, _COPY._replace(title="呼兰河传"))),
    "ACC002": Example(
        (_COPY._replace(withdrawn_on=date(2026, 1, 16)), _COPY._replace(accessioned_on=date(2026, 3, 2)))
    ),
    "ACC003": Example((_COPY._replace(accession_no="0001"),)),
    "ACC005": Example((_COPY._replace(barcode="QH0001"), _NEXT_COPY._replace(barcode="QH0001"))),
    "ACC006": Example((_COPY._replace(barcode="000002"), _NEXT_COPY)),
    "ACC007": Example(
        (
            *(_COPY._replace(accession_no=f"{number:06}", barcode=f"QH{number:06}") for number in range(1, 21)),
            _COPY._replace(accession_no="000021", barcode="QH000031"),
        )
    ),
    "ACC011": Example((_COPY._replace(class_no="W246.5"),)),
    "ACC012": Example((_COPY._replace(class_no="I2465"),)),
    "ACC013": Example((_COPY._replace(isbn="9787020024758"),)),
    "ACC101": Example((_PAIR, _COPY, _NEXT_COPY._replace(accessioned_on=date(2025, 8, 29)))),
    "ACC021": Example((_COPY._replace(publisher="2014"),)),
    "ACC022": Example((_COPY._replace(edition="136", pages=None),)),
    "ACC103": Example(
        (
            _BATCH,
            *(
                _COPY._replace(accession_no=f"{number:06}", accessioned_on=date(2025, 9, 1 if number != 11 else 12))
                for number in range(1, 22)
            ),
        )
    ),
    "ACC201": Example((_COPY._replace(price=Decimal("-25.00")),)),
    "ACC301": Example((_BATCH, _COPY, _NEXT_COPY._replace(batch_no="2025-010"))),
    "ACC302": Example((_BATCH, _WORN_OUT, _COPY, _NEXT_COPY._replace(batch_no="2025-002"))),
    "ACC303": Example((_PAIR, _COPY, _NEXT_COPY._replace(accession_no="000020"))),
    "ACC304": Example((_PAIR, _COPY, _NEXT_COPY._replace(source=Source.DONATION))),
    "ACC901": Example((_COPY, _NEXT_COPY._replace(title="呼兰河传", price=Decimal("3480.00")))),
    "ACC902": Example((_COPY, _NEXT_COPY._replace(price=Decimal("52.00")))),
    "ACC903": Example((_COPY, _NEXT_COPY._replace(class_no="I247.5"))),
    "ACC904": Example(
        (
            _COPY,
            _NEXT_COPY,
            _COPY._replace(accession_no="000003"),
            _VOLUME._replace(accession_no="000004"),
            _VOLUME._replace(accession_no="000005", title="三国演义（下）"),
        )
    ),
    "WDL001": Example((_MARKED, _WITHDRAWAL, _WITHDRAWAL)),
    "WDL002": Example((_MARKED, _WITHDRAWAL._replace(approved_by=None))),
    "WDL101": Example((_MARKED, _WITHDRAWAL._replace(withdrawn_on=date(2025, 8, 31)))),
    "WDL102": Example((_WITHDRAWAL_BATCH, _MARKED, _WITHDRAWAL._replace(withdrawn_on=date(2026, 1, 6)))),
    "WDL201": Example((_MARKED, _WITHDRAWAL._replace(price=Decimal("52.00")))),
    "WDL301": Example((_WITHDRAWAL._replace(accession_no="000010"),)),
    "WDL302": Example((_MARKED, _WITHDRAWAL._replace(title="呼兰河传"))),
    "WDL303": Example((_MARKED, _WITHDRAWAL._replace(class_no="K246.5"))),
    "WDL304": Example((_WITHDRAWAL_BATCH, _MARKED, _WITHDRAWAL._replace(withdrawal_no="2026-010"))),
    "WDL305": Example((example(SummaryRow), _MARKED, _WITHDRAWAL._replace(withdrawal_no="2025-001"))),
    "ACC351": Example((_MARKED,)),
    "ACC352": Example((_COPY, _WITHDRAWAL)),
    "ACC353": Example((_WITHDRAWAL_BATCH, _MARKED._replace(withdrawn_on=date(2026, 1, 6)), _WITHDRAWAL)),
    "ACC354": Example((_WITHDRAWAL_BATCH, _MARKED._replace(withdrawal_no="2026-010"), _WITHDRAWAL)),
    "SUM351": Example(
        (_WITHDRAWAL_BATCH._replace(copies=2), _MARKED, _MARKED._replace(accession_no="000002"), _WITHDRAWAL)
    ),
    "SUM352": Example((_WITHDRAWAL_BATCH, _MARKED, _WITHDRAWAL._replace(price=Decimal("52.00")))),
    "SUM353": Example((_WITHDRAWAL_BATCH._replace(I=None, K=1), _MARKED, _WITHDRAWAL)),
    "CLS001": Example((_LINE._replace(class_letter="W"),)),
    "CLS002": Example((_LINE, _LINE)),
    "CLS003": Example((_LINE,)),
    "CLS005": Example((_LINE,), _SECOND_TERM, date(2026, 7, 3)),
    "CLS101": Example((_LINE._replace(ends_on=date(2025, 1, 23)),)),
    "CLS102": Example((*_PERIOD[:11], _PERIOD[11]._replace(ends_on=date(2026, 1, 24)))),
    "CLS103": Example((*_PERIOD, *_OVERLAPPING)),
    "CLS201": Example((_LINE._replace(closing_copies=2),)),
    "CLS202": Example((_LINE._replace(closing_value=Decimal("26.00")),)),
    "CLS203": Example((_LINE, _NEXT_LINE._replace(opening_copies=2, closing_copies=2))),
    "CLS204": Example((_LINE, _NEXT_LINE._replace(opening_value=Decimal("52.00"), closing_value=Decimal("52.00")))),
    "CLS205": Example((_LINE._replace(added_copies=2, closing_copies=2), _BATCH, _COPY)),
    "CLS206": Example((_LINE._replace(added_value=Decimal("52.00"), closing_value=Decimal("52.00")), _BATCH, _COPY)),
    "CLS207": Example((_LINE._replace(closing_value=_NOTHING, removed_value=Decimal("25.00")), *_WRITTEN_OFF)),
    "CLS208": Example((_GONE._replace(removed_copies=1, removed_value=Decimal("52.00")), *_WRITTEN_OFF)),
    "CLS209": Example((_LINE._replace(opening_copies=1, closing_copies=2), _BATCH, _COPY)),
    "CLS210": Example((_LINE._replace(opening_value=Decimal("3.00"), closing_value=Decimal("28.00")), _BATCH, _COPY)),
    "CLS211": Example((*_PERIOD, _BATCH._replace(copies=2))),
    "CLS212": Example((*_PERIOD, _BATCH._replace(list_value=Decimal("52.00")))),
}
