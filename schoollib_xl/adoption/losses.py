"""Lists of lost or damaged books: what their title says of each line. Those that name no reader are about copies of
the other lists.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from schoollib_xl.adoption.journal import Journal
from schoollib_xl.adoption.list_titles import incident_told, said_round
from schoollib_xl.adoption.lots import keys_of
from schoollib_xl.adoption.number_lists import numbers_of
from schoollib_xl.adoption.records import Record
from schoollib_xl.adoption.transforms import INCIDENT_FROM_PLACE
from schoollib_xl.ledgers.vocabulary import Incident

NOT_HELD = "记作{word}的书，别的清单里没有，没有算进馆藏"
SEVERAL = "记作{word}的书，别的清单里同名的有 {copies} 册，定不下是哪一册；写上登记号再接收"
ON_THE_LIST = "别的清单里的这一册，记作{word}"
_By = Mapping[str, list[Record]]


def losses_told(records: Sequence[Record], journal: Journal) -> list[Record]:
    """The records of lists of books without those of lists of losses, after the copies these name have got the state
    they tell.
    """
    told = {id(record): incident.value for record in records if (incident := _incident(record))}
    held = [record for record in records if id(record) not in told]
    by_number, by_book = _by(_numbers, held), _by(keys_of, held)
    for record in records:
        if word := told.get(id(record)):
            _tell(record, word, _copies_meant(record, by_number, by_book), journal)
    return held


def fill_incidents(records: Iterable[Record], journal: Journal) -> None:
    """Give the records of compensations that do not say it the incident their title tells."""
    for record in records:
        if not record.get("incident") and "incident" not in record.unread and (incident := _incident(record)):
            record.values["incident"] = incident
            journal.did(INCIDENT_FROM_PLACE, record.place, "情形", "", incident.value)


def _incident(record: Record) -> Incident | None:
    return incident_told(said_round(record.table.file, record.table.heading))


def _by(keys: Callable[[Record], Iterable[str]], held: Sequence[Record]) -> _By:
    found: dict[str, list[Record]] = defaultdict(list)
    for record in held:
        for key in keys(record):
            found[key].append(record)
    return found


def _numbers(record: Record) -> list[str]:
    text = record.get("accession_no") or record.get("barcode") or record.get("span") or ""
    return [number.lstrip("0") for number in numbers_of(text) or ((text,) if text else ())]


def _copies_meant(record: Record, by_number: _By, by_book: _By) -> Sequence[Record]:
    """The records of the copies a loss may be of."""
    if numbers := _numbers(record):
        return [one for number in numbers for one in by_number.get(number, ())]
    return next((by_book[key] for key in keys_of(record) if key in by_book), [])


def _tell(record: Record, word: str, meant: Sequence[Record], journal: Journal) -> None:
    copies = sum(one.get("held") or max(1, len(_numbers(one))) for one in meant)
    if not meant:
        journal.aside(record.place, NOT_HELD.format(word=word), record.text)
    elif not _numbers(record) and copies > (record.get("held") or 1):
        journal.aside(record.place, SEVERAL.format(word=word, copies=copies), record.text)
    else:
        for one in meant:
            _mark(one, record, word)
        journal.merged(record.place, ON_THE_LIST.format(word=word), record.text)


def _mark(one: Record, record: Record, word: str) -> None:
    """The copies that are meant are in that state, and no other of the same record."""
    own = _numbers(one)
    named = [number for number in _numbers(record) if number in own]
    is_whole = not named or len(named) == (one.get("held") or len(own))
    if is_whole:
        one.values["state"] = word
    else:
        one.copy_states |= dict.fromkeys(named, word)
    if said := record.remarks:
        one.notes.append(said if is_whole else f"{'、'.join(named)}：{said}")
