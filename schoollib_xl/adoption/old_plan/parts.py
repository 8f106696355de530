"""A plan taken apart: chapters, numbered items, month lists; what is said in figures stands beside the text."""

import re
from collections.abc import Sequence

from schoollib_xl.adoption.old_plan.contents import Paragraph, Plan, PlannedJob
from schoollib_xl.adoption.old_plan.edges import edges_within, title_length
from schoollib_xl.adoption.old_plan.lines import (
    Month,
    NumberedItem,
    PlanHeading,
    heading_of,
    is_signature,
    is_sub_item,
    item_of,
    month_of,
    plain,
    without_bullet,
)
from schoollib_xl.adoption.old_plan.plan_tables import PlanTables
from schoollib_xl.documents.old_paper import PaperLine
from schoollib_xl.ledgers.school import TermName
from schoollib_xl.ledgers.supporting.vocabulary import PaperKind
from schoollib_xl.rules.plan_figures import (
    PromisedFigure,
    all_day_in,
    hours_in,
    lending_figures_in,
    old_dates_in,
    spans_in,
    targets_in,
    turns_in,
)

BODY, CLOSING = "正文", "结尾"
# Why a text is said to have no place.
_ALL_DAY = "全天开放没有写从几点到几点，开放时间里要自己补"
_TURNS = "哪些班星期几来，借阅轮流表里要自己排"
# A row of 计划文字 that stands for the month list, and one that keeps out a section the program would add.
_JOBS_BLOCK, OMITTED = "{工作安排}", "不写"
SITUATION = "基本情况"
_BRACKETED = re.compile(r"^[(（]([一二三四五六七八九十\d]{1,3})[)）]\s*")
_ENDS = tuple("。！？；!?;”）)")
_TABLE_HEADERS = {"月份", "时间", "工作内容", "内容", "工作安排"}
# Of a week of a month calendar: its days, each a number with what is on it below.
_CALENDAR_DAY, _DAYS = re.compile(r"\d{1,2}(?:\n.*)?", re.DOTALL), 7
_WEEKS = re.compile(r"第[\d、—–~～至到\-\s]+周")
# A line broken by hand goes on in a short one; headings are shorter than this.
_SHORTEST_BROKEN, _LONGEST_REST = 16, 25


def plan_of(lines: Sequence[PaperLine]) -> Plan:
    """The parts of a paper, every line of it in one of them."""
    reader = _Reader()
    for line in reader.without_edges(list(lines)):
        reader.read(line)
    return reader.finished()


class _Reader:
    def __init__(self) -> None:
        self._plan = Plan()
        self._section = BODY
        # A heading without a number may stand above numbered ones.
        self._above = ""
        self._month: Month | None = None
        self._months: list[int] = []
        # The list Word numbers by itself, and how far it has counted.
        self._series, self._counted = "", 0
        self._tables = PlanTables(self._plan)

    def without_edges(self, lines: list[PaperLine]) -> list[PaperLine]:
        """The lines between the title and the signature, without the names of annexes."""
        title = title_length(lines)
        for line in lines[:title]:
            self._edge(line.text, is_title=True)
        del lines[:title]
        tail: list[PaperLine] = []
        while len(lines) > 1 and lines[-1].cells is None and is_signature(lines[-1].text):
            tail.append(lines.pop())
        named = edges_within(lines)
        for line in [*(lines[number] for number in sorted(named)), *reversed(tail)]:
            self._edge(line.text)
        return [line for number, line in enumerate(lines) if number not in named]

    def _edge(self, text: str, *, is_title: bool = False) -> None:
        self._plan.edges.append(text)
        self._plan.old += old_dates_in(plain(text))
        if not is_title:
            return
        if "总结" in text and "计划" not in text:
            self._plan.kind = PaperKind.SUMMARY
        if re.search(r"第一学期|上学期|秋", text):
            self._plan.term = TermName.FIRST
        elif re.search(r"第二学期|下学期|春", text):
            self._plan.term = TermName.SECOND

    def read(self, line: PaperLine) -> None:
        """Put one line where it belongs."""
        text = without_bullet(line.text)
        if line.cells is not None:
            if not self._tables.takes(line.cells, line.text):
                self._row(line)
            return
        self._tables.leave()
        if self._plan.kind is PaperKind.PLAN and (month := month_of(text)):
            self._begin_month(month)
            self._stand_here()
        elif heading := heading_of(text, line):
            self._begin_chapter(heading)
        elif line.is_item and not item_of(text):
            self._item(NumberedItem(self._counts(line.series), text))
        elif item := item_of(text):
            self._item(item)
        elif self._is_rest(text):
            self._go_on(text)
        else:
            self._plain_paragraph(text)

    def finished(self) -> Plan:
        """The plan, once every line is read."""
        self._end_chapter()
        filled = {job.month for job in self._plan.jobs}
        self._plan.edges += [f"{month}月份" for month in self._months if month not in filled]
        sections = {paragraph.section for paragraph in self._plan.paragraphs}
        if self._plan.kind is PaperKind.PLAN and sections - {BODY, CLOSING} and SITUATION not in sections:
            self._plan.paragraphs.append(Paragraph(SITUATION, None, OMITTED))
        self._plan.ask_of_the_term(len(set(self._months)))
        self._plan.keep_listed()
        return self._plan

    def _end_chapter(self) -> None:
        """A heading with nothing below it is told with the title."""
        name = self._above or self._section
        if not any(f"{name}／" in f"{one.section}／" for one in self._plan.paragraphs) and name not in (BODY, CLOSING):
            self._plan.edges.append(name.strip("【】"))

    def _row(self, line: PaperLine) -> None:
        """A row of a table: jobs where its first cell is a month, else it has no place."""
        cells = line.cells or ()
        months = [month for cell in cells[:2] if (month := month_of(cell.strip()))]
        if not months or self._plan.kind is PaperKind.SUMMARY:
            is_header = bool(_TABLE_HEADERS & {cell.strip() for cell in cells})
            (self._plan.edges.append(line.text) if is_header else self._unplaced("表格里的一行", line.text))
            return
        if _is_of_calendar(cells):
            self._unplaced("月历里的一周", line.text)
            return
        self._begin_month(months[0])
        for text in (part.strip() for cell in cells if not month_of(cell.strip()) for part in cell.split("\n")):
            item = item_of(text)
            if not _WEEKS.fullmatch(text):
                self._job(item.text if item else text)
        self._month = None

    # -- chapters and months --------------------------------------------------------------------------

    def _begin_month(self, month: Month) -> None:
        self._month = month
        self._months.append(month.number)
        rest = item_of(month.rest)
        self._job(rest.text if rest else month.rest)

    def _stand_here(self) -> None:
        """The list by month keeps its place in the text."""
        if not any(paragraph.text == _JOBS_BLOCK for paragraph in self._plan.paragraphs):
            self._plan.paragraphs.append(Paragraph(self._section, None, _JOBS_BLOCK))

    def _begin_chapter(self, heading: PlanHeading) -> None:
        is_empty = not any(paragraph.section == self._section for paragraph in self._plan.paragraphs)
        above = self._above or (self._section if self._section.startswith("【") and is_empty else "")
        if not (heading.is_numbered and above):
            self._end_chapter()
            above = ""
        self._month, self._above = None, above
        name = heading.name if heading.is_numbered or heading.name == CLOSING else f"【{heading.name}】"
        self._section = f"{above}／{name}" if above else name
        if heading.rest:
            self._paragraph(heading.rest, None)

    def _counts(self, series: str) -> int:
        """The next number of a list that Word numbers by itself."""
        self._counted = self._counted + 1 if series == self._series else 1
        self._series = series
        return self._counted

    def _item(self, item: NumberedItem) -> None:
        if self._month is not None:
            self._job(item.text)
        else:
            self._paragraph(item.text, item.number)

    def _plain_paragraph(self, text: str) -> None:
        is_empty = self._month is not None and self._month.number not in {job.month for job in self._plan.jobs}
        if is_empty or (self._month is not None and is_sub_item(text)):
            self._job(text)
            return
        if self._month is not None:
            self._begin_chapter(PlanHeading(CLOSING, ""))
        self._paragraph(text, None)

    # -- where text goes ------------------------------------------------------------------------------

    def _paragraph(self, text: str, order: int | None) -> None:
        if self._plan.kind is PaperKind.SUMMARY and re.search(r"\d", text):
            self._unplaced("总结里的数是上学年的，新的总结照账算", text)
            return
        # 计划文字 knows a sub-item by its full-width brackets.
        written = _BRACKETED.sub(r"（\1）", text)
        self._plan.paragraphs.append(Paragraph(self._section, order, written))
        self._note(text)

    def _job(self, text: str) -> None:
        if text and self._month:
            month = self._month.number
            order = sum(job.month == month for job in self._plan.jobs) + 1
            until = f"（到{self._month.until}月）" if self._month.until else ""
            self._plan.jobs.append(PlannedJob(month, order, f"{text}{until}"))
            self._note(text)

    def _unplaced(self, reason: str, text: str) -> None:
        self._plan.unplaced.append((reason, text))
        self._plan.old += old_dates_in(plain(text))

    def _note(self, text: str) -> None:
        """What a text says in figures; last year's results are none of them."""
        said_plainly = plain(text)
        self._plan.old += old_dates_in(said_plainly)
        if self._plan.kind is PaperKind.SUMMARY:
            return
        for target in targets_in(said_plainly):
            self._target(target, text)
        for rule in lending_figures_in(said_plainly):
            if self._plan.lending.setdefault(rule.field, rule.number) != rule.number:
                self._plan.unplaced.append((f"借阅规则前面写的是 {self._plan.lending[rule.field]}", text))
        hours = list(hours_in(said_plainly))
        said = {hour[:3] for hour in self._plan.hours}
        self._plan.hours += [hour for hour in hours if hour[:3] not in said]
        if spans_in(said_plainly) and not hours:
            self._plan.unplaced.append(("没有写星期几的开放时间", text))
        elif all_day_in(said_plainly) and not any(reason == _ALL_DAY for reason, _ in self._plan.unplaced):
            self._plan.unplaced.append((_ALL_DAY, text))
        if turns_in(said_plainly):
            self._plan.unplaced.append((_TURNS, text))

    def _target(self, target: PromisedFigure, text: str) -> None:
        same = next((figure for figure in self._plan.targets if figure[:2] == target[:2]), None)
        if same is None:
            self._plan.targets.append(target)
        elif same.value != target.value:
            self._plan.unplaced.append((f"{target.name}前面写的是 {same.value}，这里写的是 {target.value}", text))

    # -- broken lines ---------------------------------------------------------------------------------

    def _is_rest(self, text: str) -> bool:
        """Whether the line only goes on with the one before, which was cut by hand."""
        last = self._last()
        is_open = last is not None and len(last) >= _SHORTEST_BROKEN and not last.endswith((*_ENDS, ":", "："))
        return is_open and len(text) <= _LONGEST_REST and text.endswith("。") and not is_sub_item(text)

    def _last(self) -> str | None:
        if self._month is not None:
            return self._plan.jobs[-1].task if self._plan.jobs else None
        return self._plan.paragraphs[-1].text if self._plan.paragraphs else None

    def _go_on(self, text: str) -> None:
        self._plan.joined += 1
        if self._month is not None:
            last = self._plan.jobs.pop()
            self._plan.jobs.append(last._replace(task=last.task + text))
            self._note(last.task + text)
        else:
            paragraph = self._plan.paragraphs.pop()
            self._plan.paragraphs.append(paragraph._replace(text=paragraph.text + text))
            self._note(paragraph.text + text)


def _is_of_calendar(cells: Sequence[str]) -> bool:
    days = [cell.strip() for cell in cells[-_DAYS:]]
    return len(cells) > _DAYS and all(not day or _CALENDAR_DAY.fullmatch(day) for day in days)
