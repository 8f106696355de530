"""赔偿登记账 (CMP) against the other ledgers: the copy, the loan, the withdrawal, the copy brought instead."""

from collections.abc import Iterator
from datetime import date

from schoollib_xl.checks.check import Found, Severity, check, found
from schoollib_xl.checks.stock.batches import unknown_copies
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import (
    Flow,
    Incident,
    LoanOutcome,
    Settlement,
    SourceOrDestination,
    WithdrawalReason,
)
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.incidents import loans_of, with_loans_read

_INCIDENT = "incident_no registered_on reader_no accession_no incident refunded_on"
_LOAN = "lent_on reader_no accession_no mode outcome"
# What tells whether a copy stands in 注销登记账, here or in older books.
_GONE = {
    WithdrawalRow: "accession_no",
    AccessionRow: "accession_no withdrawn_on",
    SummaryRow: "registered_on flow",
}


@check(
    "CMP301",
    title="赔偿的书个别登记账里没有",
    message="{incident_no} 赔的是 {accession_no}，个别登记账里查不到。",
    why="赔的是哪一册说不清，单价和注销都没法核对。",
    fix="先照借阅登记账核对个别登记号；号没错，就查这一册是不是漏登了。",
    reads={CompensationRow: "incident_no accession_no", AccessionRow: "accession_no"},
)
def copy_is_unknown(library: Library) -> Iterator[Found]:
    return unknown_copies(library, library[CompensationRow])


@check(
    "CMP302",
    title="遗失的书没有这位读者的借阅记录",
    message="{incident_no} 记 {reader_no} 遗失 {accession_no}，借阅账里没有这笔借阅。",
    why="没借过就谈不上遗失，多半是读者证号或个别登记号写错了。",
    fix="先查借阅登记账里这一册最后是谁借的；号写错了，就改；真是漏记，就补记借阅。",
    reads={CompensationRow: _INCIDENT, LoanRow: _LOAN, AccessionRow: "accession_no"},
)
def lost_but_never_lent(library: Library) -> Iterator[Found]:
    opened_on = library.school.previous_start or library.school.term_start or date.min
    for row in _losses(library):
        # Loans of earlier years may stand in older books.
        if row.registered_on >= opened_on and not any(loans_of(library, row)):
            yield found(cell(row, "accession_no"), cell(row, "reader_no"))


@check(
    "CMP303",
    title="报了遗失，借阅登记账没有记遗失",
    message="{incident_no} 记 {accession_no} 遗失，借阅账这一笔的归还情况是{outcome}。",
    why="借阅登记账不记遗失，这一册还会当成在借或在架。",
    fix="先问清书是丢了还是还了；丢了，就在借阅登记账填“遗失”和报失日期；还了，就改赔偿登记账的情形。",
    reads={CompensationRow: _INCIDENT, LoanRow: _LOAN, AccessionRow: "accession_no"},
)
def lost_but_loan_is_not(library: Library) -> Iterator[Found]:
    for row in _losses(library):
        loans = list(loans_of(library, row))
        if loans and all(loan.outcome is not LoanOutcome.LOST for loan in loans):
            yield found(cell(row, "incident"), cell(loans[-1], "outcome"))


def _losses(library: Library) -> Iterator[CompensationRow]:
    """Lost copies that have not come to light again, where every loan of the copy could be read."""
    for row in with_loans_read(library):
        is_lost = row.incident is Incident.LOST and row.refunded_on is None
        if is_lost and row.accession_no in library.known_copies:
            yield row


@check(
    "CMP304",
    title="遗失的书没有注销",
    message="{incident_no} 遗失的 {accession_no} 还没有注销。",
    why="丢了的书不注销，账上就比实际多一册；学期结束前要列进注销清单。",
    fix="先列进注销清单报批；批下来，就登注销登记账和总括登记账，再在这里填注销批号。",
    reads={
        CompensationRow: "incident_no registered_on accession_no incident withdrawal_no refunded_on",
        **_GONE,
    },
    may_read={CompensationRow: "replacement_no"},
)
def lost_but_not_written_off(library: Library) -> Iterator[Found]:
    for row in _without_withdrawal(library):
        # What took the number of the lost copy is in the books as that (CMP315).
        if row.incident is Incident.LOST and row.withdrawal_no is None and not row.is_under_its_number:
            yield found(cell(row, "withdrawal_no"), severity=None if _term_is_over(library, row) else Severity.HINT)


def _term_is_over(library: Library, incident: CompensationRow) -> bool:
    """Whether the term of the incident has ended; an incident in the holidays is judged by this term."""
    term = library.school.term_of(incident.registered_on) or library.school.term
    return term is not None and term.end < library.as_of


@check(
    "CMP305",
    title="写了注销批号，注销登记账里没有",
    message="{incident_no} 写着 {accession_no} 随 {withdrawal_no} 注销，注销登记账里没有这一册。",
    why="赔偿登记账说注销了，注销登记账没有，馆藏就没有减下来。",
    fix="先查注销清单上有没有这一册；有，就补登注销登记账；没有，就把这里的注销批号清空。",
    reads={CompensationRow: "incident_no accession_no withdrawal_no refunded_on", **_GONE},
)
def said_to_be_written_off(library: Library) -> Iterator[Found]:
    for row in _without_withdrawal(library):
        if row.withdrawal_no is not None:
            yield found(cell(row, "withdrawal_no"))


def _without_withdrawal(library: Library) -> Iterator[CompensationRow]:
    """Incidents whose copy has not come to light again and is certainly not in 注销登记账."""
    for row in library[CompensationRow] if library[WithdrawalRow].all_say("accession_no") else ():
        copy = library.copies.get(row.accession_no)
        if copy is None or row.refunded_on or copy.accession_no in library.known_withdrawals:
            continue
        if not library.in_older_books(copy.withdrawn_on):
            yield row


@check(
    "CMP306",
    title="注销批号和注销登记账不一样",
    message="{accession_no} 赔偿账的注销批号是“{own}”，注销账是“{theirs}”。",
    why="批号不一样，就查不到这一册是随哪一批注销的。",
    fix="先看注销登记账里这一册在哪一批，再照它改这里。",
    reads={
        CompensationRow: "accession_no withdrawal_no",
        WithdrawalRow: "accession_no withdrawal_no",
    },
)
def batches_of_withdrawal_differ(library: Library) -> Iterator[Found]:
    for row in library[CompensationRow]:
        gone = library.withdrawals.get(row.accession_no)
        if gone and row.withdrawal_no is not None and row.withdrawal_no != gone.withdrawal_no:
            yield found(
                cell(row, "withdrawal_no"),
                cell(gone, "withdrawal_no"),
                own=row.withdrawal_no,
                theirs=gone.withdrawal_no,
            )


@check(
    "CMP307",
    title="修补的书又注销了",
    message="{incident_no} 记 {accession_no} 损坏后修补，注销账却在 {withdrawn_on} 注销了。",
    why="修好的书还在馆里，不用注销；注销了，就不该记修补。",
    fix="先到架上找这一册；书在，就查注销登记账的号；修不好注销了，就改处理方式。",
    reads={
        CompensationRow: "incident_no accession_no incident settlement withdrawal_no",
        WithdrawalRow: "accession_no withdrawn_on reason",
    },
)
def repaired_but_written_off(library: Library) -> Iterator[Found]:
    for row in library[CompensationRow]:
        gone = library.withdrawals.get(row.accession_no)
        if row.incident is not Incident.DAMAGED or row.settlement is not Settlement.REPAIR or gone is None:
            continue
        # A mended copy may be lost or handed over later on; the incident itself has no part in that.
        if row.withdrawal_no or gone.reason not in (WithdrawalReason.LOST, WithdrawalReason.TRANSFERRED):
            yield found(
                cell(row, "settlement"),
                cell(gone, "accession_no"),
                severity=None if row.withdrawal_no else Severity.WARNING,
            )


@check(
    "CMP308",
    title="赔书结清了，没有赔书登记号",
    message="{incident_no} 赔书在 {settled_on} 结清，赔书登记号空着。",
    why="赔来的书也要入账，有自己的个别登记号。",
    fix="先找赔来的那一册，看有没有登记；登记了，就填它的号；没有登记，就先登个别登记账。",
    reads={CompensationRow: "incident_no settlement replacement_no settled_on refunded_on"},
)
def replaced_without_number(library: Library) -> Iterator[Found]:
    for row in library[CompensationRow]:
        is_settled = row.settlement is Settlement.REPLACEMENT and row.settled_on and row.refunded_on is None
        if is_settled and row.replacement_no is None:
            others = cell(row, "settlement"), cell(row, "settled_on")
            yield found(cell(row, "replacement_no"), *others)


@check(
    "CMP309",
    title="赔来的书个别登记账里没有",
    message="{incident_no} 赔来的书是 {replacement_no}，个别登记账里查不到。",
    why="赔来的书没有入账，馆藏就少了一册。",
    fix="先看赔来的书上的号；号写错了，就改；还没登记，就补登个别登记账。",
    reads={CompensationRow: "incident_no replacement_no", AccessionRow: "accession_no"},
)
def replacement_is_unknown(library: Library) -> Iterator[Found]:
    if not library[AccessionRow].all_say("accession_no"):
        return
    for row in library[CompensationRow]:
        if row.replacement_no is not None and row.replacement_no not in library.known_copies:
            yield found(cell(row, "replacement_no"))


@check(
    "CMP310",
    title="赔来的书不是赔书批次的",
    message="{incident_no} 赔来的 {replacement_no} 登在 {batch_no}，那一批的来源是{source}。",
    why="赔来的书要单独记一批，来源写赔书，才和赔偿登记账对得上。",
    fix="先看赔书登记号是不是写错了；没写错，就查总括登记账这一批的来源。",
    reads={
        CompensationRow: "incident_no registered_on accession_no replacement_no",
        AccessionRow: "accession_no accessioned_on batch_no",
        SummaryRow: "batch_no flow source",
    },
)
def replacement_is_from_another_source(library: Library) -> Iterator[Found]:
    for row in library[CompensationRow]:
        copy = library.copies.get(row.replacement_no or "")
        batch = library.batches.get(copy.batch_no) if copy else None
        if copy is None or batch is None or copy.accession_no == row.accession_no:
            continue
        # What was brought before these books were opened stands in the opening batch, but not before it was owed.
        if batch.flow is Flow.OPENING and copy.held_from >= row.registered_on:
            continue
        if batch.source and batch.source is not SourceOrDestination.REPLACEMENT:
            yield found(
                cell(row, "replacement_no"),
                cell(copy, "batch_no"),
                cell(batch, "source"),
                source=batch.source,
            )
