"""What is well formed: ISBN, ISSN, CN serial numbers, postal codes, class and batch numbers."""

import re
from datetime import date
from functools import lru_cache

from schoollib_xl.ledgers.units import day_of_serial
from schoollib_xl.ledgers.vocabulary import CLASS_LETTERS

# 中图法 (使用手册第五版): letters, digits in groups of three after dots, then auxiliary symbols. L M W Y are
# not classes; T has sixteen two-letter subclasses; some libraries use DF and the like for law.
_CLASS_NO = re.compile(
    r"(T[BDEFGHJKLMNPQSUV]?|D[A-Z]?|[A-CE-KN-SU-VXZ])"
    r"(\d{1,3}(\.\d{1,3})*)?a?"
    r'(-\d[\d.]*|\(\d[\d.]*\)|"\d[\d.]*"|=\d[\d.]*|<\d[\d.]*>|[:+＋](?:[A-Z][A-Z]?[\d.]*|\d[\d.]*))*\+?'
)
_UNIFIED_BOOK_NO = r"R?\d{4,5}·\d{1,5}"
_BATCH_NO = re.compile(r"(\d{4})-(\d{3,})")
# 邮发代号: area code of one or two digits, a dash, the serial number.
_POSTAL_CODE = re.compile(r"\d{1,2}-\d{1,4}")
ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTH_AND_DAY = r"(\d{1,2})月(\d{1,2})[日号]"
_ENGLISH_DATE = "(?i)(\\d{1,2})-(MONTH)|(MONTH)-(\\d{1,2})".replace("MONTH", "|".join(ENGLISH_MONTHS))
_FULL_DATE = r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 0?0:00(?::00)?)?"
# A voucher's number that begins with its day: 20250901-1.
DAY_IN_NUMBER = re.compile(r"(?:19|20)\d{6}")
# GB/T 9999: CN, two digits of the region, a dash, four digits, and for magazines the class.
_CN = re.compile(r"CN\s?\d{2}-\d{4}(/[A-Z]{1,2}\d{0,3})?")


class Identifier:
    """Marks text that names something: kept as text, leading zeros and all.

    `accession` marks copy numbers, whose width is a setting of the school (个别登记号位数).
    """

    def __init__(self, *, accession: bool = False) -> None:
        self.accession = accession

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return hash((type(self), self.accession))


class ClassNumber(Identifier):
    """A 中图法 class number, of which a call number (I287.5/51) is the first part."""


class BookNumber(Identifier):
    """An ISBN or, on books printed before 1987, a 统一书号."""


def is_isbn(text: str) -> bool:
    """Whether the text is an ISBN-10 or ISBN-13 with the right check digit (ISO 2108), or a 统一书号,
    which books printed before 1987 carry.
    """
    digits = _signs_of_isbn(text)
    return _isbn13(digits) or _isbn10(digits) or re.fullmatch(_UNIFIED_BOOK_NO, text) is not None


def isbn_core(text: str) -> str | None:
    """What an ISBN says of the book in either of its lengths: without 978 and the check digit, which is not looked at.
    None where the text is of no such length.
    """
    digits = _signs_of_isbn(text).removeprefix("ISBN")
    if len(digits) not in (10, 13) or not (digits[:-1].isascii() and digits[:-1].isdecimal()):
        return None
    return digits[:-1] if len(digits) == 10 else digits[:-1].removeprefix("978")


def _signs_of_isbn(text: str) -> str:
    return text.replace("-", "").replace(" ", "").upper()


def _isbn13(digits: str) -> bool:
    if len(digits) != 13 or not digits.isascii() or not digits.isdecimal() or digits[:3] not in ("978", "979"):
        return False
    # The code of a figure is 48 more than the figure; weighed and summed that comes to 1,200, which is no remainder.
    codes = digits.encode()
    return (sum(codes[::2]) + 3 * sum(codes[1::2])) % 10 == 0


def _isbn10(digits: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{9}[0-9X]", digits)) and _modulo_11(digits)


def has_issn_form(text: str) -> bool:
    """Whether the text is eight digits, 4-4 (the last may be X), whatever its check digit."""
    return re.fullmatch(r"[0-9]{4}-[0-9]{3}[0-9X]", text) is not None


def is_issn(text: str) -> bool:
    """Whether the text is an ISSN, 4-4 digits with the right check digit (ISO 3297)."""
    return has_issn_form(text) and _modulo_11(text.replace("-", ""))


def _modulo_11(digits: str) -> bool:
    weights = range(len(digits), 0, -1)
    return sum(w * (10 if d == "X" else int(d)) for w, d in zip(weights, digits, strict=True)) % 11 == 0


@lru_cache(maxsize=4096)
def is_class_no(text: str) -> bool:
    """Whether the text is a well-formed 中图法 class number."""
    return _CLASS_NO.fullmatch(text) is not None


def is_class_letter(letter: str) -> bool:
    """Whether the letter is one of the 22 basic classes (L, M, W and Y are not)."""
    return letter in CLASS_LETTERS


def is_postal_code(text: str) -> bool:
    """Whether the text is a 邮发代号 such as 2-106."""
    return _POSTAL_CODE.fullmatch(text) is not None


def code_before_date(day: date) -> str:
    """What was typed before Excel took it for a date: 2-6 becomes 2月6日 of this year, 12-34 becomes
    the first of December 1934.
    """
    looks_like_month_and_year = day.day == 1 and not 2000 <= day.year <= 2100
    return f"{day.month}-{day.year % 100}" if looks_like_month_and_year else f"{day.month}-{day.day}"


def code_behind_date(text: str) -> str | None:
    """What was typed where a cell shows the text of a date, or a date's serial number (2月6日, 6-Feb,
    2026-02-06, 46059: all 2-6); None where the text is no date.
    """
    if is_postal_code(text):
        return None
    if match := re.fullmatch(MONTH_AND_DAY, text):
        return f"{int(match[1])}-{int(match[2])}"
    if match := re.fullmatch(_ENGLISH_DATE, text):
        month = ENGLISH_MONTHS.index((match[2] or match[3]).title()) + 1
        return f"{month}-{int(match[1] or match[4])}"
    day = _written_date(text)
    return code_before_date(day) if day else None


def _written_date(text: str) -> date | None:
    if re.fullmatch(r"[2-7]\d{4}", text):
        return day_of_serial(int(text))
    match = re.fullmatch(_FULL_DATE, text)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def is_cn(text: str) -> bool:
    """Whether the text is a 国内统一刊号 such as CN11-1065/J."""
    return _CN.fullmatch(text) is not None


def batch_parts(batch_no: str) -> tuple[int, int] | None:
    """Year and serial of a 总括登记号 (2025-001), or None where it is not of that form."""
    match = _BATCH_NO.fullmatch(batch_no)
    return (int(match[1]), int(match[2])) if match else None


def is_accession_no(text: str, width: int) -> bool:
    """Whether the text is digits only, of the school's width."""
    return len(text) == width and text.isascii() and text.isdecimal()


def is_numbered(text: str | None) -> bool:
    """Whether a voucher or receipt has a number: 发票 and 收据 say only that there is one."""
    return text is not None and any(map(str.isdigit, text))
