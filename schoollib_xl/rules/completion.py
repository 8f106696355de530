"""完成情况: what a librarian's words say of a planned job."""

import re
from enum import Enum, auto

from schoollib_xl.ledgers.numerals import COUNT, CROSSES, NOT, PARTLY, whole_number
from schoollib_xl.ledgers.school import FIRST_MONTH

# What was not done, but not 未发现问题: the word must be about the doing.
_ACTS = (
    "完成|完|做|办|开展|举行|举办|落实|实施|启动|开始|到位|达到|达标|执行|组织|召开|安排|参加|进行|装订|修补|收齐|上架"
    "|补|搞|弄"
)
_NOT = f"(?:{NOT}|不能|无法)"
# FALSE is what an empty box to tick comes to.
_NO = f"否|FALSE|[{''.join(CROSSES)}]|无|缺|0|0%|{NOT}"
_LATER = "下学期|下学年|下个?(?:月|周|星期|礼拜)|明年|明天|后天|过[几两]天|日后|以后|今后|有(?:空|时间|条件)"
_NOT_DONE = re.compile(
    rf"{_NOT}(?:能|有|如期|按期|按时|及时|全部|完全|全|再)*(?:{_ACTS})|^(?:{_NO}|待办|待定|待|准备中?|计划中?|还没有?|尚未|没有)[。！]?$"
    rf"|(?:{_ACTS})不(?:了|成)|来不及|^(?:尚|还)?待(?!验收|补)(?:{_ACTS}|批|审|通知|续)"
    rf"|^(?:还|在|正)*等(?!级|额|到|(?:{_LATER}))[^完了已]{{1,8}}$"
    r"|^(?:计划|拟|打算|准备|将|争取|预计)(?:在|于|下|明|近|月底|\d+月|\d+[日号]|开学|寒假|暑假|尽快|做|办|补)"
)
# What is no matter if it did not come: 未间断, 没有破损, 没耽误.
_TROUBLE = (
    "[损破丢遗错差逾违漏坏缺变乱少停落误伤受超拖欠积延间断白耽人一忘花]|发现|出现|发生|问题|意见|意外|异常|其他|事故|中断|投诉"
    "|出[差错问事]|见[霉虫损破缺]|要.{0,3}的|新增"
    "|学生|读者|孩子|任何|安全"
)
# Any doing that was left undone, with its subject or reason before it (没出, 尚未检查, 书没到货, 忘了), and what was
# wanting for it (没有条件, 没人报名).
_LEFT_UNDONE = re.compile(rf"[^没沒未]{{0,8}}?{NOT}(?!有?(?:{_TROUBLE}))[一-鿿]{{1,4}}|.{{0,4}}忘(?:了|记).{{0,6}}")
_WANTING = re.compile(
    r"(?:[还尚仍因]|暂时?)*(?:[没沒]有?|缺少?|无)(?:条件|经费|资金|钱|时间|空|人手|场地|老师|教师|材料|纸|场所|设备|车"
    r"|人(?:报名|参加|来|管|负责|愿意|组织))"
)
# A clause that tells of a doing: after it, what did not come is a part.
_TOLD = re.compile(rf"\d|{COUNT}[次期册本名人份项]|{_ACTS}|全部|都")
# A mark for not done, which a paper cannot print as words.
_MARK = re.compile(rf"(?:{_NO})[。！]?")
_BEGUN = re.compile(
    rf"进行中|待验收|正在|还在|陆续|没全|不全|未全|{NOT}[一-鿿]完(?!成)|{PARTLY}"
    rf"|(?<!不)只(?:完成|做|办|搞|开展|检查|进行)了?(?:\d+|{COUNT})[次期场回]"
)
_CALLED_OFF = re.compile(
    r"取消|停办|不再|(?<!暂)不(?:[做办搞开出去弄评发]|开展|举办|进行|组织|安排)(?:了|$)|作罢|免[办了做开]|停开|停止|算了"
    "|撤销|泡汤|黄了|暂停|中止|流产|吹了|不了了之|冲掉|^停[。！]?$"
)
_PUT_OFF = re.compile(
    r"推迟|推后|延期|延后|延至|延到|改期|改到|改在|改为(?:下|\d+月)|移到|挪到|拖[到至]|顺延|暂缓|暂不|缓[办开做]|下学期再|下学年再|以后再|再议|搁置|搁浅"
    rf"|^(?:{_LATER})再?(?:{_ACTS})|^等?(?:{_LATER})(?:再.{{1,4}}(?<!了))?$"
)
_DONE_AFTER_ALL = re.compile(rf"已经?(?:如期|按期|按时|全部)?(?:{_ACTS})|完成了|办完|做完")
_CLAUSES = re.compile("[，,。；;、！]|但是?|不过")
_NOT_IN_TIME = re.compile(f"{_NOT}(?:能|有)*(?:如期|按期|按时|及时|准时|按计划)")
_MADE_UP = re.compile(
    "补(?:做|办|上|齐|开|完|交|修|订|记|登|$)|已经?补|后来?(?:完成|做完|办完)|才(?:完成|做完|办完)"
    "|(?:推迟|推后|延期|延后|延至|延到|顺延|改期|改到|改在|改为|移到|挪到|拖[到至]).{0,10}(?:完成|做完|办完|办结)"
)
_DATED = re.compile(rf"(?:\d月|\d[日号]|[上中下]旬|月底|假期).{{0,6}}(?:{_ACTS})")
_TO_COME = re.compile(
    rf"{_LATER}|待|(?<!已)将|拟|需(?!求)|[还仍]要|要补|准备|(?<!按)计划|打算|争取|尽快|抓紧|再[补办做]"
)
_MONTH = re.compile(r"(?<!\d)(1[0-2]|[1-9])月")
_SHARE = re.compile(r"(?:已|完成|率|做了|做到|进度|约|大约|达到?|为)*\s*(\d+(?:\.\d+)?)\s*[%％](?:左右)?")
_FRACTION = re.compile(r"(?:完成|做了|进度)\D{0,2}(\d+)/(\d+)")
_TIMES = re.compile(rf"(?:^|完成|开展|举办|办|做|检查|进行)了?\s*(\d+|{COUNT})\s*(?:次|期|场|回)")
_WHOLE = 100
# Strokes that stand for nothing written.
_STROKES = "-—–－―/／、…"


class Completion(Enum):
    """What 完成情况 says; SILENT where it is blank."""

    DONE = auto()
    BEGUN = auto()
    NOT_DONE = auto()
    PUT_OFF = auto()
    CALLED_OFF = auto()
    SILENT = auto()


def is_mark(text: str) -> bool:
    """Whether a cell says in a mark alone that it was not done: ×, 否."""
    return _MARK.fullmatch("".join(text.split())) is not None


def completion(text: str | None, planned_times: int | None = None, month: int | None = None) -> Completion:
    """What the words say. A job with words about what was done (24 名上岗, 10月24日) is done, and so is one done later
    than planned (未按时完成，5月补做); fewer times than were planned, or less than the whole, is begun. What was to be
    made up for in a month after `month`, that of the day asked about, is put off.
    """
    words = "".join((text or "").split())
    if not words.strip(_STROKES):
        return Completion.SILENT
    if later := _done_later(words, month):
        return later
    if _NOT_DONE.search(words):
        return Completion.BEGUN if _BEGUN.search(words) else Completion.NOT_DONE
    if not _DONE_AFTER_ALL.search(words):
        if _CALLED_OFF.search(words):
            return Completion.CALLED_OFF
        if _PUT_OFF.search(words):
            return Completion.PUT_OFF
    if _BEGUN.search(words) or _is_a_part(words, planned_times):
        return Completion.BEGUN
    return Completion.NOT_DONE if _is_left_undone(words) else Completion.DONE


def _is_left_undone(words: str) -> bool:
    """Whether the last clause says, in whatever words, that nothing came of it, or only what was wanting, and none
    before it tells of a doing.
    """
    *before, last = [clause.strip("。！") for clause in _CLAUSES.split(words) if clause]
    is_undone = _LEFT_UNDONE.fullmatch(last) or _WANTING.fullmatch(last)
    return bool(is_undone) and all(_LEFT_UNDONE.fullmatch(one) or not _TOLD.search(one) for one in before)


def _done_later(words: str, month: int | None) -> Completion | None:
    """DONE where what was missed or put off was made up for, PUT_OFF where that is to come; None where neither."""
    clauses = [clause for clause in _CLAUSES.split(words) if clause]
    missed = [one for one in clauses if _NOT_DONE.search(one) and not _MADE_UP.search(_NOT_DONE.sub("", one))]
    late = [one for one in clauses if _NOT_IN_TIME.search(one) or _PUT_OFF.search(one)]
    others = [one for one in clauses if one not in missed and not _CALLED_OFF.search(one)]
    made_up = [other for other in others if _MADE_UP.search(other) or (late and _is_told(other))]
    if not made_up or _BEGUN.search(words) or clauses.index(made_up[-1]) < max(map(clauses.index, missed), default=-1):
        return None
    is_to_come = any(_TO_COME.search(one) or _is_after(one, month) for one in made_up)
    return Completion.PUT_OFF if is_to_come else Completion.DONE


def _is_told(clause: str) -> bool:
    """Whether a clause tells of a doing, not of a day it was put off to."""
    return not _PUT_OFF.search(clause) and bool(_DONE_AFTER_ALL.search(clause) or _DATED.search(clause))


def _is_after(clause: str, month: int | None) -> bool:
    named = _MONTH.search(clause)
    if month is None or named is None or "已" in clause:
        return False
    return (int(named[1]) - FIRST_MONTH) % 12 > (month - FIRST_MONTH) % 12


def _is_a_part(words: str, planned_times: int | None) -> bool:
    share = _SHARE.fullmatch(words)
    if share and float(share[1]) < _WHOLE:
        return True
    if (part := _FRACTION.search(words)) and int(part[1]) < int(part[2]):
        return True
    found = _TIMES.search(words)
    times = whole_number(found[1]) if found else None
    return times is not None and bool(planned_times) and times < (planned_times or 0)
