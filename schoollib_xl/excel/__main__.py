"""What the macros start: ``python -m schoollib_xl.excel BUTTON --book FILE --answer FILE``."""

import gc
import os
import sys

if __name__ == "__main__":
    # A press is short: memory is never collected, and pydantic need not look for plugins.
    gc.disable()
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    from schoollib_xl.excel.press import press

    sys.exit(press(sys.argv[1:]))
