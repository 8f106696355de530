"""What a library need not know of a person: known by header and by content, blanked before anything is written.

个人信息保护法第六条 allows no more than the purpose needs; pupils under fourteen are protected by its 第二十八条.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from schoollib_xl.adoption.forms.filled_lines import FilledLine
from schoollib_xl.adoption.forms.headers import is_personal
from schoollib_xl.adoption.forms.kinds import BOOKS, EVENTS, LOANS, READERS
from schoollib_xl.adoption.forms.personal_texts import (
    HIDDEN,
    SHORTEST_IDENTITY,
    is_address,
    is_identity,
    is_mail,
    is_name,
    is_private,
    is_telephone,
    is_whole_identity,
    plain_text,
    without_home,
    without_numbers,
    without_parent,
)
from schoollib_xl.adoption.forms.tables import HEADER, FoundTable
from schoollib_xl.adoption.journal import Journal

_HAN = re.compile(r"[\u4e00-\u9fff]")
_SHORTEST_NAME = 2
# What is left beside a name where a number stood in its cell: 林小满 女 （）.
_BESIDE_A_NAME = re.compile(r"[\s,，、:：（）()]*(?:[男女][\s,，、:：（）()]*)?$")
# What stands under a week, a day or a word of books is no parent's name, though 白雪 and 王子 are written like one.
_OF_NO_PERSON = re.compile(r"周|次|星期|\d+(?:月|日|[./-]\d)|月$|书|读|题|篇|刊|文章|诗")
# So much of a column under a strange header must be of one kind before the whole of it is hidden.
_MOST = 0.6
# A number cut to fewer digits than these could be anybody's.
_FEWEST_DIGITS = 4
_GIVER = re.compile("[捐赠送]|联系|[人者]$")
_ABOUT_PEOPLE = (READERS, LOANS, EVENTS)
_SAID = "{where} 的“{columns}”是个人信息，图书室用不着，没有接收，也没有写进报告。"
_LIKE_NAMES = (
    "{where} 的“{columns}”里像是人名（家长一类），当作个人信息没有接收，也没有写进报告；"
    "不是人名的，把栏名改成“备注”再接收一次。"
)
_NUMBERS = frozenset(
    {"accession_no", "barcode", "isbn", "reader_no", "loan_no", "first_no", "last_no", "span", "held", "price"}
)


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
    spare, remarks = _spare_columns(table), table.columns.get("remarks", 0)
    # 备注（家长） is of parents, though it is 备注.
    of_parents = {remarks} if is_personal(table.headers.get(remarks, "")) else set()
    told = {at for at in spare if is_personal(table.headers.get(at, "")) or _is_personal_column(table, at)}
    return told | of_parents


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
    cells = (plain_text(line.cell(at)) for line in table.lines or table.every_line)
    return [text for text in cells if text]


def _is_personal_column(table: FoundTable, at: int) -> bool:
    cells = _cells(table, at)
    # A place on the shelves may read like an address.
    in_books: list[Callable[[str], bool]] = [is_identity, is_telephone, is_mail]
    tellers = in_books if table.kind is BOOKS else [*in_books, is_address]
    return any(_mostly(tells, cells) for tells in tellers)


def _mostly(tells: Callable[[str], bool], cells: Sequence[str]) -> bool:
    return bool(cells) and sum(map(tells, cells)) >= _MOST * len(cells)


# -- numbers of readers that hold an identity number ------------------------------------------------------


def _shortener(tables: Iterable[FoundTable]) -> Callable[[str], str]:
    """Cuts a reader's number to the fewest last digits that tell the readers of the school apart."""
    numbers = {
        text for table in tables if (at := _reader_column(table)) for text in _cells(table, at) if is_private(text)
    }
    longest = max(map(len, numbers), default=0)
    kept = next(
        (n for n in range(_FEWEST_DIGITS, longest) if len({number[-n:] for number in numbers}) == len(numbers)),
        _FEWEST_DIGITS,
    )
    return lambda text: text[-kept:].upper()


def _reader_column(table: FoundTable) -> int | None:
    return table.columns.get("reader_no") if table.kind in _ABOUT_PEOPLE else None


def _shorten_numbers(table: FoundTable, shorter: Callable[[str], str]) -> tuple[int, int]:
    """Shorten them; how many were, and of how many nothing could be kept, for Excel has rounded them."""
    at = _reader_column(table)
    shortened = lost = 0
    for line in table.lines if at else ():
        if not at or at > len(line.cells) or not is_private(text := plain_text(line.cells[at - 1])):
            continue
        if (isinstance(line.cells[at - 1], str) and text[1:2] != ".") or len(text) < SHORTEST_IDENTITY:
            line.cells[at - 1] = shorter(text)
            shortened += 1
        else:
            line.cells[at - 1] = ""
            lost += 1
    return shortened, lost


# -- numbers inside other text -----------------------------------------------------------------------------


def _columns_of_words(table: FoundTable) -> set[int | None]:
    """The columns in whose words it may be said where somebody lives or what a parent is called: of a list of books
    only those about givers and the remarks, for what a book is about is said in words as well.
    """
    spare = _spare_columns(table)
    if table.kind and "name" not in table.kind.by_name:
        spare = [at for at in spare if _GIVER.search(table.headers.get(at, ""))]
    return {*spare, table.columns.get("remarks"), table.columns.get("result")}


def _hide_inside(table: FoundTable) -> int:
    """Take identity and telephone numbers out of every cell they stand in, and where somebody lives out of the words
    round a list; how many cells held one.
    """
    found = 0
    kept = {at for name, at in table.columns.items() if name in _NUMBERS}
    is_about_people = table.kind in _ABOUT_PEOPLE
    texts = _columns_of_words(table)
    readers, names = _reader_column(table), table.columns.get("name")
    records = {id(line) for line in table.lines} if table.kind else set()
    for line in _data_lines(table):
        for at, value in enumerate(line.cells, 1):
            is_worded = isinstance(value, str) and _HAN.search(value) is not None
            # 地址：… below a list begins in whichever column is the first.
            if at in kept and id(line) in records and not (is_about_people and is_worded):
                # Among numbers of books only a whole identity number is one; a shorter one may be a barcode.
                if at != readers and is_whole_identity(plain_text(value)):
                    line.cells[at - 1] = ""
                    found += 1
                continue
            # Among books a bare number like a telephone's may be one of theirs; in words it is somebody's.
            is_somebodys = table.kind is not BOOKS or is_worded
            cleaned = without_numbers(value, is_about_people=is_somebodys)
            is_text = at in texts or at in kept or id(line) not in records
            if isinstance(cleaned, str) and at == names and is_about_people:
                cleaned = _BESIDE_A_NAME.sub("", cleaned.replace(HIDDEN, ""))
            if at == names and is_about_people and id(line) in records and isinstance(value, str):
                cleaned = without_parent(value if cleaned is None else str(cleaned))
            cleaned = without_home(value if cleaned is None else cleaned) if is_text else cleaned
            if cleaned is not None and cleaned != value:
                line.cells[at - 1] = cleaned
                found += 1
    return found
