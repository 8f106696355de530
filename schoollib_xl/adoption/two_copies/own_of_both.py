"""Her own sheets and columns of two copies, put together: nothing of either is left behind."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from schoollib_xl.adoption.own_sheets import Own
from schoollib_xl.adoption.two_copies.merging import Difference, MergedDifference
from schoollib_xl.sheets.cells import CellValue, Grid
from schoollib_xl.sheets.own_sheets import OWN_COLUMNS

# Excel lets a sheet's name have 31 characters.
_LONGEST = 31
# Sheet, number, column, and which of several with these; so a cell of hers is found in the other copy.
_Place = tuple[CellValue, CellValue, CellValue, int]
# The cell itself, and what she has written beside it since a merge before put it there.
_Content = tuple[CellValue, ...]


class OwnOfBoth(NamedTuple):
    """What goes over, what there is to say of it, whether the copies have the same, and whether she has to decide."""

    own: Own
    sentences: tuple[str, ...]
    is_same: bool
    needs_her: bool


def own_of_both(a: Own, b: Own, before: Own | None, entries: Sequence[MergedDifference]) -> OwnOfBoth:
    """Of a sheet or cell that only one copy has changed since `before`, that one's; of others that differ, both."""
    old = before or Own({}, [])
    sheets, twice = _sheets(a.sheets, b.sheets, old.sheets)
    renumbered = {(one.sheet.name, one.a): one.b for one in entries if one.kind is Difference.RENUMBERED}
    mine, theirs = _cells(a, {}), _cells(b, renumbered)
    cells, parted = _together(mine, theirs, _cells(old, {}))
    if cells:
        header = (a.sheets.get(OWN_COLUMNS) or b.sheets[OWN_COLUMNS])[0]
        sheets[OWN_COLUMNS] = [header, *([*place[:3], *content] for place, content in cells)]
    columns = list(dict.fromkeys([*a.columns, *b.columns]))
    own = Own(sheets, columns, has_names=a.has_names or b.has_names, notes=a.notes + b.notes)
    said = [f"“{name}”两份不一样，乙的放在“{other}”那张表里。" for name, other in twice.items()]
    if parted:
        said.append(f"“{OWN_COLUMNS}”有 {parted} 格两份写的不一样，两样都抄了，先甲后乙。")
    return OwnOfBoth(own, (*own.sentences, *said), a.sheets == b.sheets, bool(said))


def _sheets(
    mine: Mapping[str, Grid], theirs: Mapping[str, Grid], before: Mapping[str, Grid]
) -> tuple[dict[str, Grid], dict[str, str]]:
    """The sheets by name, and what those of B are called that stand beside another of A. To Excel Tel and TEL are one
    name.
    """
    sheets = {name: grid for name, grid in mine.items() if name != OWN_COLUMNS}
    called = {name.casefold(): name for name in sheets}
    twice: dict[str, str] = {}
    for name, grid in theirs.items():
        ours = called.get(name.casefold(), name)
        if name == OWN_COLUMNS or sheets.setdefault(ours, grid) == grid or before.get(name) == grid:
            continue
        if before.get(ours) == sheets[ours]:
            sheets[ours] = grid
        else:
            twice[name] = _beside(name, {*sheets, *theirs})
            sheets[twice[name]] = grid
    return sheets, twice


def _beside(name: str, taken: Set[str]) -> str:
    """A name that no sheet has yet for that of B."""
    tails = ("（乙）", *(f"（乙{number}）" for number in range(2, len(taken) + 3)))
    names, there = (f"{name[: _LONGEST - len(tail)]}{tail}" for tail in tails), set(map(str.casefold, taken))
    return next(free for free in names if free.casefold() not in there)


def _cells(own: Own, renumbered: Mapping[tuple[str, str], str]) -> dict[_Place, _Content]:
    """The cells under headers of hers, by their place; the rows of B that got another number under that."""
    seen: Counter[tuple[CellValue, ...]] = Counter()
    cells: dict[_Place, _Content] = {}
    for row in own.sheets.get(OWN_COLUMNS, [])[1:]:
        sheet, number, column = [*row, "", "", ""][:3]
        content = row[3:]
        place = (sheet, renumbered.get((str(sheet), str(number)), number), column)
        seen[place] += 1
        width = max((at for at, value in enumerate(content, 1) if value != ""), default=0)
        cells[*place, seen[place]] = tuple(content[:width])
    return cells


def _together(
    mine: Mapping[_Place, _Content], theirs: Mapping[_Place, _Content], before: Mapping[_Place, _Content]
) -> tuple[list[tuple[_Place, _Content]], int]:
    """The cells of both in order, and how many say something else in each."""
    cells: list[tuple[_Place, _Content]] = []
    parted = 0
    for place in dict.fromkeys([*mine, *theirs]):
        contents = [*_said(place, mine, theirs, before)]
        cells += [(place, content) for content in contents]
        parted += len(contents) > 1
    return cells, parted


def _said(
    place: _Place,
    mine: Mapping[_Place, _Content],
    theirs: Mapping[_Place, _Content],
    before: Mapping[_Place, _Content],
) -> Iterator[_Content]:
    said = list(dict.fromkeys(cells[place] for cells in (mine, theirs) if place in cells))
    changed = [content for content in said if content != before.get(place)]
    yield from said if len(said) == 1 else changed
