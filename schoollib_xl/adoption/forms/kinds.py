"""What a table of an old list may be, and by which headers each is known."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from schoollib_xl.adoption.forms.table_kinds import Signature, TableKind
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import SHEETS, DeclaredSheet, Field, Kind, LedgerColumn, words
from schoollib_xl.ledgers.supporting.office import MappingRow, SettingRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

# What tells which book a row is about, where it tells one at all.
A_BOOK = frozenset({"accession_no", "title", "isbn", "barcode"})
_OF_A_COPY = tuple(field for field in SHEETS[AccessionRow].fields if field.name in ("isbn", "barcode", "author"))
# Years of a periodical that were bound are books, and so is what stands on a list of both.
_ONLY_PERIODICALS = r"(?s)^(?!.*(?:图书(?!室|馆|角|管理)|藏书|书目|书籍|合订|装订|过刊)).*(?:报刊|期刊|报纸|杂志)"
_ABOUT_A_BOOK = "accession_no held isbn author publisher price class_no call_no barcode first_no span"
_DAY_WORDS = words("操作日期 发生日期 借还日期 流通日期 处理日期 业务日期")
_ACTION_WORDS = words(
    "类型 操作类型 借还 动作 业务 借还类型 业务类型 流通类型 操作方式 事件 事由 业务 借还标志 借/还 操作内容"
)
_OF_A_LOAN = ("reader_no", "name", "class_name", "accession_no", "title", "due_on", "handled_by", "remarks")

_READER_KIND = SHEETS[ReaderRow].by_name["kind"]
# 类别 and 类型 of a register may be those of its books: there what stands below tells.
_OF_A_READER = Field(
    "kind",
    _READER_KIND.annotation,
    _READER_KIND.column._replace(
        synonyms=tuple(word for word in _READER_KIND.column.synonyms if word not in ("类别", "类型"))
    ),
    _READER_KIND.kind,
    True,
    _READER_KIND.choices,
)


def _column(name: str, header: str, kind: Kind, annotation: Any, synonyms: tuple[str, ...] = ()) -> Field:
    return Field(name, annotation, LedgerColumn(header, synonyms=synonyms), kind, True, ())


def _groups(*groups: str) -> Signature:
    return tuple(frozenset(group.split()) for group in groups)


def _of(
    declared: DeclaredSheet, *groups: str, more: Iterable[Field] = (), titled: str = "", repeats: str = ""
) -> TableKind:
    fields = (*declared.fields, *more)
    repeated = frozenset(repeats.split())
    said = re.compile(titled) if titled else None
    return TableKind(declared.name, fields, _groups(*groups), titled=said, repeats=repeated, sheet=declared)


HELD = _column(
    "held",
    "册数",
    Kind.COUNT,
    int,
    words(
        "馆藏本数 数量 本数 复本数 复本 馆藏册数 馆藏数量 库存 库存数量 实发数 藏书数 藏书册数 总册数 复本量 册 本",
        "馆藏复本 馆藏数 馆藏量 册次 入藏册数 可借册数 套数 总数 总数量 总本数 册数合计 合计册数",
    ),
)
AMOUNT = _column(
    "amount",
    "金额",
    Kind.MONEY,
    Decimal,
    words("小计 总价 总金额 总价格 合计金额 金额合计 小计金额 金额小计 码洋 总码洋 码洋合计 价格合计"),
)
# What was paid for a line, after the discount.
_PAID = _column(
    "paid_value",
    "实洋",
    Kind.MONEY,
    Decimal,
    words("实付 实付金额 实洋金额 实洋小计 实洋合计 总实洋 折后金额 折后价 折后总价"),
)
# Numbers of several copies, from one to another.
_RANGES = (
    _column("first_no", "起始号", Kind.IDENTIFIER, str, words("起始登记号 登记号起 起号 登录号起 起始登录号")),
    _column("last_no", "终止号", Kind.IDENTIFIER, str, words("终止登记号 登记号止 止号 登录号止 终止登录号")),
    _column(
        "span",
        "登记号起止",
        Kind.IDENTIFIER,
        str,
        words(
            "起止号 起止号码 起止登记号 起止登录号 起止编号 登记号段 登录号段 号段 号码范围 号码区间 起讫号 起讫号码"
        ),
    ),
)
_NUMBERS = (
    _column(
        "former_no",
        "旧登记号",
        Kind.IDENTIFIER,
        str,
        words("原登记号 老登记号 旧登录号 原登录号 旧个别登记号 原个别登记号 旧编号 原编号 旧号 原号 老号"),
    ),
    HELD,
    AMOUNT,
    _PAID,
    *_RANGES,
    _column(
        "present",
        "现存册数",
        Kind.COUNT,
        int,
        words(
            "现存 现存数 现存数量 现存本数 现存复本 现存量 现有 现有数 现有数量 现有册数 现有本数 实存 实存数 实存册数",
            "实有 实有数 实有册数 实有数量 结存 结存数 结存册数 剩余 剩余册数 剩余数量",
        ),
    ),
    _column(
        "reason",
        "注销原因",
        Kind.TEXT,
        str,
        words("剔旧原因 剔除原因 报废原因 注销理由 剔旧理由 剔除理由 报废理由 注销说明 销账原因 下账原因"),
    ),
    _column("unit", "计量单位", Kind.TEXT, str),
    _column(
        "volumes",
        "每套册数",
        Kind.COUNT,
        int,
        words("每套本数 套内册数 每套几册 一套几册 一套册数 册/套 本/套 册每套 本每套"),
    ),
    _column(
        "state",
        "状态",
        Kind.TEXT,
        str,
        words(
            "图书状态 馆藏状态 流通状态 在馆状态 典藏状态 当前状态 册状态 单册状态 复本状态 书刊状态 文献状态 现状",
            "借阅状态 在馆情况 馆藏情况 流通情况 图书现状 注销标志 注销标识 是否注销 注销否 剔除标志",
            "是否剔除 报废标志 是否报废 是否作废 是否借出 借出标志 外借标志 是否外借",
            "是否丢失 丢失标志 是否遗失 遗失标志",
        ),
    ),
    _column("call_no", "索书号", Kind.TEXT, str, words("排架号 索取号 索书码 排架分类号")),
)
_GRADE = _column("grade", "年级", Kind.TEXT, str, words("所在年级 年级名称 就读年级 入学年份 入学年 入学年级 届别"))
_TEACHER = _column("teacher", "班主任", Kind.TEXT, str, ("班主任姓名", "班主任签字", "班主任签名"))

# Rules of the old system that stand beside each reader or loan.
LENDING_DAYS = _column(
    "lending_days", "借期天数", Kind.COUNT, int, words("还书期限 借期 借书天数 借阅期限 借书期限 可借天数 借阅天数")
)
MOST_COPIES = _column("most_copies", "同时可借册数", Kind.COUNT, int, words("可借册数 最大借阅册数 限借册数 借书册数"))
_CARD_STATE = _column(
    "card_state", "证件状态", Kind.TEXT, str, words("证状态 状态 读者状态 卡状态 借书证状态 读者证状态 借阅证状态")
)
_FORMER_CARD = _column(
    "former_no", "旧证号", Kind.IDENTIFIER, str, words("原证号 老证号 旧借书证号 原借书证号 旧卡号 原卡号 旧读者证号")
)
BOOKS = TableKind(
    "书目",
    (*SHEETS[AccessionRow].fields, *_NUMBERS),
    _groups("title isbn", _ABOUT_A_BOOK),
    frozenset({"lent_on", "action"}),
)
# Headers of the money of several copies.
AMOUNTS = frozenset(header for header, names in BOOKS.headers.items() if "amount" in names)
EVENTS = TableKind(
    "借还流水",
    (
        _column("happened_on", "日期", Kind.DATE, date, _DAY_WORDS),
        _column(
            "happened_at", "时刻", Kind.TIME, time, words("时间 操作时间 借还时间 流通时间 处理时间 发生时间 业务时间")
        ),
        _column("action", "操作", Kind.TEXT, str, _ACTION_WORDS),
        *(field for field in SHEETS[LoanRow].fields if field.name in _OF_A_LOAN),
        *_OF_A_COPY,
        _GRADE,
    ),
    _groups("happened_on happened_at", "action", "accession_no title isbn barcode"),
)
_RENEWED = _column(
    "renewals", "续借次数", Kind.COUNT, int, words("续 续借情况 续借日期 续借时间 续借记录 续期 是否续借 续借登记")
)
# In a register 借出册数 is how many were lent: a list of books may say so of those that are out.
_LENT = _column(
    "held",
    "册数",
    Kind.COUNT,
    int,
    (*HELD.column.synonyms, *words("借出册数 借书册数 借阅册数 借出数量 借书数量 借出本数")),
)
# The class beside the name in one cell.
_CLASS_AND_NAME = _column(
    "name",
    "姓名",
    Kind.TEXT,
    str,
    words("班级姓名 班级和姓名 班级、姓名 姓名班级 姓名、班级 班级及姓名 班级+姓名 班级/姓名 姓名/班级"),
)
_BACK = _column("back", "归还册数", Kind.COUNT, int, words("还书册数 归还数量 还书数量 归还本数 收回册数"))
LOANS = _of(
    SHEETS[LoanRow],
    "lent_on returned_on",
    "reader_no name class_name grade",
    "accession_no title isbn barcode",
    more=(*_OF_A_COPY, _LENT, _BACK, LENDING_DAYS, _RENEWED, _GRADE, _TEACHER, _OF_A_READER, _CLASS_AND_NAME),
    repeats="title accession_no isbn barcode lent_on due_on returned_on outcome renewals",
)
WITHDRAWALS = _of(
    SHEETS[WithdrawalRow], "reason approved_by withdrawal_no", "accession_no first_no span", more=(*_RANGES, HELD)
)
# Headers of how many copies a row is of.
COUNTS = frozenset(header for kind in (BOOKS, LOANS) for header, names in kind.headers.items() if "held" in names)
PERIODICALS = _of(
    SHEETS[PeriodicalRow],
    "title",
    "copies amount price starts_on",
    "postal_code frequency issn cn",
    titled=_ONLY_PERIODICALS,
)
COMPENSATIONS = _of(SHEETS[CompensationRow], "incident settlement owed paid", "accession_no title")
READERS = _of(
    SHEETS[ReaderRow],
    "name",
    "reader_no class_name grade kind stopped_on stop_reason",
    more=(_GRADE, _TEACHER, LENDING_DAYS, MOST_COPIES, _CARD_STATE, _FORMER_CARD),
    titled="名单|名册|学生|教师|教职工|读者|老师",
)
# The field that numbers the rows of such a list.
NUMBERING: Mapping[TableKind, str] = {BOOKS: "accession_no", READERS: "reader_no"}
CLASSES = _of(SHEETS[ClassRow], "class_name", "pupils")
RULES = _of(SHEETS[LendingRule], "days", "copies")
# Tried in this order: the ones that ask most of a header first.
TELLING = (EVENTS, COMPENSATIONS, WITHDRAWALS, LOANS, PERIODICALS, BOOKS, CLASSES, READERS, RULES)
# Settings of an old program, a line for each: known by what its lines say, under whatever header.
PARAMETERS = TableKind(
    "系统参数",
    (
        _column("item", "参数", Kind.TEXT, str, words("参数名称 参数名 设置项 配置项 规则")),
        _column("value", "参数值", Kind.TEXT, str, words("值 设置值 设定值 取值")),
    ),
    _groups("item", "value"),
)
# Every other sheet of the workbook is known by its own name, or by all its columns.
NAMED = tuple(
    _of(declared)
    for declared in ALL_SHEETS
    if declared.row_type is not MappingRow and declared.name not in {kind.name for kind in TELLING}
)
KINDS: Mapping[str, TableKind] = {kind.name: kind for kind in (*TELLING, PARAMETERS, *NAMED)} | {"个别登记账": BOOKS}
SHEET_NAMES = frozenset(KINDS)
SCHOOL_SETTINGS = KINDS[SHEETS[SettingRow].name]
