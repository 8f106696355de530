"""Copies of open workbooks on their way: each in a folder of its own, for one press and one reading."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from threading import Lock

# As the macros call theirs.
_FOLDER_BEGINS, _NAME = "schoollib_", "schoollib_copy"


class Copies:
    """The copies that were asked for and are not read yet, by number."""

    def __init__(self) -> None:
        self._awaited: dict[str, Path] = {}
        self._lock = Lock()

    def new(self, workbook: Path) -> tuple[str, Path]:
        """A number, and where a copy of the workbook goes: in a folder that no other user can read or guess."""
        folder = Path(tempfile.mkdtemp(prefix=_FOLDER_BEGINS))
        copy = folder / f"{_NAME}{workbook.suffix}"
        with self._lock:
            self._awaited[folder.name] = copy
        return folder.name, copy

    @contextmanager
    def taken(self, number: str) -> Iterator[Path | None]:
        """The copy of this number while it is read, then it is gone; None where none came, or none was asked for."""
        with self._lock:
            copy = self._awaited.pop(number, None)
        try:
            yield copy if copy and copy.is_file() else None
        finally:
            if copy:
                rmtree(copy.parent, ignore_errors=True)

    def clear(self) -> None:
        """Take away what nobody has come for."""
        with self._lock:
            awaited, self._awaited = self._awaited, {}
        for copy in awaited.values():
            rmtree(copy.parent, ignore_errors=True)
