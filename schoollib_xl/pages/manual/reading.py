"""The pages of the manual, from the Markdown files in this folder."""

import re
from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from schoollib_xl.pages.document import Html, document, element
from schoollib_xl.pages.serving import page as served

CONTENTS_TITLE = "使用手册"
# What the pages show, made by a script (tests/manual_pictures.py).
PICTURES = Path(__file__).with_name("pictures")
_PICTURE = re.compile(r'src="pictures/(\w+\.png)"')
_CONTENTS_FILE = "目录.html"
# Raw HTML in a page is shown as text.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
# In the order of a school year with the program; the name is also the page's address.
NAMES = (
    *("first_steps", "unpacking", "entering", "lending", "checking", "quotas", "papers"),
    *("stocktake", "roster", "inspection", "wps", "trouble"),
)


class ManualPage(NamedTuple):
    """A page: its name in addresses, its number and title, and what stands below the title."""

    name: str
    number: int
    title: str
    body: Html

    @property
    def file_name(self) -> str:
        """The file of the page in the folder of the manual."""
        return f"{self.number:02} {self.title}.html"


@cache
def manual() -> tuple[ManualPage, ...]:
    """All pages."""
    return tuple(_page(number, name) for number, name in enumerate(NAMES, 1))


def manual_files() -> dict[str, bytes]:
    """The manual as files that a browser opens by itself, with a page of contents."""
    home = element("p", element("a", CONTENTS_TITLE, href=_CONTENTS_FILE))
    files = {page.file_name: document(page.title, home, _with_pictures(page.body)) for page in manual()}
    lines = (element("li", element("a", page.title, href=page.file_name)) for page in manual())
    files[_CONTENTS_FILE] = document(CONTENTS_TITLE, element("ol", *lines))
    return {name: text.encode() for name, text in files.items()}


def _with_pictures(body: Html) -> Html:
    """The page with its pictures inside: a file that a browser opens by itself may fetch nothing."""
    return Html(_PICTURE.sub(lambda found: f'src="data:image/png;base64,{_encoded(found[1])}"', body))


def _encoded(name: str) -> str:
    return b64encode((PICTURES / name).read_bytes()).decode()


def help_picture(name: str) -> bytes | None:
    """The picture of this name; None where there is none."""
    path = next((path for path in PICTURES.glob("*.png") if path.name == name), None)
    return path.read_bytes() if path else None


def help_page(name: str) -> str | None:
    """The page of this name as the running program shows it, '' being the contents; None where there is none."""
    if not name:
        lines = (element("li", element("a", page.title, href=page.name)) for page in manual())
        return _shown(CONTENTS_TITLE, element("ol", *lines))
    found = next((page for page in manual() if page.name == name), None)
    return _shown(found.title, element("p", element("a", CONTENTS_TITLE, href="./")), found.body) if found else None


def _shown(title: str, *content: Html) -> str:
    return served(title, "", element("main", element("h1", title), *content), home="../")


def tokens(name: str) -> list[Token]:
    """What stands below the title of the page, in pieces, for a printer of its own."""
    return _MARKDOWN.parse(_source(name)[1])


def _page(number: int, name: str) -> ManualPage:
    title, rest = _source(name)
    return ManualPage(name, number, title, Html(_MARKDOWN.render(rest)))


def _source(name: str) -> tuple[str, str]:
    """The title of a page, and what stands below it."""
    text = Path(__file__).with_name(f"{name}.md").read_text(encoding="utf-8")
    title, _, rest = text.partition("\n")
    return title.removeprefix("# "), rest
