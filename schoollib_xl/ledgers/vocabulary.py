"""The words a cell may choose from. The Chinese value is what stands in the workbook."""

from enum import StrEnum


class Flow(StrEnum):
    """收支: what a batch does to the holdings."""

    OPENING = "期初"
    IN = "入藏"
    OUT = "注销"


class Source(StrEnum):
    """来源: how a copy came into the library."""

    PURCHASE = "购入"
    ALLOCATION = "调拨"
    DONATION = "捐赠"
    REPLACEMENT = "赔书"
    BINDING = "合订"
    SELF_MADE = "自编"
    OTHER = "其他"


class WithdrawalReason(StrEnum):
    """注销原因 (and 去向 of a withdrawal batch)."""

    WEEDED = "剔旧"
    WORN_OUT = "破损"
    LOST = "丢失"
    TRANSFERRED = "调出"
    OTHER = "其他"


class SourceOrDestination(StrEnum):
    """来源或去向: the sources and the withdrawal reasons, as one list of the summary register."""

    PURCHASE = "购入"
    ALLOCATION = "调拨"
    DONATION = "捐赠"
    REPLACEMENT = "赔书"
    BINDING = "合订"
    SELF_MADE = "自编"
    OTHER = "其他"
    WEEDED = "剔旧"
    WORN_OUT = "破损"
    LOST = "丢失"
    TRANSFERRED = "调出"


class Circulation(StrEnum):
    """流通方式: reference copies (工具书) stay in the room."""

    LENDING = "外借"
    REFERENCE = "仅阅览"


class PeriodicalKind(StrEnum):
    """类别 of a subscription."""

    NEWSPAPER = "报纸"
    MAGAZINE = "期刊"


class Frequency(StrEnum):
    """刊期: how often an issue appears."""

    DAILY = "日"
    WEEKLY = "周"
    TEN_DAYS = "旬"
    SEMIMONTHLY = "半月"
    MONTHLY = "月"
    BIMONTHLY = "双月"
    QUARTERLY = "季"


class LoanMode(StrEnum):
    """借阅方式 of a loan: to a person, to a class corner, or read in the room."""

    PERSONAL = "个人"
    CLASS = "班级"
    IN_ROOM = "室内"


class LoanOutcome(StrEnum):
    """归还情况; blank is an open loan."""

    RETURNED = "已还"
    LOST = "遗失"


class Incident(StrEnum):
    """情形 of a compensation."""

    LOST = "遗失"
    DAMAGED = "损坏"


class Settlement(StrEnum):
    """处理方式 of a compensation."""

    REPLACEMENT = "赔书"
    PAYMENT = "赔款"
    REPAIR = "修补"


class ReaderKind(StrEnum):
    """读者类别."""

    PUPIL = "学生"
    TEACHER = "教师"


class LeavingReason(StrEnum):
    """停用原因 of a reader's card."""

    GRADUATED = "毕业"
    MOVED = "转出"
    LEFT_POST = "调离"
    REPORTED_LOST = "挂失"


class ClassLending(StrEnum):
    """借阅方式 of a class."""

    PERSONAL = "个人借阅"
    THROUGH_TEACHER = "班主任代借"
    IN_ROOM = "室内阅览"


class Weekday(StrEnum):
    """星期; the order is Monday first, as `date.weekday()` counts."""

    MONDAY = "星期一"
    TUESDAY = "星期二"
    WEDNESDAY = "星期三"
    THURSDAY = "星期四"
    FRIDAY = "星期五"
    SATURDAY = "星期六"
    SUNDAY = "星期日"

    @property
    def number(self) -> int:
        """0 for Monday … 6 for Sunday."""
        return list(Weekday).index(self)


class Audience(StrEnum):
    """对象 of an opening."""

    PUPILS = "学生"
    TEACHERS = "教师"
    EVERYONE = "全体"


class DayKind(StrEnum):
    """类别 of a range of days in the school calendar."""

    SCHOOL = "上课"
    HOLIDAY = "放假"
    MAKE_UP = "补课"


class WeekPattern(StrEnum):
    """周次 of a class's turn, counted in school weeks."""

    EVERY = "每周"
    ODD = "单周"
    EVEN = "双周"


class TurnKind(StrEnum):
    """方式 of a class's turn."""

    LENDING = "借还"
    READING = "阅览"


class YesNo(StrEnum):
    """逾期停借, 套书按全套."""

    YES = "是"
    NO = "否"


class Condition(StrEnum):
    """书况 of a copy seen on the shelf."""

    GOOD = "完好"
    DAMAGED = "破损"
    AWAITING_REPAIR = "待修"


class Presence(StrEnum):
    """有/无 of a card, label or stamp."""

    PRESENT = "有"
    ABSENT = "无"


class VisitorKind(StrEnum):
    """对象 of a reading-room visit."""

    CLASS = "班级"
    TEACHER = "教师"


class RecommendationKind(StrEnum):
    """类别 of a recommended title."""

    REQUIRED = "必读"
    OPTIONAL = "选读"


class PaperKind(StrEnum):
    """文件 a paragraph belongs to."""

    PLAN = "计划"
    SUMMARY = "总结"


# 《中国图书馆分类法》 basic classes; L, M, W and Y are not used.
CLASS_NAMES = {
    "A": "马克思主义、列宁主义、毛泽东思想、邓小平理论",
    "B": "哲学、宗教",
    "C": "社会科学总论",
    "D": "政治、法律",
    "E": "军事",
    "F": "经济",
    "G": "文化、科学、教育、体育",
    "H": "语言、文字",
    "I": "文学",
    "J": "艺术",
    "K": "历史、地理",
    "N": "自然科学总论",
    "O": "数理科学和化学",
    "P": "天文学、地球科学",
    "Q": "生物科学",
    "R": "医药、卫生",
    "S": "农业科学",
    "T": "工业技术",
    "U": "交通运输",
    "V": "航空、航天",
    "X": "环境科学、安全科学",
    "Z": "综合性图书",
}
CLASS_LETTERS = tuple(CLASS_NAMES)
