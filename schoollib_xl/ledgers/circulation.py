"""借阅登记账: one line per loan of one copy."""

from datetime import date
from typing import Annotated, NamedTuple

from annotated_types import Ge

from schoollib_xl.ledgers.schema import Column, Group, Identifier, sheet
from schoollib_xl.ledgers.vocabulary import LoanMode, LoanOutcome


@sheet("借阅登记账", group=Group.LEDGER, key="loan_no", purpose="借一册记一行，还了填归还日期")
class LoanRow(NamedTuple):
    """One loan. With outcome LOST, `returned_on` is the day the loss was reported."""

    line: int
    loan_no: Annotated[str, Identifier(), Column("借阅序号", "一笔一号", "J000001", 12, ("序号",), unique=True)]
    lent_on: Annotated[date, Column("借出日期", "", date(2025, 9, 8), 12, ("借书日期", "借阅日期", "借阅时间"))]
    reader_no: Annotated[
        str, Identifier(), Column("读者证号", "", "S0001", 12, ("借书证号", "借阅证号", "读者编号", "学号"))
    ]
    name: Annotated[str | None, Column("姓名", "", "林小满", 10, ("读者姓名",))]
    class_name: Annotated[str | None, Column("班级", "借书那天所在的班", "三（1）班", 10, ("读者单位", "部门"))]
    accession_no: Annotated[
        str,
        Identifier(accession=True),
        Column("个别登记号", "", "000001", 12, ("登录号", "财产号", "入藏号", "书籍编号", "文献条码")),
    ]
    title: Annotated[str | None, Column("书名", "", "城南旧事", 28, ("题名", "正题名", "文献名称"))]
    mode: Annotated[LoanMode | None, Column("借阅方式", "个人、班级（送书下班）或室内；空着算个人", LoanMode.PERSONAL)]
    due_on: Annotated[date, Column("应还日期", "", date(2025, 9, 22), 12, ("到期日期", "到期"))]
    returned_on: Annotated[
        date | None, Column("归还日期", "没还就空着", None, 12, ("还书日期", "归还时间", "实际还书日期"))
    ]
    renewals: Annotated[int | None, Ge(0), Column("续借次数", "没续借就空着", None)]
    outcome: Annotated[LoanOutcome | None, Column("归还情况", "已还、遗失；没还就空着", None, 10, ("借阅状态",))]
    handled_by: Annotated[str | None, Column("经手人", "")]
    remarks: Annotated[str | None, Column("备注", "", None, 20)]

    @property
    def is_personal(self) -> bool:
        """Whether the loan is to a person to take home (班主任代借 included)."""
        return self.mode is None or self.mode is LoanMode.PERSONAL

    @property
    def is_open(self) -> bool:
        """Whether the copy is still out: no day it came back or was reported lost, and no outcome."""
        return self.returned_on is None and self.outcome is None
