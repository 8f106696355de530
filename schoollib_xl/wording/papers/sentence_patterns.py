"""句式 as shipped: what the papers say where the school's own sheet says nothing."""

import tomllib
from functools import cache
from importlib.resources import files

from schoollib_xl.ledgers.supporting.papers import SentenceRow


@cache
def shipped_sentences() -> tuple[SentenceRow, ...]:
    """The rows as the sheet would hold them, from its first line on."""
    rows = tomllib.loads(files(__package__).joinpath("sentence_patterns.toml").read_text(encoding="utf-8"))["rows"]
    return tuple(SentenceRow(line, *row) for line, row in enumerate(rows, 2))
