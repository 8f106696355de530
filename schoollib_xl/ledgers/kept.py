"""What this program keeps beside the workbook, as far as checks look at it."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

# The kind of journal that holds what was done at the page's desk.
DESK_JOURNAL = "借还流水"
# Where samples are kept: those that were printed, and the kind of journal that holds those of the page.
PRINTED_SAMPLES, SAMPLE_JOURNAL = "抽查记录.json", "抽查流水"


class KeptSample(NamedTuple):
    """A sample that was drawn to be looked at: when, of how many copies, and which of them have no answer yet."""

    drawn_on: date
    copies: int
    unanswered: tuple[str, ...]


class Kept(NamedTuple):
    """The call numbers on the spine labels printed last, by 个别登记号, and the samples drawn last."""

    call_numbers: Mapping[str, str] = MappingProxyType({})
    samples: tuple[KeptSample, ...] = ()


NOTHING_KEPT = Kept()


def lies_in(folder: Path, journal: str) -> bool:
    """Whether a journal of this kind lies in the folder, of whichever workbook. Where none does, nothing is loaded that
    reads one.
    """
    return any(folder.glob(f"{journal}_*"))
