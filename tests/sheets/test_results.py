"""核对结果.xlsx: what the librarian sees after a check, and where its links lead."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from schoollib_xl.actions.checking import Checked, answer_of
from schoollib_xl.actions.filing import file_answer
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import Finding, Report, run
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.parts import Part
from schoollib_xl.ledgers.registry import LEDGERS
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.office import ExplanationRow
from schoollib_xl.samples.year import clean_school
from schoollib_xl.sheets.books.sheet_writer import Links
from schoollib_xl.sheets.styles import GROUNDS
from schoollib_xl.wording.answer import Shade
from schoollib_xl.wording.checking.findings import message_of
from schoollib_xl.wording.checking.unchecked import unchecked_causes
from schoollib_xl.wording.places import Address

WORKBOOK = Path("图书室七本账.xlsx")


def faulty() -> Library:
    """A batch of two copies of which one is missing, twice the same number, and one finding explained."""
    return LedgerSet.of(
        example(SummaryRow, copies=2, list_value=Decimal("50.00"), I=2, last_no="000002"),
        example(AccessionRow, isbn="9787020024750", title="=1+1"),
        example(ExplanationRow, code="ACC013", number="000001"),
    ).library()


def written(folder: Path, library: Library, report: Report | None = None, workbook: Path = WORKBOOK) -> Workbook:
    report = report or run(library, ALL.values())
    return load_workbook(filed(library, report, folder / workbook, folder))


def filed(library: Library, report: Report, workbook: Path, folder: Path) -> Path:
    """核对结果.xlsx of this report."""
    return file_answer(answer_of(Checked(library, report, ""), workbook), library.school, folder, workbook)


def lines(sheet: Worksheet) -> list[dict[str, Any]]:
    header, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def overview(sheet: Worksheet) -> dict[str, tuple[Any, ...]]:
    """The table of 总览: the cells behind each name."""
    return {row[0]: row[1:] for row in sheet.iter_rows(values_only=True) if isinstance(row[1], int)}


def test_every_finding_has_a_line_in_the_words_of_the_report(tmp_path: Path) -> None:
    library = faulty()
    report = run(library, ALL.values())
    listed = lines(written(tmp_path, library, report)["问题清单"])
    assert len(listed) == len(report.findings) > 3
    for line, finding in zip(listed, report.findings, strict=True):
        said = message_of(library, finding)
        assert (line["编码"], line["工作表"], line["格子"]) == (finding.check.code, said.at.sheet, said.at.a1)
        assert (line["说的是什么"], line["为什么要紧"], line["怎么改"]) == (said.message, said.why, said.fix)
        assert (line["已说明"] == "已说明") is finding.explained
    assert any(finding.explained for finding in report.findings)


def test_the_cell_of_a_finding_is_a_link_into_her_workbook(tmp_path: Path) -> None:
    sheet = written(tmp_path, faulty())["问题清单"]
    for (cell,) in sheet.iter_rows(min_row=2, min_col=4, max_col=4):
        name = sheet.cell(cell.row, 3).value
        assert unquote(cell.hyperlink.target) == WORKBOOK.name
        assert cell.hyperlink.location == f"'{name}'!{cell.value}"


@pytest.mark.parametrize("name", ["七本账 2025.xlsx", "七本账#1.xlsx", "100%.xlsx", "o'neill [1].xlsx", "{a}.xlsx"])
def test_a_link_finds_a_workbook_of_any_name(tmp_path: Path, name: str) -> None:
    sheet = written(tmp_path, faulty(), workbook=Path(name))["问题清单"]
    target = sheet["D2"].hyperlink.target
    assert unquote(target) == name
    assert not set(target) & set(" #[]{}")


def test_a_link_is_relative_so_that_both_files_can_be_carried_elsewhere(tmp_path: Path) -> None:
    links = Links(tmp_path / "账" / "七本账.xlsx", tmp_path / "结果" / "核对结果.xlsx")
    assert links.to(Address("三年级's", "C7")) == "external:../账/七本账.xlsx#'三年级''s'!C7"


def test_a_sheet_is_linked_by_the_name_it_has_in_her_workbook(tmp_path: Path) -> None:
    library = faulty()
    table = library[AccessionRow]
    renamed = table.changed(parts=[Part("财产 '明细'", 3, table.parts[0].columns, {})])
    others = [library[ledger.row_type] for ledger in LEDGERS if ledger.row_type is not AccessionRow]
    own = Library([renamed, *others], library.school, library.as_of)
    sheet = written(tmp_path, own, run(own, [ALL["ACC013"]]))["问题清单"]
    assert sheet["C2"].value == "财产 '明细'"
    assert re.fullmatch(r"'财产 ''明细'''![A-Z]+2", sheet["D2"].hyperlink.location)


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    library = LedgerSet.of(example(AccessionRow, accession_no="=1+1")).library()
    report = run(library, [ALL["ACC003"]])
    sheet = written(tmp_path, library, report)["问题清单"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    assert sheet["E2"].value == "=1+1"


def test_the_list_can_be_filtered_and_printed(tmp_path: Path) -> None:
    sheet = written(tmp_path, faulty())["问题清单"]
    assert sheet.auto_filter.ref == f"A1:J{sheet.max_row}"
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("E2", "$1:$1")
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet["F2"].alignment.wrap_text
    assert sheet["B2"].fill.fgColor.rgb == f"FF{GROUNDS[Shade.RED][1:]}"


def test_the_overview_counts_what_the_list_holds(tmp_path: Path) -> None:
    library = faulty()
    book = written(tmp_path, library)
    table = overview(book["总览"])
    listed = lines(book["问题清单"])
    assert list(table) == [*(ledger.name for ledger in LEDGERS), "辅助表", "合计"]
    open_lines = [line for line in listed if not line["已说明"]]
    for ledger in LEDGERS:
        rows, until, errors, warnings, hints, explained, _ = table[ledger.name]
        own = [line["程度"] for line in open_lines if line["工作表"] == ledger.name]
        assert rows == len(library[ledger.row_type])
        assert until == ("2025年9月1日" if rows else "还没有记")
        assert (errors, warnings, hints) == tuple(map(own.count, ("错误", "存疑", "提示")))
        assert explained == sum(line["工作表"] == ledger.name and bool(line["已说明"]) for line in listed)
    assert table["合计"][2:5] == tuple([line["程度"] for line in open_lines].count(s) for s in ("错误", "存疑", "提示"))


def test_what_was_not_checked_is_counted_once_at_the_sheet_it_is_for_want_of(tmp_path: Path) -> None:
    full = faulty()
    library = Library([full[SummaryRow], full[AccessionRow]], full.school, full.as_of)
    report = run(library, ALL.values())
    counts = {name: cells[-1] for name, cells in overview(written(tmp_path, library, report)["总览"]).items()}
    total = counts.pop("合计")
    assert total == len(report.unchecked) == sum(counts.values())
    assert counts["总括登记账"] == counts["个别登记账"] == 0 < counts["借阅登记账"]


def test_the_overview_has_a_chart_of_the_findings(tmp_path: Path) -> None:
    (chart,) = written(tmp_path, faulty())["总览"]._charts
    assert [series.tx.v for series in chart.series] == ["错误", "存疑", "提示", "已说明"]
    assert chart.grouping == "stacked"


def test_a_clean_school_is_told_so_and_what_that_means(tmp_path: Path) -> None:
    library = clean_school().library()
    report = Report((), (), len(ALL))
    book = written(tmp_path, library, report)
    said = [cell for (cell, *_) in book["总览"].iter_rows(values_only=True) if cell]
    assert any(text.startswith(f"七本账都对得上，共核对 {len(ALL)} 项") for text in said)
    assert any("未核对的项目" in text and "不算通过" in text for text in said)
    assert book.sheetnames == ["总览"]
    (chart,) = book["总览"]._charts
    assert [series.tx.v for series in chart.series] == ["行数"]


def test_what_was_not_checked_is_listed_with_its_reason(tmp_path: Path) -> None:
    full = faulty()
    library = Library([full[SummaryRow]], full.school, full.as_of)
    report = run(library, ALL.values())
    listed = lines(written(tmp_path, library, report)["未核对"])
    assert [line["为什么没有核对"] for line in listed] == [
        f"{cause.why}。" for cause in unchecked_causes(library, report.unchecked)
    ]
    assert all(any(one.check.code in line["哪些没有核对完"] for line in listed) for one in report.unchecked)
    assert listed


def test_a_flood_of_findings_is_cut_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schoollib_xl.wording.checking.check_answer.FINDINGS_IN_WORKBOOK", 3)
    library = faulty()
    flood = tuple(
        Finding(
            ALL["ACC001"], ALL["ACC001"].severity, Cell(AccessionRow, 2, "accession_no"), "000001", (), facts, False
        )
        for facts in [run(library, [ALL["ACC013"]]).findings[0].facts | facts_of("ACC001")] * 5
    )
    sheet = written(tmp_path, library, Report(flood, (), 1))["问题清单"]
    assert sheet.max_row == 5
    assert sheet["A5"].value == "另有 2 处没有列出；先照“总览”里说的改，改完再核对一次。"
    assert sheet.auto_filter.ref == "A1:J4"


def facts_of(code: str) -> dict[str, Any]:
    """Some value for every name in the words of a check."""
    from schoollib_xl.wording.zh import placeholders

    return dict.fromkeys(placeholders(ALL[code].message) | placeholders(ALL[code].fix), "000001")


def test_the_same_report_gives_the_same_bytes(tmp_path: Path) -> None:
    library = faulty()
    report = run(library, ALL.values())
    first, second = (filed(library, report, tmp_path / WORKBOOK, tmp_path / name).read_bytes() for name in ("一", "二"))
    assert first == second


def test_the_day_of_the_check_is_said(tmp_path: Path) -> None:
    library = LedgerSet.of(example(AccessionRow)).library(date(2025, 12, 1))
    assert written(tmp_path, library)["总览"]["A2"].value == "《图书室七本账.xlsx》，核对到 2025年12月1日。"


def test_a_workbook_whose_name_is_no_utf8_is_named_in_its_results(tmp_path: Path) -> None:
    assert "啊.xlsx" in str([*written(tmp_path, faulty(), workbook=Path("\udcb0\udca1.xlsx")).worksheets[0].values])


def test_the_list_is_printed_in_letters_that_can_be_read(tmp_path: Path) -> None:
    columns = written(tmp_path, faulty())["问题清单"].column_dimensions.values()
    # Of 10 points on A4 across; of 8 points so many more.
    assert sum(column.width * (column.max - column.min + 1) for column in columns) <= 149 * 10 / 8
