"""报刊登记账: one small broken example per check."""

from datetime import date
from decimal import Decimal

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import example
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.samples.broken.example import Example

_PAPER = example(PeriodicalRow)
_BOUND = _PAPER._replace(bound_volumes=1, first_bound_no="000001", last_bound_no="000001")

EXAMPLES = {
    "PER011": Example((_PAPER._replace(postal_code="2106"),)),
    "PER012": Example((_PAPER._replace(postal_code="2月6日"),)),
    "PER013": Example((_PAPER._replace(issn="10022767"),)),
    "PER014": Example((_PAPER._replace(issn="1002-2768"),)),
    "PER015": Example((_PAPER._replace(cn="CN11-106/J"),)),
    "PER016": Example((_BOUND, _BOUND._replace(periodical_no="BK2025-002", title="少年文艺"))),
    "PER101": Example((_PAPER._replace(ends_on=date(2025, 1, 31)),)),
    "PER201": Example((_PAPER._replace(copies=2, amount=Decimal("60.00")),)),
    "PER202": Example((_PAPER._replace(received_issues=6),)),
    "PER203": Example((_PAPER._replace(received_issues=4),)),
    "PER204": Example((_PAPER._replace(due_issues=12, received_issues=12),)),
    "PER205": Example((_BOUND._replace(bound_volumes=2),)),
    "PER301": Example((_BOUND._replace(first_bound_no=None, last_bound_no=None),)),
    "PER306": Example((_BOUND._replace(bound_volumes=None),)),
    "PER302": Example((_BOUND._replace(first_bound_no="000010", last_bound_no="000010"),)),
    "PER303": Example((example(SummaryRow), example(AccessionRow), _BOUND)),
}
