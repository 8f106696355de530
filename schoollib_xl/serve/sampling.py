"""What the page of the sample asks for."""

from collections.abc import Callable, Mapping
from typing import Annotated, Literal

from pydantic import Field

from schoollib_xl.actions.sampling import NoSample, judged
from schoollib_xl.inspection.answers import SampleSheet
from schoollib_xl.inspection.journal import About, Way
from schoollib_xl.inspection.sample import DEFAULT_COPIES, DEFAULT_SEED, draw
from schoollib_xl.ledgers.library import Library
from schoollib_xl.pages.document import Html, element, together
from schoollib_xl.pages.sampling import answers_html, sample_page
from schoollib_xl.serve.replies import Asked, Refusal, books_of, in_json, page
from schoollib_xl.serve.served import Served
from schoollib_xl.serve.server import Reply
from schoollib_xl.wording.desk.desk_page import DeskTone
from schoollib_xl.wording.inspection.sampling import (
    NO_SAMPLE,
    NOT_IN_SAMPLE,
    RENUMBERED,
    TOO_MANY_CODES,
    sample_sentence,
    sentence_for,
    tone_of,
    unread_sentence,
)

# A phone's list of a morning; a whole shelf is a stocktake.
_MOST_CODES = 2_000


class Draw(Asked):
    """A new sample."""

    copies: int = Field(DEFAULT_COPIES, ge=1, le=100_000)
    seed: int = Field(DEFAULT_SEED, ge=-(2**31), le=2**31)


class Scans(Asked):
    """What was scanned, in its order, and which way is being looked."""

    codes: list[Annotated[str, Field(min_length=1)]]
    way: Way


class SampleMark(Asked):
    """What is said of one number of the sample; '' takes it back."""

    about: About
    number: str = Field(max_length=100)
    said: Literal["", "√", "×"]


def shown(served: Served) -> Reply:
    """The page."""
    return page(sample_page(served.workbook.name, _answers(served)))


def _answers(served: Served) -> Html:
    try:
        return _of_last(served, books_of(served))
    except NoSample:
        said = RENUMBERED if served.sample.samples() else NO_SAMPLE
        return element("p", said)
    except Refusal as refusal:
        return element("p", str(refusal))


def _of_last(served: Served, library: Library) -> Html:
    found = served.sample.last()
    sample, result = judged(found, library)
    lost = unread_sentence(served.sample.unread)
    trouble = element("p", lost, class_="trouble", role="alert") if lost else Html()
    return together(trouble, answers_html(library, found, sample, result, served.sample.path.name))


def draw_anew(served: Served, body: bytes) -> Reply:
    """Draw a sample of the books as they are; it is kept beside the workbook."""
    asked, library = Draw.model_validate_json(body), books_of(served)
    served.sample.keep(draw(library, asked.copies, asked.seed))
    return _answered(served, DeskTone.FINE, sample_sentence(served.sample.last()))


def scan(served: Served, body: bytes) -> Reply:
    """Take in scans; they are on the disk before this returns."""
    asked, library = Scans.model_validate_json(body), books_of(served)
    if len(asked.codes) > _MOST_CODES:
        raise Refusal(TOO_MANY_CODES.format(count=len(asked.codes), most=_MOST_CODES))
    try:
        scans = served.sample.scan(library, asked.codes, asked.way)
    except NoSample:
        raise Refusal(NO_SAMPLE) from None
    return _answered(served, tone_of(scans), sentence_for(library, scans))


def mark(served: Served, body: bytes) -> Reply:
    """Say something of one number of the sample."""
    asked = SampleMark.model_validate_json(body)
    try:
        if not _is_asked(served.sample.last().sheet, asked):
            raise Refusal(NOT_IN_SAMPLE)
        served.sample.mark(asked.about, asked.number, asked.said)
    except NoSample:
        raise Refusal(NO_SAMPLE) from None
    return _answered(served, DeskTone.FINE, f"{asked.number}：{asked.said or '收回'}")


def _is_asked(sheet: SampleSheet, asked: SampleMark) -> bool:
    numbers: Mapping[About, Callable[[str], bool]] = {
        About.COPY: sheet.found.__contains__,
        About.CARDS: sheet.cards.__contains__,
        About.BATCH: sheet.batches.__contains__,
        About.TAKEN: lambda number: number in sheet.taken and not asked.said,
    }
    return asked.about in numbers and numbers[asked.about](asked.number)


def _answered(served: Served, tone: DeskTone, said: str) -> Reply:
    return in_json({"tone": tone, "said": said, "answers": _answers(served)})


SHOWN: Mapping[str, Callable[[Served], Reply]] = {"sample": shown}
DONE: Mapping[str, Callable[[Served, bytes], Reply]] = {
    "sample-draw": draw_anew,
    "sample-scan": scan,
    "sample-mark": mark,
}
