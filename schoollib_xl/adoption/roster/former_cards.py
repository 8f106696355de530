"""Class lists that say beside a reader's number the one he had before, by which older lists of loans call him."""

from collections.abc import Iterable, Iterator

from schoollib_xl.adoption.copies.lots import plain_title
from schoollib_xl.adoption.journal import of_many
from schoollib_xl.adoption.rows.records import Record

FOLLOWED = "借阅记录上写的是旧证号的 {count} 行（第一处{first}）：照名册换成了新证号，旧证号在备注里。"


def take_former_cards(readers: Iterable[Record], lending: Iterable[Record]) -> Iterator[str]:
    """Give the records of loans by former numbers the numbers of now; a sentence on them. Whose only number is a former
    one keeps it. A number that is another's by now is followed where the name tells whose it was.
    """
    readers = list(readers)
    renewed: dict[str, Record] = {}
    for record in readers:
        former, own = record.get("former_no"), record.get("reader_no")
        if former and own and former != own:
            renewed.setdefault(former, record)
            record.notes.append(f"{record.header('former_no')}：{former}")
        record.values["reader_no"] = own or former
    holders = {record.get("reader_no"): _name(record) for record in readers}
    followed: list[Record] = []
    for record in lending:
        number = record.get("reader_no")
        meant = renewed.get(number)
        if meant and _is_of(_name(record), _name(meant), holders.get(number)):
            record.values["reader_no"] = meant.get("reader_no")
            record.notes.append(f"{record.header('reader_no', '证号')}原写 {number}")
            followed.append(record)
    yield from of_many(FOLLOWED, [record.place for record in followed])


def _is_of(name: str, meant: str, holder: str | None) -> bool:
    return name == meant != holder if name or holder is not None else True


def _name(record: Record) -> str:
    return plain_title(record.get("name") or "")
