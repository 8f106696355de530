"""What was found when the sample was looked at, and what that allows one to say of all the books."""

from dataclasses import dataclass
from enum import Enum, auto

from schoollib_xl.inspection.sample import CONFIDENCE, Sample, most_faults
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.numerals import CROSSES, TICKS
from schoollib_xl.ledgers.schema import words
from schoollib_xl.rules.copy_numbers import CopyNumbers

_YES = frozenset("是有对齐y1") | {
    *TICKS,
    "yes",
    "ok",
    *words("齐全 都齐 卡章齐 找到 找到了 在架 相符 符合 对上 对上了 对得上"),
}
_NO = frozenset("否无没缺n0") | {*CROSSES, "no"}
_NO |= {*words("没有 不齐 缺卡 缺章 没找到 没找着 找不到 找不着 未找到 不在 不符 不对 对不上 没对上 未对上")}


class Verdict(Enum):
    """What stands in an answer's cell."""

    YES = auto()
    NO = auto()
    BLANK = auto()
    UNCLEAR = auto()


def verdict(text: str) -> Verdict:
    """What a tick, a cross or a word says."""
    word = "".join(text.split()).lower()
    if not word:
        return Verdict.BLANK
    if word in _YES:
        return Verdict.YES
    return Verdict.NO if word in _NO else Verdict.UNCLEAR


@dataclass(frozen=True)
class SampleSheet:
    """A sample sheet as filled in: which sample it says it is, and its words: by number whether the copy was found
    and whether its cards are complete, the numbers of the books taken from the shelf, by batch whether the papers
    agree.
    """

    asked: int | None
    seed: int | None
    found: dict[str, str]
    cards: dict[str, str]
    taken: tuple[str, ...]
    batches: dict[str, str]

    def is_of(self, sample: Sample) -> bool:
        """Whether it is the sheet of this sample: the same numbers and batches."""
        return set(self.found) == {copy.accession_no for copy in sample.copies} and set(self.batches) == {
            row.batch_no for row in sample.batches
        }


@dataclass(frozen=True, kw_only=True)
class SampleOutcome:
    """What the sheet says; `unread` are the numbers and batches of whose cards or papers nobody knows what is said.
    `most_missing` is the most copies that may be missing of all, with 95 % confidence; None where nothing was answered.
    """

    answered: int
    missing: tuple[str, ...]
    blank: tuple[str, ...]
    unclear: tuple[str, ...]
    without_cards: tuple[str, ...]
    unread: tuple[str, ...]
    taken: int
    unknown: tuple[str, ...]
    withdrawn: tuple[str, ...]
    batches_answered: int
    batches_amiss: tuple[str, ...]
    most_missing: int | None

    @property
    def is_complete(self) -> bool:
        """Whether every copy of the sample has an answer, and all answers can be read."""
        return not (self.blank or self.unclear or self.unread)

    @property
    def is_clean(self) -> bool:
        """Whether nothing was amiss in what was answered."""
        return not (self.missing or self.without_cards or self.unknown or self.withdrawn or self.batches_amiss)


def outcome(sheet: SampleSheet, sample: Sample, library: Library) -> SampleOutcome:
    """Judge a filled sheet of this sample, as far as it is filled."""
    found = {number: verdict(text) for number, text in sheet.found.items()}
    answered = sum(one in (Verdict.YES, Verdict.NO) for one in found.values())
    missing = _that_are(found, Verdict.NO)
    cards = {number: verdict(text) for number, text in sheet.cards.items()}
    batches = {number: verdict(text) for number, text in sheet.batches.items()}
    numbers = library.derive(CopyNumbers)
    known = {text: numbers.of(text) for text in sheet.taken}
    gone = library.written_off_copies
    return SampleOutcome(
        answered=answered,
        missing=missing,
        blank=_that_are(found, Verdict.BLANK),
        unclear=_that_are(found, Verdict.UNCLEAR),
        without_cards=_that_are(cards, Verdict.NO),
        unread=(*_that_are(cards, Verdict.UNCLEAR), *_that_are(batches, Verdict.UNCLEAR)),
        taken=len(sheet.taken),
        unknown=tuple(text for text, meant in known.items() if not meant),
        withdrawn=tuple(meant[0] for meant in known.values() if meant and meant[0] in gone),
        batches_answered=sum(batch in (Verdict.YES, Verdict.NO) for batch in batches.values()),
        batches_amiss=_that_are(batches, Verdict.NO),
        most_missing=most_faults(sample.population, answered, len(missing), CONFIDENCE) if answered else None,
    )


def _that_are(verdicts: dict[str, Verdict], wanted: Verdict) -> tuple[str, ...]:
    return tuple(number for number, one in verdicts.items() if one is wanted)
