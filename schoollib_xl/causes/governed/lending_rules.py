"""What may be wrong in a row of 借阅规则: its lending period, its copies, whom it is for."""

from collections import Counter
from collections.abc import Iterable, Iterator

from schoollib_xl.causes.correction import Addition, Correction, Slip, SlipKind, changed
from schoollib_xl.causes.slips import slip_between
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.supporting.people import ClassRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.vocabulary import LoanMode, ReaderKind

# What readers held is a rule broken rather than one written wrong where a slip explains as much.
_MOST_HELD = 0.85
# A period that due dates have and a slip explains is likelier than one that only either speaks for.
_TWO_WITNESSES = 0.1
# A word taken for the next of a list is one slip, and makes the limits of two kinds of readers wrong at once.
_OTHER_KIND = 0.74
# Other figures are wrong more often than whom the rule is for, and that more often than a rule is left out.
_OTHER_SCOPE, _ONE_MORE = 0.97, 0.99


def corrections_of_terms(
    library: Library, loans: list[LoanRow], held: Iterable[tuple[LendingRule, int]]
) -> Iterator[Correction]:
    """Lending periods as the due dates on these loans have them, the copies that readers `held` at most under a rule,
    and scopes that a rule may have lost.
    """
    for rule, copies in held:
        yield changed(SlipKind.RULE, rule, Slip.MOST_OTHERS, _MOST_HELD, copies=copies)
    lent = [loan for loan in loans if loan.mode in (None, LoanMode.PERSONAL) and not loan.renewals]
    periods = [days for days, _ in Counter((loan.due_on - loan.lent_on).days for loan in lent).most_common(4)]
    for rule in library[LendingRule]:
        for days in periods:
            if days > 0 and days != rule.days:
                slip = slip_between(rule.days, days)
                told = slip is not Slip.PLAIN
                slip = slip if told else Slip.MOST_OTHERS
                yield changed(SlipKind.RULE, rule, slip, slip.cost - told * _TWO_WITNESSES, days=days)
    yield from _scopes(library)


def _scopes(library: Library) -> Iterator[Correction]:
    """Rules for other readers than they say, and rules that one grade lacks."""
    general = [rule for rule in library[LendingRule] if not (rule.reader_kind or rule.grade or rule.class_name)]
    if len(general) > 1:
        # Of two rules for everybody either may have lost its word; the first on the sheet is oftener the general one.
        for rule in reversed(general):
            yield from (
                changed(SlipKind.RULE, rule, Slip.MOST_OTHERS, _OTHER_KIND, reader_kind=kind) for kind in ReaderKind
            )
    for rule in library[LendingRule]:
        if rule.reader_kind and rule.grade is None and rule.class_name is None:
            others = (kind for kind in ReaderKind if kind is not rule.reader_kind)
            yield from (
                changed(SlipKind.RULE, rule, Slip.MOST_OTHERS, _OTHER_KIND, reader_kind=kind) for kind in others
            )
        if rule.class_name and library.class_called(rule.class_name) is None:
            yield from (_for_class(rule, row.class_name) for row in library[ClassRow])
        for grade in (None, *range(1, 7)):
            if grade != rule.grade:
                yield changed(SlipKind.RULE, rule, Slip.MOST_OTHERS, _OTHER_SCOPE, grade=grade)
                yield Correction(SlipKind.RULE, (Addition(rule._replace(grade=grade)),), Slip.MOST_OTHERS, _ONE_MORE)


def _for_class(rule: LendingRule, class_name: str) -> Correction:
    """The rule for a class there is, in place of one that 班级 has not."""
    slip = slip_between(rule.class_name, class_name)
    slip = Slip.MOST_OTHERS if slip is Slip.PLAIN else slip
    return changed(SlipKind.RULE, rule, slip, slip.cost - _TWO_WITNESSES, class_name=class_name)
