"""借阅定额.xlsx and 借阅轮流表.xlsx as files."""

import re
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from make import EXAMPLE_SCHOOL, library, row
from office import convert, soffice
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.supporting.calendar import OpeningRow, TurnRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.ledgers.table import Flaw, FlawedCell, IncompleteRow
from schoollib_xl.ledgers.vocabulary import ReaderKind, Weekday
from schoollib_xl.quotas.statement import Statement, statement
from schoollib_xl.quotas.week.rotation import Rotation, rotation
from schoollib_xl.sheets.books.answer_book import write_answer_book
from schoollib_xl.wording.answer import Answer, Chart, Section, Table
from schoollib_xl.wording.quotas.quota_answer import quota_answer, rotation_answer
from small_sample import small_sample


@pytest.fixture(scope="module")
def books() -> Library:
    return small_sample().library(date(2026, 4, 15))


@pytest.fixture(scope="module")
def quotas(books: Library) -> Statement:
    return statement(books)


@pytest.fixture(scope="module")
def written(books: Library, quotas: Statement, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_answer_book(quota_answer(books, quotas), tmp_path_factory.mktemp("定额") / "借阅定额.xlsx")


def cells(path: Path, sheet: str) -> list[list[Any]]:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def sheet_names(path: Path) -> list[str]:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(path).sheet_names


def test_there_is_a_page_for_every_grade_and_for_every_list(written: Path) -> None:
    assert sheet_names(written) == [
        "总览", "各班", "二年级", "三年级", "四年级", "五年级", "六年级",
        "未达标", "赶进度", "借书分布", "赔偿", "藏书定额", "指标", "送书下班级",
    ]  # fmt: skip


def test_a_class_whose_grade_nobody_can_read_has_its_page_too(books: Library) -> None:
    classes = books[ClassRow]
    row = next(one for one in classes if one.class_name == "三（1）班")
    flaws = [FlawedCell(row.line, "grade", Flaw.ERROR_VALUE, "七")]
    unread = IncompleteRow(row.line, row._asdict() | {"grade": None})
    changed = classes.changed(rows=[one for one in classes if one != row], incomplete=[unread], flaws=flaws)
    tables = [changed if sheet.row_type is ClassRow else books[sheet.row_type] for sheet in ALL_SHEETS]
    library_read = Library(tables, books.school, books.as_of)
    pages = {one.name: one for one in quota_answer(library_read, statement(library_read)).sections}
    assert "三（1）班" in str(pages["年级不清楚的班"].tables[0].heading)


def test_the_class_page_holds_every_class_every_grade_and_the_school(written: Path, quotas: Statement) -> None:
    lines = {line[0]: line for line in cells(written, "各班") if line[4] != ""}
    assert lines["班级"][4:7] == ["借书册数", "借书次数", "生均册数"]
    for quota in quotas.classes:
        figures = quota.obligation
        assert lines[quota.school_class.name][4:7] == [figures.loans, figures.visits, float(figures.mean or 0)]
    assert lines["全校"][4] == quotas.school.loans
    assert {f"{grade} 年级合计" for grade in range(1, 7)} < set(lines)


def test_a_grade_page_names_its_own_pupils_and_nobody_elses(written: Path, books: Library) -> None:
    text = " ".join(str(value) for line in cells(written, "三年级") for value in line)
    for reader in books[ReaderRow]:
        if reader.is_active(date(2026, 4, 15)) and reader.kind is ReaderKind.PUPIL:
            assert (reader.reader_no in text) is (reader.class_name or "").startswith("三")
    assert "仅供班主任" in header_of(written, "三年级")


def test_a_class_behind_when_no_turn_is_left_is_told_that_it_missed_its_target(tmp_path: Path) -> None:
    rows = [one if at else one._replace(value=Decimal(9)) for at, one in enumerate(small_sample().rows[TargetRow])]
    last = LedgerSet(small_sample().school, small_sample().rows | {TargetRow: rows}).library()
    path = write_answer_book(quota_answer(last, statement(last)), tmp_path / "借阅定额.xlsx")
    pages = [name for name in sheet_names(path) if name.endswith("年级")]
    said = " ".join(str(value) for name in pages for line in cells(path, name) for value in line)
    assert "没有达到：这个学期没有剩下的轮次了。" in said
    assert "落后于进度" not in said


def test_a_chart_and_its_table_lie_on_one_page(tmp_path: Path) -> None:
    """Unless the table alone is longer than a page: then the chart at least is not cut."""
    tables = [
        Table(name, ("类", "册数"), [(f"{number}", number) for number in range(count)], charts=[Chart(name, (1,))])
        for name, count in (("小", 10), ("大", 22), ("更大", 72), ("再小", 5))
    ]
    path = write_answer_book(Answer("结果", (), [Section("各类", (12, 14), (), tables)]), tmp_path / "结果.xlsx")
    sheet = load_workbook(path)["各类"]
    starts = [row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value in {"小", "大", "更大", "再小"}]
    # A break stands above the row that follows it; a chart reaches over its first and its last row.
    breaks = [one.id for one in sheet.row_breaks.brk]
    anchors = [(chart.anchor._from.row + 1, chart.anchor.to.row + 1) for chart in sheet._charts]
    assert not [at for at in breaks for first, last in anchors if first <= at < last]
    assert [at for at in breaks if starts[0] <= at < anchors[0][1]] == []
    assert [at for at in breaks if starts[1] - 2 <= at < anchors[1][1]] == [starts[1] - 2]
    assert [at for at in breaks if starts[2] <= at < anchors[2][0]] == [anchors[2][0] - 2]


def header_of(path: Path, sheet: str) -> str:
    with ZipFile(path) as package:
        part = f"xl/worksheets/sheet{sheet_names(path).index(sheet) + 1}.xml"
        [header] = re.findall("<oddHeader>(.*?)</oddHeader>", package.read(part).decode())
    return str(header)


def test_the_chart_is_a_real_one_with_classes_against_their_target(written: Path) -> None:
    with ZipFile(written) as package:
        chart = package.read("xl/charts/chart1.xml").decode()
    assert re.findall(r"<c:f>(.*?)</c:f>", chart) == [
        "各班!$A$6:$A$17",
        "各班!$G$6:$G$17",
        "各班!$A$6:$A$17",
        "各班!$H$6:$H$17",
    ]
    assert "<c:barChart>" in chart
    assert "<c:lineChart>" in chart


def test_every_indicator_is_written_with_its_definition_and_its_cells(written: Path, quotas: Statement) -> None:
    lines = {line[0]: line for line in cells(written, "指标")}
    for one in quotas.indicators:
        assert lines[one.title][5] == one.definition
        assert lines[one.title][7] != ""


def test_the_same_statement_gives_the_same_bytes(books: Library, quotas: Statement, tmp_path: Path) -> None:
    for folder in ("甲", "乙"):
        (tmp_path / folder).mkdir()
    answer = quota_answer(books, quotas)
    first, second = (write_answer_book(answer, tmp_path / folder / "定额.xlsx") for folder in "甲乙")
    assert first.read_bytes() == second.read_bytes()


def test_a_name_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    strange = library(
        row(ClassRow, class_name="=1+1", grade=3, teacher="@老师", pupils=1),
        row(ReaderRow, name="=cmd", reader_no="+1", class_name="=1+1"),
        row(LoanRow, reader_no="+1", name="=cmd", lent_on=EXAMPLE_SCHOOL.term.start),
    )
    path = write_answer_book(quota_answer(strange, statement(strange)), tmp_path / "借阅定额.xlsx")
    with ZipFile(path) as package:
        parts = [package.read(name).decode() for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not any("<f>" in part for part in parts)
    assert any("=cmd" in str(line) for line in cells(path, "三年级"))


def test_an_empty_workbook_still_gives_a_book(tmp_path: Path) -> None:
    empty = library(school=EXAMPLE_SCHOOL._replace(term_start=None))
    path = write_answer_book(quota_answer(empty, statement(empty)), tmp_path / "借阅定额.xlsx")
    assert "没有算的" in {line[0] for line in cells(path, "总览")}
    assert "逾期" not in sheet_names(path)


def test_one_class_without_targets_or_loans_gets_no_empty_heading_column_or_picture(tmp_path: Path) -> None:
    one = library(row(ClassRow, pupils=1), row(ReaderRow))
    path = write_answer_book(quota_answer(one, statement(one)), tmp_path / "借阅定额.xlsx")
    assert "任务指标" not in {line[0] for line in cells(path, "总览")}
    with ZipFile(path) as package:
        assert not [name for name in package.namelist() if "chart" in name]
    [header] = [line for line in cells(path, "各班") if line[0] == "班级"]
    assert set(header) <= {"班级", "班主任", "学生人数", "名册人数", "借书册数", "借书次数", "生均册数", "未借人数", ""}
    assert {"未达标", "借书分布", "赶进度", "逾期", "赔偿"}.isdisjoint(sheet_names(path))
    assert "上学期" not in {value for line in cells(path, "指标") for value in line}


@pytest.mark.office
@pytest.mark.skipif(soffice() is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_book_and_keeps_its_figures(written: Path, quotas: Statement, tmp_path: Path) -> None:
    again = convert(written, tmp_path, "xlsx")
    assert sheet_names(again) == sheet_names(written)
    assert cells(again, "各班")[5:17] == cells(written, "各班")[5:17]


# -- 借阅轮流表.xlsx --------------------------------------------------------------------------------


def made(*rows: Any, folder: Path) -> tuple[Rotation, Path]:
    school = library(*rows)
    table = rotation(school)
    return table, write_answer_book(rotation_answer(table), folder / "借阅轮流表.xlsx")


def test_the_rotation_book_has_the_columns_of_the_sheet_it_is_pasted_into(tmp_path: Path) -> None:
    noon = [row(OpeningRow, weekday=Weekday.MONDAY, starts_at=time(12), ends_at=time(13))]
    table, path = made(row(ClassRow, pupils=20), *noon, folder=tmp_path)
    header, *lines = cells(path, "借阅轮流表")
    assert header == [field.header for field in SHEETS[TurnRow].fields]
    assert lines == [["三（1）班", "星期一", "单周", time(12), time(12, 20), "借还"]]
    assert len(table.turns) == 1
    assert sheet_names(path) == ["借阅轮流表"]


def test_turns_that_found_no_place_stand_on_a_second_page_with_the_reason(tmp_path: Path) -> None:
    _, path = made(row(ClassRow, pupils=20), folder=tmp_path)
    assert cells(path, "没有排上的")[1:] == [["三（1）班的借还没有排上：星期一到星期五没有对学生开放的时间。"]]
