"""Figures promised in a sentence, opening hours, and what is of the old year."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from schoollib_xl.ledgers.grades import GRADES_TOGETHER, grades_together
from schoollib_xl.ledgers.numerals import COUNT, decimal_in, in_digits
from schoollib_xl.ledgers.supporting.vocabulary import Audience
from schoollib_xl.ledgers.vocabulary import Weekday
from schoollib_xl.rules.target_names import TargetName

NUMBER = rf"\d+(?:\.\d+)?|{COUNT}"
# 第二次 is one of several and no promise of two; 第12次 and 第二十一次 neither.
_TENS = "[一二三四五六七八九十]"
_NUMBER = rf"(?<![第\d])(?<!第{_TENS})(?<!第{_TENS}{{2}})(?P<number>{NUMBER})"
_GAP, _NEAR = r"[^,，。;；:：\d]{0,14}?", r"[^,，。;；:：\d]{0,8}?"
_EACH = r"(?:人均|生均|每生|每人|每名学生|平均每[人生]|每个学生)"
_ROOM, _OFTEN = "图书[室馆]", "(?:每个?月|每?学期|每期|每学?年|全年)"
_LOOKED_THROUGH = rf"[^,，:：\d]{{0,6}}?{_NUMBER}次(?!安全|卫生|消防)[^,，:：\d]{{0,2}}检查"
# What a plan calls each figure. The first that fits a place in the text is taken.
_TARGETS: tuple[tuple[str, str, str], ...] = (
    (TargetName.LEAST_COPIES, "册", rf"每(?:生|人|名学生|个学生){_GAP}(?:必须|至少|不少于|最少){_NEAR}{_NUMBER}[册本]"),
    (TargetName.NEW_COPIES, "册", rf"{_EACH}{_NEAR}(?:新增|增加|添置){_NEAR}{_NUMBER}[册本]"),
    (TargetName.HOLDINGS, "册", rf"{_EACH}(?:图书)?(?:藏书|拥有图书|存书){_NEAR}{_NUMBER}[册本]"),
    (TargetName.COPIES_PER_PUPIL, "册", rf"{_EACH}{_GAP}(?:借|阅读){_GAP}{_NUMBER}[册本]"),
    (TargetName.VISITS_PER_PUPIL, "次", rf"{_EACH}{_GAP}(?:借|阅览){_GAP}{_NUMBER}次"),
    (TargetName.SUBSCRIPTIONS, "元", rf"{_EACH}{_NEAR}{_NUMBER}元"),
    (TargetName.PERIODICALS, "种", rf"(?:报刊|报纸杂志|期刊){_NEAR}{_NUMBER}种"),
    (TargetName.REFERENCE_TITLES, "种", rf"工具书{_NEAR}{_NUMBER}种"),
    (TargetName.E_BOOKS, "册", rf"电子图书{_NEAR}{_NUMBER}册"),
    (TargetName.OPENING_HOURS, "小时", rf"每周开放{_NEAR}{_NUMBER}个?小时"),
    ("阅读笔记展评次数", "次", rf"{_NUMBER}次阅读笔记(?:展评|展览评比)"),
    ("读书演讲比赛次数", "次", rf"{_NUMBER}次读书演讲比赛"),
    ("读书感想交流会次数", "次", rf"{_NUMBER}次读书感想交流会"),
    ("读书报期数", "期", rf"{_NUMBER}期《?读书报"),
    ("研讨活动次数", "次", rf"{_NUMBER}次(?:图书|业务|工作){{0,2}}研讨"),
    ("分校检查次数", "次", rf"{_NUMBER}次(?:对分校的?)?(?:图书|工作){{0,2}}检查指导"),
    (TargetName.PUPIL_LIBRARIANS, "人", rf"每个?班{_GAP}{_NUMBER}[名人][^,，。;；]{{0,40}}?管理员"),
    (TargetName.PUPIL_LIBRARIANS, "人", rf"管理员[,，:：]?每个?班[^,，:：\d]{{0,4}}?{_NUMBER}[名人]"),
    ("图书室检查次数", "次", rf"{_ROOM}(?:工作)?{_OFTEN}{_LOOKED_THROUGH}"),
    ("图书室检查次数", "次", rf"{_OFTEN}对{_ROOM}{_LOOKED_THROUGH}"),
    ("学习笔记字数", "字", rf"学习笔记{_NEAR}{_NUMBER}字"),
)
# What is asked of a year is no promise of a term.
_YEARLY = re.compile(r"(?:每学?年(?!级)|全年)[^,，。;；:：]*$")
_MONTHLY = re.compile(r"每个?月[^,，。;；:：]{0,8}$")
MONTHLY = "/月"
# Other figures are the whole school's, whatever grade is named before them.
_BY_GRADE = (TargetName.LEAST_COPIES, TargetName.COPIES_PER_PUPIL, TargetName.VISITS_PER_PUPIL)
# What there is already is no promise either: 有工具书46种，订报刊26种.
_DONE = re.compile(r"^\s*有|现有|上学期|上学年|去年|上一?年|已经?(?:达|完成|有|借)")
# How many a reader may hold at once is a rule of lending.
_LIMIT = re.compile(r"每次|只能|最多|不超过|限借")
_COPIES_AT_ONCE = re.compile(rf"[每一]次[^，。；\d]{{0,6}}借[^，。；\d]{{0,4}}?({NUMBER})\s*[册本]")
_SO_LONG = rf"({NUMBER})\s*(天|周|个?星期)"
_WITHIN = re.compile(rf"{_SO_LONG}(?:以?内|之内)[^，。；]{{0,4}}(?:归还|还书)")
_LENT_FOR = re.compile(rf"(?:借期|借阅期限?|借书期限?|借阅时间|归还期限)[^，。；\d]{{0,5}}?{_SO_LONG}")
_RULES = ((_COPIES_AT_ONCE, "copies"), (_WITHIN, "days"), (_LENT_FOR, "days"))
_PUPILS, _TEACHERS = re.compile("学生|同学|每[名个位]?生"), re.compile("教师|老师|教职工")
# 每班每次借40本, 集体借阅: no pupil holds as many; and what is said of books overdue, lost or damaged is no period.
_CLASSES = re.compile("每班|集体|[为以]本?班|次活动")
_AMISS = re.compile("逾期|超期|过期|丢失|遗失|损坏|污损")
_GRADES = re.compile(r"([一二三四五六1-6])(?:年级)?[至到~—–-]+([一二三四五六1-6])年级")
_ONE_GRADE = re.compile(r"([一二三四五六1-6])年级")
_PART = r"(上午|早上|早晨|中午|下午|傍晚|晚上)?"
_CLOCK = rf"{_PART}\s*(\d{{1,2}})[:：点时](\d{{2}})?分?"
_SPAN = re.compile(rf"{_CLOCK}\s*[-—–―~～至到一]+\s*{_CLOCK}")
_DAY = r"(?:星期|周|礼拜)"
_DAY_RANGE = re.compile(rf"{_DAY}([一二三四五六日天])\s*[至到~—–-]+\s*{_DAY}?([一二三四五六日天])")
# 每周一次 is no Monday.
_DAY_LIST = re.compile(rf"{_DAY}([一二三四五六日天](?:、{_DAY}?[一二三四五六日天])*)(?![次回节本册])")
_EVERY_DAY = re.compile(r"每天|每日|天天")
_WEEKEND = re.compile("双休日|周末")
_OPEN, _NOT_THEN = re.compile("开放|开馆"), re.compile("不|停|闭|除|取消|假")
_ALL_DAY = re.compile(r"全天开放|整天开放|全日开放")
_TURNS = re.compile(
    rf"(?:年级|班)[^。；，,]{{0,8}}(?:每{_DAY}[一二三四五、]|每?隔一?周|[单双]周)[^。；]{{0,12}}?[借阅]"
)
_ABOUT = re.compile(r"借|还|阅|开放|图书")
_AFTERNOON = ("下午", "傍晚", "晚上")
_DAYS = "一二三四五六日"
_SCHOOL_DAYS = "一二三四五"
_OLD = re.compile(
    r"(?<!\d)20\d{2}\s*(?:[-—–~～/至]\s*20\d{2}\s*)?(?:学年度?|年(?:\d{1,2}月)?(?:\d{1,2}日)?|级|届|春|秋)"
    r"|20\d{2}[-—–~～/至]20\d{2}|20[xX×*]{2}年|\d{1,2}月\d{1,2}日"
)


class PromisedFigure(NamedTuple):
    """A promised figure: its name, the grades it is for ('' for all), value and unit."""

    name: str
    grades: str
    value: Decimal
    unit: str


class LendingFigure(NamedTuple):
    """What a text says of lending to pupils: the field of the rule, how many copies or days, and its words."""

    field: str
    number: int
    text: str


class Hours(NamedTuple):
    """Opening hours as 时:分; `is_every_day` where the text says 每天, which is taken for Monday to Friday."""

    weekday: Weekday
    starts_at: str
    ends_at: str
    audience: Audience
    is_every_day: bool
    remarks: str = ""


def targets_in(text: str) -> Iterator[PromisedFigure]:
    """The figures the text promises for the term; figures of what was done are none."""
    for clause in re.split(r"[。;；]", text):
        if _DONE.search(clause):
            continue
        taken: set[int] = set()
        for name, unit, pattern in _TARGETS:
            for match in re.finditer(pattern, clause):
                is_promised = match.start("number") not in taken and not _LIMIT.search(match[0])
                if is_promised and (value := decimal_in(match["number"])) is not None:
                    taken.add(match.start("number"))
                    grades = grades_named(clause[: match.end()]) if name in _BY_GRADE else ""
                    yield PromisedFigure(str(name), grades, value, unit + _span(clause[: match.start("number")]))


def lending_figures_in(text: str) -> Iterator[LendingFigure]:
    """每次只能借一本, 一周内必须归还; not what is said of teachers or classes, or of books overdue or lost."""
    for sentence in re.split("[。；]", text):
        if _TEACHERS.search(sentence) and not _PUPILS.search(sentence):
            continue
        for pattern, field in _RULES:
            match = pattern.search(sentence)
            before = sentence[: match.end()] if match else ""
            is_of_classes = _CLASSES.search(before) and not re.search(_EACH, before)
            if not match or is_of_classes or _AMISS.search(re.split("[，、]", before)[-1]):
                continue
            if (number := decimal_in(match[1])) is not None:
                days = 7 if field == "days" and match[2] != "天" else 1
                yield LendingFigure(field, int(number) * days, match[0])


def _span(before: str) -> str:
    if _YEARLY.search(before):
        return "/年"
    return MONTHLY if _MONTHLY.search(before) else ""


def grades_named(clause: str) -> str:
    """The grades a text names last, as 3-6; '' where it names none."""
    if ranges := _GRADES.findall(clause):
        return in_digits("-".join(ranges[-1]))
    if single := _ONE_GRADE.findall(clause):
        return in_digits(single[-1])
    together = re.findall(GRADES_TOGETHER, clause)
    grades = grades_together(together[-1]) if together else ()
    return f"{grades[0]}-{grades[-1]}" if grades else ""


# -- opening hours -----------------------------------------------------------------------------------------


def all_day_in(text: str) -> bool:
    """Whether the text says that it is open all day, without an hour."""
    return any(_ALL_DAY.search(clause) and not _SPAN.search(clause) for clause in _clauses(text))


def turns_in(text: str) -> bool:
    """Whether the text says when classes come in turn: 一、二年级每周一、三下午在阅览室阅览."""
    return _TURNS.search(text) is not None


def spans_in(text: str) -> bool:
    """Whether the text says from when to when something is open or lent."""
    return any(_SPAN.search(clause) and _ABOUT.search(clause) for clause in _clauses(text))


def hours_in(text: str) -> Iterator[Hours]:
    """The opening hours the text states with their days."""
    for clause in _clauses(text):
        match = _SPAN.search(clause)
        if match is None or not _ABOUT.search(clause):
            continue
        start_part, start, start_minute, end_part, end, end_minute = match.groups()
        starts_at = _clock(start, start_minute, start_part)
        ends_at = _clock(end, end_minute, end_part or start_part)
        if not _is_span(starts_at, ends_at):
            continue
        days, is_every_day = _days(clause)
        for day in days:
            weekday = list(Weekday)[_DAYS.index(day)]
            yield Hours(weekday, starts_at, ends_at, _audience(clause), is_every_day)


def open_days_in(text: str) -> Iterator[Weekday]:
    """The days on which it is open by the text, which tells no hour of them: 周六上午开放."""
    for clause in _clauses(text):
        is_told = _OPEN.search(clause) and not _NOT_THEN.search(clause)
        if is_told and not _SPAN.search(clause) and not _EVERY_DAY.search(clause):
            yield from weekdays_in(clause)
            yield from (Weekday.SATURDAY, Weekday.SUNDAY) if _WEEKEND.search(clause) else ()


def weekdays_in(clause: str) -> list[Weekday]:
    """The days of the week a clause names, none where it says every day, or all but these."""
    days, is_every_day = _days(clause)
    return [] if is_every_day or _NOT_THEN.search(clause) else [list(Weekday)[_DAYS.index(day)] for day in days]


def _is_span(starts_at: str, ends_at: str) -> bool:
    """Whether both are times of one day, in order."""
    return bool(starts_at and ends_at) and starts_at.zfill(5) < ends_at.zfill(5)


def _clauses(text: str) -> list[str]:
    return re.split(r"[,，。;；]", text)


def _clock(hour: str, minute: str | None, part: str | None) -> str:
    """时:分 of the day; '' for no time of day."""
    hours = int(hour) + (12 if part in _AFTERNOON and int(hour) < 12 else 0)
    minutes = int(minute or 0)
    return f"{hours}:{minutes:02}" if hours < 24 and minutes < 60 else ""


def _days(clause: str) -> tuple[str, bool]:
    if match := _DAY_RANGE.search(clause):
        first, last = (_DAYS.index(day.replace("天", "日")) for day in match.groups())
        return _DAYS[first : last + 1], False
    if match := _DAY_LIST.search(clause):
        return "".join(day for day in match[1].replace("天", "日") if day in _DAYS), False
    return (_SCHOOL_DAYS, True) if _EVERY_DAY.search(clause) else ("", False)


def _audience(clause: str) -> Audience:
    for_pupils, for_teachers = "学生" in clause, bool(re.search("教师|老师|教职工", clause))
    if for_pupils is for_teachers or "师生" in clause:
        return Audience.EVERYONE
    return Audience.PUPILS if for_pupils else Audience.TEACHERS


# -- the old year ------------------------------------------------------------------------------------------


def old_dates_in(text: str) -> list[str]:
    """Years and days of the year the paper was written for."""
    return [match.strip() for match in _OLD.findall(text)]
