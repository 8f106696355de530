"""A file that an office program has open: what is not saved is not read, and that is said."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from running import schoollib
from schoollib_xl.names import owner_beside
from schoollib_xl.sheets.building.workbook import write_workbook
from small_sample import tiny_sample

OPEN = "“七本账.xlsx”好像开着"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("school")
    write_workbook(tiny_sample(), made / "七本账.xlsx")
    (made / "扫.txt").write_text("000001\n", "utf-8")
    (made / "名单.csv").write_text("班级,姓名,学号\n一（1）班,林小满,1\n", "utf-8")
    return made


@pytest.fixture(params=["~$七本账.xlsx", ".~lock.七本账.xlsx#", ".~七本账.xlsx"])
def owner(folder: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    path: Path = folder / request.param
    path.write_bytes(b"")
    yield path
    path.unlink()


def test_rows_not_saved_yet_are_said_not_to_be_counted(folder: Path, owner: Path) -> None:
    done = schoollib("check", folder / "七本账.xlsx")
    assert f"{OPEN}（旁边有“{owner.name}”），没有保存的改动这里没有算；" in done.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("quota",),
        ("labels", "--what", "书标", "--numbers", "000001"),
        ("stocktake", "扫.txt"),
        ("new-year", "--roster", "名单.csv"),
        ("handover",),
    ],
    ids=lambda words: str(words[0]),
)
def test_every_command_that_reads_the_file_says_it_and_json_stays_json(words: tuple[str, ...], folder: Path) -> None:
    (folder / "~$七本账.xlsx").write_bytes(b"")
    try:
        name, *more = words
        done = schoollib(name, folder / "七本账.xlsx", *more, "--format", "json", cwd=folder)
    finally:
        (folder / "~$七本账.xlsx").unlink()
    assert json.loads(done.stdout)
    assert OPEN in done.stderr


def test_a_list_of_names_that_is_open_is_named_and_a_refusal_stays_one_sentence(folder: Path) -> None:
    owners = [folder / "~$名单.csv", folder / "~$没有.xlsx"]
    for path in owners:
        path.write_bytes(b"")
    said = schoollib("roster", folder / "七本账.xlsx", folder / "名单.csv", "--into", folder / "新").stdout
    missing = schoollib("check", folder / "没有.xlsx")
    for path in owners:
        path.unlink()
    assert "“名单.csv”好像开着" in said
    assert OPEN not in said
    assert (missing.returncode, missing.stderr.count("\n")) == (2, 1)


def test_word_alone_leaves_out_the_first_two_letters(folder: Path) -> None:
    """Beside 七本账.xlsx lies 账.xlsx, and that one is open."""
    owners = [folder / "~$账.xlsx", folder / "~$计划.docx"]
    for path in owners:
        path.write_bytes(b"")
    found = [owner_beside(folder / name) for name in ("七本账.xlsx", "工作计划.docx", "账.xlsx")]
    assert found == ["", "~$计划.docx", "~$账.xlsx"]
    assert "好像开着" not in schoollib("check", folder / "七本账.xlsx").stdout
    for path in owners:
        path.unlink()
