"""What one line or two sheets say twice: days in numbers, orders and periods, terms and 校历, printings of one book."""

from datetime import date, timedelta
from typing import Any

from make import EXAMPLE_SCHOOL, findings, row, sentences
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow
from schoollib_xl.ledgers.supporting.inspection import EvaluationRow
from schoollib_xl.ledgers.supporting.office import CashRow, SettingRow
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow, StocktakeScopeRow
from schoollib_xl.ledgers.supporting.vocabulary import DayKind
from schoollib_xl.ledgers.vocabulary import LoanMode, Weekday


def batches(*numbers: str) -> list[Any]:
    """A batch a day from the first of September on, under these vouchers."""
    return [
        row(SummaryRow, batch_no=f"2025-{day:03}", registered_on=date(2025, 9, day), voucher_no=number, line=day + 1)
        for day, number in enumerate(numbers, 1)
    ]


_BY_DAY = [f"FP202509{day:02}" for day in range(1, 6)]


def test_a_voucher_that_holds_another_day_than_its_line_is_asked_about_where_the_others_hold_their_own() -> None:
    assert findings("SUM103", *batches(*_BY_DAY)) == []
    assert findings("SUM103", *batches(*_BY_DAY, "FP20250908")) == ["SUM103 总括登记账!F7"]
    assert sentences("SUM103", *batches(*_BY_DAY, "FP20250908")) == [
        "单据 FP20250908 的号里写着 2025年9月8日，登记日期是 2025年9月6日；别的单据号都和自己那一行是同一天。"
    ]
    assert "没有这一天" in sentences("SUM103", *batches(*_BY_DAY, "FP20253906"))[0]
    lawful = (
        ("FP20250901", "FP20250903", "FP20250902", "FP20250908", "FP20250907"),
        (*_BY_DAY, "FP0006"),
        (*_BY_DAY, "FP20240906"),
        (*_BY_DAY, "FP20250905"),
    )
    for numbers in lawful:
        assert findings("SUM103", *batches(*numbers)) == [], numbers


def test_an_entry_of_the_cash_book_is_held_to_the_day_in_its_voucher() -> None:
    rows = [row(CashRow, booked_on=one.registered_on, voucher_no=one.voucher_no) for one in batches(*_BY_DAY)]
    late = row(CashRow, booked_on=date(2025, 9, 9), voucher_no="FP20250908", line=8)
    assert findings("CSH107", *rows, late) == ["CSH107 经费登记!C8"]
    assert findings("CSH107", *rows, late._replace(booked_on=date(2025, 9, 8))) == []
    # Booked long before its voucher, or in another year.
    assert findings("CSH107", *rows, late._replace(booked_on=date(2025, 8, 8))) == []


def test_papers_of_another_year_than_their_order_are_one_finding() -> None:
    ordered = row(CashRow, booked_on=date(2025, 12, 10), voucher_no="YZ0001")
    days = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 6, 30), "voucher_no": "YZ0001"}
    papers = [row(PeriodicalRow, periodical_no=f"BK2026-00{n}", line=n + 1, **days) for n in (1, 2, 3)]
    early = [
        one._replace(starts_on=one.starts_on - timedelta(365), ends_on=one.ends_on - timedelta(365)) for one in papers
    ]
    assert findings("PER214", ordered, *papers) == []
    assert findings("PER214", ordered, *early) == ["PER214 报刊登记账!H2"]
    said = "《儿童文学》订的是 2025年1月1日 到 2025年6月30日，订单 YZ0001 却是 2025年12月10日 的"
    assert sentences("PER214", ordered, *early) == [f"{said}，这一栏还有 2 格也是这样。"]
    # One of an order is PER213; without a day nobody can tell; who pays late says so.
    assert findings("PER214", ordered, early[0], *papers[1:]) == []
    assert findings("PER214", *early) == []
    assert findings("PER214", ordered, *(one._replace(remarks="去年的，补付") for one in early)) == []
    assert findings("PER214", *(one._replace(voucher_no="YZ20251210") for one in early)) == ["PER214 报刊登记账!H2"]


def _term(**changes: Any) -> dict[str, Any]:
    return {"school": EXAMPLE_SCHOOL._replace(**changes)}


def test_a_term_with_a_holiday_at_its_end_is_told_of() -> None:
    start = row(SettingRow, item="学期开始", value=date(2025, 9, 1))
    school = row(CalendarRow, starts_on=date(2025, 9, 29), ends_on=date(2026, 1, 23))
    off = row(CalendarRow, starts_on=date(2025, 7, 5), ends_on=date(2025, 9, 28), kind=DayKind.HOLIDAY)
    assert findings("SET109", start, school, off) == ["SET109 基本信息!B2"]
    assert sentences("SET109", start, school, off) == [
        "学期开始写的是 2025年9月1日，校历上课的第一天却是 2025年9月29日，中间都不上课。"
    ]
    near = off._replace(ends_on=date(2025, 9, 10)), school._replace(starts_on=date(2025, 9, 11))
    assert findings("SET109", start, *near) == []
    # What 校历 does not tell is QUO112.
    assert findings("SET109", start, school) == []


def test_pages_that_one_copy_of_a_printing_has_alone_are_asked_about() -> None:
    isbn = "9787020024759"
    usual = [row(AccessionRow, accession_no=f"00000{n}", isbn=isbn, pages="120", line=n + 1) for n in (1, 2)]
    odd = row(AccessionRow, accession_no="000003", isbn=isbn, pages="210", line=4)
    assert findings("ACC907", *usual, odd) == ["ACC907 个别登记账!I4"]
    assert sentences("ACC907", *usual, odd) == ["《城南旧事》000003 的页数是 210，000001 是 120。"]
    for lawful in ({"published": "1999"}, {"pages": None}, {"isbn": "9787544853941"}):
        assert findings("ACC907", *usual, odd._replace(**lawful)) == [], lawful
    assert findings("ACC907", usual[0], odd) == []


def test_what_is_read_in_the_room_is_not_renewed() -> None:
    loan = row(LoanRow, mode=LoanMode.IN_ROOM, renewals=1)
    assert findings("CIR203", loan) == ["CIR203 借阅登记账!K2"]
    for lawful in ({"renewals": 0}, {"renewals": None}, {"mode": LoanMode.PERSONAL}, {"mode": None}):
        assert findings("CIR203", loan._replace(**lawful)) == [], lawful


def test_days_of_a_stocktake_are_held_to_those_of_its_scans() -> None:
    copy, seen = row(AccessionRow), row(StocktakeRow)
    days = {"starts_on": date(2026, 1, 12), "ends_on": date(2026, 1, 20)}
    scope = row(StocktakeScopeRow, scope="书库", **days)
    assert findings("STK106", copy, seen, scope) == []
    wide = scope._replace(starts_on=date(2025, 11, 1))
    assert findings("STK106", copy, seen, wide) == ["STK106 盘点范围!B2"]
    assert sentences("STK106", copy, seen, wide) == [
        "“书库”的盘点写着 2025年11月1日 到 2026年1月20日，可是只在 2026年1月20日 扫过。"
    ]
    assert findings("STK106", copy, seen, wide._replace(ends_on=None)) == []
    assert findings("STK002", scope, scope._replace(line=3)) == ["STK002 盘点范围!A3"]
    assert findings("STK002", scope, scope._replace(line=3, scope="阅览室")) == []


def test_a_leap_of_the_last_numbers_is_asked_about() -> None:
    numbers = ("P2025-001", "P2025-002", "P2025-003", "P2025-004", "P2025-014")
    incidents = [row(CompensationRow, incident_no=number, line=line) for line, number in enumerate(numbers, 2)]
    assert findings("CMP002", *incidents) == ["CMP002 赔偿登记账!A6"]
    assert findings("CMP002", *incidents[:4], incidents[4]._replace(incident_no="P2025-005")) == []


def test_numerals_a_weekday_and_a_batch_that_is_none_are_held_against_what_stands_beside_them() -> None:
    item = row(EvaluationRow, content="管好七本账", figure="账册种数", standard="7")
    assert findings("EVA304", item) == []
    assert findings("EVA304", item._replace(standard="6")) == ["EVA304 评估细则!G2"]
    school = row(CalendarRow, kind=DayKind.SCHOOL, follows=Weekday.TUESDAY)
    assert findings("QUO120", school) == ["QUO120 校历!D2"]
    assert findings("QUO120", school._replace(kind=DayKind.MAKE_UP), school._replace(follows=None)) == []
    bought, paid = row(SummaryRow), row(CashRow, summary="购图书（2025-001）")
    assert findings("CSH204", bought, paid) == []
    slip = paid._replace(summary="购图书（2028-001）")
    assert sentences("CSH204", bought, slip) == ["摘要“购图书（2028-001）”说的是2028-001，这一笔的单据是 2025-001 的。"]
    assert findings("CSH204", bought, paid._replace(summary="购图书（合同 2019-117）")) == []
