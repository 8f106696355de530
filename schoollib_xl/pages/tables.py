"""Tables of words."""

from collections.abc import Sequence

from schoollib_xl.pages.document import Html, element
from schoollib_xl.wording.columns import is_figure

# A cell of more signs than this is broken into lines, so that the next column is still seen.
_MOST_ON_A_LINE = 24


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Html:
    """A table under its header, in a frame that scrolls where the window is narrow; what is said in the first
    column names the row.
    """
    head = element("tr", *(element("th", text, scope="col") for text in header))
    body = (element("tr", element("th", row[0], scope="row"), *map(_cell, row[1:])) for row in rows)
    return element("div", element("table", element("thead", head), element("tbody", *body)), class_="wide")


def _cell(text: str) -> Html:
    if is_figure(text):
        return element("td", text, class_="figure")
    return element("td", text, class_="long") if len(text) > _MOST_ON_A_LINE else element("td", text)
