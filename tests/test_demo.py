"""`demo` replaces only its own untouched files, can be killed and run again, and follows no path from a file."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from schoollib_xl.actions.demonstration import CLEAN_NAME, FAULTY_NAME, WORKBOOKS, demonstrate
from schoollib_xl.samples.year import Size
from schoollib_xl.saving import CannotWrite


def shown_in_the_readme() -> list[str]:
    """The lines of an answer that the README shows of the faulty copy."""
    readme = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
    return [line for line in readme.split("```")[1].strip().splitlines() if line != "…"]


def answer(workbook: Path) -> list[str]:
    command = [
        sys.executable,
        "-m",
        "schoollib_xl",
        "check",
        str(workbook),
        "--into",
        str(workbook.parent.with_name("核对")),
    ]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    return done.stdout.splitlines()


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_second_demonstration_after_a_killed_one_gives_the_same_files_and_hers_stay(tmp_path: Path) -> None:
    (tmp_path / "核对结果.xlsx").write_bytes(b"hers")
    said = list(demonstrate(tmp_path, Size.SCHOOL))
    assert any(line.startswith("　提醒：任务指标“读书感想交流会次数”2次") for line in said)
    first = contents(tmp_path)
    command = [sys.executable, "-m", "schoollib_xl", "demo", "--into", str(tmp_path)]
    with pytest.raises(subprocess.TimeoutExpired):
        subprocess.run(command, timeout=2, capture_output=True, check=False)
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    assert contents(tmp_path) == first
    assert first["核对结果.xlsx"] == b"hers"
    assert "核对结果(2).xlsx" in first
    assert set(WORKBOOKS) <= set(first)
    assert not [line for line in shown_in_the_readme() if line not in answer(tmp_path / FAULTY_NAME)]
    with ZipFile(tmp_path / CLEAN_NAME, "a") as package:
        package.writestr("docProps/hers.xml", "<hers/>")
    edited = (tmp_path / CLEAN_NAME).read_bytes()
    with pytest.raises(CannotWrite, match="后来改过"):
        next(demonstrate(tmp_path, Size.SCHOOL))
    assert contents(tmp_path) == first | {CLEAN_NAME: edited}


@pytest.mark.parametrize("manifest", ['["../信.docx", "/etc/x"]', "{", "[1]"])
def test_no_file_tells_the_demonstration_what_to_take_away(manifest: str, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    folder.mkdir()
    (tmp_path / "信.docx").write_bytes(b"hers")
    (folder / "演示文件.json").write_text(manifest)
    next(demonstrate(folder, Size.SCHOOL))
    assert (tmp_path / "信.docx").read_bytes() == b"hers"
    assert (folder / "演示文件.json").read_text() == manifest
