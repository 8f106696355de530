"""借还流水 of the page beside an old workbook: what was done at the desk and does not stand in its ledgers yet."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from schoollib_xl.adoption.forms.filled_lines import FilledLine
from schoollib_xl.adoption.forms.kinds import EVENTS
from schoollib_xl.adoption.forms.tables import FoundTable
from schoollib_xl.adoption.journal import Journal, SourceRow, What
from schoollib_xl.desk.journal import JournalFile, beside
from schoollib_xl.desk.lines import DeskLine, standing
from schoollib_xl.desk.replay import Replayed, replay
from schoollib_xl.desk.request import Act
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.kept import DESK_JOURNAL
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.saving import CannotWrite
from schoollib_xl.sheets.opening.refusing import Unusable

SUFFIX = ".jsonl"
SHEET = "借还台"
_FOUND = "《{file}》在旧工作簿旁边，里面还没有入账的借还一起接收。"
MISFIT = "借还台记的这一笔，旧账里没有它说的那次借书"
UNREADABLE = "没有写完或读不出来的行"
_TAKEN_BACK, _MARK = "已经撤销的", "撤销、入账的记号"
_ENDS = (Act.RETURN, Act.LOSE)


class DeskLines(NamedTuple):
    """One journal: its file, its lines in order, and how many more could not be read."""

    file: str
    lines: list[DeskLine]
    unread: int

    @property
    def table(self) -> FoundTable:
        """The journal as a table, a row a line."""
        width = [*(_cells(line) for line in self.lines), *([UNREADABLE] for _ in range(self.unread))]
        rows = [FilledLine(number, list(cells)) for number, cells in enumerate(width, 1)]
        return FoundTable(self.file, SHEET, 0, EVENTS, lines=rows)


def _cells(line: DeskLine) -> list[str]:
    loan = line.loan
    who = [loan.reader_no, loan.accession_no] if loan else []
    return [str(line.what), *([line.day.isoformat()] if line.day else []), *who]


def parted(paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """The old files, and the journals among them or beside them, each once."""
    paths = list(paths)
    own = [path for path in paths if path.suffix.lower() == SUFFIX]
    others = [path for path in paths if path.suffix.lower() != SUFFIX]
    found = [there for path in others if (there := beside(path, DESK_JOURNAL)).is_file()]
    known = {path.resolve() for path in own}
    return others, own + [path for path in found if path.resolve() not in known]


def read_journals(journals: Iterable[Path], given: Sequence[Path], journal: Journal) -> list[DeskLines]:
    """The lines of the journals; of one that was only found it is said that it is taken over too.

    Raises Unusable for a file that is no journal.
    """
    read: list[DeskLines] = []
    for path in journals:
        file = JournalFile(path, DESK_JOURNAL, DeskLine)
        try:
            file.read()
        except CannotWrite:
            raise Unusable(f"《{path.name}》不是借还台写的借还流水，换成“借还流水_工作簿名.jsonl”。") from None
        if path not in given:
            journal.assumed.append(_FOUND.format(file=path.name))
        read.append(DeskLines(path.name, file.lines, sum(file.unread)))
    return read


def take_desk_lines(ledger_set: LedgerSet, journals: Iterable[DeskLines], as_of: date, journal: Journal) -> None:
    """Put into the ledgers what the journals hold and they do not; every line is settled, none booked twice."""
    for desk in journals:
        replayed = replay(ledger_set.library(as_of), desk.lines)
        loans = [replayed.changed.get(row.line, row) for row in ledger_set.rows.get(LoanRow, [])]
        if loans or replayed.loans:
            ledger_set.rows[LoanRow] = [*loans, *replayed.loans]
        if replayed.incidents:
            ledger_set.rows[CompensationRow] = [*ledger_set.rows.get(CompensationRow, []), *replayed.incidents]
        _settle(desk, replayed, journal)


def _settle(desk: DeskLines, replayed: Replayed, journal: Journal) -> None:
    waiting = {line.id for line in replayed.waiting}
    booked = {line.id: loan.loan_no for line, loan in replayed.booked}
    # What was in a ledger once and is not in these: they are an older state of it.
    misfits = {line.id for line in (*replayed.misfits, *replayed.lost)}
    in_force = {line.id for line in standing(desk.lines)}
    for number, line in enumerate(desk.lines, 1):
        place, text = SourceRow(desk.file, SHEET, number), " | ".join(_cells(line))
        if line.id not in in_force:
            said = _TAKEN_BACK if isinstance(line.what, Act) else _MARK
            journal.aside(place, said, text, is_record=False)
            continue
        if line.id in misfits:
            journal.aside(place, MISFIT, text)
        elif line.id in waiting:
            journal.adopted(place, "借阅登记账", [line.accession_no])
        else:
            journal.merged(place, f"借阅登记账 {booked.get(line.id, '')}，已经入账".strip(), text)
        _count(line, journal, is_aside=line.id in misfits, is_merged=line.id not in waiting | misfits)
    for number in range(len(desk.lines) + 1, len(desk.lines) + desk.unread + 1):
        journal.aside(SourceRow(desk.file, SHEET, number), UNREADABLE, UNREADABLE)


def _count(line: DeskLine, journal: Journal, *, is_aside: bool, is_merged: bool) -> None:
    what = What.LOANS if line.what is Act.LEND else What.RETURNS if line.what in _ENDS else None
    if what:
        journal.count(what, came_in=1, aside=int(is_aside), merged=int(is_merged))
