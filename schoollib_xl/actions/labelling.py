"""Print labels and cards of a workbook, and remember what is on the labels that are out."""

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path

from schoollib_xl.labels.contents import Label, LabelContents, Wanted, contents
from schoollib_xl.labels.drawing import Labelled, draw
from schoollib_xl.labels.kinds import LabelKind
from schoollib_xl.labels.printed import printed_before, remember
from schoollib_xl.labels.sheet import UnknownSheet, sheet_for, sheets
from schoollib_xl.ledgers.library import Library
from schoollib_xl.saving import write


def make_labels(
    library: Library, workbook: Path, folder: Path, wanted: Wanted, sheet: str | None, skip: int, *, only_new: bool
) -> Labelled:
    """Draw what is wanted. `only_new` leaves out what is printed already as it would be now; the record of that lies
    in the output folder.

    Raises NothingToPrint, UnknownSheet.
    """
    offered = sheets(workbook.resolve().parent)
    paper = sheet_for(wanted.kind, sheet, offered)
    if skip >= paper.places:
        raise UnknownSheet(f"“{paper.name}”一张只有 {paper.places} 个标签，用掉的个数（--skip）要比它小。")
    printed = printed_before(folder, library.school.name or "", wanted.kind)
    asked = contents(library, wanted)
    known = 0
    if only_new:
        fresh = [label for label in asked.labels if printed.get(label.number) != _said(library, wanted.kind, label)]
        known = len(asked.labels) - len(fresh)
        asked = asked._replace(labels=tuple(fresh))
    drawn = draw(asked.labels, paper, wanted.kind, skip)
    outdated = tuple(_outdated(library, wanted.kind, asked, printed))
    faults = tuple(offered.faults.values())
    return Labelled(wanted, paper, asked.labels, asked.missing, drawn, outdated, faults, known)


def _said(library: Library, kind: LabelKind, label: Label) -> str:
    """What the record keeps of a label: the call number on a spine, of all others no more than whether it is the
    same, since a card bears a name.
    """
    if kind is LabelKind.SPINE:
        return library.copies[label.number].call_number
    return blake2b("\n".join((*label.lines, label.code)).encode(), digest_size=8).hexdigest()


def _outdated(library: Library, kind: LabelKind, asked: LabelContents, printed: Mapping[str, str]) -> Iterable[str]:
    """What is out with other words than the ledger has, and is not printed now."""
    now = {label.number for label in asked.labels}
    ought = contents(library, Wanted(kind)).labels
    for label in ought:
        said = printed.get(label.number)
        if said is not None and label.number not in now and said != _said(library, kind, label):
            yield label.number


def write_labels(labelled: Labelled, library: Library, folder: Path) -> Path:
    """Write the PDF into the folder, and the record of what is on the labels that are out now; where the PDF went.

    Raises CannotWrite.
    """
    kind = labelled.wanted.kind
    written = write(folder / f"{kind.value}.pdf", labelled.drawn.pdf)
    left_out = {remark.number for remark in labelled.drawn.left_out}
    printed = {label.number: _said(library, kind, label) for label in labelled.labels if label.number not in left_out}
    remember(folder, library.school.name or "", kind, printed)
    return written
