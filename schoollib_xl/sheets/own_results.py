"""Our own results, known by the headers of their first sheet: what another program saved no longer bears our mark."""

from collections.abc import Iterable, Sequence

from schoollib_xl.ledgers.registry import LEDGERS
from schoollib_xl.sheets.cells import CellValue, Grid
from schoollib_xl.sheets.opening.grids import is_blank
from schoollib_xl.sheets.reading.recognising import Names, declared_for

# Above its header a sheet of ours has a title and what is to be said first.
_DEEPEST_HEADER = 60
# Columns that only we have side by side, sheet by sheet as our answers have them; held by a test over what is written.
_HEADERS = tuple(
    frozenset(words.split())
    for words in (
        "账册 行数 记到哪天 未核对",
        "编码 程度 格子 说的是什么 怎么改",
        "为什么没有核对 哪些没有核对完",
        "指标 范围 目标 完成 依据",
        "班级 到今天应借 每周要借",
        "读者证号 已借册数 借书次数 应借 还差",
        "班级 未借 没借满",
        "年级 书名 馆藏（册） 借出（次）",
        "名次 书名 册数 借出（次）",
        "为什么列在这里 册数 金额（元）",
        "到今天该到 最迟 怎样",
        "月份 内容 最迟 在哪里",
        "条目 取数 现在 怎么来的",
        "佐证材料 账里在哪里 放在几号盒",
        "数字 在文件里 怎么算的 筛选",
        "数字 加起来的栏目 行数",
        "应在架册数 看到册数 没有看到",
        "旧表 接收 并入 没有接收",
        "新增 改动 去掉 冲突 重新编号",
        "旧账期末 新账期初 结论",
    )
)
# Columns that others may have too, on a sheet that we call so; what follows it begins with its own name, as ours do.
_NAMED = {
    "月借阅表": frozenset({"班级", "合计", "生均"}),
    "零借阅": frozenset({"书名", "著者", "册数"}),
    "合计": frozenset({"项目", "行数", "说明"}),
}


def is_own_result(sheets: Iterable[tuple[str, Grid]]) -> bool:
    """Whether a file without ledgers begins with a sheet of ours; a result among her own books is theirs."""
    filled = [(name, grid) for name, grid in sheets if any(not is_blank(row) for row in grid[:_DEEPEST_HEADER])]
    if not filled or any(is_ledger(name) for name, _ in filled):
        return False
    name, grid = filled[0]
    is_like_ours = name in _NAMED and all(_is_headed(*other) for other in filled[1:])
    own = (*_HEADERS, _NAMED[name]) if is_like_ours else _HEADERS
    return any(words <= _texts(row) for row in grid[:_DEEPEST_HEADER] for words in own)


def _is_headed(name: str, grid: Grid) -> bool:
    return bool(grid and grid[0]) and grid[0][0] == name


def _texts(row: Sequence[CellValue]) -> frozenset[str]:
    return frozenset(cell.strip() for cell in row if isinstance(cell, str))


def is_ledger(sheet_name: str) -> bool:
    """Whether a sheet of this name is one of the seven ledgers."""
    match = declared_for(sheet_name, Names())
    return match is not None and match[0] in LEDGERS
