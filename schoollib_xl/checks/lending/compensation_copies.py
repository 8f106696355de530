"""赔偿登记账 (CMP): what became of the copy, which book it was, and who of which class."""

from collections import Counter
from collections.abc import Iterator

from schoollib_xl.checks.check import Found, Severity, check, found
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.vocabulary import Incident, ReaderKind, Settlement, Source, WithdrawalReason
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.incidents import loans_of
from schoollib_xl.rules.likeness import is_called, same_title, says

# Words in 备注 that say that the copy brought instead got the number of the lost one; that this came back.
_OWN_NUMBER = ("沿用", "原号", "同号", "老号", "旧号")
_CAME_BACK = ("找回", "找到", "重新入藏", "换了新号")


@check(
    "CMP106",
    title="赔来的书登记早于报失",
    message="{incident_no} 在 {registered_on} 登记，赔来的 {replacement_no} 在 {accessioned_on} 就入了账。",
    why="先丢书，后赔书；赔来的书不会更早入账。",
    fix="先看赔来的书上的号；号写错了就改赔书登记号，日期写错了就改日期。",
    reads={
        CompensationRow: "incident_no registered_on accession_no replacement_no",
        AccessionRow: "accession_no accessioned_on source",
    },
)
def replacement_came_first(library: Library) -> Iterator[Found]:
    for row, copy in _replacements(library):
        if copy.held_from < row.registered_on and copy.accession_no != row.accession_no:
            yield found(cell(row, "replacement_no"), cell(copy, "accessioned_on"), cell(row, "registered_on"))


@check(
    "CMP315",
    title="赔书登记号就是丢的那一册",
    message="{incident_no} 丢的是 {accession_no}，赔书登记号也是它。",
    why="赔来的书是另一册，要有自己的号。",
    fix="先看赔来的书上的号，再改赔书登记号；书找回来了，就把赔书登记号和结清日期清空，真是用了原来的号，备注里写“沿用原号”。",
    reads={CompensationRow: "incident_no accession_no replacement_no"},
    may_read={CompensationRow: "remarks"},
)
def replaced_by_itself(library: Library) -> Iterator[Found]:
    for row in library[CompensationRow]:
        if row.replacement_no is not None and row.replacement_no == row.accession_no:
            # Unwise, since the old number ends with its copy; and no contradiction where she says so.
            severity = Severity.HINT if says(row.remarks, *_OWN_NUMBER) else None
            yield found(cell(row, "replacement_no"), cell(row, "accession_no"), severity=severity)


@check(
    "CMP316",
    title="赔来的书和丢的不是同一种",
    message="{incident_no} 丢的是《{lost}》，赔来的 {replacement_no} 是《{brought}》。",
    why="一般赔同一种书；赔别的书也可以，号写错了就要改。",
    fix="先看赔来的书；号写错了就改赔书登记号，商定赔别的书就不用动。",
    severity=Severity.HINT,
    reads={
        CompensationRow: "incident_no accession_no replacement_no",
        AccessionRow: "accession_no title source",
    },
)
def replaced_by_another_title(library: Library) -> Iterator[Found]:
    for row, copy in _replacements(library):
        lost = library.copies.get(row.accession_no)
        if lost and not same_title(copy.title, lost.title):
            at, other = cell(row, "replacement_no"), cell(copy, "title")
            yield found(at, other, lost=lost.title, brought=copy.title)


def _replacements(library: Library) -> Iterator[tuple[CompensationRow, AccessionRow]]:
    """Incidents with the copy brought instead, where it is one (CMP310) and serves this incident alone (CMP013)."""
    times = Counter(row.replacement_no for row in library[CompensationRow])
    for row in library[CompensationRow]:
        copy = library.copies.get(row.replacement_no or "")
        if copy and times[row.replacement_no] == 1 and copy.source in (None, Source.REPLACEMENT):
            yield row, copy


@check(
    "CMP317",
    title="处理方式不是赔书，却有赔书登记号",
    message="{incident_no} 处理方式是{settlement}，赔书登记号填的是 {replacement_no}。",
    why="赔钱、修补和赔书只能是一样，不然一件赔了两遍。",
    fix="先看收据和赔来的书；真是赔书就改处理方式，不是就把赔书登记号清空。",
    severity=Severity.WARNING,
    reads={CompensationRow: "incident_no settlement replacement_no"},
)
def replacement_of_another_settlement(library: Library) -> Iterator[Found]:
    for row in library[CompensationRow]:
        if row.replacement_no and row.settlement is not Settlement.REPLACEMENT:
            yield found(cell(row, "replacement_no"), cell(row, "settlement"))


@check(
    "CMP318",
    title="退了款的书又按丢失注销",
    message="{incident_no} 在 {refunded_on} 退款，{accession_no} 在 {withdrawn_on} 按丢失注销。",
    why="书找回来才退款，找回来的书不能当作丢失减掉。",
    fix="先到架上找这一册；在架就改注销登记账{again}；没有找回，就把退款日期清空。",
    severity=Severity.WARNING,
    at_worst=Severity.ERROR,
    reads={
        CompensationRow: "incident_no accession_no refunded_on remarks",
        WithdrawalRow: "accession_no withdrawn_on reason",
    },
)
def refunded_but_written_off(library: Library) -> Iterator[Found]:
    for row in library[CompensationRow]:
        gone = library.withdrawals.get(row.accession_no)
        if row.refunded_on is None or gone is None or gone.reason is not WithdrawalReason.LOST:
            continue
        if not (gone.withdrawn_on < row.refunded_on and says(row.remarks, *_CAME_BACK)):
            is_later = gone.withdrawn_on >= row.refunded_on
            yield found(
                cell(row, "refunded_on"),
                cell(gone, "withdrawn_on"),
                severity=Severity.ERROR if is_later else None,
                # A book written off after it had come back was not entered again before.
                again="" if is_later else "，重新入藏的在备注里写“找回”和新号",
            )


@check(
    "CMP319",
    title="遗失的书不是按丢失注销的",
    message="{incident_no} 记 {accession_no} 遗失，注销账的原因是{reason}。",
    why="同一册书为什么注销，两本账要说的一样。",
    fix="先看批准文件；注销原因写错了就改注销登记账，情形写错了就改这里。",
    severity=Severity.WARNING,
    reads={
        CompensationRow: "incident_no accession_no incident refunded_on",
        WithdrawalRow: "accession_no reason",
    },
)
def lost_but_gone_otherwise(library: Library) -> Iterator[Found]:
    for row in library[CompensationRow]:
        gone = library.withdrawals.get(row.accession_no)
        if row.incident is not Incident.LOST or row.refunded_on or gone is None:
            continue
        if gone.reason not in (WithdrawalReason.LOST, WithdrawalReason.OTHER):
            yield found(cell(row, "incident"), cell(gone, "reason"))


@check(
    "CMP320",
    title="书已注销，注销批号空着",
    message="{accession_no} 随 {theirs} 注销了，{incident_no} 的注销批号空着。",
    why="填了批号，这一件赔偿和注销清单才连得起来。",
    fix="照注销登记账填上注销批号。",
    severity=Severity.HINT,
    reads={
        CompensationRow: "incident_no accession_no incident withdrawal_no refunded_on",
        WithdrawalRow: "accession_no withdrawal_no",
    },
)
def batch_of_withdrawal_is_blank(library: Library) -> Iterator[Found]:
    # A school that never fills 注销批号 here looks it up in 注销登记账.
    if any(row.withdrawal_no for row in library[CompensationRow]):
        for row in library[CompensationRow]:
            gone = library.withdrawals.get(row.accession_no)
            if gone and row.incident is Incident.LOST and row.withdrawal_no is None and row.refunded_on is None:
                at, other = cell(row, "withdrawal_no"), cell(gone, "withdrawal_no")
                yield found(at, other, theirs=gone.withdrawal_no)


def _with_reader(library: Library) -> Iterator[tuple[CompensationRow, ReaderRow]]:
    for row in library[CompensationRow]:
        if reader := library.readers.get(row.reader_no):
            yield row, reader


@check(
    "CMP311",
    title="赔偿的读者不在读者名册",
    message="{incident_no} 写的读者证号是 {reader_no}，读者名册里查不到。",
    why="查不到是谁赔的，钱和书就对不上人。",
    fix="先对照借阅登记账，证号抄错了就改正；没有抄错，就补登到读者名册。",
    reads={CompensationRow: "incident_no reader_no", ReaderRow: "reader_no"},
)
def reader_is_unknown(library: Library) -> Iterator[Found]:
    if library[ReaderRow].all_say("reader_no"):
        for row in library[CompensationRow]:
            if row.reader_no not in library.known_readers:
                yield found(cell(row, "reader_no"))


@check(
    "CMP312",
    title="赔偿的姓名和读者名册不一样",
    message="读者证号 {reader_no} 在名册上是{right}，赔偿账写的是{name}。",
    why="证号和姓名对不上，赔偿就记到了别人名下。",
    fix="先看借书证；证号错了改证号，姓名错了改姓名。",
    reads={CompensationRow: "reader_no name", ReaderRow: "reader_no name remarks"},
)
def name_differs(library: Library) -> Iterator[Found]:
    for row, reader in _with_reader(library):
        if row.name and not is_called(row.name, reader.name, reader.remarks):
            yield found(cell(row, "name"), cell(reader, "name"), cell(row, "reader_no"), right=reader.name)


@check(
    "CMP313",
    title="赔偿的班级和读者名册不一样",
    message="{incident_no} 班级写的是{class_name}，读者证号 {reader_no} 在别的账上是{right}。",
    why="班级不一样，催赔时就找错了班主任。",
    fix="先问班主任；班级写错了就改正，证号写错了就改证号。",
    severity=Severity.WARNING,
    reads={
        CompensationRow: "incident_no registered_on reader_no class_name accession_no",
        ReaderRow: "reader_no kind class_name",
        LoanRow: "lent_on reader_no class_name accession_no mode outcome",
        ClassRow: "class_name",
    },
)
def class_differs(library: Library) -> Iterator[Found]:
    for row, reader in _with_reader(library):
        # A pupil who moved since was of the class that the loan names; a teacher has books for other classes as well.
        sayings: list[ReaderRow | LoanRow] = [reader] if reader.kind is ReaderKind.PUPIL else []
        sayings += loans_of(library, row)
        written = library.class_called(row.class_name)
        classes = {saying: one for saying in sayings if (one := library.class_called(saying.class_name))}
        if written and classes and all(written is not one for one in classes.values()):
            others = cell(next(iter(classes)), "class_name"), cell(row, "reader_no")
            yield found(cell(row, "class_name"), *others, right=next(iter(classes.values())).class_name)


@check(
    "CMP314",
    title="赔偿的书名和个别登记账不一样",
    message="{accession_no} 赔偿账写《{title}》，个别账是《{entered}》。",
    why="号和书名不是同一册，赔的是哪一册就说不清。",
    fix="先查这位读者借的是哪一册；号错了改号，书名错了改书名。",
    severity=Severity.WARNING,
    reads={CompensationRow: "accession_no title", AccessionRow: "accession_no title"},
)
def title_differs(library: Library) -> Iterator[Found]:
    for row in library[CompensationRow]:
        copy = library.copies.get(row.accession_no)
        if copy and row.title and not same_title(row.title, copy.title):
            yield found(cell(row, "title"), cell(copy, "title"), cell(row, "accession_no"), entered=copy.title)
