"""借阅登记账 (CIR): dates and outcome inside the ledger, who borrowed (读者名册), what is out."""

from collections.abc import Iterator
from itertools import compress
from operator import attrgetter, ne
from typing import Any

from schoollib_xl.checks.check import Alike, Found, Severity, check, folded, found
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library, group_by, grouped
from schoollib_xl.ledgers.schema import Cell, cell
from schoollib_xl.ledgers.school import Term
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.vocabulary import ReaderKind
from schoollib_xl.rules.likeness import is_called, says
from schoollib_xl.rules.shelves import back_before_lent

# Loans of a reader are compared with the card and with one another.
_OF_A_READER: dict[type[Any], str] = {LoanRow: "reader_no", ReaderRow: "reader_no"}
# More loans than this outside the days of a card are no slips in the loans.
_USED_ON = 5
# More cards of one day than this are not each wrong by a slip.
_AT_ONCE = 3
_FORMER = "；以前学年借过、都还清了、名册里没有的一共 {readers} 个号，是毕业离校的不用补，是抄错的改正"
# Words in the 备注 of a reader that explain loans of another class.
_MOVED = (
    *("转班", "分班", "调班", "并班", "合班", "换班", "拆班", "插班", "转来", "转到", "转至", "分出", "分到", "分入"),
    *("调入", "调到", "跳级", "留级", "降级", "复读", "升入"),
)


@check(
    "CIR102",
    title="归还早于借出",
    message="{loan_no} 在 {returned_on} 归还，可是 {lent_on} 才借出。",
    why="先还后借说不通，多半有一个日期写错了。",
    fix="先对照借书卡，再把写错的日期改正。",
    reads={LoanRow: "loan_no lent_on returned_on"},
    ties={LoanRow: "line"},
)
def returned_before_lent(library: Library) -> Iterator[Found]:
    for loan in library.derive(back_before_lent):
        yield found(cell(loan, "returned_on"), cell(loan, "lent_on"))


@check(
    "CIR106",
    title="学期结束还没有归还",
    message="学期在 {term_end} 结束，{accession_no} 还没有收回（读者证号 {reader_no}，应还 {due_on}，没有逾期）。",
    why="期末要清理藏书，借出的书要全部收回。",
    fix="先收书；书已经还了，补填归还日期；丢了，就记入赔偿登记账。",
    severity=Severity.WARNING,
    reads={LoanRow: "lent_on due_on reader_no accession_no mode returned_on outcome"},
    ties={LoanRow: "line"},
)
def open_after_term(library: Library) -> Iterator[Found]:
    for loan in library[LoanRow].having("returned_on", None):
        # A loan that is overdue as well is named there (CIR902).
        if loan.is_open and loan.is_personal and loan.due_on >= library.as_of:
            term = library.school.term_of(loan.lent_on)
            if term and term.end < library.as_of:
                yield found(cell(loan, "returned_on"), cell(loan, "due_on"), term_end=term.end)


@check(
    "CIR902",
    title="逾期未还",
    message="{accession_no} 应在 {due_on} 归还，已逾期 {days} 天（读者证号 {reader_no}）。",
    why="逾期越久越难追回，别的读者也借不到。",
    fix="先把催还单交给班主任；书已经还了，补填归还日期；丢了，就记入赔偿登记账。",
    severity=Severity.HINT,
    at_worst=Severity.WARNING,
    reads={LoanRow: "lent_on due_on reader_no accession_no returned_on outcome"},
    ties={LoanRow: "line"},
)
def overdue(library: Library) -> Iterator[Found]:
    for loan in library[LoanRow].having("returned_on", None):
        if loan.is_open and loan.due_on < library.as_of:
            yield found(
                cell(loan, "returned_on"),
                cell(loan, "due_on"),
                severity=Severity.WARNING if _has_ended(library, loan) else None,
                days=(library.as_of - loan.due_on).days,
            )


def _has_ended(library: Library, loan: LoanRow) -> bool:
    """Whether the term of the loan is over; a loan of no term is judged by this term."""
    term: Term | None = library.school.term_of(loan.lent_on) or library.school.term
    return term is not None and term.end < library.as_of


def _by_known_reader(library: Library) -> Iterator[tuple[ReaderRow, list[LoanRow]]]:
    """Each reader of the roster who borrowed, with the loans by the day lent."""
    for number, loans in library.loans_by_reader.items():
        if reader := library.readers.get(number):
            yield reader, loans


def _written_otherwise(library: Library, field: str) -> Iterator[tuple[ReaderRow, list[LoanRow]]]:
    """Each reader of the roster with the loans on which a field is not as it stands there."""
    loans, readers = library[LoanRow], library.readers
    right = dict(zip(readers, map(attrgetter(field), readers.values()), strict=True))
    differ = compress(loans, map(ne, map(right.get, loans.column("reader_no")), loans.column(field)))
    for number, others in group_by(differ, "reader_no").items():
        if reader := readers.get(number):
            yield reader, others


def _likelier(loan: Cell, day: Cell, count: int) -> tuple[Cell, Cell]:
    """The cell to look at first: a card used on and on was not stopped, or was issued, on the day that is written."""
    return (day, loan) if count > _USED_ON else (loan, day)


@check(
    "CIR305",
    title="读者名册里没有这个人",
    message="读者名册里查不到读者证号 {reader_no}，这个号有 {count} 笔借阅{more}。",
    why="查不到是谁借的，书就追不回来。",
    fix="先对照借书证，抄错了就改正；没有抄错，就补登到读者名册。",
    reads={LoanRow: "reader_no lent_on", ReaderRow: "reader_no"},
)
def loan_to_unknown_reader(library: Library) -> Iterator[Found]:
    if library[ReaderRow].all_say("reader_no"):
        former: dict[str, list[LoanRow]] = {}
        for number in sorted(library.loans_by_reader.keys() - library.known_readers):
            loans = library.loans_by_reader[number]
            if loans[-1].lent_on < library.year_begins and not any(loan.is_open for loan in loans):
                former[number] = loans
            else:
                yield found(*folded(loans, "reader_no"), reader_no=number, count=len(loans), more="")
        yield from _former_readers(former)


def _former_readers(loans_by_reader: dict[str, list[LoanRow]]) -> Iterator[Found]:
    """One hint for all who borrowed in earlier school years, brought everything back and are on the roster no more."""
    firsts = [min(loans, key=attrgetter("line")) for loans in loans_by_reader.values()]
    if firsts:
        first = min(firsts, key=attrgetter("line"))
        more = _FORMER.format(readers=len(firsts))
        count = len(loans_by_reader[first.reader_no])
        cells = folded(firsts, "reader_no")
        yield found(*cells, severity=Severity.HINT, reader_no=first.reader_no, count=count, more=more)


@check(
    "CIR104",
    title="办证以前就借了书",
    message="读者证 {reader_no} 在 {issued_on} 才办，{lent_on} 就借了书（共 {count} 笔）{alike}。",
    why="还没有证就借书，多半是证号或日期写错了。",
    fix="先核对借出日期和证号；都没有错，就改办证日期；换过新证的，写第一次办证那天。",
    reads={LoanRow: "reader_no lent_on", ReaderRow: "reader_no issued_on"},
)
def lent_before_card_issued(library: Library) -> Iterator[Found]:
    borrowed = _by_known_reader(library)
    early = [(one, loans) for one, loans in borrowed if one.issued_on and loans[0].lent_on < one.issued_on]
    for alike in grouped(early, lambda one: one[0].issued_on).values():
        # Cards of one day on which many had borrowed before are new cards, or the day they were typed in.
        is_renewed = len(alike) > _AT_ONCE
        for reader, loans in alike[:1] if is_renewed else alike:
            before = [loan for loan in loans if loan.lent_on < (reader.issued_on or loan.lent_on)]
            at, *others = folded(before, "lent_on")
            cards = folded((one for one, _ in alike), "issued_on") if is_renewed else []
            yield found(
                *(cards or _likelier(at, cell(reader, "issued_on"), len(before))),
                at._replace(field="reader_no"),
                *others,
                severity=Severity.WARNING if is_renewed else None,
                reader_no=reader.reader_no,
                issued_on=reader.issued_on,
                lent_on=min(before, key=lambda loan: loan.line).lent_on,
                count=len(before),
                alike=Alike(len(alike) - 1 if is_renewed else 0),
            )


@check(
    "CIR105",
    title="停用以后还借了书",
    message="读者证 {reader_no} 在 {stopped_on} 停用，{lent_on} 还借了书（共 {count} 笔）。",
    why="人已离校或证已挂失，书多半追不回来。",
    fix="先核对停用日期、借出日期和证号；都没有错，就查是谁用了这个证。",
    reads={LoanRow: "reader_no lent_on", ReaderRow: "reader_no stopped_on"},
    ties=_OF_A_READER,
)
def lent_after_card_stopped(library: Library) -> Iterator[Found]:
    for reader, loans in _by_known_reader(library):
        if reader.stopped_on and loans[-1].lent_on >= reader.stopped_on:
            late = [loan for loan in loans if loan.lent_on >= reader.stopped_on]
            at, *others = folded(late, "lent_on")
            yield found(
                *_likelier(at, cell(reader, "stopped_on"), len(late)),
                at._replace(field="reader_no"),
                *others,
                reader_no=reader.reader_no,
                stopped_on=reader.stopped_on,
                lent_on=min(late, key=lambda loan: loan.line).lent_on,
                count=len(late),
            )


@check(
    "CIR306",
    title="姓名和读者名册不一样",
    message="读者证号 {reader_no} 在名册上是{right}，借阅账写的是{name}（{count} 笔）。",
    why="证号和姓名对不上，书算在了别人名下。",
    fix="先看借书证；证号错了改证号，姓名错了改姓名。",
    reads={LoanRow: "reader_no name", ReaderRow: "reader_no name remarks"},
    ties=_OF_A_READER,
)
def name_differs(library: Library) -> Iterator[Found]:
    for reader, others in _written_otherwise(library, "name"):
        amiss = [loan for loan in others if loan.name and not is_called(loan.name, reader.name, reader.remarks)]
        for name, loans in group_by(amiss, "name").items():
            at, *rest = folded(loans, "name")
            yield found(
                at,
                cell(reader, "name"),
                at._replace(field="reader_no"),
                *rest,
                reader_no=reader.reader_no,
                right=reader.name,
                name=name,
                count=len(loans),
            )


@check(
    "CIR307",
    title="班级和读者名册不一样",
    message="读者证号 {reader_no} 在名册上是{right}，借阅账写的是{class_name}（{count} 笔）。",
    why="班级不一样，生均借书就算到别的班去了；转班的读者除外。",
    fix="先问是不是转了班；是，就在读者名册的备注里写“转班”；不是，就改正写错的班级。",
    severity=Severity.WARNING,
    reads={
        LoanRow: "reader_no class_name lent_on",
        ReaderRow: "reader_no kind class_name remarks",
        ClassRow: "class_name pupils",
    },
    may_read={ClassRow: "remarks"},
    ties=_OF_A_READER,
)
def class_differs(library: Library) -> Iterator[Found]:
    for reader, elsewhere in _written_otherwise(library, "class_name"):
        amiss = [loan for loan in elsewhere if _in_another_class(library, loan, reader)]
        for class_name, loans in group_by(amiss, "class_name").items():
            at, *rest = folded(loans, "class_name")
            yield found(
                at,
                cell(reader, "class_name"),
                at._replace(field="reader_no"),
                *rest,
                reader_no=reader.reader_no,
                right=reader.class_name,
                class_name=class_name,
                count=len(loans),
            )


def _in_another_class(library: Library, loan: LoanRow, reader: ReaderRow) -> bool:
    """Whether a pupil's loan names another class of 班级; a teacher's class is not compared, nor what a pupil was in
    before this school year.
    """
    if loan.lent_on < library.year_begins:
        return False
    if reader.kind is not ReaderKind.PUPIL or says(reader.remarks, *_MOVED):
        return False
    written, own = library.class_called(loan.class_name), library.class_called(reader.class_name)
    if written is None or own is None or written is own or says(f"{own.remarks} {reader.remarks}", written.class_name):
        return False  # 从一（1）班分出, 3月由一（1）班转入
    # A class without pupils was merged into another: its loans stay as they were written.
    return bool(written.pupils)
