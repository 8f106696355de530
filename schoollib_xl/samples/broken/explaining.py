"""差异说明: one small broken example per check."""

from datetime import date
from decimal import Decimal

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import example
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.office import ExplanationRow
from schoollib_xl.samples.broken.example import Example

_BATCH = example(SummaryRow, list_value=Decimal("34.00"))
_COPY = example(AccessionRow)
_SAID = example(
    ExplanationRow, code="SUM302", sheet_name="总括登记账", number="2025-001", text="少 1.00 元，发票抹零。"
)
_PAPER = example(PeriodicalRow, received_issues=4)

EXAMPLES = {
    "EXP001": Example((_BATCH, _COPY, _SAID._replace(code="SUM999"))),
    "EXP002": Example((_BATCH, _COPY, _SAID._replace(sheet_name="总帐"))),
    "EXP003": Example((_BATCH, _COPY, _SAID._replace(number="2025-011"))),
    "EXP101": Example((_BATCH, _COPY, _SAID._replace(valid_until=date(2025, 9, 30)))),
    "EXP102": Example((_SAID._replace(written_on=date(2025, 9, 10), valid_until=date(2025, 9, 1)),)),
    "EXP201": Example((_BATCH, _COPY, _SAID)),
    "EXP202": Example((_BATCH, _COPY, _SAID._replace(text="发票抹零。"))),
    "EXP301": Example(
        (
            _PAPER,
            _PAPER._replace(title="少年文艺"),
            example(ExplanationRow, code="PER203", sheet_name="报刊登记账", number="BK2025-001", text="已查询。"),
        )
    ),
    "EXP901": Example((_BATCH._replace(list_value=Decimal("25.00")), _COPY, _SAID)),
}
