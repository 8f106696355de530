"""Lists of books of which nobody can tell where the titles stand."""

from collections.abc import Sequence

from schoollib_xl.adoption.columns import guessed_title
from schoollib_xl.adoption.guesses import guesses
from schoollib_xl.adoption.kinds import BOOKS
from schoollib_xl.adoption.tables import FoundTable
from schoollib_xl.sheets.opening.refusing import Unusable


def refuse_untitled(tables: Sequence[FoundTable]) -> None:
    """A list of books without a column of titles is not taken over as nameless books.

    Raises Unusable.
    """
    books = [table for table in tables if table.kind is BOOKS]
    for table in books:
        beside = any("title" in other.columns and "isbn" in other.columns for other in books if other is not table)
        if "title" in table.columns or ("isbn" in table.columns and beside):
            continue
        called = [guess.at for guess in guesses(table) if guess.standard == "书名"]
        at = called[0] if called else guessed_title(table)
        header = table.headers[at] if at else ""
        guess = f"多半是“{header}”" if at else "看内容也猜不出"
        way = f"是它就加 --column {header}=书名 再接收；不是，" if at else ""
        raise Unusable(
            f"{table.name} 是书目，可是看不出哪一栏是书名，{guess}，什么都没有写；{way}先用 --dry-run "
            "写出账册对照，在那一栏的“标准栏目”填“书名”，再加 --mapping 接收。"
        )
