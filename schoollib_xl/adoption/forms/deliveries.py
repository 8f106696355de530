"""What a line over the books of one delivery says of them: when they came, and whence."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from schoollib_xl.adoption.forms.filled_lines import FilledLine
from schoollib_xl.adoption.forms.kinds import BOOKS
from schoollib_xl.adoption.forms.said_round import DAY, OF_THE_PRINT
from schoollib_xl.adoption.forms.words import source_in
from schoollib_xl.ledgers.schema import Field, Kind
from schoollib_xl.ledgers.vocabulary import Source
from schoollib_xl.sheets.reading.dates import in_arabic, typed_moment

_BATCH = re.compile(r"\s*[(（]?第[\d一二三四五六七八九十]{1,3}批")
_YEAR_FIRST = re.compile(r"\s*(?:19|20)\d\d\s*[年./-]")
_WHOLE_DAY = re.compile(rf"\s*{DAY}")
_CAME = re.compile("购|捐|赠|配发|配送|[调下上]?拨|调入|入库|入藏|到书|到馆|新书|进书")
_A_LIST = re.compile("目录|书目|清单|登记|明细|名单|[册簿表]")
# 第一批 | 2019年9月12日 | 县教育局配发 | 40册.
_MOST_CELLS = 4


class DeliveryLine(NamedTuple):
    """What a line says of the books below it: the day they came in and their source, None where it does not tell, and
    whether it can be nothing but such a line.
    """

    day: date | None
    source: Source | None
    is_certain: bool

    @property
    def told(self) -> list[tuple[Field, Any]]:
        """The fields of each of its books that it tells."""
        said = {"accessioned_on": self.day, "source": self.source}
        return [(BOOKS.by_name[name], value) for name, value in said.items() if value]


def delivery_over(said: str) -> DeliveryLine | None:
    """The delivery that these words are of: 2021年9月5日 县教体局配发 40册, 第一批 2019年3月 上级配发, 2022年春 捐赠.

    None for any others.
    """
    said = in_arabic(said)
    days = {moment for text in _WHOLE_DAY.findall(said) if (moment := typed_moment("".join(text.split())))}
    is_certain = bool(days or _BATCH.match(said))
    if len(days) > 1 or not (is_certain or _YEAR_FIRST.match(said)):
        return None
    if not _CAME.search(said) or OF_THE_PRINT.search(said):
        return None
    return DeliveryLine(days.pop().day if days else None, source_in(said), is_certain)


def delivery_above(lines: Iterable[str]) -> DeliveryLine | None:
    """The delivery that the last of the lines over a header is of, if any: a day behind the title of a list is that of
    the paper.
    """
    told = (text for text in lines if _BATCH.match(text) or _YEAR_FIRST.match(text) or not _A_LIST.search(text))
    return next(filter(None, map(delivery_over, reversed(list(told)))), None)


def delivery_in(line: FilledLine, columns: Mapping[str, int]) -> DeliveryLine | None:
    """The delivery that a row of a list of books heads: its only cell says so, or a few do, of which the first has a
    day, or 第一批, where a number or a title should stand.
    """
    texts = line.texts
    if len(texts) > _MOST_CELLS:
        return None
    first = next(iter(texts), 0)
    if len(texts) == 1:
        return delivery_over(texts[first])
    dayless = {at for name, at in columns.items() if BOOKS.by_name[name].kind is not Kind.DATE}
    is_begun = first in dayless and (_BATCH.match(texts[first]) or _WHOLE_DAY.match(texts[first]))
    return delivery_over(" ".join(texts.values())) if is_begun else None
