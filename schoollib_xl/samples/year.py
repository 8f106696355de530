"""The sample school: one school year of a village school, lived through day by day."""

import csv
from datetime import date
from decimal import Decimal
from importlib.resources import files
from random import Random

from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.vocabulary import Frequency, PeriodicalKind, Source
from schoollib_xl.rules.calendar import days
from schoollib_xl.samples.batches import Arrival
from schoollib_xl.samples.deliveries import Booksellers, opening_lots
from schoollib_xl.samples.diary import Diary
from schoollib_xl.samples.librarian import Librarian
from schoollib_xl.samples.papers import papers_on_file
from schoollib_xl.samples.people import STAFF, People, people
from schoollib_xl.samples.programme import LENDING, programme
from schoollib_xl.samples.reading import Readers
from schoollib_xl.samples.scale import SCALES, Scale, Size
from schoollib_xl.samples.serials import Periodical
from schoollib_xl.samples.terms import FIRST, SECOND, rulebook, turns
from schoollib_xl.samples.titles import catalogue

__all__ = ["Size", "clean_school"]


def clean_school(seed: int = 1, size: Size = Size.SCHOOL) -> LedgerSet:
    """A school whose books agree in everything: the same seed gives the same rows, in any process."""
    return scaled_school(seed, SCALES[size])


def scaled_school(seed: int, scale: Scale) -> LedgerSet:
    """The same at a scale of one's own."""
    rng = Random(seed)
    titles = catalogue(scale.editions)
    who = people(rng, scale)
    librarian = _first_day(who, scale)
    librarian.open_books(
        opening_lots(rng, titles, scale.opening_copies),
        Arrival(Source.PURCHASE, remarks="启用本账以前的馆藏"),
    )
    rota = turns(who.classes, scale)
    readers = Readers(rng, librarian, rota, scale)
    sellers = Booksellers(rng, titles)
    diary = Diary(rng, librarian, readers, sellers, periodicals(), list(who.spare_names), scale)
    _live(librarian, readers, diary)
    return librarian.ledger_set(papers_on_file(librarian, readers.visits, rota, titles))


def _first_day(who: People, scale: Scale) -> Librarian:
    librarian = Librarian(rulebook(scale), who.classes, STAFF, FIRST.start)
    for card in who.readers:
        librarian.issue_card(card)
    return librarian


def _live(librarian: Librarian, readers: Readers, diary: Diary) -> None:
    dated = programme()
    for day in days(FIRST.start, SECOND.end):
        librarian.wait_until(day)
        for act in dated.get(day, ()):
            act(diary)
        if librarian.desk.calendar.timetable(day) is not None:
            readers.day(lending=_is_lending(day))


def _is_lending(day: date) -> bool:
    return any(day in period for period in LENDING)


def periodicals() -> list[Periodical]:
    """What the post office delivers, from data/periodicals.csv."""
    with files("schoollib_xl.samples").joinpath("data/periodicals.csv").open(encoding="utf-8") as lines:
        return [
            Periodical(
                paper["title"],
                PeriodicalKind(paper["kind"]),
                paper["postal_code"],
                paper["issn"] or None,
                paper["cn"],
                Frequency(paper["frequency"]),
                Decimal(paper["monthly_price"]),
                paper["class_no"],
                int(paper["copies"]),
            )
            for paper in csv.DictReader(lines)
        ]
