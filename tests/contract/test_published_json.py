"""Every command's JSON is the one that is published: names, types, and what may be null."""

import json
from pathlib import Path

import pytest

from schoollib_xl.actions import demonstration
from schoollib_xl.cli.program import COMMANDS, main
from schoollib_xl.contracts.published import ANSWERS, SCHEMAS_FILE, schemas_text
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.supporting.people import ClassRow
from schoollib_xl.samples.faults import RAW_FAULTS, with_faults
from schoollib_xl.sheets.building.workbook import write_workbook
from small_sample import small_sample

# It answers by a page.
WITHOUT_JSON = {"serve"}
WORDS = {
    "demo": ("demo", "--into", "演示", "--size", "large"),
    "new": ("new", "新.xlsx"),
    "check": ("check", "有错.xlsx"),
    "explain": ("explain",),
    "explain CODE": ("explain", "SUM301"),
    "quota": ("quota", "有错.xlsx"),
    "quota --reader": ("quota", "小.xlsx", "--reader", "S0001"),
    "plan": ("plan", "小.xlsx"),
    "plan --lint": ("plan", "小.xlsx", "--lint", "计划.docx"),
    "summary": ("summary", "小.xlsx"),
    "notices": ("notices", "有错.xlsx"),
    "adopt": ("adopt", "名单.csv", "--into", "接收.xlsx"),
    "roster": ("roster", "小.xlsx", "名单.csv"),
    "stocktake": ("stocktake", "小.xlsx", "扫描.txt"),
    "inspect": ("inspect", "小.xlsx"),
    "inspect --answers": ("inspect", "架上.xlsx", "--answers", "抽查表.xlsx"),
    "progress": ("progress", "小.xlsx"),
    "labels": ("labels", "小.xlsx", "--what", "读者证"),
    "lists": ("lists", "小.xlsx"),
    "handover": ("handover", "小.xlsx"),
    "print": ("print", "小.xlsx"),
    "new-year": ("new-year", "小.xlsx"),
    "new-year --roster": ("new-year", "小.xlsx", "--roster", "名单.csv"),
    "merge": ("merge", "小.xlsx", "小.xlsx", "--into", "合.xlsx"),
    "county": ("county", "县"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("册")
    small = LedgerSet.of(*(example(sheet.row_type) for sheet in ALL_SHEETS))
    write_workbook(small, made / "小.xlsx")
    write_workbook(with_faults(small_sample()), made / "有错.xlsx", RAW_FAULTS)
    main(["plan", str(made / "小.xlsx"), "--into", str(made)])
    next(made.glob("*计划*.docx")).rename(made / "计划.docx")
    write_workbook(LedgerSet.of(example(AccessionRow)), made / "架上.xlsx")
    main(["inspect", str(made / "架上.xlsx"), "--into", str(made)])
    (made / "县").mkdir()
    write_workbook(small, made / "县" / "一.xlsx")
    (made / "县" / "二.xlsx").write_text("不是工作簿", encoding="utf-8")
    (made / "名单.csv").write_text("班级,姓名\n三（1）班,王小明\n三（1）班,李红\n", encoding="utf-8")
    (made / "扫描.txt").write_text("000001\n999999\n000001\n", encoding="utf-8")
    return made


def test_every_command_with_json_publishes_it() -> None:
    assert {command.split()[0] for command in ANSWERS} == set(COMMANDS) - WITHOUT_JSON
    assert WORDS.keys() == ANSWERS.keys()


@pytest.mark.parametrize("command", WORDS)
def test_the_answer_is_as_published(
    command: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setattr(demonstration, "clean_school", lambda size: LedgerSet.of(example(ClassRow)))
    assert main([*WORDS[command], "--format", "json"]) in (0, 1)
    said = capsys.readouterr().out
    ANSWERS[command].model_validate_json(said)
    assert json.loads(said)


def test_a_demonstration_in_json_is_told_where_to_lie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["demo", "--format", "json"]) == 2
    assert list(tmp_path.iterdir()) == []


def test_the_schemas_that_are_shipped_are_those_of_the_answers() -> None:
    assert SCHEMAS_FILE.read_text("utf-8") == schemas_text()
