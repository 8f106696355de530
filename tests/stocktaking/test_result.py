"""What scans say of the shelves: seen, missing, lent, withdrawn, misplaced, unknown, doubled, out of order."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from random import Random
from typing import Any

import pytest

from make import library, row, with_incomplete
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow, StocktakeScopeRow
from schoollib_xl.ledgers.vocabulary import LoanMode
from schoollib_xl.stocktaking.result import StocktakeResult, call_number, out_of_order, result
from schoollib_xl.stocktaking.scans import Scan
from schoollib_xl.wording.stocktake import stocktake_answer, stocktake_json

DAY = date(2026, 1, 20)


def copies(*numbers: int, **changes: Any) -> list[AccessionRow]:
    return [row(AccessionRow, accession_no=f"{number:06}", **changes) for number in numbers]


def scanned(numbers: Sequence[int | str], *rows: Any, place: str | None = None) -> StocktakeResult:
    texts = [f"{number:06}" if isinstance(number, int) else number for number in numbers]
    scans = [Scan(text, "扫描.txt", line) for line, text in enumerate(texts, 1)]
    return result(scans, library(*rows), place, DAY)


def test_a_shelf_scanned_to_nine_in_ten_is_finished_and_lacks_the_rest() -> None:
    found = scanned(range(1, 10), *copies(*range(1, 11)))
    assert stocktake_json(found) == {
        "scans": 9,
        "recognised": 9,
        "unknown": [],
        "doubled": [],
        "places": [
            {"place": "书库", "expected": 10, "seen": 9, "finished": True, "missing": ["000010"], "misplaced": []}
        ],
        "found_rate": "0.9000",
    }


def test_a_shelf_only_begun_with_lacks_nothing_yet() -> None:
    found = scanned([1, 2], *copies(*range(1, 11)))
    (place,) = stocktake_json(found)["places"]
    assert (place["seen"], place["finished"], place["missing"]) == (2, False, [])
    assert found.found_rate is None
    assert not found.needs_attention


def test_a_shelf_closed_with_less_than_half_seen_lacks_nothing_and_names_what_was_not_seen() -> None:
    scope = row(StocktakeScopeRow, scope="书库", starts_on=DAY, ends_on=DAY)
    found = scanned(range(1, 41), *copies(*range(1, 101)), scope)
    (place,) = stocktake_json(found)["places"]
    assert (place["seen"], place["finished"], place["missing"]) == (40, False, [])
    assert found.needs_attention
    answer = stocktake_answer(found, ())
    assert any("书库扫了 40/100，盘点范围写着盘完，多半还没有" in sentence for sentence in answer.sentences)
    (unseen,) = (section for section in answer.sections if section.name == "没有看到")
    assert len(unseen.tables[0].rows) == 60


def test_the_isbn_of_a_book_in_place_of_its_number_is_told() -> None:
    books = [one._replace(isbn="9787020024759") for one in copies(20)]
    found = scanned([*range(1, 20), "9787020024759"], *copies(*range(1, 20)), *books)
    answer = stocktake_answer(found, ())
    assert any("有 1 次扫的是书上印的 ISBN" in sentence for sentence in answer.sentences)
    said = {section.name: section.tables[0].rows for section in answer.sections}
    assert said["没有看到"][0][-1] == "扫到过它的 ISBN"
    assert said["查不到的号"][0][-1].endswith("的 ISBN")
    assert stocktake_json(found)["unknown"] == ["9787020024759"]
    # Scanned by its number as well, it need not be scanned again; a reader's card is no book.
    reader = row(ReaderRow, reader_no="S001")
    found = scanned([*range(1, 21), "9787020024759", "S001"], *copies(*range(1, 20)), *books, reader)
    answer = stocktake_answer(found, ())
    assert not any("再做一次" in sentence for sentence in answer.sentences)
    (unknown,) = (section for section in answer.sections if section.name == "查不到的号")
    assert [one[-1] for one in unknown.tables[0].rows][1] == "读者证号"


def test_what_was_looked_for_again_does_not_take_the_place_of_the_count() -> None:
    later = DAY + timedelta(days=40)
    scans = [Scan(f"{number:06}", "扫描.txt", number, DAY if number < 20 else later) for number in range(1, 21)]
    (place,) = result(scans, library(*copies(*range(1, 21)), as_of=later), None, DAY).places
    assert (place.count.finished, place.count.seen) == (True, 20)


def test_an_open_row_of_the_scopes_closed_on_that_day_finishes_the_shelf() -> None:
    scope = row(StocktakeScopeRow, scope="书库", starts_on=DAY, ends_on=DAY)
    (place,) = scanned([1, 2], *copies(1, 2, 3, 4), scope).places
    assert [copy.accession_no for copy in place.count.missing] == ["000003", "000004"]


def test_scans_go_on_with_what_stands_in_the_register_and_count_anew_what_stands_there_already() -> None:
    begun = [row(StocktakeRow, accession_no=f"{number:06}", counted_on=date(2026, 1, 19)) for number in (1, 2, 3)]
    assert [place.count.seen for place in scanned([4, 5], *copies(*range(1, 6)), *begun).places] == [5]
    assert [place.count.seen for place in scanned([2, 3], *copies(*range(1, 6)), *begun).places] == [2]
    unreadable = ["ABC", "ABD", "ABE"]
    assert [place.count.seen for place in scanned([2, 3, *unreadable], *copies(*range(1, 6)), *begun).places] == [2]


def test_numbers_may_be_barcodes_or_have_lost_their_zeros() -> None:
    found = scanned(["qh1", "2"], *copies(1, barcode="QH1"), *copies(2))
    assert [read.row.accession_no for read in found.reads] == ["000001", "000002"]


def test_what_is_not_as_it_should_be_is_told_apart() -> None:
    found = scanned(
        [1, 2, 3, 4, 1, "999999", "ABC"],
        *copies(1),
        *copies(2, withdrawn_on=date(2025, 12, 1)),
        *copies(3, 4),
        row(LoanRow, accession_no="000003"),
        row(CompensationRow, accession_no="000004"),
    )
    assert [read.scan.text for read in found.unknown] == ["999999", "ABC"]
    assert {number: len(reads) for number, reads in found.doubled.items()} == {"000001": 2}
    assert [read.row.accession_no for read in found.withdrawn] == ["000002"]
    assert [read.row.accession_no for read, _ in found.lent] == ["000003"]
    assert [read.row.accession_no for read in found.lost] == ["000004"]
    assert found.needs_attention


def test_copies_that_were_not_in_the_books_on_that_day_are_told() -> None:
    later = row(AccessionRow, accession_no="000009", accessioned_on=date(2026, 2, 1))
    found = scanned([1, 9], *copies(1), later)
    assert [read.row.accession_no for read in found.early] == ["000009"]
    assert found.needs_attention
    said = stocktake_answer(found, ())
    assert "有 1 册在扫的那天还没有入账，先看扫的日期写错没有，再看个别登记账的登记日期。" in said.sentences
    assert "还没有入账" in [section.name for section in said.sections]
    assert "书库照账上那天一册也没有。" in stocktake_answer(scanned([9], later), ()).sentences


def test_a_class_corner_may_be_scanned_where_it_stands() -> None:
    corner = row(LoanRow, accession_no="000001", mode=LoanMode.CLASS)
    assert scanned([1], *copies(1), corner).lent == ()
    assert len(scanned([1], *copies(1), corner, place="书库").lent) == 1


def test_a_copy_of_another_place_is_misplaced_where_the_place_is_said_or_its_neighbours_tell() -> None:
    books = *copies(*range(1, 13)), *copies(13, location="阅览室")
    order = [1, 2, 3, 4, 5, 6, 13, 7, 8, 9, 10, 11, 12]
    for place in ("书库", None):
        (stacks,) = (one for one in scanned(order, *books, place=place).places if one.name == "书库")
        assert [read.row.accession_no for read in stacks.misplaced] == ["000013"]


@pytest.mark.parametrize("at", [0, 1, 4, 11, 12])
def test_a_copy_of_another_place_is_told_where_a_walk_begins_or_ends_too(at: int) -> None:
    books = *copies(*range(1, 13)), *copies(13, 14, 15, location="阅览室")
    order = [*range(1, at + 1), 13, *range(at + 1, 13)]
    (stacks,) = (one for one in scanned(order, *books).places if one.name == "书库")
    assert [read.row.accession_no for read in stacks.misplaced] == ["000013"]
    # The last books of another shelf, with which a walk began, stand where they should.
    assert not [one for one in scanned([13, 14, 15, *range(1, 13)], *books).places if one.misplaced]


def test_what_stands_around_a_scan_is_what_its_own_file_has() -> None:
    books = *copies(*range(1, 13)), *copies(*range(13, 25), location="阅览室")
    walks = {"甲.txt": [*range(1, 12), 24], "乙.txt": [*range(13, 24), 12]}
    scans = [Scan(f"{number:06}", file, line) for file, walk in walks.items() for line, number in enumerate(walk, 1)]
    found = result(scans, library(*books), None, DAY)
    misplaced = {one.name: [read.row.accession_no for read in one.misplaced] for one in found.places}
    assert misplaced == {"书库": ["000024"], "阅览室": ["000012"]}


def test_a_place_in_which_most_copies_are_of_another_is_doubted_first() -> None:
    books = *copies(*range(1, 13)), *copies(13, location="阅览室")
    said = stocktake_answer(scanned(range(1, 13), *books, place="阅览室"), ()).sentences
    assert "在阅览室扫到的有 12 册是别处的书，比这里的还多：先看扫的地方写对没有" in "".join(said)
    for numbers, place in ((range(1, 14), "书库"), (range(1, 5), "阅览室")):
        said = stocktake_answer(scanned(numbers, *books, place=place), ()).sentences
        assert "先看扫的地方" not in "".join(said)


def test_a_copy_scanned_twice_in_another_place_is_misplaced_once() -> None:
    elsewhere = copies(13, location="阅览室")
    found = scanned([1, 13, 2, 13], *copies(*range(1, 11), location="书库"), *elsewhere, place="书库")
    [stacks] = (one for one in found.places if one.misplaced)
    assert [read.row.accession_no for read in stacks.misplaced] == ["000013"]


def test_boards_that_were_left_out_come_first() -> None:
    books = [copy for number in range(1, 31) for copy in copies(number, class_no=f"I{200 + number}")]
    (place,) = scanned([n for n in range(1, 31) if n not in (5, 20, 21, 22)], *books).places
    ((first, last, length),) = place.stretches
    assert (first.class_no, last.class_no, length) == ("I220", "I222", 3)


@pytest.mark.parametrize(
    ("first", "second"),
    [("A8", "B0"), ("I24", "I246"), ("I246.5", "I25"), ("G25-49", "G250"), ("I24(2)", "I25"), ("I2", "I24-6")],
)
def test_call_numbers_stand_figure_by_figure(first: str, second: str) -> None:
    assert call_number(copies(1, class_no=first)[0]) < call_number(copies(2, class_no=second)[0])


def test_book_numbers_are_numbers() -> None:
    assert call_number(copies(1, book_no="9")[0]) < call_number(copies(2, book_no="10")[0])


def test_a_copy_out_of_order_is_told_where_the_shelf_was_walked_along() -> None:
    books = [copy for number in range(1, 21) for copy in copies(number, class_no=f"I{200 + number}")]
    walked = [*range(1, 5), 15, *range(5, 15), *range(16, 21)]
    assert [one.read.row.accession_no for one in scanned(walked, *books).out_of_order] == ["000015"]
    heap = Random(1).sample(range(1, 21), 20)
    assert scanned(heap, *books).out_of_order == ()


@pytest.mark.parametrize(
    ("walked", "wrong"),
    [
        ([1, 2, 3, 4, 5, 10, 6, 7, 8, 9], 1),
        ([9, 1, 2, 3, 4, 10, 5, 6, 7, 8], 2),
        ([9, 1, 2, 3, 10, 4, 5, 8, 6, 7], 0),
        ([1, 2, 3, 4, 5, 9, 6, 7, 8], 0),
    ],
)
def test_a_shelf_of_ten_was_walked_along_where_eight_stand_in_order(walked: list[int], wrong: int) -> None:
    books = [copy for number in range(1, 11) for copy in copies(number, class_no=f"I{200 + number}")]
    assert len(scanned(walked, *books).out_of_order) == wrong


@pytest.mark.parametrize(("lacking", "stretches"), [((20, 21), 0), ((20, 21, 22), 1)])
def test_three_copies_side_by_side_are_a_stretch(lacking: tuple[int, ...], stretches: int) -> None:
    books = [copy for number in range(1, 31) for copy in copies(number, class_no=f"I{200 + number}")]
    (place,) = scanned([n for n in range(1, 31) if n not in lacking], *books).places
    assert len(place.stretches) == stretches


def test_as_few_as_possible_are_called_out_of_order() -> None:
    rng = Random(7)
    for _ in range(200):
        keys: list[Any] = [rng.randrange(6) for _ in range(7)]
        kept = len(keys) - len(out_of_order(keys))
        longest = max(
            size for size in range(len(keys) + 1) for part in combinations(keys, size) if list(part) == sorted(part)
        )
        assert kept == longest
        assert [key for at, key in enumerate(keys) if at not in out_of_order(keys)] == sorted(
            key for at, key in enumerate(keys) if at not in out_of_order(keys)
        )


def test_the_rate_has_four_decimals() -> None:
    assert scanned(range(1, 9), *copies(*range(1, 9)), *copies(9, 10, 11, location="阅览室")).found_rate == Decimal(
        "1.0000"
    )


def test_scans_of_a_day_that_is_a_slip_of_the_pen_are_seen_and_told() -> None:
    meant, written = date(2026, 6, 2), date(2026, 2, 6)
    scans = [Scan(f"{one:06}", "扫描.csv", one, written if one < 4 else meant) for one in range(1, 41)]
    found = result(scans, library(*copies(*range(1, 41))), None, DAY)
    assert (found.found_rate, found.needs_attention) == (Decimal(1), True)
    said = "".join(stocktake_answer(found, ()).sentences)
    assert "有 3 册写着 2026年2月6日扫的，多半是 2026年6月2日，先算那天看到" in said


def test_scans_of_a_number_that_no_copy_has_are_unknown_whatever_other_books_say_of_it() -> None:
    """A copy whose line cannot be read stands in the other books all the same."""
    lost = row(CompensationRow, accession_no="000001", registered_on=date(2025, 10, 8))
    lent = row(LoanRow, accession_no="000002")
    found = scanned([1, 2], lost, lent)
    assert [read.scan.text for read in found.unknown] == ["000001", "000002"]
    assert (found.lost, found.lent, found.withdrawn) == ((), (), ())
    assert stocktake_answer(found, ()).sections


def test_a_repair_of_which_nobody_can_read_when_it_began_may_be_why_a_copy_is_not_there() -> None:
    scans = [Scan(f"{number:06}", "扫描.txt", number) for number in range(1, 10)]
    shelf = library(*copies(*range(1, 11)))
    sent = with_incomplete(shelf, RepairRow, accession_no="000010")
    back = with_incomplete(shelf, RepairRow, accession_no="000010", reshelved_on=date(2026, 1, 5))
    missing = [
        [place["missing"] for place in stocktake_json(result(scans, one, None, DAY))["places"]] for one in (sent, back)
    ]
    assert missing == [[[]], [["000010"]]]
