"""The record beside the papers of what was generated, so that her own changes can be told apart later.

It holds no name in clear: a name that a paper gave is kept as a mask of itself, by which the same name is known again
(:class:`schoollib_xl.documents.regeneration.weaving.Private`).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from schoollib_xl.documents.filling.blanks import Facts
from schoollib_xl.documents.regeneration.blocks import Block
from schoollib_xl.ledgers.schema import header_of
from schoollib_xl.ledgers.school import School
from schoollib_xl.ledgers.supporting.calendar import JobRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.saving import ours, write

RECORD_NAME = "图书室文书记录.json"
# The blanks of all papers that hold somebody's name or number.
_NAME_BLANKS = frozenset(
    header_of(*column)
    for column in (
        (ReaderRow, "name"),
        (ReaderRow, "reader_no"),
        (ClassRow, "teacher"),
        (JobRow, "person"),
        (TargetRow, "person"),
        (School, "librarian"),
        (School, "principal"),
    )
)


@dataclass(frozen=True)
class PaperRecord:
    """One generated paper. ``generated`` is the digest of what was generated, whatever she had made of the version
    before; it also stands in the file as its mark. ``written`` is the digest of the file as written, empty where
    something of hers was merged into it.

    ``blocks`` are what the next merge starts from, with names masked; ``passed_over`` are the marks of files that
    could not be merged, told once.
    """

    file: str
    version: int
    as_of: str
    generated: str
    written: str
    blocks: tuple[Block, ...]
    passed_over: tuple[str, ...] = ()


def read_record(folder: Path) -> dict[str, list[PaperRecord]]:
    """Return all entries of a folder by paper, oldest first. An absent record is an empty one, and so is what lies
    there under its name but is damaged or not as this program wrote it.
    """
    path = ours(folder / RECORD_NAME)
    try:
        stored = json.loads(path.read_text(encoding="utf-8")) if path else {}
        return {paper: [_entry(one) for one in papers] for paper, papers in stored.items() if isinstance(papers, list)}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


def append(folder: Path, paper: str, entry: PaperRecord) -> None:
    """Add an entry; raises :class:`schoollib_xl.saving.CannotWrite`."""
    record = read_record(folder)
    record.setdefault(paper, []).append(entry)
    stored = {name: [asdict(one) for one in entries] for name, entries in sorted(record.items())}
    write(folder / RECORD_NAME, json.dumps(stored, ensure_ascii=False, indent=1).encode())


def names(facts: Facts) -> Iterator[str]:
    """Every name and reader's number that a paper states."""
    for blank, value in facts.items():
        if isinstance(value, str):
            yield from [value] if blank in _NAME_BLANKS and value else []
        elif isinstance(value, Sequence):
            for one in value:
                yield from names(one) if isinstance(one, Mapping) else ()


def _entry(stored: Mapping[str, Any]) -> PaperRecord:
    blocks = tuple(Block(kind, name, text, _rows(rows)) for kind, name, text, rows in stored["blocks"])
    return PaperRecord(**{**stored, "blocks": blocks, "passed_over": tuple(stored["passed_over"])})


def _rows(rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row) for row in rows)
