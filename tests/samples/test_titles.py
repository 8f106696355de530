"""The titles a sample school holds: real-sounding, well formed, and consistent."""

from collections import defaultdict
from decimal import Decimal

import pytest

from schoollib_xl.ledgers.identifiers import is_class_no, is_cn, is_isbn, is_issn, is_postal_code
from schoollib_xl.ledgers.vocabulary import CLASS_LETTERS
from schoollib_xl.samples.titles import catalogue
from schoollib_xl.samples.year import periodicals


@pytest.mark.parametrize("editions", [1, 4, 12])
def test_no_two_titles_share_a_name_an_isbn_or_a_place_in_their_class(editions: int) -> None:
    titles = catalogue(editions)
    assert len({title.title for title in titles}) == len(titles)
    assert len({title.isbn for title in titles}) == len(titles)
    assert len({(title.class_no, title.book_no) for title in titles}) == len(titles)


def test_every_title_is_well_formed() -> None:
    for title in catalogue():
        assert is_class_no(title.class_no), title
        assert is_isbn(title.isbn or ""), title
        assert Decimal(5) <= title.price <= Decimal(130), title
        assert title.author
        assert title.publisher


def test_every_class_has_titles_old_enough_for_the_opening_stock() -> None:
    old = defaultdict(list)
    for title in catalogue():
        if not title.is_new:
            old[title.letter].append(title)
    assert set(old) == set(CLASS_LETTERS)


def test_periodicals_carry_well_formed_numbers() -> None:
    papers = periodicals()
    assert len({paper.title for paper in papers}) == len(papers) >= 20
    for paper in papers:
        assert is_postal_code(paper.postal_code)
        assert is_cn(paper.cn)
        assert paper.issn is None or is_issn(paper.issn)
        assert is_class_no(paper.class_no)
