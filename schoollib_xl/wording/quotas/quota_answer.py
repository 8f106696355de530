"""The answer of `quota`: what is asked and reached, the classes, then what 借阅定额.xlsx holds besides."""

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter

from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import SHEETS, header_of
from schoollib_xl.ledgers.supporting.calendar import TurnRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.quotas.borrowing.overdue import OverdueLoan, by_class
from schoollib_xl.quotas.borrowing.pupils import PupilBorrowing
from schoollib_xl.quotas.recorded import as_recorded
from schoollib_xl.quotas.statement import ClassQuota, Statement
from schoollib_xl.quotas.week.rotation import Rotation
from schoollib_xl.wording.answer import (
    Answer,
    Chart,
    Medium,
    Section,
    Shade,
    Strong,
    Table,
    TableColumn,
    Value,
    columns_of,
    number,
    table_of,
    widths_of,
)
from schoollib_xl.wording.quotas.class_figures import (
    MEAN,
    TARGET,
    ClassFigure,
    FiguresRow,
    figure_rows,
    grade_name,
    least_sentence,
    meanings,
    shown,
)
from schoollib_xl.wording.quotas.obstacles import not_computed
from schoollib_xl.wording.quotas.quota_lists import lists
from schoollib_xl.wording.quotas.quota_sentences import (
    apart_sentence,
    behind_heading,
    catch_up_sentence,
    class_sentences,
    headline,
    register_sentence,
    target_limits,
    unconfirmed_sentences,
    unread_sentence,
    way_back,
)
from schoollib_xl.wording.quotas.verdicts import done_words, outcome_word, scope, target_title, unplaced_sentences
from schoollib_xl.wording.zh import say

_TARGETS, _CLASSES, _OVERVIEW, _NOT_COMPUTED = "任务指标", "各班", "总览", "没有算的"
_WAITING = "到今天轮到的都借满了、下一次还没轮到的班，不算落后。"
# All but the last, what a target is based on.
_TARGET_COLUMNS_ON_SCREEN = 6
# Two pupils side by side: number, name, copies and, where each must borrow some, how many are still wanting.
_ABREAST = 2
_PUPIL = columns_of(ReaderRow, reader_no=12, name=11) | {"已借": 8, "还差": 8}


def quota_answer(library: Library, quotas: Statement) -> Answer:
    """The whole answer, most urgent first; with names only where it is for class teachers."""
    told = as_recorded(quotas)
    sections = [
        *term_sections(quotas),
        *_overview(library, told),
        _classes(told, Medium.FILE),
        *_grades(told),
        *lists(library, told),
        *_not_computed(library, quotas),
    ]
    return Answer("借阅定额", (headline(quotas),), sections)


def term_sections(quotas: Statement) -> Iterator[Section]:
    """What a screen shows of the term: the targets, the classes, how those that are behind catch up."""
    told = as_recorded(quotas)
    if told.outcomes:
        yield Section(_TARGETS, (), (), [_targets(told, "")], Medium.SCREEN)
    if quotas.school.loans is not None:
        yield _classes(told, Medium.SCREEN)
    behind = [quota for quota in told.classes if quota.obligation.on_track is False]
    if behind:
        ways = Table("", (), [(catch_up_sentence(quota),) for quota in behind])
        yield Section(behind_heading(quotas), (), (), [ways], Medium.SCREEN)


def _targets(quotas: Statement, heading: str) -> Table:
    """Every target of the school beside what was reached of it."""
    rows: list[tuple[Value, ...]] = [
        (
            target_title(outcome),
            scope(outcome.target),
            number(outcome.target.value),
            done_words(quotas, outcome),
            outcome.target.unit,
            outcome_word(outcome),
            outcome.target.basis,
        )
        for outcome in quotas.outcomes
    ]
    notes = [*map(Strong, target_limits(quotas)), *unconfirmed_sentences(quotas)]
    header = ("指标", "范围", "目标", "完成", "单位", "结果", "依据")
    return Table(heading, header, rows, notes=notes, on_screen=_TARGET_COLUMNS_ON_SCREEN)


def _overview(library: Library, quotas: Statement) -> Iterator[Section]:
    tables = [_targets(quotas, _TARGETS)] if quotas.outcomes else []
    tables += [section.tables[0]._replace(heading=_NOT_COMPUTED) for section in _not_computed(library, quotas)]
    title = f"{library.school.name or ''}借阅定额"
    said = [register_sentence(quotas), *filter(None, [unread_sentence(quotas)])]
    yield Section(_OVERVIEW, (20, 9, 7, 19, 7, 10, 25), said, tables, Medium.FILE, title)


def _not_computed(library: Library, quotas: Statement) -> Iterator[Section]:
    if quotas.not_computed:
        rows = [("：".join(not_computed(library, one)),) for one in quotas.not_computed]
        yield Section(_NOT_COMPUTED, (), (), [Table("", (), rows)], Medium.SCREEN)


def _classes(quotas: Statement, medium: Medium) -> Section:
    """The figures of each class, then of each grade and of the school; a column that no row fills is left out. A
    screen has room for short names, and says below what the workbook says above.
    """
    rows, is_short = figure_rows(quotas), medium is Medium.SCREEN
    figures = [figure for figure in shown(rows) if figure.short or not is_short]
    columns = [TableColumn[FiguresRow]("班级", 12, lambda row: row.name)]
    columns += [] if is_short else [TableColumn(header_of(ClassRow, "teacher"), 9, _teacher)]
    columns += [TableColumn(figure.short if is_short else figure.name, 8, _value(figure)) for figure in figures]
    totals = sum(row.is_total for row in rows)
    shades = [Shade.AMBER if row.figures.on_track is False else None for row in rows[: len(rows) - totals]]
    table = table_of(columns, rows)._replace(totals=totals, shades=shades, frozen=1, charts=_charts(quotas, columns))
    waiting = _WAITING if any(row.figures.waits_for_turn for row in rows) else ""
    said = [meanings(figures, short=is_short), waiting, least_sentence(quotas), unread_sentence(quotas)]
    if is_short:
        said += [apart_sentence(quotas), register_sentence(quotas)]
        return Section(_CLASSES, (), (), [table._replace(notes=[one for one in said if one])], medium)
    above = [one for one in (headline(quotas), *said) if one]
    return Section(_CLASSES, widths_of(columns), above, [table], medium, "各班借书情况")


def _value(figure: ClassFigure) -> Callable[[FiguresRow], Value]:
    return lambda row: figure.of(row.figures)


def _teacher(row: FiguresRow) -> str | None:
    return None if row.is_total else row.members[0].school_class.teacher


def _charts(quotas: Statement, columns: Sequence[TableColumn[FiguresRow]]) -> list[Chart]:
    """生均册数 of each class against its target. One class, or classes that borrowed nothing, make no picture."""
    names = [column.header for column in columns]
    at = {
        figure: names.index(name) for figure in (MEAN, TARGET) for name in (figure.name, figure.short) if name in names
    }
    if len(quotas.classes) < 2 or not quotas.school.loans or MEAN not in at:
        return []
    return [Chart("各班生均借书册数", [at[MEAN]], [at[TARGET]] if TARGET in at else [], below=_OVERVIEW)]


# -- the classes of a grade, for their teachers ------------------------------------------------------


def _grades(quotas: Statement) -> Iterator[Section]:
    """A page for each grade, and for the classes whose grade is not known: how the class stands, who has to borrow
    more, what is overdue.
    """
    late = by_class(quotas.overdue)
    lends = not quotas.lacks_loans
    told = [quota for quota in quotas.classes if (lends and not quota.only_in_room) or quota.school_class.name in late]
    cut_off = quotas.period.cut_off if quotas.period else quotas.as_of
    for grade in (*(grade for grade, _ in quotas.grades), None):
        classes = [quota for quota in told if quota.school_class.grade == grade]
        tables = [_class_table(quota, late.get(quota.school_class.name, ())) for quota in classes]
        if tables:
            name = "年级不清楚的班" if grade is None else grade_name(classes)
            pages = [table._replace(new_page=index > 0) for index, table in enumerate(tables)]
            said = f"算到 {say(cut_off)}。有学生姓名，只给班主任看，不张贴。"
            title = f"{name}借书情况"
            yield Section(name, [*_PUPIL.values()] * _ABREAST, [said], pages, Medium.FILE, title, only_for="仅供班主任")


def _class_table(quota: ClassQuota, late: Sequence[OverdueLoan]) -> Table:
    teacher = quota.school_class.teacher
    said = [*class_sentences(quota)]
    if quota.obligation.on_track is False:
        said.append(Strong(way_back(quota)))
    pupils = () if quota.only_in_room else quota.pupils
    if any(pupil.is_below for pupil in pupils):
        said.append("红底的一册没借，黄底的借得比现在该借的少。")
    across = len(_PUPIL) - (quota.least is None)
    rows, shades = _abreast(pupils, across)
    return Table(
        f"{quota.school_class.name}{f'　班主任：{teacher}' if teacher else ''}",
        [*_PUPIL][:across] * _ABREAST if pupils else (),
        rows,
        sentences=said,
        notes=[Strong(f"逾期未还 {len(late)} 册："), *map(overdue_sentence, late)] if late else (),
        shades=shades,
    )


def overdue_sentence(late: OverdueLoan) -> str:
    """One overdue copy in one line."""
    loan = late.loan
    title = f"《{loan.title}》" if loan.title else ""
    return f"{loan.reader_no}　{late.name}　{title}{loan.accession_no}　应还 {say(late.due_on)}，已过 {late.days} 天"


def _abreast(pupils: Sequence[PupilBorrowing], across: int) -> tuple[list[tuple[Value, ...]], list[list[Shade | None]]]:
    """The pupils in columns read from top to bottom, so many values of each, with the colour of each: red for
    nothing borrowed, amber for not enough.
    """
    height = -(-len(pupils) // _ABREAST)
    rows, shades = [], []
    for line in range(height):
        beside = [pupils[index] if index < len(pupils) else None for index in range(line, height * _ABREAST, height)]
        rows.append(tuple(value for pupil in beside for value in _values(pupil)[:across]))
        shades.append([shade for pupil in beside for shade in [_shade(pupil)] * across])
    return rows, shades


def _values(pupil: PupilBorrowing | None) -> tuple[Value, ...]:
    if pupil is None:
        return (None,) * len(_PUPIL)
    return (pupil.reader_no, pupil.name, pupil.copies, pupil.short_by or None)


def _shade(pupil: PupilBorrowing | None) -> Shade | None:
    if pupil is None or not pupil.is_below:
        return None
    return Shade.AMBER if pupil.copies else Shade.RED


def rotation_answer(made: Rotation) -> Answer:
    """A generated rotation table, its columns as in the workbook, ready to paste; and what could not be placed."""
    declared = SHEETS[TurnRow]
    columns = [TableColumn[TurnRow](one.header, one.column.width, attrgetter(one.name)) for one in declared.fields]
    table = table_of(columns, made.turns)._replace(frozen=1)
    sections = [Section(declared.name, widths_of(columns), (), [table], Medium.FILE, title="")]
    if left := unplaced_sentences(made):
        sections.append(Section("没有排上的", (80,), left, (), Medium.FILE))
    return Answer(declared.name, (), sections)
