"""分类统计账: the 22 classes, the periods, and the sums within and against the other ledgers."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from make import findings, flat, library, report, row, sentences, with_incomplete, with_unreadable
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import CLASS_LETTERS, Flow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

PRICE = Decimal("25.00")
TERM_1 = {"starts_on": date(2025, 9, 1), "ends_on": date(2026, 1, 23)}
TERM_2 = {"starts_on": date(2026, 2, 23), "ends_on": date(2026, 7, 3)}
YEAR = {"starts_on": date(2025, 9, 1), "ends_on": date(2026, 7, 3)}
SUMS = ("CLS205", "CLS206", "CLS207", "CLS208", "CLS209", "CLS210")
TOTALS = ("CLS211", "CLS212")
ALL_CODES = (*(f"CLS{number:03}" for number in (1, 2, 3, 5, 101, 102, 201, 202, 203, 204)), *SUMS, *TOTALS)


def line(letter: str = "I", opening: int = 0, added: int = 0, removed: int = 0, **changes: Any) -> Any:
    """A line of one class; every copy costs 25.00."""
    closing = opening + added - removed
    figures: dict[str, Any] = {}
    for part, copies in (("opening", opening), ("added", added), ("removed", removed), ("closing", closing)):
        figures |= {f"{part}_copies": copies, f"{part}_value": copies * PRICE}
    return row(ClassificationRow, class_letter=letter, **(figures | TERM_1 | changes))


def period(*own: Any, **dates: Any) -> list[Any]:
    """The 22 lines of a period: these, and nothing in the other classes."""
    given = {one.class_letter: one for one in own}
    return [given.get(letter) or line(letter, **dates) for letter in CLASS_LETTERS]


def batch(batch_no: str = "2025-001", copies: int = 1, **changes: Any) -> Any:
    return row(SummaryRow, batch_no=batch_no, copies=copies, list_value=copies * PRICE, **changes)


def copy(number: int = 1, **changes: Any) -> Any:
    return row(AccessionRow, accession_no=f"{number:06}", **changes)


def written_off(number: int, day: date, batch_no: str = "2026-001") -> list[Any]:
    """A copy of the first batch that was written off: its line, and its line in 注销登记账."""
    return [
        copy(number, withdrawn_on=day, withdrawal_no=batch_no),
        row(WithdrawalRow, accession_no=f"{number:06}", withdrawn_on=day, withdrawal_no=batch_no),
    ]


def found_by(codes: tuple[str, ...], *rows: Any) -> list[str]:
    return [one for code in codes for one in findings(code, *rows)]


def test_a_right_period_is_silent() -> None:
    assert found_by(ALL_CODES, *period(line(added=1)), batch(), copy()) == []


def test_an_empty_ledger_is_silent() -> None:
    assert found_by(ALL_CODES, batch(), copy()) == []


@pytest.mark.parametrize("letter", ["L", "M", "W", "Y", "合计", "TP"])
def test_a_letter_outside_the_22_classes_is_found(letter: str) -> None:
    assert findings("CLS001", line(letter)) == ["CLS001 分类统计账!C2"]


@pytest.mark.parametrize("written", ["{}", "{}类", "{} 类", "{} 某某、某某", "{}、某某", "{}（某某）"])
def test_a_small_letter_and_one_with_a_word_behind_it_are_taken_for_their_class(written: str) -> None:
    rows = [one._replace(class_letter=written.format(one.class_letter.lower())) for one in period(line(added=1))]
    assert found_by(ALL_CODES, *rows, batch(), copy()) == []


def test_a_class_on_two_lines_of_a_period_is_found_at_the_second() -> None:
    assert findings("CLS002", line("A"), line("B"), line("A")) == ["CLS002 分类统计账!C4"]
    assert findings("CLS002", line("A"), line("A", **TERM_2)) == []


def test_a_missing_class_is_found_at_the_first_line_of_its_period() -> None:
    rows = [one for one in period(**TERM_2) if one.class_letter not in "AZ"]
    assert findings("CLS003", *period(), *rows) == ["CLS003 分类统计账!C24"]
    assert sentences("CLS003", *rows) == ["2026年2月23日起的这一期，缺这些类：A、Z。"]


def test_a_class_missing_because_another_stands_twice_is_told_once() -> None:
    rows = [one._replace(class_letter="K") if one.class_letter == "J" else one for one in period()]
    assert found_by(ALL_CODES, *rows) == ["CLS002 分类统计账!C12"]


def test_a_class_whose_line_could_not_be_read_is_not_missing() -> None:
    books = library(*period()[:-1])
    incomplete = with_incomplete(books, ClassificationRow, class_letter="Z", **TERM_1)
    assert report("CLS003", incomplete).findings == ()
    assert report("CLS003", with_incomplete(books, ClassificationRow, class_letter="Z", **TERM_2)).findings


def test_a_period_that_ends_before_it_starts_is_found_once_and_not_summed_up() -> None:
    backwards = {"starts_on": date(2026, 9, 1), "ends_on": date(2026, 1, 23)}
    rows = period(line(added=1, **backwards), **backwards)
    assert findings("CLS101", *rows) == ["CLS101 分类统计账!B2"]
    assert found_by(SUMS, *rows, batch(), copy()) == []
    one_day = {"starts_on": date(2026, 9, 1), "ends_on": date(2026, 9, 1)}
    assert findings("CLS101", *period(**one_day)) == []


@pytest.mark.parametrize(
    ("slip", "letter"), [({"starts_on": date(2025, 9, 2)}, "A"), ({"ends_on": date(2026, 1, 24)}, "B")]
)
def test_one_line_with_a_date_of_its_own_is_found_and_nothing_else(slip: dict[str, date], letter: str) -> None:
    rows = period(line("I", added=1, **(TERM_1 | slip)))
    place = 2 + CLASS_LETTERS.index("I")
    assert found_by(ALL_CODES, *rows, batch(), copy()) == [f"CLS102 分类统计账!{letter}{place}"]


def test_periods_that_overlap_are_found_and_a_shared_day_is_not() -> None:
    later = {"starts_on": date(2026, 1, 22), "ends_on": date(2026, 7, 3)}
    assert findings("CLS103", *period(), *period(**later)) == ["CLS103 分类统计账!A24"]
    assert sentences("CLS103", *period(), *period(**later)) == [
        "这一期从 2026年1月22日 起，前一期到 2026年1月23日 才止，重叠了 2 天。"
    ]
    same_day = {"starts_on": date(2026, 1, 23), "ends_on": date(2026, 7, 3)}
    assert findings("CLS103", *period(), *period(**same_day)) == []
    assert findings("CLS203", *period(line(added=1)), *period(**same_day)) == ["CLS203 分类统计账!E32"]
    calendar_year = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
    year_before = {"starts_on": date(2025, 1, 1), "ends_on": date(2025, 12, 31)}
    assert findings("CLS103", *period(), *period(**year_before), *period(**calendar_year)) == []


def test_two_terms_and_their_year_may_stand_side_by_side() -> None:
    rows = [
        *period(line(added=1)),
        *period(line(opening=1, added=1, **TERM_2), **TERM_2),
        *period(line(added=2, **YEAR), **YEAR),
    ]
    spring = batch("2026-002", registered_on=date(2026, 3, 2))
    assert found_by(ALL_CODES, *rows, batch(), spring, copy(1), copy(2, batch_no="2026-002")) == []


def test_a_line_that_does_not_add_up_is_found_at_its_closing() -> None:
    wrong = line(opening=3, added=2, removed=1, closing_copies=5, closing_value=Decimal("100.10"))
    assert findings("CLS201", wrong) == ["CLS201 分类统计账!K2"]
    assert findings("CLS202", wrong) == ["CLS202 分类统计账!L2"]
    assert findings("CLS201", line(opening=3, added=2, removed=1)) == []


def test_an_opening_that_is_not_the_previous_closing_is_found() -> None:
    earlier, later = line(added=2), line(opening=3, **TERM_2)
    assert findings("CLS203", earlier, later) == ["CLS203 分类统计账!E3"]
    assert findings("CLS204", later, earlier) == ["CLS204 分类统计账!F2"]
    assert found_by(("CLS203", "CLS204"), earlier, line(opening=2, **TERM_2)) == []


def test_an_opening_is_not_judged_by_a_line_that_is_wrong_itself() -> None:
    earlier = line(added=2, closing_copies=3, closing_value=75 * PRICE)
    assert found_by(("CLS203", "CLS204"), earlier, line(opening=2, **TERM_2)) == []


def test_the_first_period_has_no_previous_closing() -> None:
    assert found_by(("CLS203", "CLS204"), line(opening=7)) == []


def test_additions_are_counted_by_the_day_of_their_batch() -> None:
    late = copy(1, accessioned_on=date(2026, 2, 27))
    assert found_by(SUMS, line(added=1), batch(registered_on=date(2026, 1, 23)), late) == []
    assert findings("CLS205", line(added=1), batch(registered_on=date(2026, 1, 24)), late) == ["CLS205 分类统计账!G2"]


def test_opening_stock_is_no_addition() -> None:
    assert found_by(SUMS, line(opening=1), batch(flow=Flow.OPENING), copy()) == []
    assert findings("CLS205", line(added=1), batch(flow=Flow.OPENING), copy()) == ["CLS205 分类统计账!G2"]


def test_a_copy_written_off_on_the_last_day_has_gone() -> None:
    gone = [batch("2026-001", registered_on=date(2026, 1, 23), flow=Flow.OUT)]
    gone += written_off(1, date(2026, 1, 23))
    assert found_by(SUMS, line(added=1, removed=1), batch(), *gone) == []
    assert found_by(("CLS207", "CLS209"), line(added=1), batch(), *gone) == [
        "CLS207 分类统计账!I2",
        "CLS209 分类统计账!K2",
    ]


def test_withdrawals_are_counted_by_the_day_of_their_batch_whatever_the_copy_says() -> None:
    gone = batch("2026-001", registered_on=date(2026, 1, 24), flow=Flow.OUT)
    assert found_by(SUMS, line(added=1), batch(), gone, *written_off(1, date(2026, 1, 16))) == []


def test_a_copy_only_one_of_the_two_ledgers_has_written_off_counts_as_gone() -> None:
    marked, entry = written_off(1, date(2026, 1, 16))
    for one_sided in ([marked], [copy(), entry]):
        assert found_by(SUMS, line(added=1, removed=1), batch(), *one_sided) == []


def test_what_moved_in_the_holidays_belongs_to_the_period_after_them() -> None:
    holiday = batch("2026-001", registered_on=date(2026, 2, 10))
    rows = [line(), line(added=1, **TERM_2), holiday, copy(1, batch_no="2026-001")]
    assert found_by((*SUMS, "CLS203"), *rows) == []


def test_periods_of_older_books_are_compared_among_themselves_alone() -> None:
    before = {"starts_on": date(2025, 2, 24), "ends_on": date(2025, 7, 4)}
    older = period(line(opening=6, added=1, **before), **before)
    opened = batch(copies=7, flow=Flow.OPENING)
    copies = [copy(number) for number in range(1, 8)]
    assert found_by(ALL_CODES, *older, *period(line(opening=7)), opened, *copies) == []
    assert found_by(ALL_CODES, *older, *period(line(opening=8)), opened, *copies) == [
        "CLS203 分类统计账!E32",
        "CLS204 分类统计账!F32",
        "CLS209 分类统计账!K32",
        "CLS210 分类统计账!L32",
        "CLS211 分类统计账!K45",
        "CLS212 分类统计账!L45",
    ]


def test_a_class_with_an_unreadable_copy_is_not_summed_up() -> None:
    books = library(line("I", added=2), line("K", added=2), batch(), copy(1))
    incomplete = with_incomplete(books, AccessionRow, class_no="I247", batch_no="2025-001")
    assert flat(incomplete, report("CLS205", incomplete).findings) == ["CLS205 分类统计账!G3"]
    nameless = with_incomplete(books, AccessionRow, class_no=None)
    assert report("CLS205", nameless).findings == ()


def test_an_unreadable_withdrawal_bears_on_what_went_and_is_left_but_not_on_what_came() -> None:
    wrong = line("I", added=2, removed_copies=1, closing_copies=9)
    incomplete = with_incomplete(library(wrong, batch(), copy(1)), WithdrawalRow, class_no="I247")
    assert flat(incomplete, report("CLS205", incomplete).findings) == ["CLS205 分类统计账!G2"]
    assert [report(code, incomplete).findings for code in ("CLS207", "CLS209")] == [(), ()]


def test_a_class_with_a_copy_of_an_unreadable_batch_is_not_summed_up() -> None:
    books = library(line("I", added=2), line("K", added=2), copy(1), copy(2, class_no="K825"))
    incomplete = with_incomplete(books, SummaryRow, batch_no="2025-001")
    assert report("CLS205", incomplete).findings == ()
    assert len(report("CLS205", books).findings) == 2


def test_a_class_with_an_unreadable_date_of_withdrawal_is_not_summed_up() -> None:
    one = copy(1)
    books = library(line("I", added=2), batch(), one)
    unread = with_unreadable(books, one, "withdrawn_on")
    assert report("CLS209", unread).findings == ()
    assert len(report("CLS209", books).findings) == len(report("CLS205", unread).findings) == 1


def test_the_total_is_the_balance_of_the_summary_on_the_last_day() -> None:
    rows = period(line("I", opening=5, removed=2))
    batches = [
        batch(copies=5, flow=Flow.OPENING),
        batch("2026-001", 2, registered_on=date(2026, 1, 23), flow=Flow.OUT),
        batch("2026-002", 9, registered_on=date(2026, 1, 24)),
    ]
    assert found_by(TOTALS, *rows, *batches) == []
    early = [batches[0], batches[1], replace_day(batches[2], date(2026, 1, 23))]
    assert found_by(TOTALS, *rows, *early) == ["CLS211 分类统计账!K23", "CLS212 分类统计账!L23"]


def test_copies_without_a_class_are_in_the_stock_and_in_none_of_the_22() -> None:
    rows = [*period(line(added=1)), batch(copies=2), copy(1)]
    assert found_by(TOTALS, *rows, copy(2, class_no="")) == []
    assert found_by(TOTALS, *rows, copy(2)) == ["CLS211 分类统计账!K23", "CLS212 分类统计账!L23"]


def replace_day(one: Any, day: date) -> Any:
    return one._replace(registered_on=day)


def test_no_total_is_made_of_an_incomplete_period_or_of_lines_that_do_not_add_up() -> None:
    assert found_by(TOTALS, *period(line(added=2))[:-1], batch()) == []
    wrong = line(added=2, closing_copies=3, closing_value=3 * PRICE)
    assert found_by(TOTALS, *period(wrong), batch()) == []
    unread = with_incomplete(library(*period(line(added=2)), batch()), SummaryRow, batch_no="2025-002")
    assert report("CLS211", unread).findings == ()


def test_a_line_of_unknown_dates_keeps_its_period_from_being_totalled() -> None:
    books = library(*period(line(added=2)), batch())
    assert len(report("CLS211", books).findings) == 1
    assert report("CLS211", with_incomplete(books, ClassificationRow, class_letter="Z")).findings == ()


def test_what_is_named_in_brackets_comes_to_just_the_difference() -> None:
    prices = {1: "25.00", 2: "31.00", 3: "8.00"}
    arrivals = [copy(one, price=Decimal(prices[one]), batch_no=f"2025-00{1 + one // 3}") for one in prices]
    books = (batch(), batch("2025-002"), *arrivals)
    left_out, other = (line(added=number, added_value=Decimal(value)) for number, value in ((2, "56.00"), (9, "39.00")))
    assert sentences("CLS205", left_out, *books)[0].endswith("分类账少 1 册（2025-002）。")
    assert sentences("CLS206", left_out, *books)[0].endswith("分类账少 8.00 元（2025-002）。")
    assert sentences("CLS205", other, *books)[0].endswith("分类账多 6 册。")
    assert sentences("CLS206", other, *books)[0].endswith("分类账少 25.00 元（000001）。")
    too_high = line(added=5, added_value=Decimal("72.00"))
    assert sentences("CLS205", too_high, *books)[0].endswith("分类账多 2 册。")
    assert sentences("CLS206", too_high, *books)[0].endswith("分类账多 8.00 元。")


def test_a_batch_number_on_two_lines_moves_no_copy_of_the_other_line() -> None:
    """Copies came on the day of their own line, of whichever of the two they are."""
    later = date(2026, 3, 2)
    one, other = batch(), batch(registered_on=later, line=3)
    copies = [row(AccessionRow, line=number, accession_no=f"00000{number}") for number in (2, 3)]
    copies[1] = copies[1]._replace(accessioned_on=later)
    rows = [*period(line(added=1)), *period(line(opening=1, added=1, **TERM_2), **TERM_2)]
    for code in SUMS:
        assert findings(code, one, other, *copies, *rows, as_of=date(2026, 7, 3)) == [], code


@pytest.mark.parametrize(("letter", "name"), [("E", "哲学"), ("J", "文学类"), ("K", "生物"), ("I", "艺术")])
def test_a_class_under_another_ones_name_in_short_is_found(letter: str, name: str) -> None:
    assert len(findings("CLS004", row(ClassificationRow, class_letter=letter, class_name=name))) == 1


@pytest.mark.parametrize(
    ("letter", "name"),
    [("B", "哲学"), ("I", "文学、艺术"), ("N", "自然科学"), ("N", "科学"), ("Q", "生物"), ("C", "社科"), ("K", None)],
)
def test_a_class_under_its_own_name_or_one_nobody_knows_is_silent(letter: str, name: str | None) -> None:
    assert findings("CLS004", row(ClassificationRow, class_letter=letter, class_name=name)) == []
