"""Writing files: the same bytes every time, complete or not at all, and never in place of anything of hers.

This is the one place that decides where an output may go. It replaces only what this program wrote under the same
name and nobody has touched since (:mod:`schoollib_xl.marks`), and never an input of the command, whatever it is called.
Everything else stays, and the output takes the next free name, which is said.
"""

import errno
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import IO, NamedTuple

from schoollib_xl.drafts import Draft, draft_in, home_of
from schoollib_xl.locks import locked
from schoollib_xl.marks import is_ours, mark
from schoollib_xl.names import create, is_free, is_same, owner_beside, put_over, refusal_of_windows
from schoollib_xl.refusals import of_file, of_folder, of_scratch

Fill = Callable[[IO[bytes]], object]
# Names tried beside one that is taken: 核对结果(2).xlsx … 核对结果(999).xlsx, one a day for three years.
_NEXT_NAMES = range(2, 1_000)
_NUMBER = r"\(\d+\)$"
# Longer than the papers of a large school take.
_SECONDS_FOR_OTHERS = 120
_LOCK_NAME = ".schoollib.lock"


class CannotWrite(Exception):
    """A file could not be written; says so in one sentence, and nothing of it remains."""


class Outputs(NamedTuple):
    """What a command must not touch, and the sentences about outputs that went elsewhere because of it."""

    inputs: tuple[Path, ...]
    sentences: list[str]


_OUTPUTS: ContextVar[Outputs] = ContextVar("outputs")


@contextmanager
def beside(inputs: Iterable[Path]) -> Iterator[list[str]]:
    """While these files are inputs none of them is replaced; the list tells of outputs that got another name."""
    outputs = Outputs(tuple(inputs), [])
    token = _OUTPUTS.set(outputs)
    try:
        yield outputs.sentences
    finally:
        _OUTPUTS.reset(token)


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Keep other runs of this program from writing papers into the folder meanwhile; wait for one that does.

    Raises CannotWrite where that one does not end.
    """
    try:
        with locked(folder / _LOCK_NAME, _SECONDS_FOR_OTHERS) as is_ours_alone:
            if not is_ours_alone:
                raise CannotWrite(f"另一个窗口正在往“{folder}”里写文书，等它写完再试。")
            yield
    except OSError as error:
        raise CannotWrite(of_folder(error, folder)) from error


def make_folder(folder: Path) -> None:
    """Create the output folder and those above it; raises :class:`CannotWrite`."""
    with _said_of(folder):
        _make(folder)


def foresee(folder: Path) -> None:
    """Try whether the folder takes files, or may be made, before long work is begun; nothing of the trial remains.

    Raises :class:`CannotWrite`.
    """
    with _said_of(folder):
        with suppress(FileNotFoundError, NotADirectoryError):
            folder.lstat()
        # Of a drive that is not there, a stick pulled out, not even the root is.
        there = next(filter(os.path.lexists, (folder, *folder.absolute().parents)), None)
        if there is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        if not there.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        with draft_in(there):
            pass


@contextmanager
def _said_of(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CannotWrite(of_folder(error, folder)) from error


def place(path: Path, kind: str) -> Path:
    """The name to give :func:`save_exactly` for a file that is written again and again while it is looked at."""
    free = (name for name in names_for(path) if is_free(name) or _may_replace(name, _marked_as(name, kind)))
    found = next(free, path)
    _say(path, found, is_held=False)
    return found


def ours(path: Path) -> Path | None:
    """Where an output of this name lies that this program wrote and nobody has touched since."""
    for name in names_for(path):
        if is_ours(name, path.name):
            return name
        if not os.path.lexists(name):
            return None
    return None


def is_output(path: Path) -> bool:
    """Whether this program wrote the file and nobody has touched it since, under its own name or the next free one."""
    return any(is_ours(path, name) for name in (path.name, first_name(path)))


def first_name(path: Path) -> str:
    """The name of a file without the number that tells it from one that was there before."""
    return f"{re.sub(_NUMBER, '', path.stem)}{path.suffix}"


def write(path: Path, data: bytes) -> Path:
    """Write an output as :func:`save` does; where it went."""
    return save(path, lambda file: file.write(data))


def save(path: Path, fill: Fill) -> Path:
    """Let `fill` write a draft, mark it, and give it this name or, where that is taken, the next free one; where it
    went. The folder is made.

    Raises CannotWrite and leaves nothing behind.
    """
    return _save(path, fill, path.name, lambda draft: _put(draft, path))


def save_exactly(path: Path, fill: Fill, kind: str) -> Path:
    """Let `fill` write a file of this kind under this very name, in place of nothing but an untouched one of its own
    kind.

    Raises CannotWrite, also where there is something else of this name already, and leaves nothing behind.
    """

    def put(draft: Path) -> Path:
        return put_over(draft, path) if _may_replace(path, _marked_as(path, kind)) else create(draft, path)

    return _save(path, fill, _marked_as(path, kind), put)


def is_taken(path: Path, kind: str) -> bool:
    """Whether :func:`save_exactly` would refuse this name."""
    return os.path.lexists(path) and not _may_replace(path, _marked_as(path, kind))


def _marked_as(path: Path, kind: str) -> str:
    """A file of a kind of its own is never taken for an output of that name."""
    return f"{kind}/{path.name}"


def refuse_if_there(path: Path) -> None:
    """Raise CannotWrite, before long work is begun, for a name that is taken or that Windows does not take."""
    if refused := refusal_of_windows(path.name):
        raise CannotWrite(refused)
    if os.path.lexists(path) or (path.parent.is_dir() and not is_free(path)):
        raise _cannot_write(path.parent, path.name, FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)))


@contextmanager
def newly(path: Path) -> Iterator[Path]:
    """A place to write a new file to, which gets its name only when everything that belongs to it is written as
    well: both are there or neither. The folder is made.

    Raises CannotWrite, also where there is something of this name already, and leaves nothing behind.
    """
    refuse_if_there(path)
    make_folder(path.resolve().parent)
    try:
        with draft_in(path.parent) as draft:
            own = draft.with_name(path.name)
            yield own
            with own.open("r+b") as file:
                os.fsync(file.fileno())
            create(own, path)
    except OSError as error:
        raise _cannot_write(path.parent, path.name, error) from error


def replace(path: Path, data: bytes) -> None:
    """Write a file under exactly this name, in place of any other: for a name that another program laid down and
    waits for, and for the pages this project keeps of itself. No output for her is written so.

    Raises CannotWrite and leaves nothing behind.
    """
    _save(path, lambda file: file.write(data), "", lambda draft: put_over(draft, path))


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR)) from error


def _save(path: Path, fill: Fill, kind: str, put: Callable[[Path], Path]) -> Path:
    try:
        _make(path.parent)
        with draft_in(path.parent) as draft:
            _fill(draft, fill, kind)
            return put(draft)
    except OSError as error:
        raise _cannot_write(path.parent, path.name, error) from error


def _fill(draft: Path, fill: Fill, kind: str) -> None:
    with Draft(draft, "w+b") as file:
        try:
            fill(file)
            if kind:
                mark(file, kind)
        except Exception as error:
            file.is_over = True
            # A writer may wrap the refusal of the disk in an error of its own.
            raise file.refusal or error from error
        os.fsync(file.fileno())


def _put(draft: Path, path: Path) -> Path:
    """Give the draft the first name it may have."""
    is_held = False
    for name in names_for(path):
        try:
            if is_free(name):
                found = create(draft, name)
            elif not _may_replace(name, path.name):
                continue
            elif _is_open(name):
                is_held = True
                continue
            else:
                found = put_over(draft, name)
        except FileExistsError:
            continue
        except PermissionError:
            if not os.path.lexists(name):
                raise
            is_held = True  # the folder took the draft, so it is the file of this name that is held open
            continue
        _say(path, found, is_held=is_held)
        return found
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _is_open(path: Path) -> bool:
    """Whether an office program says beside the file that it has it open; Windows itself would not let it go."""
    return os.name != "nt" and bool(owner_beside(path))


def _say(path: Path, found: Path, *, is_held: bool) -> None:
    outputs = _OUTPUTS.get(None)
    if outputs is not None and found != path:
        why = "正开着" if is_held else "已经有一份，不是程序写的，或者后来改过，没有动它"
        outputs.sentences.append(f"“{path.name}”{why}，这次写成“{found.name}”。")


def _may_replace(path: Path, kind: str) -> bool:
    return is_ours(path, kind) and not any(is_same(path, one) for one in _inputs())


def _inputs() -> tuple[Path, ...]:
    outputs = _OUTPUTS.get(None)
    return outputs.inputs if outputs else ()


def names_for(path: Path) -> Iterator[Path]:
    """The name asked for, then those that are tried beside it."""
    yield path
    for number in _NEXT_NAMES:
        yield path.with_name(f"{path.stem}({number}){path.suffix}")


def _cannot_write(folder: Path, name: str, error: OSError) -> CannotWrite:
    if home_of(folder.parent) != folder.parent:
        # A folder inside a draft is a scratch folder: its name says nothing to anybody.
        return CannotWrite(of_scratch(error))
    return CannotWrite(of_file(error, home_of(folder) / name))
