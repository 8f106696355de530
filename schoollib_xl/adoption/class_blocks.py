"""Rosters that write each class once, at its first pupil or on a line of its own, and leave the cells below blank."""

from collections.abc import Iterable, Iterator

from schoollib_xl.adoption.bare_rows import A_HEADING
from schoollib_xl.adoption.headers import FilledLine
from schoollib_xl.adoption.kinds import READERS
from schoollib_xl.adoption.tables import FoundTable, RowSetAside
from schoollib_xl.ledgers.grades import class_in, class_key
from schoollib_xl.ledgers.vocabulary import ReaderKind

_SAID = "{table} 的“{header}”一个班只写了一次，下面空着的 {pupils} 人照上面的班级填。"


def carry_classes_down(tables: Iterable[FoundTable]) -> Iterator[str]:
    """Give the rows below a class that class, where it is clear that the blanks mean it; a sentence on each table."""
    for table in tables:
        at = table.columns.get("class_name") if table.kind is READERS else None
        if at and _is_written_once(table, at) and (pupils := _carry(table, at)):
            yield _SAID.format(table=table.name, header=table.headers[at], pupils=pupils)


def _is_written_once(table: FoundTable, at: int) -> bool:
    """Whether every class stands there once, the first in the first row, before as many blanks at least."""
    cells = [line.said(at) for line in table.lines]
    named = [cell for cell in cells if cell]
    is_each_once = len(set(map(class_key, named))) == len(named) and all(map(class_in, named))
    return bool(named) and bool(cells[0]) and is_each_once and 2 * len(named) <= len(cells)


def _carry(table: FoundTable, at: int) -> int:
    """Fill the blanks, lines that hold but a class set aside; how many blanks there were."""
    headings = [line for line in table.lines if line.texts.keys() == {at}]
    table.non_entries += [RowSetAside(line, A_HEADING) for line in headings]
    class_name, pupils = "", 0
    rows = table.lines
    table.lines = []
    for line in rows:
        class_name = line.said(at) or class_name
        if line in headings:
            continue
        table.lines.append(line)
        if not line.said(at) and _is_pupil(table, line):
            line.cells.extend([""] * (at - len(line.cells)))
            line.cells[at - 1] = class_name
            pupils += 1
    return pupils


def _is_pupil(table: FoundTable, line: FilledLine) -> bool:
    said = line.said(table.columns.get("kind", 0)) or ReaderKind.PUPIL.value
    return said == ReaderKind.PUPIL.value and line.said(table.columns["name"]) != ""
