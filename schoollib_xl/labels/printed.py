"""What was printed, in a record beside the workbook: which labels are out, and what they say."""

import json
from pathlib import Path

from schoollib_xl.labels.kinds import LabelKind
from schoollib_xl.saving import one_at_a_time, ours, write

_NAME = "标签记录.json"
_Record = dict[str, dict[str, dict[str, str]]]


def printed_before(folder: Path, school: str, kind: LabelKind) -> dict[str, str]:
    """What the labels of a kind said when they were printed last, by number; nothing where no record is there."""
    return _record(folder).get(school, {}).get(kind.value, {})


def remember(folder: Path, school: str, kind: LabelKind, printed: dict[str, str]) -> None:
    """Add what was printed now to the record of a folder that is there. Raises CannotWrite."""
    with one_at_a_time(folder):
        record = _record(folder)
        of_school = record.setdefault(school, {})
        of_school[kind.value] = of_school.get(kind.value, {}) | printed
        write(folder / _NAME, json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True).encode())


def _record(folder: Path) -> _Record:
    found = ours(folder / _NAME)
    if found is None:
        return {}
    record: _Record = json.loads(found.read_text("utf-8"))
    return record
