"""The theme of a template: Word expects one; our styles name their own fonts and colours and lean on none of it."""

from docx.oxml.ns import nsdecls

from schoollib_xl.documents.templates.styles import LATIN, SONGTI

# Offered by Word when she colours something: black, white, greys, and the colours of our charts.
_COLOURS = {
    "dk1": "000000",
    "lt1": "FFFFFF",
    "dk2": "404040",
    "lt2": "F2F2F2",
    "accent1": "2F5597",
    "accent2": "A6A6A6",
    "accent3": "C00000",
    "accent4": "7F7F7F",
    "accent5": "8FAADC",
    "accent6": "BFBFBF",
    "hlink": "2F5597",
    "folHlink": "7F7F7F",
}
_FILL = "<a:solidFill><a:schemeClr val='phClr'/></a:solidFill>"
_LINES = "".join(f"<a:ln w='{width}'>{_FILL}</a:ln>" for width in (6350, 12700, 19050))
# The schema wants three of each: for subtle, moderate and intense shapes.
_LOOKS = (
    f"<a:fillStyleLst>{_FILL * 3}</a:fillStyleLst>"
    f"<a:lnStyleLst>{_LINES}</a:lnStyleLst>"
    f"<a:effectStyleLst>{'<a:effectStyle><a:effectLst/></a:effectStyle>' * 3}</a:effectStyleLst>"
    f"<a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst>"
)


def theme_xml() -> str:
    """Return ``word/theme/theme1.xml``."""
    colours = "".join(f"<a:{name}><a:srgbClr val='{value}'/></a:{name}>" for name, value in _COLOURS.items())
    fonts = f"<a:latin typeface='{LATIN}'/><a:ea typeface='{SONGTI}'/><a:cs typeface=''/>"
    return (
        f"<a:theme {nsdecls('a')} name='图书室文书'><a:themeElements><a:clrScheme name='图书室文书'>{colours}"
        f"</a:clrScheme><a:fontScheme name='图书室文书'><a:majorFont>{fonts}</a:majorFont><a:minorFont>{fonts}"
        f"</a:minorFont></a:fontScheme><a:fmtScheme name='图书室文书'>{_LOOKS}</a:fmtScheme></a:themeElements>"
        "</a:theme>"
    )
