"""借阅登记账 (CIR): dates and outcome inside the ledger, and what is still out."""

from collections.abc import Iterator

from schoollib_xl.checks.check import Found, Severity, check, found
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.school import Term


@check(
    "CIR102",
    title="归还早于借出",
    message="{loan_no} 在 {returned_on} 归还，可是 {lent_on} 才借出。",
    why="先还后借说不通，多半有一个日期写错了。",
    fix="先对照借书卡，再把写错的日期改正。",
    reads={LoanRow: "loan_no lent_on returned_on"},
)
def returned_before_lent(library: Library) -> Iterator[Found]:
    for loan in library[LoanRow]:
        if loan.returned_on and loan.returned_on < loan.lent_on:
            yield found(cell(loan, "returned_on"), cell(loan, "lent_on"))


@check(
    "CIR107",
    title="写了归还情况，没有归还日期",
    message="{loan_no} 的归还情况是{outcome}，归还日期空着。",
    why="没有日期，就不知道这一册从哪天起又在架上。",
    fix="先查借书卡；已还的填归还那天，遗失的填报失那天；其实还没还，就把归还情况清空。",
    reads={LoanRow: "loan_no returned_on outcome"},
)
def outcome_without_date(library: Library) -> Iterator[Found]:
    for loan in library[LoanRow]:
        if loan.outcome and loan.returned_on is None:
            yield found(cell(loan, "returned_on"), cell(loan, "outcome"))


@check(
    "CIR108",
    title="有归还日期，没有写归还情况",
    message="{loan_no} 在 {returned_on} 归还，归还情况空着。",
    why="归还情况空着就是还没还，和归还日期说的不一样。",
    fix="先看书在不在架上；在，填“已还”；报失的，填“遗失”。",
    severity=Severity.WARNING,
    reads={LoanRow: "loan_no returned_on outcome"},
)
def date_without_outcome(library: Library) -> Iterator[Found]:
    # A school that never fills 归还情况 says it with the date alone.
    if any(loan.outcome for loan in library[LoanRow]):
        for loan in library[LoanRow]:
            if loan.returned_on and loan.outcome is None:
                at, other = cell(loan, "outcome"), cell(loan, "returned_on")
                yield found(at, other, loan_no=loan.loan_no, returned_on=loan.returned_on)


@check(
    "CIR106",
    title="学期结束还没有归还",
    message="学期在 {term_end} 结束，{accession_no} 还没有收回（读者证号 {reader_no}，应还 {due_on}，没有逾期）。",
    why="期末要清理藏书，借出的书要全部收回。",
    fix="先收书；书已经还了，补填归还日期；丢了，就记入赔偿登记账。",
    severity=Severity.WARNING,
    reads={LoanRow: "lent_on due_on reader_no accession_no mode returned_on outcome"},
)
def open_after_term(library: Library) -> Iterator[Found]:
    for loan in library[LoanRow]:
        # A loan that is overdue as well is named there (CIR902).
        if loan.returned_on is None and loan.is_open and loan.is_personal and loan.due_on >= library.as_of:
            term = library.school.term_of(loan.lent_on)
            if term and term.end < library.as_of:
                yield found(cell(loan, "returned_on"), cell(loan, "due_on"), term_end=term.end)


@check(
    "CIR902",
    title="逾期未还",
    message="{accession_no} 应在 {due_on} 归还，已逾期 {days} 天（读者证号 {reader_no}）。",
    why="逾期越久越难追回，别的读者也借不到。",
    fix="先把催还单交给班主任；书已经还了，补填归还日期；丢了，就记入赔偿登记账。",
    severity=Severity.HINT,
    reads={LoanRow: "lent_on due_on reader_no accession_no returned_on outcome"},
)
def overdue(library: Library) -> Iterator[Found]:
    for loan in library[LoanRow]:
        if loan.returned_on is None and loan.is_open and loan.due_on < library.as_of:
            yield found(
                cell(loan, "returned_on"),
                cell(loan, "due_on"),
                severity=Severity.WARNING if _has_ended(library, loan) else None,
                days=(library.as_of - loan.due_on).days,
            )


def _has_ended(library: Library, loan: LoanRow) -> bool:
    """Whether the term of the loan is over; a loan of no term is judged by this term."""
    term: Term | None = library.school.term_of(loan.lent_on) or library.school.term
    return term is not None and term.end < library.as_of
