"""Colours of an old list are not read, and told."""

from collections.abc import Collection
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font, PatternFill

from adoption.old_lists import TODAY
from schoollib_xl.adoption.adopting import Adoption, adopt
from schoollib_xl.adoption.options import Options

YELLOW, GREY, RED = (PatternFill("solid", fgColor=one) for one in ("FFFFFF00", "FFD9D9D9", "FFFF0000"))
SOME = "有 2 行标了颜色（第一处第 3 行）"


def adopted(folder: Path, rows: Collection[int], mark: PatternFill | Font, below: str = "") -> Adoption:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(("登记号", "书名"))
    for number in range(1, 11):
        sheet.append((f"{number:06}", f"书{number}"))
    for row in (1, *rows):
        for cell in sheet[row]:
            if isinstance(mark, Font):
                cell.font = mark
            else:
                cell.fill = mark
    sheet["D20"].fill = RED
    sheet["A14"] = below or None
    book.save(path := folder / "旧账.xlsx")
    return adopt([path], Options(TODAY))


@pytest.mark.parametrize("mark", [YELLOW, RED, Font(color="FFFF0000"), PatternFill("solid", fgColor="FF92D050")])
def test_a_few_coloured_rows_are_told(tmp_path: Path, mark: PatternFill | Font) -> None:
    assert any(SOME in one for one in adopted(tmp_path, (3, 5), mark).journal.assumed)


@pytest.mark.parametrize(("rows", "mark"), [((), YELLOW), (range(2, 12, 2), YELLOW), ((3,), GREY)])
def test_colours_of_headers_bands_and_greys_say_nothing(
    tmp_path: Path, rows: Collection[int], mark: PatternFill
) -> None:
    assert not any("颜色" in one for one in adopted(tmp_path, rows, mark).journal.assumed)


@pytest.mark.parametrize("said", ["红色的是丢失的", "注：标黄的已还", "绿色底纹为新书，红字表示注销"])
def test_what_a_list_says_its_colours_mean_is_urgent(tmp_path: Path, said: str) -> None:
    (sentence,) = adopted(tmp_path, (3, 5), YELLOW, said).journal.urgent
    assert f"第 14 行写着“{said}”：颜色读不出来，标了颜色的 2 行没有照着改" in sentence
