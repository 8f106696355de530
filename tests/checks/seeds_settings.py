"""基本信息: one defect in the clean school per check."""

from datetime import date, timedelta
from typing import Any

from checks.books import Books
from checks.seeding import first, wrong
from schoollib_xl.ledgers.school import SETTINGS, TermName
from schoollib_xl.ledgers.supporting.office import SettingRow

_DAY = timedelta(days=1)


def _at(books: Books, code: str, name: str) -> str:
    header = next(header for header, field in SETTINGS.items() if field.name == name)
    return books.at(code, books.first(SettingRow, lambda row: row.item == header), "value")


def _set(books: Books, name: str, value: Any) -> None:
    """Change a setting, on its line and as it is understood."""
    header = next(header for header, field in SETTINGS.items() if field.name == name)
    books.edit(books.first(SettingRow, lambda row: row.item == header), value=value)
    books.ledger_set.school = books.ledger_set.school._replace(**{name: value})


def term_date_missing(books: Books) -> list[str]:
    _set(books, "term_start", None)
    return [_at(books, "SET001", "term_start")]


def school_year_unclear(books: Books) -> list[str]:
    _set(books, "school_year", "2025")
    return [_at(books, "SET002", "school_year")]


def width_differs_from_the_books(books: Books) -> list[str]:
    _set(books, "accession_width", 8)
    return [_at(books, "SET003", "accession_width")]


def term_ends_before_it_starts(books: Books) -> list[str]:
    school = books.ledger_set.school
    _set(books, "previous_end", school.previous_start and school.previous_start - _DAY)
    return [_at(books, "SET101", "previous_end")]


def terms_overlap(books: Books) -> list[str]:
    _set(books, "term_start", books.ledger_set.school.previous_end)
    return [_at(books, "SET102", "previous_end")]


def lending_stops_outside_the_term(books: Books) -> list[str]:
    _set(books, "lending_stops", books.ledger_set.school.previous_end)
    return [_at(books, "SET106", "lending_stops")]


def term_longer_than_a_year(books: Books) -> list[str]:
    _set(books, "previous_start", date(1925, 9, 1))
    return [_at(books, "SET107", "previous_start")]


def setting_written_twice(books: Books) -> list[str]:
    row = books.first(SettingRow, lambda row: row.item == "学校名称")
    again = books.edit(books.first(SettingRow, lambda row: row.item == "省份标准"), item=row.item, value="另一所小学")
    return [books.at("SET005", again, "value")]


def cut_off_outside_the_term(books: Books) -> list[str]:
    school = books.ledger_set.school
    _set(books, "cut_off", school.term_end and school.term_end + _DAY)
    return [_at(books, "SET103", "cut_off")]


def lent_after_lending_stopped(books: Books) -> list[str]:
    _set(books, "lending_stops", books.ledger_set.school.term_start + timedelta(days=60))
    return [_at(books, "SET108", "lending_stops")]


def term_outside_the_school_year(books: Books) -> list[str]:
    _set(books, "term_name", TermName.FIRST)
    return [_at(books, "SET104", "term_start")]


def school_outside_the_term(books: Books) -> list[str]:
    start = books.ledger_set.school.term_start
    _set(books, "term_start", start and start + timedelta(days=28))
    return [_at(books, "SET105", "term_start")]


wrong("SET004", first(SettingRow, item="省份标准"), item="省份标")
