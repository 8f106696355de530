"""Which copies are one title."""

import pytest

from make import row
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.rules.titles import count_titles


@pytest.mark.parametrize(
    ("one", "other", "titles"),
    [
        ("1", "1版3次印刷", 1),
        ("1", "第一版", 1),
        ("第1版第2次印刷", "2012年3月第1版", 1),
        ("2", "第2版，2015年第7次印刷", 1),
        ("1", "2", 2),
        ("1", "2版1次", 2),
        ("1", "修订版", 2),
        ("1", "12次", 2),
        ("第1版", None, 2),
    ],
)
def test_a_printing_is_no_edition(one: str, other: str | None, titles: int) -> None:
    assert count_titles(row(AccessionRow, edition=edition) for edition in (one, other)) == titles
