"""填写: one small broken example per check of what is written in sheets and cells."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.calendar import JobRow, OpeningRow
from schoollib_xl.ledgers.supporting.office import CashRow, MappingRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.ledgers.table import LedgerTable, Oddity, OddPlace
from schoollib_xl.ledgers.vocabulary import LeavingReason, LoanOutcome, ReaderKind
from schoollib_xl.samples.broken.example import Example
from schoollib_xl.sheets.building.body import WrittenLine
from schoollib_xl.sheets.building.contents import Contents, RawCell
from schoollib_xl.sheets.cells import CellValue, ErrorValue, MergedFigure, Uncalculated
from schoollib_xl.sheets.layout import LedgerSheet
from schoollib_xl.sheets.reading.columns import Columns
from schoollib_xl.sheets.reading.own_names import with_slips, with_unmet_names
from schoollib_xl.sheets.reading.recognising import Names
from schoollib_xl.sheets.reading.rows import PartReader, join

_WIDTH = 6
_TEACHER = example(ReaderRow, line=3, reader_no="T001", name="周怀谷", kind=ReaderKind.TEACHER, class_name=None)
_TITLE = example(
    MappingRow, standard_sheet="个别登记账", own_sheet="个别登记账", standard_header="书名", own_header="题目"
)
_TWO_COPIES = (example(AccessionRow), example(AccessionRow, line=4, accession_no="000002"))


@dataclass(frozen=True)
class Misread(Example):
    """Rows as they are read from a file in which some cells are raw; line 1 is the header. `odd` is what is
    wrong with a sheet as a whole.
    """

    raw: tuple[RawCell, ...] = ()
    odd: tuple[type[Any], OddPlace] | None = None

    def library(self) -> Library:
        """The books as they are read."""
        contents = Contents(self.ledger_set, self.raw)
        pages = list(contents.pages())
        tops = {page.name: list(islice(self._grid(contents, page), 1)) for page in pages}
        tables = with_unmet_names([self._table(contents, page) for page in pages], tops, tops.__getitem__)
        as_of = self.as_of or self.school.cut_off
        assert as_of is not None, "an example has a day it is judged on"
        return Library(tables, self.school, as_of)

    def _table(self, contents: Contents, page: LedgerSheet) -> LedgerTable[Any]:
        read = PartReader(page.declared, Columns(_WIDTH), Names()).read(page.name, [[*self._grid(contents, page)]])
        table = with_slips(join(page.declared, [read]))
        if self.odd is None or self.odd[0] is not page.declared.row_type:
            return table
        if self.odd[1].oddity is Oddity.MISSING_SHEET:
            return LedgerTable(page.declared, oddities=[self.odd[1]])
        return table.changed(oddities=[self.odd[1]])

    def _grid(self, contents: Contents, page: LedgerSheet) -> Iterator[list[CellValue]]:
        written = {line.number: line for line in contents.lines(page)}
        headers = WrittenLine(1, [field.header for field in page.declared.fields], {})
        header = written[1].raw if 1 in written else {}
        for number in range(1, max(page.last_row, 1) + 1):
            line = headers._replace(raw=header) if number == 1 else written.get(number)
            yield _cells(line) if line else []


def _cells(line: WrittenLine) -> list[CellValue]:
    return [line.raw.get(column, _stored(value)) for column, value in enumerate(line.values)]


def _stored(value: Any) -> CellValue:
    """A row's value as a workbook gives it back."""
    if value is None:
        return ""
    if isinstance(value, int | Decimal):
        return float(value)
    return str(value) if isinstance(value, str) else value


def _headers_again(row_type: type[Any], **others: str) -> Iterator[RawCell]:
    fields = SHEETS[row_type].fields
    return ((row_type, 3, field.name, others.get(field.name, field.header)) for field in fields)


def _one(row_type: type[Any], field: str, cell: CellValue) -> Misread:
    return Misread((example(row_type),), raw=((row_type, 2, field, cell),))


EXAMPLES: dict[str, Example] = {
    "FMT001": Misread((), odd=(AccessionRow, OddPlace(Oddity.MISSING_SHEET))),
    "FMT002": Misread((example(ClassRow),), odd=(ClassRow, OddPlace(Oddity.DOUBLED_SHEET, 0, "班级 (旧)"))),
    "FMT000": Misread((example(LoanRow),), odd=(LoanRow, OddPlace(Oddity.UNREAD_LEDGER, 0, "借书流水"))),
    "FMT013": Misread((example(StocktakeRow),), odd=(StocktakeRow, OddPlace(Oddity.UNREAD_RECORDS, 0, "六月清点"))),
    "FMT018": Misread((example(LoanRow),), odd=(LoanRow, OddPlace(Oddity.NAMED_OTHERWISE, 0, "借书流水"))),
    "FMT008": Misread((example(MappingRow),), odd=(MappingRow, OddPlace(Oddity.UNKNOWN_SHEET, 0, "赠书清单"))),
    "FMT009": Misread(
        (example(LoanRow),), odd=(LoanRow, OddPlace(Oddity.INCOMPLETE_PART, 0, "借阅登记账（下）", ("借出日期",)))
    ),
    "FMT014": Misread((example(LoanRow),), odd=(LoanRow, OddPlace(Oddity.HEADERLESS_PART, 0, "借阅登记账续"))),
    "FMT015": Misread((example(LoanRow),), odd=(LoanRow, OddPlace(Oddity.NO_HEADER, 1, "借阅登记账"))),
    "FMT010": Misread(tuple(example(LoanRow)._replace(line=line, loan_no=f"J{line:06}") for line in range(2, 14))),
    "FMT206": Misread((example(MappingRow, standard_sheet="个別登计账", own_sheet="个别登记账"),)),
    "FMT208": Misread((example(MappingRow),)),
    "FMT218": Misread((_TITLE, _TITLE._replace(line=3, standard_header="著者"))),
    "FMT003": Misread((example(AccessionRow),), raw=((AccessionRow, 1, "price", "打折价"),)),
    "FMT004": Misread((example(AccessionRow),), raw=((AccessionRow, 1, "remarks", "单价"),)),
    "FMT005": Misread(_TWO_COPIES),
    "FMT006": Misread(_TWO_COPIES, raw=((AccessionRow, 3, "accession_no", "小计"), (AccessionRow, 3, "price", 25.0))),
    "FMT012": Misread(
        (example(ClassificationRow),),
        raw=((ClassificationRow, 3, "class_letter", "合计"), (ClassificationRow, 3, "closing_copies", 9999.0)),
    ),
    "FMT007": Misread(_TWO_COPIES, raw=tuple(_headers_again(AccessionRow))),
    "FMT016": Misread(_TWO_COPIES, raw=tuple(_headers_again(AccessionRow, title="著者", author="书名"))),
    "FMT017": Misread(
        (example(LoanRow), example(LoanRow, line=4, loan_no="J000002")),
        raw=tuple(_headers_again(LoanRow, name="书名", title="姓名", due_on="哪天还")),
    ),
    "FMT011": Misread((example(LoanRow),), raw=((LoanRow, 3, "loan_no", "以上 1 笔核对无误　苏老师　2026.7.3"),)),
    "FMT112": _one(AccessionRow, "accessioned_on", date(2027, 9, 1)),
    "FMT205": Misread(
        tuple(
            example(LoanRow)._replace(line=line, loan_no=f"J{line:06}", lent_on=date(2026, 3, line))
            for line in range(2, 9)
        )
    ),
    "FMT101": _one(AccessionRow, "title", ""),
    "FMT102": _one(AccessionRow, "price", ErrorValue("#N/A")),
    "FMT103": _one(SummaryRow, "list_value", Uncalculated("SUM(个别登记账!M2:M3)")),
    "FMT104": _one(AccessionRow, "price", "约二十五元"),
    "FMT105": _one(SummaryRow, "copies", 1.5),
    "FMT106": _one(LoanRow, "lent_on", "2025-9-31"),
    "FMT107": _one(OpeningRow, "starts_at", "中午"),
    "FMT108": _one(AccessionRow, "source", "新华"),
    "FMT109": _one(ClassRow, "grade", 7.0),
    "FMT111": _one(SummaryRow, "list_value", MergedFigure("2500.00")),
    "FMT110": _one(LoanRow, "reader_no", 20250901000123456.0),
    "FMT201": _one(AccessionRow, "accession_no", 1.0),
    "FMT207": _one(AccessionRow, "title", "城南\x07旧事"),
    "FMT202": _one(PeriodicalRow, "postal_code", date(2025, 2, 6)),
    "FMT203": _one(AccessionRow, "price", "25.00"),
    "FMT210": Misread((example(LoanRow, returned_on=date(2025, 9, 15), outcome=LoanOutcome.RETURNED, remarks="未还"),)),
    "FMT211": Misread((example(CashRow, summary="三月份购图书", booked_on=date(2025, 9, 12)),)),
    "FMT215": Misread((example(ReaderRow), _TEACHER, example(SummaryRow, handled_by="林小满"))),
    "FMT217": Misread(
        (
            _TEACHER._replace(stopped_on=date(2025, 7, 1), stop_reason=LeavingReason.LEFT_POST),
            example(SummaryRow, received_by="周怀谷"),
        )
    ),
    "FMT216": Misread((example(CashRow, summary="2月30日购图书"),)),
    "FMT219": Misread((example(JobRow, task="12345.678"),)),
    "FMT214": Misread((example(LoanRow, handled_by="46045"),)),
    "FMT213": Misread(
        (
            *(example(LoanRow, line=line, handled_by="苏晓禾") for line in range(2, 12)),
            example(LoanRow, line=12, handled_by="苏晓"),
        )
    ),
    "FMT212": Misread((example(CashRow, summary="12月15日购图书", booked_on=date(2025, 12, 10)),)),
    "FMT209": _one(SummaryRow, "copies", -1.0),
    "FMT204": _one(LoanRow, "lent_on", "2025.9.8"),
}
