"""差异说明: for which difference a line holds."""

from decimal import Decimal

import pytest

from make import library, report, row
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.office import ExplanationRow


@pytest.mark.parametrize(
    ("text", "stated", "is_explained"),
    [
        ("总括账26.00元，个别账25.00元", "26.00", True),
        ("总括账26.00元，个别账25.00元", "126.00", False),
        ("总括账码洋 26.00元，个别账单价合计 25.00元，个别账少 1.00 元", "126.00", False),
        ("发票抹零，少 1.00 元，运费 3.00 元另记", "26.00", True),
        ("发票抹零，少 1.00 元", "126.00", False),
        ("个别账25.00元", "26.00", True),
    ],
)
def test_of_two_sums_one_stays_as_it_was_and_explains_nothing_new(text: str, stated: str, is_explained: bool) -> None:
    line = row(ExplanationRow, code="SUM302", sheet_name="总括登记账", number="2025-001", text=text, valid_until=None)
    batch = row(SummaryRow, copies=1, list_value=Decimal(stated), last_no="000001", I=1)
    [found] = report("SUM302", library(batch, row(AccessionRow), line)).findings
    assert found.explained is is_explained
