"""The day books are judged on where nobody says one: whether the computer's clock can be right about it."""

from datetime import date, timedelta

from schoollib_xl.ledgers.library import LONG_SILENCE, Library
from schoollib_xl.sheets.opening.refusing import Unusable

# A clock from before this program was made has stopped; from 2100 on, due dates leave what a ledger may hold.
_YEARS = range(2024, 2100)
# New books are made ready in the summer before the school year they begin with.
_AHEAD = timedelta(days=183)
_STOPPED = (
    "电脑上的日期是 {today}，先把电脑的日期改对，再来一次；"
    "改不了，就写明日期：基本信息的“截止日期”，命令也可以加 --as-of。"
)
_NOT_YET = "{as_of} 那天还没有账：账上最早的一天是 {first}，换成这天或以后的日期；电脑的日期不对，就先改对。"
_SLOW = (
    "电脑上的日期是 {today}，账上最早的一天却是 {first}：先把电脑的日期改对；"
    "电脑没有错，就改账上写错的日期，或者写明核对到哪一天：基本信息的“截止日期”，命令也可以加 --as-of。"
)
_BEHIND = (
    "没有可用的截止日期，照电脑上的日期 {today} 算，账上却有好几天记在这天以后，都没有算："
    "电脑的日期不对，就先改对再来一次；对的话，就核对账上的日期。"
)
_FAST = (
    "没有可用的截止日期，照电脑上的日期 {today} 算，账上最后一笔却是 {last}："
    "电脑的日期不对，就先改对再来一次；是看旧账，就填截止日期。"
)


def computers_day() -> date:
    """Today as the computer has it. Raises Unusable for a clock that has stopped or runs in another century."""
    today = date.today()
    if today.year not in _YEARS:
        raise Unusable(_STOPPED.format(today=today))
    return today


def refuse_before_the_books(library: Library, as_of: date | None) -> None:
    """Nothing can be said of a day on which nothing had been entered yet: neither of one that was asked for nor,
    `as_of` being None, of one the clock alone tells.

    Raises Unusable.
    """
    first = library.begins_on
    if first and as_of and as_of < first:
        raise Unusable(_NOT_YET.format(as_of=as_of, first=first))
    if first and _is_by_clock(library, as_of) and library.as_of + _AHEAD < first:
        raise Unusable(_SLOW.format(today=library.as_of, first=first))


def said_of_the_clock(library: Library, as_of: date | None) -> str:
    """That the clock is behind what was entered, or long past all of it; '' where it is not, or where nobody asked
    it.
    """
    if not _is_by_clock(library, as_of):
        return ""
    if library.goes_on_after(library.as_of):
        return _BEHIND.format(today=library.as_of)
    last = library.ends_on
    return _FAST.format(today=library.as_of, last=last) if last and library.as_of - last > LONG_SILENCE else ""


def _is_by_clock(library: Library, as_of: date | None) -> bool:
    """Whether neither the command nor 截止日期 says until when the books are judged."""
    return not (as_of or library.school.cut_off)
