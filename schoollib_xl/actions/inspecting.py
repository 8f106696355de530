"""Before the inspection: marks from the books, a sample to look at, what a filled sheet says, the papers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

from schoollib_xl.actions.filing import file_answer
from schoollib_xl.actions.papers import Papers, WrittenPapers, write_papers
from schoollib_xl.actions.sampling import record, recorded
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.documents.composing.assessment import review_report, self_assessment
from schoollib_xl.documents.composing.confirmed import unconfirmed, unconfirmed_notes
from schoollib_xl.documents.composing.lint.papers import heading_notes
from schoollib_xl.documents.composing.material import CannotCompose, CheckedMaterial, Composed
from schoollib_xl.inspection.answers import SampleOutcome, SampleSheet, outcome
from schoollib_xl.inspection.figures import Books
from schoollib_xl.inspection.journal import DrawnSample, sample_of
from schoollib_xl.inspection.marking import Form, MarkedItem, Score, UnknownForm, form_of, score, shipped_forms
from schoollib_xl.inspection.sample import DEFAULT_COPIES, DEFAULT_SEED, Sample, draw
from schoollib_xl.intake.sample_answers import SampleAnswers, read_answers
from schoollib_xl.ledgers.library import Library
from schoollib_xl.quotas.promises import promises
from schoollib_xl.quotas.statement import statement
from schoollib_xl.refusals import folded
from schoollib_xl.rules.target_names import FIGURE_NAMES, INSPECTION_NAMES, TARGET_NAMES
from schoollib_xl.saving import CannotWrite
from schoollib_xl.sheets.opening.refusing import Unusable
from schoollib_xl.sheets.reading.loading import Loaded
from schoollib_xl.wording.answer import Answer
from schoollib_xl.wording.inspection.inspection_answer import assessment_answer, evidence_answer
from schoollib_xl.wording.inspection.sample_sheet import sample_answer
from schoollib_xl.wording.quotas.verdicts import plain
from schoollib_xl.wording.zh import NO_NUMBERS, listed


@dataclass(frozen=True)
class Inspected:
    """Everything an inspection would ask: the form and its marks, the sample, what a filled sheet said, and a sentence
    on each thing that could not be used.
    """

    workbook: Path
    material: CheckedMaterial
    form: Form
    score: Score
    sample: Sample
    outcome: SampleOutcome | None
    notes: tuple[str, ...]

    @property
    def library(self) -> Library:
        return self.material.library

    @property
    def needs_attention(self) -> bool:
        """Whether something fails the form, was found amiss or not looked at, or could not be used."""
        found = self.outcome
        is_amiss = found is not None and not (found.is_clean and found.is_complete)
        # To look at all there is, where more was asked for, is nothing amiss.
        said = set(_sample_notes(self.library, self.sample)) if self.sample.population else set[str]()
        return bool(set(self.notes) - said or self.score.vetoed or is_amiss)

    @cached_property
    def answer(self) -> Answer:
        """What is said on the screen and written into 自评表.xlsx."""
        return assessment_answer(self.library, self.form, self.score, self.sample, self.outcome, self.notes)


def inspect(
    workbook: Path, loaded: Loaded, copies: int | None, seed: int | None, answers: Path | None, form: str | None
) -> Inspected:
    """Mark the form, draw the sample, judge a filled sheet.

    Raises Unusable for a sheet of answers that is none, and for a form nobody knows.
    """
    library = loaded.library
    material = CheckedMaterial(library, statement(library), run(library, ALL.values()))
    promised = promises(library, material.quotas)
    books = Books(library, material.quotas, material.report, promised, unconfirmed(material))
    chosen = _form(library, form)
    marks = score(chosen.rows, books)
    given = read_answers(answers) if answers else None
    sheet = given.sheet if given else None
    sample = _sample(library, copies, seed, sheet, _known(library, workbook, answers, given))
    judged = outcome(sheet, sample, library) if sheet and sheet.is_of(sample) else None
    placeholders = unconfirmed_notes(material, "没有拿来算分")
    said = (*heading_notes(material), *_form_notes(marks))
    notes = (*said, *placeholders, *_sample_notes(library, sample), *_sheet_notes(sheet, judged, answers))
    return Inspected(workbook, material, chosen, marks, sample, judged, tuple(notes))


def _form(library: Library, name: str | None) -> Form:
    try:
        return form_of(library, name)
    except UnknownForm as unknown:
        names = listed([form.name for form in shipped_forms()])
        raise Unusable(f"没有“{unknown.name}”这张评估表，自带的有：{names}。") from unknown


def _known(library: Library, workbook: Path, answers: Path | None, given: SampleAnswers | None) -> list[DrawnSample]:
    """The samples that were drawn before, those the answers themselves say first."""
    folders = dict.fromkeys((answers.parent, workbook.parent)) if answers else ()
    printed = [one.drawn for folder in folders for one in reversed(recorded(folder, library))]
    return [given.drawn, *printed] if given and given.drawn else printed


def _sample(
    library: Library, copies: int | None, seed: int | None, sheet: SampleSheet | None, known: Sequence[DrawnSample]
) -> Sample:
    """The sample asked for; without a size and a seed, the one a filled sheet says it is of. Where the books have
    changed since it was drawn, it is found among the known ones.
    """
    size = copies if copies is not None else (sheet and sheet.asked) or DEFAULT_COPIES
    start = seed if seed is not None else (sheet.seed if sheet and sheet.seed is not None else DEFAULT_SEED)
    fresh = draw(library, size, start)
    if sheet is None or sheet.is_of(fresh):
        return fresh
    meant = [sample for sample in known if sample.seed == start and size in (sample.asked, len(sample.copies))]
    before = filter(None, (sample_of(sample, library) for sample in meant))
    return next((sample for sample in before if sheet.is_of(sample)), fresh)


def _form_notes(marks: Score) -> Iterator[str]:
    for item in marks.items:
        yield from _item_notes(item)


def _item_notes(item: MarkedItem) -> Iterator[str]:
    row = item.row
    if row.figure and item.known is None:
        near = get_close_matches(row.figure, (*TARGET_NAMES, *FIGURE_NAMES, *INSPECTION_NAMES), 1, 0.5)
        hint = f"，可能是“{near[0]}”" if near else ""
        yield f"条目 {row.item} 的取数“{row.figure}”认不出{hint}，这一条没有算。"
    elif item.known and item.standard is None and not item.is_by_hand:
        yield f"条目 {row.item} 有取数，没有标准值，这一条没有算。"
    if row.own_mark is not None and row.own_mark > row.full:
        yield f"条目 {row.item} 的自评分 {plain(row.own_mark)} 高过满分 {plain(row.full)}，照满分算。"
    if row.own_mark is not None and row.own_mark < 0:
        yield f"条目 {row.item} 的自评分 {plain(row.own_mark)} 比 0 小，照 0 分算。"


def _sample_notes(library: Library, sample: Sample) -> Iterator[str]:
    if not sample.population and not library.known_copies:
        yield f"{NO_NUMBERS}，没有可抽的。"
    elif not sample.population:
        yield "照账上，架上一册书也没有，没有可抽的。"
    elif sample.is_whole:
        yield f"要抽 {sample.asked} 册，应在架的只有 {sample.population} 册，全部列出。"


def _sheet_notes(sheet: SampleSheet | None, judged: SampleOutcome | None, answers: Path | None) -> Iterator[str]:
    if sheet and judged is None and answers:
        yield f"《{answers.name}》不是这一次抽的（册号或批号不一样），没有算；用同样的账、册数和抽签号再抽一次。"


def write_inspection(found: Inspected, folder: Path, *, with_sources: bool) -> WrittenPapers:
    """Write 自评表, 佐证材料目录, 抽查表 where none came back filled, and the papers; one that cannot be written does
    not keep the others back.
    """
    library = found.library
    answers = [found.answer, evidence_answer(library, found.score)]
    if found.outcome is None:
        answers.append(sample_answer(found.sample, library.as_of))
    files: list[Path] = []
    faults: list[str] = []
    for answer in answers:
        try:
            files.append(file_answer(answer, library.school, folder))
        except CannotWrite as refusal:
            faults.append(str(refusal))
    try:
        record(folder, library, found.sample, found.outcome)
    except CannotWrite as refusal:
        faults.append(str(refusal))
    try:
        written = write_papers(_papers(found), folder, with_sources=with_sources)
    except CannotCompose as refusal:
        return WrittenPapers(tuple(files), (), (*faults, str(refusal)))
    return WrittenPapers((*files, *written.files), written.told, folded((*faults, *written.faults)))


def _papers(found: Inspected) -> Papers:
    material = found.material
    report = self_assessment(material, found.form, found.score, found.sample, found.outcome)
    reviews = review_report(material)
    composed: tuple[Composed[Any], ...] = (report, reviews) if reviews else (report,)
    return Papers(found.workbook, found.library, composed, ())
