"""Lines between the tables of a sheet: which of them close one, and which stand over the next."""

import re
import unicodedata
from collections.abc import Set

from schoollib_xl.adoption.forms.deliveries import delivery_in
from schoollib_xl.adoption.forms.filled_lines import FilledLine
from schoollib_xl.adoption.forms.headers import TITLE_LINES, TableHeader
from schoollib_xl.adoption.forms.kinds import BOOKS, EVENTS, LOANS, READERS
from schoollib_xl.adoption.forms.list_titles import heads_what_is_to_come, is_account_of_books, tells_whether_held
from schoollib_xl.adoption.forms.page_titles import repeats_title
from schoollib_xl.adoption.forms.reader_cards import reader_over
from schoollib_xl.adoption.forms.said_round import day_of_going, day_over
from schoollib_xl.adoption.forms.words import CLOSINGS, LABELLED, REMARKS, end_of_all
from schoollib_xl.adoption.forms.years import time_told
from schoollib_xl.ledgers.grades import class_in, whole_grade_in
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.supporting.office import CashRow

# 2024年9月购入图书, 社会捐赠书目: no book is called so.
_OF_A_DELIVERY = re.compile(
    r"(?:20\d{2}年?)?(?:\d{1,2}月(?:份)?)?.{0,8}(?:购入|购置|采购|新购|捐赠|赠送|配发|调拨|入库|入藏|移交|注销|剔除|报废)的?"
    r"(?:图书|书籍|书刊)(?:目录|书目|清单|明细|登记|登记表|明细表)?(?:[(（].*[)）])?"
)
_OF_COPIES = re.compile(r"[册本]数|种数|[(（][册本种][)）]")
# 班级：三（1）班 | 班主任：陈静 | 人数：30.
_MOST_OF_A_TITLE = 3
_A_NUMBER = re.compile(r"[A-Za-z]{0,4}\d[\d./:\-]*")
_IN_WORDS, _FEWEST_OF_A_ROW = frozenset({"title", "name", "class_name", "grade"}), 2


def counts_copies(header: TableHeader, body: list[FilledLine], title: str) -> bool:
    """Whether 收入, 支出 and 结存 of what looks like an account of money are of copies, by its headers, those on a
    second line, or its title.
    """
    said = " ".join(line.text for line in (*header.lines, *body[:1]))
    is_of_copies = _OF_COPIES.search(said) is not None or is_account_of_books(title)
    return header.kind.sheet is SHEETS[CashRow] and is_of_copies


def of_the_next(body: list[FilledLine], header: TableHeader, titles: Set[str]) -> list[FilledLine]:
    """The last lines of a table that stand over the next one: they say whose it is, a reader's or a class's, of which
    term or delivery, whether the books are held, or repeat one of the titles above, as on every page.
    """
    is_of_people = header.kind in (READERS, LOANS, EVENTS)
    last = body[-TITLE_LINES:]
    # Below a line like a title may stand a row: 第2柜, one book of it, 第3柜 and the header again.
    rows = [index for index, line in enumerate(last) if _is_row(line, header)]
    last = last[max(rows, default=-1) + 1 :]
    at = [
        index
        for index, line in enumerate(last)
        if (is_of_people and (tells_whose(line, header) or time_told(line.alone)))
        or repeats_title(line, titles)
        # Below the line over a delivery may stand the last of its books.
        or all(_heads_delivery(one, header) for one in last[index:])
        or (len(line.texts) == 1 and (tells_whether_held(line.text) is not None or heads_what_is_to_come(line.text)))
    ]
    return last[at[0] :] if at else []


def _is_row(line: FilledLine, header: TableHeader) -> bool:
    """Whether a line fills all columns of a header but one, a number or a day among them, as no title does."""
    said = {name: text for name, at in header.columns.items() if (text := line.said(at))}
    is_numbered = any(_A_NUMBER.fullmatch(text) for name, text in said.items() if name not in _IN_WORDS)
    return is_numbered and len(said) >= max(_FEWEST_OF_A_ROW, len(header.columns) - 1)


def _heads_delivery(line: FilledLine, header: TableHeader) -> bool:
    """Whether a line says of the books below it when or how they came or went: 捐赠图书 | 入库日期：2025年3月15日. Who
    approved a list, or signed it, stands below.
    """
    is_short = len(line.texts) <= _MOST_OF_A_TITLE and all(isinstance(value, str) for value in line.cells)
    is_said = (day_over(line.text) or day_of_going(line.text)) and not is_closing(line)
    is_told = is_said or all(map(_OF_A_DELIVERY.fullmatch, line.texts.values()))
    return (is_short and bool(is_told)) or (header.kind is BOOKS and delivery_in(line, header.columns) is not None)


def tells_whose(line: FilledLine, header: TableHeader) -> bool:
    """Whether a line says whose the rows below it are: a reader's, or a class's."""
    if header.kind is not READERS and reader_over(line.text):
        return True
    # Where each row has its class, 甲一 | 三（1）班 is a row.
    is_short = len(line.texts) <= _MOST_OF_A_TITLE and all(isinstance(value, str) for value in line.cells)
    is_said = class_in(line.text) is not None or whole_grade_in(line.alone) is not None
    return is_short and "class_name" not in header.columns and is_said


def is_closing(line: FilledLine) -> bool:
    """Whether a line stands below a list: who signed it, what it adds up to, remarks."""
    text = without_blanks(line.text)
    if line.alone:
        return any(form.fullmatch(text) for form in (CLOSINGS, REMARKS)) or end_of_all(text) is not None
    return CLOSINGS.fullmatch(text) is not None or all(map(LABELLED.fullmatch, text.split("|")))


def without_blanks(text: str) -> str:
    """The text without its blanks, its signs half width."""
    return unicodedata.normalize("NFKC", text).replace(" ", "")
