"""The one definition of how our papers look: pages and paragraph styles of the two layouts."""

from typing import Literal, NamedTuple

FANGSONG, HEITI, KAITI, XIAOBIAOSONG, SONGTI = "仿宋", "黑体", "楷体", "方正小标宋简体", "宋体"
LATIN = "Times New Roman"

# Chinese type sizes in points.
ER_HAO, SAN_HAO, SI_HAO, XIAO_SI, WU_HAO = 22.0, 16.0, 14.0, 12.0, 10.5

# Names of the styles a paper may ask for in the field 样式; the same in both layouts.
BODY, HEADING, SUBHEADING, PLAIN_HEADING = "公文正文", "heading 1", "heading 2", "小标题"
MONTH, ITEM, SUBITEM, NOTE = "月份", "条目", "小条", "附注"
# What stands after the last section and belongs to none.
CLOSING, END_NOTE, SIGNED_BY, SIGNED_ON = "结束语", "文末注", "落款", "落款日期"

Alignment = Literal["both", "left", "center", "right"]


class Page(NamedTuple):
    """A4 page: margins in millimetres, pitch of the line grid in points (0: no grid)."""

    top: float
    bottom: float
    left: float
    right: float
    footer: float
    grid: float

    @property
    def text_width(self) -> float:
        """Width of the type area in millimetres."""
        return 210 - self.left - self.right


class TextStyle(NamedTuple):
    """A paragraph style. Sizes and distances in points, indents in characters.

    ``exact`` is an exact line height in points; 0 means ``lines`` times the height of the type. ``tight`` leaves
    out the gap Word puts between Chinese characters and figures, so that a date fits its column.
    """

    name: str
    identifier: str
    font: str
    size: float
    exact: float = 0
    lines: float = 1
    align: Alignment = "both"
    bold: bool = False
    before: float = 0
    after: float = 0
    first: float = 0
    left: float = 0
    outline: int | None = None
    numbering_level: int | None = None
    keep_with_next: bool = False
    on_grid: bool = True
    tight: bool = False
    spacing: float = 0
    following: str = ""


class Layout(NamedTuple):
    """A page and its styles."""

    name: str
    page: Page
    styles: tuple[TextStyle, ...]

    def style(self, name: str) -> TextStyle:
        """Return the style with this name; raises :class:`KeyError`."""
        return next(style for style in self.styles if style.name == name)


class _Type(NamedTuple):
    """What differs between the layouts: fonts, sizes in points, line heights."""

    body: str
    size: float
    exact: float
    lines: float
    spacing: float
    title: str
    title_exact: float
    inner: str
    table_size: float
    note_size: float
    note_exact: float
    signature: float


# GB/T 9704-2012 5.2.2, 5.2.3: 22 lines of 28 characters on 225 x 156 mm, body 三号仿宋; 7.3.1: title 二号小标宋;
# 7.3.3: headings 黑体, 楷体, 仿宋. 16 pt characters would fill 448 of the 442.2 pt, hence -0.25 pt between them.
# 7.3.5.1: the date ends four characters from the edge and the school stands centred over it, where the seal goes;
# a date is some six and a half characters long, so both are centred in the last 14.5 of the 28 (简版: 31.5).
_OFFICIAL = _Type(FANGSONG, SAN_HAO, 28.9, 1, -0.25, XIAOBIAOSONG, 35, KAITI, XIAO_SI, SI_HAO, 24, 13.5)
_LIGHT = _Type(SONGTI, SI_HAO, 0, 1.5, 0, HEITI, 0, KAITI, WU_HAO, XIAO_SI, 0, 17)


def _styles(look: _Type) -> tuple[TextStyle, ...]:
    return (*_headings(look), *_text(look), *_tables(look), *_non_entries(look))


def _headings(look: _Type) -> tuple[TextStyle, ...]:
    heading = _running(look)._replace(first=2, keep_with_next=True, following=BODY)
    title = TextStyle("Title", "Title", look.title, ER_HAO, look.title_exact, 1.5, "center", on_grid=False)
    subtitle = TextStyle("Subtitle", "Subtitle", KAITI, look.size, look.exact, look.lines, "center", after=look.size)
    return (
        title._replace(keep_with_next=True, following="Subtitle"),
        subtitle._replace(on_grid=False, following=BODY),
        heading._replace(name=HEADING, identifier="Heading1", font=HEITI, outline=0, numbering_level=0),
        heading._replace(name=SUBHEADING, identifier="Heading2", font=look.inner, outline=1, numbering_level=1),
        heading._replace(name="heading 3", identifier="Heading3", bold=True, outline=2, numbering_level=2),
        heading._replace(name=PLAIN_HEADING, identifier="PlainHeading", font=HEITI, outline=0),
        heading._replace(name=MONTH, identifier="MonthHeading", font=look.inner, outline=2),
    )


def _text(look: _Type) -> tuple[TextStyle, ...]:
    text = _running(look)
    indented = text._replace(first=2)
    note = indented._replace(name=NOTE, identifier="Remark", size=look.note_size, exact=look.note_exact, spacing=0)
    return (
        text,
        indented._replace(name=BODY, identifier="OfficialBody"),
        indented._replace(name=ITEM, identifier="Item", following=ITEM),
        indented._replace(name=SUBITEM, identifier="SubItem", following=SUBITEM),
        indented._replace(name=CLOSING, identifier="ClosingWords"),
        note,
        note._replace(name=END_NOTE, identifier="EndRemark"),
        text._replace(name="顶格", identifier="FlushLeft"),
    )


def _tables(look: _Type) -> tuple[TextStyle, ...]:
    cell = TextStyle("表格文字", "TableText", look.body, look.table_size, align="center", on_grid=False, tight=True)
    return (
        cell,
        cell._replace(name="表格左齐", identifier="TableLeft", align="left"),
        cell._replace(name="表头", identifier="TableHead", font=HEITI, keep_with_next=True),
        TextStyle(
            *("caption", "Caption", HEITI, look.table_size, 0, 1, "center"),
            before=8,
            after=4,
            keep_with_next=True,
            on_grid=False,
        ),
        TextStyle("图表", "ChartLine", look.body, look.table_size, align="center", before=6, on_grid=False),
    )


def _non_entries(look: _Type) -> tuple[TextStyle, ...]:
    text = _running(look)
    cover = TextStyle("封面标题", "CoverTitle", XIAOBIAOSONG, 36, 0, 1.3, "center", before=24, after=12, on_grid=False)
    return (
        text._replace(name=SIGNED_BY, identifier="SignedBy", align="center", left=look.signature),
        text._replace(name=SIGNED_ON, identifier="SignedOn", align="center", left=look.signature),
        TextStyle("标记", "Mark", HEITI, look.size, look.exact, look.lines, "left"),
        cover,
        cover._replace(name="封面文字", identifier="CoverText", font=look.body, size=SAN_HAO, before=0, after=0),
        TextStyle("footer", "Footer", SONGTI, SI_HAO, on_grid=False),
        TextStyle("annotation text", "CommentText", SONGTI, WU_HAO, align="left", on_grid=False),
    )


def _running(look: _Type) -> TextStyle:
    return TextStyle("Normal", "Normal", look.body, look.size, look.exact, look.lines, spacing=look.spacing)


GONGWEN = Layout("公文", Page(37, 35, 28, 26, 25, 28.95), _styles(_OFFICIAL))
"""GB/T 9704-2012, 5.2.1: top 37 mm, left 28 mm, type area 156 x 225 mm."""

JIANBAN = Layout("简版", Page(30, 25, 28, 26, 15, 0), _styles(_LIGHT))
"""The lighter house style: title 二号黑体, body 四号宋体, one and a half lines."""
