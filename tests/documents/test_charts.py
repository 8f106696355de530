"""Charts stay native: their figures, the workbook behind them, and what is said when one is gone."""

import io
import re
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import docx
import openpyxl
import paper_samples
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn
from filled import fill
from test_templates import FOLDER

from schoollib_xl.documents.filling import fill as filling
from schoollib_xl.documents.filling.blanks import ChartData, Content, Series, content
from schoollib_xl.documents.filling.charts import EmbeddedChart, charts_of
from schoollib_xl.documents.filling.faults import TemplateFaults
from schoollib_xl.documents.filling.stories import swap
from schoollib_xl.packages import zipped

TEMPLATE = FOLDER / "工作总结.docx"


def drawn(alt: str, said: Content | None = None) -> EmbeddedChart:
    document = fill(TEMPLATE, said or content(paper_samples.summary()))
    return next(chart for chart in charts_of(document) if chart.alt == alt)


def with_chart(data: ChartData) -> Content:
    return content(replace(paper_samples.summary(), month_chart=data))


def points(chart: EmbeddedChart, holder: str) -> list[list[str | None]]:
    return [[value.text for value in series.iterfind(f"{qn(holder)}//{qn('c:v')}")] for series in chart.series()]


def complaints(folder: Path, old: str, new: str) -> list[str]:
    document = docx.Document(str(TEMPLATE))
    for frame in document.element.body.iter(qn("wp:docPr")):
        if frame.get("descr") == old:
            frame.set("descr", new)
    document.save(str(folder / "改.docx"))
    with pytest.raises(TemplateFaults) as found:
        fill(folder / "改.docx", content(paper_samples.summary()))
    return [fault.message for fault in found.value.faults]


def test_names_categories_and_figures_are_rewritten_in_bars_and_line() -> None:
    chart = drawn("各班生均借书")
    assert points(chart, "c:tx") == [["生均册数"], ["生均目标（册）"]]
    assert points(chart, "c:cat") == [paper_samples.CLASSES] * 2
    assert points(chart, "c:val")[1] == ["3.0"] * 4 + ["3.5"] * 8
    assert b"lineChart" in chart.part.blob
    assert b"barChart" in chart.part.blob


def test_a_missing_figure_is_a_gap_and_not_a_nought() -> None:
    chart = drawn("各月借阅")
    assert points(chart, "c:val") == [["402.0", "388.0", "471.0", "120.0"]]
    assert [point.get("idx") for point in chart.series()[0].iterfind(f"{qn('c:val')}//{qn('c:pt')}")] == [
        "0",
        "1",
        "2",
        "4",
    ]


def test_the_workbook_behind_a_chart_holds_the_same_figures_where_the_chart_looks_for_them() -> None:
    chart = drawn("各月借阅")
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.part_related_by(RT.PACKAGE).blob)).active
    assert sheet is not None
    assert list(sheet.iter_rows(values_only=True))[:3] == [(None, "借书册数"), ("9月", 402), ("10月", 388)]
    assert sheet["B5"].value is None
    formulas = [formula.text for formula in chart.series()[0].iter(qn("c:f"))]
    assert formulas == ["数据!$B$1", "数据!$A$2:$A$6", "数据!$B$2:$B$6"]


def test_text_that_looks_like_a_formula_stays_text_in_the_workbook() -> None:
    said = with_chart(ChartData(("=1+1",), (Series("借书", (1.0,)),)))
    book = openpyxl.load_workbook(io.BytesIO(drawn("各月借阅", said).part.part_related_by(RT.PACKAGE).blob))
    assert book.worksheets[0]["A2"].data_type == "s"


def test_any_number_of_categories_fits() -> None:
    months = tuple(f"{month}月" for month in range(1, 31))
    said = with_chart(ChartData(months, (Series("借书", tuple(map(float, range(30)))),)))
    assert points(drawn("各月借阅", said), "c:cat") == [list(months)]


def test_the_names_of_many_classes_stand_upright_without_figures_above() -> None:
    def shown(classes: int) -> tuple[bool, bool, list[bytes]]:
        names = tuple(f"三（{number}）班" for number in range(classes))
        series = tuple(Series(name, (1.0,) * classes) for name in ("生均册数", "生均目标（册）"))
        said = replace(paper_samples.summary(), class_chart=ChartData(names, series))
        blob = drawn("各班生均借书", content(said)).part.blob
        upright = re.search(b'rot="-5400000" vert="horz"/><a:p><a:pPr><a:defRPr sz="([0-9]+)"', blob)
        is_whole = b'<c:tickLblSkip val="1"/><c:noMultiLvlLbl' in blob
        return b"<c:dLbls>" in blob, is_whole, [*upright.groups()] if upright else []

    assert (shown(17), shown(18)) == ((True, False, []), (False, True, [b"700"]))
    # So small that forty-eight stand side by side on 140 mm; no smaller than can be read.
    assert (shown(48)[2], shown(90)[2]) == ([b"570"], [b"500"])


def test_a_chart_without_figures_disappears() -> None:
    document = fill(TEMPLATE, with_chart(ChartData((), ())))
    assert [chart.alt for chart in charts_of(document)] == ["各班生均借书", "各类藏书与标准"]


def notes(template: Path) -> list[str]:
    return list(filling.fill(template, content(paper_samples.summary())).notes)


def test_a_renamed_chart_is_said_and_the_paper_made(tmp_path: Path) -> None:
    document = docx.Document(str(TEMPLATE))
    frame = next(one for one in document.element.body.iter(qn("wp:docPr")) if one.get("descr") == "各月借阅")
    frame.set("descr", "每月借阅")
    document.save(str(tmp_path / "改.docx"))
    assert notes(tmp_path / "改.docx") == [
        "改.docx：没有图表“各月借阅”，没有画；图表“每月借阅”不认得，里面的数没有换。"
    ]


def test_charts_taken_out_of_the_template_are_said_in_one_sentence(tmp_path: Path) -> None:
    document = docx.Document(str(TEMPLATE))
    for frame in list(document.element.body.iter(qn("wp:inline"))):
        paragraph = next(frame.iterancestors(qn("w:p")))
        paragraph.getparent().remove(paragraph)
    document.save(str(tmp_path / "改.docx"))
    assert notes(tmp_path / "改.docx") == ["改.docx：没有图表“各班生均借书”、“各月借阅”、“各类藏书与标准”，没有画。"]


def test_a_chart_whose_part_is_damaged_goes_and_is_said(tmp_path: Path) -> None:
    with ZipFile(TEMPLATE) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    (tmp_path / "改.docx").write_bytes(zipped(parts | {"word/charts/chart2.xml": b"<c:chartSpace"}))
    assert notes(tmp_path / "改.docx") == ["改.docx：图表“各月借阅”应有 1 个系列，现有 0 个，没有画。"]
    document = fill(tmp_path / "改.docx", content(paper_samples.summary()))
    assert [chart.alt for chart in charts_of(document)] == ["各班生均借书", "各类藏书与标准"]


def test_a_chart_that_lost_its_alt_text_goes_by_its_title(tmp_path: Path) -> None:
    document = docx.Document(str(TEMPLATE))
    for frame in document.element.body.iter(qn("wp:docPr")):
        del frame.attrib["descr"]
    document.save(str(tmp_path / "改.docx"))
    filled = fill(tmp_path / "改.docx", content(paper_samples.summary()))
    assert {chart.alt for chart in charts_of(filled)} == {"各班生均借书", "各月借阅", "各类藏书与标准"}


def test_a_chart_of_another_number_of_series_goes_and_is_said() -> None:
    sample = paper_samples.summary().month_chart
    filled = filling.fill(TEMPLATE, with_chart(sample._replace(series=sample.series * 2)))
    assert filled.notes == ("工作总结.docx：图表“各月借阅”应有 2 个系列，现有 1 个，没有画。",)
    assert "各月借阅" not in [chart.alt for chart in charts_of(filled.document)]


def test_a_chart_without_its_workbook_shows_the_new_figures_all_the_same(tmp_path: Path) -> None:
    document = docx.Document(str(TEMPLATE))
    chart = next(charts_of(document))
    for key in [key for key, relation in chart.part.rels.items() if relation.reltype == RT.PACKAGE]:
        del chart.part.rels[key]
    document.save(str(tmp_path / "改.docx"))
    filled = fill(tmp_path / "改.docx", content(paper_samples.summary()))
    assert points(next(charts_of(filled)), "c:cat") == [paper_samples.CLASSES] * 2


def test_a_placeholder_in_a_chart_title_is_filled(tmp_path: Path) -> None:
    document = docx.Document(str(TEMPLATE))
    chart = next(charts_of(document))
    titled = chart.part.blob.replace("<a:t>各班生均借书</a:t>".encode(), "<a:t>{{学期}}各班借阅</a:t>".encode())
    swap(document, chart.part, titled)
    document.save(str(tmp_path / "改.docx"))
    filled = fill(tmp_path / "改.docx", content(paper_samples.summary()))
    assert "第一学期各班借阅".encode() in next(charts_of(filled)).part.blob
