"""Sheets of a workbook that are none of ours: they are not carried anywhere, and that is said."""

from pathlib import Path

from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.sheets.layout import BUTTON_TEXTS, CHECK_GUIDE, COLUMN_GUIDE, DESK, FRONT_PAGE, LISTS, RESULTS
from schoollib_xl.sheets.opening.workbook import open_workbook

# Written anew with every workbook, or by the next check.
_MADE = frozenset({FRONT_PAGE, COLUMN_GUIDE, CHECK_GUIDE, LISTS, DESK, RESULTS, BUTTON_TEXTS})


def own_sheets(path: Path, library: Library) -> tuple[str, ...]:
    """The names of the sheets of the file that the library does not hold.

    Raises Unusable where the file cannot be read.
    """
    held = {part.sheet_name for sheet in ALL_SHEETS for part in library[sheet.row_type].parts}
    with open_workbook(path) as opened:
        return tuple(name for name in opened.sheet_names if name not in held | _MADE)


def sentences(names: tuple[str, ...]) -> list[str]:
    """What is left behind, for a report."""
    said = ["自己加的栏目没有带过来，原来的工作簿没有动。"]
    return [f"自己加的工作表没有带过来：{'、'.join(names)}。", *said] if names else said
