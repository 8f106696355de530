"""What a library need not know of a person: known by header and by content, blanked before anything is written.

个人信息保护法第六条 allows no more than the purpose needs; pupils under fourteen are protected by its 第二十八条.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from schoollib_xl.adoption.headers import FilledLine, is_personal
from schoollib_xl.adoption.kinds import BOOKS, EVENTS, LOANS, READERS
from schoollib_xl.adoption.tables import HEADER, FoundTable
from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.reading.texts import HALF_WIDTH
from schoollib_xl.sheets.reading.tidy import shown

# 公民身份号码 (GB 11643): area, day of birth, serial, check; the old form has 15 digits.
_IDENTITY = (
    r"[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]"
    r"|[1-9]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}"
)
# 全国学籍号 is a letter before an identity number (教基一〔2013〕7号, 中小学生学籍管理办法).
_REGISTRATION = re.compile(r"[A-Za-z]\d{17}[\dXx]")
_HAS_IDENTITY = re.compile(rf"(?<!\d)(?:{_IDENTITY})(?![\dXx])")
_TELEPHONE = r"(?:\+?86[-\s]?)?1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}|0\d{2,3}[-\s]\d{7,8}|\(0\d{2,3}\)\s?\d{7,8}"
_HAS_TELEPHONE = re.compile(rf"(?<![\d.])(?:{_TELEPHONE})(?![\d])")
_PLACES = re.compile(r"[省市县区镇乡村组路街巷号栋楼]|小区|单元|大队|社区")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹"
    "孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁"
)
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}")
# So much of a column under a strange header must be of one kind before the whole of it is hidden.
_MOST = 0.6
_ADDRESS_MARKS, _SHORTEST_ADDRESS = 2, 6
# A number cut to fewer digits than these could be anybody's.
_FEWEST_DIGITS = 4
_ABOUT_PEOPLE = (READERS, LOANS, EVENTS)
HIDDEN = "（个人信息，没有抄）"
_SAID = "{where} 的“{columns}”是个人信息，图书室用不着，没有接收，也没有写进报告。"
_NUMBERS = frozenset(
    {"accession_no", "barcode", "isbn", "reader_no", "loan_no", "first_no", "last_no", "span", "held", "price"}
)
# The shortest telephone number and identity number.
_SHORTEST_NUMBER, _SHORTEST_IDENTITY, _LONGEST_IDENTITY = 11, 15, 18


def hide_personal(tables: Sequence[FoundTable]) -> Iterator[str]:
    """Blank every personal cell of the tables; a sentence for each table that held any, naming its columns."""
    shorter = _shortener(tables)
    for table in tables:
        hidden = _hide_columns(table)
        shortened, lost = _shorten_numbers(table, shorter)
        inside = _hide_inside(table)
        table.personal |= hidden
        if hidden:
            yield _SAID.format(
                where=_where(table), columns="、".join(table.headers.get(at, f"第{at}列") for at in sorted(hidden))
            )
        if shortened:
            yield f"{_where(table)} 的编号里有身份证号，只留了分得清人的后几位。"
        if lost:
            yield f"{_where(table)} 有 {lost} 个编号存成了超过 15 位的数，后面几位已经丢了，读不出来。"
        if inside:
            yield f"{_where(table)} 有 {inside} 格文字里夹着身份证号或电话，这些号没有接收，也没有写进报告。"


def _where(table: FoundTable) -> str:
    return f"《{table.file}》{table.sheet}"


def _hide_columns(table: FoundTable) -> set[int]:
    """Blank the columns that are personal by header or by content; which they are."""
    used = set(table.columns.values())
    width = max((len(line.cells) for line in _data_lines(table)), default=0)
    spare = [at for at in range(1, width + 1) if at not in used]
    hidden = {at for at in spare if is_personal(table.headers.get(at, "")) or _is_personal_column(table, at)}
    for line in _data_lines(table):
        for at in hidden:
            if at <= len(line.cells) and line.cells[at - 1] != "":
                line.cells[at - 1] = ""
    return hidden


def _data_lines(table: FoundTable) -> Iterator[FilledLine]:
    yield from table.lines
    yield from (non_entry.line for non_entry in table.non_entries if non_entry.reason != HEADER)


def _cells(table: FoundTable, at: int) -> list[str]:
    lines = table.lines or [non_entry.line for non_entry in table.non_entries]
    cells = (_text(line.cells[at - 1]) for line in lines if at <= len(line.cells))
    return [text for text in cells if text]


def _text(value: CellValue) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return shown(value).translate(HALF_WIDTH).strip()


def _is_personal_column(table: FoundTable, at: int) -> bool:
    cells = _cells(table, at)
    if not cells or table.kind is BOOKS:
        return _mostly(_is_identity, cells)
    tellers: list[Callable[[str], bool]] = [_is_identity, _is_telephone, _is_address, _is_mail]
    if table.kind is READERS and "name" in table.columns:
        tellers.append(is_name)
    return any(_mostly(tells, cells) for tells in tellers)


def _mostly(tells: Callable[[str], bool], cells: Sequence[str]) -> bool:
    return bool(cells) and sum(map(tells, cells)) >= _MOST * len(cells)


def _is_identity(text: str) -> bool:
    # A number of more than 15 digits in a cell is one that was typed without care; no list of a school has others.
    is_long = bool(re.fullmatch(r"\d{16,18}|\d\.\d+e\+1[4-7]", text))
    return is_long or _HAS_IDENTITY.search(text) is not None or _REGISTRATION.fullmatch(text) is not None


def _is_telephone(text: str) -> bool:
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
        is_whole = _HAS_IDENTITY.search(text) or _REGISTRATION.fullmatch(text)
        if (isinstance(line.cells[at - 1], str) and is_whole) or len(text) < _SHORTEST_IDENTITY:
            line.cells[at - 1] = shorter(text)
            shortened += 1
        else:
            line.cells[at - 1] = ""
            lost += 1
    return shortened, lost


# -- numbers inside other text -----------------------------------------------------------------------------


def _hide_inside(table: FoundTable) -> int:
    """Take identity and telephone numbers out of every cell they stand in; how many cells held one."""
    found = 0
    kept = {at for name, at in table.columns.items() if name in _NUMBERS}
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
            cleaned = _without_numbers(value, is_about_people=table.kind is not BOOKS)
            if cleaned is not None:
                line.cells[at - 1] = cleaned
                found += 1
    return found


def _without_numbers(value: CellValue, *, is_about_people: bool) -> CellValue | None:
    """The cell without such numbers; None where it holds none."""
    if not isinstance(value, str | float | int) or isinstance(value, bool):
        return None
    text = _text(value)
    if len(text) < _SHORTEST_NUMBER:
        return None
    if not isinstance(value, str) and re.fullmatch(r"\d{16,18}|\d\.\d+e\+1[4-7]", text):
        return HIDDEN
    cleaned = _HAS_IDENTITY.sub(HIDDEN, text)
    cleaned = _HAS_TELEPHONE.sub(HIDDEN, cleaned) if is_about_people else cleaned
    return cleaned if cleaned != text else None
