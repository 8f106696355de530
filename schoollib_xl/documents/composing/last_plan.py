"""This year's plan beside last year's: promises that became smaller or fell away, paragraphs left as they were."""

from collections.abc import Iterator, Sequence

from schoollib_xl.documents.composing.confirmed import outcomes
from schoollib_xl.documents.composing.lending_facts import grade_words
from schoollib_xl.documents.composing.material import SourceMaterial
from schoollib_xl.documents.composing.promised import targets_said
from schoollib_xl.ledgers.grades import grades_in_scope
from schoollib_xl.wording.quotas import plain

# A shorter paragraph is a heading or a set phrase, the same in every plan.
_LONG = 30


def compared_with(material: SourceMaterial, texts: Sequence[str], last: Sequence[str], name: str) -> Iterator[str]:
    """What to look at again where `texts`, this year's plan, is laid beside `last`, a paper called `name`."""
    yield from _promises(material, texts, last, name)
    before = {text.strip() for text in last}
    own = [text.strip() for text in texts if len(text.strip()) >= _LONG]
    same = [text for text in own if text in before]
    if same and 2 * len(same) >= len(own):
        yield f"{len(own)}段长的文字里有{len(same)}段和《{name}》一字不差，从“{same[0][:12]}”起看一遍。"


def _promises(material: SourceMaterial, texts: Sequence[str], last: Sequence[str], name: str) -> Iterator[str]:
    now = [one.target for one in outcomes(material)]
    said = [one for text in texts for one in targets_said(text)]
    for old in dict.fromkeys(one for text in last for one in targets_said(text)):
        grades = grades_in_scope(old.grades)
        values = [one.value for one in now if one.name == old.name and one.grades == grades and one.value is not None]
        values += [one.value for one in said if (one.name, one.grades) == (old.name, old.grades)]
        whose = f"{grade_words(grades)}{old.name}" if old.grades else old.name
        if not values:
            yield f"《{name}》里有{whose}{plain(old.value)}{old.unit}，今年没有写。"
        elif max(values) < old.value:
            yield f"《{name}》里是{whose}{plain(old.value)}{old.unit}，今年是{plain(max(values))}{old.unit}，比那时低。"
