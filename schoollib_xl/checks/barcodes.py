"""个别登记账 (ACC): what the labels say must name one copy, or the desk lends the wrong book."""

from collections.abc import Iterator

from schoollib_xl.checks.check import Found, check, found
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library, group_by
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

_READS = {AccessionRow: "accession_no barcode withdrawn_on", WithdrawalRow: "accession_no"}


@check(
    "ACC005",
    title="两册书一个条码号",
    message="条码号 {barcode} 贴在 {first} 和 {accession_no} 两册上。",
    why="扫这个条码分不清是哪一册，借还台会借错书。",
    fix="先到架上看两册书的条码；抄错的改正，真贴重了，就给后一册换一个新条码。",
    reads=_READS,
)
def barcode_twice(library: Library) -> Iterator[Found]:
    labelled = [copy for copy in library[AccessionRow] if copy.barcode]
    if len({copy.barcode for copy in labelled}) == len(labelled):
        return
    labelled = [copy for copy in labelled if not library.written_off(copy)]
    for copies in group_by(labelled, "barcode").values():
        first, *others = sorted(copies, key=lambda copy: copy.line)
        for copy in others:
            if copy.accession_no != first.accession_no:
                yield found(cell(copy, "barcode"), cell(first, "barcode"), first=first.accession_no)


@check(
    "ACC006",
    title="条码号是另一册的个别登记号",
    message="{accession_no} 的条码号 {barcode} 是另一册书的个别登记号。",
    why="扫这个条码，借还台先认个别登记号，借出去的是另一册。",
    fix="先看书上的条码；抄错的改正，条码真是这个号，就给这一册换一个新条码。",
    reads=_READS,
)
def barcode_of_another(library: Library) -> Iterator[Found]:
    copies = library.copies
    for copy in library[AccessionRow]:
        if copy.barcode in copies and copy.barcode != copy.accession_no and not library.written_off(copy):
            other = copies[copy.barcode]
            if other and not library.written_off(other):
                yield found(cell(copy, "barcode"), cell(other, "accession_no"))
