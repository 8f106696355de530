"""Drop-down lists: short ones in the cell, long ones on a hidden sheet behind a name."""

from typing import Any

from schoollib_xl.checks.every import ALL
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import SHEETS, DeclaredSheet, Field
from schoollib_xl.ledgers.school import SETTINGS
from schoollib_xl.ledgers.supporting.inspection import EvaluationRow
from schoollib_xl.ledgers.supporting.office import ExplanationRow, MappingRow, SettingRow
from schoollib_xl.ledgers.supporting.people import ClassRow
from schoollib_xl.ledgers.supporting.promises import CompensationRule, TargetRow
from schoollib_xl.ledgers.vocabulary import CLASS_LETTERS, YesNo
from schoollib_xl.rules.target_names import FIGURE_NAMES, INSPECTION_NAMES, TARGET_NAMES
from schoollib_xl.sheets.layout import LISTS, quoted
from schoollib_xl.wording.findings import column_letters

# Excel's own limit for a list written into the validation itself, commas included.
_MOST_CHARACTERS = 255
_MOST_ITEMS = 10
_SHEET_NAMES = tuple(sheet.name for sheet in ALL_SHEETS)
_SUGGESTED: dict[tuple[type[Any], str], tuple[str, ...]] = {
    (SettingRow, "item"): tuple(SETTINGS),
    (ClassificationRow, "class_letter"): CLASS_LETTERS,
    (CompensationRule, "whole_set"): tuple(YesNo),
    (TargetRow, "name"): TARGET_NAMES,
    (EvaluationRow, "figure"): (*TARGET_NAMES, *FIGURE_NAMES, *INSPECTION_NAMES),
    (EvaluationRow, "veto"): tuple(YesNo),
    (ExplanationRow, "code"): tuple(ALL),
    (ExplanationRow, "sheet_name"): _SHEET_NAMES,
    (MappingRow, "standard_sheet"): _SHEET_NAMES,
}
CLASS_LIST = "清单_本校班级"


class ChoiceLists:
    """The lists of one workbook; `write` puts the long ones on their sheet."""

    def __init__(self) -> None:
        self._named: dict[tuple[str, ...], str] = {}

    def source(self, declared: DeclaredSheet, field: Field) -> list[str] | str | None:
        """What a drop-down of this column offers: the words themselves or the name of a list; None for
        a column without one.
        """
        if field.name == "class_name" and declared.row_type is not ClassRow:
            return f"={CLASS_LIST}"
        words = choices(declared, field)
        if not words:
            return None
        if len(words) <= _MOST_ITEMS and len(",".join(words)) <= _MOST_CHARACTERS:
            return list(words)
        name = self._named.setdefault(words, f"清单_{declared.name}_{field.header}")
        return f"={name}"

    def write(self, book: Any) -> None:
        """Add the hidden sheet and the names of its lists."""
        sheet = book.add_worksheet(LISTS)
        sheet.hide()
        for column, (words, name) in enumerate(self._named.items()):
            sheet.write_column(0, column, (name, *words))
            letters = column_letters(column + 1)
            book.define_name(name, f"={quoted(LISTS)}!${letters}$2:${letters}${len(words) + 1}")
        book.define_name(CLASS_LIST, _classes_as_entered())


def choices(declared: DeclaredSheet, field: Field) -> tuple[str, ...]:
    """The words a column is filled with; empty where anything may stand there."""
    return field.choices or _SUGGESTED.get((declared.row_type, field.name), ())


def _classes_as_entered() -> str:
    """The names in 班级 as far down as there are any."""
    declared = SHEETS[ClassRow]
    letters = column_letters(declared.positions["class_name"])
    column = f"{quoted(declared.name)}!${letters}"
    return f"=OFFSET({column}$2,0,0,MAX(1,COUNTA({column}$2:${letters}$1000)),1)"
