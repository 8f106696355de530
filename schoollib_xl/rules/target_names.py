"""The names a target of 任务指标 may have, and which of them a misspelled one was meant for."""

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

# Other figures that are worked out from the ledgers and may be promised as well.
FIGURE_NAMES = (
    "流通册次",
    "图书流通率",
    "人均流通册数",
    "藏书利用率",
    "读者借阅率",
    "学生借阅率",
    "逾期率",
    "丢失率",
    "开放天数",
    "帐物相符率",
    "藏书比例（A 类）",
    "藏书比例（B 类）",
    "藏书比例（C—K 类）",
    "藏书比例（N—X 类）",
    "藏书比例（Z 类）",
)
# What an inspection asks beside them, worked out from the ledgers, the checks, 盘点记录 and 工作安排.
INSPECTION_NAMES = (
    "账册种数",
    "账账相符错误处数",
    "著录卡齐全率",
    "书袋卡齐全率",
    "书标齐全率",
    "馆藏章齐全率",
    "工作安排完成率",
    "任务指标完成率",
    "期刊装订册数",
    "修补册数",
    "送书下班级册次",
    "图书审查批次率",
    "分类准确率",
)
# The fewer the better: the standard is the most that is allowed.
LESS_IS_BETTER = ("账账相符错误处数", "逾期率", "丢失率")
# 阅读笔记展评次数 counts the rows of 活动记录 whose 类别 is 阅读笔记展评.
COUNTING_WORDS = ("次数", "期数", "场数")
_SLIP = 0.8
# One per cent of overdue loans may be promised, or half a per cent of class A; a tenth of a per cent nobody asks for.
_SMALL_SHARE = Decimal("0.1")


class TargetName(StrEnum):
    """The names of 任务指标 that are worked out from the ledgers; activities are counted by their own names."""

    COPIES_PER_PUPIL = "生均借书册数"
    LEAST_COPIES = "每生最低借书册数"
    VISITS_PER_PUPIL = "生均借书次数"
    NEW_COPIES = "生均新增册数"
    HOLDINGS = "生均藏书册数"
    PERIODICALS = "报刊种数"
    REFERENCE_TITLES = "工具书种数"
    SUBSCRIPTIONS = "生均征订金额"
    E_BOOKS = "电子图书册数"
    OPENING_HOURS = "每周开放小时"
    PUPIL_LIBRARIANS = "每班学生管理员人数"


# What the plans of village schools promise; a school may add its own.
TARGET_NAMES = (
    *(name.value for name in TargetName),
    "阅读笔记展评次数",
    "读书报期数",
    "读书演讲比赛次数",
    "读书感想交流会次数",
    "学习笔记字数",
    "图书室检查次数",
    "研讨活动次数",
    "分校检查次数",
)


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The name this one was probably meant for: a character or two amiss; of equals, the first."""
    from difflib import SequenceMatcher

    likeness = {other: SequenceMatcher(None, other, name).ratio() for other in names}
    best = max(likeness, key=likeness.__getitem__, default=None)
    return best if best is not None and likeness[best] >= _SLIP else None


def in_per_cent(name: str, value: Decimal) -> Decimal:
    """The figure of a target: 0.9 of a cell that Excel shows as 90% is 90 per cent, where a rate is promised."""
    is_rate, is_part = name.endswith("率"), name.startswith("藏书比例")
    most = _SMALL_SHARE if is_part or name in LESS_IS_BETTER else Decimal(1)
    return 100 * value if (is_rate or is_part) and 0 < value <= most else value


def is_count(name: str) -> bool:
    """Whether the figure of a target counts something: no mean, no share, no time."""
    is_quotient = name.startswith(("生均", "人均", "藏书比例")) or name.endswith("率")
    return not is_quotient and name != TargetName.OPENING_HOURS


def activity_of(name: str) -> str | None:
    """The 类别 of 活动记录 a target counts, or None where it is not counted in times."""
    return next((name.removesuffix(word) for word in COUNTING_WORDS if name.endswith(word)), None)
