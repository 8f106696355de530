"""账册对照.xlsx: what each table and column was taken for, to be put right by hand and handed back."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from schoollib_xl.adoption.forms.kinds import KINDS, SHEET_NAMES, TELLING
from schoollib_xl.adoption.forms.own_names import UNWANTED, OwnName
from schoollib_xl.adoption.forms.tables import FoundTable
from schoollib_xl.adoption.proposals import CHANGEABLE, SettingProposal
from schoollib_xl.adoption.report import column_lines
from schoollib_xl.adoption.unclear.guesses import guessed_kind, guesses
from schoollib_xl.ledgers.supporting.office import MappingRow
from schoollib_xl.sheets.books.answer_book import write_answer_book
from schoollib_xl.sheets.cells import CellValue, Grid
from schoollib_xl.sheets.opening.refusing import meant_to_be, unusable
from schoollib_xl.sheets.opening.workbook import open_workbook
from schoollib_xl.sheets.reading.recognising import HEADER_DEPTH, plain_header
from schoollib_xl.sheets.reading.tidy import shown
from schoollib_xl.wording.answer import Answer, Section, Table, columns_of, section_of

MAPPING_NAME = "账册对照.xlsx"
_SHEET_COLUMNS = columns_of(MappingRow, standard_sheet=16, own_sheet=20, standard_header=16, own_header=20)
_COLUMNS = _SHEET_COLUMNS | {"来源文件": 26, "怎么认的": 18, "举例": 50, "像是": 16}
_SAMPLES = 3
_SHEET = "账册对照"
_SETTINGS = "接收设置"
_ITEM, _CHANGED = "项目", "改成"
_SETTINGS_COLUMNS = {_ITEM: 22, "照数据定的": 40, _CHANGED: 20, "依据": 40, "选项": 16}


def write_mapping(tables: Iterable[FoundTable], settings: Sequence[SettingProposal], target: Path) -> Path:
    """Write what the tables and columns were taken for, and the settings proposed; where it went.

    Raises CannotWrite.
    """
    sentences = (
        "“标准账册”和“标准栏目”可以改；空着的栏目照原样写进备注，不要的写“不接收”；“像是”是猜的，对的抄到“标准栏目”。",
        "改好以后，接收时加 --mapping 和这个文件名。",
        f"标准账册可以写：{'、'.join(sorted(SHEET_NAMES | {UNWANTED}))}。",
    )
    part = Table("", [*_COLUMNS], list(_lines(tables)), choices=_choices())
    sections = [Section(_SHEET, [*_COLUMNS.values()], sentences, [part])]
    if settings:
        rows = [
            (setting.item, setting.value, "", setting.basis, setting.option or "跟着别的走") for setting in settings
        ]
        said = ("照数据先这样定；要改的写在“改成”里，接收时加 --mapping 和这个文件名，或者用右边的选项。",)
        sections.append(section_of(_SETTINGS, _SETTINGS_COLUMNS, rows, said))
    return write_answer_book(Answer(_SHEET, (), sections), target)


def _choices() -> dict[str, list[str]]:
    """What may be chosen: first what most lists are, then every column of those and of the rest."""
    kinds = list(dict.fromkeys(kind.name for kind in (*TELLING, *KINDS.values())))
    columns = dict.fromkeys(field.header for kind in (*TELLING, *KINDS.values()) for field in kind.fields)
    return {"标准账册": [*kinds, UNWANTED], "标准栏目": [*columns, UNWANTED]}


def _lines(tables: Iterable[FoundTable]) -> Iterator[tuple[str, ...]]:
    for table in tables:
        kind = table.kind.name if table.kind else ""
        how = "表头" if table.header_row else "没有认出表头"
        guess = "" if table.kind or not (guess_of := guessed_kind(table)) else guess_of.name
        yield kind, table.sheet, "", "", table.file, how, f"{table.filled_rows} 行", guess
        guessed = {one.at: one.standard for one in guesses(table)}
        for at, line in zip(sorted(table.headers), column_lines([table]), strict=True):
            file, sheet, _, header, standard, how = line
            yield kind, sheet, standard, header, file, how, _samples(table, at), guessed.get(at, "")


def _samples(table: FoundTable, at: int) -> str:
    texts = (line.said(at) for line in table.lines or table.every_line)
    return "；".join(list(dict.fromkeys(filter(None, texts)))[:_SAMPLES])


class Mapping(NamedTuple):
    """What the file lays down: lines on tables and columns, and the settings she changed."""

    lines: list[OwnName]
    settings: dict[str, CellValue]


def read_mapping(path: Path) -> Mapping:
    """What the file lays down.

    Raises Unusable where the file cannot be read, or holds no such table.
    """
    with meant_to_be("账册对照", "改好的账册对照.xlsx"), open_workbook(path) as opened:
        grids = dict(opened.grids(opened.sheet_names))
    settings = _changed_settings(grids.get(_SETTINGS, []))
    for grid in grids.values():
        if (lines := list(_own_names(grid))) or _header_row(grid) is not None:
            return Mapping(lines, settings)
    raise unusable(path, "里没有账册对照，要有标准账册、本校工作表、标准栏目、本校栏目四栏")


def _changed_settings(grid: Grid) -> dict[str, CellValue]:
    header = next((row for row in grid[:HEADER_DEPTH] if _ITEM in row and _CHANGED in row), None)
    if header is None:
        return {}
    item, changed = header.index(_ITEM), header.index(_CHANGED)
    cells = ((shown(row[item]).strip(), row[changed]) for row in grid if len(row) > max(item, changed))
    return {name: value for name, value in cells if name in CHANGEABLE and shown(value).strip()}


def _header_row(grid: Grid) -> int | None:
    for index, row in enumerate(grid[:HEADER_DEPTH]):
        if {plain_header(text) for text in _SHEET_COLUMNS} <= {plain_header(value) for value in row}:
            return index
    return None


def _own_names(grid: Grid) -> Iterator[OwnName]:
    index = _header_row(grid)
    if index is None:
        return
    at = {plain_header(value): position for position, value in enumerate(grid[index])}
    for row in grid[index + 1 :]:
        cells = {name: shown(row[at[name]]).strip() if name in at and at[name] < len(row) else "" for name in _COLUMNS}
        if cells["本校工作表"] and (cells["标准账册"] or cells["标准栏目"]):
            yield OwnName(
                cells["标准账册"], cells["来源文件"], cells["本校工作表"], cells["标准栏目"], cells["本校栏目"]
            )
