"""What the desk's page asks for."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime
from http import HTTPStatus
from typing import Any, Literal

from pydantic import Field

from schoollib_xl.actions.desk import Entered, NothingToUndo, NotTheLast, OtherLines
from schoollib_xl.actions.filing import file_answer
from schoollib_xl.desk.lines import DeskMark, standing
from schoollib_xl.desk.request import Act, Request
from schoollib_xl.desk.scanning import DeskScan, Meant, Question
from schoollib_xl.ledgers.library import Library
from schoollib_xl.pages.desk import desk_page, done_html, pending_html, reader_html
from schoollib_xl.pages.document import Html
from schoollib_xl.quotas.borrowing.allowance import Allowance
from schoollib_xl.rules.copy_numbers import tidied
from schoollib_xl.saving import CannotWrite
from schoollib_xl.serve.replies import Asked, Refusal, books_of, in_json, page
from schoollib_xl.serve.served import Served
from schoollib_xl.serve.server import Reply
from schoollib_xl.wording.desk.desk_journal import pending_answer, stray_sentences, twin_sentence
from schoollib_xl.wording.desk.desk_page import (
    ANOTHER_LINE,
    DROPPED,
    IS_BOOKED,
    MOVED,
    NOTHING_TO_UNDO,
    OTHER_LINES,
    REOPENED,
    DeskTone,
    sentence_for,
    tone,
    undo_sentence,
    unread_sentences,
)
from schoollib_xl.wording.page.serving import lent_by_old_books

# What she can still remember of the queue.
_MOST_DONE = 10


class ScanRequest(Asked):
    """A scan: what the box held, the open reader, and what else was said."""

    code: str
    reader_no: str = Field(default="", max_length=100)
    day: date | None = None
    act: Literal[Act.LEND, Act.RETURN, Act.RENEW, Act.LOSE] | None = None
    meant: Meant | None = None
    sure: bool = False


class UndoRequest(Asked):
    """The line that the page shows as the last, and the open reader, who is shown anew."""

    line: str = Field(max_length=100)
    reader_no: str = Field(default="", max_length=100)
    day: date | None = None


class SettleRequest(Asked):
    """What is to be done with the lines that the ledger has lost, and how many of them the page shows."""

    what: Literal[DeskMark.REOPENED, DeskMark.DROPPED]
    known: int = Field(ge=1)


def shown(served: Served) -> Reply:
    """The desk's page."""
    return page(desk_page(served.workbook.name, served.today.isoformat(), _pending(served), _done(served)))


def pending_part(served: Served) -> Reply:
    """What is still to be copied."""
    return page(_pending(served))


def done_part(served: Served) -> Reply:
    """What was done last, at any desk."""
    with suppress(CannotWrite):  # said at the next scan
        served.desk.read()
    return page(_done(served))


def scan(served: Served, body: bytes) -> Reply:
    """Answer a scan; what was entered is on the disk before this returns."""
    asked = ScanRequest.model_validate_json(body)
    if served.is_gone:
        raise Refusal(MOVED.format(name=served.workbook.name), HTTPStatus.UNPROCESSABLE_ENTITY)
    today, now = served.today, datetime.now()
    with served.at_desk:
        day, code = asked.day or today, tidied(asked.code)
        request = Request(books_of(served), day, asked.reader_no, code, asked.act, today, now.date())
        entered = served.desk.scan(DeskScan(request, now, asked.meant, is_sure=asked.sure))
    return in_json(_answer(served, request, entered))


def _answer(served: Served, asked: Request, entered: Entered) -> dict[str, Any]:
    response, code = entered.response, asked.copy_no
    allowed = _reader(served, asked.library, response.reader_no, asked.day)
    return {
        "tone": tone(response, allowed) if code else DeskTone.NO,
        "said": sentence_for(response, code, allowed),
        "is_copy": response.decision is not None,
        "reader_no": response.reader_no,
        "reader": reader_html(allowed),
        "done": _done(served) if entered.line else None,
        "ask": _choices(asked, response.question or response.after),
    }


def _choices(asked: Request, question: Question | None) -> list[dict[str, Any]]:
    """What can be answered to a question: the scan that each answer is, for the reader and the day it was asked of."""
    day = None if asked.day == asked.today else asked.day.isoformat()
    said: dict[str, Any] = {"code": asked.copy_no, "act": asked.wanted, "day": day, "sure": True}
    said["reader_no"] = asked.reader_no
    if question is Question.CARD_OR_COPY:
        return [
            {"label": "读者证", "scan": {**said, "meant": Meant.READER, "sure": False}},
            {"label": "书", "scan": {**said, "meant": Meant.COPY, "sure": False}},
        ]
    if question is Question.LEND_AFTER_RETURN:
        return [{"label": "借给这位读者", "scan": {**said, "act": Act.LEND, "meant": Meant.COPY}}]
    return [{"label": "是", "scan": {**said, "meant": Meant.COPY}}] if question else []


def undo(served: Served, body: bytes) -> Reply:
    """Take the last line back, if it is the one the page shows as the last."""
    asked = UndoRequest.model_validate_json(body)
    try:
        with served.at_desk:
            base = books_of(served)
            line = served.desk.undo(base, datetime.now(), asked.line)
    except NothingToUndo as refusal:
        raise Refusal(IS_BOOKED if refusal.is_booked else NOTHING_TO_UNDO) from refusal
    except NotTheLast:
        return in_json({"tone": DeskTone.NO, "said": ANOTHER_LINE, "done": _done(served)})
    reader = reader_html(_reader(served, base, asked.reader_no, asked.day or served.today))
    said = {"said": undo_sentence(line, base), "reader_no": asked.reader_no, "reader": reader}
    return in_json({"tone": DeskTone.FINE, **said, "done": _done(served)})


def settle(served: Served, body: bytes) -> Reply:
    """Offer again, or drop, the lines that the ledger has lost."""
    asked = SettleRequest.model_validate_json(body)
    try:
        with served.at_desk:
            served.desk.settle(books_of(served), datetime.now(), asked.known, asked.what)
    except OtherLines:
        raise Refusal(OTHER_LINES, HTTPStatus.CONFLICT) from None
    said = REOPENED if asked.what is DeskMark.REOPENED else DROPPED
    return in_json({"said": said.format(count=asked.known)})


def _reader(served: Served, base: Library, reader_no: str, day: date) -> Allowance | None:
    return served.desk.reader(base, reader_no, day) if reader_no else None


def write(served: Served, _: bytes) -> Reply:
    """Write 借还流水_待抄.xlsx; the page gets its address."""
    replayed = served.desk.pending(books_of(served), datetime.now())
    written = file_answer(pending_answer(replayed), replayed.base.school, served.workbook.parent)
    job = served.jobs.add("借还流水待抄", f"待抄的在：{written}", written)
    return in_json({"file": f"written/{job.number}/0", "name": written.name})


def _pending(served: Served) -> Html:
    library = served.library
    if library is None:
        return Html()
    replayed = served.desk.pending(library, datetime.now())
    seen = served.seen
    old = [lent_by_old_books(seen.trouble, seen.last.at)] if seen and seen.last and seen.trouble else []
    journal = served.desk.journal
    strays = stray_sentences(served.desk.strays(), journal.path.name)
    twins = served.desk.twins()
    shared = [twin_sentence(served.workbook.name, twins)] if twins else []
    return pending_html(replayed, [*old, *unread_sentences(journal.unread), *strays, *shared])


def _done(served: Served) -> Html:
    return done_html(list(standing(served.desk.journal.lines))[: -_MOST_DONE - 1 : -1], served.library)


SHOWN: Mapping[str, Callable[[Served], Reply]] = {"desk": shown, "pending": pending_part, "done": done_part}
DONE: Mapping[str, Callable[[Served, bytes], Reply]] = {"scan": scan, "undo": undo, "settle": settle, "write": write}
