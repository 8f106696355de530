"""Which Excel sheet is which ledger, where its header stands and which column is which field."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from itertools import zip_longest
from types import MappingProxyType
from typing import NamedTuple

from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import SHEETS, DeclaredSheet, Group, Kind
from schoollib_xl.ledgers.supporting.calendar import OpeningRow, TurnRow
from schoollib_xl.ledgers.supporting.office import MappingRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.opening.grids import is_blank
from schoollib_xl.sheets.reading.texts import ZERO_WIDTH, unhidden

# A header may stand below title rows, a batch number and a date, but not further down than this.
HEADER_DEPTH = 20
# A sheet under an unknown name is taken for a ledger only where every required column is there, and
# that means something only where there are several.
_TELLING_COLUMNS = 4
_UNIT = re.compile(r"(?:\((?:元|册|人|天|本|期|份|种|分钟|必填|选填)\)|/(?:元|册|人|天|本|期|份|种|分钟))+$")
# Headers are words; nearly every entry holds a number or a day.
_DIGIT = re.compile(r"\d")
_CONTINUED = re.compile(r"(.+?)[\s_-]*\(?(\d{1,2})\)?")
# Sheets numbered in the order of a binder: 1.总括登记账, （二）个别登记账, 表三 分类统计账.
_NUMBERED = r"(?:附?表|附件|第)?\(?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\)?[.、,:_-]?(.+)"
_BEGIN_NUMBERED = (*"附表第(0123456789一二三四五六七八九十",)

# Characters of headers and of names of sheets, traditional → simplified, as schools in Taiwan and Hong Kong write them.
_SIMPLIFIED = dict.fromkeys(map(ord, ZERO_WIDTH)) | str.maketrans(
    "帐號題書館錄冊數價單類條碼讀證級學還歸應續狀態編責版頁備註銷賠償來購贈總記帳帳閱間時種經驗與訂報郵發師職員層處說"
    "圖叢項動業務別話聯絡長護戶貨廠單據額計畫劃項標準說區櫃現況實際預約處損壞遺見資產財產減幣圓號調撥國際檢選負審參觀樓檔屆歲齡領網",
    "账号题书馆录册数价单类条码读证级学还归应续状态编责版页备注销赔偿来购赠总记账账阅间时种经验与订报邮发师职员层处说"
    "图丛项动业务别话联络长护户货厂单据额计画划项标准说区柜现况实际预约处损坏遗见资产财产减币圆号调拨国际检选负审参观楼档届岁龄领网",
)
# What stands round the name of a book: 青山小学2024-2025学年图书总账（旧）.
_AROUND = (
    r"(?:19|20)\d\d(?:[-—~至](?:19|20)?\d\d)?(?:学年度?|年度?)?|\(.*?\)|^(?:去年|上年|上学年|旧)的?"
    r"|^[\u4e00-\u9fff]{1,12}(?:小学|学校|中心校|教学点)|(?<![\u4e00-\u9fff])图书[室馆]?"
)
_RECORDS = tuple(
    sheet
    for sheet in ALL_SHEETS
    if sheet.group is not Group.LEDGER and any(field.required and field.kind is Kind.DATE for field in sheet.fields)
)
_LAID_DOWN = tuple(SHEETS[row_type] for row_type in (OpeningRow, TurnRow, TargetRow))
LEAST_COLUMNS = 3
"""A list of fewer is a note of hers, if it does not say that it is of books or of readers."""
# A supporting sheet has few columns that tell it from others: so many headers must be its own, and nearly all.
_FEWEST_RECORDED, _NEARLY_ALL = 3, 0.8


class Names(NamedTuple):
    """The school's own names, from 账册对照: own sheet → standard sheet, (standard sheet, own header) →
    standard header, all normalised.
    """

    sheets: Mapping[str, str] = MappingProxyType({})
    headers: Mapping[tuple[str, str], str] = MappingProxyType({})

    @classmethod
    def of(cls, rows: Iterable[MappingRow]) -> "Names":
        """The names a mapping sheet lays down; a row gives a sheet's name, a column's, or both."""
        rows = tuple(rows)
        # Of two that one stands for it is the first.
        sheets = {plain(row.own_sheet): plain(row.standard_sheet) for row in reversed(rows) if row.own_sheet}
        headers: dict[tuple[str, str], str] = {}
        for row in rows:
            if row.own_header and row.standard_header:
                own = plain(row.standard_sheet), plain_header(row.own_header)
                standard = plain_header(row.standard_header)
                # Or the one it is known to be.
                if own not in headers or _means(*own, standard):
                    headers[own] = standard
        return cls(sheets, headers)


class Header(NamedTuple):
    """A header as found: its row (from 1), the column of each field, and headers that stand twice."""

    row: int
    columns: dict[str, int]
    doubled: tuple[str, ...]


def plain(text: object) -> str:
    """A name without what people vary: blanks and what no eye sees, full width, traditional characters, 帐 for 账."""
    folded = unhidden(unicodedata.normalize("NFKC", str(text)))
    return "".join(folded.split()).translate(_SIMPLIFIED)


@lru_cache(maxsize=1 << 10, typed=True)
def plain_header(text: object) -> str:
    """A header without blanks, full width, small letters, stars, colons, units in brackets and what forms add."""
    return _UNIT.sub("", plain(text).strip("*:")).upper()


_CALLED = {plain(word): sheet for sheet in ALL_SHEETS for word in (sheet.name, *sheet.also)}
BY_NAME = {plain(sheet.name): sheet for sheet in ALL_SHEETS}


def declared_for(sheet_name: str, names: Names) -> tuple[DeclaredSheet, int] | None:
    """The ledger a sheet's name stands for, with its part: 1 for the first, 2 for 借阅登记账2 …"""
    name = plain(sheet_name)
    if declared := BY_NAME.get(names.sheets.get(name, name)):
        return declared, 1
    numbered = re.fullmatch(_NUMBERED, name) if name.startswith(_BEGIN_NUMBERED) else None
    if numbered and (declared := BY_NAME.get(numbered[1])):
        return declared, 1
    match = _CONTINUED.fullmatch(name)
    declared = BY_NAME.get(names.sheets.get(match[1], match[1])) if match else None
    return (declared, int(match[2])) if declared and match else None


def called(sheet_name: str) -> DeclaredSheet | None:
    """The sheet that schools call so, with its years or not: 2024年图书总账 is 总括登记账 if its header says so too."""
    without_years = re.sub(_AROUND, "", plain(sheet_name))
    return _CALLED.get(re.sub(_AROUND, "", without_years))


def continued_by(sheet_name: str, names: Names) -> DeclaredSheet | None:
    """The ledger a sheet's name begins with, where anything may follow: 借阅登记账（下）, 借阅登记账2026春."""
    name = plain(sheet_name)
    begins = {own: BY_NAME[standard] for own, standard in names.sheets.items() if standard in BY_NAME}
    fits = [word for word in {**BY_NAME, **begins} if name.startswith(word)]
    return {**BY_NAME, **begins}[max(fits, key=len)] if fits else None


def missing_columns(rows: Sequence[Sequence[CellValue]], declared: DeclaredSheet, names: Names) -> list[str] | None:
    """The required columns that a sheet lacks; None where it lacks them all or is no sheet of this ledger."""
    header = find_header(rows, declared, names)
    missing = [*lacking_columns(rows, declared, names)]
    if header is None or (missing and len(header.columns) < max(_TELLING_COLUMNS, len(missing) + 1)):
        return None
    return missing


def lacking_columns(rows: Sequence[Sequence[CellValue]], declared: DeclaredSheet, names: Names) -> tuple[str, ...]:
    """The headers of the required columns that a sheet of this ledger lacks, all of them where it has no header."""
    header = find_header(rows, declared, names)
    columns = header.columns if header else {}
    return tuple(field.header for field in declared.fields if field.required and field.name not in columns)


def recognised_by_content(
    rows: Sequence[Sequence[CellValue]], candidates: Iterable[DeclaredSheet], names: Names
) -> DeclaredSheet | None:
    """The ledger among the candidates whose required columns are all there, the one with most columns
    matched if several are; None where none fits.
    """
    fits: list[tuple[int, DeclaredSheet]] = []
    for declared in candidates:
        required = {f.name for f in declared.fields if f.required}
        header = find_header(rows, declared, names)
        if header and len(required) >= _TELLING_COLUMNS and required <= set(header.columns):
            fits.append((len(header.columns), declared))
    return max(fits, key=lambda fit: fit[0])[1] if fits else None


def recorded_elsewhere(top: Sequence[Sequence[CellValue]], names: Names) -> DeclaredSheet | None:
    """The supporting sheet of dated rows, as 盘点记录 is, or of what the school laid down, as 开放时间 is, whose header
    stands on a sheet of another name, the latter with all its columns; None where none does. Lists of people, books
    or jobs are copied out for many uses.
    """
    fits = [(len(header.columns), declared) for declared in _RECORDS if (header := _own_header(top, declared, names))]
    for declared in _LAID_DOWN:
        header = find_header(top, declared, names)
        if header and len(header.columns) == len(declared.fields):
            fits.append((len(header.columns), declared))
    return max(fits, key=lambda fit: fit[0])[1] if fits else None


def _own_header(top: Sequence[Sequence[CellValue]], declared: DeclaredSheet, names: Names) -> Header | None:
    header = almost_only_its(top, declared, names)
    days = (field.name for field in declared.fields if field.required and field.kind is Kind.DATE)
    return header if header and all(name in header.columns for name in (declared.key, *days)) else None


def almost_only_its(top: Sequence[Sequence[CellValue]], declared: DeclaredSheet, names: Names) -> Header | None:
    """The header that has several columns of a sheet and hardly any other; None where there is none."""
    header = find_header(top, declared, names)
    if header is None or len(header.columns) < _FEWEST_RECORDED:
        return None
    filled = sum(not is_blank([value]) for value in top[header.row - 1])
    return header if len(header.columns) >= filled * _NEARLY_ALL else None


def find_header(rows: Sequence[Sequence[CellValue]], declared: DeclaredSheet, names: Names) -> Header | None:
    """The row among the first ones that holds most of the declared headers; None where none holds any.

    A header may stand on two rows, as where 各类册数 spans the columns A to Z: then it is the lower row,
    with the upper one's words wherever the lower is blank.
    """
    return _best(rows[:HEADER_DEPTH], declared, names)


def header_too_low(rows: Sequence[Sequence[CellValue]], declared: DeclaredSheet, names: Names) -> int | None:
    """The row below the first ones on which the ledger's header stands; None where none does."""
    best = _best(rows, declared, names)
    is_one = best and best.row > HEADER_DEPTH and not declared.missing_from(best.columns)
    return best.row if best and is_one else None


def reordered(
    cells: Sequence[CellValue], columns: Mapping[str, int], declared: DeclaredSheet, names: Names
) -> dict[str, int] | None:
    """The columns of a row that is a header and has some of them elsewhere; None where it is no header or agrees."""
    if not all(isinstance(value, str) for value in cells) or _DIGIT.search("".join(map(str, cells))):
        return None
    header = find_header([cells], declared, names)
    if header is None or 2 * len(header.columns) <= len(columns):
        return None
    is_moved = any(columns.get(name, position) != position for name, position in header.columns.items())
    return header.columns if is_moved else None


def _best(rows: Sequence[Sequence[CellValue]], declared: DeclaredSheet, names: Names) -> Header | None:
    best: Header | None = None
    for header in _headers(rows, declared, names):
        # An entry may hold a word that is a header elsewhere, 赔款 or 班级; beside a day it is none.
        if len(header.columns) == 1 and any(isinstance(value, date) for value in rows[header.row - 1]):
            continue
        if len(header.columns) > (len(best.columns) if best else 0):
            best = header
        if len(header.columns) == len(declared.fields):
            break
    return best


def _headers(rows: Sequence[Sequence[CellValue]], declared: DeclaredSheet, names: Names) -> Iterator[Header]:
    """What each row, and each with the one above it, is as a header."""
    above: list[str] = []
    for index, row in enumerate(rows, 1):
        texts = [_standard(plain_header(value), declared, names) for value in row]
        yield _header(index, texts, declared)
        if index > 1:
            yield _header(index, _stacked(above, texts), declared)
        above = texts


def _stacked(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    return [below or above for above, below in zip_longest(upper, lower, fillvalue="")]


def _header(index: int, texts: Sequence[str], declared: DeclaredSheet) -> Header:
    columns: dict[str, int] = {}
    doubled: list[str] = []
    for name, position in _matches(texts, declared):
        if name in columns:
            doubled.append(declared.by_name[name].header)
        columns.setdefault(name, position)
    return Header(index, columns, tuple(doubled))


def _matches(texts: Sequence[str], declared: DeclaredSheet) -> Iterator[tuple[str, int]]:
    """(field, column) of each text that is one of the headers; a column called by its own name leaves
    the synonyms of that field alone (定价 beside 单价 is an extra column).
    """
    own = _own_headers(declared)
    present = {own[text] for text in texts if text in own}
    if not present and fields_by_header(declared).keys().isdisjoint(texts):
        return
    missing = len(present) < len(own)
    synonyms = {text: name for text, name in _synonyms(declared) if name not in present} if missing else {}
    for position, text in enumerate(texts, 1):
        if name := own.get(text) or synonyms.get(text):
            yield name, position


@cache
def _own_headers(declared: DeclaredSheet) -> dict[str, str]:
    return {plain_header(field.header): field.name for field in declared.fields}


def _means(standard_sheet: str, header: str, standard: str) -> bool:
    """Whether schools call a column of the sheet so."""
    fields = fields_by_header(BY_NAME[standard_sheet]) if standard_sheet in BY_NAME else {}
    return header in fields and fields[header] == fields.get(standard)


@cache
def fields_by_header(declared: DeclaredSheet) -> dict[str, str]:
    """The fields of a sheet by all that schools call their columns."""
    return dict(_synonyms(declared)) | _own_headers(declared)


@cache
def _synonyms(declared: DeclaredSheet) -> tuple[tuple[str, str], ...]:
    return tuple((plain_header(word), field.name) for field in declared.fields for word in field.column.synonyms)


def _standard(header: str, declared: DeclaredSheet, names: Names) -> str:
    return names.headers.get((plain(declared.name), header), header) if names.headers else header
