"""Columns that say the same of every row because they tell of the school: its code, its name."""

import re
from collections.abc import Iterable, Iterator

from schoollib_xl.adoption.columns import filled
from schoollib_xl.adoption.headers import is_row_number
from schoollib_xl.adoption.tables import FoundTable
from schoollib_xl.sheets.reading.tidy import shown

_HEADER = re.compile(r"学校|校名|校区|机构|单位名|单位代|标识码")
_NAME = re.compile(r".+(?:小学|中学|学校|教学点|完小|中心校)(?:图书[馆室])?")
# One row says nothing of a column.
_FEWEST = 2


def recognise_of_school(tables: Iterable[FoundTable]) -> Iterator[str]:
    """Mark the columns that name the school, so that they do not become a remark of each row; a sentence on each."""
    for table in tables:
        known = {*table.columns.values(), *table.personal, *table.joined}
        for at in [at for at, header in table.headers.items() if at not in known and not is_row_number(header)]:
            header, text = table.headers[at], _only_text(table, at)
            if not text or not (_HEADER.search(header) or _NAME.fullmatch(text)):
                continue
            table.of_school.add(at)
            yield f"《{table.file}》{table.sheet} 的“{header}”整栏都是 {text}，说的是学校，没有抄进每一行的备注。"


def _only_text(table: FoundTable, at: int) -> str:
    """What every row says in the column; '' where they differ or are too few to tell."""
    cells = filled(table, at, whole=True)
    if len(cells) < max(_FEWEST, len(table.lines)) or any(value != cells[0] for value in cells):
        return ""
    return shown(cells[0]).strip()
