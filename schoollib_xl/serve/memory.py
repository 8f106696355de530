"""What the program remembers for its next start: the recent workbooks, and where it is running now.

Kept in a folder of the user's own, or where SCHOOLLIB_HOME says (a USB stick leaves nothing on the computer).
"""

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

_FILE = "serve.json"
# So many workbooks fit the screen; a school has one a year.
_MOST_RECENT = 8


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


def remembered() -> Remembered:
    """What is remembered; nothing where that cannot be read."""
    with suppress(OSError, ValidationError):
        return Remembered.model_validate_json((home() / _FILE).read_bytes())
    return Remembered()


def remember(**changes: Any) -> None:
    """Remember what changed. Where that cannot be kept, the program works without."""
    known = remembered().model_copy(update=changes)
    with suppress(OSError):
        home().mkdir(parents=True, exist_ok=True)
        draft = home() / f"{_FILE}.{os.getpid()}"
        # The addresses hold the tokens: nobody else on the computer may read it.
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(known.model_dump(), file, ensure_ascii=False)
        draft.replace(home() / _FILE)


def remember_workbook(workbook: Path) -> None:
    """Put the workbook first among the recent ones."""
    name = str(workbook.resolve())
    remember(recent=[name, *(one for one in remembered().recent if one != name)][:_MOST_RECENT])
