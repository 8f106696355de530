"""Files are written whole or not at all, and a refusal is one sentence."""

import errno
import io
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import IO
from zipfile import ZipFile

import openpyxl
import pytest
import xlsxwriter

from schoollib_xl import names
from schoollib_xl.locks import locked
from schoollib_xl.marks import is_ours
from schoollib_xl.packages import normalised, zipped
from schoollib_xl.refusals import folded, of_file, of_folder
from schoollib_xl.saving import (
    CannotWrite,
    beside,
    foresee,
    make_folder,
    newly,
    one_at_a_time,
    replace,
    save,
    save_exactly,
    write,
)
from schoollib_xl.scratch import scratch_folder


def test_the_folder_one_works_in_is_called_so_and_not_by_a_dot() -> None:
    refused = OSError(errno.EACCES, "")
    for sentence in (of_folder(refused, Path()), of_file(refused, Path("新.xlsx"))):
        assert sentence.startswith("“现在的文件夹”不让写入，")


def test_what_a_folder_refuses_is_one_sentence_also_where_a_paper_of_it_is_not_named() -> None:
    refused, folder = OSError(errno.EACCES, ""), Path("只读")
    whole, named = of_folder(refused, folder), [of_file(refused, folder / name) for name in ("甲.xlsx", "乙.xlsx")]
    told = "“只读”不让写入，{}关闭正在用它的程序或者换一个文件夹再试。"
    assert folded([*named, whole]) == (told.format("“甲.xlsx”等 2 份没有写成，"),)
    assert folded([whole, named[0]]) == (told.format("“甲.xlsx”没有写成，"),)
    assert folded([whole, whole]) == (whole,)


def test_a_file_is_written_and_nothing_else_is_left(tmp_path: Path) -> None:
    write(tmp_path / "文书.docx", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("文书.docx", b"new")]


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (errno.ENOSPC, "磁盘满了，“文书.docx”没有写成，腾出空间以后再试。"),
        (errno.EIO, "里写不了文件，“文书.docx”没有写成，换一个文件夹再试。"),
    ],
)
def test_a_disk_that_fails_while_writing_leaves_the_old_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, sentence: str
) -> None:
    def fail(_: int) -> None:
        raise OSError(code, os.strerror(code))

    (tmp_path / "文书.docx").write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(CannotWrite, match=sentence):
        write(tmp_path / "文书.docx", b"new")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


def test_a_folder_below_a_file_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "文书").write_bytes(b"")
    with pytest.raises(CannotWrite, match="不是文件夹"):
        make_folder(tmp_path / "文书" / "本学期")


def test_a_drive_that_is_not_there_is_refused_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os.path, "lexists", lambda _: False)
    with pytest.raises(CannotWrite, match="里写不了文件，换一个文件夹再试"):
        foresee(tmp_path / "拔掉的优盘" / "结果")


def test_a_read_only_system_folder_is_refused_in_one_sentence() -> None:
    with pytest.raises(CannotWrite) as refused:
        write(Path("/proc/文书.docx"), b"")
    assert str(refused.value).count("。") == 1


def test_the_same_parts_give_the_same_package_whatever_their_order(tmp_path: Path) -> None:
    one = zipped({"b.xml": b"2", "[Content_Types].xml": b"0", "a.xml": b"1"})
    other = tmp_path / "other.zip"
    with ZipFile(other, "w") as package:
        for name, data in (("a.xml", b"1"), ("b.xml", b"2"), ("[Content_Types].xml", b"0")):
            package.writestr(name, data)
    assert normalised(other.read_bytes()) == one
    assert ZipFile(other).namelist()[0] == "a.xml"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


OUTPUTS = {
    "核对结果.xlsx": zipped({"[Content_Types].xml": b"<Types/>", "a.xml": b"1"}),
    "账册核对.html": b"<!DOCTYPE html>\n<html>1</html>\n",
    "图书室文书记录.json": b'{\n "a": 1\n}',
    "上次汇总.json": b"[1]",
    "书标.pdf": b"%PDF-1.7\n1\n%%EOF\n",
}


@pytest.mark.parametrize("name", OUTPUTS)
def test_an_output_nobody_touched_is_replaced_and_its_bytes_are_always_the_same(name: str, tmp_path: Path) -> None:
    first = write(tmp_path / name, OUTPUTS[name]).read_bytes()
    assert write(tmp_path / name, OUTPUTS[name]) == tmp_path / name
    assert contents(tmp_path) == {name: first}


@pytest.mark.parametrize("name", OUTPUTS)
def test_an_output_she_edited_or_that_was_never_ours_stays(name: str, tmp_path: Path) -> None:
    edited = write(tmp_path / name, OUTPUTS[name]).read_bytes()
    edited = edited.replace(b"1", b"2") if name != "核对结果.xlsx" else zipped({"a.xml": b"2"})
    (tmp_path / name).write_bytes(edited)
    with beside([]) as sentences:
        written = write(tmp_path / name, OUTPUTS[name])
        again = write(tmp_path / name, OUTPUTS[name])
    assert (tmp_path / name).read_bytes() == edited
    assert written == again == tmp_path / name.replace(".", "(2).")
    assert sentences[0].startswith(f"“{name}”已经有一份")
    assert written.name in sentences[0]


@pytest.mark.parametrize("name", OUTPUTS)
@pytest.mark.parametrize(
    "touched",
    [
        lambda data: data + b"\n",
        lambda data: data[:60] + b" " + data[60:],
        lambda data: data[:-1],
        lambda data: data[:40] + bytes([data[40] ^ 1]) + data[41:],
    ],
    ids=["added to", "put into", "cut", "changed"],
)
def test_not_one_byte_may_differ_from_what_was_written(
    name: str, touched: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    hers = touched(write(tmp_path / name, OUTPUTS[name]).read_bytes())
    (tmp_path / name).write_bytes(hers)
    assert write(tmp_path / name, OUTPUTS[name]) != tmp_path / name
    assert (tmp_path / name).read_bytes() == hers


def test_an_output_saved_again_by_a_spreadsheet_program_is_hers(tmp_path: Path) -> None:
    path = tmp_path / "核对结果.xlsx"
    with xlsxwriter.Workbook(io.BytesIO()) as book:
        book.add_worksheet()
    save(path, lambda file: file.write(book.filename.getvalue()))
    assert is_ours(path, path.name)
    openpyxl.load_workbook(path).save(path)
    assert save(path, lambda file: file.write(book.filename.getvalue())).name == "核对结果(2).xlsx"


def test_a_workbook_under_the_name_of_an_output_is_no_output(tmp_path: Path) -> None:
    package = OUTPUTS["核对结果.xlsx"]
    save_exactly(tmp_path / "核对结果.xlsx", lambda file: file.write(package), "七本账")
    assert write(tmp_path / "核对结果.xlsx", package).name == "核对结果(2).xlsx"


def test_a_copy_under_another_name_is_hers(tmp_path: Path) -> None:
    for name in ("核对结果.xlsx", "借阅定额.xlsx"):
        shutil.copy(write(tmp_path / "别处" / "核对结果.xlsx", OUTPUTS["核对结果.xlsx"]), tmp_path / name)
    assert write(tmp_path / "借阅定额.xlsx", OUTPUTS["核对结果.xlsx"]).name == "借阅定额(2).xlsx"


SPELLINGS = {
    "as it is": lambda path: path,
    "through its folder": lambda path: path.parent / "." / ".." / path.parent.name / path.name,
    "relative": lambda path: Path(os.path.relpath(path)),
    "a link": lambda path: linked(path, os.symlink),
    "a hard link": lambda path: linked(path, os.link),
}


def linked(path: Path, link: Callable[[Path, Path], None]) -> Path:
    other = path.with_name(f"别名{path.suffix}")
    link(path, other)
    return other


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("name", OUTPUTS)
def test_an_input_is_never_replaced_not_even_by_its_like(name: str, spelling: str, tmp_path: Path) -> None:
    path = write(tmp_path / name, OUTPUTS[name])
    with beside([SPELLINGS[spelling](path)]):
        assert write(tmp_path / name, OUTPUTS[name]) != path


@pytest.mark.parametrize("taken", ["link", "dead link", "folder"])
def test_a_name_taken_by_something_else_is_passed_over(taken: str, tmp_path: Path) -> None:
    name, target = tmp_path / "核对结果.xlsx", tmp_path / "别处" / "核对结果.xlsx"
    if taken == "folder":
        name.mkdir()
    else:
        name.symlink_to(target)
    if taken == "link":
        write(target, OUTPUTS["核对结果.xlsx"])
    assert write(name, OUTPUTS["核对结果.xlsx"]) == tmp_path / "核对结果(2).xlsx"
    assert name.is_dir() or name.is_symlink()


@pytest.mark.parametrize(("hers", "asked"), [("Answer.XLSX", "answer.xlsx"), ("re\u0301sume.pdf", "r\u00e9sume.pdf")])
def test_names_that_differ_only_in_case_or_unicode_form_are_one(hers: str, asked: str, tmp_path: Path) -> None:
    (tmp_path / hers).write_bytes(b"hers")
    written = write(tmp_path / asked, OUTPUTS["书标.pdf"])
    assert written.stem.endswith("(2)")
    assert (tmp_path / hers).read_bytes() == b"hers"


def held_open(*names: str) -> object:
    """A rename that refuses these names, as Windows does for a file that Excel has open."""
    rename = Path.replace

    def replace(draft: Path, target: Path) -> Path:
        if target.name in names:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return rename(draft, target)

    return replace


def test_a_file_held_open_elsewhere_is_left_alone_and_the_next_name_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, package = "核对结果.xlsx", OUTPUTS["核对结果.xlsx"]
    write(tmp_path / name, package)
    monkeypatch.setattr(Path, "replace", held_open(name))
    monkeypatch.setattr(names, "_SECONDS_OF_A_SCANNER", 0)
    with beside([]) as sentences:
        assert write(tmp_path / name, package).name == "核对结果(2).xlsx"
    assert sentences == [f"“{name}”正开着，这次写成“核对结果(2).xlsx”。"]


def test_a_draft_that_a_virus_scanner_holds_for_a_moment_gets_its_name_and_nothing_is_said_to_be_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create, tries = names._create, count()

    def held(draft: Path, path: Path) -> Path:
        if next(tries) < scanned:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return create(draft, path)

    monkeypatch.setattr(names, "_create", held)
    scanned = 3
    with beside([]) as sentences:
        assert write(tmp_path / "核对结果.xlsx", OUTPUTS["核对结果.xlsx"]).name == "核对结果.xlsx"
    assert sentences == []
    scanned = 10**6
    monkeypatch.setattr(names, "_SECONDS_OF_A_SCANNER", 0.1)
    with pytest.raises(CannotWrite, match=r"书标\.pdf”没有写成，关闭正在用它的程序"):
        write(tmp_path / "书标.pdf", OUTPUTS["书标.pdf"])
    assert set(contents(tmp_path)) == {"核对结果.xlsx"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows itself holds a file that is open")
@pytest.mark.parametrize("lock", [".~lock.核对结果.xlsx#", "~$核对结果.xlsx", ".~核对结果.xlsx"])
def test_a_file_that_an_office_program_has_open_is_left_alone_where_the_system_would_let_it_go(
    lock: str, tmp_path: Path
) -> None:
    path = tmp_path / "核对结果.xlsx"
    write(path, OUTPUTS[path.name])
    (tmp_path / lock).write_bytes(b"")
    before = path.read_bytes()
    with beside([]) as sentences:
        assert write(path, OUTPUTS[path.name]).name == "核对结果(2).xlsx"
    assert path.read_bytes() == before
    assert sentences == ["“核对结果.xlsx”正开着，这次写成“核对结果(2).xlsx”。"]
    (tmp_path / lock).unlink()
    assert write(path, OUTPUTS[path.name]) == path


def test_where_only_the_given_name_will_do_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "账.xlsx").write_bytes(b"hers")
    with pytest.raises(CannotWrite, match="已经有了，没有动它"):
        save_exactly(tmp_path / "账.xlsx", lambda file: file.write(b"new"), "七本账")
    with pytest.raises(CannotWrite, match="已经有了，没有动它"), newly(tmp_path / "账.xlsx"):
        pytest.fail("no long work is begun")
    assert contents(tmp_path) == {"账.xlsx": b"hers"}


def test_a_new_file_and_what_belongs_to_it_are_both_there_or_neither(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        with newly(tmp_path / "账.xlsx") as place:
            place.write_bytes(b"new")
            raise CannotWrite("满了。")

    with pytest.raises(CannotWrite, match=r"满了。"):
        fail()
    assert not list(tmp_path.iterdir())
    on_disk: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda handle: on_disk.append(os.fstat(handle).st_ino))
    with newly(tmp_path / "账.xlsx") as place:
        place.write_bytes(b"new")
        assert not (tmp_path / "账.xlsx").exists()
    assert contents(tmp_path) == {"账.xlsx": b"new"}
    assert on_disk == [(tmp_path / "账.xlsx").stat().st_ino], "a power cut would leave the name and nothing in it"


def test_a_file_is_as_open_to_others_as_its_folder_also_on_windows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mkdir, modes = Path.mkdir, list[int]()

    def noted(path: Path, mode: int = 0o777, parents: bool = False, exist_ok: bool = False) -> None:
        modes.append(mode)
        mkdir(path, mode, parents, exist_ok)

    monkeypatch.setattr(Path, "mkdir", noted)
    monkeypatch.setattr(sys, "platform", "win32")
    write(tmp_path / "核对结果.xlsx", OUTPUTS["核对结果.xlsx"])
    assert set(modes) == {0o777}
    with scratch_folder():
        assert 0o700 in modes, "copies of her books among the temporary files are for nobody else"


KILLED = """
import os, signal, sys
from pathlib import Path
from schoollib_xl.saving import save
save(Path(sys.argv[1]), lambda file: (file.write(b"half"), os.kill(os.getpid(), signal.SIGKILL)))
"""


def test_what_a_killed_run_left_is_swept_by_the_next(tmp_path: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED, tmp_path / "核对结果.xlsx"], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert [path.suffix for path in tmp_path.iterdir()] == [".tmp"]
    (tmp_path / ".schoollib-hers.tmp").mkdir()
    (tmp_path / ".schoollib-hers.tmp" / "信.txt").write_text("hers")
    write(tmp_path / "核对结果.xlsx", OUTPUTS["核对结果.xlsx"])
    assert sorted(path.name for path in tmp_path.iterdir()) == [".schoollib-hers.tmp", "核对结果.xlsx"]


def test_a_draft_killed_before_it_said_whose_it_is_or_half_taken_away_is_swept_after_a_while(tmp_path: Path) -> None:
    empty, unlocked, half, fresh, hers = (
        tmp_path / f".schoollib-{name}.tmp" for name in ("0" * 16, "1" * 16, "2" * 16, "3" * 16, "mine")
    )
    for folder in (empty, unlocked, half, fresh, hers):
        folder.mkdir()
    (unlocked / "lock").touch()
    (half / "draft").mkdir()
    (half / "draft" / "七本账.xlsx").write_bytes(b"a copy of her books")
    for folder in (empty, unlocked, half, hers):
        os.utime(folder, (0, 0))
    write(tmp_path / "核对结果.xlsx", OUTPUTS["核对结果.xlsx"])
    assert sorted(path.name for path in tmp_path.iterdir()) == [fresh.name, hers.name, "核对结果.xlsx"]


@pytest.mark.parametrize(("error", "said"), [(errno.EACCES, "临时文件夹写不了"), (errno.ENOSPC, "磁盘满了")])
def test_a_computer_without_room_for_temporary_files_is_said(
    monkeypatch: pytest.MonkeyPatch, error: int, said: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(error, "")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(CannotWrite, match=said), scratch_folder():
        pass


def test_a_draft_that_is_being_written_is_not_swept(tmp_path: Path) -> None:
    def fill(file: IO[bytes]) -> None:
        write(tmp_path / "别的.pdf", OUTPUTS["书标.pdf"])
        file.write(OUTPUTS["核对结果.xlsx"])

    save(tmp_path / "核对结果.xlsx", fill)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["别的.pdf", "核对结果.xlsx"]


FULL = """
import resource, signal, sys
from pathlib import Path
from zipfile import ZipFile
from schoollib_xl.saving import CannotWrite, save
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
def fill(file):
    with ZipFile(file, "w") as package:
        for number in range(50):
            package.writestr(f"{number}.xml", bytes(1_000))
def fill_and_forget(file):
    package = ZipFile(file, "w")
    package.writestr("a.xml", "x")
    file.write(bytes(20_000))
try:
    save(Path(sys.argv[1]), fill_and_forget)
except CannotWrite:
    pass
try:
    save(Path(sys.argv[1]), fill)
except CannotWrite as refusal:
    print(refusal)
"""


def test_a_full_disk_is_one_sentence_and_no_complaint_of_a_writer_taken_apart(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL, tmp_path / "核对结果.xlsx"], capture_output=True, encoding="utf-8", check=False
    )
    assert (done.stderr, done.stdout.count("。")) == ("", 1)
    assert not list(tmp_path.iterdir())


def test_a_name_another_program_waits_for_is_kept(tmp_path: Path) -> None:
    (tmp_path / "answer.txt").write_bytes(b"old")
    replace(tmp_path / "answer.txt", b"new")
    assert contents(tmp_path) == {"answer.txt": b"new"}


def test_one_run_after_the_other_and_a_lock_left_behind_hinders_nobody(tmp_path: Path) -> None:
    (tmp_path / ".schoollib.lock").touch()
    with one_at_a_time(tmp_path), locked(tmp_path / ".schoollib.lock", 0.1) as second:
        assert not second
    assert not list(tmp_path.iterdir())


def test_a_file_of_hers_under_the_name_of_a_lock_stays(tmp_path: Path) -> None:
    (tmp_path / ".schoollib.lock").write_bytes(b"hers")
    with one_at_a_time(tmp_path):
        pass
    assert contents(tmp_path) == {".schoollib.lock": b"hers"}


def test_the_folder_is_made_where_it_is_missing(tmp_path: Path) -> None:
    write(tmp_path / "本学期" / "账.xlsx", b"new")
    assert (tmp_path / "本学期" / "账.xlsx").read_bytes() == b"new"


def test_a_writer_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    def fail(file: IO[bytes]) -> None:
        file.write(b"half")
        raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        save(tmp_path / "账.xlsx", fail)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("error", [errno.EFBIG, errno.ENOSPC])
def test_a_file_that_no_scratch_folder_holds_names_no_folder_of_ours(error: int) -> None:
    def fill(_: object) -> None:
        raise OSError(error, os.strerror(error))

    with (
        pytest.raises(CannotWrite, match=r"^放临时文件的磁盘满了，腾出空间以后再试。$"),
        scratch_folder() as folder,
    ):
        save_exactly(folder / "新.xlsx", fill, "七本账")
