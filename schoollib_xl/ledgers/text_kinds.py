"""What a column of text names: a number of a thing, a class, a book."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Identifier:
    """Marks text that names something: kept as text, leading zeros and all.

    `accession` marks copy numbers, whose width is a setting of the school (个别登记号位数).
    """

    accession: bool = False


@dataclass(frozen=True)
class ClassNumber(Identifier):
    """A 中图法 class number, of which a call number (I287.5/51) is the first part."""


@dataclass(frozen=True)
class BookNumber(Identifier):
    """An ISBN or, on books printed before 1987, a 统一书号."""
