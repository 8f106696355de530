"""句式 as shipped: what the papers say where the school's own sheet says nothing of its own."""

import tomllib
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from schoollib_xl.ledgers.library import group_by
from schoollib_xl.ledgers.supporting.papers import SentenceRow

_DIGITS = 12


@cache
def _shipped() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("sentence_patterns.toml").read_text(encoding="utf-8"))


@cache
def shipped_sentences() -> tuple[SentenceRow, ...]:
    """The rows as the sheet would hold them, from its first line on."""
    return tuple(SentenceRow(line, *row) for line, row in enumerate(_shipped()["rows"], 2))


def shipped_digests() -> list[str]:
    """The digest of each section as shipped."""
    return [_digest(section) for section in group_by(shipped_sentences(), "section").values()]


def former_digests() -> dict[str, list[str]]:
    """Those of the sections that each released program shipped, by its version."""
    found: dict[str, list[str]] = _shipped()["former"]
    return found


def superseded(rows: Iterable[SentenceRow]) -> list[SentenceRow]:
    """The rows of whole sections that say what an earlier program shipped and this one says otherwise; none of a sheet
    where a section says what only this program does: there she made the others what they are.
    """
    sections = {_digest(section): section for section in group_by(rows, "section").values()}
    current = set(shipped_digests())
    for former in former_digests().values():
        if sections.keys() & current <= set(former):
            return [
                row for told, section in sections.items() if told in former and told not in current for row in section
            ]
    return []


def _digest(rows: Iterable[SentenceRow]) -> str:
    said = "\n".join(f"{row.section}|{row.order}|{row.condition}|{row.pattern}" for row in rows)
    return sha256(said.encode()).hexdigest()[:_DIGITS]
