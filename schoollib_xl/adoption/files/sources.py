"""The old files: every sheet of every workbook and text table, the records of CNMARC files, Word papers."""

import csv
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from hashlib import file_digest
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from schoollib_xl.adoption.files.blank_columns import blank_columns
from schoollib_xl.adoption.files.marc import is_marc, marc_grid
from schoollib_xl.adoption.files.merged_figures import fill_merges, said_of_counts
from schoollib_xl.adoption.forms.list_titles import without_version
from schoollib_xl.adoption.forms.personal_texts import without_numbers
from schoollib_xl.adoption.journal import of_many
from schoollib_xl.adoption.old_plan.taking import is_paper, paper_sheets
from schoollib_xl.adoption.readers.class_rolls import class_rolls
from schoollib_xl.ledgers.grades import class_in
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.supporting.office import MappingRow
from schoollib_xl.marks import bears_mark
from schoollib_xl.sheets.cells import Grid
from schoollib_xl.sheets.opening.grids import Progress, is_blank, trimmed
from schoollib_xl.sheets.opening.notes import count_notes
from schoollib_xl.sheets.opening.plain import DELIMITERS, read_text_lines
from schoollib_xl.sheets.opening.refusing import Unusable, reworded, unusable
from schoollib_xl.sheets.opening.vetting import refuse_if_long
from schoollib_xl.sheets.opening.workbook import open_list
from schoollib_xl.sheets.own_results import is_own_result
from schoollib_xl.sheets.own_sheets import CHECK_GUIDE, COLUMN_GUIDE, MADE
from schoollib_xl.sheets.reading.recognising import plain

_TEXT_SUFFIXES = {".csv", ".txt", ".tsv"}
_MIXED = "《{file}》里各行的文字存法不一样，已按行认出来。"
_STRUCK = (
    "《{file}》有 {count} 行划了删除线（第一处{first}）：照没有划的接收；划掉的是已经还了、没有了的，"
    "就删去那一行，或写成字（已还、注销），再接收一次。"
)
_HIDES = "《{file}》这种格式看不出划掉的行和标的颜色，有的话先在 Excel 或 WPS 里另存为 .xlsx 再接收。"
_NOTES = "《{file}》的格子上有 {count} 处批注，没有接收；批注里写着书或人的事，先抄到“备注”一栏再接收。"
_HIDING = frozenset([".xls", ".et", ".ods", ".xlsb"])
_REFUSED = "有一个文件没有接收，别的照样接收了：{refusal}"
_SAME = "《{file}》和《{same}》是同一个文件，一个字也不差，只接收了一份。"
# From here on (√, ￥, １, every Chinese one) a character takes three bytes in UTF-8, of which GB hardly ever makes any.
_THREE_BYTES = "\u0800"

# A workbook with both of these was written by this program.
_OF_OUR_WORKBOOKS = {COLUMN_GUIDE, CHECK_GUIDE}
# More rows than these are cells drawn down to the sheet's end.
_MOST_ROWS = 500_000
_TOO_MANY_ROWS = (
    "有 {rows} 行，一次最多接收 {most} 行：先看最后一行（Ctrl+End）是不是拖到了底，删去多出来的行，再接收；"
    "真有这么多，分成几份，分几次接收"
)
# Enough of a file to tell; a scan is its number alone, or with the time before or after it.
_MOST_LOOKED_AT = 100_000
_MOMENT = r"\"?\d{4}[/.-]\d[\d/:. -]{6,21}\"?"
_SCAN = re.compile(rf"(?:{_MOMENT}[,;\t])?\"?[A-Za-z]{{0,4}}\d{{3,20}}\"?(?:[,;\t]\"?[\d/:. -]{{8,25}}\"?)?")
# What programs on phones and scanners call their columns, none of which is a book's.
_SCANNED = r"\"?(?:序号|条码号?|条形码|扫描内容|扫描结果|扫描时间|内容|格式|类型|时间|日期|数量|次数)\"?"
_SCAN_HEADER = re.compile(
    r"\"?Date\"?[,;\t]\"?(?:Format|Type)\"?[,;\t]\"?Content\"?.*"
    rf"|(?=.*(?:条码|条形码|扫描)){_SCANNED}(?:[,;\t]{_SCANNED})+",
    re.IGNORECASE,
)


class SourceSheet(NamedTuple):
    """One sheet of an old file; `remark` is '' or a sentence on how it was read, where it `is_refused` why not; in
    the `coloured` rows something has a colour.
    """

    file: str
    sheet: str
    grid: Grid
    remark: str = ""
    is_refused: bool = False
    coloured: Sequence[int] = ()


def read_sources(paths: Iterable[Path], progress: Progress | None = None) -> Iterator[SourceSheet]:
    """Every sheet of every file, in order, then the files that cannot be read; `progress` is told each as it begins.

    Raises Unusable where no file can be read.
    """
    refused: dict[Path, Unusable] = {}
    seen: dict[tuple[str, str | None, bytes], str] = {}
    named = list(_named(list(paths)))
    for path, file in named:
        if progress:
            progress(file)
        if (same := seen.setdefault(_content(path), file)) != file:
            yield SourceSheet(file, path.stem, [], _SAME.format(file=file, same=same))
            continue
        try:
            yield from _read(path, file, progress)
        except Unusable as error:
            refused[path] = reworded(error, "表格", "有表格的文件（xlsx、xls、csv）")
    if named and len(refused) == len(named):
        raise refused[named[0][0]]
    for path, refusal in refused.items():
        yield SourceSheet(path.name, path.stem, [], _REFUSED.format(refusal=refusal), is_refused=True)


def _read(path: Path, file: str, progress: Progress | None) -> Iterator[SourceSheet]:
    """The sheets of a file. Raises Unusable before the first of them."""
    _refuse_scans(path)
    if is_paper(path):
        for sheet in paper_sheets(path):
            counts = fill_merges(sheet.grid, sheet.merges)
            remark = "".join([sheet.remark, *said_of_counts(file, [(sheet.name, counts)])])
            yield SourceSheet(file, sheet.name, sheet.grid, remark)
    elif is_marc(path):
        yield SourceSheet(file, path.stem, marc_grid(path))
    elif (text := _mixed_text(path)) is not None:
        rows = _rows(text)
        _refuse_flood(path, [rows])
        yield SourceSheet(file, path.stem, rows, _MIXED.format(file=file))
    elif (rolls := _class_rolls(path)) is not None:
        yield SourceSheet(file, path.stem, rolls)
    elif (parted := blank_columns(path, file)) is not None:
        yield SourceSheet(file, path.stem, *parted)
    else:
        yield from _sheets(path, file, progress)


def _named(paths: list[Path]) -> Iterator[tuple[Path, str]]:
    """Each file with a name no other of them has."""
    names: dict[str, int] = {}
    for path in paths:
        names[path.name] = names.get(path.name, 0) + 1
        yield path, path.name if names[path.name] == 1 else f"{path.name}（{names[path.name]}）"


def _content(path: Path) -> tuple[str, str | None, bytes]:
    """What two files have in common that are one: their name, the class of their folder, every byte. Two classes may
    have been given the same books. One that cannot be read, which is said later, is like no other.
    """
    try:
        with path.open("rb") as content:
            digest = file_digest(content, "sha256").digest()
    except OSError:
        digest = str(path).encode("utf-8", "surrogateescape")
    return without_version(plain(path.stem)), class_in(path.parent.name), digest


def _sheets(path: Path, file: str, progress: Progress | None) -> Iterator[SourceSheet]:
    with open_list(path) as opened:
        grids: dict[str, Grid] = {}
        for name, grid in opened.grids(opened.sheet_names, progress):
            grids[name] = grid
            _refuse_flood(path, grids.values())
        called = _without_personal(opened.sheet_names)
        counts = [(called[name], fill_merges(grid, opened.merges(name))) for name, grid in grids.items()]
        is_own = grids.keys() >= _OF_OUR_WORKBOOKS
        if not is_own and (bears_mark(path) or is_own_result(grids.items())):
            raise unusable(path, "是本程序写的结果，不是原来的表，换成原来的那一份再试")
        names = [name for name in opened.sheet_names if not (is_own and _is_ours(name, grids[name]))]
        struck = [f"{called[name]} 第 {row} 行" for name in names for row in opened.struck_rows(name)]
        hidden = [_HIDES.format(file=file)] if path.suffix.lower() in _HIDING else []
        notes = [_NOTES.format(file=file, count=count)] if (count := count_notes(path)) else []
        said = [*of_many(_STRUCK, struck, file=file), *said_of_counts(file, counts), *hidden, *notes]
        remark = "".join([opened.cannot_tell, *said])
        for name in names:
            yield SourceSheet(file, called[name], grids[name], remark, coloured=opened.coloured_rows(name))


def _refuse_flood(path: Path, grids: Collection[Grid]) -> None:
    """Raise Unusable where the sheets hold more rows than any school has."""
    if sum(map(len, grids)) > _MOST_ROWS:
        rows = sum(not is_blank(row) for grid in grids for row in grid)
        if rows > _MOST_ROWS:
            raise unusable(path, _TOO_MANY_ROWS.format(rows=rows, most=_MOST_ROWS))


def _without_personal(names: Iterable[str]) -> dict[str, str]:
    """What each sheet is called without the identity and telephone numbers in its name, no two alike."""
    called: dict[str, str] = {}
    for name in names:
        plainly = without_numbers(name, is_about_people=True)
        again = sum(one == plainly for one in called.values()) if plainly else 0
        called[name] = f"{plainly}{len(called) + 1}" if again else str(plainly or name)
    return called


def _is_ours(name: str, grid: Grid) -> bool:
    """Whether a sheet of such a workbook says nothing of the school: guides, results of a check, a blank 账册对照."""
    return name in MADE or (name == SHEETS[MappingRow].name and sum(not is_blank(row) for row in grid) <= 1)


def _mixed_text(path: Path) -> str | None:
    """The text of a table whose lines are in two encodings; None for every other file. Raises Unusable."""
    if path.suffix.lower() not in _TEXT_SUFFIXES or not path.is_file():
        return None
    refuse_if_long(path)
    data = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    lines = data.splitlines(keepends=True)
    foreign = [line for line in lines if not line.isascii()]
    told = sum(_is_utf8(line) for line in foreign)
    if not 0 < told < len(foreign) or b"\0" in b"".join(lines[:10]) or _is_valid(data):
        return None
    return "".join(line.decode("utf-8" if _is_utf8(line) else "gb18030", "backslashreplace") for line in lines)


def _class_rolls(path: Path) -> Grid | None:
    """The classes and names of a text that is nothing but these; None for every other file."""
    is_text = path.suffix.lower() == ".txt" and path.is_file()
    return class_rolls(read_text_lines(path)) if is_text else None


def _refuse_scans(path: Path) -> None:
    """What a scanner or a phone gives is no list of books: nothing says what the numbers are called.

    Raises Unusable.
    """
    if path.suffix.lower() not in _TEXT_SUFFIXES or not path.is_file():
        return
    text = path.read_bytes()[:_MOST_LOOKED_AT].decode("utf-8-sig", "replace")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    numbers = [_SCAN.fullmatch(line) for line in lines[:-1] or lines]
    if lines and (all(numbers) or _SCAN_HEADER.fullmatch(lines[0])):
        raise Unusable(
            f"《{path.name}》像是扫描枪或手机扫的号，不是旧账；盘点用 schoollib stocktake 工作簿 {path.name}。"
        )


def _is_utf8(line: bytes) -> bool:
    """Whether the line is UTF-8 for certain: valid, and with a character that hardly any text in GB makes."""
    return _is_valid(line) and (line.isascii() or max(line.decode("utf-8")) >= _THREE_BYTES)


def _is_valid(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _rows(text: str) -> Grid:
    delimiter = max(DELIMITERS, key=text.count)
    return trimmed(list(row) for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=False))
