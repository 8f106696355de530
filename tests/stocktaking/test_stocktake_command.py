"""`stocktake` from the command line: its JSON, its workbook, its refusals."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from make import row
from schoollib_xl.cli.program import main
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.sheets.building.workbook import write_workbook
from schoollib_xl.sheets.reading.loading import load


@pytest.fixture
def books(tmp_path: Path) -> Path:
    copies = [row(AccessionRow, line=number + 1, accession_no=f"{number:06}") for number in range(1, 11)]
    room = row(AccessionRow, line=12, accession_no="000011", location="阅览室", barcode="QH11")
    write_workbook(LedgerSet.of(*copies, room), tmp_path / "账.xlsx")
    return tmp_path / "账.xlsx"


def scans(folder: Path, *texts: str, name: str = "扫描.txt") -> str:
    (folder / name).write_text("\n".join(texts), encoding="utf-8")
    return str(folder / name)


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["stocktake", *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_json_is_the_contracts_and_writes_nothing(books: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = scans(books.parent, *(f"{number:06}" for number in range(1, 10)), "QH11", "77")
    code, out, err = asked(capsys, str(books), file, "--format", "json")
    found: dict[str, Any] = json.loads(out)
    assert (code, err) == (1, "")
    assert list(found) == ["scans", "recognised", "unknown", "doubled", "places", "found_rate"]
    assert (found["scans"], found["recognised"], found["unknown"]) == (11, 10, ["77"])
    assert [(place["place"], place["missing"]) for place in found["places"]] == [("书库", ["000010"]), ("阅览室", [])]
    assert found["found_rate"] == "0.9091"
    assert not (books.parent / "清点结果.xlsx").exists()


def test_a_day_that_has_not_come_is_refused(books: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = asked(capsys, str(books), scans(books.parent, "000001"), "--date", "2090-01-20")
    assert (code, out, err) == (2, "", "扫描的日期 2090-01-20 还没有到，写实际扫的那一天。\n")


def test_rows_are_ready_for_the_register_and_complete_it(books: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = scans(books.parent, "000001", "QH11")
    assert asked(capsys, str(books), file, "--date", "2026-01-20")[0] == 0
    sheet = load_workbook(books.parent / "清点结果.xlsx")["贴进盘点记录"]
    rows = [[cell.value for cell in line][:3] for line in sheet.iter_rows()]
    header = next(at for at, line in enumerate(rows) if line[0] == "盘点日期")
    assert [(line[0].date().isoformat(), *line[1:]) for line in rows[header + 1 :]] == [
        ("2026-01-20", "000001", "书库"),
        ("2026-01-20", "000011", "阅览室"),
    ]


def test_a_file_named_after_a_place_was_scanned_there(books: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = scans(books.parent, "000001", name="阅览室.txt")
    _, out, _ = asked(capsys, str(books), file, "--format", "json")
    assert [(place["place"], place["misplaced"]) for place in json.loads(out)["places"]] == [("阅览室", ["000001"])]


@pytest.mark.parametrize(("place", "sentence"), [("阅览大室", "是不是“阅览室”"), ("操场", "有的是 书库、阅览室")])
def test_a_place_that_is_none_is_refused_with_the_nearest(
    books: Path, capsys: pytest.CaptureFixture[str], place: str, sentence: str
) -> None:
    code, out, err = asked(capsys, str(books), scans(books.parent, "000001"), "--place", place)
    assert (code, out) == (2, "")
    assert sentence in err


def test_another_schools_numbers_are_said_to_be_that(books: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = asked(capsys, str(books), scans(books.parent, "900001", "900002", "000001"))
    assert code == 1
    assert "看看是不是别校的文件" in out


def test_a_scan_file_that_is_missing_is_one_sentence(books: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = asked(capsys, str(books), str(books.parent / "没有.txt"))
    assert (code, out, err.count("\n")) == (2, "", 1)


def test_the_same_scans_give_the_same_bytes(books: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = scans(books.parent, "000001", "000002")
    for folder in ("一", "二"):
        asked(capsys, str(books), file, "--into", str(books.parent / folder))
    one, two = (books.parent / folder / "清点结果.xlsx" for folder in ("一", "二"))
    assert one.read_bytes() == two.read_bytes()
    assert len(load(books, None).library[StocktakeRow]) == 0


def test_an_answer_of_this_program_is_no_file_of_scans_whatever_it_is_called(
    books: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = scans(books.parent, *(f"{number:06}" for number in range(1, 10)))
    asked(capsys, str(books), file, "--into", str(books.parent))
    written = books.parent / "清点结果.xlsx"
    renamed = written.rename(books.parent / "扫的.xlsx")
    saved = books.parent / "又存.xlsx"
    load_workbook(renamed).save(saved)
    for path in (renamed, saved):
        code, _, err = asked(capsys, str(books), str(path))
        assert (code, err.strip()) == (
            2,
            f"《{path.name}》是本程序写的结果，不是扫描文件，换成扫描枪或手机导出的文件再试。",
        )


def test_the_rows_of_an_answer_in_a_workbook_of_their_own_are_scans(
    books: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = scans(books.parent, *(f"{number:06}" for number in range(1, 10)))
    asked(capsys, str(books), file, "--into", str(books.parent))
    book = load_workbook(books.parent / "清点结果.xlsx")
    for sheet in [name for name in book.sheetnames if name != "贴进盘点记录"]:
        del book[sheet]
    book.save(books.parent / "扫的.xlsx")
    code, out, _ = asked(capsys, str(books), str(books.parent / "扫的.xlsx"), "--format", "json")
    assert (code, json.loads(out)["recognised"]) == (1, 9)
