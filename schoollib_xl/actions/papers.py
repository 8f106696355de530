"""Write the papers of a workbook: the plan, the summary, the notices. `workbook` is where its own templates may lie."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.documents.composing.cover import inspection_cover
from schoollib_xl.documents.composing.lint.papers import paper_notes
from schoollib_xl.documents.composing.material import CannotCompose, CheckedMaterial, Composed, SourceMaterial
from schoollib_xl.documents.composing.notices import behind_notices, compensation_notices, notice_notes, overdue_notices
from schoollib_xl.documents.composing.plan import work_plan
from schoollib_xl.documents.composing.registers import register_notes, withdrawal_registers
from schoollib_xl.documents.composing.stocktake_report import stocktake_report
from schoollib_xl.documents.composing.summary import term_summary
from schoollib_xl.documents.composing.words.promised import compared_with
from schoollib_xl.documents.filling.blanks import content
from schoollib_xl.documents.filling.comments import annotate
from schoollib_xl.documents.filling.faults import TemplateFaults
from schoollib_xl.documents.filling.figure_marks import unmarked
from schoollib_xl.documents.filling.markup import W_P, own_text
from schoollib_xl.documents.filling.opening import open_template
from schoollib_xl.documents.filling.stories import find_template, unused_templates
from schoollib_xl.documents.pdf import NoPdf, pdf_copies
from schoollib_xl.documents.regeneration.deliver import deliver
from schoollib_xl.documents.regeneration.delivery import Delivery
from schoollib_xl.documents.regeneration.record import marked_papers, school_in_mark
from schoollib_xl.documents.regeneration.sources import Note, places_of
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.quotas.statement import statement
from schoollib_xl.refusals import folded
from schoollib_xl.saving import CannotWrite, make_folder
from schoollib_xl.sheets.reading.loading import Loaded
from schoollib_xl.wording.papers.papers_answer import unused_template
from schoollib_xl.wording.papers.provenance import line_of, provenance_answer, source_sentence

NOTICES_FOLDER = "通知单"


@dataclass(frozen=True)
class Papers:
    """Papers composed from a workbook and not yet written; `folder` is where they go below the output folder."""

    workbook: Path
    library: Library
    composed: tuple[Composed[Any], ...]
    notes: tuple[str, ...]
    folder: str = ""

    def place(self, output: Path) -> Path:
        """The folder they are laid in, for the output folder that was asked for."""
        return output / self.folder


@dataclass(frozen=True)
class WrittenPapers:
    """What was written: the files, sentences about them, and sentences about what could not be written."""

    files: tuple[Path, ...] = ()
    told: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


def plan(workbook: Path, loaded: Loaded, against: Path | None = None) -> Papers:
    """Compose 工作计划 and compare it with last year's: `against`, else the one that lies beside the workbook.

    Raises CannotCompose, also where `against` cannot be read.
    """
    material = SourceMaterial(loaded.library, statement(loaded.library), None)
    composed = work_plan(material)
    last = against or last_plan(workbook.resolve().parent, composed.name, material.school)
    texts = [unmarked(line.text) for line in composed.paper.body]
    notes = compared_with(material, texts, _texts(last), last.stem) if last else ()
    return _papers(workbook, loaded, [composed], (*composed.notes, *notes))


def last_plan(folder: Path, name: str, school: str) -> Path | None:
    """The school's plan for the same term of the year before that lies in a folder, whatever it is called; None for
    none.
    """
    year = re.search(r"(\d{4})-(\d{4})", name)
    if year is None:
        return None
    wanted = name.replace(year[0], f"{int(year[1]) - 1}-{int(year[2]) - 1}")
    return next((path for path, _ in reversed(list(marked_papers(folder, wanted, school_in_mark(school))))), None)


def lint(loaded: Loaded, paper: Path, against: Path | None = None) -> tuple[str, ...]:
    """What a finished plan says that the workbook, or last year's plan, does not. Raises CannotCompose where a paper
    cannot be read.
    """
    material, texts = SourceMaterial(loaded.library, statement(loaded.library), None), _texts(paper)
    notes = compared_with(material, texts, _texts(against), against.stem) if against else ()
    return (*paper_notes(material, texts), *notes)


def _texts(paper: Path) -> list[str]:
    """The paragraphs of a finished paper. Raises CannotCompose where it cannot be read."""
    try:
        document = open_template(paper)
    except TemplateFaults as error:
        missing = "" if paper.exists() else f"《{paper.name}》找不到，检查文件名和所在文件夹再试。"
        raise CannotCompose(missing or error.faults[0].message) from error
    return [own_text(block) for block in document.element.body.iter(W_P)]


def summary(workbook: Path, loaded: Loaded) -> Papers:
    """Compose 工作总结. Raises CannotCompose."""
    composed = term_summary(_checked(loaded.library))
    return _papers(workbook, loaded, [composed], composed.notes)


def notices(workbook: Path, loaded: Loaded) -> Papers:
    """Compose every notice and register there is something to say in. Raises CannotCompose."""
    material = _checked(loaded.library)
    notes = (*notice_notes(material), *register_notes(material))
    return _papers(workbook, loaded, _notices(material), notes, NOTICES_FOLDER)


def _papers(
    workbook: Path, loaded: Loaded, composed: Iterable[Composed[Any]], notes: Iterable[str], folder: str = ""
) -> Papers:
    """What a file format cannot tell comes after the other notes."""
    unused = (unused_template(*one) for one in unused_templates(workbook.resolve()).items())
    told = (*notes, *unused, *filter(None, [loaded.cannot_tell]))
    return Papers(workbook, loaded.library, tuple(composed), told, folder)


def _checked(library: Library) -> CheckedMaterial:
    return CheckedMaterial(library, statement(library), run(library, ALL.values()))


def _notices(material: CheckedMaterial) -> Iterator[Composed[Any]]:
    yield from overdue_notices(material)
    yield from behind_notices(material)
    yield from compensation_notices(material)
    if report := stocktake_report(material):
        yield report
    yield from withdrawal_registers(material)
    yield inspection_cover(material)


def write_papers(papers: Papers, folder: Path, *, pdf: bool = False, with_sources: bool = False) -> WrittenPapers:
    """Lay every paper in the folder, with its provenance beside it, and with a comment at every figure where asked
    for; one that cannot be written does not keep the others back.
    """
    target = papers.place(folder)
    written = _together(_written(papers, composed, target, with_sources) for composed in papers.composed)
    laid = [path for path in written.files if path.suffix == ".docx"]
    return _together([written, _as_pdf(laid)]) if pdf and laid else written


def _written(papers: Papers, composed: Composed[Any], folder: Path, with_sources: bool) -> WrittenPapers:
    template = find_template(composed.template, papers.workbook.resolve())
    as_of = papers.library.as_of
    try:
        make_folder(folder)
        names = papers.library.derive(_names)
        notes = _notes(composed, papers.library) if with_sources else ()
        delivery = deliver(template, content(composed.paper), folder, composed.name, as_of, names, notes)
    except TemplateFaults as found:
        told = [str(found), *_annotated(template, found, folder, as_of)]
        # One fault is one sentence of one line, with where it is marked; a list has a line of its own for that.
        return WrittenPapers(faults=(("\n" if len(found.faults) > 1 else "").join(told),))
    except CannotWrite as refusal:
        return WrittenPapers(faults=(str(refusal),))
    laid = WrittenPapers((delivery.path,), tuple(delivery.sentences()))
    return _together([laid, _provenance(papers, composed, delivery)])


def _notes(composed: Composed[Any], library: Library) -> list[Note]:
    """What is said at each figure: what it means and which rows it was counted from."""
    figures = enumerate(composed.figures)
    return [Note(source_sentence(library, figure), line_of(number)) for number, figure in figures]


def _names(library: Library) -> tuple[str, ...]:
    """The names and numbers of all readers: the record beside the papers must not hold them."""
    return tuple(text for row in library[ReaderRow] for text in (row.name, row.reader_no) if text)


def _provenance(papers: Papers, composed: Composed[Any], delivery: Delivery) -> WrittenPapers:
    from schoollib_xl.sheets.books.answer_book import write_answer_book

    paper = delivery.path
    target = paper.with_name(f"{paper.stem}_数据来源.xlsx")
    if not composed.figures:
        return WrittenPapers()
    if target.exists() and not delivery.written:
        return WrittenPapers((target,))
    try:
        library, standing = papers.library, places_of(open_template(paper), delivery.spots)
        answer = provenance_answer(paper.stem, composed.figures, library, standing)
        school = library.school.name or ""
        return WrittenPapers((write_answer_book(answer, target, school, workbook=papers.workbook),))
    except (CannotWrite, TemplateFaults) as refusal:
        return WrittenPapers(faults=(str(refusal),))


def _annotated(template: Path, found: TemplateFaults, folder: Path, as_of: date) -> Iterator[str]:
    """A copy of the template with each fault as a comment; none of a file that Word cannot open either."""
    if any(fault.part for fault in found.faults):
        try:
            laid = annotate(template, found, folder / f"{template.stem}_批注.docx", as_of)
        except CannotWrite as refusal:
            yield str(refusal)
        else:
            yield f"要改的地方在“{laid.name}”里加了批注。"


def _as_pdf(papers: Sequence[Path]) -> WrittenPapers:
    try:
        return WrittenPapers(tuple(pdf_copies(papers)))
    except (NoPdf, CannotWrite) as refusal:
        return WrittenPapers(told=(str(refusal),))


def _together(parts: Iterable[WrittenPapers]) -> WrittenPapers:
    listed = list(parts)
    return WrittenPapers(
        tuple(path for part in listed for path in part.files),
        tuple(text for part in listed for text in part.told),
        folded(text for part in listed for text in part.faults),
    )
