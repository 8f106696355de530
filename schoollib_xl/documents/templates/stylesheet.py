"""A layout as the parts of a .docx that define looks: styles, numbering, settings and fonts."""

from docx.oxml.ns import nsdecls

from schoollib_xl.documents.templates.styles import (
    FANGSONG,
    HEITI,
    KAITI,
    LATIN,
    SONGTI,
    XIAOBIAOSONG,
    Layout,
    TextStyle,
)

_W = nsdecls("w")
_TWIPS = 20
# Heading numbers of GB/T 9704-2012, 7.3.3: 一、 （一） 1． — automatic, so that a section taken out closes up.
_NUMBERS = (("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3．"))
# Other names of each font, panose number, family and pitch; Word and WPS look here when a font is not installed.
_FONTS = {
    XIAOBIAOSONG: (
        "方正小标宋_GBK,FZXiaoBiaoSong-B05S,华文中宋,STZhongsong,宋体",
        "02010601030101010101",
        "auto",
        "variable",
    ),
    FANGSONG: ("FangSong,仿宋_GB2312,华文仿宋", "02010609060101010101", "modern", "fixed"),
    KAITI: ("KaiTi,楷体_GB2312,华文楷体", "02010609060101010101", "modern", "fixed"),
    HEITI: ("SimHei", "02010609060101010101", "modern", "fixed"),
    SONGTI: ("SimSun", "02010600030101010101", "auto", "variable"),
}
# What Chinese Word turns on in every new document, in the order of the schema.
_COMPATIBILITY = (
    "spaceForUL",
    "balanceSingleByteDoubleByteWidth",
    "doNotLeaveBackslashAlone",
    "ulTrailSpace",
    "doNotExpandShiftReturn",
    "adjustLineHeightInTable",
)
_FIXED_STYLES = """
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>
<w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>
<w:style w:type="character" w:styleId="CommentReference"><w:name w:val="annotation reference"/>
<w:basedOn w:val="DefaultParagraphFont"/><w:rPr>{fonts}<w:sz w:val="21"/><w:szCs w:val="21"/></w:rPr></w:style>
<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/>
<w:semiHidden/><w:unhideWhenUsed/></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>
<w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="28" w:type="dxa"/>
<w:left w:w="85" w:type="dxa"/><w:bottom w:w="28" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>
</w:tblPr></w:style>
<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr>
<w:tblBorders>{borders}</w:tblBorders></w:tblPr></w:style>
"""


def styles_xml(layout: Layout) -> str:
    """Return ``word/styles.xml``: every style names its East Asian font and carries no theme attribute."""
    normal = layout.style("Normal")
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f"<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>{_fonts(normal.font)}{_size(normal.size)}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/>'
        "</w:docDefaults>"
        + "".join(_style(style, layout) for style in layout.styles)
        + _FIXED_STYLES.format(borders=borders, fonts=_fonts(normal.font)).replace("\n", "")
        + "</w:styles>"
    )


def numbering_xml(layout: Layout) -> str:
    """Return ``word/numbering.xml``: one multilevel list, each level tied to its heading style."""
    numbered = sorted((s for s in layout.styles if s.numbering_level is not None), key=lambda s: s.numbering_level or 0)
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:pStyle w:val="{style.identifier}"/>'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
        for level, (style, (kind, text)) in enumerate(zip(numbered, _NUMBERS, strict=True))
    )
    return (
        f'<w:numbering {_W}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>{levels}'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def settings_xml() -> str:
    """Return ``word/settings.xml``: Word 2013 rules (15, else the title bar says 兼容模式), odd and even pages."""
    compatibility = "".join(f"<w:{name}/>" for name in _COMPATIBILITY)
    return (
        f'<w:settings {_W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/>'
        f'<w:compat>{compatibility}<w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def font_table_xml() -> str:
    """Return ``word/fontTable.xml`` with the other names of each font as a hint where it is missing."""
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:panose1 w:val="{panose}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="{pitch}"/></w:font>'
        for name, (others, panose, family, pitch) in _FONTS.items()
    )
    return f"<w:fonts {_W}>{entries}</w:fonts>"


def _style(style: TextStyle, layout: Layout) -> str:
    default = style.name == "Normal"
    following = f'<w:next w:val="{layout.style(style.following).identifier}"/>' if style.following else ""
    return (
        f'<w:style w:type="paragraph" w:default="{int(default)}" w:styleId="{style.identifier}">'
        f'<w:name w:val="{style.name}"/>'
        + ("" if default else '<w:basedOn w:val="Normal"/>')
        + f"{following}<w:qFormat/>{_paragraph(style)}{_letters(style)}</w:style>"
    )


def _paragraph(style: TextStyle) -> str:
    numbering = (
        ""
        if style.numbering_level is None
        else f'<w:numPr><w:ilvl w:val="{style.numbering_level}"/><w:numId w:val="1"/></w:numPr>'
    )
    outline = "" if style.outline is None else f'<w:outlineLvl w:val="{style.outline}"/>'
    gaps = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>' if style.tight else ""
    return (
        # Widow control would move lines about and break the grid of 22 lines.
        f'<w:pPr>{"<w:keepNext/>" if style.keep_with_next else ""}<w:widowControl w:val="0"/>{numbering}'
        f'{gaps}<w:snapToGrid w:val="{int(style.on_grid)}"/>'
        f'<w:spacing w:before="{_twips(style.before)}" w:after="{_twips(style.after)}" {_line(style)}/>'
        f"<w:ind {_indent('left', style.left, style.size)} {_indent('firstLine', style.first, style.size)}/>"
        f'<w:jc w:val="{style.align}"/>{outline}</w:pPr>'
    )


def _letters(style: TextStyle) -> str:
    bold = '<w:b w:val="1"/><w:bCs w:val="1"/>' if style.bold else ""
    return f'<w:rPr>{_fonts(style.font)}{bold}<w:spacing w:val="{_twips(style.spacing)}"/>{_size(style.size)}</w:rPr>'


def _fonts(east_asian: str) -> str:
    return f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{east_asian}" w:cs="{LATIN}"/>'


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def _line(style: TextStyle) -> str:
    if style.exact:
        return f'w:line="{_twips(style.exact)}" w:lineRule="exact"'
    return f'w:line="{round(style.lines * 240)}" w:lineRule="auto"'


def _indent(side: str, characters: float, size: float) -> str:
    """Indent in hundredths of a character, and in twips for programs that do not know characters."""
    return f'w:{side}Chars="{round(characters * 100)}" w:{side}="{_twips(characters * size)}"'


def _twips(points: float) -> int:
    return round(points * _TWIPS)
