"""What is well formed: ISBN, ISSN, CN serial numbers, postal codes, class and batch numbers."""

import re
from functools import lru_cache

from schoollib_xl.ledgers.vocabulary import CLASS_LETTERS

# 中图法 (使用手册第五版): letters, digits in groups of three after dots, then auxiliary symbols. L M W Y are
# not classes; T has sixteen two-letter subclasses; some libraries use DF and the like for law.
_CLASS_NO = re.compile(
    r"(T[BDEFGHJKLMNPQSUV]?|D[A-Z]?|[A-CE-KN-SU-VXZ])"
    r"(\d{1,3}(\.\d{1,3})*)?a?"
    r'(-\d[\d.]*|\(\d[\d.]*\)|"\d[\d.]*"|=\d[\d.]*|<\d[\d.]*>|[:+][A-Z][A-Z]?[\d.]*)*'
)
_UNIFIED_BOOK_NO = re.compile(r"\d{4,5}·\d{1,5}")
_BATCH_NO = re.compile(r"(\d{4})-(\d{3,})")
# 邮发代号: area code of one or two digits, a dash, the serial number.
_POSTAL_CODE = re.compile(r"\d{1,2}-\d{1,4}")
# GB/T 9999: CN, two digits of the region, a dash, four digits, and for magazines the class.
_CN = re.compile(r"CN\s?\d{2}-\d{4}(/[A-Z]{1,2}\d{0,3})?")


def is_isbn(text: str) -> bool:
    """Whether the text is an ISBN-10 or ISBN-13 with the right check digit (ISO 2108), or a 统一书号,
    which books printed before 1987 carry.
    """
    digits = text.replace("-", "").replace(" ", "").upper()
    return _isbn13(digits) or _isbn10(digits) or _UNIFIED_BOOK_NO.fullmatch(text) is not None


def _isbn13(digits: str) -> bool:
    if len(digits) != 13 or not digits.isascii() or not digits.isdigit() or digits[:3] not in ("978", "979"):
        return False
    numbers = [*map(int, digits)]
    return (sum(numbers[::2]) + 3 * sum(numbers[1::2])) % 10 == 0


def _isbn10(digits: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{9}[0-9X]", digits)) and _modulo_11(digits)


def is_issn(text: str) -> bool:
    """Whether the text is an ISSN, 4-4 digits with the right check digit (ISO 3297)."""
    return bool(re.fullmatch(r"[0-9]{4}-[0-9]{3}[0-9X]", text)) and _modulo_11(text.replace("-", ""))


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


def is_cn(text: str) -> bool:
    """Whether the text is a 国内统一刊号 such as CN11-1065/J."""
    return _CN.fullmatch(text) is not None


def batch_parts(batch_no: str) -> tuple[int, int] | None:
    """Year and serial of a 总括登记号 (2025-001), or None where it is not of that form."""
    match = _BATCH_NO.fullmatch(batch_no)
    return (int(match[1]), int(match[2])) if match else None


def is_accession_no(text: str, width: int) -> bool:
    """Whether the text is digits only, of the school's width."""
    return len(text) == width and text.isascii() and text.isdigit()
