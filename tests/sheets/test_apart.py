"""A workbook that is read in a process of its own: what it may take is counted as its work, not by the clock."""

import sys
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

from raw_workbooks import write
from schoollib_xl.sheets.opening import apart
from schoollib_xl.sheets.opening.apart import output_of, read_apart
from schoollib_xl.sheets.opening.refusing import Unusable

_SEVEN = '<row r="1"><c r="A1"><v>7</v></c></row>'


@pytest.fixture
def busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer that is so busy with others that a new process has to wait for a while."""
    (tmp_path / "late").mkdir()
    (tmp_path / "late" / "sitecustomize.py").write_text("import time\ntime.sleep(3)\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "late"))


@pytest.mark.usefixtures("busy")
@pytest.mark.parametrize("reader", ["calamine", "openpyxl"])
def test_a_busy_computer_refuses_no_workbook_that_it_reads_when_idle(tmp_path: Path, reader: str) -> None:
    read = read_apart(write(tmp_path / "账.xlsx", _SEVEN), reader, seconds=2)
    assert [*read.grids.values()] == [[[7]]]
    assert 0 < read.seconds < 2


def test_a_workbook_that_takes_too_much_work_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="读不完"):
        read_apart(write(tmp_path / "账.xlsx", _SEVEN), "openpyxl", seconds=0.01)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux caps the memory and tells what a process works")
@pytest.mark.parametrize(("does", "is_given_up"), [("time.sleep(60)", True), ("sum(range(10**7))", False)])
def test_a_child_that_waits_for_itself_is_given_up_and_one_that_works_is_not(
    does: str, monkeypatch: pytest.MonkeyPatch, *, is_given_up: bool
) -> None:
    monkeypatch.setattr(apart, "_LOOK", 0.1)
    with Popen([sys.executable, "-c", f"import time\n{does}"], stdout=PIPE) as child:
        assert (output_of(child, 30) is None) is is_given_up
        child.kill()
