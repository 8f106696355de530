"""Lines whose words are at odds with their numbers, and the books that tell which number is whose."""

from collections import defaultdict
from typing import Any

from schoollib_xl.causes.trial import Course
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.supporting.people import ReaderRow

# What a number stands for on a line that says it in words as well, and the book that the words are taken from.
TOLD_BY = {"accession_no": "title", "reader_no": "name"}
KEPT_IN: dict[str, type[Any]] = {"accession_no": AccessionRow, "reader_no": ReaderRow}


def lines_at_odds(course: Course) -> dict[tuple[str, type[Any], str], set[int]]:
    """Lines whose words are at odds with a number, by the check that finds fault, the sheet and the number."""
    found: dict[tuple[str, type[Any], str], set[int]] = defaultdict(set)
    for finding in course.open_findings().values():
        for number, words in TOLD_BY.items():
            read = finding.check.looks_at.get(finding.at.row_type, frozenset())
            if {number, words} <= read and finding.at.row_type is not KEPT_IN[number]:
                found[finding.check.code, finding.at.row_type, number].add(finding.at.line)
    return found
