"""Merge two copies of a workbook into a new one, with the list of their differences."""

from pathlib import Path
from typing import NamedTuple

from schoollib_xl.adoption.merge_report import MERGE_REPORT_NAME, merge_answer
from schoollib_xl.adoption.merging import Merged, merge
from schoollib_xl.adoption.own_sheets import own_sheets, sentences
from schoollib_xl.saving import newly, refuse_if_there
from schoollib_xl.sheets.books.answer_book import write_answer_book
from schoollib_xl.sheets.building.macros import suffix_like
from schoollib_xl.sheets.building.workbook import write_workbook
from schoollib_xl.sheets.reading.loading import Progress, load


class Joined(NamedTuple):
    """The merged workbook, the list, and what was merged."""

    workbook: Path
    report: Path
    merged: Merged


def join(a: Path, b: Path, base: Path | None, folder: Path | None, progress: Progress | None) -> Joined:
    """Write the merged workbook and 合并清单.xlsx, by default beside A. Neither copy is touched.

    Raises Unusable where a copy cannot be read, CannotWrite where the merged one is there already or cannot be
    written.
    """
    folder = folder or a.resolve().parent
    target = folder / f"{a.stem}_合并{suffix_like(a)}"
    refuse_if_there(target)
    before = load(base, None, progress).library if base else None
    mine, theirs = load(a, None, progress).library, load(b, None, progress).library
    left_behind = sentences(tuple(dict.fromkeys((*own_sheets(a, mine), *own_sheets(b, theirs)))))
    merged = merge(mine, theirs, before)
    school = merged.ledger_set.school.name or ""
    answer = merge_answer(merged, a.name, b.name, left_behind)
    with newly(target) as place:
        write_workbook(merged.ledger_set, place, merged.raw)
        report = write_answer_book(answer, folder / MERGE_REPORT_NAME, school)
    return Joined(target, report, merged)
