"""How a paper is declared: a frozen dataclass whose fields carry the Chinese names a template may use."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Annotated, Any, NamedTuple, TypeAlias, get_args, get_origin, get_type_hints

from schoollib_xl.ledgers.schema import header_of

Value: TypeAlias = "str | int | Sequence[str] | Sequence[Facts] | None"
Facts: TypeAlias = "Mapping[str, Value]"

STYLE = "样式"
"""Item field that names the paragraph style of a repeated paragraph; it is never written as text."""

ORDINALS = ("序号", "序号汉字")
"""Names every repeated paragraph or row knows: its number, in figures and in Chinese numerals."""


class Series(NamedTuple):
    """One row of bars or one line of a chart; None leaves a gap."""

    name: str
    values: tuple[float | None, ...]


class ChartData(NamedTuple):
    """What a chart shows; a chart without categories disappears from the paper."""

    categories: tuple[str, ...]
    series: tuple[Series, ...]


class Blank(NamedTuple):
    """The name by which a template asks for a field: ``{{名称}}``, or a chart's alt text."""

    name: str

    @classmethod
    def of(cls, row_type: type[Any], field: str) -> "Blank":
        """A blank that is called what the ledger calls the column it comes from."""
        return cls(header_of(row_type, field))


class Content(NamedTuple):
    """All a template needs: the facts, every name it may use, and the charts by alt text."""

    facts: Facts
    names: frozenset[str]
    charts: Mapping[str, ChartData]


def content(paper: Any) -> Content:
    """Return what the paper says, in the shape :func:`schoollib_xl.documents.filling.fill.fill` takes."""
    charts = {name: value for name, value in _values(paper) if isinstance(value, ChartData)}
    facts = {name: value for name, value in facts_of(paper).items() if name not in charts}
    return Content(facts, names_of(type(paper)), charts)


def facts_of(paper: Any) -> dict[str, Value]:
    """Return the values of a paper, or of one item of its lists, by their Chinese names."""
    return {name: _plain(value) for name, value in _values(paper)}


def names_of(paper_type: type) -> frozenset[str]:
    """Return every name a template of this paper may use, item fields as ``清单.字``."""
    return frozenset(_names(paper_type, ""))


def _values(paper: Any) -> Iterator[tuple[str, Any]]:
    for attribute, (name, _) in _blanks(type(paper)).items():
        yield name, getattr(paper, attribute)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple) and not isinstance(value, ChartData):
        return tuple(facts_of(item) if is_dataclass(item) else item for item in value)
    return value


def _names(paper_type: type, prefix: str) -> Iterator[str]:
    for name, kind in _blanks(paper_type).values():
        item = get_args(kind)[0] if get_origin(kind) is tuple else None
        if isinstance(item, type) and is_dataclass(item):
            yield from _names(item, f"{prefix}{name}.")
        elif kind is not ChartData and name != STYLE:
            yield prefix + name


def _blanks(paper_type: type) -> dict[str, tuple[str, Any]]:
    hints = get_type_hints(paper_type, include_extras=True)
    return {field.name: _blank(hints[field.name]) for field in fields(paper_type)}


def _blank(hint: Any) -> tuple[str, Any]:
    if get_origin(hint) is not Annotated:
        raise TypeError(f"{hint} has no Blank")
    kind, blank = get_args(hint)
    return blank.name, kind
