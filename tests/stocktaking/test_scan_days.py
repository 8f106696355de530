"""The days in files of scans: read where they can be, and said where they cannot."""

from datetime import date
from pathlib import Path

import pytest

from make import EXAMPLE_SCHOOL
from make import row as example
from schoollib_xl.actions.stocktaking import count
from schoollib_xl.intake.scan_lines import ScanDays
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.sheets.cells import CellValue

AS_OF = date(2026, 7, 20)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["05/07/2026 09:00:00", "13/07/2026 09:00:00"], [date(2026, 7, 5), date(2026, 7, 13)]),
        (["07/05/2026", "07/13/2026"], [date(2026, 7, 5), date(2026, 7, 13)]),
        (["05/07/2026 09:00:00"], [None]),
        (["07/07/2026"], [date(2026, 7, 7)]),
        (["13/07/2026", "07/13/2026", "05/07/2026"], [None, None, None]),
        (["2026/7/5 9:00", "2026-07-05T09:00:00"], [date(2026, 7, 5)] * 2),
        (["31.02.2026"], [None]),
        ([46208.4, 46208], [date(2026, 7, 5)] * 2),
        (["Jul 5 2026 9:00 AM", "1783234800000"], [date(2026, 7, 5), None]),
    ],
)
def test_the_order_of_day_and_month_is_told_by_the_other_rows(
    cells: list[CellValue], expected: list[date | None]
) -> None:
    assert [*map(ScanDays(cells).of, cells)] == expected


@pytest.fixture
def books() -> Library:
    rows = [example(AccessionRow, accession_no=number) for number in ("000001", "000002")]
    return LedgerSet.of(*rows, school=EXAMPLE_SCHOOL).library(AS_OF)


@pytest.mark.parametrize(
    ("text", "days", "said"),
    [
        ("Scan Time,Barcode\n05/07/2026 09:00:00,000001\n06/07/2026 09:00:01,000002\n", [AS_OF] * 2, "05/07/2026"),
        ("条码,日期\n000001,2036-07-05\n000002,2026-07-05\n", [AS_OF, date(2026, 7, 5)], "2036-07-05"),
        ("条码,日期\n000001,昨天\n000002,2026-07-05\n", [AS_OF, date(2026, 7, 5)], "昨天"),
        ("000001,05/07/2026\n000002,05/07/2026\n", [AS_OF] * 2, "05/07/2026"),
        ("000001,13/07/2026\n000002,05/07/2026\n", [date(2026, 7, 13), date(2026, 7, 5)], ""),
        ("条码,日期\n000001,1970-01-01\n000002,2026-07-05\n", [AS_OF, date(2026, 7, 5)], "1970-01-01"),
        ("时间,条码\n09:00,000001\n09:01,000002\n", [AS_OF] * 2, ""),
        ("时间,日期,条码\n09:00,2026-07-05,000001\n,,000002\n", [date(2026, 7, 5), AS_OF], ""),
    ],
)
def test_a_day_that_cannot_be_used_is_said(
    text: str, days: list[date], said: str, books: Library, tmp_path: Path
) -> None:
    path = tmp_path / "扫.csv"
    path.write_text(text, encoding="utf-8")
    found = count(books, [path], None, None)
    assert [read.row.counted_on for read in found.result.reads] == days
    assert "".join(found.refusals).count("个日期用不上") == bool(said)
    assert said in "".join(found.refusals)


def test_a_day_she_names_settles_it(books: Library, tmp_path: Path) -> None:
    path = tmp_path / "扫.csv"
    path.write_text("条码,日期\n000001,2036-07-05\n000002,05/07/2026\n", encoding="utf-8")
    found = count(books, [path], None, date(2026, 7, 1))
    assert {read.row.counted_on for read in found.result.reads} == {date(2026, 7, 1)}
    assert found.refusals == ()


@pytest.mark.parametrize(("times", "scans"), [("1", 1), ("2", 2), ("", 1), ("一", 1), ("0", 1), ("1000000000", 1)])
def test_how_often_a_number_was_scanned_is_counted(times: str, scans: int, books: Library, tmp_path: Path) -> None:
    path = tmp_path / "扫.csv"
    path.write_text(f"条码,次数\n000001,{times}\n", encoding="utf-8")
    found = count(books, [path], None, None)
    assert (len(found.result.reads), found.refusals) == (scans, ())


def test_a_title_above_a_single_column_is_no_number(books: Library, tmp_path: Path) -> None:
    path = tmp_path / "扫.csv"
    path.write_text("2026年7月5日清点扫描\n条码\n000001\n000002\n", encoding="utf-8")
    assert [read.scan.text for read in count(books, [path], None, None).result.reads] == ["000001", "000002"]
