"""One voice: values into Chinese, and message templates filled with them."""

import re
import string
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from itertools import groupby
from typing import Any

from schoollib_xl.checks.check import Alike, Gap, Named, Nearest, Severity
from schoollib_xl.ledgers.vocabulary import Weekday

NO_NUMBERS = "个别登记账里还没有能读的登记号"
SEVERITY = {Severity.ERROR: "错误", Severity.WARNING: "存疑", Severity.HINT: "提示"}
# A list of numbers longer than this is cut with its count: she walks to the shelf with a few at a time.
MOST_NAMED = 6
# A title, a note or a remark has fewer signs.
_LONGEST = 200
# A screen sets figures off from the words, a paper does not: 255 册 is 255册 there.
_SPACED = r"(?<=[\u3000-\u9fff\uff00-\uffef]) (?=\d)|(?<=\d) (?=[\u3000-\u9fff\uff00-\uffef])"


def say(value: Any) -> str:
    """A value as a librarian writes it: 2025年9月10日, 25.00元, 11:30, a list with 、 between."""
    if isinstance(value, Gap):
        return _gap(value)
    if isinstance(value, Named):
        return in_brackets(value.numbers)
    if isinstance(value, Alike):
        beside = "这一行" if value.of_line else "这一栏"
        others = f"还有 {value.cells} 行" if value.are_lines else f"{beside}还有 {value.cells} 格"
        return f"，{others}也是这样" if value.cells else ""
    if isinstance(value, Nearest):
        return _likely(value.value) if value.value else ""
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, time):
        return f"{value.hour}:{value.minute:02}"
    if isinstance(value, Decimal):
        return f"{value}元"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return listed([say(item) for item in value])
    return "空白" if value is None else _short(str(value))


def _short(text: str) -> str:
    """A text, or how it begins: nobody reads a whole page in a sentence, and no cell holds it."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…（共 {len(text)} 字）"


def listed(
    items: Sequence[str], most: int = MOST_NAMED, unit: str = "个", of: int | None = None, between: str = "、"
) -> str:
    """Items with 、 between; a long list is cut, with how many of the unit there are: `of`, where these are its first
    ones.
    """
    number = len(items) if of is None else of
    return f"{between.join(items[:most])}{f'等 {number} {unit}' if number > most else ''}"


def runs_said(numbers: Iterable[int]) -> str:
    """2—30、35, numbers that follow each other put together."""
    runs = groupby(enumerate(sorted(numbers)), key=lambda place: place[1] - place[0])
    found = ([number for _, number in run] for _, run in runs)
    return "、".join(str(run[0]) if len(run) == 1 else f"{run[0]}—{run[-1]}" for run in found)


def sentence(template: str, facts: Mapping[str, Any]) -> str:
    """A message template filled with its facts."""
    return template.format_map({name: say(value) for name, value in facts.items()})


def placeholders(template: str) -> frozenset[str]:
    """The names a message template needs."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(template) if name)


def _likely(value: Any) -> str:
    return f"，可能是“{value}”" if isinstance(value, str) else f"，可能是 {say(value)}"


def _gap(gap: Gap) -> str:
    direction = "多" if gap.amount > 0 else "少"
    return f"{direction} {abs(gap.amount)} {gap.unit}"


def in_brackets(numbers: Sequence[str]) -> str:
    """The numbers that explain what is said; '' where there are none."""
    return f"（{listed(numbers)}）" if numbers else ""


def weekdays_said(weekdays: Iterable[Weekday]) -> str:
    """星期一至星期五, or 星期一、星期三 where they are no run of at least three."""
    found = sorted(set(weekdays), key=lambda day: day.number)
    is_run = len(found) > 2 and found[-1].number - found[0].number == len(found) - 1
    return f"{found[0]}至{found[-1]}" if is_run else "、".join(found)


def closed_up(text: str) -> str:
    """The text as a paper prints it, no space between words and figures."""
    return re.sub(_SPACED, "", text)
