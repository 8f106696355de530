"""What a library need not know of a person: known by header and by content, blanked before anything is written.

个人信息保护法第六条 allows no more than the purpose needs; pupils under fourteen are protected by its 第二十八条.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from schoollib_xl.adoption.forms.headers import FilledLine, is_personal
from schoollib_xl.adoption.forms.kinds import BOOKS, EVENTS, LOANS, READERS
from schoollib_xl.adoption.forms.tables import HEADER, FoundTable
from schoollib_xl.adoption.journal import Journal
from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.reading.texts import HALF_WIDTH
from schoollib_xl.sheets.reading.tidy import shown

# 公民身份号码 (GB 11643): area, day of birth, serial, check; the old form has 15 digits.
_IDENTITY = (
    r"[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]"
    r"|[1-9]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}"
)
# Such a number with blanks or strokes anywhere inside, as people type it to read it better.
_IN_GROUPS = re.compile(r"(?<!\d)[A-Za-z]?\d(?:[ -]*\d){13,16}[ -]*[\dXx](?![ -]*\d)")
# 全国学籍号 is a letter before an identity number (教基一〔2013〕7号, 中小学生学籍管理办法).
_REGISTRATION = re.compile(r"[A-Za-z]\d{17}[\dXx]")
_HAS_IDENTITY = re.compile(rf"(?<!\d)(?:{_IDENTITY})(?![\dXx])")
_TELEPHONE = r"(?:\+?86[-\s]?)?1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}|0\d{2,3}[-\s]\d{7,8}|\(0\d{2,3}\)\s?\d{7,8}"
_HAS_TELEPHONE = re.compile(rf"(?<![\d.])(?:{_TELEPHONE})(?![\d])")
_PLACES = re.compile(r"[省市县区镇乡村组路街巷号栋楼]|小区|单元|大队|社区")
_CLAUSE = re.compile(r"[^；;，,。、（）()\s]+")
_LIVES = re.compile(r"(?:家庭?|现|户籍)?(?:居?住(?:在|于|址|处)?|家在|地址)[:：]?")
# 清教字〔2025〕8号 is the number of a document.
_HOUSE = re.compile(r"(?<![〕\]】\d])[\d一二三四五六七八九十]+(?:号|室|组|栋|幢|楼|单元)[\d一二三四五六七八九十号室]*$")
_HAN = re.compile(r"[\u4e00-\u9fff]")
# At most 64 signs before the @ (RFC 5321, 4.5.3.1.1); without an end a long text was gone through from each sign.
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]+\.[\w.]+")
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹"
    "孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁"
)
# 父亲王大明, 家长：李小明; 家长马上来 names nobody.
_PARENT = re.compile(
    rf"(?P<who>(?:父亲|母亲)(?:姓名)?[:：是叫]?|(?:家长|监护人|爸爸|妈妈|爷爷|奶奶)(?:姓名)?(?:[:：是叫]|\s))\s*"
    rf"[{''.join(sorted(_SURNAMES))}][\u4e00-\u9fff]{{1,2}}(?![\u4e00-\u9fff])"
)
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}")
_SHORTEST_NAME = 2
# What stands under a week, a day or a word of books is no parent's name, though 白雪 and 王子 are written like one.
_OF_NO_PERSON = re.compile(r"周|次|星期|\d+(?:月|日|[./-]\d)|月$|书|读|题|篇|刊|文章|诗")
# So much of a column under a strange header must be of one kind before the whole of it is hidden.
_MOST = 0.6
_ADDRESS_MARKS, _SHORTEST_ADDRESS = 2, 6
# A number cut to fewer digits than these could be anybody's.
_FEWEST_DIGITS = 4
_ABOUT_PEOPLE = (READERS, LOANS, EVENTS)
HIDDEN = "（个人信息，没有抄）"
_SAID = "{where} 的“{columns}”是个人信息，图书室用不着，没有接收，也没有写进报告。"
_LIKE_NAMES = (
    "{where} 的“{columns}”里像是人名（家长一类），当作个人信息没有接收，也没有写进报告；"
    "不是人名的，把栏名改成“备注”再接收一次。"
)
_NUMBERS = frozenset(
    {"accession_no", "barcode", "isbn", "reader_no", "loan_no", "first_no", "last_no", "span", "held", "price"}
)
# The shortest telephone number and identity number.
_SHORTEST_NUMBER, _SHORTEST_IDENTITY, _LONGEST_IDENTITY = 11, 15, 18


def hide_personal(tables: Sequence[FoundTable], journal: Journal) -> None:
    """Blank every personal cell of the tables; the journal gets a sentence for the tables that held any in the same
    columns, naming them, an urgent one where the cells may be names or words.
    """
    shorter = _shortener(tables)
    titles = {text for table in tables if (at := table.columns.get("title")) for text in _cells(table, at)}
    hidden, doubted = list[tuple[FoundTable, set[int]]](), list[tuple[FoundTable, set[int]]]()
    for table in tables:
        names = _columns_of_names(table, titles)
        doubtful = {at for at in names if _are_words_as_well(_cells(table, at))}
        doubted.append((table, doubtful))
        hidden.append((table, (_personal_columns(table) | names) - doubtful))
        journal.assumed += _hide(table, names | hidden[-1][1], shorter)
    journal.urgent += _said_of(doubted, _LIKE_NAMES)
    journal.assumed += _said_of(hidden, _SAID)


def _said_of(found: Iterable[tuple[FoundTable, Iterable[int]]], said: str) -> Iterator[str]:
    tables: dict[str, list[str]] = {}
    for table, columns in found:
        called = "、".join(table.headers.get(at, f"第{at}列") for at in sorted(columns))
        tables.setdefault(called, []).append(table.name)
    for called, names in tables.items():
        if called:
            where = names[0] if len(names) == 1 else f"{names[0]} 等 {len(names)} 张表"
            yield said.format(where=where, columns=called)


def _hide(table: FoundTable, hidden: set[int], shorter: Callable[[str], str]) -> Iterator[str]:
    table.personal |= hidden
    _blank(table, hidden)
    shortened, lost = _shorten_numbers(table, shorter)
    inside = _hide_inside(table)
    if shortened:
        yield f"{table.name} 的编号里有身份证号，只留了分得清人的后几位。"
    if lost:
        yield f"{table.name} 有 {lost} 个编号存成了超过 15 位的数，后面几位已经丢了，读不出来。"
    if inside:
        yield f"{table.name} 有 {inside} 格文字里夹着身份证号、电话、住址或家长姓名，这些没有接收，也没有写进报告。"


def _spare_columns(table: FoundTable) -> list[int]:
    used = set(table.columns.values())
    width = max((len(line.cells) for line in _data_lines(table)), default=0)
    return [at for at in range(1, width + 1) if at not in used]


def _personal_columns(table: FoundTable) -> set[int]:
    """The columns that are personal by header, or by content that nothing else looks like."""
    spare = _spare_columns(table)
    return {at for at in spare if is_personal(table.headers.get(at, "")) or _is_personal_column(table, at)}


def _columns_of_names(table: FoundTable, titles: Collection[str]) -> set[int]:
    """The columns of a roster that hold names under a strange header: of parents, as a rule."""
    if table.kind is not READERS or "name" not in table.columns:
        return set()
    strange = [at for at in _spare_columns(table) if not is_personal(table.headers.get(at, ""))]
    unsaid = [at for at in strange if not _OF_NO_PERSON.search(table.headers.get(at, ""))]
    cells = {at: [text for text in _cells(table, at) if text not in titles] for at in unsaid}
    return {at for at in unsaid if 2 * len(cells[at]) > len(_cells(table, at)) and _mostly(is_name, cells[at])}


def _are_words_as_well(names: Sequence[str]) -> bool:
    """Whether most are of two characters: 白雪 and 高山 may be people, or books."""
    return 2 * sum(len(name) == _SHORTEST_NAME for name in names) > len(names)


def _blank(table: FoundTable, columns: Iterable[int]) -> None:
    for line in _data_lines(table):
        for at in columns:
            if line.cell(at) != "":
                line.cells[at - 1] = ""


def _data_lines(table: FoundTable) -> Iterator[FilledLine]:
    yield from table.lines
    yield from (non_entry.line for non_entry in table.non_entries if non_entry.reason != HEADER)


def _cells(table: FoundTable, at: int) -> list[str]:
    cells = (_text(line.cell(at)) for line in table.lines or table.every_line)
    return [text for text in cells if text]


def _text(value: CellValue) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = shown(value).translate(HALF_WIDTH).strip()
    return _in_groups(text) or text


def _in_groups(text: str) -> str:
    """The identity number that a text is, typed in groups; '' for other texts, such as 20250001-20250010."""
    number = re.sub("[ -]", "", text) if _IN_GROUPS.fullmatch(text) else ""
    return number if _HAS_IDENTITY.fullmatch(number) or _REGISTRATION.fullmatch(number) else ""


def _is_personal_column(table: FoundTable, at: int) -> bool:
    cells = _cells(table, at)
    # A place on the shelves may read like an address.
    in_books: list[Callable[[str], bool]] = [_is_identity, is_telephone, _is_mail]
    tellers = in_books if table.kind is BOOKS else [*in_books, _is_address]
    return any(_mostly(tells, cells) for tells in tellers)


def _mostly(tells: Callable[[str], bool], cells: Sequence[str]) -> bool:
    return bool(cells) and sum(map(tells, cells)) >= _MOST * len(cells)


def _is_identity(text: str) -> bool:
    # A number of more than 15 digits in a cell is one that was typed without care; no list of a school has others.
    is_long = bool(re.fullmatch(r"\d{16,18}|\d\.\d+e\+1[4-7]", text))
    return is_long or _HAS_IDENTITY.search(text) is not None or _REGISTRATION.fullmatch(text) is not None


def is_telephone(text: str) -> bool:
    """Whether a telephone number stands in a text."""
    return _HAS_TELEPHONE.search(text) is not None


def _is_address(text: str) -> bool:
    return len(text) >= _SHORTEST_ADDRESS and len(_PLACES.findall(text)) >= _ADDRESS_MARKS


def _is_mail(text: str) -> bool:
    return _MAIL.search(text) is not None


def is_name(text: str) -> bool:
    """Whether a text is written like the name of a person."""
    return _NAME.fullmatch(text) is not None and text[0] in _SURNAMES


# -- numbers of readers that hold an identity number ------------------------------------------------------


def _shortener(tables: Iterable[FoundTable]) -> Callable[[str], str]:
    """Cuts a reader's number to the fewest last digits that tell the readers of the school apart."""
    numbers = {
        text for table in tables if (at := _reader_column(table)) for text in _cells(table, at) if _is_private(text)
    }
    longest = max(map(len, numbers), default=0)
    kept = next(
        (n for n in range(_FEWEST_DIGITS, longest) if len({number[-n:] for number in numbers}) == len(numbers)),
        _FEWEST_DIGITS,
    )
    return lambda text: text[-kept:].upper()


def _reader_column(table: FoundTable) -> int | None:
    return table.columns.get("reader_no") if table.kind in _ABOUT_PEOPLE else None


def _is_private(text: str) -> bool:
    return _is_identity(text) or re.fullmatch(_TELEPHONE, text) is not None


def _shorten_numbers(table: FoundTable, shorter: Callable[[str], str]) -> tuple[int, int]:
    """Shorten them; how many were, and of how many nothing could be kept, for Excel has rounded them."""
    at = _reader_column(table)
    shortened = lost = 0
    for line in table.lines if at else ():
        if not at or at > len(line.cells) or not _is_private(text := _text(line.cells[at - 1])):
            continue
        if (isinstance(line.cells[at - 1], str) and text[1:2] != ".") or len(text) < _SHORTEST_IDENTITY:
            line.cells[at - 1] = shorter(text)
            shortened += 1
        else:
            line.cells[at - 1] = ""
            lost += 1
    return shortened, lost


# -- numbers inside other text -----------------------------------------------------------------------------


def _hide_inside(table: FoundTable) -> int:
    """Take identity and telephone numbers out of every cell they stand in, and where somebody lives out of the words
    round a list; how many cells held one.
    """
    found = 0
    kept = {at for name, at in table.columns.items() if name in _NUMBERS}
    texts = {*_spare_columns(table), table.columns.get("remarks")} if table.kind in _ABOUT_PEOPLE else set()
    readers = _reader_column(table)
    records = {id(line) for line in table.lines} if table.kind else set()
    for line in _data_lines(table):
        for at, value in enumerate(line.cells, 1):
            if at in kept and id(line) in records:
                # Among numbers of books only a whole identity number is one; a shorter one may be a barcode.
                if at != readers and len(text := _text(value)) == _LONGEST_IDENTITY and _HAS_IDENTITY.fullmatch(text):
                    line.cells[at - 1] = ""
                    found += 1
                continue
            # Among books a bare number like a telephone's may be one of theirs; in words it is somebody's.
            is_somebodys = table.kind is not BOOKS or (isinstance(value, str) and _HAN.search(value) is not None)
            cleaned = _without_numbers(value, is_about_people=is_somebodys)
            is_text = at in texts or id(line) not in records
            cleaned = _without_home(value if cleaned is None else cleaned) if is_text else cleaned
            if cleaned is not None and cleaned != value:
                line.cells[at - 1] = cleaned
                found += 1
    return found


def _without_home(value: CellValue) -> CellValue:
    """A text without what of it says where somebody lives, or what a parent is called."""
    if not isinstance(value, str):
        return value
    return _CLAUSE.sub(lambda part: _without_address(part[0]), _PARENT.sub(rf"\g<who>{HIDDEN}", value))


def _without_address(clause: str) -> str:
    lives = _LIVES.match(clause)
    places = len(_PLACES.findall(clause[lives.end() :] if lives else clause))
    is_home = places >= 1 if lives else places >= _ADDRESS_MARKS and _HOUSE.search(clause) is not None
    return HIDDEN if is_home else clause


def _without_numbers(value: CellValue, *, is_about_people: bool) -> CellValue | None:
    """The cell without such numbers; None where it holds none."""
    if not isinstance(value, str | float | int) or isinstance(value, bool):
        return None
    text = _text(value)
    if len(text) < _SHORTEST_NUMBER:
        return None
    if not isinstance(value, str) and re.fullmatch(r"\d{16,18}|\d\.\d+e\+1[4-7]", text):
        return HIDDEN
    cleaned = _IN_GROUPS.sub(lambda number: HIDDEN if _in_groups(number[0]) else number[0], text)
    cleaned = _HAS_IDENTITY.sub(HIDDEN, cleaned)
    cleaned = _HAS_TELEPHONE.sub(HIDDEN, cleaned) if is_about_people else cleaned
    return cleaned if cleaned != text else None
