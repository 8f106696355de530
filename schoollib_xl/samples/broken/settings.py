"""基本信息: one small broken example per check."""

from datetime import date
from typing import Any

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.ledger_set import EXAMPLE_SCHOOL
from schoollib_xl.ledgers.schema import example
from schoollib_xl.ledgers.school import SETTINGS, TermName
from schoollib_xl.ledgers.supporting.calendar import CalendarRow
from schoollib_xl.ledgers.supporting.office import SettingRow
from schoollib_xl.samples.broken.example import Example


def _settings(*rows: Any, **changes: Any) -> Example:
    """The example school with other settings: those that were changed and those they are compared with."""
    school = EXAMPLE_SCHOOL._replace(**changes)
    shown = {"school_year", "term_start", "term_end", "cut_off", *changes}
    settings = (
        example(SettingRow, item=header, value=getattr(school, field.name))
        for header, field in SETTINGS.items()
        if field.name in shown
    )
    return Example((*settings, *rows), school)


EXAMPLES = {
    "SET001": _settings(term_end=None),
    "SET002": _settings(school_year="2025"),
    "SET003": _settings(
        *(example(AccessionRow, accession_no=f"{number:08}") for number in range(1, 21)), accession_width=6
    ),
    "SET101": _settings(term_end=date(2025, 1, 23)),
    "SET102": _settings(previous_start=date(2025, 2, 17), previous_end=date(2025, 9, 4)),
    "SET103": _settings(cut_off=date(2025, 6, 30)),
    "SET104": _settings(term_name=TermName.SECOND),
    "SET105": _settings(
        example(CalendarRow, starts_on=date(2025, 9, 1), ends_on=date(2026, 1, 23)), term_start=date(2025, 9, 29)
    ),
}
