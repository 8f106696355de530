"""Lists that would put other people in the place of a class: those of another school, or names written otherwise."""

from collections import Counter
from collections.abc import Sequence

from schoollib_xl.adoption.roster.changes import Leaver, group_of, group_of_row, spelled_of
from schoollib_xl.adoption.roster.matching import Card, RosterDecision, RosterOutcome
from schoollib_xl.sheets.opening.refusing import Unusable

# As many of a small school may well leave together while as many come.
_A_FEW = 8
_STRANGERS = (
    "《{file}》的 {classes}：读者名册里 {gone} 个人名单上没有，名单上 {come} 个人读者名册里没有，"
    "像是别的学校的名单，或者姓名写法不同；换成本校的名单。"
    "真是换了人，先在“读者名册”里给离校的填停用日期，再做一遍。"
)


def refuse_strangers(cards: Sequence[Card], decisions: Sequence[RosterDecision], leavers: Sequence[Leaver]) -> None:
    """Refuse lists by which most readers of a class (or most teachers) leave while most of those listed are nobody's
    card.

    Raises Unusable.
    """
    at_school = [card for card in cards if not card.is_stopped and not card.has_finished]
    leaving = {leaver.card.reader_no for leaver in leavers}
    size, gone = Counter(map(group_of, at_school)), Counter(group_of(one) for one in at_school if one.number in leaving)
    listed = Counter(group_of_row(one.row) for one in decisions)
    come = [one.row for one in decisions if one.outcome is RosterOutcome.JOINED]
    joined = Counter(map(group_of_row, come))
    strange = [group for group in gone if 2 * gone[group] > size[group] and 2 * joined[group] > listed[group]]
    if sum(gone[group] for group in strange) < _A_FEW:
        return
    called = {group_of(card): spelled_of(card) for card in at_school}
    raise Unusable(
        _STRANGERS.format(
            file=next(row.place.file for row in come if group_of_row(row) in strange),
            classes="、".join(called[group] for group in strange),
            gone=sum(gone[group] for group in strange),
            come=sum(joined[group] for group in strange),
        )
    )
