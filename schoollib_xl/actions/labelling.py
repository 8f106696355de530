"""Print labels and cards of a workbook, and remember which call numbers are on the books."""

import json
from collections.abc import Iterable
from pathlib import Path

from schoollib_xl.labels.contents import Contents, Wanted, call_number, contents
from schoollib_xl.labels.drawing import Labelled, draw
from schoollib_xl.labels.kinds import LabelKind
from schoollib_xl.labels.sheet import sheet_for
from schoollib_xl.ledgers.library import Library
from schoollib_xl.saving import ours, write

RECORD_NAME = "书标记录.json"


def make_labels(
    library: Library, workbook: Path, folder: Path, wanted: Wanted, sheet: str | None, skip: int, *, only_new: bool
) -> Labelled:
    """Draw what is wanted. `only_new` leaves out the books whose label, as it would be now, is printed already; the
    record of that lies in the output folder.

    Raises NothingToPrint, UnknownSheet.
    """
    paper = sheet_for(wanted.kind, sheet, workbook.resolve().parent)
    printed = _printed(folder)
    asked = contents(library, wanted)
    if only_new and wanted.kind is LabelKind.SPINE:
        asked = _new_ones(library, asked, printed)
    drawn = draw(asked.labels, paper, wanted.kind, skip)
    return Labelled(wanted, paper, asked.labels, asked.missing, drawn, tuple(_outdated(library, asked, printed)))


def _new_ones(library: Library, asked: Contents, printed: dict[str, str]) -> Contents:
    fresh = [one for one in asked.labels if printed.get(one.number) != _call_number(library, one.number)]
    return asked._replace(labels=tuple(fresh))


def _outdated(library: Library, asked: Contents, printed: dict[str, str]) -> Iterable[str]:
    """Books that carry another call number than the ledger has, and whose label is not printed now."""
    now = {label.number for label in asked.labels}
    for number, said in printed.items():
        copy = library.copies.get(number)
        if copy and number not in now and library.written_off(copy) is None and call_number(copy) != said:
            yield number


def _call_number(library: Library, number: str) -> str:
    return call_number(library.copies[number])


def write_labels(labelled: Labelled, library: Library, folder: Path) -> Path:
    """Write the PDF into the folder, and the record of the call numbers that are on books now; where the PDF went.

    Raises CannotWrite.
    """
    written = write(folder / f"{labelled.wanted.kind.value}.pdf", labelled.drawn.pdf)
    if labelled.wanted.kind is LabelKind.SPINE:
        printed = _printed(folder)
        printed |= {label.number: _call_number(library, label.number) for label in labelled.labels}
        record = {"printed": dict(sorted(printed.items()))}
        write(folder / RECORD_NAME, json.dumps(record, ensure_ascii=False, indent=1).encode())
    return written


def _printed(folder: Path) -> dict[str, str]:
    """The call number printed last for each 个别登记号; nothing where no record of ours is there."""
    found = ours(folder / RECORD_NAME)
    if found is None:
        return {}
    printed: dict[str, str] = json.loads(found.read_text("utf-8"))["printed"]
    return printed
