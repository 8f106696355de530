"""Three versions of one text: what was generated, what she made of it, what would be generated now. Pure lists."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from enum import Enum
from typing import NamedTuple

from schoollib_xl.ledgers.library import gathered

# Two texts of at least this likeness are taken to be one paragraph that was reworded.
_LIKENESS = 0.5


class Choice(Enum):
    """What becomes of one place of the text."""

    KEEP = "keep"  # hers stands, because only she changed it or nobody did
    TAKE = "take"  # ours is taken, because she did not touch the place
    CLASH = "clash"  # both changed: hers stands, ours is told in a comment
    DROP = "drop"  # no longer generated, and she did not touch it
    GONE = "gone"  # no longer generated, but she changed it: hers stands, told in a comment
    ADD = "add"  # newly generated


class MergeItem(NamedTuple):
    """A paragraph or a row: ``key`` recognises it in another version, ``text`` tells whether it was changed."""

    key: str
    text: str


class MergeStep(NamedTuple):
    """One place of the merged text: what to do, with which item of hers, of the new and of the last version."""

    choice: Choice
    hers: int | None
    new: int | None
    base: int | None = None


class MergedText(NamedTuple):
    """The merged text as steps in order, and which item of the last version is which of the new one."""

    steps: list[MergeStep]
    to_new: dict[int, int]


def merge(base: Sequence[MergeItem], hers: Sequence[MergeItem], new: Sequence[MergeItem]) -> MergedText:
    """Merge three versions; what she deleted stays deleted, what she added stays."""
    to_hers, to_new = pair(base, hers), pair(base, new)
    from_hers = {at: place for place, at in to_hers.items()}
    steps = [_step(base, hers, new, at, from_hers.get(at), to_new) for at in range(len(hers))]
    return MergedText(_with_additions(steps, hers, new, to_hers, to_new), to_new)


def left_out(base: Sequence[MergeItem], hers: Sequence[MergeItem], new: Sequence[MergeItem]) -> list[int]:
    """Return which items of the new version she took out of hers."""
    to_hers, to_new = pair(base, hers), pair(base, new)
    return [to_new[at] for at in sorted(to_new) if at not in to_hers]


def pair(old: Sequence[MergeItem], other: Sequence[MergeItem]) -> dict[int, int]:
    """Return which item of one version is which of the other, in order, reworded ones included."""
    matcher = SequenceMatcher(None, [item.key for item in old], [item.key for item in other], autojunk=False)
    found: dict[int, int] = {}
    for kind, a, a_end, b, b_end in matcher.get_opcodes():
        if kind == "equal":
            found |= dict(zip(range(a, a_end), range(b, b_end), strict=True))
        elif kind == "replace":
            found |= _likeliest(old, other, range(a, a_end), range(b, b_end))
    return found | _moved(old, other, found)


def _moved(old: Sequence[MergeItem], other: Sequence[MergeItem], found: dict[int, int]) -> dict[int, int]:
    """Return the items that stand elsewhere and are otherwise the same."""
    taken = set(found.values())
    free = gathered((item.key, at) for at, item in enumerate(other) if at not in taken)
    moved = {}
    for at, item in enumerate(old):
        if at not in found and free.get(item.key):
            moved[at] = free[item.key].pop(0)
    return moved


def _step(
    base: Sequence[MergeItem],
    hers: Sequence[MergeItem],
    new: Sequence[MergeItem],
    at: int,
    origin: int | None,
    to_new: dict[int, int],
) -> MergeStep:
    if origin is None:
        return MergeStep(Choice.KEEP, at, None)
    untouched, target = hers[at].text == base[origin].text, to_new.get(origin)
    if target is None:
        return MergeStep(Choice.DROP if untouched else Choice.GONE, at, None, origin)
    if new[target].text in (base[origin].text, hers[at].text):
        return MergeStep(Choice.KEEP, at, target, origin)
    return MergeStep(Choice.TAKE if untouched else Choice.CLASH, at, target, origin)


def _with_additions(
    steps: list[MergeStep],
    hers: Sequence[MergeItem],
    new: Sequence[MergeItem],
    to_hers: dict[int, int],
    to_new: dict[int, int],
) -> list[MergeStep]:
    """Put what is newly generated behind the place it follows in the new version."""
    origin = {at: place for place, at in to_new.items()}
    her_own = {hers[at].text for at in range(len(hers))}
    additions: dict[int | None, list[MergeStep]] = {}
    anchor: int | None = None
    for at in range(len(new)):
        if at in origin:
            anchor = to_hers.get(origin[at], anchor)
        elif new[at].text not in her_own:
            additions.setdefault(anchor, []).append(MergeStep(Choice.ADD, None, at))
    merged = additions.get(None, [])
    for step in steps:
        merged += [step, *additions.get(step.hers, [])]
    return merged


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _likeliest(old: Sequence[MergeItem], other: Sequence[MergeItem], rows: range, columns: range) -> dict[int, int]:
    """Return the pairing of two stretches, in order, that is most alike on the whole."""
    best: dict[tuple[int, int], tuple[float, dict[int, int]]] = {}
    nothing: tuple[float, dict[int, int]] = (0.0, {})
    for row in rows:
        for column in columns:
            candidates = [best.get((row - 1, column), nothing), best.get((row, column - 1), nothing)]
            likeness = max(_ratio(old[row].key, other[column].key), _ratio(old[row].text, other[column].text))
            if likeness >= _LIKENESS:
                score, pairs = best.get((row - 1, column - 1), nothing)
                candidates.append((score + likeness, pairs | {row: column}))
            best[row, column] = max(candidates, key=lambda candidate: candidate[0])
    return best[rows[-1], columns[-1]][1]
