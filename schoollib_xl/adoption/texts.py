"""Text of a cell without what slipped in: blanks, full width, leaked nan."""

import re

from schoollib_xl.adoption.transforms import (
    BLANKS,
    CLASS_FORM,
    HALF_WIDTH,
    ISBN_DASHES,
    LEAKED,
    PAGES,
    PLAIN_TEXT,
    TITLE_MARKS,
    YEAR_ONLY,
    Read,
    Step,
    Transform,
)
from schoollib_xl.sheets.cells import CellValue, ErrorValue, Uncalculated
from schoollib_xl.sheets.reading.tidy import shown

_WIDE = {code: code - 0xFEE0 for r in ("０９", "ＡＺ", "ａｚ") for code in range(ord(r[0]), ord(r[1]) + 1)}
_INVISIBLE = dict.fromkeys((0x200B, 0xFEFF))
_LEAKED = frozenset({"nan", "none", "null", "<na>", "nat", "undefined"})
_POINT_ZERO = re.compile(r"(\d+)\.0+")
_WHOLE_TITLE = re.compile(r"《([^《》]+)》")
_PAGES = re.compile(r"(\d+)\s*页")
_ISBN = re.compile(r"(?:ISBN)?[:：\s]*([0-9\-—–－\s]+[0-9Xx])", re.IGNORECASE)
_SYMBOLS = str.maketrans("．。－—–＝（）：＋／＜＞“”", '..---=():+/<>""')
_ONLY_A_DATE = re.compile(
    r"\[?c?((?:1[89]|20)\d{2})(?:\]|年|[-./](?:0?[1-9]|1[0-2])(?:[-./]\d{1,2})?(?:\s+0?0:00(?::00)?)?"
    r"|年\d{1,2}月(?:\d{1,2}日)?)?"
)


def text_of(value: CellValue) -> Read:
    """The cell as text: None for a blank; error values and formulas without result are not read."""
    if isinstance(value, ErrorValue):
        return Read(verbatim=value.text)
    if isinstance(value, Uncalculated):
        return Read(verbatim=f"={value.formula}")
    text = shown(value) if not isinstance(value, bool) else str(value).upper()
    if not text:
        return Read()
    steps: list[Step] = []
    text = _changed(steps, BLANKS, text, " ".join(text.translate(_INVISIBLE).split()).lstrip("'"))
    text = _changed(steps, HALF_WIDTH, text, text.translate(_WIDE))
    if text.lower() in _LEAKED:
        return Read(None, (*steps, Step(LEAKED, text, "")))
    # Rows of blanks are no change worth telling.
    return Read(text, tuple(steps)) if text else Read()


def title(text: str) -> Read:
    """A title without the 《》 round the whole of it."""
    match = _WHOLE_TITLE.fullmatch(text)
    return _read(TITLE_MARKS, text, match[1].strip() if match else text)


def pages(text: str) -> Read:
    """Pages as a bare number where nothing else is said."""
    match = _PAGES.fullmatch(text)
    return _read(PAGES, text, match[1] if match else text)


def year(text: str) -> Read:
    """The year where the text is nothing but a date; what says more (2009, 2015重印) stays as it is."""
    match = _ONLY_A_DATE.fullmatch(text)
    return _read(YEAR_ONLY, text, match[1] if match else text)


def identifier(text: str) -> Read:
    """An identifier without the .0 a number leaves behind."""
    match = _POINT_ZERO.fullmatch(text)
    return _read(PLAIN_TEXT, text, match[1] if match else text)


def isbn(text: str) -> Read:
    """An ISBN as its 10 or 13 digits; a number Excel has rounded (9.78E+12) cannot be read."""
    if re.fullmatch(r"\d(\.\d+)?E\+\d+", text, re.IGNORECASE):
        return Read(verbatim=text)
    plain = identifier(text)
    match = _ISBN.fullmatch(plain.value)
    digits = re.sub(r"[^0-9X]", "", match[1].upper()) if match else ""
    if len(digits) not in (10, 13):
        return plain
    return _then(plain, _read(ISBN_DASHES, plain.value, digits))


def class_no(text: str) -> Read:
    """A class number without blanks, its first letter upper case, its symbols half width."""
    plain = "".join(text.translate(_SYMBOLS).split())
    return _read(CLASS_FORM, text, plain[:1].upper() + plain[1:])


def _read(transform: Transform, before: str, after: str) -> Read:
    return Read(after, (Step(transform, before, after),) if after != before else ())


def _then(first: Read, second: Read) -> Read:
    return second._replace(steps=first.steps + second.steps)


def _changed(steps: list[Step], transform: Transform, before: str, after: str) -> str:
    if before != after:
        steps.append(Step(transform, before, after))
    return after
