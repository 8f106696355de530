"""A term told with its school year is that term in the books of the year, and of no use in others."""

import pytest

from make import library, row
from schoollib_xl.ledgers.school import TermName
from schoollib_xl.ledgers.supporting.papers import ParagraphRow
from schoollib_xl.ledgers.table import Flaw, FlawedCell
from schoollib_xl.sheets.reading.terms import with_terms


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("2025-2026第二学期", TermName.SECOND),
        ("2025—2026 学年 第一学期", TermName.FIRST),
        ("2025-2026学年度下学期", TermName.SECOND),
        ("2024-2025学年第二学期", None),
        ("2025-2027第二学期", None),
        ("第三学期", None),
    ],
)
def test_the_year_before_a_term_is_read(text: str, term: TermName | None) -> None:
    written = library(row(ParagraphRow, term=None))[ParagraphRow]
    [own] = written
    flawed = written.changed(flaws=[FlawedCell(own.line, "term", Flaw.NOT_IN_LIST, text)])
    [read] = with_terms([flawed], "2025-2026")
    assert [one.term for one in read] == [term]
    assert bool(read.flaws) is (term is None)
