"""套书: which volumes one book is a part of, and what they cost together."""

import re
from collections.abc import Mapping
from decimal import Decimal

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.vocabulary import Source

_NUMERAL = "(?:[上中下]|[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
# 三国演义（上）, 三国演义.下册, 十万个为什么 第3卷, 《西游记. 2》
_VOLUME = re.compile(
    rf"(.+?)[\s·,，]*(?:[（(]第?{_NUMERAL}[册卷部集辑]?[)）]|[.．]\s*{_NUMERAL}|[.．]?\s*第?{_NUMERAL}[册卷部集辑])》?"
)
SetKey = tuple[str, str, str | None]


def set_title(copy: AccessionRow) -> str | None:
    """The title of the set the copy is a volume of, without the volume's number; None where it is none."""
    volume = _VOLUME.fullmatch(copy.title) if copy.source is not Source.BINDING else None
    return volume[1] if volume else None


class SetPrices:
    """What each set costs: volumes of one title, one publisher and one batch, each volume once."""

    def __init__(self, library: Library) -> None:
        volumes: dict[SetKey, dict[str, Decimal]] = {}
        for copy in library[AccessionRow]:
            if key := _key(copy):
                volumes.setdefault(key, {}).setdefault(copy.title, copy.value)
        self._volumes: Mapping[SetKey, Mapping[str, Decimal]] = {
            key: prices for key, prices in volumes.items() if len(prices) > 1
        }

    def price(self, copy: AccessionRow | None) -> Decimal | None:
        """The price in yuan of the whole set the copy belongs to; None where it is no volume of a set."""
        key = _key(copy) if copy else None
        prices = self._volumes.get(key) if key else None
        return sum(prices.values(), Decimal(0)) if prices else None


def _key(copy: AccessionRow) -> SetKey | None:
    title = set_title(copy)
    return (title, copy.batch_no, copy.publisher) if title else None
