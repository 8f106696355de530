"""A Word paper as sheets of an old list: the way of every other source from there on."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from schoollib_xl.adoption.old_plan.parts import OMITTED, SITUATION, Plan, plan_of
from schoollib_xl.documents.filling.faults import TemplateFaults
from schoollib_xl.documents.old_paper import paper_lines
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.supporting.calendar import JobRow, OpeningRow
from schoollib_xl.ledgers.supporting.papers import ParagraphRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.sheets.cells import CellValue, Grid
from schoollib_xl.sheets.opening.refusing import Unusable
from schoollib_xl.wording.zh import listed

UNPLACED = "没有放进去的"
_SUFFIXES = (".docx", ".docm")
_OLD_SUFFIXES = (".doc", ".wps", ".rtf", ".odt")
_EVERY_DAY = "开放时间写的是每天，照星期一至五填的"
_MOST_NAMED = 12


class PaperSheet(NamedTuple):
    """One sheet a paper comes to; `remark` is '' or what is to be known of it."""

    name: str
    grid: Grid
    remark: str = ""


def is_paper(path: Path) -> bool:
    """Whether the file is a Word file by its name.

    Raises Unusable for one of another word processor's.
    """
    if path.suffix.lower() in _OLD_SUFFIXES:
        raise Unusable(f"《{path.name}》不是 docx，用 Word 或 WPS 打开，另存为 docx 再接收。")
    return path.suffix.lower() in _SUFFIXES


def paper_sheets(path: Path) -> Iterator[PaperSheet]:
    """The sheets of a plan or summary.

    Raises Unusable where it cannot be opened or says nothing.
    """
    if not path.is_file():
        raise Unusable(f"《{path.name}》找不到，检查文件名和所在文件夹再接收。")
    try:
        lines = paper_lines(path)
    except TemplateFaults as error:
        raise Unusable(f"《{path.name}》打不开，可能损坏或加了密码；用 Word 或 WPS 打开，另存一份再接收。") from error
    if not lines:
        raise Unusable(f"《{path.name}》里没有一行文字，换成写好的计划或总结。")
    yield from _sheets(plan_of(lines), path.name)


def _sheets(plan: Plan, file: str) -> Iterator[PaperSheet]:
    term = plan.term.value if plan.term else ""
    paragraphs = [(plan.kind.value, term, one.section, one.order, one.text) for one in plan.paragraphs]
    yield _sheet(ParagraphRow, paragraphs, plan.edges, _remark(plan, file))
    yield _sheet(JobRow, ((job.month, job.order, job.task, "", "", "", "") for job in plan.jobs))
    basis = f"《{Path(file).stem}》"
    targets = ((target.name, target.grades, float(target.value), target.unit, basis, "", "") for target in plan.targets)
    yield _sheet(TargetRow, targets)
    hours = ((hour.weekday.value, hour.starts_at, hour.ends_at, hour.audience.value, "") for hour in plan.hours)
    yield _sheet(OpeningRow, hours)
    if plan.unplaced:
        yield PaperSheet(UNPLACED, [[f"{reason}：{text}"] for reason, text in plan.unplaced])


def _sheet(
    row_type: type[Any], rows: Iterable[Sequence[Any]], edges: Sequence[str] = (), remark: str = ""
) -> PaperSheet:
    declared = SHEETS[row_type]
    header: list[CellValue] = [field.header for field in declared.fields]
    body = [["" if value is None else value for value in row] for row in rows]
    above: Grid = [[edge] for edge in edges]
    return PaperSheet(declared.name, [*above, header, *body] if body or above else [], remark)


def _remark(plan: Plan, file: str) -> str:
    """What she has to look at: years of then, lines put together, what the figures were taken for."""
    said: list[str] = []
    if old := list(dict.fromkeys(plan.old)):
        named = listed([f"“{text}”" for text in old], _MOST_NAMED, "处")
        said.append(f"写着旧的年份和日期 {named}，照原样写进去了，逐处改成新学年的再用")
    if plan.targets or plan.hours:
        said.append("文字里的数和开放时间抄进了任务指标和开放时间，核对一遍")
    if any(hour.is_every_day for hour in plan.hours):
        said.append(_EVERY_DAY)
    if any(paragraph.text == OMITTED for paragraph in plan.paragraphs):
        said.append(f"原文没有“{SITUATION}”，计划里也不加；要加，删去计划文字里写着“{OMITTED}”的那一行")
    if plan.joined:
        said.append(f"有 {plan.joined} 处断开的句子接上了")
    return f"《{file}》{'；'.join(said)}。" if said else ""
