"""One cell of an old list as what its column holds, by the named transforms and by nothing else."""

from collections.abc import Callable
from datetime import date

from schoollib_xl.adoption import texts
from schoollib_xl.adoption.dates import day_of
from schoollib_xl.adoption.prices import price_of
from schoollib_xl.adoption.transforms import (
    DATE_BACK,
    PLAIN_TEXT,
    REAL_NUMBER,
    WORDING,
    Read,
    Step,
)
from schoollib_xl.adoption.words import WORDS
from schoollib_xl.ledgers.schema import Field, Kind
from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.reading.tidy import Flawed, shown, tidy

_TEXTS: dict[str, Callable[[str], Read]] = {"title": texts.title, "pages": texts.pages, "published": texts.year}
_IDENTIFIERS: dict[str, Callable[[str], Read]] = {"isbn": texts.isbn, "class_no": texts.class_no}


class CellReader:
    """Reads the cells of one column, each distinct value once. `today` settles what a year of two digits means;
    `prices` says that the column may hold prices of sets.
    """

    def __init__(self, field: Field, today: date, prices: bool) -> None:
        self._field = field
        self._today = today
        self._read = self._reading(prices)
        self._known: dict[tuple[type, CellValue], Read] = {}

    def read(self, value: CellValue) -> Read:
        """The cell as read."""
        key = (type(value), value)
        if key not in self._known:
            self._known[key] = self._read(value)
        return self._known[key]

    def _reading(self, prices: bool) -> Callable[[CellValue], Read]:
        if prices and self._field.name == "price":
            return _after_text(price_of)
        readings: dict[Kind, Callable[[CellValue], Read]] = {
            Kind.TEXT: self._text,
            Kind.IDENTIFIER: self._identifier,
            Kind.DATE: _after_text(lambda value: day_of(value, self._today)),
            Kind.CHOICE: self._choice,
        }
        return readings.get(self._field.kind, _after_text(self._number))

    def _text(self, value: CellValue) -> Read:
        return _then(texts.text_of(value), _TEXTS.get(self._field.name, Read))

    def _identifier(self, value: CellValue) -> Read:
        if isinstance(value, date):
            taken = tidy(value, self._field, 0)
            return Read(taken.taken, (Step(DATE_BACK, shown(value)[:10], taken.taken),))
        plain = _then(texts.text_of(value), _IDENTIFIERS.get(self._field.name, texts.identifier))
        if isinstance(value, int | float) and plain.value is not None and self._field.name != "isbn":
            return plain._replace(steps=(*plain.steps, Step(PLAIN_TEXT, str(value), plain.value)))
        return plain

    def _choice(self, value: CellValue) -> Read:
        return _then(texts.text_of(value), self._word)

    def _word(self, text: str) -> Read:
        said = WORDS.get(self._field.name, {}).get(text, text)
        if said == "":
            return Read(None, (Step(WORDING, text, "空白"),))
        taken = tidy(said, self._field, 0)
        if isinstance(taken, Flawed):
            return Read(verbatim=text)
        return Read(taken, (Step(WORDING, text, said),) if said != text else ())

    def _number(self, value: CellValue) -> Read:
        taken = tidy(value, self._field, 0)
        if not isinstance(taken, Flawed):
            return Read(taken)
        if not taken.flaw.understood:
            return Read(verbatim=taken.text.strip())
        return Read(taken.taken, (Step(REAL_NUMBER, taken.text, shown(taken.taken)),))


def _after_text(read: Callable[[CellValue], Read]) -> Callable[[CellValue], Read]:
    """A reading of something else than text, told of the blanks and the nan of a text cell first."""

    def reading(value: CellValue) -> Read:
        first = texts.text_of(value)
        if first.value is None:
            return first
        second = read(value)
        return second if second.steps or second.verbatim else second._replace(steps=first.steps)

    return reading


def _then(first: Read, read: Callable[[str], Read]) -> Read:
    if first.value is None:
        return first
    second = read(first.value)
    return second._replace(steps=first.steps + second.steps)
