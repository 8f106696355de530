"""注销登记账 (WDL): who approved it and in which year, and whether what became of a copy fits why it went."""

import re
from collections.abc import Iterator

from schoollib_xl.checks.check import Alike, Found, Severity, check, found
from schoollib_xl.checks.folding import folded
from schoollib_xl.checks.likeness import same_name, says
from schoollib_xl.ledgers.library import Library, group_by
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.vocabulary import WithdrawalReason
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

# The year of a document's number stands in brackets (GB/T 9704-2012, 7.2.5); 〔 〕 is often typed otherwise.
_YEAR = re.compile(r"[〔\[［(（【]\s*(20\d\d)\s*[〕\]］)）】]")
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
        match = _YEAR.search(row.approval_no or "")
        # Approved in December, or in the autumn of the school year, it may be done in the next.
        if match and not row.withdrawn_on.year - 1 <= int(match[1]) <= row.withdrawn_on.year:
            yield found(*folded(alike, "approval_no"), cell(row, "withdrawn_on"), alike=Alike(len(alike) - 1))


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
        wrong = [one for one in alike if says(row.disposal, *_IMPOSSIBLE.get(one.reason, ()))]
        if wrong:
            first = min(wrong, key=lambda one: one.line)
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
