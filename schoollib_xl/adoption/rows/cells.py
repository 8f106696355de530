"""One cell of an old list as what its column holds: read as every cell is, each change said by its name."""

import re
from collections.abc import Callable
from decimal import Decimal

from schoollib_xl.adoption.forms.english import word_meant
from schoollib_xl.adoption.forms.kinds import HELD
from schoollib_xl.adoption.forms.words import source_in
from schoollib_xl.adoption.number_lists import SPANS, in_groups, numbers_of
from schoollib_xl.adoption.rows import texts
from schoollib_xl.adoption.transforms import (
    CLASS_FORM,
    DATE_BACK,
    IN_GROUPS,
    IN_NUMERALS,
    ISBN_DASHES,
    LEAKED,
    PLAIN_TEXT,
    PRICE,
    REAL_DATE,
    REAL_NUMBER,
    SAME_PRICE,
    SHORT_YEAR,
    WORDING,
    Read,
    Step,
    Transform,
)
from schoollib_xl.ledgers.identifiers import BookNumber, ClassNumber, is_isbn
from schoollib_xl.ledgers.numerals import number_in
from schoollib_xl.ledgers.schema import Field, Kind
from schoollib_xl.ledgers.table import Flaw
from schoollib_xl.ledgers.units import BEYOND_COUNTING, to_cents
from schoollib_xl.ledgers.vocabulary import Source
from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.reading.dates import typed_moment
from schoollib_xl.sheets.reading.dittos import DITTO_MARKS
from schoollib_xl.sheets.reading.prices import WHOLE_SET, Price, prices_in
from schoollib_xl.sheets.reading.texts import PUNCTUATION
from schoollib_xl.sheets.reading.tidy import LONGEST_NUMBER, Flawed, shown, tidy

# The first and the last number of several copies.
_ENDS = frozenset({"first_no", "last_no"})
_COUNTED = re.compile(r"[册本]$")
# How a hand counts: five strokes make a 正, what is begun looks like the signs below.
_LAST_STROKES = ("", "一", "丅", "下", "止")
_STROKES = re.compile("(正+)([一丅下止]?)")
_OF_A_SET = {1: "", WHOLE_SET: "，全套"}
_TEXTS: dict[str, Callable[[str], Read]] = {
    "title": texts.title,
    "name": texts.name,
    "pages": texts.pages,
    "published": texts.year,
}
# I 文学, G62 教育: the class and what it is called; 架 is no class of books.
_CLASS_AND_NAME = re.compile(r"([A-Z]{1,2}\d*(?:\.\d+)?)[、.:：\-]?[一-鿿][一-鿿、，/]*(?<![架柜橱层排区室楼库班])")
# A program whose day is blank may write the first of its calendar.
_NO_DAY = re.compile(r"(?:1900\D0?1\D0?1|1899\D12\D3[01]|1753\D0?1\D0?1|0{0,3}1\D0?1\D0?1)日?(?:[ T]0?0:00[:.0]*)?")
# An ISBN of which a spreadsheet kept but the first figures: 9.787E+12, saved as 9787000000000.
_FIGURES_LOST = re.compile(r"97[89]\d*0{5}")
_FORMS: dict[type, Transform] = {ClassNumber: CLASS_FORM, BookNumber: ISBN_DASHES}


class CellReader:
    """Reads the cells of one column, each distinct value once; `prices` says that it may hold prices of sets, `several`
    that an accession number may be a list of them, `marks` that a mark for "as above" is no text.
    """

    def __init__(self, field: Field, prices: bool, several: bool = False, marks: bool = False) -> None:
        self._field = Field(field.name, field.annotation, field.column, field.kind, True, field.choices)
        self._may_list = several and (field.is_accession_no or field.name in SPANS)
        self._has_marks = marks
        self._read = self._reading(prices)
        self._known: dict[tuple[type, CellValue], Read] = {}

    def read(self, value: CellValue) -> Read:
        """The cell as read."""
        key = (type(value), value)
        if key not in self._known:
            self._known[key] = self._read(value)
        return self._known[key]

    def _reading(self, prices: bool) -> Callable[[CellValue], Read]:
        if prices and self._field.name in ("price", "amount"):
            return _after_text(price_of)
        readings: dict[Kind, Callable[[CellValue], Read]] = {
            Kind.TEXT: self._text,
            Kind.IDENTIFIER: _after_text(self._identifier),
            Kind.DATE: _after_text(self._date),
            Kind.CHOICE: self._choice,
        }
        return readings.get(self._field.kind, _after_text(self._number))

    def _text(self, value: CellValue) -> Read:
        first = texts.text_of(value)
        if first.value is None:
            return first
        if self._has_marks and first.value in DITTO_MARKS:
            # Nothing stands above that it could mean.
            return Read(verbatim=first.value)
        second = _TEXTS.get(self._field.name, Read)(first.value)
        return second._replace(steps=first.steps + second.steps)

    def _identifier(self, value: CellValue) -> Read:
        taken = tidy(value, self._field, 0)
        if isinstance(taken, Flawed) and taken.flaw is Flaw.HIDDEN_SIGNS:
            taken = taken.taken
        if isinstance(taken, Flawed):
            if taken.flaw is Flaw.DATE_FOR_TEXT:
                return Read(taken.taken, (Step(DATE_BACK, taken.text, taken.taken),))
            if taken.flaw is not Flaw.OUT_OF_RANGE or not isinstance(value, str):
                return Read(verbatim=taken.text)
            # A number too long for its column is kept whole beside it.
            return Read(value.strip()) if self._may_list and _is_list(value) else Read(verbatim=value.strip())
        if taken is None:
            return Read(None, (Step(WORDING, shown(value), "空白"),))
        if grouped := in_groups(taken):
            return Read(grouped, (Step(IN_GROUPS, taken, grouped),))
        if self._field.name in _ENDS and taken.isdecimal() and len(taken) > LONGEST_NUMBER:
            # Two numbers scanned into one cell.
            return Read(verbatim=taken)
        if self._field.name == "class_no" and texts.is_sort(taken):
            return Read(verbatim=taken)
        if self._field.name == "class_no" and (named := _CLASS_AND_NAME.fullmatch(taken)):
            return Read(named[1], (Step(CLASS_FORM, shown(value), named[1]),))
        if self._field.name == "isbn" and _FIGURES_LOST.fullmatch(taken) and not is_isbn(taken):
            return Read(verbatim=shown(value))
        if self._field.name == "book_no":
            return texts.book_no(taken)
        form = _FORMS.get(type(self._field.identifies), PLAIN_TEXT)
        before = str(value) if form is PLAIN_TEXT else shown(value)
        return texts.changed(form, before, taken)

    def _date(self, value: CellValue) -> Read:
        if _NO_DAY.fullmatch(text := shown(value).strip()):
            return Read(None, (Step(LEAKED, text, "空白"),))
        taken = tidy(value, self._field, 0)
        day = taken.taken if isinstance(taken, Flawed) else taken
        written = shown(value).strip()
        if day is None:
            return (
                Read(verbatim=written) if isinstance(taken, Flawed) else Read(None, (Step(WORDING, written, "空白"),))
            )
        if not isinstance(taken, Flawed) or written == day.isoformat():
            return Read(day)
        moment = typed_moment(written.translate(PUNCTUATION))
        transform = SHORT_YEAR if moment and not moment.has_full_year else REAL_DATE
        return Read(day, (Step(transform, written, day.isoformat()),))

    def _choice(self, value: CellValue) -> Read:
        first = texts.text_of(value)
        if first.value is None:
            return first
        taken = tidy(word_meant(first.value), self._field, 0)
        if isinstance(taken, Flawed):
            of_books = self._field.choices == tuple(Source)
            taken = self._said_in_several(first.value) or (source_in(first.value) if of_books else None)
            if taken is None:
                return Read(verbatim=first.value, steps=first.steps)
        said = "空白" if taken is None else str(taken)
        step = (Step(WORDING, first.value, said),) if said != first.value else ()
        return Read(taken, (*first.steps, *step))

    def _said_in_several(self, text: str) -> str | None:
        """The choice that several words for it say together: 缺页破损; None of words for two, and of any other."""
        words = "|".join(re.escape(word) for word in sorted(self._field.words, key=len, reverse=True) if len(word) > 1)
        if not words or not re.fullmatch(rf"(?:(?:{words})[、，,;；和及\s]*)+", text):
            return None
        meant = {self._field.words[word] for word in re.findall(words, text)}
        return meant.pop() if len(meant) == 1 else None

    def _number(self, value: CellValue) -> Read:
        taken = tidy(value, self._field, 0)
        if not isinstance(taken, Flawed):
            return Read(taken)
        if not taken.flaw.understood:
            number = _in_numerals(value)
            if number is None or not self._field.allows(number):
                return Read(verbatim=taken.text.strip())
            return Read(number, (Step(IN_NUMERALS, taken.text, shown(number)),))
        return Read(taken.taken, (Step(REAL_NUMBER, taken.text, shown(taken.taken)),))


def price_of(value: CellValue) -> Read:
    """The cell as a `Price`. Several prices that differ, and other currencies, cannot be read."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        exact = Decimal(shown(value))
        return (
            Read(Price(to_cents(exact)))
            if exact.is_finite() and 0 <= exact < BEYOND_COUNTING
            else Read(verbatim=shown(value))
        )
    text = shown(value).strip()
    bare = number_in("".join(text.split()))
    prices = prices_in(text) if bare is None else [Price(to_cents(Decimal(bare)))]
    if len(set(prices)) != 1:
        return Read(verbatim=text)
    price, *again = prices
    after = f"{price.yuan}{_OF_A_SET.get(price.volumes, f'，{price.volumes} 册')}"
    transform = SAME_PRICE if again else PRICE
    return Read(price, (Step(transform, text, after),) if after != text else ())


def _in_numerals(value: CellValue) -> int | None:
    """The number of a cell in numerals, with what it counts or without, or in strokes: 十二, 两本, 正下."""
    text = "".join(value.split()) if isinstance(value, str) else ""
    # 下 alone is the second volume.
    if strokes := _STROKES.fullmatch(text):
        return len(strokes[1]) * 5 + _LAST_STROKES.index(strokes[2])
    return number_in(_COUNTED.sub("", text)) if text else None


def _is_list(text: str) -> bool:
    numbers = numbers_of(text) or ()
    return len(numbers) > 1 and all(len(number) <= LONGEST_NUMBER for number in numbers)


def count_in(value: CellValue) -> int | None:
    """The copies a cell of a list of books states; None where it is blank or cannot be read."""
    count = CellReader(HELD, prices=False).read(value).value
    return count if isinstance(count, int) else None


def _after_text(read: Callable[[CellValue], Read]) -> Callable[[CellValue], Read]:
    """A reading of something else than text, told of the blanks and the nan of a text cell first."""

    def reading(value: CellValue) -> Read:
        first = texts.text_of(value)
        if first.value is None:
            return first
        second: Read = read(first.value if isinstance(value, str) else value)
        return second if second.steps or second.verbatim else second._replace(steps=first.steps)

    return reading
