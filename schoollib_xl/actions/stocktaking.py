"""A stocktake by scanner: files of scans against the books, and what they say."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from schoollib_xl.intake.scan_files import read_scan_files
from schoollib_xl.ledgers.library import Library, grouped
from schoollib_xl.rules.copy_numbers import CopyNumbers
from schoollib_xl.rules.shelves import Shelves
from schoollib_xl.sheets.opening.refusing import Unusable
from schoollib_xl.stocktaking.result import StocktakeResult, result
from schoollib_xl.stocktaking.scans import Scan
from schoollib_xl.wording.zh import listed


class CountedScans(NamedTuple):
    """What the scans say, and a sentence on each file that could not be read."""

    result: StocktakeResult
    refusals: tuple[str, ...]

    @property
    def needs_attention(self) -> bool:
        return bool(self.refusals) or self.result.needs_attention


def count(library: Library, files: Sequence[Path], place: str | None, day: date | None) -> CountedScans:
    """Judge the scans of these files. `place` is where they were all made; where it is not said, a file named after
    a 馆藏地 was made there. `day` is when they were made, where the files do not say; by default the day the books are
    judged on.

    Raises Unusable where no file can be used, `place` is no 馆藏地 or `day` has not come.
    """
    latest = max(date.today(), library.as_of)
    if day and day > latest:
        raise Unusable(f"扫描的日期 {day.isoformat()} 还没有到，写实际扫的那一天。")
    numbers = library.derive(CopyNumbers)
    where = None if place is None else _place(library, place)
    read = read_scan_files(files, numbers.of)
    places = library.derive(Shelves).places
    named = {path.name: places.named(path.stem) for path in files}
    scans = [
        _dated(scan, library.begins_on or date.min, latest)._replace(place=scan.place or named[scan.file])
        for scan in read.scans
    ]
    doubtful = () if day else tuple(_undated(scans, library.as_of))
    return CountedScans(result(scans, library, where, day or library.as_of), (*read.refusals, *doubtful))


def _dated(scan: Scan, first: date, latest: date) -> Scan:
    """The scan without a day that has not come, or on which there were no books."""
    if scan.day is None or first <= scan.day <= latest:
        return scan
    return scan._replace(day=None, unread_day=f"{scan.day}")


def _undated(scans: Sequence[Scan], day: date) -> Iterator[str]:
    """A sentence on each file with days that cannot be read or cannot be."""
    unread = grouped((scan for scan in scans if scan.unread_day), lambda scan: scan.file)
    for file, found in unread.items():
        said = f"《{file}》有 {len(found)} 个日期用不上，如第 {found[0].row} 行的“{found[0].unread_day}”"
        yield f"{said}：看不出是哪一天、还没有到，或者比账还早；盘点日期先写成 {day}，不对就写明哪天扫的（--date）。"


def _place(library: Library, text: str) -> str:
    places = library.derive(Shelves).places
    if found := places.named(text):
        return found
    near = places.near(text)
    hint = f"是不是“{near}”" if near else f"有的是 {listed(places.names)}" if places.names else "馆藏地一栏都空着"
    raise Unusable(f"个别登记账里没有馆藏地“{text}”，{hint}。")
