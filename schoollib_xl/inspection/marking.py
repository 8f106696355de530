"""The evaluation forms, and marks: what each item of a form comes to, by its figure or by hand."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from schoollib_xl.inspection.figures import Books, Known, figure
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.numerals import decimal_in, standard_in
from schoollib_xl.ledgers.schema import Cell, cell
from schoollib_xl.ledgers.supporting.inspection import EvaluationRow
from schoollib_xl.quotas.measures.holdings import Holding
from schoollib_xl.quotas.measures.indicator import PER_CENT
from schoollib_xl.rules.plan_figures import NUMBER
from schoollib_xl.rules.target_names import LESS_IS_BETTER, nearest

_PER_CENT = re.compile("[%％成]|百分之")
_AT_MOST = re.compile(r"≤|<=|<|不超过|不高于|不大于|以内|以下|至多")
# 每差 5 册扣 1 分, 每错一处扣 0.5 分, 缺一项扣半分; 少于 30 册扣 2 分 is once for all.
_DEDUCTION = re.compile(
    rf"(?:每(?!学?[年期周月天日])|[缺错差漏]|少(?!于))(?:(?!{NUMBER})[^扣])*(?P<step>{NUMBER})?[^\d扣]*扣\s*(?P<points>{NUMBER}|半)\s*分"
)
# 差10册以上扣2分: once for all, from a bound on.
_ONCE = re.compile("(?!每).*(?:以上|超过|高于|大于|达到)")
_ALL_OR_NOTHING = re.compile(r"不得分|达标得满分|达到得满分|否则(?:不得分|0\s*分|零分)")
_NO = ("", "否", "无", "不", "×")
_TENTH = Decimal("0.1")
_NOTHING = Decimal(0)


@dataclass(frozen=True)
class MarkedItem:
    """One item with its mark; None where it stays open. `known` is its figure, None where none is asked for or the
    name names none; `standard` what reaches the full mark.
    """

    row: EvaluationRow
    mark: Decimal | None
    known: Known | None
    standard: Decimal | None
    is_by_hand: bool
    is_vetoed: bool

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Where the mark comes from: typed by hand, else the cells of its figure."""
        if self.is_by_hand:
            return (cell(self.row, "own_mark"),)
        return self.known.cells if self.known else ()


@dataclass(frozen=True)
class Score:
    """The whole form. `total` adds up the marks there are; `open_full` what the open items are worth."""

    items: tuple[MarkedItem, ...]

    @property
    def total(self) -> Decimal:
        return sum((item.mark for item in self.items if item.mark is not None), _NOTHING)

    @property
    def full(self) -> Decimal:
        return sum((item.row.full for item in self.items), _NOTHING)

    @property
    def open(self) -> tuple[MarkedItem, ...]:
        """The items nobody could mark."""
        return tuple(item for item in self.items if item.mark is None)

    @property
    def open_full(self) -> Decimal:
        return sum((item.row.full for item in self.open), _NOTHING)

    @property
    def vetoed(self) -> tuple[MarkedItem, ...]:
        return tuple(item for item in self.items if item.is_vetoed)


class UnknownForm(LookupError):
    """No form is called so; `nearest` is the name that was probably meant, None where none is near."""

    def __init__(self, name: str, near: str | None) -> None:
        super().__init__(name)
        self.name, self.nearest = name, near


class Form(NamedTuple):
    """A form: its name, what is to be said of it ('' for nothing), its items, and whether it is the school's own."""

    name: str
    note: str
    rows: tuple[EvaluationRow, ...]
    is_own: bool


def score(rows: Iterable[EvaluationRow], books: Books) -> Score:
    """Mark every item of a form. A mark above the item's full mark counts as the full mark, one
    below nothing as nothing.
    """
    return Score(tuple(_item(row, books) for row in rows))


def _item(row: EvaluationRow, books: Books) -> MarkedItem:
    known = figure(books, row.figure) if row.figure else None
    standard = _standard(row, known) if row.standard else _own_standard(row, books.quotas.holdings)
    computed = None
    if known and known.value is not None and standard is not None:
        computed = mark(row, known.value, standard)
    is_by_hand = row.own_mark is not None
    taken = max(_NOTHING, min(row.own_mark, row.full)) if row.own_mark is not None else computed
    return MarkedItem(row, taken, known, standard, is_by_hand, _is_vetoed(row, known, standard))


def _standard(row: EvaluationRow, known: Known | None) -> Decimal | None:
    """The standard as written; 0.98 of a cell that Excel shows as 98% is 98 per cent."""
    number = standard_in(row.standard or "")
    is_share = known is not None and known.unit == PER_CENT and not _PER_CENT.search(row.standard or "")
    return 100 * number if number is not None and is_share and number <= 1 else number


def _own_standard(row: EvaluationRow, holdings: Iterable[Holding]) -> Decimal | None:
    """What the regulations or the school's own target ask where the form does not say."""
    return next((holding.standard for holding in holdings if holding.indicator.name == row.figure), None)


def is_reached(row: EvaluationRow, value: Decimal, standard: Decimal) -> bool:
    """Whether a figure is as good as the standard asks: at least that much, or at most where less is better."""
    return value <= standard if _wants_less(row) else value >= standard


def _wants_less(row: EvaluationRow) -> bool:
    return row.figure in LESS_IS_BETTER or _AT_MOST.search(row.standard or "") is not None


def mark(row: EvaluationRow, value: Decimal, standard: Decimal) -> Decimal | None:
    """The mark of a figure by 评分办法: full where the standard is reached; else less by 每…扣…分, nothing where the
    words say so, in proportion where they say that or nothing at all, and None where they say something else. One
    decimal, half up.
    """
    if is_reached(row, value, standard):
        return row.full
    method = row.method or ""
    if deduction := _DEDUCTION.search(method):
        if _ONCE.match(deduction[0]):
            return None
        step, points = _number(deduction["step"] or "1"), _number(deduction["points"])
        if not step or points is None:
            return None
        lost = (abs(value - standard) / step).to_integral_value(ROUND_CEILING) * points
        return _rounded(max(_NOTHING, row.full - lost))
    if _ALL_OR_NOTHING.search(method):
        return _NOTHING
    if method and "比例" not in method:
        return None
    return _NOTHING if _wants_less(row) or not standard else _rounded(row.full * max(_NOTHING, value) / standard)


def _number(written: str) -> Decimal | None:
    """The number in figures or numerals; 半 is a half."""
    return Decimal("0.5") if written == "半" else decimal_in(written)


def _rounded(points: Decimal) -> Decimal:
    return points.quantize(_TENTH, ROUND_HALF_UP)


def _is_vetoed(row: EvaluationRow, known: Known | None, standard: Decimal | None) -> bool:
    """Whether the item fails the whole form: its figure misses the standard, or a zero was typed by hand. A figure of
    its own may stand in 一票否决 (生均 30 册).
    """
    words = (row.veto or "").strip()
    if words in _NO:
        return False
    limit = standard_in(words) or standard
    if known and known.value is not None and limit is not None:
        return not is_reached(row, known.value, limit)
    return row.own_mark is not None and row.own_mark == 0


@cache
def shipped_forms() -> tuple[Form, ...]:
    """Every form shipped; the first is taken where a school has none of its own."""
    text = files(__package__).joinpath("forms.toml").read_text(encoding="utf-8")
    return tuple(_form(entry) for entry in tomllib.loads(text)["form"])


def _form(entry: dict[str, Any]) -> Form:
    rows = (_row(line, values) for line, values in enumerate(entry["rows"], 2))
    return Form(entry["name"], entry["note"], tuple(rows), is_own=False)


def _row(line: int, values: Sequence[Any]) -> EvaluationRow:
    item, group, content, full, method, figure, standard, veto, evidence = values
    words = (method or None, figure or None, standard or None, veto or None, evidence or None)
    return EvaluationRow(line, item, group, content, Decimal(full), *words, None, None)


def form_of(library: Library, name: str | None = None) -> Form:
    """The form of this name; without one, the school's own, else the first shipped.

    Raises UnknownForm for a name that is none.
    """
    if name:
        return _called(name)
    own = library[EvaluationRow]
    return Form("评估细则", "", tuple(own), is_own=True) if len(own) else shipped_forms()[0]


def _called(name: str) -> Form:
    names = [form.name for form in shipped_forms()]
    found = next((form for form in shipped_forms() if form.name.startswith(name)), None)
    if found is None:
        raise UnknownForm(name, nearest(name, names))
    return found
