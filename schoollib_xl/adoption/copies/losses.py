"""Lists of lost or damaged books: what their title says of each line. Those that name no reader are about copies of
the other lists; of several of a title they are about the lowest free ones (contract 10).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from schoollib_xl.adoption.copies.lots import Lot, are_other_books, is_unclear, keys_of, stated_numbers
from schoollib_xl.adoption.copies.states import CopyState, state_in
from schoollib_xl.adoption.copies.written_off import LastLent
from schoollib_xl.adoption.forms.list_titles import incident_told
from schoollib_xl.adoption.journal import Journal, of_many
from schoollib_xl.adoption.rows.records import GoneCopies, Record
from schoollib_xl.ledgers.library import gathered
from schoollib_xl.ledgers.vocabulary import Incident

NOT_HELD = "记作{word}的{what}，接收进来的书里没有，没有算进馆藏"
SEVERAL = "记作{word}的书，别的清单里同名的有 {copies} 册，定不下是哪一册；写上登记号再接收"
UNNUMBERED = "记作{word}的{what}，别的清单里同名的没写登记号的有 {copies} 册，定不下是哪一册；在书目里写上登记号再接收"
ANOTHER_TITLE = "记作{word}的{what}，别的清单里是《{title}》，这里写的书名不一样，没有记；对着书改好再接收"
SEVERAL_TITLES = "记作{word}的{what}，别的清单里不止一种书是这个号，定不下是哪一种；写上书名再接收"
FEWER = "记作{word}的写了 {stated} 册，别的清单里只有 {copies} 册"
FEWER_NUMBERS = "记作{word}的写了 {stated} 册，登记号只有 {numbers} 个"
UNCLEAR = "登记号写的“{text}”看不出是哪几个号；书上是哪几个就写哪几个再接收"
MORE_NUMBERS = "登记号有 {numbers} 个，册数写的是 {held}，定不下{word}的是哪几册；改好再接收"
ANY_OF_THEM = (
    "{lists}上只写书名的 {count} 行（第一处{first}）：书目里这种书不止这几册，都没有登记号，"
    "从前往后记了清单上写的册数；新号往书上写的时候，这几个号留给这几册。"
)
LOWEST = (
    "{lists}上只写书名的 {count} 行（第一处{first}）：书目里这种书不止这几册，"
    "取了登记号最小、没有借出的；对着{papers}看，不是这几册的改过来。"
)
OF_THESE = "别的清单里的 {copies} 册，{stated} 册记作{word}"
ON_THE_LIST = "别的清单里的这一册，记作{word}"
PARTLY = "{lists}上有 {count} 行只对上了一部分（第一处{first}）。"
_LISTS = "丢失、损坏的清单"
_SHOWN = 3


class _LostCopy(NamedTuple):
    """A copy of a lot by its number; '' for all its copies."""

    lot: Lot
    number: str = ""


class _Told(NamedTuple):
    """What a line of a list of losses comes to: the copies it means, what else it says, and whether they were chosen
    among more of the title.
    """

    copies: list[_LostCopy]
    doubts: list[str]
    is_chosen: bool = False


class _Held:
    """The copies of the other lists, by number or barcode and by book."""

    def __init__(self, lots: Iterable[Lot], lent: LastLent) -> None:
        self._lent = lent
        lots = [lot for lot in lots if lot.own]
        self._by_number = _by(_numbers_of, lots)
        self._by_book = _by(lambda lot: keys_of(lot.record), lots)

    def numbered(self, number: str) -> Sequence[Lot]:
        return self._by_number.get(_bare(number), ())

    def called(self, record: Record) -> Sequence[Lot]:
        return next((self._by_book[key] for key in keys_of(record) if key in self._by_book), ())

    def lowest(self, lots: Sequence[Lot], count: int) -> list[_LostCopy]:
        """So many copies of one book with the lowest numbers, that are not lent or gone; none where not so many are."""
        books = {(lot.record.get("isbn"), lot.record.get("author")) for lot in lots}
        if len(books) != 1 or any(lot.listed or len(lot.numbers) < lot.copies for lot in lots):
            return []
        here = (lot for lot in lots if state_in(lot.record.get("state") or "") in (None, CopyState.HERE))
        there = {number: lot for lot in here for number in lot.numbers if _bare(number) not in lot.record.copy_states}
        return [_LostCopy(there[number], number) for number in self._lent.lowest_free(there, count, None)]


def without_losses(records: Iterable[Record]) -> tuple[list[Record], list[Record]]:
    """The records of lists of books, and those of lists of losses."""
    held: list[Record] = []
    lost: list[Record] = []
    for record in records:
        (lost if _incident(record) else held).append(record)
    return held, lost


def tell_losses(losses: Iterable[Record], lots: Iterable[Lot], lent: LastLent, journal: Journal) -> None:
    """Give the copies that lists of losses name the state these tell; what they name beside them is said."""
    held = _Held(lots, lent)
    partly: list[str] = []
    any_of_them: list[str] = []
    lowest: list[str] = []
    for record in losses:
        word = incident.value if (incident := _incident(record)) else ""
        if said := _any_of(record, word, held):
            journal.merged(record.place, said, record.text)
            any_of_them.append(f"{record.place}，{said}")
            continue
        copies, doubts, is_chosen = _told(record, word, held)
        why = "；".join(doubts)
        if not copies:
            journal.aside(record.place, why, record.text)
            continue
        for lot in {id(copy.lot): copy.lot for copy in copies}.values():
            _mark(lot, [copy.number for copy in copies if copy.lot is lot and copy.number], record, word)
        journal.merged(record.place, "；".join([ON_THE_LIST.format(word=word), *doubts]), record.text)
        partly += [f"{record.place}：{why}"] if doubts else []
        lowest += [f"{record.place}：{'、'.join(copy.number for copy in copies)}"] if is_chosen else []
    journal.urgent += of_many(PARTLY, partly, lists=_LISTS)
    journal.assumed += of_many(ANY_OF_THEM, any_of_them, lists=_LISTS)
    journal.assumed += of_many(LOWEST, lowest, lists=_LISTS, papers="书")


def _any_of(record: Record, word: str, held: _Held) -> str:
    """Take as many as a line says of the copies of a title that bear no number: which of them makes no difference.
    What is said of it; '' where the line says of which copies it is, or means all of them.
    """
    meant = [] if stated_numbers(record).numbers or record.get("barcode") else held.called(record)
    stated = record.get("held") or 1
    if len(meant) != 1 or not meant[0].is_of_titles or meant[0].listed or not 0 < stated < meant[0].unmarked:
        return ""
    (lot,) = meant
    said = OF_THESE.format(copies=lot.unmarked, stated=stated, word=word)
    lot.record.gone.append(GoneCopies(stated, word, _also_said(record)))
    return said


def _incident(record: Record) -> Incident | None:
    return incident_told(record.table.said_round)


def _by(keys: Callable[[Lot], Iterable[str]], lots: Iterable[Lot]) -> Mapping[str, list[Lot]]:
    return gathered((key, lot) for lot in lots for key in dict.fromkeys(keys(lot)))


def _numbers_of(lot: Lot) -> Iterator[str]:
    yield from map(_bare, lot.numbers)
    if barcode := lot.record.get("barcode"):
        yield _bare(barcode)


def _bare(number: str) -> str:
    """A number as it compares: without the noughts before it."""
    return number.lstrip("0")


def _told(record: Record, word: str, held: _Held) -> _Told:
    """The copies a line means, and what it says beside."""
    text, numbers = stated_numbers(record)
    if is_unclear(record):
        return _Told([], [UNCLEAR.format(text=text)])
    barcode = record.get("barcode")
    numbers = numbers or ((barcode,) if barcode else ())
    stated = record.get("held")
    if not numbers:
        return _of_a_title(record, word, held, stated or 1)
    if stated and len(numbers) > stated:
        return _Told([], [MORE_NUMBERS.format(numbers=len(numbers), held=stated, word=word)])
    copies: list[_LostCopy] = []
    doubts: dict[str, list[str]] = defaultdict(list)
    for number in numbers:
        found = _of_a_number(record, number, held)
        if isinstance(found, str):
            doubts[found].append(number)
        else:
            copies += found
    reasons = [why.format(word=word, what=_named(listed)) for why, listed in doubts.items()]
    if stated and len(numbers) < stated:
        reasons.append(FEWER_NUMBERS.format(word=word, stated=stated, numbers=len(numbers)))
    return _Told(copies, reasons)


def _of_a_title(record: Record, word: str, held: _Held, stated: int) -> _Told:
    meant = held.called(record)
    copies = sum(lot.unmarked for lot in meant)
    if not meant:
        return _Told([], [NOT_HELD.format(word=word, what="书")])
    if copies > stated:
        chosen = held.lowest(meant, stated)
        return _Told(chosen, [] if chosen else [SEVERAL.format(word=word, copies=copies)], bool(chosen))
    fewer = [FEWER.format(word=word, stated=stated, copies=copies)] if copies < stated else []
    return _Told(list(map(_LostCopy, meant)), fewer)


def _of_a_number(record: Record, number: str, held: _Held) -> list[_LostCopy] | str:
    """The copies of a number, one where no list has it twice; else why there are none, a sentence that lacks the
    number and the word.
    """
    found = held.numbered(number)
    meant = [lot for lot in found if not _contradict(record, lot.record)]
    if found and not meant:
        return ANOTHER_TITLE.replace("{title}", found[0].record.get("title") or "")
    if any(_contradict(meant[0].record, lot.record) for lot in meant[1:]):
        return SEVERAL_TITLES
    own = [_own_number(lot, number) for lot in meant]
    if unnumbered := [lot for lot, one in zip(meant, own, strict=True) if not one and lot.own > 1]:
        return SEVERAL.replace("{copies}", str(unnumbered[0].own))
    if meant:
        return list(map(_LostCopy, meant, own))
    unnumbered = [lot for lot in held.called(record) if lot.own > len(lot.numbers)]
    copies = sum(lot.own - len(lot.numbers) for lot in unnumbered)
    if copies == 1 and not unnumbered[0].numbers:
        return [_LostCopy(unnumbered[0])]
    return UNNUMBERED.replace("{copies}", str(copies)) if copies else NOT_HELD


def _own_number(lot: Lot, number: str) -> str:
    """The number as the lot has it; '' where it is the barcode."""
    return next((own for own in lot.numbers if _bare(own) == _bare(number)), "")


def _contradict(one: Record, other: Record) -> bool:
    return are_other_books(one.get("isbn"), one.get("title"), other.get("isbn"), other.get("title"))


def _named(numbers: Sequence[str]) -> str:
    more = f" 等 {len(numbers)} 个号" if len(numbers) > _SHOWN else ""
    return f" {'、'.join(numbers[:_SHOWN])}{more}"


def _mark(lot: Lot, numbers: Sequence[str], record: Record, word: str) -> None:
    """The copies that are meant are in that state, and no other of the same lot."""
    one = lot.record
    is_whole = not numbers or len(numbers) == lot.copies
    if not is_whole:
        one.copy_states |= dict.fromkeys(map(_bare, numbers), word)
    elif state_in(one.get("state") or "") in (None, CopyState.HERE):
        one.values["state"] = word
        one.values["withdrawn_on"] = one.get("withdrawn_on") or record.get("withdrawn_on")
    else:
        one.notes.append(f"状态：{word}")
    if said := _also_said(record):
        one.notes.append(said if is_whole else f"{'、'.join(numbers)}：{said}")


def _also_said(record: Record) -> str:
    """Why the copies of a line are gone, and what else it says."""
    told = (f"{record.header(name)}：{text}" for name in ("reason", "approved_by") if (text := record.said(name)))
    return "；".join(filter(None, (*told, record.remarks)))
