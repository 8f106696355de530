"""One spelling for each class, however the lists write it."""

from collections.abc import Iterable
from datetime import date

from schoollib_xl.adoption.readers.grades_told import KEY
from schoollib_xl.ledgers.grades import class_key, class_key_in
from schoollib_xl.ledgers.numerals import numeral
from schoollib_xl.ledgers.school import first_year
from schoollib_xl.ledgers.supporting.people import ClassRow


class ClassSpellings:
    """One spelling for each class: that of 班级 where there is one, else 三（1）班. In the school year that begins in
    `year` 2023级1班 is a class by its grade as well.
    """

    def __init__(self, known: Iterable[ClassRow], year: int) -> None:
        self._year = year
        self._spelled: dict[str, str] = {}
        self._spelled_this_year: dict[str, str] = {}
        for row in known:
            if row.class_name:
                self.keep(row.class_name)

    def spelled(self, name: str, day: date | None = None) -> str:
        """The name as it is spelled throughout the books; `day` is that on which it was written, if not of late:
        五（1）班 of two years ago is not the class that is 五（1）班 now.
        """
        key, key_now = class_key(name), class_key_in(name, self._year)
        is_of_this_year = day is None or first_year(day) == self._year
        if is_of_this_year and key_now in self._spelled_this_year:
            return self._spelled_this_year[key_now]
        spelled = self._spelled.setdefault(key, _standard(key) or name)
        if is_of_this_year:
            self._spelled_this_year[key_now] = spelled
        return spelled

    def keep(self, name: str) -> None:
        """Spell this class as it is written."""
        spelled = self._spelled.setdefault(class_key(name), name)
        self._spelled_this_year.setdefault(class_key_in(name, self._year), spelled)


def _standard(key: str) -> str | None:
    match = KEY.fullmatch(key)
    return f"{numeral(int(match[1]))}（{match[2]}）班" if match else None
