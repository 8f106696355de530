"""Readers of whom a remark says that they have left, or that their card is no longer good."""

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date, timedelta

from schoollib_xl.adoption.journal import of_many
from schoollib_xl.adoption.readers.same_people import person
from schoollib_xl.adoption.rows.records import Record, class_of
from schoollib_xl.ledgers.grades import grade_of
from schoollib_xl.ledgers.school import first_year
from schoollib_xl.ledgers.vocabulary import LeavingReason
from schoollib_xl.wording.zh import listed, say

_GONE = re.compile(
    r"转[出走离校]|已转|转学(?!来|入|进|生)|毕业|调[离出走]|调往|退学|离校|离职|辞职|退休|休学|停学|去世|病故|死亡"
    r"|停用|作废|注销|挂失|失效"
)
# 未毕业, 不退休, 注销：否, 毕业班, 毕业于: nobody has left.
_STAYS = re.compile(r"[未没不非待将]|返聘|毕业[班年于证]|补[办发领]|恢复|复学|[:：](?:否|无|0|N|×)$|[?？]")

STILL_GOOD = (
    "“{header}”写的日子还没到的 {count} 人（第一处{first}）：证还在用，没有填停用日期，日子写进了备注的“有效期至”。"
)

_DAY = timedelta(days=1)
_BY_YEAR_OF_LEAVING = re.compile(r"(20\d\d)届")
# Who leaves does so by the end of the school year; primary school takes six.
_LAST_DAY, _YEARS = (7, 31), 6
# Who has lost a card (挂失) is still there.
_IN_USE = re.compile(r"有效|正常|在用|启用|在[校职读籍册]|激活|可用|使用中?")
_STOPPED = re.compile(r"已?(?:注销|停用|作废|失效|退证|销户|毕业|转出|调离|离校|离职)")
STOPPED = (
    "“{header}”写着注销、停用或离校、没写停用日期的 {count} 人（第一处{first}）：证记作停用，班级人数里不算；"
    "停用日期先写最后一次借还的第二天，没有借过的写启用前一天，照实改。"
)
LEAVERS = (
    "班级写的是早已毕业的届的 {count} 人（第一处{first}）：证记作停用，原因毕业，班级人数里不算；"
    "停用日期先写那一年的 7月31日，以后还借还过的写第二天，照实改。"
)
UNCLEAR = (
    "“{header}”写的{words}看不懂，是不是停了的证定不下：{count} 人（第一处{first}）的证都算在用，原文在备注里；"
    "停了的填停用日期，改班级的学生人数。"
)


def days_after_last_use(lending: Iterable[Record], as_of: date) -> dict[Hashable, date]:
    """The day after the last on which each reader is known to have borrowed or returned, by number, by name, and by
    name and class.
    """
    after: dict[Hashable, date] = {}
    for loan in lending:
        stated = map(loan.get, ("lent_on", "returned_on", "happened_on"))
        # A day to come is a slip of the pen.
        days = [day + _DAY for day in stated if isinstance(day, date) and day <= as_of]
        for who in filter(None, (loan.get("reader_no"), loan.get("name"), person(loan))) if days else ():
            after[who] = max(*days, after.get(who, days[0]))
    return after


def stop_cards(records: Iterable[Record], lending: Iterable[Record], opened_on: date, as_of: date) -> list[str]:
    """Stop the cards that a column of states says are no longer good, where no day stands beside it: after the last
    loan that the registers know of, and after the card was given. Sentences on them, and on states nobody knows.
    """
    after, records = days_after_last_use(lending, as_of), list(records)
    leavers = _leavers(records, as_of)
    stopped: list[Record] = []
    unclear: list[Record] = []
    for record in records:
        state = record.get("card_state") or ""
        if id(record) in leavers:
            used = filter(None, map(after.get, (record.get("reader_no"), record.get("name"))))
            record.values["stopped_on"] = max([date(leavers[id(record)], *_LAST_DAY), *used])
            record.values["stop_reason"] = LeavingReason.GRADUATED
        if record.get("stopped_on") or not _STOPPED.fullmatch(state):
            if state and not _IN_USE.fullmatch(state):
                record.notes.append(f"{record.header('card_state')}：{state}")
                unclear += [] if record.get("stopped_on") or _GONE.search(state) else [record]
            continue
        issued = record.get("issued_on")
        used = filter(None, (*map(after.get, (record.get("reader_no"), record.get("name"))), issued and issued + _DAY))
        record.values["stopped_on"] = max([opened_on - _DAY, *used])
        record.values["stop_reason"] = record.get("stop_reason") or _reason_in(state)
        stopped.append(record)
    words = listed([f"“{word}”" for word in dict.fromkeys(record.get("card_state") for record in unclear)])
    return [
        *of_many(STOPPED, [one.place for one in stopped], header=_header_of(stopped)),
        *of_many(LEAVERS, [one.place for one in records if id(one) in leavers]),
        *of_many(UNCLEAR, [one.place for one in unclear], header=_header_of(unclear), words=words),
    ]


def _leavers(records: Iterable[Record], as_of: date) -> dict[int, int]:
    """The year in which each reader left whose class is called by it, 2024届（1）班, by the identity of the record.
    Some call a class so by the year in which it entered: not where that grade is another class of the list.
    """
    year, classes = first_year(as_of), [(record, class_of(record) or "") for record in records]
    grades = {grade for _, name in classes if (grade := grade_of(name, year))}
    named = [(record, int(match[1])) for record, name in classes if (match := _BY_YEAR_OF_LEAVING.match(name))]
    return {
        id(record): left
        for record, left in named
        if left <= year and not record.get("stopped_on") and (year - left + 1 in grades or year - left >= _YEARS)
    }


def _header_of(records: Sequence[Record]) -> str:
    return records[0].header("card_state") if records else ""


def _reason_in(state: str) -> LeavingReason | None:
    return next((one for one in LeavingReason if state.removeprefix("已") in (one, *one.synonyms)), None)


def with_cards_still_good(records: Iterable[Record], as_of: date) -> list[str]:
    """Keep in 备注 until when a card is good, 终止日期 2031-8-31, where that day is still to come and no reason stands
    beside it. A sentence on those of whom it was so.
    """
    good = [
        record for record in records if (record.get("stopped_on") or as_of) > as_of and not record.get("stop_reason")
    ]
    for record in good:
        record.notes.append(f"有效期至：{say(record.values.pop('stopped_on'))}")
    return of_many(STILL_GOOD, [record.place for record in good], header=good[0].header("stopped_on") if good else "")


def remarks_of_leaving(records: Iterable[Record]) -> Iterator[str]:
    """A sentence on the readers whose remarks say that they have left while their cards count as in use."""
    told = [record for record in records if not record.get("stopped_on") and says_gone(record.remarks or "")]
    if told:
        yield (
            f"备注里写着转出、毕业、调离或停用的 {len(told)} 人（第一处{told[0].place}），"
            "证都还算在用，班级人数里也有他们；不在校的填停用日期和停用原因，改班级的学生人数。"
        )


def says_gone(remarks: str) -> bool:
    """Whether a remark says so of its reader."""
    return any(_GONE.search(part) and not _STAYS.search(part) for part in re.split("[；;，,。]", remarks))
