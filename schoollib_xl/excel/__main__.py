"""What the macros start: ``python -m schoollib_xl.excel BUTTON --book FILE --answer FILE``."""

import sys

from schoollib_xl.excel.press import press

if __name__ == "__main__":
    sys.exit(press(sys.argv[1:]))
