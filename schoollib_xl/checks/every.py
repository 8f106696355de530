"""All checks, by code: importing this module imports every one of the rooms beside it, which registers them."""

from importlib import import_module
from pathlib import Path

from schoollib_xl.checks.check import CHECKS, Check

# What globs takes an expression, and longer than to import one of them.
_ROOMS = (path for path in Path(__file__).parent.iterdir() if path.is_dir())
for _module in sorted(module for room in _ROOMS for module in room.iterdir() if module.suffix == ".py"):
    if _module.stem != "__init__":
        import_module(f"{__package__}.{_module.parent.name}.{_module.stem}")

ALL: dict[str, Check] = dict(sorted(CHECKS.items()))
