"""The resident program: what it shows of a workbook that is saved, broken and moved; its buttons; its start and end."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from browser import chromium, open_page
from schoollib_xl.actions.following import Follower
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.packages import zipped
from schoollib_xl.saving import write
from schoollib_xl.serve import jobs
from schoollib_xl.serve.commands import NotInFolder, buttons, command_line, files_in, on_the_page
from schoollib_xl.serve.memory import remember_workbook
from schoollib_xl.serve.served import key_of
from serve.serving import NOON, TOKEN, Asking, serving, small_workbook
from surgery import set_cell

SECONDS = 90


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return small_workbook(tmp_path_factory.mktemp("made") / "七本账.xlsx").read_bytes()


@pytest.fixture
def workbook(tmp_path: Path, content: bytes, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SCHOOLLIB_HOME", str(tmp_path / "home"))
    path = tmp_path / "学校 文件夹" / "图书室 七本账.xlsx"
    path.parent.mkdir()
    path.write_bytes(content)
    return path


def save_with(workbook: Path, cell: str, value: float | str) -> None:
    """Change a cell as Excel saves: another file takes the place of the old one."""
    draft = workbook.with_name("~draft.tmp")
    draft.write_bytes(workbook.read_bytes())
    set_cell(draft, "借阅登记账", cell, value)
    draft.replace(workbook)


def look_twice(asking: Asking, seconds: int) -> None:
    for more in range(2):
        asking.served.look(NOON + timedelta(seconds=seconds + more))


def wait_until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.1)


def test_a_save_is_followed_and_what_is_new_is_said(workbook: Path) -> None:
    with serving(workbook) as asking:
        before = asking.served.state
        assert "新</span>" not in asking.get("body").text
        save_with(workbook, "C2", "S9999")
        look_twice(asking, 2)
        after = asking.served.state
        shown = asking.get("body").text
        assert after.reading == before.reading + 1
        assert after.news > 0
        assert f"比上一次多出 {after.news} 处" in shown
        assert '<span class="new">新</span>' in shown


@pytest.mark.parametrize("what", ["broken", "gone", "replaced"])
def test_a_workbook_that_cannot_be_read_leaves_the_last_answer_marked_as_old(workbook: Path, what: str) -> None:
    with serving(workbook) as asking:
        whole = workbook.read_bytes()
        known = asking.get("body").text
        verdict = known[known.index('id="verdict"') :][:80]
        if what == "broken":
            workbook.write_bytes(whole[:5000])
        elif what == "gone":
            workbook.unlink()
        else:
            workbook.write_text("这不是工作簿")
        look_twice(asking, 2)
        shown = asking.get("body").text
        assert 'role="alert"' in shown
        assert "读到的，是旧的" in shown
        assert verdict in shown
        workbook.write_bytes(whole)
        look_twice(asking, 5)
        assert "是旧的" not in asking.get("body").text


def test_a_new_day_is_checked_anew(workbook: Path) -> None:
    follower = Follower(workbook, None)
    assert follower.look(NOON)
    assert follower.look(NOON + timedelta(seconds=1)) is None
    assert follower.look(NOON + timedelta(days=1))
    assert follower.look(NOON + timedelta(days=1, seconds=1)) is None


def test_a_button_runs_its_command_and_links_what_was_written(workbook: Path) -> None:
    with serving(workbook) as asking:
        before = workbook.read_bytes()
        assert asking.post("run", {"command": "check"}).status == 200
        assert asking.post("run", {"command": "check"}).status == 409
        wait_until(lambda: not asking.served.jobs.latest()[0].is_running)
        (job,) = asking.served.jobs.latest()
        assert [path.name for path in job.files] == ["核对结果.xlsx"]
        assert "written/1/0" in asking.get("jobs").text
        written = asking.get("written/1/0")
        assert written.text.startswith("PK")
        assert written.headers["Content-Disposition"].startswith("attachment")
        assert asking.get("written/1/1").status == 404
        assert workbook.read_bytes() == before


def test_a_command_that_does_not_end_is_stopped_on_the_page(workbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    endless = workbook.parent / "endless.py"
    endless.write_text("import time\nprint('began', flush=True)\ntime.sleep(600)\n")
    with serving(workbook) as asking:
        with monkeypatch.context() as patch:
            patch.setattr(jobs, "_COMMAND", (str(endless),))
            assert asking.post("run", {"command": "check"}).status == 200
            wait_until(lambda: asking.served.jobs.latest()[0].lines == ["began"])
        assert 'data-stop="1"' in asking.get("jobs").text
        assert "把它停下" in asking.post("run", {"command": "check"}).text
        assert asking.post("stop", {"number": 1}).status == 200
        wait_until(lambda: not asking.served.jobs.latest()[0].is_running)
        assert "停下了，没有做完" in asking.get("jobs").text
        assert asking.post("run", {"command": "check"}).status == 200
        # One that has ended stays as it is.
        wait_until(lambda: not asking.served.jobs.latest()[0].is_running)
        asking.post("stop", {"number": 2})
        newest, before, _ = asking.get("jobs").text.split("</article>")
        assert "停下了" not in newest
        # What the newest said is in view, what those before it said is folded away.
        assert ["<details" in shown for shown in (newest, before)] == [False, True]


def test_a_drive_that_does_not_answer_holds_no_page_up(workbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone, answers = workbook.parent / "网络盘" / "去年.xlsx", Event()
    remember_workbook(gone)
    asked = Path.is_file
    monkeypatch.setattr(Path, "is_file", lambda path: answers.wait(60) if path == gone.resolve() else asked(path))
    with serving(workbook) as asking:
        began = time.monotonic()
        shown = asking.ask("GET", f"/{TOKEN}/", None, {}).text
        assert time.monotonic() - began < 30
        assert (workbook.name in shown, "去年.xlsx”所在的盘没有回应" in shown) == (True, True)
        answers.set()


def test_a_command_that_cannot_be_done_says_why(workbook: Path) -> None:
    with serving(workbook) as asking:
        asking.post("run", {"command": "check", "told": {"as_of": ["3000-01-01"]}})
        assert "不是日期" in asking.post("run", {"command": "check", "told": {"as_of": ["3000-01-01"]}}).text
        assert "还要说明" in asking.post("run", {"command": "stocktake"}).text


def test_every_button_asks_in_chinese() -> None:
    for button in buttons().values():
        assert not button.caption.isascii()
        labels = [blank.label for blank in button.blanks]
        assert not any(label.isascii() for label in labels), button.name
        assert len(set(labels)) == len(labels), button.name


def test_a_run_speaks_of_what_is_on_the_page() -> None:
    said = 'schoollib adopt "a；b.csv" --into "新.xlsx" --column "放哪=馆藏地" --again；改用 --days；不是 --none。'
    assert on_the_page("adopt", said) == (
        "“接收旧账”“本校栏目=标准栏目”（放哪=馆藏地）“改了对照或规则再接收一次”；改用“借期天数”；不是 --none。"
    )
    assert on_the_page("adopt", "用 schoollib roster；schoollib explain") == "用“换名册”；schoollib explain"
    assert on_the_page("roster", "加上 --new-year，先") == "加上“名单是新学年的”，先"
    assert on_the_page("plan", "加 --as-of 2026-02-23") == "加“日期”（2026-02-23）"
    for path in ("/home/wang--new-year/账.xlsx", r"D:\图书--new-year\账.xlsx", "名单--new-year.xlsx", "a--new-year"):
        assert on_the_page("roster", f"名册报告在：{path}") == f"名册报告在：{path}"


def test_what_is_told_more_than_once_reaches_the_command(tmp_path: Path) -> None:
    workbook, adopt = tmp_path / "账.xlsx", buttons()["adopt"]
    for name in ("旧.csv", "一.csv", "二.csv"):
        (tmp_path / name).touch()
    told = {"sources": ["旧.csv"], "into": ["新.xlsx"], "column": ["放哪=馆藏地\n\n价=单价"]}
    assert command_line(adopt, workbook, told)[-2:] == ["--column=放哪=馆藏地", "--column=价=单价"]
    lists = [str(tmp_path / name) for name in ("一.csv", "二.csv")]
    asked = command_line(buttons()["new-year"], workbook, {"lists": ["一.csv", "二.csv"]})
    assert asked == ["new-year", str(workbook), "--roster", *lists]
    printed = command_line(buttons()["print"], workbook, {"sheet": ["借阅登记账", "报刊登记账"]})
    assert printed[2:] == ["--sheet=借阅登记账", "--sheet=报刊登记账"]


def test_the_desk_answers_over_the_page(workbook: Path) -> None:
    with serving(workbook) as asking:
        loan = asking.served.library and asking.served.library[LoanRow].rows[0]
        assert loan
        shown = asking.get("desk").text
        assert 'id="code"' in shown
        answer = asking.post("scan", {"code": loan.reader_no})
        assert str(loan.name) in answer.text
        assert "账上没有" in asking.post("scan", {"code": "https://example.org/" + "a" * 300}).text
        assert asking.post("scan", {"code": "x", "day": "gestern"}).status == 400
        assert asking.post("undo", {"line": ""}).status == 400
        known = asking.get("state").text
        assert asking.post("settle", {"what": "重新待抄", "known": 1}).status == 409
        assert asking.post("settle", {"what": "已入账", "known": 1}).status == 400
        assert asking.get("state").text == known
        assert sorted(path.name for path in workbook.parent.iterdir()) == [workbook.name]


@contextmanager
def program(*words: str | Path, home: Path) -> Iterator[tuple[subprocess.Popen[str], str, list[str]]]:
    """The program in a process of its own, its page's address, and what it said until then."""
    process = subprocess.Popen(
        [sys.executable, "-m", "schoollib_xl", "serve", *map(str, words), "--no-browser"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", start_new_session=True,
        env={**os.environ, "SCHOOLLIB_HOME": str(home)},
    )  # fmt: skip
    try:
        said = []
        assert process.stdout is not None
        for line in process.stdout:
            said.append(line.strip())
            if "http://" in line:
                break
        yield process, said[-1].rpartition("：")[2], said
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def test_the_desk_of_what_is_no_workbook_says_what_keeps_it_from_being_read(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text("学号,姓名\n1,甲\n", encoding="utf-8")
    with serving(path) as asking:
        assert "先接收旧账" in asking.post("scan", {"code": "1"}).text


def test_a_port_that_is_taken_gives_the_next_and_a_second_start_the_same_page(workbook: Path, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with program(workbook, "--port", str(port), home=tmp_path / "home") as (process, address, said):
            assert str(port) in said[0]
            assert f":{port}/" not in address
            with program(workbook, home=tmp_path / "home") as (second, same, _):
                assert same == address
                assert second.wait(SECONDS) == 0
            process.send_signal(signal.SIGINT)
            rest, complaints = process.communicate(timeout=SECONDS)
    assert (process.returncode, complaints) == (0, "")
    assert "图书室关了" in rest


def test_a_file_that_is_no_workbook_is_refused_at_once(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "schoollib_xl", "serve", str(tmp_path / "没有.xlsx"), "--no-browser"],
        capture_output=True, text=True, encoding="utf-8", timeout=SECONDS, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "找不到" in done.stderr
    assert done.stdout == ""


@pytest.mark.skipif(chromium() is None, reason="Chromium is not installed")
def test_the_page_in_a_browser(workbook: Path, tmp_path: Path) -> None:
    """Live updates, filters, a jump, the desk's box, and the end of the program, without one fault of the script."""
    with (
        program(workbook, home=tmp_path / "home") as (process, address, _),
        open_page(address, tmp_path) as page,
    ):
        page.wait_for("document.querySelectorAll('#findings article').length > 0")
        page.wait_for("document.querySelector('#findings .jump') !== null")
        page.evaluate("document.querySelector('#findings .jump').click()")
        page.wait_for("document.getElementById('said').textContent.includes('!')")
        page.evaluate("document.getElementById('find').value = '没有这个字'")
        page.evaluate("document.getElementById('filters').dispatchEvent(new Event('input'))")
        page.wait_for("document.querySelectorAll('#findings article:not([hidden])').length === 0")
        page.evaluate("document.getElementById('find').focus()")
        save_with(workbook, "C2", "S9999")
        page.wait_for("document.querySelector('#findings .new') !== null")
        # Who types or tabs meanwhile goes on where she was.
        page.wait_for("document.activeElement.id === 'find'")
        page.evaluate("document.querySelector('#today .jump').focus()")
        save_with(workbook, "C2", "S9998")
        page.wait_for("document.getElementById('body').textContent.includes('S9998')")
        page.wait_for("document.activeElement.className === 'jump'")
        # What she puts beside the workbook meanwhile can be chosen.
        workbook.with_name("名册.csv").touch()
        page.evaluate("window.dispatchEvent(new Event('focus'))")
        page.wait_for("[...document.getElementById('roster-lists').options].some((one) => one.value === '名册.csv')")
        # The program is ended in the middle of an answer.
        broken = "new Response(new ReadableStream({ pull(half) { half.error(new TypeError()); } }))"
        page.evaluate(f"window.fetch = async () => {broken}; window.renewed = null;")
        page.evaluate("ask('body').then((got) => { renewed = got === null; })")
        page.wait_for("renewed === true && !document.getElementById('stopped').hidden")
        assert page.evaluate("document.getElementById('fault').hidden") is True
        page.open(f"{address}desk")
        page.wait_for("document.activeElement.id === 'code'")
        page.evaluate("document.getElementById('code').value = 'zzzz'")
        page.evaluate("document.getElementById('scan').requestSubmit()")
        page.wait_for("document.getElementById('answer').className === 'no'")
        assert page.evaluate("document.activeElement.id") == "code"
        # A scan belongs in the box wherever she has clicked, and what is said of it is in view.
        page.resize(400, 300)
        page.evaluate("document.querySelector('summary').click()")
        page.evaluate("document.querySelector('summary').focus()")
        page.type("9787")
        page.wait_for("document.getElementById('said').textContent.includes('9787')")
        assert page.evaluate("document.querySelector('details').open") is True
        assert page.evaluate("scrollY") == 0
        page.evaluate("document.getElementById('day').value = '2026-05-28'")
        page.evaluate("document.getElementById('day').dispatchEvent(new Event('change'))")
        assert "补记 2026-05-28 的" in page.evaluate("document.getElementById('mode').textContent")
        process.kill()
        # Whether it was entered before the program went nobody knows, and the scans after it are answered too.
        for code in ("zzzz", "yyyy"):
            page.evaluate("document.getElementById('answer').className = ''")
            page.evaluate(f"document.getElementById('code').value = '{code}'")
            page.evaluate("document.getElementById('scan').requestSubmit()")
            page.wait_for("document.getElementById('answer').className === 'no'")
            assert "记没记上还不知道" in page.evaluate("document.getElementById('said').textContent")
        page.wait_for("!document.getElementById('stopped').hidden && document.title.includes('已停')")
        assert page.evaluate("document.getElementById('fault').hidden") is True


# The box has the focus before the script that listens to it has run.
_SCRIPT_RUNS = "document.getElementById('renew')?.hasAttribute('aria-pressed')"
_SLOW_ANSWERS = """
window.asked = [];
window.fetch = async (address, { body } = {}) => {
  if (address === "state" || address === "pending") return new Response("{}");
  const said = JSON.parse(body);
  asked.push([said.code ?? said.line, said.act ?? null, said.reader_no]);
  await new Promise((go) => { setTimeout(go, 50); });
  const isCard = said.code === "CARD";
  const answer = { tone: isCard ? "reader" : "fine", said: "", is_copy: !isCard && address === "scan",
    reader_no: isCard ? said.code : said.reader_no, reader: "", done: `<li data-line="of ${said.code}"></li>` };
  return { ok: true, text: async () => (said.code === "FAULT" ? "" : JSON.stringify(answer)) };
};
for (const word of ["FAULT", "F4", "CARD", "B1", "B2", "F4", "B3", "F8", "Escape", "B4"]) {
  if (/^(F.|Escape)$/.test(word)) document.dispatchEvent(new KeyboardEvent("keydown", { key: word }));
  else {
    document.getElementById("code").value = word;
    document.getElementById("scan").requestSubmit();
  }
}
"""


@pytest.mark.skipif(chromium() is None, reason="Chromium is not installed")
def test_ten_open_pages_of_one_browser_are_all_answered(workbook: Path, tmp_path: Path) -> None:
    """Every start of the program opens another; a browser has six connections for all of them."""
    with serving(workbook) as asking:
        address = f"{asking.server.address}w/{asking.served.key}/"
        with open_page(f"{address}desk", tmp_path) as page:
            page.wait_for(_SCRIPT_RUNS)
            page.open_beside([address] * 9)
            page.wait_for("performance.now() > 5000")
            for _ in range(3):
                page.evaluate("document.getElementById('answer').className = ''")
                page.evaluate("document.getElementById('code').value = 'zzzz'")
                page.evaluate("document.getElementById('scan').requestSubmit()")
                page.wait_for("document.getElementById('answer').className === 'no'")
                page.evaluate("fetch('state')")


@pytest.mark.skipif(chromium() is None, reason="Chromium is not installed")
def test_keys_and_scans_take_effect_in_their_order_however_slow_the_answers(workbook: Path, tmp_path: Path) -> None:
    with serving(workbook) as asking, open_page(f"{asking.server.address}w/{asking.served.key}/desk", tmp_path) as page:
        page.wait_for(_SCRIPT_RUNS)
        page.evaluate(_SLOW_ANSWERS)
        page.wait_for("asked.length === 7")
        # A fault is said and holds up nothing; 续借 is for the next copy and no card; undone is the scan before.
        assert page.evaluate("document.getElementById('fault').hidden") is False
        assert page.evaluate("asked") == [
            ["FAULT", None, ""],
            ["CARD", "续借", ""],
            ["B1", "续借", "CARD"],
            ["B2", None, "CARD"],
            ["B3", "续借", "CARD"],
            ["of B3", None, "CARD"],
            ["B4", None, ""],
        ]


def test_the_list_taker_asks_for_the_new_name_and_keeps_it_beside_the_workbook(tmp_path: Path) -> None:
    button, workbook = buttons()["adopt"], tmp_path / "账.xlsx"
    (tmp_path / "旧书目.csv").write_text("书名\n小河\n", encoding="utf-8")
    told = {"sources": ["旧书目.csv"], "into": ["新账.xlsx"]}
    assert f"--into={tmp_path / '新账.xlsx'}" in command_line(button, workbook, told)
    for elsewhere in ("../新账.xlsx", "C:新账.xlsx", "夹/新账.xlsx"):
        with pytest.raises(NotInFolder):
            command_line(button, workbook, told | {"into": [elsewhere]})


def test_who_has_no_workbook_begins_with_an_empty_one(workbook: Path) -> None:
    with serving(workbook) as asking:
        folder = key_of(workbook.parent)
        # A name of nothing would be taken for the folder's own, in the folder above.
        for name, status in (("  ", 400), ("新的", 200), ("新的.xlsm", 422), ("a?b", 422), (workbook.name, 422)):
            assert asking.choose("new", {"folder": folder, "name": name}).status == status
        shown = asking.ask("GET", f"/{TOKEN}/", None, {}).text
        assert shown.count("新的.xlsm") == 1
        assert (workbook.parent / "新的.xlsm").is_file()


def test_the_workbooks_beside_an_opened_one_can_be_chosen_and_results_cannot(workbook: Path) -> None:
    (workbook.parent / "去年的账.xlsx").write_bytes(workbook.read_bytes())
    (workbook.parent / "~$去年的账.xlsx").write_bytes(b"")
    write(workbook.parent / "核对结果.xlsx", zipped({"[Content_Types].xml": b"<a/>"}))
    with serving(workbook) as asking:
        shown = asking.ask("GET", f"/{TOKEN}/", None, {}).text
        assert (shown.count("去年的账.xlsx"), "核对结果" in shown) == (1, False)
        answer = asking.choose("open", {"key": key_of(workbook.with_name("去年的账.xlsx"))})
        assert answer.status == 200
        assert asking.choose("open", {"key": key_of(workbook.with_name("核对结果.xlsx"))}).status == 404


def test_what_the_program_reads_may_be_chosen(tmp_path: Path) -> None:
    read = "xlsx xlsm xls xlsb ods et html htm mht mhtml xml csv tsv txt mrc iso docx toml json jsonl"
    for kind in (*read.split(), "exe", "dll"):
        (tmp_path / f"旧账.{kind}").touch()
    (tmp_path / "~$旧账.xlsx").touch()
    assert sorted(files_in(tmp_path)) == sorted(f"旧账.{kind}" for kind in read.split())
