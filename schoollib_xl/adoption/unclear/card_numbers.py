"""Numbers below 证件号: a person's, which are taken nowhere, or those of cards."""

import re
from collections.abc import Iterable

from schoollib_xl.adoption.forms.kinds import EVENTS, LOANS, READERS
from schoollib_xl.adoption.forms.personal_texts import is_private
from schoollib_xl.adoption.forms.tables import FoundTable
from schoollib_xl.adoption.unclear.columns import filled, lacks, take
from schoollib_xl.sheets.reading.recognising import plain_header
from schoollib_xl.sheets.reading.texts import cleaned
from schoollib_xl.sheets.reading.tidy import shown

_OF_A_PERSON_OR_A_CARD = re.compile("证件编?号码?")
# Too short for a person's.
_ON_A_CARD = re.compile(r"[A-Za-z]{0,3}\d{3,10}")


def recognise_cards(tables: Iterable[FoundTable]) -> None:
    """Give lists of readers, and of what they borrow, the numbers of cards below a header that may be of people."""
    for table in tables:
        for at, header in table.headers.items() if table.kind in (READERS, LOANS, EVENTS) else ():
            if not _OF_A_PERSON_OR_A_CARD.fullmatch(plain_header(header)) or not lacks(table, "reader_no"):
                continue
            numbers = [cleaned(shown(value)) for value in filled(table, at, whole=True)]
            if numbers and all(_ON_A_CARD.fullmatch(one) and not is_private(one) for one in numbers):
                take(table, "reader_no", at)
