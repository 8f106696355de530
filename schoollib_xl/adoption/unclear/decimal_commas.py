"""Prices with a comma before their cents (32,80), as programs set to another country export them."""

import re
from collections.abc import Iterable

from schoollib_xl.adoption.forms.kinds import BOOKS
from schoollib_xl.adoption.forms.tables import FoundTable
from schoollib_xl.adoption.journal import of_many

_MONEY = ("price", "amount", "paid_value")
_SAID = "整栏的价钱都用逗号隔开元和分的 {count} 栏（第一处{first}）：逗号当作小数点。"
# Two prices may stand in a cell with a comma between them, but not in each cell, and not with two figures behind it.
_WITH_COMMA, _WHOLE = re.compile(r"\d{1,5},\d{1,2}"), re.compile(r"\d{1,5}")
_FEWEST = 2


def settle_decimal_commas(tables: Iterable[FoundTable]) -> list[str]:
    """Write the prices of such columns with a dot; a sentence on them."""
    said: list[str] = []
    for table in tables:
        for at in [table.columns[name] for name in _MONEY if name in table.columns and table.kind is BOOKS]:
            texts = [text for line in table.lines if (text := line.said(at))]
            commas = sum(map(bool, map(_WITH_COMMA.fullmatch, texts)))
            if commas < _FEWEST or commas + sum(map(bool, map(_WHOLE.fullmatch, texts))) < len(texts):
                continue
            if 2 * commas > len(texts):
                said.append(f"{table.name}“{table.headers[at]}”")
                for line in table.lines:
                    if line.said(at):
                        line.cells[at - 1] = line.said(at).replace(",", ".")
    return of_many(_SAID, said)
