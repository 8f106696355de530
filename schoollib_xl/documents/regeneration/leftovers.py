"""Old figures that stand where nothing was compared: in what she copied, moved, split or wrote herself."""

from collections.abc import Callable, Iterator, Sequence

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from schoollib_xl.documents.filling.markup import W_P, own_text
from schoollib_xl.documents.regeneration.blocks import CHART, PARAGRAPH, Block, row_item
from schoollib_xl.documents.regeneration.weaving import FIGURE, Conflict, Private, hunks

# A shorter number stands in many places and says nothing.
_TELLING = 3


class Leftovers:
    """The figures that the last version had and this one has not, and what took their place."""

    def __init__(self, base: Sequence[Block], new: Sequence[Block], private: Private) -> None:
        """Compare the texts of both versions."""
        self._private = private
        old, now = _texts(base), _texts(new)
        self._present = {figure for text in now for figure in FIGURE.findall(text)}
        self._gone = {
            figure: ""
            for text in old
            for figure in FIGURE.findall(text)
            if figure not in self._present and len(figure) >= _TELLING
        }
        self._pair(base, new)

    def mark(
        self,
        document: Document,
        marked: set[etree._Element],
        tell: Callable[[etree._Element, Conflict], None],
    ) -> None:
        """Tell every place of the body where an old figure stands and nothing has been told yet."""
        for paragraph in list(document.element.body.iter(W_P)):
            if paragraph not in marked:
                for place in self._places(own_text(paragraph)):
                    tell(paragraph, place)
                if struck := self._struck(paragraph):
                    tell(paragraph, struck)

    def _places(self, text: str) -> Iterator[Conflict]:
        for match in FIGURE.finditer(text):
            if match[0] in self._gone:
                yield Conflict(match.start(), match.end(), match[0], self._gone[match[0]])

    def _struck(self, paragraph: etree._Element) -> Conflict | None:
        """Return an old figure in text that is deleted on trial: it comes back when she rejects the deletion."""
        text = "".join(piece.text or "" for piece in paragraph.iter(qn("w:delText")))
        old = next((figure for figure in FIGURE.findall(text) if figure in self._gone), None)
        return None if old is None else Conflict(0, 0, old, self._gone[old])

    def _pair(self, base: Sequence[Block], new: Sequence[Block]) -> None:
        """Find what took the place of a figure: in the same text but for its figures, in the same cell of a table."""
        places = dict(_placed(new))
        for place, text in _placed(base):
            if (other := places.get(place)) is None:
                continue
            before, after = self._private.tokens(text), self._private.tokens(other)
            for hunk in hunks(before, after):
                figure = before[hunk.start].key if hunk.end == hunk.start + 1 else ""
                if figure in self._gone and not self._gone[figure]:
                    self._gone[figure] = "".join(token.text for token in after[hunk.new_start : hunk.new_end])


def _placed(version: Sequence[Block]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every text with what tells its place: a paragraph its words, a cell its table, row and column."""
    for block in version:
        for row in block.rows:
            for column, cell in enumerate(row):
                yield (block.name, row_item(row).key, str(column)), cell
        if block.kind == PARAGRAPH:
            yield (FIGURE.sub("0", block.text),), block.text


def _texts(version: Sequence[Block]) -> list[str]:
    return [text for block in version if block.kind != CHART for text in block.texts()]
