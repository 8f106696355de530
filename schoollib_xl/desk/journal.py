"""A journal beside the workbook: lines of JSON, each on the disk before the next copy is scanned, and only added to."""

import errno
import json
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from schoollib_xl.locks import locked
from schoollib_xl.saving import CannotWrite

# A name longer than the disk takes, beside a workbook that has just room for its own, is of no file either.
_NOT_THERE = (errno.ENOENT, errno.ENAMETOOLONG)
L = TypeVar("L", bound=BaseModel)
_HEADER = "kind"
# Written behind a torn line, which no end of a JSON object can be mistaken for.
_VOID = b" <-- \xe6\xb2\xa1\xe6\x9c\x89\xe5\x86\x99\xe5\xae\x8c\n"
# Another desk on the same books writes a line in a few milliseconds.
_SECONDS_FOR_OTHERS = 5
_OCCUPIED = "“{name}”不是{kind}，没有动它；把它移走再扫。"
_NOT_WRITTEN = "{kind}没有写成（“{folder}”里写不了），这一笔没有记；换到能写的文件夹、腾出空间再扫一次。"
_NOT_READ = "{kind}读不出来，这一笔没有记；先关闭占用“{name}”的程序，再扫一次。"
_IN_USE = "另一个窗口正在写{kind}，这一笔没有记，再扫一次。"


class UncountedLines(NamedTuple):
    """Lines that were not counted: torn by a power cut, or damaged."""

    torn: int
    damaged: int


class JournalFile(Generic[L]):
    """A journal: where it lies, its kind as its first line says it, and what its lines are."""

    def __init__(self, path: Path, kind: str, line_type: type[L]) -> None:
        self.path = path
        self._kind = kind
        self._line_type = line_type
        self.unread = UncountedLines(0, 0)
        self._on_disk: list[L] = []
        self._lacking: list[L] = []
        self._offset = 0
        # The last line that was read: what comes after it is added, where it is still there.
        self._last = b""

    @property
    def lines(self) -> list[L]:
        """What was written, also what the file has lost since: that is written again with the next line."""
        return [*self._on_disk, *self._lacking]

    @property
    def size(self) -> int:
        """Bytes of the file, which tell that a line was added, here or by another program; 0 where there is none."""
        with suppress(OSError):
            return self.path.stat().st_size
        return 0

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other desks from writing, and know all that they have written. Raises CannotWrite."""
        try:
            with locked(self.path.with_name(f".{self.path.stem}.lock"), _SECONDS_FOR_OTHERS) as is_ours_alone:
                if not is_ours_alone:
                    raise CannotWrite(_IN_USE.format(kind=self._kind))
                self.read()
                yield
        except OSError as error:
            raise CannotWrite(_NOT_WRITTEN.format(kind=self._kind, folder=self.path.parent)) from error

    def read(self) -> None:
        """Read what was added since. Where the file was taken away meanwhile, or an older state of it put in its place
        (a folder that is kept in step, a copy brought back), what it lacks is still known; any other is read anew.

        Raises CannotWrite for a file that is not ours or cannot be read.
        """
        content = self._from(self._offset - len(self._last))
        if self._offset and content.startswith(self._last):
            self._take(content[len(self._last) :])
            return
        before, self._on_disk, self._lacking = self.lines, [], []
        self._offset, self._last, self.unread = 0, b"", UncountedLines(0, 0)
        try:
            self._take(self._from(0))
        finally:
            known = len(self._on_disk)
            self._lacking = before[known:] if before[:known] == self._on_disk else []

    def append(self, lines: Sequence[L]) -> None:
        """Put lines on the disk; only `alone`. They stand there when this returns. Raises OSError, CannotWrite."""
        if not lines:
            return
        is_new = not self.path.exists()
        wanted = (*self._lacking, *lines)
        content = b"".join(f"{line.model_dump_json(exclude_none=True)}\n".encode() for line in wanted)
        head = self._head if self._offset == 0 else b""
        _write(self.path, (_VOID if self.unread.torn else b"") + head + content)
        if is_new:
            _keep_name(self.path.parent)
        self.read()

    def _from(self, offset: int) -> bytes:
        try:
            # To look into a pipe or a device could wait, or read on, without end.
            mode = self.path.stat().st_mode
            if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
                raise self._occupied()
            with self.path.open("rb") as file:
                file.seek(offset)
                return file.read()
        except OSError as error:
            if error.errno in _NOT_THERE:
                return b""
            raise CannotWrite(_NOT_READ.format(kind=self._kind, name=self.path.name)) from error

    def _take(self, content: bytes) -> None:
        whole, _, tail = content.rpartition(b"\n")
        self.unread = self.unread._replace(torn=int(bool(tail)))
        if not whole:
            if self._offset == 0 and not self._head.startswith(tail):
                raise self._occupied()
            return
        pieces = whole.split(b"\n")
        last = pieces[-1] + b"\n"
        if self._offset == 0:
            pieces = [piece for piece in pieces if not _is_void(piece)]
            self._check(pieces.pop(0) if pieces else b"")
        self._offset, self._last = self._offset + len(whole) + 1, last
        for piece in pieces:
            self._add(piece)

    def _check(self, head: bytes) -> None:
        with suppress(ValueError, RecursionError):
            # Bytes alone would also be taken for UTF-16, in which no line behind this one could be read.
            said = json.loads(head.decode("utf-8-sig"))
            if isinstance(said, dict) and said.get(_HEADER) == self._kind:
                return
        raise self._occupied()

    def _occupied(self) -> CannotWrite:
        return CannotWrite(_OCCUPIED.format(name=self.path.name, kind=self._kind))

    @property
    def _head(self) -> bytes:
        return f"{json.dumps({_HEADER: self._kind}, ensure_ascii=False)}\n".encode()

    def _add(self, piece: bytes) -> None:
        try:
            line = self._line_type.model_validate_json(piece)
        except ValidationError:
            if not _is_void(piece) and piece.strip() != self._head.strip():
                self.unread = self.unread._replace(damaged=self.unread.damaged + 1)
            return
        self._on_disk.append(line)
        if line in self._lacking:
            self._lacking.remove(line)


def beside(workbook: Path, kind: str) -> Path:
    """Where the journal of a workbook lies."""
    return workbook.parent / f"{kind}_{workbook.stem}.jsonl"


def _is_void(piece: bytes) -> bool:
    # A folder that is kept in step, or an editor, may have ended every line as Windows does.
    return piece.rstrip(b"\r").endswith(_VOID.rstrip(b"\n"))


def _write(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
    try:
        while content:
            content = content[os.write(handle, content) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def _keep_name(folder: Path) -> None:
    """Put the name of a new file on the disk too; Windows does so by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
