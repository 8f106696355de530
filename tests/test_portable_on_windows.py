"""A package that was built (dist/) as a new user would meet it: under wine, in a folder of a Chinese name with blanks.

Build it with ``python -m schoollib_xl.bundle``; the build downloads, so no test does it.
"""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

PACKAGES = sorted((Path(__file__).parent.parent / "dist").glob("图书室七本账-*-win64.zip"))
COMPILER = "x86_64-w64-mingw32-gcc"
# Wine 8 lacks the library that compiled Rust asks for random numbers (ProcessPrng, in Windows since 10).
RANDOM = """
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE to, SIZE_T size) { return SystemFunction036(to, (ULONG)size); }
BOOL WINAPI DllMain(HINSTANCE handle, DWORD reason, LPVOID reserved) { return TRUE; }
"""
# Wine takes a minute for its first start of a prefix on a busy machine.
SECONDS = 300

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("wine"), reason="wine is not installed"),
    pytest.mark.skipif(not shutil.which(COMPILER), reason="mingw-w64 is not installed"),
    pytest.mark.skipif(not PACKAGES, reason="no package has been built into dist/"),
]

Run = Callable[..., tuple[int, str]]


@pytest.fixture(scope="module")
def stick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stick") / "图 书 室（新）"
    with ZipFile(PACKAGES[-1]) as archive:
        archive.extractall(folder)
    root = folder / "图书室七本账"
    source = folder.parent / "random.c"
    source.write_text(RANDOM)
    library = root / "runtime" / "bcryptprimitives.dll"
    subprocess.run([COMPILER, "-shared", "-o", library, source, "-ladvapi32"], check=True)
    return root


@pytest.fixture(scope="module")
def run(stick: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    settings = {
        "WINEPREFIX": str(tmp_path_factory.mktemp("prefix")),
        "WINEDEBUG": "-all",
        "WINEDLLOVERRIDES": "mscoree,mshtml=",
        "LC_ALL": "C.UTF-8",
    }

    def started(*words: str) -> tuple[int, str]:
        done = subprocess.run(
            ["wine", *words],
            cwd=stick,
            env=os.environ | settings,
            input="\n",
            timeout=SECONDS,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        return done.returncode, done.stdout

    return started


def test_the_self_check_finds_the_package_whole_and_reads_a_workbook(run: Run) -> None:
    _, said = run("cmd", "/c", "自检.cmd")
    assert "都在，和清单一样" in said
    assert "读了空白工作簿" in said
    assert "图 书 室（新）" in said


def test_a_workbook_is_made_and_checked_and_nothing_else_is_written(run: Run, stick: Path) -> None:
    before = {path for path in stick.rglob("*") if path.is_file()}
    run("runtime/python.exe", "-X", "utf8", "-P", "-m", "schoollib_xl", "new", "本校的账.xlsx")
    code, said = run("runtime/python.exe", "-X", "utf8", "-P", "-m", "schoollib_xl", "check", "本校的账.xlsx")
    assert code in (0, 1), said
    assert "七本账" in said
    written = {path.name for path in stick.rglob("*") if path.is_file()} - {path.name for path in before}
    assert written == {"本校的账.xlsx", "核对结果.xlsx"}


def test_a_planted_module_beside_the_workbook_is_not_run(run: Run, stick: Path) -> None:
    (stick / "argparse.py").write_text("raise SystemExit('planted')")
    _, said = run("runtime/python.exe", "-X", "utf8", "-P", "-m", "schoollib_xl", "--help")
    assert "planted" not in said
    assert "schoollib" in said
