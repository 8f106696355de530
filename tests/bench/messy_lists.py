"""Old lists of many invented schools in every form, each held against its school.

    python tests/bench/messy_lists.py --seeds 300 --readme tests/bench/README.md

The suite takes a dozen (tests/adoption/test_messy_lists.py). Prints which seeds fail, and a line of Markdown.
"""

import argparse
import sys
from pathlib import Path

from readme_table import write_table

sys.path.insert(0, str(Path(__file__).parents[1]))


def main() -> None:
    """Say which seeds fail, and how many."""
    from adoption.test_messy_lists import check

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=1000)
    parser.add_argument("--readme", type=Path, help="put the line into its place in this file")
    asked = parser.parse_args()
    failed = 0
    for seed in range(asked.seeds):
        try:
            check(seed)
        except AssertionError as error:
            failed += 1
            print(seed, str(error).splitlines()[0] if str(error) else "")
    line = f"{asked.seeds} schools with messy lists adopted: {failed} lost or changed a copy, a reader or a loan."
    print(line)
    if asked.readme:
        write_table(asked.readme, "old lists", [line], is_timed=False)


if __name__ == "__main__":
    main()
