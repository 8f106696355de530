"""Which copy a number means: its 个别登记号, else the 条码号 on its label."""

from collections import defaultdict
from functools import cached_property

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library


class CopyNumbers:
    """The numbers of 个别登记账 as a scanner or a hand gives them."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._width = library.school.accession_width or 0

    def of(self, text: str) -> tuple[str, ...]:
        """The 个别登记号 the text stands for; several where one 条码号 is on several copies, none where it is
        unknown. Zeros lost in front of a number are put back.
        """
        if text in self._library.copies:
            return (text,)
        padded = text.zfill(self._width) if text.isascii() and text.isdigit() else text
        return self.by_barcode.get(text) or ((padded,) if padded in self._library.copies else ())

    @cached_property
    def by_barcode(self) -> dict[str, tuple[str, ...]]:
        """The 个别登记号 behind each 条码号; copies written off give way to those in the holdings."""
        if not self._library[AccessionRow].has("barcode"):
            return {}
        found: defaultdict[str, list[str]] = defaultdict(list)
        for number, copy in self._library.copies.items():
            if copy.barcode:
                found[copy.barcode].append(number)
        return {code: self._in_force(numbers) for code, numbers in found.items()}

    def _in_force(self, numbers: list[str]) -> tuple[str, ...]:
        if len(numbers) == 1:
            return tuple(numbers)
        gone = self._library.written_off_copies
        return tuple([number for number in numbers if number not in gone] or numbers)
