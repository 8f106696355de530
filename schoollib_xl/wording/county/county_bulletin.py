"""The circulation bulletin of a county, its findings by check, and what changed since the last run."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import count

from schoollib_xl.checks.every import ALL
from schoollib_xl.county.findings_by_code import CodeCount, by_code, by_school, codes_that_changed
from schoollib_xl.county.record import SchoolRecord
from schoollib_xl.county.rollup import County, Rolled, SchoolEntry, SinceLastRun, county, ranked, turnover
from schoollib_xl.county.small_groups import (
    SMALL_GROUP,
    are_few,
    changed_and_not_shown_alone,
    not_shown_alone,
    per_borrower,
    told_by_difference,
)
from schoollib_xl.ledgers.supporting.people import ClassRow
from schoollib_xl.wording.answer import Chart, Medium, Section, Table, Value, columns_of, section_of

CHARTED = 60
"""More schools than this on one picture cannot be told apart."""
_TURNOVER = 1
_BANDS = 8
"""So many bands of one width hold nine schools of ten; what is above them is one band more."""
_FEW = f"有变动的学校合起来学生不到 {SMALL_GROUP} 人，上次和人数有关的数不列。"
_COMPARED = {
    "学校": "schools",
    "账对得上的学校": "sound",
    "没有核对完的学校": "unfinished",
    "达到本校藏书标准的学校": "meeting_standard",
    "账目问题（处/千行）": "per_thousand",
    "生均图书册数": "per_pupil",
    "生均借书册数": "mean",
    "图书流通率（%）": "turnover",
}


def bulletin(entries: Sequence[SchoolEntry]) -> Section | None:
    """图书流通率通报, as counties print it, with the other meaning of 流通率 beside it."""
    hidden = not_shown_alone(entries)
    placed = ranked([one for one in entries if one.file not in hidden], turnover)
    if not placed:
        return None
    rows = [_circulation(place, entry) for place, entry in placed]
    columns = {"学校": 24, "流通率（%）": 12, "名次": 7, "流通册数": 11, "藏书册数": 11}
    columns |= columns_of(ClassRow, pupils=11) | {"每人借（册）": 13}
    said = (
        "流通率有两种说法。流通率（%）＝本学期流通册数 ÷ 藏书册数 × 100%；"
        "流通册数是学生、教师借的和送到班级的，室内阅览不算。",
        f"每人借（册）＝本学期学生借书册数 ÷ 借过书的学生人数；借过书的不到 {SMALL_GROUP} 人的不列。",
    )
    charts = [Chart("各校图书流通率（%）", (_TURNOVER,))] if len(rows) <= CHARTED else []
    return section_of("流通率通报", columns, rows, said, charts=charts)


def distribution(entries: Sequence[SchoolEntry]) -> Section | None:
    """How many schools lie in which band, where they are too many to be told apart on one picture."""
    hidden = not_shown_alone(entries)
    records = [entry.record for entry in entries if entry.file not in hidden]
    if len(records) <= CHARTED:
        return None
    figures = {
        "生均图书册数": [record.per_pupil for record in records if record.per_pupil is not None],
        "生均借书册数": [record.mean for record in records if record.mean is not None],
    }
    tables = [_banded(name, told) for name, told in figures.items() if told]
    said = "各档里有几所学校；5–10 是 5 册以上、不到 10 册；没有这个数的、不单列的不在里面。"
    return Section("分布", (26, 12), (said,), tables) if tables else None


def _banded(name: str, told: Sequence[Decimal]) -> Table:
    usual = sorted(told)[len(told) * 9 // 10]
    width = next(width for power in count() for one in (1, 2, 5) if usual < (width := one * 10**power) * _BANDS)
    schools = Counter(min(int(figure // width), _BANDS) for figure in told)
    bands = [f"{number * width}–{(number + 1) * width}" for number in range(_BANDS)]
    rows = [(band, schools[number]) for number, band in enumerate([*bands, f"{_BANDS * width} 以上"])]
    return Table("", (name, "学校"), rows, charts=[Chart(f"{name}在各档的学校（所）", (1,))])


def _circulation(place: int, entry: SchoolEntry) -> tuple[Value, ...]:
    record = entry.record
    each = per_borrower(record)
    return (entry.called, turnover(record), place, record.circulated, record.copies, record.pupils, each)


def terms_of(entries: Sequence[SchoolEntry]) -> dict[str, list[str]]:
    """The schools whose loans are of one part of the school year, by its name."""
    told = [(name, entry.called) for entry in entries if (name := entry.record.term_name)]
    return {name: [school for other, school in told if other == name] for name in sorted({name for name, _ in told})}


def findings_by_code(entries: Sequence[SchoolEntry]) -> Section | None:
    """Every check that fires anywhere."""
    counted = by_code(entries)
    if not counted:
        return None
    rows = [(code.code, title_of(code.code), code.findings, code.schools, code.per_thousand) for code in counted]
    columns = {"编码": 10, "问题": 40, "处": 8, "学校": 8, "每千行": 12}
    said = "没有说明的错误和存疑；每千行＝处数 ÷ 全县核对的行数 × 1000。"
    charts = [Chart("每千行的问题", (len(columns) - 1,))] if len(rows) <= CHARTED else []
    return section_of("问题", columns, rows, [said], charts=charts)


def findings_by_school(entries: Sequence[SchoolEntry]) -> Section | None:
    """In which schools each check fires: to be filtered by the check, or by the school."""
    rows = [
        (one.entry.called, code.code, title_of(code.code), one.findings, one.per_thousand)
        for code in by_code(entries)
        for one in by_school(entries, code.code)
    ]
    columns = {"学校": 26, "编码": 10, "问题": 40, "处": 8, "每千行": 12}
    said = "每个问题在哪几所学校；每千行＝处数 ÷ 本校核对的行数 × 1000。"
    return section_of("各校的问题", columns, rows, [said], Medium.FILE) if rows else None


def title_of(code: str) -> str:
    """The title of a check; its code where this version does not know it."""
    return ALL[code].title if code in ALL else code


def trend(rolled: Rolled) -> Section | None:
    """What is other than in the run before; nothing where there was none."""
    changes = rolled.changes
    if changes is None:
        return None
    hidden = changed_and_not_shown_alone(rolled, changes)
    said = [f"和上次汇总比，{len(changes.changed)} 所学校有变化。"]
    said.append(f"上次{days_of(changes.was)}，这次{days_of(rolled.counted)}。")
    said += [f"上次有、这次没有的：{'、'.join(one.called for one in changes.gone)}。"] if changes.gone else []
    said += [f"这次新来的：{'、'.join(one.called for one in changes.new)}。"] if changes.new else []
    said += [_FEW] if told_by_difference(rolled, changes) else []
    totals = Table("全县", ("指标", "上次", "这次"), [*_movements(rolled, changes)])
    rows = [_movement(one, old.record, is_hidden=one.file in hidden) for one, old in changes.changed]
    header = ("学校", "上次问题", "这次问题", "增减", "上次生均借书", "这次生均借书", "上次藏书", "这次藏书")
    each = [Table("有变化的学校", header, rows)] if rows else []
    found = [_found(*pair) for pair in codes_that_changed(changes.was, rolled.counted)]
    codes = ("问题", "上次处", "这次处", "增减", "上次每千行", "这次每千行", "编码")
    by_codes = [Table("有变化的问题", codes, found)] if found else []
    return Section("变化", (26, 12, 12, 8, 14, 14, 10, 10), said, (totals, *each, *by_codes))


def days_of(entries: Sequence[SchoolEntry]) -> str:
    """The days the books are checked up to."""
    days = sorted({entry.record.as_of for entry in entries})
    if not days:
        return "没有学校"
    return f"核对到 {days[0]}" if len(days) == 1 else f"核对到 {days[0]} 至 {days[-1]}"


def _movements(rolled: Rolled, changes: SinceLastRun) -> Iterator[tuple[Value, ...]]:
    before, after = shown_before(rolled, changes), shown_figures(rolled.counted)
    for name, field in _COMPARED.items():
        yield name, getattr(before, field), getattr(after, field)


def shown_figures(entries: Sequence[SchoolEntry]) -> County:
    """The county's figures; without those about its children where these are few."""
    figures = county(entries)
    return _without_children(figures) if are_few(entry.record for entry in entries) else figures


def shown_before(rolled: Rolled, changes: SinceLastRun) -> County:
    """The county's figures of the run before; without those that tell of a few children beside the figures of now."""
    figures = shown_figures(changes.was)
    return _without_children(figures) if told_by_difference(rolled, changes) else figures


def _found(was: CodeCount, now: CodeCount) -> tuple[Value, ...]:
    counts = (was.findings, now.findings, now.findings - was.findings)
    return (title_of(now.code), *counts, was.per_thousand, now.per_thousand, now.code)


def _without_children(figures: County) -> County:
    return figures._replace(
        pupils=None, loans=None, mean=None, per_pupil=None, variation=None, turnover=None, per_borrower=None
    )


def _movement(entry: SchoolEntry, was: SchoolRecord, *, is_hidden: bool) -> tuple[Value, ...]:
    before, now = was.errors + was.warnings, entry.record.errors + entry.record.warnings
    means = (None, None) if is_hidden else (was.mean, entry.record.mean)
    return (entry.called, before, now, now - before, *means, was.copies, entry.record.copies)
