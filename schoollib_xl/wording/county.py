"""What a county's schools come to, in words and as JSON-ready values."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from schoollib_xl.checks.every import ALL
from schoollib_xl.county.record import SchoolRecord
from schoollib_xl.county.rollup import (
    MOST_VARIATION,
    SMALL_GROUP,
    County,
    Failure,
    SchoolEntry,
    Visit,
    by_code,
    county,
    not_shown_alone,
    ranked,
    turnover,
    visits,
)
from schoollib_xl.county.visit_sample import VisitSample
from schoollib_xl.wording.answer import Answer, Chart, Section, Table, Value

TITLE = "县汇总"


class Rolled(NamedTuple):
    """A roll-up: how many workbooks there were, the schools counted, those that could not be read, those left out
    of the totals, the records of the run before, by file, and what else must be said.
    """

    workbooks: int
    counted: Sequence[SchoolEntry]
    unread: Sequence[Failure]
    left_out: Sequence[Failure]
    before: Mapping[str, SchoolRecord] = {}
    notes: Sequence[str] = ()

    @property
    def failed(self) -> tuple[Failure, ...]:
        return (*self.unread, *self.left_out)


def county_json(rolled: Rolled) -> dict[str, Any]:
    """Everything a roll-up says, by the names other programs rely on."""
    return {
        "schools": rolled.workbooks,
        "read": len(rolled.counted),
        "failed": [failure._asdict() for failure in rolled.failed],
        "county": {name: _plain(value) for name, value in county(rolled.counted)._asdict().items()},
        "each": [_each(entry) for entry in rolled.counted],
    }


def _each(entry: SchoolEntry) -> dict[str, Any]:
    record = entry.record
    names = ("school", "pupils", "copies", "loans", "mean", "per_pupil", "errors", "warnings", "unchecked")
    return {"file": entry.file, **{name: _plain(getattr(record, name)) for name in names}}


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value


def county_answer(rolled: Rolled) -> Answer:
    """The verdict, then the county's figures, the schools, the checks, the trend, whom to visit, what is not in it."""
    figures = county(rolled.counted)
    sections = [
        _figures(figures),
        _schools(rolled.counted),
        _bulletin(rolled.counted),
        _codes(rolled.counted),
        _trend(rolled),
        *_visits(visits(rolled.counted, rolled.unread)),
        _failed(rolled.failed),
    ]
    return Answer(TITLE, tuple(_verdict(rolled, figures)), tuple(filter(None, sections)))


def _verdict(rolled: Rolled, figures: County) -> Iterable[str]:
    if not rolled.workbooks:
        yield "这个文件夹里没有工作簿。"
        return
    yield from rolled.notes
    read = f"{rolled.workbooks} 份工作簿，汇总了 {figures.schools} 所学校"
    yield f"{read}，{len(rolled.failed)} 份没有算进来，见“没有汇总的”。" if rolled.failed else f"{read}。"
    if figures.schools:
        yield (
            f"{figures.schools} 所中 {figures.sound} 所的账全部核对过、没有要改的；"
            f"错误 {figures.errors} 处，存疑 {figures.warnings} 处。没有核对完的、名称和别的工作簿相同的学校不算好。"
        )
    if named := sum(bool(one.namesakes) for one in rolled.counted):
        yield f"有 {named} 个学校名称写在几份工作簿上：问清是不是同一所以前，合计里可能少了学校。"


_CHARTED = 60
"""More schools than this on one picture cannot be told apart."""


def _figures(figures: County) -> Section:
    rows: list[tuple[Value, ...]] = [
        ("学校", figures.schools, "汇总进来的学校数"),
        ("学生", figures.pupils, "各校学生人数之和"),
        ("藏书（册）", figures.copies, "各校在册册数之和"),
        ("生均图书册数", figures.per_pupil, "各校在册册数之和 ÷ 学生人数之和"),
        ("达到本校藏书标准的学校", figures.meeting_standard, "生均图书册数不低于本校所用标准"),
        (
            "生均图书册数的差异系数",
            figures.variation,
            f"按学生人数加权的标准差 ÷ 平均数；教督〔2012〕3号：小学不超过 {MOST_VARIATION}",
        ),
        ("学生借书（册）", figures.loans, "本学期学生个人借书"),
        ("生均借书册数", figures.mean, "借书册数之和 ÷ 学生人数之和"),
        ("图书流通率（%）", figures.turnover, "本学期流通册数 ÷ 藏书册数 × 100%"),
        ("图书流通率（册/人）", figures.per_borrower, "本学期学生借书册数 ÷ 借过书的学生人数"),
        ("账目问题（处/千行）", figures.per_thousand, "没有说明的错误和存疑 ÷ 核对的行数 × 1000"),
    ]
    return Section("全县", (26, 14, 60), (), (Table("", ("指标", "数", "怎么算的"), rows),))


_SCHOOL_HEADER = (
    "学校",
    "学生",
    "藏书",
    "生均图书",
    "标准",
    "借书",
    "生均借书",
    "指标完成",
    "错误",
    "存疑",
    "未核对",
    "结论",
)
_PER_PUPIL, _STANDARD, _MEAN = 3, 4, 6


def _schools(entries: Sequence[SchoolEntry]) -> Section | None:
    if not entries:
        return None
    hidden = not_shown_alone(entries)
    # The place in a ranking tells a figure too.
    shown = sorted(ranked(entries), key=lambda entry: entry.file in hidden)
    rows = [_school(entry, is_hidden=entry.file in hidden) for entry in shown]
    chart = Chart("各校生均图书册数和标准", (_PER_PUPIL,), (_STANDARD,)) if len(rows) <= _CHARTED else None
    small = f"学生不到 {SMALL_GROUP} 人的学校，和人数有关的数只算在合计里，排在最后；合计减得出来的，另一所也这样。"
    table = Table("", _SCHOOL_HEADER, rows, chart=chart)
    return Section("各校", (24, 8, 9, 9, 7, 8, 9, 9, 7, 7, 8, 12), (f"按生均借书册数排。{small}",), (table,))


def _school(entry: SchoolEntry, *, is_hidden: bool) -> tuple[Value, ...]:
    record = entry.record
    return (
        _name(entry),
        None if is_hidden else record.pupils,
        record.copies,
        None if is_hidden else record.per_pupil,
        record.standard,
        None if is_hidden else record.loans,
        None if is_hidden else record.mean,
        f"{record.reached}/{record.targets}",
        record.errors,
        record.warnings,
        record.unchecked,
        _conclusion(entry),
    )


def _name(entry: SchoolEntry) -> str:
    return entry.record.school or entry.file


def _conclusion(entry: SchoolEntry) -> str:
    record = entry.record
    if entry.namesakes:
        return "有同名的"
    if record.errors or record.warnings:
        return "有问题"
    if not record.is_begun:
        return "还没有记"
    return "没有核对完" if record.unchecked else "对得上"


def _bulletin(entries: Sequence[SchoolEntry]) -> Section | None:
    """图书流通率通报, as counties print it: 流通册数, 藏书册数, 学生读者人数, 图书流通率."""
    hidden = not_shown_alone(entries)
    rates = [(turnover(entry.record), entry) for entry in entries if entry.file not in hidden]
    known = sorted(((rate, one) for rate, one in rates if rate is not None), key=lambda pair: (-pair[0], pair[1].file))
    if not known:
        return None
    rows = [
        (number, _name(one), one.record.circulated, one.record.copies, one.record.pupils, rate)
        for number, (rate, one) in enumerate(known, 1)
    ]
    header = ("名次", "学校", "流通册数", "藏书册数", "学生人数", "流通率（%）")
    said = "流通率＝本学期流通册数 ÷ 藏书册数 × 100%；流通册数是学生、教师借的和送到班级的，室内阅览不算。"
    return Section("流通率通报", (6, 24, 11, 11, 11, 12), (said,), (Table("", header, rows),), on_paper_only=True)


def _codes(entries: Sequence[SchoolEntry]) -> Section | None:
    counted = by_code(entries)
    if not counted:
        return None
    rows = [(one.code, _title(one.code), one.findings, one.schools, one.per_thousand) for one in counted]
    return Section("问题", (10, 40, 8, 8, 12), (), (Table("", ("编码", "问题", "处", "学校", "每千行"), rows),))


def _title(code: str) -> str:
    return ALL[code].title if code in ALL else code


def _trend(rolled: Rolled) -> Section | None:
    pairs = [(one, rolled.before[one.file]) for one in rolled.counted if one.file in rolled.before]
    changed = [(one, was) for one, was in pairs if was.without_sample() != one.record.without_sample()]
    hidden = not_shown_alone(rolled.counted)
    if not rolled.before:
        return None
    rows = [
        (_name(one), *_movement(was.errors + was.warnings, one.record.errors + one.record.warnings), was.mean, now)
        for one, was in changed
        for now in [one.record.mean]
        if one.file not in hidden
    ]
    gone = sorted(set(rolled.before) - {one.file for one in rolled.counted})
    said = [f"和上次汇总比，{len(changed)} 所学校有变化。"]
    if gone:
        said.append(f"上次有、这次没有的：{'、'.join(gone)}。")
    header = ("学校", "上次问题", "这次问题", "增减", "上次生均借书", "这次生均借书")
    return Section("变化", (24, 10, 10, 8, 14, 14), said, (Table("", header, rows),) if rows else ())


def _movement(before: int, now: int) -> tuple[int, int, int]:
    return before, now, now - before


def _visits(found: Sequence[Visit]) -> Iterator[Section]:
    if not found:
        return
    rows = [(n, one.school or one.file, one.why, "、".join(map(_title, one.codes))) for n, one in enumerate(found, 1)]
    said = "先去读不出的，再去每千行问题多的；到了先看后面这几项。"
    yield Section("先去哪里", (6, 26, 50, 60), (said,), (Table("", ("顺序", "学校", "为什么", "先看什么"), rows),))
    drawn = [(number, one, one.sample) for number, one in enumerate(found, 1) if one.sample]
    if drawn:
        said, samples = _two_ways(drawn[0][2].seed), [_sample(*one) for one in drawn]
        yield Section(
            "到校抽查", (6, 24, 9, 60, 30, 24), (said,), (Table("", _SAMPLE_HEADER, samples),), on_paper_only=True
        )


_SAMPLE_HEADER = ("顺序", "学校", "应在架", "到架上找（个别登记号）", "从架上拿，到账上找", "对单据（总括登记号）")


def _two_ways(seed: int) -> str:
    return (
        "照号到架上找，再从架上拿几册到账上找，两头都看；"
        f"在那所学校的工作簿上办 schoollib inspect --seed {seed}，出来的就是这几册，带书名和空格。"
    )


def _sample(number: int, visit: Visit, sample: VisitSample) -> tuple[Value, ...]:
    taken = "、".join(f"{place or '没写馆藏地的'} {count} 册" for place, count in sample.blanks.items() if count)
    return (
        number,
        visit.school or visit.file,
        sample.population,
        "、".join(sample.copies),
        taken,
        "、".join(sample.batches),
    )


def _failed(failures: Sequence[Failure]) -> Section | None:
    if not failures:
        return None
    return Section("没有汇总的", (40, 80), (), (Table("", ("工作簿", "为什么"), [tuple(one) for one in failures]),))
