"""Cells of a finished workbook changed in its zip, everything else left as it was."""

import re
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

from schoollib_xl.packages import zipped

Edit = Callable[[str], str]


def rewrite(workbook: Path, edits: dict[str, Edit] | None = None) -> None:
    """Write the workbook anew with some parts changed; the others come out the same byte for byte each time."""
    with ZipFile(workbook) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, edit in (edits or {}).items():
        changed = edit(parts[name].decode()).encode()
        assert changed != parts[name], f"nothing in {name} was changed"
        parts[name] = changed
    workbook.write_bytes(zipped(parts))


def sheet_part(workbook: Path, sheet: str) -> str:
    """The part of a sheet in a workbook that XlsxWriter, openpyxl or LibreOffice wrote."""
    with ZipFile(workbook) as archive:
        listed = archive.read("xl/workbook.xml").decode()
        related = archive.read("xl/_rels/workbook.xml.rels").decode()
    element = re.search(rf'<sheet [^>]*name="{sheet}"[^>]*>', listed)
    assert element is not None, f"no sheet {sheet}"
    number = re.search(r'r:id="(\w+)"', element[0])
    assert number is not None, "a sheet has its relation"
    relation = next(one for one in re.findall(r"<Relationship [^>]*>", related) if f'Id="{number[1]}"' in one)
    target = re.search(r'Target="/?(?:xl/)?([^"]+)"', relation)
    assert target is not None, "a relation has its target"
    return f"xl/{target[1]}"


def set_cell(workbook: Path, sheet: str, cell: str, value: float | str) -> None:
    """Put a number or a text in place of what a cell holds."""
    content = f"<v>{value}</v>" if not isinstance(value, str) else f"<is><t>{value}</t></is>"
    kind = "" if not isinstance(value, str) else ' t="inlineStr"'

    def edit(xml: str) -> str:
        return re.sub(
            rf'<c r="{cell}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)', rf'<c r="{cell}"\1{kind}>{content}</c>', xml, count=1
        )

    rewrite(workbook, {sheet_part(workbook, sheet): edit})


def without_repeated_headings(workbook: Path) -> Path:
    """The workbook without headings on each printed page: LibreOffice lays out all pages anew for each sheet that has
    them, which is three quarters of the time it takes to open it.
    """
    titles = r'<definedName name="_xlnm.Print_Titles"[^>]*>[^<]*</definedName>'
    rewrite(workbook, {"xl/workbook.xml": lambda xml: re.sub(titles, "", xml)})
    return workbook
