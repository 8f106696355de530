"""Loans that two lists state: the register and what is still out, the history of a system and its current loans."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from schoollib_xl.adoption.journal import Journal, What, of_many
from schoollib_xl.adoption.lending.claims import Claim
from schoollib_xl.adoption.rows.texts import plain_title

SAID = "有 {count} 笔借阅两份清单上都有（第一处{first}）：同一个人、同一天、同一种书，只记一笔。"
OF_ANOTHER_LIST = "另一份清单上的同一笔没有接收"
# What one list may say of a loan that the other leaves out; where both say them, these are what tells two loans apart.
_ENDS = ("returned_on", "outcome")
_COMPLETED = ("due_on", "renewals", "title", "handled_by", "class_name", *_ENDS)


class StatedTwice(NamedTuple):
    """A loan of a register that another list states as well, that loan there, and whether both say that it ended."""

    claim: Claim
    same: Claim
    is_ended_twice: bool


def stated_twice(registers: Iterable[Claim], logged: Iterable[Claim]) -> list[StatedTwice]:
    """The loans of registers that another list states as well; that other one has now what either says. Lists that say
    different ends mean two loans.
    """
    kept: dict[tuple[Any, Any], list[Claim]] = defaultdict(list)
    for claim in logged:
        kept[_when(claim)].append(claim)
    found: list[StatedTwice] = []
    taken: set[tuple[int, tuple[str, str]]] = set()
    # What names its copy is of that one; what names but the title may be of it.
    for claim in sorted(registers, key=lambda claim: not claim.copies.is_named):
        own, others = _list_of(claim), kept[_when(claim)]
        same = next((one for one in others if (id(one), own) not in taken and _is_one(one, claim)), None)
        if same is None:
            others.append(claim)
            continue
        taken.add((id(same), own))
        found.append(StatedTwice(claim, same, _is_ended(same) and _is_ended(claim)))
        _complete(same, claim)
    return found


def settle_twice(found: Sequence[StatedTwice], journal: Journal) -> None:
    """Say of each where it went, once the other one and all else of its row is written."""
    for claim, same, is_ended_twice in found:
        place, is_written = claim.record.place, same.loan_no is not None
        journal.count(What.LOANS, merged=int(is_written), aside=int(not is_written))
        ended = int(is_ended_twice)
        journal.count(What.RETURNS, merged=ended if is_written else 0, aside=0 if is_written else ended)
        if place in journal.row_records:
            continue
        if is_written:
            journal.merged(place, f"借阅登记账 {same.loan_no}（两份清单上都有）", claim.record.text)
        else:
            journal.aside(place, OF_ANOTHER_LIST, claim.record.text)
    journal.assumed += of_many(SAID, [one.claim.record.place for one in found])


def _when(claim: Claim) -> tuple[Any, Any]:
    return claim.values["reader_no"], claim.values["lent_on"]


def _list_of(claim: Claim) -> tuple[str, str]:
    return claim.record.table.file, claim.record.table.sheet


def _is_ended(claim: Claim) -> bool:
    return any(map(claim.values.get, _ENDS))


def _is_one(one: Claim, other: Claim) -> bool:
    if _list_of(one) == _list_of(other):
        return False
    numbers, others = set(one.copies.numbers), set(other.copies.numbers)
    title, another = (plain_title(claim.values.get("title") or "") for claim in (one, other))
    is_of_one_book = bool(numbers & others) if numbers or others else bool(title) and title == another
    said = ((one.values.get(name), other.values.get(name)) for name in (*_ENDS, "class_name"))
    return is_of_one_book and all(None in pair or pair[0] == pair[1] for pair in said)


def _complete(one: Claim, other: Claim) -> None:
    one.values |= {name: other.values.get(name) for name in _COMPLETED if one.values.get(name) is None}
    remarks = (claim.values.get("remarks") for claim in (one, other))
    one.values["remarks"] = "；".join(dict.fromkeys(filter(None, remarks))) or None
