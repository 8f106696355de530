"""All checks, by code: importing this module imports every other one of its room, which registers them."""

from importlib import import_module
from pkgutil import iter_modules

from schoollib_xl import checks
from schoollib_xl.checks.check import CHECKS, Check

for _module in iter_modules(checks.__path__, f"{checks.__name__}."):
    import_module(_module.name)

ALL: dict[str, Check] = dict(sorted(CHECKS.items()))
