"""工作安排, 活动记录 (ACT), 评估细则 (EVA): how many 完成情况 says were mended, written off or appointed, and what the
books of these say; how many 成果 says won a prize; how many books an inspection says there are.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from schoollib_xl.checks.check import Found, Severity, check, found
from schoollib_xl.checks.entries.sayings import NUMERAL
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.numerals import whole_number
from schoollib_xl.ledgers.schema import SHEETS, cell
from schoollib_xl.ledgers.school import first_year, month_in, school_year_from
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.activities import ActivityRow
from schoollib_xl.ledgers.supporting.calendar import JobRow
from schoollib_xl.ledgers.supporting.inspection import EvaluationRow
from schoollib_xl.ledgers.supporting.people import PupilLibrarianRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow
from schoollib_xl.ledgers.vocabulary import Flow, SourceOrDestination
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.likeness import says

_Entries = Iterable[tuple[date | None, int]]
# 一等奖3名, but not 第3名; who won it may have come from elsewhere, or won with more than one work.
# 获奖8人，其中一等奖3名: what all prizes come to.
_WINNERS = rf"([获得])?奖项?(?:各|共)?({NUMERAL})[名人]"
_OTHER_WINNERS = "参评|选送|推荐|县|市|省|全校|镇|篇|幅|件|份|外校|校外|邻校|兄弟|联办|别校|别的学校|别处|家长|教师"
# All books there are, as a clause by itself: 低年级现有图书300册 is a part of them, 馆藏图书120册参展 too, and neither
# 约2000册 nor 2000册左右 a figure.
_STOCK = (
    r"(?:^|[，,；;。、])(?:全校|我校|本校|学校|图书室|室内)?共?(?:现有|馆藏|藏|在册)(?:图书|书)?"
    rf"(?:总数|总量|量)?[共计有为]*({NUMERAL})册(?=$|[，,；;。、（(）)])"
)
_OF_STOCK = ("现有", "藏", "在册")
# What says behind the figure that it is of a part: 5000册（不含期刊）.
_OF_A_PART = "[，,（(][^。；;）)]*(?:部分|不含|不包括|不计|(?<![清扫])除(?![尘湿虫])|[只仅](?![差缺少需要欠])|年级)"
# A figure that is rounded is no other figure.
_ROUNDED = 0.03
# A part of what was done, or what is still to come.
_IN_PART = ("一次性", "其中", "其余", "另", "初选", "拟", "待", "计划", "预计", "每", "人次", "只", "才", "第")
# Not done to the end is not left undone: 未清点完.
_TO_THE_END = ("完", "齐", "毕", "结束")
# A sign without which nothing says that it was not done.
_PERHAPS_NOT = frozenset("未没沒不无否缓停延推取改待等拟计下忘缺0×✗✘✕Xx")


# The units below.
_UNITS = frozenset("册名种次")
_FIGURE = rf"({NUMERAL})([{''.join(sorted(_UNITS))}])"
# What is looked at where it is kept: without one of the columns nobody knows what there was.
_COUNTED: dict[type[Any], str] = {
    RepairRow: "sent_on reshelved_on",
    WithdrawalRow: "withdrawn_on",
    PupilLibrarianRow: "appointed_on award",
    SummaryRow: "registered_on flow copies source titles",
    StocktakeRow: "counted_on",
    ActivityRow: "held_on kind",
}


class _Kept(NamedTuple):
    """What the words of a task are about: its unit, the sheet it is kept in and that sheet's days and numbers, and
    whether a number that is said is theirs: 清点6000册 may count what is out.
    """

    words: str
    unit: str
    row_type: type[Any]
    entries: Callable[[Library], _Entries]
    has_number: bool = True


def _mended(library: Library) -> _Entries:
    return [(row.sent_on, 1) for row in library[RepairRow]]


def _written_off(library: Library) -> _Entries:
    return [(row.withdrawn_on, 1) for row in library.standing_withdrawals]


def _appointed(library: Library) -> _Entries:
    return [(row.appointed_on, 1) for row in library[PupilLibrarianRow]]


def _bought(library: Library) -> _Entries:
    brought = (SourceOrDestination.REPLACEMENT, SourceOrDestination.BINDING)
    rows = library[SummaryRow].having("flow", Flow.IN)
    return [(row.registered_on, row.copies) for row in rows if row.source not in brought]


def _scanned(library: Library) -> _Entries:
    return [(row.counted_on, 1) for row in library[StocktakeRow]]


def _titles_bound(library: Library) -> _Entries:
    rows = [row for row in library[SummaryRow] if row.source is SourceOrDestination.BINDING]
    return [(row.registered_on, row.titles or 0) for row in rows] if all(row.titles for row in rows) else []


def _bound(library: Library) -> _Entries:
    return [(row.registered_on, row.copies) for row in library[SummaryRow] if row.source is SourceOrDestination.BINDING]


_KEPT = (
    _Kept("修补", "册", RepairRow, _mended),
    _Kept("剔旧|剔除|注销", "册", WithdrawalRow, _written_off),
    _Kept("(?:选|聘|任命|配备).*管理员|管理员.*(?:选|聘|任命|配备|上岗)", "名", PupilLibrarianRow, _appointed),
    _Kept("装订", "册", SummaryRow, _bound),
    _Kept("装订", "种", SummaryRow, _titles_bound),
    _Kept("新书.*(?:验收|入藏)", "册", SummaryRow, _bought),
    _Kept("清点|盘点", "册", StocktakeRow, _scanned, has_number=False),
)


@check(
    "ACT108",
    title="完成情况的数和账上不一样",
    message="{month}月的“{task}”写着“{done}”，{ledger}里那个月是 {counted} {unit}。",
    why="总结照完成情况写，数和账上不一样，两处就对不起来。",
    fix="先数账上的；完成情况写错就改，账上漏记的补记；说的是另一件事的不用动。",
    severity=Severity.HINT,
    reads={JobRow: "month task done"},
    may_read=_COUNTED | {JobRow: "planned_times"},
)
def another_number_done(library: Library) -> Iterator[Found]:
    # Looked at in the holidays it is still the plan of the year that 基本信息 is about.
    year = library.year_begins.year
    for row in library[JobRow].saying("done") if library.school.term else ():
        # Most say neither a number of things nor that nothing was done.
        if _PERHAPS_NOT.isdisjoint(done := row.done or "") and _UNITS.isdisjoint(done):
            continue
        kept = _kept(library, row)
        table = library[kept.row_type] if kept else None
        if kept is None or table is None or says(row.done, *_IN_PART) or table.incomplete:
            continue
        if not table.has(*_COUNTED[kept.row_type].split()):
            continue
        said = _said(row, kept)
        if said is None:
            continue
        counted: Counter[date] = Counter()
        for day, number in kept.entries(library):
            if day:
                counted[day] += number
        first, last = month_in(year, row.month)
        within = sum(number for day, number in counted.items() if first <= day <= last)
        if counted and said not in _plausible(library, kept, counted, first, last):
            yield found(cell(row, "done"), ledger=SHEETS[kept.row_type].name, counted=within, unit=kept.unit)


def _kept(library: Library, row: JobRow) -> _Kept | None:
    """What the words are about; of two kinds nobody knows which the figure is of."""
    told = [one for one in _KEPT if re.search(one.words, f"{row.task}，{row.done}")]
    if not told:
        held = [(one.held_on, 1) for one in library[ActivityRow] if one.kind in row.task]
        return _Kept("", "次", ActivityRow, lambda _: held)
    by_unit = (one for one in told if one.unit in (row.done or ""))
    return next(by_unit, told[0]) if len({one.words for one in told}) == 1 else None


def _said(row: JobRow, kept: _Kept) -> int | None:
    """The one number of 完成情况, nought where it says that nothing was done."""
    done = "".join((row.done or "").split())
    numbers = [number for number, unit in re.findall(_FIGURE, done) if unit == kept.unit]
    # Of an activity that was not held ACT107 tells.
    is_silent = numbers or kept.row_type is ActivityRow or says(done, *_TO_THE_END)
    if not is_silent:
        return 0 if is_undone(row) else None
    return whole_number(numbers[0]) if len(numbers) == 1 and kept.has_number else None


def _plausible(library: Library, kept: _Kept, counted: Counter[date], first: date, last: date) -> set[int]:
    """What may be meant: a day of the month, the whole of it, or all from the beginning of its term or school year."""
    begins = {first, school_year_from(first_year(first)).start}
    begins |= {term.start for term in library.school.terms if term.start < last}
    sums = {sum(number for day, number in counted.items() if start <= day <= last) for start in begins}
    sums |= {number for day, number in counted.items() if first <= day <= last}
    if kept.row_type is RepairRow:
        # What was sent before may have been put back in this month.
        back = Counter(row.reshelved_on for row in library[RepairRow])
        in_month = [number for day, number in back.items() if day and first <= day <= last]
        sums |= {sum(in_month), *in_month} if in_month else set()
    if kept.row_type is PupilLibrarianRow:
        helpers = library[PupilLibrarianRow].rows
        sums |= {len(helpers), sum(bool(one.award) for one in helpers)}
    return sums


def is_done(row: JobRow) -> bool:
    """Whether 完成情况 says that the job was done."""
    # Its many expressions take longer to compile than most checks to run.
    from schoollib_xl.rules.completion import Completion, completion

    return completion(row.done, row.planned_times) is Completion.DONE


def is_undone(row: JobRow) -> bool:
    """Whether 完成情况 says that the job was not done at all."""
    if _PERHAPS_NOT.isdisjoint(row.done or ""):
        return False
    from schoollib_xl.rules.completion import Completion, completion

    return completion(row.done, row.planned_times) in (Completion.NOT_DONE, Completion.CALLED_OFF)


@check(
    "ACT203",
    title="得奖的比参加的多",
    message="“{name}”参加 {participants} 人，成果写的是“{result}”，得奖的有 {winners} 人。",
    why="得奖的人都参加了，两个数有一个写错，总结里就说不通。",
    fix="先看活动的签到和获奖名单，再改写错的一个；得奖的还有别处来的，在成果里写明。",
    severity=Severity.HINT,
    reads={ActivityRow: "name participants result"},
)
def more_winners_than_participants(library: Library) -> Iterator[Found]:
    for row in library[ActivityRow].saying("result"):
        result = "".join((row.result or "").split())
        prizes = re.findall(_WINNERS, result) if "奖" in result else []
        told = [(bool(of_all), whole_number(number) or 0) for of_all, number in prizes]
        apart, together = ([number for of_all, number in told if of_all is is_all] for is_all in (False, True))
        winners = max(sum(apart), *together, 0)
        if row.participants is not None and winners > row.participants and not re.search(_OTHER_WINNERS, result):
            yield found(cell(row, "participants"), cell(row, "result"), winners=winners)


@check(
    "ACT112",
    title="成果里的藏书数和账上不一样",
    message="{held_on} 的“{name}”写着“{result}”，总括登记账到那天是 {held} 册。",
    why="检查照这个数记，和账上不一样，就说不清有多少书。",
    fix="先看总括账到那天的累计；成果里抄错了就改，说的只是一部分，在成果里写明是哪一部分。",
    severity=Severity.HINT,
    reads={ActivityRow: "held_on name result", SummaryRow: "registered_on flow copies"},
)
def another_stock_at_an_activity(library: Library) -> Iterator[Found]:
    for row in library[ActivityRow].saying("result"):
        if held := _other_stock(library, row.result or "", row.held_on):
            yield found(cell(row, "result"), held=held)


@check(
    "EVA306",
    title="检查记录里的藏书数和账上不一样",
    message="{item} 的检查记录写着“{record}”，总括登记账到 {day} 是 {held} 册。",
    why="检查照这个数记，和账上不一样，就说不清有多少书。",
    fix="先看总括账的累计；检查记录抄错了就改，说的只是一部分，在检查记录里写明是哪一部分。",
    severity=Severity.HINT,
    reads={EvaluationRow: "item record", SummaryRow: "registered_on flow copies"},
)
def another_stock_at_an_inspection(library: Library) -> Iterator[Found]:
    for row in library[EvaluationRow].saying("record"):
        if held := _other_stock(library, row.record or "", library.as_of):
            yield found(cell(row, "record"), day=library.as_of, held=held)


def _other_stock(library: Library, text: str, day: date) -> int | None:
    """What 总括登记账 comes to on the day, where the text has another number of all books."""
    told = "".join(text.split())
    match = re.search(_STOCK, told) if says(text, *_OF_STOCK) else None
    if not match or re.match(_OF_A_PART, told[match.end() :]) or library[SummaryRow].incomplete:
        return None
    there = [row for row in library[SummaryRow] if row.registered_on <= day]
    held, said = sum(-row.copies if row.flow is Flow.OUT else row.copies for row in there), whole_number(match[1])
    return held if said is not None and abs(said - held) > held * _ROUNDED else None
