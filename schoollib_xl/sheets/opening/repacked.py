"""A workbook put into a zip of its own, through each of whose sheets the quick reader goes once instead of twice."""

import struct
from collections.abc import Collection, Container
from io import BytesIO

from schoollib_xl.sheets.opening.zip_entry import DEFLATED, ZipEntry, packed

# Merged cells are listed behind all rows, and python-calamine goes through the whole sheet a second time to find them;
# it looks no further than the first list. This one says that there are none: `markup.scan` finds hers. The attribute is
# there so that the CRC-32 of these bytes is 0, and that of whatever follows them stays as it is.
NO_MERGES = b'<mergeCells f="blfkcgbj"></mergeCells>'
# The same as a block of a deflated stream that holds its bytes as they are, and is not the last (RFC 1951, 3.2.4).
_NO_MERGES_DEFLATED = struct.pack("<BHH", 0, len(NO_MERGES), len(NO_MERGES) ^ 0xFFFF) + NO_MERGES
# Headers of a zip (APPNOTE.TXT 4.3.7, 4.3.12, 4.3.16): of a part, of a part in the directory, of the directory's end.
_PART, _IN_DIRECTORY, _END = struct.Struct("<4s5H3I2H"), struct.Struct("<4s6H3I5H2I"), struct.Struct("<4s4H2IH")
_VERSION, _NAMES_IN_UTF8 = 20, 0x800


def repacked(parts: Collection[ZipEntry], sheets: Container[ZipEntry]) -> bytes:
    """A zip of these parts as they lie in hers, nothing inflated; each of the sheets says first that nothing is merged.

    Raises Unusable where the data of a part is not there.
    """
    whole, directory = BytesIO(), BytesIO()
    for part in parts:
        is_deflated = part.info.compress_type == DEFLATED
        before = (_NO_MERGES_DEFLATED if is_deflated else NO_MERGES) if part in sheets else b""
        data = before + b"".join(packed(part))
        size = part.size + (len(NO_MERGES) if before else 0)
        name = part.info.filename.encode("utf-8", "surrogateescape")
        head = (_VERSION, _NAMES_IN_UTF8, part.info.compress_type, 0, 0, part.info.CRC, len(data), size, len(name))
        directory.write(_IN_DIRECTORY.pack(b"PK\1\2", _VERSION, *head, 0, 0, 0, 0, 0, whole.tell()) + name)
        whole.write(_PART.pack(b"PK\3\4", *head, 0) + name)
        whole.write(data)
    at = whole.tell()
    whole.write(directory.getvalue())
    whole.write(_END.pack(b"PK\5\6", 0, 0, len(parts), len(parts), directory.tell(), at, 0))
    return whole.getvalue()
