"""分类统计账: one small broken example per check."""

from datetime import date
from decimal import Decimal
from typing import Any

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.ledger_set import EXAMPLE_SCHOOL
from schoollib_xl.ledgers.schema import example
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import CLASS_LETTERS, CLASS_NAMES, Flow, SourceOrDestination
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.samples.broken.example import Example

_NOTHING = Decimal("0.00")
_LINE = example(ClassificationRow)
_NEXT = _LINE._replace(
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

_SECOND_TERM = EXAMPLE_SCHOOL._replace(term_start=date(2026, 2, 23), term_end=date(2026, 7, 3))
_COPY = example(AccessionRow)
_BATCH = example(SummaryRow)
_WITHDRAWAL = example(WithdrawalRow)
_WITHDRAWAL_BATCH = example(
    SummaryRow,
    registered_on=date(2026, 1, 16),
    batch_no="2026-001",
    flow=Flow.OUT,
    source=SourceOrDestination.WORN_OUT,
)
_MARKED = _COPY._replace(withdrawn_on=date(2026, 1, 16), withdrawal_no="2026-001")
_WRITTEN_OFF = (_BATCH, _WITHDRAWAL_BATCH, _MARKED, _WITHDRAWAL)

EXAMPLES = {
    "CLS001": Example((_LINE._replace(class_letter="W"),)),
    "CLS002": Example((_LINE, _LINE)),
    "CLS003": Example((_LINE,)),
    "CLS005": Example((_LINE,), _SECOND_TERM, date(2026, 7, 3)),
    "CLS101": Example((_LINE._replace(ends_on=date(2025, 1, 23)),)),
    "CLS102": Example((*_PERIOD[:11], _PERIOD[11]._replace(ends_on=date(2026, 1, 24)))),
    "CLS201": Example((_LINE._replace(closing_copies=2),)),
    "CLS202": Example((_LINE._replace(closing_value=Decimal("26.00")),)),
    "CLS203": Example((_LINE, _NEXT._replace(opening_copies=2, closing_copies=2))),
    "CLS204": Example((_LINE, _NEXT._replace(opening_value=Decimal("52.00"), closing_value=Decimal("52.00")))),
    "CLS205": Example((_LINE._replace(added_copies=2, closing_copies=2), _BATCH, _COPY)),
    "CLS206": Example((_LINE._replace(added_value=Decimal("52.00"), closing_value=Decimal("52.00")), _BATCH, _COPY)),
    "CLS207": Example((_LINE._replace(closing_value=_NOTHING, removed_value=Decimal("25.00")), *_WRITTEN_OFF)),
    "CLS208": Example((_GONE._replace(removed_copies=1, removed_value=Decimal("52.00")), *_WRITTEN_OFF)),
    "CLS209": Example((_LINE._replace(opening_copies=1, closing_copies=2), _BATCH, _COPY)),
    "CLS210": Example((_LINE._replace(opening_value=Decimal("3.00"), closing_value=Decimal("28.00")), _BATCH, _COPY)),
    "CLS211": Example((*_PERIOD, _BATCH._replace(copies=2))),
    "CLS212": Example((*_PERIOD, _BATCH._replace(list_value=Decimal("52.00")))),
}
