"""All checks, by code: importing this module imports every other one of its room, which registers them."""

from importlib import import_module
from pathlib import Path

from schoollib_xl.checks.check import CHECKS, Check

for _module in sorted(Path(__file__).parent.glob("[a-z]*.py")):
    import_module(f"{__package__}.{_module.stem}")

ALL: dict[str, Check] = dict(sorted(CHECKS.items()))
