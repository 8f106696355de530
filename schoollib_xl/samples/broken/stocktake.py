"""盘点记录, 修补登记 and 帐卡: one small broken example per check."""

from datetime import date

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.schema import example
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow, StocktakeScopeRow
from schoollib_xl.ledgers.supporting.vocabulary import Presence
from schoollib_xl.ledgers.vocabulary import Condition, LoanOutcome
from schoollib_xl.samples.broken.example import Example

_COPY = example(AccessionRow)
_SECOND = example(AccessionRow, accession_no="000002")
_IN_ROOM = example(AccessionRow, accession_no="000002", location="阅览室")
_WITHDRAWN = example(AccessionRow, withdrawn_on=date(2025, 12, 12), withdrawal_no="2025-002")
_SCAN = example(StocktakeRow)
_CLOSED = example(StocktakeScopeRow)
_DAY_BEFORE = date(2026, 1, 19)
_BACK = example(LoanRow, accession_no="000002", returned_on=date(2026, 1, 20), outcome=LoanOutcome.RETURNED)
_THIRD = example(AccessionRow, accession_no="000003")
_REPAIR = example(RepairRow, reshelved_on=date(2025, 11, 10))

EXAMPLES = {
    "STK001": Example((_COPY, _SCAN, _SCAN)),
    "STK101": Example((_COPY._replace(accessioned_on=date(2026, 1, 22)), _SCAN)),
    "STK102": Example(
        (
            *(_COPY, _SECOND, _THIRD, _CLOSED, _SCAN, _SCAN._replace(accession_no="000002")),
            _SCAN._replace(accession_no="000003", counted_on=date(2025, 1, 20)),
        )
    ),
    "STK104": Example((_CLOSED._replace(starts_on=date(2025, 1, 2), ends_on=date(2026, 1, 2)),)),
    "STK103": Example((_CLOSED._replace(ends_on=date(2026, 1, 2)),)),
    "STK201": Example((_COPY, _SECOND, _SCAN, _CLOSED)),
    "STK202": Example(
        (_COPY, _SECOND, _CLOSED._replace(starts_on=_DAY_BEFORE), _SCAN._replace(counted_on=_DAY_BEFORE), _SCAN, _BACK)
    ),
    "STK203": Example((_COPY, _SECOND, _SCAN)),
    "STK301": Example((_COPY, _SCAN, _SCAN._replace(accession_no="000009"))),
    "STK302": Example((_WITHDRAWN, _SCAN)),
    "STK303": Example((_COPY, example(LoanRow), _SCAN)),
    "STK304": Example((_COPY, example(CompensationRow), _SCAN)),
    "STK305": Example((_COPY, _IN_ROOM, _SCAN, _SCAN._replace(accession_no="000002"))),
    "STK306": Example((_IN_ROOM, _SCAN._replace(accession_no="000002", place="阅览大室"), _SCAN)),
    "STK307": Example((_COPY, _CLOSED._replace(scope="书仓"))),
    "STK308": Example((_COPY, _CLOSED)),
    "STK901": Example((_COPY, _SCAN._replace(condition=Condition.DAMAGED))),
    "CRD001": Example((_COPY, _SCAN._replace(catalogue_card=Presence.ABSENT))),
    "CRD002": Example((_COPY, _SCAN._replace(book_card=Presence.ABSENT))),
    "CRD003": Example((_COPY, _SCAN._replace(label=Presence.ABSENT))),
    "CRD004": Example((_COPY, _SCAN._replace(stamp=Presence.ABSENT))),
    "CRD101": Example((_COPY, _SECOND, _SCAN, _SCAN._replace(accession_no="000002", label=None))),
    "CRD102": Example((_COPY, _SCAN._replace(label=None))),
    "RPR101": Example((_REPAIR._replace(reshelved_on=date(2025, 11, 1)),)),
    "RPR301": Example((_COPY, _REPAIR._replace(accession_no="000009"))),
    "RPR302": Example((_WITHDRAWN, _REPAIR._replace(sent_on=date(2025, 12, 15), reshelved_on=None))),
}
