"""A figure that can be asked what it means and where it comes from."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.supporting.people import ClassRow
from schoollib_xl.quotas.basis.figures import rounded
from schoollib_xl.rules.target_names import TargetName

# What an indicator means where a paper tells of it too, by its name.
DEFINITIONS = {
    "流通册次": "个人和班级借出的册次，师生合计。",
    "图书流通率": "流通册次 ÷ 藏书册数 × 100%。",
    "藏书利用率": "借出过至少一次的在册图书 ÷ 藏书册数 × 100%。",
    "逾期率": "逾期的册次 ÷ 个人借出册次 × 100%；已还的迟还也算。",
    TargetName.NEW_COPIES: "本学年入藏册数（不含期初）÷ 学生人数。",
    TargetName.REFERENCE_TITLES: "在册的仅阅览图书，同一种书只算一次。",
    TargetName.PERIODICALS: "订期和本学期重合的报刊，同名的只算一种。",
}
PER_CENT = "%"


class SourceColumns(NamedTuple):
    """The columns of a sheet a figure is worked out from; without fields, the sheet as a whole."""

    row_type: type[Any]
    fields: tuple[str, ...]


LOANS = SourceColumns(LoanRow, ("lent_on", "reader_no", "class_name", "mode"))
PUPILS = SourceColumns(ClassRow, ("pupils",))


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
