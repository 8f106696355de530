"""Facts about what is overdue on the cut-off."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from schoollib_xl.documents.composing.confirmed import outcomes
from schoollib_xl.documents.composing.facts.stating import MOST_CLASSES, Fact, joined, percent
from schoollib_xl.documents.composing.material import SourceMaterial
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.ledgers.vocabulary import LoanMode
from schoollib_xl.quotas.measures.indicator import SourceColumns
from schoollib_xl.wording.quotas.verdicts import plain


def overdue_counts(material: SourceMaterial) -> tuple[int, int]:
    """What is overdue on the cut-off, and what was lent to persons in the term: the parts of 逾期未还率."""
    school = material.quotas.school
    return len(material.overdue or ()), (school.loans or 0) + (material.quotas.teacher_loans or 0)


def overdue_apart(material: SourceMaterial) -> Counter[str]:
    """How many of the overdue copies are no part of what was lent to persons in the term, by what they are."""
    window, apart = material.window, Counter[str]()
    for overdue in material.overdue or ():
        if overdue.loan.mode is LoanMode.CLASS:
            apart["班级图书角的"] += 1
        elif overdue.loan.mode is LoanMode.IN_ROOM:
            apart["室内阅览的"] += 1
        elif window is not None and overdue.loan.lent_on not in window:
            apart["本学期以前借的"] += 1
    return apart


def _apart_said(apart: Counter[str], late: int) -> str | None:
    """其中3册是本学期以前借的, or 都是班级图书角的."""
    if len(apart) == 1 and apart.total() == late:
        return f"都是{next(iter(apart))}"
    said = "，".join(f"{count}册是{what}" for what, count in apart.items())
    return f"其中{said}" if said else None


def overdue_limit(material: SourceMaterial) -> tuple[Decimal, tuple[Cell, ...]] | None:
    """逾期上限 in per cent and the cell that lays it down; None where the school has set none."""
    for outcome in outcomes(material):
        if outcome.target.name == "逾期率" and outcome.target.value is not None:
            return outcome.target.value, (Cell(TargetRow, outcome.target.line, "value"),)
    return None


def overdue_facts(material: SourceMaterial) -> Iterator[Fact]:
    """What is overdue, its share of what was lent to persons in the term, and in which classes most of it is."""
    late = material.overdue
    if late is None or not material.library[LoanRow].present:
        return
    sources = (SourceColumns(LoanRow, ("lent_on", "due_on", "returned_on")),)
    yield Fact("逾期册数", len(late), sources)
    apart = overdue_apart(material)
    yield Fact("逾期未还率", None if apart else percent(*overdue_counts(material)), sources)
    yield Fact("逾期另算", _apart_said(apart, len(late)), sources)
    if limit := overdue_limit(material):
        yield Fact("逾期上限", f"{plain(limit[0])}%", cells=limit[1])
    by_class = Counter(overdue.class_name for overdue in late if overdue.class_name)
    most = by_class.most_common(MOST_CLASSES)
    is_most = 2 * sum(count for _, count in most) > len(late)
    yield Fact("逾期集中班级", joined([name for name, _ in most]) if is_most else None, sources)
