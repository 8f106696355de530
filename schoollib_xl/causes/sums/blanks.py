"""Sums that nobody can judge: they lean on a cell that is blank."""

from functools import cached_property

from schoollib_xl.causes.amounts import Key
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.holdings import unclassified_by_batch


class Blanks:
    """The blank batches, classes and prices of these books, as far as the identities of `Balance` lean on them."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def bear_on(self, key: Key) -> bool:
        """Whether the identity leans on one, and is not judged."""
        kind, name = key[:2]
        if kind in ("copies", "value"):
            return not self._is_settled(name) or (kind == "value" and name in self._unpriced[0])
        if kind == "batch_class":
            return not self._is_settled(name) or name in self._library.derive(unclassified_by_batch)
        if kind == "period" and key[4] == "value":
            return key[2] in self._unpriced[1] or not self._classes_are_settled
        return kind in ("period", "total") and not self._classes_are_settled

    def _is_settled(self, batch_no: str) -> bool:
        library = self._library
        return library.batch_settled(batch_no) and library.withdrawal_settled(batch_no) and not self._unbatched

    @cached_property
    def _classes_are_settled(self) -> bool:
        incomplete = any(self._library[kind].incomplete for kind in (AccessionRow, WithdrawalRow, SummaryRow))
        return not (incomplete or self._library.derive(unclassified_by_batch) or self._unbatched)

    @cached_property
    def _unbatched(self) -> bool:
        """Whether a copy does not say its batch: it may be of any."""
        return not all(self._library[AccessionRow].column("batch_no"))

    @cached_property
    def _unpriced(self) -> tuple[set[str], frozenset[str]]:
        """Batches and classes with a copy whose price is blank."""
        copies = self._library[AccessionRow].having("price", None)
        batches = {row.withdrawal_no for row in self._library[WithdrawalRow].having("price", None)}
        return batches.union(copy.batch_no for copy in copies), frozenset(copy.class_letter for copy in copies)
