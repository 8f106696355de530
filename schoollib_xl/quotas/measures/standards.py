"""藏书标准: what the regulations ask of a primary school library, chosen by 基本信息 省份标准."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

# 五大部类: the five groups of 中图法, as the standards give their proportions.
GROUPS = {"A": "A", "B": "B", "C-K": "CDEFGHIJK", "N-X": "NOPQRSTUVX", "Z": "Z"}


@dataclass(frozen=True)
class Standard:
    """One standard with its year, region and source. `proportions` are per cent of the holdings by group;
    `hours_per_week` are hours of opening while school is on.
    """

    name: str
    also: tuple[str, ...]
    year: int
    region: str
    source: str
    copies_per_pupil: Decimal
    new_copies_per_pupil: Decimal
    periodicals: Decimal
    reference_titles: Decimal
    hours_per_week: Decimal
    proportions: dict[str, Decimal]


@cache
def standards() -> tuple[Standard, ...]:
    """Every standard shipped; the first is the national one."""
    text = files(__package__).joinpath("standards.toml").read_text(encoding="utf-8")
    entries: list[dict[str, Any]] = tomllib.loads(text, parse_float=Decimal)["standard"]
    return tuple(_standard({**entries[0], "also": [], **entry}) for entry in entries)


def _standard(entry: dict[str, Any]) -> Standard:
    figures = ("copies_per_pupil", "new_copies_per_pupil", "periodicals", "reference_titles", "hours_per_week")
    proportions = {group: Decimal(share) for group, share in entry["proportions"].items()}
    numbers = {name: Decimal(entry[name]) for name in figures}
    return Standard(
        entry["name"],
        tuple(entry["also"]),
        entry["year"],
        entry["region"],
        entry["source"],
        **numbers,
        proportions=proportions,
    )


def standard_called(name: str | None) -> Standard | None:
    """The standard of this name, the national one for a blank; None for a name that is not known."""
    if not name:
        return standards()[0]
    return next((standard for standard in standards() if name in (standard.name, *standard.also)), None)
