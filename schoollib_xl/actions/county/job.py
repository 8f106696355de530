"""A workbook to be examined, and what came of it."""

from dataclasses import dataclass, field
from pathlib import Path

from schoollib_xl import __version__


@dataclass(frozen=True)
class SchoolJob:
    """One workbook: its path below the county's folder, the day it is judged on ('' for its own), the seed of the
    visitor's sample, its bytes where they are shipped to a machine that does not share the folder, and the version of
    this program that asks.
    """

    folder: str
    file: str
    as_of: str
    seed: int
    # Dask writes what a task was given into its logs: never a school's books.
    content: bytes | None = field(default=None, repr=False)
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
