"""What an old program says of each copy in a column of its own: 在馆, 借出, 丢失, 剔除."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import Enum

from schoollib_xl.adoption.journal import Journal
from schoollib_xl.adoption.records import Record
from schoollib_xl.adoption.transforms import STATE_WRITTEN_OFF


class CopyState(Enum):
    """What a word about a copy means."""

    HERE = "在馆"
    OUT = "借出"
    LOST = "丢失"
    WRITTEN_OFF = "注销"


_WORDS = (
    (
        CopyState.HERE,
        re.compile(
            r"在[馆架库藏]|在馆内|可外?借|可流通|正常|入藏|已?上架|已?归?还[书回]?|流通中?|馆藏|(?:[未没]|没有)[外被]?借出?|阅览"
        ),
    ),
    (
        CopyState.WRITTEN_OFF,
        re.compile(r"已?经?(?:剔除|剔旧|注销|报废|淘汰|销账|销帐|下账|除账|报损)[了的]?(?:图?书)?"),
    ),
    (
        CopyState.LOST,
        re.compile(r"[已被]?(?:丢失?|遗失|失落|缺失|失踪|失窃|挂失|报失|找不到|不见)了?(?:[，,、]?[已未]赔偿?)?"),
    ),
    (
        CopyState.OUT,
        re.compile(r"[已被]?(?:借出|外借|出借|在借|已借|借阅中|借走|借)了?(?:[未没]还)?|[未没]还|逾期|超期|续借中?"),
    ),
)


def state_in(text: str) -> CopyState | None:
    """What the word means; None where nobody can tell: 待剔除 is not written off yet."""
    return next((state for state, pattern in _WORDS if pattern.fullmatch(text.strip(" 。.（）()"))), None)


def settle_states(records: Iterable[Record], opened_on: date, journal: Journal, *, has_loans: bool) -> None:
    """Keep in 备注 what the column says of each copy, write off those that it says are, and say how many rows say
    what. `has_loans` tells whether the sources say who has what is lent.
    """
    said: Counter[str] = Counter()
    for record in records:
        text = record.get("state")
        if not text:
            continue
        said[text] += 1
        state = state_in(text)
        if state is not CopyState.HERE:
            record.notes.append(f"状态：{text}")
        if state is CopyState.WRITTEN_OFF and record.get("withdrawn_on") is None:
            day = opened_on - timedelta(days=1)
            record.values["withdrawn_on"] = day
            journal.did(STATE_WRITTEN_OFF, record.place, "状态", text, day.isoformat())
    sentences = dict(_sentences(said, opened_on, has_loans=has_loans))
    for state, sentence in sentences.items():
        known_elsewhere = state is None or (state is CopyState.OUT and has_loans)
        (journal.assumed if known_elsewhere else journal.urgent).append(sentence)


def _sentences(said: Counter[str], opened_on: date, *, has_loans: bool) -> Iterator[tuple[CopyState | None, str]]:
    day = (opened_on - timedelta(days=1)).isoformat()
    lent = "和借阅记录对一对" if has_loans else "来源里没有借阅记录，不知道借给了谁，还没有还的补记进借阅登记账"
    what = {
        CopyState.WRITTEN_OFF: f"记作注销，不算馆藏；没写日期的先写 {day}（启用前一天），照注销单改，再补进注销登记账",
        CopyState.LOST: "还算在馆藏里；书确实没有了的，记进注销登记账，赔了的记进赔偿登记账",
        CopyState.OUT: f"还算在馆藏里；{lent}",
        None: "不知道算不算在馆，还算在馆藏里",
    }
    for state, then in what.items():
        words = {text: times for text, times in said.items() if state_in(text) is state}
        if words:
            counted = "、".join(f"“{text}”的 {times} 行" for text, times in words.items())
            yield state, f"状态写着{counted}{then}。原话在备注里。"
