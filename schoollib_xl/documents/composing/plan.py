"""工作计划 of a term, composed from the workbook."""

from collections.abc import Iterator, Sequence

from schoollib_xl.documents.composing.evidence import Evidence
from schoollib_xl.documents.composing.facts.term import facts_of
from schoollib_xl.documents.composing.lint.papers import plan_notes
from schoollib_xl.documents.composing.material import Composed, SourceMaterial
from schoollib_xl.documents.composing.tables.month_calendar import calendar_weeks
from schoollib_xl.documents.composing.tables.targets import goals, target_lines
from schoollib_xl.documents.composing.tables.timetables import (
    month_items,
    month_lines,
    opening_lines,
    opening_sentences,
    turn_lines,
    turn_sentences,
)
from schoollib_xl.documents.composing.words.promised import hours_are_said
from schoollib_xl.documents.composing.words.sentences import Sentences, SentenceSection
from schoollib_xl.documents.composing.words.texts import (
    CLOSING,
    Blocks,
    TextSection,
    asks_for,
    row_lines,
    section_lines,
    text_sections,
)
from schoollib_xl.documents.filling.stylebook import HEADING, ITEM
from schoollib_xl.documents.papers.plan import PlanLine, WorkPlan
from schoollib_xl.ledgers.school import Layout
from schoollib_xl.ledgers.supporting.vocabulary import PaperKind

# The sections that come by themselves; one she writes herself takes the place of ours.
_GUIDELINE, _SITUATION, _GOALS = "指导思想", "基本情况", "工作目标"
_MONTHS, _TARGETS, _OPENINGS, _TURNS = "逐月工作安排", "任务指标", "开放时间", "借阅轮流"
_JOBS_BLOCK, _TURNS_BLOCK, _CALENDAR = "工作安排", "借阅轮流表", "月历"
_BLOCKS = (_JOBS_BLOCK, _TARGETS, _OPENINGS, _TURNS_BLOCK)


def work_plan(material: SourceMaterial) -> Composed[WorkPlan]:
    """The plan of the term; raises CannotCompose where the school has no name."""
    evidence, facts = Evidence(material), facts_of(material)
    sentences = Sentences(material, facts, evidence)
    written = text_sections(material.library, PaperKind.PLAN, material.term_name)
    own, is_plain = {section.name for section in written}, material.library.school.layout is Layout.PLAIN
    asked = {block for block in _BLOCKS if is_plain or asks_for(written, block)}
    paper = WorkPlan(
        school=material.school,
        school_year=evidence.show(facts["学年"]),
        term=material.term_name,
        body=tuple(_body(material, evidence, sentences, written)),
        signed_by=material.signed_by,
        signed_on=evidence.show(facts["落款日期"]),
        months=() if _JOBS_BLOCK in asked or _MONTHS in own else month_lines(material, evidence),
        calendar=calendar_weeks(material, evidence) if asks_for(written, _CALENDAR) else (),
        targets=() if _TARGETS in asked or own & {_TARGETS, _GOALS} else target_lines(material, evidence),
        openings=() if _OPENINGS in asked | own or hours_are_said(material) else opening_lines(material, evidence),
        turns=() if _TURNS_BLOCK in asked or _TURNS in own else turn_lines(material, evidence),
        closing=tuple(_closing(sentences, written)),
        cut_off=evidence.show(facts["截止日期"]),
    )
    notes = (*evidence.left_out, *plan_notes(material))
    name = f"图书室工作计划_{material.school_year.replace('—', '-')}{material.term_name}"
    return Composed(name, template_for("工作计划", material), paper, evidence.figures, notes)


def template_for(paper: str, material: SourceMaterial) -> str:
    """The template of a plan or summary in the layout 基本信息 asks for."""
    is_plain = material.library.school.layout is Layout.PLAIN
    return f"{paper}_简版.docx" if is_plain else f"{paper}.docx"


def _body(
    material: SourceMaterial, evidence: Evidence, sentences: Sentences, written: Sequence[TextSection]
) -> Iterator[PlanLine]:
    blocks: Blocks = {
        _JOBS_BLOCK: lambda: month_items(material, evidence),
        _TARGETS: lambda: goals(material, evidence),
        _OPENINGS: lambda: opening_sentences(material, evidence),
        _TURNS_BLOCK: lambda: turn_sentences(material, evidence),
        _CALENDAR: lambda: (),  # drawn as a table, which stands where the template has it
    }
    own, is_plain = {section.name for section in written}, material.library.school.layout is Layout.PLAIN
    with_goals = _with_goals(written) if is_plain else None
    before = None
    for part in _in_order(written):
        if isinstance(part, TextSection):
            lines = tuple(section_lines(part, sentences, blocks, before))
            yield from lines
            if part is with_goals:
                yield from goals(material, evidence, sum(line.style == ITEM for line in lines))
            before = part
        elif lines := _automatic(part, material, evidence, sentences):
            yield PlanLine(part, HEADING)
            yield from lines
    if is_plain and any(section.name for section in written):
        said = own | ({_OPENINGS} if hours_are_said(material) else set())
        yield from _as_text(blocks, said, written)


def _as_text(blocks: Blocks, own: set[str], written: Sequence[TextSection]) -> Iterator[PlanLine]:
    """What the short layout says in sentences and lists instead of tables."""
    for block, name in ((_JOBS_BLOCK, _MONTHS), (_OPENINGS, _OPENINGS), (_TURNS_BLOCK, _TURNS)):
        if name not in own and not asks_for(written, block) and (lines := blocks[block]()):
            yield PlanLine(name, HEADING)
            yield from lines


def _automatic(name: str, material: SourceMaterial, evidence: Evidence, sentences: Sentences) -> tuple[PlanLine, ...]:
    if name == _GOALS:
        is_plain = material.library.school.layout is Layout.PLAIN
        return goals(material, evidence) if is_plain else ()
    said = sentences.paragraph(SentenceSection.PLAN_SITUATION)
    return (PlanLine(said),) if said else ()


def _in_order(written: Sequence[TextSection]) -> list[TextSection | str]:
    """Her sections, and where she has none of these names 基本情况 and 工作目标 after 指导思想; without that before
    her first heading. A plan she writes without any heading gets none.
    """
    shown = [section for section in written if not section.is_omitted and section.name != CLOSING]
    own = {section.name for section in written}
    names = [section.name for section in shown]
    if shown and not any(names):
        return list(shown)
    # 指导思想与目标 is her guideline as well.
    guidelines = [place for place, name in enumerate(names, 1) if name.startswith(_GUIDELINE)]
    at = guidelines[-1] if guidelines else next((place for place, name in enumerate(names) if name), 0)
    ours = (_SITUATION,) if _with_goals(written) or asks_for(written, _TARGETS) else (_SITUATION, _GOALS)
    return [*shown[:at], *(name for name in ours if name not in own), *shown[at:]]


def _with_goals(written: Sequence[TextSection]) -> TextSection | None:
    """Her section that names the goals beside something else, 指导思想与目标, below which ours then stand; None where
    she asks for them by their block, or 工作目标 is hers.
    """
    if asks_for(written, _TARGETS) or any(section.name == _GOALS for section in written):
        return None
    named = (one for one in reversed(written) if _GOALS[-2:] in one.name and not one.is_omitted)
    return next(named, None)


def _closing(sentences: Sentences, written: Sequence[TextSection]) -> Iterator[PlanLine]:
    for section in written:
        if section.name == CLOSING and not section.is_omitted:
            yield from row_lines(section, sentences, {})
