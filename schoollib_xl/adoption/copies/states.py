"""What an old program says of each copy in a column of its own: 在馆, 借出, 丢失, 剔除."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from enum import Enum

from schoollib_xl.adoption.copies.written_off import LastLent
from schoollib_xl.adoption.forms.english import word_meant
from schoollib_xl.adoption.forms.list_titles import WRITTEN_OFF, may_be_gone
from schoollib_xl.adoption.journal import Journal, of_many
from schoollib_xl.adoption.rows.records import Record
from schoollib_xl.adoption.transforms import STATE_WRITTEN_OFF
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

_YES = re.compile(r"1|是|有|Y(?:ES)?|T(?:RUE)?|真|对|[√✓✔☑✅]", re.IGNORECASE)
_NO = re.compile(r"0|否|不是|无|未|没有|N(?:O)?|F(?:ALSE)?|假|[×✗✘✕-]+", re.IGNORECASE)
# A stocktake's column asks whether the copy was seen: that it was not says neither that it is lost nor lent.
_SEEN = re.compile(r"(?:是否)?在[架馆库位]否?|(?:是否)?盘到|盘点(?:结果|情况)?|有无")
# Under 报废 alone may stand how many copies went: with ticks it is a state.
_ASKING = re.compile(f"(?:已|是否)?(?:{WRITTEN_OFF})(?:与?否|情况)?")
MAY_BE_GONE = (
    "清单名里写着处理、清理或下架的 {count} 张（第一处{first}）：上面的书还算在馆藏里；"
    "书已经不在的，文件名或表名改成“注销清单”，再接收一次。"
)
# What a remark says where the copy is not on its shelf, and where it was and is again.
_GONE = re.compile(r"借[走去出给]|借$|^借|[未没]还|丢|遗失|失落|找不到|不见|缺失|注销|报废|剔[旧除]|销账")
# Under 注销原因, with no day of it: 丢失, 破损.
_REASONS = frozenset(SHEETS[WithdrawalRow].by_name["reason"].words)
_IS_HERE = re.compile(r"[已经]归?还|还清|找[到回]|不[外可]?借|借出?\d*[次册]|可借|仅|只供|借自|待")
# A program may have a flag for each state (withdrawn 0 beside itemlost 1): the second is a column nobody recognised.
_LOST_FLAG = re.compile(
    r"(?:(?:ITEM)?LOST|(?:是否|已)?(?:丢失|遗失)(?:标[志记识]|状态|与?否)?)：(?:1|[是√✓]|Y(?:ES)?|TRUE)", re.I
)


class CopyState(Enum):
    """What a word about a copy means."""

    HERE = "在馆"
    OUT = "借出"
    LOST = "丢失"
    WRITTEN_OFF = "注销"
    UNSEEN = "没看到"


_WORDS = (
    (
        CopyState.HERE,
        re.compile(
            r"相?符合?|在|在[馆架库藏]|在馆内|可外?借|可流通|正常|入藏|已?上架|已?归?还[书回]?|流通中?|馆藏|(?:[未没]|没有)[外被]?借出?|阅览"
        ),
    ),
    (
        CopyState.WRITTEN_OFF,
        re.compile(rf"已?经?(?:{WRITTEN_OFF}|销帐)[了的]?(?:图?书)?"),
    ),
    (
        CopyState.LOST,
        re.compile(r"[已被]?(?:丢失?|遗失|失落|缺失|失踪|失窃|挂失|报失|找不到|不见|缺)了?(?:[，,、]?[已未]?赔偿?)?"),
    ),
    (CopyState.UNSEEN, re.compile(r"未[见看]到?|未找到|不在[架馆库位]?|盘亏|不符")),
    (
        CopyState.OUT,
        re.compile(r"[已被]?(?:借出|外借|出借|在借|已借|借阅中|借走|借)了?(?:[未没]还)?|[未没]还|逾期|超期|续借中?"),
    ),
)

# A column of yes or no asks of one state: 注销标志 1, 是否借出 否.
_ASKED = (
    (re.compile(f"剔|WITHDRAWN|{WRITTEN_OFF}", re.IGNORECASE), CopyState.WRITTEN_OFF),
    (re.compile("丢|遗失|LOST", re.IGNORECASE), CopyState.LOST),
    (re.compile(r"借"), CopyState.OUT),
)


def state_under(header: str, text: str) -> CopyState | None:
    """What a cell says under its header: a word of its own, or yes or no to what the header asks."""
    if state := state_in(text):
        return state
    if _SEEN.fullmatch(header) and text.strip("- ") and (state := _answer(text, CopyState.HERE, CopyState.UNSEEN)):
        return state
    asked = next((state for pattern, state in _ASKED if pattern.search(header)), None)
    return _answer(text, asked, CopyState.HERE) if asked else None


def answers(header: str, text: str) -> bool:
    """Whether a cell says yes or no, or a state, under a header that asks for one; figures may count."""
    is_asked = bool(_SEEN.fullmatch(header)) or writes_off(header)
    return is_asked and not text.strip().isdecimal() and state_under(header, text) is not None


def writes_off(header: str) -> bool:
    """Whether a header asks whether the copy is written off."""
    return _ASKING.fullmatch(header) is not None


def _answer(text: str, yes: CopyState, no: CopyState) -> CopyState | None:
    said = text.strip()
    return yes if _YES.fullmatch(said) else no if _NO.fullmatch(said) else None


def state_in(text: str) -> CopyState | None:
    """What the word means; None where nobody can tell: 待剔除 is not written off yet."""
    return next((state for state, pattern in _WORDS if pattern.fullmatch(word_meant(text).strip(" 。.（）()"))), None)


def settle_states(records: Iterable[Record], lent: LastLent, opened_on: date, journal: Journal) -> None:
    """Keep in 备注 what the column says of each copy, write off those that it says are, and say how many rows say
    what.
    """
    said: dict[CopyState | None, Counter[str]] = defaultdict(Counter)
    for record in records:
        for word in record.copy_states.values():
            said[state_in(word)][word] += 1
        for gone in record.gone:
            said[state_in(gone.word)][gone.word] += 1
        text, header = _told(record)
        if not text:
            continue
        state = state_under(header, text)
        if state is CopyState.HERE and (flag := next(filter(_LOST_FLAG.fullmatch, record.notes), "")):
            said[CopyState.LOST][flag] += 1
            continue
        is_flag = state is not state_in(text)
        said[state][f"{header}：{text}" if is_flag else text] += 1
        if state is not CopyState.HERE and record.get("state"):
            record.notes.append(f"{header if is_flag else '状态'}：{text}")
        if state is CopyState.WRITTEN_OFF and record.get("withdrawn_on") is None:
            day = lent.gone_by(record.get("accession_no") or record.get("barcode"), opened_on)
            record.values["withdrawn_on"] = day
            journal.did(STATE_WRITTEN_OFF, record.place, "状态", text, day.isoformat())
    for state, sentence in _sentences(said, opened_on, has_loans=lent.has_registers):
        known_elsewhere = state is None or (state is CopyState.OUT and lent.has_registers)
        (journal.assumed if known_elsewhere else journal.urgent).append(sentence)


def _told(record: Record) -> tuple[str, str]:
    """What a record says of its copies, and under which header; a tick or a word in the place of the day on which they
    went is no day, but says it as well.
    """
    if text := record.get("state"):
        return text, record.get("state_header") or record.header("state", "状态")
    gone = record.said("withdrawn_on") if "withdrawn_on" in record.unread else ""
    return gone, record.header("withdrawn_on")


def lists_of_doubt(records: Iterable[Record]) -> Iterator[str]:
    """A sentence on the lists of which nobody can tell whether their books are gone; none where there are none."""
    said = {record.table.said_round: record.place for record in records if may_be_gone(record.table.said_round)}
    yield from of_many(MAY_BE_GONE, list(said.values()))


def remarks_of_absence(records: Iterable[Record]) -> str:
    """A sentence on the remarks that say of a copy that it is lent, lost or written off, which nothing was booked
    after; '' where there are none.
    """
    told = [record for record in records if _may_be_gone(record)]
    if not told:
        return ""
    return (
        f"备注里写着借走、丢失或注销的 {len(told)} 行（第一处{told[0].place}），"
        "书都还算在馆藏里，没有照备注记借阅、赔偿和注销；对照着看一遍，该记的补记。"
    )


def _may_be_gone(record: Record) -> bool:
    if record.get("state") or record.get("withdrawn_on"):
        return False
    said = str(record.get("remarks") or "")
    gone = bool(_GONE.search(said)) and not _IS_HERE.search(said)
    return gone or (record.get("reason") or "") in _REASONS


def _sentences(
    said: Mapping[CopyState | None, Counter[str]], opened_on: date, *, has_loans: bool
) -> Iterator[tuple[CopyState | None, str]]:
    day = (opened_on - timedelta(days=1)).isoformat()
    lent = "和借阅记录对一对" if has_loans else "旧表里没有借阅记录，不知道借给了谁，还没有还的补记进借阅登记账"
    what = {
        CopyState.WRITTEN_OFF: f"记作注销，不算馆藏；没写日期、日期读不出来的先写 {day}（启用前一天），"
        "启用后还借过的写最后一次借还那天，照注销单改，再补进注销登记账",
        CopyState.LOST: "还算在馆藏里；书确实没有了的，记进注销登记账，赔了的记进赔偿登记账",
        CopyState.OUT: f"还算在馆藏里；{lent}",
        CopyState.UNSEEN: "是没有看到，还算在馆藏里；先对借阅记录，真找不到的记进注销登记账",
        None: "不知道算不算在馆，还算在馆藏里",
    }
    for state, then in what.items():
        if words := said.get(state):
            counted = "、".join(f"“{text}”的 {times} 行" for text, times in words.items())
            yield state, f"状态写着{counted}{then}。原话在备注里。"
