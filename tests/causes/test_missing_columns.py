"""A workbook that lacks a column the sums are made of still gets its findings."""

from typing import Any

import pytest

from make import without_column
from schoollib_xl.causes.explaining import causes_of
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.samples.broken.every import EXAMPLES


@pytest.mark.parametrize(
    ("row_type", "field"),
    [(SummaryRow, "flow"), (SummaryRow, "list_value"), (WithdrawalRow, "accession_no"), (AccessionRow, "batch_no")],
)
def test_no_cause_is_looked_for_where_a_column_of_the_sums_is_missing(row_type: type[Any], field: str) -> None:
    library = without_column(EXAMPLES["SUM302"].library(), row_type, field)
    report = run(library, ALL.values())
    assert report.findings
    assert causes_of(library, report).found == ()
