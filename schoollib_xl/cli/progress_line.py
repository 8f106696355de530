"""The line on a terminal that says what is being done, until something else is said."""

import sys
from typing import TextIO

from schoollib_xl.wording.columns import TERMINAL_WIDTH, display_width


class ProgressLine:
    """Each text takes the place of the one before. Blanks wipe what is left of a longer one: consoles of Windows print
    escape codes as they stand.
    """

    def __init__(self) -> None:
        self._width = 0

    def show(self, text: str) -> None:
        """Show it on stderr."""
        # A line that ran on could not be taken back.
        while display_width(text) >= TERMINAL_WIDTH:
            text = text[:-1]
        self._write(f"\r{text}{' ' * (self._width - display_width(text))}")
        self._width = display_width(text)

    def clear(self) -> None:
        """Leave an empty line to the answer."""
        if self._width:
            self._write(f"\r{' ' * self._width}\r")
        self._width = 0

    def _write(self, text: str) -> None:
        stream: TextIO | None = sys.stderr
        if stream:
            print(text, end="", file=stream, flush=True)


LINE = ProgressLine()
