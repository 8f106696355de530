"""The page of the sample: what is scanned at the shelf is kept, and is what the papers say."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from browser import chromium, open_page
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.sheets.building.workbook import write_workbook
from serve.serving import TOKEN, Asking, serving

TITLE = example(AccessionRow).title
TO_SHELF, TO_BOOK = "照号找书", "照书找号"


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A workbook of thirty copies in two places."""
    rows = [
        example(AccessionRow, accession_no=f"{number:06}", location="书库" if number % 3 else "阅览室", barcode=None)
        for number in range(1, 31)
    ]
    path = tmp_path_factory.mktemp("账") / "账.xlsx"
    write_workbook(LedgerSet.of(example(SummaryRow), *rows), path)
    return path.read_bytes()


@pytest.fixture
def asking(tmp_path: Path, content: bytes) -> Iterator[Asking]:
    """The workbook is served, and ten of its copies are drawn."""
    (tmp_path / "账.xlsx").write_bytes(content)
    with serving(tmp_path / "账.xlsx") as found:
        assert found.post("sample-draw", {"copies": 10, "seed": 3}).status == 200
        yield found


def drawn(asking: Asking) -> tuple[str, ...]:
    return asking.served.sample.last().drawn.copies


def said(asking: Asking, address: str, **body: Any) -> dict[str, str]:
    answer = asking.post(address, body)
    assert answer.status == 200, answer.text
    found: dict[str, str] = json.loads(answer.text)
    return found


def scanned(asking: Asking, *codes: str, way: str = TO_SHELF) -> tuple[str, str]:
    found = said(asking, "sample-scan", codes=codes, way=way)
    return found["tone"], found["said"]


def test_before_anything_is_drawn_the_page_says_so(asking: Asking) -> None:
    asking.served.sample.path.unlink()
    fresh = type(asking.served.sample)(asking.served.workbook)
    asking.served.sample = fresh
    assert "先点下面的“抽一批书”" in asking.get("sample").text
    assert asking.post("sample-scan", {"codes": ["1"], "way": TO_SHELF}).status == 400
    assert asking.post("sample-mark", {"about": "册", "number": "1", "said": "√"}).status == 400
    assert not asking.served.sample.path.exists()


def test_more_codes_at_once_than_are_taken_are_refused_with_their_number(asking: Asking) -> None:
    answer = asking.post("sample-scan", {"codes": ["1"] * 2_001, "way": TO_SHELF})
    assert (answer.status, answer.text) == (
        400,
        "一次贴了 2001 个号，最多 2000 个，什么也没有记；分几次贴，整架清点用“清点”。",
    )
    assert scanned(asking, *["999999"] * 2_000)[1].startswith("扫了 2000 个号")


def test_a_scan_ticks_the_copy_found_and_whatever_else_is_said(asking: Asking) -> None:
    first, second, *_ = drawn(asking)
    other = next(f"{number:06}" for number in range(1, 31) if f"{number:06}" not in drawn(asking))
    assert scanned(asking, first)[0] == "fine"
    assert scanned(asking, first.lstrip("0")) == ("ask", f"{first}《{TITLE}》前面已经记过找到了。")
    assert scanned(asking, other)[0] == "ask"
    assert scanned(asking, "999999") == ("no", "账里查不到“999999”。")
    many = scanned(asking, first, second, "777", other, second)[1]
    assert many == "扫了 5 个号：找到 1 册，前面记过的 2 册，这次没有抽到、没有记的 1 册，账里查不到的 1 个（777）。"
    sheet = asking.served.sample.last().sheet
    assert {number for number, word in sheet.found.items() if word} == {first, second}
    assert sheet.taken == ()


def test_a_book_from_the_shelf_is_looked_up_and_can_be_taken_back(asking: Asking) -> None:
    # As a Chinese input method makes it of what a scanner types.
    assert scanned(asking, "０００００４", way=TO_BOOK)[0] == "fine"
    assert scanned(asking, "888888", way=TO_BOOK)[0] == "no"
    assert scanned(asking, "000004", way=TO_BOOK)[0] == "ask"
    assert asking.served.sample.last().sheet.taken == ("000004", "888888")
    answers = said(asking, "sample-mark", about="架上拿的", number="888888", said="")["answers"]
    assert "照书找号（1/10）" in answers
    assert asking.served.sample.last().sheet.taken == ("000004",)


def test_a_cross_a_card_and_a_batch_are_marked_and_nothing_that_was_not_drawn(asking: Asking) -> None:
    first, *_ = drawn(asking)
    batch = example(SummaryRow).batch_no
    for about, number in (("册", first), ("卡和章", first), ("单据", batch)):
        assert "没有" not in said(asking, "sample-mark", about=about, number=number, said="×")["said"]
    sheet = asking.served.sample.last().sheet
    assert (sheet.found[first], sheet.cards[first], sheet.batches[batch]) == ("×", "×", "×")
    for wrong in (("册", "999999"), ("单据", first), ("抽样", first), ("架上拿的", first)):
        assert asking.post("sample-mark", {"about": wrong[0], "number": wrong[1], "said": "√"}).status == 400


def test_the_answers_outlive_the_program_and_a_torn_line_is_said(asking: Asking) -> None:
    first, second, *_ = drawn(asking)
    scanned(asking, first)
    path = asking.served.sample.path
    with path.open("ab") as file:
        file.write(b'{"about":"\xe5\x86\x8c","number":"' + second.encode())
    asking.served.sample = type(asking.served.sample)(asking.served.workbook)
    assert "有 1 行没有写完" in asking.get("sample").text
    scanned(asking, second)
    again = type(asking.served.sample)(asking.served.workbook).last()
    assert {number for number, word in again.sheet.found.items() if word} == {first, second}


def test_a_file_of_hers_of_that_name_is_left_alone(asking: Asking) -> None:
    path = asking.served.sample.path
    path.write_text("我的笔记\n", encoding="utf-8")
    asking.served.sample = type(asking.served.sample)(asking.served.workbook)
    answer = asking.post("sample-draw", {"copies": 10, "seed": 3})
    assert answer.status == 422
    assert "不是抽查流水" in answer.text
    assert path.read_text(encoding="utf-8") == "我的笔记\n"


def test_a_new_sample_begins_anew_and_the_same_one_goes_on(asking: Asking) -> None:
    first, *_ = drawn(asking)
    scanned(asking, first)
    said(asking, "sample-draw", copies=10, seed=3)
    assert asking.served.sample.last().sheet.found[first] == "√"
    said(asking, "sample-draw", copies=10, seed=4)
    assert not any(asking.served.sample.last().sheet.found.values())
    assert len(asking.served.sample.samples()) == 2


@pytest.mark.skipif(chromium() is None, reason="Chromium is not installed")
def test_the_page_of_the_sample_in_a_browser_as_wide_as_a_phone(asking: Asking, tmp_path: Path) -> None:
    first, second, third, *_ = drawn(asking)
    with open_page(
        f"http://127.0.0.1:{asking.server.server_port}/{TOKEN}/w/{asking.served.key}/sample", tmp_path
    ) as page:
        page.resize(390, 800)
        page.wait_for("document.activeElement && document.activeElement.id === 'code'")
        page.evaluate(f"document.getElementById('code').value = '{first}'")
        page.evaluate("document.getElementById('scan').requestSubmit()")
        page.wait_for("document.getElementById('answer').className === 'fine'")
        page.evaluate(f"document.getElementById('many').value = '{second}\\n{first}'")
        page.evaluate("document.getElementById('take').click()")
        page.wait_for("document.querySelectorAll('#sample li.yes').length === 2")
        cross = f'#sample button[data-number="{third}"][data-about="册"][data-said="×"]'
        page.evaluate(f"document.querySelector('{cross}').click()")
        page.wait_for("document.querySelectorAll('#sample li.no').length === 1")
        # What is no number of copies is said at its blank; nothing is asked of the program.
        page.evaluate(
            "const all = fetch; window.drawn = []; window.fetch = (to, how) => { drawn.push(to); return all(to, how); }"
        )
        for copies in ("0", "", "10"):
            page.evaluate(f"document.getElementById('copies').value = '{copies}'")
            page.evaluate("document.getElementById('draw').click()")
        page.wait_for("document.querySelectorAll('#sample li.no').length === 0")
        assert page.evaluate("drawn.filter((to) => to === 'sample-draw').length") == 1
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") is True
        assert page.evaluate("document.getElementById('fault').hidden") is True
    found = asking.served.sample.samples()[0].sheet.found
    assert (found[first], found[second], found[third]) == ("√", "√", "×")
