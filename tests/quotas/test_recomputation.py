"""A tiny school's figures, worked out a second time by LibreOffice from formulas over the same sheets."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from office import convert, soffice
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.quotas.measures.indicator import Indicator
from schoollib_xl.quotas.statement import Statement, statement
from schoollib_xl.wording.places import column_letters
from small_sample import tiny_sample

pytestmark = [pytest.mark.office, pytest.mark.skipif(soffice() is None, reason="LibreOffice is not installed")]
AS_OF = date(2026, 4, 10)
LOOKED_AT = (LoanRow, ReaderRow, ClassRow, AccessionRow, PeriodicalRow)
CLEAN = tiny_sample()
LAST_LINES = {row_type: len(rows) + 1 for row_type, rows in CLEAN.rows.items()}
PER_CLASS = ("loans", "visits", "mean", "corner", "in_room", "on_register", "none", "reached", "gap")


class Second(NamedTuple):
    """Both answers: ours, and the cells LibreOffice worked out, by name."""

    ours: Statement
    theirs: dict[str, Any]


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Second:
    folder = tmp_path_factory.mktemp("recomputation")
    books = CLEAN.library(AS_OF)
    quotas = statement(books)
    path = with_formulas(books, quotas, folder)
    return Second(quotas, dict(results(convert(path, folder / "done", "xlsx"))))


def with_formulas(books: Library, quotas: Statement, folder: Path) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    for row_type in LOOKED_AT:
        ledger = book.create_sheet(SHEETS[row_type].name)
        ledger.append([field.header for field in SHEETS[row_type].fields])
        for row in books[row_type]:
            ledger.append(row[1:])
    loans, readers, copies = (book.create_sheet(name) for name in ("每笔", "每人", "每册"))
    for line in range(2, len(books[LoanRow]) + 2):
        loans.append(loan_formulas(line))
    for line in range(2, len(books[ReaderRow]) + 2):
        readers.append(reader_formulas(line))
    for line in range(2, len(books[AccessionRow]) + 2):
        copies.append(copy_formulas(line))
    sheet = book.create_sheet("重算")
    for name, formula in [*class_formulas(quotas), *school_formulas(quotas)]:
        sheet.append([name, formula])
    book.save(folder / "重算.xlsx")
    return folder / "重算.xlsx"


def results(path: Path) -> Iterator[tuple[str, Any]]:
    from python_calamine import CalamineWorkbook

    for name, value in CalamineWorkbook.from_path(path).get_sheet_by_name("重算").to_python():
        yield str(name), value


def column(row_type: type[Any], field: str, line: int | None = None) -> str:
    """A column of a ledger as a range, or its cell on one line."""
    letters = column_letters(SHEETS[row_type].positions[field])
    name = SHEETS[row_type].name
    return f"{name}!${letters}$2:${letters}${LAST_LINES[row_type]}" if line is None else f"{name}!{letters}{line}"


def day(value: date) -> str:
    return f"DATE({value.year},{value.month},{value.day})"


TERM = (date(2026, 2, 23), AS_OF)
IN_TERM = f'{column(LoanRow, "lent_on")},">="&{day(TERM[0])},{column(LoanRow, "lent_on")},"<="&{day(TERM[1])}'


def loan_formulas(line: int) -> list[str]:
    """A: 1 for a loan that counts, B: its share of a visit, C: its class, D: its share of a copy in force."""
    lent_on, mode = column(LoanRow, "lent_on", line), column(LoanRow, "mode", line)
    reader, name = column(LoanRow, "reader_no", line), column(LoanRow, "class_name", line)
    is_pupil = f'COUNTIFS({column(ReaderRow, "reader_no")},{reader},{column(ReaderRow, "kind")},"学生")=1'
    counts = f'AND({mode}="个人",{lent_on}>={day(TERM[0])},{lent_on}<={day(TERM[1])},{is_pupil})'
    row = line - 1
    same = (
        f"COUNTIFS({column(LoanRow, 'reader_no')},{reader},{column(LoanRow, 'lent_on')},{lent_on},"
        f'{column(LoanRow, "class_name")},{name},{column(LoanRow, "mode")},"个人")'
    )
    copy = column(LoanRow, "accession_no", line)
    taken = f'AND({mode}<>"室内",{lent_on}>={day(TERM[0])},{lent_on}<={day(TERM[1])})'
    times = f'COUNTIFS({column(LoanRow, "accession_no")},{copy},{column(LoanRow, "mode")},"<>室内",{IN_TERM})'
    # The copies of the sample school are numbered from 000001 in line order.
    share = f"INDEX(每册!$A$1:$A$9999,VALUE({copy}))/{times}"
    return [f"=IF({counts},1,0)", f"=IF(A{row}=1,1/{same},0)", f"={name}", f"=IF({taken},{share},0)"]


def reader_formulas(line: int) -> list[str]:
    """A: 1 for a pupil whose card is in force, B: the pupil's loans, C: the class."""
    kind, issued = column(ReaderRow, "kind", line), column(ReaderRow, "issued_on", line)
    stopped = column(ReaderRow, "stopped_on", line)
    active = f'AND({kind}="学生",{issued}<={day(AS_OF)},OR({stopped}="",{stopped}>{day(AS_OF)}))'
    mine = f"COUNTIFS({column(LoanRow, 'reader_no')},{column(ReaderRow, 'reader_no', line)},"
    return [
        f"=IF({active},1,0)",
        f'={mine}{column(LoanRow, "mode")},"个人",{IN_TERM})',
        f"={column(ReaderRow, 'class_name', line)}",
    ]


def copy_formulas(line: int) -> list[str]:
    """A: 1 for a copy in force, B: the title of a reference copy in force, C: its first letter."""
    came, went = column(AccessionRow, "accessioned_on", line), column(AccessionRow, "withdrawn_on", line)
    names = "&" + '&"|"&'.join(
        column(AccessionRow, field, line) for field in ("title", "author", "publisher", "edition", "isbn")
    )
    kept = f'{column(AccessionRow, "circulation", line)}="仅阅览"'
    row = line - 1
    return [
        f'=IF(AND({came}<={day(AS_OF)},OR({went}="",{went}>{day(AS_OF)})),1,0)',
        f'=IF(AND(A{row}=1,{kept}),""{names},"")',
        f"=LEFT({column(AccessionRow, 'class_no', line)},1)",
    ]


def class_formulas(quotas: Statement) -> Iterator[tuple[str, str]]:
    """Every counted figure of every class."""
    for number, quota in enumerate(quotas.classes):
        name, line = quota.school_class.name, number + 2
        pupils = column(ClassRow, "pupils", line)
        wanted = quota.least or quota.obligation.target
        loans = f'SUMIFS(每笔!A1:A9999,每笔!C1:C9999,"{name}")'
        mine = f'COUNTIFS(每人!C1:C999,"{name}",每人!A1:A999,1'
        yield f"{name} loans", f"={loans}"
        yield f"{name} visits", f'=ROUND(SUMIFS(每笔!B1:B9999,每笔!C1:C9999,"{name}"),6)'
        yield f"{name} mean", f"=ROUND({loans}/{pupils},2)"
        yield f"{name} corner", f"={_of_mode(name, '班级')}"
        yield f"{name} in_room", f"={_of_mode(name, '室内')}"
        yield f"{name} on_register", f"={mine})"
        yield f"{name} none", f"={mine},每人!B1:B999,0)"
        yield f"{name} reached", f'={mine},每人!B1:B999,">={wanted}")' if wanted else '=""'
        target = quota.obligation.target
        yield f"{name} gap", '=""' if target is None else f"=MAX(0,ROUNDUP({target}*{pupils}-{loans},0))"


def _of_mode(name: str, mode: str) -> str:
    return f'COUNTIFS({column(LoanRow, "class_name")},"{name}",{column(LoanRow, "mode")},"{mode}",{IN_TERM})'


def school_formulas(quotas: Statement) -> Iterator[tuple[str, str]]:
    """The school's figures and its indicators."""
    pupils = f"SUM({column(ClassRow, 'pupils')})"
    held, taken = "SUM(每册!A1:A9999)", f'COUNTIFS({column(LoanRow, "mode")},"<>室内",{IN_TERM})'
    yield "school pupils", f"={pupils}"
    yield "school loans", "=SUM(每笔!A1:A9999)"
    yield "school visits", "=ROUND(SUM(每笔!B1:B9999),6)"
    yield "school mean", f"=ROUND(SUM(每笔!A1:A9999)/{pupils},2)"
    yield "teacher loans", f'=COUNTIFS({column(LoanRow, "mode")},"个人",{IN_TERM})-SUM(每笔!A1:A9999)'
    yield "生均藏书册数", f"=ROUND({held}/{pupils},2)"
    yield "流通册次", f"={taken}"
    yield "图书流通率", f"=ROUND({taken}/{held}*100,2)"
    yield "藏书利用率", f"=ROUND(SUM(每笔!D1:D9999)/{held}*100,2)"
    yield "学生借阅率", '=ROUND(COUNTIFS(每人!A1:A999,1,每人!B1:B999,">0")/COUNTIFS(每人!A1:A999,1)*100,2)'
    kept = '每册!B1:B9999<>""'
    yield "工具书种数", f"=ROUND(SUMPRODUCT(({kept})/(COUNTIF(每册!B1:B9999,每册!B1:B9999)+NOT({kept}))),6)"
    starts, ends = column(PeriodicalRow, "starts_on"), column(PeriodicalRow, "ends_on")
    running = f'{starts},"<="&{day(AS_OF)},{ends},">="&{day(TERM[0])}'
    yield "报刊种数", f"=COUNTIFS({running})"
    money = (
        f'SUMIFS({column(PeriodicalRow, "amount")},{starts},">="&{day(date(2025, 7, 1))},{starts},"<="&{day(AS_OF)})'
    )
    yield "生均征订金额", f"=ROUND({money}/{pupils},2)"
    for group, letters in (("A", "A"), ("B", "B"), ("C—K", "CDEFGHIJK"), ("N—X", "NOPQRSTUVX"), ("Z", "Z")):
        copies = "+".join(f'COUNTIFS(每册!A1:A9999,1,每册!C1:C9999,"{letter}")' for letter in letters)
        yield f"藏书比例（{group} 类）", f"=ROUND(({copies})/{held}*100,2)"


def same(ours: int | Decimal | None, theirs: Any) -> bool:
    if ours is None:
        return theirs in (None, "")
    return round(float(ours), 2) == round(float(theirs), 2)


@pytest.mark.parametrize("figure", PER_CLASS)
def test_every_class_comes_out_the_same(second: Second, figure: str) -> None:
    differing = {
        quota.school_class.name: (
            getattr(quota.obligation, figure),
            second.theirs[f"{quota.school_class.name} {figure}"],
        )
        for quota in second.ours.classes
        if not same(getattr(quota.obligation, figure), second.theirs[f"{quota.school_class.name} {figure}"])
    }
    assert differing == {}
    assert len(second.ours.classes) == 12


@pytest.mark.parametrize("figure", ["pupils", "loans", "visits", "mean"])
def test_the_school_comes_out_the_same(second: Second, figure: str) -> None:
    assert same(getattr(second.ours.school, figure), second.theirs[f"school {figure}"])


def test_the_loans_of_teachers_come_out_the_same(second: Second) -> None:
    assert same(second.ours.teacher_loans, second.theirs["teacher loans"])


@pytest.mark.parametrize(
    "name",
    ["生均藏书册数", "流通册次", "图书流通率", "藏书利用率", "学生借阅率", "工具书种数", "报刊种数", "生均征订金额"]
    + [f"藏书比例（{group} 类）" for group in ("A", "B", "C—K", "N—X", "Z")],
)
def test_the_indicators_come_out_the_same(second: Second, name: str) -> None:
    ours: dict[str, Indicator] = {one.name: one for one in second.ours.indicators}
    assert same(ours[name].value, second.theirs[name]), (ours[name], second.theirs[name])
