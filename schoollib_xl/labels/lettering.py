"""The font that our PDFs carry, so that they look alike everywhere."""

from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FONT = "WenQuanYiMicroHei"
_FILE = Path(__file__).with_name("font") / "wqy-microhei.ttc"


def use_font() -> None:
    """Make the font known to reportlab."""
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(FONT, str(_FILE), subfontIndex=0))
