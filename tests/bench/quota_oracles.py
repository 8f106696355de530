"""Feasibility, lending plans and rotation tables of hundreds of random schools against integer programs.

    PYTHONPATH=tests:tests/quotas python tests/bench/quota_oracles.py --last 300 --readme tests/bench/README.md

Prints what is wrong, and a Markdown table: how near the least number of copies the advice is, and how often all turns
are placed where all can be.
"""

from collections.abc import Iterator
from itertools import chain

from linear_oracle import least_stock as least_by_program
from random_schools import complaints
from readme_table import parser_for, tell
from test_lending_plan import random_school
from test_rotation import by_oracle, crowded_week

from schoollib_xl.quotas.turns.sharing import least_stock
from schoollib_xl.quotas.week.rotation import rotation


def plans(seeds: range) -> Iterator[str]:
    """Copies asked for beyond the least, and the largest part of it."""
    beyond, parts = 0, [1.0]
    for seed in seeds:
        demands, supply = random_school(seed, at_a_desk=seed % 3 == 0)
        least, mine = least_by_program(demands, supply), least_stock(demands, supply)
        if least is None or mine is None:
            assert least is mine, seed
            continue
        beyond += mine > least
        if mine > least + 1:
            parts.append(mine / least)
    most = f"where it is more than one, at most {100 * (max(parts) - 1):.1f} % above it"
    yield f"| lending plans | {len(seeds)} | {beyond} ask for more copies than the least; {most} |"


def schools(seeds: range) -> Iterator[str]:
    """What an integer program has against verdicts and advice."""
    wrong = [one for seed in seeds for one in complaints(seed)]
    print(*wrong, sep="\n")
    yield f"| schools: can the target be met, and with what change | {len(seeds)} | {len(wrong)} wrong |"


def weeks(seeds: range) -> Iterator[str]:
    """How often all turns can be placed, and are."""
    wrong = 0
    for seed in seeds:
        books = crowded_week(seed)
        wrong += by_oracle(books) is not (not rotation(books).unplaced)
    yield f"| rotation tables of tight weeks | {len(seeds)} | {wrong} decided otherwise than by the program |"


def main() -> None:
    """Ask the programs, print the table."""
    parser = parser_for(__doc__)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--last", type=int, default=300)
    asked = parser.parse_args()
    seeds = range(asked.first, asked.last)
    found = chain.from_iterable(bench(seeds) for bench in (schools, plans, weeks))
    lines = ["| beside an integer program (HiGHS) | random ones | |", "|---|---|---|", *found]
    tell(asked, "feasibility", lines, is_timed=False)


if __name__ == "__main__":
    main()
