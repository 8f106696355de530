"""What a row of a register says beside its columns: two days in one cell, a reader in the title, a class's teacher."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from schoollib_xl.adoption.forms.filled_lines import FilledLine
from schoollib_xl.adoption.forms.kinds import EVENTS, LOANS
from schoollib_xl.adoption.forms.personal_texts import is_name
from schoollib_xl.adoption.forms.reader_cards import ReaderOver, reader_over
from schoollib_xl.adoption.forms.tables import FoundTable
from schoollib_xl.adoption.forms.words import End, end_in, end_of_all
from schoollib_xl.adoption.rows.records import Record
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.grades import class_in, class_key, whole_grade_in
from schoollib_xl.ledgers.library import gathered
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.vocabulary import LoanMode, LoanOutcome, ReaderKind
from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.reading.dates import month_and_day, typed_moment
from schoollib_xl.sheets.reading.texts import PUNCTUATION, cleaned

_BETWEEN = re.compile(r"\s*(?:[-—–－~～∼]+|至|到)\s*|\s+")
_ONLY_A_DAY = re.compile(r"\d{1,2}[日号]")
_BLANKS = frozenset(["", "今", "至今", "现在", *SHEETS[LoanRow].by_name["returned_on"].column.blanks])
# A table named so is named by what it is, not after a reader.
_OF_MANY = re.compile("[班级段组账表册柜室架簿]$")
# A bare day in 备注 may be of anything.
_AN_END = re.compile("还|丢|遗失")
# 丢失，赔32.8元 stays in 备注 as well; 书皮丢失 is no lost book.
_LOST_AND_PAID = re.compile(
    r"书?[已被]?(?:丢失|遗失|丢)了?[\s，,、；;。（(]*(?:已经?|照价|按价|原价|双倍|家长)*赔(?:偿|款|书|付|了)?[^找还回]{0,12}"
)
# 三1, 四年级2, 五(3) before a name are classes as well.
_CLASS_CODE = r"[一二三四五六](?:年级?)?(?:\d{1,2}|[(（]\d{1,2}[)）])"
_WITH_CLASS_OR_NUMBER = re.compile(
    rf"(?P<class>[^班]{{1,8}}班|{_CLASS_CODE})?[\s、.:：-]*(?P<number>\d{{2,12}})?[\s、.:：-]*(?P<name>[\u4e00-\u9fff·]{{2,4}})"
)
_NAME_FIRST = re.compile(
    r"(?P<name>[\u4e00-\u9fff·]{2,4})(?:\s*[(（](?P<within>.{2,8})[)）]|[\s、,，.:：/-]+(?P<behind>.{2,8}))"
)
_OF_A_GRADE = re.compile(r"[1-6]-\d{1,2}")
_ENDINGS = ("returned_on", "outcome", "unclear_end")
_PERIOD = re.compile("期限|借期|应还|起止")


# Set where the reader of a loan is the one over its table.
_ON_CARD = "on_card"


class TwoDays(NamedTuple):
    """A cell that says from which day until which: `until` is '' where the second is still to come."""

    first: str
    until: str


class EndBelow(NamedTuple):
    """A line below loans and what it says of the end of them all."""

    line: FilledLine
    end: End


def two_days_in(cell: CellValue) -> TwoDays | None:
    """The two days of a cell, 2025.3.1-2025.3.8 or 3月1日至8日; None of others."""
    if not isinstance(cell, str):
        return None
    text = cleaned(cell).translate(PUNCTUATION)
    for match in _BETWEEN.finditer(text):
        first, until = text[: match.start()], text[match.end() :]
        if _is_day(first) and (until in _BLANKS or _is_day(until) or _ONLY_A_DAY.fullmatch(until)):
            return TwoDays(first, _in_month(first, until) if until not in _BLANKS else "")
    return None


def _is_day(text: str) -> bool:
    return typed_moment(text) is not None or month_and_day(text) is not None


def _in_month(first: str, until: str) -> str:
    """A bare day (至8日) with the month of the first."""
    if not _ONLY_A_DAY.fullmatch(until):
        return until
    moment, parts = typed_moment(first), month_and_day(first)
    month = moment.day.month if moment else parts[0] if parts else None
    return f"{month}月{until}" if month else until


def second_field(table: FoundTable, values: Mapping[str, Any]) -> str:
    """Whether the second of two days is that of the return or the day the book was due: the latter where another
    column says whether it came back, or the header speaks of a period.
    """
    header = table.header_of("lent_on")
    if "还" in header and "应还" not in header:
        return "returned_on"
    has_end = {"returned_on", "outcome"} & table.columns.keys()
    is_back = values.get("outcome") is not None and not values.get("returned_on")
    return "due_on" if has_end and (_PERIOD.search(header) or not is_back) else "returned_on"


class RegisterRows:
    """Completes the rows of one register, or log, by what stands over it."""

    def __init__(self, table: FoundTable) -> None:
        is_register = table.kind in (LOANS, EVENTS)
        self._signed = table.header_of("name") if is_register and _is_signed(table) else ""
        self._by_teacher = is_register and not {"name", "reader_no"} & table.columns.keys()
        self._is_loan = table.kind is LOANS
        self._is_in_room = self._is_loan and _is_in_room(table)
        closing = (one.line for one in table.non_entries if self._is_loan)
        self._ends = [EndBelow(line, end) for line in closing if (end := end_of_all(line.alone))]
        self._book_at = [table.columns[name] for name in ("accession_no", "barcode") if name in table.columns]
        self._rows_of = gathered((self._book(line), line.row) for line in table.lines if self._ends and self._book_at)
        self._over = _over(table, self._by_teacher or bool(self._signed)) if is_register else None

    def complete(self, values: dict[str, Any]) -> None:
        """Give the row its reader where it names none: the one over the table, else, of books lent to a class, its
        teacher. What a remark says of the end of the loan is its end where no column does.
        """
        self._ended(values)
        if self._over is None:
            values |= _who(values)
        if self._is_in_room:
            day = values.get("lent_on")
            values |= {"mode": LoanMode.IN_ROOM, "returned_on": day, "outcome": LoanOutcome.RETURNED, "in_room": True}
        if self._over and (self._signed or not values.get("name")) and not values.get("reader_no"):
            self._keep_signature(values, self._over.name or "")
            values |= {"name": self._over.name, "reader_no": self._over.number, _ON_CARD: True}
        elif self._by_teacher and values.get("teacher"):
            values |= {"name": values["teacher"], "mode": LoanMode.CLASS, "kind": ReaderKind.TEACHER}

    def _keep_signature(self, values: dict[str, Any], name: str) -> None:
        """What another than the reader over the table, 代 or his mother, has signed stays in 备注."""
        signature = values.get("name") or ""
        if signature not in name:
            values["remarks"] = "；".join(filter(None, [values.get("remarks"), f"{self._signed}：{signature}"]))

    def end_below(self, line: FilledLine, values: Mapping[str, Any]) -> EndBelow | None:
        """What stands below a loan, of which its own line says no end, and is said of all above it. A copy that was
        lent again in between was back before that day.
        """
        is_told = any(map(values.get, _ENDINGS))
        below = None if is_told else next((one for one in self._ends if one.line.row > line.row), None)
        is_lent_again = below and any(
            line.row < row < below.line.row for row in self._rows_of.get(self._book(line), ())
        )
        return below._replace(end=below.end._replace(day="")) if below and is_lent_again else below

    def _book(self, line: FilledLine) -> tuple[str, ...]:
        return tuple(map(line.said, self._book_at))

    def _ended(self, values: dict[str, Any]) -> None:
        text = values.get("remarks") or ""
        if not self._is_loan or any(map(values.get, _ENDINGS)):
            return
        end = end_in(text) if _AN_END.search(text) else None
        if end and (end.is_whole or _LOST_AND_PAID.fullmatch(text)):
            values["outcome"] = end.outcome


def _who(values: Mapping[str, Any]) -> dict[str, Any]:
    """What a cell says of a reader beside the name, where no other column says it."""
    told = who_in(values.get("name") or "")
    return {} if any(values.get(field) for field in told if field != "name") else told


def who_in(text: str) -> dict[str, str]:
    """A reader's name with the class or number beside it (三（2）班 杜雪, 104田雨晴, 杜雪（三2）); else nothing."""
    if match := _NAME_FIRST.fullmatch(text):
        own = match["within"] or match["behind"]
        is_told = is_name(match["name"]) and (_OF_A_GRADE.fullmatch(class_key(own)) or whole_grade_in(own) == own)
        return {"name": match["name"], "class_name": own} if is_told else {}
    match = _WITH_CLASS_OR_NUMBER.fullmatch(text)
    if match is None or not is_name(match["name"]):
        return {}
    said = {"class_name": (match["class"] or "").strip(), "reader_no": match["number"]}
    told = {field: part for field, part in said.items() if part}
    own = told.get("class_name", "")
    is_class = not own or class_in(own) is not None or re.fullmatch(_CLASS_CODE, own)
    return {**told, "name": match["name"]} if told and is_class else {}


def _is_in_room(table: FoundTable) -> bool:
    """Whether the books were read in the room: the list is one of reading there, and has no column for a return."""
    said = re.sub("借[书阅][证卡]", "", f"{table.said_round} {' '.join(table.headers.values())}")
    is_said = bool(re.search("阅览(?!证|号)|室内|到馆|离馆|入馆", said)) and "借" not in said
    return is_said and not {"returned_on", "due_on", "outcome"} & table.columns.keys()


def reader_of_page(table: FoundTable) -> Record | None:
    """The reader of a page on which no loan stands, as a record of one; None where the table is no page of a reader."""
    is_unnamed = table.kind in (LOANS, EVENTS) and (
        _is_signed(table) or not {"name", "reader_no"} & table.columns.keys()
    )
    over = _over(table, is_unnamed) if is_unnamed and table.non_entries else None
    return Record(table, table.non_entries[0].line, {"name": over.name, "reader_no": over.number}, []) if over else None


def _is_signed(table: FoundTable) -> bool:
    """Whether readers are told by what they signed: below their own name over the table a sign of it will do."""
    return "签" in table.header_of("name") and "reader_no" not in table.columns


def is_on_card(record: Record) -> bool:
    """Whether the reader of a loan is the one whose page, or card, it stands on."""
    return bool(record.get(_ON_CARD))


def _over(table: FoundTable, is_unnamed: bool) -> ReaderOver | None:
    """The reader whom the title names; where no column names any, the sheet that is called by a name."""
    sheet = table.sheet.strip()
    is_named = is_name(sheet) and not _OF_MANY.search(sheet) and class_in(sheet) is None
    return reader_over(table.heading) or (ReaderOver(sheet, None) if is_named and is_unnamed else None)
