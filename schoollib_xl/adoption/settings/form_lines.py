"""Lines of a form, of which one may hold several items, and what became of each."""

from collections import defaultdict

from schoollib_xl.adoption.journal import Journal, SourceRow
from schoollib_xl.adoption.rows.records import Record


class FormLines:
    """What became of the lines of a sheet, of which one may hold several items."""

    def __init__(self, sheet: str) -> None:
        self._sheet = sheet
        self._taken = defaultdict[SourceRow, list[str]](list)
        self._left = dict[SourceRow, tuple[str, str]]()

    def took(self, record: Record, item: str) -> None:
        """An item of the line was taken over."""
        self._taken[record.place].append(item)

    def left(self, record: Record, reason: str, text: str = "") -> None:
        """One was not; `text` is what may be shown of it."""
        self._left.setdefault(record.place, (reason, text or record.text))

    def settle(self, journal: Journal) -> None:
        """Settle each line once."""
        for place, items in self._taken.items():
            journal.adopted(place, self._sheet, items)
        for place, (reason, text) in self._left.items():
            if place not in self._taken:
                journal.aside(place, reason, text)
