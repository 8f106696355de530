"""完成情况: what a librarian's words say of a planned job."""

import re
from enum import Enum, auto

# What was not done, but not 未发现问题: the word must be about the doing.
_ACTS = (
    "完成|完|做|办|开展|举行|举办|落实|实施|启动|开始|到位|达到|达标|执行|组织|召开|安排|参加|进行|装订|修补|收齐|上架"
)
_NOT_DONE = re.compile(
    rf"(?:未|没有?|尚未|还没有?|没能|未能|不能|无法)(?:能|有|如期|按期|按时|及时|全部|完全|全|再)*(?:{_ACTS})"
    r"|^(?:否|×|✗|✘|[xX]|无|0|0%|没有?|未|待办|待|准备中?|计划中?)[。！]?$"
)
_BEGUN = re.compile(r"进行中|正在|部分|一半|还在|陆续|(?:还|尚)(?:差|欠|缺)|没全|不全|未全")
_CALLED_OFF = re.compile(r"取消|停办|不再|作罢|免办|停开|停止")
_PUT_OFF = re.compile(r"推迟|推后|延期|延后|延至|延到|改期|改到|改在|移到|挪到|顺延|暂缓|下学期再|下学年再|以后再|再议")
_DONE_AFTER_ALL = re.compile(rf"已经?(?:如期|按期|按时|全部)?(?:{_ACTS}|补)|完成了|办完|做完")
_SHARE = re.compile(r"(?:完成|做了|进度|约)?\s*(\d+(?:\.\d+)?)\s*[%％]")
_TIMES = re.compile(r"(?:^|完成|开展|举办|办|做|检查|进行)了?\s*(\d+|[一二两三四五六七八九十])\s*(?:次|期|场|回)")
_DIGITS = {word: number for number, word in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_WHOLE = 100


class Completion(Enum):
    """What 完成情况 says; SILENT where it is blank."""

    DONE = auto()
    BEGUN = auto()
    NOT_DONE = auto()
    PUT_OFF = auto()
    CALLED_OFF = auto()
    SILENT = auto()


def completion(text: str | None, planned_times: int | None = None) -> Completion:
    """What the words say. A job with words about what was done (24 名上岗, 10月24日) is done; fewer times than were
    planned, or less than the whole, is begun.
    """
    words = "".join((text or "").split())
    if not words:
        return Completion.SILENT
    if _NOT_DONE.search(words):
        return Completion.BEGUN if _BEGUN.search(words) else Completion.NOT_DONE
    if not _DONE_AFTER_ALL.search(words):
        if _CALLED_OFF.search(words):
            return Completion.CALLED_OFF
        if _PUT_OFF.search(words):
            return Completion.PUT_OFF
    if _BEGUN.search(words) or _is_a_part(words, planned_times):
        return Completion.BEGUN
    return Completion.DONE


def _is_a_part(words: str, planned_times: int | None) -> bool:
    share = _SHARE.fullmatch(words)
    if share and float(share[1]) < _WHOLE:
        return True
    times = _TIMES.search(words)
    if not times or not planned_times:
        return False
    return (int(times[1]) if times[1].isdigit() else _DIGITS[times[1]]) < planned_times
