"""The sample school: one school year of a village school, lived through day by day."""

import csv
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from importlib.resources import files
from random import Random

from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import gathered
from schoollib_xl.ledgers.school import Term
from schoollib_xl.ledgers.vocabulary import Frequency, LoanMode, PeriodicalKind, ReaderKind, Settlement, Source
from schoollib_xl.rules.calendar import days
from schoollib_xl.samples.batches import Arrival
from schoollib_xl.samples.deliveries import Booksellers, opening_lots
from schoollib_xl.samples.diary import Diary
from schoollib_xl.samples.librarian import Librarian
from schoollib_xl.samples.papers import papers_on_file
from schoollib_xl.samples.people import STAFF, People, people
from schoollib_xl.samples.reading import Readers
from schoollib_xl.samples.scale import SCALES, Scale, Size
from schoollib_xl.samples.serials import Periodical
from schoollib_xl.samples.terms import FIRST, SECOND, rulebook, turns
from schoollib_xl.samples.titles import catalogue

_Act = Callable[[Diary], None]

# Readers borrow between these days; the last two weeks of a term are for bringing back.
_LENDING = (Term(date(2025, 9, 8), date(2026, 1, 9)), Term(date(2026, 3, 2), date(2026, 6, 12)))
_AUTUMN_PAPERS = Term(date(2025, 9, 1), date(2025, 12, 31))
_SPRING_PAPERS = Term(date(2026, 1, 1), date(2026, 6, 30))

_PROGRAMME: tuple[tuple[date, _Act], ...] = (
    (date(2025, 9, 2), lambda diary: diary.grant("上学年结转", 2_600)),
    (date(2025, 9, 3), lambda diary: diary.grant("秋季图书经费", 12_000)),
    (date(2025, 9, 4), lambda diary: diary.subscribe(_AUTUMN_PAPERS, 24)),
    (date(2025, 9, 12), lambda diary: diary.buy(0.30, "0.75")),
    (date(2025, 9, 15), lambda diary: diary.fill_corners()),
    (date(2025, 10, 13), lambda diary: diary.move_in()),
    (date(2025, 10, 15), lambda diary: diary.lose(Settlement.PAYMENT)),
    (date(2025, 10, 20), lambda diary: diary.take_payments()),
    (date(2025, 10, 22), lambda diary: diary.be_given(0.16, Source.ALLOCATION, "县教育局")),
    (date(2025, 10, 29), lambda diary: diary.damage(Settlement.REPAIR)),
    (date(2025, 11, 5), lambda diary: diary.send_for_repair(6)),
    (date(2025, 11, 10), lambda diary: diary.move_away()),
    (date(2025, 11, 12), lambda diary: diary.lose(Settlement.REPLACEMENT)),
    (date(2025, 11, 19), lambda diary: diary.be_given(0.12, Source.DONATION, "青禾村村民委员会")),
    (date(2025, 11, 21), lambda diary: diary.reshelve()),
    (date(2025, 11, 28), lambda diary: diary.weed(18)),
    (date(2025, 12, 3), lambda diary: diary.lose(Settlement.PAYMENT)),
    (date(2025, 12, 9), lambda diary: diary.take_payments()),
    (date(2025, 12, 10), lambda diary: diary.subscribe(_SPRING_PAPERS, 26)),
    (date(2025, 12, 17), lambda diary: diary.damage(Settlement.REPAIR)),
    (date(2025, 12, 24), lambda diary: diary.take_replacements()),
    (date(2025, 12, 30), lambda diary: diary.reshelve()),
    (date(2026, 1, 13), lambda diary: diary.check_in()),
    (date(2026, 1, 14), lambda diary: diary.bind()),
    (date(2026, 1, 16), lambda diary: diary.collect(LoanMode.PERSONAL)),
    (date(2026, 1, 19), lambda diary: diary.collect(LoanMode.CLASS)),
    (date(2026, 1, 20), lambda diary: diary.write_off_worn(6)),
    (date(2026, 1, 20), lambda diary: diary.write_off_lost()),
    (FIRST.end, lambda diary: diary.close(FIRST.start)),
    (date(2026, 2, 25), lambda diary: diary.move_in()),
    (date(2026, 3, 2), lambda diary: diary.grant("春季图书经费", 9_000)),
    (date(2026, 3, 3), lambda diary: diary.move_away()),
    (date(2026, 3, 4), lambda diary: diary.fill_corners()),
    (date(2026, 3, 11), lambda diary: diary.buy(0.24, "0.75")),
    (date(2026, 3, 18), lambda diary: diary.lose(Settlement.PAYMENT)),
    (date(2026, 3, 24), lambda diary: diary.take_payments()),
    (date(2026, 4, 1), lambda diary: diary.send_for_repair(8)),
    (date(2026, 4, 8), lambda diary: diary.damage(Settlement.REPAIR)),
    (date(2026, 4, 15), lambda diary: diary.weed(14)),
    (date(2026, 4, 17), lambda diary: diary.reshelve()),
    (date(2026, 4, 22), lambda diary: diary.be_given(0.08, Source.DONATION, "青禾小学校友会")),
    (date(2026, 4, 27), lambda diary: diary.move_away()),
    (date(2026, 4, 29), lambda diary: diary.lose(Settlement.REPLACEMENT)),
    (date(2026, 5, 6), lambda diary: diary.move_in()),
    (date(2026, 5, 13), lambda diary: diary.damage(Settlement.PAYMENT)),
    (date(2026, 5, 18), lambda diary: diary.take_payments()),
    (date(2026, 5, 20), lambda diary: diary.buy(0.10, "0.78")),
    (date(2026, 5, 27), lambda diary: diary.lose(Settlement.PAYMENT, ReaderKind.TEACHER)),
    (date(2026, 6, 2), lambda diary: diary.take_payments()),
    (date(2026, 6, 18), lambda diary: diary.take_replacements()),
    (date(2026, 6, 22), lambda diary: diary.collect(LoanMode.PERSONAL)),
    (date(2026, 6, 23), lambda diary: diary.collect(LoanMode.CLASS)),
    (date(2026, 6, 24), lambda diary: diary.write_off_worn(8)),
    (date(2026, 6, 24), lambda diary: diary.write_off_lost()),
    (date(2026, 6, 25), lambda diary: diary.send_for_repair(3)),
    (date(2026, 6, 30), lambda diary: diary.check_in()),
    (date(2026, 6, 30), lambda diary: diary.bind()),
    (date(2026, 7, 1), lambda diary: diary.count("低年级书架", "教师书架", "阅览室")),
    (date(2026, 7, 2), lambda diary: diary.count("书库")),
    (SECOND.end, lambda diary: diary.close(date(2026, 1, 24))),
)


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
    dated = gathered(_PROGRAMME)
    for day in days(FIRST.start, SECOND.end):
        librarian.wait_until(day)
        for act in dated.get(day, ()):
            act(diary)
        if librarian.desk.calendar.timetable(day) is not None:
            readers.day(lending=any(day in period for period in _LENDING))


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
