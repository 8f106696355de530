"""A file that is not read: one sentence with what to do."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# What is said of a file that was to hold the ledgers, and of one that was to be something else.
_REWORDED = (
    ("换成账册所在的 .xlsx 文件再试", "换成{instead}再试"),
    ("换一份有内容的工作簿再试", "换一份有内容的{what}再试"),
    ("改选里面的工作簿再试", "改选里面的文件再试"),
    ("不是工作簿", "不是{what}"),
    ("从原来的账册重新拷", "从原来的文件重新拷"),
)


class Unusable(Exception):
    """The workbook cannot be used; the text is one Chinese sentence naming the file and what to do. `quoted` is how
    it names a sheet as the workbook does, '' where it names none.
    """

    quoted = ""


def unusable(path: Path, what: str) -> Unusable:
    """The refusal of a file: 《名册.xlsx》 followed by what is the matter and what to do."""
    return Unusable(f"《{path.name or path}》{what}。")


def stranger(path: Path, what: str) -> Unusable:
    """The refusal of a file that is something else."""
    return unusable(path, f"是{what}，不是工作簿，换成账册所在的 .xlsx 文件再试")


def damaged(path: Path) -> Unusable:
    """A workbook that no reader can make sense of."""
    return unusable(path, "已损坏或没有拷完整，打不开，重新拷一份或用备份再试")


def of_encoding(path: Path, encoding: str) -> Unusable:
    """The refusal of a workbook whose parts are written in an encoding that no spreadsheet program writes."""
    what = f"里面的内容是按 {encoding} 编码写的，表格程序都不这样写，读不了"
    return unusable(
        path, f"{what}；用 Excel 或 WPS 打得开的，打开后另存为 .xlsx 再试；打不开的，用导出它的软件重新导出"
    )


def doubled(path: Path, sheet: str, row: int) -> Unusable:
    """The refusal of a workbook whose file says twice what stands in a cell of this row."""
    what = f"的“{sheet}”第 {row} 行在文件里写了两遍，不知道以哪一遍为准"
    refusal = unusable(path, f"{what}，先在 Excel 或 WPS 里打开，看过这一行，另存一份再试")
    refusal.quoted = f"“{sheet}”"
    return refusal


def locked(path: Path) -> Unusable:
    """The refusal of a workbook that asks for a password when it is opened."""
    return unusable(path, "加了打开密码，先在 Excel 里取消密码再试")


def unsafe(path: Path) -> Unusable:
    """The refusal of a workbook whose inside no office program would have written."""
    return unusable(path, "的内部结构不正常，可能不安全，从原来的账册重新拷一份再试")


def reworded(refusal: Unusable, what: str, instead: str) -> Unusable:
    """The refusal of a file that was to be no workbook of ledgers: what it was to be, and which to take instead."""
    sentence = str(refusal)
    for of_workbook, of_other in _REWORDED:
        sentence = sentence.replace(of_workbook, of_other.format(what=what, instead=instead))
    said = Unusable(sentence)
    said.quoted = refusal.quoted
    return said


@contextmanager
def meant_to_be(what: str, instead: str) -> Iterator[None]:
    """Reword what is said of a file that is opened here and cannot be used."""
    try:
        yield
    except Unusable as refusal:
        raise reworded(refusal, what, instead) from refusal
