"""Where a librarian finds what a blank cell should hold: for each sheet, and for columns that another place tells."""

from typing import Any

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import DeclaredSheet
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.activities import ActivityRow, RecommendationRow, VisitRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, JobRow, OpeningRow, TurnRow
from schoollib_xl.ledgers.supporting.inspection import EvaluationRow, ReviewRow
from schoollib_xl.ledgers.supporting.office import CashRow, ExplanationRow
from schoollib_xl.ledgers.supporting.people import ClassRow, PupilLibrarianRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import CompensationRule, LendingRule, TargetRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow, StocktakeScopeRow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

_ELSEWHERE = "上下各行和“栏目说明”"
_OF_SHEET: dict[type[Any], str] = {
    SummaryRow: "发票、清单或批件",
    AccessionRow: "进货单和总括登记账",
    ClassificationRow: "个别登记账，照着数",
    WithdrawalRow: "注销清册和批件",
    PeriodicalRow: "订单和收刊的记录",
    LoanRow: "借书卡",
    CompensationRow: "收据和赔偿的记录",
    ClassRow: "学校的班级名单",
    ReaderRow: "班主任的名单和借书证",
    PupilLibrarianRow: "班主任的名单",
    LendingRule: "学校的借阅制度",
    CompensationRule: "学校的借阅制度",
    TargetRow: "学校的计划和上级的文件",
    OpeningRow: "贴出来的开放时间",
    CalendarRow: "教育局的校历",
    TurnRow: "课表",
    JobRow: "学校的计划",
    ActivityRow: "活动的通知和照片",
    StocktakeRow: "盘点时抄的单子",
    StocktakeScopeRow: "盘点时抄的单子",
    VisitRow: "阅览室的记录",
    RepairRow: "修补的书和书上的日期",
    RecommendationRow: "推荐书目的文件",
    CashRow: "单据",
    EvaluationRow: "评估的文件",
    ReviewRow: "审查的记录",
    ExplanationRow: "它说明的那一处",
}
_COPY_AT_HAND = "书上的登记号，书不在就照书名在个别登记账里查"
_READER = "读者名册，照姓名和班级找他的证号"
_OF_COLUMN: dict[tuple[type[Any], str], str] = {
    (AccessionRow, "accession_no"): "书上盖的登记号",
    (AccessionRow, "title"): "书的封面和版权页",
    (AccessionRow, "class_no"): "版权页上的分类号",
    (AccessionRow, "price"): "封底或版权页上的定价",
    (WithdrawalRow, "withdrawal_no"): "总括登记账里这一批的号",
    (WithdrawalRow, "accession_no"): _COPY_AT_HAND,
    (WithdrawalRow, "price"): "个别登记账里这一册的单价",
    (PeriodicalRow, "due_issues"): "刊期和起止日期，照着算",
    (LoanRow, "accession_no"): _COPY_AT_HAND,
    (LoanRow, "reader_no"): _READER,
    (LoanRow, "due_on"): "借出日期和借阅规则，照着算",
    (CompensationRow, "accession_no"): _COPY_AT_HAND,
    (CompensationRow, "reader_no"): _READER,
    (CompensationRow, "price"): "个别登记账里这一册的单价",
    (PupilLibrarianRow, "reader_no"): _READER,
    (StocktakeRow, "accession_no"): _COPY_AT_HAND,
    (RepairRow, "accession_no"): _COPY_AT_HAND,
}


def source_of(sheet: DeclaredSheet, field: str) -> str:
    """Where to look for what the column holds."""
    return _OF_COLUMN.get((sheet.row_type, field)) or _OF_SHEET.get(sheet.row_type, _ELSEWHERE)
