"""All checks, by code: importing this module imports every one of its room that holds checks, which registers them."""

from importlib import import_module
from pathlib import Path

from schoollib_xl.checks.check import CHECKS, Check

# These hold no check, and are asked only once something was found or edited; what they need takes long to import.
_LATER = {"again", "status"}
for _module in sorted({path.stem for path in Path(__file__).parent.glob("[a-z]*.py")} - _LATER):
    import_module(f"{__package__}.{_module}")

ALL: dict[str, Check] = dict(sorted(CHECKS.items()))
