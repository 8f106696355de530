"""What is written is read back as it was, by ourselves and after LibreOffice has recalculated and saved it."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

import office
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.school import School
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.office import MappingRow, SettingRow
from schoollib_xl.ledgers.table import Flaw
from schoollib_xl.sheets.building.prompts import choices
from schoollib_xl.sheets.building.starting import starting_ledger_set
from schoollib_xl.sheets.building.workbook import write_workbook
from schoollib_xl.sheets.cells import ErrorValue, Uncalculated
from schoollib_xl.sheets.reading.loading import load
from small_sample import first_rows, tiny_sample
from surgery import without_repeated_headings

# LibreOffice trusts stored results unless it is told to recalculate whatever it opens.
_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>
"""
needs_office = pytest.mark.skipif(office.soffice() is None, reason="LibreOffice is not installed")


def every_example() -> LedgerSet:
    """The declared example of every sheet, some of it looking like formulas; 账册对照 would name a sheet of hers."""
    kinds = [sheet.row_type for sheet in ALL_SHEETS if sheet.row_type not in (SettingRow, MappingRow)]
    texts = ("title", "name", "author", "remarks")
    rows = [example(kind) for kind in kinds]
    return LedgerSet.of(*(row._replace(**{name: "=1+1" for name in texts if name in row._fields}) for row in rows))


def differences(library: Library, ledger_set: LedgerSet) -> Iterator[str]:
    for declared in ALL_SHEETS:
        table, rows = library[declared.row_type], ledger_set.rows.get(declared.row_type)
        if rows is not None and list(table) != list(rows):
            yield declared.name
        # The example of 账册对照 names a sheet that this workbook does not have.
        flaws = (cell for cell in table.flaws if cell.flaw is not Flaw.NO_SUCH_OWN_NAME)
        yield from (f"{declared.name} {flaw}" for flaw in (*flaws, *table.oddities))


@pytest.mark.parametrize("make", [every_example, lambda: starting_ledger_set(date(2025, 9, 1)).ledger_set])
def test_small_ledger_sets_are_read_back_as_they_were(tmp_path: Path, make: Callable[[], LedgerSet]) -> None:
    ledger_set = make()
    write_workbook(ledger_set, tmp_path / "账.xlsx")
    library = load(tmp_path / "账.xlsx", None).library
    assert not list(differences(library, ledger_set))
    assert library.school == ledger_set.school


def test_a_school_is_read_back_as_it_was(tmp_path: Path) -> None:
    school = tiny_sample()
    write_workbook(school, tmp_path / "账.xlsx")
    library = load(tmp_path / "账.xlsx", None).library
    assert not list(differences(library, school))
    assert library.school == school.school


def test_an_empty_workbook_is_read_back_empty_and_sound(tmp_path: Path) -> None:
    write_workbook(LedgerSet(School()), tmp_path / "账.xlsx")
    library = load(tmp_path / "账.xlsx", None).library
    assert not list(differences(library, LedgerSet(School())))
    assert all(library[sheet.row_type].present for sheet in ALL_SHEETS)
    assert sum(len(library[sheet.row_type]) for sheet in ALL_SHEETS if sheet.row_type is not SettingRow) == 0


def test_raw_cells_are_read_as_the_flaws_they_are(tmp_path: Path) -> None:
    raw = {
        "copies": "10册",
        "list_value": ErrorValue("#N/A"),
        "paid_value": Uncalculated("I2*0.8"),
        "registered_on": "2025.9.1",
        "first_no": 1.0,
    }
    cells = [(SummaryRow, 2, name, value) for name, value in raw.items()]
    write_workbook(LedgerSet.of(example(SummaryRow)), tmp_path / "账.xlsx", cells)
    flaws = load(tmp_path / "账.xlsx", None).library[SummaryRow].flaws
    assert {(cell.field, cell.flaw) for cell in flaws} == {
        ("copies", Flaw.TEXT_NUMBER),
        ("list_value", Flaw.ERROR_VALUE),
        ("paid_value", Flaw.UNCALCULATED),
        ("registered_on", Flaw.TEXT_DATE),
        ("first_no", Flaw.ZEROS_LOST),
    }


@pytest.fixture(scope="module")
def resaved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of a school's first rows, without results, as LibreOffice saves it after recalculating every
    formula.
    """
    made, folder = tmp_path_factory.mktemp("made"), tmp_path_factory.mktemp("office")
    (folder / "profile" / "user").mkdir(parents=True)
    (folder / "profile" / "user" / "registrymodifications.xcu").write_text(_ALWAYS_RECALCULATE, "utf-8")
    write_workbook(first_rows(), made / "账.xlsx")
    return office.convert(without_repeated_headings(without_results(made / "账.xlsx")), folder, "xlsx")


def without_results(path: Path) -> Path:
    """The same workbook with every stored formula result replaced by 7, so that only recalculating mends it."""
    spoilt = path.with_name("spoilt.xlsx")
    with ZipFile(path) as source, ZipFile(spoilt, "w") as target:
        for name in source.namelist():
            target.writestr(name, re.sub(rb"</f><v>[^<]+</v>", b"</f><v>7</v>", source.read(name)))
    return spoilt


@needs_office
@pytest.mark.office
def test_libreoffice_saves_a_school_with_equal_rows(resaved: Path) -> None:
    library = load(resaved, None).library
    assert not list(differences(library, first_rows()))
    assert library.school == first_rows().school


@needs_office
@pytest.mark.office
def test_libreoffice_reckons_the_same_totals_and_keeps_the_drop_downs(resaved: Path) -> None:
    few = first_rows()
    library = load(resaved, None).library
    last = library[SummaryRow].rows[-1]
    assert (last.running_copies, last.running_value) == (
        sum(row.sign * row.copies for row in library[SummaryRow]),
        sum((row.sign * row.list_value for row in library[SummaryRow]), Decimal(0)),
    )
    book = load_workbook(resaved, data_only=True)
    counted = {row[1].value: row[3].value for row in book["首页"].iter_rows(min_row=16) if row[3].value is not None}
    assert {sheet.name: counted[sheet.name] for sheet in ALL_SHEETS} == {
        sheet.name: len(library[sheet.row_type]) for sheet in ALL_SHEETS
    }
    assert book["首页"]["B2"].value == " ".join(
        (few.school.name or "", few.school.school_year or "", few.school.term_name or "")
    )
    for declared in ALL_SHEETS:
        lists = {
            str(one.sqref).split(":")[0]: one.formula1
            for one in book[declared.name].data_validations.dataValidation
            if one.type == "list"
        }
        for field in declared.fields:
            if words := choices(declared, field):
                letters = chr(ord("A") + SHEETS[declared.row_type].positions[field.name] - 1)
                assert f'"{",".join(words)}"' == lists[f"{letters}2"] or lists[f"{letters}2"] in book.defined_names
