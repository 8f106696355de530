"""The record beside the papers of what was generated, so that her own changes can be told apart later.

It holds no name in clear: a name that a paper gave is kept as a token of itself, which is turned back only by whoever
has the name anyway (:func:`schoollib_xl.documents.regeneration.record.with_names`).
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from schoollib_xl.documents.filling.blanks import Facts
from schoollib_xl.documents.regeneration.blocks import Block
from schoollib_xl.saving import ours, write

RECORD_NAME = "图书室文书记录.json"
# The blanks of all papers that hold somebody's name or number.
_NAME_BLANKS = frozenset({"姓名", "读者证号", "班主任", "负责人", "责任人", "图书管理员", "校长"})
_TOKEN = re.compile(r"〔[0-9a-f]{16}〕")


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


def read_record(folder: Path) -> dict[str, list[Entry]]:
    """Return all entries of a folder by paper, oldest first. An absent record is an empty one, and so is what lies
    there under its name but is damaged or not as this program wrote it.
    """
    path = ours(folder / RECORD_NAME)
    try:
        stored = json.loads(path.read_text(encoding="utf-8")) if path else {}
        return {paper: [_entry(one) for one in papers] for paper, papers in stored.items() if isinstance(papers, list)}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


def append(folder: Path, paper: str, entry: Entry, facts: Facts) -> None:
    """Add an entry, with the names among the facts of its paper as tokens; raises
    :class:`schoollib_xl.saving.CannotWrite`.
    """
    record = read_record(folder)
    record.setdefault(paper, []).append(replace(entry, blocks=_without_names(entry.blocks, names(facts))))
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


def with_names(stored: Sequence[Block], known: Iterable[str]) -> tuple[Block, ...]:
    """The blocks as they were generated, as far as their names are among those known."""
    by_token = {_token(name): name for name in known}
    return _changed(stored, lambda text: _TOKEN.sub(lambda found: by_token.get(found[0], found[0]), text))


def _without_names(blocks: Sequence[Block], known: Iterable[str]) -> tuple[Block, ...]:
    """Longest first, so that no name that is part of another spoils it."""
    found = sorted(set(known), key=lambda name: (-len(name), name))
    if not found:
        return tuple(blocks)
    pattern = re.compile("|".join(map(re.escape, found)))
    return _changed(blocks, lambda text: pattern.sub(lambda name: _token(name[0]), text))


def _changed(blocks: Sequence[Block], change: Callable[[str], str]) -> tuple[Block, ...]:
    return tuple(
        block._replace(text=change(block.text), rows=tuple(tuple(map(change, row)) for row in block.rows))
        for block in blocks
    )


def _token(name: str) -> str:
    return f"〔{sha256(name.encode()).hexdigest()[:16]}〕"


def _entry(stored: Mapping[str, Any]) -> Entry:
    blocks = tuple(Block(kind, name, text, _rows(rows)) for kind, name, text, rows in stored["blocks"])
    return Entry(**{**stored, "blocks": blocks})


def _rows(rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row) for row in rows)
