"""Old lists of many invented schools in every form, each held against its school.

``python tests/bench/messy_lists.py [seeds]``; the suite takes a dozen (tests/adoption/test_messy_lists.py).
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))


def main() -> None:
    """Say which seeds fail, and how many."""
    from adoption.test_messy_lists import check

    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    failed = 0
    for seed in range(seeds):
        try:
            check(seed)
        except AssertionError as error:
            failed += 1
            print(seed, str(error).splitlines()[0] if str(error) else "")
    print(f"{seeds} schools, {failed} failed")


if __name__ == "__main__":
    main()
