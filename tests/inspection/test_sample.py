"""The sample: by place, the same for the same seed, fair, and read back from its sheet."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from openpyxl import load_workbook

from make import library, row
from schoollib_xl.inspection.answers import Verdict, outcome, verdict
from schoollib_xl.inspection.sample import draw, pick, seen, share_out
from schoollib_xl.intake.sample_answers import read_answers
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.sheets.books.answer_book import write_answer_book
from schoollib_xl.sheets.opening.refusing import Unusable
from schoollib_xl.wording.inspection.inspection_answer import outcome_sentences
from schoollib_xl.wording.inspection.sample_sheet import sample_answer
from small_sample import small_sample


def books(*more: Any) -> Library:
    """Sixty copies in the stacks, thirty on the low shelves, ten in the reading room, of two batches."""
    places = ["书库"] * 60 + ["低年级书架"] * 30 + ["阅览室"] * 10
    copies = [
        row(AccessionRow, accession_no=f"{number:06}", location=place, batch_no=f"2025-00{1 + number % 2}")
        for number, place in enumerate(places, 1)
    ]
    batches = [row(SummaryRow, batch_no=f"2025-00{number}") for number in (1, 2)]
    return library(*copies, *batches, *more)


def places(found: Any) -> Counter[str | None]:
    return Counter(copy.location for copy in found.copies)


def test_every_place_has_its_share() -> None:
    assert places(draw(books(), 20)) == {"书库": 12, "低年级书架": 6, "阅览室": 2}
    assert set(places(draw(books(), 3))) == {"书库", "低年级书架", "阅览室"}
    assert sum(places(draw(books(), 2)).values()) == 2


def test_the_same_seed_draws_the_same_and_another_does_not() -> None:
    one, two, other = draw(books(), 20, 7), draw(books(), 20, 7), draw(books(), 20, 8)
    assert one.copies == two.copies != other.copies


def test_nothing_is_drawn_twice_and_nothing_that_is_out() -> None:
    lent = [row(LoanRow, loan_no=f"J{number}", accession_no=f"{number:06}") for number in range(1, 31)]
    found = draw(books(*lent), 40)
    numbers = [copy.accession_no for copy in found.copies]
    assert found.population == 70
    assert len(set(numbers)) == 40
    assert all(number > "000030" for number in numbers)


def test_more_than_there_is_is_all_there_is() -> None:
    found = draw(books(), 500)
    assert (len(found.copies), found.is_whole) == (100, True)


def test_an_empty_library_has_an_empty_sample() -> None:
    found = draw(library(), 20)
    assert (found.copies, found.batches, found.population) == ((), (), 0)


def test_strata_cover_every_place_whatever_their_sizes() -> None:
    rng = Random(5)
    for _ in range(200):
        held = {f"{place}": rng.randint(1, 400) for place in range(rng.randint(1, 9))}
        copies = rng.randint(1, 60)
        shares = share_out(copies, held)
        assert sum(shares.values()) == min(copies, sum(held.values()))
        assert all(0 <= shares[place] <= count for place, count in held.items())
        assert copies < len(held) or all(shares.values())


DRAWS = 10_000
# The demo school's shelves: places and how many copies stand there.
PLACES = {"阅览室": 148, "教师书架": 163, "书库": 4752, "低年级书架": 875}


def is_likely(hits: int, expected: float) -> bool:
    """Within four standard errors: a right program fails once in sixteen thousand seeds, and the seed is fixed."""
    return abs(hits / DRAWS - expected) < 4 * (expected * (1 - expected) / DRAWS) ** 0.5


def test_faults_scattered_over_the_shelves_are_found_as_often_as_said() -> None:
    rng, strata, start = Random(11), {}, 0
    for place, size in PLACES.items():
        strata[place] = range(start, start + size)
        start += size
    shares = share_out(20, PLACES)
    hits = sum(not set(pick(strata, shares, rng)).isdisjoint(rng.sample(range(start), 60)) for _ in range(DRAWS))
    assert is_likely(hits, float(seen(start, 60, 20)))


def test_faults_in_one_place_are_found_as_often_as_that_places_share_makes_likely() -> None:
    rng = Random(12)
    shares = share_out(20, PLACES)
    assert shares["低年级书架"] == 3
    low = {"低年级书架": range(875)}
    hits = sum(min(pick(low, shares, rng)) < 60 for _ in range(DRAWS))
    assert is_likely(hits, float(seen(875, 60, 3)))


def filled(tmp_path: Path, stock: Library, marks: dict[str, str], **more: Any) -> Path:
    """The sheet of a sample of ten with these words beside its numbers, ticks everywhere else."""
    path = write_answer_book(sample_answer(draw(stock, 10, 3), stock.as_of), tmp_path / "抽查表.xlsx")
    book = load_workbook(path)
    sheet = book["抽查表"]
    taken = iter(more.get("taken", ()))
    for line in sheet.iter_rows():
        words = [cell.value for cell in line]
        if isinstance(words[0], int) and words[1] and len(str(words[1])) == 6:
            line[5].value = marks.get(words[1], "√")
        elif isinstance(words[0], int) and str(words[1]).startswith("2025-"):
            line[6].value = more.get("batch", "√")
        elif isinstance(words[0], int):
            line[2].value = next(taken, None)
    book.save(path)
    return path


def test_a_filled_sheet_is_read_back(tmp_path: Path) -> None:
    stock = books()
    sample = draw(stock, 10, 3)
    first, second, third = (copy.accession_no for copy in sample.copies[:3])
    sheet = read_answers(
        filled(tmp_path, stock, {first: "×", second: "", third: "借走"}, taken=["000001", "777"])
    ).sheet
    assert (sheet.asked, sheet.seed) == (10, 3)
    assert sheet.is_of(sample)
    found = outcome(sheet, sample, stock)
    assert (found.answered, found.missing, found.blank, found.unclear) == (8, (first,), (second,), (third,))
    assert (found.taken, found.unknown) == (2, ("777",))
    assert (found.batches_answered, found.batches_amiss) == (len(sample.batches), ())
    assert found.most_missing is not None
    assert found.most_missing > 1
    assert not found.is_clean


def test_what_is_said_of_cards_and_papers_and_nobody_understands_is_told(tmp_path: Path) -> None:
    stock = books()
    sample = draw(stock, 10, 3)
    sheet = read_answers(filled(tmp_path, stock, {}, batch="在会计那里")).sheet
    number = sample.copies[0].accession_no
    found = outcome(replace(sheet, cards=sheet.cards | {number: "少一张"}), sample, stock)
    batches = tuple(row.batch_no for row in sample.batches)
    assert (found.unread, found.without_cards, found.batches_answered) == ((number, *batches), (), 0)
    assert not found.is_complete
    (said,) = (one for one in outcome_sentences(found, sample) if "看不懂" in one)
    assert said.startswith(f"卡章、单据填的有 {1 + len(batches)} 处看不懂，没有算，打√或×（{number}")


def test_a_clean_sheet_bounds_what_may_be_missing(tmp_path: Path) -> None:
    stock = books()
    found = outcome(read_answers(filled(tmp_path, stock, {})).sheet, draw(stock, 10, 3), stock)
    assert found.is_clean
    assert found.most_missing == 24


def test_the_sheet_of_another_sample_is_known_as_such(tmp_path: Path) -> None:
    stock = books()
    assert not read_answers(filled(tmp_path, stock, {})).sheet.is_of(draw(stock, 10, 4))


def test_a_file_that_is_no_sheet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "别的.csv"
    path.write_text("书名,册数\n小河,1\n", encoding="utf-8")
    with pytest.raises(Unusable, match="不是填好的抽查表"):
        read_answers(path)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        *(("√", Verdict.YES), (" 找到 了", Verdict.YES), ("Y", Verdict.YES)),
        *(("×", Verdict.NO), ("没找到", Verdict.NO), ("x", Verdict.NO)),
        # The words of the page's own buttons.
        *(("卡章齐", Verdict.YES), ("对上了", Verdict.YES), ("不齐", Verdict.NO), ("对不上", Verdict.NO)),
        *(("", Verdict.BLANK), ("在借", Verdict.UNCLEAR), ("没查", Verdict.UNCLEAR)),
    ],
)
def test_ticks_crosses_and_words_are_understood(text: str, meant: Verdict) -> None:
    assert verdict(text) is meant


def test_the_sheet_is_the_same_each_time_and_a_long_one_goes_on_instead_of_becoming_small(tmp_path: Path) -> None:
    stock = small_sample().library()

    def written(copies: int, folder: str) -> Path:
        return write_answer_book(sample_answer(draw(stock, copies), stock.as_of), tmp_path / folder / "抽查表.xlsx")

    assert written(30, "甲").read_bytes() == written(30, "乙").read_bytes()
    # A width of one page; of as many pages as it takes, or of one where it is short.
    for folder, copies, high in (("丙", 30, 0), ("丁", 10, 1)):
        setup = load_workbook(written(copies, folder))["抽查表"]
        assert setup.sheet_properties.pageSetUpPr.fitToPage
        assert (setup.page_setup.fitToWidth or 1, 1 if setup.page_setup.fitToHeight is None else 0) == (1, high)
