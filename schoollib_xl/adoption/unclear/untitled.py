"""Lists of books without a column of titles, and tables of which nothing but 账册对照 says what they are."""

from collections.abc import Iterable, Sequence

from schoollib_xl.adoption.forms.kinds import BOOKS, READERS
from schoollib_xl.adoption.forms.slips import slips
from schoollib_xl.adoption.forms.table_kinds import TableKind
from schoollib_xl.adoption.forms.tables import FoundTable, RowSetAside
from schoollib_xl.adoption.journal import Journal
from schoollib_xl.adoption.unclear.columns import guessed_title
from schoollib_xl.adoption.unclear.guesses import guesses
from schoollib_xl.sheets.opening.refusing import Unusable

UNTITLED = "像是书目，看不出哪一栏是书名"
NAMELESS = "账册对照里写的是{kind}，看不出哪一栏是什么"


def set_untitled_aside(tables: Sequence[FoundTable], journal: Journal) -> None:
    """Set aside, and tell, every list of books without a column of titles: it is not taken over as nameless books.

    Raises Unusable where nothing else could be taken over.
    """
    untitled = [table for table in tables if table.kind is BOOKS and _is_untitled(table, tables)]
    if untitled and len(untitled) == sum(table.kind is not None for table in tables):
        said = slips(untitled[0].names, tables)
        raise Unusable("".join([*said, _said(untitled[0], "什么都没有写", "")]))
    for table in untitled:
        journal.urgent.append(_said(table, "这张表没有接收", " --again"))
        _set_aside(table, UNTITLED)


def set_nameless_aside(tables: Iterable[FoundTable], journal: Journal) -> None:
    """Set aside, and tell, every table that only 账册对照 calls by its kind, where no column is known of it, or of a
    roster none of names.
    """
    for table in tables:
        kind = table.kind
        if kind and table.lines and (not table.columns or (kind is READERS and "name" not in table.columns)):
            column = "姓名" if kind is READERS else ""
            at = [guess.at for guess in guesses(table) if guess.standard == column]
            journal.urgent.append(_named_only(table, kind, column, table.headers[at[0]] if at else ""))
            _set_aside(table, NAMELESS.format(kind=kind.name))


def _named_only(table: FoundTable, kind: TableKind, column: str, header: str) -> str:
    which = f"看不出哪一栏是{column}" if column else "一栏也认不出"
    guess = f"（多半是“{header}”）" if header else ""
    fill = f"那一栏的“标准栏目”填“{column}”" if column else "每一栏的“标准栏目”填好"
    outcome = f"{table.name} 账册对照里写的是{kind.name}，可是{which}{guess}，这张表没有接收"
    return f"{outcome}；在账册对照里把{fill}，再接收一次。"


def _set_aside(table: FoundTable, reason: str) -> None:
    table.non_entries += [RowSetAside(line, reason, is_record=True) for line in table.lines]
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
