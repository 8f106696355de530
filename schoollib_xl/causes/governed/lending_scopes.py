"""Whose loans go against 借阅规则: all that a rule governs, or one class, grade or kind of reader that lacks one."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from heapq import heappop, heappush

from schoollib_xl.causes.correction import Addition, Change, Correction, Edit, Slip, SlipKind, changed
from schoollib_xl.causes.governed.reader_groups import (
    FEWEST_DAYS,
    FEWEST_READERS,
    GroupLoans,
    ReaderGroup,
    covers,
    is_in,
    same_grade,
)
from schoollib_xl.checks.report import Finding
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.grades import MixedGrade
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.vocabulary import ReaderKind
from schoollib_xl.rules.lending import LoanTerms, specificity
from schoollib_xl.rules.shelves import out_until

# A single class is likelier in the wrong grade than without a rule of its own.
_OF_A_CLASS = 0.96
# A rule that nobody needs where it stands, and that allows just what others need, is theirs rather than left out.
_NEEDED_ELSEWHERE, _PERIODS = 0.02, 3
_LIMITS = frozenset({"copies", "renewals", "overdue_stops"})
_SCOPE = frozenset({"reader_kind", "grade", "class_name"})


class LendingScopes:
    """The loans by group, as the findings about 借阅规则 divide them."""

    def __init__(self, library: Library, findings: Iterable[Finding]) -> None:
        self._library, self._terms = library, library.derive(LoanTerms)
        about = (one for one in findings if LendingRule in one.check.looks_at and one.at.row_type is LoanRow)
        self._lines = {finding.at.line: finding for finding in about}
        self._uses = self._by_group() if self._lines else {}

    def _by_group(self) -> dict[ReaderGroup, GroupLoans]:
        uses: dict[ReaderGroup, GroupLoans] = defaultdict(lambda: GroupLoans([], []))
        for loan in self._library[LoanRow]:
            if loan.is_personal and loan.reader_no in self._library.readers:
                use = uses[self._group_of(loan)]
                use.loans.append(loan)
                if loan.line in self._lines:
                    use.amiss.append(loan)
        return dict(uses)

    def _group_of(self, loan: LoanRow) -> ReaderGroup:
        kind = self._terms.reader_kind(loan)
        if kind is not ReaderKind.PUPIL:
            return ReaderGroup(kind, None, None)
        row = self._library.class_called(loan.class_name or self._library.readers[loan.reader_no].class_name)
        return ReaderGroup(kind, row.grade, row.class_name) if row else ReaderGroup(kind, None, None)

    def is_needed(self, correction: Correction) -> bool:
        """Whether all whom the corrected rule allows more need it, and nobody is left without any rule."""
        return not any(
            self._allows_too_many(edit) or self._leaves_no_rule(edit) or self._is_for_a_day(edit)
            for edit in correction.edits
        )

    def _is_for_a_day(self, edit: Edit) -> bool:
        """Whether the rule governs many, and only one of its readers, or the loans of a day, are found fault with."""
        if not isinstance(edit, Change) or (rule := self._rule_of(edit)) is None:
            return False
        written = rule._replace(**{edit.at.field: edit.should})
        uses = [use for group, use in self._uses.items() if covers(rule, group) or covers(written, group)]
        loans, amiss = ([loan for use in uses for loan in use[index]] for index in (0, 1))
        return bool(amiss) and any(
            len({getattr(loan, name) for loan in amiss}) < min(least, len({getattr(loan, name) for loan in loans}))
            for name, least in (("lent_on", FEWEST_DAYS), ("reader_no", FEWEST_READERS))
        )

    def _leaves_no_rule(self, edit: Edit) -> bool:
        """Whether the one rule for everybody would be for some readers only: the others' loans would not be judged."""
        if not isinstance(edit, Change) or edit.at.row_type is not LendingRule or edit.at.field not in _SCOPE:
            return False
        for_everybody = [rule.line for rule in self._library[LendingRule] if not any(specificity(rule))]
        return edit.should is not None and for_everybody == [edit.at.line]

    def _allows_too_many(self, edit: Edit) -> bool:
        if isinstance(edit, Addition) and isinstance(edit.row, LendingRule):
            return any(use.is_within and covers(edit.row, group) for group, use in self._uses.items())
        if not isinstance(edit, Change):
            return False
        rule = self._rule_of(edit)
        return rule is not None and self._is_too_generous(rule, edit)

    def _rule_of(self, edit: Change) -> LendingRule | None:
        """The rule of which a cell is to be written otherwise."""
        if edit.at.row_type is not LendingRule:
            return None
        return next((one for one in self._library[LendingRule] if one.line == edit.at.line), None)

    def _is_too_generous(self, rule: LendingRule, edit: Change) -> bool:
        """Whether more copies than anybody held are allowed, or a group that kept to the rules is allowed more."""
        if edit.at.field == "copies" and edit.should > max(rule.copies, self._held.get(rule.line, 0)):
            return True
        if edit.at.field in _LIMITS:
            return any(use.is_within and self._governs(rule, use) for use in self._uses.values())
        if edit.at.field not in _SCOPE:
            return False
        changed = rule._replace(**{edit.at.field: edit.should})
        return any(
            use.is_within and covers(changed, group) and not covers(rule, group) for group, use in self._uses.items()
        )

    def _governs(self, rule: LendingRule, use: GroupLoans) -> bool:
        return any((own := self._terms.rule(loan)) and own.line == rule.line for loan in use.loans)

    def limits_as_used(self) -> Iterator[tuple[LendingRule, int]]:
        """Rules that readers went beyond, with the most copies that anybody they govern held."""
        rules = ((rule, self._held.get(rule.line, 0)) for rule in self._library[LendingRule])
        return ((rule, held) for rule, held in rules if held > rule.copies)

    @cached_property
    def _held(self) -> dict[int, int]:
        """By the line of a rule the most copies that a reader of the groups concerned held under it."""
        loans = [loan for use in self._uses.values() if use.amiss for loan in use.loans]
        return {rule.line: self._most_held(loans, rule) for rule in self._library[LendingRule]}

    def _is_under(self, loan: LoanRow, rule: LendingRule) -> bool:
        own = self._terms.rule(loan)
        return own is not None and own.line == rule.line

    def rules_left_out(self) -> Iterator[Correction]:
        """A rule for each class, grade or kind of reader that is concerned where others under the same rule are not."""
        for scope in self._scopes():
            members = [use for group, use in self._uses.items() if is_in(group, scope)]
            amiss = [loan for use in members for loan in use.amiss]
            came_back = sum(self._all_came_back(loan) for loan in amiss)
            # Copies that never came back were brought and not written down, rather than allowed.
            if not self._has_its_own(scope) and 2 * came_back > len(amiss) and all(use.lacks_a_rule for use in members):
                loans = [loan for use in members for loan in use.loans]
                yield from self._rules_for(scope, loans)
                yield from self._typed_for_others(scope, amiss, self._most_held(loans))

    def _all_came_back(self, loan: LoanRow) -> bool:
        """Whether every copy that the reader had besides this one has its day of return."""
        named = (
            self._library[LoanRow].sound_at(cell.line) for cell in self._lines[loan.line].see_also if _is_return(cell)
        )
        return all(one is None or one.returned_on is not None for one in named)

    def _scopes(self) -> Iterator[ReaderGroup]:
        """What is concerned, each class, grade or kind once, and only the widest of one within another."""
        concerned = [group for group, use in self._uses.items() if use.amiss]
        whole = Counter(group[:2] for group in self._uses)
        amiss = Counter(group[:2] for group in concerned)
        for group in concerned:
            if group.grade is None or amiss[group[:2]] < whole[group[:2]]:
                yield group
        yield from (
            ReaderGroup(kind, grade, None)
            for kind, grade in amiss
            if grade and amiss[kind, grade] == whole[kind, grade]
        )

    def _has_its_own(self, scope: ReaderGroup) -> bool:
        return any(
            (rule.reader_kind or scope.kind, rule.class_name) == (scope.kind, scope.class_name)
            and (scope.class_name is not None or same_grade(rule, scope))
            for rule in self._library[LendingRule]
            if any((rule.reader_kind, rule.grade, rule.class_name))
        )

    def _rules_for(self, scope: ReaderGroup, loans: list[LoanRow]) -> Iterator[Correction]:
        amiss = [loan for loan in loans if loan.line in self._lines]
        rule = self._terms.rule(amiss[0])
        others = (use for group, use in self._uses.items() if not is_in(group, scope))
        if rule is None or not any(use.is_within and self._governs(rule, use) for use in others):
            return
        first = min(loan.lent_on for loan in amiss)
        since = {one.since for one in self._library[LendingRule] if one.since <= first} or {first}
        for day in sorted(since, reverse=True):
            own = [loan for loan in loans if loan.lent_on >= day]
            yield from self._rules_since(scope, rule, day, own)

    def _typed_for_others(self, scope: ReaderGroup, amiss: Sequence[LoanRow], held: int) -> Iterator[Correction]:
        """Rules that may be for these readers: of the same kind of scope, and nobody needs them where they stand."""
        field, value = ("class_name", scope.class_name) if scope.class_name else ("grade", scope.grade)
        usual = self._terms.rule(amiss[0])
        if usual is None or value is None:
            return
        for rule in self._library[LendingRule]:
            is_for_others = getattr(rule, field) not in (None, value) and not isinstance(rule.grade, MixedGrade)
            if is_for_others and rule.reader_kind in (None, scope.kind) and (scope.class_name or not rule.class_name):
                slip = Slip.SAME_SCOPE if self._is_doubled(rule) else Slip.UNUSED
                if slip is Slip.SAME_SCOPE or not self._is_used(rule, usual):
                    fits = (rule.copies == held > usual.copies) * _NEEDED_ELSEWHERE
                    yield changed(SlipKind.RULE, rule, slip, slip.cost - fits, **{field: value})

    def _is_doubled(self, rule: LendingRule) -> bool:
        """Whether another rule says the same to the same readers from the same day or before."""
        said = (rule.reader_kind, rule.grade, rule.class_name, rule.copies, rule.days)
        return any(
            (other.reader_kind, other.grade, other.class_name, other.copies, other.days) == said
            for other in self._library[LendingRule]
            if other.line != rule.line and other.since <= rule.since
        )

    def _is_used(self, rule: LendingRule, usual: LendingRule) -> bool:
        """Whether anybody whom it governs borrowed what the usual rule does not allow."""
        loans = [loan for use in self._uses.values() for loan in use.loans if self._is_under(loan, rule)]
        is_renewed = any((loan.renewals or 0) > (usual.renewals or 0) for loan in loans)
        return is_renewed or rule.days != usual.days or self._most_held(loans) > usual.copies

    def _rules_since(
        self, scope: ReaderGroup, rule: LendingRule, day: date, loans: list[LoanRow]
    ) -> Iterator[Correction]:
        renewals = max((loan.renewals or 0 for loan in loans), default=0)
        is_renewed_more = renewals > (rule.renewals or 0)
        unknown = ("overdue_stops", "basis") if is_renewed_more else ("renewals", "overdue_stops", "basis")
        row = rule._replace(
            line=0,
            reader_kind=scope.kind,
            grade=scope.grade,
            class_name=scope.class_name,
            since=day,
            copies=max(rule.copies, self._most_held(loans)),
            renewals=renewals if is_renewed_more else rule.renewals,
        )
        cost = _OF_A_CLASS if scope.class_name else Slip.ONE_SCOPE.cost
        for days in self._periods(rule, loans):
            yield Correction(SlipKind.MISSING, (Addition(row._replace(days=days), unknown),), Slip.ONE_SCOPE, cost)

    def _periods(self, rule: LendingRule, loans: Iterable[LoanRow]) -> list[int]:
        """The lending periods that the due dates found fault with were reckoned by; else the one there is."""
        amiss = [loan for loan in loans if loan.line in self._lines and self._lines[loan.line].at.field == "due_on"]
        periods = Counter((loan.due_on - loan.lent_on).days // (1 + (loan.renewals or 0)) for loan in amiss)
        return [days for days, _ in periods.most_common(_PERIODS) if days > 0] or [rule.days]

    def _most_held(self, loans: Iterable[LoanRow], rule: LendingRule | None = None) -> int:
        """The most copies that one of the readers held at once; under this rule, where one is given."""
        most = 0
        # By reader, until when each of the copies was out, the first to come back first.
        held: dict[str, list[date]] = defaultdict(list)
        for loan in sorted(loans, key=lambda loan: (loan.lent_on, loan.line)):
            own = held[loan.reader_no]
            while own and own[0] <= loan.lent_on:
                heappop(own)
            heappush(own, out_until(loan))
            if rule is None or self._is_under(loan, rule):
                most = max(most, len(own))
        return most


def _is_return(cell: Cell) -> bool:
    return cell.row_type is LoanRow and cell.field == "returned_on"
