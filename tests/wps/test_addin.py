"""The add-in of WPS as WPS would run it: its page opened from a file, over a workbook that is JSON, asking a running
program. WPS itself is not to be had here: what it may do otherwise stands in workbook/手工验收.md.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook, load_workbook

from browser import Page, chromium, open_page
from schoollib_xl.excel.press import is_button
from schoollib_xl.excel.steps import FINDINGS_NAME, POSITION_NAME
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.serve.addin import KNOWN
from schoollib_xl.serve.wps import address_script
from schoollib_xl.sheets.building.workbook import write_workbook
from schoollib_xl.sheets.desk import FIRST_ROW, LABEL_COLUMN, DeskField
from schoollib_xl.sheets.own_sheets import CHECK_GUIDE, COLUMN_GUIDE, DESK, LISTS
from schoollib_xl.sheets.reading.loading import load
from schoollib_xl.wording.excel.buttons import BUTTONS, DESK_BUTTONS, MACRO_SENTENCES, RIBBON_TAB
from schoollib_xl.wording.excel.functions import FUNCTIONS
from serve.serving import Asking, serving, small_workbook

ADDIN = Path(__file__).parents[2] / "macros" / "wps"
FAKE = Path(__file__).with_name("fake_wps.js").read_text("utf-8")
ALL_BUTTONS = (*BUTTONS, *DESK_BUTTONS)
# WPS has no keys for an add-in; the desk of the page, in a pane beside the sheet, needs scans only.
OF_WPS_ALONE = {"DeskPage": "扫码借还"}
TYPES = Path(__file__).with_name("node_modules") / ".bin" / "tsc"
EPOCH = datetime(1899, 12, 30)
needs_browser = pytest.mark.skipif(chromium() is None, reason="Chromium is not installed")


class Saver(BaseHTTPRequestHandler):
    """Saves what the fake WPS has in its cells, as WPS saves a copy."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        book = Workbook()
        book.remove(book.worksheets[0])
        for sheet in asked["sheets"]:
            own = book.create_sheet(sheet["name"])
            for cell in sheet["cells"]:
                if "v" in cell:
                    put = own.cell(cell["row"], cell["column"], cell["v"])
                    put.number_format = cell.get("fmt", "General")
        book.save(asked["path"])
        self.send_response(200)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Nothing."""


def as_json(workbook: Path, saver: int) -> dict[str, Any]:
    """A workbook as WPS has it open, without the long pages that are only there to be read."""
    book = load_workbook(workbook, data_only=True, read_only=True)
    sheets = [sheet for sheet in book if sheet.title not in (COLUMN_GUIDE, CHECK_GUIDE, LISTS)]
    return {
        "name": workbook.name,
        "folder": str(workbook.parent),
        "saved": True,
        "saver": f"http://127.0.0.1:{saver}/",
        "names": {},
        "typed": False,
        "sheets": [{"name": sheet.title, "cells": _cells(sheet)} for sheet in sheets],
    }


def _cells(sheet: Any) -> dict[str, Any]:
    cells = {}
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None:
                value = cell.value
                if isinstance(value, datetime):
                    value = (value - EPOCH) / timedelta(days=1)
                elif not isinstance(value, str | int | float | bool):
                    value = str(value)
                own = {"row": cell.row, "column": cell.column, "v": value, "fmt": cell.number_format}
                cells[f"{cell.row},{cell.column}"] = own
    return cells


def desk_sheet() -> dict[str, Any]:
    """借还台 as a workbook with macros has it: its labels, and nothing filled in."""
    labels = enumerate(DeskField, FIRST_ROW)
    cells = {f"{row},{LABEL_COLUMN}": {"row": row, "column": LABEL_COLUMN, "v": field} for row, field in labels}
    return {"name": DESK, "cells": cells}


class Wps:
    """A running WPS with the add-in in it."""

    def __init__(self, page: Page, workbook: Path, saver: int, address_file: Path, asking: Asking) -> None:
        self.page = page
        self.workbook = workbook
        self.address_file = address_file
        self.asking = asking
        self._saver = saver
        self._known: dict[Path, dict[str, Any]] = {}

    def open(self, workbook: Path | None = None, *sheets: dict[str, Any], **changes: Any) -> None:
        """Open a workbook anew, as it is on the disk; the usual one where none is said."""
        path = workbook or self.workbook
        if path not in self._known:
            self._known[path] = as_json(path, self._saver)
        data = self._known[path] | changes
        data["sheets"] = [*data["sheets"], *sheets]
        self.address_file.write_text(address_script(self.asking.server.address), "utf-8")
        self.page.open(self.address_file.with_name("index.html"))
        self.page.wait_for("document.title === '图书室' && typeof OnAction === 'function'")
        self.page.evaluate(f"{FAKE}\nopen({json.dumps(data)}); OnAddinLoad();")
        self.page.wait_for("schoollibAddress !== ''")

    def press(self, button: str) -> str:
        """Press a button; what was said."""
        self.page.evaluate(f"told.length = 0; OnAction({{ Id: {json.dumps(button)} }})")
        self.page.wait_for("!isBusy")
        return "\n".join(self.page.evaluate("told"))

    def __getitem__(self, place: str) -> Any:
        """A cell as the fake keeps it; None where nothing was ever put."""
        sheet, _, cell = place.partition("!")
        found = f"Application.book.data.sheets.find((one) => one.name === {json.dumps(sheet)})"
        return self.page.evaluate(f"{found} && range({found}, corners({json.dumps(cell)})).own()")

    def fill(self, field: DeskField, value: str) -> None:
        """Fill in a field of 借还台."""
        self.page.evaluate(f"{self._field(field)}.v = {json.dumps(value)}")

    def answer(self, field: DeskField) -> Any:
        """What stands in a field of 借还台."""
        return self.page.evaluate(f"{self._field(field)}.v")

    def _field(self, field: DeskField) -> str:
        desk = f"Application.book.data.sheets.find((one) => one.name === {json.dumps(DESK)})"
        label = f"Object.values({desk}.cells).find((one) => one.v === {json.dumps(field)})"
        return f"range({desk}, [{label}.row, 3, {label}.row, 3]).own()"

    def marked(self) -> int:
        """How many cells carry one of our notes."""
        notes = "Object.values(one.cells).filter((cell) => (cell.note || '').startsWith('核对：')).length"
        return int(self.page.evaluate(f"Application.book.data.sheets.reduce((sum, one) => sum + {notes}, 0)"))


@pytest.fixture(scope="module")
def wps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wps]:
    folder = tmp_path_factory.mktemp("wps")
    addin = shutil.copytree(ADDIN, folder / "schoollib 图书室")
    (folder / "学校 甲").mkdir()
    workbook = small_workbook(folder / "学校 甲" / "七本账.xlsx")
    with pytest.MonkeyPatch.context() as patch, ThreadingHTTPServer(("127.0.0.1", 0), Saver) as saver:
        patch.setenv("SCHOOLLIB_HOME", str(folder / "home"))
        Thread(target=saver.serve_forever, daemon=True).start()
        with serving(workbook) as asking, open_page("about:blank", folder) as page:
            yield Wps(page, workbook, saver.server_port, addin / "address.js", asking)
        saver.shutdown()


def test_the_ribbon_has_the_buttons_of_excel_and_each_has_its_picture() -> None:
    tree = ElementTree.parse(ADDIN / "ribbon.xml")
    space = "{http://schemas.microsoft.com/office/2006/01/customui}"
    buttons = {one.attrib["id"]: one.attrib for one in tree.iter(f"{space}button")}
    captions = {one.macro: one.caption for one in ALL_BUTTONS} | OF_WPS_ALONE
    assert {name: one["label"] for name, one in buttons.items()} == captions
    assert [one.attrib["label"] for one in tree.iter(f"{space}tab")] == [RIBBON_TAB]
    for name, one in buttons.items():
        assert one["onAction"] == "OnAction"
        assert ElementTree.parse(ADDIN / "images" / f"{name}.svg")
    assert ElementTree.parse(ADDIN / "manifest.xml").findtext("Name") == "schoollib"


def test_every_button_is_known_to_the_program_or_needs_nothing_but_wps() -> None:
    alone = {name for name in (*(button.macro for button in ALL_BUTTONS), *OF_WPS_ALONE) if not is_button(name)}
    assert alone == {"NextFinding", "ClearMarks", *OF_WPS_ALONE}
    script = (ADDIN / "main.js").read_text("utf-8")
    assert all(f"{name}: " in script or f'"{name}"' in script for name in alone)


def test_the_page_loads_nothing_but_its_own_files() -> None:
    page = (ADDIN / "index.html").read_text("utf-8")
    scripts = re.findall(r'src="([^"]+)"', page)
    assert sorted(scripts) == sorted(path.name for path in ADDIN.glob("*.js") if path.name != "address.js")
    for path in ADDIN.rglob("*.*"):
        assert "http" not in path.read_text("utf-8").replace("http://schemas.", "").replace("http://www.w3.org/", "")


@pytest.mark.slow
@pytest.mark.skipif(not TYPES.exists(), reason="the types of WPS are not installed: npm ci in tests/wps")
def test_everything_asked_of_wps_is_in_its_own_types() -> None:
    done = subprocess.run([TYPES, "-p", TYPES.parents[2]], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_marks_and_names_are_those_of_excel() -> None:
    marks = (ADDIN / "marks.js").read_text("utf-8")
    for sentence in ("say_mark_begins", "say_mark_ends", "say_protected", "say_check_first", "say_no_findings"):
        assert json.dumps(MACRO_SENTENCES[sentence], ensure_ascii=False) in marks
    for name in (FINDINGS_NAME, POSITION_NAME):
        assert f'"{name}"' in marks
    functions = (ADDIN / "functions.js").read_text("utf-8")
    named = set(re.findall(r"^  (LIB_\w+):", functions, re.MULTILINE))
    assert named == {one.name for one in FUNCTIONS} == KNOWN.keys()


@needs_browser
def test_a_check_is_laid_down_in_the_cells_and_taken_away_again(wps: Wps) -> None:
    wps.open()
    said = wps.press("CheckLedgers")
    assert "错误" in said
    assert wps["核对结果!A1"]["v"] in said
    marked = wps.marked()
    assert marked > 3
    assert wps.page.evaluate("shown.sheet") == "核对结果"
    assert wps.page.evaluate("Application.book.data.sheets[1].name") == "核对结果"
    assert wps.page.evaluate("Application.book.data.sheets[1].page.Orientation") == 2
    assert wps.page.evaluate("Application.book.view.FreezePanes")
    assert wps.press("NextFinding") == ""
    assert wps.page.evaluate("Application.StatusBar").startswith(("错误：", "存疑：", "提示："))
    assert wps.press("ClearMarks") == ""
    assert wps.marked() == 0


@needs_browser
def test_unsaved_cells_count_and_her_colours_and_notes_stay(wps: Wps) -> None:
    wps.open()
    hers = "range(Application.book.data.sheets.find((one) => one.name === '个别登记账'), corners('A2')).own()"
    wps.page.evaluate(f"{hers}.fill = 255; {hers}.v = 'ABC'")
    wps.press("CheckLedgers")
    assert "ABC" in wps.page.evaluate("JSON.stringify(Application.book.data.sheets[1].cells)")
    assert wps["个别登记账!A2"]["fill"] != 255
    wps.page.evaluate(f"{hers}.note += '再看'")
    wps.press("ClearMarks")
    assert wps["个别登记账!A2"]["fill"] == 255
    assert wps["个别登记账!A2"]["note"].endswith("再看")


@needs_browser
def test_a_second_check_lifts_her_filter_and_a_protected_sheet_is_left_alone(wps: Wps) -> None:
    wps.open()
    wps.press("CheckLedgers")
    wps.page.evaluate("Application.book.data.sheets[1].hidden.row = [8, 9, 10]")
    wps.page.evaluate("Application.book.data.sheets.find((one) => one.name === '借阅登记账').shut = true")
    assert "错误" in wps.press("CheckLedgers")
    assert "借阅登记账" in wps.press("ClearMarks")


@needs_browser
def test_buttons_answer(wps: Wps) -> None:
    wps.open(typed="S0001")
    assert "副本" in wps.press("About")
    assert "借阅定额.xlsx" in wps.press("Quotas")
    assert (wps.workbook.parent / "借阅定额.xlsx").is_file()
    assert "林小满" in wps.press("AskReader")
    assert wps.press("DeskPage") == ""
    assert "不是日期" in wps.press("WriteSummary")
    assert wps.page.evaluate("shown.proposed") == f"{load(wps.workbook, None).library.school.cut_off or date.today()}"
    pane = urlsplit(wps.page.evaluate("shown.pane"))
    assert wps.asking.ask("GET", pane.path, None, {}).status == 200


@needs_browser
def test_the_day_proposed_for_a_paper_is_that_of_the_clock_on_the_wall(wps: Wps) -> None:
    # Of these two one is on another day than Greenwich, at whatever hour.
    zone = "Pacific/Kiritimati" if datetime.now(UTC).hour >= 10 else "Pacific/Pago_Pago"
    wps.page.live_in(zone)
    wps.open()
    proposed = "Application.InputBox = (_, title, day) => day, dayOfPaper(Application.ActiveWorkbook, '没有这一项')"
    assert wps.page.evaluate(proposed) == str(datetime.now(ZoneInfo(zone)).date())
    wps.page.live_in("")


@needs_browser
def test_the_desk_of_the_sheet_enters_and_undoes(wps: Wps) -> None:
    wps.open()
    assert "借还台" in wps.press("DeskAsk")
    lent_out = wps.workbook.with_name("借出.xlsx")
    loan = example(LoanRow, returned_on=None, outcome=None)
    write_workbook(LedgerSet.of(example(AccessionRow), example(ReaderRow), loan), lent_out)
    wps.open(lent_out, desk_sheet())
    assert "先扫" in wps.press("DeskAsk")
    for field, value in ((DeskField.COPY, loan.accession_no), (DeskField.ACT, "还"), (DeskField.DAY, "2026-06-03")):
        wps.fill(field, value)
    assert wps.press("DeskAsk") == ""
    assert wps.answer(DeskField.VERDICT)
    assert wps["借阅登记账!J2"].get("v") is None
    assert wps.press("DeskConfirm") == ""
    entered = wps["借阅登记账!J2"]
    assert entered["v"] == (date(2026, 6, 3) - EPOCH.date()).days
    assert wps["借阅登记账!L2"]["v"] == "已还"
    assert wps.press("DeskUndo") == ""
    assert wps["借阅登记账!J2"].get("v") is None


@needs_browser
def test_what_cannot_be_done_is_a_sentence(wps: Wps) -> None:
    wps.open(folder="")
    assert "先保存" in wps.press("Quotas")
    wps.open(folder="https://pan.example/账")
    assert "网盘" in wps.press("Quotas")
    wps.open(typed=False)
    assert wps.press("AskReader") == ""
    wps.open(refuses=True)
    assert "错误" in wps.press("CheckLedgers")
    wps.open(refuses=True, saved=False)
    assert "Ctrl+S" in wps.press("CheckLedgers")
    wps.open()
    wps.address_file.write_text(address_script(""), "utf-8")
    assert "开始.cmd" in wps.press("CheckLedgers")
    wps.address_file.write_text(address_script("http://127.0.0.1:9/nobody/"), "utf-8")
    assert "开始.cmd" in wps.press("CheckLedgers")
    wps.address_file.unlink()
    assert "开始.cmd" in wps.press("CheckLedgers")


@needs_browser
def test_worksheet_functions_are_answered_from_the_saved_workbook(wps: Wps) -> None:
    wps.open()

    def value(name: str, *cells: Any) -> Any:
        return wps.page.evaluate(f"Application.functions.{name}({','.join(map(json.dumps, cells))})")

    assert value("LIB_ISBN", "978-7-02-002475-9") is True
    assert value("LIB_CLASSNAME", "I287.45") == "文学"
    assert value("LIB_CLASSNO", "L1") is False
    assert value("LIB_LEFT", "") == ""
    assert "没有" in value("LIB_LEFT", "nobody")
    assert value("LIB_RULE", "S0001")
    assert value("LIB_MEAN", "无此班")
    assert value("LIB_DUE", (date(2025, 10, 15) - EPOCH.date()).days, "S0001")
