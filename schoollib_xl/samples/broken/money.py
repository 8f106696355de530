"""报刊登记账 and 经费登记 (PER, CSH): one small broken example per check."""

from datetime import date, timedelta
from decimal import Decimal

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.vocabulary import PeriodicalKind
from schoollib_xl.samples.broken.example import Example
from schoollib_xl.samples.broken.rows import BATCH, BINDING, BOUGHT, GONE, INCIDENT, PAPER, SHORT_PAPER

_BOUND = PAPER._replace(bound_volumes=1, first_bound_no="000001", last_bound_no="000001")
_SUBSCRIBED = example(CashRow, summary="订报刊", voucher_no="BK0001", spent=Decimal("60.00"))
_COMPENSATED = example(
    CashRow,
    booked_on=date(2025, 10, 20),
    summary="赔款",
    voucher_no="SJ0001",
    received=Decimal("25.00"),
    spent=None,
    balance=Decimal("1005.00"),
)
_OTHER_BATCH = example(SummaryRow, batch_no="2025-002", voucher_no="FP0002")
_LATER = example(CashRow, booked_on=date(2025, 12, 1), summary="购修补材料", voucher_no=None, balance=None)

EXAMPLES = {
    "CSH101": Example((BOUGHT._replace(voucher_no="SJ0001", received=Decimal("25.00"), spent=None), INCIDENT)),
    "CSH102": Example((BOUGHT._replace(voucher_no="FP20240901"),)),
    "CSH103": Example(
        (BOUGHT, *(BOUGHT._replace(line=2 + n, booked_on=BOUGHT.booked_on - timedelta(days=62 - n)) for n in (1, 2)))
    ),
    "CSH106": Example((BOUGHT._replace(voucher_no="FP20251210", booked_on=date(2025, 11, 10)),)),
    "CSH107": Example(
        (
            *(BOUGHT._replace(voucher_no=f"FP202509{n}", booked_on=date(2025, 9, n)) for n in range(10, 15)),
            BOUGHT._replace(voucher_no="FP20250919", booked_on=date(2025, 9, 18)),
        )
    ),
    "CSH201": Example((BOUGHT, _COMPENSATED._replace(balance=Decimal("955.00")))),
    "CSH202": Example((BOUGHT._replace(spent=None),)),
    "CSH203": Example((BOUGHT._replace(received=Decimal("20.00")),)),
    "CSH204": Example((BATCH, BOUGHT._replace(summary="订报刊", voucher_no=BATCH.voucher_no))),
    "CSH205": Example(
        (
            BOUGHT,
            BOUGHT._replace(
                line=3, summary="上学年结转", received=Decimal("90.00"), spent=None, balance=Decimal("65.00")
            ),
        )
    ),
    "CSH206": Example((BOUGHT._replace(summary="上学年结转", received=Decimal("91.00"), spent=None),)),
    "CSH301": Example((example(SummaryRow), BOUGHT._replace(spent=Decimal("25.00")))),
    "CSH302": Example((example(PeriodicalRow), _SUBSCRIBED._replace(spent=Decimal("66.00")))),
    "CSH303": Example((example(CompensationRow), _COMPENSATED._replace(received=Decimal("20.00")))),
    "CSH304": Example(
        (
            BOUGHT._replace(voucher_no="SJ0001", received=Decimal("25.00"), spent=None),
            INCIDENT._replace(refunded_on=date(2025, 11, 3)),
        )
    ),
    "CSH305": Example((example(SummaryRow), BOUGHT._replace(received=BOUGHT.spent, spent=None))),
    "CSH306": Example((BATCH._replace(paid_value=None), BOUGHT)),
    "CSH311": Example((example(SummaryRow), _OTHER_BATCH, BOUGHT, _LATER)),
    "CSH312": Example(
        (
            example(PeriodicalRow),
            example(PeriodicalRow, periodical_no="BK2025-002", voucher_no="BK0002"),
            _SUBSCRIBED,
            _LATER,
        )
    ),
    "CSH313": Example(
        (
            example(CompensationRow),
            example(CompensationRow, incident_no="P2025-002", receipt_no="SJ0002"),
            BOUGHT,
            _COMPENSATED,
        )
    ),
    "CSH314": Example((BATCH, BOUGHT._replace(voucher_no="FP0002", spent=Decimal("30.00")))),
    "CSH315": Example((GONE._replace(disposal="变卖"), BOUGHT._replace(spent=None, received=Decimal("20.00")))),
    "PER001": Example((example(PeriodicalRow), example(PeriodicalRow, title="少年文艺"))),
    "PER002": Example(
        tuple(
            example(PeriodicalRow, periodical_no=number)
            for number in (*(f"BK2025-{at:03}" for at in range(1, 6)), "BK0225-006", "BK2025-007")
        )
    ),
    "PER011": Example((PAPER._replace(postal_code="2106"),)),
    "PER012": Example((PAPER._replace(postal_code="2月6日"),)),
    "PER013": Example((PAPER._replace(issn="10022767"),)),
    "PER014": Example((PAPER._replace(issn="1002-2768"),)),
    "PER015": Example((PAPER._replace(cn="CN11-106/J"),)),
    "PER016": Example((_BOUND, _BOUND._replace(periodical_no="BK2025-002", title="少年文艺"))),
    "PER017": Example((PAPER, PAPER._replace(title="少年文艺"))),
    "PER018": Example((PAPER, PAPER._replace(starts_on=date(2026, 2, 1), postal_code="2-107"))),
    "PER101": Example((PAPER._replace(ends_on=date(2025, 1, 31)),)),
    "PER102": Example((PAPER, PAPER._replace(periodical_no="BK2025-002", starts_on=date(2025, 12, 1)))),
    "PER103": Example((PAPER._replace(ends_on=date(2027, 1, 31)),)),
    "PER104": Example(
        (
            PAPER._replace(remarks="年底停刊"),
            PAPER._replace(periodical_no="BK2026-001", starts_on=PAPER.ends_on, ends_on=PAPER.ends_on + timedelta(99)),
        )
    ),
    "PER201": Example((PAPER._replace(copies=2, amount=Decimal("60.00")),)),
    "PER202": Example((PAPER._replace(received_issues=6),)),
    "PER203": Example((PAPER._replace(received_issues=4),)),
    "PER204": Example((PAPER._replace(due_issues=12, received_issues=12),)),
    "PER205": Example((_BOUND._replace(bound_volumes=2),)),
    "PER206": Example((PAPER._replace(received_issues=4, missing_note="缺 2 期，已查询"),)),
    "PER207": Example((PAPER._replace(missing_note="缺第三期"),)),
    "PER208": Example((PAPER._replace(kind=PeriodicalKind.NEWSPAPER, issn="1002-2767"),)),
    "PER209": Example((_BOUND._replace(received_issues=0),)),
    "PER210": Example(
        (
            PAPER._replace(copies=2, price=Decimal("24.00")),
            PAPER._replace(periodical_no="BK2026-001", copies=24, price=Decimal("2.00")),
        )
    ),
    "PER211": Example((SHORT_PAPER._replace(missing_note="缺第 60 期"),)),
    "PER212": Example((PAPER._replace(title="少年科学周刊"),)),
    "PER213": Example(
        (
            *(PAPER._replace(periodical_no=f"BK00{number}", voucher_no="YZ0001") for number in range(4)),
            PAPER._replace(voucher_no="YZ0001", ends_on=date(2026, 3, 31)),
        )
    ),
    "PER214": Example((PAPER._replace(voucher_no="YZ20261210"),)),
    "PER301": Example((_BOUND._replace(first_bound_no=None, last_bound_no=None),)),
    "PER302": Example((_BOUND._replace(first_bound_no="000010", last_bound_no="000010"),)),
    "PER303": Example((example(SummaryRow), example(AccessionRow), _BOUND)),
    "PER304": Example((_BOUND, BINDING._replace(title="少年文艺合订本"))),
    "PER305": Example((_BOUND, BINDING._replace(accessioned_on=date(2025, 3, 1)))),
    "PER306": Example((_BOUND._replace(bound_volumes=None),)),
}
