"""Lists of books of which nobody can tell where the titles stand."""

from collections.abc import Sequence

from schoollib_xl.adoption.columns import guessed_title
from schoollib_xl.adoption.guesses import guesses
from schoollib_xl.adoption.journal import Journal
from schoollib_xl.adoption.kinds import BOOKS
from schoollib_xl.adoption.tables import FoundTable, RowSetAside
from schoollib_xl.sheets.opening.refusing import Unusable

UNTITLED = "像是书目，看不出哪一栏是书名"


def set_untitled_aside(tables: Sequence[FoundTable], journal: Journal) -> None:
    """Set aside, and tell, every list of books without a column of titles: it is not taken over as nameless books.

    Raises Unusable where nothing else could be taken over.
    """
    untitled = [table for table in tables if table.kind is BOOKS and _is_untitled(table, tables)]
    if untitled and len(untitled) == sum(table.kind is not None for table in tables):
        raise Unusable(_said(untitled[0], "什么都没有写", ""))
    for table in untitled:
        journal.urgent.append(_said(table, "这张表没有接收", " --again"))
        table.non_entries += [RowSetAside(line, UNTITLED, is_record=True) for line in table.lines]
        table.kind, table.lines, table.columns, table.how = None, [], {}, {}


def _is_untitled(table: FoundTable, tables: Sequence[FoundTable]) -> bool:
    """Whether it has no titles, nor ISBNs by which another list tells them."""
    others = [other for other in tables if other.kind is BOOKS and other is not table]
    beside = any("title" in other.columns and "isbn" in other.columns for other in others)
    return "title" not in table.columns and not ("isbn" in table.columns and beside)


def _said(table: FoundTable, outcome: str, again: str) -> str:
    called = [guess.at for guess in guesses(table) if guess.standard == "书名"]
    at = called[0] if called else guessed_title(table)
    header = table.headers[at] if at else ""
    guess = f"多半是“{header}”" if at else "看内容也猜不出"
    way = f"是它就加 --column {header}=书名{again} 再接收；不是，" if at else ""
    return (
        f"{table.name} 是书目，可是看不出哪一栏是书名，{guess}，{outcome}；{way}先用 --dry-run "
        f"写出账册对照，在那一栏的“标准栏目”填“书名”，再加 --mapping{again} 接收。"
    )
