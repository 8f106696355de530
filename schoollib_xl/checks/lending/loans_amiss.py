"""借阅登记账 (CIR): ends that say half of what they should, losses without an incident, loans of a kind not allowed."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from operator import attrgetter

from schoollib_xl.checks.check import Alike, Found, Severity, check, folded, found
from schoollib_xl.checks.habits import told_once
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.grades import class_key
from schoollib_xl.ledgers.library import Library, group_by
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.school import Term
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.vocabulary import ClassLending
from schoollib_xl.ledgers.vocabulary import LoanMode, LoanOutcome, ReaderKind
from schoollib_xl.rules.incidents import loss_of
from schoollib_xl.rules.likeness import says
from schoollib_xl.rules.shelves import losses_in_loans

# More loans than this are no slips of the pen.
_SLIPS = 5
_UNDATED = "：一共 {count} 笔这样，多半是当时没记日子；查得到的补上，查不到的写进“差异说明”"
_AWAY = r"(20\d\d)年(\d{1,2})月.{0,4}?(?:起|开始)?休学"
# The key of what is written like a class of a grade: 六（8）班, 6.8班, also 七（1）班.
_A_CLASS = r"[1-6]-\d+|[七八九]\(\d+\)班?"
_LOAN = "loan_no lent_on accession_no returned_on outcome"


@check(
    "CIR107",
    title="写了归还情况，没有归还日期",
    message="{loan_no} 的归还情况是{outcome}，归还日期空着{more}。",
    why="没有日期，就不知道这一册从哪天起又在架上。",
    fix="先查借书卡；已还的填归还那天，遗失的填报失那天；其实还没还，就把归还情况清空。",
    reads={LoanRow: "loan_no returned_on outcome"},
    ties={LoanRow: "outcome"},
)
def outcome_without_date(library: Library) -> Iterator[Found]:
    unread = frozenset(library[LoanRow].unread_lines.get("returned_on", ()))
    undated = (
        loan for loan in library[LoanRow].having("returned_on", None) if loan.outcome and loan.line not in unread
    )
    for loans in group_by(undated, "outcome").values():
        if len(loans) > _SLIPS:
            more = _UNDATED.format(count=len(loans))
            yield found(*folded(loans, "returned_on"), severity=Severity.WARNING, more=more)
            continue
        for loan in loans:
            yield found(cell(loan, "returned_on"), cell(loan, "outcome"), more="")


@check(
    "CIR108",
    title="有归还日期，没有写归还情况",
    message="{loan_no} 在 {returned_on} 归还，归还情况空着。",
    why="归还情况空着就是还没还，和归还日期说的不一样。",
    fix="先看书在不在架上；在，填“已还”；报失的，填“遗失”。",
    severity=Severity.WARNING,
    reads={LoanRow: "loan_no returned_on outcome"},
)
def date_without_outcome(library: Library) -> Iterator[Found]:
    # A school that never fills 归还情况 says it with the date alone.
    if any(library[LoanRow].column("outcome")):
        for loan in library[LoanRow].having("outcome", None):
            if loan.returned_on:
                yield found(cell(loan, "outcome"), cell(loan, "returned_on"))


@check(
    "CIR313",
    title="学生的借阅写成了班级",
    message="{loan_no} 的借阅方式是班级，读者证号 {reader_no} 却是学生{alike}。",
    why="送书下班级记在班主任的证上；记在学生证上，就不算他借的书了。",
    fix="先问是学生自己借的还是送书下班级；自己借的改成个人，送书下班级的改成班主任的证号。",
    severity=Severity.WARNING,
    reads={LoanRow: "loan_no reader_no mode", ReaderRow: "reader_no kind"},
    ties={LoanRow: "reader_no", ReaderRow: "reader_no"},
)
def class_loan_to_pupil(library: Library) -> Iterator[Found]:
    for number, loans in group_by(library[LoanRow].having("mode", LoanMode.CLASS), "reader_no").items():
        reader = library.readers.get(number)
        if reader and reader.kind is ReaderKind.PUPIL:
            at, *others = folded(loans, "mode")
            yield found(at, cell(reader, "kind"), *others, alike=Alike(len(loans) - 1))


@check(
    "CIR315",
    title="室内阅览的班有学生借书回家",
    message="班级表里{class_name}是室内阅览，借阅账里这学期有学生个人借书{alike}。",
    why="室内阅览的班不外借，不是班级的借阅方式没有改，就是借阅写错了人或方式。",
    fix="先问班主任这个班借不借书回家；借，就改班级表的借阅方式；不借，就看这几笔是谁借的，把写错的改正。",
    severity=Severity.HINT,
    reads={
        LoanRow: "reader_no class_name mode lent_on remarks",
        ReaderRow: "reader_no kind",
        ClassRow: "class_name lending remarks",
    },
)
def taken_home_by_a_reading_class(library: Library) -> Iterator[Found]:
    reading = {name: row for name, row in library.classes.items() if row.lending is ClassLending.IN_ROOM}
    term = library.school.term_of(library.as_of) or library.school.term
    taken: dict[str, list[LoanRow]] = defaultdict(list)
    # A remark on the class or on the loan tells of the exception.
    loans = library[LoanRow]
    written = loans.distinct("class_name") if reading else ()
    rows = {name: row for name in written if (row := library.class_called(name)) and not row.remarks}
    own = {name: row.class_name for name, row in rows.items() if row.class_name in reading}
    for loan in loans.among("class_name", own):
        if loan.mode is LoanMode.PERSONAL and not loan.remarks and _is_of(library, loan, term):
            taken[own[loan.class_name]].append(loan)
    for name, own_loans in taken.items():
        at, *others = folded(own_loans, "mode")
        # So many are no slips: it is the class that is written otherwise.
        cells = [at, cell(reading[name], "lending"), *others]
        if len(own_loans) > _SLIPS:
            cells[:2] = reversed(cells[:2])
        yield found(*cells, class_name=name, alike=Alike(len(own_loans) - 1))


def _is_of(library: Library, loan: LoanRow, term: Term | None) -> bool:
    reader = library.readers.get(loan.reader_no)
    return (term is None or loan.lent_on in term) and reader is not None and reader.kind is ReaderKind.PUPIL


@check(
    "CIR109",
    title="室内阅览没有当天归还",
    message="{loan_no} 是室内阅览，{lent_on} 借，{returned_on} 才还{alike}。",
    why="室内看的书当天归架，过了夜就是借出去了。",
    fix="先看归还日期有没有写错；真是带出去了，就把借阅方式改成“个人”，应还日期也照规则改。",
    severity=Severity.WARNING,
    reads={LoanRow: "loan_no mode lent_on returned_on outcome"},
)
def read_in_room_overnight(library: Library) -> Iterator[Found]:
    read = library[LoanRow].having("mode", LoanMode.IN_ROOM)
    overnight = (loan for loan in read if loan.returned_on and loan.returned_on > loan.lent_on)
    kept = (loan for loan in overnight if loan.outcome is not LoanOutcome.LOST)
    yield from told_once((found(cell(loan, "returned_on"), cell(loan, "mode")) for loan in kept), len(read))


@check(
    "CIR314",
    title="报失的书又借了出去",
    message="{accession_no} 在 {lost_on} 报了遗失，{lent_on} 又借了出去。",
    why="丢了的书借不出去；找回来了，两本账都要改。",
    fix="先看书在不在；号抄错了就改号；找回来了，把报失那一笔的归还情况改成“已还”，赔款退了就填退款日期。",
    severity=Severity.WARNING,
    reads={
        LoanRow: f"{_LOAN} remarks",
        CompensationRow: "accession_no refunded_on remarks",
        AccessionRow: "accession_no",
    },
    may_read={CompensationRow: "replacement_no"},
    ties={LoanRow: "accession_no", CompensationRow: "accession_no", AccessionRow: "accession_no"},
)
def lent_after_loss(library: Library) -> Iterator[Found]:
    for number, lost in group_by(library.derive(losses_in_loans), "accession_no").items():
        loans = library.loans_by_copy[number]
        for loan in sorted(lost, key=attrgetter("lent_on", "line")):
            later = next((one for one in loans if loan.returned_on and one.lent_on > loan.returned_on), None)
            if later and not _came_back(library, loan, later.lent_on):
                yield found(cell(later, "accession_no"), cell(loan, "outcome"), lost_on=loan.returned_on)


def _came_back(library: Library, loan: LoanRow, day: date) -> bool:
    """Whether the books say that a lost copy was found again before the day, or another took its number (CMP315)."""
    incidents = library.incidents_by_copy.get(loan.accession_no, ())
    refunded = any((row.refunded_on and row.refunded_on <= day) or row.is_under_its_number for row in incidents)
    said = (loan.remarks, *(row.remarks for row in incidents))
    return refunded or any(says(text, "找回", "找到") for text in said)


@check(
    "CIR316",
    title="教师借书写的班级不在班级表里",
    message="{loan_no} 是{name}借的，班级写的是“{class_name}”，班级表里没有这个班{alike}。",
    why="班级写错了，就看不出是替哪个班借的。",
    fix="先问是替哪个班借的；写错就改正，不是替班里借的就空着。",
    severity=Severity.HINT,
    reads={
        LoanRow: "loan_no reader_no name class_name lent_on",
        ReaderRow: "reader_no kind",
        ClassRow: "class_name",
    },
)
def teacher_lends_for_no_class(library: Library) -> Iterator[Found]:
    classes = library[ClassRow]
    if not classes.rows or not classes.all_say("class_name"):
        return
    # A department is no class, and one that 班级 may still lack a line of cannot be told.
    read = {class_key(row.values["class_name"]) for row in classes.incomplete}
    names = {
        name
        for name in library[LoanRow].distinct("class_name") - library.classes.keys() - {None}
        if not library.class_called(name) and re.fullmatch(_A_CLASS, class_key(name)) and class_key(name) not in read
    }
    # A class of another year may have gone.
    loans = (loan for loan in library[LoanRow].among("class_name", names) if loan.lent_on >= library.year_begins)
    rows = [loan for loan in loans if _is_teachers(library, loan)]
    for alike in group_by(rows, "class_name").values():
        yield found(*folded(alike, "class_name"), alike=Alike(len(alike) - 1))


def _is_teachers(library: Library, loan: LoanRow) -> bool:
    reader = library.readers.get(loan.reader_no)
    return reader is not None and reader.kind is not ReaderKind.PUPIL


@check(
    "CIR352",
    title="备注说赔了，赔偿登记账里没有",
    message="{loan_no} 的备注写着“{remarks}”，赔偿登记账里没有 {reader_no} 赔 {accession_no} 的一件。",
    why="赔的钱或书不登记，账上就查不到去了哪里。",
    fix="先问经手人；赔过的补登一件，没有赔的改备注。",
    severity=Severity.HINT,
    reads={LoanRow: "loan_no reader_no accession_no remarks", CompensationRow: "reader_no accession_no"},
)
def compensated_without_incident(library: Library) -> Iterator[Found]:
    if library[CompensationRow].incomplete:
        return
    for loan in library[LoanRow].saying("remarks"):
        is_said = any(word in (loan.remarks or "") for word in ("已赔", "赔了", "赔款", "赔书"))
        is_open = says(loan.remarks, "未", "没", "待", "应", "要", "不", "免")
        incidents = library.incidents_by_copy.get(loan.accession_no, ())
        if is_said and not is_open and not any(row.reader_no == loan.reader_no for row in incidents):
            yield found(cell(loan, "remarks"), cell(loan, "accession_no"))


@check(
    "CIR351",
    title="遗失的书没有赔偿记录",
    message="{reader_no} 借的 {accession_no} 记着遗失，赔偿登记账里没有这一件。",
    why="丢了书要登记赔偿，不然赔了没有、怎么赔的都查不到。",
    fix="先问这一册是不是真丢了；丢了，就在赔偿登记账补登；找回来了，就改归还情况。",
    reads={
        LoanRow: "accession_no reader_no mode outcome",
        CompensationRow: "accession_no reader_no incident",
        AccessionRow: "accession_no",
    },
)
def lost_without_incident(library: Library) -> Iterator[Found]:
    incidents = library[CompensationRow]
    incomplete = {line.values.get("accession_no") for line in incidents.incomplete}
    loans = library[LoanRow].having("outcome", LoanOutcome.LOST) if incidents.all_say("accession_no") else []
    for loan in loans:
        if loan.accession_no not in library.known_copies:
            continue
        if loss_of(library, loan) is None and loan.accession_no not in incomplete:
            others = [cell(incident, "incident") for incident in library.incidents_by_copy.get(loan.accession_no, ())]
            yield found(cell(loan, "outcome"), *others)


@check(
    "CIR112",
    title="休学以后还借了书",
    message="读者名册写着 {reader_no} “{told}”，{lent_on} 还借了书（共 {count} 笔）。",
    why="休学在家的学生不来学校，书多半是别人用他的证借的。",
    fix="先问班主任；证号写错就改借阅登记账，已经回来上学的，在读者名册的备注里写“复学”。",
    severity=Severity.HINT,
    reads={ReaderRow: "reader_no remarks", LoanRow: "reader_no lent_on"},
)
def lent_while_away_from_school(library: Library) -> Iterator[Found]:
    for reader in library[ReaderRow].saying("remarks"):
        match = re.search(_AWAY, reader.remarks or "") if says(reader.remarks, "休学") else None
        if match and not says(reader.remarks, "复学", "返校", "回校"):
            # Within the month of it the day is not told.
            loans = library.loans_by_reader.get(reader.reader_no, ())
            away = int(match[1]), int(match[2])
            late = [loan for loan in loans if (loan.lent_on.year, loan.lent_on.month) > away]
            if late:
                at, *others = folded(late, "lent_on")
                beside = cell(reader, "remarks")
                yield found(at, beside, *others, told=reader.remarks, lent_on=late[0].lent_on, count=len(late))
