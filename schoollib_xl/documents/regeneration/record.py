"""The record beside the papers of what was generated, so that her own changes can be told apart later."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from schoollib_xl.documents.filling.blanks import Facts
from schoollib_xl.documents.regeneration.blocks import Block
from schoollib_xl.saving import write

RECORD_NAME = "图书室文书记录.json"


@dataclass(frozen=True)
class Entry:
    """One generated paper. ``generated`` and ``written`` are digests of what we would have and have written.

    They differ after a merge. ``blocks`` are those generated, whatever she had made of them.
    """

    file: str
    version: int
    as_of: str
    generated: str
    written: str
    blocks: tuple[Block, ...]
    facts: Facts


def read_record(folder: Path) -> dict[str, list[Entry]]:
    """Return all entries of a folder by paper, oldest first; an absent or damaged record is an empty one."""
    try:
        stored = json.loads((folder / RECORD_NAME).read_text(encoding="utf-8"))
        return {paper: [_entry(one) for one in entries] for paper, entries in stored.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def append(folder: Path, paper: str, entry: Entry) -> None:
    """Add an entry; raises :class:`schoollib_xl.saving.CannotWrite`."""
    record = read_record(folder)
    record.setdefault(paper, []).append(entry)
    stored = {name: [asdict(one) for one in entries] for name, entries in sorted(record.items())}
    write(folder / RECORD_NAME, json.dumps(stored, ensure_ascii=False, indent=1).encode())


def _entry(stored: Mapping[str, Any]) -> Entry:
    blocks = tuple(Block(kind, name, text, _rows(rows)) for kind, name, text, rows in stored["blocks"])
    return Entry(**{**stored, "blocks": blocks})


def _rows(rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row) for row in rows)
