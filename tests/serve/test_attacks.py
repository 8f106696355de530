"""Nobody but the librarian's own page is answered."""

import json
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from schoollib_xl import pages
from schoollib_xl.actions.checking import causes_of
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.desk.replay import Replayed
from schoollib_xl.inspection.answers import outcome
from schoollib_xl.inspection.journal import About, SampleLine, drawn, filled
from schoollib_xl.inspection.sample import draw
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import SHEETS, Kind
from schoollib_xl.pages.desk import pending_html, reader_html
from schoollib_xl.pages.overview import overview_html
from schoollib_xl.pages.sampling import answers_html
from schoollib_xl.pages.serving import being_read, chooser_page, jobs_html, workbook_page
from schoollib_xl.quotas.borrowing.allowance import allowance
from schoollib_xl.quotas.promises import promises
from schoollib_xl.quotas.statement import statement
from schoollib_xl.serve.answers import Jump
from schoollib_xl.serve.commands import buttons
from schoollib_xl.serve.served import key_of
from schoollib_xl.wording.page.overview import Reading, Sighting, overview
from serve.serving import NOON, TOKEN, Answer, Asking, serving, small_workbook

MARKUP = '<script>alert(1)</script><img src=x onerror="alert(1)">'


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    folder = tmp_path_factory.mktemp("school")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCHOOLLIB_HOME", str(folder / "home"))
        (folder / "账").mkdir()
        (folder / "secret.txt").write_text("secret")
        with serving(small_workbook(folder / "账" / "七本账.xlsx", MARKUP)) as one:
            yield one


def test_the_page_is_shown_to_its_own_browser(asking: Asking) -> None:
    answer = asking.get()
    assert answer.status == 200
    assert "七本账" in answer.text
    assert "'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/", "/wrong-token/", f"/{TOKEN[:-1]}/", f"/{TOKEN}x/", "//", ""])
def test_an_address_without_the_token_is_refused(asking: Asking, path: str) -> None:
    answer = asking.ask("GET", path or "*", None, {})
    assert answer.status == 403
    assert "七本账.xlsx" not in answer.text


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8517", "127.0.0.1:1", "127.0.0.1"])
def test_another_host_name_is_refused(asking: Asking, host: str) -> None:
    """DNS rebinding: the browser is led to this computer under a name of the attacker's."""
    assert asking.get("", Host=host).status == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "file://"])
def test_a_request_from_another_site_is_refused(asking: Asking, origin: str) -> None:
    assert asking.post("run", {"command": "check"}, Origin=origin).status == 403
    assert asking.get("body", Origin=origin).status == 403
    assert asking.served.jobs.latest() == []


def test_a_form_of_another_site_cannot_be_sent(asking: Asking) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        assert asking.post("run", {"command": "check"}, Content_Type=kind).status == 400
    assert asking.get("body", Sec_Fetch_Site="cross-site").status == 403
    assert asking.served.jobs.latest() == []


@pytest.mark.parametrize("method", ["PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "BREW"])
def test_another_method_is_refused(asking: Asking, method: str) -> None:
    answer = asking.ask(method, asking.base, None, {})
    assert answer.status == 405
    assert answer.headers["Allow"] == "GET, POST"


@pytest.mark.parametrize(
    "path",
    ["../../secret.txt", "..%2f..%2fsecret.txt", "written/../../secret.txt", "written/1/0", "%2e%2e/secret.txt",
     "written/1/..%2f..%2fsecret.txt", "/etc/passwd", "..\\secret.txt", "secret.txt\x00.css".replace("\x00", "%00")],
)  # fmt: skip
def test_no_address_reaches_a_file(asking: Asking, path: str) -> None:
    for address in (f"{asking.base}{path}", f"/{TOKEN}/{path}"):
        answer = asking.ask("GET", address, None, {})
        assert answer.status in (403, 404)
        assert answer.text != "secret"


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/passwd", "..\\secret.txt", "没有.txt", "a\x00b", ""])
def test_no_command_is_given_a_file_from_elsewhere(asking: Asking, name: str) -> None:
    answer = asking.post("run", {"command": "stocktake", "told": {"scans": [name]}})
    assert answer.status == 400
    assert asking.served.jobs.latest() == []


def test_no_page_opens_or_makes_a_workbook_elsewhere(asking: Asking, tmp_path: Path) -> None:
    """Whoever got hold of the address still names no path, and cannot ask what there is on this computer."""
    elsewhere = small_workbook(tmp_path / "别处" / "七本账.xlsx")
    for body in ({"path": str(elsewhere)}, {"key": "", "path": str(elsewhere)}, {}):
        assert asking.choose("open", body).status == 400
    assert asking.choose("open", {"key": key_of(elsewhere)}).status == 404
    assert asking.get(f"../{key_of(elsewhere)}/").status == 404
    here = key_of(asking.served.workbook.parent)
    assert asking.choose("new", {"folder": key_of(elsewhere.parent), "name": "新的.xlsx"}).status == 400
    for name in ("../新的.xlsx", str(tmp_path / "新的.xlsx"), "..\\新的.xlsx", "C:新的.xlsx", "..", "//主机/新的.xlsx"):
        assert asking.choose("new", {"folder": here, "name": name}).status == 400
    assert sorted(path.name for path in tmp_path.rglob("*.xls?")) == ["七本账.xlsx"]


def test_a_link_that_leads_out_of_the_folder_is_no_file_of_it(asking: Asking) -> None:
    folder = asking.served.workbook.parent
    (folder / "扫描.txt").symlink_to(folder.parent / "secret.txt")
    assert asking.post("run", {"command": "stocktake", "told": {"scans": ["扫描.txt"]}}).status == 400


@pytest.mark.parametrize(
    "body",
    [{"command": "demo"}, {"command": "serve"}, {"command": "check; rm"}, {"command": "check", "more": 1}, [], "x",
     {"command": "check", "told": {"into": ["/tmp"]}}, {"command": "check", "told": {"as_of": ["--into=/tmp"]}}],
)  # fmt: skip
def test_nothing_is_run_but_what_the_buttons_run(asking: Asking, body: object) -> None:
    assert asking.post("run", body).status == 400
    assert asking.served.jobs.latest() == []


def test_a_body_without_end_is_refused(asking: Asking) -> None:
    assert asking.post("run", {"command": "x" * 70_000}).status == 413
    assert asking.post("run", {}, Content_Length="-1").status == 400


def test_what_a_cell_says_stays_text(asking: Asking) -> None:
    shown = asking.get().text
    assert "<script>alert" not in shown
    assert "<img" not in shown
    assert "&lt;script&gt;alert" in shown


def test_no_column_of_any_sheet_puts_an_element_on_the_page() -> None:
    rows = [_hostile(sheet.row_type) for sheet in ALL_SHEETS for _ in range(2)]
    library = LedgerSet.of(*rows).library()
    found = run(library, ALL.values())
    assert len(found.findings) > 20
    quotas = statement(library)
    reading = Reading(library, found, quotas, promises(library, quotas), MARKUP, NOON, causes_of(library, found))
    page = overview_html(overview(Sighting(MARKUP, reading, MARKUP, NOON)))
    tags = Tags()
    tags.feed(page)
    assert not tags.found & {"script", "img", "iframe", "object", "a"}
    assert not tags.attributes & {"onerror", "src", "href", "style"}


def test_no_column_puts_an_element_on_the_other_pages() -> None:
    rows = [_hostile(sheet.row_type) for sheet in ALL_SHEETS for _ in range(2)]
    library = LedgerSet.of(*rows).library()
    loans = [_hostile(LoanRow)]
    shelf = LedgerSet.of(_hostile(AccessionRow)).library()
    drawn_sample = draw(shelf, 5, 1)
    assert drawn_sample.copies
    (kept,) = filled([SampleLine(about=About.SAMPLE, drawn=drawn(drawn_sample))])
    shown = [
        chooser_page([("key", MARKUP, MARKUP)], [("key", MARKUP)], MARKUP, [MARKUP]),
        reader_html(allowance(library, MARKUP, NOON.date())),
        pending_html(Replayed(library, library, loans=loans), [MARKUP]),
        workbook_page(MARKUP, being_read(), buttons().values(), [MARKUP], jobs_html([])),
        answers_html(shelf, kept, drawn_sample, outcome(kept.sheet, drawn_sample, shelf), MARKUP),
    ]
    for page in shown:
        assert "<script>alert" not in page
        tags = Tags()
        tags.feed(page)
        assert not tags.found & {"img", "iframe", "object"}
        assert "onerror" not in tags.attributes


def _hostile(row_type: type[Any]) -> Any:
    fields = SHEETS[row_type].fields
    texts = {one.name: MARKUP for one in fields if one.kind in (Kind.TEXT, Kind.IDENTIFIER, Kind.ANY)}
    return example(row_type, **texts)


class Tags(HTMLParser):
    """The names of all elements and attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        self.attributes |= {name for name, _ in attrs}


def test_nothing_is_logged(asking: Asking, capfd: pytest.CaptureFixture[str]) -> None:
    asking.get()
    asking.get("", Host="evil.example")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("place", ["借阅登记账!A1;calc", "A1", "x" * 40 + "!A1", "账!A0", "账\n!A1"])
def test_a_jump_goes_to_a_cell_and_nowhere_else(asking: Asking, place: str) -> None:
    assert asking.post("jump", {"place": place}).status == 400
    assert "借阅登记账 (2)!B2" in asking.post("jump", {"place": "借阅登记账 (2)!B2"}).text


def test_the_page_offers_a_jump_to_every_place_that_is_taken() -> None:
    taken = Jump.model_json_schema()["properties"]["place"]["pattern"]
    assert f"PLACE = /{taken}/;" in Path(pages.__file__).with_name("serve.js").read_text("utf-8")


# -- the add-in of WPS, whose pages have no origin of their own ----------------------------------------


def addin(asking: Asking, address: str, body: object, **headers: str) -> Answer:
    return asking.ask(
        "POST", f"/{TOKEN}/wps/{address}", json.dumps(body), {"Content-Type": "application/json"} | headers
    )


@pytest.mark.parametrize("origin", ["null", "file://"])
def test_a_page_from_a_file_may_ask_where_the_add_in_asks_and_nowhere_else(asking: Asking, origin: str) -> None:
    here = {"path": str(asking.served.workbook)}
    answer = addin(asking, "open", here, Origin=origin, Sec_Fetch_Site="cross-site")
    assert json.loads(answer.text) == {"key": asking.served.key}
    assert answer.headers["Access-Control-Allow-Origin"] == origin
    before = asking.ask("OPTIONS", f"/{TOKEN}/wps/open", None, {"Origin": origin})
    assert (before.status, before.headers["Access-Control-Allow-Methods"]) == (204, "POST")
    for elsewhere in ("", "open", "w/", "page.css"):
        assert asking.ask("OPTIONS", f"/{TOKEN}/{elsewhere}", None, {"Origin": origin}).status == 405
        assert "Access-Control-Allow-Origin" not in asking.ask("GET", f"/{TOKEN}/{elsewhere}", None, {}).headers


def test_nobody_else_is_the_add_in(asking: Asking) -> None:
    here = {"path": str(asking.served.workbook)}
    port = asking.server.server_port
    for origin in ("http://evil.example", f"http://127.0.0.1:{port + 1}", "https://127.0.0.1", "file://evil", "NULL"):
        assert addin(asking, "open", here, Origin=origin).status == 403
        assert asking.ask("OPTIONS", f"/{TOKEN}/wps/open", None, {"Origin": origin}).status == 405
    assert addin(asking, "open", here, Origin="null", Host="evil.example").status == 403
    assert asking.ask("OPTIONS", f"/{TOKEN}/wps/open", None, {"Origin": "null", "Host": "evil.example"}).status == 405
    for path in ("/wps/open", "/wrong/wps/open", f"/{TOKEN[:-1]}/wps/open"):
        assert asking.ask("POST", path, json.dumps(here), {"Origin": "null"}).status == 403
    assert addin(asking, "open", here, Origin="null", Content_Type="text/plain").status == 400
    assert asking.get("body", Origin="null").status == 403


def test_the_add_in_reads_its_own_copies_and_no_other_file(asking: Asking) -> None:
    for number in ("nothing", "../secret.txt", str(asking.served.workbook.parent)):
        answer = addin(asking, f"{asking.served.key}/steps/About", {"copy": number})
        assert (answer.status, "副本" in answer.text) == (400, True)
    for path in ("nowhere.xlsx", "", "/"):
        assert addin(asking, "open", {"path": path}).status == 422


@pytest.mark.parametrize(
    ("address", "body", "status"),
    [("000000000000/steps/About", {}, 404), ("KEY/steps/os.system", {}, 404), ("KEY/steps/Nothing", {}, 400),
     ("KEY/other", {}, 404), ("KEY/steps/About", {"copy": "x", "book": "y"}, 400), ("KEY/copy/../x", {}, 404),
     ("function", {"path": "BOOK", "name": "__import__", "values": ["os"]}, 400),
     ("function", {"path": "BOOK", "name": "LIB_ISBN", "values": [["range"]]}, 400)],
)  # fmt: skip
def test_the_add_in_gets_what_there_is_and_nothing_else(
    asking: Asking, address: str, body: dict[str, object], status: int
) -> None:
    named = {name: str(asking.served.workbook) if value == "BOOK" else value for name, value in body.items()}
    assert addin(asking, address.replace("KEY", asking.served.key), named).status == status


def test_a_copy_is_read_once_and_then_gone(asking: Asking) -> None:
    asked = json.loads(addin(asking, f"{asking.served.key}/copy", {}).text)
    copy = Path(asked["path"])
    assert copy.parent.stat().st_mode & 0o077 == 0
    shutil.copy(asking.served.workbook, copy)
    pressed = f"{asking.served.key}/steps/About"
    assert addin(asking, pressed, {"copy": asked["number"]}).status == 200
    assert not copy.parent.exists()
    assert addin(asking, pressed, {"copy": asked["number"]}).status == 400
