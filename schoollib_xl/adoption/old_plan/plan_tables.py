"""The tables of a plan that become rows of their own: targets, opening hours and turns, as `plan` writes them."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import time

from schoollib_xl.adoption.old_plan.contents import Plan, PlannedTurn
from schoollib_xl.adoption.old_plan.target_table import target_columns, target_of
from schoollib_xl.ledgers.supporting.vocabulary import PaperKind, TurnKind, WeekPattern
from schoollib_xl.ledgers.vocabulary import Weekday
from schoollib_xl.rules.plan_figures import hours_in

_RowTaker = Callable[[Sequence[str]], bool]
_OF_HOURS = ("对象", "星期", "时间")
_CLOCK = r"(\d{1,2})[:：](\d\d)"
_SPAN = re.compile(rf"{_CLOCK}\s*[—–\-－~～至]+\s*{_CLOCK}")
_TURN = re.compile(rf"({'|'.join(WeekPattern)})({'|'.join(TurnKind)})")


class PlanTables:
    """Takes rows into the plan from the header of such a table on."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._taker: _RowTaker | None = None

    def leave(self) -> None:
        """The table is over."""
        self._taker = None

    def takes(self, cells: Sequence[str], text: str) -> bool:
        """Whether the row is the header of such a table, or a row below it, which is then taken."""
        if self._plan.kind is PaperKind.SUMMARY:
            return False
        if taker := self._headed(cells):
            self._taker = taker
            self._plan.edges.append(text)
            return True
        return self._taker is not None and self._taker(cells)

    def _headed(self, cells: Sequence[str]) -> _RowTaker | None:
        names = ["".join(cell.split()) for cell in cells]
        if columns := target_columns(cells):
            return lambda row: self._target(row, columns)
        if set(_OF_HOURS) <= set(names) <= {*_OF_HOURS, "备注"}:
            return lambda row: self._hours(dict(zip(names, row, strict=False)))
        if names[0] == "时间" and len(names) > 1 and all(name in list(Weekday) for name in names[1:]):
            return lambda row: self._turns(row, [Weekday(name) for name in names[1:]])
        return None

    def _target(self, row: Sequence[str], columns: Mapping[str, int]) -> bool:
        target = target_of(row, columns)
        self._plan.listed += [target] if target else []
        return target is not None

    def _hours(self, row: Mapping[str, str]) -> bool:
        """As the sentence that says the same; what the text said of these hours gives way to the table."""
        found = [
            hours._replace(remarks=row.get("备注", "").strip())
            for hours in hours_in(f"对{row['对象']}{row['星期']}{row['时间']}开放")
            if not hours.is_every_day
        ]
        taken = {hours[:3] for hours in found}
        self._plan.hours = [hours for hours in self._plan.hours if hours[:3] not in taken] + found
        return bool(found)

    def _turns(self, row: Sequence[str], days: Sequence[Weekday]) -> bool:
        """Below each weekday classes and then their turn, line by line; a row of anything else is not taken."""
        span = _SPAN.fullmatch(row[0].strip())
        said = [(day, *one) for day, cell in zip(days, row[1:], strict=False) for one in _turns_in(cell)]
        if not span or not all(turn and name for _, name, turn in said):
            return False
        first, last = (time(int(hour), int(minute)) for hour, minute in (span.group(1, 2), span.group(3, 4)))
        self._plan.turns += [
            PlannedTurn(name, day, WeekPattern(turn[1]), first, last, TurnKind(turn[2]))
            for day, name, turn in said
            if turn
        ]
        return True


def _turns_in(text: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    """Each class of a cell with the turn it stands above; '' or None where one of both is not there."""
    names: list[str] = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        if turn := _TURN.fullmatch(line):
            yield from ((name, turn) for name in names or [""])
            names = []
        else:
            names.append(line)
    yield from ((name, None) for name in names)
