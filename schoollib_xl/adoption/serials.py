"""Numbers that only count the rows of each sheet, under a header that could be the numbers on the books."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from schoollib_xl.adoption.kinds import BOOKS
from schoollib_xl.adoption.lots import plain_title
from schoollib_xl.adoption.own_names import BY_MAPPING
from schoollib_xl.adoption.tables import FoundTable
from schoollib_xl.sheets.reading.recognising import plain_header
from schoollib_xl.sheets.reading.texts import cleaned
from schoollib_xl.sheets.reading.tidy import shown
from schoollib_xl.wording.zh import listed

# 登记号, 登录号 and 财产号 say what they are; these may say anything.
_VAGUE = frozenset({"编号", "号", "号码", "图书编号", "书编号", "书籍编号", "图书号", "序列号", "书号"})
_MOST_SHOWN = 3
SERIALS = "{where} 的“{header}”都从 1 排起，同一个号是不同的书：当作序号，没有当登记号。"


def drop_serials(tables: Iterable[FoundTable]) -> Iterator[str]:
    """Take the column for no number of copies where several runs of 1, 2, 3 … give one number to different books, or
    one of them gives numbers that other books have on them; a sentence on each header.
    """
    by_header: dict[str, list[FoundTable]] = defaultdict(list)
    stamped: list[FoundTable] = []
    for table in tables:
        at = table.columns.get("accession_no") if table.kind is BOOKS else None
        if at and table.how.get(at) != BY_MAPPING and plain_header(table.headers.get(at, "")) in _VAGUE:
            by_header[table.headers[at]].append(table)
        elif at:
            stamped.append(table)
    for header, found in by_header.items():
        counted = [table for table in found if _runs(_numbers(table))]
        is_several = sum(_runs(_numbers(table)) for table in counted) + len(stamped) > 1
        if counted and is_several and _clash([*counted, *stamped]):
            for table in counted:
                table.counting.add(table.columns.pop("accession_no"))
            where = listed([f"《{table.file}》{table.sheet}" for table in counted], _MOST_SHOWN, "张表")
            yield SERIALS.format(where=where, header=header)


def _numbers(table: FoundTable) -> list[str]:
    at = table.columns["accession_no"]
    return [cleaned(shown(line.cells[at - 1])) for line in table.lines if at <= len(line.cells)]


def _runs(numbers: Sequence[str]) -> int:
    """How many runs from 1 upward the numbers are; 0 where they are something else."""
    runs = last = 0
    for number in numbers:
        if not number.isdecimal() or int(number) not in (1, last + 1):
            return 0
        runs += number.lstrip("0") == "1"
        last = int(number)
    return runs


def _clash(tables: Iterable[FoundTable]) -> bool:
    """Whether a number stands beside different titles."""
    titles: dict[str, str] = {}
    for table in tables:
        at, titled = table.columns["accession_no"], table.columns.get("title", 0)
        for line in table.lines:
            if 0 < titled <= len(line.cells) and at <= len(line.cells):
                title = plain_title(shown(line.cells[titled - 1]))
                number = cleaned(shown(line.cells[at - 1])).lstrip("0")
                if titles.setdefault(number, title) != title:
                    return True
    return False
