"""盘点记录 as schools really keep it: barcodes, counts over weeks, spot checks, half stocktakes, slips of the pen."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from checks.books import Books
from checks.seeds_stocktake import untouched
from make import findings, flat, message_of, report, row, sentences, with_incomplete
from schoollib_xl.checks.check import Severity
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.supporting.office import ExplanationRow
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow, StocktakeScopeRow
from small_sample import small_sample

LATER = timedelta(days=35)


@pytest.fixture(scope="module")
def clean() -> LedgerSet:
    return small_sample()


def judged(books: Books, days: int = 0) -> list[str]:
    """Everything found so many days after the term, but hints."""
    school = books.ledger_set.school
    cut_off = school.cut_off + timedelta(days=days) if school.cut_off else None
    books.ledger_set.school = school._replace(cut_off=cut_off)
    report = books.report()
    return [one.check.code for one in report.findings if one.severity is not Severity.HINT]


def said(books: Books) -> list[str]:
    """Everything found in 盘点记录 and 盘点范围, hints included."""
    codes = [one.check.code for one in books.report().findings]
    return [code for code in codes if not code.startswith("SET")]


def findings_of(books: Books, code: str) -> list[str]:
    return flat(books.library(), report(code, books.library()).findings)


def by_barcode(books: Books) -> None:
    """Every copy carries a barcode, and the scanner wrote those down."""
    for copy in list(books.rows(AccessionRow)):
        books.edit(copy, barcode=f"HHZ{copy.accession_no}")
    books.ledger_set.rows[StocktakeRow] = [
        scan._replace(accession_no=f"HHZ{scan.accession_no}") for scan in books.rows(StocktakeRow)
    ]


def over_five_weeks(books: Books) -> None:
    """The stacks were counted a shelf a week."""
    rows = books.rows(StocktakeRow)
    books.ledger_set.rows[StocktakeRow] = [
        scan._replace(counted_on=date(2026, 7, 2) - timedelta(days=index % 3)) if scan.place == "书库" else scan
        for index, scan in enumerate(rows)
    ]


def without_scopes(books: Books) -> None:
    books.ledger_set.rows[StocktakeScopeRow] = []


def by_classes(books: Books) -> None:
    """The places are not named; the classes are."""
    scope = books.first(StocktakeScopeRow)._replace(starts_on=date(2026, 7, 1), ends_on=date(2026, 7, 2))
    books.ledger_set.rows[StocktakeScopeRow] = [
        scope._replace(line=2, scope="A—H"),
        scope._replace(line=3, scope="I、J、K"),
        scope._replace(line=4, scope="N—Z"),
    ]


def in_one(books: Books) -> None:
    scope = books.first(StocktakeScopeRow)._replace(starts_on=date(2026, 7, 1), ends_on=date(2026, 7, 2))
    books.ledger_set.rows[StocktakeScopeRow] = [scope._replace(scope="全部")]


def in_one_and_by_places(books: Books) -> None:
    """A row for everything beside one for each place."""
    scopes = books.rows(StocktakeScopeRow)
    whole = scopes[0]._replace(
        line=scopes[-1].line + 1, scope="全部", starts_on=date(2026, 6, 21), ends_on=date(2026, 7, 3)
    )
    books.ledger_set.rows[StocktakeScopeRow] = [*scopes, whole]


def half_a_year_apart(books: Books) -> None:
    """The reading room was counted in winter, the rest in summer; no scopes were written."""
    books.ledger_set.rows[StocktakeScopeRow] = []
    books.ledger_set.rows[StocktakeRow] = [
        scan._replace(counted_on=date(2026, 1, 22)) if scan.place == "阅览室" else scan
        for scan in books.rows(StocktakeRow)
        if scan.place != "阅览室" or _bought_before(books, scan.accession_no, date(2026, 1, 22))
    ]


def _bought_before(books: Books, number: str, day: date) -> bool:
    return any(copy.accession_no == number and copy.accessioned_on <= day for copy in books.rows(AccessionRow))


def only_begun(books: Books) -> None:
    """One shelf was begun with, and closed nowhere."""
    books.ledger_set.rows[StocktakeScopeRow] = []
    shelf = [scan for scan in books.rows(StocktakeRow) if scan.place == "低年级书架"]
    others = [scan for scan in books.rows(StocktakeRow) if scan.place != "低年级书架"]
    books.ledger_set.rows[StocktakeRow] = sorted([*shelf[:60], *others], key=lambda scan: scan.line)


def nothing_but_a_spot_check(books: Books) -> None:
    books.ledger_set.rows[StocktakeScopeRow] = []
    books.ledger_set.rows[StocktakeRow] = books.rows(StocktakeRow)[:30]


def scanned_without_cards(books: Books) -> None:
    """A second count by scanner, which says nothing of cards and labels."""
    for scan in list(books.rows(StocktakeRow))[:40]:
        blank = scan._replace(catalogue_card=None, book_card=None, label=None, stamp=None, condition=None)
        books.add(blank._replace(counted_on=date(2026, 7, 3)))


@pytest.mark.parametrize(
    "rewrite",
    [
        by_barcode,
        over_five_weeks,
        without_scopes,
        by_classes,
        in_one,
        half_a_year_apart,
        only_begun,
        in_one_and_by_places,
        nothing_but_a_spot_check,
        scanned_without_cards,
    ],
)
def test_a_stocktake_as_schools_really_do_it_accuses_nobody(clean: LedgerSet, rewrite: Callable[[Books], None]) -> None:
    books = Books(clean)
    rewrite(books)
    assert judged(books) == []


def test_a_shelf_only_begun_with_is_said_once(clean: LedgerSet) -> None:
    books = Books(clean)
    only_begun(books)
    assert said(books) == ["STK203"]


def test_a_shelf_closed_with_few_of_its_copies_seen_is_a_doubt_and_no_copy_is_missing(clean: LedgerSet) -> None:
    books = Books(clean)
    scopes = books.rows(StocktakeScopeRow)
    only_begun(books)
    books.ledger_set.rows[StocktakeScopeRow] = scopes
    assert said(books) == ["STK308"]
    [finding] = books.report().findings
    message = message_of(books.library(), finding).message
    assert re.search(r"盘完了，盘点记录里这几天只有 60 册（\d+%），账上该有 \d+ 册", message)
    # A line nobody could read is not the shelf that lacks.
    library = with_incomplete(books.library(), StocktakeRow, counted_on=scopes[0].starts_on)
    assert [one.check.code for one in report("STK308", library).findings] == ["STK308"]


def test_a_count_broken_off_half_way_and_closed_is_one_doubt(clean: LedgerSet) -> None:
    books = Books(clean)
    stacks = [scan for scan in books.rows(StocktakeRow) if scan.place == "书库"]
    for scan in stacks[len(stacks) * 2 // 5 :]:
        books.drop(scan)
    assert said(books) == ["STK308"]


def scanned_in_part(books: Books, part: float) -> list[StocktakeRow]:
    """The stacks are closed, and but a part of their scans, in the order of the shelves, is in 盘点记录."""
    stacks = [scan for scan in books.rows(StocktakeRow) if scan.place == "书库"]
    lacking = stacks[int(len(stacks) * part) :]
    for scan in lacking:
        books.drop(scan)
    return lacking


def test_a_closed_place_of_which_boards_were_not_scanned_is_one_finding_until_they_are(clean: LedgerSet) -> None:
    books = Books(clean)
    lacking = scanned_in_part(books, 0.6)
    [finding] = books.report().findings
    assert (finding.check.code, finding.severity) == ("STK201", Severity.WARNING)
    assert finding.at.row_type is StocktakeScopeRow
    assert len(finding.see_also) == len(lacking)
    message = message_of(books.library(), finding).message
    assert f"等 {len(lacking)} 册账上在架" in message
    assert re.search(r"；书库该有 \d+ 册，看到 \d+ 册（6\d%），多半没有扫全，先补扫。$", message)
    for scan in lacking[:-3]:
        books.add(scan)
    assert judged(books) == ["STK201"] * 3


def test_of_boards_not_scanned_a_copy_that_is_said_to_be_elsewhere_stands_apart(clean: LedgerSet) -> None:
    books = Books(clean)
    numbers = {scan.accession_no for scan in scanned_in_part(books, 0.8)}
    copy = books.first(AccessionRow, lambda one: one.accession_no in numbers)
    books.edit(copy, remarks="已下架，待报废")
    assert sorted(one.severity.value for one in books.report().findings if one.check.code == "STK201") == [
        "hint",
        "warning",
    ]


def test_who_answers_for_one_copy_does_not_answer_for_boards_that_were_not_scanned(clean: LedgerSet) -> None:
    books = Books(clean)
    numbers = {scan.accession_no for scan in scanned_in_part(books, 0.8)}
    first = books.first(AccessionRow, lambda one: one.accession_no in numbers)
    books.add(row(ExplanationRow, code="STK201", sheet_name="个别登记账", number=first.accession_no, text="在校长室。"))
    told = [(one.at.row_type, one.explained) for one in books.report().findings if one.check.code == "STK201"]
    assert sorted(told, key=str) == [(AccessionRow, True), (StocktakeScopeRow, False)]


def test_books_lost_one_by_one_are_named_one_by_one(clean: LedgerSet) -> None:
    books = Books(clean)
    lacking = scanned_in_part(books, 0.95)
    assert judged(books) == ["STK201"] * len(lacking)


def test_a_shelf_that_burnt_is_settled_once_its_copies_are_written_off(clean: LedgerSet) -> None:
    books = Books(clean)
    shelf = [scan for scan in books.rows(StocktakeRow) if scan.place == "低年级书架"]
    for scan in shelf:
        books.drop(scan)
    assert len(findings_of(books, "STK308")) == 1
    numbers = {scan.accession_no for scan in shelf}
    for copy in [copy for copy in books.rows(AccessionRow) if copy.accession_no in numbers]:
        books.edit(copy, withdrawn_on=date(2026, 7, 3), withdrawal_no="2026-099")
    assert findings_of(books, "STK308") == []
    assert findings_of(books, "STK201") == []


def test_thirty_copies_looked_at_weeks_later_accuse_nobody(clean: LedgerSet) -> None:
    books = Books(clean)
    for scan in list(books.rows(StocktakeRow))[:30]:
        books.add(scan._replace(counted_on=scan.counted_on + LATER))
    assert judged(books, 60) == []
    assert said(books) == ["STK203"]


def test_thirty_copies_looked_at_a_week_before_are_no_doubles(clean: LedgerSet) -> None:
    books = Books(clean)
    never_lent = [scan for scan in books.rows(StocktakeRow) if scan.place == "教师书架"][:30]
    for scan in never_lent:
        books.add(scan._replace(counted_on=scan.counted_on - timedelta(days=7)))
    assert "STK001" not in said(books)


def test_one_scan_weeks_later_is_the_one_thing_said(clean: LedgerSet) -> None:
    books = Books(clean)
    scan = books.first(StocktakeRow)
    books.add(scan._replace(counted_on=scan.counted_on + LATER))
    assert judged(books, 60) == []
    assert said(books) == ["STK102"]


def test_advice_followed_the_missing_copy_is_found_and_nothing_new_comes(clean: LedgerSet) -> None:
    books = Books(clean)
    scan = books.first(StocktakeRow)
    books.drop(scan)
    assert judged(books, 60) == ["STK201"]
    books.add(scan._replace(counted_on=scan.counted_on + LATER))
    assert said(books) == []


def test_day_and_month_changed_about_are_the_one_thing_said(clean: LedgerSet) -> None:
    books = Books(clean)
    scan = untouched(books)
    scan = books.edit(scan, counted_on=date(2026, scan.counted_on.day, scan.counted_on.month))
    (finding,) = books.report().findings
    assert books.found() == [books.at("STK102", scan, "counted_on")]
    assert finding.facts["likely"].value == date(2026, 7, 1)


def copy(number: int, **changes: object) -> AccessionRow:
    return row(AccessionRow, accession_no=f"{number:06}", **changes)


def test_a_barcode_on_two_copies_is_found_at_the_second() -> None:
    pair = copy(1, barcode="QH1"), copy(2, barcode="QH1")
    assert findings("ACC005", *pair) == ["ACC005 个别登记账!Q3"]
    assert sentences("ACC005", *pair) == ["条码号 QH1 贴在 000001 和 000002 两册上。"]
    assert findings("ACC005", copy(1, barcode="QH1"), copy(2, barcode="QH2"), copy(3), copy(4)) == []


def test_a_barcode_may_be_given_again_once_its_copy_is_written_off() -> None:
    gone = copy(1, barcode="QH1", withdrawn_on=date(2025, 12, 1))
    assert findings("ACC005", gone, copy(2, barcode="QH1")) == []


def test_a_barcode_that_is_another_copys_number_lends_that_one() -> None:
    assert findings("ACC006", copy(1, barcode="000002"), copy(2)) == ["ACC006 个别登记账!Q2"]
    assert findings("ACC006", copy(1, barcode="000001"), copy(2)) == []


def labelled(count: int = 40) -> list[AccessionRow]:
    return [copy(number, barcode=f"QH{number:06}") for number in range(1, count + 1)]


def test_a_barcode_that_breaks_the_pattern_of_all_others_is_doubted() -> None:
    slipped = copy(41, barcode="QH000051")
    assert findings("ACC007", *labelled(), slipped) == ["ACC007 个别登记账!Q42"]
    assert sentences("ACC007", *labelled(), slipped) == ["000041 的条码号是 QH000051，别的册都是 QH 加自己的登记号。"]
    exchanged = [copy(41, barcode="QH000042"), copy(42, barcode="QH000041")]
    assert len(findings("ACC007", *labelled(), *exchanged)) == 2


@pytest.mark.parametrize(
    "others",
    [
        [copy(41, barcode="69012345")],
        [copy(41, barcode="QH000001")],
        [copy(41)],
        [copy(41, barcode="QH000051", withdrawn_on=date(2025, 12, 1))],
        [copy(number, barcode=f"QH{number + 10:06}") for number in range(41, 45)],
    ],
)
def test_a_label_of_another_make_or_many_of_another_number_are_the_schools_own(others: list[AccessionRow]) -> None:
    assert findings("ACC007", *labelled(), *others) == []


def test_few_labels_or_bare_numbers_make_no_pattern() -> None:
    assert findings("ACC007", *labelled(19), copy(20, barcode="QH000021")) == []
    bare = [copy(number, barcode=f"{number:06}") for number in range(1, 31)]
    assert findings("ACC007", *bare, copy(31, barcode="000041")) == []
