"""Slips in 账册对照: names that no ledger, column, sheet or file of the sources has, with the nearest right one."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

from schoollib_xl.adoption.forms.kinds import KINDS, SHEET_NAMES
from schoollib_xl.adoption.forms.own_names import REMARKS, UNWANTED, OwnName, OwnNames, field_said
from schoollib_xl.adoption.forms.table_kinds import TableKind
from schoollib_xl.adoption.forms.tables import FoundTable
from schoollib_xl.sheets.reading.recognising import plain, plain_header

# Half the characters alike is a slip of the pen; less is another word.
_ALIKE = 0.5


def slips(names: OwnNames, tables: Sequence[FoundTable]) -> list[str]:
    """A sentence for each name that nothing bears; the line it stands in could not be followed."""
    return list(dict.fromkeys(said for line in names.lines for said in _slips(line, tables)))


def _slips(line: OwnName, tables: Sequence[FoundTable]) -> Iterator[str]:
    kind = KINDS.get(plain(line.kind))
    if line.kind and kind is None and plain(line.kind) != UNWANTED:
        yield _said("标准账册", line.kind, SHEET_NAMES)
    if line.standard_header and not _is_known(line.standard_header, kind):
        yield _said("标准栏目", line.standard_header, _headers(kind))
    here = [table for table in tables if line.file in ("", table.file)]
    if line.file and not here:
        yield _said("来源文件", line.file, {table.file for table in tables})
        return
    there = [table for table in here if plain(line.sheet) in ("", plain(table.sheet))]
    if not there:
        yield _said("本校工作表", line.sheet, {table.sheet for table in here})
    elif not line.kind and line.sheet and not any(table.kind for table in there):
        yield f"账册对照里“{line.own_header}”那一行的标准账册空着，不知道是哪一本账；这一行没有用上。"
    elif line.own_header and not any(_has(table, line.own_header) for table in there):
        yield _said("本校栏目", line.own_header, {text for table in there for text in table.headers.values()})


def _is_known(header: str, kind: TableKind | None) -> bool:
    kinds = [kind] if kind else KINDS.values()
    return plain_header(header) in (UNWANTED, REMARKS) or any(field_said(one, header) for one in kinds)


def _headers(kind: TableKind | None) -> list[str]:
    kinds = [kind] if kind else KINDS.values()
    return list(dict.fromkeys(field.header for one in kinds for field in one.fields))


def _has(table: FoundTable, header: str) -> bool:
    return plain_header(header) in map(plain_header, (*table.headers.values(), *(f"第{at}列" for at in table.headers)))


def _said(column: str, word: str, known: Iterable[str]) -> str:
    by_plain = {plain_header(one): one for one in known}
    near = get_close_matches(plain_header(word), by_plain, 1, _ALIKE)
    question = f"，是不是“{by_plain[near[0]]}”" if near else ""
    return f"账册对照里{column}“{word}”没有找到{question}；这一行没有用上。"
