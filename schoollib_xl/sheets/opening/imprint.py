"""What the sheets of an .xlsx file are made from, so that a later copy of it can say which hold the same."""

import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from schoollib_xl.sheets.opening.markup import at_cell_ends
from schoollib_xl.sheets.opening.package import elements
from schoollib_xl.sheets.opening.zip_entry import DEFLATED, PackedPart, ZipEntry, inflated, packed

_STRINGS = "sharedstrings.xml"
_WORKBOOK = "xl/workbook.xml"
# Parts no value of a cell depends on, by how their names begin. Of any other part every byte counts.
_ASIDE = (
    *("docprops/", "customxml/", "customui/", "xl/theme/", "xl/drawings/", "xl/charts/", "xl/media/", "xl/ctrlprops/"),
    *(
        "xl/comments",
        "xl/threadedcomments/",
        "xl/persons/",
        "xl/tables/",
        "xl/printersettings/",
        "xl/worksheets/_rels/",
    ),
    *("xl/pivotcache/", "xl/pivottables/", "xl/externallinks/", "xl/vbaproject.bin", "xl/calcchain.xml"),
)
_BY_ROWS_FROM = 1 << 20
"""Bytes of a sheet's XML from which it is worth to compare its rows; less is read in some 20 ms."""
# A cell with a shared string as every office program writes it, and its mark however it is written.
_SHARED_STRING = re.compile(rb't="s"><v>([0-9]+)</v></c>')
_SHARED_MARK = re.compile(rb"""\bt\s*=\s*["']s["']""")
_END_OF_STRING = re.compile(rb"</si>|<si\s*/>")


class SharedStrings(NamedTuple):
    """The table of shared strings as it lies in the zip; empty where the workbook has none."""

    packed: bytes
    is_deflated: bool

    @classmethod
    def of(cls, part: ZipEntry | None) -> "SharedStrings":
        """The table in this part."""
        return cls(b"".join(packed(part)), part.info.compress_type == DEFLATED) if part else cls(b"", False)

    def changed_since(self, before: "SharedStrings") -> frozenset[int] | None:
        """The numbers of the strings of an earlier table that are others here, or gone; new ones at the end change
        no sheet. None where the tables cannot be told apart string by string.
        """
        if self == before:
            return frozenset()
        mine, theirs = self._strings(), before._strings()
        if mine is None or theirs is None:
            return None
        pairs = zip_longest(theirs, mine[: len(theirs)])
        return frozenset(number for number, (old, new) in enumerate(pairs) if old != new)

    def _strings(self) -> Sequence[bytes] | None:
        """Each string with its markup; None where comments or the like could hide an end."""
        xml = zlib.decompress(self.packed, -zlib.MAX_WBITS) if self.is_deflated else self.packed
        is_plain = b"<!" not in xml and xml.count(b"<?") <= 1 and not re.search(rb"<[\w.-]+:si\b", xml)
        # What stands before the first string is the table's head, which counts the strings.
        return _END_OF_STRING.split(xml[max(0, xml.find(b"<si")) :])[:-1] if is_plain else None


class Since(NamedTuple):
    """The sheets that hold exactly what they held in an earlier copy of a workbook; and of others what their part was
    there, the rows of which mean the same as long as they are the same.
    """

    unchanged: frozenset[str]
    former: Mapping[str, PackedPart]


@dataclass(frozen=True)
class Imprint:
    """What the values of a workbook's sheets are made from: what all of them share, and each sheet's own part."""

    shared: bytes
    strings: SharedStrings
    sheets: Mapping[str, tuple[ZipEntry, bytes]]
    # Of the large sheets the part itself, to be compared row by row.
    parts: Mapping[str, PackedPart]

    def since(self, before: "Imprint") -> Since:
        """What became of the sheets of an earlier copy of the workbook. Raises Unusable.

        A sheet's part may be the same byte for byte and yet say something else: it names its texts by their number
        in the table of shared strings, and LibreOffice numbers them anew each time.
        """
        if self.shared != before.shared:
            return Since(frozenset(), {})
        changed = self.strings.changed_since(before.strings)
        same = {name for name, (_, mark) in self.sheets.items() if before.sheets.get(name, (None, None))[1] == mark}
        large = self.parts.keys() & before.parts.keys()
        alike = {name for name in same | large if self._is_free_of(name, changed)}
        return Since(frozenset(alike & same), {name: before.parts[name] for name in alike - same})

    def _is_free_of(self, sheet: str, changed: frozenset[int] | None) -> bool:
        """Whether the sheet uses none of the changed strings (None: none at all)."""
        if changed is not None and not changed:
            return True
        part, _ = self.sheets[sheet]
        used = _strings_used(part.path, inflated(part))
        return used is not None and (not used if changed is None else used.isdisjoint(changed))


def imprint(path: Path, parts: Mapping[str, ZipEntry], sheets: Mapping[str, ZipEntry], returns: bool) -> Imprint:
    """The imprint of a vetted workbook; `returns` is whether `vet_index` found escaped carriage returns."""
    tables = [name for name in parts if name.endswith(_STRINGS)]
    strings = parts[tables[0]] if len(tables) == 1 else None
    own = {*sheets.values(), strings}
    shared = blake2b(repr((returns, _properties(path, parts))).encode())
    for name, part in sorted(parts.items()):
        if part not in own and name != _WORKBOOK and not name.startswith(_ASIDE):
            shared.update(repr((name, _mark(part))).encode())
    return Imprint(
        shared.digest(),
        SharedStrings.of(strings),
        {name: (part, _mark(part)) for name, part in sheets.items()},
        {name: PackedPart.of(part) for name, part in sheets.items() if part.size >= _BY_ROWS_FROM},
    )


def _properties(path: Path, parts: Mapping[str, ZipEntry]) -> list[list[tuple[str, str]]]:
    """What the workbook part says of all its sheets: from which year its dates are counted. The rest of it changes
    with every look at another sheet.
    """
    found = elements(path, parts[_WORKBOOK]) if _WORKBOOK in parts else []
    return [sorted(element.attributes.items()) for element in found if element.name == "workbookPr"]


def _mark(part: ZipEntry) -> bytes:
    """What differs where the part's content does: the bytes as they lie in the zip. The zip's own sum is not
    trusted, for a file may state a wrong one.
    """
    mark = blake2b(repr((part.info.compress_type, part.size)).encode())
    for piece in packed(part):
        mark.update(piece)
    return mark.digest()


def _strings_used(path: Path, pieces: Iterable[bytes]) -> frozenset[int] | None:
    """The numbers of the shared strings a worksheet's cells name; None where a cell names one in another way than
    every office program writes it. Raises Unusable.
    """
    used: set[bytes] = set()
    for _, piece in at_cell_ends(path, pieces):
        found = _SHARED_STRING.findall(piece)
        if len(found) != len(_SHARED_MARK.findall(piece)):
            return None
        used.update(found)
    return frozenset(map(int, used))
