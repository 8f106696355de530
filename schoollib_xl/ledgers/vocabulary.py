"""The words a cell may choose from: what stands in the workbook, and what schools write for it."""

from enum import StrEnum

from schoollib_xl.ledgers.numerals import CROSSES, TICKS

# The words of each source, shared by the copies and the batches.
_PURCHASE = "购入", "购买 采购 自购 购 购置 订购 新购 自购书 自行采购 统一采购 招标采购 政府采购 新购图书"
_ALLOCATION = "调拨", "配送 上级配送 调入 上级调拨 划拨 配发 上级配发 统配 配备 装备 下拨 教育局配发 统一配发"
_DONATION = "捐赠", "赠送 赠书 捐 受赠 赠 社会捐赠 捐献 捐书 获赠 爱心捐赠"
_REPLACEMENT = "赔书", "赔偿 赔 学生赔书 读者赔书"
_BINDING = "合订", "装订 合订本"
_SELF_MADE = "自编", "自制 校本"
_WORN_OUT = (
    "破损",
    "报废 破旧 残破 损坏 污损 残缺 损毁 毁损 破损严重 严重破损 破烂 缺页 脱页 散页 撕毁 受潮 发霉 霉变 虫蛀",
)
_OTHER = "其他", "其它 不详 其 未知"
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


class Word(StrEnum):
    """A word of a list, with what else schools write for it, parted by blanks: `LOST = "遗失", "丢失 丢"`."""

    _value_: str
    synonyms: tuple[str, ...]

    def __new__(cls, word: str, *synonyms: str) -> "Word":
        """Make the member that stands in the workbook as `word`."""
        member = str.__new__(cls, word)
        member._value_ = word
        member.synonyms = tuple(" ".join(synonyms).split())
        return member


class Flow(Word):
    """收支: what a batch does to the holdings."""

    OPENING = "期初", "期初结存 结存 期初库存 上年结转 上期结转 上年结存 上期结存 结转 原有 原有图书 上学年结存"
    IN = "入藏", "入库 购入 收入 入 入账 入帐 增加 新增 进 收 购进 增"
    OUT = "注销", "剔旧 支出 出 减少 销账 销帐 报损 支 减 销"


class Source(Word):
    """来源: how a copy came into the library."""

    PURCHASE = _PURCHASE
    ALLOCATION = _ALLOCATION
    DONATION = _DONATION
    REPLACEMENT = _REPLACEMENT
    BINDING = _BINDING
    SELF_MADE = _SELF_MADE
    OTHER = _OTHER


class WithdrawalReason(Word):
    """注销原因 (and 去向 of a withdrawal batch)."""

    WEEDED = "剔旧", "剔除 陈旧 过时 内容陈旧 陈旧过时 淘汰"
    WORN_OUT = _WORN_OUT
    LOST = "丢失", "遗失 丢"
    TRANSFERRED = "调出", "调拨 划出"
    OTHER = "其他", "其它"


class SourceOrDestination(Word):
    """来源或去向: the sources and the withdrawal reasons, as one list of the summary register."""

    PURCHASE = _PURCHASE
    ALLOCATION = _ALLOCATION
    DONATION = _DONATION
    REPLACEMENT = _REPLACEMENT
    BINDING = _BINDING
    SELF_MADE = _SELF_MADE
    OTHER = _OTHER
    WEEDED = "剔旧", "剔除 陈旧 过时 淘汰"
    WORN_OUT = _WORN_OUT
    LOST = "丢失", "遗失 丢"
    TRANSFERRED = "调出", "划出"


class Circulation(Word):
    """流通方式: reference copies (工具书) stay in the room."""

    LENDING = "外借", "可借 可外借 流通 外借阅览 借阅 可流通 普通 是 可以 能", *TICKS
    REFERENCE = (
        "仅阅览",
        "阅览 不外借 馆内阅览 室内阅览 不可借 工具书 不可外借 只供阅览 仅供阅览 馆内 不外借图书 否 不可以 不能",
        *CROSSES,
    )


class PeriodicalKind(Word):
    """类别 of a subscription."""

    NEWSPAPER = "报纸", "报 党报"
    MAGAZINE = "期刊", "刊 杂志 刊物"


class Frequency(Word):
    """刊期: how often an issue appears."""

    DAILY = "日", "日报 日刊 每日 每天 一天一期"
    HALF_WEEKLY = "半周", "周二刊 周二报 每周两期 一周两期 半周刊 每周二期"
    WEEKLY = "周", "周报 周刊 每周 每周一期 一周一期 周一刊"
    TEN_DAYS = "旬", "旬刊 旬报 每旬 每旬一期 每月三期"
    SEMIMONTHLY = "半月", "半月刊 半月报 每半月 每月两期 一月两期 每月二期"
    MONTHLY = "月", "月刊 月报 每月 每月一期 一月一期"
    BIMONTHLY = "双月", "双月刊 每两月 两月一期 两月 两月刊 隔月 隔月刊"
    QUARTERLY = "季", "季刊 每季 季度 每季一期"
    HALF_YEARLY = "半年", "半年刊"
    YEARLY = "年", "年刊 每年 每年一期"


class LoanMode(Word):
    """借阅方式 of a loan: to a person, to a class corner, or read in the room."""

    PERSONAL = "个人", "个人借阅 个人外借 外借 个人借 个人借书 自借 本人 本人借 带回家"
    CLASS = (
        "班级",
        "班级借阅 集体 集体借阅 送书下班级 送书下班 图书角 班级图书角 班级书角 读书角 书角 集体外借 班级外借",
        "班级借 班级借书 班借 集体借 集体借书 整班借 整班借阅",
    )
    IN_ROOM = "室内", "阅览 馆内 室内阅览 馆内阅览 室内看 室内借阅 馆内借阅 阅览室"


class LoanOutcome(Word):
    """归还情况; blank is an open loan."""

    RETURNED = (
        "已还",
        "归还 已归还 还 是 正常归还 还清 已还书 还书 还入",
        *TICKS,
        "超期归还 逾期归还 已还清 已归还入库 Y",
    )
    LOST = "遗失", "丢失 丢 挂失 已丢失 报失 已遗失 丢书 遗失赔偿 丢了 弄丢 弄丢了 书丢了"


class Incident(Word):
    """情形 of a compensation."""

    LOST = "遗失", "丢失 丢 丢书 丢了 弄丢 弄丢了 丢失赔款 遗失赔款 丢失赔偿"
    DAMAGED = "损坏", "破损 污损 损毁 毁损 弄坏 弄坏了 撕破 撕坏 污损赔款 损坏赔款"


class Settlement(Word):
    """处理方式 of a compensation."""

    REPLACEMENT = "赔书", "赔原书 买书赔 赔新书 买新书 以书赔书"
    PAYMENT = "赔款", "赔钱 现金 赔偿金 照价赔偿 赔现金 现金赔偿 现金赔付 交款 交赔款 赔偿款 交钱"
    REPAIR = "修补", "修 修复 修理 修好 已修补 已修复 自行修补 自己修好"


class ReaderKind(Word):
    """读者类别."""

    PUPIL = "学生", "学员 小学生 学生读者 學生 生 本校学生 在校学生 在校生 在读学生"
    TEACHER = (
        "教师",
        "老师 教工 教职工 教员 教师读者 师 本校教师 在职教师 任课教师 校长 副校长 书记 主任 教导主任 总务主任",
        "校领导 领导 班主任 科任教师 科任老师 代课教师 代课老师",
        "支教教师 支教老师 特岗教师 图书管理员 管理员",
    )
    STAFF = "职工", "职员 工人 员工 后勤 后勤人员 工勤 工勤人员 门卫 保安 厨师 炊事员 校医 保洁"


class LeavingReason(Word):
    """停用原因 of a reader's card."""

    GRADUATED = "毕业", "毕业离校 已毕业 毕业了"
    MOVED = "转出", "转学 转校 转走 已转学"
    LEFT_POST = "调离", "调出 离职 退休 调走"
    REPORTED_LOST = "挂失", "丢失 遗失"


class Weekday(Word):
    """星期; the order is Monday first, as `date.weekday()` counts."""

    MONDAY = "星期一", "周一 礼拜一 一 星期1 周1 1"
    TUESDAY = "星期二", "周二 礼拜二 二 星期2 周2 2"
    WEDNESDAY = "星期三", "周三 礼拜三 三 星期3 周3 3"
    THURSDAY = "星期四", "周四 礼拜四 四 星期4 周4 4"
    FRIDAY = "星期五", "周五 礼拜五 五 星期5 周5 5"
    SATURDAY = "星期六", "周六 礼拜六 六 星期6 周6 6"
    SUNDAY = "星期日", "周日 礼拜日 日 星期7 周7 周天 星期天 7"

    @property
    def number(self) -> int:
        """0 for Monday … 6 for Sunday."""
        return list(Weekday).index(self)


SCHOOL_WEEK = tuple(Weekday)[:5]


class YesNo(Word):
    """逾期停借, 套书按全套."""

    YES = "是", *TICKS, "有 TRUE Y 1"
    NO = "否", *CROSSES, "不 没有 无 FALSE N 0"


class Condition(Word):
    """书况 of a copy seen on the shelf."""

    GOOD = "完好", "好 良好 完整 正常 完好无损"
    DAMAGED = "破损", "损坏 残破 破 损毁 毁损 污损 残缺"
    AWAITING_REPAIR = "待修", "需修 要修 待修补"
