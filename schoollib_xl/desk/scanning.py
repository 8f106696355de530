"""One box for everything that is scanned: a card opens its reader, a copy is lent or returned as its state says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, StrEnum, auto
from itertools import takewhile

from schoollib_xl.desk.decide import decide
from schoollib_xl.desk.decision import Decision, Reason
from schoollib_xl.desk.lines import DeskLine
from schoollib_xl.desk.request import Act, Request
from schoollib_xl.ledgers.library import LONG_SILENCE, Library
from schoollib_xl.rules.copy_numbers import reader_of, tidied

# A scanner that reads a label twice, or a pupil who puts a book on the pile again, does so within this time.
_TWICE = timedelta(minutes=2)


class Question(Enum):
    """What is asked before anything is entered."""

    LEND_AFTER_RETURN = auto()
    SAME_COPY_AGAIN = auto()
    REALLY_LOST = auto()
    CARD_OR_COPY = auto()
    LENT_TO_ANOTHER = auto()
    RIGHT_DAY = auto()
    LENT_IN_LOST = auto()


class Meant(StrEnum):
    """What a code may be."""

    READER = "reader"
    COPY = "copy"


@dataclass(frozen=True)
class DeskScan:
    """What came in: the request, with the reader whose card lies on the desk and a code that may be a card as well;
    when, what the code is where it may be both, and whether she has said yes.
    """

    request: Request
    at: datetime
    meant: Meant | None = None
    is_sure: bool = False


@dataclass(frozen=True)
class Response:
    """What the desk answers: the reader that is open now, a decision with its entries, a question to be answered
    first; nothing of these for a code that nobody knows. `is_card` where a card was scanned.
    """

    reader_no: str
    is_card: bool = False
    decision: Decision | None = None
    question: Question | None = None
    after: Question | None = None

    @property
    def is_entered(self) -> bool:
        """Whether something is to be entered."""
        decision = self.decision
        return decision is not None and decision.is_allowed and self.question is None


def respond(scan: DeskScan, lines: Sequence[DeskLine], lost: Sequence[DeskLine] = ()) -> Response:
    """What is to be done with a scan; `lines` are those that were entered and stand, the last one last, `lost` those
    that stood in the ledger once and do no more.
    """
    request = scan.request
    library, code = request.library, tidied(request.copy_no)
    reader = reader_of(library, code)
    meant = scan.meant or (Meant.COPY if request.wanted and request.copies else None)
    if reader and request.copies and meant is None:
        return Response(request.reader_no, question=Question.CARD_OR_COPY)
    if reader and meant is not Meant.COPY:
        return Response(reader.reader_no, is_card=True)
    decision = decide(request)
    if not request.copies and decision.act is Act.LEND and code not in library.known_copies:
        return Response(request.reader_no)
    question = _question(scan, decision, lines)
    if question is None and not scan.is_sure and _is_out_by(lost, decision):
        question = Question.LENT_IN_LOST
    after = None
    if decision.is_allowed and decision.act is Act.RETURN and _is_anothers(request):
        after = Question.LEND_AFTER_RETURN
    return Response(request.reader_no, decision=decision, question=question, after=after)


def _is_out_by(lost: Sequence[DeskLine], decision: Decision) -> bool:
    """Whether a copy that is to be lent was lent by a line that the ledger has lost, and did not come back since."""
    copy = decision.request.copy
    if copy is None or not decision.is_allowed or decision.act is not Act.LEND:
        return False
    last = next((line.what for line in reversed(lost) if line.accession_no == copy.accession_no), None)
    return last in (Act.LEND, Act.RENEW)


def _question(scan: DeskScan, decision: Decision, lines: Sequence[DeskLine]) -> Question | None:
    request = scan.request
    if scan.is_sure or request.copy is None:
        return None
    # What stands against it may do so on the computer's day only.
    rests_on_day = any(one.what is not Reason.NO_READER for one in decision.against) or decision.is_allowed
    is_now = request.day == request.today
    if rests_on_day and is_now and _is_far_from_the_books(request.library, request.day, scan.at, lines):
        return Question.RIGHT_DAY
    if not decision.is_allowed:
        return None
    if decision.act is Act.LOSE:
        return Question.REALLY_LOST
    if decision.act is Act.RENEW and _is_anothers(request):
        return Question.LENT_TO_ANOTHER
    return Question.SAME_COPY_AGAIN if _is_again(scan, request.copy.accession_no, decision.act, lines) else None


def _is_again(scan: DeskScan, accession_no: str, act: Act, lines: Sequence[DeskLine]) -> bool:
    """Whether the copy went through a moment ago, at this desk or another. That somebody else takes home what was
    brought back is no mistake where other copies came between.
    """
    recent = takewhile(lambda line: abs(scan.at - line.at) < _TWICE, reversed(lines))
    line = next((one for one in recent if one.accession_no == accession_no), None)
    if line is None or line.loan is None:
        return False
    return line is lines[-1] or act is not Act.LEND or line.loan.reader_no == scan.request.reader_no


def _is_far_from_the_books(library: Library, today: date, at: datetime, lines: Sequence[DeskLine]) -> bool:
    """Whether the computer's day is hardly today: before what was entered last here, or long after all there is; asked
    once a day, for whoever has entered something on it has said that it is.
    """
    last = lines[-1] if lines else None
    if last and (last.at.date(), last.day) == (at.date(), today):
        return False
    if library.goes_on_after(today) or (last and at.date() < last.at.date()):
        return True
    days = [day for day in (library.ends_on, last.at.date() if last else None) if day]
    return bool(days) and today - max(days) > LONG_SILENCE


def _is_anothers(request: Request) -> bool:
    loan, reader_no = request.loan, request.reader_no
    return bool(reader_no and loan and loan.is_personal and loan.reader_no != reader_no)
