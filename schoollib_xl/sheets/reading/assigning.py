"""Which sheets of a workbook hold which ledger, and what is to be said of those left over."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from schoollib_xl.ledgers.registry import ALL_SHEETS, LEDGERS, SHEETS_BY_NAME
from schoollib_xl.ledgers.schema import SHEETS, DeclaredSheet
from schoollib_xl.ledgers.supporting.office import MappingRow
from schoollib_xl.ledgers.table import Oddity, OddPlace
from schoollib_xl.sheets.cells import Grid
from schoollib_xl.sheets.opening.grids import is_blank
from schoollib_xl.sheets.own_sheets import HOLD_NO_BOOKS
from schoollib_xl.sheets.reading.headerless import continues, stands_in, whose_people, whose_rows
from schoollib_xl.sheets.reading.recognising import (
    Names,
    continued_by,
    declared_for,
    find_header,
    lacking_columns,
    missing_columns,
    recognised_by_content,
    recorded_elsewhere,
)


class Assigned(NamedTuple):
    """Which Excel sheets hold each ledger, in order; by ledger what is to be said of those left over; and which others
    look like no table, and are not blank.
    """

    parts: dict[str, list[str]]
    left_over: dict[str, list[OddPlace]]
    notes: list[str]

    def telling(self, sheets: Iterable[str]) -> "Assigned":
        """The same where these are said to be unknown."""
        told = [OddPlace(Oddity.UNKNOWN_SHEET, 0, sheet) for sheet in sheets]
        unknown = SHEETS[MappingRow].name
        said = {**self.left_over, unknown: [*self.left_over.get(unknown, ()), *told]}
        return self._replace(left_over=said) if told else self


def assign(sheet_names: Iterable[str], top: Callable[[str], Grid], names: Names) -> Assigned:
    """Assign the sheets of a workbook by their names, and what no name tells by what stands at their `top`."""
    assigning = _Assigning(top, names)
    others = assigning.by_number(sheet_names)
    assigning.leave_over_parts()
    assigning.by_content([*assigning.without_continued(others)])
    return Assigned(assigning.parts, assigning.left_over, assigning.notes)


class _Assigning:
    def __init__(self, top: Callable[[str], Grid], names: Names) -> None:
        self._top = top
        self._names = names
        self.parts: dict[str, list[str]] = {}
        self.left_over: dict[str, list[OddPlace]] = defaultdict(list)
        self.notes: list[str] = []

    def by_number(self, sheet_names: Iterable[str]) -> list[str]:
        """Take the sheets called as a ledger, or as a further part of one; the others."""
        numbered: dict[str, dict[int, str]] = defaultdict(dict)
        others: list[str] = []
        for sheet_name in sheet_names:
            match = declared_for(sheet_name, self._names)
            if match is None:
                others.append(sheet_name)
            elif match[1] in numbered[match[0].name]:
                self._leave_over(match[0], Oddity.DOUBLED_SHEET, sheet_name)
            else:
                numbered[match[0].name][match[1]] = sheet_name
        self.parts = {name: [found[number] for number in sorted(found)] for name, found in numbered.items()}
        return others

    def leave_over_parts(self) -> None:
        """Take out the further sheets of a ledger whose header lacks a column, or is not there: a blank one says
        nothing, and one that cannot be read must not keep the first from being checked.
        """
        for name, (_, *further) in self.parts.items():
            declared = SHEETS_BY_NAME[name]
            for sheet_name in further:
                lacks = lacking_columns(self._top(sheet_name), declared, self._names)
                if not lacks:
                    continue
                self.parts[name].remove(sheet_name)
                if self._continues(sheet_name, declared):
                    self._leave_over(declared, Oddity.HEADERLESS_PART, sheet_name)
                elif not all(map(is_blank, self._top(sheet_name))):
                    self._leave_over(declared, Oddity.INCOMPLETE_PART, sheet_name, lacks)

    def without_continued(self, sheets: Iterable[str]) -> Iterator[str]:
        """The sheets that continue no ledger; those that do become its parts, in the order of the workbook. One that
        lacks a column would keep the whole ledger from being checked: it is left over.
        """
        for sheet_name in sheets:
            declared = continued_by(sheet_name, self._names)
            missing = missing_columns(self._top(sheet_name), declared, self._names) if declared else None
            has_first = declared is not None and declared.name in self.parts
            if declared and has_first and missing is None and self._continues(sheet_name, declared):
                self._leave_over(declared, Oddity.HEADERLESS_PART, sheet_name)
            elif declared is None or missing is None:
                yield sheet_name
            elif missing and has_first:
                self._leave_over(declared, Oddity.INCOMPLETE_PART, sheet_name, tuple(missing))
            else:
                self.parts.setdefault(declared.name, []).append(sheet_name)

    def by_content(self, sheets: Iterable[str]) -> None:
        """Say what the sheets are that nobody knows by name; one that holds a sheet which is nowhere else is it."""
        for sheet_name in sheets:
            top = [] if sheet_name in HOLD_NO_BOOKS else self._top(sheet_name)
            missing = [sheet for sheet in ALL_SHEETS if sheet.name not in self.parts]
            if all(map(is_blank, top)):
                continue
            if declared := stands_in(sheet_name, top, missing, self._names):
                self.parts[declared.name] = [sheet_name]
                self._leave_over(declared, Oddity.NAMED_OTHERWISE, sheet_name)
            elif declared := recognised_by_content(top, LEDGERS, self._names):
                self._leave_over(declared, Oddity.UNREAD_LEDGER, sheet_name)
            elif declared := whose_rows(top, self._columns()) or whose_people(top, missing):
                self._leave_over(declared, Oddity.HEADERLESS_PART, sheet_name)
            elif declared := recorded_elsewhere(top, self._names):
                self._leave_over(declared, Oddity.UNREAD_RECORDS, sheet_name)
            elif _looks_like_a_table(top):
                self._leave_over(SHEETS[MappingRow], Oddity.UNKNOWN_SHEET, sheet_name)
            else:
                self.notes.append(sheet_name)

    def _leave_over(
        self, declared: DeclaredSheet, oddity: Oddity, sheet_name: str, lacks: tuple[str, ...] = ()
    ) -> None:
        self.left_over[declared.name].append(OddPlace(oddity, 0, sheet_name, lacks))

    def _continues(self, sheet_name: str, declared: DeclaredSheet) -> bool:
        """Whether a sheet has the rows of the ledger's first one, and no header."""
        top = self._top(sheet_name)
        return find_header(top, declared, self._names) is None and continues(top, declared, self._columns_of(declared))

    def _columns(self) -> Iterator[tuple[DeclaredSheet, Mapping[str, int]]]:
        return ((declared, self._columns_of(declared)) for declared in ALL_SHEETS)

    def _columns_of(self, declared: DeclaredSheet) -> Mapping[str, int]:
        """The columns of a ledger's first sheet; as declared where there is none."""
        first = next(iter(self.parts.get(declared.name, ())), None)
        header = find_header(self._top(first), declared, self._names) if first else None
        return header.columns if header else declared.positions


def _looks_like_a_table(top: Grid) -> bool:
    # Workbooks that hold nothing else need no such thing.
    from schoollib_xl.sheets.reading.unknown_tables import looks_like_a_table

    return looks_like_a_table(top)
