"""What this project itself puts into the package, read from its checkout."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import schoollib_xl
from schoollib_xl.bundle.interpreter import LIBRARIES
from schoollib_xl.bundle.pins import CannotBundle

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


class Project(NamedTuple):
    """What pyproject.toml says of the program."""

    version: str
    requirements: tuple[str, ...]


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
    # cmd.exe reads a batch file in the system's code page and wants its own line ends.
    text = (_SCRIPTS / source).read_text(encoding="ascii")
    return text.replace("\n", "\r\n").encode("ascii")


def _below(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        is_ours = not any(part in _NOT_PACKED or part.startswith(".") for part in parts)
        if is_ours and path.is_file():
            yield "/".join(parts), path


def _checkout() -> Path:
    return Path(schoollib_xl.__file__).parents[1]
