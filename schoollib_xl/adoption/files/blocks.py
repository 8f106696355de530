"""Tables that stand side by side on one sheet, taken apart."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, pairwise

from schoollib_xl.adoption.files.sources import SourceSheet
from schoollib_xl.adoption.forms.book_cards import book_cards, heads_card
from schoollib_xl.adoption.forms.headers import TITLE_LINES, has_header
from schoollib_xl.adoption.forms.list_titles import named_beside
from schoollib_xl.ledgers.grades import class_in, whole_grade_in
from schoollib_xl.sheets.cells import CellValue, Grid
from schoollib_xl.sheets.opening.grids import is_blank
from schoollib_xl.sheets.reading.recognising import HEADER_DEPTH, plain_header
from schoollib_xl.sheets.reading.tidy import shown
from schoollib_xl.sheets.reading.total_rows import is_total

HALVES = ("上半年", "下半年")
_OF_PERIODICALS, _OF_MONEY, _COPIES = re.compile("报刊|刊名|报纸|期刊|杂志"), re.compile("价|金额|款|费|元"), "份数"
# 份数, 金额 on the row below; 2份 and, in a .csv, 2 are of a paper.
_A_WORD = re.compile(r"[^\d一二两三四五六七八九十]*[\u4e00-\u9fff][^\d一二两三四五六七八九十]*")
_GROUP = re.compile(r"第?[一二三四五六七八九十\d]{1,2}小?组")
# Below these may stand how many they are.
_SEX, _A_NAME = re.compile("[男女](?:生|同学)"), re.compile("[\u4e00-\u9fff·]{2,8}")
_ROSTER = "名册"
_PUPILS = frozenset({"学生", "姓名", "学生姓名", "学生名单", "名单", "学生名字"})
_SIDE_BY_SIDE = 2
_FIGURES = re.compile(r"[￥¥]?[\d.,]+[元册本]?")
IsHeader = Callable[[Sequence[CellValue], str], bool]


def side_by_side(grid: Grid, sheet: str, is_header: IsHeader) -> list[Grid]:
    """The sheet as one grid for each table beside the others, every cell in its own column; the sheet itself
    where it holds but one. `is_header` tells whether cells can be the header of a table.
    """
    for index, row in enumerate(grid[:HEADER_DEPTH]):
        title = " ".join([sheet, *(str(value) for above in grid[:index] for value in above if value != "")])
        for bounds in (_repeated(row), _parted(row)):
            headers = [_cut(row, first, last) for first, last in bounds]
            if len(headers) < _SIDE_BY_SIDE or not _is_blank_between(grid, bounds) or _is_cut_short(bounds):
                continue
            above = [[_cut(cells, first, last) for cells in grid[:index]] for first, last in bounds]
            # The class may stand over each.
            own_titles = [" ".join([sheet, *filter(None, map(shown, chain.from_iterable(own)))]) for own in above]
            are_headers = all(
                is_header(one, title) or is_header(one, own) for one, own in zip(headers, own_titles, strict=True)
            )
            if are_headers or all(map(heads_card, headers, above)):
                return list(_taken_apart(grid, index, list(_widened(bounds))))
    return [grid]


def class_columns(grid: Grid, is_header: IsHeader) -> list[tuple[str, Grid]]:
    """The class over each column of names, and the names below it as a list of their own; none where a class stands
    over a table with a header.
    """
    for index, (row, below) in enumerate(pairwise(grid[: HEADER_DEPTH + 1])):
        at = [column for column, value in enumerate(row) if value != ""]
        names = [below[column] if column < len(below) else "" for column in at]
        are_classes = len(at) > 1 and all(isinstance(row[column], str) and class_in(str(row[column])) for column in at)
        if are_classes and any(names) and not is_header(below, _ROSTER):
            bounds = [(column, column + 1) for column in at]
            classes = [str(row[column]).strip() for column in at]
            row[:] = ["姓名" if value != "" else "" for value in row]
            return list(zip(classes, _taken_apart(grid, index, list(_widened(bounds))), strict=True))
    return []


def half_years(grid: Grid) -> list[tuple[str, Grid]]:
    """A list of subscriptions with columns for each half of the year as a list of each half; none for any other, or
    where money stands beside both: it is that of the year.
    """
    for index, row in enumerate(grid[:HEADER_DEPTH]):
        at = [[n for n, value in enumerate(row) if str(value).strip().startswith(half)] for half in HALVES]
        above = " ".join(str(value) for cells in grid[: index + 1] for value in cells)
        if not all(at) or max(at[0]) >= min(at[1]) or not _OF_PERIODICALS.search(above):
            continue
        first, second = min(at[0]), min(at[1])
        # Behind as many columns as the first half has stands what is said of both.
        columns = [range(first, second), range(second, second + max(second - first, len(at[1])))]
        beside = [str(value) for n, value in enumerate(row) if not any(n in own for own in columns)]
        if not any(map(_OF_MONEY.search, beside)):
            return [(half, list(_of_half(grid, index, n, columns))) for n, half in enumerate(HALVES)]
    return []


def _of_half(grid: Grid, header: int, half: int, columns: Sequence[range]) -> Iterator[list[CellValue]]:
    """The rows of the list of one half, by its number, with a row of neither in the first of them."""
    own, other = columns[half], columns[1 - half]
    lower = grid[header + 1][own.start : own.stop] if header + 1 < len(grid) else []
    has_lower = any(isinstance(value, str) and _A_WORD.fullmatch(value) for value in lower)
    for index, row in enumerate(grid):
        cells: list[CellValue] = ["" if at in other else value for at, value in enumerate(row)]
        if index == header:
            for at in own[: len(cells) - own.start]:
                said = str(cells[at]).strip().removeprefix(HALVES[half])
                cells[at] = said or ("" if has_lower or not cells[at] else _COPIES)
        is_lacking = is_blank(cells[own.start : own.stop])
        is_of_other = is_lacking and (half > 0 or not is_blank(row[other.start : other.stop]))
        yield [] if index > header and is_of_other else cells


def name_groups(grid: Grid) -> None:
    """Make the names under 第一组, 第二组 …, or 男生 and 女生, names: every such header says 姓名."""
    for row, below in pairwise(grid[: HEADER_DEPTH + 1]):
        texts = [shown(value).strip() for value in row if value != ""]
        are_sexes = all(map(_SEX.fullmatch, texts)) and all(map(_A_NAME.fullmatch, _texts(below)))
        if len(texts) > 1 and (all(map(_GROUP.fullmatch, texts)) or are_sexes):
            row[:] = ["姓名" if value != "" else "" for value in row]


def join_pupils(grid: Grid) -> None:
    """Put the pupils of a class who stand beside one another into one cell: 班级 | 学生, a line for each class."""
    for index, row in enumerate(grid[:HEADER_DEPTH]):
        texts = [plain_header(value).rstrip("0123456789") if isinstance(value, str) else "" for value in row]
        at = next((at for at, text in enumerate(texts) if at and text in _PUPILS), 0)
        lines = [cells for cells in grid[index + 1 :] if not is_blank(cells)]
        is_of_classes = at and all(class_in(" ".join(map(shown, cells[at - 1 : at]))) for cells in lines)
        names = [_texts(cells[at:]) for cells in lines]
        # What has a header of its own is no pupil.
        is_told = not at or set(texts[at + 1 :]) - {"", texts[at]}
        if not is_of_classes or is_told or not any(len(one) > 1 for one in names):
            continue
        if all(_A_NAME.fullmatch(name) for one in names for name in one):
            row[at:] = ["姓名"]
            for cells, own in zip(lines, names, strict=True):
                cells[at:] = ["、".join(own)]
            return


def _taken_apart(grid: Grid, header: int, bounds: Sequence[tuple[int, int]]) -> Iterator[Grid]:
    """Each block as a grid of its own; a title above all of them stands above each, on every page of the list."""
    titled = [*range(header), *_titles_of_pages(grid, header)]
    for number, (first, last) in enumerate(bounds):
        block = [_cut(cells, first, last) for cells in grid]
        for row in titled if number else ():
            titles = [value for value in grid[row] if value != ""]
            if len(titles) == 1 and is_blank(block[row]):
                block[row] = [*([""] * first), titles[0]]
        for row, cells in enumerate(grid[header + 1 :], header + 1):
            if number and is_total(_texts(cells)) and _may_be_summed(block[row]):
                block[row][first] = next(text for text in _texts(cells) if is_total([text]))
        yield block


def _titles_of_pages(grid: Grid, header: int) -> Iterator[int]:
    """The rows of one cell right above each further row of the same headers, or above the classes of that row."""
    headers = _texts(grid[header])
    for page in range(header + 1, len(grid)):
        if _texts(grid[page]) == headers:
            for row in range(page - 1, max(header, page - 1 - TITLE_LINES), -1):
                texts = _texts(grid[row])
                if (
                    not texts
                    or is_total(texts)
                    or (len(texts) > 1 and not all(class_in(one) or whole_grade_in(one) for one in texts))
                ):
                    break
                if len(texts) == 1:
                    yield row


def _texts(cells: Sequence[CellValue]) -> list[str]:
    return [text for text in (shown(value).strip() for value in cells) if text]


def _may_be_summed(cells: Sequence[CellValue]) -> bool:
    """Whether nothing but figures stands here, so that the word of the row's total is theirs as well."""
    texts = _texts(cells)
    return bool(texts) and not is_total(texts) and all(_FIGURES.fullmatch(text) for text in texts)


def _repeated(row: Sequence[CellValue]) -> list[tuple[int, int]]:
    """Bounds (from 0, the end not included) of headers that are the same several times over."""
    texts = [plain_header(value) if isinstance(value, str) else "" for value in row]
    first_text = next(filter(None, texts), None)
    if first_text is None:
        return []
    starts = [at for at, text in enumerate(texts) if text == first_text]
    bounds = list(zip(starts, [*starts[1:], len(texts)], strict=True))
    headers = {tuple(filter(None, texts[first:last])) for first, last in bounds}
    return bounds if len(headers) == 1 else []


def _parted(row: Sequence[CellValue]) -> list[tuple[int, int]]:
    """Bounds of the runs of headers between blank cells."""
    bounds: list[tuple[int, int]] = []
    for at, value in enumerate(row):
        if is_blank([value]):
            continue
        if bounds and bounds[-1][1] == at:
            bounds[-1] = (bounds[-1][0], at + 1)
        else:
            bounds.append((at, at + 1))
    return bounds


def _is_cut_short(bounds: Sequence[tuple[int, int]]) -> bool:
    """Whether one word stands before or behind a table with an empty column between: 姓名 of a register is no list."""
    widths = {end - start for start, end in bounds}
    return len(widths) > 1 and min(widths) == 1


def _is_blank_between(grid: Grid, bounds: Sequence[tuple[int, int]]) -> bool:
    """Whether nothing stands in the columns between the blocks."""
    return all(is_blank(cells[end:start]) for (_, end), (start, _) in pairwise(bounds) if end < start for cells in grid)


def _widened(bounds: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The same bounds with nothing between, before or after them, so that no cell is lost."""
    starts = [0, *(first for first, _ in bounds[1:])]
    ends = [*starts[1:], 1 << 14]
    yield from zip(starts, ends, strict=True)


def _cut(row: Sequence[CellValue], first: int, last: int) -> list[CellValue]:
    return [*([""] * first), *row[first:last]]


def parts_of(source: SourceSheet) -> Iterator[tuple[str, Grid]]:
    """What stands side by side on a sheet, or on cards of books, each by the name it is told of."""
    named = half_years(source.grid) or class_columns(source.grid, has_header)
    for number, (name, grid) in enumerate(named, 1):
        yield named_beside(source.sheet, number, name), grid
    if not named:
        for number, grid in enumerate(side_by_side(source.grid, f"{source.file} {source.sheet}", has_header), 1):
            cards = book_cards(grid)
            sheets = [("", cards.loans), ("（卡上的书）", cards.books)] if cards else [("", grid)]
            for what, part in sheets:
                name = f"{source.sheet}{what}"
                yield name if number == 1 else named_beside(name, number), part
