"""The sample school with known faults: at least one for every family of checks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import R
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.activities import VisitRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.ledgers.supporting.vocabulary import Presence
from schoollib_xl.ledgers.vocabulary import Circulation, Flow, LoanMode, Settlement, Source
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.sheets.cells import CellValue, ErrorValue


class Pages:
    """A copy of a set of ledgers that slips of the pen are made in."""

    def __init__(self, clean: LedgerSet) -> None:
        self.ledger_set = LedgerSet(clean.school, {row_type: list(rows) for row_type, rows in clean.rows.items()})

    def first(self, row_type: type[R], holds: Callable[[R], bool]) -> R:
        """The first row for which the condition holds."""
        return next(row for row in self._rows(row_type) if holds(row))

    def edit(self, row: Any, **changes: Any) -> None:
        """Change cells of a row."""
        self._rows(type(row))[row.line - 2] = row._replace(**changes)

    def add(self, row: Any) -> None:
        """Write a row below the last one."""
        rows = self._rows(type(row))
        rows.append(row._replace(line=len(rows) + 2))

    def drop(self, row: Any) -> None:
        """Leave a row out; the last row of the sheet takes its line."""
        rows = self._rows(type(row))
        last = rows.pop()
        if last.line != row.line:
            rows[row.line - 2] = last._replace(line=row.line)

    def _rows(self, row_type: type[R]) -> list[R]:
        return self.ledger_set.rows[row_type]


@dataclass(frozen=True)
class Fault:
    """A slip that is known: the family of checks (A to K), the code that names it, what was done wrong."""

    family: str
    code: str
    said: str
    plant: Callable[[Pages], None]


class RawFault(NamedTuple):
    """A cell that cannot be what its column holds, so that no row can carry it: it is written as it stands."""

    row_type: type[Any]
    line: int
    field: str
    value: CellValue


RAW_FAULTS: tuple[RawFault, ...] = (
    RawFault(AccessionRow, 55, "accession_no", 54),
    RawFault(LoanRow, 120, "lent_on", "2025年13月45日"),
    RawFault(CompensationRow, 4, "price", ErrorValue("#N/A")),
    RawFault(CashRow, 3, "received", "12000"),
    RawFault(VisitRow, 9, "people", "二十多人"),
    # 邮发代号 5-107 as Excel would have it, had the cell not been text.
    RawFault(PeriodicalRow, 3, "postal_code", date(2026, 5, 7)),
)


def with_faults(clean: LedgerSet) -> LedgerSet:
    """The school with every known fault made in it; the set of ledgers given is left as it is."""
    pages = Pages(clean)
    for fault in KNOWN_FAULTS:
        fault.plant(pages)
    return pages.ledger_set


def _batch(pages: Pages, source: Source) -> SummaryRow:
    return pages.first(SummaryRow, lambda row: row.flow is Flow.IN and row.source == source.value)


def _class_column_too_high(pages: Pages) -> None:
    batch = _batch(pages, Source.PURCHASE)
    pages.edit(batch, I=(batch.I or 0) + 1)


def _running_total_wrong(pages: Pages) -> None:
    last = pages.first(SummaryRow, lambda row: row.line == len(pages.ledger_set.rows[SummaryRow]) + 1)
    pages.edit(last, running_copies=(last.running_copies or 0) + 10)


def _price_turned_round(pages: Pages) -> None:
    batch_no = _batch(pages, Source.ALLOCATION).batch_no
    copy = pages.first(AccessionRow, lambda row: row.batch_no == batch_no)
    pages.edit(copy, price=copy.value + Decimal("18.00"))


def _isbn_digit_wrong(pages: Pages) -> None:
    copy = pages.first(AccessionRow, lambda row: row.circulation is Circulation.REFERENCE)
    pages.edit(copy, isbn=_slip(copy.isbn or ""))


def _opening_not_carried_over(pages: Pages) -> None:
    row = pages.first(ClassificationRow, lambda row: row.class_letter == "J" and row.line > 23)
    pages.edit(row, opening_copies=row.opening_copies + 2)


def _withdrawal_price_differs(pages: Pages) -> None:
    row = pages.first(WithdrawalRow, lambda row: True)
    pages.edit(row, price=(row.price or 0) + Decimal("10.00"))


def _withdrawal_not_noted(pages: Pages) -> None:
    copy = pages.first(AccessionRow, lambda row: row.withdrawn_on is not None and row.line > 100)
    pages.edit(copy, withdrawn_on=None, withdrawal_no=None)


def _receipt_missing(pages: Pages) -> None:
    incident = pages.first(CompensationRow, lambda row: row.settlement is Settlement.PAYMENT)
    pages.edit(incident, receipt_no=None)


def _due_date_wrong(pages: Pages) -> None:
    loan = pages.first(LoanRow, lambda row: row.is_personal and row.line > 200)
    pages.edit(loan, due_on=loan.due_on + timedelta(7))


def _returned_before_lent(pages: Pages) -> None:
    loan = pages.first(LoanRow, lambda row: row.is_personal and row.line > 400)
    pages.edit(loan, returned_on=loan.lent_on - timedelta(3))


def _never_returned(pages: Pages) -> None:
    """The copy is not on the shelf either: the ledgers agree, the reader is late."""
    loan = _late_loans(pages)[0]
    pages.edit(loan, returned_on=None, outcome=None)
    pages.drop(pages.first(StocktakeRow, lambda row: row.accession_no == loan.accession_no))


def _not_signed_in(pages: Pages) -> None:
    pages.edit(_late_loans(pages)[-1], returned_on=None, outcome=None)


def _late_loans(pages: Pages) -> list[LoanRow]:
    """The personal loans of the last lending day."""
    loans = [loan for loan in pages.ledger_set.rows[LoanRow] if loan.mode is LoanMode.PERSONAL]
    return [loan for loan in loans if loan.lent_on == loans[-1].lent_on]


def _not_seen_on_the_shelf(pages: Pages) -> None:
    pages.drop(pages.first(StocktakeRow, lambda row: row.line > 700))


def _written_off_yet_on_the_shelf(pages: Pages) -> None:
    gone = pages.first(WithdrawalRow, lambda row: row.line > 10)
    scan = pages.ledger_set.rows[StocktakeRow][-1]
    pages.add(scan._replace(accession_no=gone.accession_no))


def _label_missing(pages: Pages) -> None:
    pages.edit(pages.first(StocktakeRow, lambda row: row.line > 900), label=Presence.ABSENT)


def _subscription_miscounted(pages: Pages) -> None:
    row = pages.first(PeriodicalRow, lambda row: row.copies > 1)
    pages.edit(row, amount=row.amount + Decimal("10.00"))


def _issn_digit_wrong(pages: Pages) -> None:
    row = pages.first(PeriodicalRow, lambda row: row.issn is not None and row.line > 20)
    pages.edit(row, issn=_slip(row.issn or ""))


def _slip(number: str) -> str:
    """The number with another last digit."""
    return number[:-1] + ("1" if number.endswith("0") else "0")


def _loan_number_twice(pages: Pages) -> None:
    loan = pages.first(LoanRow, lambda row: row.line > 600)
    pages.edit(loan, loan_no=pages.ledger_set.rows[LoanRow][loan.line - 3].loan_no)


KNOWN_FAULTS: tuple[Fault, ...] = (
    Fault("A", "SUM201", "总括登记账：一批购入的书，I 类多记了 1 册。", _class_column_too_high),
    Fault("A", "SUM211", "总括登记账：最后一批的累计册数多了 10 册。", _running_total_wrong),
    Fault("B", "SUM302", "个别登记账：调拨来的一册，单价多记了 18 元。", _price_turned_round),
    Fault("C", "ACC013", "个别登记账：一册的 ISBN 抄错了最后一位。", _isbn_digit_wrong),
    Fault("D", "CLS203", "分类统计账：J 类第二期的期初多了 2 册。", _opening_not_carried_over),
    Fault("E", "WDL201", "注销登记账：一册的单价多记了 10 元。", _withdrawal_price_differs),
    Fault("E", "ACC352", "个别登记账：一册注销了，没有填注销日期和批号。", _withdrawal_not_noted),
    Fault("F", "CMP011", "赔偿登记账：收了赔款，没有填收据号。", _receipt_missing),
    Fault("G", "CIR103", "借阅登记账：一笔的应还日期晚写了 7 天。", _due_date_wrong),
    Fault("G", "CIR102", "借阅登记账：一笔的归还日期早于借出日期。", _returned_before_lent),
    Fault("G", "CIR902", "借阅登记账：一册到期没有归还。", _never_returned),
    Fault("H", "STK201", "盘点记录：一册账上在架的书没有看到。", _not_seen_on_the_shelf),
    Fault("H", "STK302", "盘点记录：一册已注销的书还在架上。", _written_off_yet_on_the_shelf),
    Fault("H", "STK303", "盘点记录：一册还没有归还的书却在架上。", _not_signed_in),
    Fault("I", "CRD003", "盘点记录：一册没有书标。", _label_missing),
    Fault("J", "PER201", "报刊登记账：一种报刊的金额多了 10 元。", _subscription_miscounted),
    Fault("J", "PER014", "报刊登记账：一种期刊的 ISSN 抄错了最后一位。", _issn_digit_wrong),
    Fault("K", "CIR001", "借阅登记账：两笔用了同一个借阅序号。", _loan_number_twice),
)
