"""工作总结 of a term, composed from the workbook."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from schoollib_xl.documents.composing.evidence import Evidence
from schoollib_xl.documents.composing.facts.term import facts_of
from schoollib_xl.documents.composing.lint.papers import summary_notes
from schoollib_xl.documents.composing.lint.wording import chapter_notes
from schoollib_xl.documents.composing.material import CannotCompose, CheckedMaterial, Composed, SourceMaterial
from schoollib_xl.documents.composing.plan import template_for
from schoollib_xl.documents.composing.tables.activities import activity_lines, reading_said, work_said
from schoollib_xl.documents.composing.tables.holdings import (
    explained_lines,
    holdings_changes,
    holdings_chart,
    ledger_lines,
    money_lines,
    unchecked_lines,
)
from schoollib_xl.documents.composing.tables.lending import class_chart, class_loans, grade_loans, month_chart
from schoollib_xl.documents.composing.tables.shortfalls import missed_lines
from schoollib_xl.documents.composing.tables.targets import outcome_lines
from schoollib_xl.documents.composing.words.sentences import Sentences, SentenceSection
from schoollib_xl.documents.composing.words.texts import TextSection, row_lines, text_sections
from schoollib_xl.documents.filling.stylebook import SUBHEADING
from schoollib_xl.documents.papers.plan import PlanLine
from schoollib_xl.documents.papers.summary import TermSummary
from schoollib_xl.ledgers.school import Layout
from schoollib_xl.ledgers.supporting.vocabulary import PaperKind
from schoollib_xl.wording.zh import say

# The names her sections of a summary may have besides those of 句式.
_ALSO: Mapping[str, SentenceSection] = {
    "正文": SentenceSection.OPENING,
    "主要工作": SentenceSection.RESULTS,
    "主要工作及成效": SentenceSection.RESULTS,
    "借阅情况": SentenceSection.CIRCULATION,
    "藏书": SentenceSection.HOLDINGS,
    "藏书情况": SentenceSection.HOLDINGS,
    "经费情况": SentenceSection.MONEY,
    "经费和账册": SentenceSection.MONEY,
    "读书活动情况": SentenceSection.READING,
    "问题": SentenceSection.PROBLEMS,
    "打算": SentenceSection.INTENTIONS,
}
# What she tells comes before what is counted in these; in the others the figures come first.
_HERS_FIRST = (SentenceSection.OPENING, SentenceSection.RESULTS, SentenceSection.CLOSING)
# What the short layout, which is to fit on one page and a little more, leaves to the workbook.
_NOT_IN_SHORT = (SentenceSection.CLASSES, SentenceSection.MONEY)


def section_called(name: str) -> SentenceSection | None:
    """The section of a summary her 章节 belongs to; None for one of her own."""
    if name in _ALSO:
        return _ALSO[name]
    return next((section for section in SentenceSection if section == name), None)


def term_summary(material: CheckedMaterial) -> Composed[TermSummary]:
    """The summary of the term; raises CannotCompose where the school has no name or the term has not begun."""
    if material.period and material.library.as_of < material.period.term.start:
        signed, start = say(material.library.as_of), say(material.period.term.start)
        raise CannotCompose(f"截止日期是{signed}，学期从{start}开始，还没有什么可以总结；截止日期改到学期里再试。")
    evidence = Evidence(material)
    paper = _paper(material, evidence)
    chapters = chapter_notes(material, {*_ALSO, *map(str, SentenceSection)})
    notes = (*evidence.left_out, *chapters, *summary_notes(material))
    name = f"图书室工作总结_{material.school_year.replace('—', '-')}{material.term_name}"
    return Composed(name, template_for("工作总结", material), paper, evidence.figures, notes)


def _paper(material: CheckedMaterial, evidence: Evidence) -> TermSummary:
    facts, is_plain = facts_of(material), material.library.school.layout is Layout.PLAIN
    text = _Text(material, Sentences(material, facts, evidence, _NOT_IN_SHORT if is_plain else ()))
    work = () if is_plain else (work_said(material, facts, evidence),)
    read = () if is_plain else (reading_said(material, evidence),)
    return TermSummary(
        school=material.school,
        school_year=evidence.show(facts["学年"]),
        term=material.term_name,
        signed_by=material.signed_by,
        signed_on=evidence.show(facts["落款日期"]),
        cut_off=evidence.show(facts["截止日期"]),
        opening=text.of(SentenceSection.OPENING),
        situation=text.of(SentenceSection.SITUATION),
        results=(
            *text.of(SentenceSection.RESULTS, more=work),
            *text.of(SentenceSection.READING, more=read),
            *text.others(),
        ),
        circulation=text.of(SentenceSection.CIRCULATION, SentenceSection.CLASSES, SentenceSection.OVERDUE),
        holdings=text.of(SentenceSection.HOLDINGS),
        keeping=text.of(SentenceSection.MONEY, SentenceSection.CHECKING, SentenceSection.STOCKTAKE),
        problems=(*missed_lines(material, evidence, is_short=is_plain), *text.of(SentenceSection.PROBLEMS)),
        intentions=text.of(SentenceSection.INTENTIONS),
        closing=text.of(SentenceSection.CLOSING),
        **({} if is_plain else _annexes(material, text, evidence)),
    )


def _annexes(material: CheckedMaterial, text: "_Text", evidence: Evidence) -> dict[str, Any]:
    """The tables and charts; the short layout has none."""
    money = money_lines(material, evidence)
    return {
        "targets": outcome_lines(material, evidence),
        "by_class": class_loans(material, evidence),
        "by_grade": grade_loans(material, evidence),
        "class_chart": class_chart(material),
        "month_chart": month_chart(material, evidence),
        "more_lending": text.of(SentenceSection.MORE_LENDING),
        "holdings_changes": holdings_changes(material, evidence),
        "holdings_chart": holdings_chart(material, evidence),
        "ledger_annex": "和".join(("经费收支", "账册核对") if money else ("账册核对",)),
        "money_lines": money,
        "ledgers": ledger_lines(material, evidence),
        "more_checking": _more_checking(material, text, evidence),
        "activities": activity_lines(material, evidence),
    }


def _more_checking(material: CheckedMaterial, text: "_Text", evidence: Evidence) -> tuple[PlanLine, ...]:
    own = text.of(SentenceSection.MORE_CHECKING)
    return (*own, *unchecked_lines(material, evidence), *explained_lines(material, evidence))


class _Text:
    """What 句式 and 计划文字 say, section by section."""

    def __init__(self, material: SourceMaterial, sentences: Sentences) -> None:
        self._sentences = sentences
        self._written = text_sections(material.library, PaperKind.SUMMARY, material.term_name)

    def of(self, *sections: SentenceSection, more: Sequence[str] = ()) -> tuple[PlanLine, ...]:
        """One paragraph of what some sections say of the figures and `more`, beside her own lines for them."""
        said = "".join([*map(self._sentences.paragraph, sections), *more])
        computed = [PlanLine(said)] if said else []
        hers = self._hers([section for section in self._written if section_called(section.name or "正文") in sections])
        return (*hers, *computed) if sections[0] in _HERS_FIRST else (*computed, *hers)

    def others(self) -> Iterator[PlanLine]:
        """Her own sections that a summary does not have: below 主要工作, each with its heading."""
        for section in self._written:
            if section_called(section.name or "正文") is None and (lines := self._hers([section])):
                yield PlanLine(section.name, SUBHEADING)
                yield from lines

    def _hers(self, sections: Sequence[TextSection]) -> list[PlanLine]:
        return [line for one in sections for line in row_lines(one, self._sentences, {}) if not one.is_omitted]
