"""Lists that say beside a number, of a reader's card or of a copy, the one before it, by which older lists call him or
it.
"""

from collections.abc import Iterable, Sequence

from schoollib_xl.adoption.journal import SourceRow, of_many
from schoollib_xl.adoption.rows.records import Record
from schoollib_xl.adoption.rows.texts import plain_title

CARDS = "借阅记录上写的是旧证号的 {count} 行（第一处{first}）：照名册换成了新证号，旧证号在备注里。"
COPIES = "写的是旧登记号的 {count} 行（第一处{first}）：照书目换成了新登记号，旧号在备注里。"


EITHER = (
    "{number}既是这个的旧号、又是那个的新号，又没写名字的 {count} 行（第一处{first}）：都当作新号；"
    "写的是旧号的，改成新号再接收一次。"
)


def follow_former_cards(readers: Iterable[Record], others: Iterable[Record]) -> list[str]:
    """Give the records of loans by former cards the numbers of now; a sentence on them."""
    followed, doubtful = _followed(list(readers), others, "reader_no", "name")
    return [*of_many(CARDS, followed), *of_many(EITHER, doubtful, number="证号")]


def follow_former_copies(books: Iterable[Record], others: Iterable[Record]) -> list[str]:
    """Give the records of loans, fines and withdrawals by former numbers of copies those of now; a sentence on them."""
    followed, doubtful = _followed(list(books), others, "accession_no", "title")
    return [*of_many(COPIES, followed), *of_many(EITHER, doubtful, number="登记号")]


def _followed(
    listed: Sequence[Record], others: Iterable[Record], number: str, name: str
) -> tuple[list[SourceRow], list[SourceRow]]:
    """The places of the records that were given the number of now, and of those that may be of either. Whose only
    number is a former one keeps it. A number that is another's by now is followed where the name, or title, tells whose
    it was.
    """
    renewed: dict[str, Record] = {}
    for record in listed:
        former, own = record.get("former_no"), record.get(number)
        if former and own and former != own:
            renewed.setdefault(_bare(former), record)
            record.notes.append(f"{record.header('former_no')}：{former}")
        record.values[number] = own or former
    holders = {_bare(record.get(number) or ""): _named(record, name) for record in listed}
    followed: list[SourceRow] = []
    doubtful: list[SourceRow] = []
    for record in others if renewed else ():
        written = record.get(number) or ""
        meant = renewed.get(_bare(written))
        own, holder = _named(record, name), holders.get(_bare(written))
        if meant and (holder is None if not own else own == _named(meant, name) != holder):
            record.values[number] = meant.get(number)
            record.notes.append(f"{record.header(number)}原写 {written}")
            followed.append(record.place)
        elif meant and not own:
            doubtful.append(record.place)
    return followed, doubtful


def _bare(number: str) -> str:
    return number.lstrip("0")


def _named(record: Record, name: str) -> str:
    return plain_title(record.get(name) or "")
