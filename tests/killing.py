"""Processes that end as a power cut ends them, or whose disk is full, at a chosen step."""

import os
import resource
import signal
from collections.abc import Callable
from contextlib import suppress
from typing import Any

# What is asked of the system where something is kept, in whatever order.
CALLS = ("open", "write", "fsync", "close", "mkdir", "link", "rename", "replace", "unlink", "rmdir")
KILLED = 9
_WRITE = os.write


def killed_at(step: int, act: Callable[[], Any], calls: tuple[str, ...] = CALLS) -> bool:
    """Do something in a process that is killed at its so-manyth call of the system; whether it got that far."""

    def dying() -> None:
        countdown = [step]
        for name in calls:
            setattr(os, name, _dying(getattr(os, name), countdown))
        act()

    return _apart(dying) == KILLED


def with_room_for(size: int, act: Callable[[], Any], expected: type[Exception]) -> None:
    """Do something in a process that may write no file beyond so many bytes, and may refuse with what is expected."""

    def cramped() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        with suppress(expected):
            act()

    assert _apart(cramped) == 0


def at_once(*acts: Callable[[], Any]) -> None:
    """Do several things, each in a process of its own, all at the same time."""
    children = [_begun(act) for act in acts]
    assert {os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children} == {0}


def _apart(act: Callable[[], Any]) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(_begun(act), 0)[1])


def _begun(act: Callable[[], Any]) -> int:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            act()
            code = 0
        finally:
            os._exit(code)
    return child


def _dying(act: Callable[..., Any], countdown: list[int]) -> Callable[..., Any]:
    """The call, which ends this process once the countdown is over: half a text is written."""

    def called(*given: Any, **named: Any) -> Any:
        countdown[0] -= 1
        if countdown[0] == 0:
            if act is _WRITE:
                _WRITE(given[0], given[1][: len(given[1]) // 2])
            os._exit(KILLED)
        return act(*given, **named)

    return called
