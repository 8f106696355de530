"""Tables of words."""

from collections.abc import Sequence

from schoollib_xl.pages.html import Html, element


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Html:
    """A table under its header, in a frame that scrolls where the window is narrow; what is said in the first
    column names the row.
    """
    head = element("tr", *(element("th", text, scope="col") for text in header))
    body = (element("tr", element("th", row[0], scope="row"), *map(_cell, row[1:])) for row in rows)
    return element("div", element("table", element("thead", head), element("tbody", *body)), class_="wide")


def _cell(text: str) -> Html:
    is_figure = not text.strip("0123456789.,%-—")
    return element("td", text, class_="figure") if is_figure else element("td", text)
