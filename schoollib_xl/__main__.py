"""python -m schoollib_xl"""

import sys
from pathlib import Path

from schoollib_xl.damage import is_damage, mend

_UNUSABLE = 2


def run() -> None:
    """The console command. Where a compiled module of the program itself is cut off, that is said and mended."""
    try:
        from schoollib_xl.cli.program import run as start
    except Exception as error:
        if not is_damage(error):
            raise
        sys.stderr.write(f"{mend(Path(__file__).parent)}\n")
        sys.exit(_UNUSABLE)
    start()


if __name__ == "__main__":
    run()
