"""Prices as they are written: CNY16.80, 28.80元, ￥13.80, 定价：6.00, 7RMB×23, CNY366.00(全8册)."""

import re
from decimal import ROUND_DOWN, Decimal
from typing import NamedTuple

from schoollib_xl.ledgers.numerals import NUMERALS, whole_number
from schoollib_xl.ledgers.units import BEYOND_COUNTING, CENT, to_cents

_WIDE = str.maketrans("０１２３４５６７８９．，（）：＊×✕Ｘx—－–＠", "0123456789.,():****X---@")
# The key of a stop gives 。 where Chinese is typed.
_STOP = re.compile(r"(?<=\d)。(?=\d)")
# Figures with a blank or a line's end between them are two, but for 1 250.00.
_IN_THOUSANDS = re.compile(r"(?<![\d.])(\d{1,3}) (\d{3}\.\d{1,2})(?!\d)")
_APART = re.compile(r"(?<=\d)\s+(?=\d)")
_AMOUNT = r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
_MARK = r"(?:(?:定价|单价|价格|原价|每册|每本|一册|一本|@)?[:\s]*(?:CNY|RMB|人民币|[￥¥])?)"
_YUAN = r"(?:元整?|圆整?|块整?|RMB|CNY|\.?-{1,2})?"
_VOLUMES = r"(?:\((?:全|共)?(?:套)?(?P<volumes>\d+|[一二三四五六七八九十]|上下|上中下)[册本卷]?\)|\*(?P<times>\d+))"
_BINDING = r"\((?:精装|平装|精|平|含光盘|附光盘|盒装|软精装)\)"
_SET = r"(?P<set>[/每一]套|\((?:全套|整套|一套|套)\))"
_ONE = re.compile(rf"{_MARK}[:\s]*{_AMOUNT}\s*{_YUAN}?\s*(?:{_VOLUMES}|{_BINDING}|{_SET})?", re.IGNORECASE)
# Several prices in one cell are some dozens of signs: of 32,767 colons, as many as a cell holds, each way of reading
# them would be tried.
_LONGEST = 200
# What is said of a set before its price: 一套36元, 全4册48.00.
_SET_BEFORE = re.compile(r"([一每全整]套|套价|[全共]\d{1,2}[册本])(?:共|计|定价)?:?(.+)")
_PER_VOLUME = re.compile(r"[/每一][册本](?=$|[;；、,])")
_IN_WORDS = re.compile(
    rf"{_MARK}(?:(?P<yuan>\d+|[{NUMERALS}]+)[元圆圓块塊])?(?:(?:[零〇]?(?P<jiao>[\d{NUMERALS}])[角毛]|(?P<rest>[\d{NUMERALS}])(?=$))?"
    rf"(?:[零〇]?(?P<fen>[\d{NUMERALS}])分)?)[整正]?",
    re.IGNORECASE,
)
# Ten 角 are a 元, ten 分 a 角.
_MOST_OF_A_PART = 9
_NAMED_VOLUMES = {"上下": 2, "上中下": 3}

# The volumes of a price that is said to be the whole set's, of however many volumes.
WHOLE_SET = 0


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
        each = (self.yuan / self.volumes).quantize(CENT, ROUND_DOWN)
        cents_left = int((self.yuan - each * self.volumes) / CENT)
        one_set = tuple(each + (CENT if index < cents_left else 0) for index in range(self.volumes))
        return one_set * (copies // self.volumes)


def prices_in(text: str) -> list[Price]:
    """The prices written in the text one after the other; none where a piece is no price in yuan."""
    if len(text) > _LONGEST:
        return []
    parted = _APART.sub(";", _IN_THOUSANDS.sub(r"\1\2", text.translate(_WIDE)))
    plain = _PER_VOLUME.sub("", _STOP.sub(".", "".join(parted.split())))
    # The comma of 1,280.00 does not part two prices.
    prices = [_price(piece) for piece in re.split(r"[;；、]|/(?!套)|,(?!\d{3}(?!\d))", plain) if piece]
    return [price for price in prices if price] if all(prices) else []


def _in_figures(text: str) -> str:
    """An amount in numerals, or in 元, 角 and 分, at the start of a text in figures; other texts as they are."""
    match = _IN_WORDS.match(text)
    if match is None:
        return text
    said = match.groupdict()
    if not any(said[name] for name in ("yuan", "jiao", "fen")):
        return text
    yuan, jiao, rest, fen = (whole_number(said[name] or "0") for name in ("yuan", "jiao", "rest", "fen"))
    if yuan is None or any(part is None or part > _MOST_OF_A_PART for part in (jiao, rest, fen)):
        return text
    return f"{yuan}.{jiao or rest}{fen}元{text[match.end() :]}"


def volumes_of(text: str) -> int:
    """How many volumes a word tells: 3, 三, 上下."""
    return _NAMED_VOLUMES.get(text) or whole_number(text) or 0


def _price(text: str) -> Price | None:
    if before := _SET_BEFORE.fullmatch(text):
        said, text = before.groups()
        text += f"({said if said[-1] in '册本' else '一套'})"
    match = _ONE.fullmatch(text) or _ONE.fullmatch(_in_figures(text))
    if match is None:
        return None
    exact = Decimal(match[1].replace(",", ""))
    if exact >= BEYOND_COUNTING:
        return None
    yuan = to_cents(exact)
    if match["times"]:
        times = int(match["times"])
        return Price(yuan * times, times) if times else None
    if match["set"]:
        return Price(yuan, WHOLE_SET)
    volumes = volumes_of(match["volumes"]) if match["volumes"] else 1
    return Price(yuan, volumes) if volumes else None
