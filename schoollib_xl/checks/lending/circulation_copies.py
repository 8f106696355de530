"""借阅登记账 against 个别登记账 (CIR): the copies that were lent."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import compress
from operator import attrgetter, ne
from typing import Any

from schoollib_xl.checks.check import Alike, Found, Severity, check, folded, found
from schoollib_xl.checks.habits import told_once
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library, gathered, group_by
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import Circulation, LoanMode
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.likeness import same_title, says

# Loans of a copy are compared with it and with one another.
_OF_A_COPY: dict[type[Any], str] = {LoanRow: "accession_no", AccessionRow: "accession_no"}
_WRITTEN_OFF = {AccessionRow: "accession_no withdrawn_on", WithdrawalRow: "accession_no withdrawn_on"}

# More copies of one batch than this lent before they were entered are no slips.
_AT_ONCE = 3
# Words in 备注 of a copy that say it could be lent before.
_MADE_REFERENCE = ("改为仅", "改成仅", "改仅", "转为仅", "改为阅览", "改成阅览", "转入阅览", "不再外借", "停止外借")
# Somebody let it go for a night: a loan that says so is an exception and no slip.
_ALLOWED, _NOT_ALLOWED = ("同意", "批准", "特批", "特许"), ("未", "没", "不")


@check(
    "CIR301",
    title="借的书账上没有",
    message="个别登记账里查不到 {accession_no}，这个号有 {count} 笔借阅。",
    why="账上没有的书借了出去，丢了也无从追查。",
    fix="先对照书上的号，抄错了就改正；没有抄错，就查单据补登到个别登记账。",
    reads={LoanRow: "accession_no lent_on", AccessionRow: "accession_no"},
    ties=_OF_A_COPY,
)
def loan_of_unknown_copy(library: Library) -> Iterator[Found]:
    if library[AccessionRow].all_say("accession_no"):
        for number in sorted(library.loans_by_copy.keys() - library.known_copies):
            loans = library.loans_by_copy[number]
            yield found(*folded(loans, "accession_no"), accession_no=number, count=len(loans))


@check(
    "CIR101",
    title="借出早于登记",
    message="{accession_no} 在 {lent_on} 借出，可是到 {accessioned_on} 才登记{alike}。",
    why="没入账的书不算馆藏，借出去以后追不回来，清点时也对不上。",
    fix="先核对借出日期，写错就改正；如果是登记晚了，就写进“差异说明”。",
    reads={
        LoanRow: "accession_no lent_on",
        AccessionRow: "accession_no accessioned_on batch_no",
        SummaryRow: "batch_no flow",
    },
)
def lent_before_accession(library: Library) -> Iterator[Found]:
    first_day = min(library[LoanRow].distinct("lent_on"), default=date.max)
    later = {day for day in library[AccessionRow].distinct("accessioned_on") if day and day > first_day}
    early: dict[str, list[tuple[AccessionRow, LoanRow]]] = defaultdict(list)
    for copy in library[AccessionRow].among("accessioned_on", later):
        loans = library.loans_by_copy.get(copy.accession_no, [])
        if library.copies[copy.accession_no] is copy:
            found_early = [(copy, loan) for loan in loans if loan.lent_on < copy.held_from]
            early[copy.batch_no] += found_early
    for lent in early.values():
        of_copies = gathered((copy.accession_no, (copy, loan)) for copy, loan in lent)
        # The copies of a batch were lent before it was entered, which may take weeks, rather than each on a wrong day.
        for loans_of in [lent] if len(of_copies) > _AT_ONCE else of_copies.values():
            copy, first = min(loans_of, key=lambda one: one[1].line)
            at, *others = folded((loan for _, loan in loans_of), "lent_on")
            yield found(
                at,
                cell(copy, "accessioned_on"),
                at._replace(field="accession_no"),
                *others,
                # Opening stock was in the room before it was entered in this book.
                severity=Severity.WARNING if library.is_opening(copy) else None,
                accession_no=copy.accession_no,
                lent_on=first.lent_on,
                accessioned_on=copy.accessioned_on,
                alike=Alike(len(loans_of) - 1),
            )


@check(
    "CIR302",
    title="借出时书已注销",
    message="{accession_no} 已在 {withdrawn_on} 注销，{lent_on} 又借了出去{alike}。",
    why="注销的书不能再借，多半是号抄错了。",
    fix="先对照书上的号，抄错了就改正；没有抄错，就核对借出日期和注销日期。",
    reads={LoanRow: "accession_no lent_on", **_WRITTEN_OFF},
    ties={**_OF_A_COPY, WithdrawalRow: "accession_no"},
)
def lent_after_withdrawal(library: Library) -> Iterator[Found]:
    for copy, row, withdrawn_on in library.derive(_written_off):
        late = [loan for loan in library.loans_by_copy.get(copy.accession_no, ()) if loan.lent_on >= withdrawn_on]
        if late:
            at, *others = folded(late, "lent_on")
            yield found(
                at,
                cell(row, "withdrawn_on"),
                at._replace(field="accession_no"),
                *others,
                accession_no=copy.accession_no,
                withdrawn_on=withdrawn_on,
                lent_on=min(late, key=lambda loan: loan.line).lent_on,
                alike=Alike(len(late) - 1),
            )


@check(
    "CIR303",
    title="还没还就注销了",
    message="{accession_no} 在 {withdrawn_on} 注销，可是 {lent_on} 借出的这一笔到那天还没有了结。",
    why="书还在读者手里，不能当作已经处理。",
    fix="先问读者；书还了，补填归还日期；丢了，归还情况填“遗失”，并记入赔偿登记账。",
    severity=Severity.WARNING,
    reads={LoanRow: "accession_no lent_on returned_on outcome", **_WRITTEN_OFF},
    ties={**_OF_A_COPY, WithdrawalRow: "accession_no"},
)
def withdrawn_while_lent(library: Library) -> Iterator[Found]:
    for copy, row, withdrawn_on in library.derive(_written_off):
        for loan in library.loans_by_copy.get(copy.accession_no, ()):
            still_out = loan.is_open or (loan.returned_on is not None and loan.returned_on > withdrawn_on)
            if still_out and loan.lent_on < withdrawn_on:
                at, other = cell(loan, "returned_on"), cell(row, "withdrawn_on")
                yield found(at, other, withdrawn_on=withdrawn_on)


def _written_off(library: Library) -> list[tuple[AccessionRow, AccessionRow | WithdrawalRow, date]]:
    """Copies written off, with the row that says when, and the day."""
    gone = library.written_off_copies.items()
    return [(library.copies[number], row, row.withdrawn_on) for number, row in gone if row.withdrawn_on]


@check(
    "CIR304",
    title="同一册没还又借出",
    message="{accession_no} 在 {lent_on} 借出时，{earlier_no} 那一笔还没有还。",
    why="一册书不能同时在两个人手里。",
    fix="先看书在谁手里；前一笔已还，补填归还日期；号抄错了，就改正个别登记号。",
    reads={LoanRow: "loan_no accession_no lent_on returned_on outcome", AccessionRow: "accession_no"},
    ties=_OF_A_COPY,
)
def lent_twice_at_once(library: Library) -> Iterator[Found]:
    for number, loans in library.loans_by_copy.items():
        if len(loans) == 1 or _one_after_the_other(loans) or number not in library.copies:
            continue
        for earlier, loan in _overlapping(loans):
            at, other = cell(loan, "accession_no"), cell(earlier, "returned_on")
            yield found(at, other, earlier_no=earlier.loan_no)


def _one_after_the_other(loans: list[LoanRow]) -> bool:
    """Whether the copy was back each time before it went out again; most copies were."""
    back = None
    for loan in loans:
        if back and loan.lent_on < back:
            return False
        back = loan.returned_on or date.max
    return True


def _overlapping(loans: list[LoanRow]) -> Iterator[tuple[LoanRow, LoanRow]]:
    """Each loan that began before an earlier one had ended, after that one. Back and out again on one
    day is in order; a line entered twice under one number is named there (CIR001).
    """
    first, *rest = sorted(loans, key=lambda loan: (loan.lent_on, _ended(loan), loan.line))
    for loan in rest:
        if loan.lent_on < _ended(first) and loan.loan_no != first.loan_no:
            yield first, loan
        first = max(first, loan, key=_ended)


def _ended(loan: LoanRow) -> date:
    """The day the loan ended: far off while it is open, at once where only the day is not written down."""
    return loan.returned_on or (date.max if loan.is_open else loan.lent_on)


@check(
    "CIR310",
    title="仅供阅览的书借了出去",
    message="《{title}》（{accession_no}）仅供阅览，这一笔却借出了阅览室{back}{alike}。",
    why="工具书要留在阅览室，大家随时都能查。",
    fix="先看是不是在室内看的；是，就把借阅方式改成“室内”，应还日期写当天；不是，就收回来，写进“差异说明”。",
    reads={
        LoanRow: "accession_no lent_on mode returned_on outcome",
        AccessionRow: "accession_no title circulation remarks",
    },
    may_read={LoanRow: "remarks"},
)
def reference_copy_lent_out(library: Library) -> Iterator[Found]:
    reference = library[AccessionRow].having("circulation", Circulation.REFERENCE)
    loans = sum(len(library.loans_by_copy.get(copy.accession_no, ())) for copy in reference)
    return told_once(_reference_lent(library), loans)


def _reference_lent(library: Library) -> Iterator[Found]:
    for copy in library[AccessionRow].having("circulation", Circulation.REFERENCE):
        # Of two copies with one number the first is the one that was lent, as everywhere.
        is_first = library.copies[copy.accession_no] is copy
        loans = library.loans_by_copy.get(copy.accession_no, []) if is_first else []
        for index, loan in enumerate(loans):
            # A loan that does not say how it was lent, and came back the same day, was read in the room.
            is_unsaid_reading = loan.mode is None and loan.returned_on == loan.lent_on
            if loan.mode is LoanMode.IN_ROOM or is_unsaid_reading:
                continue
            # 流通方式 says what the copy is now and not since when: what had come back before may have been in order.
            was_lendable = not any(earlier.mode is LoanMode.IN_ROOM for earlier in loans[:index])
            may_be_right = not loan.is_open and was_lendable
            is_allowed = says(loan.remarks, *_ALLOWED) and not says(loan.remarks, *_NOT_ALLOWED)
            if may_be_right and says(copy.remarks, *_MADE_REFERENCE):
                continue
            yield found(
                cell(loan, "accession_no"),
                cell(copy, "circulation"),
                severity=Severity.HINT if is_allowed else Severity.WARNING if may_be_right else None,
                title=copy.title,
                back="；后来才改成仅阅览的，在这一册的备注里写“改为仅阅览”" if may_be_right and not is_allowed else "",
            )


@check(
    "CIR311",
    title="书名和登记的不一样",
    message="{accession_no} 登记的是《{right}》，借阅账写的是《{title}》{alike}。",
    why="号和书名对不上，多半是抄错了登记号。",
    fix="先拿书来看；号错了改号，书名错了改书名。",
    severity=Severity.WARNING,
    reads={LoanRow: "accession_no title", AccessionRow: "accession_no title"},
    ties=_OF_A_COPY,
)
def title_differs(library: Library) -> Iterator[Found]:
    copies, loans = library.copies, library[LoanRow]
    right = dict(zip(copies, map(attrgetter("title"), copies.values()), strict=True))
    differ = compress(loans, map(ne, map(right.get, loans.column("accession_no")), loans.column("title")))
    amiss = [
        loan
        for loan in differ
        if loan.accession_no in copies and not same_title(loan.title or "", right[loan.accession_no])
    ]
    for number, own in group_by(amiss, "accession_no").items():
        copy = copies[number]
        for title, alike in group_by(own, "title").items():
            at, *others = folded(alike, "title")
            yield found(
                at,
                cell(copy, "title"),
                at._replace(field="accession_no"),
                *others,
                accession_no=copy.accession_no,
                right=copy.title,
                title=title,
                alike=Alike(len(alike) - 1),
            )
