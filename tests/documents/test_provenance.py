"""Every counted figure names the rows that anybody can count again, and where it stands in the paper."""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from school import TEMPLATES, sample

from schoollib_xl.documents.composing.material import Composed
from schoollib_xl.documents.composing.plan import work_plan
from schoollib_xl.documents.composing.registers import withdrawal_registers
from schoollib_xl.documents.composing.stocktake_report import stocktake_report
from schoollib_xl.documents.composing.summary import term_summary
from schoollib_xl.documents.filling.blanks import content
from schoollib_xl.documents.filling.figure_marks import marked, unmarked
from schoollib_xl.documents.filling.markup import W_P, own_text
from schoollib_xl.documents.regeneration.deliver import deliver
from schoollib_xl.documents.regeneration.delivery import Delivery
from schoollib_xl.documents.regeneration.sources import LEAD, Note, places_of
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.quotas.measures.indicator import SourceColumns
from schoollib_xl.sheets.books.answer_book import write_answer_book
from schoollib_xl.wording.papers.provenance import ROWS_SHEET, SHEET, Counted, Figure, line_of, provenance_answer
from schoollib_xl.wording.quotas.class_figures import MEAN

DAYS = [None, date(2026, 4, 20), date(2026, 2, 23), date(2026, 1, 23)]


@cache
def summary(day: date | None = None) -> Composed[Any]:
    return term_summary(sample(day))


def amount(library: Library, counted: Counted) -> Decimal:
    rows = {row.line: row for row in library[counted.row_type]}
    if not counted.adds:
        return Decimal(len(counted.lines))
    return sum((Decimal(getattr(rows[line], counted.adds) or 0) for line in counted.lines), Decimal(0))


@pytest.mark.parametrize("day", DAYS)
def test_the_rows_named_add_up_to_the_figure(day: date | None) -> None:
    # 一名学生一天算一次, and a mean has rows above and below its line: those are no single sum.
    once = [
        figure
        for figure in summary(day).figures
        if len(figure.counted) == 1 and "人中" not in figure.shown and figure.name != "借书人次"
    ]
    library = sample(day).library
    wrong = [one.name for one in once if Decimal(one.shown.rstrip("册")) != amount(library, one.counted[0])]
    assert wrong == []
    assert len(once) > 100


def test_a_mean_is_its_rows_divided_by_its_pupils() -> None:
    library = sample().library
    means = [one for one in summary().figures if len(one.counted) == 2 and one.name.endswith((MEAN.name, "人均借书"))]
    for figure in means:
        above, below = (amount(library, counted) for counted in figure.counted)
        assert abs(above / below - Decimal(figure.shown)) <= Decimal("0.005"), figure.name
    assert len(means) > 15


def test_the_share_of_books_lent_is_its_loans_divided_by_the_copies_held() -> None:
    library, figures = sample().library, {one.name: one for one in summary().figures}
    *lent, held = (amount(library, counted) for counted in figures["图书流通率"].counted)
    assert (100 * sum(lent) / held).quantize(Decimal("0.01")) == Decimal(figures["图书流通率"].shown.rstrip("%"))
    assert [len(one.lines) for one in figures["教师人数"].counted] == [int(figures["教师人数"].shown)]


def test_marks_are_taken_out_of_the_text() -> None:
    assert unmarked(f"共{marked('12', 340)}册、{marked('3', 0)}种") == "共12册、3种"


def laid(folder: Path, notes: bool = False) -> Delivery:
    composed = summary()
    said = [Note(figure.name, line_of(number)) for number, figure in enumerate(composed.figures)] if notes else []
    template = TEMPLATES / composed.template
    return deliver(template, content(composed.paper), folder, composed.name, date(2026, 7, 3), (), said)


def test_the_place_of_every_figure_shows_that_figure(tmp_path: Path) -> None:
    delivery, figures = laid(tmp_path), summary().figures
    document = docx.Document(str(delivery.path))
    where = places_of(document, delivery.spots)
    lacking = [one.name for number, one in enumerate(figures) if one.shown and number not in where]
    # The figures of a chart stand in no paragraph.
    assert [
        name for name in lacking if not name.startswith(("藏书比例", "2月", "3月", "4月", "5月", "6月", "7月"))
    ] == []
    for spot in delivery.spots:
        assert spot.text[spot.start : spot.end] == figures[spot.number].shown


def test_on_request_every_figure_has_a_comment_that_leads_to_its_line(tmp_path: Path) -> None:
    delivery = laid(tmp_path, notes=True)
    document = docx.Document(str(delivery.path))
    said = [comment.text for comment in document.comments]
    assert len(said) == len(delivery.spots)
    assert all(text.startswith(LEAD) for text in said)
    part = document.part.part_related_by(docx.opc.constants.RELATIONSHIP_TYPE.COMMENTS)
    links = [part.rels[one.get(qn("r:id"))].target_ref for one in part.element.iter(qn("w:hyperlink"))]
    assert len(links) == len(said)
    assert all(link.endswith(tuple(f"A{row}" for row in range(2, 999))) and "%E6" in link for link in links)
    assert [own_text(p) for p in document.element.body.iter(W_P)] == [
        own_text(p) for p in docx.Document(str(laid(tmp_path / "无").path)).element.body.iter(W_P)
    ]


def test_comments_at_figures_are_made_anew_with_the_next_version(tmp_path: Path) -> None:
    first = laid(tmp_path, notes=True)
    document = docx.Document(str(first.path))
    document.paragraphs[3].runs[0].text += "她加的话。"
    document.save(str(first.path))
    second = laid(tmp_path)
    assert second.written
    newer = docx.Document(str(second.path))
    assert [comment.text for comment in newer.comments if comment.text.startswith(LEAD)] == []
    assert any("她加的话" in paragraph.text for paragraph in newer.paragraphs)
    assert not list(newer.element.body.iter(qn("w:commentReference")))


def test_the_book_lists_place_filter_and_rows(tmp_path: Path) -> None:
    figures, library = summary().figures, sample().library
    number = next(number for number, one in enumerate(figures) if one.name == "借出册次")
    answer = provenance_answer("总结", figures, library, {number: ["正文第9段"]})
    path = write_answer_book(answer, tmp_path / "来源.xlsx", workbook=tmp_path / "账.xlsx")
    book = openpyxl.load_workbook(path)
    line = [cell.value for cell in book[SHEET][number + 2]]
    assert line[:3] == ["1799", "借出册次", "正文第9段"]
    assert "借出日期在2026年2月23日到2026年7月3日" in line[4]
    assert line[5] == 1799
    rows = next(row for row in book[ROWS_SHEET].iter_rows(values_only=True) if row[1] == "借出册次")
    runs = [run.split("—") for run in rows[6].split("、")]
    assert sum(int(run[-1]) - int(run[0]) + 1 for run in runs) == rows[5] == 1799
    for sheet in book:
        columns = sheet.column_dimensions.values()
        # Of letters of 10 points 149 go across A4; of 8 points so many more.
        assert sum(column.width * (column.max - column.min + 1) for column in columns) <= 149 * 10 / 8


def test_a_figure_of_many_sheets_names_all_of_them() -> None:
    library = sample().library
    sheets = [SummaryRow, AccessionRow, WithdrawalRow, LoanRow]
    sources = tuple(SourceColumns(one, (SHEETS[one].key,)) for one in sheets)
    section, _ = provenance_answer("", [Figure("总数", "7", "数", date(2026, 7, 3), sources)], library, {}).sections
    *_, last = section.tables[0].rows[0]
    assert [part.partition("!")[0] for part in str(last).split("；")] == ["注销登记账", "借阅登记账"]


def test_a_plan_knows_where_its_figures_stand(tmp_path: Path) -> None:
    composed = work_plan(sample(date(2026, 2, 23)))
    delivery = deliver(TEMPLATES / composed.template, content(composed.paper), tmp_path, "计划", date(2026, 2, 23))
    said = [own_text(p) for p in docx.Document(str(delivery.path)).element.body.iter(W_P)]
    assert not any(ord(character) >= 0xF0000 for text in said for character in text)
    assert len(places_of(docx.Document(str(delivery.path)), delivery.spots)) > 50


def registers() -> list[Composed[Any]]:
    report = stocktake_report(sample())
    assert report
    return [report, *withdrawal_registers(sample())]


def test_the_figures_of_a_register_have_rows_to_count_and_a_place(tmp_path: Path) -> None:
    for composed in registers():
        _has_rows_and_a_place(composed, tmp_path)


def _has_rows_and_a_place(composed: Composed[Any], tmp_path: Path) -> None:
    for figure in composed.figures:
        if figure.name != "帐物相符率":
            (rows,) = figure.counted
            assert amount(sample().library, rows) == Decimal(figure.shown), figure.name
            assert rows.words
    template = TEMPLATES / composed.template
    delivery = deliver(template, content(composed.paper), tmp_path, composed.name, date(2026, 7, 3))
    document = docx.Document(str(delivery.path))
    assert set(places_of(document, delivery.spots)) == set(range(len(composed.figures)))
