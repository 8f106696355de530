"""Registers of one reader each: whose the loans are stands over the table, or is the name of its sheet."""

import re
from typing import NamedTuple

from schoollib_xl.adoption.forms.kinds import TELLING
from schoollib_xl.adoption.forms.words import PERSONAL
from schoollib_xl.sheets.reading.recognising import plain_header

_WHO = "姓名|借阅人|借书人|借阅者|读者姓名|学生姓名|教师姓名|读者|学生|持证人"
_NUMBER_OF = "(?:借书|借阅|读者|图书)?(?:证|卡)号|学号|读者编号|工号"
_IS = r"\s*[:：]\s*\|?\s*"
_END = r"(?=\s|$|[|,，;；(（])"
_NAMED = re.compile(
    rf"(?:^|[\s|,，;；])(?:(?:{_WHO}){_IS}|姓名\s*\|\s*)([\u4e00-\u9fff·]{{2,5}}){_END}"
    r"|(?:^|[\s|,，)）班])((?:(?!班)[\u4e00-\u9fff·]){2,4})(?:同学|老师)的?(?:个人)?(?:借|读|阅)"
    r"|(?:班|年级|[)）])[\s|]+(?!图书|学生|个人|全班|班级|师生)([\u4e00-\u9fff·]{2,4})[\s|]+(?:个人)?(?:借[书阅]|读者|图书)[^\s|]{0,4}[证卡]"
)
_NUMBERED = re.compile(rf"(?:{_NUMBER_OF}){_IS}([A-Za-z]{{0,4}}\d+){_END}")
_HEADERS = frozenset(header for kind in TELLING for header in kind.headers)


class ReaderOver(NamedTuple):
    """The reader that a title names."""

    name: str | None
    number: str | None


def reader_over(heading: str) -> ReaderOver | None:
    """The reader whom what stands over a table names: 姓名：甲一; None where it names none, or several."""
    names = {name for found in _NAMED.findall(heading) if (name := "".join(found)) and not _is_header(name)}
    numbers = set(_NUMBERED.findall(heading))
    if len(names) > 1 or len(numbers) > 1 or not (names or numbers):
        return None
    return ReaderOver(next(iter(names), None), next(iter(numbers), None))


def _is_header(word: str) -> bool:
    return plain_header(word) in _HEADERS or any(personal in word for personal in PERSONAL)
