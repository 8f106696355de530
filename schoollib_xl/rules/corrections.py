"""Lines of 总括登记账 that put another line right: what was entered too much is taken back by a red line, as in any
book of accounts (会计基础工作规范, article 62), and not by rubbing it out.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from schoollib_xl.ledgers.library import Library, gathered
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import CLASS_LETTERS

# The figures that tell a red line, and all of these as a check names what it may read.
FIGURES = ("copies", "list_value", "paid_value", "titles", *CLASS_LETTERS)
RED: Mapping[type[Any], str] = {SummaryRow: " ".join(FIGURES)}

# What a line is corrected with that stands right below it.
_LINE_ABOVE = ("上一行", "上一笔", "上一批", "上行", "上笔", "前一行", "前一笔")
# A shorter number (3) stands in any text by chance.
_TELLING = 3


class CorrectedBatch(NamedTuple):
    """A batch, the lines that put it right, and what it comes to with them."""

    row: SummaryRow
    lines: list[SummaryRow]
    net: SummaryRow


def is_red(row: SummaryRow) -> bool:
    """Whether a line takes copies or money back; one without either, titles, a discount or copies of a class."""
    if (row.copies or 0) < 0 or (row.list_value or 0) < 0:
        return True
    return not row.copies and not row.list_value and any((getattr(row, name) or 0) < 0 for name in FIGURES)


def corrected_batches(library: Library) -> dict[str, CorrectedBatch]:
    """By 总括登记号, the batches that red lines put right. A line that enters anew what a red one took back belongs to
    the batch as well, where 备注 names it and 个别登记账 has no copies under a number of its own.
    """
    red = [row for row in library[SummaryRow] if is_red(row)]
    lines = gathered((batch.batch_no, row) for row in red if (batch := _corrected(library, row)))
    for row in library[SummaryRow] if lines else ():
        batch = _named(library, row)
        is_anew = row not in red and batch is not None and not library.copies_by_batch.get(row.batch_no)
        if is_anew and batch and batch.batch_no in lines:
            lines[batch.batch_no].append(row)
    rows = {number: library.batches[number] for number in lines}
    return {number: CorrectedBatch(row, lines[number], _net([row, *lines[number]])) for number, row in rows.items()}


def correcting(library: Library) -> dict[int, SummaryRow]:
    """By the line that puts it right, the batch."""
    batches = library.derive(corrected_batches).values()
    return {line.line: batch.row for batch in batches for line in batch.lines}


def _corrected(library: Library, row: SummaryRow) -> SummaryRow | None:
    """The batch a red line puts right: that of its own number, the one 备注 names, or that of its voucher."""
    if (row.copies or 0) > 0 or (row.list_value or 0) > 0:
        return None
    own = library.batches.get(row.batch_no)
    if own is not None and own is not row:
        return own if _may_be_meant(own, row) else None
    if library.copies_by_batch.get(row.batch_no):
        return None
    return _named(library, row) or _of_its_voucher(library, row)


def _named(library: Library, row: SummaryRow) -> SummaryRow | None:
    remarks = row.remarks or ""
    if any(word in remarks for word in _LINE_ABOVE):
        above = [one for one in library[SummaryRow] if one.line < row.line]
        return above[-1] if above and _may_be_meant(above[-1], row) else None
    named = [number for number in library.batches if len(number) >= _TELLING and number in remarks]
    meant = [library.batches[number] for number in named if _may_be_meant(library.batches[number], row)]
    return meant[0] if len(meant) == 1 else None


def _of_its_voucher(library: Library, row: SummaryRow) -> SummaryRow | None:
    alike = [one for one in library.batches.values() if row.voucher_no and one.voucher_no == row.voucher_no]
    meant = [one for one in alike if _may_be_meant(one, row)]
    return meant[0] if len(meant) == 1 else None


def _may_be_meant(batch: SummaryRow, row: SummaryRow) -> bool:
    return batch.line != row.line and batch.sign == row.sign and not is_red(batch)


def _net(rows: list[SummaryRow]) -> SummaryRow:
    """The first of the rows with the figures of all; titles and classes only where every line says them."""
    first = rows[0]
    titles = [row.titles for row in rows]
    has_classes = all(any(row.by_class().values()) or not row.copies for row in rows)
    classes: dict[str, Any] = {letter: sum(row.by_class()[letter] for row in rows) or None for letter in CLASS_LETTERS}
    paid = [row.paid_value for row in rows if row.paid_value is not None]
    return first._replace(
        copies=sum(row.copies for row in rows),
        list_value=sum((row.list_value for row in rows), first.list_value * 0),
        paid_value=sum(paid, first.list_value * 0) if paid else None,
        titles=None if None in titles else sum(number or 0 for number in titles),
        **(classes if has_classes else dict.fromkeys(CLASS_LETTERS)),
    )
