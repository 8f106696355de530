"""Lists of books into 个别登记账, with the batches and the withdrawals that belong to them."""

from schoollib_xl.adoption.copies.batches import KnownBatches
from schoollib_xl.adoption.copies.later_batches import arrivals, enter_batches
from schoollib_xl.adoption.copies.losses import tell_losses, without_losses
from schoollib_xl.adoption.copies.lots import CopyNumbering
from schoollib_xl.adoption.copies.months import assume_days
from schoollib_xl.adoption.copies.opening import class_balances, opening_number, opening_row
from schoollib_xl.adoption.copies.remaining import note_remaining, paid_in_all
from schoollib_xl.adoption.copies.states import lists_of_doubt, remarks_of_absence, settle_states
from schoollib_xl.adoption.copies.stock import Stock
from schoollib_xl.adoption.copies.withdrawn_titles import WithdrawnTitles
from schoollib_xl.adoption.copies.written_off import (
    LastLent,
    by_given_number,
    mark_written_off,
    of_other_books,
    one_each,
    settle_withdrawals,
    withdrawals_by_title,
)
from schoollib_xl.adoption.forms.kinds import BOOKS, WITHDRAWALS
from schoollib_xl.adoption.plain_rows import take_rows
from schoollib_xl.adoption.takeover import Takeover
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.school import School
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.wording.zh import say

_OPENING_REMARKS = "启用本账以前的馆藏"


def take_books(takeover: Takeover, school: School, width: int) -> Stock:
    """Take over the books, those of no batch of the sources in one opening batch, or in later ones by their days; what
    was taken over. `width`: digits of an accession number.
    """
    options, rows = takeover.options, takeover.rows
    batches: list[SummaryRow] = takeover.taken(SummaryRow)
    last = batches[-1] if batches else None
    series = _numbering(takeover, width, last)
    lent = LastLent(
        takeover.lending, takeover.records[WITHDRAWALS], takeover.taken(WithdrawalRow), width, options.as_of
    )
    stock = _stock(takeover, series, lent)
    _take_withdrawn_titles(takeover, stock, lent, width)
    day, number = series.opened_on, series.opening_batch
    copies = rows[AccessionRow] = _with_withdrawals(takeover, stock, lent)
    of_opening = (copy for copy in copies if copy.batch_no == number)
    came, said = arrivals(of_opening, stock.dated_by_opening, day, options.as_of, is_guess=options.opened_on is None)
    takeover.journal.assumed += said
    arrived = [copy for batch in came for copy in batch]
    later = {copy.line for copy in arrived}
    if opening := [copy for copy in copies if copy.batch_no == number and copy.line not in later]:
        # Nothing tells how much of it was paid for what came later.
        paid = None if batches or came else paid_in_all(stock.taken, takeover.journal)
        first = opening_row(opening, day, number, last, _OPENING_REMARKS)._replace(paid_value=paid)
        rows[SummaryRow] = [*batches, first]
        takeover.journal.assumed.append(
            f"原来没有总括登记账的 {len(opening)} 册归入期初一批（{number}，登记日期 {say(day)}），"
            "来源都一样的照写，不一样或没写的记“其他”。"
        )
        if not takeover.taken(ClassificationRow):
            rows[ClassificationRow] = class_balances(school, opening, arrived, day, options.as_of)
    enter_batches(rows, came, takeover.journal)
    return stock


def _numbering(takeover: Takeover, width: int, last: SummaryRow | None) -> CopyNumbering:
    """How copies are numbered, in an opening batch that bears no number of the sources; `last`: their last batch."""
    options, known = takeover.options, KnownBatches(takeover.taken(SummaryRow))
    day = max(filter(None, [options.opening_day, last and last.registered_on]))
    gone = {row.withdrawal_no for row in takeover.taken(WithdrawalRow)}
    number = opening_number(known.by_number, day)
    if number in gone:
        number = opening_number([*known.by_number, *filter(None, gone)], day)
    return CopyNumbering(width, options.start, day, number, known)


def _stock(takeover: Takeover, series: CopyNumbering, lent: LastLent) -> Stock:
    """The copies of the lists of books, after the lists of losses have told what became of some of them."""
    journal, books = takeover.journal, takeover.records[BOOKS]
    stock = Stock(series, journal, takeover.options.held)
    journal.assumed += assume_days(books, series.opened_on, takeover.options.as_of, journal)
    held, lost = without_losses(books)
    lots = stock.lots(held)
    tell_losses(lost, lots, lent, journal)
    records = [lot.record for lot in lots]
    # What a list says of copies that another one states is said with these.
    settle_states([lot.record for lot in lots if lot.own], lent, series.opened_on, journal)
    journal.urgent += [*note_remaining(records), *lists_of_doubt(records)]
    not_listed = (one for one in records if not lent.is_listed(one.get("accession_no")))
    journal.assumed += filter(None, [remarks_of_absence(not_listed)])
    stock.take(lots)
    return stock


def _take_withdrawn_titles(takeover: Takeover, stock: Stock, lent: LastLent, width: int) -> None:
    """Withdrawals by title as rows of 注销登记账, once the copies have their numbers."""
    titles = WithdrawnTitles(stock.rows, lent, stock.given, takeover.journal)
    records = list(titles.numbered(withdrawals_by_title(takeover.records[WITHDRAWALS])))
    rows = take_rows(SHEETS[WithdrawalRow], records, width, takeover.journal)
    takeover.rows[WithdrawalRow] = [*takeover.taken(WithdrawalRow), *rows]


def _with_withdrawals(takeover: Takeover, stock: Stock, lent: LastLent) -> list[AccessionRow]:
    """The copies, those on lists of withdrawals as written off; the withdrawals settled by the copies they name."""
    journal, withdrawals = takeover.journal, takeover.taken(WithdrawalRow)
    if withdrawals:
        withdrawals = one_each(withdrawals, stock.rows)
        others = of_other_books(withdrawals, stock.rows, stock.given)
        journal.urgent += by_given_number(withdrawals, stock.given)
        meant = [copy for copy in stock.rows if copy.accession_no not in others]
        withdrawals = settle_withdrawals(withdrawals, meant, lent, takeover.options.opening_day, journal)
        takeover.rows[WithdrawalRow] = withdrawals
        withdrawals = [row for row in withdrawals if row.accession_no not in others]
    return mark_written_off(stock.rows, withdrawals, stock.dated_by_opening, journal)
