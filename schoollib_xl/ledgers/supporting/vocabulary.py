"""Words that may be chosen on the supporting sheets."""

from schoollib_xl.ledgers.numerals import CROSSES, TICKS
from schoollib_xl.ledgers.vocabulary import Word


class ClassLending(Word):
    """借阅方式 of a class."""

    PERSONAL = "个人借阅", "个人"
    THROUGH_TEACHER = "班主任代借", "代借 班级代借"
    IN_ROOM = "室内阅览", "室内 阅览"


class Audience(Word):
    """对象 of an opening."""

    PUPILS = "学生", "全校学生 全体学生"
    TEACHERS = "教师", "老师 教职工"
    EVERYONE = "全体", "师生 全体师生 全校师生 师生共用 学生、教师 教师、学生 全校 所有人"


class DayKind(Word):
    """类别 of a range of days in the school calendar."""

    SCHOOL = "上课", "上学 教学 正常上课 开学"
    HOLIDAY = "放假", "假期 节假日 休息 法定假日 法定节假日 休假"
    MAKE_UP = "补课", "调休上班 补班 调休"


class WeekPattern(Word):
    """周次 of a class's turn, counted in school weeks."""

    EVERY = "每周", "每周一次 每 全 全部 每星期 每个星期 每一周 每礼拜 所有周 各周 周周 单双周 不分单双周"
    ODD = "单周", "单 单数周 奇数周 单星期"
    EVEN = "双周", "双 双数周 偶数周 双星期"


class TurnKind(Word):
    """方式 of a class's turn."""

    LENDING = "借还", "借阅 借书"
    READING = "阅览", "阅读"


class Presence(Word):
    """有/无 of a card, label or stamp."""

    PRESENT = "有", *TICKS, "是 齐全 齐 全 1 TRUE 有卡 已有 ○ Y YES 已贴 已盖"
    ABSENT = "无", *CROSSES, "否 没有 缺 0 FALSE 未贴 没 N NO 未盖 缺失"


class VisitorKind(Word):
    """对象 of a reading-room visit."""

    CLASS = "班级", "学生"
    TEACHER = "教师", "老师"


class RecommendationKind(Word):
    """类别 of a recommended title."""

    REQUIRED = "必读", "必修"
    OPTIONAL = "选读", "选修"


class ReviewOutcome(Word):
    """结论 of a review: fit to be lent, kept but not lent, to be taken out of the holdings."""

    PASSED = "通过", "合格"
    STOPPED = "停止借阅", "停借 停止流通"
    REMOVE = "剔除", "清理 下架"


class PaperKind(Word):
    """文件 a paragraph belongs to."""

    PLAN = "计划", "工作计划"
    SUMMARY = "总结", "工作总结"
