"""The settings of an adoption as the data propose them: shown before anything is written, and changed in 账册对照."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple

from schoollib_xl.adoption.adopting import Adoption
from schoollib_xl.adoption.options import Options
from schoollib_xl.adoption.settings.defaults import WIDTH
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.school import SETTINGS
from schoollib_xl.ledgers.supporting.calendar import OpeningRow
from schoollib_xl.ledgers.supporting.people import ClassRow
from schoollib_xl.ledgers.supporting.promises import MOST_LENT, LendingRule
from schoollib_xl.ledgers.vocabulary import ReaderKind, Weekday
from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.opening.refusing import Unusable
from schoollib_xl.sheets.reading.dates import typed_date
from schoollib_xl.sheets.reading.tidy import shown
from schoollib_xl.wording.zh import listed

OPENED_ON, AS_OF, DAYS, COPIES, WEEKDAYS = "启用日期", "接收日期", "借期天数", "同时可借册数", "开放星期"
START, HELD, TERM, CLASSES = "起始登记号", "没写册数的每种算几册", "学期", "班级和年级"
_SAMPLES = 20
_MOST_DIGITS = SETTINGS[WIDTH].column.greatest or 0


class SettingProposal(NamedTuple):
    """One setting: its value as it will be, why, and the option that changes it ('' where it follows from others)."""

    item: str
    value: str
    basis: str
    option: str


def proposals(adoption: Adoption) -> list[SettingProposal]:
    """The settings the books would be written with."""
    return list(_proposals(adoption))


def _proposals(adoption: Adoption) -> Iterator[SettingProposal]:
    options, rows = adoption.options, adoption.ledger_set.rows
    yield SettingProposal(AS_OF, options.as_of.isoformat(), _span(rows.get(LoanRow, [])), "--as-of")
    school = adoption.ledger_set.school
    if school.term:
        term = f"{school.school_year} {school.term_name}，{school.term.start} 到 {school.term.end}"
        yield SettingProposal(TERM, term, "旧表里的基本信息，没有就照接收日期按通常的日期", "")
    yield SettingProposal(
        OPENED_ON, options.opening_day.isoformat(), "学年第一天；有更早的借阅，照最早的借阅", "--opened-on"
    )
    if rule := _pupils_rule(rows.get(LendingRule, [])):
        yield SettingProposal(DAYS, str(rule.days), rule.basis, "--days")
        yield SettingProposal(COPIES, str(rule.copies), rule.basis, "--copies")
    days = dict.fromkeys(row.weekday.value.removeprefix("星期") for row in rows.get(OpeningRow, []))
    yield SettingProposal(WEEKDAYS, "".join(days), "借还的日子；看不出来的，周一到周五", "--open")
    if numbers := Counter(len(copy.accession_no) for copy in rows.get(AccessionRow, [])):
        yield SettingProposal(WIDTH, str(numbers.most_common(1)[0][0]), "旧表里的登记号", "--width")
    yield SettingProposal(
        START, "" if options.start is None else str(options.start), "空着：接着最大的号", "--start-number"
    )
    yield SettingProposal(HELD, "" if options.held is None else str(options.held), "空着：先放到一边", "--held")
    classes = [f"{row.class_name} {row.grade} 年级 {row.pupils} 人" for row in rows.get(ClassRow, [])]
    if classes:
        yield SettingProposal(CLASSES, listed(classes, _SAMPLES, "个班"), "旧表里的班级，没有就照花名册", "")


def _span(loans: list[LoanRow]) -> str:
    lent = [loan.lent_on for loan in loans]
    return f"借阅记录从 {min(lent)} 到 {max(lent)}" if lent else "今天"


def _pupils_rule(rules: list[LendingRule]) -> LendingRule | None:
    return next((rule for rule in rules if rule.reader_kind in (None, ReaderKind.PUPIL)), None)


# -- settings she has changed ------------------------------------------------------------------------------


def weekdays_in(text: str) -> tuple[Weekday, ...]:
    """The days a text names: 一三五, or 星期一、星期三. Raises ValueError."""
    said = re.findall(r"(?:星期|周)?([一二三四五六日])[、，, ]?", text)
    if not said or re.sub(r"(?:星期|周)?[一二三四五六日][、，, ]?", "", text.strip()):
        raise ValueError(text)
    return tuple(dict.fromkeys(Weekday(f"星期{one}") for one in said))


def with_settings(options: Options, settings: Mapping[str, CellValue]) -> Options:
    """The options with what 账册对照 says where they say nothing.

    Raises Unusable for a value that is none.
    """
    for item, value in settings.items():
        name, read = _READERS[item]
        try:
            taken = read(value)
        except ValueError:
            raise Unusable(f"账册对照里“{item}”改成的“{shown(value)}”读不出来，写成左边那样。") from None
        if name == "as_of" or getattr(options, name) in (None, ()):
            options = replace(options, **{name: taken})
    return options


def _day(value: CellValue) -> date:
    if isinstance(value, datetime):
        return value.date()
    day = value if isinstance(value, date) else typed_date(shown(value).strip())
    if day is None:
        raise ValueError(value)
    return day


def _within(least: int, most: int) -> Callable[[CellValue], int]:
    """Reads a number of this range, and raises ValueError for any other."""

    def read(value: CellValue) -> int:
        number = int(shown(value).strip())
        if not least <= number <= most:
            raise ValueError(value)
        return number

    return read


_READERS: Mapping[str, tuple[str, Callable[[CellValue], Any]]] = {
    OPENED_ON: ("opened_on", _day),
    AS_OF: ("as_of", _day),
    DAYS: ("days", _within(1, MOST_LENT)),
    COPIES: ("copies", _within(1, MOST_LENT)),
    WEEKDAYS: ("weekdays", lambda value: weekdays_in(shown(value))),
    WIDTH: ("width", _within(1, _MOST_DIGITS)),
    START: ("start", _within(0, 10**_MOST_DIGITS - 1)),
    HELD: ("held", _within(1, MOST_LENT)),
}
CHANGEABLE = frozenset(_READERS)
