"""The macros, the ribbon and the buttons of the workbook that is worked in with buttons (.xlsm).

XlsxWriter writes the sheets and their buttons; pyOpenVBA puts the modules of ``macros/`` in; the ribbon is one part
more (Office's customUI of 2009). The same sources give the same bytes.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import schoollib_xl
from schoollib_xl.ledgers.schema import SHEETS, header_of
from schoollib_xl.ledgers.school import School
from schoollib_xl.ledgers.supporting.office import SettingRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.packages import parts_of, zipped
from schoollib_xl.scratch import scratch_folder
from schoollib_xl.sheets.layout import FIRST_ROW, LAST_ROW, quoted
from schoollib_xl.sheets.own_sheets import BUTTON_TEXTS
from schoollib_xl.wording.excel.buttons import BUTTONS, DESK_BUTTONS, DESK_GROUP, MACRO_SENTENCES, RIBBON_TAB, Button
from schoollib_xl.wording.places import column_letters

SUFFIX = ".xlsm"
MODULES = ("Answer", "Buttons", "Launcher", "Marks")
_READERS = SHEETS[ReaderRow]
# The column of reader numbers, by which a macro knows one.
_READERS_NAME = "schoollib_readers"
# Where the macros keep the interpreter they found beside the workbook.
_PYTHON_NAME = "schoollib_python"
_SETTINGS = SHEETS[SettingRow]
_VALUE = column_letters(_SETTINGS.positions["value"])
# The days of 基本信息 that a macro proposes for a paper.
_DAY_NAMES = {
    header_of(School, "term_start"): "schoollib_term_starts",
    header_of(School, "cut_off"): "schoollib_cut_off",
}
_NAME_LINE = re.compile(r'Attribute VB_Name = "\w+"\r\n')
_PLAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_WITH_MACROS = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_PROJECT = "xl/vbaProject.bin"
# What a project says that was never compiled: MS-OVBA 2.3.4.1, Version 0xFFFF and no performance cache.
_NOT_COMPILED = bytes.fromhex("cc61ffff000000")
_RIBBON_PART = "customUI/customUI14.xml"
_RIBBON_RELATION = (
    b'<Relationship Id="rIdRibbon14" Type="http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"'
    b' Target="customUI/customUI14.xml"/></Relationships>'
)
_XML_TYPE = b'<Default Extension="xml" ContentType="application/xml"/>'


def suffix_like(workbook: Path) -> str:
    """The suffix of a workbook made from this one: with macros where it has them, else .xlsx."""
    return SUFFIX if workbook.suffix.lower() == SUFFIX else ".xlsx"


def prepare(book: Any) -> None:
    """Say in a workbook being written that macros will come; each sheet gets the code name its module needs."""
    book.set_vba_name("ThisWorkbook")
    for number, sheet in enumerate(book.worksheets(), 1):
        sheet.set_vba_name(f"Sheet{number}")


def add_sentences(book: Any, settings: Iterable[SettingRow]) -> None:
    """A hidden sheet with what the macros say themselves, each cell with a name (VBA source holds no Chinese), a
    place for what they remember, and names for the readers' numbers and for the days that papers may bear.
    """
    sheet = book.add_worksheet(BUTTON_TEXTS)
    sheet.very_hidden()
    for row, (name, text) in enumerate(MACRO_SENTENCES.items()):
        sheet.write_row(row, 0, (name, text))
        book.define_name(name, f"={quoted(BUTTON_TEXTS)}!$B${row + 1}")
    book.define_name(_PYTHON_NAME, f"={quoted(BUTTON_TEXTS)}!$B${len(MACRO_SENTENCES) + 1}")
    book.define_name(_READERS_NAME, f"={quoted(_READERS.name)}!{_reader_numbers()}")
    for setting in settings:
        if day_name := _DAY_NAMES.get(setting.item):
            book.define_name(day_name, f"={quoted(_SETTINGS.name)}!${_VALUE}${setting.line}")


def _reader_numbers() -> str:
    letters = column_letters(_READERS.positions["reader_no"])
    return f"${letters}${FIRST_ROW}:${letters}${LAST_ROW}"


def with_macros(workbook: bytes) -> bytes:
    """The workbook with the modules and the ribbon in it."""
    with scratch_folder() as folder:
        file = folder / f"book{SUFFIX}"
        file.write_bytes(_retyped(workbook))
        _add_modules(file)
        return _finished(file.read_bytes())


def source(module: str) -> str:
    """The text of a module as its file in ``macros/`` has it, with the line ends VBA keeps."""
    package = Path(schoollib_xl.__file__).parent
    places = (package / "macros", package.parent / "macros")
    folder = next(place for place in places if place.is_dir())
    text = (folder / f"{module}.bas").read_text("ascii")
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def ribbon() -> str:
    """The ribbon tab: every button calls one macro, which runs the Sub called like the button."""
    groups = "".join((_group("grpLibrary", RIBBON_TAB, BUTTONS), _group("grpDesk", DESK_GROUP, DESK_BUTTONS)))
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui"><ribbon><tabs>'
        f'<tab id="tabLibrary" label={quoteattr(RIBBON_TAB)}>{groups}</tab></tabs></ribbon></customUI>'
    )


def _group(name: str, label: str, buttons: tuple[Button, ...]) -> str:
    inside = "".join(
        f'<button id="{button.macro}" label={quoteattr(button.caption)} screentip={quoteattr(button.tip)}'
        f' size="large" imageMso="{button.image}" onAction="PressFromRibbon"/>'
        for button in buttons
    )
    return f'<group id="{name}" label={quoteattr(label)}>{inside}</group>'


def _retyped(workbook: bytes) -> bytes:
    """The workbook as one that may hold a project; XlsxWriter says so only where it adds one itself."""
    parts = parts_of(workbook)
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(_PLAIN, _WITH_MACROS)
    return zipped(parts)


def _add_modules(file: Path) -> None:
    from pyopenvba import ExcelFile

    with ExcelFile(str(file)) as book:
        project = book.add_vba_project()
        for module, text in _bodies():
            project.add_module(module, text)
        book.save(full_rebuild=True)
    # Written anew, every module loses what the template had compiled of it.
    with ExcelFile(str(file)) as book:
        for module in book.vba_project().modules:
            module.dirty = True
        book.save(full_rebuild=True)


def _bodies() -> Iterator[tuple[str, str]]:
    """Each module without the line that names it, which the project writes itself."""
    for module in MODULES:
        yield module, _NAME_LINE.sub("", source(module), count=1)


def _finished(package: bytes) -> bytes:
    from pyopenvba.cfb import CFB

    parts = parts_of(package)
    project = CFB.from_bytes(parts[_PROJECT])
    project.write_stream_in_storage("VBA", "_VBA_PROJECT", _NOT_COMPILED)
    types = parts["[Content_Types].xml"]
    if b'Extension="xml"' not in types:
        types = types.replace(b"<Override", _XML_TYPE + b"<Override", 1)
    return zipped(
        parts
        | {
            _PROJECT: project.to_bytes(),
            "[Content_Types].xml": types,
            "_rels/.rels": parts["_rels/.rels"].replace(b"</Relationships>", _RIBBON_RELATION),
            _RIBBON_PART: ribbon().encode(),
        }
    )
