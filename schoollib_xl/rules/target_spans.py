"""Over how long a target is asked, as its unit says it: 册, 册/学期 and 册/半年 a term, 册/年 a school year."""

import re
from enum import Enum, auto

# 年级 is no span of time, and half a year is a term.
_YEAR = re.compile("(?<!半)年(?!级)")
_SHORTER = re.compile("月|周|旬|天|日|星期")


class TargetSpan(Enum):
    """A term, the school year, or a shorter time, which no figure of ours is worked out for."""

    TERM = auto()
    YEAR = auto()
    SHORTER = auto()


def span_of(unit: str) -> TargetSpan:
    """The time a unit names; a term where it names none."""
    if _YEAR.search(unit):
        return TargetSpan.YEAR
    return TargetSpan.SHORTER if _SHORTER.search(unit) else TargetSpan.TERM
