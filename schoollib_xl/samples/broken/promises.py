"""借阅规则, 赔偿规则, 任务指标, 开放时间, 校历, 借阅轮流表 and 活动记录: one small broken example per check."""

from datetime import date, time

from schoollib_xl.ledgers.schema import example
from schoollib_xl.ledgers.supporting.activities import ActivityRow, VisitRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow, TurnRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import CompensationRule, LendingRule, TargetRow
from schoollib_xl.ledgers.supporting.vocabulary import DayKind, TurnKind
from schoollib_xl.ledgers.vocabulary import ReaderKind, Weekday
from schoollib_xl.samples.broken.example import Example

_CLASS = example(ClassRow)
_OTHER_CLASS = example(ClassRow, class_name="三（2）班")
_RULE = example(LendingRule)
_OWING = example(CompensationRule)
_TARGET = example(TargetRow)
_OPENING = example(OpeningRow)
_TERM = example(CalendarRow)
_TURN = example(TurnRow)
_READING = example(TurnRow, kind=TurnKind.READING)
_SATURDAY = date(2025, 10, 11)
_MAKE_UP = example(CalendarRow, starts_on=_SATURDAY, ends_on=_SATURDAY, kind=DayKind.MAKE_UP, note=None)
_HOLIDAY = example(
    CalendarRow, starts_on=date(2025, 10, 1), ends_on=date(2025, 10, 8), kind=DayKind.HOLIDAY, note="国庆节"
)

EXAMPLES = {
    "QUO001": Example((_RULE, _RULE._replace(copies=2))),
    "QUO002": Example((_RULE,)),
    "QUO003": Example((_OWING, _OWING._replace(multiple=_OWING.multiple * 2))),
    "QUO011": Example((_TARGET._replace(name="生均借书数"),)),
    "QUO012": Example((_TARGET, _TARGET._replace(value=_TARGET.value + 1))),
    "QUO013": Example((_TARGET._replace(grades="高年级"),)),
    "QUO101": Example((_OPENING._replace(ends_at=time(11, 0)),)),
    "QUO102": Example((_OPENING, _OPENING._replace(starts_at=time(12, 0), ends_at=time(13, 0)))),
    "QUO103": Example((_TERM,)),
    "QUO117": Example((_TERM._replace(starts_on=date(2024, 9, 1)),)),
    "QUO111": Example((_TERM, _HOLIDAY._replace(ends_on=date(2025, 9, 8)))),
    "QUO112": Example((_TERM._replace(ends_on=date(2025, 12, 31)),)),
    "QUO113": Example((_TERM, _MAKE_UP)),
    "QUO116": Example((_TERM, _HOLIDAY._replace(kind=DayKind.SCHOOL))),
    "QUO114": Example((_TERM, _HOLIDAY, _MAKE_UP._replace(starts_on=date(2025, 10, 8), ends_on=date(2025, 10, 8)))),
    "QUO115": Example((_HOLIDAY,)),
    "QUO201": Example((_OWING._replace(whole_set="看情况"),)),
    "QUO301": Example(
        (
            _CLASS,
            example(ReaderRow),
            _RULE._replace(reader_kind=ReaderKind.TEACHER),
        )
    ),
    "QUO305": Example((_CLASS, _RULE._replace(class_name="三（1）班", grade=4))),
    "QUO321": Example((_TURN._replace(ends_at=time(11, 0)),)),
    "QUO322": Example((_CLASS, _OTHER_CLASS, _TURN)),
    "QUO323": Example((_OPENING, _TURN._replace(weekday=Weekday.TUESDAY))),
    "QUO324": Example((_OPENING, _TURN._replace(ends_at=time(12, 40)))),
    "QUO325": Example((_READING, _READING._replace(class_name="三（2）班"))),
    "QUO326": Example((_TURN, _TURN._replace(class_name="三（2）班"))),
    "QUO911": Example((_TARGET._replace(name="教师读书笔记篇数"),)),
    "ACT001": Example((example(ActivityRow), example(ActivityRow))),
    "ACT101": Example((example(ActivityRow, held_on=date(2024, 10, 24)),)),
    "ACT301": Example(
        (_TARGET._replace(name="阅读笔记展评次数"), example(ActivityRow, kind="阅读笔记展览")),
    ),
    "ACT302": Example((example(ActivityRow, classes="三（9）班"), example(ClassRow))),
    "VIS102": Example((example(VisitRow, visited_on=date(2025, 9, 13)), example(CalendarRow), example(OpeningRow))),
    "VIS101": Example((example(VisitRow, visited_on=date(2024, 9, 10)),)),
    "VIS303": Example((example(VisitRow, class_name=None),)),
}
