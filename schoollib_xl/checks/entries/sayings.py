"""What a text beside a line may say that a column of the same line says otherwise: how such a saying is told."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from schoollib_xl.checks.check import Severity
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.numerals import COUNT, number_in
from schoollib_xl.ledgers.school import first_year
from schoollib_xl.rules.days_told import days_told

NUMERAL = rf"(?:\d+|{COUNT})"
NOT_YET = "(?:[未没]|没有|尚未|还没有?|暂不)"
# A day a clause may name, and one that it does name.
DAY = r"(?:\d{4}[年.\-/])?(?:\d{1,2}[月.\-/])?(?:\d{1,2}[日号]?)?"
_OWN_DAY = r"(?:\d{4}[年.\-/])?\d{1,2}(?:月|[.\-/]\d)\d{0,2}[日号]?"
_MONEY = r"(\d+(?:\.\d{1,2})?)元?"

_MONTH = r"(?:(\d{4})[年.\-/])?(?:(\d{1,2})[月.\-/])?"
# A month without a year that lies so many months back is one gone by; earlier ones come again within the term.
_LATELY = 4

_SIGNS_BETWEEN = str.maketrans(dict.fromkeys("，；;。！!：:", ","))
# What became of a copy, in the words of several ledgers.
LOST = r"(?:[此该这本]?书|已经?|被)*(?:学生|读者|孩子|本人)?(?:不慎|不小心)?(?:遗失|丢失|[弄搞]?丢掉?)了?"
FOUND_AGAIN = r"(?:书|原书|后来|现|现已|已|已经|又)*找(?:到|回|着)来?了?(?:[并,，、]?(?:归|交|送)?还(?:回|了)?)?"

# What follows may overturn what a clause says: 丢了，后来找到.
_OVERTURNED = "后又再但已找改补现原只仅"
# That it was paid for overturns nothing of it: 丢失，已赔.
_PAID_FOR = re.compile("已经?赔")
# 3,256.65元 is one figure and not two clauses.
_THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")

Contradicts = Callable[..., bool]


class OfTheRow:
    """A condition that the row alone decides, whatever the clause says; asked first, it mostly spares the words."""

    def __init__(self, holds: Callable[[Any], bool]) -> None:
        self.holds = holds

    def __call__(self, row: Any, *_: Any) -> bool:
        return self.holds(row)


class Saying(NamedTuple):
    """What a clause may be as a whole, one of the signs that it has in any case, and the cell of its row that says
    otherwise where the condition holds. Whole clauses only: 催还后才还, 拟注销 and 说好要退 are other things than
    their parts.
    """

    row_type: type[Any]
    text: str
    signs: str
    whole: str
    other: str
    contradicts: Contradicts
    severity: Severity | None = None


class Said(NamedTuple):
    """A saying found in a text, and how sure it is: beside other clauses one of them may explain it."""

    match: re.Match[str]
    severity: Severity | None


def said_in(saying: Saying, text: str) -> Iterator[Said]:
    """The clauses of a text that are the saying and that no later one may overturn."""
    said = _THOUSANDS.sub("", "".join(text.split()))
    clauses = [clause for clause in said.translate(_SIGNS_BETWEEN).split(",") if clause]
    for index, clause in enumerate(clauses):
        match = re.fullmatch(saying.whole, clause)
        later = _PAID_FOR.sub("", "".join(clauses[index + 1 :])) if match else ""
        if match and not any(sign in later for sign in _OVERTURNED):
            yield Said(match, saying.severity if len(clauses) == 1 else Severity.HINT)


# -- conditions -------------------------------------------------------------------------------------


def always(*_: Any) -> bool:
    """The line itself says otherwise by being there."""
    return True


def is_blank(name: str) -> Contradicts:
    """The cell is blank, and the day that is said is not one to come."""
    return lambda row, match, library: getattr(row, name) is None and not _may_be_to_come(match, library.as_of)


def is_filled(name: str) -> Contradicts:
    """The cell holds something, and no nought."""
    return OfTheRow(lambda row: bool(getattr(row, name)))


def stands(name: str) -> Contradicts:
    """The figure counts: it is above nought, and no red line of the sheet takes it back."""

    def contradicts(row: Any, _: re.Match[str], library: Library) -> bool:
        figure = getattr(row, name)
        return bool(figure) and figure > 0 and -figure not in library[type(row)].distinct(name)

    return contradicts


def is_one_of(name: str, *words: Any) -> Contradicts:
    """The cell holds one of these words of a list."""
    return OfTheRow(lambda row: getattr(row, name) in words)


def is_none_of(name: str, *words: Any) -> Contradicts:
    """The cell holds another word of its list than these."""
    return OfTheRow(lambda row: getattr(row, name) is not None and getattr(row, name) not in words)


def is_another_number(stated: int | Decimal | None, written: str) -> bool:
    """Whether a number in figures or numerals is not the one that is stated."""
    number = Decimal(written) if written[0].isdecimal() else number_in(written)
    return number is not None and number != (stated or 0)


def other_number(*names: str) -> Contradicts:
    """The number the clause says stands in none of these cells, of which one at least is filled."""

    def contradicts(row: Any, match: re.Match[str], _: Library) -> bool:
        stated = [value for name in names if (value := getattr(row, name)) is not None]
        return bool(stated) and all(is_another_number(value, match[1]) for value in stated)

    return contradicts


def other_day(name: str) -> Contradicts:
    """The day the clause says is not that of the cell."""

    def contradicts(row: Any, match: re.Match[str], _: Library) -> bool:
        day: date | None = getattr(row, name)
        if day is None:
            return False
        if told := days_told(match[0], first_year(day)):
            return day not in told
        year, month = (int(part or 0) for part in re.findall(_MONTH, match[0])[0])
        return bool(month) and (month != day.month or year not in (0, day.year))

    return contradicts


def later_month(name: str) -> Contradicts:
    """The month the clause says, with its year, is later than that of the cell."""

    def contradicts(row: Any, match: re.Match[str], _: Library) -> bool:
        day: date | None = getattr(row, name)
        return day is not None and (int(match[1]), int(match[2])) > (day.year, day.month)

    return contradicts


def _may_be_to_come(match: re.Match[str], as_of: date) -> bool:
    """Whether the day it says may lie ahead: 2026年7月毕业. A month without a year is one of the last or to come."""
    year, month = (int(part or 0) for part in re.findall(_MONTH, match[0])[0])
    if year:
        return (year, month or 12) > (as_of.year, as_of.month)
    return month > 0 and (as_of.month - month) % 12 > _LATELY


# -- sayings of one kind ----------------------------------------------------------------------------


def figure(row_type: type[Any], text: str, words: str, unit: str, *names: str) -> Saying:
    """A count: one of the words, a number and its unit (共25册)."""
    return Saying(row_type, text, unit, rf"{words}({NUMERAL})[{unit}]", names[0], other_number(*names))


def money(row_type: type[Any], text: str, words: str, name: str, severity: Severity | None = None) -> Saying:
    """A sum of money: one of the words and the yuan (收款20元)."""
    return Saying(row_type, text, "元", rf"{words}{_MONEY}整?", name, other_number(name), severity)


def own_day(row_type: type[Any], signs: str, act: str, name: str) -> Saying:
    """A day and what was done on it, in 备注 (6月25日还)."""
    return Saying(row_type, "remarks", signs, rf"{_OWN_DAY}(?:才|已|由.{{1,6}})?(?:{act})了?", name, other_day(name))


def choice(row_type: type[Any], text: str, signs: str, whole: str, name: str, *right: Any) -> Saying:
    """Words for one choice of a list, where the cell holds another (不外借 beside 外借)."""
    return Saying(row_type, text, signs, whole, name, is_none_of(name, *right))


def hint(saying: Saying) -> Saying:
    """The same where there may be a good reason for both."""
    return saying._replace(severity=Severity.HINT)
