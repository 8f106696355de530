"""The quick readers of one workbook: of its sheets, of one apart, of an excerpt; each reads the shared texts anew."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from functools import cached_property
from itertools import chain
from pathlib import Path

from schoollib_xl.sheets.opening.legend import Legend, Questions, SharedTexts
from schoollib_xl.sheets.opening.quick import Garbled, QuickBook
from schoollib_xl.sheets.opening.refusing import Unusable
from schoollib_xl.sheets.opening.repacked import beside_sheets, excerpt, repacked
from schoollib_xl.sheets.opening.zip_entry import ZipEntry, inflated

_TEXTS = "sharedstrings.xml"
_MAX_HELD = 256 << 20
"""Bytes of a workbook as it lies on the disk that may be held in memory; half a million copies take 81 MB."""


class QuickBooks:
    """Those of the workbook at `path`, for these of its sheets. Each raises Garbled where it cannot be opened. `spare`,
    with its name, is another sheet, in whose place stands what the legend asks.
    """

    def __init__(
        self,
        path: Path,
        parts: Mapping[str, ZipEntry],
        sheets: Collection[ZipEntry],
        spare: tuple[str, ZipEntry] | None,
    ) -> None:
        self._path, self._parts, self._sheets, self._spare = path, parts, frozenset(sheets), spare

    @cached_property
    def main(self) -> QuickBook:
        """The reader of all these sheets."""
        return self._repacked(self._sheets) or QuickBook(self._path)

    @cached_property
    def legend(self) -> Legend | None:
        """What the quick reader takes texts and styles for; None where it does not tell, or no sheet is spare. It has a
        reader of its own: after an edit of a small sheet nobody asks.
        """
        if self._spare is None:
            return None
        name, part = self._spare
        try:
            texts = SharedTexts.of(self._xml(_TEXTS))
            questions = Questions(self._xml("styles.xml").count(b"<xf "), texts)
            beside = {
                one: texts.xml if one.info.filename.lower().endswith(_TEXTS) else xml
                for one, xml in self._beside.items()
            }
            asked = QuickBook(excerpt(beside, part, questions.xml))
            return questions.answered(chain.from_iterable(asked.blocks(name)))
        except (Garbled, Unusable, LookupError, UnicodeDecodeError):
            return None

    def of_sheet(self, sheet: ZipEntry) -> QuickBook:
        """One more, for one sheet, be it one of these or not."""
        return self._repacked({sheet}) or QuickBook(self._path)

    def of_excerpt(self, sheet: ZipEntry, xml: list[bytes]) -> QuickBook:
        """A reader of a workbook that holds these pieces of XML in place of the sheet. Raises Unusable."""
        return QuickBook(excerpt(self._beside, sheet, xml))

    def _xml(self, name: str) -> bytes:
        """The part of this name beside the sheets, or nothing. Raises Unusable; LookupError where there are several."""
        found = [xml for part, xml in self._beside.items() if part.info.filename.lower().endswith(name)]
        if len(found) > 1:
            raise LookupError
        return b"".join(found)

    @cached_property
    def _beside(self) -> Mapping[ZipEntry, bytes]:
        return {part: b"".join(inflated(part)) for part in beside_sheets(self._parts)}

    def _repacked(self, sheets: Collection[ZipEntry]) -> QuickBook | None:
        beside = {*beside_sheets(self._parts)}
        needed = [part for part in self._parts.values() if part in sheets or part in beside]
        if sum(part.info.compress_size for part in needed) <= _MAX_HELD:
            with suppress(Unusable):  # of a sheet that nobody may ask for
                return QuickBook(repacked(needed, sheets))
        return None
