"""A class of books over those that belong to it: I 文学, G类, K、历史、地理."""

import re

from schoollib_xl.adoption.headers import FilledLine
from schoollib_xl.ledgers.vocabulary import CLASS_NAMES
from schoollib_xl.sheets.reading.texts import HALF_WIDTH

_CLASS_HEADING = re.compile(r"([A-Z])\s*(?:类|[、.:：—-])?\s*([\u4e00-\u9fff、，,]*)")


def class_heading(line: FilledLine) -> str:
    """The class that a row of one cell names; '' where it names none. 文学 is how I is called for short."""
    texts = list(line.texts.values())
    match = _CLASS_HEADING.fullmatch(texts[0].translate(HALF_WIDTH)) if len(texts) == 1 else None
    names = re.split("[、，,]", match[2]) if match else []
    return match[1] if match and all(name in CLASS_NAMES.get(match[1], " ") for name in names) else ""
