"""Workbooks written part by part, for what no writer library would write; and plain ones of nothing but cells."""

import struct
import zlib
from collections.abc import Mapping
from datetime import date, time
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from xlsxwriter import Workbook

from schoollib_xl.sheets.cells import Grid

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DATE_STYLES = (
    f'<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/>'
    "</cellXfs></styleSheet>"
)


def parts(
    sheet_data: str = "",
    *,
    sheet: str | None = None,
    strict: bool = False,
    part: str = "worksheets/sheet1.xml",
    names: tuple[str, ...] = ("个别登记账",),
    properties: str = "",
    strings: tuple[str, ...] = (),
) -> dict[str, str]:
    """The parts of a workbook whose sheets all hold `sheet_data`, or whose only sheet is `sheet`."""
    main, relations = (STRICT_MAIN, STRICT_RELATIONS) if strict else (MAIN, RELATIONS)
    many = [part if i == 0 else part.replace(".xml", f"-{i}.xml") for i in range(len(names))]
    xml = sheet or f'<worksheet xmlns="{main}"><sheetData>{sheet_data}</sheetData></worksheet>'
    listed = "".join(f'<sheet name="{name}" sheetId="{i + 1}" r:id="rId{i + 1}"/>' for i, name in enumerate(names))
    related = "".join(
        f'<Relationship Id="rId{i + 1}" Type="{relations}/worksheet" Target="{target}"/>'
        for i, target in enumerate(many)
    )
    related += f'<Relationship Id="rIdS" Type="{relations}/sharedStrings" Target="sharedStrings.xml"/>'
    related += f'<Relationship Id="rIdY" Type="{relations}/styles" Target="styles.xml"/>'
    items = "".join(f"<si><t>{text}</t></si>" for text in strings)
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}">{properties}'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>',
        "xl/styles.xml": DATE_STYLES.replace(MAIN, main),
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{items}</sst>',
    } | {f"xl/{name}": xml for name in many}


def zipped(parts: dict[str, str], *, backslashes: bool = False) -> bytes:
    """The parts as a zip."""
    whole = BytesIO()
    with ZipFile(whole, "w", ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            info = ZipInfo(name)
            info.compress_type = ZIP_DEFLATED
            # Set afterwards: ZipInfo itself would turn them into slashes on Windows.
            info.filename = name.replace("/", "\\") if backslashes else name
            archive.writestr(info, text)
    return whole.getvalue()


def write(path: Path, sheet_data: str = "", **how: Any) -> Path:
    """A workbook on disk; the keywords are those of `parts`."""
    path.write_bytes(zipped(parts(sheet_data, **how)))
    return path


def with_grids(path: Path, sheets: Mapping[str, Grid]) -> Path:
    """A workbook of these cells without any looks: a fifth of the time that openpyxl takes to edit a dressed one."""
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
    with Workbook(str(path), plain) as book:
        day, hour = (book.add_format({"num_format": form}) for form in ("yyyy-mm-dd", "hh:mm"))
        for name, grid in sheets.items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(grid):
                for column, value in enumerate(cells):
                    dressed = day if isinstance(value, date) else hour if isinstance(value, time) else None
                    sheet.write(row, column, value, dressed)
    return path


def lying_zip(name: str, truth: bytes, declared: int) -> bytes:
    """A zip whose one entry inflates to more than its directory declares."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(truth) + packer.flush()
    label = name.encode()
    common = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, zlib.crc32(truth), len(packed), declared, len(label), 0)
    local = b"PK\x03\x04" + common + label + packed
    entry = b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, 0) + label
    return local + entry + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(entry), len(local), 0)
