"""What a school has not said itself: rows a new workbook starts with, until she touches or confirms them."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from schoollib_xl.documents.composing.material import SourceMaterial
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.supporting.calendar import OpeningRow
from schoollib_xl.ledgers.supporting.promises import LendingRule, TargetRow
from schoollib_xl.quotas.measures.outcomes import TargetOutcome
from schoollib_xl.quotas.recorded import recorded_outcomes
from schoollib_xl.quotas.statement import ClassQuota
from schoollib_xl.rules.placeholders import is_left_over, is_untouched, placeholders


def outcomes(material: SourceMaterial) -> list[TargetOutcome]:
    """The sound targets that the school has set or confirmed, with their figures; a mean of grades in which 学生人数 of
    a class is not known is none, nor is what was borrowed where nobody wrote a loan down.
    """
    told = recorded_outcomes(material.quotas)
    own = (outcome for outcome in told if outcome.target.is_sound and outcome.target.is_own)
    return [replace(one, indicator=None) if one.lacks_pupils else one for one in own]


def without_pupils(material: SourceMaterial) -> list[ClassQuota]:
    """The classes whose 学生人数 is not known: what is divided by the pupils of all of them cannot be told."""
    return [quota for quota in material.quotas.classes if quota.school_class.pupils is None]


def lending_rules(material: SourceMaterial) -> list[LendingRule]:
    """The lending rules that the school has laid down or confirmed."""
    shipped = placeholders(material.library, LendingRule)
    return [row for row in material.library[LendingRule] if row.line not in shipped]


def openings(material: SourceMaterial) -> list[OpeningRow]:
    """The openings that have an end after their beginning, none where they are those of a new workbook."""
    library = material.library
    rows = () if is_untouched(library, OpeningRow) else library[OpeningRow]
    return [row for row in rows if row.starts_at < row.ends_at]


def unconfirmed(material: SourceMaterial) -> frozenset[type[Any]]:
    """The sheets, by row type, that still hold what a new workbook starts with."""
    return frozenset(
        row_type for row_type in (OpeningRow, TargetRow, LendingRule) if is_left_over(material.library, row_type)
    )


def unconfirmed_notes(material: SourceMaterial, outcome: str = "没有写进文件") -> Iterator[str]:
    """What was not made use of because it is only what a new workbook starts with, and what came of that."""
    if names := sorted(f"“{SHEETS[row_type].name}”" for row_type in unconfirmed(material)):
        confirmed = names[0] if len(names) == 1 else "表名"
        yield (
            f"{''.join(names)}里还有新工作簿自带的内容，{outcome}；"
            f"改成本校的，或者在基本信息的“已确认”里写上{confirmed}。"
        )
