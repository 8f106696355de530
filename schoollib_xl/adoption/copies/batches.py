"""Batches of an old 总括登记账: whether they came or went, and which copies are of which."""

from collections.abc import Iterable, Sequence

from schoollib_xl.adoption.journal import Journal
from schoollib_xl.adoption.number_lists import between
from schoollib_xl.adoption.rows.cells import CellReader
from schoollib_xl.adoption.rows.records import Record
from schoollib_xl.adoption.transforms import FLOW_FROM_SOURCE
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.summary import SOURCES, SummaryRow
from schoollib_xl.ledgers.vocabulary import Flow, SourceOrDestination

_FLOW = next(field for field in SHEETS[SummaryRow].fields if field.name == "flow")


def fill_flows(records: Iterable[Record], journal: Journal) -> None:
    """Give the batches that do not say whether they came or went what their 来源或去向 tells; 其他 tells nothing."""
    for record in records:
        if not record.get("flow") and "flow" not in record.unread and (flow := _flow_told(record)):
            record.values["flow"] = flow
            journal.did(FLOW_FROM_SOURCE, record.place, "收支", "", flow.value)


def _flow_told(record: Record) -> Flow | None:
    source = record.get("source")
    if "source" in record.unread:
        # By hand one column often says both: 购入, 捐赠, 注销, 上年结存.
        flow = CellReader(_FLOW, prices=False).read(record.line.cell(record.table.columns["source"])).value
        return flow if isinstance(flow, Flow) else None
    if source in (None, SourceOrDestination.OTHER):
        return None
    return Flow.IN if source in SOURCES else Flow.OUT


class KnownBatches:
    """The batches of an old 总括登记账, by their numbers and by those of their copies."""

    def __init__(self, rows: Iterable[SummaryRow]) -> None:
        self.by_number = {row.batch_no: row for row in rows if row.batch_no}
        self._of_copies = {
            number: batch_no
            for batch_no, row in self.by_number.items()
            if row.flow is not Flow.OUT and row.first_no and row.last_no
            for number in between(row.first_no, row.last_no) or ()
        }

    def of(self, numbers: Sequence[str]) -> str | None:
        """The batch in whose range all these numbers lie."""
        found = {self._of_copies.get(number) for number in numbers}
        return found.pop() if len(found) == 1 else None
