"""评估细则 (EVA): marks that cannot be, figures nobody can work out, samples nobody answered."""

from collections.abc import Iterator
from datetime import timedelta
from functools import cache

from schoollib_xl.checks.check import Found, Named, Nearest, Severity, check, found
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.numerals import standard_in, whole_number
from schoollib_xl.ledgers.schema import Cell, cell
from schoollib_xl.ledgers.supporting.inspection import EvaluationRow
from schoollib_xl.ledgers.units import plain_number
from schoollib_xl.rules.target_names import COUNTING_WORDS, FIGURE_NAMES, INSPECTION_NAMES, TARGET_NAMES, activity_of

_KNOWN = (*TARGET_NAMES, *FIGURE_NAMES, *INSPECTION_NAMES)
_SAME = {name.replace("帐", "账") for name in _KNOWN}
# Less alike than half, a name says something else.
_ALIKE = 0.5

# Twenty copies are looked for in an afternoon; after a week others are lent and returned, and the sample is stale.
_A_WEEK = timedelta(days=7)

# What a form counts: 报刊50种以上, 展评两次, 40小时, 管好七本账.
_COUNTED = "种册本次期元小"
_NUMERALS = "0123456789一二两三四五六七八九十"
_WHOLE = 100


@check(
    "EVA001",
    title="评估条目重复",
    message="条目 {item} 前面已经有了。",
    why="一个条目算两回，总分就不对。",
    fix="先对照评估表；号写错的改正，抄重的去掉一行。",
    severity=Severity.WARNING,
    reads={EvaluationRow: "item"},
)
def item_twice(library: Library) -> Iterator[Found]:
    first: dict[str, EvaluationRow] = {}
    for row in library[EvaluationRow]:
        earlier = first.setdefault(row.item, row)
        if earlier is not row:
            yield found(cell(row, "item"), cell(earlier, "item"))


@check(
    "EVA201",
    title="自评分高过满分",
    message="条目 {item} 满分 {full} 分，自评分写的是 {own_mark} 分。",
    why="一条的分不能高过满分，总分会算多。",
    fix="先对照评估表；分写错的改自评分，满分抄错的改满分。",
    reads={EvaluationRow: "item full own_mark"},
)
def mark_above_full(library: Library) -> Iterator[Found]:
    for row in library[EvaluationRow]:
        if row.own_mark is not None and (row.own_mark > row.full or row.own_mark < 0):
            full, own = plain_number(row.full), plain_number(row.own_mark)
            yield found(cell(row, "own_mark"), cell(row, "full"), full=full, own_mark=own)


@check(
    "EVA301",
    title="取数的名称认不出",
    message="条目 {item} 的取数“{figure}”不在能算的数里{near}。",
    why="认不出算哪个数，这一条就没有分。",
    fix="先在取数的下拉里选一个；账里算不出的就空着，写自评分。",
    severity=Severity.WARNING,
    reads={EvaluationRow: "item figure"},
)
def figure_unknown(library: Library) -> Iterator[Found]:
    for row in library[EvaluationRow]:
        if row.figure and row.figure.replace("帐", "账") not in _SAME and not activity_of(row.figure):
            yield found(cell(row, "figure"), near=Nearest(_nearest(row.figure)))


def _nearest(figure: str) -> str | None:
    from difflib import get_close_matches

    near = get_close_matches(figure, _KNOWN, 1, _ALIKE)
    return near[0] if near else None


@check(
    "EVA401",
    title="抽查没有填完",
    message="{drawn_on} 抽的 {copies} 册，还有 {open} 册没有填找到没有{numbers}。",
    why="抽了不填，就说不上账物相符；隔得久了，架上的书也变了。",
    fix="先到架上看这几册；填在抽查表或者抽查那一页上，再按迎检自查读回来；不用了的重新抽一次。",
    severity=Severity.HINT,
    reads={AccessionRow: "accession_no"},
)
def sample_unanswered(library: Library) -> Iterator[Found]:
    for sample in library.kept.samples:
        if sample.unanswered and library.as_of - sample.drawn_on > _A_WEEK:
            known = [library.copies[number] for number in sample.unanswered if number in library.copies]
            at = cell(known[0], "accession_no") if known else Cell(AccessionRow, 0, "accession_no")
            count, numbers = len(sample.unanswered), Named(sample.unanswered)
            yield found(at, drawn_on=sample.drawn_on, copies=sample.copies, open=count, numbers=numbers)


@check(
    "EVA302",
    title="标准值的数读不出来",
    message="条目 {item} 的标准值“{standard}”看不出是哪个数，这一条没有照它给分。",
    why="不知道要做到多少，这一条就算不出分。",
    fix="照评估表写成一个数，如 98%、25册；说不成一个数的不用动，写自评分。",
    severity=Severity.HINT,
    reads={EvaluationRow: "item figure standard own_mark"},
)
def standard_without_a_number(library: Library) -> Iterator[Found]:
    for row in library[EvaluationRow]:
        # A standard in words (优秀, 专柜存放) is a form's own; inspect lists what nobody can work out.
        has_number = any(sign.isnumeric() for sign in row.standard or "")
        if row.figure and row.standard and has_number and row.own_mark is None and standard_in(row.standard) is None:
            yield found(cell(row, "standard"), cell(row, "figure"))


@check(
    "EVA303",
    title="取数和内容说的不是一件事",
    message="条目 {item} 的内容是“{content}”，取数却是“{figure}”。",
    why="取错了数，这一条的分就是照别的事算的。",
    fix="先对照评估表，再在取数的下拉里选对的一个；两件事一起评的不用动。",
    severity=Severity.HINT,
    reads={EvaluationRow: "item content figure"},
)
def figure_of_another_item(library: Library) -> Iterator[Found]:
    for row in library[EvaluationRow]:
        if row.figure is None or not _is_known(row.figure) or _subject(row.figure) in row.content:
            continue
        if any(_subject(name) in row.content for name in _KNOWN):
            yield found(cell(row, "figure"), cell(row, "content"))


@cache
def _subject(name: str) -> str:
    """What a figure is about, as a form says it: 书标齐全 of 书标齐全率, 报刊 of 报刊种数."""
    words = (
        "齐全率",
        "相符率",
        "完成率",
        "准确率",
        *COUNTING_WORDS,
        "册数",
        "册次",
        "种数",
        "金额",
        "人数",
        "字数",
        "率",
    )
    return next((name.removesuffix(word) for word in words if name.endswith(word)), name)


def _is_known(figure: str) -> bool:
    return figure.replace("帐", "账") in _SAME or activity_of(figure) is not None


@check(
    "EVA304",
    title="标准值和内容里的数不一样",
    message="条目 {item} 的内容是“{content}”，标准值却是 {standard}。",
    why="标准抄错了，这一条的分就算错了。",
    fix="先对照评估表，再改抄错的一个；内容里的数不是标准的不用动。",
    severity=Severity.HINT,
    reads={EvaluationRow: "item content standard"},
)
def standard_is_not_the_one_asked(library: Library) -> Iterator[Found]:
    for row in library[EvaluationRow]:
        stated = standard_in(row.standard) if row.standard else None
        # Several numbers in one text ask for several things.
        asked = _asked(row.content) if stated is not None and "%" not in (row.standard or "") else []
        number = whole_number(asked[0]) if len(asked) == 1 else None
        if number is not None and number != stated:
            yield found(cell(row, "standard"), cell(row, "content"))


def _asked(content: str) -> list[str]:
    """The numbers of a text that stand right before what is counted."""
    numbers, number = [], ""
    for sign in content:
        if number and sign in _COUNTED:
            numbers.append(number)
        number = number + sign if sign in _NUMERALS else ""
    return numbers


@check(
    "EVA305",
    title="标准值比全部还多",
    message="条目 {item} 的标准值是 {standard}，“{figure}”最多是 100%。",
    why="多过全部就永远达不到，这一条总不得分。",
    fix="先对照评估表，再改标准值。",
    severity=Severity.WARNING,
    reads={EvaluationRow: "item figure standard"},
)
def standard_above_the_whole(library: Library) -> Iterator[Found]:
    for row in library[EvaluationRow]:
        is_share = row.figure is not None and row.figure.endswith(("齐全率", "相符率", "准确率", "完成率"))
        if is_share and row.standard and (standard_in(row.standard) or 0) > _WHOLE:
            yield found(cell(row, "standard"), cell(row, "figure"))
