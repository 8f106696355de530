"""What each address answers."""

from collections.abc import Callable, Mapping
from functools import cache
from http import HTTPStatus
from importlib.resources import files
from pathlib import Path

from pydantic import Field, ValidationError

from schoollib_xl.actions.starting import FIRST_NAME, begin
from schoollib_xl.cli.arguments import Misspoken
from schoollib_xl.pages.document import Html, style_rules
from schoollib_xl.pages.manual.reading import help_page, help_picture
from schoollib_xl.pages.overview import overview_html
from schoollib_xl.pages.serving import ShownRun, being_read, chooser_page, jobs_html, workbook_page
from schoollib_xl.saving import CannotWrite
from schoollib_xl.serve import addin, desk, sampling
from schoollib_xl.serve.commands import NotInFolder, buttons, command_line, files_in, new_in_folder, on_the_page
from schoollib_xl.serve.guard import ADDIN
from schoollib_xl.serve.jobs import Busy, CommandRun
from schoollib_xl.serve.jumping import jump
from schoollib_xl.serve.replies import Asked, Refusal, in_json, page, sentence
from schoollib_xl.serve.room import Room
from schoollib_xl.serve.served import Served, key_of
from schoollib_xl.serve.server import Reply
from schoollib_xl.sheets.opening.refusing import Unusable
from schoollib_xl.wording.page.overview import overview
from schoollib_xl.wording.page.serving import (
    CANNOT_JUMP,
    IS_BUSY,
    JUMPED,
    NOT_UNDERSTOOD,
    ONLY_A_NAME,
    STOPPING,
    UNKNOWN_WORKBOOK,
)

_FOLDER = "manual/"
_PICTURES = f"{_FOLDER}pictures/"
_NEW_KINDS = (".xlsm", ".xlsx")
_KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
_FILES = ("serve.js", "chooser.js", "desk.js", "sample.js", "shared.js", "serve.css", "icon.svg")
_REFUSED = {
    Unusable: HTTPStatus.UNPROCESSABLE_ENTITY,
    CannotWrite: HTTPStatus.UNPROCESSABLE_ENTITY,
    Misspoken: HTTPStatus.BAD_REQUEST,
}


class OpenRequest(Asked):
    """A workbook to be opened, by its key."""

    key: str


class New(Asked):
    """A workbook to be made: the key of its folder, and its name."""

    folder: str
    name: str = Field(min_length=1)


class Run(Asked):
    """A command to be run, and what it is told by the names of its options."""

    command: str
    told: dict[str, list[str]] = Field(default_factory=dict)


class StopRequest(Asked):
    """The run that is to be ended."""

    number: int


class Jump(Asked):
    """A cell to be shown in the program that opens workbooks."""

    place: str = Field(pattern=r"^[^!\x00-\x1f]{1,31}![A-Z]{1,3}[1-9][0-9]{0,6}$")


class Answers:
    """Answers for one room."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def __call__(self, method: str, address: str, body: bytes) -> Reply | None:
        try:
            return self._answer(method, address, body)
        except Refusal as refusal:
            return sentence(str(refusal), refusal.status)
        except tuple(_REFUSED) as refusal:
            return sentence(str(refusal), _REFUSED[type(refusal)])
        except ValidationError:
            return sentence(NOT_UNDERSTOOD, HTTPStatus.BAD_REQUEST)

    def _answer(self, method: str, address: str, body: bytes) -> Reply | None:
        if address.startswith("w/"):
            key, _, rest = address.removeprefix("w/").partition("/")
            served = self._room.served(key)
            if served is None:
                raise Refusal(UNKNOWN_WORKBOOK, HTTPStatus.NOT_FOUND)
            return _of_workbook(served, method, rest, body)
        if method == "GET":
            return _manual_reply(address) or self._shown(address)
        if address.startswith(ADDIN):
            return addin.answer(self._room, address.removeprefix(ADDIN), body)
        return self._done(address, body)

    def _shown(self, address: str) -> Reply | None:
        if address == "":
            return page(_chooser(self._room))
        if address == "page.css":
            return Reply(f"{style_rules()}\n{_file('serve.css')}".encode(), _KINDS[".css"])
        if address in _FILES:
            return Reply(_file(address).encode(), _KINDS[Path(address).suffix])
        is_there = address == "alive" or self._room.has(address.removeprefix("open/"))
        return sentence("schoollib") if is_there else None

    def _done(self, address: str, body: bytes) -> Reply | None:
        if address == "open":
            return in_json({"key": self._opened(OpenRequest.model_validate_json(body)).key})
        if address == "new":
            return in_json({"key": self._new(New.model_validate_json(body)).key})
        if address == "stop":
            self._room.close()
            return sentence(STOPPING)
        return None

    def _opened(self, asked: OpenRequest) -> Served:
        served = self._room.served(asked.key)
        if served is None:
            raise Refusal(UNKNOWN_WORKBOOK, HTTPStatus.NOT_FOUND)
        return served

    def _new(self, asked: New) -> Served:
        """An empty workbook, opened. Raises CannotWrite where something of that name is there."""
        folder = next((path for path in self._room.folders() if key_of(path) == asked.folder), None)
        if folder is None:
            raise Refusal(NOT_UNDERSTOOD)
        try:
            workbook = new_in_folder(folder, asked.name.strip())
        except NotInFolder:
            raise Refusal(ONLY_A_NAME) from None
        if workbook.suffix.lower() not in _NEW_KINDS:
            workbook = workbook.with_name(f"{workbook.name}{_NEW_KINDS[0]}")
        return self._room.open(begin(workbook, self._room.today).workbook)


def _chooser(room: Room) -> str:
    choices = [(key_of(path), path.name, str(path.parent)) for path in room.choices()]
    folders = [(key_of(folder), str(folder)) for folder in room.folders()]
    unanswered = [str(path) for path in room.recent().unanswered]
    return chooser_page(choices, folders, FIRST_NAME, unanswered)


def _of_workbook(served: Served, method: str, address: str, body: bytes) -> Reply | None:
    if method == "GET":
        if address.startswith("written/"):
            return _written(served, address.removeprefix("written/"))
        shown = _SHOWN.get(address)
        return shown(served) if shown else None
    done = _DONE.get(address)
    return done(served, body) if done else None


def _workbook_page(served: Served) -> Reply:
    pressed = buttons().values()
    return page(
        workbook_page(served.workbook.name, _overview(served), pressed, files_in(served.workbook.parent), _jobs(served))
    )


def _body(served: Served) -> Reply:
    return page(_overview(served))


def _overview(served: Served) -> Html:
    return overview_html(overview(served.seen, served.fresh, served.at_the_desk())) if served.seen else being_read()


def _jobs(served: Served) -> Html:
    return jobs_html([_shown_run(job, served.workbook.parent) for job in served.jobs.latest()])


def _shown_run(job: CommandRun, folder: Path) -> ShownRun:
    names = [path.relative_to(folder).as_posix() for path in job.files]
    lines = [on_the_page(job.command, line) if job.command else line for line in job.lines]
    return ShownRun(job.number, job.caption, lines, job.code, names, is_stopped=job.is_stopped)


def _written(served: Served, which: str) -> Reply | None:
    """A file that a run wrote: by number, so that no address can name any other."""
    number, _, index = which.partition("/")
    if not (number.isdecimal() and index.isdecimal()):
        return None
    path = served.jobs.file(int(number), int(index))
    if path is None or not path.is_file():
        return None
    return Reply(path.read_bytes(), "application/octet-stream", save_as=path.name)


def _state(served: Served) -> Reply:
    return in_json({**served.state._asdict(), "desk": served.desk.journal.size})


def _run(served: Served, body: bytes) -> Reply:
    asked = Run.model_validate_json(body)
    button = buttons().get(asked.command)
    if button is None:
        raise Refusal(NOT_UNDERSTOOD)
    try:
        served.jobs.run(button.caption, command_line(button, served.workbook, asked.told))
    except NotInFolder as refusal:
        raise Refusal(f"“{refusal}”不在工作簿的文件夹里，先放进去。") from refusal
    except Busy:
        raise Refusal(IS_BUSY, HTTPStatus.CONFLICT) from None
    return in_json({})


def _stop(served: Served, body: bytes) -> Reply:
    served.jobs.stop(StopRequest.model_validate_json(body).number)
    return in_json({})


def _jump(served: Served, body: bytes) -> Reply:
    place = Jump.model_validate_json(body).place
    sheet, _, cell = place.rpartition("!")
    said = JUMPED if jump(served.workbook, sheet, cell) else CANNOT_JUMP
    return in_json({"said": said.format(place=place)})


_SHOWN: Mapping[str, Callable[[Served], Reply]] = {
    "": _workbook_page,
    "body": _body,
    "jobs": lambda served: page(_jobs(served)),
    "files": lambda served: in_json(files_in(served.workbook.parent)),
    "state": _state,
    **desk.SHOWN,
    **sampling.SHOWN,
}
_DONE: Mapping[str, Callable[[Served, bytes], Reply]] = {
    "run": _run,
    "stop": _stop,
    "jump": _jump,
    **desk.DONE,
    **sampling.DONE,
}


@cache
def _file(name: str) -> str:
    return files("schoollib_xl.pages").joinpath(name).read_text(encoding="utf-8")


def _manual_reply(address: str) -> Reply | None:
    """The page or picture of the manual at this address; None where it is no address of the manual."""
    if address.startswith(_PICTURES):
        picture = help_picture(address.removeprefix(_PICTURES))
        return Reply(picture, "image/png") if picture else None
    found = help_page(address.removeprefix(_FOLDER)) if address.startswith(_FOLDER) else None
    return Reply(found.encode()) if found else None
