"""基本信息: one defect in the clean school per check."""

from datetime import date, timedelta
from typing import Any

from checks.books import Books
from checks.seeding import SEEDS, first, wrong
from schoollib_xl.ledgers.school import SETTINGS, TermName
from schoollib_xl.ledgers.supporting.office import SettingRow


def _set(code: str, name: str, value: Any, days: int = 0, at: str = "") -> None:
    """A seed: a setting changed, on its line and as it is understood, to a value or so many days from another's; the
    finding is there or `at` another.
    """

    def seed(books: Books) -> list[str]:
        school = books.ledger_set.school
        meant = getattr(school, value) + timedelta(days) if isinstance(value, str) and hasattr(school, value) else value
        lines = {field.name: first(SettingRow, item=header)(books) for header, field in SETTINGS.items()}
        books.edit(lines[name], value=meant)
        books.ledger_set.school = school._replace(**{name: meant})
        return [books.at(code, lines[at or name], "value")]

    SEEDS[code] = seed


def setting_written_twice(books: Books) -> list[str]:
    row = books.first(SettingRow, lambda row: row.item == "学校名称")
    again = books.edit(books.first(SettingRow, lambda row: row.item == "省份标准"), item=row.item, value="另一所小学")
    return [books.at("SET005", again, "value")]


_set("SET001", "term_start", None)
_set("SET002", "school_year", "2025")
_set("SET003", "accession_width", 8)
wrong("SET004", first(SettingRow, item="省份标准"), item="省份标")
_set("SET101", "previous_end", "previous_start", -1)
_set("SET102", "term_start", "previous_end", at="previous_end")
_set("SET103", "cut_off", "term_end", 1)
_set("SET104", "term_name", TermName.FIRST, at="term_start")
_set("SET105", "term_start", "term_start", 28)
_set("SET109", "term_start", "term_start", -21)
_set("SET106", "lending_stops", "previous_end")
_set("SET107", "previous_start", date(1925, 9, 1))
_set("SET108", "lending_stops", "term_start", 60)
