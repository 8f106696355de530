"""A Word paper as sheets of an old list, a plan or a list: the way of every other source from there on."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from schoollib_xl.adoption.forms.book_cards import heads_card
from schoollib_xl.adoption.forms.filled_lines import FilledLine
from schoollib_xl.adoption.forms.headers import has_header
from schoollib_xl.adoption.forms.kinds import PARAMETERS, READERS
from schoollib_xl.adoption.forms.personal_texts import is_name
from schoollib_xl.adoption.old_plan.contents import Plan, PlannedTarget
from schoollib_xl.adoption.old_plan.lines import heading_of, is_title
from schoollib_xl.adoption.old_plan.parts import BODY, CLOSING, OMITTED, SITUATION, plan_of
from schoollib_xl.adoption.readers.class_rolls import class_rolls
from schoollib_xl.adoption.readers.same_people import ANY_NAME
from schoollib_xl.adoption.settings.parameters import tell_settings
from schoollib_xl.documents.filling.faults import TemplateFaults
from schoollib_xl.documents.old_paper import PaperLine, PaperTable, paper_lines, paper_tables
from schoollib_xl.ledgers.grades import class_in
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.supporting.calendar import JobRow, OpeningRow, TurnRow
from schoollib_xl.ledgers.supporting.papers import ParagraphRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.marks import is_ours
from schoollib_xl.sheets.cells import CellValue, Grid, Merge
from schoollib_xl.sheets.opening.refusing import Unusable
from schoollib_xl.sheets.reading.recognising import HEADER_DEPTH
from schoollib_xl.sheets.reading.tidy import shown
from schoollib_xl.wording.zh import listed

UNPLACED = "没有放进去的"
# What the figures of a lending rule are called among the settings of an old system.
_RULES = {"copies": "学生可借册数", "days": "学生借期天数"}
_SUFFIXES = (".docx", ".docm")
_OLD_SUFFIXES = (".doc", ".wps", ".rtf", ".odt")
_EVERY_DAY = "开放时间写的是每天，照星期一至五填的"
_MOST_NAMED = 12
_NO_TEXT = "标题、落款或附件的名称"
_OF_PLANS = re.compile("计划|总结|方案|打算|安排|要点")
# What a paper calls itself that has chapters and is neither.
_OF_OTHERS = re.compile("制度|规定|规则|规程|办法|须知|守则|职责|公约|章程|记录|登记|名单|清单|通知|简介")
# Lines over a table, or at the head of a paper, that may be its title.
_MOST_TITLES = 3
_APART = re.compile(r"\s{2,}")
# So many names stand on a row, but for the last, and so much of a table is names: two on a row may be of anything.
_FEWEST_NAMES, _MOST_NAMES = 3, 0.8
_OF_A_CLASS = re.compile(r"\S{2,8}班(?:学生)?(?:名单|花名册)?(?:[(（]共?\d+[人名][)）])?[:：]?")
AS_LIST = "《{file}》照清单接收；是计划或总结的，文件名里写上“计划”或“总结”再接收。"


NO_PLAN = (
    "《{file}》没有写是计划还是总结，样子也不像：{count} 段文字没有收进计划文字。是计划的，文件名里写上“计划”再接收；"
    "是借书记录、书单这些的，改成一行一条的表格再接收。"
)
NOT_A_PLAN = "不知道是不是计划"


class PaperSheet(NamedTuple):
    """One sheet a paper comes to; `remark` is '' or what is to be known of it, `merges` the cells over several rows."""

    name: str
    grid: Grid
    remark: str = ""
    merges: Sequence[Merge] = ()


def is_paper(path: Path) -> bool:
    """Whether the file is a Word file by its name.

    Raises Unusable for one of another word processor's.
    """
    if path.suffix.lower() in _OLD_SUFFIXES:
        raise Unusable(f"《{path.name}》不是 docx，用 Word 或 WPS 打开，另存为 docx 再接收。")
    return path.suffix.lower() in _SUFFIXES


def paper_sheets(path: Path) -> Iterator[PaperSheet]:
    """The sheets of a plan or summary; a list of books, readers or loans is one sheet as it stands.

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
    rolls = class_rolls(line.text for line in lines) if _may_be_list(lines, path) else None
    if rolls is not None:
        yield PaperSheet(path.stem, rolls, AS_LIST.format(file=path.name))
    elif _may_be_list(lines, path) and (tables := _with_headers(path)):
        yield from _list_sheets(tables, path)
    else:
        plan = plan_of(lines)
        yield from _sheets(plan, path.name, "" if _is_plan(lines, path, plan) else _without_text(plan, path.name))


def _is_plan(lines: Sequence[PaperLine], path: Path, plan: Plan) -> bool:
    """Whether a paper is a plan or summary: called so, or in chapters or months and called nothing else."""
    titles = [line.text for line in lines[:_MOST_TITLES] if line.cells is None]
    if _OF_PLANS.search(path.stem) or any(map(is_title, titles)):
        return True
    has_parts = bool(plan.jobs) or any(one.section not in (BODY, CLOSING) for one in plan.paragraphs)
    return has_parts and not _OF_OTHERS.search(f"{path.stem} {lines[0].text}")


def _without_text(plan: Plan, file: str) -> str:
    """Leave of a paper that is no plan its rule of lending and its hours alone; the sentence that says so."""
    texts = [*(one.text for one in plan.paragraphs if one.text != OMITTED), *(job.task for job in plan.jobs)]
    plan.unplaced += [(NOT_A_PLAN, text) for text in texts]
    plan.paragraphs, plan.jobs, plan.targets, plan.listed, plan.turns, plan.old = [], [], [], [], [], []
    return NO_PLAN.format(file=file, count=len(texts))


def _may_be_list(lines: Sequence[PaperLine], path: Path) -> bool:
    """Whether a paper may be a list in tables with words round them, without chapters or with more rows than these: it
    is called neither plan nor summary, and no paper of ours, whose tables tell what the ledgers do.
    """
    words = [line for line in lines if line.cells is None]
    if _OF_PLANS.search(path.stem) or any(is_title(line.text) for line in words):
        return False
    # The first line is the paper's own title, whatever its style.
    has_chapters = any((found := heading_of(line.text, line)) and found.is_numbered for line in words[1:])
    return not (has_chapters and len(lines) <= 2 * len(words)) and not is_ours(path, path.name)


def _with_headers(path: Path) -> list[list[PaperTable]]:
    """The tables that begin with a header, or the header of a card, or that hold settings, each with those that go on
    with it; none where no table does.
    """
    found: list[list[PaperTable]] = []
    is_any = False
    for table in paper_tables(path):
        title, above = " ".join([path.stem, *table.above[-_MOST_TITLES:]]), list(map(_cells_of, table.above))
        roster = _as_roster(table)
        table = roster or table
        is_headed = any(has_header(cells, title) or heads_card(cells, above) for cells in table.rows[:HEADER_DEPTH])
        is_headed |= tell_settings([FilledLine(row, cells) for row, cells in enumerate(table.rows, 1)])
        # Names of which nobody can tell whose they are say nothing of a plan.
        is_headed |= roster is not None
        is_any |= is_headed
        if is_headed or not found:
            found.append([])
        found[-1].append(table)
    return found if is_any else []


def _as_roster(table: PaperTable) -> PaperTable | None:
    """A table of nothing but names, several on each row, as one name a row below 姓名, and below the class where
    that is its first row; None for any other.
    """
    rows = [[text for value in row if (text := "".join(shown(value).split()))] for row in table.rows]
    title = [rows[0]] if rows and len(rows[0]) == 1 and class_in(rows[0][0]) else []
    names = [name for row in rows[len(title) :] for name in row]
    is_grid = len(names) >= _FEWEST_NAMES * max(1, len(rows) - len(title) - 1)
    over = title[0][0] if title else table.above[-1] if table.above else ""
    # Below the class alone names of other peoples are told as well: no other words of that length all differ.
    is_of_class = _OF_A_CLASS.fullmatch("".join(over.split())) and len(set(names)) >= _MOST_NAMES * len(names)
    is_told = (
        all(map(ANY_NAME.fullmatch, names)) if is_of_class else sum(map(is_name, names)) >= _MOST_NAMES * len(names)
    )
    if not is_grid or not is_told:
        return None
    grid: Grid = [[*row] for row in (*title, [READERS.by_name["name"].header], *([name] for name in names))]
    return PaperTable(table.above, grid, [])


def _cells_of(line: str) -> list[CellValue]:
    """A line above a table: 姓名：甲一  班级：三（1）班 as a cell for each."""
    parts = _APART.split(line)
    return [*parts] if all(re.search("[:：]", part) for part in parts) else [line]


def _list_sheets(found: Sequence[Sequence[PaperTable]], path: Path) -> Iterator[PaperSheet]:
    """A sheet for each table with what stands above it."""
    for number, tables in enumerate(found, 1):
        grid: Grid = []
        merges: list[Merge] = []
        for table in tables:
            grid += map(_cells_of, table.above)
            merges += [one._replace(first=one.first + len(grid), last=one.last + len(grid)) for one in table.merges]
            grid += table.rows
        name = path.stem if len(found) == 1 else f"第{number}张表"
        yield PaperSheet(name, grid, AS_LIST.format(file=path.name), merges)


def _sheets(plan: Plan, file: str, said: str) -> Iterator[PaperSheet]:
    term = plan.term.value if plan.term else ""
    edges, others = plan.edges[: HEADER_DEPTH - 1], plan.edges[HEADER_DEPTH - 1 :]
    paragraphs = [(plan.kind.value, term, one.section, one.order, one.text) for one in plan.paragraphs]
    yield _sheet(ParagraphRow, paragraphs, edges, said + _remark(plan, file))
    yield _sheet(JobRow, ((job.month, job.order, job.task, "", "", "", "") for job in plan.jobs))
    basis = f"《{Path(file).stem}》"
    promised = [*plan.listed, *(PlannedTarget(figure, "", "") for figure in plan.targets)]
    targets = (
        (
            one.figure.name,
            one.figure.grades,
            float(one.figure.value),
            one.figure.unit,
            one.basis or basis,
            one.person,
            "",
        )
        for one in promised
    )
    yield _sheet(TargetRow, targets)
    hours = (
        (hour.weekday.value, hour.starts_at, hour.ends_at, hour.audience.value, hour.remarks) for hour in plan.hours
    )
    yield _sheet(OpeningRow, hours)
    yield _sheet(TurnRow, plan.turns)
    if plan.lending:
        header: list[CellValue] = [one.header for one in PARAMETERS.fields]
        rules: Grid = [[_RULES[name], number] for name, number in plan.lending.items()]
        yield PaperSheet("计划里的借阅规则", [header, *rules])
    unplaced = [*((_NO_TEXT, text) for text in others), *plan.unplaced]
    if unplaced:
        yield PaperSheet(UNPLACED, [[f"{reason}：{text}"] for reason, text in unplaced])


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
    if plan.targets or plan.listed or plan.hours:
        said.append("文字里的数和开放时间抄进了任务指标和开放时间，核对一遍")
    if plan.months:
        said.append(f"每月多少次的，照计划里的 {plan.months} 个月合成一个学期的")
    if any(hour.is_every_day for hour in plan.hours):
        said.append(_EVERY_DAY)
    if any(paragraph.text == OMITTED for paragraph in plan.paragraphs):
        said.append(f"原文没有“{SITUATION}”，计划里也不加；要加，删去计划文字里写着“{OMITTED}”的那一行")
    if plan.joined:
        said.append(f"有 {plan.joined} 处断开的句子接上了")
    return f"《{file}》{'；'.join(said)}。" if said else ""
