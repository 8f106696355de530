"""How often the causes named are the slips that were made, over the sample school.

    PYTHONPATH=tests python tests/bench/causes.py --single 400 --double 100 --triple 50

Every slip is drawn at random (slips_of_the_pen.py, slips_between_books.py) and made in the clean school in memory.
Prints two Markdown tables, by kind of slip and by number of slips at once; interrupted, of what is done so far. With
--readme the second is put into its place there. Times are the processor's, not the clock's.
"""

import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from bench.readme_table import parser_for, write_table
from bench.slips_between_books import BETWEEN_BOOKS
from bench.slips_of_many_rows import OF_MANY_ROWS
from bench.slips_of_the_pen import SLIPS, Pen, Slip
from schoollib_xl.causes.correction import Causes
from schoollib_xl.causes.explaining import causes_of
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import Report, run
from schoollib_xl.samples.scale import Size
from schoollib_xl.samples.year import clean_school


class Try(NamedTuple):
    """What one book with slips came to."""

    slips: tuple[Slip, ...]
    report: Report
    causes: Causes
    seconds: float

    @property
    def in_first(self) -> bool:
        return bool(self.causes.found) and any(slip.is_named_by(self.causes.found[0].correction) for slip in self.slips)

    @property
    def told_first(self) -> bool:
        """Whether what is read first names the place: the first cause, or where there is none, the first finding."""
        if self.causes.found:
            return self.in_first
        return any(self.report.findings[0].at in slip.cells for slip in self.slips)

    @property
    def named(self) -> int:
        """Slips that some cause names."""
        return sum(any(slip.is_named_by(cause.correction) for cause in self.causes.found) for slip in self.slips)

    @property
    def shown(self) -> int:
        """What is left to read: the causes, and the findings without one."""
        return len(self.causes.found) + len(self.report.findings) - len(self.causes.explained)


def attempts(many: int, at_once: int, size: Size, seed: int, only: str) -> Iterator[Try]:
    """Books with so many slips each that show; a slip that nothing shows (and one that contradicts nothing) is none."""
    clean = clean_school(size=size)
    groups = {"sums": SLIPS, "books": BETWEEN_BOOKS, "many": OF_MANY_ROWS}
    every = groups.get(only, (*SLIPS, *BETWEEN_BOOKS))
    kinds = [plant for plant in every if only in groups or only in plant.__name__]
    turn = seed * 1_000_003
    made = 0
    while made < many:
        turn += 1
        pen = Pen(clean, turn)
        slips, report = [], Report((), (), 0)
        for _ in range(at_once):
            slips.append(pen.rng.choice(kinds)(pen) if at_once > 1 else kinds[made % len(kinds)](pen))
            library, before = pen.ledger_set.library(), len(report.findings)
            report = run(library, ALL.values())
            if len(report.findings) == before:
                break
        if len(slips) < at_once or len(report.findings) == before:
            continue
        began = time.thread_time()
        found = causes_of(library, report)
        made += 1
        yield Try(tuple(slips), report, found, time.thread_time() - began)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "—"


def _p90(values: list[int]) -> int:
    return sorted(values)[int(0.9 * (len(values) - 1))]


def by_kind(tries: list[Try]) -> Iterator[str]:
    """Single slips by their kind."""
    kinds: dict[str, list[Try]] = defaultdict(list)
    for one in tries:
        kinds[one.slips[0].kind].append(one)
    yield "| slip | books | in the first cause | named first | findings: median, most | left to read: median, most |"
    yield "|---|---|---|---|---|---|"
    for kind, own in kinds.items():
        before, after = [len(one.report.findings) for one in own], [one.shown for one in own]
        yield (
            f"| {kind} | {len(own)} | {_percent(sum(one.in_first for one in own), len(own))} "
            f"| {_percent(sum(one.told_first for one in own), len(own))} "
            f"| {statistics.median(before):g}, {max(before)} | {statistics.median(after):g}, {max(after)} |"
        )


def by_number(groups: dict[int, list[Try]]) -> Iterator[str]:
    """All of them, by how many slips at once."""
    yield (
        "| slips | books | in the first cause | named first¹ | among the causes | not more causes than slips "
        "| left to read: median, p90, most | added s: median, most |"
    )
    yield "|---|---|---|---|---|---|---|---|"
    for number, own in groups.items():
        after, seconds = [one.shown for one in own], [one.seconds for one in own]
        yield (
            f"| {number} | {len(own)} | {_percent(sum(one.in_first for one in own), len(own))} "
            f"| {_percent(sum(one.told_first for one in own), len(own))} "
            f"| {_percent(sum(one.named for one in own), number * len(own))} "
            f"| {_percent(sum(len(one.causes.found) <= number for one in own), len(own))} "
            f"| {statistics.median(after):g}, {_p90(after)}, {max(after)} "
            f"| {statistics.median(seconds):.2f}, {max(seconds):.2f} |"
        )


def failures(tries: list[Try]) -> Iterator[str]:
    """What was planted and not named, and what was named instead."""
    for one in tries:
        if one.named < len(one.slips) or len(one.causes.found) > len(one.slips) or one.shown > 3:
            codes = Counter(finding.check.code for finding in one.report.findings)
            yield f"{[(slip.kind, [cell[1:] for cell in slip.cells][:3], slip.missing) for slip in one.slips]}"
            yield f"    findings {dict(codes)} shown {one.shown} {one.seconds:.2f}s"
            for cause in one.causes.found:
                correction = cause.correction
                yield f"    {correction.kind} {correction.slip} {correction.edits} x{len(cause.explains)}"


def main() -> None:
    """Make the slips, look for the causes, print the tables."""
    parser = parser_for(__doc__)
    for name, number in (("single", 400), ("double", 100), ("triple", 50)):
        parser.add_argument(f"--{name}", type=int, default=number)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=Size, choices=list(Size), default=Size.SCHOOL)
    parser.add_argument("--only", default="", help="sums, books, many, or part of a kind's name")
    parser.add_argument("--failures", action="store_true", help="print what was not named")
    asked = parser.parse_args()
    numbers = {1: asked.single, 2: asked.double, 3: asked.triple}
    groups: dict[int, list[Try]] = {at_once: [] for at_once, many in numbers.items() if many}
    try:
        for at_once, own in groups.items():
            for one in attempts(numbers[at_once], at_once, asked.size, asked.seed, asked.only):
                own.append(one)  # as they come, so that an interrupted run keeps them
    except KeyboardInterrupt:
        groups = {at_once: own for at_once, own in groups.items() if own}
    lines = [*by_number(groups)]
    print("\n".join([*by_kind(groups.get(1, [])), "", *lines]))
    if asked.readme:
        write_table(asked.readme, f"causes {asked.size}", lines)
    if asked.failures:
        print("\n".join(line for own in groups.values() for line in failures(own)))


if __name__ == "__main__":
    main()
