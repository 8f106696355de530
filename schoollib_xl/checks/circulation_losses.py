"""借阅登记账 (CIR): loans closed as lost against 赔偿登记账."""

from collections.abc import Iterator

from schoollib_xl.checks.check import Found, check, found
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.vocabulary import LoanOutcome
from schoollib_xl.rules.incidents import loss_of


@check(
    "CIR351",
    title="遗失的书没有赔偿记录",
    message="{reader_no} 借的 {accession_no} 记着遗失，赔偿登记账里没有这一件。",
    why="丢了书要登记赔偿，不然赔了没有、怎么赔的都查不到。",
    fix="先问这一册是不是真丢了；丢了，就在赔偿登记账补登；找回来了，就改归还情况。",
    reads={
        LoanRow: "accession_no reader_no mode outcome",
        CompensationRow: "accession_no reader_no incident",
        AccessionRow: "accession_no",
    },
)
def lost_without_incident(library: Library) -> Iterator[Found]:
    incidents = library[CompensationRow]
    incomplete = {line.values.get("accession_no") for line in incidents.incomplete}
    lost = LoanOutcome.LOST
    loans = [loan for loan in library[LoanRow] if loan.outcome is lost] if incidents.all_say("accession_no") else []
    for loan in loans:
        if loan.accession_no not in library.known_copies:
            continue
        if loss_of(library, loan) is None and loan.accession_no not in incomplete:
            others = [cell(one, "incident") for one in library.incidents_by_copy.get(loan.accession_no, ())]
            yield found(cell(loan, "outcome"), *others)
