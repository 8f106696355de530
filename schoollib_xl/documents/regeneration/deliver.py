"""Laying a paper in the output folder: a new version each time, her own changes kept."""

import io
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from glob import escape
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import docx
from docx.document import Document

from schoollib_xl.documents.filling.blanks import Content
from schoollib_xl.documents.filling.faults import TemplateFaults
from schoollib_xl.documents.filling.figure_marks import unmarked
from schoollib_xl.documents.filling.fill import Filled, fill
from schoollib_xl.documents.filling.opening import damage_told, open_template, package_bytes, stamp
from schoollib_xl.documents.regeneration.blocks import Block, BlockChange, blocks
from schoollib_xl.documents.regeneration.delivery import Delivery
from schoollib_xl.documents.regeneration.record import (
    PaperMark,
    PaperRecord,
    append,
    marked_papers,
    names,
    next_version,
    put_mark,
    read_record,
    school_in_mark,
    version_in,
)
from schoollib_xl.documents.regeneration.revising import revise
from schoollib_xl.documents.regeneration.sources import LEAD, Note, comment_sources
from schoollib_xl.documents.regeneration.weaving import Private
from schoollib_xl.marks import content_digest
from schoollib_xl.saving import CannotWrite, make_folder, one_at_a_time, write

# What Windows does not allow in a file name, and the / of every other system; each has its own full-width sign, so
# that two names stay two.
_ALLOWED = str.maketrans('\\/:*?"<>|', "＼／：＊？＂＜＞｜") | dict.fromkeys(range(32), "_")
# Bytes: systems allow 255 (NAME_MAX), and version, day, 数据来源 and a number beside one that is taken follow.
_LONGEST = 180
_DIGEST = 8
_GONE = "“{name}”不在这个文件夹里了，里面改过的文字没有并进来；要并，就放回来，移走这一份，再写一次。"
_OTHERS = "这个文件夹里还有{whose}同一种文书，里面改过的文字没有并进来。"
_NAMELESS = "没写校名的"
_BELOW = "“{name}”也是这份文书，放在下一级文件夹里，里面改过的文字没有并进来。"


def deliver(
    template: Path,
    content: Content,
    folder: Path,
    paper: str,
    as_of: date,
    private: Collection[str] = (),
    sources: Sequence[Note] = (),
) -> Delivery:
    """Fill a template and lay the paper in the folder as the next version of ``paper``, merged into her latest one.

    Nothing is ever overwritten. Where neither the figures nor the template have changed since the last version,
    nothing is written, whatever she has changed in it. ``private`` are names that the record must not hold;
    ``sources`` are hung on the figures as comments, one for each.

    Raises :class:`TemplateFaults`, or :class:`schoollib_xl.saving.CannotWrite`, and then nothing remains.
    """
    filled = fill(template, content)
    with damage_told(template):
        stamp(filled.document, paper, f"{content.facts.get('学校') or ''}图书室", as_of)
        generated = content_digest(package_bytes(filled.document))
        if sources:  # a paper with comments at its figures is another one than that without
            generated = sha256(f"{generated}{LEAD}".encode()).hexdigest()
        mark = PaperMark(_named(paper), school_in_mark(unmarked(str(content.facts.get("学校") or ""))), generated)
        put_mark(filled.document, mark)
    make_folder(folder)
    with one_at_a_time(folder):
        known = Private((*private, *map(unmarked, names(content.facts))))
        return _lay(filled, content, folder, mark, as_of, known, sources)


def _named(paper: str) -> str:
    """What the paper's file is called; of a name too long for one its beginning, and what tells it from others."""
    allowed = paper.translate(_ALLOWED)
    encoded = allowed.encode(errors="surrogateescape")
    if len(encoded) <= _LONGEST:
        return allowed
    return f"{encoded[:_LONGEST].decode(errors='ignore')}…{sha256(encoded).hexdigest()[:_DIGEST]}"


def _lay(
    filled: Filled,
    content: Content,
    folder: Path,
    mark: PaperMark,
    as_of: date,
    private: Private,
    sources: Sequence[Note],
) -> Delivery:
    lying = list(marked_papers(folder, mark.paper, mark.school))
    _record_again(lying, filled.document, folder, mark, as_of, private)
    paper, earlier = mark.paper, _earlier(folder, mark, lying)
    if earlier.entry and earlier.path and earlier.entry.generated == mark.generated and _opens(earlier.path):
        version = earlier.entry.version
        unread = earlier.unread
        return Delivery(earlier.path, version, False, unread=unread, notes=filled.notes, spots=filled.spots)
    merged = _merge(earlier, filled.document, content, as_of, private, mark)
    version = next_version(folder, paper)
    path = folder / f"{paper}_v{version}_{as_of:%Y%m%d}.docx"
    if sources:
        merged = merged._replace(data=_with_sources(merged.data, filled, sources, path, as_of))
    passed_over = (*(earlier.entry.passed_over if earlier.entry else ()), *earlier.strange)
    written = content_digest(merged.data) if merged.is_fresh else ""
    entry = PaperRecord(
        *(path.name, mark.school, version, as_of.isoformat(), mark.generated, written, merged.settled, passed_over)
    )
    path = _write_both(path, merged.data, paper, entry)
    source = earlier.path.name if earlier.path and earlier.is_renamed and merged.changes else ""
    unread = (*earlier.unread, *merged.unread)
    return Delivery(path, version, True, merged.changes, source, unread, filled.notes, filled.spots)


def _record_again(
    lying: Sequence[tuple[Path, PaperMark]],
    fresh: Document,
    folder: Path,
    mark: PaperMark,
    as_of: date,
    private: Private,
) -> None:
    """Record the newest paper that lies there where it was generated from what would be written now and no record
    knows it: a run was ended between paper and record, or she deleted the record. Older ones went into it then.
    """
    entries = [entry for entry in read_record(folder).get(mark.paper, []) if entry.school == mark.school]
    versions = [(version_in(path.stem, mark.paper), path, found.generated) for path, found in lying]
    version, path, generated = max(versions, default=(0, folder, ""))
    is_newest = version > max((entry.version for entry in entries), default=-1)
    if generated == mark.generated and is_newest and _opens(path):
        older = tuple(generated for number, _, generated in versions if 0 < number < version)
        settled, written = _generated(fresh, private), content_digest(package_bytes(fresh))
        entry = PaperRecord(
            *(path.name, mark.school, version, as_of.isoformat(), mark.generated, written, settled, older)
        )
        append(folder, mark.paper, entry)


def _with_sources(data: bytes, filled: Filled, sources: Sequence[Note], path: Path, as_of: date) -> bytes:
    document = docx.Document(io.BytesIO(data))
    comment_sources(document, filled.spots, sources, f"{path.stem}_数据来源.xlsx", as_of)
    return package_bytes(document)


class _Earlier(NamedTuple):
    """Her latest version: its entry in the record and where the file lies now, None for what is not there."""

    entry: PaperRecord | None = None
    path: Path | None = None
    is_renamed: bool = False
    unread: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()


def _earlier(folder: Path, wanted: PaperMark, lying: Sequence[tuple[Path, PaperMark]]) -> _Earlier:
    """Find the latest version that the record knows, by name or by its mark, and the files it does not know."""
    recorded = read_record(folder).get(wanted.paper, [])
    entries = [entry for entry in recorded if entry.school == wanted.school]
    told = set(entries[-1].passed_over) if entries else set()
    known = told.union(entry.generated for entry in entries)
    strange = [(path, mark.generated) for path, mark in lying if mark.generated not in known]
    schools = () if entries else dict.fromkeys(entry.school for entry in recorded)
    unread = (
        *(f"“{path.name}”是以前写的，它的记录不在了，里面改过的文字没有并进来。" for path, _ in strange),
        *(_OTHERS.format(whose=f"“{school}”的" if school else _NAMELESS) for school in schools),
    )
    passed_over = tuple(generated for _, generated in strange)
    gone = tuple(_GONE.format(name=entry.file) for entry in entries[-1:])
    for entry in reversed(entries):
        if paths := _lying_of(entry, folder, lying):
            chosen, *others = paths
            said = (f"“{path.name}”也改过，里面改过的文字没有并进来。" for path in others if _is_edited(path, entry))
            # The one that was to give way to this one has.
            newer = () if entry is entries[-1] or entry.generated in told else gone
            return _Earlier(entry, chosen, chosen.name != entry.file, (*unread, *said, *newer), passed_over)
    # Of a paper that is new here; under its own name, since a folder may hold thousands of other papers below it.
    below = () if entries else marked_papers(folder, wanted.paper, wanted.school, f"*/{escape(wanted.paper)}_v*.docx")
    moved = (_BELOW.format(name=path.relative_to(folder).as_posix()) for path, _ in below)
    last = (entry.generated for entry in entries[-1:])
    return _Earlier(unread=(*unread, *gone, *moved), strange=(*passed_over, *last))


def _lying_of(entry: PaperRecord, folder: Path, lying: Sequence[tuple[Path, PaperMark]]) -> list[Path]:
    """The files that an entry is of: first one that she has edited, or the one still called as it was written."""
    own = folder / entry.file
    renamed = [path for path, mark in lying if mark.generated == entry.generated and path.name != entry.file]
    paths = [*renamed, *([own] if own.exists() else [])]
    return sorted(paths, key=lambda path: (_is_edited(path, entry), path == own, path.name), reverse=True)


def _opens(path: Path) -> bool:
    try:
        open_template(path)
    except TemplateFaults:
        return False
    return True


def _is_edited(path: Path, entry: PaperRecord) -> bool:
    """Say whether a file reads otherwise than it was generated; one that cannot be read does not."""
    try:
        texts = [block.text for block, _ in blocks(open_template(path))]
    except TemplateFaults:
        return False
    return texts != [block.text for block in entry.blocks]


class _Merged(NamedTuple):
    """The bytes of the paper, what was done to hers, and what the next merge starts from."""

    data: bytes
    settled: tuple[Block, ...]
    is_fresh: bool = True
    changes: tuple[BlockChange, ...] = ()
    unread: tuple[str, ...] = ()


def _merge(
    earlier: _Earlier, fresh: Document, content: Content, as_of: date, private: Private, mark: PaperMark
) -> _Merged:
    data = package_bytes(fresh)
    generated = _generated(fresh, private)
    if earlier.entry is None or earlier.path is None or _digest_of(earlier.path) == earlier.entry.written:
        return _Merged(data, generated)
    try:
        with damage_told(earlier.path):
            hers = open_template(earlier.path)
            known = private.with_names(
                (text for block in earlier.entry.blocks for text in block.texts()),
                (text for block, _ in blocks(hers) for text in block.texts()),
            )
            revised = revise(hers, fresh, earlier.entry.blocks, content.charts, as_of, known)
            put_mark(hers, mark)
            return _Merged(package_bytes(hers), revised.settled, False, revised.changes)
    except TemplateFaults:
        return _Merged(data, generated, unread=(f"“{earlier.path.name}”打不开，里面改过的文字没有并进来。",))


def _generated(fresh: Document, private: Private) -> tuple[Block, ...]:
    return tuple(block.masked(private) for block, _ in blocks(fresh))


def _write_both(path: Path, data: bytes, paper: str, entry: PaperRecord) -> Path:
    path = write(path, data)
    try:
        append(path.parent, paper, replace(entry, file=path.name))
    except CannotWrite:
        path.unlink(missing_ok=True)  # without its record a paper could not be told from an edited one
        raise
    return path


def _digest_of(path: Path) -> str:
    try:
        return content_digest(path.read_bytes())
    except OSError:
        return ""
