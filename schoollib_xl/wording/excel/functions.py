"""The worksheet functions in words: for Excel's own list of functions and for the help pages."""

from typing import NamedTuple

AVAILABLE = (
    "不用也不影响账册。Windows 版 Excel 装了 xlwings 加载项这样写，表要连表头一起选，如 读者名册[#All]；"
    "WPS 里只填前面的格子，见使用手册“在 WPS 里按按钮”。"
)
_TABLES = "读者名册[#All],班级[#All],借阅规则[#All]"
UNREADABLE = "这个格子读不出来。"
NOT_A_DAY = "日期读不出来，要写成 2025-9-1 这样。"
NOT_A_COUNT = "续借次数要填整数。"
NO_TERM = "基本信息里的学期起止日期不清楚。"


class Argument(NamedTuple):
    """One argument: the name Excel shows for it, and what to put in."""

    name: str
    words: str


class Function(NamedTuple):
    """One function: its name as typed in a cell, what it gives, its arguments in order, and an example."""

    name: str
    gives: str
    arguments: tuple[Argument, ...]
    example: str


_READER = Argument("reader_no", "读者证号，可以是一列")
_READERS = Argument("readers", "读者名册，连表头")
_CLASSES = Argument("classes", "班级，连表头")
_RULES = Argument("rules", "借阅规则，连表头")
_LOANS = Argument("loans", "借阅登记账，连表头")

LEFT = Function(
    "LIB_LEFT",
    "这位读者还能借几册；不能借的说明原因",
    (_READER, _READERS, _CLASSES, _RULES, _LOANS, Argument("day", "哪一天，不写就是今天")),
    f'=LIB_LEFT("S0001",{_TABLES},借阅登记账[#All])',
)
RULE = Function(
    "LIB_RULE",
    "这位读者照哪一条借阅规则借书",
    (_READER, _READERS, _CLASSES, _RULES, Argument("day", "哪一天，不写就是今天")),
    f'=LIB_RULE("S0001",{_TABLES})',
)
DUE = Function(
    "LIB_DUE",
    "这位读者这天借的书哪天应还，遇到闭馆顺延到下一个开放日",
    (
        Argument("lent_on", "借出日期"),
        _READER._replace(words="读者证号"),
        _READERS,
        _CLASSES,
        _RULES,
        Argument("calendar", "校历，连表头"),
        Argument("openings", "开放时间，连表头"),
        Argument("renewals", "续借次数，不写就是 0"),
    ),
    f'=LIB_DUE(TODAY(),"S0001",{_TABLES},校历[#All],开放时间[#All])',
)
ISBN = Function(
    "LIB_ISBN",
    "ISBN（或 1987 年以前的统一书号）写得对不对",
    (Argument("isbn", "ISBN，可以是一列"),),
    '=LIB_ISBN("978-7-02-002475-9")',
)
CLASS_NO = Function(
    "LIB_CLASSNO", "分类号合不合中图法的写法", (Argument("class_no", "分类号，可以是一列"),), '=LIB_CLASSNO("I287.45")'
)
CLASS_NAME = Function(
    "LIB_CLASSNAME",
    "分类号属于中图法哪一大类",
    (Argument("class_no", "分类号或大类字母，可以是一列"),),
    '=LIB_CLASSNAME("I287.45")',
)
MEAN = Function(
    "LIB_MEAN",
    "这个班本学期生均借书几册，算法和借阅定额相同",
    (
        Argument("class_name", "班级名称，可以是一列"),
        _CLASSES,
        _READERS,
        _LOANS,
        Argument("settings", "基本信息，连表头"),
        Argument("day", "算到哪一天，不写就是截止日期"),
    ),
    '=LIB_MEAN("三（1）班",班级[#All],读者名册[#All],借阅登记账[#All],基本信息[#All])',
)
FUNCTIONS = (LEFT, RULE, DUE, ISBN, CLASS_NO, CLASS_NAME, MEAN)


def arguments_words(function: Function) -> str:
    """What to put in, in order."""
    return "；".join(argument.words for argument in function.arguments)


def no_column(sheet: str, header: str) -> str:
    """That a range lacks a column."""
    return f"“{sheet}”里没有“{header}”这一栏，要连表头一起选。"


def no_class(name: str) -> str:
    """That no class has this name."""
    return f"班级表里没有“{name}”。"


def no_pupils(name: str) -> str:
    """That a mean has nothing to be divided by."""
    return f"“{name}”没有学生人数，算不出生均。"


def no_such_letter(class_no: str) -> str:
    """That 中图法 has no class of this letter."""
    return f"中图法没有“{class_no[:1]}”这一类。"
