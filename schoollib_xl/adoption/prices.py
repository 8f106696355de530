"""Prices as they are written: CNY16.80, 28.80元, ￥13.80, 7RMB×23, CNY366.00(全8册)."""

import re
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import NamedTuple

from schoollib_xl.adoption.transforms import PRICE, SAME_PRICE, Read, Step
from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.reading.tidy import shown

_CENT = Decimal("0.01")
_WIDE = str.maketrans("０１２３４５６７８９．，（）：＊×✕Ｘx", "0123456789.,():****X")
_AMOUNT = r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
_MARK = r"(?:CNY|RMB|人民币|[￥¥]|定价)"
_YUAN = r"(?:元整?|圆|RMB|CNY)"
_VOLUMES = r"(?:\((?:全|共)?(?P<volumes>\d+|[一二三四五六七八九十]|上下)[册本卷]?\)|\*(?P<times>\d+))"
_ONE = re.compile(
    rf"{_MARK}?[:\s]*{_AMOUNT}\s*{_YUAN}?\s*(?:{_VOLUMES}|\((?:精装|平装|精|平|含光盘|附光盘)\))?", re.IGNORECASE
)
_NUMERALS = {numeral: number for number, numeral in enumerate("一二三四五六七八九十", 1)} | {"上下": 2}


class Price(NamedTuple):
    """Yuan for so many volumes: one, unless the price is that of a set."""

    yuan: Decimal
    volumes: int = 1

    def shares(self, copies: int) -> tuple[Decimal, ...] | None:
        """The price of each of the copies, in yuan, adding up to the cent; None where the copies are not whole
        sets, so that it cannot be told what each of them costs.
        """
        if self.volumes == 1:
            return (self.yuan,) * copies
        if copies % self.volumes:
            return None
        each = (self.yuan / self.volumes).quantize(_CENT, ROUND_DOWN)
        cents_left = int((self.yuan - each * self.volumes) / _CENT)
        one_set = tuple(each + (_CENT if index < cents_left else 0) for index in range(self.volumes))
        return one_set * (copies // self.volumes)


def price_of(value: CellValue) -> Read:
    """The cell as a `Price`. Several prices that differ, and other currencies, cannot be read."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Read(Price(_rounded(Decimal(str(value)))))
    text = shown(value).strip()
    if not text:
        return Read()
    prices = [_price(piece) for piece in _pieces("".join(text.translate(_WIDE).split()))]
    price = prices[0] if len(set(prices)) == 1 else None
    if price is None:
        return Read(verbatim=text)
    transform = SAME_PRICE if len(prices) > 1 else PRICE
    after = str(price.yuan) if price.volumes == 1 else f"{price.yuan}，{price.volumes} 册"
    return Read(price, (Step(transform, text, after),) if after != text else ())


def _pieces(text: str) -> list[str]:
    """The prices written one after the other; the comma of 1,280.00 does not part them."""
    return [piece for piece in re.split(r"[;；/、]|,(?!\d{3}(?!\d))", text) if piece]


def _price(text: str) -> Price | None:
    match = _ONE.fullmatch(text)
    if match is None:
        return None
    yuan = _rounded(Decimal(match[1].replace(",", "")))
    if match["times"]:
        times = int(match["times"])
        return Price(yuan * times, times) if times else None
    volumes = _NUMERALS.get(match["volumes"]) or int(match["volumes"]) if match["volumes"] else 1
    return Price(yuan, volumes) if volumes else None


def _rounded(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, ROUND_HALF_UP)
