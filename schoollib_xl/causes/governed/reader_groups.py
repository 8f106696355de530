"""Readers whom 借阅规则 does not tell apart, with their loans: which rule is for them, and whether they kept to it."""

from collections.abc import Collection
from typing import NamedTuple

from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.grades import grades_of
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.vocabulary import ReaderKind

# Fewer readers over the limit than this, or fewer than one in so many, went over it; they lack no rule.
FEWEST_READERS, _ONE_IN = 3, 4
# What was out of order on a day or two only was forgotten then: returns of a whole class, or an extra visit.
FEWEST_DAYS = 3
# So many loans within the limits show that a group does not need other limits.
_MANY_LOANS = 10


class ReaderGroup(NamedTuple):
    """Readers whom the rules do not tell apart: a class of pupils, or a kind of grown-ups (no grade, no class)."""

    kind: ReaderKind
    grade: int | None
    class_name: str | None


class GroupLoans(NamedTuple):
    """The personal loans of a group, and those found fault with."""

    loans: list[LoanRow]
    amiss: list[LoanRow]

    @property
    def is_within(self) -> bool:
        """Whether the group kept to the rules, so often that it needs no others."""
        return not self.amiss and len(self.loans) >= _MANY_LOANS

    @property
    def lacks_a_rule(self) -> bool:
        """Whether so many of its readers are concerned that it is not they who broke a rule."""
        readers, concerned = ({loan.reader_no for loan in loans} for loans in self)
        is_lasting = len({loan.lent_on for loan in self.amiss}) >= FEWEST_DAYS
        return is_lasting and len(concerned) >= max(FEWEST_READERS, len(readers) / _ONE_IN)


def is_in(group: ReaderGroup, scope: ReaderGroup) -> bool:
    return group.kind is scope.kind and all(
        wanted is None or is_ == wanted for is_, wanted in zip(group[1:], scope[1:], strict=True)
    )


def same_grade(rule: LendingRule, scope: ReaderGroup) -> bool:
    grades: Collection[int] = grades_of(rule.grade) if rule.grade is not None else ()
    return scope.grade in grades if scope.grade is not None else not grades


def covers(rule: LendingRule, group: ReaderGroup) -> bool:
    """Whether the rule is for readers of the group too."""
    is_of_grade = rule.grade is None or (group.grade is not None and int(group.grade) in grades_of(rule.grade))
    return rule.reader_kind in (None, group.kind) and is_of_grade and rule.class_name in (None, group.class_name)
