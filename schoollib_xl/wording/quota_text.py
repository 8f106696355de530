"""The answer of `quota` for a terminal of 80 columns."""

from collections.abc import Iterator, Sequence

from schoollib_xl.ledgers.library import Library
from schoollib_xl.quotas.catch_up import CatchUp
from schoollib_xl.quotas.overdue import by_class
from schoollib_xl.quotas.pupils import PupilBorrowing, distribution
from schoollib_xl.quotas.statement import ClassQuota, Statement
from schoollib_xl.wording.columns import table, wrapped
from schoollib_xl.wording.quota_tables import (
    classes_notes,
    classes_table,
    target_limits,
    targets_table,
    unconfirmed_sentences,
)
from schoollib_xl.wording.quotas import (
    ABSENT,
    band_words,
    basis_of,
    figure,
    not_computed,
    plain,
    reckoning_words,
    verdict_sentence,
    with_unit,
)
from schoollib_xl.wording.zh import listed, say


def quota_text(workbook: str, library: Library, quotas: Statement) -> Iterator[str]:
    """The lines of the answer, most urgent first: what was asked, by class, what to do, then the holdings."""
    yield from wrapped(f"《{workbook}》{headline(quotas)}")
    yield from _targets(quotas)
    yield from _classes(quotas)
    yield from _behind(quotas)
    yield from _distribution(quotas)
    yield from _overdue(quotas)
    yield from _incidents(quotas)
    yield from _holdings(quotas)
    yield from _indicators(quotas)
    yield from _not_computed(library, quotas)


def headline(quotas: Statement) -> str:
    """One sentence: the term, the school's figure and how many classes keep up."""
    school = quotas.school
    if quotas.period is None:
        return "学期的起止日期不清楚，借书的数没有算。"
    term, cut_off = quotas.period
    if cut_off < term.start:
        return f"{say(term.start)}才开学，{say(cut_off)}还没有借书的数。"
    span = f"{say(term.start)}到 {say(term.end)}，算到 {say(cut_off)}"
    if school.loans is None:
        return f"{span}：没有借阅登记账，借书的数没有算。"
    behind = sum(quota.obligation.on_track is False for quota in quotas.classes)
    stand = "没有借够" if quotas.is_over else "落后于进度"
    pace = f"；{_behind_words(behind, len(quotas.classes))}{stand}" if behind else ""
    return f"{span}：{_borrowed(quotas)}{pace}。"


def _borrowed(quotas: Statement) -> str:
    """What was borrowed in how large a school; what 班级 does not say is told instead of divided by."""
    school = quotas.school
    if not quotas.classes:
        return f"“班级”表里还没有班，学生借书 {figure(quotas.unplaced_loans)} 册，没有分班"
    without = [quota.school_class.name for quota in quotas.classes if quota.school_class.pupils is None]
    if school.pupils is None:
        return f"“班级”表里没有学生人数，学生借书 {school.loans} 册，生均没有算"
    if school.mean is None:
        return f"“班级”表里的学生人数是 0，学生借书 {school.loans} 册，生均没有算"
    if without:
        left_out = f"“班级”表里{listed(without)}没有学生人数"
        return f"学生借书 {school.loans} 册；{left_out}，别的班 {school.pupils} 人，生均 {school.mean} 册"
    return f"{school.pupils} 名学生借书 {school.loans} 册，生均 {school.mean} 册"


def _behind_words(behind: int, classes: int) -> str:
    if behind < classes:
        return f"{classes} 个班中 {behind} 个班"
    return "" if classes == 1 else f"{classes} 个班都"


def _targets(quotas: Statement) -> Iterator[str]:
    if not quotas.outcomes:
        return
    yield from ("", "任务指标")
    yield from table(*targets_table(quotas))
    for said in (*target_limits(quotas), *unconfirmed_sentences(quotas)):
        yield from wrapped(said, "  ")


def _classes(quotas: Statement) -> Iterator[str]:
    if quotas.school.loans is None:
        return
    yield from ("", "各班")
    yield from table(*classes_table(quotas), "")
    for said in classes_notes(quotas):
        yield from wrapped(said, "  ")


def _behind(quotas: Statement) -> Iterator[str]:
    behind = [quota for quota in quotas.classes if quota.obligation.on_track is False]
    if not behind:
        return
    yield from ("", behind_heading(quotas))
    for quota in behind:
        yield from wrapped(catch_up_sentence(quota), "  ")


def behind_heading(quotas: Statement) -> str:
    """What stands over the classes that have not borrowed enough: at the end of the term nobody catches up."""
    return "没有借够的班" if quotas.is_over else "落后的班怎么赶上"


def catch_up_sentence(quota: ClassQuota) -> str:
    """What a class that is behind must do each week, or why it cannot meet its target."""
    if quota.verdict is not None and not quota.verdict.is_feasible:
        return verdict_sentence(quota.verdict)
    how = catch_up_words(quota) + (basis_of(quota.verdict) if quota.verdict and quota.catch_up else "")
    gap = f"{quota.school_class.name}：还差 {figure(quota.obligation.gap)} 册"
    return f"{gap}，{how}。" if how else f"{gap}。"


def catch_up_words(quota: ClassQuota) -> str:
    """How a class whose target can be met catches up, or that it no longer can; '' where that is not known."""
    if quota.catch_up is None:
        return ""
    if not quota.catch_up.most_left:
        return "这个学期没有剩下的轮次了"
    if not quota.catch_up.is_possible:
        return f"剩下的轮次最多再借 {quota.catch_up.most_left} 册，已经赶不上"
    return _path(quota.catch_up)


def class_sentences(quota: ClassQuota) -> Iterator[str]:
    """How the class stands: what it borrowed, then what is asked of all together, then of each pupil."""
    figures = quota.obligation
    if figures.loans is None:
        yield f"学生 {figure(figures.pupils)} 人。"
        return
    none = f"，一册没借 {figures.none} 人" if figures.none and not quota.only_in_room else ""
    yield f"学生 {figure(figures.pupils)} 人，借书 {figures.loans} 册，人均 {figure(figures.mean)} 册{none}。"
    if figures.target is not None and quota.asks_mean:
        gap = f"还差 {figures.gap} 册" if figures.gap else "已经达到"
        yield f"全班（人均 {plain(figures.target)} 册）：{gap}。"
    if quota.least is not None:
        yield f"个人（每人 {plain(quota.least)} 册）：{_least_words(quota)}。"


def _least_words(quota: ClassQuota) -> str:
    short = [pupil.short_by for pupil in quota.pupils if pupil.short_by]
    return f"{len(short)} 人没借满，共差 {sum(short)} 册" if short else "都借满了"


def _path(path: CatchUp) -> str:
    """Which weeks, and how many copies in each: 第 11—17 周每周借 5—6 册."""
    weeks = [week for week in path.weeks if week.copies]
    least, most = min(week.copies for week in weeks), max(week.copies for week in weeks)
    copies = f"{least}" if least == most else f"{least}—{most}"
    numbers = [week.number for week in weeks]
    is_one_run = len(numbers) > 1 and numbers[-1] - numbers[0] == len(numbers) - 1
    which = f"{numbers[0]}—{numbers[-1]}" if is_one_run else "、".join(map(str, numbers))
    return f"第 {which} 周{'每周' if len(numbers) > 1 else ''}借 {copies} 册"


def _distribution(quotas: Statement) -> Iterator[str]:
    pupils = [pupil for quota in quotas.classes if _lends(quota) for pupil in quota.pupils]
    if not any(pupil.copies for pupil in pupils):
        return
    yield from ("", "每名学生借了多少（平均数看不出谁没借）")
    rows = [(quota.school_class.name, *_counts(quota.pupils)) for quota in quotas.classes if _lends(quota)]
    total = [("合计", *_counts(pupils))] if len(rows) > 1 else []
    header = ("班级", *(band_words(band) for band, _ in distribution(())), "没借满")
    columns = len(header) - (not asks_each_pupil(quotas))
    yield from table(header[:columns], [row[:columns] for row in (*rows, *total)])


def asks_each_pupil(quotas: Statement) -> bool:
    """Whether something is asked of every single pupil of some class."""
    return any(quota.least is not None for quota in quotas.classes)


def _lends(quota: ClassQuota) -> bool:
    return bool(quota.pupils) and not quota.only_in_room


def _counts(pupils: Sequence[PupilBorrowing]) -> tuple[str, ...]:
    below = sum(pupil.short_by > 0 for pupil in pupils)
    return (*(str(count) for _, count in distribution(pupils)), str(below))


def _overdue(quotas: Statement) -> Iterator[str]:
    if not quotas.overdue:
        return
    yield from ("", f"逾期未还 {len(quotas.overdue)} 册（算到 {say(quotas.as_of)}）")
    for name, late in by_class(quotas.overdue).items():
        who = len({one.loan.reader_no for one in late})
        longest = max(one.days for one in late)
        yield f"  {name or '不知道哪个班'}：{len(late)} 册，{who} 人，最久 {longest} 天"
    teachers = [one for one in quotas.overdue if one.is_teacher]
    if teachers:
        yield f"  教师：{len(teachers)} 册，最久 {max(one.days for one in teachers)} 天"


def _incidents(quotas: Statement) -> Iterator[str]:
    if not quotas.incidents:
        return
    yield from ("", f"没有结清的赔偿 {len(quotas.incidents)} 件")
    for one in quotas.incidents:
        row = one.row
        said = f"{row.incident_no}　{row.class_name or '未写班级'}　{row.incident.value}《{row.title or ''}》"
        yield from wrapped(f"{said}：{reckoning_words(one)}，还欠 {say(one.outstanding)}。", "  ")


def _holdings(quotas: Statement) -> Iterator[str]:
    if not quotas.holdings:
        return
    yield from ("", "藏书定额")
    yield from table(
        ("项目", "现有", "标准", "差额", "要添", "依据"),
        [
            (
                holding.indicator.name,
                with_unit(holding.indicator),
                plain(holding.standard),
                figure(holding.gap),
                f"{holding.to_buy} {holding.buy_unit}" if holding.to_buy else ABSENT,
                "" if holding.standard is None else _short_basis(holding.basis),
            )
            for holding in quotas.holdings
            if holding.indicator.value is not None or holding.standard is not None
        ],
    )
    for one in (holding.indicator for holding in quotas.holdings):
        if one.base:
            yield from wrapped(f"{one.title}：{one.definition}", "  ")


def _short_basis(basis: str) -> str:
    """A basis that fits the last column: the name of the document is enough."""
    return basis if len(basis) <= _SHORT else f"{basis[: _SHORT - 1]}…"


_SHORT = 11


def _indicators(quotas: Statement) -> Iterator[str]:
    known = [one for one in quotas.indicators if one.value is not None and one.denominator is not None]
    if not known:
        return
    before = {pair.now.name: pair.before for pair in quotas.comparisons}
    yield from ("", "指标（怎么算的见借阅定额.xlsx）")
    header = ("指标", "数值", "分子", "分母", "上学期")
    rows = [
        (
            one.title,
            with_unit(one),
            figure(one.numerator),
            str(one.denominator),
            with_unit(before[one.name]) if one.name in before else ABSENT,
        )
        for one in known
    ]
    columns = len(header) - (not before)
    yield from table(header[:columns], [row[:columns] for row in rows])


def _not_computed(library: Library, quotas: Statement) -> Iterator[str]:
    if not quotas.not_computed:
        return
    yield from ("", "没有算的")
    for one in quotas.not_computed:
        what, why = not_computed(library, one)
        yield from wrapped(f"{what}：{why}", "  ")
