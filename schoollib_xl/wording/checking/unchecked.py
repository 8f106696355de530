"""Why a check was not done, wholly or for some lines, in words: one sentence for each cause."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from schoollib_xl.checks.check import Check
from schoollib_xl.checks.report import Absence, Unchecked
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import LINES_PER_SHEET, SHEETS
from schoollib_xl.wording.zh import MOST_NAMED, listed


class _Cause(NamedTuple):
    """The cells of a column that checks would need; of what is not there, `row_type` None and the reason as `name`."""

    row_type: type[Any] | None
    sheet: str
    name: str


def reason(library: Library, unchecked: Unchecked) -> str:
    """The reason in one sentence: what is missing, or which lines could not be read."""
    if unchecked.absent:
        return f"{_absent(unchecked.absent)}。"
    lines = _lines_by_cause(unchecked)
    said = "；".join(_why(library, cause, lines[cause]) for cause in lines)
    return f"{said}，这些行和所属的合计没有核对。"


class UncheckedCause(NamedTuple):
    """Why something was not checked, a sentence without its full stop, and all that was not."""

    why: str
    checks: tuple[Check, ...]
    wholly: bool

    @property
    def sentence(self) -> str:
        """Cause and outcome in one sentence."""
        named = listed([f"“{self.checks[0].title}”"], 1, "项", len(self.checks))
        return f"{self.why}，{named}{'没有核对' if self.wholly else '没有看这些行和所属的合计'}。"


def unchecked_causes(library: Library, unchecked: Iterable[Unchecked]) -> list[UncheckedCause]:
    """What was not checked, each cause once with the checks it touches, in the order the causes come."""
    checks: dict[_Cause, list[Check]] = defaultdict(list)
    lines: dict[_Cause, set[int]] = defaultdict(set)
    for one in unchecked:
        for cause, found in _lines_by_cause(one).items():
            checks[cause].append(one.check)
            lines[cause].update(found)
    return [
        UncheckedCause(_why(library, cause, lines[cause]), tuple(checks[cause]), not cause.row_type) for cause in checks
    ]


def unchecked_sentences(library: Library, unchecked: Iterable[Unchecked]) -> list[str]:
    """What was not checked and why: a sentence for each cause."""
    return [cause.sentence for cause in unchecked_causes(library, unchecked)]


def _lines_by_cause(unchecked: Unchecked) -> dict[_Cause, tuple[int, ...]]:
    if unchecked.absent:
        return {_Cause(None, unchecked.absent.sheet, _absent(unchecked.absent)): ()}
    return {_Cause(column.row_type, "", column.field): column.lines for column in unchecked.columns}


def _absent(absence: Absence) -> str:
    if absence.header:
        return f"{absence.sheet}缺“{absence.header}”这一栏"
    if absence.left_over:
        return f"“{absence.sheet}”还有“{absence.left_over}”没有读"
    return f"“{absence.sheet}”还没有记" if absence.is_there else f"没有“{absence.sheet}”这张表"


def _why(library: Library, cause: _Cause, lines: Iterable[int]) -> str:
    if cause.row_type is None:
        return cause.name
    header, table = SHEETS[cause.row_type].by_name[cause.name].header, library[cause.row_type]
    beyond = frozenset(table.beyond(cause.name))
    parts = dict.fromkeys(table.place(line)[0].sheet_name for line in beyond)
    said = [f"“{name}”缺“{header}”这一栏" for name in parts]
    unread = [line for line in lines if line not in beyond] if beyond else lines
    if places := "，".join(_places(library, cause.row_type, unread)):
        said.append(f"{places}的“{header}”空着或读不出")
    return "，".join(said)


def _places(library: Library, row_type: type[Any], lines: Iterable[int]) -> Iterator[str]:
    ordered = lines if isinstance(lines, tuple) else sorted(lines)
    table, begin = library[row_type], 0
    for number, part in enumerate(table.parts, 1):
        end = bisect_left(ordered, number * LINES_PER_SHEET, begin)
        if begin < end:
            rows = [str(table.place(line)[1]) for line in ordered[begin : min(end, begin + MOST_NAMED)]]
            said = listed(rows, unit="行", of=end - begin)
            yield f"{part.sheet_name}第 {said if said.endswith('行') else f'{said} 行'}"
        begin = end
