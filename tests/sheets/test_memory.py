"""A workbook read again: unchanged sheets are not read, and what comes out is what a first reading gives."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

import raw_workbooks
from calc import MISSING, properties, running_calc
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.sheets.opening.refusing import Unusable
from schoollib_xl.sheets.reading.loading import load
from schoollib_xl.sheets.reading.memory import Memory
from surgery import rewrite, set_cell, sheet_part

READERS, CLASSES = SHEETS[ReaderRow].name, SHEETS[ClassRow].name
STRINGS = "xl/sharedStrings.xml"


class Reader:
    """Reads one workbook again and again, and compares each time with a first reading."""

    def __init__(self, workbook: Path) -> None:
        self.workbook = workbook
        self.memory = Memory()
        self.again()

    def again(self) -> list[str]:
        """The sheets that were read this time."""
        read: list[str] = []
        self.library = load(self.workbook, None, read.append, self.memory).library
        assert contents(self.library) == contents(load(self.workbook, None).library)
        return sorted(read)


def contents(library: Library) -> tuple[Any, ...]:
    """Everything a library holds; texts beside the values, since 1 and 1.0 are equal and are not said alike."""
    tables = [library[sheet.row_type] for sheet in ALL_SHEETS]
    held = [(table.rows, table.incomplete, table.flaws, table.oddities, table.parts) for table in tables]
    return library.school, library.as_of, held, repr(held)


@pytest.fixture
def reader(school: Path, tmp_path: Path) -> Reader:
    path = tmp_path / school.name
    path.write_bytes(school.read_bytes())
    return Reader(path)


def test_a_workbook_that_is_as_it_was_is_not_read(reader: Reader) -> None:
    before = reader.library
    assert reader.again() == []
    assert reader.library.changed_since(before) == frozenset()


def test_of_an_edited_workbook_the_edited_sheet_is_read(reader: Reader) -> None:
    before = reader.library
    set_cell(reader.workbook, READERS, "A2", "S9999")
    assert reader.again() == [READERS]
    assert reader.library[ReaderRow].rows[0].reader_no == "S9999"
    assert reader.library.changed_since(before) == {ReaderRow}


def test_a_sum_in_the_zip_that_was_not_set_right_hides_no_edit(reader: Reader, school: Path) -> None:
    set_cell(reader.workbook, READERS, "A2", "S9999")
    data = bytearray(reader.workbook.read_bytes())
    name = sheet_part(school, READERS).encode()
    old, new = (path.read_bytes() for path in (school, reader.workbook))
    for signature, offset, header in ((b"PK\x03\x04", 14, 30), (b"PK\x01\x02", 16, 46)):
        at_old, at_new = (_entry(one, signature, header, name) for one in (old, new))
        data[at_new + offset : at_new + offset + 4] = old[at_old + offset : at_old + offset + 4]
    reader.workbook.write_bytes(bytes(data))
    with pytest.raises(Unusable):
        reader.again()


def _entry(data: bytes, signature: bytes, header: int, name: bytes) -> int:
    at = data.find(signature)
    while data[at + header : at + header + len(name)] != name:
        at = data.find(signature, at + 1)
    return at


@pytest.mark.parametrize(
    ("part", "edit"),
    [
        ("xl/styles.xml", lambda xml: xml.replace("</styleSheet>", "<!-- --></styleSheet>")),
        ("xl/workbook.xml", lambda xml: xml.replace("<workbookPr ", '<workbookPr date1904="1" ')),
    ],
)
def test_another_style_and_another_first_year_of_dates_make_every_sheet_read(
    reader: Reader, part: str, edit: Callable[[str], str]
) -> None:
    rewrite(reader.workbook, {part: edit})
    assert len(reader.again()) > 20


def test_another_sheet_in_front_and_another_author_make_no_sheet_read(reader: Reader) -> None:
    rewrite(
        reader.workbook,
        {
            "xl/workbook.xml": lambda xml: xml.replace("<workbookView ", '<workbookView activeTab="3" ', 1),
            "docProps/core.xml": lambda xml: xml.replace("</cp:coreProperties>", "<!-- --></cp:coreProperties>"),
        },
    )
    assert reader.again() == []


def test_a_renamed_sheet_is_read_under_its_new_name(reader: Reader) -> None:
    rewrite(reader.workbook, {"xl/workbook.xml": lambda xml: xml.replace(f'name="{READERS}"', f'name="{READERS}2"')})
    assert reader.again() == [f"{READERS}2"]


def test_another_width_of_copy_numbers_is_taken_up_in_every_sheet(reader: Reader) -> None:
    line = next(row.line for row in reader.library[ALL_SHEETS[0].row_type] if row.item == "个别登记号位数")
    set_cell(reader.workbook, "基本信息", f"B{line}", 8)
    assert len(reader.again()) > 20


def test_what_could_not_be_read_is_read_as_soon_as_it_can_be(reader: Reader) -> None:
    whole = reader.workbook.read_bytes()
    reader.workbook.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Unusable):
        reader.again()
    reader.workbook.write_bytes(whole)
    assert reader.again() == []


def shared(path: Path, strings: tuple[str, ...], **how: Any) -> None:
    """班级 and 读者名册 with a column of shared strings each: class names 2 to 4, reader numbers 5 and 6."""
    headers = ("班级", "年级", "学生人数", "读者证号", "姓名", "读者类别", "启用日期")
    table = (*headers, *strings)
    before = len(headers)

    def row(number: int, *cells: str) -> str:
        return f'<row r="{number}">{"".join(cells)}</row>'

    def text(cell: str, string: int) -> str:
        return f'<c r="{cell}" t="s"><v>{string}</v></c>'

    def number(cell: str, value: int) -> str:
        return f'<c r="{cell}"><v>{value}</v></c>'

    classes = row(1, text("A1", 0), text("B1", 1), text("C1", 2)) + "".join(
        row(line, text(f"A{line}", before + line - 2), number(f"B{line}", 3), number(f"C{line}", 25))
        for line in (2, 3, 4)
    )
    readers = row(1, text("A1", 3), text("B1", 4), text("C1", 0), text("D1", 5), text("E1", 6)) + "".join(
        row(line, text(f"A{line}", before + line + 1), text(f"C{line}", before)) for line in (2, 3)
    )
    made = raw_workbooks.parts(names=("总括登记账", CLASSES, READERS), strings=table, **how)
    worksheet = f'<worksheet xmlns="{raw_workbooks.MAIN}"><sheetData>%s</sheetData></worksheet>'
    made["xl/worksheets/sheet1-1.xml"] = worksheet % classes
    made["xl/worksheets/sheet1-2.xml"] = worksheet % readers
    path.write_bytes(raw_workbooks.zipped(made))


NAMES = ("三（1）班", "三（2）班", "三（3）班", "S0001", "S0002")


@pytest.mark.parametrize(
    ("strings", "read"),
    [
        (("三（1）班", "三（2）班", "三（4）班", "S0001", "S0002"), [CLASSES]),
        (("三（1）班", "三（2）班", "三（3）班", "S0003", "S0002"), [READERS]),
        (("三年级1班", "三（2）班", "三（3）班", "S0001", "S0002"), [CLASSES, READERS]),
        ((*NAMES, "新写的"), []),
        (("写在前面的</t></si><si><t>三（1）班", *NAMES[1:]), [CLASSES, READERS]),
    ],
)
def test_a_sheet_is_read_again_where_the_text_behind_a_number_has_changed(
    tmp_path: Path, strings: tuple[str, ...], read: list[str]
) -> None:
    path = tmp_path / "账.xlsx"
    shared(path, NAMES)
    reader = Reader(path)
    shared(path, strings)
    assert reader.again() == sorted(read)


def test_strings_that_cannot_be_told_apart_make_every_sheet_with_strings_read(tmp_path: Path) -> None:
    path = tmp_path / "账.xlsx"
    shared(path, NAMES)
    reader = Reader(path)
    rewrite(path, {STRINGS: lambda xml: xml.replace("<si>", "<!-- </si> --><si>", 1).replace("三（2）班", "三（5）班")})
    assert reader.again() == sorted([CLASSES, READERS])


def test_a_cell_that_names_its_string_in_an_unusual_way_is_not_overlooked(tmp_path: Path) -> None:
    path = tmp_path / "账.xlsx"
    shared(path, NAMES)
    rewrite(path, {sheet_part(path, CLASSES): lambda xml: xml.replace('t="s"><v>8<', "t='s'><v> 8<")})
    reader = Reader(path)
    rewrite(path, {STRINGS: lambda xml: xml.replace("三（2）班", "三（5）班")})
    assert reader.again() == [CLASSES]


def test_a_number_without_a_string_behind_it_is_never_kept_from_being_read(tmp_path: Path) -> None:
    path = tmp_path / "账.xlsx"
    shared(path, NAMES[:-1])
    with pytest.raises(Unusable):
        load(path, None)


GRIDS = st.lists(
    st.lists(
        st.sampled_from(["三（1）班", "三（2）班", 3, 25, "S0001", date(2025, 9, 1), None]), min_size=1, max_size=3
    ),
    max_size=4,
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(GRIDS, GRIDS), min_size=2, max_size=4))
def test_after_any_edits_the_reading_is_that_of_a_first_reading(
    tmp_path: Path, versions: list[tuple[list[list[Any]], list[list[Any]]]]
) -> None:
    path = tmp_path / "账.xlsx"
    reader: Reader | None = None
    for classes, readers in versions:
        book = Workbook()
        book.worksheets[0].title = "总括登记账"
        for name, header, rows in (
            (CLASSES, ["班级", "年级", "学生人数"], classes),
            (READERS, ["读者证号", "班级", "启用日期"], readers),
        ):
            sheet = book.create_sheet(name)
            for line in (header, *rows):
                sheet.append(line)
        book.save(path)
        if reader is None:
            reader = Reader(path)
        else:
            reader.again()


@pytest.mark.office
@pytest.mark.skipif(bool(MISSING), reason=MISSING)
def test_what_libreoffice_edits_and_saves_is_read_as_a_first_reading_reads_it(tmp_path: Path) -> None:
    sheets = {
        "总括登记账": [("总括登记号", "册数"), ("2025-001", 95)],
        CLASSES: [("班级", "年级"), ("三（1）班", 3)],
        READERS: [
            ("读者证号", "姓名", "班级"),
            *((f"S000{number}", f"学生{number}", "三（1）班") for number in range(5)),
        ],
    }
    book = Workbook()
    book.worksheets[0].title = "首页"
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    book.save(tmp_path / "账.xlsx")
    workbook = tmp_path / "saved.xlsx"
    read: list[list[str]] = []
    with running_calc(tmp_path / "calc") as calc:

        def saved(source: Path, cell: str, value: str) -> Path:
            document = calc.open(source)
            document.Sheets.getByName(READERS).getCellRangeByName(cell).String = value
            document.storeToURL(workbook.as_uri(), properties(FilterName="Calc MS Excel 2007 XML"))
            document.close(True)
            return workbook

        reader = Reader(saved(tmp_path / "账.xlsx", "A3", "S8888"))
        for cell, value in (("A3", "S9999"), ("A3", "S0001"), ("B5", "林小小"), ("B5", "换了名字的人")):
            saved(workbook, cell, value)
            read.append(reader.again())
    assert all(READERS in sheets for sheets in read)
    # The last edit gives a name of its own another one: no number of any text moves.
    assert read[-1] == [READERS]


def test_other_formats_are_read_whole_each_time(tmp_path: Path) -> None:
    path = tmp_path / "总括登记账.csv"
    path.write_text("总括登记号,登记日期,册数\n2025-001,2025-9-1,95\n", encoding="utf-8")
    reader = Reader(path)
    assert reader.again() == ["总括登记账"]
