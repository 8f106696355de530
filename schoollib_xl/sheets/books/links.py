"""Links from the results to the cells of her workbook."""

import os
import re
from pathlib import Path

from schoollib_xl.sheets.layout import quoted
from schoollib_xl.wording.findings import Address

# What may not stand plain in the target of a link; Chinese characters may.
_ESCAPED = re.compile(r'[%# "<>\[\]^`{}]')
_BYTE = re.compile("[\udc80-\udcff]")


class Links:
    """Links from a file at `target` to cells of `workbook`, relative to each other where they share a drive,
    so that both can be carried elsewhere together.
    """

    def __init__(self, workbook: Path, target: Path) -> None:
        home, there = target.resolve().parent, workbook.resolve()
        place = os.path.relpath(there, home) if there.drive == home.drive else str(there)
        escaped = _ESCAPED.sub(lambda match: f"%{ord(match[0]):02X}", place)
        # A byte that is no text of the system's encoding (PEP 383).
        self._file = _BYTE.sub(lambda match: f"%{ord(match[0]) - 0xDC00:02X}", escaped)

    def to(self, address: Address) -> str:
        """The link to a cell, as XlsxWriter takes it."""
        return f"external:{self._file}#{quoted(address.sheet)}!{address.a1}"
