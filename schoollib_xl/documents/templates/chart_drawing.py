"""The charts as they stand in our templates: native, editable in Word, readable in black and white."""

from typing import NamedTuple

from docx.oxml.ns import nsdecls
from lxml import etree

from schoollib_xl.documents.filling.blanks import ChartData
from schoollib_xl.documents.filling.charts import write_series

_BAR_COLOURS = ("2F5597", "A6A6A6")
_LINE_COLOUR = "C00000"


class ChartDesign(NamedTuple):
    """A chart in a template: alt text by which it is found, also its title, and the figures it shows until filled.

    With ``line_last`` the last series is a line over the bars, as a target is.
    """

    alt: str
    sample: ChartData
    line_last: bool = False


def chart_xml(design: ChartDesign) -> bytes:
    """Return the chart part; its workbook is related as rIdBook."""
    bars = len(design.sample.series) - design.line_last
    root = etree.fromstring(
        f"<c:chartSpace {nsdecls('c', 'a', 'r')}><c:roundedCorners val='0'/><c:chart>{_title(design.alt)}"
        f"<c:autoTitleDeleted val='0'/><c:plotArea><c:layout/>{_bar_chart(bars)}"
        f"{_line_chart(bars) if design.line_last else ''}{_AXES}</c:plotArea>"
        "<c:legend><c:legendPos val='b'/><c:overlay val='0'/></c:legend><c:plotVisOnly val='1'/>"
        f"<c:dispBlanksAs val='gap'/></c:chart>{_text_look(1000)}"
        "<c:externalData r:id='rIdBook'><c:autoUpdate val='0'/></c:externalData></c:chartSpace>"
    )
    elements = [element for element in root.iter() if str(element.tag).endswith("}ser")]
    for number, (element, series) in enumerate(zip(elements, design.sample.series, strict=True)):
        write_series(element, number, series, design.sample.categories)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _bar_chart(count: int) -> str:
    series = "".join(
        f"{_series_head(number)}<c:spPr><a:solidFill><a:srgbClr val='{_BAR_COLOURS[number]}'/></a:solidFill></c:spPr>"
        f"<c:invertIfNegative val='0'/>{_LABELS}<c:cat/><c:val/></c:ser>"
        for number in range(count)
    )
    return (
        f"<c:barChart><c:barDir val='col'/><c:grouping val='clustered'/><c:varyColors val='0'/>{series}"
        "<c:gapWidth val='60'/><c:axId val='1001'/><c:axId val='1002'/></c:barChart>"
    )


def _line_chart(number: int) -> str:
    fill = f"<a:solidFill><a:srgbClr val='{_LINE_COLOUR}'/></a:solidFill>"
    return (
        f"<c:lineChart><c:grouping val='standard'/><c:varyColors val='0'/>{_series_head(number)}"
        f"<c:spPr><a:ln w='22225'>{fill}</a:ln></c:spPr>"
        f"<c:marker><c:symbol val='diamond'/><c:size val='6'/><c:spPr>{fill}</c:spPr></c:marker>"
        "<c:cat/><c:val/><c:smooth val='0'/></c:ser><c:marker val='1'/>"
        "<c:axId val='1001'/><c:axId val='1002'/></c:lineChart>"
    )


def _series_head(number: int) -> str:
    return f"<c:ser><c:idx val='{number}'/><c:order val='{number}'/><c:tx/>"


def _title(text: str) -> str:
    look = "<a:latin typeface='Times New Roman'/><a:ea typeface='黑体'/>"
    return (
        "<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz='1200' b='0'/></a:pPr>"
        f"<a:r><a:rPr lang='zh-CN' sz='1200' b='0'>{look}</a:rPr><a:t>{text}</a:t></a:r></a:p></c:rich></c:tx>"
        "<c:overlay val='0'/></c:title>"
    )


def _text_look(size: int) -> str:
    return (
        f"<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz='{size}'><a:latin typeface='Times New Roman'/>"
        "<a:ea typeface='宋体'/></a:defRPr></a:pPr><a:endParaRPr lang='zh-CN'/></a:p></c:txPr>"
    )


_LABELS = (
    # White behind the figures, so that a line over the bars does not strike them out.
    f"<c:dLbls><c:spPr><a:solidFill><a:srgbClr val='FFFFFF'/></a:solidFill></c:spPr>{_text_look(900)}"
    "<c:showLegendKey val='0'/><c:showVal val='1'/>"
    "<c:showCatName val='0'/><c:showSerName val='0'/><c:showPercent val='0'/><c:showBubbleSize val='0'/></c:dLbls>"
)
_GREY_LINE = "<c:spPr><a:ln w='6350'><a:solidFill><a:srgbClr val='BFBFBF'/></a:solidFill></a:ln></c:spPr>"
_AXES = (
    "<c:catAx><c:axId val='1001'/><c:scaling><c:orientation val='minMax'/></c:scaling><c:delete val='0'/>"
    "<c:axPos val='b'/><c:numFmt formatCode='General' sourceLinked='0'/><c:majorTickMark val='none'/>"
    f"<c:minorTickMark val='none'/><c:tickLblPos val='low'/>{_GREY_LINE}<c:crossAx val='1002'/>"
    "<c:crosses val='autoZero'/><c:auto val='1'/><c:lblAlgn val='ctr'/><c:lblOffset val='100'/>"
    "<c:noMultiLvlLbl val='0'/></c:catAx>"
    "<c:valAx><c:axId val='1002'/><c:scaling><c:orientation val='minMax'/><c:min val='0'/></c:scaling>"
    f"<c:delete val='0'/><c:axPos val='l'/><c:majorGridlines>{_GREY_LINE}</c:majorGridlines>"
    "<c:numFmt formatCode='General' sourceLinked='0'/><c:majorTickMark val='none'/><c:minorTickMark val='none'/>"
    f"<c:tickLblPos val='nextTo'/>{_GREY_LINE}<c:crossAx val='1001'/><c:crosses val='autoZero'/>"
    "<c:crossBetween val='between'/></c:valAx>"
)
