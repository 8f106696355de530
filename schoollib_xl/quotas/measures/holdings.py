"""Holdings quotas: what there is, what the standard or the school's own target asks, and what to buy."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.completeness import told
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell, cell
from schoollib_xl.ledgers.summary import SummaryRow, sign_of
from schoollib_xl.ledgers.supporting.office import SettingRow
from schoollib_xl.quotas.basis.figures import rounded
from schoollib_xl.quotas.basis.period import Period
from schoollib_xl.quotas.basis.shortfall import NotComputed, Obstacle
from schoollib_xl.quotas.basis.stock import copies_in_force, unnumbered
from schoollib_xl.quotas.borrowing.targets import Target, targets
from schoollib_xl.quotas.measures.holding_indicators import group_name, orders_beyond_term, pupils_of_school
from schoollib_xl.quotas.measures.indicator import Indicator
from schoollib_xl.quotas.measures.standards import Standard, standard_called, standards
from schoollib_xl.rules.target_names import TargetName
from schoollib_xl.rules.target_spans import YEARLY, TargetSpan

_BUY_UNITS = {
    TargetName.PERIODICALS.value: "种",
    TargetName.REFERENCE_TITLES.value: "种",
    TargetName.SUBSCRIPTIONS.value: "元",
    TargetName.OPENING_HOURS.value: "小时",
}
# Schools beyond the sixth grade or before the first: standards.toml holds those of primary schools.
_NO_PRIMARY = ("中学", "初中", "高中", "一贯", "幼儿", "职")


@dataclass(frozen=True)
class Holding:
    """One figure of the holdings against what is asked. `standard`, `gap` and `to_buy` are None where nothing
    asks for a figure; `gap` is in the unit of the figure, `to_buy` counts `buy_unit` (copies, titles …).
    """

    indicator: Indicator
    standard: Decimal | None
    basis: str
    to_buy: int | None
    buy_unit: str

    @property
    def gap(self) -> int | Decimal | None:
        """What is wanting, from the figures as shown; 0 where the standard is met."""
        actual = self.indicator.value
        if self.standard is None or actual is None:
            return None
        gap = max(Decimal(0), self.standard - actual)
        return int(gap) if isinstance(actual, int) and gap == gap.to_integral_value() else rounded(gap)


def standard_of(library: Library) -> Standard:
    """The standard 基本信息 names; the national one where it names none or one that is not known."""
    return standard_called(library.school.standard) or standards()[0]


def holdings(library: Library, indicators: Sequence[Indicator]) -> tuple[Holding, ...]:
    """The figures of the holdings in the order they are reported."""
    known = {indicator.name: indicator for indicator in indicators}
    # What a year should bring is asked of its term too; what a term should bring is no measure of a year.
    fits = (one for one in reversed(targets(library)) if one.is_of_shown or (one.is_counted and one.name not in YEARLY))
    own = {fit.name: fit for fit in fits if fit.is_sound and fit.is_own}
    return tuple(_holdings(library, known, own))


def _holdings(library: Library, known: Mapping[str, Indicator], own: Mapping[str, Target]) -> Iterator[Holding]:
    standard = standard_of(library)
    asked = _asked(standard)
    for name, figure in asked.items():
        if indicator := known.get(name):
            target = own.get(name)
            value, basis = (target.value, target.basis) if target else (figure, standard.source if figure else "")
            yield Holding(indicator, value, basis, _to_buy(indicator, value), _BUY_UNITS.get(name, "册"))
    total = _standard_total(library, known, own, standard)
    for group, share in standard.proportions.items():
        if indicator := known.get(group_name(group)):
            wanted = max(0, ceil(Fraction(share) * total / 100) - int(indicator.numerator or 0))
            is_met = indicator.value is not None and indicator.value >= share
            lacking = None if indicator.value is None else 0 if is_met else wanted
            yield Holding(indicator, share, standard.source, lacking, "册")


def _asked(standard: Standard) -> dict[str, Decimal | None]:
    """What the standard asks, by the name of the indicator; None where it asks nothing of the kind."""
    return {
        TargetName.HOLDINGS: standard.copies_per_pupil,
        TargetName.NEW_COPIES: standard.new_copies_per_pupil,
        TargetName.PERIODICALS: standard.periodicals,
        TargetName.REFERENCE_TITLES: standard.reference_titles,
        TargetName.SUBSCRIPTIONS: None,
        TargetName.OPENING_HOURS: standard.hours_per_week,
        TargetName.E_BOOKS: None,
    }


def _to_buy(indicator: Indicator, standard: Decimal | None) -> int | None:
    """What is to be bought (ordered, opened) to meet the standard: standard × pupils − what there is."""
    if standard is None or indicator.exact is None:
        return None
    per = 1 if indicator.denominator is None else indicator.denominator
    return max(0, ceil(Fraction(standard) * per - Fraction(indicator.numerator or 0)))


def _standard_total(
    library: Library, known: Mapping[str, Indicator], own: Mapping[str, Target], standard: Standard
) -> int:
    """The holdings the proportions are aimed at: those the standard asks, or those there are if more."""
    held = known.get(TargetName.HOLDINGS)
    target = own.get(TargetName.HOLDINGS)
    each = (target.value if target else None) or standard.copies_per_pupil
    return max(ceil(Fraction(each) * pupils_of_school(library)), int(held.numerator or 0) if held else 0)


def undivided_orders(library: Library, span: Period) -> Iterator[NotComputed]:
    """What is promised of the subscriptions of a term, where some of them are for longer than that."""
    orders = tuple(cell(row, "ends_on") for row in orders_beyond_term(library, span.term))
    for target in targets(library) if orders else ():
        if target.name == TargetName.SUBSCRIPTIONS and target.span is TargetSpan.TERM:
            yield NotComputed(Obstacle.ORDER_BEYOND_TERM, (target.name,), orders)


def copies_apart(library: Library, day: date) -> Iterator[NotComputed]:
    """Copies that are held and stand in no class, or have no price: counted, and told apart."""
    held = copies_in_force(library, day)
    unclassified = tuple(cell(copy, "class_no") for copy in held if not copy.class_letter)
    unpriced = tuple(cell(copy, "price") for copy in held if copy.price is None)
    if unclassified:
        yield NotComputed(Obstacle.COPIES_UNCLASSIFIED, (), unclassified)
    if unpriced:
        yield NotComputed(Obstacle.COPIES_UNPRICED, (), unpriced)
    if lines := unnumbered(library):
        yield NotComputed(
            Obstacle.COPIES_UNNUMBERED, (), tuple(Cell(AccessionRow, line, "accession_no") for line in lines)
        )


def stocks_apart(library: Library, day: date) -> Iterator[NotComputed]:
    """That 总括登记账 comes to another stock than 个别登记账: copies written off, or entered, in one of them only."""
    lines = told(library[SummaryRow], "registered_on", "flow", "copies")
    stated = sum(sign_of(flow) * copies for registered_on, flow, copies in lines or () if registered_on <= day)
    held = len(copies_in_force(library, day))
    if lines and library[AccessionRow].rows and stated != held:
        yield NotComputed(Obstacle.STOCKS_DIFFER, (str(held), str(stated)))


def unfit_standard(library: Library) -> Iterator[NotComputed]:
    """省份标准 names a standard nobody knows; 学校类别 names a school that those of primary schools are not for."""
    kind, standard = library.school.kind or "", library.school.standard
    if any(word in kind for word in _NO_PRIMARY):
        yield NotComputed(Obstacle.STANDARD_OF_PRIMARY, (kind,), _settings(library, "学校类别"))
    if standard_called(standard) is None:
        yield NotComputed(Obstacle.STANDARD_UNKNOWN, (standard or "",), _settings(library, "省份标准"))


def _settings(library: Library, item: str) -> tuple[Cell, ...]:
    """The cells of a setting; the sheet where it has no row."""
    lines = [row.line for row in library[SettingRow] if row.item == item]
    return tuple(Cell(SettingRow, line, "value") for line in lines) or (Cell(SettingRow, 0),)
