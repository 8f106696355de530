"""借还流水: what was done at the desk, line by line, until it stands in the ledgers; its file is lines of JSON beside
the workbook, each on the disk before the next copy is scanned.

A line is never changed. What was undone, and what was found to stand in the ledgers, are lines of their own, so that
nothing is entered twice although she may correct the ledger afterwards.
"""

import errno
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from schoollib_xl.desk.decision import Changed, Decision
from schoollib_xl.desk.request import Act
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.schema import SHEETS, Field, Kind, new_row
from schoollib_xl.locks import locked
from schoollib_xl.saving import CannotWrite

# A name longer than the disk takes, beside a workbook that has just room for its own, is of no file either.
_NOT_THERE = (errno.ENOENT, errno.ENAMETOOLONG)
L = TypeVar("L", bound=BaseModel)
_HEADER = "kind"
# Written behind a torn line, which no end of a JSON object can be mistaken for.
_VOID = b" <-- \xe6\xb2\xa1\xe6\x9c\x89\xe5\x86\x99\xe5\xae\x8c\n"
# Another desk on the same books writes a line in a few milliseconds.
_SECONDS_FOR_OTHERS = 5
_OCCUPIED = "“{name}”不是{kind}，没有动它；把它移走再扫。"
_NOT_WRITTEN = "{kind}没有写成（“{folder}”里写不了），这一笔没有记；换到能写的文件夹、腾出空间再扫一次。"
_IN_USE = "另一个窗口正在写{kind}，这一笔没有记，再扫一次。"


class DeskMark(StrEnum):
    """What a line says about an earlier one instead of about a copy."""

    UNDONE = "撤销"
    BOOKED = "已入账"


class LoanKey(BaseModel):
    """The loan that a line ends or renews, as its ledger names it; `line_id` where a line of the journal lent it."""

    model_config = ConfigDict(frozen=True)
    loan_no: str
    reader_no: str
    accession_no: str
    lent_on: date
    line_id: str = ""


class DeskLine(BaseModel):
    """One line. `row` is a new row of 借阅登记账 and `incident` one of 赔偿登记账, by header; `change` is what a
    loan gets, by header; `of` is the line that a mark is about.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    at: datetime
    what: Act | DeskMark
    day: date | None = None
    loan: LoanKey | None = None
    row: dict[str, str | int] | None = None
    change: dict[str, str | int] | None = None
    incident: dict[str, str | int] | None = None
    of: str = ""

    @property
    def accession_no(self) -> str:
        """The copy it is about; '' for a mark."""
        return self.loan.accession_no if self.loan else ""


class Unfit(ValueError):
    """A line names a column or a value that the ledger does not know."""


class UncountedLines(NamedTuple):
    """Lines that were not counted: torn by a power cut, or damaged."""

    torn: int
    damaged: int


class JournalFile(Generic[L]):
    """A journal: where it lies, its kind as its first line says it, and what its lines are."""

    def __init__(self, path: Path, kind: str, line_type: type[L]) -> None:
        self.path = path
        self._kind = kind
        self._line_type = line_type
        self.lines: list[L] = []
        self.unread = UncountedLines(0, 0)
        self._offset = 0

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other desks from writing, and know all that they have written. Raises CannotWrite."""
        try:
            with locked(self.path.with_name(f".{self.path.stem}.lock"), _SECONDS_FOR_OTHERS) as is_ours_alone:
                if not is_ours_alone:
                    raise CannotWrite(_IN_USE.format(kind=self._kind))
                self.read()
                yield
        except OSError as error:
            raise CannotWrite(_NOT_WRITTEN.format(kind=self._kind, folder=self.path.parent)) from error

    def read(self) -> bool:
        """Read what was added since; whether there was anything. Raises CannotWrite for a file that is not ours."""
        content = self._rest()
        whole, _, tail = content.rpartition(b"\n")
        torn, damaged = bool(tail), self.unread.damaged
        self.unread = UncountedLines(int(torn), damaged)
        if not whole:
            if self._offset == 0 and not self._head.startswith(tail):
                raise self._occupied()
            return False
        pieces = whole.split(b"\n")
        if self._offset == 0:
            pieces = [piece for piece in pieces if not _is_void(piece)]
            self._check(pieces.pop(0) if pieces else b"")
        self._offset += len(whole) + 1
        self._take(pieces)
        return bool(pieces)

    def append(self, lines: Sequence[L]) -> None:
        """Put lines on the disk; only `alone`. They stand there when this returns. Raises OSError."""
        if not lines:
            return
        is_new = not self.path.exists()
        content = b"".join(f"{line.model_dump_json(exclude_none=True)}\n".encode() for line in lines)
        head = self._head if self._offset == 0 else b""
        _write(self.path, (_VOID if self.unread.torn else b"") + head + content)
        if is_new:
            _keep_name(self.path.parent)
        self.read()

    def _rest(self) -> bytes:
        try:
            with self.path.open("rb") as file:
                file.seek(self._offset)
                return file.read()
        except OSError as error:
            if error.errno in _NOT_THERE:
                return b""
            raise

    def _check(self, head: bytes) -> None:
        with suppress(ValueError, RecursionError):
            said = json.loads(head)
            if isinstance(said, dict) and said.get(_HEADER) == self._kind:
                return
        raise self._occupied()

    def _occupied(self) -> CannotWrite:
        return CannotWrite(_OCCUPIED.format(name=self.path.name, kind=self._kind))

    @property
    def _head(self) -> bytes:
        return f"{json.dumps({_HEADER: self._kind}, ensure_ascii=False)}\n".encode()

    def _take(self, pieces: Iterable[bytes]) -> None:
        for piece in pieces:
            try:
                self.lines.append(self._line_type.model_validate_json(piece))
            except ValidationError:
                if not _is_void(piece):
                    self.unread = self.unread._replace(damaged=self.unread.damaged + 1)


def line_of(decision: Decision, line_id: str, at: datetime, lent_by: str = "") -> DeskLine:
    """What an allowed decision enters, as a line; `lent_by` is the line of the journal that lent the copy."""
    rows: dict[type[Any], dict[str, str | int]] = {}
    change = None
    loan = decision.request.loan
    for entry in decision.entries:
        if isinstance(entry, Changed):
            change, loan = _by_header(LoanRow, entry.values), entry.row
        else:
            rows[type(entry.row)] = _by_header(type(entry.row), entry.row._asdict())
            loan = entry.row if isinstance(entry.row, LoanRow) else loan
    if loan is None:
        raise Unfit(decision.act)
    key = LoanKey(
        loan_no=loan.loan_no,
        reader_no=loan.reader_no,
        accession_no=loan.accession_no,
        lent_on=loan.lent_on,
        line_id=lent_by,
    )
    return DeskLine(
        id=line_id,
        at=at,
        what=decision.act,
        day=decision.request.day,
        loan=key,
        row=rows.get(LoanRow),
        change=change,
        incident=rows.get(CompensationRow),
    )


def mark_of(what: DeskMark, line: DeskLine, line_id: str, at: datetime, loan_no: str = "") -> DeskLine:
    """A mark on a line; for one that is booked, `loan_no` is the number its loan has in the ledger."""
    key = line.loan.model_copy(update={"loan_no": loan_no}) if line.loan and loan_no else None
    return DeskLine(id=line_id, at=at, what=what, of=line.id, loan=key)


def undone(lines: Iterable[DeskLine]) -> frozenset[str]:
    """The ids of the lines that were taken back."""
    return frozenset(line.of for line in lines if line.what is DeskMark.UNDONE)


def row_of(row_type: type[Any], said: dict[str, str | int], line: int) -> Any:
    """The row that is said by headers, to stand on this line. Raises Unfit."""
    return new_row(row_type, line, **values_of(row_type, said))


def values_of(row_type: type[Any], said: dict[str, str | int]) -> dict[str, Any]:
    """Values by field from values by header. Raises Unfit."""
    fields = {field.header: field for field in SHEETS[row_type].fields}
    try:
        return {fields[header].name: _value(fields[header], value) for header, value in said.items()}
    except (KeyError, ArithmeticError, ValueError) as error:
        raise Unfit(str(error)) from error


def _value(field: Field, value: str | int) -> Any:
    if field.choices:
        return field.words[str(value)]
    if field.kind is Kind.DATE:
        return date.fromisoformat(str(value))
    if field.kind is Kind.COUNT:
        return int(value)
    return Decimal(str(value)) if field.kind is Kind.MONEY else str(value)


def _by_header(row_type: type[Any], values: Any) -> dict[str, str | int]:
    fields = SHEETS[row_type].by_name
    return {
        fields[name].header: _plain(value) for name, value in values.items() if name in fields and value is not None
    }


def _plain(value: Any) -> str | int:
    if isinstance(value, int):
        return value
    if isinstance(value, date):
        return value.isoformat()
    return str(value.value) if isinstance(value, Enum) else str(value)


def standing(lines: Iterable[DeskLine]) -> Iterator[DeskLine]:
    """The lines that say something about copies and were not taken back, in order."""
    known = list(lines)
    gone = undone(known)
    return (line for line in known if isinstance(line.what, Act) and line.id not in gone)


def beside(workbook: Path, kind: str) -> Path:
    """Where the journal of a workbook lies."""
    return workbook.with_name(f"{kind}_{workbook.stem}.jsonl")


def _is_void(piece: bytes) -> bool:
    return piece.endswith(_VOID.rstrip(b"\n"))


def _write(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
    try:
        while content:
            content = content[os.write(handle, content) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def _keep_name(folder: Path) -> None:
    """Put the name of a new file on the disk too; Windows does so by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
