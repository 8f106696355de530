"""What threads of their own do while the program does something else."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from threading import Thread
from typing import Generic, TypeVar

K = TypeVar("K")
T = TypeVar("T")
_BEGUN = 2
"""Works begun besides the one that is waited for: what a thread does, and what it goes on with at once."""


class Aside(Generic[T]):
    """Some work, being done from now on.

    A thread of our own: concurrent.futures brings logging with it, and takes as long to import as a sheet to parse.
    """

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._done: list[T] = []
        self._error: BaseException | None = None
        self._thread = Thread(target=self._run)
        self._thread.start()

    def result(self) -> T:
        """What it came to, once. Raises what stopped it, which the thread would print on the screen."""
        self.end()
        if self._error:
            raise self._error
        return self._done.pop()

    def end(self) -> None:
        """Wait until it is done."""
        self._thread.join()

    def _run(self) -> None:
        try:
            self._done.append(self._work())
        except BaseException as error:
            self._error = error


class Ahead(Generic[K, T]):
    """Work under a name each, begun in its order and before anybody asks for what it came to."""

    def __init__(self, works: Iterable[tuple[K, Aside[T]]]) -> None:
        self._works = iter(works)
        self._begun = deque[tuple[K, Aside[T]]]()

    def begin(self) -> None:
        """Begin as much as keeps a thread busy: what it does and what it goes on with."""
        self._begun.extend(islice(self._works, _BEGUN - len(self._begun)))

    def __iter__(self) -> Iterator[tuple[K, Aside[T]]]:
        self.begin()
        while self._begun:
            work = self._begun.popleft()
            self.begin()
            yield work

    def end(self) -> None:
        """Wait for what was begun, and begin nothing more."""
        self._works = iter(())
        while self._begun:
            self._begun.pop()[1].end()
