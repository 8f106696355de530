"""What the page of the sample says at the shelf."""

from collections.abc import Sequence
from typing import NamedTuple

from schoollib_xl.desk.journal import UncountedLines
from schoollib_xl.inspection.journal import Came, FilledSample, Scanned, Way
from schoollib_xl.ledgers.library import Library
from schoollib_xl.wording.desk.desk_page import NOTHING_SCANNED, DeskTone
from schoollib_xl.wording.zh import listed, say

NO_SAMPLE = "还没有抽过，先点下面的“抽一批书”。"
RENUMBERED = "这次抽的号，账里有的已经没有了；点下面的“抽一批书”再抽一次。"
TOO_MANY_CODES = "一次贴了 {count} 个号，最多 {most} 个，什么也没有记；分几次贴，整架清点用“清点”。"
NOT_IN_SAMPLE = "这次抽查里没有这个号，没有记。"
HELP = {
    Way.TO_SHELF: "照下面的号到架上找，找到一册扫一册；没找到的打×。",
    Way.TO_BOOK: "从架上随手拿书来扫，看账里有没有；各处拿几册，下面写着。",
}


class _ScanWords(NamedTuple):
    """What is said to a scan, and of several that came to the same; and in which colour."""

    tone: DeskTone
    said: str
    of_many: str


_WORDS = {
    Came.FOUND: _ScanWords(DeskTone.FINE, "找到了：{copy}。", "找到 {count} 册"),
    Came.FOUND_BEFORE: _ScanWords(DeskTone.ASK, "{copy}前面已经记过找到了。", "前面记过的 {count} 册"),
    Came.NOT_ASKED: _ScanWords(
        DeskTone.ASK,
        "这次没有抽到 {copy}，没有记；要照书找号，先换到那一边。",
        "这次没有抽到、没有记的 {count} 册",
    ),
    Came.IN_BOOK: _ScanWords(DeskTone.FINE, "账里有：{copy}，记下了。", "账里有的 {count} 册"),
    Came.TAKEN_BEFORE: _ScanWords(DeskTone.ASK, "{copy}前面已经扫过了。", "前面扫过的 {count} 册"),
    Came.WITHDRAWN: _ScanWords(DeskTone.NO, "{copy}账上已经注销，还在架上，记下了。", "已经注销还在架上的 {count} 册"),
    Came.UNKNOWN: _ScanWords(DeskTone.NO, "账里查不到“{number}”。", "账里查不到的 {count} 个（{numbers}）"),
}


def tone_of(scans: Sequence[Scanned]) -> DeskTone:
    """Which colour the answer has: that of the worst."""
    worst = (DeskTone.NO, DeskTone.ASK)
    tones = {_WORDS[scan.came].tone for scan in scans}
    return next((tone for tone in worst if tone in tones), DeskTone.FINE if scans else DeskTone.NO)


def sentence_for(library: Library, scans: Sequence[Scanned]) -> str:
    """What is said to a scan, or to a list of them."""
    if not scans:
        return NOTHING_SCANNED
    if len(scans) == 1:
        (one,) = scans
        return _WORDS[one.came].said.format(copy=copy_words(library, one.number), number=one.number)
    parts = [_counted(came, [scan.number for scan in scans if scan.came is came]) for came in Came]
    return f"扫了 {len(scans)} 个号：{'，'.join(filter(None, parts))}。"


def _counted(came: Came, numbers: Sequence[str]) -> str:
    return _WORDS[came].of_many.format(count=len(numbers), numbers=listed(numbers)) if numbers else ""


def copy_words(library: Library, number: str) -> str:
    """000237《谚语词典》."""
    copy = library.copies.get(number)
    return f"{number}《{copy.title}》" if copy else number


def sample_sentence(found: FilledSample) -> str:
    """Which sample it is."""
    one = found.drawn
    when = say(one.drawn_on)
    return f"{when}的账，应在架 {one.population} 册，抽 {len(one.copies)} 册，抽签号 {one.seed}。"


def read_back_sentence(name: str) -> str:
    """How the answers get into the papers."""
    return f"答案都在“{name}”里，只添不改；在办事里按“迎检自查”，抽查表选它，结果就写进自评表和自查自评报告。"


def unread_sentence(unread: UncountedLines) -> str:
    """That lines of the journal were not counted; '' for none."""
    count = unread.torn + unread.damaged
    return f"抽查流水里有 {count} 行没有写完或者坏了，没有算，照下面的再扫一次。" if count else ""
