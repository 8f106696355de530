"""What is kept and said when something goes wrong that nobody foresaw."""

import _thread
import os
import sys
import time
from contextlib import suppress
from pathlib import Path

from schoollib_xl.damage import is_damage, mend

# A cell of Excel holds 32,767 characters; Python by itself refuses a number of more than 4,300 digits.
_MOST_DIGITS = 40_000
# Seconds: the callback that dropped the interrupt has ended by then, and nobody has felt the wait.
_UNTIL_AGAIN = 0.05

NOWHERE_TO_LOG = "程序出了意外，没有做完；磁盘满了，或者临时文件夹写不了，原因也没有记下来。"


def take_long_numbers() -> None:
    """Let digits pasted without end into a cell be a number like any other, to be judged and named."""
    sys.set_int_max_str_digits(_MOST_DIGITS)


def close_gaps() -> None:
    """Open nothing in the place of whichever of the three standard streams the program was started without: else the
    workbook would be opened there, and whoever silences a stream would close the workbook.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            with suppress(OSError):
                os.open(os.devnull, os.O_RDWR)


def heed_lost_interrupts() -> None:
    """Let Ctrl+C stop the program also where Python drops the exception: in a callback, while an object goes."""
    print_unraisable = sys.unraisablehook

    def heed(lost: "sys.UnraisableHookArgs") -> None:
        if isinstance(lost.exc_value, KeyboardInterrupt):
            _thread.start_new_thread(_interrupt_again, ())
        else:
            print_unraisable(lost)

    sys.unraisablehook = heed


def _interrupt_again() -> None:
    time.sleep(_UNTIL_AGAIN)
    _thread.interrupt_main()


def log_unexpected_error(*, without_values: bool = False) -> str:
    """Keep the traceback of the exception being handled in a file of its own; one Chinese sentence says where.
    `without_values` keeps where it happened and its kind only: what an exception says may name a pupil, and a log of
    another school's books lies on a machine of others. A compiled module of ours that is cut off is mended instead.
    """
    import tempfile

    error = sys.exc_info()[1]
    if error is not None and is_damage(error):
        return mend(Path(__file__).parent)
    try:
        handle, name = tempfile.mkstemp(prefix="schoollib-", suffix=".log", text=True)
        with os.fdopen(handle, "w", encoding="utf-8") as log:
            log.writelines(_places_alone() if without_values else _whole_traceback())
    except OSError:
        return NOWHERE_TO_LOG
    return f"程序出了意外，没有做完；把这个文件发给管程序的人：{Path(name)}"


def _whole_traceback() -> list[str]:
    import traceback

    return [traceback.format_exc()]


def _places_alone() -> list[str]:
    import traceback

    kind, _, places = sys.exc_info()
    return [*traceback.format_tb(places), kind.__name__ if kind else "", "\n"]
