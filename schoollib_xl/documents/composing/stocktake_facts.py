"""Facts about the last stocktake of the term."""

from collections.abc import Iterator
from decimal import Decimal

from schoollib_xl.documents.composing.material import SourceMaterial
from schoollib_xl.documents.composing.stating import Fact, of_indicator
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.quotas.indicator import SourceColumns
from schoollib_xl.rules.counts import Stocktake
from schoollib_xl.rules.stocktakes import Stocktakes
from schoollib_xl.wording.zh import say

SCANS = SourceColumns(StocktakeRow, ("counted_on", "accession_no", "place"))
COPIES = SourceColumns(AccessionRow, ("accession_no", "location", "price"))


def last_stocktake(material: SourceMaterial) -> Stocktake | None:
    """The last stocktake up to the cut-off; where the term is known, one that ended in it."""
    stocktakes = [
        stocktake
        for stocktake in material.library.derive(Stocktakes).stocktakes
        if stocktake.last_day <= material.cut_off and (material.window is None or stocktake.last_day in material.window)
    ]
    finished = [stocktake for stocktake in stocktakes if stocktake.finished]
    # A spot check after the stocktake does not take its place.
    return next(reversed(finished or stocktakes), None)


def stocktake_facts(material: SourceMaterial) -> Iterator[Fact]:
    """What was expected, found and missing in the places that were gone through to the end."""
    count = last_stocktake(material)
    if count is None or not count.finished:
        return
    sources = (SCANS, COPIES)
    yield Fact("清点日期", days_said(count), (SourceColumns(StocktakeRow, ("counted_on",)),))
    yield Fact("应在架册数", count.expected, sources)
    yield Fact("找到册数", count.found, sources)
    yield Fact("盘亏册数", len(count.missing), sources)
    yield Fact("盘亏金额", sum((copy.value for copy in count.missing), Decimal("0.00")), sources)
    rate = next((one for one in material.quotas.indicators if one.name == "帐物相符率"), None)
    yield of_indicator("账物相符率", rate)


def days_said(count: Stocktake) -> str:
    """2026年7月1日至2日, the later day only as far as it differs."""
    first, last = count.first_day, count.last_day
    if first == last:
        return say(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{say(first)}至{last.day}日"
    return f"{say(first)}至{say(last)}"
