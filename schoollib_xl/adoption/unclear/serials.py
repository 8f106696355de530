"""Numbers that only count the rows of each list, under a header that could be the numbers on books or cards."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from schoollib_xl.adoption.forms.kinds import BOOKS, EVENTS, LOANS, READERS
from schoollib_xl.adoption.forms.own_names import BY_MAPPING
from schoollib_xl.adoption.forms.tables import FoundTable
from schoollib_xl.adoption.rows.texts import plain_title
from schoollib_xl.ledgers.grades import class_key
from schoollib_xl.ledgers.library import gathered
from schoollib_xl.sheets.reading.recognising import plain_header
from schoollib_xl.sheets.reading.texts import cleaned
from schoollib_xl.wording.zh import listed

# 登记号, 登录号 and 财产号 say what they are; these may say anything.
_VAGUE = frozenset({"编号", "号", "号码", "图书编号", "书编号", "书籍编号", "图书号", "序列号", "书号"})
# Nor do these say that they stand on a card; 借书证号 does.
_VAGUE_OF_PUPILS = frozenset({"学号", "编号", "号", "号码", "学生编号", "学生号", "班内学号", "班级学号"})
# No class has more pupils, so that their numbers in it have two digits at most.
_MOST_IN_A_CLASS = 99
_MOST_SHOWN = 3
SERIALS = "{where} 的“{header}”都从 1 排起，同一个号是不同的书：当作序号，没有当登记号。"
SERIALS_OF_PUPILS = (
    "{where} 的“{header}”一个班一个班从头排起，同一个号是不同的人：当作班里的序号，没有当读者证号，证号另编。"
)


def drop_serials(tables: Sequence[FoundTable]) -> Iterator[str]:
    """Take the column for no number of copies where several runs of 1, 2, 3 … give one number to different books, or
    one of them gives numbers that other books have on them; for no number of cards where each class has its own run.
    A sentence on each header.
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
        counted = [table for table in found if _runs(_numbers(table, "accession_no"))]
        is_several = sum(_runs(_numbers(table, "accession_no")) for table in counted) + len(stamped) > 1
        if counted and is_several and _clash([*counted, *stamped], "accession_no", "title"):
            for table in counted:
                table.counting.add(table.columns.pop("accession_no"))
            yield _said(SERIALS, counted, header)
    yield from _drop_numbers_in_classes(tables)


def _drop_numbers_in_classes(tables: Iterable[FoundTable]) -> Iterator[str]:
    """Rosters whose numbers begin again in each class, with the registers that name readers by the same numbers and
    by their names as well: these tell who it was.
    """
    by_header: dict[str, list[FoundTable]] = defaultdict(list)
    for table in tables:
        at = table.columns.get("reader_no", 0)
        if at and table.how.get(at) != BY_MAPPING and plain_header(table.headers.get(at, "")) in _VAGUE_OF_PUPILS:
            by_header[table.headers[at]].append(table)
    for header, found in by_header.items():
        counted = [table for table in found if _are_in_a_class(_numbers(table, "reader_no"))]
        rosters = [table for table in counted if table.kind is READERS]
        is_of_classes = _clash(rosters, "reader_no", "name") and not any(
            _clash(of_class, "reader_no", "name") for of_class in _by_class(rosters)
        )
        if not is_of_classes:
            continue
        for table in counted:
            if table.kind is READERS or (table.kind in (LOANS, EVENTS) and "name" in table.columns):
                table.counting.add(table.columns.pop("reader_no"))
        yield _said(SERIALS_OF_PUPILS, rosters, header)


def _by_class(rosters: Iterable[FoundTable]) -> Iterator[list[FoundTable]]:
    """The rows of each class: by the class they name, else by their list."""
    classes: dict[str, list[FoundTable]] = defaultdict(list)
    for table in rosters:
        lines = gathered((line.said(table.columns.get("class_name", 0)) or table.heading, line) for line in table.lines)
        for name, rows in lines.items():
            classes[class_key(name)].append(replace(table, lines=rows))
    yield from classes.values()


def _said(sentence: str, tables: Sequence[FoundTable], header: str) -> str:
    where = listed([table.name for table in tables], _MOST_SHOWN, "张表")
    return sentence.format(where=where, header=header)


def _numbers(table: FoundTable, name: str) -> list[str]:
    """The numbers of a column; a row may have none."""
    numbers = (cleaned(line.said(table.columns[name])) for line in table.lines)
    return list(filter(None, numbers))


def _runs(numbers: Sequence[str]) -> int:
    """How many runs from 1 upward the numbers are; 0 where they are something else."""
    runs = last = 0
    for number in numbers:
        if not number.isdecimal() or int(number) not in (1, last + 1):
            return 0
        runs += number.lstrip("0") == "1"
        last = int(number)
    return runs


def _are_in_a_class(numbers: Sequence[str]) -> bool:
    """Whether they can be the numbers of pupils within a class; who has left leaves a gap."""
    return bool(numbers) and all(number.isdecimal() and int(number) <= _MOST_IN_A_CLASS for number in numbers)


def _clash(tables: Iterable[FoundTable], numbered: str, called: str) -> bool:
    """Whether a number stands beside different titles or names."""
    names: dict[str, str] = {}
    for table in tables:
        at, named = table.columns[numbered], table.columns.get(called, 0)
        for line in table.lines if named else ():
            name, number = plain_title(line.said(named)), cleaned(line.said(at)).lstrip("0")
            if number and named <= len(line.cells) and names.setdefault(number, name) != name:
                return True
    return False
