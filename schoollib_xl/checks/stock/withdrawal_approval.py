"""注销登记账 (WDL): who approved it, whether it fits; 注销日期 and 注销批号 of 个别登记账 (ACC), both ways."""

import re
from collections import Counter
from collections.abc import Iterator
from operator import attrgetter

from schoollib_xl.checks.check import Alike, Found, Severity, check, folded, found
from schoollib_xl.checks.habits import told_once
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library, group_by
from schoollib_xl.ledgers.schema import cell, header_of
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import Flow, WithdrawalReason
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.likeness import same_name, says

# The year of a document's number stands in brackets (GB/T 9704-2012, 7.2.5); 〔 〕 is often typed otherwise.
_YEAR = re.compile(r"\[\s*(20\d\d)\s*\]")
_BRACKETS = str.maketrans("〔［(（【〕］)）】", "[[[[[]]]]]")
# What nobody can do with a book that is not there, and what nobody does with one that was handed on.
_IMPOSSIBLE = {
    WithdrawalReason.LOST: (
        "调拨",
        "交换",
        "变卖",
        "出售",
        "回收",
        "化浆",
        "销毁",
        "废品",
        "捐赠",
        "捐出",
        "转赠",
        "移交",
    ),
    WithdrawalReason.TRANSFERRED: ("化浆", "销毁", "废品", "变卖"),
}

# Days, and numbers of approvals, from which on one of them used again is no habit.
_MONTHS, _SOME = 62, 2
_COPY = "accession_no withdrawn_on withdrawal_no"
_ROW = "accession_no withdrawn_on withdrawal_no"
_BATCH = "batch_no registered_on flow"


@check(
    "WDL307",
    title="批准文号的年份和注销日期对不上",
    message="{withdrawal_no} 在 {withdrawn_on} 注销，批准文号写的是“{approval_no}”{alike}。",
    why="先批准再注销，一般是当年批的；年份不对，多半是文号或日期写错了。",
    fix="先看批准文件；文号抄错就改正，日期写错就改日期；确实是早先批的，就写进“差异说明”。",
    severity=Severity.WARNING,
    reads={WithdrawalRow: "withdrawn_on withdrawal_no approval_no"},
)
def approved_in_another_year(library: Library) -> Iterator[Found]:
    for row, alike in _one_of_each(library, "approval_no"):
        match = _YEAR.search((row.approval_no or "").translate(_BRACKETS))
        # Approved in December, or in the autumn of the school year, it may be done in the next.
        if match and not row.withdrawn_on.year - 1 <= int(match[1]) <= row.withdrawn_on.year:
            yield found(*folded(alike, "approval_no"), cell(row, "withdrawn_on"), alike=Alike(len(alike) - 1))


@check(
    "WDL310",
    title="一个批准文号批了相隔几个月的两批",
    message="{withdrawal_no} 的批准文号“{approval_no}”，{earlier}（{first_on}）已经用过，别的文号都只批一批。",
    why="注销一批报批一次，隔了几个月又用同一个文号，多半是照上一批抄的。",
    fix="先看批准文件；抄错了就改正，真是一次批了两批的不用动。",
    severity=Severity.HINT,
    reads={WithdrawalRow: "withdrawn_on withdrawal_no approval_no"},
)
def one_approval_for_batches_months_apart(library: Library) -> Iterator[Found]:
    rows = sorted(library.standing_withdrawals.saying("approval_no"), key=attrgetter("withdrawn_on", "line"))
    batches = {number: group_by(own, "withdrawal_no") for number, own in group_by(rows, "approval_no").items()}
    shared = [number for number, own in batches.items() if len(own) > 1]
    # Where several numbers are for more than one batch, or there are few, approvals are given so.
    if len(shared) != 1 or len(batches) <= _SOME:
        return
    (earlier, first), *others = batches[shared[0]].items()
    for own in (own for _, own in others if (own[0].withdrawn_on - first[0].withdrawn_on).days > _MONTHS):
        at, *more = folded(own, "approval_no")
        yield found(at, cell(first[0], "approval_no"), *more, earlier=earlier, first_on=first[0].withdrawn_on)


@check(
    "WDL308",
    title="处理方式和注销原因说不通",
    message="{accession_no} 的注销原因是{reason}，处理方式却是“{disposal}”{alike}。",
    why="丢了的书没法调拨、变卖，调出去的书也不会销毁，有一栏写错了。",
    fix="先看批准文件和清单，再把写错的一栏改正；丢了的书写“核销”。",
    severity=Severity.WARNING,
    reads={WithdrawalRow: "withdrawal_no accession_no reason disposal"},
)
def disposed_of_otherwise(library: Library) -> Iterator[Found]:
    for row, alike in _one_of_each(library, "disposal"):
        wrong = [withdrawal for withdrawal in alike if says(row.disposal, *_IMPOSSIBLE.get(withdrawal.reason, ()))]
        if wrong:
            first = min(wrong, key=lambda withdrawal: withdrawal.line)
            yield found(*folded(wrong, "disposal"), cell(first, "reason"), alike=Alike(len(wrong) - 1))


@check(
    "WDL309",
    title="图书管理员自己批准注销",
    message="{withdrawal_no} 的批准人{approved_by}就是图书管理员{alike}。",
    why="注销要由学校领导批准，管书的人自己批，查账时说不清。",
    fix="先看批准文件上谁签的字；写错就改正；真是自己批的，补一份校长签字。",
    severity=Severity.HINT,
    reads={WithdrawalRow: "withdrawal_no approved_by"},
)
def approved_by_the_librarian(library: Library) -> Iterator[Found]:
    school = library.school
    if not school.librarian or same_name(school.principal or "", school.librarian):
        return
    for row, alike in _one_of_each(library, "approved_by"):
        if row.approved_by and same_name(row.approved_by, school.librarian):
            yield found(*folded(alike, "approved_by"), alike=Alike(len(alike) - 1))


def _one_of_each(library: Library, field: str) -> Iterator[tuple[WithdrawalRow, list[WithdrawalRow]]]:
    """The lines of a batch that say the same in a column, each time with the first of them."""
    for rows in library.withdrawals_by_batch.values():
        for alike in group_by(rows, field).values():
            yield min(alike, key=lambda row: row.line), alike


@check(
    "ACC351",
    title="标了注销，注销登记账里没有",
    message="{accession_no} 在个别账里标了注销，注销登记账里没有这一册。",
    why="注销要在注销登记账里记一行，写明原因和批准人。",
    fix="先查批准文件；批准注销了，就在注销登记账补登；没有注销，就把这里的注销日期和批号清空。",
    reads={AccessionRow: _COPY, WithdrawalRow: "accession_no", SummaryRow: "registered_on flow"},
)
def marked_but_not_written_off(library: Library) -> Iterator[Found]:
    if not library[WithdrawalRow].all_say("accession_no"):
        return
    for copy in library[AccessionRow]:
        if copy.withdrawn_on is None and copy.withdrawal_no is None:
            continue
        known = copy.accession_no in library.known_withdrawals
        if not known and not library.in_older_books(copy.withdrawn_on):
            field = "withdrawn_on" if copy.withdrawn_on else "withdrawal_no"
            yield found(cell(copy, field))


@check(
    "ACC352",
    title="注销了，个别登记账没有注销日期",
    message="{accession_no} 在 {withdrawn_on} 注销，个别账里注销日期空着{alike}。",
    why="个别登记账不标注销，这一册还会算在馆藏里。",
    fix="先核对注销登记账的个别登记号；号没错，就在这里填上注销日期和注销批号。",
    reads={AccessionRow: "accession_no withdrawn_on", WithdrawalRow: "accession_no withdrawn_on"},
)
def written_off_but_not_marked(library: Library) -> Iterator[Found]:
    unmarked = (
        found(cell(copy, "withdrawn_on"), cell(row, "withdrawn_on"), withdrawn_on=row.withdrawn_on)
        for copy, row in _pairs(library)
        if copy.withdrawn_on is None
    )
    return told_once(unmarked, len(library[WithdrawalRow]))


@check(
    "ACC353",
    title="注销日期和注销登记账不一样",
    message="{accession_no} 个别账的注销日期是 {own}，注销账是 {theirs}{alike}。",
    why="同一册书哪一天注销，两本账要一样。",
    fix="先看注销登记账和总括登记账的日期，再照它们改这里。",
    reads={AccessionRow: "accession_no withdrawn_on", WithdrawalRow: _ROW, SummaryRow: _BATCH},
)
def dates_of_withdrawal_differ(library: Library) -> Iterator[Found]:
    return told_once(_dated_otherwise(library), len(library[WithdrawalRow]))


def _dated_otherwise(library: Library) -> Iterator[Found]:
    for copy, row in _pairs(library):
        batch = library.batches.get(row.withdrawal_no)
        # A line of 注销登记账 that is not dated as its batch is itself the fault (WDL102).
        if batch and batch.flow is Flow.OUT and row.withdrawn_on != batch.registered_on:
            continue
        if copy.withdrawn_on and copy.withdrawn_on != row.withdrawn_on:
            yield found(
                cell(copy, "withdrawn_on"), cell(row, "withdrawn_on"), own=copy.withdrawn_on, theirs=row.withdrawn_on
            )


@check(
    "ACC354",
    title="注销批号和注销登记账不一样",
    message="{accession_no} 个别账的注销批号是“{own}”，注销账是“{theirs}”{alike}。",
    why="批号不一样，就查不到这一册是随哪一批注销的。",
    fix="先看总括登记账里这两个批号哪一批是注销，再照注销登记账改这里。",
    reads={AccessionRow: _COPY, WithdrawalRow: "accession_no withdrawal_no", SummaryRow: "batch_no flow"},
)
def batches_of_withdrawal_differ(library: Library) -> Iterator[Found]:
    return told_once(_in_another_batch(library), len(library[WithdrawalRow]))


def _in_another_batch(library: Library) -> Iterator[Found]:
    for copy, row in _pairs(library):
        batch = library.batches.get(row.withdrawal_no)
        # A batch that is none, or no withdrawal, is the fault of 注销登记账 (WDL304, WDL305).
        if batch is None or batch.flow is not Flow.OUT:
            continue
        if (copy.withdrawn_on or copy.withdrawal_no) and copy.withdrawal_no != row.withdrawal_no:
            yield found(
                cell(copy, "withdrawal_no"),
                cell(row, "withdrawal_no"),
                own=copy.withdrawal_no,
                theirs=row.withdrawal_no,
            )


def _pairs(library: Library) -> Iterator[tuple[AccessionRow, WithdrawalRow]]:
    """Copies written off, each with its line of 注销登记账."""
    for accession_no, row in library.withdrawals.items():
        if copy := library.copies.get(accession_no):
            yield copy, row


@check(
    "WDL306",
    title="一批注销的批准不一样",
    message="{accession_no} 的{header}是“{own}”，{withdrawal_no} 别的书都是“{others}”。",
    why="一批注销报批一次，批准人和文号一般是一样的。",
    fix="先看批准文件，再把抄错的改正；分两次批的就不用动。",
    severity=Severity.HINT,
    reads={WithdrawalRow: "withdrawal_no accession_no approved_by approval_no"},
)
def approvals_differ_within_a_batch(library: Library) -> Iterator[Found]:
    for rows in library.withdrawals_by_batch.values():
        for field in ("approved_by", "approval_no"):
            said = [(row, getattr(row, field)) for row in sorted(rows, key=lambda row: row.line)]
            counted = Counter(value for _, value in said if value)
            usual = counted.most_common(1)[0][0] if counted else None
            for row, value in said:
                if value and value != usual and counted[value] == 1 and counted[usual] > 1:
                    yield found(cell(row, field), header=header_of(WithdrawalRow, field), own=value, others=usual)
