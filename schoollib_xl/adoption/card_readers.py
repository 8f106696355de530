"""Readers of whom a card is kept, a page of their own in a register, or whom a line of it names: each is a reader,
whether on the roster or not.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from schoollib_xl.adoption.directory import ReaderNames
from schoollib_xl.adoption.journal import of_many
from schoollib_xl.adoption.loans import readers_named
from schoollib_xl.adoption.people import Roster
from schoollib_xl.adoption.privacy import is_name
from schoollib_xl.adoption.records import Record, class_of, day_of_loan
from schoollib_xl.adoption.register_rows import is_on_card
from schoollib_xl.adoption.roster.class_lists import is_near
from schoollib_xl.ledgers.grades import class_in, class_key
from schoollib_xl.ledgers.school import first_year
from schoollib_xl.sheets.reading.years import is_out_of_reach

ADDED = (
    "借书卡、借阅记录上有，花名册上没有的 {count} 人（第一处{first}）：照着补进了读者名册。"
    "转走、毕业了的填停用日期；只是名字写得不一样的，改成一样再接收一次。"
)
BARE = "其中借阅记录上只写了姓名的 {count} 人（第一处{first}），班级和读者类别空着，补上；不是一个人的名字，就去掉。"
AT_ODDS = (
    "借书卡上的证号、姓名和花名册对不上的 {count} 人（第一处{first}）："
    "读者名册照花名册，借阅照卡；对着卡查清，改成一样再接收一次。"
)
NAMESAKES = (
    "借书卡上没写证号、花名册上同名的又不止一位的 {count} 人（第一处{first}）："
    "定不下是哪一位，没有补进读者名册；在卡上写上证号再接收一次。"
)
# One person's name, and no class, group or two people in a cell; names with a dot are of five signs and more.
# Four signs may be two people.
_LONGEST = 3
_A_TITLE = re.compile("(?:老师|教师|校长|主任)$")
_A_NAME = re.compile(r"[\u4e00-\u9fff·•]{2,12}(?<![班级组等人])")


def take_from_cards(roster: Roster, lending: Sequence[Record], pages: Iterable[Record], as_of: date) -> Iterator[str]:
    """Enter the readers of cards and of lines whom the roster lacks; a sentence on these, and on those of cards of whom
    it says otherwise.
    """
    on_cards = list(readers_named([*filter(is_on_card, lending), *pages]))
    year = year_of_lending(lending, as_of)
    names, called = ReaderNames(roster.rows, year), {row.reader_no: row.name for row in roster.rows}
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
    in_lines = readers_named(one for one in _of_this_year(lending, year) if not is_on_card(one) and _is_told(one))
    lacking += (
        record
        for record in in_lines
        if not names.of(record) and record.get("reader_no") not in called and not _may_be_misspelled(record, roster)
    )
    lacking = list(readers_named(lacking))
    roster.take_named(lacking)
    bare = [record for record in lacking if _is_bare(record) and not is_on_card(record)]
    for sentence, records in ((ADDED, lacking), (BARE, bare), (AT_ODDS, at_odds), (NAMESAKES, namesakes)):
        yield from of_many(sentence, [record.place for record in records])


def year_of_lending(lending: Iterable[Record], as_of: date) -> int:
    """The year in which the last school year begins in which anything was lent; that of `as_of` where nothing was."""
    days = (day for record in lending if (day := day_of_loan(record)) and not is_out_of_reach(day, as_of))
    return first_year(max(days, default=as_of))


def _of_this_year(lending: Sequence[Record], year: int) -> Iterator[Record]:
    """The records of the last school year in which anything was lent: who borrowed before it may have left, and is in
    none of the classes there are.
    """
    return (record for record in lending if (day := day_of_loan(record)) and first_year(day) == year)


def _is_told(record: Record) -> bool:
    """Whether a line says who borrowed: a name, and a number, a class or what kind of reader; a bare name does where
    it is written like one. 王老师 may be any of the teachers.
    """
    name = record.get("name") or ""
    is_one = _A_NAME.fullmatch(name) is not None and class_in(name) is None
    is_told = not _is_bare(record) or (is_name(name) and len(name) <= _LONGEST and not _A_TITLE.search(name))
    return is_one and is_told


def _is_bare(record: Record) -> bool:
    return not (record.get("reader_no") or class_of(record) or record.get("kind"))


def _may_be_misspelled(record: Record, roster: Roster) -> bool:
    """Whether one of the class on the roster, or of the school where no class is said, is called nearly so: who is
    meant is asked, and nobody made up.
    """
    own = class_key(class_of(record) or "")
    classmates = (row.name for row in roster.rows if not own or class_key(row.class_name or "") == own)
    return any(is_near(record.get("name"), name, same_class=False) for name in classmates if name)
