"""What lies beside workbooks and may be in none: changes that nobody has saved, loans of the desk nobody has copied."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from schoollib_xl.county.rollup import Outstanding
from schoollib_xl.desk.journal import JournalFile, beside
from schoollib_xl.desk.lines import DeskLine, bookings, standing
from schoollib_xl.ledgers.kept import DESK_JOURNAL
from schoollib_xl.names import owner_beside, written_out
from schoollib_xl.saving import CannotWrite
from schoollib_xl.wording.desk.desk_journal import not_read


def outstanding(folder: Path, workbooks: Sequence[Path]) -> list[Outstanding]:
    """One for each workbook that is open somewhere or has lines of the desk to come, and for each journal whose
    workbook has another name by now. The books themselves are elsewhere by then: what a journal does not call booked
    may stand in them all the same.
    """
    journals = {path for place in {one.parent for one in workbooks} for path in place.glob(f"{DESK_JOURNAL}_*.jsonl")}
    told = {one: "；".join(_of_workbook(one, journals)) for one in workbooks}
    known = {beside(one, DESK_JOURNAL) for one in workbooks}
    told |= {one: _of_stray(one) for one in journals - known}
    return sorted(
        Outstanding(written_out(one.relative_to(folder).as_posix()), what) for one, what in told.items() if what
    )


def _of_workbook(workbook: Path, journals: set[Path]) -> Iterator[str]:
    if owner := owner_beside(workbook):
        yield f"好像开着（旁边有“{written_out(owner)}”），没有保存的改动没有算"
    journal = beside(workbook, DESK_JOURNAL)
    if journal in journals and (said := _left_in(journal)):
        yield said


def _of_stray(journal: Path) -> str:
    said = _left_in(journal)
    return said and f"{said}；叫这个名字的工作簿不在这里"


def _left_in(path: Path) -> str:
    """What of a journal may be in no ledger; '' where every line is known to be in one."""
    journal, name = JournalFile(path, DESK_JOURNAL, DeskLine), written_out(path.name)
    try:
        journal.read()
    except CannotWrite:
        return not_read(name).rstrip("。")
    booked = bookings(journal.lines)
    left = sum(line.id not in booked for line in standing(journal.lines))
    unread = sum(journal.unread)
    told = f"{left} 笔借还可能还没有抄到账上，没抄的没有算" if left else "", f"{unread} 行读不出来" if unread else ""
    return f"“{name}”里有 {'；'.join(filter(None, told))}" if any(told) else ""
