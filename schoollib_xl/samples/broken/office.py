"""盘点, 帐卡, 报刊, 经费, 基本信息, 评估, 审查 and 差异说明: one small broken example per check."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.kept import Kept, KeptSample
from schoollib_xl.ledgers.ledger_set import EXAMPLE_SCHOOL
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import example
from schoollib_xl.ledgers.school import SETTINGS, TermName
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow
from schoollib_xl.ledgers.supporting.inspection import EvaluationRow, ReviewRow
from schoollib_xl.ledgers.supporting.office import CashRow, ExplanationRow, SettingRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow, StocktakeScopeRow
from schoollib_xl.ledgers.supporting.vocabulary import Presence, ReviewOutcome
from schoollib_xl.ledgers.vocabulary import Condition, LoanOutcome
from schoollib_xl.samples.broken.example import Example

_COPY = example(AccessionRow)
_SECOND_COPY = example(AccessionRow, accession_no="000002")
_IN_ROOM = example(AccessionRow, accession_no="000002", location="阅览室")
_WITHDRAWN = example(AccessionRow, withdrawn_on=date(2025, 12, 12), withdrawal_no="2025-002")
_SCAN = example(StocktakeRow)
_CLOSED = example(StocktakeScopeRow)
_DAY_BEFORE = date(2026, 1, 19)
_BACK = example(LoanRow, accession_no="000002", returned_on=date(2026, 1, 20), outcome=LoanOutcome.RETURNED)
_THIRD = example(AccessionRow, accession_no="000003")
_REPAIR = example(RepairRow, reshelved_on=date(2025, 11, 10))
_PAPER = example(PeriodicalRow)
_BOUND = _PAPER._replace(bound_volumes=1, first_bound_no="000001", last_bound_no="000001")
_BOUGHT = example(CashRow)
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
_SECOND_BATCH = example(SummaryRow, batch_no="2025-002", voucher_no="FP0002")
_LATER = example(CashRow, booked_on=date(2025, 12, 1), summary="购修补材料", voucher_no=None, balance=None)
_ITEM = example(EvaluationRow)
_BATCH = example(SummaryRow)
_REVIEW = example(ReviewRow)
_STOPPED = _REVIEW._replace(scope="000001", outcome=ReviewOutcome.STOPPED)
_REMOVED = _REVIEW._replace(scope="000001", outcome=ReviewOutcome.REMOVE)
_DEAR_BATCH = example(SummaryRow, list_value=Decimal("34.00"))
_SAID = example(
    ExplanationRow, code="SUM302", sheet_name="总括登记账", number="2025-001", text="少 1.00 元，发票抹零。"
)
_SHORT_PAPER = example(PeriodicalRow, received_issues=4)


def _settings(*rows: Any, **changes: Any) -> Example:
    """The example school with other settings: those that were changed and those they are compared with."""
    school = EXAMPLE_SCHOOL._replace(**changes)
    shown = {"school_year", "term_start", "term_end", "cut_off", *changes}
    settings = (
        example(SettingRow, item=header, value=getattr(school, field.name))
        for header, field in SETTINGS.items()
        if field.name in shown
    )
    return Example((*settings, *rows), school)


EXAMPLES = {
    "STK001": Example((_COPY, _SCAN, _SCAN)),
    "STK101": Example((_COPY._replace(accessioned_on=date(2026, 1, 22)), _SCAN)),
    "STK102": Example(
        (
            *(_COPY, _SECOND_COPY, _THIRD, _CLOSED, _SCAN, _SCAN._replace(accession_no="000002")),
            _SCAN._replace(accession_no="000003", counted_on=date(2025, 1, 20)),
        )
    ),
    "STK105": Example((_COPY, _CLOSED._replace(starts_on=date(2026, 1, 21), ends_on=date(2026, 1, 22)), _SCAN)),
    "STK104": Example((_CLOSED._replace(starts_on=date(2025, 1, 2), ends_on=date(2026, 1, 2)),)),
    "STK103": Example((_CLOSED._replace(ends_on=date(2026, 1, 2)),)),
    "STK201": Example((_COPY, _SECOND_COPY, _SCAN, _CLOSED)),
    "STK202": Example(
        (
            _COPY,
            _SECOND_COPY,
            _CLOSED._replace(starts_on=_DAY_BEFORE),
            _SCAN._replace(counted_on=_DAY_BEFORE),
            _SCAN,
            _BACK,
        )
    ),
    "STK203": Example((_COPY, _SECOND_COPY, _SCAN)),
    "STK301": Example((_COPY, _SCAN, _SCAN._replace(accession_no="000009"))),
    "STK302": Example((_WITHDRAWN, _SCAN)),
    "STK303": Example((_COPY, example(LoanRow), _SCAN)),
    "STK304": Example((_COPY, example(CompensationRow), _SCAN)),
    "STK305": Example((_COPY, _IN_ROOM, _SCAN, _SCAN._replace(accession_no="000002"))),
    "STK306": Example((_IN_ROOM, _SCAN._replace(accession_no="000002", place="阅览大室"), _SCAN)),
    "STK307": Example((_COPY, _CLOSED._replace(scope="书仓"))),
    "STK308": Example((_COPY, _CLOSED)),
    "STK901": Example((_COPY, _SCAN._replace(condition=Condition.DAMAGED))),
    "CRD001": Example((_COPY, _SCAN._replace(catalogue_card=Presence.ABSENT))),
    "CRD002": Example((_COPY, _SCAN._replace(book_card=Presence.ABSENT))),
    "CRD003": Example((_COPY, _SCAN._replace(label=Presence.ABSENT))),
    "CRD004": Example((_COPY, _SCAN._replace(stamp=Presence.ABSENT))),
    "CRD101": Example((_COPY, _SECOND_COPY, _SCAN, _SCAN._replace(accession_no="000002", label=None))),
    "CRD102": Example((_COPY, _SCAN._replace(label=None))),
    "RPR101": Example((_REPAIR._replace(reshelved_on=date(2025, 11, 1)),)),
    "RPR301": Example((_COPY, _REPAIR._replace(accession_no="000009"))),
    "RPR302": Example((_WITHDRAWN, _REPAIR._replace(sent_on=date(2025, 12, 15), reshelved_on=None))),
    "RPR901": Example((_COPY, _REPAIR._replace(reshelved_on=None)), as_of=date(2026, 7, 3)),
    "PER011": Example((_PAPER._replace(postal_code="2106"),)),
    "PER012": Example((_PAPER._replace(postal_code="2月6日"),)),
    "PER013": Example((_PAPER._replace(issn="10022767"),)),
    "PER014": Example((_PAPER._replace(issn="1002-2768"),)),
    "PER015": Example((_PAPER._replace(cn="CN11-106/J"),)),
    "PER016": Example((_BOUND, _BOUND._replace(periodical_no="BK2025-002", title="少年文艺"))),
    "PER101": Example((_PAPER._replace(ends_on=date(2025, 1, 31)),)),
    "PER201": Example((_PAPER._replace(copies=2, amount=Decimal("60.00")),)),
    "PER213": Example(
        (
            *(_PAPER._replace(periodical_no=f"BK00{number}", voucher_no="YZ0001") for number in range(4)),
            _PAPER._replace(voucher_no="YZ0001", ends_on=date(2026, 3, 31)),
        )
    ),
    "PER211": Example((_SHORT_PAPER._replace(missing_note="缺第 60 期"),)),
    "PER210": Example(
        (
            _PAPER._replace(copies=2, price=Decimal("24.00")),
            _PAPER._replace(periodical_no="BK2026-001", copies=24, price=Decimal("2.00")),
        )
    ),
    "PER202": Example((_PAPER._replace(received_issues=6),)),
    "PER203": Example((_PAPER._replace(received_issues=4),)),
    "PER204": Example((_PAPER._replace(due_issues=12, received_issues=12),)),
    "PER205": Example((_BOUND._replace(bound_volumes=2),)),
    "PER301": Example((_BOUND._replace(first_bound_no=None, last_bound_no=None),)),
    "PER306": Example((_BOUND._replace(bound_volumes=None),)),
    "PER302": Example((_BOUND._replace(first_bound_no="000010", last_bound_no="000010"),)),
    "PER303": Example((example(SummaryRow), example(AccessionRow), _BOUND)),
    "CSH102": Example((_BOUGHT._replace(voucher_no="FP20240901"),)),
    "CSH103": Example(
        (_BOUGHT, *(_BOUGHT._replace(line=2 + n, booked_on=_BOUGHT.booked_on - timedelta(days=62 - n)) for n in (1, 2)))
    ),
    "CSH201": Example((_BOUGHT, _COMPENSATED._replace(balance=Decimal("955.00")))),
    "CSH301": Example((example(SummaryRow), _BOUGHT._replace(spent=Decimal("25.00")))),
    "CSH302": Example((example(PeriodicalRow), _SUBSCRIBED._replace(spent=Decimal("66.00")))),
    "CSH303": Example((example(CompensationRow), _COMPENSATED._replace(received=Decimal("20.00")))),
    "CSH305": Example((example(SummaryRow), _BOUGHT._replace(received=_BOUGHT.spent, spent=None))),
    "CSH311": Example((example(SummaryRow), _SECOND_BATCH, _BOUGHT, _LATER)),
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
            _BOUGHT,
            _COMPENSATED,
        )
    ),
    "SET001": _settings(term_end=None),
    "SET002": _settings(school_year="2025"),
    "SET003": _settings(
        *(example(AccessionRow, accession_no=f"{number:08}") for number in range(1, 21)), accession_width=6
    ),
    "SET004": Example((example(SettingRow, item="停借日", value=date(2026, 1, 12)),)),
    "SET005": Example(
        (example(SettingRow, item="学期", value="第一学期"), example(SettingRow, item="学期", value="第二学期"))
    ),
    "SET101": _settings(term_end=date(2025, 1, 23)),
    "SET102": _settings(previous_start=date(2025, 2, 17), previous_end=date(2025, 9, 4)),
    "SET103": _settings(cut_off=date(2025, 6, 30)),
    "SET107": _settings(previous_start=date(2023, 9, 1), previous_end=date(2025, 7, 4)),
    "SET108": _settings(
        example(ReaderRow), example(LoanRow, lent_on=date(2025, 12, 24)), lending_stops=date(2025, 12, 1)
    ),
    "SET106": _settings(lending_stops=date(2025, 6, 20)),
    "SET104": _settings(term_name=TermName.SECOND),
    "SET105": _settings(
        example(CalendarRow, starts_on=date(2025, 9, 1), ends_on=date(2026, 1, 23)), term_start=date(2025, 9, 29)
    ),
    "EVA001": Example((_ITEM, _ITEM._replace(content="账物相符"))),
    "EVA201": Example((_ITEM._replace(own_mark=Decimal(12)),)),
    "EVA302": Example((_ITEM._replace(standard="七本齐全"),)),
    "EVA303": Example((_ITEM._replace(content="书标齐全", figure="书袋卡齐全率"),)),
    "EVA304": Example((_ITEM._replace(content="报刊50种以上", figure="报刊种数", standard="40"),)),
    "EVA305": Example((_ITEM._replace(content="书标齐全", figure="书标齐全率", standard="980%"),)),
    "EVA301": Example((_ITEM._replace(figure="生均藏书数"),)),
    "CRD201": Example((_BATCH, _COPY), kept=Kept({"000001": "K825.6/1"})),
    "EVA401": Example((_BATCH, _COPY), kept=Kept(samples=(KeptSample(date(2025, 12, 1), 20, ("000001",)),))),
    "RVW101": Example((_REVIEW._replace(reviewed_on=date(2024, 12, 10)),)),
    "RVW102": Example((_BATCH, _REVIEW._replace(scope=_BATCH.batch_no, reviewed_on=date(2024, 9, 2)))),
    "RVW301": Example((_BATCH, _COPY, _STOPPED, example(LoanRow, lent_on=date(2025, 12, 15)))),
    "RVW302": Example((_BATCH, _COPY, _REMOVED), as_of=date(2026, 3, 2)),
    "RVW303": Example((_BATCH, _BATCH._replace(batch_no="2025-002"), _REVIEW)),
    "RVW304": Example((_BATCH, _REVIEW._replace(scope="2025-020"))),
    "RVW305": Example((_BATCH, _COPY, _STOPPED)),
    "EXP001": Example((_DEAR_BATCH, _COPY, _SAID._replace(code="SUM999"))),
    "EXP002": Example((_DEAR_BATCH, _COPY, _SAID._replace(sheet_name="总帐"))),
    "EXP003": Example((_DEAR_BATCH, _COPY, _SAID._replace(number="2025-011"))),
    "EXP101": Example((_DEAR_BATCH, _COPY, _SAID._replace(valid_until=date(2025, 9, 30)))),
    "EXP102": Example((_SAID._replace(written_on=date(2025, 9, 10), valid_until=date(2025, 9, 1)),)),
    "EXP201": Example((_DEAR_BATCH, _COPY, _SAID)),
    "EXP202": Example((_DEAR_BATCH, _COPY, _SAID._replace(text="发票抹零。"))),
    "EXP301": Example(
        (
            _SHORT_PAPER,
            _SHORT_PAPER._replace(title="少年文艺"),
            example(ExplanationRow, code="PER203", sheet_name="报刊登记账", number="BK2025-001", text="已查询。"),
        )
    ),
    "EXP901": Example((_DEAR_BATCH._replace(list_value=Decimal("25.00")), _COPY, _SAID)),
}
