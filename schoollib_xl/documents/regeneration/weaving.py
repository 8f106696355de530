"""Three versions of one paragraph, character by character: what may be changed in hers, and where both changed.

A figure is one token, every other character one more. What changed between the generated versions is a hunk: figure
for figure where a sentence only got new figures, else from the first to the last change of the sentence, so that no
sentence is mixed from two.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

FIGURE = re.compile(r"\d+(?:\.\d+)?%?")
_MASKED = r"〔[0-9a-f]{12}〕"
_SENTENCE_ENDS = frozenset("。；！？\n⏎")


class Private:
    """Names and reader numbers that a record must not hold in clear."""

    def __init__(self, names: Sequence[str] = ()) -> None:
        """Prepare to recognise these names; the longest of two that begin alike counts."""
        known = sorted({name for name in names if name}, key=lambda name: (-len(name), name))
        either = "|".join([*map(re.escape, known), _MASKED, FIGURE.pattern, r"(?s:.)"])
        self._names = frozenset(known)
        self._tokens = re.compile(either)

    def with_names(self, texts: Iterable[str], candidates: Iterable[str]) -> "Private":
        """Return this with those of the candidates whose masks stand in the texts: names the list no longer has."""
        masks = {mask for text in texts for mask in re.findall(_MASKED, text)}
        return Private([*self._names, *(name for name in set(candidates) if _mask(name) in masks)])

    def tokens(self, text: str) -> list["Token"]:
        """Return a text cut up, each name with its mask as key."""
        found = self._tokens.findall(text)
        return [Token(_mask(part) if part in self._names else part, part) for part in found]

    def masked(self, text: str) -> str:
        """Return a text with each name replaced by what tells it from others and from nothing else."""
        return "".join(token.key for token in self.tokens(text)) if self._names else text


def _mask(name: str) -> str:
    return f"〔{hashlib.sha256(name.encode()).hexdigest()[:12]}〕"


class Token(NamedTuple):
    """One figure, name or character: what it is compared by, and what it says."""

    key: str
    text: str


class Edit(NamedTuple):
    """Characters of her text that get other words."""

    start: int
    end: int
    text: str


class Conflict(NamedTuple):
    """A place of her text that both changed: what was generated there, and what should stand there now."""

    start: int
    end: int
    was: str
    wanted: str


class Woven(NamedTuple):
    """What becomes of a paragraph. ``settled`` is the generated text as far as hers now agrees with it, masked:
    the base of the next merge, in which a conflict that nobody settled is still one.
    """

    edits: tuple[Edit, ...]
    conflicts: tuple[Conflict, ...]
    settled: str


class _Hunk(NamedTuple):
    start: int
    end: int
    new_start: int
    new_end: int


def weave(base: str, hers: str, new: str, private: Private, least: int = 1) -> Woven:
    """Compare three versions; ``base`` is masked. Stretches common to base and hers of fewer than ``least`` tokens
    do not count as the same place.
    """
    loom = _Loom(private.tokens(base), private.tokens(hers), private.tokens(new), least)
    return loom.run()


class _Loom:
    def __init__(self, base: list[Token], hers: list[Token], new: list[Token], least: int) -> None:
        self.base, self.hers, self.new = base, hers, new
        self.place = dict(_common(base, hers, least))
        self.offsets = [0]
        for token in hers:
            self.offsets.append(self.offsets[-1] + len(token.text))

    def run(self) -> Woven:
        edits: list[Edit] = []
        conflicts: list[Conflict] = []
        settled: list[str] = []
        at = 0
        for hunk in hunks(self.base, self.new):
            settled += [token.key for token in self.base[at : hunk.start]]
            found = list(self._judged(hunk))
            edits += [edit for edit in found if isinstance(edit, Edit)]
            clashes = [conflict for conflict in found if isinstance(conflict, Conflict)]
            conflicts += clashes
            kept = self.base[hunk.start : hunk.end] if clashes else self.new[hunk.new_start : hunk.new_end]
            settled += [token.key for token in kept]
            at = hunk.end
        settled += [token.key for token in self.base[at:]]
        return Woven(tuple(edits), tuple(conflicts), "".join(settled))

    def _judged(self, hunk: _Hunk) -> Iterator[Edit | Conflict]:
        wanted = "".join(token.text for token in self.new[hunk.new_start : hunk.new_end])
        places = [self.place[at] for at in range(hunk.start, hunk.end) if at in self.place]
        is_whole = len(places) == hunk.end - hunk.start > 0 and places[-1] - places[0] == len(places) - 1
        if is_whole and self._is_framed(hunk):
            yield Edit(self.offsets[places[0]], self.offsets[places[-1] + 1], wanted)
            return
        first, last = self._bounds(hunk)
        said = "".join(token.text for token in self.hers[first:last])
        if hunk.start == hunk.end and self._touches(hunk):
            if not said.startswith(wanted):
                yield Edit(self.offsets[first], self.offsets[first], wanted)
        elif said and said != wanted:
            was = "".join(token.text for token in self.base[hunk.start : hunk.end])
            yield Conflict(self.offsets[first], self.offsets[last], was, wanted)

    def _bounds(self, hunk: _Hunk) -> tuple[int, int]:
        """Return the tokens of hers between what precedes the hunk and what follows it."""
        before = next((self.place[at] for at in range(hunk.start - 1, -1, -1) if at in self.place), -1)
        after = next((self.place[at] for at in range(hunk.end, len(self.base)) if at in self.place), len(self.hers))
        return before + 1, max(after, before + 1)

    def _is_framed(self, hunk: _Hunk) -> bool:
        """Say whether the words right before and after are still there: 差4种 is not what 已补订4种 says."""
        around = [at for at in (hunk.start - 1, hunk.end) if 0 <= at < len(self.base)]
        return all(at in self.place for at in around)

    def _touches(self, hunk: _Hunk) -> bool:
        """Say whether what stands before or after an insertion is still in her text."""
        return hunk.start - 1 in self.place or hunk.end in self.place or not self.base


def hunks(base: Sequence[Token], new: Sequence[Token]) -> list[_Hunk]:
    """Return what changed between two generated versions, in order."""
    matcher = SequenceMatcher(None, [token.key for token in base], [token.key for token in new], autojunk=False)
    changed = [_Hunk(a, b, c, d) for kind, a, b, c, d in matcher.get_opcodes() if kind != "equal"]
    sentences = _sentence_numbers(base)
    return [
        hunk
        for _, same in groupby(changed, key=lambda hunk: sentences[hunk.start])
        for hunk in _one_or_each(list(same), base, new)
    ]


def _one_or_each(changed: list[_Hunk], base: Sequence[Token], new: Sequence[Token]) -> list[_Hunk]:
    if all(_is_figure(base[one.start : one.end]) and _is_figure(new[one.new_start : one.new_end]) for one in changed):
        return changed
    first, last = changed[0], changed[-1]
    return [_Hunk(first.start, last.end, first.new_start, last.new_end)]


def _is_figure(tokens: Sequence[Token]) -> bool:
    return len(tokens) == 1 and FIGURE.fullmatch(tokens[0].key) is not None


def _sentence_numbers(tokens: Sequence[Token]) -> list[int]:
    """Return for each token, and for the end, the sentence it stands in."""
    numbers = [0]
    for token in tokens:
        numbers.append(numbers[-1] + (token.key in _SENTENCE_ENDS))
    return numbers


def _common(base: Sequence[Token], hers: Sequence[Token], least: int) -> Iterator[tuple[int, int]]:
    matcher = SequenceMatcher(None, [token.key for token in base], [token.key for token in hers], autojunk=False)
    for a, b, size in matcher.get_matching_blocks():
        if size >= least:
            yield from zip(range(a, a + size), range(b, b + size), strict=True)
