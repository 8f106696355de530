"""修补登记 (RPR): copies sent to be mended."""

from collections.abc import Iterator

from schoollib_xl.checks.batches import unknown_copies
from schoollib_xl.checks.check import Found, Severity, check, found
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.supporting.shelves import RepairRow


@check(
    "RPR101",
    title="归架早于送修",
    message="{accession_no} 在 {reshelved_on} 归架，可是 {sent_on} 才送修。",
    why="先后颠倒，就说不清书现在在架上还是在修。",
    fix="先核对两个日期，再把写错的改正。",
    reads={RepairRow: "accession_no sent_on reshelved_on"},
)
def reshelved_before_sent(library: Library) -> Iterator[Found]:
    for row in library[RepairRow]:
        if row.reshelved_on and row.reshelved_on < row.sent_on:
            yield found(cell(row, "reshelved_on"), cell(row, "sent_on"))


@check(
    "RPR301",
    title="送修的书账上没有",
    message="修补登记的 {accession_no}，个别登记账里查不到。",
    why="查不到这个号，就不知道修的是哪一册。",
    fix="先对照书上的号，抄错了就改正；没有抄错，就查是不是漏登。",
    reads={RepairRow: "accession_no", AccessionRow: "accession_no"},
)
def repair_of_unknown_copy(library: Library) -> Iterator[Found]:
    return unknown_copies(library, library[RepairRow])


@check(
    "RPR302",
    title="注销的书又送修",
    message="{accession_no} 已在 {withdrawn_on} 注销，{sent_on} 又送修。",
    why="注销的书不再修补，多半是号抄错了。",
    fix="先对照书上的号；号没有错，就核对送修日期和注销日期。",
    severity=Severity.WARNING,
    reads={RepairRow: "accession_no sent_on", AccessionRow: "accession_no withdrawn_on"},
)
def repair_after_withdrawal(library: Library) -> Iterator[Found]:
    for row in library[RepairRow]:
        copy = library.copies.get(row.accession_no)
        if copy and copy.withdrawn_on and copy.withdrawn_on <= row.sent_on:
            yield found(cell(row, "accession_no"), cell(copy, "withdrawn_on"), withdrawn_on=copy.withdrawn_on)
