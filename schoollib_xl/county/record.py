"""The record of one school: figures only. This is what leaves the school; its JSON schema is published."""

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt

from schoollib_xl.checks.check import Severity
from schoollib_xl.checks.report import Report, Unchecked
from schoollib_xl.county.book_signs import BookSigns, signs_of
from schoollib_xl.county.visit_sample import VisitSample, visit_sample
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import Group
from schoollib_xl.ledgers.school import FIRST_MONTH, Term, TermName, first_year, year_named
from schoollib_xl.ledgers.table import LedgerTable
from schoollib_xl.quotas.basis.classes import SchoolClass, school_classes
from schoollib_xl.quotas.basis.period import Period, period
from schoollib_xl.quotas.borrowing.obligation import Obligation, obligation_of, term_books
from schoollib_xl.quotas.borrowing.tally import tally
from schoollib_xl.quotas.measures.holdings import standard_of
from schoollib_xl.quotas.measures.indicator import Indicator
from schoollib_xl.quotas.measures.indicators import indicators_of
from schoollib_xl.quotas.measures.lending_indicators import loans_to_take_out
from schoollib_xl.quotas.measures.outcomes import TargetOutcome, outcomes
from schoollib_xl.rules.lending import COUNTED, LoanTerms
from schoollib_xl.rules.target_names import TargetName

_WHOLE_YEAR = "全学年"
_OPTIONAL = frozenset(sheet.name for sheet in ALL_SHEETS if sheet.group is Group.OPTIONAL)


class ClassTerm(NamedTuple):
    """One class, and what it borrowed."""

    school_class: SchoolClass
    obligation: Obligation


class TermFigures(NamedTuple):
    """The figures of the term the books are judged in. `period` is None where the term is not known; then those of
    lending are missing.
    """

    period: Period | None
    school: Obligation
    classes: tuple[ClassTerm, ...]
    outcomes: tuple[TargetOutcome, ...]
    indicators: tuple[Indicator, ...]


class SchoolRecord(BaseModel):
    """One school on one day. It holds no reader's name or number and no title of a loan; None is what the
    workbook does not tell.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[7] = 7
    school: str | None = Field(description="学校名称")
    as_of: date = Field(description="核对到哪一天")
    school_year: int = Field(description="学年开始的那一年，照账上的学期")
    pupils: NonNegativeInt | None = Field(description="学生人数，班级表的合计")
    copies: NonNegativeInt | None = Field(description="截止日期在册册数")
    loans: NonNegativeInt | None = Field(description="本学期学生个人借书册数，室内阅览和班级图书角不算")
    counted_loans: NonNegativeInt | None = Field(description="其中填了学生人数的班借的册数，生均借书册数照它算")
    circulated: NonNegativeInt | None = Field(description="本学期流通册数：学生、教师借的和送到班级的，室内阅览不算")
    borrowers: NonNegativeInt | None = Field(description="本学期借过书的学生人数")
    mean: Decimal | None = Field(description="生均借书册数：借书册数 ÷ 学生人数")
    per_pupil: Decimal | None = Field(description="生均图书册数：在册册数 ÷ 学生人数")
    standard: Decimal = Field(description="本校所用标准的生均图书册数")
    rows: NonNegativeInt = Field(description="核对了多少行")
    checks_run: NonNegativeInt = Field(description="核对了多少项")
    errors: NonNegativeInt = Field(description="没有说明的错误")
    warnings: NonNegativeInt = Field(description="没有说明的存疑")
    explained: NonNegativeInt = Field(description="已写进差异说明的")
    unchecked: NonNegativeInt = Field(description="没有核对完的项数")
    unkept: NonNegativeInt = Field(0, description="其中只因为没有那张可选的表的")
    findings: dict[str, NonNegativeInt] = Field(description="没有说明的错误和存疑，按核对编码数")
    targets: NonNegativeInt = Field(description="任务指标条数")
    reached: NonNegativeInt = Field(description="完成了的任务指标条数")
    copies_unread: NonNegativeInt | None = Field(
        0, description="个别登记账没读懂、没算进册数的行；有整张表没读的，不知道"
    )
    loans_unread: NonNegativeInt | None = Field(
        0, description="借阅登记账没读懂、没算进册数的行；有整张表没读的，不知道"
    )
    term_start: date | None = Field(None, description="借书是哪个学期的，从哪天起")
    term_end: date | None = Field(None, description="到哪天止")
    card_holders: NonNegativeInt | None = Field(None, description="没有班级表的学校，流通册数是多少读者借的，教师不算")
    sample: VisitSample | None = Field(None, description="到校抽查什么")
    signs: BookSigns = Field(BookSigns(), description="账的指纹，认得出两份工作簿是不是同一所的")

    @property
    def is_begun(self) -> bool:
        """Whether the books hold a copy or a loan: two empty ledgers agree about nothing."""
        return bool(self.copies or self.loans or self.circulated)

    @property
    def is_sound(self) -> bool:
        """Whether everything was checked and nothing is open; what was not checked is never counted as good."""
        return self.is_begun and not (self.errors or self.warnings or self.unchecked)

    @property
    def lacks_optional_sheets_alone(self) -> bool:
        """Whether it would be sound if it had the sheets that no school must have."""
        return self.is_begun and not (self.errors or self.warnings) and 0 < self.unchecked == self.unkept

    @property
    def term_name(self) -> str | None:
        """Which part of the school year its loans are of; None where the term is not known."""
        if self.term_start is None or self.term_end is None:
            return None
        if not Term(self.term_start, self.term_end).ends_year:
            return TermName.FIRST.value
        return _WHOLE_YEAR if self.term_start.month >= FIRST_MONTH else TermName.SECOND.value

    def figures_alone(self) -> "SchoolRecord":
        """Without what is no figure of it: another sample is no change of a school."""
        return self.model_copy(update={"sample": None, "signs": BookSigns()})

    def has_figures_of(self, other: "SchoolRecord") -> bool:
        """Whether all figures are the same, if on another day: of books closed on no day each run has its own."""
        as_then = self.figures_alone().model_copy(update={"as_of": other.as_of})
        return as_then == other.figures_alone()

    @property
    def meets_standard(self) -> bool:
        """Whether the school has the copies per pupil its standard asks; half a copy short is short, rounded or not."""
        copies, pupils = self.stock_and_pupils
        return copies is not None and pupils is not None and copies >= self.standard * pupils

    @property
    def misses_standard(self) -> bool:
        """Whether it is known to have fewer: each line that could not be read may be a copy."""
        copies, pupils = self.stock_and_pupils
        if copies is None or pupils is None or self.copies_unread is None:
            return False
        return copies + self.copies_unread < self.standard * pupils

    @property
    def stock_and_pupils(self) -> tuple[int, int] | tuple[None, None]:
        """Copies and the pupils they are for; None where one is not told, or the pupils of some class are not."""
        if self.per_pupil is None or self.copies is None or self.pupils is None:
            return None, None
        return self.copies, self.pupils


def record_schema() -> dict[str, Any]:
    """The JSON schema of a record, for whoever reads them with another program."""
    return SchoolRecord.model_json_schema()


def school_record(library: Library, report: Report, figures: TermFigures, seed: int) -> SchoolRecord:
    """What a checked workbook comes to; the visitor's sample is drawn with the seed."""
    open_findings = [finding for finding in report.findings if finding.fails]
    severities = Counter(finding.severity for finding in open_findings)
    held = {indicator.name: indicator for indicator in figures.indicators}.get(TargetName.HOLDINGS)
    has_copies = held is not None and _is_told(library[AccessionRow])
    return SchoolRecord(
        school=library.school.name,
        as_of=library.as_of,
        school_year=_school_year(library, figures),
        pupils=figures.school.pupils,
        copies=int(held.numerator or 0) if held and has_copies else None,
        loans=_loans(figures),
        counted_loans=_counted(figures),
        circulated=_circulated(library, figures),
        borrowers=_borrowers(library, figures),
        mean=None if _loans(figures) is None else figures.school.mean,
        per_pupil=Decimal(held.value) if has_copies and held and held.value is not None else None,
        standard=standard_of(library).copies_per_pupil,
        rows=sum(len(library[sheet.row_type]) for sheet in ALL_SHEETS),
        checks_run=report.checks_run,
        errors=severities[Severity.ERROR],
        warnings=severities[Severity.WARNING],
        explained=sum(finding.explained for finding in report.findings),
        unchecked=len({unchecked.check.code for unchecked in report.unchecked}),
        unkept=len({unchecked.check.code for unchecked in report.unchecked if _is_unkept(unchecked)}),
        findings=dict(sorted(Counter(finding.check.code for finding in open_findings).items())),
        targets=sum(outcome.target.is_own for outcome in figures.outcomes),
        reached=sum(outcome.target.is_own and outcome.is_reached for outcome in figures.outcomes),
        copies_unread=_unread(library[AccessionRow]),
        loans_unread=_unread(_counted_loans(library)),
        term_start=figures.period.term.start if figures.period else None,
        term_end=figures.period.term.end if figures.period else None,
        card_holders=_card_holders(library, figures),
        sample=visit_sample(library, seed),
        signs=signs_of(library),
    )


def _is_unkept(unchecked: Unchecked) -> bool:
    """Whether nothing but a sheet is in want that no school must have."""
    absent = unchecked.absent
    return absent is not None and absent.sheet in _OPTIONAL and not (absent.header or absent.is_there)


def _counted_loans(library: Library) -> LedgerTable[LoanRow]:
    return library[LoanRow].seen_by(COUNTED)


def _unread(table: LedgerTable[Any]) -> int | None:
    """The lines that are in no figure; None where a whole sheet is in none, be it of one line or a thousand."""
    return None if table.left_over else len(table.incomplete)


def _is_told(table: LedgerTable[Any]) -> bool:
    """Whether the ledger tells how many there are; one of which no line could be read does not tell of none."""
    return table.present and bool(table.rows or _unread(table) == 0)


def _school_year(library: Library, figures: TermFigures) -> int:
    """The year of the term the books are judged in: what is asked of them after it, in the summer or a year late, is
    of that year still.
    """
    if figures.period is not None:
        return first_year(figures.period.term.start)
    named = year_named(library.school.school_year or "")
    return first_year(library.as_of) if named is None else named


def _circulated(library: Library, figures: TermFigures) -> int | None:
    if figures.period is None or not _is_told(_counted_loans(library)):
        return None
    return len(library.derive(loans_to_take_out, figures.period))


def _card_holders(library: Library, figures: TermFigures) -> int | None:
    """Of how many readers `_circulated` tells; of a school with classes its pupils and borrowers say so."""
    if figures.classes or figures.period is None:
        return None
    readers = {loan.reader_no for loan in library.derive(loans_to_take_out, figures.period)}
    return len(readers.difference(library.derive(LoanTerms).adults))


def _loans(figures: TermFigures) -> int | None:
    """What pupils borrowed; without a class nobody knows who is a pupil, and where not one loan of theirs is written
    down nobody knows what they borrowed.
    """
    return (figures.school.loans or None) if figures.classes else None


def _counted(figures: TermFigures) -> int | None:
    if _loans(figures) is None:
        return None
    counted = (quota.obligation for quota in figures.classes if quota.obligation.pupils is not None)
    return sum(obligation.loans or 0 for obligation in counted)


def _borrowers(library: Library, figures: TermFigures) -> int | None:
    """Who borrowed what `_loans` counts, also those who have left since or are in no register."""
    if _loans(figures) is None or figures.period is None:
        return None
    visits = library.derive(tally, figures.period.window).visits
    return len({reader for quota in figures.classes for reader, _ in visits.get(quota.school_class.name, ())})


def term_figures(library: Library) -> TermFigures:
    """Count what the term came to, as far as the workbook allows."""
    span = period(library)
    books, known = library.derive(term_books, span) if span else None, library.derive(indicators_of, span)
    classes = school_classes(library)
    return TermFigures(
        span,
        obligation_of(library, books, classes),
        tuple(ClassTerm(one, obligation_of(library, books, [one])) for one in classes),
        outcomes(library, books, None, known),
        known,
    )
