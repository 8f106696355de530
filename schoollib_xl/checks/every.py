"""All checks, by code: importing this module imports every one of the rooms beside it, which registers them."""

from importlib import import_module
from pathlib import Path

from schoollib_xl.checks.check import CHECKS, Check

# To glob, or to sort paths and not their names, takes longer than to import one of them.
_ROOMS = (path for path in Path(__file__).parent.iterdir() if path.is_dir())
for _room, _file in sorted((room.name, module.name) for room in _ROOMS for module in room.iterdir()):
    if _file.endswith(".py") and _file != "__init__.py":
        import_module(f"{__package__}.{_room}.{_file.removesuffix('.py')}")

ALL: dict[str, Check] = dict(sorted(CHECKS.items()))
