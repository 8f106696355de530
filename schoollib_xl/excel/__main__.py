"""What the macros start: ``python -m schoollib_xl.excel BUTTON --book FILE --answer FILE``."""

import gc
import os
import sys
from threading import Timer

# As long as the macros wait elsewhere; on Windows they wait for the end of this process, which therefore must come.
_MOST_SECONDS = 600
_STOPPED = 3

if __name__ == "__main__":
    # A press is short: memory is never collected, and pydantic need not look for plugins.
    gc.disable()
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    # xlwings imports these where they are installed; nothing here is handed over as theirs.
    vars(sys)["modules"].update(numpy=None, pandas=None)
    limit = Timer(_MOST_SECONDS, os._exit, (_STOPPED,))
    limit.daemon = True
    limit.start()
    from schoollib_xl.excel.press import press
    from schoollib_xl.unexpected import take_long_numbers

    take_long_numbers()
    sys.exit(press(sys.argv[1:]))
