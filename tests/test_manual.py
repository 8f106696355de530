"""The manual: what it names exists."""

import re
from pathlib import Path

import pytest

from schoollib_xl.bundle.building import project_files
from schoollib_xl.bundle.manual_pdf import manual_pdf
from schoollib_xl.cli.arguments import program
from schoollib_xl.cli.program import COMMANDS
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.pages.manual.reading import NAMES, PICTURES, help_page, manual, manual_files
from schoollib_xl.pages.serving import chooser_page
from schoollib_xl.serve.answers import Answers
from schoollib_xl.serve.commands import buttons
from schoollib_xl.serve.room import Room
from schoollib_xl.serve.server import Reply
from schoollib_xl.wording.excel.buttons import BUTTONS, DESK_BUTTONS

FOLDER = Path(__file__).parent.parent / "schoollib_xl" / "pages" / "manual"
COMMAND = re.compile(r"`schoollib ([^`]+)`")
EMPHASISED = re.compile(r"\*\*([^*]+)\*\*")
SCRIPT = re.compile(r"\w+\.cmd")
TEXTS = {name: (FOLDER / f"{name}.md").read_text("utf-8") for name in NAMES}
# What is stressed and is neither a button of the workbook or the page, nor a sheet, nor a file of the package.
OTHER_WORDS = {"扫码借还", "错误", "存疑", "提示", "未核对", "借还台", "接收报告.xlsx", "图书室七本账.xlsm"}


@pytest.mark.parametrize("name", NAMES)
def test_every_command_it_names_is_understood(name: str) -> None:
    for said in COMMAND.findall(TEXTS[name]):
        words = said.split()
        parser, parsers = program({command: summary for command, (summary, _) in COMMANDS.items()})
        module = __import__(f"schoollib_xl.cli.{COMMANDS[words[0]][1]}", fromlist=["COMMANDS"])
        module.COMMANDS[words[0]].add_options(parsers[words[0]])
        assert parser.parse_args(words).command == words[0]


@pytest.mark.parametrize("name", NAMES)
def test_every_button_sheet_and_file_it_stresses_exists(name: str) -> None:
    captions = {button.caption for button in (*buttons().values(), *BUTTONS, *DESK_BUTTONS)}
    sheets = {sheet.name for sheet in ALL_SHEETS} | {"基本信息", "账册对照"}
    known = captions | sheets | OTHER_WORDS | project_files().keys()
    assert not [word for word in EMPHASISED.findall(TEXTS[name]) if word not in known]
    assert not set(SCRIPT.findall(TEXTS[name])) - project_files().keys()


def test_every_source_is_a_page_and_every_page_is_reached_from_the_contents() -> None:
    assert {path.stem for path in FOLDER.glob("*.md")} == set(NAMES)
    files = manual_files()
    for page in manual():
        assert page.file_name in files["目录.html"].decode()
        assert page.title in files[page.file_name].decode()
        assert f'href="{page.name}"' in (help_page("") or "")
        assert page.title in (help_page(page.name) or "")
    assert help_page("../pins") is None


def test_a_page_fetches_nothing_and_shows_raw_html_as_text() -> None:
    for text in (page.decode() for page in manual_files().values()):
        assert "http://" not in text
        assert "https://" not in text
        assert "<script" not in text


def test_it_is_in_her_voice() -> None:
    for text in TEXTS.values():
        assert not re.search("[请您]", text)
        assert not re.search("[\u4e00-\u9fff][,;?!]", text)


def test_the_running_program_shows_it_as_its_help() -> None:
    answers = Answers(Room(None))
    contents, page = answers("GET", "manual/", b""), answers("GET", "manual/lending", b"")
    assert isinstance(contents, Reply)
    assert isinstance(page, Reply)
    assert "借还台" in page.content.decode()
    assert answers("GET", "manual/nothing", b"") is None
    assert 'href="manual/"' in chooser_page([], [], "", [])


def test_in_print_every_task_has_its_page() -> None:
    pages = re.findall(rb"/Type /Page\b(?!s)", manual_pdf())
    assert len(pages) == 1 + len(NAMES)


def test_every_picture_is_shown_and_is_inside_the_files_that_stand_alone() -> None:
    named = {name for text in TEXTS.values() for name in re.findall(r"\]\(pictures/(\w+\.png)\)", text)}
    assert named == {path.name for path in PICTURES.iterdir()}
    files = b"".join(manual_files().values()).decode()
    assert files.count("data:image/png;base64,") == len(named)
    assert "pictures/" not in files
    answers = Answers(Room(None))
    for name in named:
        picture = answers("GET", f"manual/pictures/{name}", b"")
        assert isinstance(picture, Reply)
        assert picture.kind == "image/png"
    for name in ("../reading.py", "nothing.png", ""):
        assert answers("GET", f"manual/pictures/{name}", b"") is None
