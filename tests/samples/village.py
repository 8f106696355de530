"""A very small school whose librarian a test can set to work, and the acts it may ask for."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.school import Term
from schoollib_xl.ledgers.supporting.calendar import TurnRow
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.ledgers.supporting.vocabulary import Presence
from schoollib_xl.ledgers.vocabulary import Condition, LeavingReason, LoanMode, Settlement, Source, WithdrawalReason
from schoollib_xl.samples.batches import Arrival
from schoollib_xl.samples.librarian import Librarian
from schoollib_xl.samples.people import STAFF, newcomer, people
from schoollib_xl.samples.refusal import NotAllowed
from schoollib_xl.samples.scale import SCALES, Size
from schoollib_xl.samples.stock import Approval, SampleLot
from schoollib_xl.samples.terms import FIRST, SECOND, rulebook, turns
from schoollib_xl.samples.titles import Title, catalogue
from schoollib_xl.samples.year import periodicals

Act = Callable[[Librarian, int], object]

_SCALE = SCALES[Size.SCHOOL]._replace(pupils=36, teachers=12)
TITLES: list[Title] = catalogue()
_PAPERS = periodicals()
# From this day on everything comes back and is counted.
COUNTED_FROM = date(2026, 6, 30)
_PERIODS = (Term(date(2025, 9, 1), date(2025, 12, 31)), Term(date(2026, 1, 1), date(2026, 6, 30)))


def village() -> Librarian:
    """A librarian on the first day of school: 36 pupils, 80 copies, of which some are reference books."""
    who = people(Random(1), _SCALE)
    librarian = Librarian(rulebook(_SCALE), who.classes, STAFF, FIRST.start)
    for card in who.readers:
        librarian.issue_card(card)
    old = [title for title in TITLES if not title.is_new]
    librarian.open_books([SampleLot(title, 2, date(2020, 9, 1)) for title in old[::16]], Arrival(Source.PURCHASE))
    librarian.cash.receive(librarian.today, "拨款", "SR1", Decimal("5000.00"))
    return librarian


def days_pass(librarian: Librarian, number: int) -> None:
    """Some days go by; 分类统计账 is closed when the first term ends."""
    day = librarian.today + timedelta(number % 12 + 1)
    if day > SECOND.end - timedelta(14):
        raise NotAllowed("the year is nearly over")
    if librarian.today < FIRST.end <= day:
        librarian.wait_until(FIRST.end)
        librarian.close_period(FIRST.start)
    librarian.wait_until(day)


def buy(librarian: Librarian, number: int) -> None:
    lots = [SampleLot(TITLES[number % len(TITLES)], number % 3 + 1), SampleLot(TITLES[number // 7 % len(TITLES)], 1)]
    librarian.accession(lots, Arrival(Source.PURCHASE, "书店", f"FP{librarian.today:%m%d}{number}", Decimal("9.90")))


def be_given(librarian: Librarian, number: int) -> None:
    librarian.accession([SampleLot(TITLES[number % len(TITLES)], 2)], Arrival(Source.DONATION, "村民", "JZ1"))


def lend(librarian: Librarian, number: int) -> None:
    librarian.lend(_card(librarian, number), _copy(librarian, number // 5))


def send_to_class(librarian: Librarian, number: int) -> None:
    classes = librarian.cards.classes
    librarian.send_to_class(classes[number % len(classes)].class_name, _copy(librarian, number // 5))


def read_in_room(librarian: Librarian, number: int) -> None:
    librarian.read_in_room(_card(librarian, number), _copy(librarian, number // 5))


def renew(librarian: Librarian, number: int) -> None:
    librarian.renew(_loan(librarian, number))


def take_back(librarian: Librarian, number: int) -> None:
    librarian.take_back(_loan(librarian, number))


def lose(librarian: Librarian, number: int) -> None:
    settlement = (Settlement.PAYMENT, Settlement.REPLACEMENT)[number % 2]
    librarian.report_lost(_loan(librarian, number // 2), settlement)


def damage(librarian: Librarian, number: int) -> None:
    settlement = (Settlement.PAYMENT, Settlement.REPAIR)[number % 2]
    librarian.report_damaged(_loan(librarian, number // 2), "封面脱落", settlement)


def settle(librarian: Librarian, number: int) -> None:
    for row in librarian.incidents.open(Settlement.PAYMENT)[: number % 3]:
        librarian.take_payment(row.incident_no)


def replace(librarian: Librarian, number: int) -> None:
    waiting = librarian.incidents.open(Settlement.REPLACEMENT)
    librarian.take_replacements([row.incident_no for row in waiting])


def write_off(librarian: Librarian, number: int) -> None:
    reason = (WithdrawalReason.WEEDED, WithdrawalReason.WORN_OUT, WithdrawalReason.TRANSFERRED)[number % 3]
    numbers = [_copy(librarian, number // 3), _copy(librarian, number // 5)]
    librarian.write_off(numbers, Approval(reason, f"图〔{number}〕号", "报废"))


def write_off_lost(librarian: Librarian, number: int) -> None:
    lost = [row.accession_no for row in librarian.incidents.rows if row.incident.value == "遗失"]
    waiting = [accession_no for accession_no in lost if librarian.stock.copy(accession_no).withdrawn_on is None]
    librarian.write_off(waiting, Approval(WithdrawalReason.LOST, f"图失〔{number}〕号", "核销"))


def send_for_repair(librarian: Librarian, number: int) -> None:
    librarian.send_for_repair(_copy(librarian, number), "书脊开裂")


def reshelve(librarian: Librarian, number: int) -> None:
    away = [row.accession_no for row in librarian.shelves.repairs if row.reshelved_on is None]
    if away:
        librarian.reshelve(away[number % len(away)])


def subscribe(librarian: Librarian, number: int) -> None:
    paper = _PAPERS[number % len(_PAPERS)]
    librarian.subscribe([paper], _PERIODS[number % 2], f"YZ{len(librarian.serials.rows)}")


def bind(librarian: Librarian, number: int) -> None:
    done = [row.periodical_no for row in librarian.serials.rows if row.ends_on < librarian.today]
    for periodical_no in done[number % 3 :][:2]:
        librarian.check_in(periodical_no)
        librarian.bind([periodical_no])


def spot_check(librarian: Librarian, number: int) -> None:
    if librarian.today >= COUNTED_FROM:
        raise NotAllowed("the shelves are being counted")
    places = librarian.shelves.places()
    place, seen = places[number % len(places)], librarian.shelves.stocktake
    if any(scan.place == place and scan.counted_on == librarian.today for scan in seen):
        raise NotAllowed(f"{place} was looked at today")
    for copy in librarian.shelves.standing_in(place)[: 1 + number % 40]:
        line, found = len(seen) + 2, (Condition.GOOD, *[Presence.PRESENT] * 4, None)
        seen.append(StocktakeRow(line, librarian.today, copy.accession_no, place, *found))


def move_away(librarian: Librarian, number: int) -> None:
    pupils = [card for card in librarian.cards.rows if card.kind.value == "学生"]
    librarian.stop_card(pupils[number % len(pupils)].reader_no, LeavingReason.MOVED)


def move_in(librarian: Librarian, number: int) -> None:
    classes = librarian.cards.classes
    class_name = classes[number % len(classes)].class_name
    cards = librarian.cards.rows
    librarian.issue_card(newcomer(cards, f"新生{len(cards)}", class_name, librarian.today))


ACTS: tuple[Act, ...] = (
    days_pass,
    buy,
    be_given,
    lend,
    send_to_class,
    read_in_room,
    renew,
    take_back,
    lose,
    damage,
    settle,
    replace,
    write_off,
    write_off_lost,
    send_for_repair,
    reshelve,
    subscribe,
    bind,
    spot_check,
    move_away,
    move_in,
)


def close_year(librarian: Librarian) -> LedgerSet:
    """The last two weeks: everything comes back, is settled, written off, checked in and counted."""
    if librarian.today < FIRST.end:
        days_pass_until(librarian, FIRST.end)
        librarian.close_period(FIRST.start)
    days_pass_until(librarian, COUNTED_FROM)
    for mode in (LoanMode.PERSONAL, LoanMode.CLASS):
        librarian.collect(mode)
    for row in librarian.incidents.open(Settlement.PAYMENT):
        librarian.take_payment(row.incident_no)
    for act in (replace, write_off_lost):
        if librarian.incidents.rows:
            attempt(act, librarian, 1)
    for row in librarian.serials.rows:
        librarian.check_in(row.periodical_no)
    days_pass_until(librarian, SECOND.end)
    for place in librarian.shelves.places():
        librarian.count(place)
    librarian.close_period(FIRST.end + timedelta(1))
    return librarian.ledger_set({TurnRow: turns(librarian.cards.classes, _SCALE)})


def days_pass_until(librarian: Librarian, day: date) -> None:
    librarian.wait_until(max(day, librarian.today))


def attempt(act: Act, librarian: Librarian, number: int) -> bool:
    """Whether the act was allowed, and done."""
    try:
        act(librarian, number)
    except NotAllowed:
        return False
    return True


def _copy(librarian: Librarian, number: int) -> str:
    return librarian.stock.copies[number % len(librarian.stock.copies)].accession_no


def _card(librarian: Librarian, number: int) -> str:
    return librarian.cards.rows[number % len(librarian.cards.rows)].reader_no


def _loan(librarian: Librarian, number: int) -> str:
    out = librarian.desk.out(LoanMode.PERSONAL) + librarian.desk.out(LoanMode.CLASS)
    if not out:
        raise NotAllowed("nothing is out")
    return out[number % len(out)].accession_no
