"""What was entered on the page, put into the ledgers by a button. No press of the desk in Excel loads it: what reads
the journal takes longer to import than a scan may take.
"""

from collections.abc import Iterator

from schoollib_xl.desk.decision import Entry, NewRow
from schoollib_xl.desk.replay import Replayed
from schoollib_xl.excel.desk import edits_of, written
from schoollib_xl.excel.steps import Say, Show, Step
from schoollib_xl.wording.desk.desk_journal import taken_over


def take_over(replayed: Replayed) -> Iterator[Step]:
    """The steps that write what is still to be copied, and a sentence. Raises Refused where a ledger is missing."""
    base = replayed.base
    new = [NewRow(row) for row in (*replayed.loans, *replayed.incidents)]
    entries: list[Entry] = [*replayed.changes(), *new]
    edits = edits_of(base, entries)
    yield from written(base, entries, edits)
    if edits:
        yield Show(edits[-1].sheet, edits[-1].cell)
    yield Say(taken_over(len(replayed.waiting), len(replayed.misfits) + len(replayed.lost)))
