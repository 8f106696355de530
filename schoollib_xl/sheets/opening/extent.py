"""Which sheets the quick reader can be given, by where their cells stand."""

from schoollib_xl.sheets.opening.markup import MAX_COLUMN, MAX_ROW, Markup

MAX_AREA = MAX_ROW * 27
"""Cells, empty ones included, that the quick reader may lay out; it takes 24 bytes for each."""


def is_beyond(markup: Markup) -> bool:
    """Whether a cell stands where no sheet has any."""
    return markup.rows > MAX_ROW or markup.columns > MAX_COLUMN


def is_dangerous(markup: Markup) -> bool:
    """Whether the quick reader might need too much memory for the sheet."""
    return not markup.addressed or markup.rows * markup.columns > max(MAX_AREA, markup.size // 10)


def must_be_whole(markup: Markup) -> bool:
    """Whether of the sheet no rows can be taken before all of it was seen."""
    return not markup.rising or is_beyond(markup) or is_dangerous(markup)
