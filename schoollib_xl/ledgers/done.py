"""Which columns hold the day on which something was done, and how far beyond the last of them a day can lie."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.activities import ActivityRow, VisitRow
from schoollib_xl.ledgers.supporting.inspection import ReviewRow
from schoollib_xl.ledgers.supporting.office import CashRow, ExplanationRow
from schoollib_xl.ledgers.supporting.people import PupilLibrarianRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow, StocktakeScopeRow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

# Days on which something was done. What may be planned ahead (due dates, terms, subscriptions, cards) is not here.
DONE: Mapping[type[Any], str] = {
    SummaryRow: "registered_on",
    AccessionRow: "accessioned_on withdrawn_on",
    WithdrawalRow: "withdrawn_on",
    LoanRow: "lent_on returned_on",
    CompensationRow: "registered_on settled_on refunded_on",
    StocktakeRow: "counted_on",
    VisitRow: "visited_on",
    RepairRow: "sent_on reshelved_on",
    ActivityRow: "held_on",
    CashRow: "booked_on",
    ReviewRow: "reviewed_on",
    PupilLibrarianRow: "appointed_on",
    StocktakeScopeRow: "ends_on",
    ExplanationRow: "written_on",
}
# Entries go on after 截止日期 without a longer pause than the summer holiday; beyond such a pause it is the year that
# is written wrongly.
PAUSE = timedelta(days=92)
