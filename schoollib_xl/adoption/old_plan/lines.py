"""What a line of a plan is by itself: a title, a month, a heading, a numbered item, a signature."""

import re
import unicodedata
from typing import NamedTuple

from schoollib_xl.documents.old_paper import PaperLine
from schoollib_xl.ledgers.numerals import whole_number

_BULLET = re.compile(r"^[-–•·●◆■□※*]+\s*")
_CHAPTER = re.compile(r"(?:第?[一二三四五六七八九十]{1,3}(?:[、.．:：]|[章节](?:\s|$|、)?|部分[:：、]?))\s*(.+)")
_ITEM = re.compile(r"(\d{1,2})(?:[、)）]\s*|[.．](?!\d)\s*|\s+(?![\d:：]))(.+)")
# 一、二年级每周一来借书 begins with no number of a chapter.
_GRADES = re.compile(r"[一二三四五六、至到]{1,6}年级")
_SUB_ITEM = re.compile(r"[(（]([一二三四五六七八九十\d]{1,3})[)）]|[①-⑳]")
_FIGURE = r"(?:[一二三四五六七八九十]{1,2}|\d{1,2})"
_MONTH = re.compile(rf"({_FIGURE})(?:[、—–~～至到-]+({_FIGURE}))?月份?(?:[:：]\s*(.*)|工作(?:安排)?|)")
_TITLE = re.compile(r"(?:计划|总结|方案|打算|安排)(?:书|表)?(?:[(（].*[)）])?(?:篇[一二三四五六七八九十\d]+)?$")
_SIGNATURE = re.compile(r".{0,20}(?:小学|学校|图书室|图书馆|教学点)|.{0,12}20[\dxX×]{2}年.{0,8}日?|[一二]〇.{1,12}日")
_LONGEST_TITLE, _LONGEST_HEADING = 40, 24
# 指导思想。以……为宗旨: the name of a chapter before its text on the same line.
_LONGEST_NAME = 8
_NAMED = re.compile(rf"([^。：:]{{2,{_LONGEST_NAME}}})。(.+)|([^：:]{{2,{_LONGEST_HEADING}}})[:：]\s*(.+)")
# 工作重点, 具体措施: a line of its own that names what follows.
_NAMING = re.compile(
    r".*(?:思想|重点|重心|目标|任务|措施|安排|要求|计划|工作|情况|分析|保障|要点|内容|问题|打算|方向|原则)"
)


class PlanHeading(NamedTuple):
    """The name of a chapter, what stands behind it on the line, and whether it counts among the numbered ones."""

    name: str
    rest: str
    is_numbered: bool = False


class NumberedItem(NamedTuple):
    """A numbered item: the number it bears, and its text."""

    number: int
    text: str


class Month(NamedTuple):
    """A month a list begins with: its number, the last one where it names several (0 for one), and what stands behind
    it on the line.
    """

    number: int
    until: int
    rest: str


def plain(text: str) -> str:
    """The text in half-width digits and marks, to be searched in."""
    return unicodedata.normalize("NFKC", text)


def without_bullet(text: str) -> str:
    """The line without the mark of a list before it."""
    return _BULLET.sub("", text)


def is_title(text: str) -> bool:
    """Whether the line is what a paper is called."""
    is_numbered = _CHAPTER.fullmatch(text) or _ITEM.fullmatch(text)
    return len(text) <= _LONGEST_TITLE and bool(_TITLE.search(text)) and not is_numbered


def is_signature(text: str) -> bool:
    """Whether the line is who signed, or when."""
    return _SIGNATURE.fullmatch(text) is not None


def item_of(text: str) -> NumberedItem | None:
    """The numbered item a line is; None for what is none."""
    match = _ITEM.fullmatch(text)
    return NumberedItem(int(match[1]), match[2]) if match else None


def is_sub_item(text: str) -> bool:
    """Whether the line begins with （1） or ①."""
    return _SUB_ITEM.match(text) is not None


def month_of(text: str) -> Month | None:
    """The month a line begins; None where it begins none."""
    match = _MONTH.fullmatch(text)
    number = _month_number(match[1]) if match else 0
    if match is None or not number:
        return None
    return Month(number, _month_number(match[2] or ""), match[3] or "")


def _month_number(text: str) -> int:
    number = whole_number(text) or 0
    return number if number <= 12 else 0


def heading_of(text: str, line: PaperLine) -> PlanHeading | None:
    """The chapter a line begins; None where it begins none."""
    match = None if _GRADES.match(text) else _CHAPTER.fullmatch(text)
    name = (match[1] if match else text).strip()
    if match and (named := _NAMED.fullmatch(name)):
        return PlanHeading((named[1] or named[3]).strip(), (named[2] or named[4]).strip(), True)
    bare = name.rstrip("。：:")
    is_short = len(bare) <= _LONGEST_HEADING
    if line.is_heading or (match and is_short):
        return PlanHeading(bare, "", True)
    is_one = not (line.is_item or _ITEM.fullmatch(text) or re.search("[。；，]", bare))
    is_naming = len(bare) <= _LONGEST_NAME and _NAMING.fullmatch(bare)
    return PlanHeading(bare, "") if is_one and is_short and (is_naming or name.endswith(("：", ":"))) else None
