"""All checks, by code: importing this module imports every one of the rooms beside it, which registers them."""

from importlib import import_module
from pathlib import Path

from schoollib_xl.checks.check import CHECKS, Check

_HERE = Path(__file__).parent
for _module in sorted(_HERE.glob("*/[a-z]*.py")):
    import_module(f"{__package__}.{_module.parent.name}.{_module.stem}")

ALL: dict[str, Check] = dict(sorted(CHECKS.items()))
