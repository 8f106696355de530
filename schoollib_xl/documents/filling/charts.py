"""Native charts: found in a template by their alt text, their figures rewritten, their look left alone."""

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part
from docx.oxml.ns import qn
from lxml import etree

from schoollib_xl.documents.filling import faults
from schoollib_xl.documents.filling.blanks import ChartData, Series
from schoollib_xl.documents.filling.expanding import vanish
from schoollib_xl.documents.filling.markup import W_P, W_R, ancestor, own_text, remove
from schoollib_xl.documents.filling.stories import swap

_SHEET = "数据"
_FRAME = qn("wp:docPr")
# A workbook must say when it was made; saying now would make every run's bytes differ.
_NO_MOMENT = datetime(1980, 1, 1)
# Figures of four digits in 9 pt are 8 mm wide, the bars of a chart as wide as the text stand on 140 mm: of more than
# this many the names are set upright and the figures left to the table; in 7 pt forty of them lie side by side, of
# more each has its part of the width. Below 5 pt nobody reads them.
_MOST_LABELLED = 17
_UPRIGHT = "-5400000"
_SMALL, _SMALLEST = 700, 500
# 140 mm in hundredths of a point, by the line height of a Chinese character (1.45).
_WIDTH_OF_NAMES = 27_400
_COLUMNS = "BCDEFGHIJKLMNOPQRSTUVWXYZ"


class EmbeddedChart(NamedTuple):
    """A chart as it stands in a document: its alt text, its frame in the text, and its part."""

    alt: str
    frame: etree._Element
    part: Part

    def series(self) -> list[etree._Element]:
        """Return the series in the order in which the legend lists them; none where the chart is damaged."""
        root = _root(self.part)
        return [] if root is None else series_in(root)


def _root(part: Part) -> etree._Element | None:
    """Return the XML of a chart, or None where it is none."""
    try:
        return etree.fromstring(part.blob)
    except etree.XMLSyntaxError:
        return None


def series_in(root: etree._Element) -> list[etree._Element]:
    """Return the series of a chart in the order of its legend; a bar and a line chart may share one frame."""
    return sorted(root.iter(qn("c:ser")), key=_order)


def _order(series: etree._Element) -> int:
    order = series.find(qn("c:order"))
    return 0 if order is None else int(order.get("val", "0"))


def charts_of(document: Document) -> Iterator[EmbeddedChart]:
    """Yield the charts in the body of a document."""
    for frame in document.element.body.iter(qn("wp:inline"), qn("wp:anchor")):
        drawn = next(frame.iter(qn("c:chart")), None)
        if drawn is not None:
            properties = frame.find(qn("wp:docPr"))
            part = document.part.related_parts.get(drawn.get(qn("r:id")))
            if properties is not None and part is not None:
                alt = properties.get("descr") or properties.get("title") or _title(part)
                yield EmbeddedChart(alt.strip(), frame, part)


def _title(part: Part) -> str:
    """Return the title of a chart: LibreOffice loses alt texts, so a chart without one goes by its title."""
    root = _root(part)
    title = None if root is None else root.find(f"{qn('c:chart')}/{qn('c:title')}")
    return "" if title is None else "".join(text.text or "" for text in title.iter(qn("a:t")))


def chart_shortcomings(document: Document, charts: Mapping[str, ChartData]) -> Iterator[str]:
    """Yield a sentence about the charts that are missing, and one for each that cannot take its figures."""
    found = {chart.alt: chart for chart in charts_of(document)}
    wanted = {alt: data for alt, data in charts.items() if data.categories}
    if missing := [alt for alt in wanted if alt not in found]:
        yield faults.charts_missing(missing, [alt for alt in found if alt not in charts])
    for alt, data in wanted.items():
        if alt in found and (sentence := unfit(found[alt], data)):
            yield sentence


def unfit(chart: EmbeddedChart, data: ChartData) -> str:
    """Return why a chart cannot take these figures, or an empty string."""
    series = chart.series()
    if len(series) != len(data.series):
        return faults.CHART_SERIES.format(alt=chart.alt, there=len(series), needed=len(data.series))
    is_whole = all(element.find(qn(part)) is not None for element in series for part in ("c:tx", "c:cat", "c:val"))
    return "" if is_whole else faults.CHART_DAMAGED.format(alt=chart.alt)


def draw(document: Document, charts: Mapping[str, ChartData]) -> None:
    """Write the figures of each chart named here; one without categories, or that cannot take them, is taken out."""
    for chart in list(charts_of(document)):
        data = charts.get(chart.alt)
        if data is not None and data.categories and not unfit(chart, data):
            _draw(document, chart, data)
        elif data is not None:
            _take_out(chart.frame)


def graft(document: Document, chart: EmbeddedChart, paragraph: etree._Element) -> None:
    """Bring a chart of another document into this one, shown by the copy of its frame in the paragraph."""
    package = document.part.package
    new = Part(package.next_partname("/word/charts/chart%d.xml"), chart.part.content_type, chart.part.blob, package)
    relation = document.part.relate_to(new, RT.CHART)
    for key, old in chart.part.rels.items():
        if old.reltype == RT.PACKAGE:
            name = package.next_partname("/word/embeddings/Microsoft_Excel_Sheet%d.xlsx")
            new.load_rel(RT.PACKAGE, Part(name, old.target_part.content_type, old.target_part.blob, package), key)
    for drawn in paragraph.iter(qn("c:chart")):
        drawn.set(qn("r:id"), relation)
    taken = [int(frame.get("id", "0")) for frame in document.element.body.iter(_FRAME)]
    number_frames(paragraph, 1 + max(taken, default=0))


def number_frames(root: etree._Element, first: int) -> None:
    """Number the drawings below the root from a number on; no two in one document may share theirs."""
    for number, frame in enumerate(root.iter(_FRAME), first):
        frame.set("id", str(number))


def workbook(data: ChartData) -> bytes:
    """Return the small workbook behind a chart, the one Word opens at 编辑数据."""
    from xlsxwriter import Workbook

    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"created": _NO_MOMENT})
        sheet = book.add_worksheet(_SHEET)
        for row, category in enumerate(data.categories, 1):
            sheet.write_string(row, 0, category)
        for column, (name, values) in enumerate(data.series, 1):
            sheet.write_string(0, column, name)
            for row, value in enumerate(values, 1):
                if value is not None:
                    sheet.write_number(row, column, value)
    return file.getvalue()


def write_series(element: etree._Element, column: int, series: Series, categories: Sequence[str]) -> None:
    """Write name, categories and figures of one series (``column`` from 0), with the cells they stand in."""
    letter, last = _COLUMNS[column], len(categories) + 1
    _cache(_reference(element, "c:tx", "c:strRef"), f"${letter}$1", [series.name])
    _cache(_reference(element, "c:cat", "c:strRef"), f"$A$2:$A${last}", categories)
    _cache(_reference(element, "c:val", "c:numRef"), f"${letter}$2:${letter}${last}", series.values)


def _draw(document: Document, chart: EmbeddedChart, data: ChartData) -> None:
    root = etree.fromstring(chart.part.blob)
    for column, (element, series) in enumerate(zip(series_in(root), data.series, strict=True)):
        write_series(element, column, series, data.categories)
        _list_in_legend(root, column, any(value is not None for value in series.values))
    if len(data.categories) > _MOST_LABELLED:
        _set_upright(root, max(_SMALLEST, min(_SMALL, _WIDTH_OF_NAMES // len(data.categories))))
    for relation in [rel for rel in chart.part.rels.values() if rel.reltype == RT.PACKAGE and not rel.is_external]:
        swap(document, relation.target_part, workbook(data))
    swap(document, chart.part, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _set_upright(root: etree._Element, size: int) -> None:
    """Make the names of many categories readable: every one of them, upright and small, with no figure above; `size`
    is in hundredths of a point.
    """
    for labels in [one for series in series_in(root) for one in series.iterfind(qn("c:dLbls"))]:
        remove(labels)
    for axis in root.iter(qn("c:catAx")):
        for old in [*axis.iterfind(qn("c:txPr")), *axis.iterfind(qn("c:tickLblSkip"))]:
            axis.remove(old)
        text = axis.makeelement(qn("c:txPr"), {})
        etree.SubElement(text, qn("a:bodyPr"), rot=_UPRIGHT, vert="horz")
        properties = etree.SubElement(etree.SubElement(text, qn("a:p")), qn("a:pPr"))
        etree.SubElement(properties, qn("a:defRPr"), sz=str(size))
        _before(axis, text, "c:crossAx")
        skip = axis.makeelement(qn("c:tickLblSkip"), {"val": "1"})
        _before(axis, skip, "c:tickMarkSkip", "c:noMultiLvlLbl")


def _before(parent: etree._Element, child: etree._Element, *tags: str) -> None:
    """Put a child where the schema wants it: before the first of these, else at the end."""
    following = next((one for one in parent if one.tag in map(qn, tags)), None)
    parent.append(child) if following is None else following.addprevious(child)


def _list_in_legend(root: etree._Element, column: int, is_listed: bool) -> None:
    """Keep a series without a figure out of the legend."""
    for legend in root.iter(qn("c:legend")):
        for index in list(legend.iterfind(f"{qn('c:legendEntry')}/{qn('c:idx')}[@val='{column}']")):
            legend.remove(next(index.iterancestors()))
        if not is_listed:
            entry = legend.makeelement(qn("c:legendEntry"), {})
            for tag, value in (("c:idx", str(column)), ("c:delete", "1")):
                etree.SubElement(entry, qn(tag)).set("val", value)
            legend.insert(1, entry)


def _take_out(frame: etree._Element) -> None:
    paragraph, run = ancestor(frame, W_P), ancestor(frame, W_R)
    if paragraph is not None and run is not None:
        remove(run)
        if not own_text(paragraph).strip():
            vanish(paragraph)


def _reference(series: etree._Element, holder_tag: str, reference_tag: str) -> etree._Element:
    """Return the reference inside ``c:tx``, ``c:cat`` or ``c:val``, in place of whatever stood there."""
    holder = series.find(qn(holder_tag))
    if holder is None:
        raise ValueError(f"series without {holder_tag}")
    kept = holder.find(f"{qn(reference_tag)}//{qn('c:formatCode')}")
    for old in list(holder):
        holder.remove(old)
    reference = etree.SubElement(holder, qn(reference_tag))
    etree.SubElement(reference, qn("c:f"))
    cache = etree.SubElement(reference, qn(reference_tag.replace("Ref", "Cache")))
    if reference_tag == "c:numRef":
        etree.SubElement(cache, qn("c:formatCode")).text = "General" if kept is None else kept.text
    return reference


def _cache(reference: etree._Element, cells: str, values: Sequence[str | float | None]) -> None:
    reference[0].text = f"{_SHEET}!{cells}"
    etree.SubElement(reference[1], qn("c:ptCount")).set("val", str(len(values)))
    for index, value in enumerate(values):
        if value is not None:
            point = etree.SubElement(reference[1], qn("c:pt"), idx=str(index))
            etree.SubElement(point, qn("c:v")).text = str(value)
