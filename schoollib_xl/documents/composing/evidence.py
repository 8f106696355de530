"""The figures of a paper, gathered while it is written, so that each can be asked where it comes from."""

import re

from schoollib_xl.documents.composing.material import SourceMaterial
from schoollib_xl.documents.filling.figure_marks import marked
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.vocabulary import ReaderKind
from schoollib_xl.quotas.measures.indicator import SourceColumns
from schoollib_xl.wording.papers.provenance import Counted, Figure
from schoollib_xl.wording.places import address

NUMBER = re.compile(r"\d+(?:\.\d+)?%?")
# What a figure means that is hers, not ours.
COPIED = "照表里写的抄录。"
# A shorter reader's number would be found in any figure.
_TELLING = 4


class Evidence:
    """Collects what one paper shows, in the order it is shown, and what had to be left out of it."""

    def __init__(self, material: SourceMaterial) -> None:
        self._material = material
        self._figures: dict[Figure, int] = {}
        self._left_out: dict[str, None] = {}

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(self._figures)

    @property
    def left_out(self) -> tuple[str, ...]:
        """Sentences about texts that name a pupil: a plan or a summary never does."""
        return tuple(self._left_out)

    def show(self, figure: Figure) -> str:
        """The figure as printed, from now on part of the paper's evidence; marked, so that its place is found."""
        number = self._figures.setdefault(figure, len(self._figures))
        return marked(figure.shown, number) if figure.shown else ""

    def of(
        self,
        name: str,
        shown: object,
        meaning: str,
        *cells: Cell,
        sources: tuple[SourceColumns, ...] = (),
        counted: tuple[Counted, ...] = (),
    ) -> str:
        """A figure on the cut-off, shown: copied from these cells, or made of these columns, of these very rows."""
        return self.show(Figure(name, str(shown), meaning, self._material.cut_off, sources, cells, counted))

    def quote(self, text: str | None, name: str, *cells: Cell) -> str:
        """A text of hers as it is, its numbers kept as evidence; '' where it names a pupil."""
        if not text:
            return ""
        library = self._material.library
        if pupil := library.derive(_pupils).search(text):
            where = "、".join(str(address(library, cell)) for cell in cells)
            self._left_out[f"{where} 写着学生“{pupil[0]}”，没有放进文件；改成不写姓名的说法。"] = None
            return ""

        def shown(match: re.Match[str]) -> str:
            return self.of(name, match[0], COPIED, *cells)

        return NUMBER.sub(shown, text)


def _pupils(library: Library) -> re.Pattern[str]:
    """Matches the name or number of any pupil 读者名册 has ever had."""
    pupils = [row for row in library[ReaderRow] if row.kind is ReaderKind.PUPIL]
    names = {row.name for row in pupils if len(row.name) > 1}
    numbers = {row.reader_no for row in pupils if len(row.reader_no) >= _TELLING}
    either = [*map(re.escape, sorted(names)), *(rf"(?<!\w){re.escape(number)}(?!\w)" for number in sorted(numbers))]
    return re.compile("|".join(either) or r"(?!)")
