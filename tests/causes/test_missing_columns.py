"""A workbook that lacks a column the sums are made of still gets its findings."""

from typing import Any

import pytest

from schoollib_xl.causes.explaining import causes_of
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.samples.broken.every import EXAMPLES


@pytest.mark.parametrize(
    ("row_type", "field"),
    [(SummaryRow, "flow"), (SummaryRow, "list_value"), (WithdrawalRow, "accession_no"), (AccessionRow, "batch_no")],
)
def test_no_cause_is_looked_for_where_a_column_of_the_sums_is_missing(row_type: type[Any], field: str) -> None:
    library = _without_column(EXAMPLES["SUM302"].library(), row_type, field)
    report = run(library, ALL.values())
    assert report.findings
    assert causes_of(library, report).found == ()


def _without_column(library: Library, row_type: type[Any], field: str) -> Library:
    table = library[row_type]
    parts = [part._replace(columns={k: v for k, v in part.columns.items() if k != field}) for part in table.parts]
    changed = table.changed(rows=[row._replace(**{field: None}) for row in table], parts=parts)
    others = [library[sheet.row_type] for sheet in ALL_SHEETS if sheet.row_type is not row_type]
    return Library([*others, changed], library.school, library.as_of)
