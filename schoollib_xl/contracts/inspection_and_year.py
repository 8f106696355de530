"""The JSON of the commands about inspections, promises, labels, lists, the handover and the new year."""

from typing import Annotated

from pydantic import Field

from schoollib_xl.contracts.answers import Contract, Day, Figure, Number, PlaceAnswer


class MarkAnswer(Contract):
    item: str
    full: str
    mark: str | None
    figure: str | None
    value: str | None
    standard: str | None
    cells: list[PlaceAnswer]


class ScoreAnswer(Contract):
    total: str
    full: str
    open: int
    vetoed: list[str]
    items: list[MarkAnswer]


class ChanceAnswer(Contract):
    faults: int
    seen: Number


class NeededAnswer(Contract):
    rate: Number
    confidence: Number
    copies: int


class SampleAnswer(Contract):
    population: int
    copies: list[str]
    chance: list[ChanceAnswer]
    needed: list[NeededAnswer]


class FilledSampleAnswer(Contract):
    answered: int
    missing: list[str]
    blank: list[str]
    unclear: list[str]
    without_cards: list[str]
    taken: int
    unknown: list[str]
    withdrawn: list[str]
    batches_amiss: list[str]
    most_missing: int | None


class InspectAnswer(Contract):
    score: ScoreAnswer
    sample: SampleAnswer
    answers: FilledSampleAnswer | None = None


class JobAnswer(Contract):
    month: int
    task: str
    person: str | None
    due_on: Day
    said: str | None
    state: str
    cells: list[PlaceAnswer]


class TargetProgress(Contract):
    name: str
    grade: str | None
    target: Figure
    unit: str
    actual: Figure
    expected_by_now: Number | None
    due_on: Day | None
    state: str
    cells: list[PlaceAnswer]


class ProgressAnswer(Contract):
    as_of: Day
    jobs: list[JobAnswer]
    targets: list[TargetProgress]
    done: int
    due: int
    late: int
    ahead: int
    dropped: int
    unknown: int
    unconfirmed: int
    past_year: int


class NotPrinted(Contract):
    number: str
    why: str


class LabelsAnswer(Contract):
    what: str
    sheet: str
    labels: list[str]
    pages: int
    not_printed: list[NotPrinted]
    altered: list[NotPrinted]
    outdated: list[str]
    sheet_faults: list[str]


class MonthTitle(Contract):
    month: Annotated[str, Field(pattern=r"^\d{4}-\d\d$")]
    title: str
    copies: int


class RecommendedTitle(Contract):
    grade: str | int
    title: str
    copies: int
    loans: int


class RankedTitle(Contract):
    title: str
    copies: int
    loans: int


class IdleTitle(Contract):
    title: str
    copies: int


class WeedingCandidate(Contract):
    accession_no: str
    rule: str


class MonthlyLoansAnswer(Contract):
    class_: Annotated[str, Field(alias="class")]
    month: Annotated[str, Field(pattern=r"^\d{4}-\d\d$")]
    loans: int
    pupils: int | None


class ListsAnswer(Contract):
    as_of: Day
    new_titles: list[MonthTitle]
    recommended: list[RecommendedTitle]
    ranking: list[RankedTitle]
    never_lent: list[IdleTitle]
    weeding: list[WeedingCandidate]
    monthly: list[MonthlyLoansAnswer]
    on_loan: int


class LedgerAnswer(Contract):
    sheet: str
    rows: int
    entered_until: Day | None
    errors: int
    warnings: int
    explained: int


class HandoverAnswer(Contract):
    as_of: Day
    ledgers: list[LedgerAnswer]
    figures: dict[str, Figure | str]
    overdue: int
    incidents_open: int
    jobs_late: list[str]
    jobs_due: list[str]


class PrintAnswer(Contract):
    printed: dict[str, int]
    empty: list[str]
    incomplete: dict[str, int]
    pages: int


class BalanceAnswer(Contract):
    name: str
    closing: str | None
    opening: str
    agrees: bool


class NewYearAnswer(Contract):
    balances: list[BalanceAnswer]
    leavers: int
    unknown_years: list[int]
    workbook: str | None = None
    report: str | None = None


class MergeAnswer(Contract):
    differences: dict[str, int]
    workbook: str | None = None
    report: str | None = None
