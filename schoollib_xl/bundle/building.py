"""The package put together: a zip with one folder, a listing of every file in it, the same bytes each time."""

import io
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from email.parser import BytesHeaderParser
from fnmatch import fnmatchcase
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from zipfile import ZipFile

from packaging.requirements import Requirement

import schoollib_xl
from schoollib_xl.bundle.interpreter import LIBRARIES, interpreter_files
from schoollib_xl.bundle.manual_pdf import PDF_NAME, manual_pdf
from schoollib_xl.bundle.pins import CannotBundle, Pin, is_python, normalised, pinned_files
from schoollib_xl.packages import entry
from schoollib_xl.pages.manual.reading import manual_files
from schoollib_xl.portable.listing import LISTING, listing

# Virus scanners flag Excel add-ins and ActiveX hosts; a paid licence covers xlwings/pro; the rest is help, demos,
# an editor and servers that nothing here imports. `*` spans folders.
_LEFT_OUT = (
    *("*.xlam", "*.xla", "*.xlsm", "*.chm", "*.bas", "*.cls", "*.applescript"),
    *("xlwings/pro/*", "xlwings/addin/*", "xlwings/html/*", "xlwings/js/*", "*/LICENSE_PRO.txt"),
    *("pythonwin/*", "isapi/*", "adodbapi/*", "win32/Demos/*", "win32/scripts/*", "win32/test/*", "win32com/demos/*"),
    *("win32com/test/*", "win32com/servers/*", "win32comext/*"),
    *("*/tests/*", "*.dist-info/RECORD", "*.dist-info/WHEEL", "*.dist-info/entry_points.txt"),
    *("lxml/includes/*", "lxml/isoschematron/*", "*.pxd", "*.pyx", "*.h", "PIL/_avif*", "reportlab/fonts/*.pfb"),
)
# Where a wheel keeps files for other places than the library; only its modules belong here.
_DATA = re.compile(r"[^/]+\.data/(?P<scheme>\w+)/(?P<rest>.+)")
# What the markers of requirements are judged by: the PC the package is for, not the one it is built on.
_TARGET = {
    "os_name": "nt",
    "sys_platform": "win32",
    "platform_system": "Windows",
    "platform_machine": "AMD64",
    "python_version": "3.11",
    "python_full_version": "3.11.9",
    "implementation_name": "cpython",
    "extra": "",
    "platform_python_implementation": "CPython",
}

_PROGRAM = f"{LIBRARIES}/schoollib_xl"
# Folders of the checkout and where they go; workbooks and templates lie in folders of their own, so that unpacking a
# newer package over an older one never meets a file of hers.
_FOLDERS = {
    "schoollib_xl": _PROGRAM,
    "templates": f"{_PROGRAM}/templates",
    "macros": f"{_PROGRAM}/macros",
}
_COPIES = {"workbook/*.xls[xm]": "空白工作簿", "templates/*.docx": "文书模板", "LICENSE": ""}
_SCRIPTS = Path(__file__).with_name("scripts")
_SCRIPT_NAMES = {
    "start.cmd": "开始.cmd",
    "adopt.cmd": "接收旧账.cmd",
    "self_check.cmd": "自检.cmd",
    "install_wps.cmd": "安装WPS按钮.cmd",
    "remove_wps.cmd": "移除WPS按钮.cmd",
    "window.cmd": "命令窗口.cmd",
    "schoollib.cmd": "schoollib.cmd",
}
_NOT_PACKED = ("__pycache__", "bundle")
TITLE = "图书室七本账"
_MANUAL = "手册"
# What a school's mail and a slow line take; contract 17.
MOST_BYTES = 60_000_000
# Python 3.11 reads what any 3.11 compiled, and nothing else.
_VERSION = (3, 11)


class Project(NamedTuple):
    """What pyproject.toml says of the program."""

    version: str
    requirements: tuple[str, ...]


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
        files |= interpreter_files(pinned[pin.name]) if is_python(pin) else _library_files(pinned[pin.name])
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


def project() -> Project:
    """Raises CannotBundle where this is an installed program and not a checkout."""
    try:
        said = tomllib.loads((_checkout() / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    except OSError as error:
        raise CannotBundle("The package is built from a checkout of the project.") from error
    return Project(said["version"], tuple(said["dependencies"]))


def project_files() -> dict[str, bytes]:
    """The program, its workbooks, templates and scripts by their paths in the package."""
    found: dict[str, bytes] = {}
    for folder, place in _FOLDERS.items():
        found |= {f"{place}/{name}": path.read_bytes() for name, path in _below(_checkout() / folder)}
    for pattern, place in _COPIES.items():
        found |= {f"{place}/{path.name}".lstrip("/"): path.read_bytes() for path in _checkout().glob(pattern)}
    return found | {name: _script(source) for source, name in _SCRIPT_NAMES.items()}


def _script(source: str) -> bytes:
    # cmd.exe wants its own line ends.
    text = (_SCRIPTS / source).read_text(encoding="utf-8")
    return text.replace("\n", "\r\n").encode()


def _below(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        is_ours = not any(part in _NOT_PACKED or part.startswith(".") for part in parts)
        if is_ours and path.is_file():
            yield "/".join(parts), path


def _checkout() -> Path:
    return Path(schoollib_xl.__file__).parents[1]


def _library_files(wheel: bytes) -> dict[str, bytes]:
    """The files of a wheel that are needed, by their paths in the package."""
    with ZipFile(io.BytesIO(wheel)) as archive:
        placed = ((_place(name), name) for name in archive.namelist() if not name.endswith("/"))
        return {f"{LIBRARIES}/{place}": archive.read(name) for place, name in placed if is_needed(place)}


def is_needed(place: str) -> bool:
    """Whether a file of a library, by its path among the libraries, goes into the package."""
    return bool(place) and not any(fnmatchcase(place, pattern) for pattern in _LEFT_OUT)


def _place(name: str) -> str:
    """Where a file of a wheel belongs among the libraries; '' where it belongs elsewhere."""
    data = _DATA.fullmatch(name)
    if not data:
        return name
    return data["rest"] if data["scheme"] in ("purelib", "platlib") else ""


def check_complete(pins: Iterable[Pin], wheels: Mapping[str, bytes], own: Iterable[str]) -> None:
    """Raise CannotBundle where the program (its requirements are `own`) or a library needs one that is not pinned, or
    another version of it.
    """
    versions = {normalised(pin.name): pin.version for pin in pins if not is_python(pin)}
    needs = [("schoollib-xl", need) for need in own]
    needs += [(name, need) for name, wheel in sorted(wheels.items()) for need in _requirements(wheel)]
    for who, need in needs:
        asked = Requirement(need)
        is_wanted = asked.marker is None or asked.marker.evaluate(_TARGET)
        version = versions.get(normalised(asked.name), "")
        if is_wanted and not (version and asked.specifier.contains(version, prereleases=True)):
            raise CannotBundle(f"{who} needs {need}, and {version or 'no version'} is pinned.")


def _requirements(wheel: bytes) -> Iterator[str]:
    with ZipFile(io.BytesIO(wheel)) as archive:
        for name in archive.namelist():
            if fnmatchcase(name, "*.dist-info/METADATA") and name.count("/") == 1:
                yield from BytesHeaderParser().parsebytes(archive.read(name)).get_all("Requires-Dist", [])
