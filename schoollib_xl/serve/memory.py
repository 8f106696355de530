"""What the program remembers for its next start: the recent workbooks, and where it is running now.

Kept in a folder of the user's own, or where SCHOOLLIB_HOME says (a USB stick leaves nothing on the computer). Programs
that run at once remember one after the other, so that none forgets what another has remembered.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from pydantic import BaseModel, ValidationError

from schoollib_xl.drafts import draft_in
from schoollib_xl.locks import locked
from schoollib_xl.names import legible, put_over

_FILE, _LOCK, _START_LOCK = "serve.json", ".serve.lock", ".start.lock"
# So many workbooks fit the screen; a school has one a year.
_MOST_RECENT = 8
# Addresses of earlier programs that were killed are forgotten one by one.
_MOST_PROGRAMS = 8
_SECONDS_FOR_OTHERS = 2
# Another start has its page up within this time, also on a slow stick.
_SECONDS_TO_START = 20


class Remembered(BaseModel):
    """The recent workbooks, the latest first, and the addresses of the programs that run."""

    recent: list[str] = []
    addresses: list[str] = []


def home() -> Path:
    """The folder where the program remembers."""
    for name in ("SCHOOLLIB_HOME", "LOCALAPPDATA", "XDG_STATE_HOME"):
        if said := os.environ.get(name):
            return Path(said) if name == "SCHOOLLIB_HOME" else Path(said) / "schoollib-xl"
    return Path.home() / ".local" / "state" / "schoollib-xl"


@contextmanager
def one_start_at_a_time() -> Iterator[None]:
    """Let a second start wait until the page of the first is there to be found; where nothing can be kept, both go on
    at once.
    """
    with ExitStack() as held:
        with suppress(OSError):
            home().mkdir(parents=True, exist_ok=True)
            held.enter_context(locked(home() / _START_LOCK, _SECONDS_TO_START))
        yield


def remembered() -> Remembered:
    """What is remembered; nothing where that cannot be read."""
    with suppress(OSError, ValidationError):
        return Remembered.model_validate_json((home() / _FILE).read_bytes())
    return Remembered()


def remember_workbook(workbook: Path) -> None:
    """Put the workbook first among the recent ones."""
    # One whose name is no text is not found again: JSON cannot hold it.
    name = legible(str(workbook.resolve()))
    _remember(lambda known: {"recent": _first(name, known.recent)[:_MOST_RECENT]})


def remember_address(address: str) -> None:
    """Put down that a program runs there."""
    _remember(lambda known: {"addresses": _first(address, known.addresses)[:_MOST_PROGRAMS]})


def forget_address(address: str) -> None:
    """Put down that it runs there no more."""
    _remember(lambda known: {"addresses": [one for one in known.addresses if one != address]})


def _first(one: str, others: list[str]) -> list[str]:
    return [one, *(other for other in others if other != one)]


def _remember(change: Callable[[Remembered], dict[str, list[str]]]) -> None:
    """Remember what changes. Where that cannot be kept, the program works without."""
    with suppress(OSError):
        home().mkdir(parents=True, exist_ok=True)
        with locked(home() / _LOCK, _SECONDS_FOR_OTHERS):
            known = remembered()
            _keep(known.model_copy(update=change(known)))


def _keep(known: Remembered) -> None:
    """Raises OSError; what was remembered before then stays."""
    with draft_in(home()) as draft:
        # The addresses hold the tokens: nobody else on the computer may read it.
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(known.model_dump_json().encode())
            file.flush()
            os.fsync(file.fileno())
        put_over(draft, home() / _FILE)
