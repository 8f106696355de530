"""Text of a cell without what people and programs let slip in, and the written forms of numbers of books."""

import re

# Signs without any width, which copying out of web pages and chat programs leaves behind; they part nothing.
ZERO_WIDTH = "\u00ad\u180e\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff"
# Full-width letters and digits and the full-width blank; punctuation stays as she typed it.
HALF_WIDTH: dict[int, int | str | None] = {
    **{code: code - 0xFEE0 for r in ("０９", "ＡＺ", "ａｚ") for code in range(ord(r[0]), ord(r[1]) + 1)},
    **dict.fromkeys((0x3000, 0xA0), " "),
    **dict.fromkeys(map(ord, ZERO_WIDTH)),
}
PUNCTUATION = str.maketrans("－—–．，：／（）", "---.,:/()")
# What other programs write for a blank, and what people do.
_NO_DAY = ("0000-00-00", "0000/00/00", "0000-0-0", "0000/0/0", "1900-01-00", "1900/1/0", "1900-1-0", "00000000")
LEAKED = frozenset(
    {"na", "n/a", "nan", "none", "null", "<na>", "nat", "undefined", *_NO_DAY, *(f"{day} 00:00:00" for day in _NO_DAY)}
)
NOTHING = frozenset({"/", "-", "—", "——", "--", "\\", "无"})
_SYMBOLS = str.maketrans("．。－—–＝（）：＋／＜＞“”", '..---=():+/<>""')
# Signs that no eye sees and no paper takes: control characters, those that turn the direction of writing about, and
# how a file spells the former and what is no character. Line ends and tabs are typed by people.
HIDDEN_SIGNS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069"
# Every character that is white space to Python: as \\s, written out.
WHITE_SPACE = "\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
# Most books are read without these, which `re` compiles when they are first asked.
_HIDDEN = f"[{HIDDEN_SIGNS}]|_x(?:00(?:0[0-8BCEF]|1[0-9A-F]|7F)|FFF[EF])_"
_ISBN = r"(?i)(?:ISBN)?[:：\s]*([0-9\-—–－\s]+[0-9Xx])"
_UNIFIED = r"(?i)(?:统一书号)?[:：\s]*(R?)\s*(\d{4,5})\s*[·•・．.]\s*(\d{1,5})"
# The scheme's own dot stands behind every third figure: elsewhere a middle dot is none.
_BOOK_NO = r"(?:(?<=[\d)）])\s+|(?:(?<=\D\d)|(?<=\D\d\d))[·•・])[A-Za-z]*\d+(?:[-:=]\d+)*$"
# White space but for the blank itself is not printable.
_BEFORE_BOOK_NO = frozenset(" ·•・")
_LETTERS = re.compile(r"[A-Za-z]{1,2}(?=[\d(=+:.\-/]|$)")


def unhidden(text: str) -> str:
    """The text without signs that no eye sees."""
    return text if text.isprintable() and "_x" not in text else re.sub(_HIDDEN, "", text)


def cleaned(text: str) -> str:
    """The text half width, without blanks round it or what hides from the eye."""
    # _x000D_ is how a file spells the carriage return in a cell typed on several lines.
    one_line = text.replace("_x000D_", "")
    # Nothing of ASCII is full width, and to ask costs a tenth of a translation.
    return (one_line if one_line.isascii() else one_line.translate(HALF_WIDTH)).strip().lstrip("'＇")


def book_number(text: str) -> str:
    """An ISBN as its 10 or 13 digits, a 统一书号 with its middle dot; what is neither as it stands."""
    match = re.fullmatch(_ISBN, text)
    digits = re.sub(r"[^0-9X]", "", match[1].upper()) if match else ""
    if len(digits) in (10, 13):
        return digits
    unified = re.fullmatch(_UNIFIED, text)
    return f"{unified[1].upper()}{unified[2]}·{unified[3]}" if unified else text


def call_number(text: str) -> tuple[str, str]:
    """The class number of a call number and the book number, '' where there is none, as they were typed. A stroke parts
    them, a blank or a break of the line where what stands before it is a whole class number (I 287.4 is one alone), or
    a middle dot where the scheme has none (I287.4·3).
    """
    first, stroke, rest = text.strip().partition("/" if "/" in text else "／")
    if not first[:1].isalpha():
        return text, ""
    is_whole = first.isprintable() and _BEFORE_BOOK_NO.isdisjoint(first)
    if behind := None if is_whole else re.search(_BOOK_NO, first):
        first, rest = first[: behind.start()], behind[0] + stroke + rest
    return first, rest.lstrip("·•・").strip()


def class_number(text: str) -> str:
    """A class number as the scheme writes it: no blanks, letters upper case, symbols half width; of a call number
    the class number.
    """
    plain = "".join(call_number(text)[0].translate(_SYMBOLS).split())
    letters = _LETTERS.match(plain)
    return letters[0].upper() + plain[letters.end() :] if letters else plain
