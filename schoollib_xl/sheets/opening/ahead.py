"""Sheets parsed by threads of their own while the program does something else."""

from collections.abc import Callable, Iterable, Iterator
from threading import Thread

from schoollib_xl.sheets.cells import Grid


class SheetAhead:
    """One sheet, being parsed from now on.

    A thread of our own: concurrent.futures brings logging with it, and takes as long to import as a sheet to parse.
    """

    def __init__(self, name: str, parse: Callable[[], Iterator[Grid]]) -> None:
        self.name = name
        self._parse = parse
        self._parsed: Iterator[Grid] | BaseException = iter(())
        self._thread = Thread(target=self._run)
        self._thread.start()

    def blocks(self) -> Iterator[Grid]:
        """What was parsed, once. Raises what parsing it raised."""
        self.end()
        if isinstance(self._parsed, BaseException):
            raise self._parsed
        return self._parsed

    def end(self) -> None:
        """Wait until it is parsed."""
        self._thread.join()

    def _run(self) -> None:
        try:
            self._parsed = self._parse()
        except BaseException as error:
            self._parsed = error


def one_ahead(sheets: Iterable[SheetAhead]) -> Iterator[tuple[str, Iterator[Grid]]]:
    """Each of the sheets, which are begun as they are taken; the next one always is while the rows of one are made."""
    begun: list[SheetAhead] = []
    try:
        for sheet in sheets:
            begun.append(sheet)
            if len(begun) > 1:
                first = begun.pop(0)
                yield first.name, first.blocks()
        for sheet in begun:
            yield sheet.name, sheet.blocks()
    finally:
        for sheet in begun:
            sheet.end()
