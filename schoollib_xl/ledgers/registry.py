"""Every sheet of the workbook, in the order it stands in the workbook."""

from typing import Any

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import SHEETS, DeclaredSheet, Group
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.activities import ActivityRow, RecommendationRow, VisitRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, JobRow, OpeningRow, TurnRow
from schoollib_xl.ledgers.supporting.inspection import EvaluationRow, ReviewRow
from schoollib_xl.ledgers.supporting.office import CashRow, ExplanationRow, MappingRow, SettingRow
from schoollib_xl.ledgers.supporting.papers import ParagraphRow, SentenceRow
from schoollib_xl.ledgers.supporting.people import ClassRow, PupilLibrarianRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import CompensationRule, LendingRule, TargetRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow, StocktakeScopeRow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

_ORDER: tuple[type[Any], ...] = (
    SettingRow,
    SummaryRow,
    AccessionRow,
    ClassificationRow,
    WithdrawalRow,
    PeriodicalRow,
    LoanRow,
    CompensationRow,
    ClassRow,
    ReaderRow,
    LendingRule,
    CompensationRule,
    TargetRow,
    OpeningRow,
    CalendarRow,
    TurnRow,
    JobRow,
    ActivityRow,
    ParagraphRow,
    SentenceRow,
    StocktakeRow,
    StocktakeScopeRow,
    VisitRow,
    RepairRow,
    PupilLibrarianRow,
    RecommendationRow,
    CashRow,
    EvaluationRow,
    ReviewRow,
    ExplanationRow,
    MappingRow,
)
ALL_SHEETS: tuple[DeclaredSheet, ...] = tuple(SHEETS[row_type] for row_type in _ORDER)
SHEETS_BY_NAME = {declared.name: declared for declared in ALL_SHEETS}
LEDGERS: tuple[DeclaredSheet, ...] = tuple(declared for declared in ALL_SHEETS if declared.group is Group.LEDGER)
