"""Tables of the README beside it that a script here measures: each stands between two comments that name it.

<!-- measured: check large -->
(whatever stands here is replaced)
<!-- /measured -->
"""

import argparse
import os
import re
from pathlib import Path

_END = "<!-- /measured -->"


def parser_for(doc: str | None) -> argparse.ArgumentParser:
    """What a script that measures is asked for, `--readme` among it."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--readme", type=Path, help="put what is measured into its place in this file")
    return parser


def tell(asked: argparse.Namespace, name: str, lines: list[str], *, is_timed: bool = True) -> None:
    """Print the lines, and put them where `--readme` says."""
    print("\n".join(lines), end="\n\n")
    if asked.readme and lines:
        write_table(asked.readme, name, lines, is_timed=is_timed)


def write_table(readme: Path, name: str, lines: list[str], *, is_timed: bool = True) -> None:
    """Put the lines in the place of this name; what is timed with how busy the machine was.

    Raises SystemExit where the file has no such place.
    """
    text = readme.read_text(encoding="utf-8")
    begin = f"<!-- measured: {name} -->"
    place = re.compile(rf"(?<={re.escape(begin)}\n).*?(?={re.escape(_END)})", re.DOTALL)
    if not place.search(text):
        raise SystemExit(f"{readme} has no place for the table: {begin} … {_END}")
    load = [f"\n({os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the end.)"] if is_timed else []
    table = "\n".join([*lines, *load]) + "\n"
    readme.write_text(place.sub(lambda _: table, text, count=1), encoding="utf-8")
