"""CNMARC records (ISO 2709) as a table of titles, one row a record."""

import logging
import re
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from schoollib_xl.sheets.cells import CellValue, Grid
from schoollib_xl.sheets.opening.plain import ENCODINGS
from schoollib_xl.sheets.opening.refusing import unusable
from schoollib_xl.sheets.opening.vetting import refuse_if_big

if TYPE_CHECKING:
    from pymarc import Field, Record

_LEADER = re.compile(rb"\s*\d{5}[a-zA-Z0-9 ]{5}22\d{5}")
_END_OF_RECORD = b"\x1d"
# UTF-8 tells itself; what is not UTF-8 came from a library system of the GBK days.
# Headers as the ledgers have them. 905 is each library's own: $d class number, $e book number, $b numbers of copies.
HEADERS = (
    "ISBN",
    "单价",
    "书名",
    "著者",
    "版次",
    "出版社",
    "出版年",
    "页数",
    "丛编",
    "主题",
    "分类号",
    "书次号",
    "登记号",
    "册数",
    "馆藏地",
    "无法读出的记录",
)
# Marks round what a title is not sorted by (ISO 6630): NSB and NSE, and what stands for them in GBK.
_NON_SORTING = dict.fromkeys((0x88, 0x89, 0x98, 0x9C))
_TITLE_PARTS = (("a", ""), ("e", "："), ("h", ". "), ("i", ", "))


def is_marc(path: Path) -> bool:
    """Whether the file begins as an ISO 2709 record does."""
    try:
        with path.open("rb") as file:
            return _LEADER.match(file.read(64)) is not None
    except OSError:
        return False


def marc_grid(path: Path) -> Grid:
    """The records as rows below `HEADERS`; a record that cannot be read fills the last column with its text.

    Raises Unusable for a file with no record that can be read.
    """
    refuse_if_big(path)
    pieces = [piece for piece in path.read_bytes().split(_END_OF_RECORD) if piece.strip()]
    rows = [_row(piece.lstrip(b"\r\n ") + _END_OF_RECORD) for piece in pieces]
    if all(row[-1] for row in rows):
        raise unusable(path, "像是 CNMARC 文件，可是一条记录也读不出来，从原来的系统重新导出一份")
    return [list(HEADERS), *rows]


def _row(piece: bytes) -> list[CellValue]:
    from pymarc import Record
    from pymarc.exceptions import PymarcException

    # The library's own English words on a record's small faults are no answer to a librarian.
    logging.getLogger("pymarc").setLevel(logging.CRITICAL)
    for encoding in ENCODINGS:
        try:
            with warnings.catch_warnings(action="ignore"):
                # Byte 9 of the leader means an encoding in MARC 21 alone; in CNMARC it is not defined.
                record = Record(piece[:9] + b" " + piece[10:], file_encoding=encoding)
        except (PymarcException, ValueError, IndexError, LookupError):
            continue
        if _title(record):
            return _fields(record)
    return [*([""] * (len(HEADERS) - 1)), piece.decode("gb18030", "backslashreplace").strip("\x1d")]


def _fields(record: "Record") -> list[CellValue]:
    numbers = [value.strip() for field in record.get_fields("905") for value in field.get_subfields("b")]
    return [
        _first(record, "010", "a"),
        _first(record, "010", "d"),
        _title(record),
        _first(record, "200", "f"),
        _first(record, "205", "a"),
        _first(record, "210", "c"),
        _first(record, "210", "d"),
        _first(record, "215", "a"),
        _first(record, "225", "a"),
        " -- ".join(field["a"] for field in record.get_fields("606") if "a" in field),
        _first(record, "690", "a") or _first(record, "905", "d"),
        _first(record, "905", "e"),
        ",".join(numbers),
        str(len(numbers)) if numbers else "",
        _first(record, "905", "c"),
        "",
    ]


def _title(record: "Record") -> str:
    fields = record.get_fields("200")
    return _joined(fields[0]) if fields else ""


def _joined(field: "Field") -> str:
    """The title proper with other title information, part number and part title."""
    pieces = [mark + value.strip() for code, mark in _TITLE_PARTS for value in field.get_subfields(code)]
    return "".join(pieces).translate(_NON_SORTING)


def _first(record: "Record", tag: str, code: str) -> str:
    values = (value.strip() for field in record.get_fields(tag) for value in field.get_subfields(code))
    return next(filter(None, (value.translate(_NON_SORTING) for value in values)), "")
