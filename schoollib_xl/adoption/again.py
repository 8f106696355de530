"""The same old lists taken over again, with another mapping or other rules: what is different from the last time."""

from collections import Counter
from collections.abc import Iterator

from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import DeclaredSheet


def differences(before: Library, after: Library) -> list[str]:
    """A sentence for each sheet whose rows are others than they were; one sentence where none is."""
    return [*_changed(before, after)] or ["和上次接收的完全一样。"]


def _changed(before: Library, after: Library) -> Iterator[str]:
    for sheet in ALL_SHEETS:
        old, new = _rows(before, sheet), _rows(after, sheet)
        more, fewer = (new - old).total(), (old - new).total()
        changed = min(more, fewer)
        if more or fewer:
            parts = (("改", changed), ("多", more - changed), ("少", fewer - changed))
            said = "，".join(f"{word} {count} 行" for word, count in parts if count)
            yield f"和上次接收比，{sheet.name}{said}。"


def _rows(library: Library, sheet: DeclaredSheet) -> Counter[tuple[object, ...]]:
    """The rows of a sheet whatever lines they stand on."""
    table = library[sheet.row_type]
    whole = [tuple(row[1:]) for row in table.rows]
    return Counter([*whole, *(tuple(row.values.get(f.name) for f in sheet.fields) for row in table.incomplete)])
