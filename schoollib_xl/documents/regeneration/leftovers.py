"""Old figures that stand where nothing was compared: in what she copied, moved, split or wrote herself."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from schoollib_xl.documents.filling.markup import W_P, own_text
from schoollib_xl.documents.filling.stories import stories
from schoollib_xl.documents.regeneration.blocks import CHART, PARAGRAPH, Block
from schoollib_xl.documents.regeneration.weaving import FIGURE, Conflict, Private, hunks

# A shorter number stands in many places and says nothing.
_TELLING = 3
_SENTENCE = re.compile("[^。；！？]+")
_SAID = re.compile("更新后“([^”]+)”(?:已是“([^”]*)”|不再有)，看看")


class Leftovers:
    """The figures that the last version had and this one has not, and what took their place; also those `told` of it in
    comments that still hung there.
    """

    def __init__(self, base: Sequence[Block], new: Sequence[Block], private: Private, told: Sequence[str]) -> None:
        """Compare the texts of both versions."""
        self._private = private
        old, now = _texts(base), _texts(new)
        present = {figure for text in now for figure in FIGURE.findall(text)}
        self._gone = {
            figure: ""
            for text in old
            for figure in FIGURE.findall(text)
            if figure not in present and len(figure) >= _TELLING
        }
        self._pair(base, new)
        for was, then in [match.groups("") for match in map(_SAID.match, told) if match]:
            if was not in present:
                self._gone.setdefault(was, self._gone.get(then, then))

    def mark(
        self,
        document: Document,
        told: Mapping[etree._Element, str],
        tell: Callable[[etree._Element, Conflict, str], None],
    ) -> None:
        """Tell every place where an old figure stands that is not in what has been `told` of its paragraph; outside the
        body, where Word has no comments, with the name of the part.
        """
        texts = [("", document.element.body)]
        texts += [(story.name, story.root) for story in stories(document) if story.root is not document.element]
        for where, root in texts:
            for paragraph in list(root.iter(W_P)):
                known = FIGURE.findall(told.get(paragraph, ""))
                found = [*self._places(own_text(paragraph)), *self._struck(paragraph)]
                for place in found:
                    if place.was not in known:
                        tell(paragraph, place, where)

    def _places(self, text: str) -> Iterator[Conflict]:
        for match in FIGURE.finditer(text):
            if match[0] in self._gone:
                yield Conflict(match.start(), match.end(), match[0], self._gone[match[0]])

    def _struck(self, paragraph: etree._Element) -> list[Conflict]:
        """Return the first old figure in text that is deleted on trial: it comes back when she rejects the deletion."""
        text = "".join(piece.text or "" for piece in paragraph.iter(qn("w:delText")))
        return [Conflict(0, 0, old, self._gone[old]) for old in FIGURE.findall(text) if old in self._gone][:1]

    def _pair(self, base: Sequence[Block], new: Sequence[Block]) -> None:
        """Find what took the place of a figure: in the same text but for its figures, in the same cell of a table;
        nothing where it is not the same in all places.
        """
        places, found = _placed(new), dict[str, set[str]]()
        for place, text in _placed(base).items():
            before, after = self._private.tokens(text), self._private.tokens(places.get(place, text))
            for hunk in hunks(before, after):
                figure = before[hunk.start].key if hunk.end == hunk.start + 1 else ""
                if figure in self._gone:
                    other = "".join(token.text for token in after[hunk.new_start : hunk.new_end])
                    found.setdefault(figure, set()).add(other)
        self._gone |= {figure: others.pop() for figure, others in found.items() if len(others) == 1}


def leftover_said(place: Conflict, part: str) -> str:
    """What is told of an old figure that stands in her text, or in a part outside the body."""
    now = f"已是“{place.wanted}”" if place.wanted else "不再有"
    return f"更新后“{place.was}”{now}，看看{part or '这里'}要不要改。"


def _placed(version: Sequence[Block]) -> dict[tuple[str, ...], str]:
    """Every text by what tells its place and no other: a sentence by its words, a cell by its table, its column and
    the words left of it.
    """
    found: list[tuple[tuple[str, ...], str]] = []
    for block in version:
        sentences = _SENTENCE.findall(block.text) if block.kind == PARAGRAPH else []
        found += [((FIGURE.sub("0", sentence),), sentence) for sentence in sentences]
        for row in block.rows:
            for column, cell in enumerate(row):
                words = (text for text in row[:column] if not FIGURE.match(text))
                found.append(((block.name, str(column), *words), cell))
    counted = Counter(place for place, _ in found)
    return {place: text for place, text in found if counted[place] == 1}


def _texts(version: Sequence[Block]) -> list[str]:
    return [text for block in version if block.kind != CHART for text in block.texts()]
