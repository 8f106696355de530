"""盘点记录, 盘点范围, 修补登记: what stands on the shelf."""

from datetime import date
from typing import Annotated, NamedTuple

from schoollib_xl.ledgers.headers import ACCESSION_NO, BARCODE
from schoollib_xl.ledgers.identifiers import Identifier
from schoollib_xl.ledgers.schema import Group, LedgerColumn, sheet, words
from schoollib_xl.ledgers.supporting.vocabulary import Presence
from schoollib_xl.ledgers.vocabulary import Condition


@sheet("盘点记录", group=Group.OPTIONAL, key="accession_no", purpose="清点时架上看到一册记一行")
class StocktakeRow(NamedTuple):
    """A copy seen on the shelf: its 个别登记号, or the 条码号 on its label."""

    line: int
    counted_on: Annotated[date, LedgerColumn("盘点日期", "", date(2026, 1, 20), 12)]
    accession_no: Annotated[
        str,
        Identifier(accession=True),
        LedgerColumn("个别登记号", "照书上的号，条码号也可以", "000001", 12, ACCESSION_NO + BARCODE),
    ]
    place: Annotated[str | None, LedgerColumn("所在位置", "在哪里看到的", "书库")]
    condition: Annotated[Condition | None, LedgerColumn("书况", "完好、破损或待修", Condition.GOOD, 8)]
    catalogue_card: Annotated[Presence | None, LedgerColumn("著录卡", "有或无", Presence.PRESENT, 8)]
    book_card: Annotated[Presence | None, LedgerColumn("书袋卡", "有或无", Presence.PRESENT, 8)]
    label: Annotated[Presence | None, LedgerColumn("书标", "有或无", Presence.PRESENT, 8)]
    stamp: Annotated[Presence | None, LedgerColumn("馆藏章", "有或无", Presence.PRESENT, 8)]
    remarks: Annotated[str | None, LedgerColumn("备注", "", None, 20)]


@sheet("盘点范围", group=Group.OPTIONAL, key="scope", purpose="盘点一处记一行，盘完填结束日期")
class StocktakeScopeRow(NamedTuple):
    """A part of the shelves that is gone through from `starts_on` until `ends_on`; not finished without it."""

    line: int
    scope: Annotated[str, LedgerColumn("范围", "一个馆藏地，或类号如 I、J，或 全部", "书库", 16)]
    starts_on: Annotated[date, LedgerColumn("开始", "盘点的第一天", date(2026, 1, 20), 12)]
    ends_on: Annotated[date | None, LedgerColumn("结束", "盘完的那一天，还没有盘完就空着", date(2026, 1, 20), 12)]
    counted_by: Annotated[str | None, LedgerColumn("盘点人", "", "苏老师", 14)]
    remarks: Annotated[str | None, LedgerColumn("备注", "", None, 20)]


@sheet(
    "修补登记",
    group=Group.OPTIONAL,
    key="accession_no",
    purpose="送修一册记一行，修好归架填归架日期",
    also=words("修补账 修补登记账 修补登记簿"),
)
class RepairRow(NamedTuple):
    """A copy away for repair from `sent_on` until `reshelved_on`."""

    line: int
    sent_on: Annotated[date, LedgerColumn("送修日期", "", date(2025, 11, 3), 12)]
    accession_no: Annotated[
        str, Identifier(accession=True), LedgerColumn("个别登记号", "", "000001", 12, ACCESSION_NO + BARCODE)
    ]
    damage: Annotated[str | None, LedgerColumn("破损情况", "", "书脊开裂", 18)]
    repairer: Annotated[str | None, LedgerColumn("修补人", "", "苏老师")]
    reshelved_on: Annotated[date | None, LedgerColumn("归架日期", "还没归架就空着", None, 12)]
