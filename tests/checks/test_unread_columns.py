"""Whatever column nobody could read, in all its lines or in some: every check says what it still can."""

import pytest

from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import DeclaredSheet
from schoollib_xl.ledgers.table import Flaw, FlawedCell, IncompleteRow
from small_sample import tiny_sample


@pytest.mark.slow
@pytest.mark.parametrize("sheet", ALL_SHEETS, ids=lambda sheet: sheet.name)
def test_a_column_that_nobody_could_read_stops_no_check(sheet: DeclaredSheet) -> None:
    books = tiny_sample().library()
    table = books[sheet.row_type]
    for field in sheet.fields if table.rows else ():
        unread = table.rows[::2]
        flaws = [FlawedCell(row.line, field.name, Flaw.ERROR_VALUE, "#N/A") for row in unread]
        if field.holds_up:
            incomplete = [IncompleteRow(row.line, {**row._asdict(), field.name: None}) for row in unread]
            without = table.changed(rows=table.rows[1::2], incomplete=incomplete, flaws=flaws)
        else:
            blank = [row._replace(**{field.name: field.blank}) for row in unread]
            rows = sorted([*blank, *table.rows[1::2]], key=lambda row: row.line)
            without = table.changed(rows=rows, flaws=flaws)
        report = run(books.with_tables(without), ALL.values())
        assert any(one.at == (sheet.row_type, unread[0].line, field.name) for one in report.findings), field.header
