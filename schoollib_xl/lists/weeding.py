"""剔旧候选: which copies may be weeded, and by which rule each is named. Nobody weeds by a list alone."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from enum import Enum
from typing import NamedTuple

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell, cell
from schoollib_xl.ledgers.school import Term
from schoollib_xl.ledgers.supporting.shelves import RepairRow
from schoollib_xl.ledgers.vocabulary import Condition
from schoollib_xl.lists.books import counted_loans
from schoollib_xl.quotas.stock import copies_in_force, may_leave
from schoollib_xl.rules.shelves import Sightings
from schoollib_xl.rules.titles import by_title

# 中小学图书馆(室)规程 (教基〔2018〕5号) asks to weed by content, wear and use and gives no figures; these are ours. A
# reference or popular science book of twenty years tells of another world.
OLD_YEARS = 20
# A class of forty reads one title together with ten copies at four to a book; more stand idle unless they are lent.
MOST_COPIES = 10
_YEAR = re.compile(r"(?:19|20)\d\d")


class WeedingRule(Enum):
    """Why a copy is on the list."""

    WORN = "盘点时书况是破损，还没有修"
    OLD_AND_IDLE = f"出版 {OLD_YEARS} 年以上，本学年没有人借"
    TOO_MANY = f"同一种书超过 {MOST_COPIES} 册，多出的本学年没有人借"


class Candidate(NamedTuple):
    """A copy, the rule that names it and the cell the rule looked at."""

    copy: AccessionRow
    rule: WeedingRule
    at: Cell


def weeding_candidates(library: Library, window: Term) -> list[Candidate]:
    """The candidates, each once by the first rule that names it, in the order of their numbers. Where no loan of the
    window was written down, nobody knows what stands idle, and wear alone is looked at.
    """
    found: dict[str, Candidate] = {}
    held = copies_in_force(library, library.as_of)
    lent = Counter(row.accession_no for row in counted_loans(library, window))
    idle = (*_old(library, held, lent), *_too_many(held, lent)) if lent else ()
    for one in (*_worn(library, held), *idle):
        found.setdefault(one.copy.accession_no, one)
    return sorted(found.values(), key=lambda one: (len(one.copy.accession_no), one.copy.accession_no))


def _worn(library: Library, held: Sequence[AccessionRow]) -> Iterator[Candidate]:
    """Those whose last scan that says anything of 书况 says 破损, and which were not sent for repair since."""
    scans = library.derive(Sightings).by_day
    last = {scan.accession_no: scan for scan in scans if scan.condition is not None}
    sent = {row.accession_no: row.sent_on for row in sorted(library[RepairRow], key=lambda row: row.sent_on)}
    for copy in held:
        seen = last.get(copy.accession_no)
        is_worn = seen is not None and seen.condition is Condition.DAMAGED
        if seen and is_worn and sent.get(copy.accession_no, date.min) < seen.counted_on:
            yield Candidate(copy, WeedingRule.WORN, cell(seen, "condition"))


def _old(library: Library, held: Sequence[AccessionRow], lent: Counter[str]) -> Iterator[Candidate]:
    for copy in held:
        year = published_year(copy)
        if may_leave(copy) and year and library.as_of.year - year >= OLD_YEARS and not lent[copy.accession_no]:
            yield Candidate(copy, WeedingRule.OLD_AND_IDLE, cell(copy, "published"))


def _too_many(held: Sequence[AccessionRow], lent: Counter[str]) -> Iterator[Candidate]:
    """Of a title with too many copies, the idle ones beyond the limit, the newest numbers first to go."""
    for copies in by_title(copy for copy in held if may_leave(copy)).values():
        spare = len(copies) - MOST_COPIES
        idle = [copy for copy in copies if not lent[copy.accession_no]]
        for copy in idle[::-1][: max(0, spare)]:
            yield Candidate(copy, WeedingRule.TOO_MANY, cell(copy, "accession_no"))


def published_year(copy: AccessionRow) -> int | None:
    """The year in 出版年, None where none can be read."""
    found = _YEAR.search(copy.published or "")
    return int(found[0]) if found and int(found[0]) <= date.max.year else None
