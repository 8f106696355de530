"""The JSON of a county."""

from typing import Annotated

from pydantic import Field

from schoollib_xl.contracts.answers import Code, Contract, Number


class FailedSchool(Contract):
    file: str
    why: str


class OutstandingAnswer(Contract):
    file: str
    what: str


class SchoolFigures(Contract):
    file: str
    school: str | None
    pupils: int | None
    copies: int | None
    loans: int | None
    mean: Number | None
    per_pupil: Number | None
    errors: int
    warnings: int
    unchecked: int


class CountyTotals(Contract):
    schools: int
    pupils: int | None
    copies: int | None
    loans: int | None
    mean: Number | None
    per_pupil: Number | None
    variation: Number | None
    turnover: Number | None
    per_borrower: Number | None
    sound: int
    unfinished: int
    lacking_optional: int
    meeting_standard: int
    errors: int
    warnings: int
    per_thousand: Number | None


class Namesakes(Contract):
    workbooks: int
    errors: int
    warnings: int


class TogetherAnswer(Contract):
    why: str
    files: list[str]
    pupils: int | None
    loans: int | None
    mean: Number | None
    per_pupil: Number | None


class SchoolCodeFigures(Contract):
    file: str
    findings: int
    per_thousand: Number


class CodeFigures(Contract):
    code: Code
    title: str
    findings: int
    schools: int
    per_thousand: Number
    each: list[SchoolCodeFigures]


class Ranked(Contract):
    rank: int
    file: str
    mean: Number


class CirculationAnswer(Contract):
    rank: int
    file: str
    circulated: int
    copies: int
    turnover: Number
    per_borrower: Number | None


class SchoolChange(Contract):
    file: str
    findings: Annotated[list[int], Field(min_length=2, max_length=2, description="Before and now")]
    mean: Annotated[list[Number | None], Field(min_length=2, max_length=2, description="Before and now")]
    copies: Annotated[list[int | None], Field(min_length=2, max_length=2, description="Before and now")]


class CodeChange(Contract):
    code: Code
    title: str
    findings: Annotated[list[int], Field(min_length=2, max_length=2, description="Before and now")]
    per_thousand: Annotated[list[Number], Field(min_length=2, max_length=2, description="Before and now")]


class CountyChanges(Contract):
    gone: list[str]
    new: list[str]
    before: CountyTotals
    each: list[SchoolChange]
    findings: list[CodeChange]


class VisitSampleAnswer(Contract):
    seed: int
    population: int
    copies: list[str]
    blanks: dict[str, int]
    batches: list[str]


class VisitAnswer(Contract):
    file: str
    why: str
    codes: list[Code]
    sample: VisitSampleAnswer | None


class CountyFigures(CountyTotals):
    below_standard: list[str]
    shared_names: dict[str, list[str]]
    named_alike: Annotated[dict[str, list[str]], Field(description="Workbooks of several names that begin alike")]
    perhaps_one: Annotated[list[list[str]], Field(description="Workbooks of two names with the same books in part")]
    namesakes: Namesakes
    terms: dict[str, int]
    together: TogetherAnswer | None
    findings: list[CodeFigures]
    ranking: list[Ranked]
    circulation: list[CirculationAnswer]
    changes: CountyChanges | None
    visits: list[VisitAnswer]
    outstanding: list[OutstandingAnswer]


class CountyAnswer(Contract):
    schools: int
    read: int
    failed: list[FailedSchool]
    county: CountyFigures
    each: list[SchoolFigures]
