"""Tables written the other way round: the headers one below the other, each book or loan a column."""

from collections.abc import Iterable, Iterator

from schoollib_xl.adoption.forms.kinds import TELLING
from schoollib_xl.adoption.forms.tables import FoundTable
from schoollib_xl.sheets.reading.recognising import plain_header

_SAID = (
    "{where} 像是横过来写的：栏名竖着写成一列，一册书、一笔借阅占一栏；在 Excel 里复制整张表，"
    "到一张空表里选择性粘贴，勾上“转置”，再接收。"
)
_FEWEST, _MOST = 3, 0.8


def turned(tables: Iterable[FoundTable]) -> Iterator[str]:
    """A sentence on each table that nobody recognised and that would be one, were its columns its rows."""
    for table in tables:
        if table.kind is None and _is_turned(table):
            yield _SAID.format(where=table.name)


def _is_turned(table: FoundTable) -> bool:
    lines = [[*line.texts.values()] for line in sorted(table.every_line, key=lambda line: line.row)]
    headers = [plain_header(texts[0]) for texts in lines if len(texts) > 1]
    for kind in TELLING:
        named = [name for header in headers if (name := next(iter(kind.called(header)), None))]
        if len(named) >= max(_FEWEST, _MOST * len(headers)) and kind.fits(named):
            return True
    return False
