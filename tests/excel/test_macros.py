"""The workbook with macros as a file: what Excel will find in it, without running anything."""

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pyopenvba
import pytest
from macro_books import clean
from oletools.mraptor import MacroRaptor
from oletools.olevba import VBA_Parser
from pyopenvba.cfb import CFB

from schoollib_xl.sheets.building.macros import MODULES, ribbon, source
from schoollib_xl.sheets.building.starting import starting_ledger_set
from schoollib_xl.sheets.building.workbook import KEPT, KEPT_ON, write_workbook
from schoollib_xl.sheets.own_sheets import DESK, FRONT_PAGE
from schoollib_xl.wording.excel.buttons import BUTTONS, DESK_BUTTONS, MACRO_SENTENCES, Button
from small_sample import tiny_sample

MACROS = Path(__file__).parent.parent.parent / "macros"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SUBS = re.compile(r"^Public Sub (\w+)\(", re.MULTILINE)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("macros") / "图书室七本账.xlsm"
    write_workbook(starting_ledger_set(KEPT_ON).ledger_set, path)
    return path


@pytest.fixture(scope="module")
def modules(built: Path) -> dict[str, str]:
    """The source of every module in the workbook, as another program reads it."""
    return sources_in(built)


def sources_in(workbook: Path) -> dict[str, str]:
    found = VBA_Parser(str(workbook)).extract_macros()
    return {name.removesuffix(".bas").removesuffix(".cls"): code for _, _, name, code in found}


def xml(path: Path, part: str) -> ElementTree.Element:
    with ZipFile(path) as package:
        return ElementTree.fromstring(package.read(part))


def code_names(path: Path) -> list[str]:
    """The code names of the workbook and its sheets."""
    with ZipFile(path) as package:
        sheets = [name for name in package.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)]
    roots = [(xml(path, "xl/workbook.xml"), "workbookPr"), *((xml(path, sheet), "sheetPr") for sheet in sheets)]
    return [element.attrib["codeName"] for root, name in roots for element in root.findall(f"{MAIN}{name}")]


def test_two_processes_build_the_same_bytes(built: Path, tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path;"
        "from schoollib_xl.sheets.building.workbook import *;"
        "write_workbook(starting_ledger_set(KEPT_ON).ledger_set, Path(sys.argv[1]))"
    )
    again = tmp_path / "again" / built.name
    subprocess.run([sys.executable, "-c", script, str(again)], check=True)
    assert again.read_bytes() == built.read_bytes()


def test_the_kept_workbook_holds_the_macros_of_today(modules: dict[str, str]) -> None:
    assert sources_in(KEPT[1]) == modules


@pytest.mark.parametrize("module", MODULES)
def test_the_workbook_holds_the_text_of_macros_byte_for_byte(modules: dict[str, str], module: str) -> None:
    in_folder = (MACROS / f"{module}.bas").read_bytes().replace(b"\r\n", b"\n")
    assert modules[module].encode("ascii").replace(b"\r\n", b"\n").rstrip() == in_folder.rstrip()


def test_the_folder_and_the_workbook_have_the_same_modules_and_no_other_code(modules: dict[str, str]) -> None:
    assert {path.stem for path in MACROS.glob("*.bas")} == set(MODULES) <= set(modules)
    for name in set(modules) - set(MODULES):
        written = [line for line in modules[name].splitlines() if line and not line.startswith("Attribute ")]
        assert written in ([], ["Option Explicit"]), name


@pytest.mark.parametrize("module", MODULES)
def test_a_module_is_ascii_and_names_no_sheet_and_no_column(module: str) -> None:
    code = source(module)
    assert code.isascii()
    assert code.count("\r\n") == code.count("\n")
    strings = re.findall(r'"([^"\r\n]*)"', re.sub(r"(?m)^\s*'.*$", "", code))
    # A cell or column written out would break as soon as a school moves a column.
    assert [text for text in strings if re.fullmatch(r"\$?[A-Z]{1,2}(\$?\d+)?(:\$?[A-Z]{1,2}(\$?\d+)?)?", text)] == []
    assert not re.search(r"Worksheets\(\s*[\"\d]", code)


def test_every_project_part_agrees_with_the_others(built: Path, modules: dict[str, str]) -> None:
    assert pyopenvba.check_file(built).ok
    with ZipFile(built) as package:
        project = CFB.from_bytes(package.read("xl/vbaProject.bin"))
        types = package.read("[Content_Types].xml").decode()
    declared = re.findall(r"(?m)^(Module|Document)=(\w+)", project.get_stream("PROJECT").decode("cp1252"))
    assert {name for kind, name in declared if kind == "Module"} == set(MODULES)
    assert sorted(name for kind, name in declared if kind == "Document") == sorted(code_names(built))
    assert {name for _, name in declared} == set(modules)
    # MS-OVBA 2.3.4.1: never compiled, so no cache may be there that disagrees with the source.
    assert project.get_stream_in_storage("VBA", "_VBA_PROJECT") == bytes.fromhex("cc61ffff000000")
    assert "application/vnd.ms-excel.sheet.macroEnabled.main+xml" in types
    assert "application/vnd.ms-office.vbaProject" in types


def test_an_analyser_of_vba_has_nothing_to_complain_of(built: Path) -> None:
    command = [sys.executable, "-m", "pyvbaanalysis", str(built)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, "(no diagnostics)" in done.stdout) == (0, True), done.stdout


def test_nothing_runs_by_itself(modules: dict[str, str]) -> None:
    judged = MacroRaptor("\n".join(modules.values()))
    judged.scan()
    assert not judged.autoexec
    assert not judged.suspicious


def test_every_button_of_the_ribbon_is_a_sub_and_the_one_callback_exists() -> None:
    subs = set(SUBS.findall(source("Buttons")))
    buttons = [element for element in ElementTree.fromstring(ribbon()).iter() if element.tag.endswith("button")]
    assert [button.attrib["id"] for button in buttons] == [button.macro for button in (*BUTTONS, *DESK_BUTTONS)]
    assert {button.attrib["id"] for button in buttons} <= subs
    assert {button.attrib["onAction"] for button in buttons} == {"PressFromRibbon"} <= subs


def test_a_sub_that_starts_python_asks_for_what_it_is_called_after() -> None:
    body = re.compile(r"^Public Sub (\w+)\(\)\s(.*?)^End Sub", re.MULTILINE | re.DOTALL)
    asks = {sub: re.findall(r"\bPress(?:OnDay)? \"(\w+)\"", code) for sub, code in body.findall(source("Buttons"))}
    assert {sub for sub, asked in asks.items() if not asked} == {"NextFinding", "ClearMarks"}
    assert {sub: asked for sub, asked in asks.items() if asked not in ([], [sub])} == {}


def test_the_ribbon_is_found_from_the_root_of_the_package(built: Path) -> None:
    relations = xml(built, "_rels/.rels")
    targets = [one.attrib["Target"] for one in relations if one.attrib["Type"].endswith("/ui/extensibility")]
    assert targets == ["customUI/customUI14.xml"]
    with ZipFile(built) as package:
        assert package.read(targets[0]).decode() == ribbon()


@pytest.mark.parametrize(("sheet", "buttons"), [(FRONT_PAGE, BUTTONS), (DESK, DESK_BUTTONS)])
def test_a_sheet_carries_its_buttons(built: Path, sheet: str, buttons: tuple[Button, ...]) -> None:
    with ZipFile(built) as package:
        drawings = [package.read(name).decode() for name in package.namelist() if name.endswith(".vml")]
    macros = [re.findall(r"<x:FmlaMacro>(?:\[0\]!)?(\w+)<", drawing) for drawing in drawings]
    assert [button.macro for button in buttons] in macros


def test_every_sentence_of_the_macros_has_its_cell() -> None:
    named = set(re.findall(r'"(say_\w+)"', "".join(map(source, MODULES))))
    assert named == set(MACRO_SENTENCES)


def test_the_ledgers_read_the_same_with_and_without_macros(tmp_path: Path) -> None:

    from schoollib_xl.ledgers.registry import ALL_SHEETS
    from schoollib_xl.sheets.reading.loading import load

    write_workbook(tiny_sample(), tmp_path / "plain.xlsx")
    plain, with_macros = load(tmp_path / "plain.xlsx", None).library, load(clean(tmp_path), None).library
    for sheet in ALL_SHEETS:
        assert list(plain[sheet.row_type]) == list(with_macros[sheet.row_type])
