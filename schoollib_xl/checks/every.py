"""All checks, by code: importing this module registers them."""

from schoollib_xl.checks import entry
from schoollib_xl.checks.check import CHECKS, Check

_MODULES = (entry,)
ALL: dict[str, Check] = dict(sorted(CHECKS.items()))
