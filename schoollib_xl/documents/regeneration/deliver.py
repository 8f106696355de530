"""Laying a paper in the output folder: a new version each time, her own changes kept."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from docx.document import Document

from schoollib_xl.documents.filling.blanks import Content, Facts
from schoollib_xl.documents.filling.faults import TemplateFaults
from schoollib_xl.documents.filling.fill import fill, open_template
from schoollib_xl.documents.filling.packing import package_bytes, stamp
from schoollib_xl.documents.regeneration.blocks import blocks
from schoollib_xl.documents.regeneration.record import Entry, append, names, read_record, with_names
from schoollib_xl.documents.regeneration.revising import Change, Outcome, revise
from schoollib_xl.marks import content_digest
from schoollib_xl.saving import CannotWrite, make_folder, one_at_a_time, write

# What Windows does not allow in a file name, and the / of every other system; each has its own full-width sign, so
# that two names stay two.
_ALLOWED = str.maketrans('\\/:*?"<>|', "＼／：＊？＂＜＞｜") | dict.fromkeys(range(32), "_")
_VERSION = re.compile(r"_v(\d+)_\d{8}$")


class Delivery(NamedTuple):
    """Where the paper lies, whether it was written just now, and what was done to her earlier version.

    ``unread`` names the earlier version if it could not be opened, so that nothing of it was kept.
    """

    path: Path
    version: int
    written: bool
    changes: tuple[Change, ...] = ()
    unread: str = ""

    def sentences(self) -> list[str]:
        """Return what the librarian is told about it."""
        if not self.written:
            return [f"数据没有变化，仍用“{self.path.name}”。"]
        told = [f"已写成“{self.path.name}”。"]
        if self.unread:
            told.append(f"“{self.unread}”打不开，里面改过的文字没有并进来。")
        for outcome in (Outcome.TAKEN, Outcome.KEPT, Outcome.ADDED, Outcome.DROPPED):
            count = sum(change.outcome is outcome for change in self.changes)
            if count:
                told.append(f"{outcome.value} {count} 段。")
        told += [f"按新数据重做：{change.text}。" for change in self.changes if change.outcome is Outcome.REDONE]
        return told + [_clash(change) for change in self.changes if change.outcome is Outcome.CLASHED]


def deliver(template: Path, content: Content, folder: Path, paper: str, as_of: date) -> Delivery:
    """Fill a template and lay the paper in the folder as the next version of ``paper``, merged into her latest one.

    Nothing is ever overwritten. Where neither the figures nor the template have changed since the last version,
    nothing is written, whatever she has changed in it. Raises :class:`TemplateFaults`, or
    :class:`schoollib_xl.saving.CannotWrite`, and then nothing remains.
    """
    fresh = fill(template, content)
    stamp(fresh, paper, f"{content.facts.get('学校') or ''}图书室", as_of)
    make_folder(folder)
    with one_at_a_time(folder):
        return _lay(fresh, content, folder, paper.translate(_ALLOWED), as_of)


def _lay(fresh: Document, content: Content, folder: Path, paper: str, as_of: date) -> Delivery:
    data = package_bytes(fresh)
    last = next(reversed(read_record(folder).get(paper, [])), None)
    if last and last.generated == content_digest(data) and (folder / last.file).exists():
        return Delivery(folder / last.file, last.version, written=False)
    merged = _merge(folder, last, fresh, content, as_of)
    version = _next_version(folder, paper)
    path = folder / f"{paper}_v{version}_{as_of:%Y%m%d}.docx"
    passages = tuple(block for block, _ in blocks(fresh))
    entry = Entry(
        path.name, version, as_of.isoformat(), content_digest(data), content_digest(merged.data or data), passages
    )
    path = _write_both(path, merged.data or data, paper, entry, content.facts)
    return Delivery(path, version, written=True, changes=merged.changes, unread=merged.unread)


class _Merged(NamedTuple):
    """Her document brought up to date, as bytes; none where there was nothing of hers to keep."""

    data: bytes | None = None
    changes: tuple[Change, ...] = ()
    unread: str = ""


def _merge(folder: Path, last: Entry | None, fresh: Document, content: Content, as_of: date) -> _Merged:
    if last is None or not (folder / last.file).exists():
        return _Merged()
    try:
        if content_digest((folder / last.file).read_bytes()) == last.generated:
            return _Merged()
        hers = open_template(folder / last.file)
    except (OSError, TemplateFaults):
        return _Merged(unread=last.file)
    known = {*names(content.facts), *_cells(hers)}
    changes = tuple(revise(hers, fresh, with_names(last.blocks, known), content.charts, as_of))
    return _Merged(package_bytes(hers), changes)


def _cells(document: Document) -> Iterator[str]:
    return (cell for block, _ in blocks(document) for row in block.rows for cell in row)


def _write_both(path: Path, data: bytes, paper: str, entry: Entry, facts: Facts) -> Path:
    path = write(path, data)
    try:
        append(path.parent, paper, replace(entry, file=path.name), facts)
    except CannotWrite:
        path.unlink(missing_ok=True)  # without its record a paper could not be told from an edited one
        raise
    return path


def _next_version(folder: Path, paper: str) -> int:
    """Return the number after the highest one used, by the record or by any file that lies there."""
    recorded = [entry.version for entry in read_record(folder).get(paper, [])]
    stems = [path.stem.removeprefix(paper) for path in folder.iterdir() if path.stem.startswith(f"{paper}_v")]
    lying = [int(match[1]) for stem in stems if (match := _VERSION.fullmatch(stem))]
    return max([0, *recorded, *lying]) + 1


def _clash(change: Change) -> str:
    wanted = f"更新后应为“{change.wanted}”" if change.wanted else "更新后不再有"
    return f"手工改过的“{change.text}”照旧，{wanted}，已加批注。"
