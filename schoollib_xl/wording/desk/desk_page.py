"""What the desk's page says to a scan."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from enum import StrEnum

from schoollib_xl.desk.decision import Decision, DeskMessage, Reason
from schoollib_xl.desk.journal import UncountedLines
from schoollib_xl.desk.lines import DeskLine
from schoollib_xl.desk.request import Act
from schoollib_xl.desk.scanning import Question, Response
from schoollib_xl.ledgers.library import Library
from schoollib_xl.quotas.borrowing.allowance import Allowance
from schoollib_xl.wording.desk.allowance import not_active_sentence
from schoollib_xl.wording.desk.desk_journal import line_words
from schoollib_xl.wording.desk.replies import against_words, borrower, copy_words, remarks, verdict_word
from schoollib_xl.wording.zh import say

NOT_YET = "账还没有读完，过几秒再扫。"
FIRST_A_CARD = "这一册在馆，先扫读者证再扫书。{copy}"
NOTHING_SCANNED = "没有扫到号。"
NOBODY_KNOWS = "账上没有“{code}”：不是读者证号，也不是登记号或条码。别的学校的，或者还没有登记的，先放一边。"
MOVED = "“{name}”不在原处了（改了名字、移走或删了），这一笔没有记；改回来再扫，或者打开现在的那一份，在它的借还台上扫。"
NOTHING_TO_UNDO = "借还流水里没有可以撤销的。"
IS_BOOKED = "上一笔已经抄到账上，要改就直接在账上改。"
ANOTHER_LINE = "另一个窗口刚才又记了一笔，没有撤销；现在列出来的才是最后一笔，要撤销它再按一次。"
OTHER_LINES = "账或者流水刚才变了，现在列出来的才是对不上的；看过再按一次。"
REOPENED = "{count} 笔重新列为待抄了。"
DROPPED = "{count} 笔不再提了。"
UNDONE = "撤销了：{line}"
# No number of ours is longer; a square code of a telephone holds thousands of characters.
_MOST_QUOTED = 40
_DONE = {Act.LEND: "借出", Act.RETURN: "还了", Act.RENEW: "续借", Act.LOSE: "记作遗失"}


class DeskTone(StrEnum):
    """How an answer sounds and looks."""

    FINE = "fine"
    READER = "reader"
    ASK = "ask"
    NO = "no"


def tone(response: Response, allowed: Allowance | None) -> DeskTone:
    """Which sound and colour an answer has."""
    if response.question or response.after:
        return DeskTone.ASK
    if response.is_card:
        return DeskTone.READER if allowed and allowed.is_active else DeskTone.NO
    return DeskTone.FINE if response.is_entered else DeskTone.NO


def sentence_for(response: Response, code: str, allowed: Allowance | None) -> str:
    """What the desk says first."""
    if not code:
        return NOTHING_SCANNED
    code = code if len(code) <= _MOST_QUOTED else f"{code[:_MOST_QUOTED]}……"
    if response.question is Question.CARD_OR_COPY:
        return f"“{code}”既是读者证号，也是书的号，是哪一个？"
    if response.is_card:
        return reader_sentence(allowed) if allowed else NOBODY_KNOWS.format(code=code)
    if response.decision is None:
        return NOBODY_KNOWS.format(code=code)
    return "".join(_of_decision(response, response.decision))


def _of_decision(response: Response, decision: Decision) -> Iterator[str]:
    request = decision.request
    if response.question:
        yield _asked(response.question, decision)
    elif not decision.is_allowed:
        if decision.act is Act.LEND and request.copy and not request.reader_no and not request.loan:
            decision = replace(decision, against=_of_the_copy(decision))
        if not decision.against:
            yield FIRST_A_CARD.format(copy=copy_words(decision))
            return
        yield f"{verdict_word(decision)}：{copy_words(decision)}　{against_words(decision)}"
    else:
        yield from _entered(response, decision)


def _of_the_copy(decision: Decision) -> tuple[DeskMessage, ...]:
    """What stands against it whoever borrows it."""
    return tuple(one for one in decision.against if one.what is not Reason.NO_READER)


def _entered(response: Response, decision: Decision) -> Iterator[str]:
    until = f"，应还 {say(decision.due_on)}" if decision.due_on else ""
    asked = decision.request
    as_of = f"（补记 {say(asked.day)} 的）" if asked.today and asked.day != asked.today else ""
    yield f"{_DONE[decision.act]}{as_of}：{copy_words(decision)}　{borrower(decision)}{until}。{remarks(decision)}"
    if response.after and decision.request.reader:
        yield f"要借给{decision.request.reader.name}吗？"


def _asked(question: Question, decision: Decision) -> str:
    if question is Question.REALLY_LOST:
        return f"{copy_words(decision)}　{borrower(decision)}，记作遗失？{remarks(decision)}"
    if question is Question.LENT_TO_ANOTHER:
        return f"{copy_words(decision)}　{remarks(decision)}要替他续借吗？"
    if question is Question.RIGHT_DAY:
        return f"{copy_words(decision)}　今天是 {say(decision.request.day)}吗？和账上最后一笔差得远，先看电脑的日期。"
    if question is Question.LENT_IN_LOST:
        return (
            f"{copy_words(decision)}　借还流水里这一册借出去了，抄到过账上，现在的账上没有这一笔（换回了旧账？）。"
            "先看下面“对不上的”；真的在手里，要借出吗？"
        )
    return f"{copy_words(decision)}　刚刚记过一笔，是不是扫了两遍？要{decision.act}吗？"


def reader_sentence(allowed: Allowance) -> str:
    """Who has come to the desk, and what he may still borrow."""
    reader = allowed.reader
    who = f"{reader.name}　{reader.class_name or reader.kind.value}"
    if not allowed.is_active:
        return f"{who}，{not_active_sentence(allowed)}"
    late = f"有 {len(allowed.overdue)} 册过期。" if allowed.overdue else ""
    return f"{who}，手里 {len(allowed.on_loan)} 册，还能借 {allowed.left} 册。{late}"


def unread_sentences(unread: UncountedLines) -> Iterator[str]:
    """Lines of the journal that are not counted."""
    if unread.torn:
        yield "借还流水最后一笔没有写完（停电或突然关机），没有算；那一册再扫一次。"
    if unread.damaged:
        yield f"借还流水里有 {unread.damaged} 行读不出，没有算；对着书查一查。"


def undo_sentence(line: DeskLine, library: Library | None) -> str:
    """What was taken back."""
    return UNDONE.format(line=line_words(line, library))


def held_words(due_on: date, days_overdue: int) -> str:
    """When a copy at home is due."""
    return f"应还 {say(due_on)}" + (f"，过期 {days_overdue} 天" if days_overdue else "")
