"""Libraries: what of their wheels goes into the package."""

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from email.parser import BytesHeaderParser
from fnmatch import fnmatchcase
from zipfile import ZipFile

from packaging.requirements import Requirement

from schoollib_xl.bundle.interpreter import LIBRARIES
from schoollib_xl.bundle.pins import CannotBundle, Pin, is_python, normalised

# Virus scanners flag Excel add-ins and ActiveX hosts; a paid licence covers xlwings/pro; the rest is help, demos,
# an editor and servers that nothing here imports. `*` spans folders.
LEFT_OUT = (
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


def library_files(wheel: bytes) -> dict[str, bytes]:
    """The files of a wheel that are needed, by their paths in the package."""
    with ZipFile(io.BytesIO(wheel)) as archive:
        placed = ((_place(name), name) for name in archive.namelist() if not name.endswith("/"))
        return {f"{LIBRARIES}/{place}": archive.read(name) for place, name in placed if is_needed(place)}


def is_needed(place: str) -> bool:
    """Whether a file of a library, by its path among the libraries, goes into the package."""
    return bool(place) and not any(fnmatchcase(place, pattern) for pattern in LEFT_OUT)


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
