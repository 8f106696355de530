"""A figure that can be asked what it means and where it comes from."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from schoollib_xl.quotas.figures import rounded


class SourceColumns(NamedTuple):
    """The columns of a sheet a figure is worked out from; without fields, the sheet as a whole."""

    row_type: type[Any]
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Indicator:
    """One figure with all it was made from. `denominator` is None for a plain count; the unit % means that
    the quotient is shown in per cent. `as_of` is the cut-off date. `numerator` is None where nothing
    records it. `base` says of whom it is where the name alone could be taken for something else.
    """

    name: str
    numerator: int | Decimal | None
    denominator: int | None
    unit: str
    definition: str
    source: tuple[SourceColumns, ...]
    as_of: date
    base: str = ""

    @property
    def title(self) -> str:
        """The name with what it is of: 每周开放小时（师生合计）."""
        return f"{self.name}（{self.base}）" if self.base else self.name

    @property
    def exact(self) -> Fraction | None:
        """The figure before rounding, in its unit; None where it cannot be worked out."""
        if self.numerator is None or self.denominator == 0:
            return None
        scale = 100 if self.unit == PER_CENT else 1
        return Fraction(self.numerator) * scale / (1 if self.denominator is None else self.denominator)

    @property
    def value(self) -> int | Decimal | None:
        """The figure as shown: a count, or a decimal with two places, rounded half up."""
        if self.denominator is None and isinstance(self.numerator, int):
            return self.numerator
        return None if self.exact is None else rounded(self.exact)


PER_CENT = "%"
