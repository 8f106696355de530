"""What lies in a county's folder may be gone, or saved meanwhile: each workbook is read or told of, no run stops."""

import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from county.schools import asked, county_of, school
from schoollib_xl.actions.county import rolling
from schoollib_xl.actions.county.examiner import examined
from schoollib_xl.actions.county.folder import BOOK_NAME, RECORDS_NAME, look_through
from schoollib_xl.actions.county.job import SchoolJob, SchoolOutcome
from schoollib_xl.actions.county.rolling import Cluster, CountyRun, roll_up, write_county
from schoollib_xl.county.rollup import Rolled
from schoollib_xl.names import written_out
from schoollib_xl.sheets.books.answer_book import write_answer_book
from schoollib_xl.sheets.building.workbook import write_workbook
from schoollib_xl.wording.answer import Answer
from schoollib_xl.wording.county.county_answer import county_answer
from schoollib_xl.wording.county.county_json import county_json


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a system that has pipes with names")
def test_folders_are_looked_through_once_and_links_are_named(tmp_path: Path) -> None:
    for name in ("东镇/一.xlsx", "东镇/村/二.XLS", "东镇/~$一.xlsx", ".旧/三.xlsx", "西镇/说明.docx"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    write_county(Rolled(0, (), (), ()), tmp_path)
    result = write_answer_book(Answer("清单", (), ()), tmp_path / "清单.xlsx")
    for name in ("清单(2).xlsx", "西镇/别的.xlsx"):
        (tmp_path / name).write_bytes(result.read_bytes())
    write_workbook(school(1), tmp_path / "西镇" / "七本账.xlsx")
    (tmp_path / "东镇" / "回来").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "东镇" / "断.xlsx").symlink_to(tmp_path / "没有.xlsx")
    (tmp_path / "西镇" / "三所.ZIP").write_bytes(b"x")
    os.mkfifo(tmp_path / "西镇" / "管道.xlsx")
    found = look_through(tmp_path)
    assert [path.relative_to(tmp_path).as_posix() for path in found.workbooks] == [
        "东镇/一.xlsx", "东镇/断.xlsx", "东镇/村/二.XLS", "西镇/七本账.xlsx",
    ]  # fmt: skip
    assert [(one.file, one.why.partition("，")[0]) for one in found.shut] == [
        ("东镇/回来", "是指到别处的链接"), ("西镇/三所.ZIP", "是压缩包"), ("西镇/管道.xlsx", "不是文件"),
    ]  # fmt: skip
    assert ((tmp_path / BOOK_NAME).exists(), found.results) == (True, 3)


def test_a_result_that_was_saved_again_is_no_school_and_a_workbook_of_ours_with_a_ledger_is(tmp_path: Path) -> None:
    """Who widens a column of 县汇总.xlsx and saves it found it among the schools to be visited first."""
    write_county(Rolled(0, (), (), ()), tmp_path)
    write_answer_book(Answer("清单", (), ()), tmp_path / "清单.xlsx")
    write_workbook(school(1), tmp_path / "账.xlsx")
    Workbook().save(tmp_path / "通讯录.xlsx")
    with_ledger = load_workbook(tmp_path / "清单.xlsx")
    with_ledger.create_sheet("个别登记账")
    with_ledger.save(tmp_path / "抄在里面.xlsx")
    for name in ("清单.xlsx", BOOK_NAME, "账.xlsx"):
        book = load_workbook(tmp_path / name)
        book.worksheets[0]["Z1"] = "批注"
        book.save(tmp_path / name)
    found = look_through(tmp_path)
    assert [path.name for path in found.workbooks] == ["抄在里面.xlsx", "账.xlsx", "通讯录.xlsx"]
    assert found.results == 1


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["东镇/一校/账.xlsx", "东镇/二校/"], {"东镇/二校": "这个文件夹里没有工作簿"}),
        (["东镇/一.xlsx", "西镇/说明.docx", "西镇/三校/"], {"西镇": "这个文件夹里没有工作簿"}),
        (["一校/账.xlsx", "一校/图片/一.png", "一校/通知单/三月/"], {}),
        (["一校/账.xlsx", "二校/二校.zip"], {"二校/二校.zip": "是压缩包"}),
        (["一.xlsx", "县汇总_记录/记录格式.json", "__MACOSX/._一.xlsx", "System Volume Information/x"], {}),
        (["东镇/一.xlsx", "县汇总_记录/记录格式.json", "$RECYCLE.BIN/x"], {}),
        (["一.xlsx", "二.xlsx.crdownload", "三.XLS.part", "四.xlsx - 快捷方式.lnk", "五.et.bak"],
         dict.fromkeys(["二.xlsx.crdownload", "三.XLS.part", "四.xlsx - 快捷方式.lnk", "五.et.bak"],
                       "名字不是以 .xlsx 这些结尾的")),
        (["一.xlsx", "五.et", "二.csv", "三.TSV"], dict.fromkeys(["二.csv", "三.TSV"], "不是工作簿")),
        (["一校/账.xlsx", "一校/扫描.csv", "二校/账.dbf"], {"二校/账.dbf": "不是工作簿"}),
        (["一.xlsx", "二．xlsx", "三", "说明", "四.tgz"],
         {**dict.fromkeys(["二．xlsx", "三"], "名字不是以 .xlsx 这些结尾的"), "四.tgz": "是压缩包"}),
        (["一.xlsx", "借还流水_一.jsonl", "说明.docx", "第1.2期.pdf"], {}),
        (["说明.docx", "空/"], {}),
        (["东镇/第1小学.xlsx", "东镇/第2小学/扫描.pdf", "东镇/图片/1.jpg", "东镇/第1小学照片/1.jpg"],
         {"东镇/第2小学": "这个文件夹里没有工作簿"}),
        (["一校/第1小学账.xlsx", "一校/第1小学图片/1.jpg", "二校/账/账.xlsx", "二校/图片/1.jpg"], {}),
        (["县.xlsx", "东镇/第1小学.xlsx", "西镇/第7小学.docx", "照片/1.jpg"], {"西镇": "这个文件夹里没有工作簿"}),
        (["中心小学/账.xlsx", "中心小学/李村教学点/登记.doc", "中心小学/通知/1.doc"],
         {"中心小学/李村教学点": "这个文件夹里没有工作簿"}),
        (["第1小学.xlsx", "2. 第2小学_1.JPG", "第2小学_2.jpg", "第1小学总结.docx", "城关三小.pdf"],
         dict.fromkeys(["第2小学", "城关三小"], "这里只有它的 Word、PDF、图片这些")),
        (["第1小学.xlsx", "关于第1小学和第2小学的通知.doc", "中小学图书馆规程.pdf", "各村小学.doc", "小学.doc",
          "全县学校名单.doc", "2025学校总结.doc", "第2小组/1.jpg", "说明.zip.txt"], {}),
        (["第1小学/第1小学.xlsx", "第1小学/和第2小学交流.docx", "账.xlsx", "第2小学计划.docx"], {}),
    ],
)  # fmt: skip
def test_where_a_school_may_be_missing_is_told_and_nothing_else(
    names: list[str], told: dict[str, str], tmp_path: Path
) -> None:
    """A school that has sent nothing yet, half a download, a link of Windows; no pictures, no folders of systems."""
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        saved = b"x" if name == "说明" else b"PK\x03\x04"
        (tmp_path / name).mkdir() if name.endswith("/") else (tmp_path / name).write_bytes(saved)
    found = look_through(tmp_path).shut
    assert {one.file: one.why.partition("，")[0].partition("；")[0] for one in found} == told


@pytest.mark.parametrize(
    ("name", "written"),
    [("东镇/一.xlsx", "东镇/一.xlsx"), ("东镇/\udcb0\udca1.xlsx", "东镇/啊.xlsx"), ("\udcff.xlsx", "\\udcff.xlsx"),
     ("\ud800.xlsx", "\\ud800.xlsx")],
)  # fmt: skip
def test_a_name_of_another_encoding_is_written_out(name: str, written: str) -> None:
    assert written_out(name) == written


@pytest.mark.skipif(sys.platform != "linux", reason="needs a system that takes any bytes for a name")
def test_names_of_another_encoding_stop_nothing(tmp_path: Path, in_process: list[str]) -> None:
    write_workbook(school(1), tmp_path / "县" / "一.xlsx")
    for name in (b"\xb0\xa1", b"\xb0\xa2"):
        (tmp_path / "县" / f"{os.fsdecode(name)}.xlsx").write_bytes(b"x")
    rolled = roll_up(tmp_path / "县", tmp_path, CountyRun(), Cluster(1), None)
    write_county(rolled, tmp_path)
    assert [(one.file, one.why.partition("》")[0]) for one in rolled.failed] == [
        ("啊.xlsx", "《啊.xlsx"), ("阿.xlsx", "《阿.xlsx"),
    ]  # fmt: skip


@pytest.mark.parametrize("why", [PermissionError, FileNotFoundError])
def test_a_workbook_that_may_not_be_looked_at_or_is_away_while_it_is_saved_is_still_to_be_read(
    why: type[OSError], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "一.xlsx").write_bytes(b"x")

    def shut(*_: object, **__: object) -> None:
        raise why

    monkeypatch.setattr(Path, "stat", shut)
    assert look_through(tmp_path).workbooks == [tmp_path / "一.xlsx"]


def test_what_was_not_looked_into_is_told_beside_the_workbooks(tmp_path: Path, in_process: list[str]) -> None:
    (tmp_path / "东镇.zip").write_bytes(b"x")
    rolled = roll_up(tmp_path, None, CountyRun(), Cluster(1), None)
    first, second, *_ = county_answer(rolled).sentences
    assert first == "0 份工作簿，汇总了 0 所学校。"
    assert second == "另有 1 个文件夹、压缩包这些没有读到账，见“没有汇总的”；里面有账的话，就少算了。"
    assert [one.file for one in rolled.failed] == ["东镇.zip"]


def test_a_folder_that_is_gone_is_named_as_a_whole(tmp_path: Path) -> None:
    (shut,) = look_through(tmp_path / "没有").shut
    assert shut.file == str(tmp_path / "没有")


def test_a_run_that_is_stopped_goes_on_where_it_was(schools: Path, tmp_path: Path, in_process: list[str]) -> None:
    def stop(done: int, _: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        roll_up(schools, tmp_path, CountyRun(), Cluster(1), stop)
    assert len(in_process) == 3
    whole = roll_up(schools, tmp_path, CountyRun(), Cluster(1), None)
    assert sorted(in_process) == sorted({*in_process})
    assert county_json(whole)["read"] == 4


def test_books_that_name_no_day_are_read_again_on_another(
    tmp_path: Path, in_process: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    books = school(1)
    write_workbook(books, tmp_path / "县" / "一.xlsx")
    write_workbook(replace(books, school=books.school._replace(name="二小", cut_off=None)), tmp_path / "县" / "二.xlsx")
    for _ in range(2):
        roll_up(tmp_path / "县", tmp_path, CountyRun(), Cluster(1), None)
    assert sorted(in_process) == ["一.xlsx", "二.xlsx"]
    monkeypatch.setattr(rolling, "date", Tomorrow)
    roll_up(tmp_path / "县", tmp_path, CountyRun(), Cluster(1), None)
    assert in_process[2:] == ["二.xlsx"]


class Tomorrow(date):
    @classmethod
    def today(cls) -> "Tomorrow":
        return cls.fromordinal(date.today().toordinal() + 1)


def test_a_workbook_that_is_saved_while_it_is_read_is_not_remembered_as_it_was(
    tmp_path: Path, in_process: list[str]
) -> None:
    workbook = tmp_path / "县" / "一.xlsx"
    write_workbook(school(1), workbook)
    before = workbook.read_bytes()

    def save(*_: int) -> None:
        workbook.write_bytes(before + b"\0")

    kept = tmp_path / "汇总" / RECORDS_NAME
    job = SchoolJob(str(workbook.parent), workbook.name, "", 1)
    records = rolling.Records(kept, CountyRun())
    state = records._state(job)
    save()
    records._remember(SchoolOutcome(job, **examined(asked(workbook))), state)
    assert not records._known(state.digest)
    workbook.unlink()
    assert records._state(job).digest == ""
    assert in_process == []


def test_a_workbook_that_cannot_be_read_while_it_is_saved_is_tried_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    half, torn = tmp_path / "县" / "一.xlsx", tmp_path / "县" / "二.xlsx"
    write_workbook(school(1), half)
    content = half.read_bytes()
    for path in (half, torn):
        path.write_bytes(content[:900])
    read: list[str] = []

    def spread_here(jobs: Sequence[SchoolJob], **_: object) -> Iterator[SchoolOutcome]:
        for job in jobs:
            read.append(job.file)
            yield SchoolOutcome(job, **examined(asked(job.workbook)))
            half.write_bytes(content)

    monkeypatch.setattr(rolling, "spread", spread_here)
    rolled = roll_up(half.parent, tmp_path, CountyRun(), Cluster(1), None)
    assert read == ["一.xlsx", "二.xlsx", "一.xlsx"]
    assert ([one.file for one in rolled.counted], [one.file for one in rolled.failed]) == (["一.xlsx"], ["二.xlsx"])


def test_workbooks_that_are_gone_in_the_middle_are_named_and_the_rest_counts(
    tmp_path: Path, in_process: list[str]
) -> None:
    county_of(tmp_path / "县", 3)
    last = look_through(tmp_path / "县").workbooks[-1]

    def gone(done: int, _: int) -> None:
        if done == 1:
            last.unlink()

    rolled = roll_up(tmp_path / "县", tmp_path, CountyRun(), Cluster(1), gone)
    assert (len({*in_process}), len(rolled.counted)) == (3, 2)
    assert [(one.file, "找不到" in one.why) for one in rolled.failed] == [(f"{last.parent.name}/{last.name}", True)]


def test_records_that_no_run_asked_for_in_a_year_are_thrown_away_and_no_others(
    tmp_path: Path, in_process: list[str]
) -> None:
    county_of(tmp_path / "县", 2)
    roll_up(tmp_path / "县", tmp_path, CountyRun(), Cluster(1), None)
    kept = tmp_path / RECORDS_NAME
    former = kept / f"{'0' * 32}.json"
    for path in (former, kept / "我的.json"):
        path.write_text("{}", encoding="utf-8")
    for path in kept.iterdir():
        os.utime(path, (long_ago := time.time() - 500 * 86400, long_ago))
    there = {*kept.iterdir()}
    roll_up(tmp_path / "县", tmp_path, CountyRun(), Cluster(1), None)
    assert len(in_process) == 2
    assert there - {*kept.iterdir()} == {former}


def test_the_papers_of_a_school_are_named_by_the_school_and_by_no_pupil(tmp_path: Path) -> None:
    for name in ("第1小学.xlsx", "3、 第 7小学苗小禾作文.DOCX", "李村教学点（苗小禾）.pdf", "李村教学点/1.jpg"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    assert [(one.file, one.why[:5]) for one in look_through(tmp_path).shut] == [
        ("李村教学点", "这个文件夹"), ("第7小学", "这里只有它"),
    ]  # fmt: skip
