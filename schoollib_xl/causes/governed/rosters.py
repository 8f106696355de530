"""What other books say of 班级 and 读者名册: a class left out, cards left out, exchanged, or with a wrong number."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import Any

from schoollib_xl.causes.correction import Addition, Change, Correction, Slip, SlipKind, changed
from schoollib_xl.causes.evidence import weighed
from schoollib_xl.causes.slips import slip_between
from schoollib_xl.causes.trial import Course
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.grades import grade_of
from schoollib_xl.ledgers.library import Library, group_by
from schoollib_xl.ledgers.schema import Cell, cell
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.vocabulary import ReaderKind

_NUMBER = re.compile(r"(.*?)(\d+)")
# More numbers without a card than this are not miswritten one by one.
_MOST_CARDS = 4
# One card is miswritten as easily as left out; a stretch of more lines than three pages hold has another reason.
_LEAST_LEFT_OUT, _MOST_LEFT_OUT = 2, 120


def rosters_amiss(course: Course) -> None:
    """Name the classes that 班级 lacks; the cards that stand with each other's readers, those that the roster lacks
    between two others, and those whose reader the loans have under another number.
    """
    _classes_left_out(course)
    _exchanged(course)
    unknown = _unknown(course)
    for between in _gaps(course.trial.library):
        named = [number for number in between if number in unknown]
        if len(named) >= _LEAST_LEFT_OUT:
            # Of those who borrowed nothing only the number is known, and perhaps it was never given.
            for chosen in (between, named):
                if course.accept([_left_out(course.trial.library, chosen, unknown)], at_least=len(named)):
                    break
    for number, loans in islice(unknown.items(), _MOST_CARDS):
        _miswritten(course, number, loans)


def _classes_left_out(course: Course) -> None:
    """Classes that cards and another sheet name, where all those in 班级 have readers: none of these is miswritten, but
    one that stands there twice. How many pupils they have the cards tell.
    """
    library = course.trial.library
    named: dict[str, set[type[Any]]] = defaultdict(set)
    for one in course.open_findings().values():
        name = getattr(library[one.at.row_type].sound_at(one.at.line), "class_name", None)
        if name and one.at.field == "class_name" and library.class_called(name) is None:
            named[name].add(one.at.row_type)
    pupils = (one for one in library[ReaderRow] if one.kind is ReaderKind.PUPIL and one.is_active(library.as_of))
    cards = Counter(one.class_name for one in pupils)
    rows = list(library[ClassRow])
    if not rows or any(cards[row.class_name] == 0 for row in rows):
        return
    for name, sheets in islice(named.items(), _MOST_CARDS):
        if len(sheets) > 1 and cards[name] and not _stands_under_another(course, rows, name):
            grade = grade_of(name, library.year_begins.year)
            row = rows[-1]._replace(class_name=name, grade=grade or 0, teacher=None, pupils=cards[name], remarks=None)
            addition = Addition(row, ("grade", "pupils", "lending"))
            slip = Slip.OTHER_BOOK
            course.accept([Correction(SlipKind.MISSING, (addition,), slip, slip.cost)], at_least=2)


def _stands_under_another(course: Course, rows: list[ClassRow], name: str) -> bool:
    """Whether a class that 班级 has twice is this one, once: then no line is lacking."""
    slip = Slip.OTHER_BOOK
    times = Counter(row.class_name for row in rows)
    again = (row for row in rows if times[row.class_name] > 1)
    best = course.best_of(changed(SlipKind.CELL, row, slip, slip.cost, class_name=name) for row in again)
    return bool(best) and course.accept(best[:1], [best[1:]], at_least=2)


def _exchanged(course: Course) -> None:
    """Two numbers with each other's readers: loans tell each by the other's name, or one of them, and the numbers are
    in order once they are exchanged.
    """
    library = course.trial.library
    cells = (one.at for one in course.open_findings().values())
    rows = (library[LoanRow].sound_at(at.line) for at in cells if (at.row_type, at.field) == (LoanRow, "name"))
    told = {(row.reader_no, row.name): None for row in rows if row}
    named = group_by(library[ReaderRow], "name")
    for number, name in told:
        reader, others = library.readers.get(number), named.get(name, [])
        if reader is None or len(others) != 1 or reader.reader_no == others[0].reader_no:
            continue
        [other] = others
        is_told = (other.reader_no, reader.name) in told
        is_in_order = other.reader_no not in library.loans_by_reader and all(
            weighed(library, one, "reader_no", beside.reader_no) < 0
            for one, beside in ((reader, other), (other, reader))
        )
        if (is_told and number < other.reader_no) or is_in_order:
            numbers = _exchange(reader, other, "reader_no", SlipKind.EXCHANGED)
            words = _exchange(reader, other, "name", SlipKind.CELL)
            course.accept([numbers], [[words]], at_least=1 + is_told)


def _exchange(one: ReaderRow, other: ReaderRow, field: str, kind: SlipKind) -> Correction:
    """Each row with what the other has in the field."""
    edits = (Change(cell(row, field), getattr(beside, field)) for row, beside in ((one, other), (other, one)))
    return Correction(kind, tuple(edits), Slip.OTHER_LINE, Slip.OTHER_LINE.cost)


def _unknown(course: Course) -> dict[str, list[LoanRow]]:
    """The numbers without a card that findings are about, each with its loans."""
    library = course.trial.library
    rows = (library[one.at.row_type].sound_at(one.at.line) for one in course.open_findings().values())
    numbers = dict.fromkeys(row.reader_no for row in rows if isinstance(row, LoanRow))
    return {number: library.loans_by_reader[number] for number in numbers if number not in library.known_readers}


def _gaps(library: Library) -> Iterator[list[str]]:
    """The numbers between two cards numbered alike that no card has."""
    series: dict[tuple[str, int], list[int]] = defaultdict(list)
    for number in library.known_readers:
        if match := _NUMBER.fullmatch(number):
            series[match[1], len(match[2])].append(int(match[2]))
    for (make, width), numbers in sorted(series.items()):
        for before, behind in pairwise(sorted(numbers)):
            if 1 < behind - before <= _MOST_LEFT_OUT + 1:
                yield [f"{make}{number:0{width}}" for number in range(before + 1, behind)]


def _left_out(library: Library, numbers: list[str], loans_of: dict[str, list[LoanRow]]) -> Correction:
    """The cards as the loans tell them; what these do not tell is as on the card before."""
    like = max((one for one in library[ReaderRow] if one.reader_no < numbers[0]), key=lambda one: one.reader_no)
    edits = []
    for number in numbers:
        told = next(reversed(loans_of.get(number, [])), None)
        like = like._replace(
            reader_no=number,
            name=(told and told.name) or number,
            class_name=(told and told.class_name) or like.class_name,
            stopped_on=None,
            stop_reason=None,
            remarks=None,
        )
        untold = () if told and told.name else ("name", "class_name")
        edits.append(Addition(like, ("kind", "issued_on", *untold)))
    return Correction(SlipKind.MISSING, tuple(edits), Slip.NUMBER_LEFT_OUT, Slip.NUMBER_LEFT_OUT.cost)


def _miswritten(course: Course, number: str, loans: list[LoanRow]) -> None:
    """The card of the name that loans have under a number without a card: it is miswritten, or the one loan is."""
    library = course.trial.library
    readers = [one for one in library[ReaderRow] if one.name == loans[0].name]
    if len(readers) != 1:
        return
    [reader] = readers
    slip = slip_between(reader.reader_no, number)
    named = Slip.OTHER_BOOK if slip is Slip.PLAIN else slip
    card = changed(SlipKind.READER, reader, named, named.cost, reader_no=number)
    edits = tuple(Change(Cell(LoanRow, loan.line, "reader_no"), reader.reader_no) for loan in loans)
    lines = Correction(SlipKind.NUMBER, edits, named, named.cost)
    make = _NUMBER.fullmatch(number)
    if make is None or not any(one.reader_no.startswith(make[1]) for one in library[ReaderRow] if one is not reader):
        # No other card is numbered so: SO013 among S0013 is no number of theirs.
        course.accept([lines])
    elif reader.reader_no in library.loans_by_reader:
        # A card that is lent on has its number, unless that is another's too.
        course.accept([card], at_least=2)
    elif len(loans) > 1 or weighed(library, reader, "reader_no", number) < 0:
        course.accept([card], [[lines]])
    else:
        course.accept([lines], [[card]])
