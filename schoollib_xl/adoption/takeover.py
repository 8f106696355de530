"""What the steps of an adoption share."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from schoollib_xl.adoption.forms.table_kinds import TableKind
from schoollib_xl.adoption.journal import Journal
from schoollib_xl.adoption.options import Options
from schoollib_xl.adoption.rows.records import Record


@dataclass
class Takeover:
    """The choices with what the data proposed, the records by the kind of their lists, those of loans with the grades
    they tell, the readers of pages without a loan, and the rows taken over so far.
    """

    options: Options
    journal: Journal
    records: defaultdict[TableKind, list[Record]]
    lending: Sequence[Record]
    pages: Sequence[Record]
    rows: dict[type[Any], list[Any]] = field(default_factory=dict)

    def taken(self, row_type: type[Any]) -> list[Any]:
        """The rows of a sheet, none where none were taken over."""
        return self.rows.get(row_type, [])
