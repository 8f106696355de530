"""What threads of their own do while the program does something else."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Semaphore, Thread
from typing import Generic, TypeVar

from schoollib_xl.sheets.cells import Grid

T = TypeVar("T")


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


SheetAhead = tuple[str, Aside[Iterator[Grid]]]
"""The name of a sheet and its rows, being parsed."""


@contextmanager
def made_aside(items: Iterable[T], afterwards: Callable[[], None]) -> Iterator[Iterator[T]]:
    """The items, made by a thread of its own, which then does something else; the end of that is waited for. Raises
    what stops either.
    """
    made, told = deque[T](), Semaphore(0)

    def make() -> None:
        try:
            for item in items:
                made.append(item)
                told.release()
        finally:
            told.release()
        afterwards()

    def taken() -> Iterator[T]:
        while told.acquire() and made:
            yield made.popleft()

    making = Aside(make)
    try:
        yield taken()
    finally:
        making.result()


def one_ahead(sheets: Iterable[SheetAhead]) -> Iterator[tuple[str, Iterator[Grid]]]:
    """Each of the sheets, which are begun as they are taken; the next one always is while the rows of one are made."""
    begun: list[SheetAhead] = []
    try:
        for sheet in sheets:
            begun.append(sheet)
            if len(begun) > 1:
                name, first = begun.pop(0)
                yield name, first.result()
        for name, sheet_ahead in begun:
            yield name, sheet_ahead.result()
    finally:
        for _, sheet_ahead in begun:
            sheet_ahead.end()
