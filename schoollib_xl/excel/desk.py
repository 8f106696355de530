"""借还台: what was scanned is read from the sheet, the answer written there, a confirmed entry put into the ledgers."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

from schoollib_xl.actions.lookups import LENT_ON, meaning
from schoollib_xl.desk.decide import decide
from schoollib_xl.desk.decision import Changed, Decision, Entry, NewRow
from schoollib_xl.desk.request import Act, Request
from schoollib_xl.excel.refusal import Refused
from schoollib_xl.excel.steps import GrowTable, Say, Show, Step, Value, Write
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import SHEETS, Cell
from schoollib_xl.sheets.cells import CellValue, Grid, column_number, letters_and_row
from schoollib_xl.sheets.desk import DeskField, desk_places
from schoollib_xl.sheets.own_sheets import DESK
from schoollib_xl.wording.desk.replies import (
    NOT_COPIED,
    confirmed,
    copy_words,
    draft_words,
    not_copied,
    reader_words,
    verdict_word,
    why_words,
)
from schoollib_xl.wording.places import address

if TYPE_CHECKING:
    from schoollib_xl.desk.lines import DeskLine

_NOT_ASKED = "先扫或填读者证号和书的号码，再按“查一查”；还书只要书的号码。"
_NO_DESK = f"这个工作簿里没有“{DESK}”这张表，换带按钮的工作簿（.xlsm），或者用网页上的借还台。"
_NOTHING_TO_UNDO = "借还台没有可以退回的上一笔。"
_SINCE_CHANGED = "上一笔记的格子后来改过（{where}），没有退回；要改就直接在账上改。"
_UNDONE = "退回了：{last}"
_LEFT_BLANK = "；“{sheet}”第 {row} 行空着，下面还记了别的，把空行删掉"


class LedgerEdit(NamedTuple):
    """One ledger cell that an entry writes, and what stood there."""

    sheet: str
    cell: str
    was: Value
    becomes: Value


class Desk:
    """The sheet 借还台 of a workbook, over what its ledgers say. Raises Refused where a label of it is gone."""

    def __init__(self, library: Library, grid: Grid, today: date, on_the_page: Sequence["DeskLine"]) -> None:
        """`on_the_page` is what was entered at the page's desk and is not in the ledgers yet."""
        self._library = library
        self._on_the_page = on_the_page
        self._places = desk_places(grid)
        if not self._places:
            raise Refused(_NO_DESK)
        if missing := [field for field in DeskField if field not in self._places]:
            raise Refused(f"“{DESK}”里找不到“{missing[0]}”这一格，换一个新的工作簿，或者把它补回去。")
        self._today = today

    def ask(self) -> Iterator[Step]:
        """Answer what was scanned, and touch no ledger."""
        return self._judge(enters=False)

    def confirm(self) -> Iterator[Step]:
        """Judge once more and, where it can be done, enter it; then the desk waits for the next copy."""
        return self._judge(enters=True)

    def _judge(self, *, enters: bool) -> Iterator[Step]:
        decision = self._decision()
        if decision is None:
            yield Say(_NOT_ASKED)
            return
        yield from self._answer(decision)
        if enters and decision.is_allowed and decision.entries and not self._waiting_for(decision):
            yield from self._enter(decision)
        yield Show(DESK, self._places[DeskField.COPY].cell)

    def undo(self, grids: Mapping[str, Grid]) -> Iterator[Step]:
        """Take the last entry back, unless one of its cells was changed since; `grids` are the sheets it wrote."""
        edits = self.last_entry()
        if not edits:
            yield Say(_NOTHING_TO_UNDO)
            return
        changed = [edit for edit in edits if not _still(edit, grids)]
        if changed:
            yield Say(_SINCE_CHANGED.format(where="、".join(f"{edit.sheet}!{edit.cell}" for edit in changed)))
            return
        yield from (Write(edit.sheet, edit.cell, ((edit.was,),)) for edit in edits)
        blank = "".join(_LEFT_BLANK.format(sheet=sheet, row=row) for sheet, row in _left_blank(edits, grids))
        yield self._write(DeskField.VERDICT, _UNDONE.format(last=self._text(DeskField.LAST)) + blank)
        yield self._write(DeskField.LAST, None)
        yield self._write(DeskField.MEMORY, None)

    def last_entry(self) -> list[LedgerEdit]:
        """The cells the last entry wrote; empty where there is none."""
        remembered = self._text(DeskField.MEMORY)
        return [_recalled(*words) for words in json.loads(remembered)] if remembered else []

    def _decision(self) -> Decision | None:
        """None where too little was scanned to answer anything."""
        reader_no, copy_no = self._text(DeskField.READER), self._text(DeskField.COPY)
        wanted = next((act for act in Act if act == self._text(DeskField.ACT)), None)
        request = Request(self._library, self._day(), reader_no, copy_no, wanted, self._today)
        needs_reader = request.act is Act.LEND
        return decide(request) if copy_no and (reader_no or not needs_reader) else None

    def _waiting_for(self, decision: Decision) -> list["DeskLine"]:
        """What the page has entered of this copy or this reader: without it the ledgers do not say how things stand."""
        copy, reader_no = decision.request.copy, decision.request.reader_no
        keys = ((line, line.loan) for line in self._on_the_page)
        number = copy.accession_no if copy else ""
        return [line for line, key in keys if key and (key.accession_no == number or key.reader_no == reader_no)]

    def _answer(self, decision: Decision) -> Iterator[Step]:
        waiting = self._waiting_for(decision)
        yield self._write(DeskField.VERDICT, NOT_COPIED if waiting else verdict_word(decision))
        yield self._write(DeskField.BASIS, not_copied(waiting) if waiting else why_words(decision))
        yield self._write(DeskField.WHO, reader_words(decision))
        yield self._write(DeskField.WHAT, copy_words(decision))
        yield self._write(DeskField.DUE, decision.due_on)
        yield self._write(DeskField.DRAFT, draft_words(decision))

    def _enter(self, decision: Decision) -> Iterator[Step]:
        edits = edits_of(self._library, decision.entries)
        yield from written(self._library, decision.entries, edits)
        yield self._write(DeskField.VERDICT, f"已记：{confirmed(decision)}")
        yield self._write(DeskField.LAST, confirmed(decision))
        yield self._write(DeskField.MEMORY, json.dumps([_remembered(edit) for edit in edits], ensure_ascii=False))
        yield self._write(DeskField.COPY, None)
        yield self._write(DeskField.ACT, None)

    def _write(self, field: DeskField, value: Value) -> Step:
        return Write(DESK, self._places[field].cell, ((value or None,),))

    def _text(self, field: DeskField) -> str:
        return _plain_text(self._places[field].value)

    def _day(self) -> date:
        """日期 where one is filled in, for entries that are made later; else today. Raises Refused for what is none."""
        value = self._places[DeskField.DAY].value
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        said = meaning(value, LENT_ON)
        if isinstance(said, date):
            return said
        if str(value).strip():
            raise Refused(f"“{DESK}”的日期“{value}”看不懂，写成 2026-03-02 这样，或者空着算今天。")
        return self._today


def _plain_text(value: CellValue) -> str:
    """A scanned number as it was meant: a spreadsheet may have made a number of it."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _remembered(edit: LedgerEdit) -> list[Any]:
    return [edit.sheet, edit.cell, *map(_kept, (edit.was, edit.becomes))]


def _kept(value: Value) -> Any:
    return {"day": value.isoformat()} if isinstance(value, date) else value


def _recalled(sheet: str, cell: str, was: Any, becomes: Any) -> LedgerEdit:
    return LedgerEdit(
        sheet, cell, *(date.fromisoformat(one["day"]) if isinstance(one, dict) else one for one in (was, becomes))
    )


def _still(edit: LedgerEdit, grids: Mapping[str, Grid]) -> bool:
    """Whether the cell holds what the entry wrote there."""
    letters, row = letters_and_row(edit.cell)
    grid, column = grids.get(edit.sheet, []), column_number(letters)
    cells = grid[row - 1] if row <= len(grid) else []
    now = cells[column - 1] if column <= len(cells) else ""
    return _comparable(now) == _comparable(edit.becomes)


def _left_blank(edits: Iterable[LedgerEdit], grids: Mapping[str, Grid]) -> Iterator[tuple[str, int]]:
    """The lines of which nothing is left, with others below them; only she may take a line out of a ledger."""
    taken: dict[tuple[str, int], set[int]] = {}
    for edit in edits:
        letters, row = letters_and_row(edit.cell)
        if edit.was is None:
            taken.setdefault((edit.sheet, row), set()).add(column_number(letters))
    for (sheet, row), columns in taken.items():
        here, *below = grids[sheet][row - 1 :]
        is_blank = not any(value for column, value in enumerate(here, 1) if column not in columns)
        if is_blank and any(map(any, below)):
            yield sheet, row


def _comparable(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, int | float):
        return repr(float(value))
    return "" if value is None else str(value)


def edits_of(library: Library, entries: Iterable[Entry]) -> list[LedgerEdit]:
    """The cells that the entries write: those their sheets have a column for. Raises Refused where there is no such
    sheet.
    """
    return [edit for entry in entries for edit in _edits(library, entry)]


def written(library: Library, entries: Iterable[Entry], edits: Iterable[LedgerEdit]) -> Iterator[Step]:
    """The steps that write them; an Excel table takes its new rows in."""
    for entry in entries:
        if isinstance(entry, NewRow):
            part, row = library[type(entry.row)].place(entry.row.line)
            yield GrowTable(part.sheet_name, row)
    yield from (Write(edit.sheet, edit.cell, ((edit.becomes,),)) for edit in edits)


def _edits(library: Library, entry: Entry) -> Iterator[LedgerEdit]:
    row = entry.row
    table = library[type(row)]
    if not table.present:
        raise Refused(f"工作簿里没有“{table.declared.name}”，这一笔没有记；先补上这张表。")
    columns = table.place(row.line)[0].columns
    values: Mapping[str, Any] = entry.values if isinstance(entry, Changed) else _filled(row)
    for field, value in values.items():
        if field in columns:
            at = address(library, Cell(type(row), row.line, field))
            was = _value(getattr(row, field)) if isinstance(entry, Changed) else None
            yield LedgerEdit(at.sheet, at.a1, was, _value(value))


def _filled(row: Any) -> dict[str, Any]:
    fields = SHEETS[type(row)].fields
    values = {field.name: getattr(row, field.name) for field in fields}
    return {name: value for name, value in values.items() if value is not None}


def _value(value: Any) -> Value:
    """A value of a row as a cell takes it."""
    if isinstance(value, Enum):
        return str(value.value)
    taken: Value = float(value) if isinstance(value, Decimal) else value
    return taken
