"""The zip given to the quick reader: every part as in hers, and no second look for merged cells."""

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from python_calamine import CalamineWorkbook

from raw_workbooks import parts
from schoollib_xl.sheets.opening.package import sheet_parts
from schoollib_xl.sheets.opening.quick import QuickBook
from schoollib_xl.sheets.opening.repacked import repacked
from schoollib_xl.sheets.opening.vetting import vetted_parts
from schoollib_xl.sheets.opening.workbook import open_workbook

SHEET = (
    '{before}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1"><c r="A1" t="inlineStr"><is><t>书名</t></is></c></row><row r="3"><c r="B3"><v>3</v></c></row>'
    '</sheetData><mergeCells count="1"><mergeCell ref="A1:A3"/></mergeCells></worksheet>'
)
BEFORE = {
    "nothing": "",
    "a declaration": '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
    "a byte order mark": "\ufeff",
    "a comment": "<!-- kept -->",
}


def workbook(path: Path, before: str, packing: int) -> Path:
    with ZipFile(path, "w", packing) as archive:
        for name, text in parts(sheet=SHEET.format(before=before)).items():
            archive.writestr(name, text)
    return path


@pytest.mark.parametrize("packing", [ZIP_DEFLATED, ZIP_STORED], ids=["deflated", "stored"])
@pytest.mark.parametrize("before", BEFORE.values(), ids=BEFORE)
def test_it_holds_what_hers_holds_and_is_read_alike(tmp_path: Path, before: str, packing: int) -> None:
    path = workbook(tmp_path / "名册.xlsx", before, packing)
    entries = vetted_parts(path)
    sheets = {*sheet_parts(path, entries).values()}
    data = repacked([*entries.values()], sheets)
    with ZipFile(path) as hers, ZipFile(BytesIO(data)) as ours:
        assert ours.testzip() is None
        assert ours.namelist() == hers.namelist()
        for part in entries.values():
            name = part.info.filename
            assert ours.read(name).endswith(hers.read(name))
            assert (ours.read(name) == hers.read(name)) is (part not in sheets)
    assert [*QuickBook(data).blocks("个别登记账")] == [*QuickBook(path).blocks("个别登记账")]
    # The list of merges is found before all rows, and no further one is looked for.
    found = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name("个别登记账")
    assert found.merged_cell_ranges == []
    with open_workbook(path) as opened:
        assert dict(opened.grids(["个别登记账"])) == {"个别登记账": [["书名", ""], ["", ""], ["", 3.0]]}
        assert [*opened.merges("个别登记账")] == [(1, 1, 3)]
