"""Facts about the last stocktake of the term."""

from collections.abc import Iterator
from decimal import Decimal

from schoollib_xl.documents.composing.grounds import Grounds
from schoollib_xl.documents.composing.stating import Given, of_indicator
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.quotas.indicator import Source
from schoollib_xl.rules.shelves import Count, Shelves
from schoollib_xl.wording.zh import say

SCANS = Source(StocktakeRow, ("counted_on", "accession_no", "place"))
COPIES = Source(AccessionRow, ("accession_no", "location", "price"))


def last_count(grounds: Grounds) -> Count | None:
    """The last stocktake up to the cut-off; where the term is known, one that ended in it."""
    counts = [
        count
        for count in grounds.library.derive(Shelves).counts
        if count.stocktake.last_day <= grounds.cut_off
        and (grounds.window is None or count.stocktake.last_day in grounds.window)
    ]
    return counts[-1] if counts else None


def stocktake_facts(grounds: Grounds) -> Iterator[Given]:
    """What was expected, found and missing."""
    count = last_count(grounds)
    if count is None:
        return
    sources = (SCANS, COPIES)
    yield Given("清点日期", days_said(count), (Source(StocktakeRow, ("counted_on",)),))
    yield Given("应在架册数", count.expected, sources)
    yield Given("找到册数", count.found, sources)
    yield Given("盘亏册数", len(count.missing), sources)
    yield Given("盘亏金额", sum((copy.value for copy in count.missing), Decimal("0.00")), sources)
    rate = next((one for one in grounds.stated.indicators if one.name == "帐物相符率"), None)
    yield of_indicator("账物相符率", rate)


def days_said(count: Count) -> str:
    """2026年7月1日至2日, the later day only as far as it differs."""
    first, last = count.stocktake.first_day, count.stocktake.last_day
    if first == last:
        return say(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{say(first)}至{last.day}日"
    return f"{say(first)}至{say(last)}"
