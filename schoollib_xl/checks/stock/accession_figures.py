"""个别登记账 (ACC): pages and years that no book has."""

import re
from collections.abc import Iterator
from datetime import date

from schoollib_xl.checks.check import Alike, Found, Severity, check, folded, found
from schoollib_xl.checks.habits import told_once
from schoollib_xl.checks.stock.accession_codes import values_of
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library, group_by
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.units import day_of_serial
from schoollib_xl.rules.titles import held_more_than_once, titles

# No bound volume has ten thousand pages: the thickest dictionaries have some four thousand.
_TOO_MANY_PAGES = re.compile(r"\d{5,}|\d[eE]\+?\d")
# What no copy has, none or fewer; written with or without its word.
_NO_PAGES = r"[-－—]?0+(?:\.0+)?页?|[-－—]\d+(?:\.0+)?页?|[无没]有?(?:页[数码]?)?"
# 98 and 2015; 201505 and 20150501 are months and days.
_YEAR_FIGURES, _DAY_FIGURES, _MONTHS = (2, 4), (6, 8), 12
# The day of a printed book that somebody typed as one: a number below is a slip of another kind.
_DATED = date(1950, 1, 1)
_MONTH_OF_A_YEAR, _SPAN = r"(?:19|20)\d\d[1-9]", r"(?:(?:19|20)\d\d){2}"
# -7, 12345.678; 2015.10 is a month.
_BROKEN = r"[-−]\d+(?:\.\d+)?|\d+\.\d{3,}"
# The volumes of a large set come out within some years; 《汉语大词典》 took nine.
_LONGEST_SET = 20


@check(
    "ACC906",
    title="页数不会这样多",
    message="{accession_no} 的页数填的是“{pages}”，一册书没有这么多页。",
    why="页数要写进著录卡，多打几位就和书对不上。",
    fix="先翻开书看最后一页的页码，再改正。",
    severity=Severity.HINT,
    reads={AccessionRow: "accession_no pages"},
)
def more_pages_than_a_book_has(library: Library) -> Iterator[Found]:
    odd = values_of(library, "pages", lambda pages: bool(_TOO_MANY_PAGES.search(pages)))
    for copy in library[AccessionRow].among("pages", odd):
        yield found(cell(copy, "pages"))


@check(
    "ACC018",
    title="出版年不像年份",
    message="{accession_no} 的出版年写的是“{published}”{likely}{alike}。",
    why="Excel 会把日期变成一串数；看不出年份，剔旧就会选错书。",
    fix="先看版权页，再把出版年改成四位的年份，像 2015；不知道就空着。",
    severity=Severity.WARNING,
    reads={AccessionRow: "accession_no published"},
)
def published_in_no_year(library: Library) -> Iterator[Found]:
    amiss = values_of(library, "published", _is_no_year)
    copies = library[AccessionRow].among("published", amiss)
    if copies:
        first = min(copies, key=lambda copy: copy.line)
        yield found(*folded(copies, "published"), likely=_likely(first, library.as_of), alike=Alike(len(copies) - 1))


def _likely(copy: AccessionRow, as_of: date) -> str:
    """What a number may stand for; nothing where it may be either a day's number or a month without its zero."""
    text = copy.published or ""
    day = day_of_serial(int(text)) if text.isdecimal() else None
    if not day or not _DATED <= day <= as_of or (int(text[:4]) <= as_of.year and re.fullmatch(_MONTH_OF_A_YEAR, text)):
        return ""
    return f"，像是 {day.year}年{day.month}月变成了一串数"


def _is_no_year(published: str) -> bool:
    """Whether it is a number that is neither a year in two or four figures nor a day written in one."""
    if not published.isdecimal():
        return re.fullmatch(_BROKEN, published) is not None
    if len(published) in _YEAR_FIGURES:
        return False
    is_day = len(published) in _DAY_FIGURES and 1 <= int(published[4:6]) <= _MONTHS
    return not is_day and not _is_span(published)


def _is_span(published: str) -> bool:
    """Whether it is the first and the last year of a set without their dash: 20082010."""
    spans = re.fullmatch(_SPAN, published)
    return bool(spans) and 0 < int(published[4:]) - int(published[:4]) <= _LONGEST_SET


@check(
    "ACC019",
    title="页数是 0 或比 0 小",
    message="{accession_no} 的页数是 {pages}{alike}。",
    why="一册书不会没有页；旧系统导出来的 0，是没有填。",
    fix="先看书的最后一页，把页数改正；不知道就空着。",
    severity=Severity.HINT,
    reads={AccessionRow: "accession_no pages"},
)
def without_pages(library: Library) -> Iterator[Found]:
    empty = values_of(library, "pages", _says_none)
    copies = library[AccessionRow].among("pages", empty)
    if copies:
        yield found(*folded(copies, "pages"), alike=Alike(len(copies) - 1))


def _says_none(pages: str) -> bool:
    is_a_number = pages.isdecimal() and not pages.startswith("0")
    return not is_a_number and re.fullmatch(_NO_PAGES, pages) is not None


@check(
    "ACC907",
    title="同一种书页数不一样",
    message="《{title}》{accession_no} 的页数是 {pages}，{other} 是 {usual}{alike}。",
    why="同一年出的同一种书页数都一样，不一样多半是抄错了，或者不是一种书。",
    fix="先翻两册书看最后一页，再把抄错的一个改正；真是两种版本的，版次、出版年照书上写。",
    severity=Severity.HINT,
    reads={AccessionRow: "accession_no pages title author publisher edition isbn published"},
)
def pages_differ_within_title(library: Library) -> Iterator[Found]:
    return told_once(_of_other_pages(library), held_more_than_once(library))


def _of_other_pages(library: Library) -> Iterator[Found]:
    for copies in library.derive(titles):
        # Without an ISBN a title may be several editions, and volumes of a set have their own.
        figures = {copy.pages for copy in copies if copy.isbn}
        if len(figures) > 1:
            for printed in group_by((copy for copy in copies if copy.isbn and copy.pages), "published").values():
                yield from _odd_one(printed)


def _odd_one(copies: list[AccessionRow]) -> Iterator[Found]:
    """The one copy whose pages are not those of all others of its printing."""
    groups = group_by(sorted(copies, key=lambda copy: copy.line), "pages")
    odd, usual = min(groups.values(), key=len), max(groups.values(), key=len)
    if len(groups) == 2 and len(odd) == 1 and len(usual) > 1:
        yield found(cell(odd[0], "pages"), cell(usual[0], "pages"), other=usual[0].accession_no, usual=usual[0].pages)
