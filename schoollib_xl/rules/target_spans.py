"""Over how long a target is asked, as its unit says it: 册, 册/学期 and 册/半年 a term, 册/年 a school year."""

import re
from enum import Enum, auto

from schoollib_xl.rules.target_names import TargetName

# Half a year is a term.
_TERM = "(?<!半)(?<!半个)学期|半年|半个?学年"
# 第二学期 is one of them.
_TERMS_OF_YEAR = "(?<!第)[两二2]个?学期"
# 三年级 and 三年计划 are no span of time, 年度 is one.
_YEAR = "年(?![级计规])"
_WEEK = "周|星期|礼拜"
# 天 is what 开放天数 is counted in; after one of these signs it is a time.
_OTHER = "半|季|月|旬|[/／每一(（,，、][天日]|(?:[两二三四五六七八九十2-9]|[0-9]{2})年(?![级计规])"
# A sign without which no time is named.
_TIMES = frozenset("年学半季月旬天日周星礼")
YEARLY = (TargetName.NEW_COPIES.value, TargetName.SUBSCRIPTIONS.value)
"""The figures that are shown of the school year."""
TERMLY = (
    TargetName.PERIODICALS.value,
    *("流通册次", "图书流通率", "人均流通册数", "藏书利用率", "读者借阅率", "学生借阅率", "逾期率", "丢失率"),
)
"""The figures that are shown of the term; of the rest there is one that holds at any time."""


class TargetSpan(Enum):
    """A term, the school year, a week, or another time, which no figure of ours is worked out for."""

    TERM = auto()
    YEAR = auto()
    WEEK = auto()
    OTHER = auto()


# What stands behind the stroke of most units that name a time.
_PER = {"年": TargetSpan.YEAR, "学年": TargetSpan.YEAR, "学期": TargetSpan.TERM, "周": TargetSpan.WEEK}
# The forms of times, the first that is found.
_OF_TIME = (
    (_TERMS_OF_YEAR, TargetSpan.YEAR),
    (_TERM, TargetSpan.TERM),
    (_OTHER, TargetSpan.OTHER),
    (_WEEK, TargetSpan.WEEK),
    (_YEAR, TargetSpan.YEAR),
)
# What each is counted over where its unit names no time; the rest are of the term.
_USUAL = {
    **dict.fromkeys(YEARLY, TargetSpan.YEAR),
    TargetName.OPENING_HOURS.value: TargetSpan.WEEK,
}
# The others are worked out over a term and over a school year. No pupil's least is, over a year in which pupils come
# and go, nor are the days of a year, of which 校历 may have one term only.
_COUNTED = {
    TargetName.LEAST_COPIES.value: (TargetSpan.TERM,),
    "开放天数": (TargetSpan.TERM,),
    TargetName.OPENING_HOURS.value: (TargetSpan.WEEK,),
}


def span_named(name: str, unit: str) -> TargetSpan:
    """The time a unit names; where it names none, that which the target of this name is usually asked over."""
    if span := _PER.get(unit.partition("/")[2]):
        return span
    of_time = () if _TIMES.isdisjoint(unit) else _OF_TIME
    return next((span for form, span in of_time if re.search(form, unit)), _USUAL.get(name, TargetSpan.TERM))


def is_counted_over(name: str, span: TargetSpan) -> bool:
    """Whether what is done towards a target of this name is worked out over the span."""
    return span in _COUNTED.get(name, (TargetSpan.TERM, TargetSpan.YEAR))


def is_shown_over(name: str, span: TargetSpan) -> bool:
    """Whether the figure that is shown without a target is the one that the target is asked over this span."""
    other = {TargetSpan.TERM: YEARLY, TargetSpan.YEAR: TERMLY}
    return is_counted_over(name, span) and name not in other.get(span, ())
