"""Numbers below 序号 and the like: of the rows, as a rule; with gaps they may be those on the books."""

from collections.abc import Iterable, Iterator

from schoollib_xl.adoption.forms.headers import is_row_number
from schoollib_xl.adoption.forms.kinds import BOOKS
from schoollib_xl.adoption.forms.tables import FoundTable
from schoollib_xl.adoption.number_lists import SPANS
from schoollib_xl.adoption.unclear.columns import filled, lacks
from schoollib_xl.sheets.reading.texts import cleaned
from schoollib_xl.sheets.reading.tidy import shown

_FEWEST = 3
_GAPS = (
    "{where} 的“{header}”有跳号（{numbers}…）：当作行号没有接收，另编了登记号；"
    '是写在书上的号，就加 --column "{header}={field}" 再接收一次。'
)


def said_of_gaps(tables: Iterable[FoundTable]) -> Iterator[str]:
    """A sentence on each list of books without numbers whose rows are counted with gaps."""
    for table in tables:
        if table.kind is not BOOKS or not lacks(table, "accession_no") or SPANS & table.columns.keys():
            continue
        for at, header in table.headers.items():
            numbers = [cleaned(shown(value)) for value in filled(table, at, whole=True)]
            if is_row_number(header) and at not in table.columns.values() and _have_gaps(numbers):
                field = BOOKS.by_name["accession_no"].header
                said = "、".join(numbers[:_FEWEST])
                yield _GAPS.format(where=table.name, header=header, numbers=said, field=field)


def _have_gaps(numbers: list[str]) -> bool:
    """Whether numbers that rise leave out some: a row taken out of a list leaves such a gap, a page none."""
    if len(numbers) < _FEWEST or not all(map(str.isdecimal, numbers)):
        return False
    counted = list(map(int, numbers))
    return len(set(counted)) == len(counted) and max(counted) - min(counted) >= len(counted)
