"""The built workbook: what Excel, WPS and the librarian find in it."""

import hashlib
import os
import subprocess
import sys
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from schoollib_xl.checks.every import ALL
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import EXAMPLE_SCHOOL, LedgerSet
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.registry import ALL_SHEETS, LEDGERS
from schoollib_xl.ledgers.schema import LINES_PER_SHEET, SHEETS, DeclaredSheet, Field, Group, Kind
from schoollib_xl.ledgers.school import SETTINGS
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.calendar import OpeningRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.supporting.papers import ParagraphRow
from schoollib_xl.ledgers.vocabulary import Flow, SourceOrDestination
from schoollib_xl.sheets.building.prompts import CLASS_LIST, choices
from schoollib_xl.sheets.building.workbook import KEPT, write_workbook
from schoollib_xl.sheets.cells import ErrorValue, Uncalculated
from schoollib_xl.sheets.layout import LINE_HEIGHT, LedgerSheet
from schoollib_xl.wording.places import column_letters

FORMATS = {
    Kind.TEXT: "@",
    Kind.IDENTIFIER: "@",
    Kind.CHOICE: "@",
    Kind.DATE: "yyyy-mm-dd",
    Kind.TIME: "hh:mm",
    Kind.COUNT: "0",
    Kind.MONEY: "#,##0.00",
    Kind.NUMBER: "General",
    Kind.ANY: "General",
}
BATCHES = [(Flow.IN, 10, "200.10"), (Flow.IN, 5, "100.20"), (Flow.OUT, 2, "40.05")]


def batches(*running: tuple[int, str]) -> list[SummaryRow]:
    """Two batches in and one out, with these running totals."""
    return [
        example(
            SummaryRow,
            line=line,
            batch_no=f"2025-{line:03}",
            flow=flow,
            source=SourceOrDestination.PURCHASE if flow is Flow.IN else SourceOrDestination.WORN_OUT,
            copies=copies,
            list_value=Decimal(value),
            running_copies=running[line - 2][0],
            running_value=Decimal(running[line - 2][1]),
        )
        for line, (flow, copies, value) in enumerate(BATCHES, 2)
    ]


SOUND = ((10, "200.10"), (15, "300.30"), (13, "260.25"))


@pytest.fixture(scope="module")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("built") / "空.xlsx"
    write_workbook(LedgerSet(), path)
    return path


@pytest.fixture(scope="module")
def empty(empty_file: Path) -> Workbook:
    return load_workbook(empty_file)


def built(path: Path, ledger_set: LedgerSet, raw: Any = (), data_only: bool = False) -> Workbook:
    """The workbook of a set of ledgers, of which a sheet is read when it is looked at."""
    write_workbook(ledger_set, path / "账.xlsx", raw)
    return load_workbook(path / "账.xlsx", read_only=True, data_only=data_only)


def letters(declared: DeclaredSheet, name: str) -> str:
    return column_letters(declared.positions[name])


def validation_of(sheet: Worksheet, address: str) -> Any:
    found = [one for one in sheet.data_validations.dataValidation if address in one.sqref]
    assert len(found) <= 1, "validations must not overlap"
    return found[0] if found else None


def fields() -> list[Any]:
    return [
        pytest.param(declared, field, id=f"{declared.name}-{field.header}")
        for declared in ALL_SHEETS
        for field in declared.fields
    ]


def test_every_sheet_is_there_between_the_front_page_and_the_help(empty: Workbook) -> None:
    assert empty.sheetnames == ["首页", *(sheet.name for sheet in ALL_SHEETS), "栏目说明", "核对目录", "清单"]
    assert empty.active.title == "首页"
    assert empty["清单"].sheet_state == "hidden"


@pytest.mark.parametrize("declared", ALL_SHEETS, ids=lambda declared: declared.name)
def test_a_sheet_begins_with_its_headers_kept_in_view_and_on_every_printed_page(
    empty: Workbook, declared: DeclaredSheet
) -> None:
    sheet = empty[declared.name]
    assert [cell.value for cell in sheet[1]] == [field.header for field in declared.fields]
    assert sheet.freeze_panes.endswith("2")
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.page_setup.fitToHeight == 0
    assert declared.name in sheet.oddHeader.center.text
    assert EXAMPLE_SCHOOL.name in sheet.oddHeader.right.text
    assert sheet.oddFooter.center.text.endswith("第 &P 页　共 &N 页")


@pytest.mark.parametrize("declared", ALL_SHEETS, ids=lambda declared: declared.name)
def test_a_sheet_is_an_excel_table_that_grows_with_its_lines(empty: Workbook, declared: DeclaredSheet) -> None:
    (table,) = empty[declared.name].tables.values()
    rows = len(SETTINGS) + 1 if declared.name == "基本信息" else 2
    assert table.displayName == declared.name
    assert table.ref == f"A1:{column_letters(len(declared.fields))}{rows}" == table.autoFilter.ref
    assert [column.name for column in table.tableColumns] == [field.header for field in declared.fields]


@pytest.mark.parametrize("declared", ALL_SHEETS, ids=lambda declared: declared.name)
def test_a_column_has_its_format_on_rows_not_yet_written(empty: Workbook, declared: DeclaredSheet) -> None:
    sheet = empty[declared.name]
    for field in declared.fields:
        # openpyxl groups like neighbours under the first of them.
        position = declared.positions[field.name]
        groups = [one for one in sheet.column_dimensions.values() if one.min <= position <= one.max]
        assert [one.number_format for one in groups] == [FORMATS[field.kind]], field.header


@pytest.mark.parametrize("declared", ALL_SHEETS, ids=lambda declared: declared.name)
def test_a_blank_cell_says_what_belongs_in_it(empty: Workbook, declared: DeclaredSheet) -> None:
    for field in declared.fields:
        # The value of a setting is prompted line by line, see below.
        for row in (2, 500_000) if field.kind is not Kind.ANY else ():
            prompt = validation_of(empty[declared.name], f"{letters(declared, field.name)}{row}")
            assert prompt.promptTitle == field.header
            assert prompt.prompt.startswith(field.column.help), field.header
            assert ("必填" in prompt.prompt) is field.required, field.header


@pytest.mark.parametrize(("declared", "field"), [one for one in fields() if choices(*one.values)])
def test_a_column_of_fixed_words_has_a_drop_down_of_them(
    empty: Workbook, declared: DeclaredSheet, field: Field
) -> None:
    rule = validation_of(empty[declared.name], f"{letters(declared, field.name)}2")
    words = choices(declared, field)
    assert rule.type == "list"
    if len(words) <= 10:
        assert rule.formula1 == f'"{",".join(words)}"'
        assert len(rule.formula1) <= 255 + 2
    else:
        assert offered(empty, rule.formula1) == list(words)
    # Only what the vocabulary fixes is refused; a suggestion may be passed by.
    assert (rule.errorStyle in (None, "stop")) is bool(field.choices)


def offered(book: Workbook, name: str) -> list[Any]:
    """The words behind a defined name."""
    sheet_name, cells = next(book.defined_names[name].destinations)
    return [cell.value for (cell,) in book[sheet_name][cells.replace("$", "")]]


def test_class_columns_offer_the_classes_of_the_school(empty: Workbook) -> None:
    rule = validation_of(empty["借阅登记账"], f"{letters(SHEETS[LoanRow], 'class_name')}2")
    assert (rule.type, rule.formula1, rule.errorStyle) == ("list", CLASS_LIST, "information")
    assert "班级" in empty.defined_names[CLASS_LIST].attr_text


def test_every_setting_stands_in_the_school_information_with_its_own_prompt(empty: Workbook) -> None:
    sheet = empty["基本信息"]
    assert [sheet.cell(row, 1).value for row in range(2, 2 + len(SETTINGS))] == list(SETTINGS)
    rows = {sheet.cell(row, 1).value: row for row in range(2, 2 + len(SETTINGS))}
    term = validation_of(sheet, f"B{rows['学期']}")
    assert (term.type, term.formula1, term.promptTitle) == ("list", '"第一学期,第二学期"', "学期")
    assert validation_of(sheet, f"B{rows['截止日期']}").type == "date"
    assert sheet.cell(rows["截止日期"], 2).value == datetime(2026, 1, 23)
    assert sheet.cell(rows["截止日期"], 2).number_format == "yyyy-mm-dd"
    assert sheet.cell(rows["个别登记号位数"], 2).value == 6
    assert sheet.cell(rows["校长"], 2).value is None


def test_a_doubled_number_is_coloured_at_once(empty: Workbook) -> None:
    marked = {
        (declared.name, area.split(":")[0].rstrip("0123456789"))
        for declared in ALL_SHEETS
        for formatting in empty[declared.name].conditional_formatting
        for area in str(formatting.sqref).split()
        if any(rule.type == "duplicateValues" for rule in formatting.rules)
    }
    numbers = {(SHEETS[kind].name, letters(SHEETS[kind], SHEETS[kind].key)) for kind in (AccessionRow, LoanRow)}
    assert numbers <= marked
    keyed = {name for name, _ in marked}
    assert {ledger.name for ledger in LEDGERS} - keyed == {"分类统计账"}
    assert {"读者名册", "班级"} <= keyed


def test_the_front_page_says_what_each_sheet_is_for_and_leads_there(empty: Workbook) -> None:
    page = empty["首页"]
    cells = [cell for row in page.iter_rows() for cell in row]
    links = {cell.value: cell.hyperlink.location for cell in cells if cell.hyperlink}
    names = [sheet.name for sheet in ALL_SHEETS]
    assert links == {name: f"'{name}'!A1" for name in (*names, "栏目说明", "核对目录")}
    said = {cell.value for cell in cells}
    assert {sheet.purpose for sheet in ALL_SHEETS} | {group.value for group in Group} <= said


def test_the_front_page_counts_the_lines_of_a_ledger_over_all_its_sheets(tmp_path: Path) -> None:
    loans = [example(LoanRow, line=line, loan_no=f"J{line}") for line in (2, LINES_PER_SHEET + 2)]
    ledger_set = LedgerSet(rows={LoanRow: loans})
    cells = [cell for row in built(tmp_path, ledger_set)["首页"].iter_rows() for cell in row]
    (formula,) = [cell.value for cell in cells if isinstance(cell.value, str) and "借阅登记账" in cell.value[1:]]
    assert formula == "=COUNTA('借阅登记账'!A2:A1048576)+COUNTA('借阅登记账2'!A2:A1048576)"


def test_the_help_sheets_hold_every_column_and_every_check(empty: Workbook) -> None:
    columns = {(row[0], row[1]) for row in empty["栏目说明"].iter_rows(min_row=2, values_only=True)}
    assert {(sheet.name, field.header) for sheet in ALL_SHEETS for field in sheet.fields} <= columns
    assert [row[0] for row in empty["核对目录"].iter_rows(min_row=2, values_only=True)] == list(ALL)


def test_running_totals_are_formulas_that_already_show_their_result(tmp_path: Path) -> None:
    ledger_set = LedgerSet(rows={SummaryRow: batches(*SOUND)})
    formulas, values = (
        built(tmp_path, ledger_set)["总括登记账"],
        built(tmp_path, ledger_set, data_only=True)["总括登记账"],
    )
    columns = [letters(SHEETS[SummaryRow], name) for name in ("running_copies", "running_value")]
    for line, shown in enumerate(SOUND, 2):
        for column, result in zip(columns, shown, strict=True):
            assert formulas[f"{column}{line}"].value.startswith("=IF(总括登记账[[#This Row],")
            assert values[f"{column}{line}"].value == pytest.approx(float(result))


def test_a_running_total_that_was_written_wrong_stays_as_it_was_written(tmp_path: Path) -> None:
    ledger_set = LedgerSet(rows={SummaryRow: batches((10, "200.10"), (99, "300.30"), (13, "260.25"))})
    sheet = built(tmp_path, ledger_set)["总括登记账"]
    column = letters(SHEETS[SummaryRow], "running_copies")
    assert [str(sheet[f"{column}{line}"].value)[0] for line in (2, 3, 4)] == ["=", "9", "="]


def test_a_raw_cell_among_the_summands_leaves_the_totals_as_written(tmp_path: Path) -> None:
    ledger_set = LedgerSet(rows={SummaryRow: batches(*SOUND)})
    sheet = built(tmp_path, ledger_set, [(SummaryRow, 2, "copies", "10册")])["总括登记账"]
    assert sheet[f"{letters(SHEETS[SummaryRow], 'running_copies')}4"].value == 13
    assert sheet[f"{letters(SHEETS[SummaryRow], 'running_value')}4"].value.startswith("=")


def test_the_balance_of_the_cash_book_is_a_running_total_too(tmp_path: Path) -> None:
    rows = [
        example(CashRow, line=2, received=Decimal("1000.00"), spent=None, balance=Decimal("1000.00")),
        example(CashRow, line=3, received=None, spent=Decimal("20.50"), balance=Decimal("979.50")),
    ]
    sheet = built(tmp_path, LedgerSet(rows={CashRow: rows}))["经费登记"]
    assert all(sheet[f"{letters(SHEETS[CashRow], 'balance')}{line}"].value.startswith("=IF(") for line in (2, 3))


def test_text_stays_text_whatever_it_looks_like(tmp_path: Path) -> None:
    texts = ["=1+1", '=cmd|"/c calc"!A1', "+86", "-1", "@x", "http://a.cn", "0001", "<b>&\"'"]
    copies = [
        example(AccessionRow, line=line, accession_no=f"{line:06}", title=text, author=text, remarks=text)
        for line, text in enumerate(texts, 2)
    ]
    _, *rows = built(tmp_path, LedgerSet(rows={AccessionRow: copies}))["个别登记账"].iter_rows()
    at = [SHEETS[AccessionRow].positions[name] - 1 for name in ("title", "author", "remarks")]
    found = [[(row[n].value, row[n].data_type, row[n].number_format) for n in at] for row in rows]
    assert found == [[(text, "s", "@")] * 3 for text in texts]


def test_a_school_name_with_an_ampersand_does_not_upset_the_page_header(tmp_path: Path) -> None:
    write_workbook(LedgerSet(EXAMPLE_SCHOOL._replace(name="&P&N 实验小学")), tmp_path / "账.xlsx")
    header = load_workbook(tmp_path / "账.xlsx")["个别登记账"].oddHeader
    assert "&&P&&N 实验小学" in header.right.text


def test_characters_that_xml_cannot_hold_do_not_spoil_the_file(tmp_path: Path) -> None:
    title = " 前后空格 \n第二行\x07 \ud800 _x0041_ "
    sheet = built(tmp_path, LedgerSet.of(example(AccessionRow, title=title)))["个别登记账"]
    assert sheet[f"{letters(SHEETS[AccessionRow], 'title')}2"].value == (
        " 前后空格 \n第二行_x0007_ \N{REPLACEMENT CHARACTER} _x005F_x0041_ "
    )


def test_a_text_longer_than_a_cell_takes_is_cut(tmp_path: Path) -> None:
    sheet = built(tmp_path, LedgerSet.of(example(AccessionRow, remarks="长" * 40_000)))["个别登记账"]
    assert len(sheet[f"{letters(SHEETS[AccessionRow], 'remarks')}2"].value) == 32_767


def test_dates_times_and_money_are_real_dates_times_and_numbers(tmp_path: Path) -> None:
    book = built(tmp_path, LedgerSet.of(example(AccessionRow), example(OpeningRow)))
    copy, opening = book["个别登记账"], book["开放时间"]
    assert copy[f"{letters(SHEETS[AccessionRow], 'accessioned_on')}2"].value == datetime(2025, 9, 1)
    assert copy[f"{letters(SHEETS[AccessionRow], 'price')}2"].value == 25
    assert opening[f"{letters(SHEETS[OpeningRow], 'starts_at')}2"].value == time(11, 30)


def test_a_raw_cell_is_written_as_what_it_is(tmp_path: Path) -> None:
    raw = {
        "price": ErrorValue("#N/A"),
        "accession_no": 1.0,
        "book_no": date(2025, 2, 6),
        "accessioned_on": "2025.9.1",
        "pages": Uncalculated("1+1"),
        "isbn": True,
    }
    cells = [(AccessionRow, 2, name, value) for name, value in raw.items()]
    row = built(tmp_path, LedgerSet.of(example(AccessionRow)), cells)["个别登记账"][2]
    found = {name: row[SHEETS[AccessionRow].positions[name] - 1] for name in raw}
    assert {name: cell.data_type for name, cell in found.items()} == {
        "price": "e",
        "accession_no": "n",
        "book_no": "d",
        "accessioned_on": "s",
        "pages": "f",
        "isbn": "b",
    }
    assert found["accessioned_on"].value == "2025.9.1"
    assert found["book_no"].value == datetime(2025, 2, 6)


def test_a_raw_cell_may_stand_on_a_line_that_has_no_row(tmp_path: Path) -> None:
    copies = [example(AccessionRow), example(AccessionRow, line=4, accession_no="000002")]
    book = built(tmp_path, LedgerSet.of(*copies), [(AccessionRow, 3, "accession_no", "小计")])
    numbers = [row[0] for row in book["个别登记账"].iter_rows(values_only=True)]
    assert numbers == ["个别登记号", "000001", "小计", "000002"]


def test_a_raw_header_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="header"):
        write_workbook(LedgerSet(), tmp_path / "账.xlsx", [(AccessionRow, 1, "price", "价")])
    assert not list(tmp_path.iterdir())


def test_two_rows_on_one_line_are_refused(tmp_path: Path) -> None:
    ledger_set = LedgerSet(rows={AccessionRow: [example(AccessionRow), example(AccessionRow)]})
    with pytest.raises(ValueError, match="个别登记账"):
        write_workbook(ledger_set, tmp_path / "账.xlsx")


def test_a_ledger_longer_than_a_sheet_continues_on_the_next(tmp_path: Path) -> None:
    lines = (LINES_PER_SHEET - 1, LINES_PER_SHEET + 2)
    loans = [example(LoanRow, line=line, loan_no=f"J{number}") for number, line in enumerate(lines)]
    write_workbook(LedgerSet(rows={LoanRow: loans}), tmp_path / "账.xlsx")
    book = load_workbook(tmp_path / "账.xlsx", read_only=True)
    assert book.sheetnames[book.sheetnames.index("借阅登记账") + 1] == "借阅登记账2"
    first, second = (list(book[name].iter_rows(values_only=True)) for name in ("借阅登记账", "借阅登记账2"))
    assert (len(first), first[-1][0]) == (LINES_PER_SHEET - 1, "J0")
    assert (len(second), second[0][0], second[1][0]) == (2, "借阅序号", "J1")


def test_a_wide_ledger_is_printed_over_facing_pages_with_its_number_on_both(empty: Workbook) -> None:
    sheet = empty["总括登记账"]
    assert (sheet.page_setup.fitToWidth, sheet.print_title_cols) == (3, "$A:$B")
    assert LedgerSheet(SHEETS[OpeningRow], 0, 1).pages_wide == 1


def test_rows_of_sentences_are_high_enough_to_read(tmp_path: Path) -> None:
    paragraphs = [example(ParagraphRow, line=line, text="读" * length) for line, length in ((2, 10), (3, 200))]
    write_workbook(LedgerSet(rows={ParagraphRow: paragraphs}), tmp_path / "账.xlsx")
    sheet = load_workbook(tmp_path / "账.xlsx")["计划文字"]
    assert sheet.row_dimensions[2].height is None
    assert sheet.row_dimensions[3].height >= 5 * LINE_HEIGHT


def test_no_stored_part_says_when_it_was_written(empty_file: Path) -> None:
    with ZipFile(empty_file) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.namelist()[0] == "[Content_Types].xml"


def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    program = (
        "import sys; from datetime import date; from pathlib import Path;"
        "from schoollib_xl.sheets.building.workbook import write_workbook;"
        "from schoollib_xl.sheets.building.starting import starting_ledger_set;"
        "write_workbook(starting_ledger_set(date(2025, 9, 1)).ledger_set, Path(sys.argv[1]))"
    )
    sums = set()
    for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai")):
        path = tmp_path / seed / "账.xlsx"
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        subprocess.run([sys.executable, "-c", program, str(path)], check=True, env=environment)
        sums.add(hashlib.sha256(path.read_bytes()).hexdigest())
    assert len(sums) == 1


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.suffix)
def test_a_kept_workbook_has_the_sheets_and_columns_of_today(kept: Path) -> None:
    """Rebuild both with `python -m schoollib_xl.sheets.building.workbook`; a changed word alone is no reason to."""
    book = load_workbook(kept, read_only=True)
    for declared in ALL_SHEETS:
        header = next(book[declared.name].iter_rows(min_row=1, max_row=1, values_only=True))
        assert [text for text in header if text] == [field.header for field in declared.fields], declared.name
