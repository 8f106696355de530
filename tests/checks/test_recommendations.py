"""推荐书目 against 个别登记账: who wrote a title."""

import pytest

from make import findings, row, sentences
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.supporting.activities import RecommendationRow

LISTED = row(RecommendationRow, title="昆虫记", author="法布尔", isbn=None)


def test_an_author_other_than_that_of_the_copies_is_a_hint() -> None:
    copy = row(AccessionRow, title="昆虫记", author="沈从文")
    assert findings("REC302", LISTED, copy) == ["REC302 推荐书目!D2"]
    assert sentences("REC302", LISTED, copy) == ["推荐的《昆虫记》著者是法布尔，个别账里这种书的著者是沈从文。"]


@pytest.mark.parametrize("author", ["[法]法布尔著 王光译", "让-亨利·法布尔", "法布尔 等", None])
def test_a_fuller_name_of_the_author_or_none_is_silent(author: str | None) -> None:
    assert findings("REC302", LISTED, row(AccessionRow, title="昆虫记", author=author)) == []


def test_a_title_that_one_copy_has_by_that_author_is_silent() -> None:
    copies = [
        row(AccessionRow, n, title="昆虫记", author=name, isbn=None) for n, name in ((2, "沈从文"), (3, "法布尔"))
    ]
    assert findings("REC302", LISTED, *copies) == []


@pytest.mark.parametrize(
    ("pages", "told"), [("235", 0), ("3,235", 0), ("235页", 0), ("23500", 1), ("1e+30", 1), (None, 0)]
)
def test_no_book_has_ten_thousand_pages(pages: str | None, told: int) -> None:
    assert len(findings("ACC906", row(AccessionRow, pages=pages))) == told
