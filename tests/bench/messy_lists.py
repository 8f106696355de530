"""Old lists of many invented schools in every form, each held against its school.

    python tests/bench/messy_lists.py --seeds 300 --readme tests/bench/README.md

The suite takes a dozen (tests/adoption/test_messy_lists.py). Prints which seeds fail, and a line of Markdown.
"""

import sys
from pathlib import Path

from readme_table import parser_for, tell

sys.path.insert(0, str(Path(__file__).parents[1]))


def main() -> None:
    """Say which seeds fail, and how many."""
    from adoption.test_messy_lists import check

    parser = parser_for(__doc__)
    parser.add_argument("--seeds", type=int, default=1000)
    asked = parser.parse_args()
    failed = 0
    for seed in range(asked.seeds):
        try:
            check(seed)
        except AssertionError as error:
            failed += 1
            print(seed, str(error).splitlines()[0] if str(error) else "")
    line = f"{asked.seeds} schools with messy lists adopted: {failed} lost or changed a copy, a reader or a loan."
    tell(asked, "old lists", [line], is_timed=False)


if __name__ == "__main__":
    main()
