"""What the checks of batches and copies share: the order of batches, their number ranges, their copies."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from schoollib_xl.checks.check import Found, found
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.identifiers import batch_parts
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.table import LedgerTable
from schoollib_xl.ledgers.vocabulary import Flow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.corrections import corrected_batches, correcting, is_red

_Differs = Callable[[SummaryRow, AccessionRow], bool]
_FIRST = (0, 0)
# 个别登记号位数 goes to 14; more digits are a barcode scanned twice, and no range a machine can count.
_MOST_DIGITS = 14


class _BatchLine(NamedTuple):
    """A line of 总括登记账, `row` None where it lacks a value."""

    line: int
    batch_no: str | None
    flow: Flow | None
    row: SummaryRow | None


def in_order(library: Library) -> list[SummaryRow | None]:
    """The lines of 总括登记账 in the order of their numbers, 期初 first; None for a line that lacks a value.

    A school that numbers in its own way has written its batches down in their order.
    """
    lines, corrections = sorted(_lines(library), key=lambda line: line.line), library.derive(correcting)
    numbered = (line for line in lines if line.flow is not Flow.OPENING and line.line not in corrections)
    if not all(batch_parts(line.batch_no) for line in numbered if line.batch_no):
        return [line.row for line in lines]
    places: list[tuple[int, int]] = []
    for line in lines:
        # A line without a number, or with that of the batch it puts right, stands where it was written.
        own = None if has_borrowed_number(line.row, corrections) else _place(line)
        places.append(own or (places[-1] if places else _FIRST))
    order = sorted(range(len(lines)), key=places.__getitem__)
    return [lines[index].row for index in order]


def has_borrowed_number(row: SummaryRow | None, corrections: Mapping[int, SummaryRow]) -> bool:
    """Whether a line that puts another right bears its number, or one of no series."""
    batch = corrections.get(row.line) if row else None
    return row is not None and batch is not None and (row.batch_no == batch.batch_no or not batch_parts(row.batch_no))


def _lines(library: Library) -> Iterator[_BatchLine]:
    for row in library[SummaryRow]:
        yield _BatchLine(row.line, row.batch_no, row.flow, row)
    for partly in library[SummaryRow].incomplete:
        yield _BatchLine(partly.line, partly.values.get("batch_no"), partly.values.get("flow"), None)


def _place(line: _BatchLine) -> tuple[int, int] | None:
    return _FIRST if line.flow is Flow.OPENING else batch_parts(line.batch_no or "")


def stated_range(batch: SummaryRow) -> range | None:
    """The numbers of an accession batch from its first to its last; None where they say no range."""
    if batch.flow is not Flow.IN or batch.first_no is None or batch.last_no is None or is_red(batch):
        return None
    if not (_is_number(batch.first_no) and _is_number(batch.last_no)):
        return None
    return range(int(batch.first_no), int(batch.last_no) + 1)


def sound_range(batch: SummaryRow) -> range | None:
    """The numbers of an accession batch, where its first and last number fit its 册数."""
    stated = stated_range(batch)
    return stated if stated and len(stated) == batch.copies else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS


def repeated_batches(library: Library) -> frozenset[str]:
    """总括登记号 that stand on several lines: which copies belong to which cannot be told."""
    corrections = library.derive(correcting)
    counted = Counter(row.batch_no for row in library[SummaryRow] if row.line not in corrections)
    return frozenset(number for number, times in counted.items() if times > 1)


def compared_batches(library: Library) -> list[tuple[SummaryRow, list[AccessionRow]]]:
    """Batches that add to the holdings, as corrected, with their copies, where every copy line could be read.

    The opening stock counts the copies that had not been written off before it.
    """
    compared: list[tuple[SummaryRow, list[AccessionRow]]] = []
    repeated = library.derive(repeated_batches)
    for batch in _as_corrected(library):
        if batch.flow is Flow.OUT or batch.batch_no in repeated or not library.batch_settled(batch.batch_no):
            continue
        copies = library.copies_by_batch.get(batch.batch_no, [])
        if batch.flow is Flow.OPENING:
            day = batch.registered_on
            copies = [copy for copy in copies if copy.withdrawn_on is None or copy.withdrawn_on >= day]
        compared.append((batch, copies))
    return compared


def _as_corrected(library: Library) -> Iterator[SummaryRow]:
    """Each batch with the figures it comes to; a line that puts another right is no batch of its own."""
    corrected, corrections = library.derive(corrected_batches), library.derive(correcting)
    for number, batch in library.batches.items():
        if batch.line not in corrections:
            yield corrected[number].net if number in corrected else batch


class MisplacedCopy(NamedTuple):
    """A batch and those of its copies that differ from it, by line. Where all of several copies do, the
    batch is the one to look at first.
    """

    batch: SummaryRow
    copies: list[AccessionRow]
    wholly: bool


def of_another_source(library: Library) -> list[MisplacedCopy]:
    """Batches with copies that name another 来源."""
    return list(_astray(library, lambda batch, copy: is_of_another_source(copy, batch)))


def registered_earlier(library: Library) -> list[MisplacedCopy]:
    """Batches with copies that are registered before them."""
    return list(_astray(library, lambda batch, copy: copy.held_from < batch.registered_on))


def outside_the_range(library: Library) -> list[MisplacedCopy]:
    """Batches with copies whose number is well formed and not among the numbers of the batch."""
    return list(_astray(library, _is_outside_the_range))


def _astray(library: Library, differs: _Differs) -> Iterator[MisplacedCopy]:
    """Every accession batch that some of its copies differ from; a batch number used twice is left out."""
    repeated = library.derive(repeated_batches)
    for batch_no, copies in library.copies_by_batch.items():
        batch = library.batches.get(batch_no)
        if batch is None or batch.flow is not Flow.IN or batch_no in repeated:
            continue
        if off := sorted((copy for copy in copies if differs(batch, copy)), key=lambda copy: copy.line):
            yield MisplacedCopy(batch, off, len(off) == len(copies) > 1)


def is_of_another_source(copy: AccessionRow, batch: SummaryRow) -> bool:
    """Whether both lines say where the copy came from, and not the same."""
    return copy.source is not None and batch.source is not None and copy.source.value != batch.source.value


def _is_outside_the_range(batch: SummaryRow, copy: AccessionRow) -> bool:
    first, last, number = batch.first_no, batch.last_no, copy.accession_no
    if first is None or last is None or sound_range(batch) is None or len(first) != len(last):
        return False
    return not first <= number <= last and len(number) == len(first) and _is_number(number)


def withdrawal_batches(library: Library) -> Iterator[tuple[SummaryRow, list[WithdrawalRow]]]:
    """Withdrawal batches that stand once and can be read throughout, with their lines."""
    repeated = library.derive(repeated_batches)
    for batch in _as_corrected(library):
        number = batch.batch_no
        if batch.flow is Flow.OUT and number not in repeated and library.withdrawal_settled(number):
            yield batch, library.withdrawals_by_batch.get(number, [])


def priced_otherwise(library: Library, rows: Iterable[CompensationRow | WithdrawalRow]) -> Iterator[Found]:
    """The rows whose 单价 is not the copy's in 个别登记账."""
    for row in rows:
        copy = library.copies.get(row.accession_no)
        if copy and row.price != copy.price:
            yield found(cell(row, "price"), cell(copy, "price"), cell(row, "accession_no"), entered=copy.price)


def stated_titles(library: Library, batch: SummaryRow) -> tuple[int | None, ...]:
    """种数 of a batch as corrected and as first written: a copy taken back need not be the last of its title."""
    return batch.titles, library.batches[batch.batch_no].titles


def unknown_copies(library: Library, table: LedgerTable[Any]) -> Iterator[Found]:
    """The rows of copies whose number stands nowhere in 个别登记账; none where a number there could not be read."""
    if library[AccessionRow].all_say("accession_no"):
        for row in table.among("accession_no", table.distinct("accession_no") - library.known_copies):
            yield found(cell(row, "accession_no"))
