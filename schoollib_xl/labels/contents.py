"""What stands on each kind of label (words only, no place)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from schoollib_xl.labels.kinds import LabelKind
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.grades import class_key
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell, cell
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.vocabulary import ReaderKind
from schoollib_xl.quotas.basis.classes import ClassNames

# A class number longer than this is broken before a sign of its own: I287.45-49 → I287.45 / -49.
_LONGEST_CLASS = 8
_BREAK = re.compile(r"(?=[-=/(（\"<])")
_BOOK_CARD_LINES, _DATE_SLIP_LINES = 14, 16


class NothingToPrint(Exception):
    """Nothing is meant by what was asked for; says so in one Chinese sentence."""


@dataclass(frozen=True)
class Label:
    """One label. `number` names it, `lines` are its words from above, `code` what its barcode holds ('' for none),
    `letter` the class of its colour band ('' for none), `ruled` how many empty lines a card has to be written on.
    """

    number: str
    lines: tuple[str, ...]
    code: str = ""
    letter: str = ""
    ruled: int = 0


class Missing(NamedTuple):
    """A label that cannot be made: whose, where to look, and why."""

    number: str
    at: Cell
    why: str


class Wanted(NamedTuple):
    """What to print: all of a kind, or those of a batch, a range of numbers, a class (of books: the beginning of the
    class number; of readers: 班级).
    """

    kind: LabelKind
    batch: str | None = None
    numbers: tuple[str, str] | None = None
    class_name: str | None = None


class LabelContents(NamedTuple):
    """The labels, and those that cannot be made."""

    labels: tuple[Label, ...]
    missing: tuple[Missing, ...]


def contents(library: Library, wanted: Wanted) -> LabelContents:
    """The labels wanted, in the order of their numbers; of copies in force and of cards not handed back.

    Raises NothingToPrint where a batch, range or class has none.
    """
    made = _of_books(library, wanted) if wanted.kind.is_of_books else list(_cards(library, _readers(library, wanted)))
    labels = tuple(label for label in made if isinstance(label, Label))
    missing = tuple(one for one in made if isinstance(one, Missing))
    return LabelContents(labels, missing)


# -- books ------------------------------------------------------------------------------------------


def _of_books(library: Library, wanted: Wanted) -> list[Label | Missing]:
    made = {
        LabelKind.SPINE: _spine,
        LabelKind.BARCODE: _barcode,
        LabelKind.BOOK_CARD: _book_card,
        LabelKind.DATE_SLIP: _date_slip,
    }[wanted.kind]
    return [made(library, copy) for copy in _copies(library, wanted)]


def _copies(library: Library, wanted: Wanted) -> list[AccessionRow]:
    wanted = wanted._replace(numbers=_whole(library, wanted.numbers))
    in_force = (copy for copy in library.copies.values() if library.written_off(copy) is None)
    chosen = [copy for copy in in_force if _is_chosen(copy, wanted)]
    if not chosen:
        raise NothingToPrint(_no_copies(library, wanted))
    return sorted(chosen, key=lambda copy: (len(copy.accession_no), copy.accession_no))


def _whole(library: Library, span: tuple[str, str] | None) -> tuple[str, str] | None:
    """The numbers with the zeros that were not typed, where the school has none so short."""
    if span is None:
        return None
    lengths, width = set(map(len, library.copies)), library.school.number_width
    first, last = (text.zfill(width) if text.isdecimal() and len(text) not in lengths else text for text in span)
    return first, last


def _is_chosen(copy: AccessionRow, wanted: Wanted) -> bool:
    if wanted.batch and copy.batch_no != wanted.batch:
        return False
    if wanted.class_name and not (copy.class_no or "").upper().startswith(wanted.class_name.upper()):
        return False
    return wanted.numbers is None or _is_between(copy.accession_no, wanted.numbers)


def _is_between(number: str, span: tuple[str, str]) -> bool:
    first, last = span
    return (len(first), first) <= (len(number), number) <= (len(last), last)


def _no_copies(library: Library, wanted: Wanted) -> str:
    if wanted.batch and wanted.batch not in library.known_batches:
        return f"总括登记账里没有“{wanted.batch}”这一批。"
    if not library.known_copies:
        return "个别登记账里还没有能读的登记号，没有要印的。"
    asked = [f"“{wanted.batch}”这一批" if wanted.batch else "", f"“{wanted.class_name}”类" if wanted.class_name else ""]
    asked.append(f" {wanted.numbers[0]} 到 {wanted.numbers[1]} 号" if wanted.numbers else "")
    return f"个别登记账里{'、'.join(filter(None, asked))}没有在册的书，没有要印的。"


def _spine(library: Library, copy: AccessionRow) -> Label | Missing:
    if not copy.class_no:
        return Missing(copy.accession_no, cell(copy, "class_no"), "没有分类号")
    lines = (*_class_lines(copy.class_no), *filter(None, [copy.book_no]))
    return Label(copy.accession_no, (*lines, copy.accession_no), letter=copy.class_letter)


def _class_lines(class_no: str) -> tuple[str, ...]:
    if len(class_no) <= _LONGEST_CLASS:
        return (class_no,)
    first, *rest = [part for part in _BREAK.split(class_no) if part]
    return (first, "".join(rest)) if rest else (class_no,)


def _barcode(library: Library, copy: AccessionRow) -> Label:
    code = copy.barcode or copy.accession_no
    return Label(copy.accession_no, (library.school.name or "", copy.title), code=code)


def _book_card(library: Library, copy: AccessionRow) -> Label:
    lines = (copy.title, copy.author or "", f"{copy.call_number}　　登记号 {copy.accession_no}")
    return Label(copy.accession_no, lines, letter=copy.class_letter, ruled=_BOOK_CARD_LINES)


def _date_slip(library: Library, copy: AccessionRow) -> Label:
    return Label(copy.accession_no, ("期 限 表", f"登记号 {copy.accession_no}"), ruled=_DATE_SLIP_LINES)


# -- readers ----------------------------------------------------------------------------------------


def _readers(library: Library, wanted: Wanted) -> list[ReaderRow]:
    in_use = (
        row
        for row in library.readers.values()
        if (row.stopped_on is None or row.stopped_on > library.as_of) and not row.is_stopped_some_day
    )
    chosen = [row for row in in_use if _is_wanted(row, wanted)]
    if not chosen:
        raise NothingToPrint(_no_readers(library, wanted))
    place = library.derive(ClassNames).place
    return sorted(chosen, key=lambda row: (place(row.class_name), len(row.reader_no), row.reader_no))


def _is_wanted(row: ReaderRow, wanted: Wanted) -> bool:
    if wanted.class_name and class_key(row.class_name or "") != class_key(wanted.class_name):
        return False
    return wanted.numbers is None or _is_between(row.reader_no, wanted.numbers)


def _no_readers(library: Library, wanted: Wanted) -> str:
    if wanted.class_name and library.class_called(wanted.class_name) is None:
        return f"班级表里没有“{wanted.class_name}”，有 {'、'.join(library.classes)}。"
    return "读者名册里没有符合的、在用的读者证，没有要印的。"


def _cards(library: Library, readers: Iterable[ReaderRow]) -> Iterator[Label | Missing]:
    for row in readers:
        # A pupil's card says the class, that of a teacher who has one both.
        kind = "" if row.class_name and row.kind is ReaderKind.PUPIL else row.kind.value
        said = "　".join(filter(None, (kind, row.class_name)))
        lines = (library.school.name or "", "读 者 证", row.name, said)
        yield Label(row.reader_no, lines, code=row.reader_no)
