"""The JSON of every command as models: field names, types and what may be null. No command imports this: the tests
hold each answer to its model, and `python -m schoollib_xl.contracts` writes the schemas for other programs.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel

Day = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$", description="A day, YYYY-MM-DD")]
Number = Annotated[str, Field(pattern=r"^-?\d+(\.\d+)?$", description="A decimal number as text")]
Figure = Annotated[int | Number | None, Field(description="A count, or a quotient as text; null where unknown")]
A1 = Annotated[str, Field(pattern=r"^[A-Z]{1,3}[0-9]+$", description="One cell, without $ and sheet")]
Code = Annotated[str, Field(pattern=r"^[A-Z]{3}\d{3}$")]


class Contract(BaseModel):
    """A part of an answer: no other fields, no value of another type taken for the right one."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class PlaceAnswer(Contract):
    sheet: str
    cell: A1


class Skipped(Contract):
    code: Code
    reason: str


class FindingAnswer(PlaceAnswer):
    code: Code
    title: str
    severity: Literal["error", "warning", "hint"]
    key: str
    message: str
    why: str
    fix: str
    explained: bool
    see_also: list[PlaceAnswer]


class CorrectionAnswer(PlaceAnswer):
    is_: Annotated[str | int | None, Field(alias="is")]
    should: str | int | None


class CauseAnswer(Contract):
    kind: str
    cells: list[CorrectionAnswer]
    rows: list[dict[str, Any]]
    explains: list[int]
    why: str
    others: list["CauseAnswer"]


class CheckAnswer(Contract):
    workbook: str
    as_of: Day
    rows: dict[str, int]
    checks_run: int
    skipped: list[Skipped]
    causes: list[CauseAnswer]
    findings: list[FindingAnswer]


class CatalogueEntry(Contract):
    code: Code
    title: str
    severity: Literal["error", "warning", "hint"]
    message: str
    why: str
    fix: str
    columns: str


class Catalogue(RootModel[list[CatalogueEntry]]):
    """`explain` without a code."""


class TermAnswer(Contract):
    start: Day | None
    end: Day | None


class TargetAnswer(Contract):
    name: str
    grade: str | None
    target: Figure
    unit: str
    actual: Figure
    reached: bool | None
    basis: str
    feasible: bool | None
    limit_reason: str | None


class ObligationAnswer(Contract):
    pupils: int | None
    loans: int | None
    visits: int | None
    mean: Number | None
    reached: int | None
    none: int | None
    gap: Figure
    expected_by_now: Figure
    on_track: bool | None
    per_week_needed: Figure


class ClassAnswer(ObligationAnswer):
    class_: Annotated[str, Field(alias="class")]
    grade: int | None


class NotComputedAnswer(Contract):
    what: str
    why: str


class SchoolAnswer(ObligationAnswer):
    class_corner_loans: int | None
    in_room_loans: int | None
    teacher_loans: int | None
    unplaced_loans: int | None
    pupils_on_register: int | None
    pupils_with_minimum: int
    reached_minimum: int | None
    not_computed: list[NotComputedAnswer]


class HoldingAnswer(Contract):
    name: str
    actual: Figure
    standard: Figure
    gap: Figure
    basis: str | None


class QuotaAnswer(Contract):
    as_of: Day
    term: TermAnswer
    targets: list[TargetAnswer]
    classes: list[ClassAnswer]
    school: SchoolAnswer
    holdings: list[HoldingAnswer]


class RuleAnswer(PlaceAnswer):
    basis: str


class AllowanceAnswer(Contract):
    reader: str
    on_loan: int
    overdue: int
    allowed: int | None
    left: int | None
    rule: RuleAnswer | None


class RangeAnswer(Contract):
    """One cell, or the first and the last of a column."""

    sheet: str
    cell: Annotated[str, Field(pattern=r"^[A-Z]{1,3}[0-9]+(:[A-Z]{1,3}[0-9]+)?$")]


class PaperFigure(Contract):
    figure: str
    name: str
    definition: str
    filter: str
    rows: int | None
    places: list[RangeAnswer]
    as_of: Day


class PapersAnswer(Contract):
    as_of: Day
    papers: list[str]
    files: list[str]
    figures: list[PaperFigure]
    notes: list[str]


class LintAnswer(Contract):
    paper: str
    notes: list[str]


class DemoAnswer(Contract):
    files: list[str]
    notes: list[str]


class NewAnswer(Contract):
    workbook: str
    unknown_years: list[int]


class ColumnAnswer(Contract):
    header: str
    as_: Annotated[str | None, Field(alias="as")]


class SourceAnswer(Contract):
    file: str
    sheet: str
    kind: str | None
    rows: int
    taken: int
    aside: int
    columns: list[ColumnAnswer]


class TotalAnswer(Contract):
    what: Literal["copies", "money", "titles", "readers", "loans", "returns"]
    in_: Annotated[int | Number, Field(alias="in")]
    out: int | Number
    aside: int | Number
    agree: bool


class AdoptAnswer(Contract):
    workbook: str
    report: str
    sources: list[SourceAnswer]
    totals: list[TotalAnswer]
    to_look: int


class RosterQuestion(Contract):
    name_on_list: str
    candidates: list[str]


class RosterAnswer(Contract):
    kept: int
    moved: int
    repeating: int
    joined: int
    left: int
    questions: list[RosterQuestion]
    workbook: str | None = None
    report: str | None = None


class ShelfAnswer(Contract):
    place: str
    expected: int
    seen: int
    finished: bool
    missing: list[str]
    misplaced: list[str]


class StocktakeAnswer(Contract):
    scans: int
    recognised: int
    unknown: list[str]
    doubled: list[str]
    places: list[ShelfAnswer]
    found_rate: Number | None
