"""Text of an old list's cell, each way of cleaning it said by name."""

import re
import unicodedata

from schoollib_xl.adoption.transforms import (
    BLANKS,
    CALL_NO,
    HALF_WIDTH,
    LEAKED,
    NAME_ONLY,
    PAGES,
    SUBFIELDS,
    TITLE_MARKS,
    UNSEEN,
    YEAR_ONLY,
    Read,
    Step,
    Transform,
)
from schoollib_xl.sheets.cells import CellValue, ErrorValue, Uncalculated
from schoollib_xl.sheets.reading import texts
from schoollib_xl.sheets.reading.dates import numeric_date
from schoollib_xl.sheets.reading.tidy import shown

_INVISIBLE = dict.fromkeys((0x200B, 0xFEFF))
# Brackets and full-width digits that a title may well have are left alone by the reader of cells as well.
_WHOLE_TITLE = re.compile(r"《([^《》]+)》")
_SUBFIELD = re.compile(r"[$‡▼]\s?[a-z]\s*")
# What somebody did of a book, behind his name: 甲等编著, 乙文.
_DID = re.compile(r"\s*等?(?:主编|编著|编写|编译|编绘|[著编译绘写撰])$")
_SIGNS = str.maketrans("“”„‟「」『』‘’‚‛`´・•‧∙⋅—–―−‐～〜", '""""""""' + "''''''·····-----~~")

# 红楼梦/四大名著, 作文/看图速写, 故事/上下编: what such words say is no work of somebody.
_NOBODY = re.compile("(?:[名巨原专新]著|[听读描速仿改缩扩续]写|[上中下新续汇选]编|第.编)$")
# A surname and something behind it: of 彩绘 and 学写 one sign stands before what was done.
_SHORTEST_NAME = 2
# 1.王俊芳, （2）林小满, 3 周小麦, 王俊芳同学; 三班同学 and 全体同学 are nobody's name.
_NAME = r"[\u4e00-\u9fff](?:[\u4e00-\u9fff]|[·•‧・](?=[\u4e00-\u9fff])){1,14}"
_A_SORT = re.compile(r"[\u4e00-\u9fff、/]+")
_NUMBERED_NAME = re.compile(rf"(?:[(（]?\d{{1,3}}[)）]?|[①-⑳])\s?[.．、,，:：)）_-]?\s?({_NAME}.*)")
_OF_MANY = re.compile("[班级组校全各位等们号]")
_PUPIL = "同学"
# What lists of pupils say behind a name and no library needs: girls, boarders, what somebody is in class.
_OFFICE = "副?(?:[小大]?组长|[正副]?班长|[大小中]?队长|[一-龥]{2}委员|课代表|[一-龥]{2}课代表|(?:图书)?管理员)"
_MARKED = re.compile(rf"(?:[\s*＊★☆●▲△※◆#]|[(（](?:[男女]|{_OFFICE})[)）])+$")
_PAGES = re.compile(r"(\d+)\s*(?:页|P|p)")
# The number of a day, as Excel keeps it.
_DAY_NUMBER = re.compile(r"\d{5}")
_ONLY_A_DATE = re.compile(
    r"\[?c?((?:1[89]|20)\d{2})(?:\]|年|[-./](?:0?[1-9]|1[0-2])(?:[-./]\d{1,2})?(?:\s+0?0:00(?::00)?)?"
    r"|年\d{1,2}月(?:\d{1,2}日)?)?"
)


def plain_title(text: str) -> str:
    """A title or a name as it is compared: whatever the width of its signs, the form of its quotes, dots and dashes."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_SIGNS)
    return "".join(plain.split()).strip('《》"')


def text_of(value: CellValue) -> Read:
    """The cell as text: None for a blank; error values and formulas without result are not read."""
    if isinstance(value, ErrorValue):
        return Read(verbatim=value.text)
    if isinstance(value, Uncalculated):
        return Read(verbatim=f"={value.formula}")
    text = shown(value) if not isinstance(value, bool) else str(value).upper()
    if not text:
        return Read()
    steps: list[Step] = []
    plain = text.replace("_x000D_", "").translate(_INVISIBLE)
    text = _changed(steps, BLANKS, text, " ".join(plain.split()).lstrip("'＇"))
    text = _changed(steps, UNSEEN, text, texts.unhidden(text).strip())
    text = _changed(steps, SUBFIELDS, text, _without_subfields(text))
    text = _changed(steps, HALF_WIDTH, text, text.translate(texts.HALF_WIDTH))
    if text.lower() in texts.LEAKED:
        return Read(None, (*steps, Step(LEAKED, text, "")))
    # Rows of blanks are no change worth telling.
    return Read(text, tuple(steps)) if text else Read()


def _without_subfields(text: str) -> str:
    """A field of a CNMARC record without the marks of its subfields: $a小河$e水的一生 is 小河：水的一生."""
    if not _SUBFIELD.match(text):
        return text
    first, *rest = (piece.strip() for piece in _SUBFIELD.split(text) if piece.strip())
    return "：".join([first, *rest])


def title(text: str) -> Read:
    """A title without the 《》 round the whole of it; none of what a program writes for want of one (《NA》)."""
    match = _WHOLE_TITLE.fullmatch(text)
    if match and match[1].strip().lower() in texts.LEAKED:
        return Read(None, (Step(LEAKED, text, ""),))
    return changed(TITLE_MARKS, text, match[1].strip() if match else text)


def title_and_author(text: str, author: str | None, *, is_headed: bool = False) -> tuple[str, str] | None:
    """A title and who wrote the book, parted by the stroke of catalogues (小河/甲著): where he stands
    in a column as well, the words say what he did, or the header says that both stand here. None of any other text.
    """
    book, _, said = (part.strip() for part in text.rpartition("/"))
    name = _DID.sub("", said)
    # 读/写 and 听/学写 name nobody.
    if not book or not name or (not author and (len(name) < _SHORTEST_NAME or _NOBODY.search(said))):
        return None
    return (book, said) if (name == _DID.sub("", author) if author else is_headed or name != said) else None


def name(text: str) -> Read:
    """A name without its number in the list before it, and 同学, （女） or a mark (*) behind it."""
    match = _NUMBERED_NAME.fullmatch(text)
    bare = match[1] if match and not _OF_MANY.search(match[1]) else text
    bare = _MARKED.sub("", bare) or bare
    person = bare.removesuffix(_PUPIL).rstrip()
    is_named = len(person) > 1 and not _OF_MANY.search(person)
    return changed(NAME_ONLY, text, person if is_named else bare)


def pages(text: str) -> Read:
    """Pages as a bare number where nothing else is said."""
    match = _PAGES.fullmatch(text)
    return changed(PAGES, text, match[1] if match else text)


def year(text: str) -> Read:
    """The year where the text is nothing but a date; what says more (2009, 2015重印) stays as it is."""
    day = numeric_date(int(text)) if _DAY_NUMBER.fullmatch(text) else None
    match = _ONLY_A_DATE.fullmatch(day.isoformat() if day else text)
    return changed(YEAR_ONLY, text, match[1] if match else text)


def book_no(text: str) -> Read:
    """A book number without the stroke that parts it from the class number."""
    return changed(CALL_NO, text, text.lstrip("/ ") or text)


def changed(transform: Transform, before: str, after: str) -> Read:
    """What a text became in one way, said where it is another text."""
    return Read(after, (Step(transform, before, after),) if after != before else ())


def _changed(steps: list[Step], transform: Transform, before: str, after: str) -> str:
    if before != after:
        steps.append(Step(transform, before, after))
    return after


def is_sort(text: str) -> bool:
    """Whether it is a school's own word for a sort of books, and no class number: 文学, 绘本."""
    return _A_SORT.fullmatch(text) is not None
