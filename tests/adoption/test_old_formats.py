"""Title lists in the formats of older programs, as an office program saves them."""

from pathlib import Path

import pytest

from adoption.old_lists import HEADER, TODAY, book, copies, old_book
from office import convert, soffice
from schoollib_xl.adoption.adopting import adopt
from schoollib_xl.adoption.options import Options


@pytest.mark.office
@pytest.mark.skipif(soffice() is None, reason="LibreOffice is not on this machine")
@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_a_title_list_of_an_older_format_is_taken_over(tmp_path: Path, suffix: str) -> None:
    path = old_book(tmp_path / "旧账.xlsx", {"书目": [HEADER, book(copies=2), book("草房子", 3)]})
    old = convert(path, tmp_path, suffix)
    assert [copy.title for copy in copies(adopt([old], Options(TODAY)))] == ["城南旧事"] * 2 + ["草房子"] * 3
