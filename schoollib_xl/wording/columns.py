"""Tables and paragraphs for a terminal, where a Chinese character takes two columns."""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import takewhile

TERMINAL_WIDTH = 80
_WIDE = ("W", "F")
_WIDE_COLUMNS = 2
# Marks that must not begin a line.
_CLOSING = "。，、；：！？）》”’…％"
_GAP = _BELOW = "  "


def display_width(text: str) -> int:
    """How many columns the text takes in a terminal."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return _WIDE_COLUMNS if unicodedata.east_asian_width(character) in _WIDE else 1


def padded(text: str, width: int, *, right: bool = False) -> str:
    """The text with blanks added up to a width; to its left where it is a number."""
    blanks = " " * max(0, width - display_width(text))
    return blanks + text if right else text + blanks


def table(header: Sequence[str], rows: Sequence[Sequence[str]], indent: str = "  ") -> Iterator[str]:
    """The lines of a table under its header; a column whose cells are all figures is set to the right."""
    # A file may have a line end in its name, a cell within its text.
    lines = [[" ".join(text.splitlines()) for text in line] for line in (header, *rows)]
    columns = list(zip(*lines, strict=True))
    widths = [max(map(display_width, column)) for column in columns]
    right = [all(is_figure(text) for text in column[1:]) for column in columns]
    for line in lines:
        cells = [padded(text, width, right=aside) for text, width, aside in zip(line, widths, right, strict=True)]
        yield (indent + _GAP.join(cells)).rstrip()


def is_figure(text: str) -> bool:
    """Whether a cell holds a number, or the dash of none."""
    return not text.strip("0123456789.,%-—")


def wrapped(text: str, indent: str = "") -> Iterator[str]:
    """The text in lines that fit; lines after the first begin with two more blanks."""
    line = indent
    for index, piece in enumerate(_pieces(text)):
        if index and display_width(line + piece) > TERMINAL_WIDTH:
            yield line.rstrip()
            line = f"{indent}{_BELOW}" + piece.lstrip()
        else:
            line += piece
    yield line.rstrip()


def unwrapped(lines: Sequence[str]) -> str:
    """The first text of lines that were `wrapped`, on one line again."""
    more = takewhile(lambda line: line.startswith(_BELOW), lines[1:])
    return "".join((*lines[:1], *(line.removeprefix(_BELOW) for line in more)))


def _pieces(text: str) -> Iterator[str]:
    """What must stay on one line: a wide character, or a run of narrow ones, with the marks that close it."""
    piece = ""
    for character in text:
        if piece and not _belongs(character, piece):
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece


def _belongs(character: str, piece: str) -> bool:
    if character in _CLOSING:
        return True
    return _is_narrow(character) and _is_narrow(piece[-1])


def _is_narrow(character: str) -> bool:
    return character != " " and _columns(character) < _WIDE_COLUMNS
