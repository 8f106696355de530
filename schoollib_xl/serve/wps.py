"""Where WPS keeps its add-ins, and how ours learns where this program is: from a file in its folder."""

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from schoollib_xl.saving import CannotWrite, replace

# WPS looks for an add-in in the folder <name>_<version>.
NAME = "schoollib"
ADDRESS_FILE = "address.js"


def addins_folder() -> Path:
    """The folder of the add-ins of this user's WPS (Windows; elsewhere where WPS for Linux has it)."""
    roaming = os.environ.get("APPDATA")
    home = Path(roaming) / "kingsoft" if roaming else Path.home() / ".local" / "share" / "Kingsoft"
    return home / "wps" / "jsaddons"


def installed() -> Iterator[Path]:
    """The folders of our add-in."""
    for folder in addins_folder().glob(f"{NAME}_*"):
        if (folder / ADDRESS_FILE).is_file():
            yield folder


def announce(address: str) -> None:
    """Tell the add-in where the program is; '' for nowhere. Where that cannot be written, WPS says that it is not
    running.
    """
    for folder in installed():
        with suppress(CannotWrite):
            replace(folder / ADDRESS_FILE, address_script(address).encode())


def address_script(address: str) -> str:
    """The script that says so: all that a page opened from a file can load."""
    return f"schoollibAddress = {json.dumps(address)};\n"
