"""Feasibility, lending plans and rotation tables of hundreds of random schools against integer programs.

    PYTHONPATH=tests:tests/quotas python tests/bench/quota_oracles.py --first 0 --last 300

Prints what is wrong, how near the least number of copies the advice is, and how often all turns are placed where all
can be.
"""

import argparse
from collections import Counter

from linear_oracle import least_stock as least_by_program
from random_schools import complaints
from test_lending_plan import random_school
from test_rotation import by_oracle, crowded_week

from schoollib_xl.quotas.rotation import rotation
from schoollib_xl.quotas.sharing import least_stock


def plans(seeds: range) -> None:
    """Copies asked for beyond the least, and the largest part of it."""
    beyond, parts = Counter[int](), [1.0]
    for seed in seeds:
        demands, supply = random_school(seed, at_a_desk=seed % 3 == 0)
        least, mine = least_by_program(demands, supply), least_stock(demands, supply)
        if least is None or mine is None:
            assert least is mine, seed
            continue
        beyond[mine - least] += 1
        if mine > least + 1:
            parts.append(mine / least)
    print("plans: copies beyond the least:", sorted(beyond.items()), f"at most {max(parts):.3f} of it")


def schools(seeds: range) -> None:
    """What an integer program has against verdicts and advice."""
    said = [one for seed in seeds for one in complaints(seed)]
    print(f"schools: {len(seeds)}, wrong: {len(said)}", *said, sep="\n  ")


def weeks(seeds: range) -> None:
    """How often all turns can be placed, and are."""
    found = Counter[tuple[bool, bool]]()
    for seed in seeds:
        books = crowded_week(seed)
        found[by_oracle(books), not rotation(books).unplaced] += 1
    print("rotation tables (all can be placed, all are):", dict(found))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--last", type=int, default=300)
    asked = parser.parse_args()
    for bench in (weeks, schools, plans):
        bench(range(asked.first, asked.last))


if __name__ == "__main__":
    main()
