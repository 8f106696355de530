"""Downloads by pip, which holds each file to its digest."""

import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from schoollib_xl.bundle.pins import CannotBundle, Pin, is_python, pinned_files

_WINDOWS_WHEELS = (
    *("--only-binary=:all:", "--platform", "win_amd64"),
    *("--python-version", "3.11", "--implementation", "cp"),
)


def download(pins: Sequence[Pin], folder: Path) -> None:
    """Lay the pinned files into the folder, unless they are there already. Raises CannotBundle."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        pinned_files(pins, folder)
    except CannotBundle:
        _fetch([pin for pin in pins if not is_python(pin)], folder, _WINDOWS_WHEELS)
        _fetch([pin for pin in pins if is_python(pin)], folder, ("--no-binary=:all:",))


def _fetch(pins: Iterable[Pin], folder: Path, options: Sequence[str]) -> None:
    with TemporaryDirectory() as temporary:
        asked = Path(temporary) / "pins.txt"
        asked.write_text("".join(f"{pin.line}\n" for pin in pins), encoding="utf-8")
        command = (sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes")
        done = subprocess.run(
            [*command, *options, "--requirement", asked, "--dest", folder], capture_output=True, text=True, check=False
        )
    if done.returncode:
        raise CannotBundle(f"pip could not download what is pinned: {done.stderr.strip()[-500:]}")
