"""HTML put together from elements; whatever is not an element is text and is escaped."""

from html import escape


class Html(str):
    """Markup that is ready; a plain str is text."""

    __slots__ = ()


_VOID = frozenset({"meta", "br", "link", "input"})


def element(name: str, /, *content: str, **attributes: str) -> Html:
    """An element around its content. An attribute may end in _ where Python keeps its name, and has - for _."""
    said = "".join(f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"' for key, value in attributes.items())
    return Html(f"<{name}{said}>" if name in _VOID else f"<{name}{said}>{together(*content)}</{name}>")


def together(*content: str) -> Html:
    """Elements and texts one after the other."""
    return Html("".join(one if isinstance(one, Html) else escape(one, quote=False) for one in content))
