"""Title lists in the formats of older programs, as an office program saves them."""

from pathlib import Path

import pytest

from adoption.old_lists import HEADER, TODAY, book, copies, old_book
from calc import MISSING, properties, running_calc
from schoollib_xl.adoption.adopting import adopt
from schoollib_xl.adoption.options import Options


@pytest.mark.office
@pytest.mark.skipif(bool(MISSING), reason=MISSING)
def test_a_title_list_of_an_older_format_is_taken_over(tmp_path: Path) -> None:
    path = old_book(tmp_path / "旧账.xlsx", {"书目": [HEADER, book(copies=2), book("草房子", 3)]})
    formats = {tmp_path / "旧账.xls": "MS Excel 97", tmp_path / "旧账.ods": "calc8"}
    with running_calc(tmp_path / "calc") as calc:
        document = calc.open(path)
        for old, name in formats.items():
            document.storeToURL(old.as_uri(), properties(FilterName=name))
        document.close(True)
    for old in formats:
        assert [copy.title for copy in copies(adopt([old], Options(TODAY)))] == ["城南旧事"] * 2 + ["草房子"] * 3, old
