"""What the PC says of itself: the only place that reads Windows' registry."""

import os
import struct
import sys
from pathlib import Path
from typing import NamedTuple

# Where a program says that it is installed, by the name of its file; for all users or for one.
_APP_PATHS = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths"
_BROWSER = r"SOFTWARE\Microsoft\Windows\Shell\Associations\UrlAssociations\http\UserChoice"
# Edge belongs to Windows 10 and writes no choice before somebody makes one.
_PROGRAMS = ("excel.exe", "winword.exe", "et.exe", "wps.exe", "msedge.exe", "chrome.exe", "firefox.exe")


class System(NamedTuple):
    """The system's version (empty where it is not Windows), the bits of this Python, the names of the font files, the
    programs found by their file names, and the kind of browser chosen for web pages ('' where none is).
    """

    version: tuple[int, ...]
    bits: int
    fonts: frozenset[str]
    programs: frozenset[str]
    browser: str


def system() -> System:
    """Look once."""
    bits = 8 * struct.calcsize("P")
    programs = frozenset(name for name in _PROGRAMS if _registered(rf"{_APP_PATHS}\{name}", ""))
    return System(_version(), bits, _fonts(), programs, _registered(_BROWSER, "ProgId"))


def _version() -> tuple[int, ...]:
    if sys.platform != "win32":
        return ()
    said = sys.getwindowsversion()
    return said.major, said.minor, said.build


def _fonts() -> frozenset[str]:
    """Those for all users, and those a user installed."""
    folders = (
        Path(os.environ.get("WINDIR", "")) / "Fonts",
        Path(os.environ.get("LOCALAPPDATA", "")) / "Microsoft" / "Windows" / "Fonts",
    )
    return frozenset(path.name.lower() for folder in folders if folder.is_dir() for path in folder.iterdir())


def _registered(key: str, value: str) -> str:
    """A value of the registry, the user's own first; '' where there is none."""
    if sys.platform != "win32":
        return ""
    import winreg

    for root in (winreg.HKEY_CURRENT_USER, winreg.HKEY_LOCAL_MACHINE):
        try:
            with winreg.OpenKey(root, key) as opened:
                return str(winreg.QueryValueEx(opened, value)[0])
        except OSError:
            continue
    return ""
