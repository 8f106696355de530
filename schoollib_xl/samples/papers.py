"""The sheets that are written and not kept at the desk, from data/papers.toml."""

import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Any

from schoollib_xl.inspection.marking import shipped_forms
from schoollib_xl.ledgers.school import SETTINGS, School
from schoollib_xl.ledgers.supporting.activities import ActivityRow, RecommendationRow, VisitRow
from schoollib_xl.ledgers.supporting.calendar import JobRow, TurnRow
from schoollib_xl.ledgers.supporting.inspection import EvaluationRow, ReviewRow
from schoollib_xl.ledgers.supporting.office import ExplanationRow, SettingRow
from schoollib_xl.ledgers.supporting.papers import ParagraphRow, SentenceRow
from schoollib_xl.ledgers.supporting.people import PupilLibrarianRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow
from schoollib_xl.ledgers.supporting.vocabulary import PaperKind, RecommendationKind, ReviewOutcome
from schoollib_xl.samples.librarian import Librarian
from schoollib_xl.samples.people import STAFF
from schoollib_xl.samples.titles import Title
from schoollib_xl.wording.papers.sentence_patterns import shipped_sentences

_REVIEWED = date(2026, 7, 2)
_APPOINTED = date(2025, 9, 8)
# Every fourth pupil librarian is commended at the end of the year.
_COMMENDED = 4


def papers_on_file(
    librarian: Librarian, visits: list[VisitRow], rota: list[TurnRow], titles: list[Title]
) -> dict[type[Any], list[Any]]:
    """Settings, targets, jobs, activities, texts, recommended titles, pupil librarians and the rest."""
    with files("schoollib_xl.samples").joinpath("data/papers.toml").open("rb") as source:
        data = tomllib.load(source)
    helpers = _numbered(_pupil_librarians(librarian))
    return {
        VisitRow: visits,
        TurnRow: rota,
        SettingRow: _numbered(_settings(librarian.rulebook.school, data["notes"])),
        TargetRow: _numbered(_targets(data["targets"])),
        JobRow: _numbered(_jobs(data["jobs"], helpers, librarian.shelves.repairs)),
        ActivityRow: _numbered(_activities(data["activities"]["rows"])),
        ParagraphRow: _numbered(_paragraphs(data["paragraphs"])),
        SentenceRow: list(shipped_sentences()),
        RecommendationRow: _numbered(_recommended(data["recommended"], titles)),
        PupilLibrarianRow: helpers,
        EvaluationRow: list(shipped_forms()[0].rows),
        ReviewRow: _numbered(_reviews()),
        ExplanationRow: _numbered(_explanations(librarian)),
    }


def _numbered(rows: Iterator[Any]) -> list[Any]:
    return [row._replace(line=line) for line, row in enumerate(rows, 2)]


def _settings(school: School, notes: dict[str, str]) -> Iterator[SettingRow]:
    for header, field in SETTINGS.items():
        yield SettingRow(0, header, getattr(school, field.name), notes.get(header))


def _targets(entries: list[dict[str, str]]) -> Iterator[TargetRow]:
    for entry in entries:
        yield TargetRow(
            0,
            entry["name"],
            entry.get("grades"),
            Decimal(entry["value"]),
            entry["unit"],
            entry["basis"],
            entry["person"],
            entry.get("reason"),
        )


def _jobs(months: list[dict[str, Any]], helpers: list[PupilLibrarianRow], repairs: list[RepairRow]) -> Iterator[JobRow]:
    appointed, commended = len(helpers), sum(row.award is not None for row in helpers)
    for month in months:
        number = month["month"]
        year = _APPOINTED.year + (number < _APPOINTED.month)
        mended = sum((row.sent_on.year, row.sent_on.month) == (year, number) for row in repairs)
        for order, (task, kind, person, times, done) in enumerate(month["tasks"], 1):
            told = done.format(appointed=appointed, commended=commended, mended=mended)
            yield JobRow(0, number, order, task, kind, person, times or None, told)


def _activities(entries: list[list[Any]]) -> Iterator[ActivityRow]:
    for held_on, kind, name, classes, participants, person, result in entries:
        yield ActivityRow(0, held_on, kind, name, classes or None, participants, person, result)


def _paragraphs(entries: list[dict[str, Any]]) -> Iterator[ParagraphRow]:
    for entry in entries:
        for order, text in enumerate(entry["texts"], 1):
            yield ParagraphRow(0, PaperKind(entry["paper"]), None, entry["section"], order, text)


def _recommended(entries: list[dict[str, Any]], titles: list[Title]) -> Iterator[RecommendationRow]:
    by_name = {title.title: title for title in titles}
    for entry in entries:
        for kind, names in (
            (RecommendationKind.REQUIRED, entry["required"]),
            (RecommendationKind.OPTIONAL, entry["optional"]),
        ):
            for name in names:
                title = by_name[name]
                yield RecommendationRow(0, entry["grade"], kind, name, title.author, title.isbn)


def _pupil_librarians(librarian: Librarian) -> Iterator[PupilLibrarianRow]:
    chosen = [
        card
        for pupils in librarian.cards.by_class().values()
        for card in [card for card in pupils if card.is_active(_APPOINTED)][:2]
    ]
    for number, card in enumerate(chosen, 1):
        award = None if number % _COMMENDED else "优秀图书管理员"
        yield PupilLibrarianRow(0, card.class_name or "", card.reader_no, card.name, _APPOINTED, award)


def _reviews() -> Iterator[ReviewRow]:
    """Everything was looked through when the year ended."""
    remarks = "对照馆藏清单逐种审查"
    yield ReviewRow(0, _REVIEWED, "全部", STAFF.librarian, ReviewOutcome.PASSED, None, None, remarks)


def _explanations(librarian: Librarian) -> Iterator[ExplanationRow]:
    """One explanation of last term, expired: a magazine that was still an issue short."""
    short = next(row for row in librarian.serials.rows if row.missing_note)
    text = "缺的一期已向邮局查询，补寄后再记。"
    written_on, until = date(2026, 1, 13), date(2026, 3, 31)
    yield ExplanationRow(0, "PER203", "报刊登记账", short.periodical_no, text, STAFF.librarian, written_on, until)
