"""差异说明: for which difference a line holds."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from make import findings, library, report, row, sentences
from quotas.small_school import calendar, openings, pupil, rule, school_class, small_school
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.office import ExplanationRow
from schoollib_xl.ledgers.vocabulary import Flow


@pytest.mark.parametrize(
    ("text", "stated", "is_explained"),
    [
        ("总括账26.00元，个别账25.00元", "26.00", True),
        ("总括账26.00元，个别账25.00元", "126.00", False),
        ("总括账码洋 26.00元，个别账单价合计 25.00元，个别账少 1.00 元", "126.00", False),
        ("发票抹零，少 1.00 元，运费 3.00 元另记", "26.00", True),
        ("发票抹零，少 1.00 元", "126.00", False),
        ("个别账25.00元", "26.00", True),
        ("少写 25.00 元", "26.00", False),
        ("另付 25.00 元", "26.00", False),
        ("发票是26.00元，书是25.00元", "26.00", True),
        ("第25册的价没写，少 1.00 元", "26.00", True),
        ("少儿书单价合计25.00元", "26.00", True),
    ],
)
def test_of_two_sums_one_stays_as_it_was_and_explains_nothing_new(text: str, stated: str, is_explained: bool) -> None:
    line = row(ExplanationRow, code="SUM302", sheet_name="总括登记账", number="2025-001", text=text, valid_until=None)
    batch = row(SummaryRow, copies=1, list_value=Decimal(stated), last_no="000001", I=1)
    [found] = report("SUM302", library(batch, row(AccessionRow), line)).findings
    assert found.explained is is_explained


@pytest.mark.parametrize(
    ("text", "paid", "is_explained"),
    [
        ("家里困难，少交1元", "14.00", True),
        ("家里困难，少交1元", "1.00", False),
        ("家里困难，收了1元", "1.00", False),
        ("家里困难，实赔1元", "1.00", True),
        ("应赔15元，只收1元", "1.00", True),
        ("家里困难，少交14元", "1.00", True),
    ],
)
def test_a_difference_that_was_said_is_no_sum_that_was_paid(text: str, paid: str, is_explained: bool) -> None:
    line = row(ExplanationRow, code="CMP203", sheet_name="赔偿登记账", number="P2025-001", text=text, valid_until=None)
    incident = row(CompensationRow, incident_no="P2025-001", owed=Decimal("15.00"), paid=Decimal(paid))
    [found] = report("CMP203", library(incident, line)).findings
    assert found.explained is is_explained


@pytest.mark.parametrize(
    ("text", "due_on", "is_explained"),
    [
        ("节假日顺延1天", date(2025, 9, 18), True),
        ("节假日顺延1天", date(2025, 10, 18), False),
        # Days of school, and a holiday between.
        ("闭馆，顺延1天", date(2025, 9, 25), True),
        ("国庆放假7天，顺延", date(2025, 10, 18), True),
        ("国庆放假，顺延到10月9日", date(2025, 10, 9), True),
        ("国庆放假，顺延到10月9日", date(2025, 11, 9), False),
        ("10月1日到8日放假，另有安排", date(2025, 10, 18), True),
    ],
)
def test_a_day_that_was_explained_is_not_any_day(text: str, due_on: date, is_explained: bool) -> None:
    line = row(ExplanationRow, code="CIR103", sheet_name="借阅登记账", number="J2025-0001", text=text, valid_until=None)
    rows = *calendar(), *openings(), rule(days=7), pupil("0001"), school_class()
    loan = row(LoanRow, loan_no="J2025-0001", reader_no="0001", lent_on=date(2025, 9, 10), due_on=due_on)
    books = small_school(*rows, loan, line)
    [found] = report("CIR103", books).findings
    assert found.explained is is_explained
    assert bool(report("EXP201", books).findings) is (not is_explained and "天" in text)


def test_an_explanation_is_no_older_than_what_it_is_about() -> None:
    said = {
        "code": "SUM302",
        "sheet_name": "总括登记账",
        "number": "2025-001",
        "text": "少 1.00 元",
        "valid_until": None,
    }
    batch = row(SummaryRow, copies=1, list_value=Decimal("26.00"), last_no="000001", I=1)
    for written_on, amiss in ((batch.registered_on, False), (batch.registered_on - timedelta(days=1), True)):
        rows = batch, row(AccessionRow), row(ExplanationRow, written_on=written_on, **said)
        assert bool(findings("EXP103", *rows)) is amiss
    assert sentences("EXP103", *rows) == ["SUM302“2025-001”的说明是 2025年8月31日 写的，那一行 2025年9月1日 才有。"]
    # The opening stock is entered anew each year.
    assert findings("EXP103", batch._replace(flow=Flow.OPENING), *rows[1:]) == []


def test_an_explanation_of_no_line_is_of_none_that_disagrees_today() -> None:
    books = row(SummaryRow, copies=1, list_value=Decimal("26.00"), last_no="000001", I=1), row(AccessionRow)
    whole = row(ExplanationRow, code="SUM302", sheet_name="总括登记账", number="—", text="少 1.00 元", valid_until=None)
    assert findings("EXP003", *books, whole) == ["EXP003 差异说明!C2"]
    assert findings("EXP901", *books, whole) == []
    # Another line answers for it: this one is left over.
    own = whole._replace(line=3, number="2025-001")
    assert (findings("EXP003", *books, whole, own), findings("EXP901", *books, whole, own)) == (
        [],
        ["EXP901 差异说明!A2"],
    )
