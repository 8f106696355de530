"""SET, QUO, ACT, VIS, EVA, REC and EXP, from 基本信息 to 差异说明: one small broken example per check."""

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.kept import Kept, KeptSample
from schoollib_xl.ledgers.ledger_set import EXAMPLE_SCHOOL
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.school import SETTINGS, TermName
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.activities import ActivityRow, RecommendationRow, VisitRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, JobRow, OpeningRow, TurnRow
from schoollib_xl.ledgers.supporting.inspection import EvaluationRow
from schoollib_xl.ledgers.supporting.office import ExplanationRow, SettingRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import CompensationRule, LendingRule, TargetRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow
from schoollib_xl.ledgers.supporting.vocabulary import Audience, ClassLending, DayKind, TurnKind, VisitorKind
from schoollib_xl.ledgers.vocabulary import ReaderKind, Weekday
from schoollib_xl.samples.broken.example import Example
from schoollib_xl.samples.broken.rows import (
    BATCH,
    CLASS,
    COPY,
    ISBN,
    MONDAYS,
    OTHER_CLASS,
    RETURNED,
    RULE,
    RULED,
    SHORT_PAPER,
    SPELLED,
    TEACHER,
    TERM,
    UNKNOWN,
)

_TARGET = example(TargetRow)
_PUPIL = example(ReaderRow)
_SHOW = example(ActivityRow, held_on=date(2025, 10, 24), kind="阅读笔记展评", name="秋季阅读笔记展评", classes=None)
_PAGE = _SHOW._replace(kind="读书报", name="《读书报》第11期")
_HOLIDAY = example(CalendarRow, starts_on=date(2025, 10, 1), ends_on=date(2025, 10, 8), kind=DayKind.HOLIDAY, note=None)
_OWING = example(CompensationRule)
_TURN = example(TurnRow)
_READING = example(TurnRow, kind=TurnKind.READING)
_SATURDAY = date(2025, 10, 11)
_MAKE_UP = example(CalendarRow, starts_on=_SATURDAY, ends_on=_SATURDAY, kind=DayKind.MAKE_UP, note=None)
_NATIONAL_DAY = example(
    CalendarRow, starts_on=date(2025, 10, 1), ends_on=date(2025, 10, 8), kind=DayKind.HOLIDAY, note="国庆节"
)
_ITEM = example(EvaluationRow)
_DEAR_BATCH = example(SummaryRow, list_value=Decimal("34.00"))
_SAID = example(
    ExplanationRow, code="SUM302", sheet_name="总括登记账", number="2025-001", text="少 1.00 元，发票抹零。"
)


def _settings(*rows: Any, **changes: Any) -> Example:
    """The example school with other settings: those that were changed and those they are compared with."""
    school = EXAMPLE_SCHOOL._replace(**changes)
    shown = {"school_year", "term_start", "term_end", "cut_off", *changes}
    settings = (
        example(SettingRow, item=header, value=getattr(school, field.name))
        for header, field in SETTINGS.items()
        if field.name in shown
    )
    return Example((*settings, *rows), school)


EXAMPLES = {
    "ACT001": Example((example(ActivityRow), example(ActivityRow))),
    "ACT101": Example((example(ActivityRow, held_on=date(2024, 10, 24)),)),
    "ACT102": Example(
        (example(ActivityRow, held_on=date(2025, 10, 2)), example(CalendarRow), _HOLIDAY),
    ),
    "ACT103": Example((example(JobRow, done="2月10日完成"),)),
    "ACT104": Example(
        (
            example(ActivityRow, held_on=date(2025, 12, 24)),
            example(ActivityRow, line=3),
            example(ActivityRow, line=4, held_on=date(2025, 11, 14)),
        )
    ),
    "ACT105": Example((example(JobRow, month=11, done="9月24日办完"),)),
    "ACT106": Example((_PAGE, _PAGE._replace(held_on=date(2025, 12, 12)))),
    "ACT107": Example((_SHOW, example(JobRow, month=10, task="举办秋季阅读笔记展评", done="10月14日"))),
    "ACT108": Example((example(JobRow, month=11, task="集中修补破损图书", done="修补 16 册"), example(RepairRow))),
    "ACT109": Example(
        (
            BATCH,
            example(JobRow, task="清点藏书", done="9月20日清点完"),
            example(StocktakeRow, counted_on=date(2026, 1, 20)),
        )
    ),
    "ACT110": Example((BATCH, example(JobRow, task="秋季新书登记入藏", done="9月20日"))),
    "ACT111": Example((_PUPIL, example(JobRow, task="收回借出的图书", done="9月20日收齐"), example(LoanRow))),
    "ACT201": Example((CLASS._replace(pupils=24), example(ActivityRow, participants=1200))),
    "ACT202": Example((CLASS, OTHER_CLASS._replace(pupils=150), example(ActivityRow, classes="三（1）班"))),
    "ACT112": Example((BATCH, example(ActivityRow, kind="图书室检查", result="现有图书5000册"))),
    "EVA306": Example((BATCH, _ITEM._replace(record="藏书共5000册"))),
    "ACT203": Example((_SHOW._replace(participants=2, result="评出一等奖3名"),)),
    "ACT301": Example(
        (_TARGET._replace(name="阅读笔记展评次数"), example(ActivityRow, kind="阅读笔记展览")),
    ),
    "ACT302": Example((example(ActivityRow, classes="三（9）班"), example(ClassRow))),
    "ACT303": Example((_SHOW, _SHOW._replace(kind="读书演讲比赛", held_on=date(2025, 12, 12)))),
    "EVA001": Example((_ITEM, _ITEM._replace(content="账物相符"))),
    "EVA201": Example((_ITEM._replace(own_mark=Decimal(12)),)),
    "EVA301": Example((_ITEM._replace(figure="生均藏书数"),)),
    "EVA302": Example((_ITEM._replace(standard="七本齐全"),)),
    "EVA303": Example((_ITEM._replace(content="书标齐全", figure="书袋卡齐全率"),)),
    "EVA304": Example((_ITEM._replace(content="报刊50种以上", figure="报刊种数", standard="40"),)),
    "EVA305": Example((_ITEM._replace(content="书标齐全", figure="书标齐全率", standard="980%"),)),
    "EVA401": Example((BATCH, COPY), kept=Kept(samples=(KeptSample(date(2025, 12, 1), 20, ("000001",)),))),
    "EXP001": Example((_DEAR_BATCH, COPY, _SAID._replace(code="SUM999"))),
    "EXP002": Example((_DEAR_BATCH, COPY, _SAID._replace(sheet_name="总帐"))),
    "EXP003": Example((_DEAR_BATCH, COPY, _SAID._replace(number="2025-011"))),
    "EXP101": Example((_DEAR_BATCH, COPY, _SAID._replace(valid_until=date(2025, 9, 30)))),
    "EXP102": Example((_SAID._replace(written_on=date(2025, 9, 10), valid_until=date(2025, 9, 1)),)),
    "EXP103": Example((_DEAR_BATCH, COPY, _SAID._replace(text="发票抹零。", written_on=date(2024, 9, 12)))),
    "EXP201": Example((_DEAR_BATCH, COPY, _SAID)),
    "EXP202": Example((_DEAR_BATCH, COPY, _SAID._replace(text="发票抹零。"))),
    "EXP301": Example(
        (
            SHORT_PAPER,
            SHORT_PAPER._replace(title="少年文艺"),
            example(ExplanationRow, code="PER203", sheet_name="报刊登记账", number="BK2025-001", text="已查询。"),
        )
    ),
    "EXP901": Example((_DEAR_BATCH._replace(list_value=Decimal("25.00")), COPY, _SAID)),
    "QUO001": Example((RULE, RULE._replace(copies=2))),
    "QUO002": Example((RULE,)),
    "QUO003": Example((_OWING, _OWING._replace(multiple=_OWING.multiple * 2))),
    "QUO011": Example((_TARGET._replace(name="生均借书数"),)),
    "QUO012": Example((_TARGET, _TARGET._replace(value=_TARGET.value + 1))),
    "QUO013": Example((_TARGET._replace(grades="高年级"),)),
    "QUO014": Example((_TARGET._replace(grades="3-6"), _TARGET._replace(grades="5,6", value=Decimal(3)))),
    "QUO015": Example((_TARGET, _TARGET._replace(name="每生最低借书册数", value=Decimal(4)))),
    "QUO016": Example((_TARGET._replace(value=Decimal(-2)),)),
    "QUO017": Example((_TARGET._replace(unit="次"),)),
    "QUO018": Example((_TARGET._replace(value=Decimal(800)),)),
    "QUO019": Example((_TARGET._replace(basis="县年度考评要求：每学期生均不少于 3 册"),)),
    "QUO031": Example((_TURN, _TURN)),
    "QUO032": Example((example(JobRow), example(JobRow))),
    "QUO033": Example((RULE, RULE)),
    "QUO101": Example((MONDAYS._replace(ends_at=time(11, 0)),)),
    "QUO102": Example((MONDAYS, MONDAYS._replace(starts_at=time(12, 0), ends_at=time(13, 0)))),
    "QUO103": Example((TERM,)),
    "QUO104": Example(
        (
            *(
                opening
                for day in Weekday
                for opening in (
                    MONDAYS._replace(weekday=day),
                    MONDAYS._replace(
                        weekday=day,
                        starts_at=time(12, 30 if day is not Weekday.MONDAY else 10),
                        ends_at=time(15, 20),
                        audience=Audience.TEACHERS,
                    ),
                )
            ),
        )
    ),
    "QUO111": Example((TERM, _NATIONAL_DAY._replace(ends_on=date(2025, 9, 8)))),
    "QUO112": Example((TERM._replace(ends_on=date(2025, 12, 31)),)),
    "QUO113": Example((TERM, _MAKE_UP)),
    "QUO114": Example((TERM, _NATIONAL_DAY, _MAKE_UP._replace(starts_on=date(2025, 10, 8), ends_on=date(2025, 10, 8)))),
    "QUO115": Example((_NATIONAL_DAY,)),
    "QUO116": Example((TERM, _NATIONAL_DAY._replace(kind=DayKind.SCHOOL))),
    "QUO117": Example((TERM._replace(starts_on=date(2024, 9, 1)),)),
    "QUO118": Example((TERM, _MAKE_UP._replace(follows=Weekday.SATURDAY))),
    "QUO119": Example((TERM, _NATIONAL_DAY, _NATIONAL_DAY)),
    "QUO120": Example((example(CalendarRow, kind=DayKind.HOLIDAY, follows=Weekday.TUESDAY),)),
    "QUO121": Example((TERM, MONDAYS, MONDAYS._replace(weekday=Weekday.SUNDAY))),
    "QUO122": Example((TERM,)),
    "QUO201": Example((_OWING._replace(whole_set="看情况"),)),
    "QUO301": Example(
        (
            CLASS,
            example(ReaderRow),
            RULE._replace(reader_kind=ReaderKind.TEACHER),
        )
    ),
    "QUO303": Example((CLASS, example(LendingRule, class_name=UNKNOWN))),
    "QUO304": Example((CLASS, example(LendingRule, class_name=SPELLED))),
    "QUO305": Example((CLASS, RULE._replace(class_name="三（1）班", grade=4))),
    "QUO306": Example(
        (
            *RULED[:2],
            RULE._replace(days=999),
            *RULED[3:],
            *(RETURNED._replace(loan_no=f"J{at:06}") for at in range(1, 6)),
        )
    ),
    "QUO307": Example((RULE, RULE._replace(reader_kind=ReaderKind.TEACHER, days=300))),
    "QUO308": Example((RULE._replace(renewals=11),)),
    "QUO321": Example((_TURN._replace(ends_at=time(11, 0)),)),
    "QUO322": Example((CLASS, OTHER_CLASS, _TURN)),
    "QUO323": Example((MONDAYS, _TURN._replace(weekday=Weekday.TUESDAY))),
    "QUO324": Example((MONDAYS, _TURN._replace(ends_at=time(12, 40)))),
    "QUO325": Example((_READING, _READING._replace(class_name="三（2）班"))),
    "QUO326": Example((_TURN, _TURN._replace(class_name="三（2）班"))),
    "QUO327": Example((CLASS._replace(lending=ClassLending.IN_ROOM), _TURN)),
    "QUO328": Example((_TURN, _TURN._replace(line=3, weekday=Weekday.TUESDAY, ends_at=None))),
    "QUO329": Example(
        (
            *(CLASS, TERM, _TURN._replace(weekday=Weekday.FRIDAY, kind=TurnKind.READING)),
            *(
                example(VisitRow, line=at, class_name=CLASS.class_name, visited_on=date(2025, 9, 1) + timedelta(7 * at))
                for at in range(2, 8)
            ),
        )
    ),
    "QUO331": Example((CLASS, example(TurnRow, class_name=UNKNOWN))),
    "QUO332": Example((CLASS, example(TurnRow, class_name=SPELLED))),
    "QUO911": Example((_TARGET._replace(name="教师读书笔记篇数"),)),
    "REC001": Example((example(RecommendationRow), example(RecommendationRow))),
    "REC011": Example((example(RecommendationRow, isbn="9787020024750"),)),
    "REC301": Example((COPY, example(RecommendationRow, title="草房子", isbn=ISBN))),
    "REC302": Example((COPY, example(RecommendationRow, author="曹文轩"))),
    "SET001": _settings(term_end=None),
    "SET002": _settings(school_year="2025"),
    "SET003": _settings(
        *(example(AccessionRow, accession_no=f"{number:08}") for number in range(1, 21)), accession_width=6
    ),
    "SET004": Example((example(SettingRow, item="停借日", value=date(2026, 1, 12)),)),
    "SET005": Example(
        (example(SettingRow, item="学期", value="第一学期"), example(SettingRow, item="学期", value="第二学期"))
    ),
    "SET101": _settings(term_end=date(2025, 1, 23)),
    "SET102": _settings(previous_start=date(2025, 2, 17), previous_end=date(2025, 9, 4)),
    "SET103": _settings(cut_off=date(2025, 6, 30)),
    "SET104": _settings(term_name=TermName.SECOND),
    "SET105": _settings(
        example(CalendarRow, starts_on=date(2025, 9, 1), ends_on=date(2026, 1, 23)), term_start=date(2025, 9, 29)
    ),
    "SET106": _settings(lending_stops=date(2025, 6, 20)),
    "SET107": _settings(previous_start=date(2023, 9, 1), previous_end=date(2025, 7, 4)),
    "SET108": _settings(
        example(ReaderRow), example(LoanRow, lent_on=date(2025, 12, 24)), lending_stops=date(2025, 12, 1)
    ),
    "SET109": _settings(
        example(CalendarRow, starts_on=date(2025, 9, 29), ends_on=date(2026, 1, 23)),
        example(CalendarRow, starts_on=date(2025, 7, 1), ends_on=date(2025, 9, 28), kind=DayKind.HOLIDAY),
    ),
    "VIS001": Example((example(VisitRow), example(VisitRow))),
    "VIS101": Example((example(VisitRow, visited_on=date(2024, 9, 10)),)),
    "VIS102": Example((example(VisitRow, visited_on=date(2025, 9, 13)), example(CalendarRow), example(OpeningRow))),
    "VIS103": Example(
        (
            example(VisitRow, visited_on=date(2025, 11, 10)),
            example(VisitRow, line=3),
            example(VisitRow, line=4, visited_on=date(2025, 9, 17)),
        )
    ),
    "VIS104": Example(
        (*(example(VisitRow, visited_on=date(2025, 9, 8) + timedelta(weeks=week)) for week in range(10)), TERM)
    ),
    "VIS301": Example((CLASS, example(VisitRow, class_name=UNKNOWN))),
    "VIS302": Example((CLASS, example(VisitRow, class_name="一(1)班"), example(ClassRow, class_name="一（1）班"))),
    "VIS303": Example((example(VisitRow, class_name=None),)),
    "VIS304": Example((CLASS._replace(pupils=24), example(VisitRow, class_name="三（1）班", people=240))),
    "VIS305": Example(
        tuple(example(VisitRow, visitor=VisitorKind.TEACHER, people=1, name=name) for name in ("陈静", None))
    ),
    "VIS306": Example(
        (
            TEACHER,
            CLASS,
            *(
                example(VisitRow, visitor=VisitorKind.TEACHER, class_name=None, name=name, people=1)
                for name in ("陈静", "陈静老师", "诸葛明")
            ),
        )
    ),
    "VIS307": Example((example(VisitRow, people=0),)),
    "VIS308": Example(
        (
            *(OTHER_CLASS, CLASS, TERM, _TURN._replace(kind=TurnKind.READING)),
            _TURN._replace(line=3, class_name=OTHER_CLASS.class_name, kind=TurnKind.READING),
            *(
                example(VisitRow, line=at, class_name=CLASS.class_name, visited_on=date(2025, 9, 1) + timedelta(7 * at))
                for at in range(2, 8)
            ),
        )
    ),
}
