"""Due dates of a system that adds days flat: the day lent plus 借期, not moved on where the library is closed then."""

from collections.abc import Sequence
from datetime import date
from itertools import accumulate

from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.rules.lending import LoanTerms
from schoollib_xl.rules.national_days import is_off_everywhere

# Loans due on so many days off, none moved on, are no slips of the pen: one stamp set wrong is of one day.
_LEAST_DAYS = 2
# A loan that was moved on tells as much against the practice as so many that were not for it: whoever moves days on
# forgets it now and then, a system that does not never moves any.
_EACH_MOVED = 10


def added_flat(library: Library, flat: Sequence[LoanRow]) -> list[LoanRow]:
    """Of the loans due on a closed day by their rule alone, those of the time in which nobody moved such days on; none
    where that is no practice. What counts are days off in the whole country: others may be closed by an error in 校历
    or 开放时间.
    """
    telling = [loan for loan in flat if is_off_everywhere(loan.due_on)]
    if len({loan.due_on for loan in telling}) < _LEAST_DAYS:
        return []
    terms = library.derive(LoanTerms)
    moved = terms.where(library[LoanRow], lambda loan: _was_moved(terms, loan))
    votes = sorted([*((loan.lent_on, 1) for loan in telling), *((loan.lent_on, -_EACH_MOVED) for loan in moved)])
    # Without a loan that was moved after them the practice has not ended yet.
    votes.append((date.max, 0))
    scores = accumulate(vote for _, vote in votes)
    score, until = max(zip(scores, (day for day, _ in votes), strict=True))
    return [loan for loan in flat if loan.lent_on <= until] if score >= _LEAST_DAYS else []


def _was_moved(terms: LoanTerms, loan: LoanRow) -> bool:
    unmoved = terms.unmoved(loan)
    return unmoved is not None and unmoved != loan.due_on == terms.known_due_on(loan) and is_off_everywhere(unmoved)
