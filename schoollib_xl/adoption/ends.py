"""How a loan ended where an old list says it in a word or a tick instead of a day: √, 已还, 丢了，已赔, 3月12日还."""

import re
from enum import Enum
from typing import NamedTuple

from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.numerals import CROSSES, NOT, PARTLY, TICKS
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.vocabulary import LoanOutcome

# The columns that say how a loan ended.
END_COLUMNS = {"returned_on": None, "outcome": None}.keys()


class _Open(Enum):
    """What says that the copy is still out."""

    OUT = "没还"


class End(NamedTuple):
    """What a text says of the end of a loan: returned or lost, None for still out; `day` is the part of the text that
    is written like a day, '' for none. `is_whole` tells that it says nothing more than a word of the ledger does.
    """

    outcome: LoanOutcome | None
    day: str
    is_whole: bool


_FIELD = SHEETS[LoanRow].by_name["outcome"]
_BLANKS = {*_FIELD.column.blanks, *SHEETS[LoanRow].by_name["returned_on"].column.blanks}
# A day of two parts at least: a bare figure in such a column may count anything.
_FIGURE = r"[\d一二三四五六七八九十〇零廿]"
_DAY = re.compile(rf"{_FIGURE}{{1,4}}\s*[年月.．\-－/／](?:\s*{_FIGURE}{{1,3}}\s*[年月日号.．\-－/／]?)*")
_ENDINGS = "了的啦过"
_PARTS = re.compile(r"[\s，,；;。.、:：()（）!！]+")
_STILL_OUT = re.compile(
    rf"[{''.join(CROSSES)}]|(?:还|尚|仍|一直|至今)*{NOT}(?:归还|还书|还上|还来|还|归|交|收回)?|续借中?|已续借|外借|未到期"
)
_RETURNED = re.compile(
    rf"[{''.join(TICKS)}vV勾]+|(?:已经?|都|均|全部?|正常|按时|按期|准时|及时|超期|逾期|过期|提前|补|代|书)*"
    r"(?:归还|交还|退还|送还|还回|退回|收回|交回|还|归)(?:清|回|入|书|毕|完|来|到|室|馆|库|架)*"
)
_LOST = re.compile(r"(?<![没未不沒])(?<![没沒]有)(?:丢|遗失|失落|报失|挂失)")
# Paid for: lost or damaged, nobody can tell.
_PAID = re.compile("赔")
# A book that is damaged or found again is not lost; of several copies some may be back.
_BUT = re.compile(r"损|破|坏|污|撕|找[到回]")
_PARTLY = re.compile(rf"{PARTLY}|{_FIGURE}\s*[本册]")


def end_in(text: str) -> End | None:
    """What the text says of the end of a loan; None where nobody can tell."""
    day = _DAY.search(text)
    parts = [part for part in _PARTS.split(_DAY.sub(" ", text)) if part]
    said = {one for part in parts if (one := _said(part))}
    is_whole = len(parts) == 1 and _is_plain(parts[0])
    if _PAID.search(text) and LoanOutcome.LOST not in said:
        return None
    if LoanOutcome.LOST in said:
        is_lost = LoanOutcome.RETURNED not in said and not _BUT.search(text)
        return End(LoanOutcome.LOST, day[0] if day else "", is_whole) if is_lost else None
    if said == {_Open.OUT} and not day:
        return End(None, "", is_whole)
    is_back = said == {LoanOutcome.RETURNED} and not _PARTLY.search(text)
    if is_back or (day and not parts):
        return End(LoanOutcome.RETURNED, day[0] if day else "", is_whole)
    return None


def _is_plain(part: str) -> bool:
    """Whether a part says no more than the ledger's own words do: 丢失未赔 does."""
    return part.rstrip(_ENDINGS) in _FIELD.words or not _LOST.search(part)


def _said(part: str) -> LoanOutcome | _Open | None:
    word = part.rstrip(_ENDINGS)
    if part in _BLANKS or _STILL_OUT.fullmatch(word):
        return _Open.OUT
    if known := _FIELD.words.get(part) or _FIELD.words.get(word):
        return LoanOutcome(known)
    if _LOST.search(part):
        return LoanOutcome.LOST
    return LoanOutcome.RETURNED if _RETURNED.fullmatch(word) else None
