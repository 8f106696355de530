"""赔偿登记账 (CMP): the course of an incident: lent, reported, settled, replaced, refunded, written off."""

from collections.abc import Iterator
from datetime import date

from schoollib_xl.checks.check import Found, Gap, Severity, check, found
from schoollib_xl.checks.habits import blanks_told_once, told_once
from schoollib_xl.checks.lending.compensation import ANOTHER_SUM
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library, group_by
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.supporting.promises import CompensationRule
from schoollib_xl.ledgers.supporting.shelves import RepairRow
from schoollib_xl.ledgers.units import NO_MONEY
from schoollib_xl.ledgers.vocabulary import Incident, LoanOutcome, Settlement
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.compensation import reckon
from schoollib_xl.rules.incidents import is_about, loans_of, with_loans_read
from schoollib_xl.rules.likeness import says

_INCIDENT = "incident_no registered_on reader_no accession_no incident"
_LOAN = "loan_no lent_on reader_no accession_no mode outcome"
# Words in 备注 that say why another sum than the one owed was taken.
# A report on Friday is entered on Monday, one in the holidays at the start of term: two months at most.
_LATE_ENTRY = 62


@check(
    "CMP014",
    title="同一件赔偿记了两次",
    message="{reader_no} 的 {accession_no} {incident}，{first} 已经记过，{incident_no} 又记了一次。",
    why="一件事记两次，应赔的钱和书就多算一遍。",
    fix="先对照收据看是不是同一件；是，就把后一行移出赔偿登记账另存；不是，就改写错的登记号或日期。",
    reads={CompensationRow: f"{_INCIDENT} refunded_on"},
)
def incident_entered_twice(library: Library) -> Iterator[Found]:
    for rows in library.incidents_by_copy.values():
        for first, row in _repeated(sorted(rows, key=lambda row: (row.registered_on, row.line))):
            yield found(cell(row, "accession_no"), cell(first, "accession_no"), first=first.incident_no)


def _repeated(rows: list[CompensationRow]) -> Iterator[tuple[CompensationRow, CompensationRow]]:
    """Each incident that tells again of an earlier one: the same damage of one day, or a copy that is still lost."""
    for index, row in enumerate(rows):
        for first in rows[:index]:
            same_day = (first.reader_no, first.registered_on) == (row.reader_no, row.registered_on)
            still_lost = first.incident is row.incident is Incident.LOST and first.refunded_on is None
            if first.incident is row.incident and (same_day or still_lost) and first.incident_no != row.incident_no:
                yield first, row
                break


@check(
    "CMP103",
    title="报失早于借出",
    message="{incident_no} 在 {registered_on} 登记，可是 {reader_no} 到 {lent_on} 才借这一册。",
    why="还没借就丢了说不通，多半有一个日期写错了。",
    fix="先看借书卡和收据，再把写错的日期改正。",
    reads={CompensationRow: _INCIDENT, LoanRow: _LOAN},
)
def registered_before_lent(library: Library) -> Iterator[Found]:
    for row in library[CompensationRow]:
        own = [loan for loan in library.loans_by_copy.get(row.accession_no, ()) if is_about(row, loan)]
        later = [loan for loan in own if loan.lent_on > row.registered_on and _ended_so(loan, row)]
        if own and len(own) == len([loan for loan in own if loan.lent_on > row.registered_on]) and later:
            yield found(cell(row, "registered_on"), cell(later[0], "lent_on"))


def _ended_so(loan: LoanRow, row: CompensationRow) -> bool:
    return row.incident is Incident.LOST or loan.outcome is LoanOutcome.RETURNED


@check(
    "CMP104",
    title="报失日期和借阅登记账不一样",
    message="{incident_no} 登记在 {registered_on}，借阅账 {loan_no} 报失在 {returned_on}。",
    why="哪一天报失，两本账要一样，逾期和在架的数才对得上。",
    fix="先看收据和借书卡，再照真的那一天改正一个。",
    severity=Severity.WARNING,
    reads={CompensationRow: _INCIDENT, LoanRow: f"{_LOAN} returned_on"},
)
def reported_on_another_day(library: Library) -> Iterator[Found]:
    for row in library[CompensationRow]:
        lost = [loan for loan in loans_of(library, row) if loan.outcome is LoanOutcome.LOST and loan.returned_on]
        if row.incident is not Incident.LOST or not lost:
            continue
        reported = max(lost, key=lambda loan: loan.lent_on)
        days = (row.registered_on - reported.returned_on).days if reported.returned_on else 0
        if days:
            severity = Severity.HINT if 0 < days <= _LATE_ENTRY else None
            yield found(cell(row, "registered_on"), cell(reported, "returned_on"), severity=severity)


@check(
    "CMP105",
    title="注销早于报失",
    message="{incident_no} 在 {registered_on} 登记，{accession_no} 在 {withdrawn_on} 就注销了。",
    why="已经注销的书不会再丢、再坏，多半是号或日期写错了。",
    fix="先看收据和批准文件；登记号写错了就改号，日期写错了就改日期。",
    reads={CompensationRow: "incident_no registered_on accession_no", WithdrawalRow: "accession_no withdrawn_on"},
)
def registered_after_withdrawal(library: Library) -> Iterator[Found]:
    for row in library[CompensationRow]:
        gone = library.withdrawals.get(row.accession_no)
        if gone and gone.withdrawn_on < row.registered_on:
            yield found(cell(row, "registered_on"), cell(gone, "withdrawn_on"))


@check(
    "CMP203",
    title="结清了，实赔和应赔不一样",
    message="{incident_no} 在 {settled_on} 结清，应赔 {owed}，实赔 {given}，实赔{gap}{alike}。",
    why="赔多赔少都要说得清，少收的钱要有人同意。",
    fix="先看收据；数写错了就改正，没收齐就把结清日期清空；定好少赔、多赔的，在备注里写“减免”或“协商”和原因。",
    severity=Severity.WARNING,
    reads={
        CompensationRow: "incident_no registered_on price incident settlement settled_on owed paid remarks",
        CompensationRule: "since incident multiple minimum fee",
    },
    can_lack=(CompensationRule,),
)
def settled_with_another_sum(library: Library) -> Iterator[Found]:
    settled = [row for row in library[CompensationRow] if row.settled_on]
    amiss = [row for row in settled if _is_another_sum(library, row)]
    yield from blanks_told_once(((row.paid is None, _short(row)) for row in amiss), len(settled))


def _is_another_sum(library: Library, row: CompensationRow) -> bool:
    paid = row.paid or NO_MONEY
    # Where the sum owed is not what the rule says, that is the fault (CMP202).
    right = reckon(library[CompensationRule], row.incident, row.settlement, row.price, row.registered_on).owed
    rightly = row.owed is not None and (row.owed == right or paid != right)
    return rightly and paid != row.owed and not says(row.remarks, *ANOTHER_SUM)


def _short(row: CompensationRow) -> Found:
    gap = Gap((row.paid or NO_MONEY) - (row.owed or NO_MONEY), "元")
    return found(cell(row, "paid"), cell(row, "owed"), given=row.paid, gap=gap)


@check(
    "CMP204",
    title="没有收过钱，却写了退款",
    message="{incident_no} 退款日期是 {refunded_on}，实赔是{given}。",
    why="没收的钱不能退，退款就没有来处。",
    fix="先找收据存根；收过钱就补填实赔金额，没有收过就把退款日期清空。",
    reads={CompensationRow: "incident_no paid refunded_on"},
)
def refunded_without_payment(library: Library) -> Iterator[Found]:
    for row in library[CompensationRow]:
        if row.refunded_on and not row.paid:
            yield found(cell(row, "refunded_on"), cell(row, "paid"), given=row.paid)


@check(
    "CMP205",
    title="赔款收齐了，没有写结清日期",
    message="{incident_no} 应赔 {owed}，实赔 {paid}，结清日期空着{alike}。",
    why="没有结清日期，这一件还会当成没有赔。",
    fix="先看收据上的日期，再填结清日期；其实没有收到，就把实赔金额清空。",
    severity=Severity.WARNING,
    reads={CompensationRow: "incident_no settlement owed paid settled_on"},
)
def paid_but_not_settled(library: Library) -> Iterator[Found]:
    paid = [
        row
        for row in library[CompensationRow].having("settlement", Settlement.PAYMENT)
        if row.owed and row.paid and row.paid >= row.owed
    ]
    unsettled = (row for row in paid if row.settled_on is None)
    yield from told_once((found(cell(row, "settled_on"), cell(row, "paid")) for row in unsettled), len(paid))


@check(
    "CMP321",
    title="损坏的书没有这位读者的借阅记录",
    message="{incident_no} 记 {reader_no} 损坏 {accession_no}，借阅账里没有这笔借阅。",
    why="在室内看坏的不一定有借阅；要是借出去坏的，就有一个号写错了。",
    fix="先查这一册是谁借的；号写错了就改，在室内看坏的就不用动。",
    severity=Severity.HINT,
    reads={
        CompensationRow: _INCIDENT,
        LoanRow: _LOAN,
        AccessionRow: "accession_no",
        ReaderRow: "reader_no",
    },
)
def damaged_but_never_lent(library: Library) -> Iterator[Found]:
    opened_on = library.school.previous_start or library.school.term_start or date.min
    for row in with_loans_read(library) if library[LoanRow].rows else ():
        is_told = row.registered_on >= opened_on and row.accession_no in library.known_copies
        known = row.reader_no in library.known_readers
        if is_told and known and row.incident is Incident.DAMAGED and not any(loans_of(library, row)):
            yield found(cell(row, "reader_no"), cell(row, "accession_no"))


@check(
    "CMP322",
    title="说了修补，修补登记里没有",
    message="{incident_no} 的处理方式是修补，修补登记里没有 {accession_no}{earlier}。",
    why="送修的书不在架上，没有登记，盘点时就会当成少了。",
    fix="先问书在哪里；送修了就补登修补登记，当场修好的就不用动。",
    severity=Severity.HINT,
    reads={
        CompensationRow: "incident_no registered_on accession_no settlement",
        RepairRow: "accession_no sent_on reshelved_on",
        AccessionRow: "accession_no",
    },
)
def mended_without_repair(library: Library) -> Iterator[Found]:
    repaired = group_by(library[RepairRow], "accession_no")
    # A repair begun that day under a number nobody reported may be this one, its number copied wrong.
    unclaimed = {row.sent_on for row in library[RepairRow] if row.accession_no not in library.incidents_by_copy}
    for row in library[CompensationRow] if repaired and not library[RepairRow].incomplete else ():
        is_mended = row.settlement is Settlement.REPAIR and row.accession_no in library.known_copies
        repairs = repaired.get(row.accession_no, ())
        # What was back weeks before the damage was reported was another one.
        if is_mended and all(_is_over(one, row) for one in repairs) and row.registered_on not in unclaimed:
            backs = [cell(one, "reshelved_on") for one in repairs]
            yield found(cell(row, "settlement"), *backs, earlier=" 这一次的送修" if repairs else "")


def _is_over(repair: RepairRow, incident: CompensationRow) -> bool:
    back = repair.reshelved_on
    return back is not None and (incident.registered_on - back).days > _LATE_ENTRY


@check(
    "CMP323",
    title="书还没修好就结清了",
    message="{incident_no} 在 {settled_on} 结清，{accession_no} 的归架日期是{back}。",
    why="说好修补的，书修好归架了才算结清。",
    fix="先看书修好没有；日期写错就改正；书还没有修好，就把结清日期清空；交了材料就算结清的，不用动。",
    severity=Severity.HINT,
    reads={
        CompensationRow: "incident_no registered_on accession_no settlement settled_on",
        RepairRow: "accession_no sent_on reshelved_on",
    },
)
def settled_before_it_was_mended(library: Library) -> Iterator[Found]:
    repaired = group_by(library[RepairRow], "accession_no")
    for row in library[CompensationRow]:
        settled = row.settled_on if row.settlement is Settlement.REPAIR else None
        for repair in repaired.get(row.accession_no, ()) if settled else ():
            was_sent = row.registered_on <= repair.sent_on <= settled if settled else False
            if was_sent and settled and (repair.reshelved_on is None or settled < repair.reshelved_on):
                yield found(cell(row, "settled_on"), cell(repair, "reshelved_on"), back=repair.reshelved_on)
