"""A template put together as a .docx, with nothing in it but our own parts."""

from collections.abc import Iterable, Sequence

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from schoollib_xl.documents.filling.charts import workbook
from schoollib_xl.documents.templates.chart_drawing import ChartDesign, chart_xml
from schoollib_xl.documents.templates.pages import Block, document_xml, footer_xml
from schoollib_xl.documents.templates.styles import Layout
from schoollib_xl.documents.templates.stylesheet import font_table_xml, numbering_xml, settings_xml, styles_xml
from schoollib_xl.documents.templates.theme import theme_xml
from schoollib_xl.saving import zipped

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_PARTS = {
    "word/document.xml": CT.WML_DOCUMENT_MAIN,
    "word/styles.xml": CT.WML_STYLES,
    "word/numbering.xml": CT.WML_NUMBERING,
    "word/settings.xml": CT.WML_SETTINGS,
    "word/fontTable.xml": CT.WML_FONT_TABLE,
    "word/theme/theme1.xml": CT.OFC_THEME,
    "word/footer1.xml": CT.WML_FOOTER,
    "word/footer2.xml": CT.WML_FOOTER,
    "docProps/core.xml": CT.OPC_CORE_PROPERTIES,
    "docProps/app.xml": CT.OFC_EXTENDED_PROPERTIES,
}


def template_bytes(title: str, layout: Layout, blocks: Sequence[Block]) -> bytes:
    """Return a template as the bytes of a .docx; the same blocks give the same bytes."""
    charts = [block for block in blocks if isinstance(block, ChartDesign)]
    texts = {
        "[Content_Types].xml": _content_types(len(charts)),
        "_rels/.rels": _package_relationships(),
        "word/_rels/document.xml.rels": _document_relationships(len(charts)),
        "word/document.xml": document_xml(layout, blocks),
        "word/styles.xml": styles_xml(layout),
        "word/numbering.xml": numbering_xml(layout),
        "word/settings.xml": settings_xml(),
        "word/fontTable.xml": font_table_xml(),
        "word/theme/theme1.xml": theme_xml(),
        "word/footer1.xml": footer_xml(layout, even=False),
        "word/footer2.xml": footer_xml(layout, even=True),
        "docProps/core.xml": _core(title),
        "docProps/app.xml": _application(),
    }
    return zipped({name: (_DECLARATION + text).encode() for name, text in texts.items()} | _chart_parts(charts))


def _chart_parts(charts: Sequence[ChartDesign]) -> dict[str, bytes]:
    parts = {}
    for number, chart in enumerate(charts, 1):
        book = f"../embeddings/Microsoft_Excel_Sheet{number}.xlsx"
        parts[f"word/charts/chart{number}.xml"] = chart_xml(chart)
        parts[f"word/embeddings/Microsoft_Excel_Sheet{number}.xlsx"] = workbook(chart.sample)
        related = _relationships([("rIdBook", RT.PACKAGE, book)])
        parts[f"word/charts/_rels/chart{number}.xml.rels"] = (_DECLARATION + related).encode()
    return parts


def _content_types(charts: int) -> str:
    parts = _PARTS | {f"word/charts/chart{number}.xml": CT.DML_CHART for number in range(1, charts + 1)}
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    defaults = {"rels": CT.OPC_RELATIONSHIPS, "xml": CT.XML, "xlsx": CT.SML_SHEET}
    return (
        f'<Types xmlns="{_TYPES}">'
        + "".join(f'<Default Extension="{name}" ContentType="{kind}"/>' for name, kind in defaults.items())
        + f"{overrides}</Types>"
    )


def _package_relationships() -> str:
    return _relationships(
        [
            ("rId1", RT.OFFICE_DOCUMENT, "word/document.xml"),
            ("rId2", RT.CORE_PROPERTIES, "docProps/core.xml"),
            ("rId3", RT.EXTENDED_PROPERTIES, "docProps/app.xml"),
        ]
    )


def _document_relationships(charts: int) -> str:
    fixed = [
        ("rIdStyles", RT.STYLES, "styles.xml"),
        ("rIdNumbering", RT.NUMBERING, "numbering.xml"),
        ("rIdSettings", RT.SETTINGS, "settings.xml"),
        ("rIdFonts", RT.FONT_TABLE, "fontTable.xml"),
        ("rIdTheme", RT.THEME, "theme/theme1.xml"),
        ("rIdOddFooter", RT.FOOTER, "footer1.xml"),
        ("rIdEvenFooter", RT.FOOTER, "footer2.xml"),
    ]
    drawn = [(f"rIdChart{number}", RT.CHART, f"charts/chart{number}.xml") for number in range(1, charts + 1)]
    return _relationships([*fixed, *drawn])


def _relationships(entries: Iterable[tuple[str, str, str]]) -> str:
    inner = "".join(f'<Relationship Id="{key}" Type="{kind}" Target="{to}"/>' for key, kind, to in entries)
    return f'<Relationships xmlns="{_RELATIONSHIPS}">{inner}</Relationships>'


def _core(title: str) -> str:
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title><dc:language>zh-CN</dc:language></cp:coreProperties>"
    )


def _application() -> str:
    return '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
