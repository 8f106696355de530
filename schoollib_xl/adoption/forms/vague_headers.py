"""Headers that tell what stands below them only beside the others of their table: 借 and 还, 编号, 签名."""

import re
from collections.abc import Iterator, Mapping, Sequence

from schoollib_xl.adoption.forms.kinds import A_BOOK, BOOKS, LOANS, PERIODICALS
from schoollib_xl.adoption.forms.table_kinds import TableKind
from schoollib_xl.adoption.forms.years import BARE_DAY

# The columns that say how many copies a line is: without them the copies still there are all of them.
_STATING = frozenset({"held", "accession_no", "first_no", "span"})
# Under 日 beside 还 stands the day of the month.
_LENT, _RETURNED = ("借", "借书", "借阅", "日期", BARE_DAY), "还"
# What a register of loans calls the number of the book where it tells nothing else of it.
_BARE_NUMBERS = frozenset({"编号", "书号", "号码", "号"})
_A_READER = frozenset({"name", "reader_no"})
_SIGNED = re.compile("(?:借[书阅]?[人者]|学生|读者|本人|领[书取用]人)?(?:签名|签字)")
_OF_A_PERIOD = re.compile("(?:每份)?(?:全?年|全期|半年|学期|季度?)(?:[订定单]?价(?:格|钱)?)")


def settled(kind: TableKind, free: Sequence[tuple[int, str]], columns: dict[str, int]) -> dict[str, int]:
    """Field → column, those of headers known by their words settled by what else is there; `free` are the headers
    that 账册对照 says nothing of, with their columns.
    """
    if kind is BOOKS and "present" in columns and not _STATING & columns.keys():
        columns["held"] = columns.pop("present")
    if kind is BOOKS and {"price", "held"} & columns.keys():
        # A register of books begins with the day; 日期 further on may be of anything.
        _first(columns, "accessioned_on", (at for at, text in free[:1] if text == "日期"))
    if kind is PERIODICALS:
        # What a copy costs for the whole period goes before what an issue costs.
        _first(columns, "price", (at for at, text in free if _OF_A_PERIOD.fullmatch(text)))
    if kind is LOANS:
        columns |= _lent_and_returned({text: at for at, text in free if at not in columns.values()}, columns)
        if not A_BOOK & columns.keys():
            # In the first column 编号 numbers the lines.
            _first(columns, "accession_no", (at for at, text in free if text in _BARE_NUMBERS and at > 1))
        if not _A_READER & columns.keys():
            _first(columns, "name", (at for at, text in free if _SIGNED.fullmatch(text)))
    return _with_a_day(columns)


def _first(columns: dict[str, int], name: str, found: Iterator[int]) -> None:
    columns |= dict(zip([name], found, strict=False))


def _lent_and_returned(free: Mapping[str, int], columns: Mapping[str, int]) -> dict[str, int]:
    """The days of a register that heads them 借 and 还 only: either word alone may mean anything."""
    if "lent_on" in columns and "returned_on" not in columns and _RETURNED in free:
        return {"returned_on": free[_RETURNED]}
    lent = next((word for word in _LENT if word in free), "")
    is_pair = _RETURNED in free if "returned_on" not in columns else columns["returned_on"] == free.get(lent, 0) + 1
    # So does where a line says who and which book, and 还 alone as well.
    says_who_and_what = bool(_A_READER & columns.keys() and A_BOOK & columns.keys())
    if not lent and says_who_and_what and "returned_on" not in columns and _RETURNED in free:
        return {"returned_on": free[_RETURNED]}
    is_of_a_loan = "returned_on" in columns or says_who_and_what
    is_pair = is_pair or (lent == BARE_DAY and bool(is_of_a_loan))
    if not lent or "lent_on" in columns or not is_pair:
        return {}
    returned = {"returned_on": free[_RETURNED]} if _RETURNED in free else {}
    return returned | dict(columns) | {"lent_on": free[lent]}


def _with_a_day(columns: dict[str, int]) -> dict[str, int]:
    """A log with one column for both day and time has its day there."""
    if "happened_on" not in columns and "happened_at" in columns:
        columns["happened_on"] = columns.pop("happened_at")
    return columns
