"""What the words on a line of the sheets beside the ledgers may say that the line says otherwise (FMT210)."""

import re

from schoollib_xl.checks.check import Severity
from schoollib_xl.checks.entries.sayings import (
    DAY,
    NOT_YET,
    NUMERAL,
    Saying,
    always,
    choice,
    figure,
    hint,
    is_blank,
    is_filled,
    is_one_of,
    later_month,
    money,
)
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.numerals import in_digits, whole_number
from schoollib_xl.ledgers.schema import header_of
from schoollib_xl.ledgers.supporting.activities import ActivityRow, VisitRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow
from schoollib_xl.ledgers.supporting.inspection import ReviewRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow
from schoollib_xl.ledgers.supporting.vocabulary import Audience, DayKind, Presence, ReviewOutcome, VisitorKind
from schoollib_xl.ledgers.vocabulary import Condition, ReaderKind
from schoollib_xl.rules.likeness import says
from schoollib_xl.rules.shelves import FOR_SOME_DAYS

_LEFT = "转出|转走|转学走|毕业|调离|调走|退学"
_CARDS = {name: header_of(StocktakeRow, name) for name in ("catalogue_card", "book_card", "label")}
_CARDS["stamp"] = "(?:馆藏|图书)?章"
_READERS = {ReaderKind.PUPIL: "学生", ReaderKind.TEACHER: "教师|老师", ReaderKind.STAFF: "职工"}


def _was_elsewhere(row: StocktakeRow, match: re.Match[str], _: Library) -> bool:
    said, place = in_digits(match[1]), in_digits(row.place or "")
    return bool(place) and said not in place and place not in said and not says(match[1], *FOR_SOME_DAYS)


SHEET_SAYINGS: tuple[Saying, ...] = (
    Saying(
        ReaderRow,
        "remarks",
        "转走毕调退",
        rf"{DAY}(?:已|已经|随(?:父母|家长|爷爷奶奶)|全家|举家)*(?:{_LEFT})了?",
        "stopped_on",
        is_blank("stopped_on"),
    ),
    Saying(
        ReaderRow,
        "remarks",
        "年",
        r"(\d{4})年(\d{1,2})月(?:\d{1,2}日)?(?:从.{0,8})?(?:转入|转来|插班)",
        "issued_on",
        later_month("issued_on"),
        Severity.HINT,
    ),
    # Who came from another school, or is away for some weeks, is said so too.
    Saying(
        ReaderRow,
        "remarks",
        "学离休职",
        rf"{DAY}已?(?:转学|离校|退休|离职|辞职)了?",
        "stopped_on",
        is_blank("stopped_on"),
        Severity.HINT,
    ),
    hint(
        Saying(
            ReaderRow,
            "remarks",
            "失丢",
            rf"{DAY}(?:(?:借书|读者)?证)?已?(?:挂失|丢失|遗失|丢)了?",
            "stopped_on",
            is_blank("stopped_on"),
        )
    ),
    *(
        hint(choice(ReaderRow, "remarks", words, f"(?:本校)?(?:{words})", "kind", kind))
        for kind, words in _READERS.items()
    ),
    figure(ClassRow, "remarks", "(?:(?:实有|现有|全班|共)+有?(?:学生)?|学生)", "名人", "pupils"),
    Saying(ClassRow, "remarks", "并撤", rf"{DAY}已?(?:并入|合并到|撤销|撤并).{{0,8}}", "pupils", is_filled("pupils")),
    Saying(
        ReviewRow,
        "action",
        "除架借存毁",
        r"(?:已|全部)?(?:剔除|下架|停借|停止借阅|封存|销毁)",
        "outcome",
        is_one_of("outcome", ReviewOutcome.PASSED),
    ),
    *(
        hint(Saying(ReviewRow, name, signs, words, "outcome", is_one_of("outcome", ReviewOutcome.PASSED)))
        for name, signs, words in (
            ("remarks", "借除架", r".{0,8}(?:停止借阅|停借|剔除|下架)"),
            ("reason", "良康版法宜", r".*(?:不健康|不良|盗版|非法|不宜).*"),
        )
    ),
    Saying(
        StocktakeRow,
        "remarks",
        "破坏修",
        r"书?(?:已)?(?:破损|破了|损坏|待修|要修|需修)",
        "condition",
        is_one_of("condition", Condition.GOOD),
    ),
    hint(
        Saying(StocktakeRow, "remarks", "缺", "缺(?:封[面底]|页)", "condition", is_one_of("condition", Condition.GOOD))
    ),
    Saying(
        StocktakeRow,
        "remarks",
        "找见看在失丢出",
        r"架?上?(?:没有?|未)(?:找到|见到?|看到)|不在架上?|找不到|书?已?(?:丢失|遗失|丢了|借出(?:未还)?)",
        "accession_no",
        always,
    ),
    *(
        Saying(
            StocktakeRow,
            "remarks",
            "章卡标",
            rf"(?:没有?|无|缺少?|[未没]盖|没有盖){words}",
            name,
            is_one_of(name, Presence.PRESENT),
        )
        for name, words in _CARDS.items()
    ),
    Saying(
        StocktakeRow,
        "remarks",
        "看找发",
        r"在(.{2,8}?)[上里中]?(?:看到|找到|发现)",
        "place",
        _was_elsewhere,
        Severity.HINT,
    ),
    Saying(
        RepairRow,
        "damage",
        "废修",
        r".*(?:报废|无法修补?|修不好|不能修补?)",
        "reshelved_on",
        is_filled("reshelved_on"),
    ),
    hint(Saying(RepairRow, "damage", "好", "完好(?:无损)?", "sent_on", always)),
    Saying(
        CalendarRow,
        "note",
        "假",
        ".{0,6}(?:寒假|暑假|放假)",
        "kind",
        is_one_of("kind", DayKind.SCHOOL, DayKind.MAKE_UP),
    ),
    Saying(
        CalendarRow,
        "note",
        "课期",
        "(?:正常|调休)?(?:上课|补课)|第[一二]学期",
        "kind",
        is_one_of("kind", DayKind.HOLIDAY),
    ),
    hint(
        Saying(
            OpeningRow,
            "remarks",
            "生",
            "(?:对|供)?学生(?:阅览|看书|借还|借书|借阅|使用).{0,4}",
            "audience",
            is_one_of("audience", Audience.TEACHERS),
        )
    ),
    hint(
        Saying(
            OpeningRow,
            "remarks",
            "师备",
            "(?:对|供)?(?:教师|老师)(?:阅览|看书|借还|借书|借阅|使用|备课).{0,4}|备课.{0,6}",
            "audience",
            is_one_of("audience", Audience.PUPILS),
        )
    ),
    hint(
        figure(
            LendingRule, "basis", "[^年级班师]*?(?:(?:每人|每次|一次)+(?:[限可]|最多)*|[限可]|最多)借?", "册", "copies"
        )
    ),
    hint(figure(LendingRule, "basis", "(?:.*借期|期限)", "天", "days")),
    hint(Saying(LendingRule, "basis", "续", ".*不[得能可准]续借", "renewals", is_filled("renewals"))),
    hint(
        Saying(
            VisitRow,
            "content",
            "备教",
            r"(?:教师|老师)?(?:备课.{0,6}|(?:查|看|借)?(?:教学参考|教参).{0,3})",
            "visitor",
            is_one_of("visitor", VisitorKind.CLASS),
        )
    ),
    Saying(CashRow, "remarks", "付欠", rf"{NOT_YET}付款?|欠[着款]*", "spent", is_filled("spent")),
    money(CashRow, "remarks", "(?:实付|实支|支付)", "spent"),
    # One of several papers of an entry, or without the postage.
    money(CashRow, "remarks", "发票(?:金额)?", "spent", Severity.HINT),
    money(CashRow, "remarks", "(?:实收|收到)", "received"),
    Saying(
        ActivityRow,
        "result",
        "言奖流加",
        rf"({NUMERAL})[名人](?:同学|学生)?(?:发言|获奖|交流|参加).*",
        "participants",
        lambda row, match, _: row.participants is not None and row.participants < (whole_number(match[1]) or 0),
    ),
)
