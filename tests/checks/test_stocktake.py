"""盘点记录 against the books: missing, surplus, lent, lost, misplaced, damaged; its cards; 修补登记."""

from datetime import date, timedelta
from typing import Any

import pytest

from make import findings, library, report, row, sentences, with_incomplete
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.inspection import ReviewRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow, StocktakeScopeRow
from schoollib_xl.ledgers.supporting.vocabulary import Presence, ReviewOutcome
from schoollib_xl.ledgers.vocabulary import Condition, Flow, Incident, LoanMode, LoanOutcome
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.wording.checking.findings import message_of

DAY = date(2026, 1, 20)
BEFORE = date(2026, 1, 19)
AFTER = date(2026, 1, 21)


def copy(number: int = 1, **changes: Any) -> AccessionRow:
    """A copy of the stacks, by its number."""
    return row(AccessionRow, **({"accession_no": f"{number:06}"} | changes))


def scan(number: int = 1, **changes: Any) -> StocktakeRow:
    """A copy seen in the stacks on 20 January."""
    return row(StocktakeRow, **({"accession_no": f"{number:06}"} | changes))


def loan(number: int = 1, **changes: Any) -> LoanRow:
    """A loan since September, still out."""
    return row(LoanRow, **({"accession_no": f"{number:06}"} | changes))


def closed(scope: str = "书库", **changes: Any) -> StocktakeScopeRow:
    """A part of the shelves that was gone through to the end in January."""
    days = {"starts_on": date(2026, 1, 12), "ends_on": DAY}
    return row(StocktakeScopeRow, **({"scope": scope} | days | changes))


def severities(code: str, *rows: Any) -> list[str]:
    return [one.severity.value for one in report(code, library(*rows)).findings]


def missing(*rows: Any) -> list[str]:
    """What is missing where the stacks were gone through, copy 1 was seen and copy 2 was not."""
    return findings("STK201", copy(1), scan(1), closed(), *rows)


def test_every_copy_seen_is_silent() -> None:
    assert missing(copy(2), scan(2)) == []


def test_a_copy_nobody_saw_is_found_in_the_accession_register() -> None:
    assert missing(copy(2)) == ["STK201 个别登记账!A3"]
    assert sentences("STK201", copy(1), copy(2), scan(1), closed()) == [
        "《城南旧事》（000002）账上在架，2026年1月20日 的盘点没有看到。"
    ]
    assert severities("STK201", copy(1), copy(2), scan(1), closed()) == ["error"]
    aside = copy(2, remarks="已下架，待报废")
    assert severities("STK201", copy(1), aside, scan(1), closed()) == ["hint"]
    assert sentences("STK201", copy(1), aside, scan(1), closed())[0].endswith(
        "备注写着“已下架，待报废”，报批了就登注销。"
    )


def test_a_copy_is_missing_only_where_its_place_was_gone_through() -> None:
    assert missing(copy(2, location="阅览室")) == []
    room = copy(2, location="阅览室"), copy(3, location="阅览室"), scan(3, place="阅览室")
    assert missing(*room, closed("阅览室")) == ["STK201 个别登记账!A3"]
    assert missing(*room) == []


def test_a_place_is_that_of_the_copy_where_the_scan_does_not_say() -> None:
    room = copy(2, location="阅览室"), copy(3, location="阅览室"), scan(3, place=None)
    assert missing(*room, closed("阅览室")) == ["STK201 个别登记账!A3"]


@pytest.mark.parametrize("mode", [LoanMode.PERSONAL, LoanMode.CLASS])
def test_a_copy_lent_or_in_a_class_corner_is_not_expected(mode: LoanMode) -> None:
    assert missing(copy(2), loan(2, mode=mode)) == []
    assert missing(copy(2), loan(2, mode=mode, lent_on=DAY)) == []


def test_a_copy_returned_before_the_stocktake_is_expected() -> None:
    back = {"returned_on": BEFORE, "outcome": LoanOutcome.RETURNED}
    assert missing(copy(2), loan(2, **back)) == ["STK201 个别登记账!A3"]


def test_a_copy_under_repair_is_not_expected() -> None:
    assert missing(copy(2), row(RepairRow, accession_no="000002")) == []
    mended = row(RepairRow, accession_no="000002", reshelved_on=BEFORE)
    assert missing(copy(2), mended) == ["STK201 个别登记账!A3"]


def test_a_lost_copy_not_yet_written_off_is_not_expected() -> None:
    assert missing(copy(2), loan(2, returned_on=date(2025, 9, 20), outcome=LoanOutcome.LOST)) == []
    assert missing(copy(2), row(CompensationRow, accession_no="000002")) == []


def test_a_lost_copy_that_came_to_light_is_expected_again() -> None:
    refunded = row(CompensationRow, accession_no="000002", refunded_on=date(2025, 11, 3))
    assert missing(copy(2), refunded) == ["STK201 个别登记账!A3"]
    lost = loan(2, returned_on=date(2025, 9, 20), outcome=LoanOutcome.LOST)
    again = {"lent_on": date(2025, 10, 13), "returned_on": date(2025, 10, 20), "outcome": LoanOutcome.RETURNED}
    assert missing(copy(2), lost, loan(2, **again)) == ["STK201 个别登记账!A3"]


def test_a_copy_not_in_force_on_the_last_day_is_not_expected() -> None:
    assert missing(copy(2, accessioned_on=AFTER)) == []
    assert missing(copy(2, withdrawn_on=DAY)) == []
    assert missing(copy(2), row(WithdrawalRow, accession_no="000002", withdrawn_on=DAY)) == []


def test_a_missing_copy_written_off_later_has_been_dealt_with() -> None:
    assert missing(copy(2, withdrawn_on=AFTER)) == []


def test_a_missing_copy_seen_later_has_been_found_and_one_lent_later_is_only_a_hint() -> None:
    later = scan(2, counted_on=date(2026, 2, 24))
    assert missing(copy(2), later) == []
    assert severities("STK201", copy(1), copy(2), scan(1), closed(), loan(2, lent_on=AFTER)) == ["hint"]


def test_a_place_whose_copies_were_all_seen_under_another_is_no_place_without_scans() -> None:
    room = copy(2, location="阅览室"), copy(1), closed("阅览室"), closed()
    assert findings("STK308", *room, scan(1), scan(2)) == []
    assert len(findings("STK308", *room, scan(1))) == 1


def test_a_copy_missing_in_two_stocktakes_is_told_once() -> None:
    june = closed(starts_on=date(2026, 6, 29), ends_on=date(2026, 6, 30))
    rows = copy(1), copy(2), scan(1), closed(), scan(1, counted_on=date(2026, 6, 30)), june
    books = {"as_of": date(2026, 7, 3)}
    assert findings("STK201", *rows, **books) == ["STK201 个别登记账!A3"]
    assert sentences("STK201", *rows, **books) == ["《城南旧事》（000002）账上在架，2026年6月30日 的盘点没有看到。"]
    seen = scan(2, counted_on=date(2025, 9, 11))
    (sentence,) = sentences("STK201", *rows, copy(3), scan(3), seen, scan(3, counted_on=date(2026, 6, 30)), **books)
    assert sentence.endswith("的盘点没有看到，2025年9月11日 还看到过。")


def test_while_she_is_still_counting_a_copy_not_yet_seen_is_only_a_hint() -> None:
    rows = [copy(number) for number in range(1, 11)] + [scan(number) for number in range(1, 10)]
    assert severities("STK201", *rows, closed(ends_on=None)) == ["hint"]
    assert severities("STK201", *rows) == ["error"]


def test_copies_that_came_back_during_the_stocktake_are_one_hint() -> None:
    rows = copy(1), scan(1, counted_on=date(2026, 1, 12)), copy(4), scan(4), closed(), copy(2), copy(3)
    back = [loan(n, returned_on=date(2026, 1, 15), outcome=LoanOutcome.RETURNED) for n in (2, 3)]
    assert findings("STK201", *rows, *back) == []
    assert findings("STK202", *rows, *back) == ["STK202 个别登记账!A4"]
    assert sentences("STK202", *rows, *back) == [
        "书库有 2 册在 2026年1月12日 到 2026年1月20日 的盘点前后才上架，没有看到（000002、000003）。"
    ]


@pytest.mark.parametrize(("days", "flow", "is_missing"), [(2, "IN", False), (3, "IN", True), (2, "OPENING", True)])
def test_a_new_copy_may_still_lie_where_it_is_catalogued(days: int, flow: str, is_missing: bool) -> None:
    batch = row(SummaryRow, flow=Flow[flow])
    new = copy(2, accessioned_on=DAY - timedelta(days=days), batch_no=batch.batch_no)
    assert bool(missing(new, batch)) is is_missing
    assert bool(findings("STK202", copy(1), scan(1), closed(), new, batch)) is not is_missing


def test_a_copy_on_a_line_nobody_could_read_is_not_missing() -> None:
    books = with_incomplete(library(copy(1), copy(2), scan(1), closed()), LoanRow, accession_no="000002")
    assert report("STK201", books).findings == ()


def test_a_copy_that_its_remarks_have_elsewhere_is_a_hint() -> None:
    def told(remarks: str) -> list[str]:
        return severities("STK201", copy(1), copy(2, remarks=remarks), scan(1), closed())

    assert told("2025年11月送修") == told("在三（1）班图书角") == told("图书漂流中") == ["hint"]
    assert told("送修后已归架") == told("封面旧") == ["error"]
    away = copy(1), copy(2, remarks="送修"), scan(1), closed()
    assert sentences("STK201", *away)[0].endswith("；备注写着“送修”，在那里就补记借阅或修补登记。")


@pytest.mark.parametrize(
    ("remarks", "ledger"),
    [
        ("送修", "修补登记"),
        ("2025年11月送修", "修补登记"),
        ("正在修补中", "修补登记"),
        ("放在三（1）班图书角", "借阅登记账"),
        ("三（1）班保管", "借阅登记账"),
    ],
)
def test_a_copy_that_is_elsewhere_by_its_remarks_alone_is_pointed_out(remarks: str, ledger: str) -> None:
    kept = row(RepairRow, accession_no="000009"), loan(9, mode=LoanMode.CLASS)
    away = copy(1, remarks=remarks)
    assert sentences("ACC313", away, *kept) == [f"000001 的备注写着“{remarks}”，{ledger}里没有它。"]
    assert severities("ACC313", away, *kept) == ["hint"]
    # The school keeps no such book; the copy stands in it; it is written off; its line there has no number.
    assert findings("ACC313", away) == []
    assert findings("ACC313", away, *(one._replace(accession_no="000001") for one in kept)) == []
    assert findings("ACC313", away._replace(withdrawn_on=DAY, withdrawal_no="2026-001"), *kept) == []
    books = with_incomplete(with_incomplete(library(away, *kept), RepairRow), LoanRow)
    assert report("ACC313", books).findings == ()


@pytest.mark.parametrize("remarks", ["送修后归架", "需送修", "曾修补", "图书角捐赠", "封面已修补好"])
def test_remarks_that_do_not_say_where_a_copy_is_are_silent(remarks: str) -> None:
    kept = row(RepairRow, accession_no="000009"), loan(9, mode=LoanMode.CLASS)
    assert findings("ACC313", copy(1, remarks=remarks), *kept) == []


def test_a_review_that_keeps_a_copy_written_off_before_is_pointed_out() -> None:
    gone = copy(1, withdrawn_on=date(2025, 12, 12), withdrawal_no="2025-002")
    review = row(ReviewRow, scope="000001", reviewed_on=DAY, outcome=ReviewOutcome.PASSED)
    (said,) = sentences("RVW306", gone, review)
    assert said == "000001 在 2025年12月12日 就注销了，2026年1月20日 的审查还定为通过。"
    assert findings("RVW306", gone, review._replace(outcome=ReviewOutcome.REMOVE)) == []
    assert findings("RVW306", gone, review._replace(reviewed_on=date(2025, 12, 12))) == []
    assert findings("RVW306", gone, review._replace(scope="全部")) == []


def test_a_row_without_a_number_may_be_the_copy_nobody_saw() -> None:
    rows = library(copy(1), copy(2), copy(3), scan(1), closed())
    one = with_incomplete(rows, StocktakeRow, counted_on=DAY, place="书库")
    assert [finding.severity.value for finding in report("STK201", one).findings] == ["warning", "warning"]
    only = with_incomplete(library(copy(1), copy(2), scan(1), closed()), StocktakeRow, counted_on=DAY, place="书库")
    (finding,) = report("STK201", only).findings
    assert finding.severity.value == "hint"
    assert message_of(only, finding).message.endswith("没有看到；有 1 行没有写登记号，可能就是它。")


def test_a_loan_without_a_number_may_be_of_its_own_title_only() -> None:
    rows = library(copy(1), copy(2), copy(3, title="昆虫记"), scan(1), closed())
    lent = with_incomplete(rows, LoanRow, title="昆虫记")
    assert [one.severity.value for one in report("STK201", lent).findings] == ["error", "warning"]


def test_a_loan_without_a_number_is_not_of_a_copy_known_of_since() -> None:
    back = loan(2, lent_on=date(2025, 9, 11), returned_on=date(2025, 9, 25), outcome=LoanOutcome.RETURNED)
    rows = library(copy(1), copy(2), copy(3), scan(1), closed(), back)
    lent = with_incomplete(rows, LoanRow, lent_on=date(2025, 9, 10))
    assert [one.severity.value for one in report("STK201", lent).findings] == ["error", "warning"]


def test_a_row_without_a_day_has_seen_its_copy_all_the_same() -> None:
    rows = with_incomplete(library(copy(1), copy(2), scan(1), closed()), StocktakeRow, accession_no="000002")
    assert report("STK201", rows).findings == ()


def test_a_copy_scanned_once_in_each_stocktake_is_silent() -> None:
    assert findings("STK001", copy(), scan(), scan(counted_on=date(2026, 6, 30)), as_of=date(2026, 7, 3)) == []


def test_scans_are_one_stocktake_while_no_more_than_thirty_one_days_lie_between_two() -> None:
    books = {"as_of": date(2026, 7, 3)}
    assert findings("STK001", scan(), scan(counted_on=date(2026, 2, 20)), **books) == ["STK001 盘点记录!B3"]
    assert findings("STK001", scan(), scan(counted_on=date(2026, 2, 21)), **books) == []
    between = scan(2, counted_on=date(2026, 2, 10))
    assert findings("STK001", scan(), between, scan(counted_on=date(2026, 2, 21)), **books) == ["STK001 盘点记录!B4"]


def test_a_double_is_a_doubt_on_one_day_a_hint_on_another_and_nothing_in_a_second_round() -> None:
    assert severities("STK001", scan(), scan()) == ["warning"]
    later = date(2026, 1, 23)
    assert severities("STK001", scan(), scan(counted_on=later)) == ["hint"]
    both = scan(), scan(2)
    assert findings("STK001", *both, *(one._replace(counted_on=later) for one in both)) == []


def test_a_copy_scanned_again_is_one_finding_at_the_second_scan() -> None:
    assert findings("STK001", scan(), scan(), scan()) == ["STK001 盘点记录!B3"]
    assert sentences("STK001", scan(), scan(), scan()) == ["000001 这次盘点记了 3 回，前面已经记过。"]


def test_a_copy_registered_while_the_stocktake_lasted_is_in_order() -> None:
    late = copy(accessioned_on=date(2026, 1, 15))
    assert findings("STK101", late, scan(counted_on=date(2026, 1, 12)), copy(2), scan(2)) == []


def test_a_copy_registered_after_the_stocktake_is_found_at_its_scan() -> None:
    rows = copy(accessioned_on=AFTER), scan()
    assert findings("STK101", *rows) == ["STK101 盘点记录!A2"]
    assert sentences("STK101", *rows) == ["000001 在 2026年1月20日 盘点时已在架上，可是到 2026年1月21日 才登记。"]
    # A batch that stood on the shelf before it was entered is one matter.
    batch = [one for row in rows for one in (row, row._replace(accession_no="000009", line=9))]
    assert len(findings("STK101", *batch)) == 1


def test_an_unknown_number_is_a_surplus() -> None:
    assert findings("STK301", copy(), scan(), scan(9)) == ["STK301 盘点记录!B3"]
    assert sentences("STK301", copy(), scan(9)) == ["盘点看到 000009，个别登记账里查不到这个号。"]


ISBN = "9787020024759"


def test_the_isbn_of_a_book_in_place_of_its_number_may_be_the_copy_nobody_saw() -> None:
    books = [copy(number, isbn="978-7-02-002475-9" if number < 3 else None) for number in range(1, 5)]
    by_isbn = [scan(1, line=4, accession_no=ISBN), scan(1, line=5, accession_no=ISBN)]
    rows = *books, closed(), scan(3), scan(4, line=3), *by_isbn
    assert findings("STK001", *rows) == []
    assert sentences("STK301", *rows)[0].startswith(f"盘点看到 {ISBN}，个别登记账里查不到这个号，是《")
    assert severities("STK201", *rows) == ["warning", "warning"]
    assert sentences("STK201", *rows)[0].endswith("；盘点记录有 2 行是这种书的 ISBN，可能就是它。")
    other = "9787544270878"
    assert sentences("STK301", *books, scan(1, accession_no=other)) == [f"盘点看到 {other}，个别登记账里查不到这个号。"]


def test_where_the_books_of_a_count_came_only_later_its_day_is_in_doubt() -> None:
    old, new = [copy(number) for number in range(1, 32)], range(41, 60)
    later = [copy(number, accessioned_on=date(2026, 3, 2)) for number in new]
    seen = [scan(number, line=number) for number in (*range(1, 31), *new)]
    assert severities("STK201", *old, *later, closed(), *seen[:30]) == ["error"]
    assert severities("STK201", *old, *later, closed(), *seen) == ["warning"]


def test_a_number_on_a_line_that_could_not_be_read_is_no_surplus() -> None:
    for values in ({"accession_no": "000009"}, {"title": "草房子"}):
        assert report("STK301", with_incomplete(library(copy(), scan(9)), AccessionRow, **values)).findings == ()


def test_a_copy_may_be_counted_and_written_off_on_one_day() -> None:
    assert findings("STK302", copy(withdrawn_on=DAY), scan()) == []


@pytest.mark.parametrize("rows", [(copy(withdrawn_on=BEFORE),), (copy(), row(WithdrawalRow, withdrawn_on=BEFORE))])
def test_a_copy_written_off_and_still_on_the_shelf_is_a_surplus(rows: tuple[Any, ...]) -> None:
    assert findings("STK302", *rows, scan()) == ["STK302 盘点记录!B2"]
    assert sentences("STK302", *rows, scan()) == ["000001 已在 2026年1月19日 注销，2026年1月20日 盘点时还在架上。"]


def test_a_copy_lent_or_returned_on_the_day_it_was_seen_is_in_order() -> None:
    back = {"returned_on": DAY, "outcome": LoanOutcome.RETURNED}
    assert findings("STK303", copy(), loan(lent_on=DAY), loan(**back), scan()) == []


def test_a_copy_seen_while_it_is_lent_is_found() -> None:
    assert findings("STK303", copy(), loan(), scan()) == ["STK303 盘点记录!B2"]
    assert sentences("STK303", copy(), loan(), scan()) == [
        "000001 在 2025年9月8日 借出还没还（J000001），2026年1月20日 盘点时却在架上。"
    ]
    reported_later = loan(returned_on=AFTER, outcome=LoanOutcome.LOST)
    assert findings("STK303", copy(), reported_later, scan()) == ["STK303 盘点记录!B2"]


def test_a_scan_of_another_day_than_its_place_tells_of_no_loan_that_was_back_by_then() -> None:
    back = loan(lent_on=BEFORE, returned_on=AFTER, outcome=LoanOutcome.RETURNED)
    rows = copy(), scan(), back
    assert findings("STK303", *rows, closed()) != []
    later = {"starts_on": AFTER, "ends_on": AFTER}
    assert findings("STK303", *rows, closed(**later)) == []
    assert findings("STK303", *rows, closed("阅览室", **later)) != []


@pytest.mark.parametrize(("place", "found"), [("三（1）班", False), (None, False), ("书库", True)])
def test_a_class_corner_may_be_counted_where_it_stands(place: str | None, found: bool) -> None:
    assert bool(findings("STK303", copy(), loan(mode=LoanMode.CLASS), scan(place=place))) is found


def test_a_lost_copy_seen_on_the_shelf_is_found_until_it_is_refunded_or_written_off() -> None:
    lost = row(CompensationRow)
    assert findings("STK304", copy(), lost, scan()) == ["STK304 盘点记录!B2"]
    assert sentences("STK304", copy(), lost, scan()) == [
        "000001 在 2025年10月15日 报失，2026年1月20日 盘点时却在架上。"
    ]
    assert findings("STK304", copy(), lost._replace(refunded_on=AFTER), scan()) == []
    assert findings("STK304", copy(), lost, scan(), loan(lent_on=AFTER)) == []
    assert findings("STK304", copy(withdrawn_on=BEFORE), lost, scan()) == []
    assert findings("STK304", copy(), lost._replace(registered_on=DAY), scan()) == []


def test_a_copy_in_another_place_than_its_own_is_found() -> None:
    rows = copy(), copy(2, location="阅览室"), scan(), scan(2)
    assert findings("STK305", *rows) == ["STK305 盘点记录!C3"]
    assert sentences("STK305", *rows) == ["000002 应放在阅览室，盘点时在书库。"]
    # A shelf that was moved whole, or is called otherwise now.
    shelf = [one for number in range(2, 14) for one in (copy(number, location="阅览室"), scan(number))]
    (sentence,) = sentences("STK305", copy(), scan(), *shelf)
    assert sentence == "000002 应放在阅览室，盘点时在书库，这一栏还有 11 格也是这样。"


@pytest.mark.parametrize("place", ["书库", "书库A3架", None])
def test_a_place_may_be_blank_or_a_shelf_of_the_right_room(place: str | None) -> None:
    assert findings("STK305", copy(), copy(2), scan(place=place), scan(2)) == []


def test_a_copy_that_is_shown_for_some_weeks_is_not_out_of_its_place() -> None:
    stand, room = scan(2, place="新书展台"), copy(2, location="阅览室")
    assert findings("STK305", copy(), scan(), room, stand) == []
    assert findings("STK305", copy(), scan(), room, scan(2, place="图书漂流架")) == []
    assert findings("STK305", copy(), scan(), room, scan(2, remarks="展出")) == []
    # A stand that some copies belong to is a place like others.
    assert findings("STK305", copy(), scan(), copy(3, location="新书展台"), room, stand) != []


def test_shelf_numbers_tell_nothing_about_places() -> None:
    assert findings("STK305", copy(), scan(place="A3")) == []
    assert findings("STK305", copy(), scan(place="A3"), copy(2), scan(2)) == ["STK305 盘点记录!C2"]


def test_only_the_last_place_of_a_copy_counts_and_a_lent_one_has_none() -> None:
    room = copy(2, location="阅览室")
    assert findings("STK305", room, scan(2), scan(2, counted_on=date(2026, 6, 30), place="阅览室")) == []
    assert findings("STK305", copy(), scan(), room, scan(2), loan(2)) == []


@pytest.mark.parametrize("condition", [Condition.DAMAGED, Condition.AWAITING_REPAIR])
def test_a_damaged_copy_left_as_it_is_is_a_hint(condition: Condition) -> None:
    damaged = scan(condition=condition)
    assert findings("STK901", copy(), damaged) == ["STK901 盘点记录!D2"]
    assert severities("STK901", copy(), damaged) == ["hint"]
    assert sentences("STK901", copy(), damaged) == [f"000001 盘点时{condition}，之后没有送修，也没有注销。"]


def test_a_damaged_copy_that_is_mended_or_written_off_is_silent() -> None:
    damaged = scan(condition=Condition.DAMAGED)
    assert findings("STK901", copy(), damaged, row(RepairRow, sent_on=AFTER)) == []
    assert findings("STK901", copy(), damaged, row(RepairRow, reshelved_on=DAY)) == []
    assert findings("STK901", copy(withdrawn_on=AFTER), damaged) == []
    assert findings("STK901", copy(), damaged, scan(counted_on=date(2026, 6, 30))) == []
    assert findings("STK901", copy(), damaged, row(RepairRow, reshelved_on=BEFORE)) == ["STK901 盘点记录!D2"]


CARDS = {
    "CRD001": ("catalogue_card", "E", "著录卡"),
    "CRD002": ("book_card", "F", "书袋卡"),
    "CRD003": ("label", "G", "书标"),
    "CRD004": ("stamp", "H", "馆藏章"),
}


@pytest.mark.parametrize("code", CARDS)
def test_a_copy_lacks_none_of_its_four_marks(code: str) -> None:
    field, column, name = CARDS[code]
    absent = scan(**{field: Presence.ABSENT})
    assert findings(code, copy(), scan()) == findings(code, copy(), scan(**{field: None})) == []
    assert findings(code, copy(), absent) == [f"{code} 盘点记录!{column}2"]
    assert sentences(code, copy(), absent) == [f"000001 盘点时没有{name}。"]


def test_a_mark_that_was_made_up_since_and_one_of_a_withdrawn_or_unknown_copy_are_silent() -> None:
    absent = scan(stamp=Presence.ABSENT)
    assert findings("CRD004", copy(), absent, scan(counted_on=date(2026, 6, 30))) == []
    assert findings("CRD004", copy(withdrawn_on=AFTER), absent) == findings("CRD004", absent) == []


def test_a_blank_mark_is_found_once_for_each_copy() -> None:
    rows = copy(), copy(2), scan(), scan(2, label=None, stamp=None)
    assert findings("CRD101", *rows) == ["CRD101 盘点记录!G3"]
    assert sentences("CRD101", *rows) == ["000002 的书标、馆藏章空着，没有写有还是无。"]


def test_a_mark_nobody_ever_recorded_is_one_finding_at_the_header() -> None:
    rows = copy(), copy(2), scan(label=None), scan(2, label=None, stamp=None)
    assert findings("CRD102", *rows) == ["CRD102 盘点记录!G1"]
    assert sentences("CRD102", *rows) == ["盘点记录的“书标”整栏空着，账卡没有核对。"]
    assert findings("CRD101", *rows) == ["CRD101 盘点记录!H3"]
    neither = [one._replace(stamp=None) for one in rows[2:]]
    assert sentences("CRD102", *rows[:2], *neither) == ["盘点记录的“书标”“馆藏章”整栏空着，账卡没有核对。"]
    assert findings("CRD102", copy()) == []


def repair(**changes: Any) -> RepairRow:
    return row(RepairRow, **changes)


def test_a_copy_mended_in_a_day_is_in_order() -> None:
    assert findings("RPR101", repair(), repair(reshelved_on=date(2025, 11, 3))) == []


def test_a_copy_reshelved_before_it_was_sent_is_found() -> None:
    early = repair(reshelved_on=date(2025, 11, 2))
    assert findings("RPR101", early) == ["RPR101 修补登记!E2"]
    assert sentences("RPR101", early) == ["000001 在 2025年11月2日 归架，可是 2025年11月3日 才送修。"]


def test_a_repair_of_an_unknown_copy_is_found() -> None:
    assert findings("RPR301", copy(), repair()) == []
    assert findings("RPR301", copy(2), repair()) == ["RPR301 修补登记!B2"]
    assert sentences("RPR301", copy(2), repair()) == ["修补登记的 000001，个别登记账里查不到。"]
    assert (
        report("RPR301", with_incomplete(library(copy(2), repair()), AccessionRow, accession_no="000001")).findings
        == ()
    )


def test_a_repair_of_a_copy_written_off_is_found() -> None:
    assert findings("RPR302", copy(withdrawn_on=date(2025, 11, 4)), repair()) == []
    gone = copy(withdrawn_on=date(2025, 11, 3))
    assert findings("RPR302", gone, repair()) == ["RPR302 修补登记!B2"]
    assert sentences("RPR302", gone, repair()) == ["000001 已在 2025年11月3日 注销，2025年11月3日 又送修。"]


def test_a_copy_mended_after_it_was_reported_lost_is_doubted_until_it_is_said_to_be_found() -> None:
    lost = row(CompensationRow, registered_on=date(2025, 10, 13))
    assert sentences("RPR306", copy(), lost, repair()) == [
        "000001 在 2025年10月13日 报失（P2025-001），2025年11月3日 又送修。"
    ]
    for lawful in (
        lost._replace(refunded_on=date(2025, 11, 1)),
        lost._replace(remarks="书已找回"),
        lost._replace(incident=Incident.DAMAGED),
        lost._replace(registered_on=date(2025, 12, 1)),
    ):
        assert findings("RPR306", copy(), lawful, repair()) == []
    # One that was written off by then is told of as that (RPR302).
    assert findings("RPR306", copy(withdrawn_on=date(2025, 11, 3)), lost, repair()) == []


def test_a_repair_of_more_than_half_a_year_is_a_hint() -> None:
    away = repair(sent_on=date(2024, 11, 3), reshelved_on=date(2025, 11, 21))
    assert findings("RPR104", away, repair(reshelved_on=date(2026, 5, 5)), repair()) == ["RPR104 修补登记!A2"]
    assert sentences("RPR104", away) == ["000001 在 2024年11月3日 送修，2025年11月21日 归架，隔了 383 天。"]
    assert len(findings("RPR104", away, away._replace(accession_no="000002"))) == 1


HALF_A_YEAR_LATER = date(2026, 5, 6)


def long_away(*rows: Any, as_of: date = HALF_A_YEAR_LATER) -> list[str]:
    return findings("RPR901", *rows, as_of=as_of)


def test_a_copy_half_a_year_at_the_menders_is_found() -> None:
    assert long_away(copy(), repair()) == ["RPR901 修补登记!E2"]
    books = library(copy(), repair(), as_of=HALF_A_YEAR_LATER)
    assert [one.severity.value for one in report("RPR901", books).findings] == ["hint"]
    assert sentences("RPR901", copy(), repair(), as_of=HALF_A_YEAR_LATER) == [
        "000001 在 2025年11月3日 送修，过了 184 天还没有归架。"
    ]


def test_copies_sent_on_one_day_are_asked_for_at_once() -> None:
    parcel = [repair(), repair(accession_no="000002"), repair(accession_no="000003", sent_on=date(2025, 11, 2))]
    assert long_away(*parcel) == ["RPR901 修补登记!E2", "RPR901 修补登记!E4"]


@pytest.mark.parametrize(
    "rows",
    [
        [repair(reshelved_on=HALF_A_YEAR_LATER)],
        [repair(), repair(sent_on=date(2026, 3, 2))],
        [repair(), copy(withdrawn_on=date(2026, 4, 1))],
        [repair(), copy(), row(WithdrawalRow, withdrawn_on=date(2026, 4, 1))],
        [repair(), scan()],
        [repair(), loan(lent_on=BEFORE)],
    ],
    ids=["reshelved", "sent again since", "written off", "in the withdrawal register", "seen since", "lent since"],
)
def test_a_copy_of_which_the_books_say_more_is_not_asked_for(rows: list[Any]) -> None:
    assert long_away(*rows) == []


def test_a_copy_sent_before_the_summer_is_not_asked_for_in_autumn() -> None:
    assert long_away(repair(sent_on=date(2026, 6, 25)), as_of=date(2026, 9, 10)) == []
    assert long_away(repair(), as_of=date(2026, 5, 5)) == []


@pytest.mark.parametrize(
    "away",
    [
        row(RepairRow, accession_no="000002", sent_on=date(2027, 1, 15), reshelved_on=None),
        row(RepairRow, accession_no="000002", sent_on=BEFORE, reshelved_on=date(2025, 1, 25)),
        loan(2, lent_on=BEFORE, returned_on=date(2025, 1, 25), outcome=LoanOutcome.RETURNED),
    ],
    ids=["sent on a day to come", "reshelved before it was sent", "returned before it was lent"],
)
def test_a_copy_that_was_away_on_days_that_cannot_be_right_is_not_missing(away: Any) -> None:
    assert missing(copy(2), away) == []


def test_a_copy_that_was_away_at_another_time_is_missing() -> None:
    mended = row(RepairRow, accession_no="000002", sent_on=date(2025, 12, 1), reshelved_on=date(2025, 12, 8))
    assert missing(copy(2), mended) == ["STK201 个别登记账!A3"]


def test_what_was_counted_on_another_day_than_its_place_is_one_hint() -> None:
    room = copy(4, location="阅览室")
    copies = copy(1), copy(2), copy(3), room
    scans = [scan(1), *(scan(number, counted_on=AFTER) for number in (2, 3))]
    assert findings("STK105", *copies, *scans, closed()) == ["STK105 盘点记录!A3"]
    assert sentences("STK105", *copies, *scans, closed())[0].startswith(
        "000002 在 2026年1月21日 扫的，盘点范围里“书库”是 2026年1月12日 到 2026年1月20日"
    )
    for lawful in (closed(ends_on=AFTER), closed("阅览室"), closed(ends_on=None), closed(starts_on=date(2024, 1, 1))):
        days = {"ends_on": date(2024, 1, 20)} if lawful.starts_on.year == 2024 else {}
        assert findings("STK105", *copies, *scans, lawful._replace(**days)) == [], lawful
    # Seen here by mistake, on the day its own place was gone through.
    own = closed("阅览室", starts_on=AFTER, ends_on=AFTER)
    assert findings("STK105", *copies, scan(1), scan(4, counted_on=AFTER), closed(), own) == []
