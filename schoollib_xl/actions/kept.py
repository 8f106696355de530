"""What this program keeps beside a workbook: for the checks, and what of the desk is not in the ledgers yet."""

from collections.abc import Iterator
from pathlib import Path

from schoollib_xl.labels.kinds import LabelKind
from schoollib_xl.labels.printed import printed_before
from schoollib_xl.ledgers.kept import DESK_JOURNAL, PRINTED_SAMPLES, SAMPLE_JOURNAL, Kept, KeptSample, lies_in
from schoollib_xl.ledgers.library import Library
from schoollib_xl.saving import CannotWrite
from schoollib_xl.sheets.reading.loading import Loaded


def with_kept(loaded: Loaded, workbook: Path) -> Loaded:
    """The books with the records that lie beside the workbook."""
    library, workbook = loaded.library, workbook.resolve()
    folder = workbook.parent
    printed = printed_before(folder, library.school.name or "", LabelKind.SPINE)
    is_sampled = any(folder.glob(PRINTED_SAMPLES)) or lies_in(folder, SAMPLE_JOURNAL)
    samples = tuple(_samples(library, workbook)) if is_sampled else ()
    return loaded._replace(library=library.keeping(Kept(printed, samples))) if printed or samples else loaded


def telling_of_desk(loaded: Loaded, workbook: Path) -> Loaded:
    """The books, and that lines of the desk are not in them: who brought his copy back there is reminded of it else."""
    said = _left_at_desk(loaded.library, workbook.resolve())
    return loaded._replace(cannot_tell="\n".join(filter(None, (loaded.cannot_tell, said))))


def _left_at_desk(library: Library, workbook: Path) -> str:
    if not lies_in(workbook.parent, DESK_JOURNAL):
        return ""
    # What reads it takes longer to import than a small workbook to check.
    from schoollib_xl.actions.desk import DeskBook
    from schoollib_xl.wording.desk.desk_journal import not_counted, not_read, stray_sentences

    desk = DeskBook(workbook)
    own, strays = desk.journal.path.name, desk.strays()
    try:
        found = desk.to_copy(library)
    except CannotWrite:
        return not_read(own)
    told = [not_counted(own, len(found.waiting), len(found.misfits) + len(found.lost))]
    # One of another workbook that went has lines that fit nowhere in these books.
    told += stray_sentences([name for name in strays if desk.waits_in(name, library)], own)
    return "\n".join(filter(None, told))


def _samples(library: Library, workbook: Path) -> Iterator[KeptSample]:
    """The sample on paper and the one on the page, each the last of its kind."""
    # What reads them takes longer to import than a small workbook to check.
    from schoollib_xl.actions.sampling import SampleBook, recorded

    for one in recorded(workbook.parent, library)[-1:]:
        yield KeptSample(one.drawn.drawn_on, len(one.drawn.copies), one.unanswered)
    try:
        found = SampleBook(workbook).samples()[-1:]
    except CannotWrite:  # a file of hers of that name is no sample
        return
    for sample in found:
        open_ones = tuple(number for number, said in sample.sheet.found.items() if not said)
        yield KeptSample(sample.drawn.drawn_on, len(sample.drawn.copies), open_ones)
