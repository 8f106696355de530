"""句式: which sentences a section of a paper is made of."""

import re
from collections.abc import Collection
from enum import StrEnum

from schoollib_xl.documents.composing.conditions import holding
from schoollib_xl.documents.composing.evidence import Evidence
from schoollib_xl.documents.composing.facts import Facts
from schoollib_xl.documents.composing.material import SourceMaterial
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.papers import SentenceRow
from schoollib_xl.wording.sentence_patterns import shipped_sentences


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


BRACED = re.compile(r"\{([^{}]*)\}")


def names_in(pattern: str) -> list[str]:
    """The names of facts a pattern asks for, in order."""
    return BRACED.findall(pattern)


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
        self._rows = tuple(material.library[SentenceRow])
        self._unsaid = {one.pattern for one in shipped_sentences() if one.section in left_out}

    def paragraph(self, section: SentenceSection) -> str:
        """The sentences of a section whose condition holds and whose facts are known; '' for none. Hers take the
        place of those shipped for the section.
        """
        if own := [row for row in self._rows if row.section == section]:
            said = [self._said(row, Cell(SentenceRow, row.line, "pattern")) for row in sorted(own, key=_by_order)]
        else:
            said = [self._said(row) for row in shipped_sentences() if row.section == section]
        return "".join(said)

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
