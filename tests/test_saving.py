"""Files are written whole or not at all, and a refusal is one sentence."""

import errno
import os
from pathlib import Path
from zipfile import ZipFile

import pytest

from schoollib_xl.saving import CannotWrite, make_folder, normalised, write, zipped


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
