"""What the checks of batches and copies share: the order of batches, their number ranges, their copies."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import Flow

Test = Callable[[AccessionRow], bool]


def in_order(library: Library) -> list[SummaryRow | None]:
    """The lines of 总括登记账 in the order of their numbers, 期初 first; None for a line that lacks a value."""
    placed: list[tuple[tuple[int, ...], int, SummaryRow | None]] = []
    place: tuple[int, ...] = ()
    for line, batch_no, flow, row in sorted(_lines(library), key=lambda one: one[0]):
        # A line without a number stands where it was written.
        place = _place(batch_no, flow) if batch_no else place
        placed.append((place, line, row))
    return [row for _, _, row in sorted(placed, key=lambda one: one[:2])]


def _lines(library: Library) -> Iterator[tuple[int, str | None, Flow | None, SummaryRow | None]]:
    for row in library[SummaryRow]:
        yield row.line, row.batch_no, row.flow, row
    for torn in library[SummaryRow].torn:
        yield torn.line, torn.values.get("batch_no"), torn.values.get("flow"), None


def _place(batch_no: str, flow: Flow | None) -> tuple[int, ...]:
    digits = "".join(char if _is_number(char) else " " for char in batch_no)
    return (flow is not Flow.OPENING, *map(int, digits.split()))


def stated_range(batch: SummaryRow) -> range | None:
    """The numbers of an accession batch from its first to its last; None where they say no range."""
    if batch.flow is not Flow.IN or batch.first_no is None or batch.last_no is None:
        return None
    if not (_is_number(batch.first_no) and _is_number(batch.last_no)):
        return None
    return range(int(batch.first_no), int(batch.last_no) + 1)


def sound_range(batch: SummaryRow) -> range | None:
    """The numbers of an accession batch, where its first and last number fit its 册数."""
    stated = stated_range(batch)
    return stated if stated and len(stated) == batch.copies else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def repeated_batches(library: Library) -> frozenset[str]:
    """总括登记号 that stand on several lines: which copies belong to which cannot be told."""
    counted = Counter(row.batch_no for row in library[SummaryRow])
    return frozenset(number for number, times in counted.items() if times > 1)


def compared_batches(library: Library) -> Iterator[tuple[SummaryRow, list[AccessionRow]]]:
    """Batches that add to the holdings, with their copies, where every copy line could be read.

    The opening stock counts the copies that had not been written off before it.
    """
    repeated = library.derive(repeated_batches)
    for batch in library.batches.values():
        if batch.flow is Flow.OUT or batch.batch_no in repeated or not library.batch_settled(batch.batch_no):
            continue
        copies = library.copies_by_batch.get(batch.batch_no, [])
        if batch.flow is Flow.OPENING:
            day = batch.registered_on
            copies = [copy for copy in copies if copy.withdrawn_on is None or copy.withdrawn_on >= day]
        yield batch, copies


class Astray(NamedTuple):
    """A batch and those of its copies that differ from it, by line. Where all of several copies do, the
    batch is the one to look at first.
    """

    batch: SummaryRow
    copies: list[AccessionRow]
    wholly: bool


def astray(library: Library, differing: Callable[[SummaryRow], Test]) -> Iterator[Astray]:
    """Every accession batch that some of its copies differ from; a batch number used twice is left out."""
    repeated = library.derive(repeated_batches)
    for batch_no, copies in library.copies_by_batch.items():
        batch = library.batches.get(batch_no)
        if batch is None or batch.flow is not Flow.IN or batch_no in repeated:
            continue
        if off := list(filter(differing(batch), copies)):
            off.sort(key=lambda copy: copy.line)
            yield Astray(batch, off, len(off) == len(copies) > 1)


def of_another_source(batch: SummaryRow) -> Test:
    """Whether a copy names another 来源 than its batch."""
    source = batch.source.value
    return lambda copy: copy.source is not None and copy.source.value != source


def registered_earlier(batch: SummaryRow) -> Test:
    """Whether a copy is registered before its batch."""
    return lambda copy: copy.accessioned_on < batch.registered_on


def outside_the_range(batch: SummaryRow) -> Test:
    """Whether a copy's number is well formed and not among the numbers of its batch."""
    first, last = batch.first_no, batch.last_no
    if first is None or last is None or sound_range(batch) is None or len(first) != len(last):
        return lambda copy: False

    def is_outside(copy: AccessionRow) -> bool:
        number = copy.accession_no
        return not first <= number <= last and len(number) == len(first) and _is_number(number)

    return is_outside
