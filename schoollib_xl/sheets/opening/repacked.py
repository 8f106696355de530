"""A workbook put into a zip of its own, through each of whose sheets the quick reader goes once instead of twice."""

import struct
from collections.abc import Collection, Container

from schoollib_xl.sheets.opening.zip_entry import DEFLATED, ZipEntry, packed
from schoollib_xl.sheets.opening.zip_written import ZipPart, zip_of

# Merged cells are listed behind all rows, and python-calamine goes through the whole sheet a second time to find them;
# it looks no further than the first list. This one says that there are none: `markup.scan` finds hers. The attribute is
# there so that the CRC-32 of these bytes is 0, and that of whatever follows them stays as it is.
NO_MERGES = b'<mergeCells f="blfkcgbj"></mergeCells>'
# The same as a block of a deflated stream that holds its bytes as they are, and is not the last (RFC 1951, 3.2.4).
_NO_MERGES_DEFLATED = struct.pack("<BHH", 0, len(NO_MERGES), len(NO_MERGES) ^ 0xFFFF) + NO_MERGES


def repacked(parts: Collection[ZipEntry], sheets: Container[ZipEntry]) -> bytes:
    """A zip of these parts as they lie in hers, nothing inflated; each of the sheets says first that nothing is merged.

    Raises Unusable where the data of a part is not there.
    """
    return zip_of(_part(part, part in sheets) for part in parts)


def _part(part: ZipEntry, is_sheet: bool) -> ZipPart:
    is_deflated = part.info.compress_type == DEFLATED
    before = (_NO_MERGES_DEFLATED if is_deflated else NO_MERGES) if is_sheet else b""
    size = part.size + (len(NO_MERGES) if is_sheet else 0)
    return ZipPart(part.info.filename, part.info.compress_type, part.info.CRC, size, [before, *packed(part)])
