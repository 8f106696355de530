"""借阅登记账: one line per loan of one copy."""

from datetime import date
from typing import Annotated, NamedTuple

from schoollib_xl.ledgers.headers import ACCESSION_NO, BARCODE, READER_NO, TITLE
from schoollib_xl.ledgers.identifiers import Identifier
from schoollib_xl.ledgers.schema import Group, LedgerColumn, sheet, words
from schoollib_xl.ledgers.vocabulary import LoanMode, LoanOutcome

_PERSONAL = LoanMode.PERSONAL
_LOST = LoanOutcome.LOST


@sheet(
    "借阅登记账",
    group=Group.LEDGER,
    key="loan_no",
    purpose="借一册记一行，还了填归还日期",
    also=words("借阅账 流水账 借阅登记簿 借还登记簿"),
)
class LoanRow(NamedTuple):
    """One loan. With outcome LOST, `returned_on` is the day the loss was reported."""

    line: int
    loan_no: Annotated[str, Identifier(), LedgerColumn("借阅序号", "一笔一号", "J000001", 12, ("序号",), unique=True)]
    lent_on: Annotated[
        date,
        LedgerColumn(
            "借出日期",
            "",
            date(2025, 9, 8),
            12,
            synonyms=words(
                "借书日期 借阅日期 借阅时间 借出时间 借书时间 借出 日期 时间 借阅日 外借日期 外借时间 借出日 借书日",
                "出借日期 出借时间 借走日期 借用日期 借用时间 领书日期 领用日期 领用时间 领取日期 领取时间 配发日期",
                "配发时间 下发日期 下发时间 发放日期 发放时间 送书日期 送书时间 投放日期 借还日期 借还时间 借还书日期",
                "借还书时间 起止日期 起止时间 借阅起止日期 借阅起止时间",
            ),
        ),
    ]
    reader_no: Annotated[
        str,
        Identifier(),
        LedgerColumn("读者证号", "", "S0001", 12, READER_NO),
    ]
    name: Annotated[
        str | None,
        LedgerColumn(
            "姓名",
            "",
            "林小满",
            10,
            synonyms=words(
                "读者姓名 读者 借阅人 借书人 学生姓名 借书学生 借阅者 借阅人姓名 借书人姓名 借者 教师姓名 教师",
                "老师 学生 借书者 借用人 借用者 领用人 领书人 领取人 使用人 借阅教师 借书教师 借阅老师 借书老师 借出人",
            ),
        ),
    ]
    class_name: Annotated[
        str | None,
        LedgerColumn(
            "班级",
            "借书那天所在的班",
            "三（1）班",
            10,
            synonyms=words(
                "读者单位 部门 所在班级 组织 单位 借书班级 借阅班级 领用班级 读者班级 班别 年级班级 班 学生班级",
                "所属班级 单位名称 年级 班级名 班级名称",
            ),
        ),
    ]
    accession_no: Annotated[
        str,
        Identifier(accession=True),
        LedgerColumn(
            "个别登记号",
            "",
            "000001",
            12,
            synonyms=ACCESSION_NO + BARCODE + words("媒体编号 书籍号 册号"),
        ),
    ]
    title: Annotated[
        str | None,
        LedgerColumn(
            "书名",
            "",
            "城南旧事",
            28,
            synonyms=TITLE
            + words(
                "题目 借阅书名 所借图书 借阅图书 所借书名 图书 书籍 借的书 所借的书 所借书籍 借阅书籍",
                "借书名 借书名称 借阅书名称",
            ),
        ),
    ]
    mode: Annotated[
        LoanMode | None, LedgerColumn("借阅方式", "个人、班级（送书下班）或室内；空着算个人", LoanMode.PERSONAL)
    ]
    due_on: Annotated[
        date,
        LedgerColumn(
            "应还日期",
            "",
            date(2025, 9, 22),
            12,
            synonyms=words(
                "到期日期 到期 应还时间 应归还日期 到期时间 应还 应还书日期 限还日期 到期日 归还期限",
                "应归还时间 还书期限 预计归还日期 预计归还时间 预计还书日期 预计还书时间 计划归还日期 预还日期",
            ),
        ),
    ]
    returned_on: Annotated[
        date | None,
        LedgerColumn(
            "归还日期",
            "没还就空着",
            None,
            12,
            synonyms=words(
                "还书日期 归还时间 实际还书日期 还书时间 还书 归还 还书日 归还日 还回日期 还入日期",
                "实还日期 实际归还日期 实还时间 还期 收回日期 收回时间 回收日期 回收时间 交回日期 交回时间 交还日期",
                "退还日期 退回日期 送还日期 还回时间 收回 交回 退还 交还",
            ),
            blanks=words("未还 未归还 在借 借阅中 没还"),
        ),
    ]
    renewals: Annotated[int | None, LedgerColumn("续借次数", "没续借就空着", None, synonyms=words("续借"), least=0)]
    outcome: Annotated[
        LoanOutcome | None,
        LedgerColumn(
            "归还情况",
            "已还、遗失；没还就空着",
            None,
            10,
            synonyms=words(
                "借阅状态 状态 是否归还 归还状态 还书情况 是否已还 借还状态 流通状态 还书状态",
                "归还标志 归还标记 还书标志 是否还书",
            ),
            blanks=words("未还 借出 在借 否 未归还 借阅中 已借出 借出中 未归还图书 超期 逾期 逾期未还 超期未还"),
        ),
    ]
    handled_by: Annotated[
        str | None, LedgerColumn("经手人", "", synonyms=words("管理员 操作员 经办人 操作者 工作人员 经手"))
    ]
    remarks: Annotated[str | None, LedgerColumn("备注", "", None, 20)]

    @property
    def is_personal(self) -> bool:
        """Whether the loan is to a person to take home (班主任代借 included)."""
        return self.mode is None or self.mode is _PERSONAL

    @property
    def is_lost(self) -> bool:
        """Whether it was closed because the copy was lost."""
        return self.outcome is _LOST

    @property
    def is_open(self) -> bool:
        """Whether the copy is still out: no day it came back or was reported lost, and no outcome."""
        return self.returned_on is None and self.outcome is None
