"""总括登记账 against 个别登记账: each batch and its copies."""

from datetime import date
from decimal import Decimal
from typing import Any

from make import findings, row, sentences
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.ledger_set import EXAMPLE_SCHOOL, LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.parts import laid_as_declared
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.table import IncompleteRow, LedgerTable
from schoollib_xl.ledgers.vocabulary import Flow, Source, SourceOrDestination

SUMS = ("SUM301", "SUM302", "SUM303", "SUM304", "SUM305", "SUM306", "SUM307", "SUM308")


def batch(**changes: Any) -> SummaryRow:
    """A batch of three copies of one title at 25 yuan: 000001 to 000003."""
    usual: dict[str, Any] = {"copies": 3, "list_value": Decimal("75.00"), "last_no": "000003", "I": 3}
    return row(SummaryRow, **(usual | changes))


def copies(*changes: dict[str, Any], count: int = 3) -> list[AccessionRow]:
    """The copies 000001, 000002 … of the batch, the first ones with changes."""
    filled = [*changes, *({} for _ in range(count - len(changes)))]
    return [row(AccessionRow, **({"accession_no": f"{number:06}"} | change)) for number, change in enumerate(filled, 1)]


def codes(*rows: Any) -> list[str]:
    """The checks of this page that find something."""
    return [code for code in SUMS if findings(code, *rows)]


def test_a_batch_that_agrees_with_its_copies_is_silent() -> None:
    assert codes(batch(), *copies()) == []


def test_a_missing_copy_is_found_at_the_copies_and_named() -> None:
    found = batch(), *copies(count=2)
    assert findings("SUM301", *found) == ["SUM301 总括登记账!H2"]
    assert sentences("SUM301", *found) == ["2025-001 总括账 3 册，个别账 2 册，个别账少 1 册（000003）。"]


def test_a_copy_too_many_is_found_and_named() -> None:
    found = batch(), *copies({}, {}, {}, {"accession_no": "000030"})
    assert sentences("SUM301", *found) == ["2025-001 总括账 3 册，个别账 4 册，个别账多 1 册（000030）。"]


def test_a_copy_entered_twice_is_named_as_the_one_too_many() -> None:
    found = batch(), *copies({}, {}, {}, {"accession_no": "000002"})
    assert sentences("SUM301", *found) == ["2025-001 总括账 3 册，个别账 4 册，个别账多 1 册（000002）。"]


def test_without_a_sound_range_nobody_is_named() -> None:
    found = batch(first_no=None, last_no=None), *copies(count=2)
    assert sentences("SUM301", *found) == ["2025-001 总括账 3 册，个别账 2 册，个别账少 1 册。"]


def test_a_batch_without_any_copy_is_one_finding_and_not_four() -> None:
    assert codes(batch()) == ["SUM305"]
    assert findings("SUM305", batch()) == ["SUM305 总括登记账!H2"]
    assert sentences("SUM305", batch()) == ["2025-001 入藏 3 册，个别登记账里一册也没有。"]


def test_a_batch_of_no_copies_needs_none() -> None:
    assert codes(batch(copies=0, list_value=Decimal("0.00"), titles=0, I=None)) == []


def test_withdrawals_are_not_compared_with_the_copies_that_came() -> None:
    assert codes(batch(flow=Flow.OUT, source=SourceOrDestination.WEEDED)) == []


def test_opening_stock_is_counted_like_a_batch() -> None:
    opening = batch(flow=Flow.OPENING, registered_on=date(2025, 9, 1))
    assert codes(opening, *copies({"accessioned_on": date(2019, 3, 1), "source": Source.DONATION})) == []
    assert findings("SUM301", opening, *copies(count=2)) == ["SUM301 总括登记账!H2"]


def test_opening_stock_that_is_not_in_the_accession_register_is_one_finding() -> None:
    assert codes(batch(flow=Flow.OPENING)) == ["SUM301"]


def test_what_was_written_off_before_the_books_opened_is_not_opening_stock() -> None:
    opening = batch(flow=Flow.OPENING, registered_on=date(2025, 9, 1))
    before, on_the_day = {"withdrawn_on": date(2025, 8, 31)}, {"withdrawn_on": date(2025, 9, 1)}
    assert codes(opening, *copies({}, {}, {}, before)) == []
    assert codes(opening, *copies(on_the_day)) == []


def test_a_batch_number_used_twice_is_not_compared() -> None:
    assert codes(batch(), batch(copies=5), *copies()) == []


def test_a_batch_with_a_copy_line_that_lacks_a_value_is_not_summed() -> None:
    incomplete = IncompleteRow(4, {"accession_no": "000003", "batch_no": "2025-001"})
    table: LedgerTable[AccessionRow] = LedgerTable(
        SHEETS[AccessionRow], copies(count=2), [incomplete], parts=[laid_as_declared(SHEETS[AccessionRow])]
    )
    batches = LedgerSet.of(batch()).library()[SummaryRow]
    books = Library([batches, table], EXAMPLE_SCHOOL, date(2026, 1, 23))
    assert run(books, [ALL[code] for code in SUMS]).findings == ()


def test_prices_are_compared_to_the_cent() -> None:
    found = batch(), *copies({"price": Decimal("24.99")})
    assert findings("SUM302", *found) == ["SUM302 总括登记账!I2"]
    assert sentences("SUM302", *found) == [
        "2025-001 总括账码洋 75.00元，个别账单价合计 74.99元，个别账少 0.01 元（000001）。"
    ]


def test_the_missing_copies_explain_the_missing_money() -> None:
    found = batch(), *copies(count=2)
    assert sentences("SUM302", *found) == [
        "2025-001 总括账码洋 75.00元，个别账单价合计 50.00元，个别账少 25.00 元（000003）。"
    ]


def test_nobody_is_named_where_several_copies_could_explain_the_money() -> None:
    found = batch(), *copies({"price": Decimal("52.00")}, {"price": Decimal("52.00")})
    assert sentences("SUM302", *found) == ["2025-001 总括账码洋 75.00元，个别账单价合计 129.00元，个别账多 54.00 元。"]


def test_titles_are_counted_anew() -> None:
    found = batch(), *copies({"title": "呼兰河传", "author": "萧红"})
    assert findings("SUM303", *found) == ["SUM303 总括登记账!G2"]
    assert sentences("SUM303", *found) == ["2025-001 总括账 1 种，个别账数出来 2 种，个别账多 1 种。"]


def test_another_edition_is_another_title() -> None:
    assert findings("SUM303", batch(titles=2), *copies({"edition": "2"})) == []


def test_blanks_and_dashes_do_not_make_another_title() -> None:
    assert findings("SUM303", batch(), *copies({"title": "城南 旧事"}, {"isbn": "978-7-02-002475-9"})) == []


def test_blank_cells_of_a_title_are_equal() -> None:
    blank = {"author": None, "isbn": None}
    assert findings("SUM303", batch(), *copies(blank, blank, blank)) == []


def test_blank_titles_of_a_batch_have_nothing_to_compare() -> None:
    assert findings("SUM303", batch(titles=None), *copies({"edition": "2"})) == []


def test_a_class_is_found_at_its_own_column() -> None:
    found = batch(I=2, K=1), *copies()
    assert findings("SUM304", *found) == ["SUM304 总括登记账!S2", "SUM304 总括登记账!U2"]
    assert sentences("SUM304", *found) == [
        "2025-001 的 I 类总括账 2 册，个别账 3 册，个别账多 1 册。",
        "2025-001 的 K 类总括账 1 册，个别账 0 册，个别账少 1 册。",
    ]


def test_copies_of_a_class_that_should_have_none_are_named() -> None:
    assert sentences("SUM304", batch(I=2), *copies({"class_no": "K825.6"}))[-1] == (
        "2025-001 的 K 类总括账 0 册，个别账 1 册，个别账多 1 册（000001）。"
    )


def test_blank_classes_have_nothing_to_compare() -> None:
    assert findings("SUM304", batch(I=None), *copies()) == []


def test_classes_are_not_compared_where_a_copy_has_an_unknown_class() -> None:
    assert findings("SUM304", batch(), *copies({"class_no": "W246.5"})) == []


def test_lower_case_class_numbers_count_for_their_class() -> None:
    assert findings("SUM304", batch(), *copies({"class_no": "i246.5"})) == []


def test_a_source_that_all_copies_contradict_is_found_at_the_batch() -> None:
    given = {"source": Source.DONATION}
    found = batch(), *copies(given, given, given)
    assert findings("SUM306", *found) == ["SUM306 总括登记账!D2"]
    assert sentences("SUM306", *found) == ["2025-001 的来源是购入，个别账这一批 3 册写的都是捐赠。"]
    assert findings("ACC304", *found) == []


def test_a_date_later_than_all_copies_is_found_at_the_batch() -> None:
    found = batch(registered_on=date(2025, 9, 2)), *copies()
    assert findings("SUM307", *found) == ["SUM307 总括登记账!A2"]
    assert sentences("SUM307", *found) == [
        "2025-001 登记在 2025年9月2日，个别账这一批 3 册都登记得更早，第一册在 2025年9月1日。"
    ]
    assert findings("ACC101", *found) == []


def test_a_range_without_any_of_the_copies_is_found_at_the_batch() -> None:
    found = batch(first_no="000011", last_no="000013"), *copies()
    assert findings("SUM308", *found) == ["SUM308 总括登记账!AG2"]
    assert sentences("SUM308", *found) == ["2025-001 的号段是 000011 到 000013，个别账这一批 3 册的号都不在里面。"]
    assert findings("ACC303", *found) == []


def test_opening_stock_is_exempt_from_range_date_and_source() -> None:
    opening = batch(flow=Flow.OPENING, source=SourceOrDestination.OTHER, first_no="000100", last_no="000102")
    old = {"accessioned_on": date(2015, 9, 1)}
    assert codes(opening, *copies(old, old, old)) == []
