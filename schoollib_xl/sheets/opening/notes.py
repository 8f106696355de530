"""Notes on the cells of a workbook: nothing of ours reads them, so that there are some is told."""

import re
from pathlib import Path
from zipfile import ZipFile

from schoollib_xl.packages import DAMAGE

# Of a comment in a thread there is a note as well.
_NOTES = "xl/comments"
_NOTE = re.compile(rb"<(?:\w+:)?comment\s")
_MOST_BYTES = 1 << 24


def count_notes(path: Path) -> int:
    """How many notes an .xlsx file has on its cells; none where it is another file."""
    try:
        with ZipFile(path) as package:
            parts = [part for part in package.infolist() if part.filename.lower().startswith(_NOTES)]
            return sum(len(_NOTE.findall(package.read(part))) for part in parts if part.file_size <= _MOST_BYTES)
    except DAMAGE:
        return 0
