"""The sample school as material of papers, made once, and the numbers a paper shows."""

import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from docx.document import Document
from filled import fill

from documents.read_back import dump
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.documents.composing.material import CheckedMaterial, Composed
from schoollib_xl.documents.filling.blanks import content
from schoollib_xl.documents.filling.figure_marks import unmarked
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.quotas.statement import statement
from schoollib_xl.samples.year import clean_school
from schoollib_xl.wording.papers.provenance import Figure

Paper = TypeVar("Paper")
TEMPLATES = Path(__file__).parents[2] / "templates"
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
# What is counted by the layout and not by the library: 1．, （1）, a running number in a first cell.
_COUNTED = re.compile(r"(?:^|⏎|(?<=¦ )|(?<=[|] ))\s*(?:\d+．|（\d+）|\d+ (?=¦))")


@cache
def clean() -> LedgerSet:
    """Return the sample school; made once, never changed."""
    return clean_school()


def material(library: Library) -> CheckedMaterial:
    """Return a library with its quotas and checks."""
    return CheckedMaterial(library, statement(library), run(library, ALL.values()))


@cache
def sample(as_of: date | None = None) -> CheckedMaterial:
    """Return the sample school on a day, by default at the end of its second term."""
    return material(clean().library(as_of))


def document(composed: Composed[object]) -> Document:
    """Return the paper filled into our own template."""
    return fill(TEMPLATES / composed.template, content(composed.paper))


def paper_of(composed: Composed[Paper]) -> Paper:
    """Return the paper as it is read, no figure of it marked."""
    return _unmarked(composed.paper)


def _unmarked(found: Any) -> Any:
    if type(found) is str:
        return unmarked(found)
    if type(found) is tuple:
        return tuple(map(_unmarked, found))
    if not is_dataclass(found):
        return found
    return replace(found, **{field.name: _unmarked(getattr(found, field.name)) for field in fields(found)})


def text(composed: Composed[object]) -> list[str]:
    """Return what the paper says, line by line, without page and footers."""
    return [line for line in dump(document(composed)) if not line.startswith(("页面", "页脚", "偶数页", "页眉"))]


def golden(composed: Composed[object]) -> str:
    """Return what the paper says as its golden page keeps it: without how many checks there are, which grow by the
    week.
    """
    return re.sub(r"核对\d+项", "核对□项", "\n".join(text(composed))) + "\n"


def numbers(lines: Iterable[str], names: Iterable[str] = ()) -> set[Decimal]:
    """Return the numbers of some lines, those in names of classes and those of the layout left out."""
    said = "\n".join(_COUNTED.sub("", line) for line in lines)
    for name in sorted(names, key=len, reverse=True):
        said = said.replace(name, "")
    return {Decimal(number) for number in _NUMBER.findall(said)}


def evidenced(figures: Iterable[Figure]) -> set[Decimal]:
    """Return the numbers that figures account for."""
    return {Decimal(number) for figure in figures for number in _NUMBER.findall(figure.shown)}
