"""Sheets read by two threads, each taking the next that is left."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from queue import SimpleQueue
from threading import Semaphore, Thread

from schoollib_xl.sheets.cells import Grid

_Read = Callable[[str], Iterator[Grid]]
# What became of a sheet, by its name.
_Ready = SimpleQueue[tuple[str, Iterator[Grid] | BaseException]]
_READERS = 2


def read_by_two(read: _Read, names: Sequence[str]) -> Iterator[tuple[str, Iterator[Grid]]]:
    """Each sheet as soon as it is read; what `read` raises comes through, and nothing more is begun then.

    Threads of our own: concurrent.futures brings logging with it, and takes as long to import as a sheet to read.
    """
    left, ready, room = deque(names), _Ready(), Semaphore(_READERS)
    threads = [Thread(target=_read_on, args=(read, left, ready, room)) for _ in range(_READERS)]
    for thread in threads:
        thread.start()
    try:
        for _ in names:
            name, blocks = ready.get()
            room.release()
            if isinstance(blocks, BaseException):
                raise blocks
            yield name, blocks
    finally:
        left.clear()
        room.release(_READERS)
        for thread in threads:
            thread.join()


def _read_on(read: _Read, left: deque[str], ready: _Ready, room: Semaphore) -> None:
    """Read what is left. While as many sheets as there are readers wait to be taken none is begun: each is held twice
    until its rows are made.
    """
    while True:
        room.acquire()
        try:
            name = left.popleft()
        except IndexError:  # the other thread has taken the last
            return
        try:
            ready.put((name, read(name)))
        except BaseException as error:
            ready.put((name, error))
