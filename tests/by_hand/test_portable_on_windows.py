"""A package that was built (dist/) as a new user would meet it: under wine, in a folder of a Chinese name with blanks.

Build it with ``python -m schoollib_xl.bundle``; the build downloads, so no test does it.
"""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.request import Request, urlopen
from zipfile import ZipFile

import pytest

PACKAGES = sorted((Path(__file__).parents[2] / "dist").glob("图书室七本账-*-win64.zip"))
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
USER = "王老师"

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
def prefix(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bare Windows of a user of a Chinese name."""
    folder = tmp_path_factory.mktemp("prefix")
    subprocess.run(
        ["wine", "cmd", "/c", "ver"], env=os.environ | settings(folder), capture_output=True, timeout=SECONDS
    )
    return folder


def settings(prefix: Path) -> dict[str, str]:
    """What wine is told; no X server, no browser, no .NET."""
    return {
        "WINEPREFIX": str(prefix),
        "WINEDEBUG": "-all",
        "WINEDLLOVERRIDES": "mscoree,mshtml=",
        "LC_ALL": "C.UTF-8",
        "WINEUSERNAME": USER,
        "USER": USER,
    }


@pytest.fixture(scope="module")
def run(stick: Path, prefix: Path) -> Run:

    def started(*words: str) -> tuple[int, str]:
        done = subprocess.run(
            ["wine", *words],
            cwd=stick,
            env=os.environ | settings(prefix),
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
    # How long the path is decides where a line of it ends.
    assert "图书室（新）" in "".join(said.split())


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


def test_the_buttons_of_wps_are_put_in_and_taken_out_and_others_stay(run: Run, prefix: Path) -> None:
    addins = prefix / "drive_c" / "users" / USER / "AppData" / "Roaming" / "kingsoft" / "wps" / "jsaddons"
    addins.mkdir(parents=True)
    others = '<jsplugins>\r\n  <jsplugin name="别人的" type="wps" url="a.7z" version="1"/>\r\n</jsplugins>\r\n'.encode()
    (addins / "publish.xml").write_bytes(others)
    assert "装好了" in run("cmd", "/c", "安装WPS按钮.cmd")[1]
    (folder,) = addins.glob("schoollib_*")
    assert {path.name for path in folder.iterdir()} >= {"index.html", "main.js", "ribbon.xml", "manifest.xml"}
    assert "schoollib_" in (addins / "publish.xml").read_text("utf-8")
    assert "移除了" in run("cmd", "/c", "移除WPS按钮.cmd")[1]
    assert (addins / "publish.xml").read_bytes() == others
    assert not folder.exists()


def test_it_runs_from_another_drive_letter_and_from_deep_down(run: Run, stick: Path, prefix: Path) -> None:
    drive = prefix / "dosdevices" / "x:"
    drive.symlink_to(stick)
    assert "X:\\" in run("cmd", "/c", "X:\\自检.cmd")[1]
    drive.unlink()
    deep = stick / "二〇二六年" / "城关镇中心小学图书室的账册和文书" / "第二学期（春）"
    deep.mkdir(parents=True)
    book = deep.relative_to(stick) / "三个年级合用的 七本账.xlsx"
    code, said = run("cmd", "/c", "schoollib.cmd", "new", str(book).replace("/", "\\"))
    assert (code, book.name in said) == (0, True), said


def test_the_page_is_served_a_second_start_finds_it_and_it_ends(run: Run, stick: Path, prefix: Path) -> None:
    words = ["wine", "cmd", "/c", "开始.cmd", "--no-browser"]
    with subprocess.Popen(
        words, cwd=stick, env=os.environ | settings(prefix), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, encoding="utf-8",
    ) as program:  # fmt: skip
        assert program.stdout
        line = next(line for line in program.stdout if "http://" in line)
        address = line[line.index("http://") :].strip()
        with urlopen(address, timeout=SECONDS) as page:
            assert "七本账" in page.read().decode()
        assert address.split("w/")[0] in run("cmd", "/c", "开始.cmd", "--no-browser")[1]
        root = address.split("w/")[0]
        asked = Request(f"{root}stop", b"{}", {"Content-Type": "application/json"})
        with urlopen(asked, timeout=SECONDS) as stopped:
            assert stopped.status == 200
        assert program.wait(SECONDS) == 0


def test_a_folder_that_takes_nothing_is_said_and_the_results_go_elsewhere(run: Run, stick: Path) -> None:
    shut = stick / "只读"
    shut.mkdir()
    shutil.copy(next((stick / "空白工作簿").glob("*.xlsx")), shut / "账.xlsx")
    # A file where the folder of the results should be: nobody may write there, whoever runs this.
    (shut / "结果").write_text("")
    code, said = run("cmd", "/c", "schoollib.cmd", "check", "只读\\账.xlsx", "--into", "只读\\结果")
    assert (code, "不是文件夹" in said) == (2, True), said
    assert run("cmd", "/c", "schoollib.cmd", "check", "只读\\账.xlsx", "--into", "别处")[0] in (0, 1)
    assert (stick / "别处" / "核对结果.xlsx").is_file()


def test_deleting_the_folder_takes_everything_along(run: Run, stick: Path, prefix: Path) -> None:
    """Last: nothing of ours is anywhere else in this Windows; its own files do not count."""
    users = prefix / "drive_c" / "users"
    left = [path for path in users.rglob("*") if path.is_file() and "schoollib" in str(path).lower()]
    assert not left
    assert (stick / ".schoollib").is_dir()
