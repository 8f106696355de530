"""python -m schoollib_xl"""

import gc
import sys
from collections.abc import Callable

# As cli.program has them, which may not be there yet.
_UNUSABLE, _INTERRUPTED = 2, 130


def run() -> None:
    """The console command. A run is short, so memory is never collected, nor while the program is loaded. Ctrl+C
    meanwhile ends it as quietly as later.
    """
    gc.disable()
    try:
        _program()()
    except KeyboardInterrupt:
        sys.stderr.write("已经停止。\n")
        sys.exit(_INTERRUPTED)


def _program() -> Callable[[], None]:
    """The program. Where a compiled module of its own is cut off, that is said and mended."""
    from pathlib import Path

    from schoollib_xl.damage import is_damage, mend

    try:
        from schoollib_xl.cli.program import run as start
    except Exception as error:
        if not is_damage(error):
            raise
        sys.stderr.write(f"{mend(Path(__file__).parent)}\n")
        sys.exit(_UNUSABLE)
    return start


if __name__ == "__main__":
    run()
