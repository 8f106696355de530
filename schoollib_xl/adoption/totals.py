"""Control totals: how much the old lists state, how much of it stands in the new books, how much was set aside."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from schoollib_xl.adoption.forms.headers import is_row_number
from schoollib_xl.adoption.forms.kinds import KINDS
from schoollib_xl.adoption.forms.tables import FoundTable
from schoollib_xl.adoption.journal import Journal, RowOutcome, SourceCount, What
from schoollib_xl.adoption.unclear.columns import filled
from schoollib_xl.adoption.unclear.guesses import guessed_kind, guesses
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Field
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.units import to_cents
from schoollib_xl.rules.titles import count_titles

ROW_NUMBER, PERSONAL, REFUSED = "序号（不用接收）", "个人信息（不接收）", "不接收"
OF_SCHOOL, EMPTY = "学校（不用逐行接收）", "空栏（没有内容）"


class Total(NamedTuple):
    """One kind of thing: what came in, what stands in the new books, what was stated twice, what was set aside; in how
    many rows what came in could not be read, so that its total is not known.
    """

    what: What
    came_in: Decimal
    out: Decimal
    merged: Decimal
    aside: Decimal
    unread: int = 0

    @property
    def is_equal(self) -> bool:
        """Whether all that was read stands in the books or says again what does."""
        return self.came_in == self.out + self.merged

    @property
    def agrees(self) -> bool:
        """Whether all that was read stands in the books, or says again what does. How many copies a row brings counts
        as one where nobody can read it, so the whole is not known; a price nobody can read is left blank and named.
        """
        return self.is_equal and not (self.unread and self.what is not What.MONEY)


def control_totals(ledger_set: LedgerSet, journal: Journal, library: Library) -> list[Total]:
    """The totals of an adoption, those of the result counted in the workbook as it was read back."""
    counts = dict(journal.counts)
    aside = counts[What.TITLES].aside
    stated = Decimal(count_titles(ledger_set.rows.get(AccessionRow, [])))
    counts[What.TITLES] = SourceCount(came_in=stated + aside, aside=aside)
    out = _out(library)
    return [_total(what, counts[what], out[what]) for what in What]


def _total(what: What, count: SourceCount, out: Decimal) -> Total:
    numbers = [count.came_in, out, count.merged, count.aside]
    if what is What.MONEY:
        numbers = [to_cents(number) for number in numbers]
    came_in, out, merged, aside = numbers
    return Total(what, came_in, out, merged, aside, count.unread)


def _out(library: Library) -> dict[What, Decimal]:
    copies, loans = library[AccessionRow], library[LoanRow]
    prices = [row.price for row in copies] + [row.values.get("price") for row in copies.incomplete]
    closed = sum(not row.is_open for row in loans)
    closed += sum(bool(row.values.get("returned_on") or row.values.get("outcome")) for row in loans.incomplete)
    titles = count_titles([*copies.rows, *(AccessionRow(**row.values) for row in copies.incomplete)])
    return {
        What.COPIES: Decimal(len(copies)),
        What.MONEY: sum((price for price in prices if price is not None), Decimal(0)),
        What.TITLES: Decimal(titles),
        What.READERS: Decimal(len(library[ReaderRow])),
        What.LOANS: Decimal(len(loans)),
        What.RETURNS: Decimal(closed),
    }


class ColumnTaken(NamedTuple):
    """One column of a source: its header, and what it was taken as; None where nobody knew, and then what it may be."""

    header: str
    taken_as: str | None
    guess: str | None = None


class SourceTaken(NamedTuple):
    """One table of the sources: what it was taken for, its rows that say something, and its columns; what it may be,
    where nobody knew.
    """

    file: str
    sheet: str
    kind: str | None
    rows: int
    taken: int
    aside: int
    columns: tuple[ColumnTaken, ...]
    guess: str | None = None

    @property
    def unrecognised(self) -> tuple[ColumnTaken, ...]:
        """The columns nobody knew."""
        return tuple(column for column in self.columns if column.taken_as is None)

    @property
    def may_state_more(self) -> bool:
        """Whether nobody knows what its rows are, and they hold more than a sentence: no total has counted them."""
        return self.kind is None and self.aside > 0 and len(self.columns) > 1

    @property
    def has_remarks(self) -> bool:
        """Whether the sheet its rows go to has 备注, where columns nobody knew are kept."""
        return self.kind is not None and "remarks" in KINDS[self.kind].by_name


def sources_taken(tables: Sequence[FoundTable], journal: Journal) -> list[SourceTaken]:
    """Every table of the sources with every column named."""
    return [_source(table, journal) for table in tables]


def _source(table: FoundTable, journal: Journal) -> SourceTaken:
    places = dict.fromkeys(map(table.place_of, table.every_line))
    row_records = [journal.row_records[place] for place in places if place in journal.row_records]
    aside = sum(row_record.outcome is RowOutcome.ASIDE and row_record.is_record for row_record in row_records)
    taken = sum(row_record.outcome is not RowOutcome.ASIDE for row_record in row_records)
    kind = table.kind.name if table.kind else None
    guess = guessed_kind(table) if kind is None else None
    columns = tuple(_columns(table))
    return SourceTaken(
        table.file, table.sheet, kind, taken + aside, taken, aside, columns, guess.name if guess else None
    )


def _columns(table: FoundTable) -> Iterator[ColumnTaken]:
    fields = table.fields_by_column
    guessed = {guess.at: guess.standard for guess in guesses(table)}
    for at, header in sorted(table.headers.items()):
        name = fields.get(table.joined.get(at, at))
        field: Field | None = table.kind.by_name[name] if table.kind and name else None
        if field:
            yield ColumnTaken(header, field.header)
        elif at in table.personal:
            yield ColumnTaken(header, PERSONAL)
        elif at in table.of_school:
            yield ColumnTaken(header, OF_SCHOOL)
        elif is_row_number(header) or at in table.counting:
            yield ColumnTaken(header, ROW_NUMBER)
        elif table.own.is_refused(header):
            yield ColumnTaken(header, REFUSED)
        elif table.kind and not filled(table, at, whole=True):
            yield ColumnTaken(header, EMPTY)
        else:
            yield ColumnTaken(header, None, guessed.get(at))
