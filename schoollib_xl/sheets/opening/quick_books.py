"""The quick readers of one workbook: of its sheets, of one apart, of an excerpt; each reads the shared texts anew."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from schoollib_xl.sheets.opening.quick import QuickBook
from schoollib_xl.sheets.opening.refusing import Unusable
from schoollib_xl.sheets.opening.repacked import beside_sheets, excerpt, repacked
from schoollib_xl.sheets.opening.zip_entry import ZipEntry, inflated

_MAX_HELD = 256 << 20
"""Bytes of a workbook as it lies on the disk that may be held in memory; half a million copies take 81 MB."""


class QuickBooks:
    """Those of the workbook at `path`, for these of its sheets. Each raises Garbled where it cannot be opened."""

    def __init__(self, path: Path, parts: Mapping[str, ZipEntry], sheets: Collection[ZipEntry]) -> None:
        self._path, self._parts, self._sheets = path, parts, frozenset(sheets)

    @cached_property
    def main(self) -> QuickBook:
        """The reader of all these sheets."""
        return self._opened(self._sheets)

    def of_sheet(self, sheet: ZipEntry) -> QuickBook:
        """One more, for one sheet, be it one of these or not."""
        return self._opened({sheet})

    def of_excerpt(self, sheet: ZipEntry, xml: list[bytes]) -> QuickBook:
        """A reader of a workbook that holds these pieces of XML in place of the sheet. Raises Unusable."""
        return QuickBook(excerpt(self._beside, sheet, xml))

    def count(self, part: str, *tags: bytes) -> int:
        """How often one of these tags stands in a part beside the sheets. Raises Unusable."""
        held = [xml for entry, xml in self._beside.items() if entry.info.filename.lower().endswith(part)]
        return sum(xml.count(tag) for xml in held for tag in tags)

    @cached_property
    def _beside(self) -> Mapping[ZipEntry, bytes]:
        return {part: b"".join(inflated(part)) for part in beside_sheets(self._parts)}

    def _opened(self, sheets: Collection[ZipEntry]) -> QuickBook:
        beside = {*beside_sheets(self._parts)}
        needed = [part for part in self._parts.values() if part in sheets or part in beside]
        if sum(part.info.compress_size for part in needed) <= _MAX_HELD:
            with suppress(Unusable):  # of a sheet that nobody may ask for
                return QuickBook(repacked(needed, sheets))
        return QuickBook(self._path)
