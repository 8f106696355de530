"""Commands that were pressed: each runs in a process of its own, so that none can harm the page or the others."""

import os
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, Thread

from schoollib_xl.own_python import own_environment, own_python
from schoollib_xl.serve.commands import files_near

# Lines of one answer that are kept; the whole stands in its files.
_MOST_LINES = 400
# Runs that are shown; older ones are forgotten, their files stay.
_MOST_JOBS = 12
# The desk may be at work meanwhile.
_JOURNAL = ".jsonl"
_COMMAND = ("-m", "schoollib_xl")
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)


@dataclass
class CommandRun:
    """One run: what was asked, of which command (none where this program did it itself), what it has said so far, its
    exit code once it ended, and the files it wrote; whether she has stopped it.
    """

    number: int
    caption: str
    command: str = ""
    lines: list[str] = field(default_factory=list)
    code: int | None = None
    files: list[Path] = field(default_factory=list)
    process: subprocess.Popen[str] | None = None
    is_stopped: bool = False

    @property
    def is_running(self) -> bool:
        return self.code is None


class Busy(Exception):
    """Another command on the same workbook is still running."""


class Jobs:
    """The runs on one workbook, one at a time; `changed` is called whenever there is something new to show."""

    def __init__(self, workbook: Path, changed: Callable[[], None]) -> None:
        self._workbook = workbook
        self._changed = changed
        self._jobs: list[CommandRun] = []
        self._count = 0
        self._lock = Lock()

    def latest(self) -> list[CommandRun]:
        """The runs, newest first."""
        with self._lock:
            return self._jobs[::-1]

    def file(self, number: int, index: int) -> Path | None:
        """A file that a run wrote: the only files the page may hand out."""
        job = next((run for run in self.latest() if run.number == number), None)
        return job.files[index] if job and 0 <= index < len(job.files) else None

    def run(self, caption: str, words: Sequence[str]) -> CommandRun:
        """Start a command. Raises Busy."""
        job = self._put(CommandRun(0, caption, words[0]))
        Thread(target=self._follow, args=(job, words), daemon=True).start()
        return job

    def stop(self, number: int) -> None:
        """End a run that is still going on; one that has ended stays as it is."""
        job = next((run for run in self.latest() if run.number == number and run.is_running), None)
        if job:
            job.is_stopped = True
            if job.process:
                _end(job.process)

    def add(self, caption: str, line: str, written: Path) -> CommandRun:
        """Put down something that this program wrote itself, so that the page can hand it out."""
        return self._put(CommandRun(0, caption, "", [line], 0, [written]))

    def _put(self, job: CommandRun) -> CommandRun:
        """Keep a run under the next number. Raises Busy where it is to begin while another goes on."""
        with self._lock:
            # One that was stopped and does not end, as a drive does not answer it, holds up no other.
            if job.is_running and any(other.is_running and not other.is_stopped for other in self._jobs):
                raise Busy
            self._count += 1
            job.number = self._count
            self._jobs = [*self._jobs, job][-_MOST_JOBS:]
        self._changed()
        return job

    def _follow(self, job: CommandRun, words: Sequence[str]) -> None:
        folder, before, code = self._workbook.parent, _stamps(self._workbook.parent), 2
        try:
            code = self._listen(job, words, folder)
        except OSError as error:
            job.lines.append(f"没有开得了头：{error.strerror}。")
        finally:
            after = _stamps(folder)
            written = [path for path, stamp in after.items() if before.get(path) != stamp and path != self._workbook]
            job.files, job.code = sorted(written), code
            self._changed()

    def _listen(self, job: CommandRun, words: Sequence[str], folder: Path) -> int:
        command = own_python(*_COMMAND, *words)
        with subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            encoding="utf-8", errors="replace", env=own_environment(PYTHONUTF8="1"),
            creationflags=_NO_WINDOW,
        ) as process:  # fmt: skip
            job.process = process
            if job.is_stopped:
                _end(process)
            for line in process.stdout or ():
                if len(job.lines) < _MOST_LINES:
                    job.lines.append(line.rstrip("\n"))
                    self._changed()
        return process.returncode


def _end(process: "subprocess.Popen[str]") -> None:
    """End a command. What it writes is complete or not there, so that it may be ended at any moment."""
    if os.name == "nt":
        # The Python of an environment starts another there, which alone would go on.
        # By its whole name: a bare one is looked for in the folder of the workbook first.
        taskkill = str(Path(os.environ["SYSTEMROOT"], "System32", "taskkill.exe"))
        words = [taskkill, "/T", "/F", "/PID", str(process.pid)]
        subprocess.run(words, capture_output=True, check=False, creationflags=_NO_WINDOW)
    process.kill()


def _stamps(folder: Path) -> dict[Path, tuple[int, int]]:
    """When the files near the workbook were written: an output is a new or a changed one."""
    files = files_near(folder)
    return {path: (stat.st_mtime_ns, stat.st_size) for path, stat in files if path.suffix != _JOURNAL}
