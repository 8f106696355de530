"""评估细则, 图书审查 and what is kept beside the workbook: one small broken example per check."""

from datetime import date
from decimal import Decimal

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.kept import Kept, KeptSample
from schoollib_xl.ledgers.schema import example
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.inspection import EvaluationRow, ReviewRow
from schoollib_xl.ledgers.supporting.vocabulary import ReviewOutcome
from schoollib_xl.samples.broken.example import Example

_ITEM = example(EvaluationRow)
_BATCH, _COPY = example(SummaryRow), example(AccessionRow)
_REVIEW = example(ReviewRow)
_STOPPED = _REVIEW._replace(scope="000001", outcome=ReviewOutcome.STOPPED)
_REMOVED = _REVIEW._replace(scope="000001", outcome=ReviewOutcome.REMOVE)

EXAMPLES = {
    "EVA001": Example((_ITEM, _ITEM._replace(content="账物相符"))),
    "EVA201": Example((_ITEM._replace(own_mark=Decimal(12)),)),
    "EVA301": Example((_ITEM._replace(figure="生均藏书数"),)),
    "CRD201": Example((_BATCH, _COPY), kept=Kept({"000001": "K825.6/1"})),
    "EVA401": Example((_BATCH, _COPY), kept=Kept(samples=(KeptSample(date(2025, 12, 1), 20, ("000001",)),))),
    "RVW101": Example((_REVIEW._replace(reviewed_on=date(2024, 12, 10)),)),
    "RVW102": Example((_BATCH, _REVIEW._replace(scope=_BATCH.batch_no, reviewed_on=date(2024, 9, 2)))),
    "RVW301": Example((_BATCH, _COPY, _STOPPED, example(LoanRow, lent_on=date(2025, 12, 15)))),
    "RVW302": Example((_BATCH, _COPY, _REMOVED), as_of=date(2026, 3, 2)),
    "RVW303": Example((_BATCH, _BATCH._replace(batch_no="2025-002"), _REVIEW)),
    "RVW304": Example((_BATCH, _REVIEW._replace(scope="2025-020"))),
    "RVW305": Example((_BATCH, _COPY, _STOPPED)),
}
