"""What is looked at where stocktakes are told apart and judged: shared by the checks about 盘点记录."""

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow, StocktakeScopeRow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

LOST = {
    LoanRow: "accession_no lent_on returned_on outcome",
    CompensationRow: "accession_no incident registered_on refunded_on",
}
# A number may be a 条码号; of two copies with one, that still in the holdings is meant.
SEEN = {AccessionRow: "accession_no barcode withdrawn_on", WithdrawalRow: "accession_no withdrawn_on"}
# Which scans are one stocktake, and which of their days cannot be right, depends on what they should have seen.
COUNTING = {
    StocktakeRow: "counted_on accession_no place",
    StocktakeScopeRow: "scope starts_on ends_on",
    AccessionRow: "accession_no accessioned_on class_no location barcode withdrawn_on",
    WithdrawalRow: "accession_no withdrawn_on",
    RepairRow: "accession_no sent_on reshelved_on",
    **LOST,
}
