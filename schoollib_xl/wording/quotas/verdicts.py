"""Quotas in words: figures, verdicts, changes, and what could not be worked out."""

from collections.abc import Hashable
from decimal import Decimal

from schoollib_xl.ledgers.library import Library, gathered
from schoollib_xl.ledgers.supporting.vocabulary import ClassLending
from schoollib_xl.ledgers.units import plain_number
from schoollib_xl.ledgers.vocabulary import Settlement
from schoollib_xl.quotas.borrowing.pupils import Band
from schoollib_xl.quotas.borrowing.targets import Target
from schoollib_xl.quotas.measures.indicator import Indicator, SourceColumns
from schoollib_xl.quotas.measures.outcomes import Stage, TargetOutcome
from schoollib_xl.quotas.statement import Statement
from schoollib_xl.quotas.turns.verdict import Feasibility, Limit, NeededChange
from schoollib_xl.quotas.week.packing import Proof
from schoollib_xl.quotas.week.rotation import Rotation, Shortage
from schoollib_xl.quotas.week.week_board import Unplaced
from schoollib_xl.rules.incidents import OpenIncident
from schoollib_xl.rules.target_names import TargetName
from schoollib_xl.wording.answer import ABSENT, Value
from schoollib_xl.wording.papers.provenance import column_ranges
from schoollib_xl.wording.zh import listed, say


def plain(value: Decimal | None) -> str:
    """A target as a librarian writes it: 2, not 2.00; 1.5."""
    return ABSENT if value is None else plain_number(value)


def with_unit(indicator: Indicator) -> str:
    """A figure with its unit: 4.11 册, 79.48%."""
    if indicator.value is None:
        return ABSENT
    return f"{indicator.value}%" if indicator.unit == "%" else f"{indicator.value} {indicator.unit}"


def source_words(library: Library, indicator: Indicator) -> str:
    """The cells a figure was made from: 借阅登记账!B2:B4001、C2:C4001."""
    return "；".join(found for source in indicator.source for found in _ranges(library, source))


def _ranges(library: Library, source: SourceColumns) -> list[str]:
    by_sheet = gathered(column_ranges(library, source))
    found = [f"{sheet}!{'、'.join(cells)}" for sheet, cells in by_sheet.items()]
    return found or [library[source.row_type].declared.name]


def scope(target: Target) -> str:
    """The grades a target is for."""
    return f"{target.scope} 年级" if target.scope else "全校"


def target_title(outcome: TargetOutcome) -> str:
    """What a target is called, with what its figure is of: 每周开放小时（师生合计）."""
    base = outcome.indicator.base if outcome.indicator else ""
    return f"{outcome.target.name}（{base}）" if base else outcome.target.name


def done_words(quotas: Statement, outcome: TargetOutcome) -> Value:
    """What was reached; of a minimum for each pupil how many have it."""
    pupils = quotas.pupils_reached(outcome)
    return reached_words(*pupils) if pupils else outcome.actual


def reached_words(asked: int, reached: int) -> str:
    """How many of the pupils of whom each must borrow some have done so."""
    return f"{asked} 人中 {reached} 人借满"


def unit(target: Target) -> str:
    """册, or 次 where visits are asked."""
    return "次" if target.name == TargetName.VISITS_PER_PUPIL else "册"


def outcome_word(outcome: TargetOutcome) -> str:
    """已完成, 未完成, that it is not due yet, that its term has not begun or is over, that pupils, records or what is
    asked are wanting, or that nobody asks it.
    """
    if not outcome.target.is_own:
        return "没有确认"
    if not outcome.target.is_sound:
        return "没有算"
    if outcome.lacks_pupils:
        return "班级表不全"
    if outcome.actual is None:
        is_counted = outcome.target.is_counted and outcome.stage is not Stage.UNKNOWN and not outcome.is_unread
        return "无记录" if is_counted else "没有算"
    if outcome.stage is Stage.TO_COME:
        return "还没开学"
    if outcome.is_open:
        return "未到期"
    if outcome.is_reached:
        return "已完成"
    return "学期已过，未完成" if outcome.stage is Stage.OVER else "未完成"


def limit_reason(outcome: TargetOutcome) -> str | None:
    """Why a target cannot be met, in one sentence about the class that is worst off, and what would do; in one for
    each where it is not the same that keeps them from it, or not the same that would do for all.
    """
    alike: dict[Hashable, list[Feasibility]] = {}
    for verdict in sorted(outcome.hindered, key=lambda one: (one.most_each or 0, one.school_class.line)):
        kept_by = (verdict.limit, verdict.closed_on, _reads_in_room(verdict))
        alike.setdefault((verdict.own, kept_by), []).append(verdict)
    return "".join(verdict_sentence(verdicts[0], len(verdicts)) for verdicts in alike.values()) or None


def verdict_sentence(verdict: Feasibility, classes: int = 1) -> str:
    """What keeps the class from its target and the smallest change that would meet it."""
    who = listed([verdict.school_class.name], 1, "个班", classes)
    remedies = "；或者".join(change_words(verdict, change) for change in verdict.own)
    remedy = f"；{remedies}，就能完成" if remedies else ""
    return f"{who}：{_obstacle_of(verdict)}{remedy}{basis_of(verdict)}。"


def basis_of(verdict: Feasibility) -> str:
    """What is to be known of a verdict that rests on a rule of a new workbook; '' for the school's own."""
    return "" if verdict.is_by_own_rule else "（照新工作簿自带的借阅规则算的，本校还没有确认）"


def _obstacle_of(verdict: Feasibility) -> str:
    wanted, measure = plain(verdict.target.value), unit(verdict.target)
    most = plain(verdict.most_each)
    short = f"每人最多 {most} {measure}，{most} < {wanted}"
    turns = _turns_words(verdict)
    return {
        Limit.NO_TURN: f"只在室内阅览，不借书回家，0 < {wanted}"
        if _reads_in_room(verdict)
        else f"轮流表里没有排借还，全学期 {verdict.weeks} 周一次也轮不到，0 < {wanted}",
        Limit.CLOSED: f"轮流表排在{'、'.join(verdict.closed_on)}，那时不对学生开放，一次也借不到；"
        "把它改到开放的时间，或者在开放时间里加上",
        Limit.NO_RULE: "借阅规则里没有一条管得到，不知道能借几册",
        Limit.TURNS: f"{turns}，{short}",
        Limit.MINUTES: f"{turns}，可是柜台的时间不够借还，平均{short}",
        Limit.STOCK: f"{_stock_words(verdict)}，平均{short}",
    }[verdict.limit or Limit.TURNS]


def _reads_in_room(verdict: Feasibility) -> bool:
    return verdict.school_class.lending is ClassLending.IN_ROOM and not verdict.turns


def _stock_words(verdict: Feasibility) -> str:
    if verdict.loan_days:
        return f"没有排借还的轮次，每册借满 {verdict.loan_days} 天才还，能外借的书不够各班一起借"
    return f"{_turns_words(verdict)}，可是能外借的书不够各班一起借"


def _turns_words(verdict: Feasibility) -> str:
    if not verdict.is_daily:
        return f"全学期 {verdict.weeks} 周，轮到 {verdict.turns} 次，每次 {verdict.copies} 册"
    return f"没有排借还的轮次，能借书的 {verdict.turns} 天，就算天天来、当天还了再借，每次 {verdict.copies} 册"


def change_words(verdict: Feasibility, change: NeededChange) -> str:
    """What to change, all its parts together: 改成每周轮一次，并且每次多留 10 分钟."""
    parts = []
    if change.weekly:
        if _reads_in_room(verdict):
            parts.append(f"借阅方式改成{ClassLending.PERSONAL}")
        if not verdict.is_daily:
            parts.append("改成每周轮一次" if verdict.turns else "每周排一次借还")
    if change.more_copies:
        parts.append(f"改成每次可借 {verdict.copies + change.more_copies} 册")
    if change.more_minutes:
        when = "每次多留" if not verdict.is_daily else "每天多开"
        parts.append(f"{when} {change.more_minutes} 分钟（开放时间不够的也延长）")
    if change.more_stock:
        parts.append(f"再添 {change.more_stock} 册可外借的书")
    return "，并且".join(parts)


def band_words(band: Band) -> str:
    """A range of copies: 未借, 1 册, 3—5 册, 10 册以上."""
    if band.most is None:
        return f"{band.least - 1} 册以上"
    if band.least == band.most:
        return f"{band.least} 册" if band.least else "未借"
    return f"{band.least}—{band.most} 册"


def reckoning_words(incident: OpenIncident) -> str:
    """How what is owed was worked out: 25.00元 × 2 + 加工费 1.00元 = 51.00元; the price alone where it is that."""
    reckoned, row = incident.reckoning, incident.row
    if row.settlement is not Settlement.PAYMENT:
        fee = f"，加工费 {say(reckoned.fee)}" if reckoned.fee else ""
        return f"{row.settlement.value}{fee}"
    price = f"全套 {say(reckoned.price)}" if reckoned.is_whole_set else say(reckoned.price)
    base = price if reckoned.multiple == 1 else f"{price} × {plain(reckoned.multiple)}"
    if raised := reckoned.price * reckoned.multiple < reckoned.minimum:
        base = f"{base}，不到最低额，按 {say(reckoned.minimum)}"
    if reckoned.fee:
        return f"{base} + 加工费 {say(reckoned.fee)} = {say(reckoned.owed)}"
    if raised:
        return f"{base}算"
    return f"照价 {base}" if reckoned.multiple == 1 else f"{base} = {say(reckoned.owed)}"


def rule_basis(incident: OpenIncident) -> str:
    """The rule an amount rests on."""
    rule = incident.reckoning.rule
    return rule.basis if rule else "没有赔偿规则，照价赔偿"


def unplaced_sentences(made: Rotation) -> list[str]:
    """Classes that nobody knows; why not every turn has a place, then each that has none."""
    unknown = [f"{listed(made.unknown)}没有排：班级表里没有这样的班。"] if made.unknown else []
    why = [_shortage_sentence(made.shortage)] if made.shortage else []
    alike = gathered((unplaced_sentence(one), one) for one in made.unplaced).values()
    return [*unknown, *why, *(unplaced_sentence(first, 1 + len(others)) for first, *others in alike)]


def _shortage_sentence(short: Shortage) -> str:
    needed = f"两周里 {short.times} 次一共要 {short.needed:,} 分钟"
    return {
        Proof.MINUTES: f"{needed}，开放时间按阅览室容纳班数算只有 {short.offered:,} 分钟，不能全排下。",
        Proof.WHOLE_TURNS: f"{needed}，每段开放时间整次地排，只用得上 {short.usable:,} 分钟，不能全排下。",
        Proof.ALL_TRIED: f"{needed}，所有排法都试过，没有一种能全排下。",
        Proof.NOT_FOUND: f"{needed}，试了很多种排法，没有找到能全排下的。",
    }[short.proof]


def unplaced_sentence(unplaced: Unplaced, times: int = 1) -> str:
    """Why a class did not get a turn, or several alike, and what is missing."""
    request = unplaced.request
    turns = f"{request.kind.value}{f'有 {times} 次' if times > 1 else ''}"
    when = "星期一到星期五"
    if not unplaced.open_minutes:
        return f"{request.class_name}的{turns}没有排上：{when}没有对学生开放的时间。"
    free = f"{when}空着的最长只有 {unplaced.longest_free} 分钟" if unplaced.longest_free else f"{when}开放时间都排满了"
    return f"{request.class_name}的{turns}没有排上：要 {request.minutes} 分钟，{free}。"
