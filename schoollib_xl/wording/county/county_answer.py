"""What a county's schools come to, in words."""

from collections.abc import Iterable, Sequence

from schoollib_xl.county.record import SchoolRecord
from schoollib_xl.county.rollup import (
    MOST_VARIATION,
    County,
    Failure,
    Outstanding,
    Rolled,
    SchoolEntry,
    name_of,
    ranked,
    shared_names,
)
from schoollib_xl.county.small_groups import SMALL_GROUP, Together, not_shown_alone, together
from schoollib_xl.county.two_names import doubled, named_alike
from schoollib_xl.county.visiting import visits
from schoollib_xl.wording.answer import ABSENT, Answer, Chart, Section, Value, section_of
from schoollib_xl.wording.county.county_bulletin import (
    CHARTED,
    bulletin,
    days_of,
    distribution,
    findings_by_code,
    findings_by_school,
    shown_figures,
    terms_of,
    trend,
)
from schoollib_xl.wording.county.county_visits import visit_sections
from schoollib_xl.wording.zh import listed

TITLE, _ALL = "县汇总", "全县"
_SCHOOLS = {
    "学校": 24,
    "名次": 7,
    "学生": 8,
    "藏书": 9,
    "生均图书": 9,
    "标准": 8,
    "达标": 7,
    "借书": 8,
    "生均借书": 9,
    "指标完成": 9,
    "错误": 7,
    "存疑": 7,
    "未核对": 8,
    "结论": 20,
    "核对到": 12,
}
_NOT_ALONE, _FINE = "不单列", "对得上"
_NOT_YET = "可能没有算的"
_PERHAPS_ONE = "可能是同一所学校"
_PER_PUPIL, _STANDARD, _MEAN = 4, 5, 8


def county_answer(rolled: Rolled) -> Answer:
    """The verdict, then the county's figures, the schools, the checks, the trend, whom to visit, what is not in it."""
    figures = shown_figures(rolled.counted)
    sections = [
        _figures(figures, [entry.record for entry in rolled.counted]),
        _schools(rolled.counted),
        distribution(rolled.counted),
        bulletin(rolled.counted),
        findings_by_code(rolled.counted),
        findings_by_school(rolled.counted),
        trend(rolled),
        *visit_sections(visits(rolled.counted, rolled.absent)),
        _perhaps_one(rolled.counted),
        _failed(rolled.failed),
        _outstanding(rolled.outstanding),
    ]
    return Answer(TITLE, tuple(_verdict(rolled, figures)), tuple(filter(None, sections)))


def _verdict(rolled: Rolled, figures: County) -> Iterable[str]:
    yield from rolled.notes
    if not rolled.workbooks and not rolled.failed:
        yield "这个文件夹里没有工作簿。"
        return
    read = f"{rolled.workbooks} 份工作簿，汇总了 {figures.schools} 所学校"
    missing = rolled.workbooks - figures.schools
    yield f"{read}，{missing} 份没有算进来，见“没有汇总的”。" if missing else f"{read}。"
    if rolled.unseen:
        yield f"另有 {len(rolled.unseen)} 个文件夹、压缩包这些没有读到账，见“没有汇总的”；里面有账的话，就少算了。"
    if rolled.results:
        yield f"另有 {rolled.results} 份是核对结果、清单这些，不是账，没有读。"
    if rolled.outstanding:
        yield f"有 {len(rolled.outstanding)} 处可能还有没保存的改动、没抄到账上的借还，没有算，见“{_NOT_YET}”。"
    if figures.schools:
        yield (
            f"{figures.schools} 所中 {figures.sound} 所的账全部核对过、没有要改的；"
            f"错误 {figures.errors} 处，存疑 {figures.warnings} 处。没有核对完的、分不清是不是同一所的不算好。"
        )
        if figures.lacking_optional:
            yield f"另有 {figures.lacking_optional} 所只缺可选的表，别的都核对过、没有要改的。"
        yield from _days(rolled.counted)
    yield from _namesakes(rolled.counted)


def _days(entries: Sequence[SchoolEntry]) -> Iterable[str]:
    """That schools stand at different days or in different terms: their loans are then not of one length."""
    terms = terms_of(entries)
    if len(terms) > 1:
        told = "，".join(f"{name} {len(schools)} 所" for name, schools in terms.items())
        least = min(terms, key=lambda name: len(terms[name]))
        yield (
            f"各校账上的学期不是同一个（{told}），借书、流通率是各自那个学期的，比不了；"
            f"{least}的：{listed(terms[least], unit='所')}。"
            "要统一，加 --as-of 写上各校都记到了的一天；学期忘了改的学校，改“基本信息”。"
        )
    elif len({entry.record.as_of for entry in entries}) > 1:
        yield (
            f"各校账上的截止日期不同，{days_of(entries)}；借书是各自那个学期到那天的，不一样长。"
            "要统一，加 --as-of 写上日期。"
        )


def _namesakes(entries: Sequence[SchoolEntry]) -> Iterable[str]:
    """The schools that have one name, or none, or two; and what is in no total because nobody knows whose it is."""
    shared = [
        f"“{name}”{len(schools)} 份（{listed([one.place for one in schools], unit='处')}）"
        for name, schools in shared_names(entries).items()
    ]
    if shared:
        yield (
            f"名称一样、账上各有各的书和借阅的，各算一所学校：{listed(shared, unit='个名称')}。"
            "其实是同一所的，只留一份，一所的账分两份记的合成一份；不是的，在“基本信息”把学校名称写全。"
        )
    parts = [
        f"“{school}”{len(schools)} 份（{listed([one.called for one in schools], unit='份')}）"
        for school, schools in named_alike(entries).items()
    ]
    if parts:
        yield (
            f"名称开头一样、账不一样的，各算一所学校：{listed(parts, unit='个名称')}；"
            "其实是一所的账分几份记的，就多算了学校，合成一份再汇总。"
        )
    unnamed = [entry.file for entry in entries if not name_of(entry)]
    if unnamed and len(entries) > 1:
        yield (
            f"有 {len(unnamed)} 份没有写学校名称，各算一所学校：{listed(unnamed, unit='份')}；"
            "和别的一份是同一所的，就多算了一所。"
        )
    if found := doubled(entries):
        yield (
            f"有 {sum(map(len, found))} 所名称不同、账有许多一样，各算了一所；"
            f"其实是同一所的，合计里就算了两遍，见“{_PERHAPS_ONE}”。"
        )
    named = sum(bool(entry.namesakes) for entry in entries)
    others = [other.record for entry in entries for other in entry.namesakes]
    if named:
        errors, warnings = sum(record.errors for record in others), sum(record.warnings for record in others)
        yield (
            f"有 {named} 个学校名称写在几份工作簿上，没算进来的 {len(others)} 份另有"
            f"错误 {errors} 处、存疑 {warnings} 处；问清是不是同一所以前，合计里可能少了学校、少了书。"
        )


def _figures(figures: County, records: Sequence[SchoolRecord]) -> Section:
    def told(name: str, unread: str = "") -> str:
        silent = sum(getattr(record, name) is None for record in records)
        known = [record for record in records if unread and getattr(record, name) is not None]
        short = sum(getattr(record, unread) != 0 for record in known)
        said = f"；{silent} 所没有这个数，没算在里面" if silent else ""
        return f"{said}；{short} 所有没读懂的行或没读的表，比账上少" if short else said

    unsure = sum(not (record.meets_standard or record.misses_standard) for record in records)
    doubt = f"；{unsure} 所没有这个数，或者说不准" if unsure else ""
    rows: list[tuple[Value, ...]] = [
        ("学校", figures.schools, "汇总进来的学校数"),
        ("账对得上的学校", figures.sound, "全部核对过，没有错误和存疑"),
        ("没有核对完的学校", figures.unfinished, "有核对不了的项目，不算对得上"),
        ("学生", figures.pupils, f"各校学生人数之和{told('pupils')}"),
        ("藏书（册）", figures.copies, f"各校在册册数之和{told('copies', 'copies_unread')}"),
        ("生均图书册数", figures.per_pupil, f"各校在册册数之和 ÷ 学生人数之和{told('per_pupil')}"),
        ("达到本校藏书标准的学校", figures.meeting_standard, f"生均图书册数不低于本校所用标准{doubt}"),
        (
            "生均图书册数的差异系数",
            figures.variation,
            "√（∑ 学生人数 ×（本校生均 − 全县生均）² ÷ 全县学生人数）÷ 全县生均，0 是各校一样；"
            f"教督〔2012〕3号要八项指标的差异系数平均下来小学不超过 {MOST_VARIATION}，这是其中一项",
        ),
        ("学生借书（册）", figures.loans, f"本学期学生个人借书{told('loans', 'loans_unread')}"),
        ("生均借书册数", figures.mean, f"借书册数之和 ÷ 学生人数之和{told('mean')}"),
        ("图书流通率（%）", figures.turnover, f"本学期流通册数 ÷ 藏书册数 × 100%{told('circulated')}"),
        ("图书流通率（册/人）", figures.per_borrower, "本学期学生借书册数 ÷ 借过书的学生人数"),
        ("账目问题（处/千行）", figures.per_thousand, "没有说明的错误和存疑 ÷ 核对的行数 × 1000"),
    ]
    return section_of(_ALL, {"指标": 26, "数": 14, "怎么算的": 60}, rows)


def _schools(entries: Sequence[SchoolEntry]) -> Section | None:
    if not entries:
        return None
    hidden = not_shown_alone(entries)
    placed = ranked([one for one in entries if one.file not in hidden], lambda record: record.mean)
    shown = {entry.file for _, entry in placed}
    rows = [_school(entry, place) for place, entry in placed]
    # The place in a ranking tells a figure too.
    unplaced = (entry for entry in entries if entry.file not in shown)
    rows += [_school(entry, None, is_hidden=entry.file in hidden) for entry in unplaced]
    charts = (
        Chart("各校生均图书册数和标准", (_PER_PUPIL,), (_STANDARD,)),
        Chart("各校生均借书册数", (_MEAN,), below=_ALL),
    )
    said = [
        "按生均借书册数排名次，一样的名次相同；达标是生均图书不低于标准。",
        *_group(together(entries)),
    ]
    return section_of("各校", _SCHOOLS, rows, said, charts=charts if len(rows) <= CHARTED else (), frozen=1)


def _group(few: Together | None) -> Iterable[str]:
    if not few:
        return
    yield (
        f"学生不到 {SMALL_GROUP} 人的学校，和人数有关的数不单列，不排名次，只算在合计里；合计减得出来的，另一所也这样。"
    )
    if few.pupils is not None:
        yield (
            f"不单列的 {len(few.files)} 所合起来：学生 {few.pupils} 人，借书 {_or_dash(few.loans)} 册，"
            f"生均借书 {_or_dash(few.mean)} 册，生均图书 {_or_dash(few.per_pupil)} 册。"
        )


def _or_dash(value: Value) -> Value:
    return ABSENT if value is None else value


def _school(entry: SchoolEntry, place: int | None, *, is_hidden: bool = False) -> tuple[Value, ...]:
    record = entry.record
    return (
        entry.called,
        place,
        _NOT_ALONE if is_hidden else record.pupils,
        record.copies,
        None if is_hidden else record.per_pupil,
        record.standard,
        _meets(record),
        None if is_hidden else record.loans,
        None if is_hidden else record.mean,
        f"{record.reached}/{record.targets}" if record.targets else None,
        record.errors,
        record.warnings,
        record.unchecked,
        _conclusion(entry),
        record.as_of,
    )


def _meets(record: SchoolRecord) -> str | None:
    if record.per_pupil is None:
        return None
    return "达标" if record.meets_standard else "没达标" if record.misses_standard else "说不准"


def _conclusion(entry: SchoolEntry) -> str:
    whose = "有同名的" if entry.namesakes else "可能算了两遍" if entry.doubles else ""
    how = _how_its_books_are(entry.record)
    return "，".join(filter(None, (whose, "" if whose and how == _FINE else how)))


def _how_its_books_are(record: SchoolRecord) -> str:
    if record.errors or record.warnings:
        return "有问题"
    if not record.is_begun:
        return "还没有记"
    if record.lacks_optional_sheets_alone:
        return "只缺可选的表"
    return "没有核对完" if record.unchecked else _FINE


def _perhaps_one(entries: Sequence[SchoolEntry]) -> Section | None:
    """Schools of different names whose books are the same in large part."""
    groups = doubled(entries)
    rows = [(first.called, first.file, one.called, one.file) for first, *others in groups for one in others]
    if not rows:
        return None
    said = (
        "名称不同，账上许多书和借阅一模一样，或者校名开头、班级和人数一样；各算了一所。"
        "是同一所的，只留一份，一所的账分几份记的合成一份，再汇总；不是的，看哪一所的账是拿另一所的改的、没有删干净。"
    )
    columns = {"学校": 24, "工作簿": 40, "有许多一样的学校": 24, "它的工作簿": 40}
    return section_of(_PERHAPS_ONE, columns, rows, [said])


def _failed(failures: Sequence[Failure]) -> Section | None:
    if not failures:
        return None
    return section_of("没有汇总的", {"工作簿": 40, "为什么": 80}, [(failure.file, failure.why) for failure in failures])


def _outstanding(found: Sequence[Outstanding]) -> Section | None:
    if not found:
        return None
    said = "让学校保存、抄好以后再交一份，或者再汇总一次。"
    return section_of(_NOT_YET, {"工作簿": 40, "怎么回事": 80}, [(one.file, one.what) for one in found], [said])
