"""Notices and registers: one for each class, incident and batch that needs it, none where there is nothing to say."""

import os
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from school import clean, evidenced, golden, material, numbers, paper_of, sample, text

from make import EXAMPLE_SCHOOL, library, row, with_incomplete, with_unreadable
from schoollib_xl.documents.composing.confirmed import outcomes
from schoollib_xl.documents.composing.cover import inspection_cover
from schoollib_xl.documents.composing.facts.holdings import stocktake_facts
from schoollib_xl.documents.composing.facts.lending import measured_classes
from schoollib_xl.documents.composing.facts.term import facts_of
from schoollib_xl.documents.composing.lint.papers import summary_notes
from schoollib_xl.documents.composing.material import Composed
from schoollib_xl.documents.composing.notices import behind_notices, compensation_notices, notice_notes, overdue_notices
from schoollib_xl.documents.composing.registers import register_notes, withdrawal_registers
from schoollib_xl.documents.composing.stocktake_report import stocktake_report
from schoollib_xl.documents.composing.summary import term_summary
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import CompensationRule, TargetRow
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow, StocktakeScopeRow
from schoollib_xl.ledgers.vocabulary import (
    Condition,
    Incident,
    LoanMode,
    ReaderKind,
    Settlement,
    Weekday,
    WithdrawalReason,
)
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.wording.quotas.quota_sentences import headline
from schoollib_xl.wording.quotas.verdicts import outcome_word

GOLDEN = Path(__file__).parent / "golden"
DAY = date(2025, 11, 12)
OPEN = [row(CalendarRow), *[row(OpeningRow, weekday=day) for day in list(Weekday)[:5]]]


def names(found: Any) -> list[str]:
    return [one.name for one in found]


def late(reader_no: str, number: str, **changes: Any) -> LoanRow:
    out = {"lent_on": date(2025, 10, 8), "due_on": date(2025, 10, 22), "returned_on": None, "outcome": None}
    return row(LoanRow, reader_no=reader_no, loan_no=number, **(out | changes))


def two_classes(*rows: Any) -> Any:
    return material(
        library(
            row(ClassRow, class_name="三（1）班", teacher="陈静"),
            row(ClassRow, 3, class_name="三（2）班", teacher="方敏"),
            row(ReaderRow, reader_no="S0001", name="林小满", class_name="三（1）班"),
            row(ReaderRow, 3, reader_no="S0002", name="何田田", class_name="三（2）班"),
            row(ReaderRow, 4, reader_no="T01", name="方敏", kind=ReaderKind.TEACHER, class_name=None),
            *OPEN,
            *rows,
            as_of=DAY,
        )
    )


def test_each_class_gets_its_own_overdue_notice_with_its_own_pupils_only() -> None:
    books = two_classes(late("S0001", "J1"), late("S0002", "J2", class_name="三（2）班"), late("T01", "J3"))
    found = list(overdue_notices(books))
    assert names(found) == ["催还单_三（1）班", "催还单_三（2）班"]
    first = "".join(text(found[0]))
    assert "仅供班主任" in first
    assert "陈静老师" in first
    assert "林小满" in first
    assert "何田田" not in first
    assert list(notice_notes(books)) == ["教师逾期1册，没有催还单，当面提醒就可以。"]


def test_overdue_copies_are_asked_back_within_a_week_on_an_open_day_of_the_term() -> None:
    def return_by(day: date) -> str:
        rows = (row(ClassRow), row(ReaderRow), late("S0001", "J1"), *OPEN)
        (notice,) = overdue_notices(material(library(*rows, as_of=day)))
        return notice.paper.return_by

    assert return_by(date(2025, 11, 12)) == "2025年11月19日"
    assert return_by(date(2025, 11, 8)) == "2025年11月17日"
    assert return_by(date(2026, 1, 21)) == "2026年1月23日"


@pytest.mark.parametrize("day", [date(2026, 1, 23), date(2026, 2, 1)])
def test_nothing_is_asked_back_in_the_holidays(day: date) -> None:
    rows = (row(ClassRow), row(ReaderRow), late("S0001", "J1"), *OPEN)
    again = row(CalendarRow, 9, starts_on=date(2026, 2, 24), ends_on=date(2026, 7, 3))
    (before,), (after,) = (overdue_notices(material(library(*rows, *more, as_of=day))) for more in ((), (again,)))
    assert (before.paper.return_by, after.paper.return_by) == ("下学期第一周结束", "2026年2月24日")


def test_pupils_below_the_target_are_listed_for_their_teacher_only() -> None:
    books = two_classes(
        row(TargetRow, name="每生最低借书册数", value=Decimal(2)), late("S0001", "J1"), late("S0001", "J2")
    )
    (notice,) = behind_notices(books)
    assert notice.name == "未达标名单_三（2）班"
    asked = "每人不少于2册，按开放天数到现在应借满1册，表里还差的算到学期末"
    assert (notice.paper.target, notice.paper.count) == (asked, "1")
    assert [(one.name, one.loans, one.gap) for one in notice.paper.pupils] == [("何田田", "0", "2")]
    assert "仅供班主任" in "".join(text(notice))


def test_a_list_of_pupils_says_that_loans_nobody_can_count_may_be_theirs() -> None:
    rows = (row(ClassRow), row(ReaderRow), row(TargetRow, name="每生最低借书册数", value=Decimal(9)), *OPEN)
    whole = library(*rows, late("S0001", "J1"), as_of=date(2026, 1, 14))
    wanting = with_incomplete(whole, LoanRow, lent_on=date(2025, 11, 3), reader_no=None)
    for books, said in ((whole, False), (wanting, True)):
        (notice,) = behind_notices(material(books))
        assert ("另有1笔借书没有登记全" in "".join(text(notice))) == said


@pytest.mark.parametrize(
    ("day", "may"), [(date(2026, 1, 14), True), (date(2026, 1, 15), False), (date(2026, 1, 23), False)]
)
def test_nobody_is_told_to_borrow_more_once_no_day_is_left_for_it(day: date, may: bool) -> None:
    rows = (row(ClassRow), row(ReaderRow), row(TargetRow, name="每生最低借书册数", value=Decimal(9)), *OPEN)
    (notice,) = behind_notices(material(library(*rows, late("S0001", "J1"), as_of=day)))
    assert ("望提醒他们多借书" in "".join(text(notice))) == may
    assert "（见下表）。" in "".join(text(notice)) or may


def test_a_mean_asks_nothing_of_a_single_pupil_and_the_class_that_missed_it_is_told() -> None:
    books = two_classes(row(TargetRow, name="生均借书册数", value=Decimal(3)), late("S0001", "J1"))
    assert list(behind_notices(books)) == []
    assert any("还差" in said for said in notice_notes(books))


def test_where_no_line_of_a_loan_can_be_counted_that_is_said_in_place_of_the_lists() -> None:
    books = two_classes(row(TargetRow, name="每生最低借书册数", value=Decimal(2))).library
    lines = books
    for _ in range(60):
        lines = with_incomplete(lines, LoanRow, lent_on=date(2025, 10, 8))
    unread = material(lines)
    assert list(behind_notices(unread)) == []
    told = "本学期60 笔借书登记不全，借书的数没有算，"
    assert f"{told}谁没有借说不出来，没有写未达标名单；先补全再写。" in notice_notes(unread)
    assert f"{told}先补全，再写总结。" in summary_notes(unread)


@pytest.mark.parametrize("others", [(), (LoanMode.CLASS,)])
def test_nobody_is_listed_where_no_loan_of_a_pupil_is_on_record(others: tuple[LoanMode, ...]) -> None:
    lent = [late("T0001", "J1")._replace(mode=mode) for mode in others]
    books = two_classes(row(TargetRow, name="每生最低借书册数", value=Decimal(2)), *lent)
    assert list(behind_notices(books)) == []
    told = "本学期学生个人借书一笔也没有记，谁没有借说不出来，没有写未达标名单；先记借阅登记账。"
    assert told in notice_notes(books)
    assert "本学期学生个人借书一笔也没有记，借书的指标没有算；先记借阅登记账，再写总结。" in summary_notes(books)
    assert [outcome_word(one) for one in outcomes(books)] == ["无记录"]
    assert headline(books.quotas).endswith("：学生个人借书一笔也没有记。")
    paper = paper_of(term_summary(books))
    assert ("没有学生个人借书的记录" in "".join(line.text for line in paper.circulation)) == bool(others)
    assert paper.by_class == ()
    asked = two_classes(row(TargetRow, name="生均借书册数", value=Decimal(2)))
    assert measured_classes(asked) == []


def test_an_incident_that_is_not_settled_gets_a_notice() -> None:
    open_one = row(CompensationRow, settled_on=None, receipt_no=None, paid=Decimal("10.00"))
    settled = row(CompensationRow, 3, incident_no="P2025-002")
    (notice,) = compensation_notices(material(library(row(ReaderRow), open_one, settled, as_of=DAY)))
    assert notice.name == "赔偿通知_P2025-001"
    assert (notice.paper.owed, notice.paper.basis) == ("25.00", "没有赔偿规则，照价赔偿")
    assert notice.paper.remarks == (
        "应赔：照价 25.00元。已交10.00元，还应交15.00元。2025年11月19日以前交到图书室，收好收据。"
    )


def test_nobody_who_has_paid_in_full_gets_a_notice_and_the_missing_day_is_told() -> None:
    books = material(library(row(ReaderRow), paid(paid=Decimal("18.00")), as_of=DAY))
    assert list(compensation_notices(books)) == []
    assert "P2025-001已交18.00元，应赔的交齐了，没有写赔偿通知；在赔偿登记账里填上结清日期。" in notice_notes(books)


def test_a_payment_of_a_later_day_is_none_yet() -> None:
    later = row(CompensationRow, settled_on=date(2025, 11, 20), price=Decimal("18.00"), paid=Decimal("18.00"))
    (notice,) = compensation_notices(material(library(row(ReaderRow), later, as_of=DAY)))
    assert "已交" not in notice.paper.remarks


@pytest.mark.parametrize(
    ("incident", "offered", "begins"),
    [
        (Incident.LOST, "赔书或赔款", "赔书、赔款选一种：赔书要买同一版的《城南旧事》"),
        (Incident.DAMAGED, "修补、赔书或赔款", "能修补的，把书送来修补；不能修补的，赔书、赔款选一种：赔书要买"),
    ],
)
def test_where_nobody_wrote_how_it_is_settled_the_notice_says_what_may_be_chosen(
    incident: Incident, offered: str, begins: str
) -> None:
    line = row(CompensationRow, settled_on=None, receipt_no=None, paid=None, incident=incident)._asdict()
    values = {name: value for name, value in line.items() if name not in ("line", "settlement")}
    books = with_incomplete(library(row(ReaderRow), as_of=DAY), CompensationRow, **values)
    (notice,) = compensation_notices(material(books))
    assert (notice.paper.settlement, notice.paper.owed) == (offered, "25.00")
    assert notice.paper.remarks.startswith(begins)
    assert notice.paper.remarks.endswith("；赔款照价 25.00元。2025年11月19日以前交到图书室。")
    told = "P2025-001的处理方式空着，赔偿通知里写了可以选的办法；选定了，在赔偿登记账里填上处理方式。"
    assert told in notice_notes(material(books))


@pytest.mark.parametrize("said", [{"paid": Decimal(5)}, {"settled_on": date(2025, 10, 1)}, {"price": None}])
def test_of_an_incident_begun_or_not_known_no_choice_is_offered(said: dict[str, Any]) -> None:
    line = row(CompensationRow, settled_on=None, receipt_no=None, paid=None)._asdict() | said
    values = {name: value for name, value in line.items() if name not in ("line", "settlement")}
    books = with_incomplete(library(row(ReaderRow), as_of=DAY), CompensationRow, **values)
    assert list(compensation_notices(material(books))) == []


def test_a_replacement_owes_no_money() -> None:
    incident = row(CompensationRow, settlement=Settlement.REPLACEMENT, settled_on=None, paid=None)
    (notice,) = compensation_notices(material(library(row(ReaderRow), incident, as_of=DAY)))
    assert (notice.paper.settlement, notice.paper.owed) == ("赔书", "—")
    assert notice.paper.remarks.startswith("赔书要买同一版的《")


def paid(**more: Any) -> CompensationRow:
    unsettled = {"settled_on": None, "receipt_no": None, "paid": None, "price": Decimal("18.00")}
    return row(CompensationRow, **(unsettled | more))


def test_the_amount_is_reckoned_for_everyone_to_check() -> None:
    rule = row(CompensationRule, multiple=Decimal(3), fee=Decimal(5), minimum=None)
    (notice,) = compensation_notices(material(library(row(ReaderRow), paid(), rule, as_of=DAY)))
    assert "18.00元 × 3 + 加工费 5元 = 59.00元" in notice.paper.remarks
    assert "以前交到图书室" in notice.paper.remarks


def test_a_volume_of_a_set_is_paid_for_as_the_set() -> None:
    volumes = [
        row(AccessionRow, number, accession_no=f"00000{number}", title=f"三国演义（{volume}）", price=Decimal("18.00"))
        for number, volume in enumerate("上中下", 1)
    ]
    whole, single = (
        row(CompensationRule, multiple=Decimal(1), fee=None, minimum=None, whole_set=word) for word in "是否"
    )
    for rule, owed in ((whole, "54.00"), (single, "18.00")):
        (notice,) = compensation_notices(material(library(row(ReaderRow), *volumes, paid(), rule, as_of=DAY)))
        assert notice.paper.owed == owed
        assert ("全套 54.00元" in notice.paper.remarks) is (owed == "54.00")
        other = paid(line=3, incident_no="P2", accession_no="000002")
        twice = material(library(row(ReaderRow), *volumes, paid(), other, rule, as_of=DAY))
        assert any("同一套《三国演义》" in said for said in notice_notes(twice)) is (owed == "54.00")


def test_a_replacement_names_the_edition_and_staff_are_addressed_as_such() -> None:
    copy = row(
        AccessionRow, accession_no="000001", title="小河", author="甲", publisher="少儿社", edition="2", isbn=None
    )
    lost = paid(settlement=Settlement.REPLACEMENT, title="小河", name="苏明", class_name="教师")
    reader = row(ReaderRow, kind=ReaderKind.TEACHER, name="苏明", class_name=None)
    (notice,) = compensation_notices(material(library(reader, copy, lost, as_of=DAY)))
    assert (notice.paper.class_name, notice.paper.name) == ("", "苏明老师")
    assert "《小河》（甲，少儿社，第2版）" in notice.paper.remarks


CLOSED = row(StocktakeScopeRow, scope="全部", starts_on=date(2026, 1, 20), ends_on=date(2026, 1, 20))


def counted(*scans: Any) -> Composed[Any] | None:
    copies = [row(AccessionRow, number + 1, accession_no=f"{number:06}") for number in range(1, 4)]
    return stocktake_report(material(library(*copies, *scans)))


def test_a_stocktake_report_lists_what_differs() -> None:
    day = date(2026, 1, 20)
    report = counted(
        CLOSED,
        row(StocktakeRow, counted_on=day, accession_no="000001"),
        row(StocktakeRow, 3, counted_on=day, accession_no="000002", condition=Condition.DAMAGED),
        row(StocktakeRow, 4, counted_on=day, accession_no="009999"),
    )
    assert report is not None
    said = {line.item: line.copies for line in paper_of(report).counts}
    assert said == {"应在架": "3", "找到": "2", "盘亏": "1", "盘盈": "1", "错架": "0", "破损": "1"}
    assert [one.accession_no for one in paper_of(report).missing] == ["000003"]
    assert [(one.accession_no, one.remarks) for one in paper_of(report).surplus] == [("009999", "个别登记账没有这个号")]
    assert [one.remarks for one in paper_of(report).damaged] == ["破损"]


def test_without_a_register_of_copies_nothing_that_was_seen_is_one_too_many() -> None:
    scan = row(StocktakeRow, counted_on=date(2026, 1, 20), accession_no="000001")
    report = stocktake_report(material(library(CLOSED, scan)))
    assert report is not None
    paper = paper_of(report)
    assert paper.surplus == ()
    assert [line.text for line in paper.body if "没有账可对" in line.text]


def test_a_stocktake_report_counts_every_copy_of_a_shelf_that_stands_elsewhere() -> None:
    day, numbers = date(2026, 1, 20), range(1, 31)
    places = ["阅览室" if number <= 20 else "书库" for number in numbers]
    copies = [row(AccessionRow, number + 1, accession_no=f"{number:06}", location="书库") for number in numbers]
    room = row(AccessionRow, 40, accession_no="000040", location="阅览室")
    scans = [
        row(StocktakeRow, number + 1, counted_on=day, accession_no=f"{number:06}", place=place)
        for number, place in zip(numbers, places, strict=True)
    ]
    report = stocktake_report(material(library(*copies, room, *scans, CLOSED)))
    assert report is not None
    assert {line.item: line.copies for line in paper_of(report).counts}["错架"] == "20"
    assert len(paper_of(report).misplaced) == 20


def test_a_stocktake_report_says_what_was_left_out_and_what_became_of_what_was_missing() -> None:
    day = date(2026, 1, 20)
    books = [row(AccessionRow, number + 1, accession_no=f"{number:06}") for number in range(1, 4)]
    books[2] = books[2]._replace(withdrawn_on=date(2026, 1, 23), withdrawal_no="2026-002")
    room = row(AccessionRow, 40, accession_no="000040", location="阅览室")
    scans = [row(StocktakeRow, line, counted_on=day, accession_no=f"{line:06}") for line in (1, 2)]
    report = stocktake_report(material(library(*books, room, *scans, CLOSED._replace(scope="书库"))))
    assert report is not None
    assert [line.text for line in paper_of(report).body][1:] == ["阅览室的 1 册这次没有盘到，不算在下面的数里。"]
    assert [(one.accession_no, one.remarks) for one in paper_of(report).missing] == [("000003", "已经注销")]
    assert paper_of(report).closing == ()
    closed = material(library(*books, room, *scans, CLOSED._replace(scope="书库")))
    assert {fact.name: fact.value for fact in stocktake_facts(closed)}["没有盘到的书"] == "阅览室1册"


def test_a_place_closed_before_all_its_boards_were_scanned_is_said_to_be_so() -> None:
    copies = [row(AccessionRow, number + 1, accession_no=f"{number:06}") for number in range(1, 51)]
    scans = [row(StocktakeRow, line, accession_no=f"{line:06}") for line in range(1, 29)]
    report = stocktake_report(material(library(*copies, *scans, CLOSED._replace(scope="书库"))))
    assert report is not None
    assert [line.text for line in paper_of(report).body][1:] == [
        "书库该有 50 册，只看到 28 册，多半没有扫全，先补扫再说盘亏。"
    ]


def test_without_a_stocktake_there_is_no_report() -> None:
    assert counted() is None
    assert stocktake_report(material(clean().library(date(2026, 4, 1)))) is None


def test_each_batch_written_off_in_the_term_gets_its_register_with_its_sums() -> None:
    found = {one.name: paper_of(one) for one in withdrawal_registers(sample())}
    assert list(found) == ["注销清册_2026-005", "注销清册_2026-009", "注销清册_2026-010"]
    for paper in found.values():
        assert int(paper.count) == len(paper.copies) == sum(int(one.copies) for one in paper.reasons)
        assert Decimal(paper.value) == sum(Decimal(one.price) for one in paper.copies)
        assert Decimal(paper.value) == sum(Decimal(one.value) for one in paper.reasons)
        assert "批准人：" in paper.approval


@pytest.mark.parametrize(
    ("prices", "total", "value"),
    [
        ((None, None), "2册，都没有单价", "—"),
        ((Decimal("12.00"), None), "2册、12.00元（其中1册没有单价）", "12.00"),
        ((Decimal("12.00"), Decimal("3.00")), "2册、15.00元", "15.00"),
    ],
)
def test_a_register_says_which_copies_have_no_price(prices: tuple[Any, ...], total: str, value: str) -> None:
    rows = [
        row(WithdrawalRow, accession_no=f"00000{number}", price=price, withdrawn_on=date(2025, 12, 1))
        for number, price in enumerate(prices, 1)
    ]
    [register] = withdrawal_registers(material(library(*rows, school=EXAMPLE_SCHOOL)))
    paper = paper_of(register)
    assert (paper.total, paper.value, paper.reasons[0].value) == (total, value, value)


@pytest.mark.parametrize(
    ("reasons", "said"),
    [
        (("剔旧", "剔旧"), "原因是剔旧"),
        (("剔旧", "破损", "剔旧"), "其中剔旧2册、20.00元，破损1册"),
    ],
)
def test_a_register_says_the_sums_of_several_reasons(reasons: tuple[str, ...], said: str) -> None:
    rows = [
        row(
            WithdrawalRow,
            accession_no=f"00000{number}",
            reason=WithdrawalReason(one),
            price=None if one == "破损" else Decimal("10.00"),
            withdrawn_on=date(2025, 12, 1),
        )
        for number, one in enumerate(reasons, 1)
    ]
    [register] = withdrawal_registers(material(library(*rows, school=EXAMPLE_SCHOOL)))
    assert paper_of(register).by_reason == said


def test_a_term_without_withdrawals_has_no_register() -> None:
    rows = [row(WithdrawalRow, withdrawn_on=date(2025, 6, 20))]
    assert list(withdrawal_registers(material(library(*rows, school=EXAMPLE_SCHOOL)))) == []


def test_the_cover_tells_each_ledger_with_its_figures_and_result() -> None:
    paper = paper_of(inspection_cover(sample()))
    assert [line.name for line in paper.ledgers][:2] == ["总括登记账", "个别登记账"]
    by_name = {line.name: line for line in paper.ledgers}
    agreeing = ("总括登记账", "个别登记账", "分类统计账")
    assert len({re.findall(r"(\d+)册、([\d.]+)元", by_name[name].figures)[0] for name in agreeing}) == 1
    assert {line.outcome for line in paper.ledgers} == {"相符"}
    assert paper.conclusion.startswith("七本账都对得上")


def test_a_line_without_its_money_is_counted_all_the_same_and_no_sum_of_the_others_is_told() -> None:
    """Nor is a register made of a batch of which a copy would be missing."""
    first, gone = row(SummaryRow), row(WithdrawalRow, withdrawn_on=date(2025, 10, 20), withdrawal_no="2025-010")
    other = gone._replace(accession_no="000002", price=None, reason=None)
    copies = [row(AccessionRow, accession_no=one.accession_no) for one in (gone, other)]
    books = library(first, gone, *copies)
    for line in (first._replace(list_value=None), other):
        books = with_incomplete(books, type(line), **line._asdict())
    made = material(books)
    told = {line.name: line.figures for line in paper_of(inspection_cover(made)).ledgers}
    assert (told["总括登记账"], told["注销登记账"]) == (f"2批，结存{2 * first.copies}册", "注销2册")
    assert facts_of(made)["注销原因"].shown == "破损1册、没有写原因的1册"
    assert list(withdrawal_registers(made)) == []
    assert ["2025-010" in note for note in register_notes(made)] == [True]


def test_a_line_of_years_ago_that_lacks_its_batch_stops_no_register_of_the_term() -> None:
    old, own = date(2019, 5, 1), date(2025, 10, 20)
    books = library(row(SummaryRow), row(WithdrawalRow, withdrawn_on=own, withdrawal_no="2025-010"))
    told = {}
    for day, batch_no in ((old, None), (old, "2019-003"), (old, "2025-010"), (own, None), (None, None)):
        made = material(with_incomplete(books, WithdrawalRow, withdrawn_on=day, withdrawal_no=batch_no))
        told[day, batch_no] = len(list(withdrawal_registers(made))), len(list(register_notes(made)))
    assert list(told.values()) == [(1, 0), (1, 0), (0, 1), (0, 1), (0, 1)]


def test_a_ledger_in_which_nothing_stands_agrees_with_nothing() -> None:
    paper = paper_of(inspection_cover(material(library(row(PeriodicalRow)))))
    told = {line.name: (line.figures, line.outcome) for line in paper.ledgers}
    assert {name for name, (_, outcome) in told.items() if outcome == "还没有记"} == told.keys() - {
        "报刊登记账",
        "辅助表",
    }
    assert told["借阅登记账"] == ("", "还没有记")
    # What the conclusion counts on the other sheets has a line of its own below the ledgers.
    assert told["辅助表"] == ("", "待查")


def test_without_a_term_the_cover_does_not_say_how_many_papers_come() -> None:
    school = EXAMPLE_SCHOOL._replace(term_start=None, term_end=None)
    said = text(inspection_cover(material(library(row(PeriodicalRow), school=school))))
    assert any("历次金额60.00元" in line for line in said)
    assert not any("在订" in line for line in said)


def computed_papers() -> dict[str, Composed[Any] | None]:
    withdrawn = next(withdrawal_registers(sample()))
    return {"清点报告": stocktake_report(sample()), "注销清册": withdrawn, "迎检封面": inspection_cover(sample())}


def test_every_figure_of_the_cover_has_its_provenance() -> None:
    cover = inspection_cover(sample())
    told = [*(line for line in text(cover) if line.startswith("表|")), paper_of(cover).conclusion]
    assert numbers(told) - evidenced(cover.figures) == set()


@pytest.mark.parametrize("name", ["清点报告", "注销清册", "迎检封面"])
def test_a_computed_paper_says_where_its_figures_come_from(name: str) -> None:
    paper = computed_papers()[name]
    assert paper is not None
    traced = [figure for figure in paper.figures if figure.name != "核对结论"]
    assert traced
    assert all(figure.definition and (figure.sources or figure.cells) for figure in traced)


def test_the_sums_of_a_register_come_from_the_prices_of_its_copies() -> None:
    register = next(withdrawal_registers(sample()))
    copies, value = register.figures[:2]
    assert (copies.shown, value.shown) == (paper_of(register).count, paper_of(register).value)
    (rows,) = value.counted
    assert (len(rows.lines), rows.adds) == (int(paper_of(register).count), "price")


def test_a_place_only_begun_with_is_said_and_lacks_nothing() -> None:
    report = counted(row(StocktakeRow, counted_on=date(2026, 1, 20), accession_no="000001"))
    assert report is not None
    assert [line.text for line in paper_of(report).body][1:] == ["书库扫了 1/3，还没有盘完，不算在下面的数里。"]
    assert (paper_of(report).counts, paper_of(report).missing) == ((), ())


def test_a_ledger_that_is_not_there_is_said_so_on_the_cover() -> None:
    tables = [sample().library[row_type] for row_type in clean().rows if row_type is not LoanRow]
    books = material(Library(tables, clean().school, date(2026, 7, 3)))
    paper = paper_of(inspection_cover(books))
    assert {line.name: line.outcome for line in paper.ledgers}["借阅登记账"] == "没有这本账"
    assert any("没有“借阅登记账”这张表" in said for said in paper.unchecked)


@pytest.mark.parametrize("name", ["催还单", "未达标名单", "赔偿通知", "迎检封面"])
def test_the_sample_notice_says_what_it_said_before(name: str) -> None:
    books = sample(date(2025, 10, 16))
    made = {
        "催还单": lambda: next(overdue_notices(books)),
        "未达标名单": lambda: next(behind_notices(books)),
        "赔偿通知": lambda: next(compensation_notices(books)),
        "迎检封面": lambda: inspection_cover(books),
    }
    page = GOLDEN / f"样本_{name}.txt"
    said = golden(made[name]())
    if os.environ.get("GOLDEN") == "write":
        page.write_text(said, encoding="utf-8")
    assert said == page.read_text(encoding="utf-8")
    assert not re.search(r"[{}｛｝]|None|nan", said)


def test_where_only_loans_of_no_known_class_are_on_record_whoever_has_none_is_listed_as_in_the_quota() -> None:
    stranger = late("S0009", "J1")._replace(class_name="九（9）班")
    books = two_classes(row(TargetRow, name="每生最低借书册数", value=Decimal(40)), stranger)
    assert books.quotas.unplaced_loans == 1
    assert [pupil.reader_no for one in behind_notices(books) for pupil in paper_of(one).pupils] == ["S0001", "S0002"]


def test_a_cover_tells_one_cause_of_what_was_not_checked_and_that_there_are_more() -> None:
    books = sample().library
    loan, copy = next(iter(books[LoanRow])), next(iter(books[AccessionRow]))
    paper = paper_of(
        inspection_cover(material(with_unreadable(with_unreadable(books, copy, "price"), loan, "lent_on")))
    )
    [said] = paper.unchecked
    assert re.fullmatch("有[0-9]+项没有核对完，原因列在核对结果的“未核对”里。", said)


def test_a_cover_is_printed_without_spaces_between_words_and_figures() -> None:
    books = sample().library
    copy = next(iter(books[AccessionRow]))
    paper = paper_of(inspection_cover(material(with_unreadable(books, copy, "price"))))
    assert any("第2行的“单价”空着或读不出" in said for said in paper.unchecked)
    assert not [said for said in (paper.conclusion, *paper.unchecked) if re.search(r"[一-龥] \d|\d [一-龥]", said)]
