"""Files are written whole or not at all, and a refusal is one sentence."""

import errno
import os
from pathlib import Path
from typing import IO
from zipfile import ZipFile

import pytest

from schoollib_xl.saving import CannotWrite, make_folder, normalised, save, write, zipped


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
    (tmp_path / "核对结果.xlsx").write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", held_open("核对结果.xlsx", "核对结果(2).xlsx"))
    written = save(tmp_path / "核对结果.xlsx", lambda file: file.write(b"new"), or_beside=True)
    assert written == tmp_path / "核对结果(3).xlsx"
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "核对结果.xlsx": b"old",
        "核对结果(3).xlsx": b"new",
    }


def test_where_only_the_given_name_will_do_a_file_held_open_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "replace", held_open("账.xlsx"))
    with pytest.raises(CannotWrite, match="关闭正在用它的程序"):
        save(tmp_path / "账.xlsx", lambda file: file.write(b"new"))
    assert not list(tmp_path.iterdir())


def test_when_every_name_is_held_open_the_refusal_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["账.xlsx", *(f"账({number}).xlsx" for number in range(2, 10))]
    monkeypatch.setattr(Path, "replace", held_open(*names))
    with pytest.raises(CannotWrite, match=r"“账\.xlsx”没有写成"):
        save(tmp_path / "账.xlsx", lambda file: file.write(b"new"), or_beside=True)
    assert not list(tmp_path.iterdir())


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "账.xlsx").mkdir()
    with pytest.raises(CannotWrite, match=r"“账\.xlsx”是一个文件夹的名字"):
        write(tmp_path / "账.xlsx", b"new")


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
