"""What a column nobody recognised may hold, the likeliest first: by the words of its header, then by its cells."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import isfinite

from schoollib_xl.adoption.forms.kinds import BOOKS, EVENTS, LOANS, NUMBERING, READERS, TELLING
from schoollib_xl.adoption.forms.table_kinds import TableKind
from schoollib_xl.adoption.forms.tables import FoundTable
from schoollib_xl.adoption.unclear.columns import filled, is_class_number, is_isbn, is_state, looks_like_numbers
from schoollib_xl.ledgers.grades import class_in
from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.reading.dates import numeric_date, typed_moment
from schoollib_xl.sheets.reading.prices import prices_in
from schoollib_xl.sheets.reading.recognising import plain_header
from schoollib_xl.sheets.reading.texts import PUNCTUATION, cleaned
from schoollib_xl.sheets.reading.tidy import shown

# So many of the filled cells must be of the kind before a column is said to look like it.
_MOST = 0.8
_SHORTEST_WORD = 2
_PLACE = re.compile(
    r"[A-Za-z一二三四五六七八九十\d]{1,3}(?:[-－—.]\d{1,3}){1,3}|.{0,6}(?:架|柜|橱|层|室|库|角|楼|樓).{0,4}"
)
_PUBLISHER = re.compile(r".{2,}(?:出版社|出版公司|出版集团|书局|书店|印书馆|书社|出版)")
_PERSON = re.compile(r"[\u4e00-\u9fff·]{2,4}(?:[ ,，、/]?(?:著|编|主编|等|译|绘)+)?")
# The money of several copies is no column of a list of books.
_OF_SEVERAL = re.compile("总.{0,2}[价额]|合计|小计|金额|码洋|实洋|余额|结余")
# A card that is good until a day was not given out on it.
# A day on which something else was done with a copy than that it came.
_OF_LATER = re.compile("借|还|盘|查|最近|最后|更新|修改")
_AN_END = re.compile("有效|到期|截止|失效")
_LIKE_MONEY = re.compile(r"\.\d|[元圆圓￥¥]|CNY|RMB")
_YEAR = re.compile(r"(?:19|20)\d{2}(?:[.\-/年]\d{1,2}月?)?")
_MOST_COPIES = 100
# Offered where figures of something else stand, they would make copies up.
_COUNTING = frozenset({"held", "present", "volumes"})
# Single characters of headers that tell what stands below them: 多少钱, 搁哪架.
_SIGNS = (("价钱", "price"), ("架柜橱层区", "location"), ("班", "class_name"), ("册本", "held"))
# Headers that any table may have for anything.
_VAGUE = frozenset(
    {"日期", "时间", "编号", "名称", "类型", "类别", "操作", "值", "规则", "单位", "部门", "册", "本", "借"}
)
_DAYS = frozenset({"日期", "时间"})
_BOOKS_THEMSELVES = frozenset({"图书", "书籍", "书"})
# 文学 and 科普 are as short as names, and on a list that only counts them what looks most like titles.
_SORTS = frozenset({"类型", "类别", "种类", "分类"})
# What our ledgers have no column for: offered as another, it would invent something.
_WITHOUT_COLUMN = re.compile(
    r"累计.{0,4}|应[到收发].{0,4}|供[应货][商方].{0,2}|书商|发票.{0,2}|折扣.{0,2}|[包箱件捆]号|索[书取]号|排架号|每[期本份].{0,4}|单期.{0,4}|开本|装帧|装订|复本号|月份|摘要|种数|人数|人次|次数|册次|字数|印[次数张]|语种|译者|丛书|附件|光盘|简介|提要|封面|签[名字章]|第.组|在[架馆库]$"
    r"|.*(?:捐|赠|丢|遗失|领|损|赔|经办|经手|登记|录入|验收|审核|推荐|联系|采购|负责|交接|保管|批准).{0,3}[人者员]"
)
_OF_PEOPLE = frozenset({"name", "class_name", "reader_no", "teacher"})


def _is_date(value: CellValue) -> bool:
    if isinstance(value, int | float):
        return isfinite(value) and numeric_date(int(value)) is not None
    return not isinstance(value, str) or typed_moment(cleaned(value).translate(PUNCTUATION)) is not None


def _is_price(value: CellValue) -> bool:
    return len(prices_in(shown(value))) == 1


def _is_count(value: CellValue) -> bool:
    text = shown(value).strip()
    return text.isdecimal() and 0 < int(text) <= _MOST_COPIES


def _matches(pattern: re.Pattern[str]) -> Callable[[CellValue], bool]:
    return lambda value: pattern.fullmatch(cleaned(shown(value))) is not None


def _is_person(value: CellValue) -> bool:
    # 在馆 and 丢失 are as short as names.
    return _PERSON.fullmatch(cleaned(shown(value))) is not None and not is_state(value)


def _is_class(value: CellValue) -> bool:
    return class_in(shown(value)) is not None


_OF_BOOKS: Sequence[tuple[str, Callable[[CellValue], bool]]] = (
    ("isbn", is_isbn),
    ("published", _matches(_YEAR)),
    ("accessioned_on", _is_date),
    ("class_no", is_class_number),
    ("price", _is_price),
    ("publisher", _matches(_PUBLISHER)),
    ("location", _matches(_PLACE)),
    ("author", _is_person),
    ("held", _is_count),
)
_OF_LOANS: Sequence[tuple[str, Callable[[CellValue], bool]]] = (
    ("lent_on", _is_date),
    ("happened_on", _is_date),
    ("returned_on", _is_date),
    ("isbn", is_isbn),
    ("class_name", _is_class),
    ("name", _is_person),
)
_OF_READERS: Sequence[tuple[str, Callable[[CellValue], bool]]] = (
    ("issued_on", _is_date),
    ("class_name", _is_class),
    ("name", _is_person),
)
_TELLERS = {BOOKS: _OF_BOOKS, LOANS: _OF_LOANS, EVENTS: _OF_LOANS, READERS: _OF_READERS}


def candidates(table: FoundTable, kind: TableKind, at: int, titled: int | None) -> Iterator[str]:
    """The fields a column may hold, the likeliest first: by a word in its header, then by its cells; `titled` is the
    one that looks like titles.
    """
    header = plain_header(table.headers[at])
    if _WITHOUT_COLUMN.match(header) or (kind is BOOKS and _OF_SEVERAL.search(header)):
        return
    elsewhere = _named_elsewhere(header)
    # 作者 of a register is no 操作者.
    if elsewhere and (kind.by_name.keys().isdisjoint(elsewhere) or (kind is BOOKS and _OF_PEOPLE & set(elsewhere))):
        return
    if header in _BOOKS_THEMSELVES:
        yield from ["title"] if "title" in kind.by_name else []
        return
    words = [word for word in kind.headers if len(word) >= _SHORTEST_WORD and _are_alike(word, header)]
    # 还 is the day of the return before it is that of 应还.
    likeliest = sorted(
        words, key=lambda word: (-len(word) if word in header else 0, not word.startswith(header), len(word))
    )
    for word in likeliest:
        yield kind.headers[word][0]
    signed = [name for signs, name in _SIGNS if name in kind.by_name and any(sign in header for sign in signs)]
    yield from signed
    if signed or any(word in header for word in likeliest):
        # What the words say goes before what the cells look like, even where another column says it too.
        return
    if elsewhere:
        yield from (name for name in elsewhere if name in kind.by_name)
        return
    if at == titled and header not in _SORTS:
        yield "title"
    yield from _by_cells(table, kind, at, header)


def _by_cells(table: FoundTable, kind: TableKind, at: int, header: str) -> Iterator[str]:
    """The fields whose values most of the cells of a column look like, where the words of its header allow them."""
    cells = filled(table, at)
    if kind in NUMBERING and looks_like_numbers(table, at):
        yield NUMBERING[kind]
    for name, tells in _TELLERS.get(kind, ()):
        # 3.02 is written like a shelf.
        if (name == "issued_on" and _AN_END.search(header)) or (name == "location" and header in _DAYS):
            continue
        if name in ("author", "name") and header in _SORTS:
            continue
        if name == "accessioned_on" and _OF_LATER.search(header):
            continue
        is_told = name in kind.by_name and cells and sum(map(tells, cells)) >= _MOST * len(cells)
        if is_told and _BY_THE_WHOLE.get(name, bool)(list(map(shown, cells))):
            yield name


def _are_alike(word: str, header: str) -> bool:
    """Whether a known header is part of this one, or this one, unless it may be anything, part of it."""
    is_part = header in word if len(header) >= _SHORTEST_WORD else word.endswith(header)
    return word in header or (is_part and header not in _VAGUE)


def _named_elsewhere(header: str) -> list[str]:
    """The fields a header names in tables of other kinds: what its words say goes before what its cells look like."""
    return [] if header in _VAGUE else list(dict.fromkeys(name for kind in TELLING for name in kind.called(header)))


def can_hold(table: FoundTable, at: int, name: str) -> bool:
    """Whether what stands in a column may be of a field its header names: 借出 over 2 and 3 is no state of a copy."""
    texts = [shown(value).strip() for value in filled(table, at)] if name == "state" else []
    is_of_several = any(text.isdecimal() and int(text) > 1 for text in texts)
    return not is_of_several and (name not in _COUNTING or _counts(table, at))


def _counts(table: FoundTable, at: int) -> bool:
    """Whether what stands in a column can count copies: no words, no money, of no title more than any school has."""
    texts = [shown(value).strip() for value in filled(table, at)]
    return not all(map(str.isalpha, texts)) and not any(re.search(r"\d\.\d|[元圆圓￥¥]|\d{4}", text) for text in texts)


def _has_money(texts: Sequence[str]) -> bool:
    return any(map(_LIKE_MONEY.search, texts))


def _repeats(texts: Sequence[str]) -> bool:
    """Whether a value stands twice: a column whose every number is another counts something else than copies."""
    return len(set(texts)) < len(texts)


# What all the cells of a column together must be for some of the fields.
_BY_THE_WHOLE: Mapping[str, Callable[[Sequence[str]], bool]] = {"price": _has_money, "held": _repeats}
