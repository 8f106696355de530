"""A batch that was entered again with all its copies, under the next numbers."""

from typing import Any

from schoollib_xl.causes.correction import Correction, Removal, Slip, SlipKind
from schoollib_xl.causes.trial import Course
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.summary import SummaryRow

# What is its own however often a batch is entered.
_OWN = ("line", "batch_no", "first_no", "last_no", "running_copies", "running_value")
_OF_COPY = ("title", "author", "isbn", "publisher", "class_no", "price", "accessioned_on")


def batches_entered_again(course: Course) -> None:
    """Name the batch and its copies where all of them stand there before and 分类统计账 counts them once: two gifts may
    be alike.
    """
    copies_of = course.trial.library.copies_by_batch
    seen: dict[tuple[Any, ...], SummaryRow] = {}
    for row in course.trial.library[SummaryRow].rows:
        first = seen.setdefault(tuple(getattr(row, name) for name in row._fields if name not in _OWN), row)
        own, before = (copies_of.get(one.batch_no, []) for one in (row, first))
        if first is row or not own or list(map(_said, own)) != list(map(_said, before)):
            continue
        edits = (Removal(row), *map(Removal, own))
        again = Correction(SlipKind.BATCH_TWICE, edits, Slip.SAME_ROW, Slip.SAME_ROW.cost)
        gone = (course.trial.findings[index] for index in course.trial.of([again]).gone)
        if any(one.at.row_type is ClassificationRow for one in gone):
            course.accept([again])


def _said(copy: AccessionRow) -> tuple[Any, ...]:
    return tuple(getattr(copy, name) for name in _OF_COPY)
