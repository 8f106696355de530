"""填写 (FMT): figures below nought that no line of 总括登记账 or 经费登记 puts right with."""

from collections.abc import Iterator

from schoollib_xl.checks.check import Found, Severity, check, found
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell, cell, header_of
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.rules.corrections import FIGURES, correcting
from schoollib_xl.rules.likeness import says

# What an entry of money says that takes another back.
_TAKEN_BACK = (
    "冲",
    "红",
    "更正",
    "更改",
    "改正",
    "退",
    "错",
    "误",
    "多记",
    "多收",
    "多付",
    "多算",
    "重复",
    "调整",
    "调账",
    "减",
    "撤",
    "返",
    "抵",
    "扣",
    "优惠",
    "收回",
    "追回",
    "转回",
    "作废",
    "抹",
    "折让",
)


@check(
    "FMT209",
    title="负数没有写更正的是哪一笔",
    message="“{header}”填的是 {figure}，是负数；没有写更正的是哪一{unit}。",
    why="记多了可以用负数（红字）冲掉，可是要写明冲的是哪一笔，不然分不清是冲账还是多打了一个减号。",
    fix="先查原始单据；多打了减号就去掉；真是冲账，总括账在备注里写更正的总括登记号，经费在摘要里写“更正”和哪一笔。",
    severity=Severity.WARNING,
    reads={},
    may_read={
        SummaryRow: f"batch_no remarks voucher_no {' '.join(FIGURES)}",
        CashRow: "summary remarks received spent",
    },
)
def negative_without_a_reason(library: Library) -> Iterator[Found]:
    corrections = library.derive(correcting)
    for row in library[SummaryRow]:
        if row.line not in corrections:
            yield from _first_below_nought(row, FIGURES, "批")
    for entry in library[CashRow]:
        if not says(entry.summary, *_TAKEN_BACK) and not says(entry.remarks, *_TAKEN_BACK):
            yield from _first_below_nought(entry, ("received", "spent"), "笔")


def _first_below_nought(row: SummaryRow | CashRow, fields: tuple[str, ...], unit: str) -> Iterator[Found]:
    below: list[Cell] = [cell(row, name) for name in fields if (getattr(row, name) or 0) < 0]
    if below:
        header = header_of(type(row), below[0].field)
        yield found(*below, header=header, figure=getattr(row, below[0].field), unit=unit)
