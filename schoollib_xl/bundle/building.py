"""The package put together: a zip with one folder, a listing of every file in it, the same bytes each time."""

import io
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from zipfile import ZipFile

from schoollib_xl.bundle.interpreter import interpreter_files
from schoollib_xl.bundle.manual_pdf import PDF_NAME, manual_pdf
from schoollib_xl.bundle.pins import CannotBundle, Pin, is_python, pinned_files
from schoollib_xl.bundle.project import project, project_files
from schoollib_xl.bundle.wheels import check_complete, library_files
from schoollib_xl.packages import entry
from schoollib_xl.pages.manual.reading import manual_files
from schoollib_xl.portable.listing import LISTING, listing

TITLE = "图书室七本账"
_MANUAL = "手册"
# What a school's mail and a slow line take; contract 17.
MOST_BYTES = 60_000_000


class Bundle(NamedTuple):
    """The finished zip."""

    name: str
    data: bytes


def build(pins: Sequence[Pin], downloads: Path) -> Bundle:
    """Put the package together from the pinned downloads and this checkout. Raises CannotBundle."""
    said = project()
    pinned = pinned_files(pins, downloads)
    wheels = {pin.name: pinned[pin.name] for pin in pins if not is_python(pin)}
    check_complete(pins, wheels, said.requirements)
    files = _files(pins, pinned)
    data = _zipped(files | {LISTING: listing(files)})
    if len(data) > MOST_BYTES:
        raise CannotBundle(f"The package has {len(data)} bytes, {MOST_BYTES} are allowed.")
    return Bundle(f"{TITLE}-{said.version}-win64.zip", data)


def _files(pins: Sequence[Pin], pinned: Mapping[str, bytes]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for pin in pins:
        files |= interpreter_files(pinned[pin.name]) if is_python(pin) else library_files(pinned[pin.name])
    files |= project_files()
    files |= {f"{_MANUAL}/{name}": page for name, page in manual_files().items()}
    files[f"{_MANUAL}/{PDF_NAME}"] = manual_pdf()
    return files | _compiled(files)


def _zipped(files: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w") as target:
        for name in sorted(files):
            target.writestr(entry(f"{TITLE}/{name}"), files[name])
    return file.getvalue()


# -- compiled ahead: a stick that is read-only, or another user's, keeps nothing --------------------------


# Python 3.11 reads what any 3.11 compiled, and nothing else.
_VERSION = (3, 11)


def _compiled(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The compiled modules of these sources, by their paths beside them. What does not compile (a sample for another
    Python) stays a source. Raises CannotBundle under another Python than the package's.
    """
    if sys.version_info[:2] != _VERSION:
        raise CannotBundle("The package holds Python 3.11, so Python 3.11 builds it.")
    with TemporaryDirectory() as folder:
        for name, data in files.items():
            if name.endswith(".py"):
                path = Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
        _compile(folder)
        found = sorted(Path(folder).rglob("*.pyc"))
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def _compile(folder: str) -> None:
    """In a process of its own that begins the same way each time: what is marshalled depends on it. The code is not
    compared with its source again when it runs, so times of files say nothing.
    """
    command = (sys.executable, "-S", "-P", "-m", "compileall", "-qq", "--invalidation-mode", "unchecked-hash")
    place = ("-s", folder)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    subprocess.run([*command, *place, folder], env=environment | {"PYTHONHASHSEED": "0"}, check=False)
