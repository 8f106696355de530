"""The program run as a user runs it: in this process, or in one of its own where the process itself is tried."""

import gc
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager, nullcontext, redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path

from schoollib_xl.cli.program import main

Done = subprocess.CompletedProcess[str]


def schoollib(*words: str | Path, cwd: Path | None = None) -> Done:
    """Run the program from its first word to its exit code, without a process: starting one takes longer than what
    most commands do.
    """
    given = [str(word) for word in words]
    said, complaint = _stream(), _stream()
    with _uncollected(), chdir(cwd) if cwd else nullcontext(), redirect_stdout(said), redirect_stderr(complaint):
        code = main(given)
    return Done(given, code, _text(said), _text(complaint))


def in_its_own_process(*words: str | Path, cwd: Path | None = None) -> Done:
    """Run the program as a process of its own."""
    command = [sys.executable, "-m", "schoollib_xl", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=cwd, check=False)


def _stream() -> TextIOWrapper:
    return TextIOWrapper(BytesIO(), encoding="utf-8", newline="")


def _text(stream: TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Memory is not collected meanwhile, as in the program's own process."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
