"""A plan taken apart: chapters, numbered items, month lists; what is said in figures stands beside the text."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from schoollib_xl.adoption.old_plan.figures import Hours, Target, hours_in, old_dates_in, spans_in, targets_in
from schoollib_xl.documents.old_paper import PaperLine
from schoollib_xl.ledgers.school import TermName
from schoollib_xl.ledgers.vocabulary import PaperKind

BODY, CLOSING = "正文", "结尾"
_BULLET = re.compile(r"^[-–•·●◆■□※*]+\s*")
_CHAPTER = re.compile(r"(?:第?[一二三四五六七八九十]{1,3}(?:[、.．:：]|[章节](?:\s|$|、)?|部分[:：、]?))\s*(.+)")
_ITEM = re.compile(r"(\d{1,2})(?:[、)）]\s*|[.．](?!\d)\s*|\s+(?![\d:：]))(.+)")
# 一、二年级每周一来借书 begins with no number of a chapter.
_GRADES = re.compile(r"[一二三四五六、至到]{1,6}年级")
_SUB_ITEM = re.compile(r"[(（]([一二三四五六七八九十\d]{1,3})[)）]|[①-⑳]")
_BRACKETED = re.compile(r"^[(（]([一二三四五六七八九十\d]{1,3})[)）]\s*")
_MONTH = re.compile(
    r"([一二三四五六七八九十]{1,2}|\d{1,2})(?:[、—–~～至到-]+([一二三四五六七八九十]{1,2}|\d{1,2}))?月份?(?:[:：]\s*(.*)|工作(?:安排)?|)"
)
_TITLE = re.compile(r"(?:计划|总结|方案|打算|安排)(?:书|表)?(?:[(（].*[)）])?(?:篇[一二三四五六七八九十\d]+)?$")
_SIGNATURE = re.compile(r".{0,20}(?:小学|学校|图书室|图书馆|教学点)|.{0,12}20[\dxX×]{2}年.{0,8}日?|[一二]〇.{1,12}日")
_ENDS = tuple("。！？；!?;”）)")
_LONGEST_TITLE, _LONGEST_HEADING = 40, 24
# A line broken by hand goes on in a short one; headings are shorter than this.
_SHORTEST_BROKEN, _LONGEST_REST = 16, 25
_MONTHS = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")


class Paragraph(NamedTuple):
    """A paragraph under its chapter; `order` where it is a numbered item."""

    section: str
    order: int | None
    text: str


class Job(NamedTuple):
    """A job of a month list."""

    month: int
    order: int
    task: str


@dataclass
class Plan:
    """What a paper comes to. `edges` are its title and signature, `unplaced` what stands nowhere and why, `old` the
    years and days of the year it was written for, `joined` how many broken lines were put together.
    """

    kind: PaperKind = PaperKind.PLAN
    term: TermName | None = None
    edges: list[str] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    jobs: list[Job] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    hours: list[Hours] = field(default_factory=list)
    unplaced: list[tuple[str, str]] = field(default_factory=list)
    old: list[str] = field(default_factory=list)
    joined: int = 0


def plan_of(lines: Sequence[PaperLine]) -> Plan:
    """The parts of a paper, every line of it in one of them."""
    reader = _Reader()
    for line in reader.without_edges(list(lines)):
        reader.read(line)
    return reader.finished()


class _Reader:
    def __init__(self) -> None:
        self._plan = Plan()
        self._chapter = BODY
        self._section = BODY
        self._month: int | None = None
        self._orders: Counter[str] = Counter()
        # A short item without an end may turn out to be the heading of what follows.
        self._pending: str | None = None

    def without_edges(self, lines: list[PaperLine]) -> list[PaperLine]:
        """The lines between the title and the signature."""
        while lines and lines[0].cells is None and _is_title(lines[0].text):
            self._edge(lines.pop(0).text, is_title=True)
        tail: list[PaperLine] = []
        while len(lines) > 1 and lines[-1].cells is None and _SIGNATURE.fullmatch(lines[-1].text):
            tail.append(lines.pop())
        for line in reversed(tail):
            self._edge(line.text)
        return lines

    def _edge(self, text: str, *, is_title: bool = False) -> None:
        self._plan.edges.append(text)
        self._plan.old += old_dates_in(_plain(text))
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
        text = _BULLET.sub("", line.text)
        if line.cells is not None:
            self._row(line)
        elif match := _month(text):
            self._settle()
            self._begin_month(*match)
        elif heading := _heading(text, line):
            self._settle()
            self._begin_chapter(*heading)
        elif match_item := None if line.is_item else _ITEM.fullmatch(text):
            self._item(match_item[2])
        elif line.is_item:
            self._item(text)
        elif self._is_rest(text):
            self._go_on(text)
        else:
            self._plain_paragraph(text)

    def finished(self) -> Plan:
        """The plan, once every line is read."""
        self._settle()
        self._end_chapter()
        return self._plan

    def _end_chapter(self) -> None:
        """A heading with nothing below it but other headings or months is told with the title."""
        sections = {one.section.partition("／")[0] for one in self._plan.paragraphs}
        if self._chapter not in {BODY, CLOSING} | sections:
            self._plan.edges.append(self._chapter)

    def _row(self, line: PaperLine) -> None:
        """A row of a table: jobs where its first cell is a month, else it has no place."""
        self._settle()
        cells = line.cells or ()
        months = [month for cell in cells[:2] if (month := _month(cell.strip()))]
        if not months:
            header = {"月份", "时间", "工作内容", "内容", "工作安排"} & {cell.strip() for cell in cells}
            (self._plan.edges.append(line.text) if header else self._unplaced("表格里的一行", line.text))
            return
        self._begin_month(months[0][0], "")
        for text in (part for cell in cells if not _month(cell.strip()) for part in cell.split("\n")):
            match = _ITEM.fullmatch(text.strip())
            self._job(match[2] if match else text.strip())
        self._month = None

    # -- chapters and months --------------------------------------------------------------------------

    def _begin_month(self, month: int, rest: str) -> None:
        self._month = month
        for text in filter(None, [rest]):
            match = _ITEM.fullmatch(text)
            self._job(match[2] if match else text)

    def _begin_chapter(self, name: str, rest: str) -> None:
        self._end_chapter()
        self._month = None
        self._chapter = self._section = name
        if rest:
            self._paragraph(rest, None)

    def _item(self, text: str) -> None:
        self._settle()
        if self._month is not None and self._plan.kind is PaperKind.PLAN:
            self._job(text)
        elif len(text) <= _LONGEST_HEADING and not text.endswith(_ENDS):
            self._pending = text
        else:
            self._section = self._chapter
            self._numbered(text)

    def _plain_paragraph(self, text: str) -> None:
        if self._pending is not None and not self._month:
            self._section = self._pending if self._chapter == BODY else f"{self._chapter}／{self._pending}"
            self._note(self._pending)
            self._pending = None
        self._settle()
        if self._month is not None and not any(job.month == self._month for job in self._plan.jobs):
            self._job(text)
            return
        if self._month is not None:
            self._begin_chapter(CLOSING, "")
        self._paragraph(text, None)

    def _settle(self) -> None:
        """An item that was no heading after all."""
        if self._pending is not None:
            self._section = self._chapter
            text, self._pending = self._pending, None
            self._numbered(text)

    # -- where text goes ------------------------------------------------------------------------------

    def _numbered(self, text: str) -> None:
        self._orders[self._section] += 1
        self._paragraph(text, self._orders[self._section])

    def _paragraph(self, text: str, order: int | None) -> None:
        if self._plan.kind is PaperKind.SUMMARY and re.search(r"\d", text):
            self._unplaced("总结里的数是上学年的，新的总结照账算", text)
            return
        # 计划文字 knows a sub-item by its full-width brackets.
        plain = _BRACKETED.sub(r"（\1）", text)
        self._plan.paragraphs.append(Paragraph(self._section, order, plain))
        self._note(text)

    def _job(self, text: str) -> None:
        if self._plan.kind is PaperKind.SUMMARY:
            self._paragraph(text, None)
        elif text and self._month:
            order = sum(job.month == self._month for job in self._plan.jobs) + 1
            self._plan.jobs.append(Job(self._month, order, text))
            self._note(text)

    def _unplaced(self, reason: str, text: str) -> None:
        self._plan.unplaced.append((reason, text))
        self._plan.old += old_dates_in(_plain(text))

    def _note(self, text: str) -> None:
        """What a text says in figures; last year's results are none of them."""
        plain = _plain(text)
        self._plan.old += old_dates_in(plain)
        if self._plan.kind is PaperKind.SUMMARY:
            return
        for target in targets_in(plain):
            self._target(target, text)
        hours = list(hours_in(plain))
        said = {one[:3] for one in self._plan.hours}
        self._plan.hours += [one for one in hours if one[:3] not in said]
        if spans_in(plain) and not hours:
            self._plan.unplaced.append(("没有写星期几的开放时间", text))

    def _target(self, target: Target, text: str) -> None:
        same = next((one for one in self._plan.targets if one[:2] == target[:2]), None)
        if same is None:
            self._plan.targets.append(target)
        elif same.value != target.value:
            self._plan.unplaced.append((f"{target.name}前面写的是 {same.value}，这里写的是 {target.value}", text))

    # -- broken lines ---------------------------------------------------------------------------------

    def _is_rest(self, text: str) -> bool:
        """Whether the line only goes on with the one before, which was cut by hand."""
        last = self._last()
        is_open = last is not None and len(last) >= _SHORTEST_BROKEN and not last.endswith((*_ENDS, ":", "："))
        return is_open and len(text) <= _LONGEST_REST and text.endswith("。") and not _SUB_ITEM.match(text)

    def _last(self) -> str | None:
        if self._pending is not None:
            return self._pending
        if self._month is not None:
            return self._plan.jobs[-1].task if self._plan.jobs else None
        return self._plan.paragraphs[-1].text if self._plan.paragraphs else None

    def _go_on(self, text: str) -> None:
        self._plan.joined += 1
        if self._pending is not None:
            self._pending += text
            self._settle()
        elif self._month is not None:
            last = self._plan.jobs.pop()
            self._plan.jobs.append(last._replace(task=last.task + text))
            self._note(last.task + text)
        else:
            paragraph = self._plan.paragraphs.pop()
            self._plan.paragraphs.append(paragraph._replace(text=paragraph.text + text))
            self._note(paragraph.text + text)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _is_title(text: str) -> bool:
    is_numbered = _CHAPTER.fullmatch(text) or _ITEM.fullmatch(text)
    return len(text) <= _LONGEST_TITLE and bool(_TITLE.search(text)) and not is_numbered


def _month(text: str) -> tuple[int, str] | None:
    """The month a line begins, and what stands behind it; of several months the first, the rest said."""
    match = _MONTH.fullmatch(text)
    if match is None:
        return None
    month = _month_number(match[1])
    rest = match[3] or ""
    return (month, f"{rest}（到{match[2]}月）" if match[2] and rest else rest) if month else None


def _month_number(text: str) -> int:
    if text.isdecimal():
        return int(text) if 1 <= int(text) < len(_MONTHS) else 0
    return _MONTHS.index(text) if text in _MONTHS else 0


def _heading(text: str, line: PaperLine) -> tuple[str, str] | None:
    """The chapter a line begins, and what stands behind its name."""
    match = None if _GRADES.match(text) else _CHAPTER.fullmatch(text)
    name = (match[1] if match else text).strip()
    head, _, rest = name.partition("：") if "：" in name else name.partition(":")
    if match and rest.strip() and len(head) <= _LONGEST_HEADING:
        return head, rest.strip()
    bare = name.rstrip("。：:")
    is_short = len(bare) <= _LONGEST_HEADING and not re.search("[。；，]", bare)
    if match and len(bare) <= _LONGEST_HEADING:
        return bare, ""
    if line.is_heading or (is_short and name.endswith(("：", ":")) and not _ITEM.fullmatch(text)):
        return bare, ""
    is_item = line.is_item or _ITEM.fullmatch(text)
    is_bare_heading = is_short and len(bare) <= _BARE and _NAMING.fullmatch(bare) and not is_item
    return (bare, "") if is_bare_heading else None


# 工作重点, 具体措施: a line of its own that names what follows.
_BARE = 8
_NAMING = re.compile(
    r".*(?:思想|重点|重心|目标|任务|措施|安排|要求|计划|工作|情况|分析|保障|要点|内容|问题|打算|方向|原则)"
)
