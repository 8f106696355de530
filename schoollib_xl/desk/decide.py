"""The rules of the desk, one act each."""

from collections.abc import Callable, Iterator
from datetime import date

from schoollib_xl.desk.decision import (
    Changed,
    Decision,
    DeskMessage,
    NewRow,
    Reason,
    Remark,
    also_out,
    borrower,
    closed,
    due_in_holidays,
    lending_stopped,
    message,
    other_reader,
    overdue,
)
from schoollib_xl.desk.request import Act, Request, next_line, next_number
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.new_rows import new_row
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.supporting.promises import CompensationRule
from schoollib_xl.ledgers.vocabulary import Incident, LoanMode, LoanOutcome, Settlement, WithdrawalReason
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.quotas.basis.stock import may_leave
from schoollib_xl.quotas.borrowing.allowance import Allowance, allowance
from schoollib_xl.quotas.borrowing.overdue import due_day
from schoollib_xl.rules.compensation import reckon, set_price_of
from schoollib_xl.rules.lending import LoanTerms
from schoollib_xl.rules.shelves import Shelves

_FIRST_LOAN = "J000001"
_AGAINST_WITHDRAWAL = (Reason.NOT_IN_FORCE, Reason.ON_LOAN, Reason.IN_CLASS)


def decide(asked: Request) -> Decision:
    """What the desk answers: whether the act can be done, by which rule, and the entries that record it."""
    if asked.today and asked.day > asked.today:
        return Decision(asked, (message(Reason.FUTURE, day=asked.day),))
    return _ACTS[asked.act](asked)


def _lend(asked: Request) -> Decision:
    allowed = allowance(asked.library, asked.reader_no, asked.day) if asked.reader else None
    against = (*_against_reader(asked, allowed), *_against_copy(asked))
    rule = allowed.rule if allowed else None
    if against or asked.reader is None or asked.copy is None or allowed is None:
        return Decision(asked, against, rule=rule)
    loan = _new_loan(asked, asked.reader, asked.copy)
    due_on = asked.library.derive(LoanTerms).due_on(loan)
    if due_on is None:
        return Decision(asked, (message(Reason.NO_DUE_DATE),), rule=rule)
    kind = asked.reader.kind
    told = (*closed(asked, kind), *lending_stopped(asked, kind))
    remarks = (*told, *due_in_holidays(asked, kind, due_on), *overdue(allowed))
    return Decision(asked, (), remarks, rule, due_on, entries=(NewRow(loan._replace(due_on=due_on)),))


def _against_reader(asked: Request, allowed: Allowance | None) -> Iterator[DeskMessage]:
    if allowed is None:
        is_unread = asked.reader_no in asked.library.known_readers
        yield message(Reason.READER_UNREAD if is_unread else Reason.NO_READER, reader_no=asked.reader_no)
    elif not allowed.is_active:
        yield message(Reason.CARD_STOPPED, allowed=allowed)
    elif allowed.only_in_room:
        yield message(Reason.ONLY_IN_ROOM, class_name=allowed.reader.class_name)
    elif allowed.rule is None:
        yield message(Reason.RULE_UNREAD if allowed.is_rule_unread else Reason.NO_RULE, name=allowed.reader.name)
    elif allowed.is_suspended:
        yield message(Reason.SUSPENDED, name=allowed.reader.name, copies=len(allowed.overdue))
    elif (held := _held(asked, allowed)) >= allowed.allowed:
        yield message(Reason.LIMIT_REACHED, name=allowed.reader.name, held=held, copies=allowed.allowed)


def _held(asked: Request, allowed: Allowance) -> int:
    """How many copies the reader has on the day or, for an entry made later, has had since: the most at once counts."""
    now = allowance(asked.library, asked.reader_no, asked.last_day)
    return max(len(allowed.on_loan), len(now.on_loan))


def _against_copy(asked: Request) -> Iterator[DeskMessage]:
    copy = asked.copy
    if copy is None:
        yield _no_copy(asked)
        return
    reasons = [*_where_it_is(asked, copy), *_kept_back(asked, copy, asked.day)]
    if asked.last_day > asked.day:
        reasons += [*_lent_since(asked, copy), *_kept_back(asked, copy, asked.last_day)]
    said: dict[Reason | Remark, DeskMessage] = {}
    for reason in reasons:
        said.setdefault(reason.what, reason)
    yield from said.values()


def _where_it_is(asked: Request, copy: AccessionRow) -> Iterator[DeskMessage]:
    """Who has the copy by the day, as far as every line about it can be read."""
    if asked.loan:
        in_class = asked.loan.mode is LoanMode.CLASS
        reason = Reason.IN_CLASS if in_class else Reason.ON_LOAN
        yield message(reason, number=copy.accession_no, who=borrower(asked.loan), due_on=asked.loan.due_on)
        return
    for row in asked.library[LoanRow].incomplete:
        is_over = row.values.get("returned_on") or row.values.get("outcome")
        if row.values.get("accession_no") == copy.accession_no and not is_over:
            yield message(Reason.LOAN_UNREAD, number=copy.accession_no, loan_no=row.values.get("loan_no") or "")


def _kept_back(asked: Request, copy: AccessionRow, day: date) -> Iterator[DeskMessage]:
    """Why the copy is not to be lent on the day, whoever has it."""
    shelves = asked.library.derive(Shelves)
    if not shelves.in_force(copy, day):
        yield message(Reason.NOT_IN_FORCE, number=copy.accession_no, day=day)
    if not may_leave(copy):
        yield message(Reason.REFERENCE, number=copy.accession_no)
    loss = shelves.lost_since(copy.accession_no, day)
    if loss and not asked.loan:
        yield message(Reason.LOST, number=copy.accession_no, reported_on=loss.reported_on)
    if copy.accession_no in shelves.under_repair(day):
        yield message(Reason.UNDER_REPAIR, number=copy.accession_no)


def _lent_since(asked: Request, copy: AccessionRow) -> Iterator[DeskMessage]:
    """The first loan after the day: whoever has borrowed the copy since cannot have taken it from this reader."""
    loans = asked.library.loans_by_copy.get(copy.accession_no, [])
    later = next((loan for loan in loans if loan.lent_on > asked.day and loan is not asked.loan), None)
    if later:
        yield message(Reason.LENT_SINCE, number=copy.accession_no, who=borrower(later), lent_on=later.lent_on)


def _no_copy(asked: Request) -> DeskMessage:
    if asked.copies:
        numbers = "、".join(copy.accession_no for copy in asked.copies)
        return message(Reason.SEVERAL_COPIES, copy_no=asked.copy_no, numbers=numbers)
    is_unread = asked.copy_no in asked.library.known_copies
    return message(Reason.COPY_UNREAD if is_unread else Reason.NO_COPY, copy_no=asked.copy_no)


def _new_loan(asked: Request, reader: ReaderRow, copy: AccessionRow) -> LoanRow:
    loans = asked.library[LoanRow]
    return new_row(
        LoanRow,
        next_line(asked.library, LoanRow),
        loan_no=next_number((loan.loan_no for loan in loans), _FIRST_LOAN),
        lent_on=asked.day,
        reader_no=reader.reader_no,
        name=reader.name,
        class_name=reader.class_name,
        accession_no=copy.accession_no,
        title=copy.title,
        mode=LoanMode.PERSONAL,
        due_on=asked.day,
        handled_by=asked.library.school.librarian,
    )


def _return(asked: Request) -> Decision:
    loan = asked.loan
    if loan is None or (against := tuple(_against_ending(asked, loan))):
        return Decision(asked, _not_out(asked) if loan is None else against)
    late = (asked.day - due_day(asked.library, loan)).days
    remarks = [*other_reader(asked, loan), *also_out(asked, loan)]
    if late > 0:
        remarks.append(message(Remark.RETURNED_LATE, days=late))
    return Decision(asked, (), tuple(remarks), entries=(_ended(asked, loan, LoanOutcome.RETURNED),))


def _renew(asked: Request) -> Decision:
    loan = asked.loan
    if loan is None or (against := tuple(_against_ending(asked, loan))):
        return Decision(asked, _not_out(asked) if loan is None else against)
    rule = asked.library.derive(LoanTerms).rule(loan)
    done = loan.renewals or 0
    renewed = loan._replace(renewals=done + 1)
    due_on = asked.library.derive(LoanTerms).due_on(renewed)
    if not loan.is_personal or rule is None or due_on is None:
        return Decision(asked, (message(Reason.NOT_RENEWABLE),), rule=rule)
    if done >= (rule.renewals or 0):
        return Decision(asked, (message(Reason.NO_RENEWAL_LEFT, done=done, allowed=rule.renewals or 0),), rule=rule)
    if asked.day > (due := due_day(asked.library, loan)):
        return Decision(asked, (message(Reason.OVERDUE, due_on=due),), rule=rule)
    changed = Changed(loan, {"renewals": done + 1, "due_on": due_on})
    kind = asked.library.derive(LoanTerms).reader_kind(loan)
    remarks = (*other_reader(asked, loan), *also_out(asked, loan), *due_in_holidays(asked, kind, due_on))
    return Decision(asked, (), remarks, rule, due_on, entries=(changed,))


def _lose(asked: Request) -> Decision:
    loan, copy = asked.loan, asked.copy
    if loan is None or copy is None:
        return Decision(asked, _not_out(asked))
    if against := tuple(_against_ending(asked, loan)):
        return Decision(asked, against)
    if copy.price is None:
        return Decision(asked, (message(Reason.NO_PRICE, number=copy.accession_no),))
    incident = _incident(asked, loan, copy)
    entries = (_ended(asked, loan, LoanOutcome.LOST), NewRow(incident))
    told = (*other_reader(asked, loan), *also_out(asked, loan))
    remarks = (*told, message(Remark.OWES, owed=incident.owed), message(Remark.LIST_LATER))
    draft = _withdrawal(asked, copy, WithdrawalReason.LOST)
    return Decision(asked, (), remarks, owed=incident.owed, entries=entries, draft=draft)


def _incident(asked: Request, loan: LoanRow, copy: AccessionRow) -> CompensationRow:
    """The incident as 赔偿规则 has it where it is paid for; she may settle it otherwise afterwards."""
    library = asked.library
    rules = library[CompensationRule]
    set_price = set_price_of(library, copy)
    owed = reckon(rules, Incident.LOST, Settlement.PAYMENT, copy.value, asked.day, set_price).owed
    numbers = (row.incident_no for row in library[CompensationRow])
    return new_row(
        CompensationRow,
        next_line(library, CompensationRow),
        incident_no=next_number(numbers, f"P{asked.day.year}-001"),
        registered_on=asked.day,
        reader_no=loan.reader_no,
        name=loan.name,
        class_name=loan.class_name,
        accession_no=copy.accession_no,
        title=copy.title,
        price=copy.price,
        incident=Incident.LOST,
        settlement=Settlement.PAYMENT,
        owed=owed,
    )


def _withdraw(asked: Request) -> Decision:
    """A copy set aside for the next list of withdrawals; nothing is entered before the headmaster has signed it."""
    copy = asked.copy
    if copy is None:
        return Decision(asked, (_no_copy(asked),))
    against = tuple(one for one in _against_copy(asked) if one.what in _AGAINST_WITHDRAWAL)
    if copy.price is None:
        against = (*against, message(Reason.NO_PRICE, number=copy.accession_no))
    if against:
        return Decision(asked, against)
    is_lost = asked.library.derive(Shelves).lost_since(copy.accession_no, asked.day)
    reason = WithdrawalReason.LOST if is_lost else WithdrawalReason.WORN_OUT
    return Decision(asked, (), (message(Remark.LIST_LATER),), draft=_withdrawal(asked, copy, reason))


def _withdrawal(asked: Request, copy: AccessionRow, reason: WithdrawalReason) -> WithdrawalRow:
    return new_row(
        WithdrawalRow,
        0,
        withdrawn_on=asked.day,
        withdrawal_no="",
        accession_no=copy.accession_no,
        title=copy.title,
        class_no=copy.class_no,
        price=copy.price,
        reason=reason,
    )


def _ended(asked: Request, loan: LoanRow, outcome: LoanOutcome) -> Changed:
    return Changed(loan, {"returned_on": asked.day, "outcome": outcome})


def _not_out(asked: Request) -> tuple[DeskMessage, ...]:
    if asked.copy is None:
        return (_no_copy(asked),)
    return (message(Reason.NOT_ON_LOAN, number=asked.copy.accession_no),)


def _against_ending(asked: Request, loan: LoanRow) -> Iterator[DeskMessage]:
    if asked.day < loan.lent_on:
        yield message(Reason.BEFORE_LENDING, lent_on=loan.lent_on)
    elif asked.today and loan.returned_on and asked.day < loan.returned_on:
        yield message(Reason.RETURNED_SINCE, returned_on=loan.returned_on, who=borrower(loan))


_ACTS: dict[Act, Callable[[Request], Decision]] = {
    Act.LEND: _lend,
    Act.RETURN: _return,
    Act.RENEW: _renew,
    Act.LOSE: _lose,
    Act.WITHDRAW: _withdraw,
}
