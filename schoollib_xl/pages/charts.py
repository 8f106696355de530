"""Simple charts as inline SVG: no style of their own, no script, nothing fetched."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from schoollib_xl.pages.html import Html, element

# In units of the drawing: a line of text is 11 high.
_WIDTH, _LINE, _NAMES, _FIGURES = 640, 20, 90, 120


class Bar(NamedTuple):
    """One bar: its name, its value, and what it should reach (None: nothing is asked)."""

    name: str
    value: Decimal
    aim: Decimal | None
    is_behind: bool


def bars(title: str, rows: Sequence[Bar]) -> Html:
    """Bars from left to right with a line at what each should reach; a picture of a table that stands beside it."""
    if not rows:
        return Html()
    most = max(max(row.value, row.aim or Decimal(0)) for row in rows) or Decimal(1)
    height = _LINE * len(rows)
    drawn = (part for index, row in enumerate(rows) for part in _bar(row, index * _LINE, most))
    picture = element("svg", *drawn, viewBox=f"0 0 {_WIDTH} {height}", class_="chart", role="img", aria_label=title)
    return element("figure", element("figcaption", title), picture)


def _bar(row: Bar, top: int, most: Decimal) -> Iterator[Html]:
    room = _WIDTH - _NAMES - _FIGURES
    long = round(room * row.value / most)
    middle = str(top + _LINE - 6)
    yield element("text", row.name, x="0", y=middle)
    kind = "bar behind" if row.is_behind else "bar"
    yield element("rect", x=str(_NAMES), y=str(top + 3), width=str(long), height=str(_LINE - 6), class_=kind)
    if row.aim is not None:
        at = str(_NAMES + round(room * row.aim / most))
        yield element("line", x1=at, x2=at, y1=str(top + 1), y2=str(top + _LINE - 1), class_="aim")
    yield element("text", str(row.value), x=str(_WIDTH - _FIGURES + 8), y=middle)
