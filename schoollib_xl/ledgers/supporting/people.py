"""班级, 读者名册, 学生管理员: who reads."""

from datetime import date
from typing import Annotated, NamedTuple

from schoollib_xl.ledgers.grades import grade_in
from schoollib_xl.ledgers.identifiers import Identifier
from schoollib_xl.ledgers.schema import Group, LedgerColumn, sheet, words
from schoollib_xl.ledgers.school import Term
from schoollib_xl.ledgers.supporting.vocabulary import ClassLending
from schoollib_xl.ledgers.vocabulary import LeavingReason, ReaderKind


@sheet("班级", key="class_name", purpose="一班一行，学生人数是算生均的分母")
class ClassRow(NamedTuple):
    """One class of this school year; `pupils` is the denominator of every per-pupil figure."""

    line: int
    class_name: Annotated[
        str,
        LedgerColumn(
            "班级", "写法全书一致，如 三（1）班", "三（1）班", 12, unique=True, synonyms=words("班级名称 班别 班")
        ),
    ]
    grade: Annotated[
        int,
        LedgerColumn(
            "年级", "1 到 6，学前班填 0，复式班几个年级都填，如 1、2", 3, 8, figure=grade_in, least=0, greatest=6
        ),
    ]
    teacher: Annotated[str | None, LedgerColumn("班主任", "", "陈静", synonyms=words("班主任姓名 班主任老师"))]
    pupils: Annotated[
        int,
        LedgerColumn("学生人数", "", 1, 10, synonyms=words("人数 学生数 班级人数 学生总数 总人数 在校生数"), least=0),
    ]
    lending: Annotated[
        ClassLending | None, LedgerColumn("借阅方式", "个人借阅、班主任代借或室内阅览", ClassLending.PERSONAL, 12)
    ]
    remarks: Annotated[str | None, LedgerColumn("备注", "", None, 20)]


@sheet("读者名册", key="reader_no", purpose="一人一行，停用的不删，填停用日期")
class ReaderRow(NamedTuple):
    """One borrower's card, active from `issued_on` until the day before `stopped_on`."""

    line: int
    reader_no: Annotated[
        str,
        Identifier(),
        LedgerColumn(
            "读者证号",
            "一人一号",
            "S0001",
            12,
            unique=True,
            synonyms=words(
                "借书证号 借阅证号 学号 证号 卡号 学籍号 读者编号 编号 借书号 借书证编号 借书证 借阅证",
                "读者条码 读者条码号 读者证 借阅号 读者号 借阅卡号 读者卡号 教职工号 工号 教师编号",
                "职工号 学生编号 学生号 学生学号 会员号 会员卡号 用户号 图书证 图书证号 图书证编号 图书卡 图书卡号",
                "借书卡 借书卡号 借阅卡 读者卡 读者卡号 阅览证 阅览证号 阅读证 阅读卡 读书证 读书卡 图书馆证 图书馆卡",
                "证条码号 读者证条码号 读者证条码 新证号 新借书证号 新卡号 现证号 新读者证号",
            ),
        ),
    ]
    name: Annotated[
        str,
        LedgerColumn(
            "姓名", "", "林小满", synonyms=words("学生姓名 读者姓名 教师姓名 名字 职工姓名 学员姓名 学生名单")
        ),
    ]
    kind: Annotated[
        ReaderKind,
        LedgerColumn(
            "读者类别",
            "学生或教师",
            ReaderKind.PUPIL,
            10,
            synonyms=words(
                "读者类型 类别 身份 读者类别名称 人员类别 读者身份 人员类型 会员类型 会员类别 用户类型 读者分类 类型"
            ),
        ),
    ]
    class_name: Annotated[
        str | None,
        LedgerColumn(
            "班级",
            "学生填所在班，教师空着",
            "三（1）班",
            12,
            synonyms=words(
                "组织 读者单位 部门 所在班级 班别 单位 班 所属班级 年级班级 班级名称 学生班级 所在班",
                "单位名称 所属单位 组织机构 所属部门 所在部门 班号 行政班 教学班 年级/班级",
                "班级代码 班级编号 班级编码 班级代号 班级全称 班级简称",
            ),
        ),
    ]
    issued_on: Annotated[
        date | None,
        LedgerColumn(
            "办证日期",
            "",
            date(2025, 9, 1),
            12,
            synonyms=words("发证日期 办卡日期 开户日期 办证时间 发证时间 注册日期 启用日期 开卡日期 开卡时间 注册时间"),
        ),
    ]
    stopped_on: Annotated[
        date | None,
        LedgerColumn(
            "停用日期",
            "还在用就空着",
            None,
            12,
            synonyms=words(
                "终止日期 失效日期 失效期 停用时间 离校日期 离校时间 转出日期 转出时间 离职日期 离职时间",
                "退证日期 退证时间 退卡日期 停证日期 销户日期",
            ),
        ),
    ]
    stop_reason: Annotated[
        LeavingReason | None,
        LedgerColumn("停用原因", "毕业、转出、调离或挂失", None, synonyms=words("离校原因 转出原因 离职原因")),
    ]
    remarks: Annotated[str | None, LedgerColumn("备注", "", None, 20)]

    def is_active(self, day: date) -> bool:
        """Whether the card is in use on the day; a blank date sets no limit."""
        return (self.issued_on is None or self.issued_on <= day) and (self.stopped_on is None or day < self.stopped_on)

    @property
    def is_stopped_some_day(self) -> bool:
        """Whether 停用原因 says that the card is out of use, and nothing since when."""
        return self.stop_reason is not None and self.stopped_on is None

    def graduated_in(self, term: Term | None) -> bool:
        """Whether the card was stopped in the term because its pupil left school with his class, to which he belongs
        until the books go on to the next term.
        """
        return bool(
            term and self.stopped_on and self.stop_reason is LeavingReason.GRADUATED and self.stopped_on > term.start
        )


@sheet("学生管理员", group=Group.OPTIONAL, key="reader_no", purpose="一人一行，通常每班两名")
class PupilLibrarianRow(NamedTuple):
    """A pupil who helps at the desk."""

    line: int
    class_name: Annotated[str, LedgerColumn("班级", "", "三（1）班", 12)]
    reader_no: Annotated[str, Identifier(), LedgerColumn("读者证号", "", "S0001", 12)]
    name: Annotated[str | None, LedgerColumn("姓名", "", "林小满")]
    appointed_on: Annotated[date | None, LedgerColumn("任职日期", "", date(2025, 9, 8), 12)]
    award: Annotated[str | None, LedgerColumn("评优", "如 优秀图书管理员", None, 16)]
