"""An Office file as one zip of parts: the same bytes for the same parts, without the time of zipping."""

import io
import struct
import zlib
from collections.abc import Iterable
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

# What zipfile raises for an archive that is damaged, or of a kind it does not know.
DAMAGE = (*(BadZipFile, zlib.error, struct.error, OSError), *(EOFError, ValueError, NotImplementedError, RuntimeError))
# A zip entry must carry a date; the earliest the format knows says nothing and never changes.
_ENTRY_DATE = (1980, 1, 1, 0, 0, 0)
_FIRST = ("[Content_Types].xml", "_rels/.rels")


def entry(name: str) -> ZipInfo:
    """A zip entry for this part that says nothing about when and where it was made."""
    info = ZipInfo(name, _ENTRY_DATE)
    info.compress_type, info.create_system = ZIP_DEFLATED, 0
    return info


def zipped(parts: dict[str, bytes]) -> bytes:
    """Return the parts of an Office file as one, always the same for the same parts."""
    file = io.BytesIO()
    with ZipFile(file, "w") as target:
        for name in in_order(parts):
            target.writestr(entry(name), parts[name])
    return file.getvalue()


def normalised(package: bytes) -> bytes:
    """Return an Office file with its parts in fixed order and without the time of zipping."""
    return zipped(parts_of(package))


def parts_of(package: bytes) -> dict[str, bytes]:
    """Return the parts of an Office file by their names."""
    with ZipFile(io.BytesIO(package)) as source:
        return {name: source.read(name) for name in source.namelist()}


def in_order(names: Iterable[str]) -> list[str]:
    """The part names of an Office file in the order they are stored."""
    return sorted(names, key=lambda name: (name not in _FIRST, name))
