"""What was found, for an answer: kind by kind with reason, places and remedy; line by line; some of every kind."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, TypeVar, overload

from schoollib_xl.checks.check import Severity
from schoollib_xl.checks.report import Finding
from schoollib_xl.ledgers.library import Library
from schoollib_xl.wording.answer import (
    CellNote,
    LabelledSentence,
    Link,
    Point,
    PointGroup,
    Shade,
    Shades,
    Table,
    TableColumn,
    Value,
)
from schoollib_xl.wording.checking.findings import Message, message_of
from schoollib_xl.wording.zh import SEVERITY, placeholders, sentence

_Said = TypeVar("_Said")
_SHADES = {Severity.ERROR: Shade.RED, Severity.WARNING: Shade.AMBER, Severity.HINT: Shade.BLUE}
_REMEDY = "怎么改"


# The columns of a list of findings. Those that are shown inside Excel are together as wide as A4 across holds at 8
# points and more.
_SEVERITY = TableColumn[Message]("程度", 6, lambda said: SEVERITY[said.finding.severity])
_CODE = TableColumn[Message]("编码", 9, lambda said: said.finding.check.code)
_MESSAGE = TableColumn[Message]("说的是什么", 35, lambda said: said.message)
_WHY = TableColumn[Message]("为什么要紧", 24, lambda said: said.why)
_FIX = TableColumn[Message](_REMEDY, 30, lambda said: said.fix)
_EXPLAINED = TableColumn[Message]("已说明", 6, lambda said: said.explained)
FILED: Sequence[TableColumn[Message]] = (
    _CODE,
    _SEVERITY,
    TableColumn("工作表", 12, lambda said: said.at.sheet),
    TableColumn("格子", 8, lambda said: Link(said.at.a1, said.at)),
    TableColumn("编号", 12, lambda said: said.finding.key),
    _MESSAGE,
    _WHY,
    _FIX,
    TableColumn("对照", 21, lambda said: said.also),
    _EXPLAINED,
)
LISTED_IN_EXCEL: Sequence[TableColumn[Message]] = (
    _SEVERITY,
    TableColumn("哪里", 18, lambda said: said.at),
    _MESSAGE,
    _FIX,
    _WHY,
    _CODE,
    _EXPLAINED,
)


class Worded(Sequence[_Said]):
    """Things in words, each put into them when it is looked at: of a hundred thousand a screen shows a few."""

    def __init__(self, things: Sequence[Any], in_words: Callable[[Any], _Said]) -> None:
        self._things, self._in_words = things, in_words

    def __len__(self) -> int:
        return len(self._things)

    @overload
    def __getitem__(self, index: int) -> _Said: ...
    @overload
    def __getitem__(self, index: slice) -> list[_Said]: ...
    def __getitem__(self, index: int | slice) -> _Said | list[_Said]:
        if isinstance(index, slice):
            return list(map(self._in_words, self._things[index]))
        return self._in_words(self._things[index])


def findings_table(columns: Sequence[TableColumn[Message]], library: Library, findings: Sequence[Finding]) -> Table:
    """A line for each finding, its severity in its colour; what is explained is grey."""
    at = columns.index(_SEVERITY)
    before, after = [None] * at, [None] * (len(columns) - at - 1)

    def row(finding: Finding) -> tuple[Value, ...]:
        said = message_of(library, finding)
        return tuple(column.of(said) for column in columns)

    def shade(finding: Finding) -> Shades:
        return Shade.GREY if finding.explained else [*before, _SHADES[finding.severity], *after]

    header = [column.header for column in columns]
    return Table("", header, Worded(findings, row), shades=Worded(findings, shade))


def noted_cells(library: Library, findings: Sequence[Finding]) -> Sequence[CellNote]:
    """The cell of each finding, with what is said there."""

    def note(finding: Finding) -> CellNote:
        said, is_there = message_of(library, finding), library[finding.at.row_type].present
        return CellNote(said.at, SEVERITY[finding.severity], said.message, _SHADES[finding.severity], is_there)

    return Worded(findings, note)


def some_of_every_kind(findings: Sequence[Finding], most: int) -> list[Finding]:
    """At most so many findings, in their order: of every code as many as all codes can have, so that one kind with
    hundreds hides no other.
    """
    kinds = Counter(finding.check.code for finding in findings)
    shares, room = {}, most
    for place, code in enumerate(sorted(kinds, key=lambda code: kinds[code])):
        shares[code] = min(kinds[code], room // (len(kinds) - place))
        room -= shares[code]
    taken: Counter[str] = Counter()
    chosen = []
    for finding in findings:
        if taken[finding.check.code] < shares[finding.check.code]:
            taken[finding.check.code] += 1
            chosen.append(finding)
    return chosen


def found_kinds(
    library: Library, findings: Iterable[Finding], is_new: Callable[[Finding], bool] = lambda _: False
) -> Iterator[PointGroup]:
    """The findings kind by kind, in their order; of each kind what is new before the rest. A remedy that is
    not the same for all of a kind stands under each.
    """

    def point(finding: Finding) -> Point:
        said = message_of(library, finding)
        below = [f"对照：{said.also}"] if said.see_also else []
        return Point(said.message, said.at, said.explained, below, is_new(finding))

    def point_with_remedy(finding: Finding) -> Point:
        said = point(finding)
        return said._replace(below=[*said.below, f"{_REMEDY}：{message_of(library, finding).fix}"])

    for (code, severity), group in groupby(findings, key=lambda finding: (finding.check.code, finding.severity)):
        kind = list(group)
        check = kind[0].check
        remedies = {sentence(check.fix, finding.facts) for finding in (kind if placeholders(check.fix) else kind[:1])}
        is_one = len(remedies) == 1
        yield PointGroup(
            Worded(sorted(kind, key=lambda finding: not is_new(finding)), point if is_one else point_with_remedy),
            before=LabelledSentence("为什么要紧", check.why),
            after=LabelledSentence(_REMEDY, remedies.pop()) if is_one else "",
            title=check.title,
            code=code,
            label=SEVERITY[severity],
            shade=_SHADES[severity],
            are_settled=all(finding.explained for finding in kind),
        )
