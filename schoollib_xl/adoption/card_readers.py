"""Readers of whom a card is kept, a page of their own in a register: each is a reader, whether on the roster or not."""

from collections.abc import Iterable, Iterator, Sequence

from schoollib_xl.adoption.directory import ReaderNames
from schoollib_xl.adoption.loans import readers_named
from schoollib_xl.adoption.people import Roster
from schoollib_xl.adoption.records import Record
from schoollib_xl.adoption.register_rows import is_on_card

ADDED = (
    "借书卡上有、花名册上没有的 {readers} 人（第一处{first}）：照卡补进了读者名册。"
    "转走、毕业了的填停用日期；只是名字写得不一样的，改成一样再接收一次。"
)
AT_ODDS = (
    "借书卡上的证号、姓名和花名册对不上的 {readers} 人（第一处{first}）："
    "读者名册照花名册，借阅照卡；对着卡查清，改成一样再接收一次。"
)
NAMESAKES = (
    "借书卡上没写证号、花名册上同名的又不止一位的 {readers} 人（第一处{first}）："
    "定不下是哪一位，没有补进读者名册；在卡上写上证号再接收一次。"
)


def take_from_cards(roster: Roster, lending: Iterable[Record], pages: Iterable[Record]) -> Iterator[str]:
    """Enter the readers of cards whom the roster lacks; a sentence on these, and on those of whom it says otherwise."""
    on_cards = list(readers_named([*filter(is_on_card, lending), *pages]))
    names, called = ReaderNames(roster.rows), {row.reader_no: row.name for row in roster.rows}
    lacking: list[Record] = []
    at_odds: list[Record] = []
    namesakes: list[Record] = []
    for record in on_cards:
        number, meant = record.get("reader_no"), names.of(record)
        if not number and len(meant) > 1:
            namesakes.append(record)
        elif number in called:
            at_odds += [record] if called[number] != record.get("name") else []
        elif not meant:
            lacking.append(record)
        elif number:
            at_odds.append(record)
    roster.take_named(lacking)
    for sentence, records in ((ADDED, lacking), (AT_ODDS, at_odds), (NAMESAKES, namesakes)):
        yield from _said(sentence, records)


def _said(sentence: str, records: Sequence[Record]) -> Iterator[str]:
    if records:
        yield sentence.format(readers=len(records), first=records[0].place)
