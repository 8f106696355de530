"""Slips that many rows share: a column that slid, a day or a page written wrongly, a page left out, a batch twice."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from bench.slips_of_the_pen import Pen, Slip, key_cell
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.schema import Cell, key_of
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.ledgers.vocabulary import Flow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

_BLOCK, _PAGE = 8, 40


def _block(pen: Pen, row_type: type[Any], many: int, fits: Callable[[list[Any]], bool] = bool) -> list[Any]:
    """So many rows below each other that the slip shows in."""
    rows = pen.rows(row_type)
    many = min(many, len(rows) - 2)
    while True:
        first = pen.rng.randrange(1, len(rows) - many)
        if fits(block := rows[first : first + many]):
            return block


def _written(pen: Pen, kind: str, rows: Sequence[Any], values: Sequence[dict[str, Any]]) -> Slip:
    cells: set[Cell] = set()
    for row, own in zip(rows, values, strict=True):
        changed = {name: value for name, value in own.items() if getattr(row, name) != value}
        if changed:
            cells |= pen.change(kind, row, **changed).cells
    return Slip(kind, frozenset(cells))


def _kind(row_type: type[Any], fields: Sequence[str], slip: str) -> str:
    return f"{row_type.__name__} {'+'.join(fields)} {slip}"


def _slid(row_type: type[Any], *fields: str, ends: bool = True) -> Callable[[Pen], Slip]:
    """The column a row lower in a block: what fell off below stands above; without `ends` what is above, twice."""

    def plant(pen: Pen) -> Slip:
        def fits(rows: list[Any]) -> bool:
            return all(len({getattr(row, field) for row in rows}) > 1 for field in fields)

        block = _block(pen, row_type, _BLOCK, fits)
        above = block[-1] if ends else pen.rows(row_type)[pen.rows(row_type).index(block[0]) - 1]
        said = [above, *block[:-1]]
        values = [{field: getattr(other, field) for field in fields} for other in said]
        return _written(
            pen, f"{row_type.__name__} {'+'.join(fields)} slid{'' if ends else ', one twice'}", block, values
        )

    plant.__name__ = f"_slid_{row_type.__name__}_{'_'.join(fields)}"
    return plant


def _slid_to_the_end(row_type: type[Any], field: str) -> Callable[[Pen], Slip]:
    """The column a row lower from a line to the last, as a cell that was put in leaves it: one stands twice."""

    def plant(pen: Pen) -> Slip:
        rows = pen.rows(row_type)
        rows = rows[pen.rng.randrange(max(1, len(rows) - 60), len(rows) - 4) :]
        above = pen.rows(row_type)[pen.rows(row_type).index(rows[0]) - 1]
        values = [{field: getattr(other, field)} for other in (above, *rows[:-1])]
        return _written(pen, f"{row_type.__name__} {field} slid to the end", rows, values)

    plant.__name__ = f"_slid_to_the_end_{row_type.__name__}_{field}"
    return plant


def _of_a_day(pen: Pen, field: str) -> list[LoanRow]:
    days = Counter(getattr(row, field) for row in pen.rows(LoanRow) if row.is_personal)
    day = pen.rng.choice([one for one, times in days.items() if one and times >= 6])
    return [row for row in pen.rows(LoanRow) if row.is_personal and getattr(row, field) == day]


def _month(day: date, step: int) -> date:
    years, month = divmod(day.month - 1 + step, 12)
    return day.replace(year=day.year + years, month=month + 1, day=min(day.day, 28))


def _returned_a_month_off(step: int) -> Callable[[Pen], Slip]:
    def plant(pen: Pen) -> Slip:
        rows = _of_a_day(pen, "returned_on")
        values = [{"returned_on": _month(row.returned_on, step)} for row in rows if row.returned_on]
        return _written(pen, f"returns {step:+} month", rows, values)

    plant.__name__ = "_returned_a_month_off"
    return plant


def _lent_a_day_off(pen: Pen) -> Slip:
    rows, step = _of_a_day(pen, "lent_on"), timedelta(pen.rng.choice((-1, 1)))
    return _written(pen, "lent days ±1", rows, [{"lent_on": row.lent_on + step} for row in rows])


def _year_of_a_page(row_type: type[Any], *fields: str) -> Callable[[Pen], Slip]:
    def plant(pen: Pen) -> Slip:
        rows, step = _block(pen, row_type, _PAGE), pen.rng.choice((-1, 1))
        days = [
            {field: day.replace(year=day.year + step) for field in fields if (day := getattr(row, field))}
            for row in rows
        ]
        return _written(pen, f"{row_type.__name__} {'+'.join(fields)} year of a page", rows, days)

    plant.__name__ = f"_year_of_a_page_{row_type.__name__}_{fields[0]}"
    return plant


def _another_class(pen: Pen) -> Slip:
    """The loans of one class on one day under another class."""
    row = pen.pick(LoanRow, lambda row: row.is_personal and row.class_name)
    same = [one for one in pen.rows(LoanRow) if (one.class_name, one.lent_on) == (row.class_name, row.lent_on)]
    other = pen.rng.choice([one.class_name for one in pen.rows(ClassRow) if one.class_name != row.class_name])
    return _written(pen, "one class under another", same, [{"class_name": other}] * len(same))


def _tenfold_prices(pen: Pen) -> Slip:
    batch = pen.pick(SummaryRow, lambda row: row.flow is Flow.IN and row.copies > 3)
    rows = [row for row in pen.rows(AccessionRow) if row.batch_no == batch.batch_no]
    return _written(pen, "prices of an invoice × 10", rows, [{"price": row.price and row.price * 10} for row in rows])


def _batch_entered_twice(pen: Pen) -> Slip:
    """A batch and all its copies entered once more, under the next numbers."""
    batch = pen.pick(SummaryRow, lambda row: row.flow is Flow.IN and row.copies > 3)
    books, copies = pen.rows(SummaryRow), pen.rows(AccessionRow)
    own = [row for row in copies if row.batch_no == batch.batch_no]
    last, first_no = books[-1], max(int(row.accession_no) for row in copies) + 1
    name = f"{last.batch_no[:-3]}{int(last.batch_no[-3:]) + 1:03}"
    blank = {"batch_no": name, "barcode": None, "withdrawn_on": None, "withdrawal_no": None}
    again = [
        row._replace(line=copies[-1].line + 1 + index, accession_no=f"{first_no + index:06}", **blank)
        for index, row in enumerate(own)
    ]
    copies += again
    numbers = {"first_no": again[0].accession_no, "last_no": again[-1].accession_no} if batch.first_no else {}
    running = {
        "running_copies": last.running_copies + batch.copies,
        "running_value": last.running_value + batch.list_value,
    }
    books.append(batch._replace(line=last.line + 1, batch_no=name, **running, **numbers))
    return Slip("batch entered twice", frozenset(map(key_cell, (*again, batch, books[-1]))))


def _page_left_out(row_type: type[Any]) -> Callable[[Pen], Slip]:
    def plant(pen: Pen) -> Slip:
        block = _block(pen, row_type, _PAGE)
        keys = frozenset((row_type, key_of(row)) for row in block)
        for row in block:
            pen.drop("", row)
        return Slip(f"{row_type.__name__} page left out", frozenset(), next(iter(keys)))

    plant.__name__ = f"_page_left_out_{row_type.__name__}"
    return plant


def _returned_in_the_neighbours_row(pen: Pen) -> Slip:
    """The day a book came back stands on the line below, whose book is still out."""
    rows = pen.rows(LoanRow)
    pairs = [(one, other) for one, other in pairwise(rows) if one.returned_on and other.returned_on]
    one, other = pen.rng.choice(pairs)
    values = ({"returned_on": None}, {"returned_on": one.returned_on})
    return _written(pen, "returned in the neighbour's row", (one, other), values)


def _pasted_over(row_type: type[Any], source: str, target: str) -> Callable[[Pen], Slip]:
    def plant(pen: Pen) -> Slip:
        rows = _block(pen, row_type, 20)
        return _written(
            pen, f"{row_type.__name__} {source} over {target}", rows, [{target: getattr(row, source)} for row in rows]
        )

    plant.__name__ = f"_pasted_over_{row_type.__name__}_{target}"
    return plant


OF_MANY_ROWS: tuple[Callable[[Pen], Slip], ...] = (
    _slid(LoanRow, "accession_no"),
    _slid(LoanRow, "accession_no", ends=False),
    _slid(LoanRow, "reader_no"),
    _slid(LoanRow, "title"),
    _slid(LoanRow, "name"),
    _slid(LoanRow, "accession_no", "title"),
    _slid(LoanRow, "lent_on"),
    _slid(LoanRow, "due_on"),
    _slid(LoanRow, "returned_on"),
    _slid(AccessionRow, "price"),
    _slid(AccessionRow, "class_no"),
    _slid(AccessionRow, "title"),
    _slid(AccessionRow, "isbn"),
    _slid(WithdrawalRow, "accession_no"),
    _slid(WithdrawalRow, "price"),
    _slid_to_the_end(LoanRow, "accession_no"),
    _slid_to_the_end(LoanRow, "reader_no"),
    _slid_to_the_end(WithdrawalRow, "accession_no"),
    _slid(ReaderRow, "reader_no"),
    _slid(ReaderRow, "class_name"),
    _slid(StocktakeRow, "accession_no", ends=False),
    _returned_a_month_off(1),
    _returned_a_month_off(-1),
    _lent_a_day_off,
    _slid(LoanRow, "lent_on", "reader_no", "name", "class_name", "accession_no", "title"),
    _slid(ClassificationRow, "opening_copies", "opening_value", "added_copies", "added_value"),
    _pasted_over(ClassificationRow, "added_copies", "removed_copies"),
    _pasted_over(AccessionRow, "author", "publisher"),
    _pasted_over(LoanRow, "lent_on", "due_on"),
    _pasted_over(LoanRow, "due_on", "returned_on"),
    _year_of_a_page(LoanRow, "lent_on"),
    _year_of_a_page(LoanRow, "lent_on", "due_on"),
    _year_of_a_page(LoanRow, "lent_on", "due_on", "returned_on"),
    _another_class,
    _tenfold_prices,
    _batch_entered_twice,
    _page_left_out(AccessionRow),
    _page_left_out(WithdrawalRow),
    _page_left_out(LoanRow),
    _returned_in_the_neighbours_row,
)
