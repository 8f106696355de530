"""What the librarian's own words for the plan promise in figures already: targets, opening hours."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from schoollib_xl.documents.composing.confirmed import outcomes
from schoollib_xl.documents.composing.facts.activities import term_jobs
from schoollib_xl.documents.composing.facts.lending import grade_words
from schoollib_xl.documents.composing.material import SourceMaterial
from schoollib_xl.documents.composing.words.texts import rows_for
from schoollib_xl.ledgers.grades import grades_in_scope
from schoollib_xl.ledgers.supporting.vocabulary import PaperKind
from schoollib_xl.quotas.borrowing.targets import Target
from schoollib_xl.rules.plan_figures import PromisedFigure, spans_in, targets_in
from schoollib_xl.wording.quotas.verdicts import plain

# A shorter paragraph is a heading or a set phrase, the same in every plan.
_LONG = 30


def targets_said(text: str) -> list[PromisedFigure]:
    """The figures a text promises."""
    return list(targets_in(unicodedata.normalize("NFKC", text)))


def is_said(material: SourceMaterial, target: Target) -> bool:
    """Whether her text promises this figure for these grades: a plan gives each target once."""
    said = (figure for text in _texts(material) for figure in targets_said(text))
    return any(
        (figure.name, figure.value) == (target.name, target.value) and grades_in_scope(figure.grades) == target.grades
        for figure in said
    )


def hours_are_said(material: SourceMaterial) -> bool:
    """Whether her text says from when to when the library is open."""
    return any(spans_in(unicodedata.normalize("NFKC", text)) for text in _texts(material))


def _texts(material: SourceMaterial) -> Iterable[str]:
    yield from (row.text for row in rows_for(material.library, PaperKind.PLAN, material.term_name))
    yield from (job.task for job in term_jobs(material))


def compared_with(material: SourceMaterial, texts: Sequence[str], last: Sequence[str], name: str) -> Iterator[str]:
    """What to look at again where `texts`, this year's plan, is laid beside `last`, a paper called `name`."""
    yield from _promises(material, texts, last, name)
    before = {text.strip() for text in last}
    own = [text.strip() for text in texts if len(text.strip()) >= _LONG]
    same = [text for text in own if text in before]
    if same and 2 * len(same) >= len(own):
        yield f"{len(own)}段长的文字里有{len(same)}段和《{name}》一字不差，从“{same[0][:12]}”起看一遍。"


def _promises(material: SourceMaterial, texts: Sequence[str], last: Sequence[str], name: str) -> Iterator[str]:
    now = [outcome.target for outcome in outcomes(material)]
    said = [figure for text in texts for figure in targets_said(text)]
    for old in dict.fromkeys(figure for text in last for figure in targets_said(text)):
        grades = grades_in_scope(old.grades)
        values = [one.value for one in now if one.name == old.name and one.grades == grades and one.value is not None]
        values += [figure.value for figure in said if (figure.name, figure.grades) == (old.name, old.grades)]
        whose = f"{grade_words(grades)}{old.name}" if old.grades else old.name
        if not values:
            yield f"《{name}》里有{whose}{plain(old.value)}{old.unit}，今年没有写。"
        elif max(values) < old.value:
            yield f"《{name}》里是{whose}{plain(old.value)}{old.unit}，今年是{plain(max(values))}{old.unit}，比那时低。"
