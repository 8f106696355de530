"""What a thread of its own does while the program waits for something else."""

from collections.abc import Callable
from threading import Thread


class Aside:
    """Some work, being done from now on.

    A thread of our own: concurrent.futures brings logging with it, which takes as long to import as is gained.
    """

    def __init__(self, work: Callable[[], None]) -> None:
        self._work = work
        self._error: BaseException | None = None
        self._thread = Thread(target=self._run)
        self._thread.start()

    def end(self) -> None:
        """Wait until it is done. Raises what stopped it, which the thread would print on the screen."""
        self._thread.join()
        if self._error:
            raise self._error

    def _run(self) -> None:
        try:
            self._work()
        except BaseException as error:
            self._error = error
