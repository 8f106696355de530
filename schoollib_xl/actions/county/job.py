"""A workbook to be examined, and what came of it."""

from dataclasses import dataclass, field
from hashlib import shake_256
from pathlib import Path

from schoollib_xl import __version__

_PIECE = 1 << 20


def masked(content: bytes, key: bytes) -> bytes:
    """Bytes that say nothing to whoever lacks the key; masked once more, what they were."""
    begins = range(0, len(content), _PIECE)
    return b"".join(_mixed(content[begin : begin + _PIECE], key + begin.to_bytes(8, "big")) for begin in begins)


def _mixed(piece: bytes, seed: bytes) -> bytes:
    noise = shake_256(seed).digest(len(piece))
    return (int.from_bytes(piece, "big") ^ int.from_bytes(noise, "big")).to_bytes(len(piece), "big")


@dataclass(frozen=True)
class SchoolJob:
    """One workbook: its path below the county's folder, the day it is judged on ('' for its own), the seed of the
    visitor's sample, its bytes where they are shipped to a machine that does not share the folder, the key they are
    masked with on the way, and the version of this program that asks.
    """

    folder: str
    file: str
    as_of: str
    seed: int
    # Dask writes what a task was given into its logs: never a school's books.
    content: bytes | None = field(default=None, repr=False)
    key: bytes = field(default=b"", repr=False)
    version: str = __version__

    @property
    def workbook(self) -> Path:
        """Where it lies on the machine that asks."""
        return Path(self.folder, self.file)


@dataclass(frozen=True)
class SchoolOutcome:
    """The record of a workbook as JSON text, or why there is none."""

    job: SchoolJob
    record: str = ""
    why: str = ""
