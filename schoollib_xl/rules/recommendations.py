"""推荐书目 beside the books: which copies are of a title that it recommends."""

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library, gathered
from schoollib_xl.ledgers.supporting.activities import RecommendationRow
from schoollib_xl.rules.likeness import bare, same_author


class Recommendations:
    """The recommended titles by what tells them: the ISBN where the books have it, else the name, and the author where
    both say one. Blanks and signs such as 《》 make no difference.
    """

    def __init__(self, library: Library) -> None:
        rows = library[RecommendationRow]
        self._by_title = gathered((bare(row.title), row) for row in rows)
        self._by_isbn = gathered((bare(row.isbn), row) for row in rows if row.isbn)
        self._entered = {bare(isbn) for isbn in library[AccessionRow].distinct("isbn") if isbn} if rows else set()

    def of(self, copy: AccessionRow) -> list[RecommendationRow]:
        """The lines that recommend a copy's title, in no order."""
        found = self._by_isbn.get(bare(copy.isbn), []) if copy.isbn else []
        named = self._by_title.get(bare(copy.title), [])
        return [*found, *(row for row in named if row not in found and self._names(row, copy))]

    def _names(self, row: RecommendationRow, copy: AccessionRow) -> bool:
        is_another = bool(row.isbn and copy.isbn) and bare(row.isbn or "") in self._entered
        return not is_another and (not row.author or not copy.author or same_author(row.author, copy.author))
