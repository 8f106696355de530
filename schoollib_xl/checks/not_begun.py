"""填写 (FMT): a book without a line that others lean on. One finding instead of one for each of their rows."""

from collections.abc import Iterator

from schoollib_xl.checks.check import Found, Severity, check, found
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import SHEETS, Cell
from schoollib_xl.rules.beginnings import not_begun


@check(
    "FMT010",
    title="这本账还没有记",
    message="“{name}”里一行也没有，“{other}”里有 {rows} 行要用到它。",
    why="别的账写的号要在这本账里查得到；这本账没有记，和它有关的都没有核对。",
    fix="先把“{name}”记起来，有旧清单就用 schoollib adopt 接过来；记好以后再核对一次。",
    severity=Severity.WARNING,
    reads={},
)
def leaned_on_and_empty(library: Library) -> Iterator[Found]:
    for row_type, leaning in library.derive(not_begun).items():
        declared = SHEETS[row_type]
        at, other = Cell(row_type, 0, declared.key), SHEETS[leaning.row_type]
        yield found(at, Cell(leaning.row_type, 0, other.key), name=declared.name, other=other.name, rows=leaning.rows)
