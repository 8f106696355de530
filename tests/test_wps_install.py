"""The add-in's way into WPS and out of it again."""

from pathlib import Path

import pytest

from schoollib_xl.portable.wps import INSTALLED, LIST, NOT_INSTALLED, REMOVED, install, remove
from schoollib_xl.saving import CannotWrite
from schoollib_xl.serve.wps import announce, installed

OTHERS = (
    '\ufeff<?xml version="1.0" encoding="UTF-8"?>\r\n<jsplugins>\r\n\t<!-- 单位的 -->\r\n'
    '\t<jspluginonline name="公文助手" type="wps" url="http://oa.example/?a=1&amp;b=2" enable="enable_dev"/>\r\n'
    "\t<jsplugin name='schoollibrary' type='et' url='other.7z' version='1'></jsplugin>\r\n</jsplugins>\r\n"
)


@pytest.fixture
def addins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("APPDATA", str(tmp_path / "用户" / "Roaming"))
    monkeypatch.setenv("SCHOOLLIB_HOME", str(tmp_path / "home"))
    return tmp_path / "用户" / "Roaming" / "kingsoft" / "wps" / "jsaddons"


def _written(addins: Path, content: bytes) -> Path:
    addins.mkdir(parents=True, exist_ok=True)
    (addins / LIST).write_bytes(content)
    return addins / LIST


def test_it_is_put_in_where_there_was_nothing_and_taken_out_again(addins: Path) -> None:
    assert install() == INSTALLED
    (folder,) = installed()
    assert f'url="{folder.name}"' in (addins / LIST).read_text("utf-8")
    source = Path(__file__).parents[1] / "macros" / "wps"
    for path in source.rglob("*.*"):
        assert (folder / path.relative_to(source)).is_file()
    assert remove() == REMOVED
    assert not folder.exists()
    assert "schoollib" not in (addins / LIST).read_text("utf-8")
    assert remove() == NOT_INSTALLED


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_entries_of_others_are_kept_to_the_byte(addins: Path, encoding: str) -> None:
    text = OTHERS if encoding == "utf-8" else OTHERS.lstrip("\ufeff").replace("UTF-8", encoding)
    path = _written(addins, text.encode(encoding))
    before = path.read_bytes()
    install()
    install()
    listed = path.read_bytes().decode(encoding)
    assert listed.count('name="schoollib"') == 1
    assert "公文助手" in listed
    remove()
    assert path.read_bytes() == before


@pytest.mark.parametrize("root", ["<jsplugins/>", "<jsplugins />", "<jsplugins></jsplugins>", ""])
def test_an_empty_list_is_taken_for_one(addins: Path, root: str) -> None:
    path = _written(addins, root.encode())
    install()
    assert path.read_text("utf-8").count("<jsplugin ") == 1


def test_an_older_version_of_ours_is_replaced(addins: Path) -> None:
    old = addins / "schoollib_0.0.1"
    old.mkdir(parents=True)
    (old / "address.js").write_text("")
    hers = addins / "schoollib_notes"
    hers.mkdir()
    path = _written(addins, b'<jsplugins><jsplugin name="schoollib" url="schoollib_0.0.1" type="et"/></jsplugins>')
    install()
    assert "0.0.1" not in path.read_text("utf-8")
    assert not old.exists()
    assert hers.exists()


@pytest.mark.parametrize(
    "content",
    [b"<jsplugins><jsplugin", b"\xff\xfe\x00", b"<html></html>", b'<?xml version="1.0" encoding="nope"?><a/>'],
)
def test_a_list_nobody_understands_is_left_alone_and_said(addins: Path, content: bytes) -> None:
    path = _written(addins, content)
    for change in (install, remove):
        with pytest.raises(CannotWrite, match="没有动它"):
            change()
    assert path.read_bytes() == content
    assert not list(installed())


def test_the_program_says_where_it_is(addins: Path) -> None:
    announce("http://127.0.0.1:1/t/")
    assert not addins.exists()
    install()
    announce("http://127.0.0.1:1/t/")
    (folder,) = installed()
    assert (folder / "address.js").read_text("utf-8") == 'schoollibAddress = "http://127.0.0.1:1/t/";\n'
