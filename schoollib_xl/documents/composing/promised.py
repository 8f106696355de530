"""What the librarian's own words for the plan promise in figures already: targets, opening hours."""

import unicodedata
from collections.abc import Iterable

from schoollib_xl.documents.composing.activity_facts import term_jobs
from schoollib_xl.documents.composing.material import SourceMaterial
from schoollib_xl.documents.composing.texts import rows_for
from schoollib_xl.ledgers.grades import grades_in_scope
from schoollib_xl.ledgers.supporting.vocabulary import PaperKind
from schoollib_xl.quotas.targets import Target
from schoollib_xl.rules.plan_figures import PromisedFigure, spans_in, targets_in


def targets_said(text: str) -> list[PromisedFigure]:
    """The figures a text promises."""
    return list(targets_in(unicodedata.normalize("NFKC", text)))


def is_said(material: SourceMaterial, target: Target) -> bool:
    """Whether her text promises this figure for these grades: a plan gives each target once."""
    said = (one for text in _texts(material) for one in targets_said(text))
    return any(
        (one.name, one.value) == (target.name, target.value) and grades_in_scope(one.grades) == target.grades
        for one in said
    )


def hours_are_said(material: SourceMaterial) -> bool:
    """Whether her text says from when to when the library is open."""
    return any(spans_in(unicodedata.normalize("NFKC", text)) for text in _texts(material))


def _texts(material: SourceMaterial) -> Iterable[str]:
    yield from (row.text for row in rows_for(material.library, PaperKind.PLAN, material.term_name))
    yield from (job.task for job in term_jobs(material))
