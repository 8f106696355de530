"""个别登记账 (ACC): what stands a column beside its own: a year for a publisher, a publisher for an author."""

import re
from collections.abc import Callable, Iterator

from schoollib_xl.checks.check import Alike, Found, Severity, check, folded, found
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import header_of
from schoollib_xl.rules.likeness import says

_FIGURES = r"(?:19|20)\d{2}(?:[年.\-/]\d{0,2}月?)?|\d+"
_HOUSE = ("出版社", "出版公司", "出版集团", "书局", "书店")
_ANY_HOUSE = (*"社局馆店部", "公司", "集团", "中心", "书坊", "出版", "传媒", "文化", "press", "books")
# No book of a village school is in its hundredth edition; some write the year of printing here.
_MANY = re.compile(r"[1-9]\d{2}")
_PUBLISHER = header_of(AccessionRow, "publisher")
# What so many of all copies have is how the ledger is kept.
_HABIT = 0.02


@check(
    "ACC021",
    title="出版社、出版年、著者串了栏",
    message="{accession_no} 的{column}写的是“{text}”，像是{meant}{alike}。",
    why="串了栏，按出版社、年份、著者都查不到这本书，剔旧也会选错。",
    fix="先看版权页，再把著者、出版社、出版年各填到自己的栏里。",
    severity=Severity.WARNING,
    reads={AccessionRow: "accession_no author publisher published"},
)
def in_the_column_beside(library: Library) -> Iterator[Found]:
    table = library[AccessionRow]
    kinds = {
        ("publisher", "年份或别的数"): _saying(library, "publisher", _is_figures),
        ("published", _PUBLISHER): _saying(library, "published", _is_house),
        ("author", _PUBLISHER): _authors(library),
    }
    for (field, meant), rows in kinds.items():
        column = header_of(AccessionRow, field)
        if rows and len(rows) <= max(1, _HABIT * len(table)):
            first = min(rows, key=lambda row: row.line)
            alike = Alike(len(rows) - 1)
            yield found(*folded(rows, field), column=column, text=getattr(first, field), meant=meant, alike=alike)


def _is_figures(text: str) -> bool:
    return text[:1].isdecimal() and re.fullmatch(_FIGURES, text) is not None


def _is_house(text: str) -> bool:
    return says(text, *_HOUSE) and not any(map(str.isdecimal, text))


def _saying(library: Library, field: str, is_amiss: Callable[[str], bool]) -> list[AccessionRow]:
    table = library[AccessionRow]
    return table.among(field, {text for text in table.distinct(field) if text and is_amiss(text)})


def _authors(library: Library) -> list[AccessionRow]:
    """The copies whose author is a publisher and whose publisher is none: 人民教育出版社 writes books of its own."""
    usual = library[AccessionRow].distinct("author")
    houses = _saying(library, "author", _is_house)
    strange = (row for row in houses if row.publisher in usual)
    return [row for row in strange if not says((row.publisher or "社").casefold(), *_ANY_HOUSE)]


@check(
    "ACC022",
    title="版次大得少见",
    message="{accession_no} 的版次写的是 {edition}，很少有书出到这么多版{alike}。",
    why="页数、年份写进了版次，书卡上印的就不对。",
    fix="先看版权页上是第几版；是页数就移到页数一栏；版权页没有写，就空着。",
    severity=Severity.HINT,
    reads={AccessionRow: "accession_no edition"},
)
def edition_of_no_book(library: Library) -> Iterator[Found]:
    rows = _saying(library, "edition", lambda edition: _MANY.fullmatch(edition) is not None)
    if rows and len(rows) <= max(1, _HABIT * len(library[AccessionRow])):
        yield found(*folded(rows, "edition"), alike=Alike(len(rows) - 1))
