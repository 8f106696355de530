"""The pages of the resident program: the choice of a workbook, its page, its buttons, what they came to."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from schoollib_xl.pages.document import Html, element, together
from schoollib_xl.wording.columns import unwrapped
from schoollib_xl.wording.page.serving import (
    BEING_READ,
    CUT_OFF,
    ELSEWHERE,
    FINISHED,
    FIRST_STEPS,
    HOW_SEVERAL,
    NO_SCRIPT,
    NOT_DONE,
    NOTHING_HERE,
    SCRIPT_FAULT,
    STOPPED,
    TITLE,
    no_answer_from,
)

PARTS = (
    ("today", "今天做什么"),
    ("ledgers", "七本账"),
    ("findings", "问题"),
    ("quotas", "借阅定额"),
    ("promises", "计划进度"),
    ("commands", "办事"),
)


class FormField(NamedTuple):
    """One thing a command may be told: `kind` is how it is asked (选、勾、日期、文件、文字、几行)."""

    name: str
    flag: str
    label: str
    hint: str
    kind: str
    choices: tuple[str, ...]
    several: bool
    required: bool


class CommandButton(NamedTuple):
    """A command to be pressed."""

    name: str
    caption: str
    tip: str
    blanks: tuple[FormField, ...]
    takes_workbook: bool


class ShownRun(NamedTuple):
    """One run of a command: its number, what it said, its exit code once it ended, the files it wrote, and whether it
    was stopped.
    """

    number: int
    caption: str
    lines: list[str]
    code: int | None
    names: list[str]
    is_stopped: bool = False


def page(title: str, script: str, *content: Html, home: str = "../../") -> str:
    """A whole page of the program with its script ('' for none of its own); it takes nothing from anywhere but from
    the program itself.
    """
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", title),
        element("link", rel="stylesheet", href=f"{home}page.css"),
        element("link", rel="icon", href=f"{home}icon.svg"),
        *(element("script", src=f"{home}{name}", defer="defer") for name in ("shared.js", script) if name),
    )
    notices = (
        element("p", STOPPED, id="stopped", class_="trouble", role="alert", hidden="hidden"),
        element("p", SCRIPT_FAULT, id="fault", class_="trouble", role="alert", hidden="hidden"),
        element("noscript", element("p", NO_SCRIPT, class_="trouble")),
    )
    body = element("body", *notices, *content)
    return f"<!DOCTYPE html>\n{element('html', head, body, lang='zh-CN')}\n"


def chooser_page(
    choices: Sequence[tuple[str, str, str]],
    folders: Sequence[tuple[str, str]],
    proposed: str,
    unanswered: Sequence[str],
) -> str:
    """Which workbook to open, by key, name and folder, or a new one: in which of the folders (by key and place), called
    as `proposed`. Of the `unanswered` nobody knows whether they are there.
    """
    listed = [
        element("li", element("button", element("b", name), element("span", folder, class_="aside"), data_open=key))
        for key, name, folder in choices
    ]
    known = element("ul", *listed, class_="choices") if listed else element("p", NOTHING_HERE)
    return page(
        TITLE,
        "chooser.js",
        element(
            "main",
            element("h1", TITLE),
            _status(""),
            element("h2", "打开工作簿"),
            known,
            *(element("p", no_answer_from(path), class_="trouble") for path in unanswered),
            element("p", ELSEWHERE, class_="aside"),
            element("h2", "还没有工作簿"),
            _new(folders, proposed),
            element("p", element("a", "使用手册", href="manual/", target="_blank")),
        ),
        home="",
    )


def _new(folders: Sequence[tuple[str, str]], proposed: str) -> Html:
    options = (element("option", place, value=key) for key, place in folders)
    return element(
        "form",
        element("label", "放在哪里", for_="new-folder"),
        element("select", *options, id="new-folder", name="folder"),
        element("label", "叫什么（.xlsm 带按钮，.xlsx 不带）", for_="new-name"),
        element("input", id="new-name", name="name", value=proposed, required="required", autocomplete="off"),
        element("button", "新建", type="submit"),
        element("p", FIRST_STEPS, class_="aside"),
        id="new",
    )


def workbook_page(
    workbook: str, body: Html, buttons: Collection[CommandButton], files: Sequence[str], jobs: Html
) -> str:
    """The page of one workbook."""
    links = [element("a", label, href=f"#{name}") for name, label in PARTS]
    nav = element(
        "nav",
        *links,
        element("a", "借还台", href="desk", class_="desk"),
        element("a", "抽查", href="sample"),
        element("a", "换工作簿", href="../../"),
        element("a", "手册", href="../../manual/", target="_blank"),
        element("button", "关掉", id="stop", type="button"),
        aria_label="这一页的各部分",
    )
    commands = element(
        "section",
        element("h2", "办事"),
        element("div", *(_command(button, files) for button in buttons), class_="commands"),
        element("div", jobs, id="jobs", role="status", aria_live="polite"),
        id="commands",
    )
    main = element("main", _filters(), element("div", body, id="body"), commands)
    return page(workbook, "serve.js", element("header", element("h1", TITLE), nav), _status(""), main)


def _status(said: str) -> Html:
    return element("p", said, id="said", role="status", aria_live="polite")


def _filters() -> Html:
    kinds = (("error", "错误"), ("warning", "存疑"), ("hint", "提示"), ("settled", "已说明"))
    boxes = [
        element("label", element("input", type="checkbox", value=value, checked="checked", name="kind"), label)
        for value, label in kinds
    ]
    sheet = element("label", "账册 ", element("select", element("option", "全部", value=""), id="sheet"))
    text = element("label", "找 ", element("input", id="find", type="search", placeholder="编码、号码、书名"))
    only = element("label", element("input", type="checkbox", id="fresh"), "只看新的")
    return element("form", *boxes, only, sheet, text, id="filters", hidden="hidden", aria_label="筛选问题")


def _command(button: CommandButton, files: Sequence[str]) -> Html:
    """A command: pressed at once where nothing must be told, with what may be told folded away."""
    asked = [_blank(button.name, blank, files) for blank in button.blanks]
    required = any(blank.required for blank in button.blanks)
    more = element("details", element("summary", "要写明的" if required else "还可以写明"), *asked)
    press = element("button", button.caption, type="submit")
    return element(
        "form", press, element("p", button.tip, class_="aside"), more if asked else Html(), data_command=button.name
    )


def _blank(command: str, blank: FormField, files: Sequence[str]) -> Html:
    name, identity = blank.name, f"{command}-{blank.name}"
    needed = {"required": "required"} if blank.required else {}
    if blank.kind == "flag":
        return element("label", element("input", type="checkbox", name=name, value="1"), blank.hint)
    if blank.kind in ("choice", "file"):
        several = {"multiple": "multiple", "size": "5"} if blank.several else {}
        none = [] if blank.several else [element("option", "", value="")]
        options = (element("option", choice, value=choice) for choice in (blank.choices or files))
        listed = {"data_files": "files"} if blank.kind == "file" else {}
        field = element("select", *none, *options, id=identity, name=name, **several, **needed, **listed)
    elif blank.kind == "lines":
        field = element("textarea", id=identity, name=name, rows="2")
    else:
        kind = "date" if blank.kind == "day" else "text"
        field = element("input", id=identity, name=name, type=kind, autocomplete="off", **needed)
    how = HOW_SEVERAL.get(blank.kind, "") if blank.several else ""
    hint = element("p", f"{blank.hint}{how}", class_="aside")
    return element("div", element("label", blank.label, for_=identity), field, hint)


def jobs_html(runs: Sequence[ShownRun]) -> Html:
    """What was pressed and what it came to, newest first; what was written is a link. What the newest said is in view:
    a reader's allowance and the reminders of a paper stand nowhere else.
    """
    return together(*(_run(run, is_newest=not index) for index, run in enumerate(runs)))


def _run(run: ShownRun, *, is_newest: bool) -> Html:
    said = [element("pre", "\n".join(run.lines))]
    if not is_newest:
        said = [*_outcome(run), element("details", element("summary", "说了什么"), *said, id=f"run-{run.number}")]
    return element(
        "article",
        element("h3", run.caption, element("span", _result(run), class_="aside")),
        *_going_on(run),
        *_written(run),
        *said,
        class_=f"run {_kind(run)}",
    )


def _result(run: ShownRun) -> str:
    if run.code is None:
        return "正在停……" if run.is_stopped else "正在做……"
    # It may have ended by itself just before; Windows gives one that is ended the code 1.
    return CUT_OFF if run.is_stopped and run.code else FINISHED.get(run.code, NOT_DONE)


def _kind(run: ShownRun) -> str:
    return "running" if run.code is None else {0: "fine", 1: "attention"}.get(run.code, "failed")


def _going_on(run: ShownRun) -> Iterator[Html]:
    if run.code is None:
        yield element("progress", aria_label=run.caption)
    if run.code is None and not run.is_stopped:
        yield element("button", f"停下“{run.caption}”", type="button", data_stop=str(run.number))


def _written(run: ShownRun) -> Iterator[Html]:
    if run.names:
        links = (
            element("li", element("a", name, href=f"written/{run.number}/{index}", download=name.split("/")[-1]))
            for index, name in enumerate(run.names)
        )
        yield element("ul", *links)


def _outcome(run: ShownRun) -> Iterator[Html]:
    if run.code not in (None, 0) and run.lines and not run.is_stopped:
        yield element("p", run.lines[-1] if run.code != 1 else unwrapped(run.lines))


def being_read() -> Html:
    """What stands there until the workbook was read for the first time."""
    return element("p", BEING_READ, role="status")
