"""The sheets of the workbook that old lists hardly ever are: a 总账, a 分类账, a book of repairs of last year."""

from collections.abc import Iterable, Sequence

from schoollib_xl.adoption.forms.kinds import SCHOOL_SETTINGS
from schoollib_xl.adoption.forms.table_kinds import TableKind
from schoollib_xl.sheets.reading.recognising import called

# A header with so many columns of a sheet, and hardly any other, tells of it.
_FEWEST, _NEARLY_ALL = 3, 0.8


def whole_or_called(
    candidates: Iterable[tuple[TableKind, dict[str, int]]], said: Iterable[str], texts: Sequence[str]
) -> tuple[TableKind, dict[str, int]] | None:
    """Which of these kinds a header is, each given with the columns that it has of it: the one of which all is there
    that it asks and hardly anything else, or the one that schools call so, by its sheet or a title over it, where what
    numbers its rows is there too. None where there is none.
    """
    filled, so_called = sum(map(bool, texts)), next(filter(None, map(called, said)), None)
    fits: list[tuple[TableKind, dict[str, int]]] = []
    for kind, columns in candidates:
        declared = kind.sheet
        # 项目, 内容 and 说明 may stand above any note.
        if declared is None or kind is SCHOOL_SETTINGS or not columns:
            continue
        asked = {field.name for field in declared.fields if field.required}
        is_whole = asked <= columns.keys() and len(columns) >= max(_FEWEST, filled * _NEARLY_ALL)
        if is_whole or (declared is so_called and declared.key in columns and len(columns) * 2 >= filled):
            fits.append((kind, columns))
    return max(fits, key=lambda one: len(one[1]), default=None)
