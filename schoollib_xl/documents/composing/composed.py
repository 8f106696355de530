"""A paper ready to be filled into its template, with the figures it shows and what the librarian is told."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from schoollib_xl.wording.provenance import Figure

P = TypeVar("P", covariant=True)


@dataclass(frozen=True)
class Composed(Generic[P]):
    """`name` is the paper's name without version and date; `template` the name of its template."""

    name: str
    template: str
    paper: P
    figures: tuple[Figure, ...] = ()
    notes: tuple[str, ...] = ()
