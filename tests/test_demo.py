"""`demo` follows no path from a file."""

from pathlib import Path

import pytest

from schoollib_xl.actions.demonstration import demonstrate
from schoollib_xl.samples.scale import Size


@pytest.mark.parametrize("manifest", ['["../信.docx", "/etc/x"]', "{", "[1]"])
def test_no_file_tells_the_demonstration_what_to_take_away(manifest: str, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    folder.mkdir()
    (tmp_path / "信.docx").write_bytes(b"hers")
    (folder / "演示文件.json").write_text(manifest)
    next(demonstrate(folder, Size.SCHOOL))
    assert (tmp_path / "信.docx").read_bytes() == b"hers"
    assert (folder / "演示文件.json").read_text() == manifest
