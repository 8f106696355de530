"""句式: which sentences a section of a paper is made of, the conditions they may hang on, and which of these hold."""

import re
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from schoollib_xl.checks.status import not_begun
from schoollib_xl.documents.composing.evidence import Evidence
from schoollib_xl.documents.composing.facts.holdings import last_stocktake
from schoollib_xl.documents.composing.facts.lending import (
    behind_classes,
    is_nearly_over,
    last_term,
    measured_classes,
    widest_target,
)
from schoollib_xl.documents.composing.facts.overdue import overdue_apart, overdue_counts, overdue_limit
from schoollib_xl.documents.composing.facts.term import Facts
from schoollib_xl.documents.composing.material import SourceMaterial
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.registry import LEDGERS
from schoollib_xl.ledgers.schema import SHEETS, Cell
from schoollib_xl.ledgers.supporting.papers import SentenceRow
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.wording.papers.sentence_patterns import shipped_sentences, superseded

# A change of no more than 2 per cent either way is none worth a word.
_BAND = Fraction(2, 100)
_COUNTED = ("安排项数", "完成安排项数", "指标项数", "完成指标项数", "入藏册数", "注销册数", "未结清件数", "赔偿件数")
_GOES_ON, _STOP = "，", "。"
BRACED = re.compile(r"\{([^{}]*)\}")


class SentenceCondition(StrEnum):
    """The words of the column 条件."""

    ALWAYS = "总是"
    NEVER = "不写"
    NEARLY_OVER = "学期将满"
    UNDER_WAY = "学期未满"
    TARGET_REACHED = "达到目标"
    TARGET_MISSED = "未达目标"
    MORE = "比上学期增加"
    FEWER = "比上学期减少"
    AS_MANY = "比上学期持平"
    ALL_CLASSES = "全部班级达标"
    SOME_CLASSES = "部分班级达标"
    NO_CLASS = "没有班级达标"
    ONE_CLASS = "一个班达标"
    ONE_CLASS_BEHIND = "一个班未达标"
    BEHIND = "有落后班级"
    IN_TIME = "逾期率合格"
    LATE = "逾期率超标"
    OVERDUE = "有逾期"
    NONE_OVERDUE = "没有逾期"
    NO_LOANS = "没有借书记录"
    ALL_TARGETS = "全部指标完成"
    SOME_TARGETS = "有指标未完成"
    NO_TARGET = "指标都没完成"
    ALL_JOBS = "安排全部完成"
    JOBS_UNDONE = "安排有未完成"
    NO_JOB = "安排都没完成"
    ADDED = "有入藏"
    WITHDRAWN = "有注销"
    CHANGED = "藏书有增减"
    UNCHANGED = "藏书没有增减"
    BOOKS_AGREE = "账册相符"
    BOOKS_DIFFER = "账册有差异"
    BOOKS_EMPTY = "七本账没有记录"
    EXPLAINED = "有差异说明"
    UNCHECKED = "有未核对"
    SHELVES_AGREE = "账物相符"
    SHELVES_DIFFER = "账物不符"
    NOT_COUNTED = "没有清点"
    DEBTS = "有未结清赔偿"
    NO_DEBTS = "赔偿全部结清"


class SentenceSection(StrEnum):
    """The words of the column 段."""

    PLAN_SITUATION = "计划基本情况"
    OPENING = "开头"
    SITUATION = "基本情况"
    RESULTS = "工作成效"
    READING = "读书活动"
    CIRCULATION = "借阅统计"
    CLASSES = "各班情况"
    OVERDUE = "逾期情况"
    HOLDINGS = "藏书变动"
    MONEY = "经费"
    CHECKING = "账册核对"
    STOCKTAKE = "清点"
    PROBLEMS = "存在问题"
    INTENTIONS = "今后打算"
    CLOSING = "结尾"
    MORE_LENDING = "借阅补充"
    MORE_CHECKING = "账册补充"


def names_in(pattern: str) -> list[str]:
    """The names of facts a pattern asks for, in order."""
    return BRACED.findall(pattern)


def given_way(library: Library) -> list[SentenceRow]:
    """The rows nobody changed since an earlier program shipped them, in place of which this one's are said; none where
    she confirmed the sheet by its name.
    """
    is_hers = SHEETS[SentenceRow].name in (library.school.confirmed or "")
    return [] if is_hers else superseded(library[SentenceRow])


class Sentences:
    """The sentences of one paper, ready to be asked for section by section. Of the sections that are `left_out` it
    says only what she wrote herself.
    """

    def __init__(
        self, material: SourceMaterial, facts: Facts, evidence: Evidence, left_out: Collection[SentenceSection] = ()
    ) -> None:
        self._facts = facts
        self._conditions = holding(material, facts)
        self._evidence = evidence
        stale = {row.line for row in given_way(material.library)}
        self._rows = tuple(row for row in material.library[SentenceRow] if row.line not in stale)
        self._unsaid = {one.pattern for one in shipped_sentences() if one.section in left_out}

    def paragraph(self, section: SentenceSection) -> str:
        """The sentences of a section whose condition holds and whose facts are known; '' for none. Hers take the
        place of those shipped for the section. One that begins with a comma goes on with the one before it.
        """
        if own := [row for row in self._rows if row.section == section]:
            said = [self._said(row, Cell(SentenceRow, row.line, "pattern")) for row in sorted(own, key=_by_order)]
        else:
            said = [self._said(row) for row in shipped_sentences() if row.section == section]
        return _joined(said)

    def say(self, pattern: str, name: str, *cells: Cell) -> str:
        """A pattern with its facts; '' where one of them is not known or it names a pupil. `cells` say where she
        wrote it, none that it is ours; `name` is what her own numbers in it go by.
        """
        if any(fact not in self._facts for fact in names_in(pattern)):
            return ""
        if cells and not self._evidence.quote(BRACED.sub("　", pattern), name, *cells):
            return ""
        return BRACED.sub(lambda match: self._evidence.show(self._facts[match[1]]), pattern)

    def _said(self, row: SentenceRow, *cells: Cell) -> str:
        is_said = row.condition in self._conditions and row.pattern not in self._unsaid
        return self.say(row.pattern, f"句式：{row.section}", *cells) if is_said else ""


def _by_order(row: SentenceRow) -> int:
    return row.order


def _joined(said: Iterable[str]) -> str:
    whole = ""
    for sentence in said:
        goes_on = sentence.startswith(_GOES_ON) and whole.endswith(_STOP)
        whole = whole.removesuffix(_STOP) + sentence if goes_on else whole + sentence.removeprefix(_GOES_ON)
    return whole


def holding(material: SourceMaterial, facts: Facts) -> frozenset[SentenceCondition]:
    """The conditions that hold; one that cannot be judged does not."""
    return frozenset(_holding(material, facts))


def _holding(material: SourceMaterial, facts: Facts) -> Iterator[SentenceCondition]:
    yield SentenceCondition.ALWAYS
    is_over = is_nearly_over(material)
    yield SentenceCondition.NEARLY_OVER if is_over else SentenceCondition.UNDER_WAY
    if is_over and (outcome := widest_target(material)):
        yield SentenceCondition.TARGET_REACHED if outcome.is_reached else SentenceCondition.TARGET_MISSED
    is_kept = material.library[LoanRow].rows and not material.quotas.unread_loans
    if material.window and is_kept and material.quotas.lacks_loans:
        yield SentenceCondition.NO_LOANS
    yield from _compared(material)
    yield from _classes(material)
    yield from _overdue(material)
    yield from _counted(material, facts)
    yield from _checked(material)
    yield from _stocktake(material)


def _compared(material: SourceMaterial) -> Iterator[SentenceCondition]:
    if pair := last_term(material):
        change = Fraction(pair.now.numerator or 0) / Fraction(pair.before.numerator or 1) - 1
        if abs(change) <= _BAND:
            yield SentenceCondition.AS_MANY
        else:
            yield SentenceCondition.MORE if change > 0 else SentenceCondition.FEWER


def _classes(material: SourceMaterial) -> Iterator[SentenceCondition]:
    measured, behind = len(measured_classes(material)), len(behind_classes(material))
    if not measured or not is_nearly_over(material):
        return
    if measured == 1:
        yield SentenceCondition.ONE_CLASS_BEHIND if behind else SentenceCondition.ONE_CLASS
        return
    if not behind:
        yield SentenceCondition.ALL_CLASSES
        return
    yield SentenceCondition.BEHIND
    yield SentenceCondition.SOME_CLASSES if behind < measured else SentenceCondition.NO_CLASS


def _overdue(material: SourceMaterial) -> Iterator[SentenceCondition]:
    if material.overdue is None:
        return
    late, lent = overdue_counts(material)
    if late:
        yield SentenceCondition.OVERDUE
    if not lent:
        return
    if not late:
        yield SentenceCondition.NONE_OVERDUE
        return
    if (limit := overdue_limit(material)) and not overdue_apart(material):
        yield SentenceCondition.IN_TIME if Fraction(100 * late, lent) <= Fraction(limit[0]) else SentenceCondition.LATE


def _counted(material: SourceMaterial, facts: Facts) -> Iterator[SentenceCondition]:
    numbers = {name: Decimal(facts[name].shown) for name in _COUNTED if name in facts}
    if jobs := numbers.get("安排项数"):
        done = numbers.get("完成安排项数")
        if jobs == done:
            yield SentenceCondition.ALL_JOBS
        elif "未完成安排" in facts:
            yield SentenceCondition.JOBS_UNDONE
            if not done:
                yield SentenceCondition.NO_JOB
    if (targets := numbers.get("指标项数")) and is_nearly_over(material):
        done = numbers.get("完成指标项数")
        yield SentenceCondition.ALL_TARGETS if targets == done else SentenceCondition.SOME_TARGETS
        if not done:
            yield SentenceCondition.NO_TARGET
    if numbers.get("入藏册数"):
        yield SentenceCondition.ADDED
    if numbers.get("注销册数"):
        yield SentenceCondition.WITHDRAWN
    moved = [numbers[name] for name in ("入藏册数", "注销册数") if name in numbers]
    if moved:
        yield SentenceCondition.CHANGED if any(moved) else SentenceCondition.UNCHANGED
    if numbers.get("未结清件数"):
        yield SentenceCondition.DEBTS
    elif "未结清件数" in numbers and numbers.get("赔偿件数"):
        yield SentenceCondition.NO_DEBTS


def _checked(material: SourceMaterial) -> Iterator[SentenceCondition]:
    report = material.found
    if report is None:
        return
    is_empty = len(not_begun(material.library)) == len(LEDGERS)
    if is_empty:
        yield SentenceCondition.BOOKS_EMPTY
    if report.failed:
        yield SentenceCondition.BOOKS_DIFFER
    elif not is_empty:
        yield SentenceCondition.BOOKS_AGREE
    if any(finding.explained for finding in report.findings):
        yield SentenceCondition.EXPLAINED
    if report.unchecked:
        yield SentenceCondition.UNCHECKED


def _stocktake(material: SourceMaterial) -> Iterator[SentenceCondition]:
    count = last_stocktake(material)
    if count is None:
        if material.library[StocktakeRow].present and is_nearly_over(material):
            yield SentenceCondition.NOT_COUNTED
    elif count.expected:
        yield SentenceCondition.SHELVES_DIFFER if count.missing else SentenceCondition.SHELVES_AGREE
