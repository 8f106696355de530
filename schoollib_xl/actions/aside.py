"""What a thread of its own does while the program waits for something else."""

from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

T = TypeVar("T")


class Aside(Generic[T]):
    """Some work, being done from now on.

    A thread of our own: concurrent.futures brings logging with it, which takes as long to import as is gained.
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
