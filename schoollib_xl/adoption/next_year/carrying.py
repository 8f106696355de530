"""Which rows of an old year stand in the new workbook, and why."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from schoollib_xl.checks.explanations import with_standard_name
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.activities import ActivityRow, RecommendationRow, VisitRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, JobRow, OpeningRow, TurnRow
from schoollib_xl.ledgers.supporting.inspection import EvaluationRow, ReviewRow
from schoollib_xl.ledgers.supporting.office import CashRow, ExplanationRow, MappingRow, SettingRow
from schoollib_xl.ledgers.supporting.papers import ParagraphRow, SentenceRow
from schoollib_xl.ledgers.supporting.people import ClassRow, PupilLibrarianRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import CompensationRule, LendingRule, TargetRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow, StocktakeScopeRow
from schoollib_xl.ledgers.supporting.vocabulary import PaperKind, ReviewOutcome
from schoollib_xl.ledgers.vocabulary import LoanOutcome
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

# Every sheet: why rows of it go over, or why none does. The words stand in 换学年清单.xlsx.
WHY: Mapping[type[Any], str] = {
    SettingRow: "学校不变，学年往后一年，学期是第一学期；学期日期先按通常的日期填，照校历改。",
    SummaryRow: "去年的结存变成一行期初；启用日期以后登记的批次照搬；别的批次留在旧账里。",
    AccessionRow: "在册的每一册都带过来，原来的总括登记号写进备注；已经注销的留在旧账里，它们的号不再用。",
    ClassificationRow: "二十二类各一行，期初等于去年的结存。",
    WithdrawalRow: "启用日期以后注销的照搬；以前的留在旧账里。",
    PeriodicalRow: "订期到启用日期还没有完的照搬；订完的留在旧账里。",
    LoanRow: "还没有还的、报了遗失还没有注销的照搬，借阅序号不变，班级改成升班以后的；还清的留在旧账里。",
    CompensationRow: "没有结清的、书还没有注销的照搬；了结的留在旧账里。",
    ClassRow: "升一级；六年级毕业；最低的年级空着等新生；复式班不动；班主任跟班走，借阅方式跟年级走。",
    ReaderRow: "在用的证都带过来，班级跟着升；六年级学生的证停用，原因毕业；早先停用的留在旧账里，有书没还的除外。",
    LendingRule: "规则照用；哪个班升走了、没有班接这个班名的，留在旧账里。",
    CompensationRule: "规则照用。",
    TargetRow: "指标照用，新计划另有要求的再改。",
    OpeningRow: "开放时间照用。",
    CalendarRow: "新学年的放假先填好；没还的书借出以后的旧校历照搬，应还日期要用。",
    TurnRow: "轮流表照用，跟班级名称走；没有班接这个班名的留在旧账里。",
    JobRow: "工作安排照用，完成情况清空。",
    ActivityRow: "去年的活动留在旧账里。",
    ParagraphRow: "计划的文字照用；总结的文字留在旧账里。",
    SentenceRow: "句式照用。",
    StocktakeRow: "去年的盘点留在旧账里。",
    StocktakeScopeRow: "去年的盘点范围留在旧账里。",
    VisitRow: "去年的阅览登记留在旧账里。",
    RepairRow: "送修还没有归架的照搬。",
    PupilLibrarianRow: "学生管理员每年重新推选，去年的留在旧账里。",
    RecommendationRow: "推荐书目照用。",
    CashRow: "结余变成一行上学年结转；以前的收支留在旧账里。",
    EvaluationRow: "评估细则照用，检查记录和自评分清空。",
    ReviewRow: "单册停止借阅的、要剔除的照搬；别的审查留在旧账里。",
    ExplanationRow: "没有到期、说的那一行也带过来了的照搬。",
    MappingRow: "表名和栏名已经是标准的，不用了。",
}
# Sheets whose rows go over just as they are.
AS_THEY_ARE = (LendingRule, CompensationRule, TargetRow, OpeningRow, TurnRow, SentenceRow, RecommendationRow)
CHANGED: Mapping[type[Any], Callable[[Any], Any | None]] = {
    JobRow: lambda row: row._replace(done=None),
    EvaluationRow: lambda row: row._replace(record=None, own_mark=None),
    ReviewRow: lambda row: row if row.outcome is not ReviewOutcome.PASSED and _may_be_of_a_copy(row) else None,
    ParagraphRow: lambda row: row if row.paper is not PaperKind.SUMMARY else None,
}


def _may_be_of_a_copy(review: ReviewRow) -> bool:
    # Of a line that does not say its copy nobody knows.
    return not review.scope or review.scope.isdigit()


def rows_of(library: Library, row_type: type[Any]) -> list[Any]:
    """Every line of a sheet, incomplete ones as far as they could be read, in order."""
    table = library[row_type]
    incomplete = [
        row_type(line=one.line, **{k: v for k, v in one.values.items() if k != "line"}) for one in table.incomplete
    ]
    return sorted([*table.rows, *incomplete], key=lambda row: row.line)


class Closing:
    """An old year at its end: what is still in force, open or unsettled on the day before the new books begin."""

    def __init__(self, library: Library, opened_on: date) -> None:
        self._library = library
        self.opened_on = opened_on
        self.ends_on = opened_on - timedelta(days=1)
        self.late_batches = [row for row in rows_of(library, SummaryRow) if self._is_late(row.registered_on)]
        self._late_numbers = {row.batch_no for row in self.late_batches}
        copies = rows_of(library, AccessionRow)
        self.copies = [copy for copy in copies if copy.batch_no not in self._late_numbers and self._in_force(copy)]
        self.late_copies = [copy for copy in copies if copy.batch_no in self._late_numbers]
        self._kept_numbers = {copy.accession_no for copy in (*self.copies, *self.late_copies)}

    def _is_late(self, day: date | None) -> bool:
        return day is not None and day >= self.opened_on

    def _in_force(self, copy: AccessionRow) -> bool:
        written_off = self._library.written_off(copy)
        return written_off is None or written_off.withdrawn_on is None or self._is_late(written_off.withdrawn_on)

    @property
    def highest_number(self) -> str:
        """The highest accession number ever given, written-off copies included; '' where there is none."""
        numbers = [number for number in self._library.known_copies if number.isdecimal()]
        return max(numbers, key=int, default="")

    def late_withdrawals(self) -> list[Any]:
        """Copies written off since the new books began."""
        return [row for row in rows_of(self._library, WithdrawalRow) if self._is_late(row.withdrawn_on)]

    def loans(self) -> list[Any]:
        """Loans that are open, and those of copies reported lost and not yet written off."""
        return [row for row in rows_of(self._library, LoanRow) if self._is_unsettled(row)]

    def _is_unsettled(self, loan: LoanRow) -> bool:
        if loan.outcome is LoanOutcome.LOST:
            return loan.accession_no in self._kept_numbers
        return loan.is_open or self._is_late(loan.lent_on)

    def incidents(self) -> list[Any]:
        """Compensations that are not settled, or whose copy is still on the books."""
        return [
            row
            for row in rows_of(self._library, CompensationRow)
            if row.settled_on is None
            or self._is_late(row.registered_on)
            or (row.withdrawal_no is None and row.incident == "遗失" and row.accession_no in self._kept_numbers)
        ]

    def periodicals(self) -> list[Any]:
        """Subscriptions that still run."""
        return [
            row for row in rows_of(self._library, PeriodicalRow) if row.ends_on is None or self._is_late(row.ends_on)
        ]

    def repairs(self) -> list[Any]:
        """Copies still away for repair."""
        return [row for row in rows_of(self._library, RepairRow) if row.reshelved_on is None]

    def readers(self, loans: Iterable[Any], incidents: Iterable[Any]) -> list[Any]:
        """Cards in use, and stopped ones whose holders still owe something."""
        owing = {row.reader_no for row in (*loans, *incidents)}
        return [row for row in rows_of(self._library, ReaderRow) if row.stopped_on is None or row.reader_no in owing]

    def calendar(self, loans: Sequence[Any]) -> list[Any]:
        """The old calendar from the first loan that is still out on, and whatever it says of the new year."""
        first = min((loan.lent_on for loan in loans if loan.lent_on), default=self.opened_on)
        return [row for row in rows_of(self._library, CalendarRow) if row.ends_on is None or row.ends_on >= first]

    def explanations(self, kept: Mapping[str, frozenset[str]], renamed: Mapping[str, str]) -> list[Any]:
        """Explanations that are still valid, of rows that are still there; `renamed` gives old batch numbers
        that the opening batch stands for now.
        """
        named = (with_standard_name(row, self._library) for row in rows_of(self._library, ExplanationRow))
        rows = [
            row._replace(number=renamed.get(row.number, row.number)) if row.sheet_name == "总括登记账" else row
            for row in named
            if row.valid_until is None or row.valid_until >= self.opened_on
        ]
        valid = (row for row in rows if row.number in kept.get(row.sheet_name, frozenset()))
        return list({(row.code, row.sheet_name, row.number): row for row in valid}.values())
