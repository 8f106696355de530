"""A compiled module of the program that is cut off is mended, not met with a traceback at every start."""

import importlib
import py_compile
import sys
from pathlib import Path

import pytest

from raw_workbooks import with_grids
from schoollib_xl.actions import checking
from schoollib_xl.damage import is_damage, mend
from schoollib_xl.sheets.reading.loading import load


def compiled(folder: Path, name: str) -> Path:
    source = folder / f"{name}.py"
    source.write_text("NUMBERS = list(range(10))\n", "utf-8")
    return Path(py_compile.compile(str(source), doraise=True))


def failing(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> Exception:
    monkeypatch.syspath_prepend(folder)
    importlib.invalidate_caches()
    with pytest.raises((EOFError, ValueError, TypeError)) as caught:
        importlib.import_module(name)
    return caught.value


@pytest.mark.parametrize("kept", [17, 40])
def test_a_module_that_is_cut_off_goes_and_the_whole_ones_stay(
    tmp_path: Path, kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, cut = compiled(tmp_path, "damage_whole"), compiled(tmp_path, "damage_cut")
    cut.write_bytes(cut.read_bytes()[:kept])
    assert is_damage(failing(tmp_path, "damage_cut", monkeypatch))
    assert mend(tmp_path) == "程序的文件没有存完整，已经清掉，再运行一次就好。"
    assert (whole.exists(), cut.exists()) == (True, False)
    assert importlib.import_module("damage_cut").NUMBERS[-1] == 9
    del sys.modules["damage_cut"]


def test_a_module_without_its_source_is_named(tmp_path: Path) -> None:
    cut = compiled(tmp_path, "damage_alone")
    cut.write_bytes(cut.read_bytes()[:20])
    (tmp_path / "damage_alone.py").unlink()
    assert mend(tmp_path).startswith(f"程序的文件“{cut.name}”不完整")
    assert cut.exists()


def test_other_errors_are_none_of_it() -> None:
    with pytest.raises(ValueError, match="x") as caught:
        int("x")
    assert not is_damage(caught.value)


@pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_module_cut_off_that_a_thread_imports_ends_the_check_with_its_own_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut = compiled(tmp_path, "damage_beside")
    cut.write_bytes(cut.read_bytes()[:40])
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(checking, "_JUDGING", ("damage_beside",))
    workbook = with_grids(tmp_path / "名册.xlsx", {"个别登记账": [["个别登记号"]]})
    with pytest.raises((EOFError, ValueError, TypeError)) as caught:
        checking.judge_when_read(lambda: load(workbook, None))
    assert is_damage(caught.value)
