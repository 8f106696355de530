"""Which scans are one stocktake of a place, whether it is finished, and what it found."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from make import library, row, with_incomplete
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow, StocktakeScopeRow
from schoollib_xl.rules.scopes import Places, ShelfPart, parts_of
from schoollib_xl.rules.stocktakes import Stocktakes
from schoollib_xl.samples.year import clean_school

DAY = date(2026, 1, 20)
END = date(2026, 7, 3)


def copies(*numbers: int, **changes: Any) -> list[AccessionRow]:
    return [row(AccessionRow, accession_no=f"{number:06}", **changes) for number in numbers]


def scans(*numbers: int, day: date = DAY, **changes: Any) -> list[StocktakeRow]:
    return [row(StocktakeRow, accession_no=f"{number:06}", counted_on=day, **changes) for number in numbers]


def closed(scope: str = "书库", start: date = DAY, end: date | None = DAY) -> StocktakeScopeRow:
    return row(StocktakeScopeRow, scope=scope, starts_on=start, ends_on=end)


def taken(*rows: Any) -> Stocktakes:
    return Stocktakes(library(*rows, as_of=END))


def figures(*rows: Any) -> list[tuple[str, int, int, bool]]:
    return [(one.part.name, one.seen, one.expected, one.finished) for one in taken(*rows).counts]


def test_scans_are_one_stocktake_while_no_more_than_thirty_one_days_lie_between_two() -> None:
    days = [date(2026, 6, 30), date(2026, 1, 20), date(2026, 2, 20), date(2026, 3, 23)]
    rows = [scan for number, day in enumerate(days, 1) for scan in scans(number, day=day)]
    stocktakes = taken(*copies(1, 2, 3, 4), *rows).stocktakes
    assert [(one.first_day, one.last_day) for one in stocktakes] == [(days[1], days[3]), (days[0], days[0])]


def test_a_count_over_weeks_is_one_stocktake_judged_at_its_last_day() -> None:
    rows = [scan for week in range(6) for scan in scans(week + 1, day=DAY + timedelta(days=14 * week))]
    assert figures(*copies(*range(1, 7)), *rows) == [("书库", 6, 6, True)]


def test_a_place_is_finished_where_nine_in_ten_were_seen() -> None:
    books = copies(*range(1, 101))
    assert figures(*books, *scans(*range(1, 91))) == [("书库", 90, 100, True)]
    assert figures(*books, *scans(*range(1, 90))) == [("书库", 89, 100, False)]


def test_a_copy_accessioned_on_the_last_day_of_a_count_is_expected_and_one_of_the_day_after_is_not() -> None:
    books = copies(*range(1, 10), accessioned_on=DAY - timedelta(days=1))
    for later, expected in ((0, 10), (1, 9)):
        new = copies(10, accessioned_on=DAY + timedelta(days=later))
        assert figures(*books, *new, *scans(*range(1, 10))) == [("书库", 9, expected, True)]


def test_a_row_of_the_scopes_closes_a_place_only_with_its_end() -> None:
    books = copies(*range(1, 11))
    assert figures(*books, *scans(1, 2, 3), closed()) == [("书库", 3, 10, True)]
    assert figures(*books, *scans(1, 2), closed(end=None)) == [("书库", 2, 10, False)]
    assert figures(*books, *scans(*range(1, 10)), closed(end=None)) == [("书库", 9, 10, True)]


def test_a_place_closed_with_hardly_anything_seen_is_not_finished() -> None:
    assert figures(*copies(*range(1, 11)), *scans(1, 2), closed()) == [("书库", 2, 10, False)]


def test_a_place_closed_with_less_than_half_of_many_copies_seen_is_not_finished() -> None:
    books = copies(*range(1, 101))
    assert figures(*books, *scans(*range(1, 50)), closed()) == [("书库", 49, 100, False)]
    assert figures(*books, *scans(*range(1, 51)), closed()) == [("书库", 50, 100, True)]


def test_a_place_that_burnt_is_finished_once_what_was_lost_is_written_off() -> None:
    day = DAY + timedelta(days=30)
    gone = copies(*range(1, 81), withdrawn_on=day, withdrawal_no="2026-002")
    rows = *gone, *copies(*range(81, 101)), *scans(*range(81, 101)), closed()
    assert figures(*rows) == [("书库", 20, 100, True)]


def test_scans_that_go_on_without_a_gap_belong_to_the_row_however_long_they_take() -> None:
    rows = [scan for week in range(8) for scan in scans(week + 1, day=DAY - timedelta(days=14 * week))]
    assert figures(*copies(*range(1, 9)), *rows, closed()) == [("书库", 8, 8, True)]


def test_an_open_row_goes_on_only_as_long_as_the_counting() -> None:
    june = date(2026, 6, 30)
    rows = *copies(1, 2), *scans(1), *scans(1, 2, day=june), closed(end=None)
    assert figures(*rows) == [("书库", 1, 2, False), ("书库", 2, 2, True)]


def test_a_spot_check_takes_nothing_from_the_stocktakes_around_it() -> None:
    books = copies(*range(1, 31))
    rows = *scans(*range(1, 31)), *scans(1, 2, day=date(2026, 4, 1)), *scans(*range(1, 31), day=date(2026, 6, 30))
    assert [one[1:] for one in figures(*books, *rows)] == [(30, 30, True), (2, 30, False), (30, 30, True)]


def test_classes_are_gone_through_wherever_they_stand() -> None:
    books = *copies(1, 2), *copies(3, class_no="J228", location="阅览室"), *copies(4, class_no="K92")
    assert figures(*books, *scans(1, 3), closed("I、J")) == [("I、J类", 2, 3, True)]


def test_a_copy_without_a_place_is_expected_wherever_it_is_seen() -> None:
    books = *copies(*range(1, 11)), *copies(*range(11, 31), location=None)
    seen = scans(*range(1, 30), place="书库")
    counted = [("书库", 10, 10, True), ("没有写馆藏地的图书", 19, 20, True)]
    assert sorted(figures(*books, *seen)) == counted
    assert sorted(figures(*books, *seen, closed("全部"))) == counted
    # Where the stacks alone were gone through, the others may stand elsewhere.
    begun = scans(*range(1, 15), place="书库")
    assert sorted(figures(*books, *begun, closed())) == [counted[0], ("没有写馆藏地的图书", 4, 20, False)]


def test_everything_is_every_place() -> None:
    books = *copies(1, 2), *copies(3, location="阅览室"), *scans(1), *scans(3, place="阅览室")
    assert figures(*books, closed("全部")) == [("书库", 1, 2, True), ("阅览室", 1, 1, True)]


def test_what_was_seen_near_the_days_of_a_row_belongs_to_it() -> None:
    late = scans(2, day=DAY + timedelta(days=20))
    assert figures(*copies(1, 2, 3), *scans(1), *late, closed()) == [("书库", 2, 3, True)]


@pytest.mark.parametrize(("on_first_day", "on_last_day", "is_seen"), [(5, 4, True), (5, 3, False), (9, 0, True)])
def test_a_part_was_seen_where_scans_of_all_its_days_under_any_place_have_nine_in_ten(
    on_first_day: int, on_last_day: int, *, is_seen: bool
) -> None:
    next_day = DAY + timedelta(days=1)
    first = scans(*range(1, on_first_day + 1), place="阅览室")
    last = scans(*range(6, 6 + on_last_day), place="阅览室", day=next_day)
    before = scans(10, place="阅览室", day=DAY - timedelta(days=1))
    books = *copies(*range(1, 11)), *copies(11, location="阅览室"), closed(end=next_day)
    stocktakes = taken(*books, *first, *last, *before)
    assert stocktakes.was_seen(stocktakes.scopes[0], next_day) is is_seen


def test_the_rate_is_found_over_expected_in_the_finished_places() -> None:
    rows = *copies(1, 2, 3), *copies(4, 5, location="阅览室"), *scans(1, 2, 9), *scans(4, place="阅览室"), closed()
    (stocktake,) = taken(*rows).stocktakes
    assert (stocktake.found, stocktake.expected) == (2, 3)
    assert [copy.accession_no for copy in stocktake.missing] == ["000003"]
    assert stocktake.rate == Decimal("0.6667")


def test_a_copy_seen_and_lent_later_in_the_stocktake_was_there() -> None:
    rows = *copies(1, 2), *scans(1, day=date(2026, 1, 12)), *scans(2), row(LoanRow, lent_on=date(2026, 1, 15))
    assert [one[1:3] for one in figures(*rows)] == [(2, 2)]


def test_a_copy_seen_though_it_is_lent_or_lost_counts_for_nothing() -> None:
    lent, lost = row(LoanRow, accession_no="000002"), row(CompensationRow, accession_no="000003")
    assert [one[1:3] for one in figures(*copies(1, 2, 3), lent, lost, *scans(1, 2, 3))] == [(1, 1)]


def test_while_rows_without_a_number_may_be_of_what_nobody_saw_there_is_no_rate() -> None:
    books = library(*copies(*range(1, 11)), *scans(*range(1, 10)), closed(), as_of=END)
    [sure], [unsure] = (
        Stocktakes(one).stocktakes for one in (books, with_incomplete(books, StocktakeRow, counted_on=DAY))
    )
    assert [(one.found, one.unnamed, one.rate) for one in (sure, unsure)] == [(9, 0, Decimal("0.9000")), (9, 1, None)]


def test_without_a_copy_to_expect_there_is_no_rate() -> None:
    (stocktake,) = taken(*scans(9)).stocktakes
    assert stocktake.rate is None
    assert taken(*copies(1)).stocktakes == ()


def test_a_number_may_be_a_barcode() -> None:
    books = [copy._replace(barcode=f"QH{copy.accession_no}") for copy in copies(1, 2)]
    seen = [scan._replace(accession_no=f"QH{scan.accession_no}") for scan in scans(1, 2)]
    assert figures(*books, *seen) == [("书库", 2, 2, True)]


def test_a_barcode_on_two_copies_is_each_of_them_in_turn() -> None:
    books = [copy._replace(barcode="QH1") for copy in copies(1, 2)]
    seen = [scan._replace(accession_no="QH1") for scan in scans(1, 2)]
    assert [one[1:3] for one in figures(*books, *seen)] == [(2, 2)]


def doubts(*rows: Any) -> list[tuple[date, bool, date | None]]:
    return [(one.scans[0].counted_on, one.is_wrong, one.likely) for one in taken(*rows).doubtful]


JUNE = date(2026, 6, 2)


@pytest.mark.parametrize(
    ("written", "likely"),
    [(date(2025, 6, 2), JUNE), (date(2026, 2, 6), JUNE), (date(2026, 3, 2), JUNE), (date(2026, 3, 17), None)],
)
def test_a_scan_far_from_the_stocktake_that_lacks_its_copy_is_misdated(written: date, likely: date | None) -> None:
    rows = *copies(*range(1, 21)), *scans(*range(1, 20), day=JUNE), *scans(20, day=written)
    assert doubts(*rows) == [(written, True, likely)]
    assert [(one.seen, one.missing) for one in taken(*rows).counts] == [(20, ())]


def test_a_whole_day_written_with_another_year_is_one_doubt() -> None:
    rows = *copies(*range(1, 41)), *scans(*range(1, 38), day=JUNE), *scans(38, 39, 40, day=date(2025, 6, 2))
    assert doubts(*rows) == [(date(2025, 6, 2), True, JUNE)]


def test_what_an_earlier_stocktake_missed_and_a_later_day_found_is_in_order() -> None:
    rows = *copies(*range(1, 21)), *scans(*range(1, 20)), *scans(20, day=DAY + timedelta(days=35))
    assert doubts(*rows) == []
    assert taken(*rows).counts[0].missing == ()


def test_one_copy_looked_at_between_two_stocktakes_is_only_far_away() -> None:
    rows = *copies(*range(1, 21)), *scans(*range(1, 21)), *scans(20, day=date(2026, 4, 1))
    assert doubts(*rows) == [(date(2026, 4, 1), False, None)]


def test_a_real_spot_check_of_a_copy_lost_since_accuses_no_date() -> None:
    rows = *copies(*range(1, 21)), *scans(*range(1, 20), day=JUNE), *scans(19, 20, day=date(2026, 3, 2))
    assert doubts(*rows) == []


EXCHANGED = date(2026, 2, 6)


def test_many_scans_of_another_day_of_the_stocktake_are_one_doubt_and_seen_all_the_same() -> None:
    """The stacks were counted on one day, the reading room on the next; that was exchanged for some of both."""
    room = copies(*range(41, 61), location="阅览室")
    rows = *copies(*range(1, 41)), *room, *scans(*range(1, 38), day=date(2026, 6, 1))
    of_both = *scans(38, 39, 40, day=EXCHANGED), *scans(*range(41, 46), day=EXCHANGED, place="阅览室")
    rows = *rows, *scans(*range(46, 61), day=JUNE, place="阅览室"), closed("阅览室", JUNE, JUNE)
    assert doubts(*rows, *of_both) == [(EXCHANGED, True, JUNE)]
    assert [(one.seen, one.expected) for one in taken(*rows, *of_both).counts] == [(40, 40), (20, 20)]


def test_all_scans_of_a_closed_place_on_another_day_are_one_doubt() -> None:
    rows = *copies(*range(1, 11)), *scans(*range(1, 11), day=EXCHANGED), closed(start=JUNE, end=JUNE)
    room = *copies(11, location="阅览室"), *scans(11, day=JUNE, place="阅览室")
    assert doubts(*rows, *room) == [(EXCHANGED, True, JUNE)]
    assert sorted(figures(*rows, *room)) == [("书库", 10, 10, True), ("阅览室", 1, 1, True)]


def test_where_all_scans_are_of_another_day_than_the_scopes_nobody_knows_which_is_wrong() -> None:
    rows = *copies(*range(1, 11)), *scans(*range(1, 11), day=EXCHANGED), closed(start=JUNE, end=JUNE)
    assert doubts(*rows) == []


def test_most_of_a_closed_place_on_another_day_is_one_doubt() -> None:
    rows = *copies(*range(1, 11)), *scans(*range(1, 10), day=EXCHANGED), *scans(10, day=JUNE)
    assert doubts(*rows, closed(start=JUNE, end=JUNE)) == [(EXCHANGED, True, JUNE)]


@pytest.mark.parametrize(
    "more",
    [
        # A spot check most of whose copies were seen again.
        scans(*range(20, 38), day=EXCHANGED),
        # 盘点范围 has the day.
        [closed(start=EXCHANGED, end=None)],
        [closed(start=EXCHANGED, end=EXCHANGED)],
    ],
)
def test_copies_seen_on_a_day_of_its_own_and_lost_since_accuse_no_date(more: list[Any]) -> None:
    rows = *copies(*range(1, 41)), *scans(*range(1, 38), day=JUNE), *scans(38, 39, 40, day=EXCHANGED)
    more = [*more, closed(start=JUNE, end=JUNE)]
    assert doubts(*rows, *more) == []
    assert [copy.accession_no for one in taken(*rows, *more).counts for copy in one.missing] == [
        "000038",
        "000039",
        "000040",
    ]


def test_copies_looked_at_on_the_day_that_others_slipped_to_take_nothing_from_the_doubt() -> None:
    looked_at = scans(*range(1, 26), day=EXCHANGED)
    rows = *copies(*range(1, 101)), *scans(*range(1, 71), day=JUNE), *looked_at, closed(start=JUNE, end=JUNE)
    (doubt,) = taken(*rows, *scans(*range(71, 101), day=EXCHANGED)).doubtful
    assert [scan.accession_no for scan in doubt.scans] == [f"{number:06}" for number in range(71, 101)]
    assert doubts(*rows, *scans(*range(71, 91), day=EXCHANGED)) == []


def test_a_place_counted_in_winter_and_not_in_summer_accuses_no_date() -> None:
    room = copies(*range(41, 61), location="阅览室")
    winter = scans(*range(41, 61), day=EXCHANGED, place="阅览室")
    rows = *copies(*range(1, 41)), *room, *scans(*range(1, 41), day=JUNE), *winter
    assert doubts(*rows) == []


PLACES = Places(["书库", "书库", "低年级书架（东）", "阅览室", None])


@pytest.mark.parametrize(
    ("scope", "parts"),
    [
        ("书库", [ShelfPart("书库")]),
        ("低年级 书架(东)", [ShelfPart("低年级书架（东）")]),
        ("书库、阅览室", [ShelfPart("书库"), ShelfPart("阅览室")]),
        ("I", [ShelfPart("", "I")]),
        ("A—C类、I", [ShelfPart("", "ABCI")]),
        ("书仓", []),
        ("书库、书仓", []),
        ("W", []),
    ],
)
def test_a_scope_names_places_or_classes(scope: str, parts: list[ShelfPart]) -> None:
    assert list(parts_of(scope, PLACES)) == parts


def test_the_name_of_a_place_is_the_one_most_copies_have() -> None:
    places = Places(["书库", "书 库", "书库"])
    assert places.names == ("书库",)
    assert (places.of("书　库A3架"), places.of("A3")) == ("书库", None)
    assert (Places(["低年级书架"]).near("低年级书柜"), places.near("A3")) == ("低年级书架", None)


def _areas(books: Any) -> Iterator[str]:
    yield from {copy.location for copy in books[AccessionRow]}


def test_the_stocktake_of_the_clean_school_found_everything() -> None:
    books = clean_school().library()
    (stocktake,) = books.derive(Stocktakes).stocktakes
    assert stocktake.missing == ()
    assert stocktake.rate == 1
    assert stocktake.expected == len(stocktake.scans) > 5_000
    assert {one.part.place for one in stocktake.finished} == {*_areas(books)}
