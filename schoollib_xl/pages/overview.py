"""A workbook that is followed, as the body of its page."""

from collections.abc import Iterator, Sequence

from schoollib_xl.pages.answer import answer_html, section_html
from schoollib_xl.pages.document import Html, element, together
from schoollib_xl.pages.serving import PARTS
from schoollib_xl.wording.answer import Answer, Medium
from schoollib_xl.wording.page.overview import Overview

# Where a link leads to a section of this name.
_ANCHORS = {label: {"id": name} for name, label in (*PARTS, ("unchecked", "未核对"))}


def overview_html(shown: Overview) -> Html:
    """Everything there is to say about the workbook."""
    trouble = element("div", *_paragraphs(shown.trouble), class_="trouble", role="alert") if shown.trouble else Html()
    return together(trouble, *(_read(shown) if shown.answers else ()))


def _read(shown: Overview) -> Iterator[Html]:
    checked, *others = shown.answers
    yield element("p", shown.about, class_="aside")
    yield from _checked(checked, shown.to_copy)
    for answer in others:
        anchor = _ANCHORS.get(answer.title, {})
        yield element("section", element("h2", answer.title), answer_html(answer, "h3"), **anchor)


def _checked(checked: Answer, to_copy: str) -> Iterator[Html]:
    """What came out before all else; what is to be copied stands first among what to do."""
    verdict, *others = checked.sentences
    yield element("p", verdict, class_="verdict", id="verdict")
    yield from _paragraphs(others)
    link = [element("p", element("a", to_copy, href="desk#pending"))] if to_copy else []
    for section in checked.sections_for(Medium.PAGE):
        anchor = _ANCHORS.get(section.name, {})
        yield section_html(section, "h2", *(link if anchor == {"id": "today"} else ()), **anchor)


def _paragraphs(sentences: Sequence[str]) -> Iterator[Html]:
    return (element("p", sentence) for sentence in sentences)
