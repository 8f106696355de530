"""When a workbook was saved last, as it says itself: copying it, or fetching it from a stick or a chat, changes nothing
of that.
"""

import re
import zipfile
import zlib
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

# Where Excel, WPS and LibreOffice write it (ECMA-376 part 2, 11.2), a few hundred bytes; no more of it is looked at.
_PART, _MOST_BYTES = "docProps/core.xml", 1 << 16
_MODIFIED = re.compile(rb":modified\b[^>]*>\s*(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)")
# No zip, none of a kind that can be read, without that part, or damaged.
_UNREADABLE = (OSError, KeyError, ValueError, RuntimeError, EOFError, zipfile.BadZipFile, zlib.error)


def saved_at(workbook: Path) -> str:
    """The moment in UTC, to be compared as text; that of the file where the workbook does not say it, '' where there is
    none.
    """
    # To look into a pipe or a device could wait without end.
    if not workbook.is_file():
        return ""
    with suppress(*_UNREADABLE), zipfile.ZipFile(workbook) as package, package.open(_PART) as part:
        if said := _MODIFIED.search(part.read(_MOST_BYTES)):
            return said[1].decode()
    with suppress(OSError):
        return datetime.fromtimestamp(workbook.stat().st_mtime, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return ""
