"""盘点, 帐卡, 修补 and 图书审查 (STK, CRD, RPR, RVW): one small broken example per check."""

from datetime import date

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.kept import Kept
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.supporting.inspection import ReviewRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow, StocktakeScopeRow
from schoollib_xl.ledgers.supporting.vocabulary import Presence, ReviewOutcome
from schoollib_xl.ledgers.vocabulary import Condition, LoanOutcome, Settlement
from schoollib_xl.samples.broken.example import Example
from schoollib_xl.samples.broken.rows import BATCH, COPY, DAMAGED, INCIDENT, LOAN, REPAIR, SECOND_COPY

_IN_ROOM = example(AccessionRow, accession_no="000002", location="阅览室")
_WITHDRAWN = example(AccessionRow, withdrawn_on=date(2025, 12, 12), withdrawal_no="2025-002")
_SCAN = example(StocktakeRow)
_CLOSED = example(StocktakeScopeRow)
_DAY_BEFORE = date(2026, 1, 19)
_BACK = example(LoanRow, accession_no="000002", returned_on=date(2026, 1, 20), outcome=LoanOutcome.RETURNED)
_THIRD = example(AccessionRow, accession_no="000003")
_MENDED = example(RepairRow, reshelved_on=date(2025, 11, 10))
_REVIEW = example(ReviewRow)
_STOPPED = _REVIEW._replace(scope="000001", outcome=ReviewOutcome.STOPPED)
_REMOVED = _REVIEW._replace(scope="000001", outcome=ReviewOutcome.REMOVE)

EXAMPLES = {
    "CRD001": Example((COPY, _SCAN._replace(catalogue_card=Presence.ABSENT))),
    "CRD002": Example((COPY, _SCAN._replace(book_card=Presence.ABSENT))),
    "CRD003": Example((COPY, _SCAN._replace(label=Presence.ABSENT))),
    "CRD004": Example((COPY, _SCAN._replace(stamp=Presence.ABSENT))),
    "CRD101": Example((COPY, SECOND_COPY, _SCAN, _SCAN._replace(accession_no="000002", label=None))),
    "CRD102": Example((COPY, _SCAN._replace(label=None))),
    "CRD201": Example((BATCH, COPY), kept=Kept({"000001": "K825.6/1"})),
    "RPR101": Example((_MENDED._replace(reshelved_on=date(2025, 11, 1)),)),
    "RPR102": Example((REPAIR, REPAIR._replace(sent_on=date(2025, 11, 24)))),
    "RPR103": Example((COPY, REPAIR._replace(sent_on=date(2025, 8, 1)))),
    "RPR104": Example((COPY, _MENDED._replace(sent_on=date(2025, 1, 6), reshelved_on=date(2025, 11, 21)))),
    "RPR301": Example((COPY, _MENDED._replace(accession_no="000009"))),
    "RPR302": Example((_WITHDRAWN, _MENDED._replace(sent_on=date(2025, 12, 15), reshelved_on=None))),
    "RPR303": Example((REPAIR._replace(sent_on=date(2025, 9, 15)), LOAN)),
    "RPR304": Example((REPAIR, example(StocktakeRow))),
    "RPR306": Example((COPY, INCIDENT, REPAIR._replace(sent_on=date(2025, 12, 15), reshelved_on=None))),
    "RPR305": Example(
        (
            *(COPY, COPY._replace(accession_no="000002")),
            REPAIR._replace(accession_no="000002", sent_on=DAMAGED.registered_on),
            DAMAGED._replace(settlement=Settlement.REPAIR),
        )
    ),
    "RPR901": Example((COPY, _MENDED._replace(reshelved_on=None)), as_of=date(2026, 7, 3)),
    "RVW101": Example((_REVIEW._replace(reviewed_on=date(2024, 12, 10)),)),
    "RVW102": Example((BATCH, _REVIEW._replace(scope=BATCH.batch_no, reviewed_on=date(2024, 9, 2)))),
    "RVW301": Example((BATCH, COPY, _STOPPED, example(LoanRow, lent_on=date(2025, 12, 15)))),
    "RVW302": Example((BATCH, COPY, _REMOVED), as_of=date(2026, 3, 2)),
    "RVW303": Example((BATCH, BATCH._replace(batch_no="2025-002"), _REVIEW)),
    "RVW304": Example((BATCH, _REVIEW._replace(scope="2025-020"))),
    "RVW305": Example((BATCH, COPY, _STOPPED)),
    "RVW306": Example((BATCH, _WITHDRAWN, _REVIEW._replace(scope="000001", reviewed_on=date(2026, 1, 20)))),
    "STK001": Example((COPY, _SCAN, _SCAN)),
    "STK002": Example((COPY, _CLOSED, _CLOSED)),
    "STK101": Example((COPY._replace(accessioned_on=date(2026, 1, 22)), _SCAN)),
    "STK102": Example(
        (
            *(COPY, SECOND_COPY, _THIRD, _CLOSED, _SCAN, _SCAN._replace(accession_no="000002")),
            _SCAN._replace(accession_no="000003", counted_on=date(2025, 1, 20)),
        )
    ),
    "STK103": Example((_CLOSED._replace(ends_on=date(2026, 1, 2)),)),
    "STK104": Example((_CLOSED._replace(starts_on=date(2025, 1, 2), ends_on=date(2026, 1, 2)),)),
    "STK105": Example((COPY, _CLOSED._replace(starts_on=date(2026, 1, 21), ends_on=date(2026, 1, 22)), _SCAN)),
    "STK106": Example((COPY, _SCAN, _CLOSED._replace(starts_on=date(2025, 11, 1)))),
    "STK201": Example((COPY, SECOND_COPY, _SCAN, _CLOSED)),
    "STK202": Example(
        (
            COPY,
            SECOND_COPY,
            _CLOSED._replace(starts_on=_DAY_BEFORE),
            _SCAN._replace(counted_on=_DAY_BEFORE),
            _SCAN,
            _BACK,
        )
    ),
    "STK203": Example((COPY, SECOND_COPY, _SCAN)),
    "STK301": Example((COPY, _SCAN, _SCAN._replace(accession_no="000009"))),
    "STK302": Example((_WITHDRAWN, _SCAN)),
    "STK303": Example((COPY, example(LoanRow), _SCAN)),
    "STK304": Example((COPY, example(CompensationRow), _SCAN)),
    "STK305": Example((COPY, _IN_ROOM, _SCAN, _SCAN._replace(accession_no="000002"))),
    "STK306": Example((_IN_ROOM, _SCAN._replace(accession_no="000002", place="阅览大室"), _SCAN)),
    "STK307": Example((COPY, _CLOSED._replace(scope="书仓"))),
    "STK308": Example((COPY, _CLOSED)),
    "STK901": Example((COPY, _SCAN._replace(condition=Condition.DAMAGED))),
}
