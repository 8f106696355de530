"""An answer as a part of a page."""

from collections.abc import Iterator

from schoollib_xl.pages.html import Html, element, together
from schoollib_xl.pages.tables import table as framed
from schoollib_xl.wording.answer import Answer, Section, Table, on_screen


def answer_html(answer: Answer, heading: str = "h2") -> Html:
    """The sentences to be read first, then a section for each section of the answer under a heading of this rank."""
    sentences = (element("p", sentence) for sentence in answer.sentences)
    sections = (_section(section, heading) for section in answer.sections if not section.on_paper_only)
    return together(*sentences, *sections)


def _section(section: Section, heading: str) -> Html:
    return element("section", element(heading, section.name), *_content(section))


def _content(section: Section) -> Iterator[Html]:
    yield from (element("p", sentence) for sentence in section.sentences)
    for table in section.tables:
        if table.heading:
            yield element("h3", table.heading)
        yield from _table(table)


def _table(table: Table) -> Iterator[Html]:
    shown, more = on_screen(table)
    if table.header and shown:
        yield framed(table.header, shown)
    elif shown:
        yield element("ul", *(element("li", "　".join(row)) for row in shown))
    if more:
        yield element("p", more, class_="aside")
