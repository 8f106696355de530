"""The quotas of a term in sentences: the school, a class, its way back, what the figures mean."""

from collections.abc import Iterator

from schoollib_xl.quotas.basis.shortfall import Obstacle
from schoollib_xl.quotas.statement import ClassQuota, Statement
from schoollib_xl.quotas.turns.catch_up import CatchUp
from schoollib_xl.quotas.turns.verdict import Feasibility
from schoollib_xl.wording.answer import in_words
from schoollib_xl.wording.quotas.verdicts import basis_of, limit_reason, plain, verdict_sentence
from schoollib_xl.wording.zh import listed, say


def headline(quotas: Statement) -> str:
    """One sentence: the term, the school's figure and how many classes keep up."""
    school = quotas.school
    if quotas.period is None:
        return "学期的起止日期不清楚，借书的数没有算。"
    term, cut_off = quotas.period
    if quotas.is_to_come:
        return f"{say(term.start)}才开学，{say(cut_off)}还没有借书的数。"
    span = f"{say(term.start)}到 {say(term.end)}，算到 {say(cut_off)}"
    if school.corner is None:
        return f"{span}：没有借阅登记账，借书的数没有算。"
    if quotas.lacks_loans and quotas.classes:
        return f"{span}：{without_loans(quotas)}。"
    asked = [quota.obligation for quota in quotas.classes if quota.obligation.target is not None]
    behind = sum(one.on_track is False for one in asked)
    stand = "没有借够" if quotas.is_over else "落后于进度"
    pace = f"；{_behind_words(behind, len(asked), len(quotas.classes))}{stand}" if behind else ""
    return f"{span}：{_borrowed(quotas)}{pace}。"


def _borrowed(quotas: Statement) -> str:
    """What was borrowed in how large a school; what 班级 does not say is told instead of divided by."""
    school = quotas.school
    if not quotas.classes:
        return f"“班级”表里还没有班，学生借书 {in_words(quotas.unplaced_loans)} 册，没有分班"
    if school.loans is None:
        return f"学生借书 {in_words(quotas.unplaced_loans)} 册，看不出是哪个班的，没有分班"
    without = [quota.school_class for quota in quotas.classes if quota.school_class.pupils is None]
    wanting = "的学生人数是 0" if without and all(one.is_said_empty for one in without) else "没有学生人数"
    if school.pupils is None:
        return f"“班级”表里{wanting}，学生借书 {school.loans} 册，生均没有算"
    if school.mean is None:
        return f"“班级”表里的学生人数是 0，学生借书 {school.loans} 册，生均没有算"
    if without:
        left_out = f"“班级”表里{listed([one.name for one in without])}{wanting}"
        return f"学生借书 {school.loans} 册；{left_out}，别的班 {school.pupils} 人，生均 {school.mean} 册"
    return f"{school.pupils} 名学生借书 {school.loans} 册，生均 {school.mean} 册"


def _behind_words(behind: int, asked: int, classes: int) -> str:
    """How many of the classes that have a target; a class without one is not counted with those that keep up."""
    which = "" if asked == classes else "有借阅指标的 "
    if behind < asked:
        return f"{which}{asked} 个班中 {behind} 个班"
    return f"{which}{asked} 个班{'都' if asked > 1 else ''}" if classes > 1 else ""


def behind_heading(quotas: Statement) -> str:
    """What stands over the classes that have not borrowed enough: at the end of the term nobody catches up."""
    return "没有借够的班" if quotas.is_over else "落后的班怎么赶上"


def catch_up_sentence(quota: ClassQuota) -> str:
    """What a class that is behind must do each week, or why it cannot meet its target."""
    if quota.verdict is not None and not quota.verdict.is_feasible:
        return verdict_sentence(quota.verdict)
    rests_on = taken_for_granted(quota.verdict) + basis_of(quota.verdict) if quota.verdict and quota.catch_up else ""
    how = catch_up_words(quota) + rests_on
    gap = f"{quota.school_class.name}：还差 {in_words(quota.obligation.gap)} 册"
    return f"{gap}，{how}。" if how else f"{gap}。"


def taken_for_granted(verdict: Feasibility) -> str:
    """What is taken for granted of a class without turns, for which no day is laid down; '' for any other."""
    return "（没有排借还的轮次，按开放的日子都能来算）" if verdict.is_daily else ""


def catch_up_words(quota: ClassQuota) -> str:
    """How a class whose target can be met catches up, or that it no longer can; '' where that is not known."""
    if quota.catch_up is None:
        return ""
    if not quota.catch_up.most_left:
        return "这个学期没有剩下的轮次了"
    if not quota.catch_up.is_possible:
        return f"剩下的轮次最多再借 {quota.catch_up.most_left} 册，已经赶不上"
    return _path(quota.catch_up)


def way_back(quota: ClassQuota) -> str:
    """The same below the heading of the class."""
    can_be_met = quota.verdict is None or quota.verdict.is_feasible
    how = catch_up_words(quota) if can_be_met else ""
    if how and quota.catch_up and not quota.catch_up.most_left:
        return f"没有达到：{how}。"
    return f"落后于进度：{how}。" if how else catch_up_sentence(quota)


def _path(path: CatchUp) -> str:
    """Which weeks, and how many copies in each: 第 11—17 周每周借 5—6 册."""
    weeks = [week for week in path.weeks if week.copies]
    least, most = min(week.copies for week in weeks), max(week.copies for week in weeks)
    copies = f"{least}" if least == most else f"{least}—{most}"
    numbers = [week.number for week in weeks]
    is_one_run = len(numbers) > 1 and numbers[-1] - numbers[0] == len(numbers) - 1
    which = f"{numbers[0]}—{numbers[-1]}" if is_one_run else "、".join(map(str, numbers))
    return f"第 {which} 周{'每周' if len(numbers) > 1 else ''}借 {copies} 册"


def class_sentences(quota: ClassQuota) -> Iterator[str]:
    """How the class stands: what it borrowed, then what is asked of all together, then of each pupil."""
    figures = quota.obligation
    if figures.loans is None:
        yield f"学生 {in_words(figures.pupils)} 人。"
        return
    none = f"，一册没借 {figures.none} 人" if figures.none and not quota.only_in_room else ""
    yield f"学生 {in_words(figures.pupils)} 人，借书 {figures.loans} 册，人均 {in_words(figures.mean)} 册{none}。"
    if figures.target is not None and quota.asks_mean:
        gap = f"还差 {figures.gap} 册" if figures.gap else "已经达到"
        yield f"全班（人均 {plain(figures.target)} 册）：{gap}。"
    if quota.least is not None:
        yield f"个人（每人 {plain(quota.least)} 册）：{_least_words(quota)}。"


def _least_words(quota: ClassQuota) -> str:
    short = [pupil.short_by for pupil in quota.pupils if pupil.short_by]
    return f"{len(short)} 人没借满，共差 {sum(short)} 册" if short else "都借满了"


def target_limits(quotas: Statement) -> list[str]:
    """Why targets that cannot be met cannot, a sentence each; not of those that have been."""
    reasons = ((outcome.target.name, limit_reason(outcome)) for outcome in quotas.outcomes if not outcome.is_reached)
    return [f"“{name}”做不到：{reason}" for name, reason in reasons if reason]


def unconfirmed_sentences(quotas: Statement) -> list[str]:
    """What above is not the school's own yet, and how to make it so."""
    named = "".join(f"“{name}”" for name in quotas.unconfirmed)
    how = "改成本校的，或者在基本信息的“已确认”里写上表名"
    return [f"{named}里还有新工作簿自带的内容，不是本校定的；{how}。"] if named else []


def apart_sentence(quotas: Statement) -> str:
    """What was borrowed in other ways than by pupils for themselves; '' where nothing was."""
    counted = {"班级图书角": quotas.school.corner, "室内阅览": quotas.school.in_room, "教师借书": quotas.teacher_loans}
    apart = [f"{name} {count} 册" for name, count in counted.items() if count]
    return f"另外：{'，'.join(apart)}，不算在上面。" if apart else ""


def unread_sentence(quotas: Statement) -> str:
    """How many loans the figures of lending lack; '' where none."""
    count = quotas.unread_loans
    return f"另有 {uncounted(quotas, count)}，借书的数里没有它们。" if count else ""


def without_loans(quotas: Statement) -> str:
    """Why nothing is told of what pupils borrowed."""
    unread = quotas.unread_loans
    return f"{uncounted(quotas, unread)}，借书的数没有算" if unread else "学生个人借书一笔也没有记"


def uncounted(quotas: Statement, count: int) -> str:
    """So many loans that could not be counted, and why."""
    is_of_unread = any(lack.obstacle is Obstacle.READER_UNREAD for lack in quotas.not_computed)
    return f"{count} 笔借书登记不全{'或分不清是学生还是教师借的' if is_of_unread else ''}"


def register_sentence(quotas: Statement) -> str:
    """学生人数 compared with the pupils 读者名册 has."""
    differing = [
        f"{quota.school_class.name}班级表 {quota.obligation.pupils} 人、读者名册 {quota.obligation.on_register} 人"
        for quota in quotas.classes
        if None not in (quota.obligation.pupils, quota.obligation.on_register)
        and quota.obligation.pupils != quota.obligation.on_register
    ]
    pupils, on_register = in_words(quotas.school.pupils), quotas.school.on_register
    base = "班级表里没有学生人数" if quotas.school.pupils is None else f"生均照班级表的学生人数 {pupils} 人算"
    if on_register is None:
        return f"{base}。"
    said = f"{base}，读者名册在用的学生 {on_register} 人"
    return f"{said}：{'；'.join(differing)}。" if differing else f"{said}。"
