"""Words that may be chosen on the supporting sheets."""

from schoollib_xl.ledgers.numerals import CROSSES, TICKS
from schoollib_xl.ledgers.vocabulary import Word


class ClassLending(Word):
    """借阅方式 of a class."""

    PERSONAL = "个人借阅", "个人 自己借 个人借 学生自己借 自借"
    THROUGH_TEACHER = "班主任代借", "代借 班级代借 老师代借 教师代借 班主任借"
    IN_ROOM = "室内阅览", "室内 阅览 室内阅读 到室阅读 到室阅览 馆内阅览"


class Audience(Word):
    """对象 of an opening."""

    PUPILS = "学生", "全校学生 全体学生"
    TEACHERS = "教师", "老师 教职工 教工 全体教师 全体老师 全体教职工 全校教师"
    EVERYONE = "全体", "师生 全体师生 全校师生 师生共用 学生、教师 教师、学生 全校 所有人"


class DayKind(Word):
    """类别 of a range of days in the school calendar."""

    SCHOOL = "上课", "上学 教学 正常上课 开学 正常教学 行课"
    HOLIDAY = "放假", "假期 节假日 休息 法定假日 法定节假日 休假 休 放 停课 不上课"
    MAKE_UP = "补课", "调休上班 补班 调休 调休上课 调休补课 补上课 补课日"


class WeekPattern(Word):
    """周次 of a class's turn, counted in school weeks."""

    EVERY = "每周", "每周一次 每 全 全部 每星期 每个星期 每一周 每礼拜 所有周 各周 周周 单双周 不分单双周"
    ODD = "单周", "单 单数周 奇数周 单星期"
    EVEN = "双周", "双 双数周 偶数周 双星期"


class TurnKind(Word):
    """方式 of a class's turn."""

    LENDING = "借还", "借阅 借书 借还书 借还图书 借书还书"
    READING = "阅览", "阅读 看书 阅览课 阅读课 室内阅览 室内阅读"


class Presence(Word):
    """有/无 of a card, label or stamp."""

    PRESENT = "有", *TICKS, "是 齐全 齐 全 1 TRUE 有卡 已有 ○ Y YES 已贴 已盖"
    ABSENT = "无", *CROSSES, "否 没有 缺 0 FALSE 未贴 没 N NO 未盖 缺失"


class VisitorKind(Word):
    """对象 of a reading-room visit."""

    CLASS = "班级", "学生 全班 班"
    TEACHER = "教师", "老师 教工 教职工"


class RecommendationKind(Word):
    """类别 of a recommended title."""

    REQUIRED = "必读", "必修 必 必读书 必读书目"
    OPTIONAL = "选读", "选修 选 选读书 选读书目"


class ReviewOutcome(Word):
    """结论 of a review: fit to be lent, kept but not lent, to be taken out of the holdings."""

    PASSED = "通过", "合格"
    STOPPED = "停止借阅", "停借 停止流通"
    REMOVE = "剔除", "清理 下架"


class PaperKind(Word):
    """文件 a paragraph belongs to."""

    PLAN = "计划", "工作计划"
    SUMMARY = "总结", "工作总结"
