"""图书审查 (RVW): what a review stopped or wanted out, and what nobody has looked through."""

from collections.abc import Iterator
from datetime import timedelta

from schoollib_xl.checks.check import MOST_SHOWN, Alike, Found, Named, Severity, check, found
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.inspection import ReviewRow
from schoollib_xl.ledgers.supporting.vocabulary import ReviewOutcome
from schoollib_xl.ledgers.vocabulary import Flow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.corrections import RED, is_red
from schoollib_xl.rules.reviews import copies_of, reviewed_batches

_SCOPE = {SummaryRow: "batch_no", AccessionRow: "accession_no batch_no"}
# Reviews are asked for every year (课外读物进校园管理办法, 教材〔2021〕2号, asks for regular ones).
_A_YEAR = timedelta(days=366)


@check(
    "RVW101",
    title="一年多没有审查图书",
    message="最近一次审查是 {reviewed_on}，已经一年多了。",
    why="图书要定期审查清理，检查时要看审查记录。",
    fix="先照馆藏清单审查一遍；审查完，在图书审查里记一行。",
    severity=Severity.HINT,
    reads={ReviewRow: "reviewed_on"},
)
def review_long_ago(library: Library) -> Iterator[Found]:
    latest = max(library[ReviewRow], key=lambda row: (row.reviewed_on, row.line), default=None)
    if latest and library.as_of - latest.reviewed_on > _A_YEAR:
        yield found(cell(latest, "reviewed_on"))


@check(
    "RVW102",
    title="审查早于登记",
    message="{scope} 在 {registered_on} 才登记，审查日期却是 {reviewed_on}。",
    why="书还没有到，就没有东西可审查，多半有一个日期写错了。",
    fix="先看审查记录和单据；审查日期写错就改正，范围写错就改范围。",
    severity=Severity.WARNING,
    reads={
        ReviewRow: "reviewed_on scope",
        SummaryRow: "registered_on batch_no flow",
        AccessionRow: "accession_no batch_no",
    },
)
def reviewed_before_it_came(library: Library) -> Iterator[Found]:
    for row in library[ReviewRow]:
        copy = library.copies.get(row.scope)
        batch = library.batches.get(copy.batch_no if copy else row.scope)
        # What stands in the opening batch was in the library before it was entered.
        if batch and batch.flow is Flow.IN and row.reviewed_on < batch.registered_on:
            yield found(cell(row, "reviewed_on"), cell(batch, "registered_on"))


@check(
    "RVW301",
    title="停止借阅的书又借出",
    message="{accession_no} 在 {reviewed_on} 审查定为{outcome}，{lent_on} 又借了出去{alike}。",
    why="审查定了不再借的书，不能再到读者手里。",
    fix="先把书收回来；后来又审查通过的，在图书审查里补记一行。",
    reads={
        ReviewRow: "reviewed_on scope outcome",
        LoanRow: "accession_no lent_on",
        **_SCOPE,
    },
)
def lent_though_stopped(library: Library) -> Iterator[Found]:
    against: dict[int, list[tuple[LoanRow, ReviewRow]]] = {}
    for number, reviews in library.derive(_reviews_by_copy).items():
        for loan in library.loans_by_copy.get(number, ()):
            last = _in_force(library, [row for row in reviews if row.reviewed_on < loan.lent_on])
            if last:
                against.setdefault(last.line, []).append((loan, last))
    for pairs in against.values():
        pairs.sort(key=lambda pair: pair[0].line)
        # A review of everything or of a batch that so many loans contradict is the one thing to look at.
        is_one = len(pairs) > MOST_SHOWN
        for loan, last in pairs[:1] if is_one else pairs:
            alike = Alike(len(pairs) - 1 if is_one else 0)
            at, other = cell(loan, "accession_no"), cell(last, "outcome")
            yield found(at, other, accession_no=loan.accession_no, outcome=last.outcome, alike=alike)


def _in_force(library: Library, reviews: list[ReviewRow]) -> ReviewRow | None:
    """What was last decided against a copy and not taken back since: only a review as narrow takes it back, not one
    that passed everything.
    """
    against: ReviewRow | None = None
    for row in sorted(reviews, key=lambda row: (row.reviewed_on, row.line)):
        if row.outcome is not ReviewOutcome.PASSED:
            against = row
        elif against and _narrowness(library, row) >= _narrowness(library, against):
            against = None
    return against


def _narrowness(library: Library, row: ReviewRow) -> int:
    """0 for everything, 1 for a batch, 2 for a copy."""
    return 2 if row.scope in library.copies else int(row.scope in library.batches)


def _reviews_by_copy(library: Library) -> dict[str, list[ReviewRow]]:
    """The reviews of each copy that was ever stopped or wanted out."""
    rows = list(library[ReviewRow])
    against = [row for row in rows if row.outcome is not ReviewOutcome.PASSED]
    numbers = {copy.accession_no for row in against for copy in copies_of(library, row.scope) or ()}
    found_rows: dict[str, list[ReviewRow]] = {number: [] for number in sorted(numbers)}
    for row in rows if numbers else ():
        for copy in copies_of(library, row.scope) or ():
            if copy.accession_no in found_rows:
                found_rows[copy.accession_no].append(row)
    return found_rows


@check(
    "RVW302",
    title="该剔除的书还在册",
    message="{reviewed_on} 审查要剔除的，学期过完了还有 {copies} 册没有注销{numbers}。",
    why="审查定了剔除，账上还在册，检查时说不清。",
    fix="先下架，报批以后在注销登记账和总括登记账里注销；改了主意的，在图书审查里补记一行。",
    severity=Severity.WARNING,
    reads={
        ReviewRow: "reviewed_on scope outcome",
        WithdrawalRow: "accession_no",
        SummaryRow: "batch_no",
        AccessionRow: "accession_no batch_no withdrawn_on",
    },
)
def to_be_removed_and_kept(library: Library) -> Iterator[Found]:
    in_force = {number: _in_force(library, rows) for number, rows in library.derive(_reviews_by_copy).items()}
    for row in library[ReviewRow]:
        term = library.school.term_of(row.reviewed_on)
        if row.outcome is not ReviewOutcome.REMOVE or (term and library.as_of <= term.end):
            continue
        kept = [
            copy.accession_no
            for copy in copies_of(library, row.scope) or ()
            if in_force[copy.accession_no] is row and not library.written_off(copy)
        ]
        if kept:
            yield found(cell(row, "outcome"), copies=len(kept), numbers=Named(tuple(kept)))


@check(
    "RVW303",
    title="有批次没有审查过",
    message="有 {batches} 批图书没有审查过{numbers}。",
    why="新进的书也要审查，检查时按批次看。",
    fix="先审查这几批；审查完，在图书审查里按总括登记号记。",
    severity=Severity.HINT,
    reads={ReviewRow: "reviewed_on scope", SummaryRow: "registered_on batch_no flow"},
    may_read=RED,
)
def batch_not_reviewed(library: Library) -> Iterator[Found]:
    # A review that could not be read may be of any batch.
    if not library[ReviewRow].rows or library[ReviewRow].incomplete:
        return
    reviewed = reviewed_batches(library)
    arrived = [row for row in library[SummaryRow] if row.flow is not Flow.OUT and not is_red(row)]
    lacking = [row for row in arrived if row.batch_no not in reviewed]
    if lacking:
        numbers = Named(tuple(row.batch_no for row in lacking))
        yield found(*(cell(row, "batch_no") for row in lacking), batches=len(lacking), numbers=numbers)


@check(
    "RVW306",
    title="审查的书早已注销",
    message="{scope} 在 {withdrawn_on} 就注销了，{reviewed_on} 的审查还定为{outcome}。",
    why="注销的书不在册，没有可审查的，多半是登记号写错了。",
    fix="先看书上的登记号；范围写错就改正，书真在架上的，查注销登记账是不是写错了号。",
    severity=Severity.HINT,
    reads={
        ReviewRow: "reviewed_on scope outcome",
        AccessionRow: "accession_no withdrawn_on",
        WithdrawalRow: "accession_no withdrawn_on",
    },
)
def reviewed_after_it_went(library: Library) -> Iterator[Found]:
    for row in library[ReviewRow]:
        gone = library.written_off_copies.get(row.scope)
        # That it had to go may be entered once it has gone.
        is_kept = row.outcome is not ReviewOutcome.REMOVE
        if gone and is_kept and gone.withdrawn_on and gone.withdrawn_on < row.reviewed_on:
            yield found(cell(row, "scope"), cell(gone, "withdrawn_on"))


@check(
    "RVW305",
    title="停借或剔除没有写原因",
    message="{reviewed_on} 审查 {scope}，结论是{outcome}，原因空着。",
    why="检查时要说得出为什么停借、为什么剔除。",
    fix="先看审查记录，再补填原因。",
    severity=Severity.HINT,
    reads={ReviewRow: "reviewed_on scope outcome reason remarks"},
)
def stopped_without_reason(library: Library) -> Iterator[Found]:
    for row in library[ReviewRow]:
        if row.outcome is not ReviewOutcome.PASSED and not (row.reason or row.remarks):
            yield found(cell(row, "reason"), cell(row, "outcome"))


@check(
    "RVW304",
    title="审查的范围认不出",
    message="审查范围“{scope}”不是“全部”，账里也没有这个总括登记号或个别登记号。",
    why="认不出审查的是哪些书，审查就没有依据。",
    fix="先对照账册；范围写“全部”、一个总括登记号，或一个个别登记号。",
    severity=Severity.WARNING,
    reads={ReviewRow: "scope", **_SCOPE},
)
def scope_unknown(library: Library) -> Iterator[Found]:
    for row in library[ReviewRow]:
        if copies_of(library, row.scope) is None and row.scope not in library.known_copies:
            yield found(cell(row, "scope"))
