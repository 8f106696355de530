"""What an old plan comes to: paragraphs, jobs by month, targets, hours."""

from dataclasses import dataclass, field
from datetime import time
from typing import NamedTuple

from schoollib_xl.ledgers.school import TermName
from schoollib_xl.ledgers.supporting.vocabulary import PaperKind, TurnKind, WeekPattern
from schoollib_xl.ledgers.vocabulary import Weekday
from schoollib_xl.rules.plan_figures import MONTHLY, Hours, PromisedFigure


class Paragraph(NamedTuple):
    """A paragraph under its chapter; `order` where it is a numbered item."""

    section: str
    order: int | None
    text: str


class PlannedJob(NamedTuple):
    """A job of a month list."""

    month: int
    order: int
    task: str


class PlannedTarget(NamedTuple):
    """A row of a table of targets; what it rests on and who is to see to it, '' where that is not said."""

    figure: PromisedFigure
    basis: str
    person: str


class PlannedTurn(NamedTuple):
    """A turn of a class in a table of the week."""

    class_name: str
    weekday: Weekday
    weeks: WeekPattern
    starts_at: time
    ends_at: time
    kind: TurnKind


@dataclass
class Plan:
    """What a paper comes to. `targets` are those of its text, `listed` those of a table, `edges` its title and
    signature, `lending` the copies and days of the pupils' rule,
    `unplaced` what stands nowhere and why, `old` the years and days of the year it was written for, `joined` how many
    broken lines were put together, `months` how many it lists where something is promised for each of them.
    """

    kind: PaperKind = PaperKind.PLAN
    term: TermName | None = None
    edges: list[str] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    jobs: list[PlannedJob] = field(default_factory=list)
    targets: list[PromisedFigure] = field(default_factory=list)
    listed: list[PlannedTarget] = field(default_factory=list)
    hours: list[Hours] = field(default_factory=list)
    turns: list[PlannedTurn] = field(default_factory=list)
    lending: dict[str, int] = field(default_factory=dict)
    unplaced: list[tuple[str, str]] = field(default_factory=list)
    old: list[str] = field(default_factory=list)
    joined: int = 0
    months: int = 0

    def keep_listed(self) -> None:
        """What the text promises and a table has as well is of the table; where they differ, that is told."""
        listed = {one.figure[:2]: one.figure for one in self.listed}
        for one in [one for one in self.targets if one[:2] in listed]:
            self.targets.remove(one)
            if (of_table := listed[one[:2]].value) != one.value:
                self.unplaced.append((f"{one.name}照表里的 {of_table} 写了，文字里写的不一样", str(one.value)))

    def ask_of_the_term(self, months: int) -> None:
        """What is promised for each month is asked of the term as often as the plan lists months."""
        monthly = [figure for figure in self.targets if figure.unit.endswith(MONTHLY)]
        if months and monthly:
            self.months = months
            self.targets = [
                one._replace(value=one.value * months, unit=one.unit.removesuffix(MONTHLY)) if one in monthly else one
                for one in self.targets
            ]
