"""An examiner in a process of its own: one that hangs, dies or eats memory costs the workbook it was given only."""

import json
import subprocess
import threading
import time
from contextlib import suppress
from pathlib import Path

from schoollib_xl.actions.county.examiner import MEGABYTES, SECONDS, TOO_LARGE
from schoollib_xl.actions.county.job import SchoolJob, SchoolOutcome
from schoollib_xl.own_python import own_environment, own_python
from schoollib_xl.scratch import scratch_folder

# An interpreter is started anew after so many workbooks, so that what its allocator keeps cannot add up.
_WORKBOOKS = 200
# A workbook that ends so many processes ends them itself.
_TRIES = 3
_HANGS = f"读了 {SECONDS} 秒还没有读完，没有算进来。"
# Seconds between two looks at its memory: in so short a time no reader takes a tenth of what it may have.
_LOOK = 0.1


class Examiner:
    """Examines workbooks one at a time; not to be shared between threads."""

    def __init__(self) -> None:
        self._child: _Child | None = None
        self._left = 0
        self._is_stopped = False

    def examine(self, job: SchoolJob) -> SchoolOutcome:
        """The outcome of one workbook. A process that is ended from outside is replaced and asked again.

        Raises CannotWrite, OSError where this machine has no room for a workbook that is shipped.
        """
        if job.content is None:
            return self._asked(job, job.workbook)
        with scratch_folder() as folder:
            return self._asked(job, folder / Path(job.file).name)

    def stop(self) -> None:
        """End the process at once, from another thread; whoever waits for it is told that there is no record."""
        self._is_stopped = True
        if child := self._child:
            child.kill()

    def close(self) -> None:
        """End the process, if there is one."""
        child, self._child = self._child, None
        if child:
            child.kill()
            child.process.communicate()

    def _asked(self, job: SchoolJob, workbook: Path) -> SchoolOutcome:
        asked = {"file": str(workbook), "is_copy": job.content is not None, "as_of": job.as_of, "seed": job.seed}
        for _ in range(_TRIES):
            if job.content is not None:
                workbook.write_bytes(job.content)
            line, why = self._answer(json.dumps(asked))
            if line:
                return SchoolOutcome(job, **json.loads(line))
            self.close()
            if why:
                return SchoolOutcome(job, why=why)
            if self._is_stopped:
                break
        return SchoolOutcome(job, why=TOO_LARGE)

    def _answer(self, question: str) -> tuple[str, str]:
        """The child's line, '' where it ended without one; and why it had to be ended, '' where it had not."""
        child = self._running()
        is_over, reasons = threading.Event(), list[str]()
        guard = threading.Thread(target=_guard, args=(child, is_over, reasons), daemon=True)
        guard.start()
        try:
            line = child.answer(question)
        finally:
            is_over.set()
            guard.join()
        return line, "".join(reasons)

    def _running(self) -> "_Child":
        if self._child is None or self._left <= 0 or self._child.process.poll() is not None:
            self.close()
            self._child, self._left = _Child(_started()), _WORKBOOKS
        self._left -= 1
        return self._child


class _Child:
    """An interpreter that was started, and the number of the process that does the work. It says its number first: on
    Windows the Python of a virtual environment starts another, which takes the memory, and waits for it.
    """

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process, self.number = process, process.pid

    def answer(self, question: str) -> str:
        """Its line; '' where it ended before the line did."""
        asking, answering = self.process.stdin, self.process.stdout
        with suppress(OSError):  # it may have ended before it is asked
            if asking and answering:
                asking.write(f"{question}\n")
                asking.flush()
                line = answering.readline()
                if line.strip().isdecimal():
                    self.number, line = int(line), answering.readline()
                return line if line.endswith("\n") else ""
        return ""

    def kill(self) -> None:
        """End it, and what it started, also where that has not said its number yet."""
        import psutil

        with suppress(psutil.Error):
            for started in psutil.Process(self.process.pid).children(recursive=True):
                with suppress(psutil.Error):
                    started.kill()
        self.process.kill()
        # Started by a Python that has ended before.
        if self.number != self.process.pid:
            with suppress(psutil.Error):
                psutil.Process(self.number).kill()


def _guard(child: _Child, is_over: threading.Event, reasons: list[str]) -> None:
    """End a child that takes too long or too much memory, by one rule on every system."""
    until = time.monotonic() + SECONDS
    while not is_over.wait(_LOOK):
        if why := TOO_LARGE if _taken(child.number) > MEGABYTES << 20 else _HANGS if time.monotonic() > until else "":
            reasons.append(why)
            child.kill()
            return


def _taken(pid: int) -> int:
    """Bytes of memory that a process takes; 0 where it has ended, or the system tells nobody, and the clock is left."""
    import psutil

    with suppress(psutil.Error):
        found = psutil.Process(pid).memory_info()
        # Windows puts out what is not touched, and tells what a process asked for beside what of it is in memory.
        return int(max(found.rss, getattr(found, "pagefile", 0)))
    return 0


def _started() -> subprocess.Popen[str]:
    return subprocess.Popen(
        own_python("-X", "utf8", "-m", "schoollib_xl.actions.county.examiner"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        env=own_environment(),
    )
