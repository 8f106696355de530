"""The ways a sheet is read by its size, for sheets of any size."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple
from unittest.mock import patch

from schoollib_xl.sheets.opening import ooxml, zip_entry


class Way(NamedTuple):
    """Whether a thread parses, and whether a sheet is taken stretch by stretch."""

    aside: bool
    stretched: bool

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Workbooks opened meanwhile are read so, with a stretch for hardly more than a row."""
        sizes = {"_ASIDE_FROM": 0 if self.aside else 1 << 40, "_STRETCHED": 0 if self.stretched else 1 << 40}
        with (
            patch.multiple(ooxml, **sizes, _LARGE=0, _STRETCH=1, _TIMES_ITS_OWN=0),
            patch.object(zip_entry, "_CHUNK", 300),
        ):
            yield


IN_STRETCHES = Way(True, True)
WAYS = {Way(False, False): "no thread", Way(True, False): "by a thread", IN_STRETCHES: "in stretches"}
