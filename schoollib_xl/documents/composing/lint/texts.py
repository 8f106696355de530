"""What a plan's words say that the workbook does not: leftovers of a model text, another year, other figures."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from schoollib_xl.documents.composing.confirmed import lending_rules, openings, outcomes
from schoollib_xl.documents.composing.facts.activities import term_jobs
from schoollib_xl.documents.composing.facts.lending import grade_words
from schoollib_xl.documents.composing.material import SourceMaterial
from schoollib_xl.documents.composing.words.promised import targets_said
from schoollib_xl.ledgers.numerals import decimal_in
from schoollib_xl.ledgers.school import TermName
from schoollib_xl.ledgers.supporting.calendar import TurnRow
from schoollib_xl.ledgers.vocabulary import ReaderKind
from schoollib_xl.quotas.borrowing.targets import BORROWING
from schoollib_xl.quotas.measures.outcomes import TargetOutcome
from schoollib_xl.rules.joint_classes import classes_named
from schoollib_xl.rules.plan_figures import NUMBER, hours_in, lending_figures_in, open_days_in, weekdays_in
from schoollib_xl.rules.target_names import TargetName, activity_of
from schoollib_xl.rules.target_spans import TargetSpan
from schoollib_xl.wording.quotas.verdicts import plain
from schoollib_xl.wording.zh import say

Place = tuple[str, str]
"""Where a text stands, and the text."""

# What model texts leave to be filled in: 20xx年, 202X年, XX小学, ××镇, 某某学校, 某校, ____, （此处填写）, 【请填写】.
_LEFTOVER = re.compile(
    r"20[xX×*＊]{2}年?|20\d[xX×*＊]年|[xX×＊*○◯]{2,}[\u4e00-\u9fff]{1,4}|某某|某(?:中心)?(?:小学|学校|校|镇|乡|县|市)|[_＿]{3,}"
    r"|此处填写|待补充|[（(\[【](?:学校名称|校名|请填[^，。；）)\]】]{0,8})[）)\]】]"
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?:\s*[—\-－–~～至]\s*(20\d\d))?\s*(学年|年)")
# What was done in the school year before, or is to be done in the next, is no year of the plan.
_ANOTHER_YEAR = re.compile("上(?:一)?(?:个)?学年|去年|往年|下(?:一)?(?:个)?学年|明年")
# What belongs to the other half of the year.
_OTHER_TERM = {
    TermName.FIRST: re.compile(
        "寒假期间|寒期|春季开学|春季新书|暑假前|放暑假|六一|五一|劳动节|清明|端午|元宵|植树节|世界读书日"
    ),
    TermName.SECOND: re.compile("暑期|暑假期间|秋季开学|秋季新书|寒假前|放寒假|国庆|中秋|教师节|重阳|元旦|冬至"),
}
# A month of the other half, unless it is of a named year or the clause looks beyond the term.
_MONTH = re.compile(r"(?<![\d年十])(1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月(?!刊)")
_BEYOND = re.compile("[上下][一个]{0,2}学[期年]|去年|往年|明年|[次翌当]年|全年|学年|历年")
# Who has a turn on which day: 一、二年级每周二下午阅览, 三（1）班星期五借书.
_GRADES = "[一二三四五六1-6](?:[、和及至到~—–-]+[一二三四五六1-6])*年级|[一二三四五六][（(]\\d+[）)]班"
_READS = "借[书阅还]?|阅(?!览室)[览读]?|[看读]书"
_TURN = re.compile(rf"({_GRADES})[^，。；]{{0,6}}?(?:星期|周|礼拜)[一二三四五六日天][^，。；]{{0,14}}?(?:{_READS})")
# A school by its name: with its township before it, or with what only a school of its own is said to be. 加强小学图书室
# looks like a name as well, so that a bare one is not told.
_SCHOOL_NAMED = re.compile(
    "[\u4e00-\u9fff]{2,3}[镇乡](?P<of_town>[\u4e00-\u9fff]{2,4})(?:小学|中心校)"
    "|(?:^|(?<=[。；，]))(?P<told_of>[\u4e00-\u9fff]{2,4})小学(?=是一所|位于|地处|创办|始建|现有|全体师生)"
)
_NO_NAME = re.compile("中心|农村|乡村|村级|山区|实验|完全|各|所有|全|中$|一所|[我本]")
# Where another school is meant.
_VISITED = re.compile("参观|学习|交流|结对|帮扶|兄弟|姐妹|联合|研讨|培训|捐|赠|分校|教学点|转来|转到")
_NUMBER = f"({NUMBER})"
_AT_ONCE = re.compile("每次|一次(?:只|可|能|最多|限)?借|只能|最多|不超过|限借")
_EACH, _LENT = "(?:生均|人均|每生|每人|每名学生)", "(?:借|读|阅)"
_PER_PUPIL = re.compile(
    rf"(?:{_EACH}[^，。；]{{0,8}}?{_LENT}[^，。；\d]{{0,6}}?|{_LENT}[^，。；\d藏]{{0,10}}?{_EACH}[^，。；\d藏]{{0,4}}?)"
    rf"{_NUMBER}\s*(册|本|次)"
)
# 剔旧两次, 两次剔旧; 第二次 is one of several. What is done each month or of an earlier term is no promise of the term.
_TIMES = re.compile(rf"(?<![第\d一二三四五六七八九十百]){_NUMBER}次")
_NOT_OF_TERM = re.compile("每(?!学期)|生均|人均|上学期|上学年|去年")
_SHORTEST_NAME, _LONGEST_NAME = 2, 8
# 举办两次 names nothing that is done.
_VERB = re.compile("举办|开展|组织|进行|安排|召开|举行|参加|完成")
_RULE_UNITS = {"copies": "册", "days": "天"}


def text_lint(material: SourceMaterial, texts: Iterable[Place]) -> Iterator[str]:
    """Everything amiss in the words of a plan, each with its place."""
    placed = list(texts)
    for place, text in placed:
        for leftover in dict.fromkeys(match[0] for match in _LEFTOVER.finditer(text)):
            yield f"{place} 还留着“{leftover}”，改成本校的。"
        yield from _other_school(material, place, text)
        yield from _years(material, place, text)
        yield from _other_term(material, place, text)
        yield from _promised(material, place, text)
        yield from _other_figures(material, place, text)
        yield from _times(material, place, text)
        yield from _not_scheduled(material, place, text)
        yield from _rules(material, place, text)
        yield from _hours(material, place, text)
        yield from _turns(material, place, text)
    yield from _other_months(material, placed)


def schedule_lint(material: SourceMaterial) -> Iterator[str]:
    """Activities that are promised oftener than the months have them, where these are filled in at all."""
    jobs = term_jobs(material)
    for outcome in outcomes(material):
        kind = None if outcome.target.is_per_pupil else activity_of(outcome.target.name)
        rows = [row for row in jobs if kind and _is_about(kind, f"{row.kind or ''}{row.task}")]
        planned = sum(row.planned_times or 1 for row in rows)
        wanted = outcome.target.value
        if kind and jobs and wanted is not None and outcome.target.span is TargetSpan.TERM and planned < wanted:
            name, told = outcome.target.name, f"只排了{planned}次" if planned else "一次也没有排"
            yield f"任务指标“{name}”{plain(wanted)}{outcome.target.unit}，工作安排里{told}。"


def _other_school(material: SourceMaterial, place: str, text: str) -> Iterator[str]:
    """The name of another school; not where the school's own is not known, or where a visit is told of."""
    own = material.library.school.name
    for sentence in re.split("(?<=[。；])", text) if own else ():
        for match in _SCHOOL_NAMED.finditer(sentence):
            name, named = match["of_town"] or match["told_of"], match[0]
            if name not in (own or "") and not _NO_NAME.search(name) and not _VISITED.search(sentence):
                yield f"{place} 写着“{named}”，学校名称是“{own}”；不是说别的学校，就改成本校的。"


def _years(material: SourceMaterial, place: str, text: str) -> Iterator[str]:
    years = {int(year) for year in re.findall(r"20\d\d", material.school_year)}
    for match in _YEAR.finditer(text):
        named = {int(year) for year in match.groups()[:2] if year}
        if match[3] == "学年" and len(named) == 2 and max(named) - min(named) == 1:
            is_other = named != years and not _ANOTHER_YEAR.search(text)
        else:
            is_document = text[max(0, match.start() - 1) : match.start()] in "〔《（(" and match.start() > 0
            spanned = set(range(min(named), max(named) + 1))
            is_other = not spanned & years and not is_document and "规程" not in text[match.end() : match.end() + 12]
        if years and is_other:
            yield f"{place} 写的是“{match[0]}”，这份计划是{material.school_year}学年度的。"


def _other_term(material: SourceMaterial, place: str, text: str) -> Iterator[str]:
    wrong = _OTHER_TERM.get(TermName(material.term_name))
    if wrong and (found := dict.fromkeys(wrong.findall(text))):
        yield f"{place} 写着{''.join(f'“{one}”' for one in found)}，和{material.term_name}对不上。"


def _other_months(material: SourceMaterial, texts: Sequence[Place]) -> Iterator[str]:
    """Months that are neither of the term nor next to it, all in one sentence."""
    own = {(month + by - 1) % 12 + 1 for month in material.months for by in (-1, 0, 1)}
    found = [
        (place, int(number))
        for place, text in texts
        for clause in re.split("[。；]", text)
        for said in (() if _BEYOND.search(clause) else _MONTH.findall(clause))
        if (number := decimal_in(said)) and number not in own
    ]
    if found:
        place, begins = found[0][0], " 起" if len({place for place, _ in found}) > 1 else " "
        months = "、".join(f"{month}月" for month in dict.fromkeys(month for _, month in found))
        yield f"{place}{begins}写着{months}，不在{material.term_name}里。"


def _promised(material: SourceMaterial, place: str, text: str) -> Iterator[str]:
    for match in _PER_PUPIL.finditer(text):
        if _AT_ONCE.search(match[0]):
            continue
        said, unit = decimal_in(match[1]), "次" if match[2] == "次" else "册"
        targets = [outcome for outcome in outcomes(material) if _borrows(outcome, unit)]
        if targets and said is not None and all(target.target.value != said for target in targets):
            asked = "、".join(_asked(one, unit) for one in targets)
            yield f"{place} 写的是{match[0]}，任务指标是{asked}。"


def _asked(outcome: TargetOutcome, unit: str) -> str:
    target = outcome.target
    least = "每人最低" if target.name == TargetName.LEAST_COPIES else ""
    return f"{grade_words(target.grades)}{least}{plain(target.value)}{unit}"


def _other_figures(material: SourceMaterial, place: str, text: str) -> Iterator[str]:
    """报刊50种 against the target of that name; what is borrowed and held is judged by itself."""
    for said in targets_said(text):
        targets = [outcome.target for outcome in outcomes(material) if outcome.target.name == said.name]
        is_other = said.name not in BORROWING and not activity_of(said.name)
        if is_other and targets and all(target.value != said.value for target in targets):
            asked = "、".join(f"{plain(target.value)}{target.unit}" for target in targets)
            yield f"{place} 写的是{said.name}{plain(said.value)}{said.unit}，任务指标是{asked}。"


def _rules(material: SourceMaterial, place: str, text: str) -> Iterator[str]:
    """每次只能借一本, 一周内归还 against 借阅规则."""
    rules = [rule for rule in lending_rules(material) if rule.since <= material.library.as_of]
    for_pupils = [rule for rule in rules if rule.reader_kind in (None, ReaderKind.PUPIL)]
    for said in lending_figures_in(text):
        known = sorted({getattr(rule, said.field) for rule in for_pupils})
        if known and said.number not in known:
            rule = f"{'、'.join(map(str, known))}{_RULE_UNITS[said.field]}"
            yield f"{place} 写的是“{said.text}”，借阅规则是{rule}。"


def _hours(material: SourceMaterial, place: str, text: str) -> Iterator[str]:
    """Opening hours that 开放时间 does not have."""
    known = {(row.weekday, say(row.starts_at), say(row.ends_at)) for row in openings(material)}
    said = list(hours_in(unicodedata.normalize("NFKC", text)))
    if known and (missing := [hours for hours in said if hours[:3] not in known]):
        first = missing[0]
        day = "每天" if first.is_every_day else first.weekday
        yield f"{place} 写的是{day}{first.starts_at}—{first.ends_at}开放，开放时间表里没有。"
    days = {weekday for weekday, *_ in known}
    if known and (closed := [day for day in dict.fromkeys(open_days_in(text)) if day not in days]):
        yield f"{place} 写的是{'、'.join(closed)}开放，开放时间表里没有。"


def _turns(material: SourceMaterial, place: str, text: str) -> Iterator[str]:
    """一、二年级星期二阅览 where 借阅轮流表 has none of these classes on a Tuesday."""
    library = material.library
    turns = {
        (one.class_name, row.weekday) for row in library[TurnRow] for one in classes_named(library, row.class_name)
    }
    for match in _TURN.finditer(text) if turns else ():
        names = [one.class_name for one in classes_named(library, match[1])]
        days = [day for day in weekdays_in(match[0]) if not any((name, day) in turns for name in names)]
        if names and days:
            these = "这个班" if len(names) == 1 else "这些班"
            yield f"{place} 写的是“{match[0]}”，借阅轮流表里{'、'.join(days)}没有{these}。"


def _borrows(outcome: TargetOutcome, unit: str) -> bool:
    in_copies = (TargetName.COPIES_PER_PUPIL, TargetName.LEAST_COPIES)
    return outcome.target.name in (in_copies if unit == "册" else (TargetName.VISITS_PER_PUPIL,))


def _times(material: SourceMaterial, place: str, text: str) -> Iterator[str]:
    """两次阅读笔记展评, 两期《青禾读书报》, 读书报出两期 against the target of that name."""
    for outcome in outcomes(material):
        kind = activity_of(outcome.target.name)
        if not kind or kind not in text:
            continue
        name, times = re.escape(kind), rf"{_NUMBER}\s*(次|期|场|届)"
        found = re.search(f"{times}(?:《[^》，。；]{{0,4}})?{name}|{name}》?[出办开]?{times}", text)
        number, unit = (found[1] or found[3], found[2] or found[4]) if found else (None, "")
        said = decimal_in(number) if number else None
        if said is not None and said != outcome.target.value:
            wanted = f"{plain(outcome.target.value)}{outcome.target.unit}"
            yield f"{place} 写的是{kind}{said}{unit}，任务指标是{wanted}。"


def _not_scheduled(material: SourceMaterial, place: str, text: str) -> Iterator[str]:
    """剔旧两次 against the months, which have it once; what no month has, or a target asks for, is told elsewhere."""
    jobs = term_jobs(material)
    kinds = [activity_of(outcome.target.name) or "" for outcome in outcomes(material)]
    for clause in re.split("[，。；：,;:]", text):
        for match in () if _NOT_OF_TERM.search(clause) else _TIMES.finditer(clause):
            named = _name_beside(clause[: match.start()], clause[match.end() :], [job.task for job in jobs])
            planned = sum(job.planned_times or 1 for job in jobs if named in job.task)
            said = decimal_in(match[1])
            is_asked = any(_is_about(kind, named) for kind in kinds if kind)
            if named and not is_asked and said is not None and planned < said:
                yield f"{place} 写的是{named}{plain(said)}次，工作安排里只排了{planned}次。"


def _name_beside(before: str, after: str, tasks: Sequence[str]) -> str:
    """The longest words before a number of times, else after it, that stand in one of the tasks; '' for none."""
    lengths = range(_LONGEST_NAME, _SHORTEST_NAME - 1, -1)
    names = [name for words in ([before[-n:] for n in lengths], [after[:n] for n in lengths]) for name in words]
    named = [one for one in names if len(one) >= _SHORTEST_NAME and not _VERB.fullmatch(one)]
    return next((one for one in named if any(one in task for task in tasks)), "")


def _is_about(kind: str, job: str) -> bool:
    return kind in job or (kind.endswith("检查") and "检查" in job)
