"""A page for a browser, complete in one file: nothing it shows can make it fetch or run anything."""

from functools import cache
from html import escape
from pathlib import Path

from schoollib_xl.sheets import styles

_VOID = frozenset({"meta", "br", "link", "input"})
_COLOURS = {
    "deep": styles.DEEP,
    "pale": styles.PALE,
    "ink": styles.INK,
    "grey": styles.GREY,
    "line": styles.LINE,
    "red": styles.RED,
    "amber": styles.AMBER,
    "blue": styles.BLUE,
    "pale-amber": styles.PALE_AMBER,
}
# Pictures only where they stand in the page itself.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


class Html(str):
    """Markup that is ready; a plain str is text."""

    __slots__ = ()


def document(title: str, *content: Html) -> str:
    """A whole page under its title."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", title),
        stylesheet(),
    )
    page = element("html", head, element("body", element("h1", title), *content), lang="zh-CN")
    return f"<!DOCTYPE html>\n{page}\n"


def stylesheet() -> Html:
    """The look of all pages, inside a page."""
    return element("style", Html(style_rules()))


@cache
def style_rules() -> str:
    """The look of all pages: the colours of our workbooks."""
    colours = "".join(f"--{name}: {colour}; " for name, colour in _COLOURS.items())
    rules = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
    return f":root {{ {colours}}}\n{rules}"


def element(name: str, /, *content: str, **attributes: str) -> Html:
    """An element around its content. An attribute may end in _ where Python keeps its name, and has - for _."""
    said = "".join(f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"' for key, value in attributes.items())
    return Html(f"<{name}{said}>" if name in _VOID else f"<{name}{said}>{together(*content)}</{name}>")


def together(*content: str) -> Html:
    """Elements and texts one after the other."""
    return Html("".join(one if isinstance(one, Html) else escape(one, quote=False) for one in content))
