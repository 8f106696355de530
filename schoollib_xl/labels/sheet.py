"""Sheets of labels: the shipped ones and a school's own."""

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from schoollib_xl.labels.kinds import LabelKind

OWN_SHEETS = "标签纸.toml"
A4 = (210.0, 297.0)
# What a printer's feed and a ruler's reading may differ by; labels that overlap by less are not said to.
_TOLERANCE = 0.05
Length = Annotated[float, Field(ge=0, le=2000)]


class UnknownSheet(Exception):
    """A sheet of labels that is not there or cannot be used; says so in one Chinese sentence."""


class LabelPlace(NamedTuple):
    """Where one label lies: page from 0, left and top edge in millimetres from the page's top left corner."""

    page: int
    left: float
    top: float


class LabelSheet(BaseModel):
    """One kind of sheet, lengths in millimetres; places are filled along the rows from the top left."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    note: str = ""
    what: tuple[LabelKind, ...] = ()
    page_width: Annotated[float, Field(gt=0, le=2000)] = A4[0]
    page_height: Annotated[float, Field(gt=0, le=2000)] = A4[1]
    width: Annotated[float, Field(gt=0, le=2000)]
    height: Annotated[float, Field(gt=0, le=2000)]
    across: Annotated[int, Field(ge=1, le=100)]
    down: Annotated[int, Field(ge=1, le=100)]
    left: Length = 0.0
    top: Length = 0.0
    gap_across: float = 0.0
    gap_down: float = 0.0

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if min(self.gap_across, self.gap_down) < -_TOLERANCE:
            raise ValueError("标签互相重叠，间隔不能是负数")
        right = self.left + self.across * self.width + (self.across - 1) * self.gap_across
        bottom = self.top + self.down * self.height + (self.down - 1) * self.gap_down
        if right > self.page_width + _TOLERANCE:
            raise ValueError(f"一行排到 {right:.1f} 毫米，比纸宽 {self.page_width:.1f} 毫米")
        if bottom > self.page_height + _TOLERANCE:
            raise ValueError(f"一列排到 {bottom:.1f} 毫米，比纸长 {self.page_height:.1f} 毫米")
        return self

    @property
    def places(self) -> int:
        """How many labels a sheet holds."""
        return self.across * self.down

    def place(self, index: int) -> LabelPlace:
        """Where the label of this index (from 0, skipped places counted) lies."""
        page, at = divmod(index, self.places)
        row, column = divmod(at, self.across)
        left = self.left + column * (self.width + self.gap_across)
        return LabelPlace(page, left, self.top + row * (self.height + self.gap_down))


class Sheets(NamedTuple):
    """All sheets by name, and a sentence on each of her own that cannot be used, by name."""

    known: dict[str, LabelSheet]
    faults: dict[str, str]


def sheets(beside: Path | None) -> Sheets:
    """The shipped sheets, then those of 标签纸.toml in the folder.

    Raises UnknownSheet where that file cannot be read at all.
    """
    found = Sheets({}, {})
    own = beside / OWN_SHEETS if beside else None
    for path in (Path(__file__).with_name("stock.toml"), own):
        if path and path.is_file():
            _read(path, found)
    return found


def sheet_for(kind: LabelKind, name: str | None, offered: Sheets) -> LabelSheet:
    """The sheet of this name, or the first that is meant for the kind.

    Raises UnknownSheet for one that cannot be used, or with the nearest name.
    """
    known = offered.known
    if name is None:
        return next(sheet for sheet in known.values() if kind in sheet.what)
    if name in offered.faults:
        raise UnknownSheet(offered.faults[name])
    if name in known:
        return known[name]
    near = get_close_matches(name, known, 1, 0.3) or list(known)[:1]
    raise UnknownSheet(f"没有“{name}”这种标签纸，有 {'、'.join(known)}；是不是 {near[0]}？")


def _read(path: Path, found: Sheets) -> None:
    try:
        declared: Mapping[str, Any] = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnknownSheet(
            f'《{path.name}》读不出来：存成 UTF-8，每种标签纸一段，名字加方括号和引号，如 ["本校标签"]。'
        ) from error
    for name, values in declared.items():
        try:
            found.known[name] = _sheet(path, name, values)
        except UnknownSheet as fault:
            found.faults[name] = str(fault)


def _sheet(path: Path, name: str, values: Any) -> LabelSheet:
    try:
        return LabelSheet(name=name, **values)
    except TypeError as error:
        raise UnknownSheet(f"《{path.name}》的“{name}”要写成一段，下面是它的尺寸。") from error
    except ValidationError as error:
        raise UnknownSheet(f"《{path.name}》的“{name}”用不了：{_wrong(error)}。") from error


def _wrong(error: ValidationError) -> str:
    first = error.errors()[0]
    where = "、".join(str(part) for part in first["loc"])
    if first["type"] == "value_error":
        return str(first["ctx"]["error"])
    if first["type"] == "missing":
        return f"缺 {where}"
    if first["type"] == "extra_forbidden":
        return f"没有 {where} 这一项"
    return f"{where} 写的是 {first['input']}，不是合适的数"
