"""How real plans come out that are taken over from Word: what each asks, and where that stands in ours.

    python tests/bench/seed_plans.py TEXT --readme tests/bench/README.md

The text holds several model plans, each below a line that ends in 篇一, 篇二 …. Prints a Markdown table.
"""

import re
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from readme_table import parser_for, tell

from adoption.plan_shapes import Asked, asked, count, joined, plan_from, said_in, word_paper

_DIVIDE = re.compile(r"^.{0,30}篇([一二三四五六七八九十])\s*$", re.MULTILINE)
# A plan that names the months of spring is made in spring.
_AUTUMN, _SPRING = date(2025, 9, 3), date(2026, 3, 2)
_PARTS = {"outline": "提纲", "sentences": "文字", "quantities": "数量"}


def seeds(text: str) -> list[tuple[str, list[str]]]:
    """The plans of a text by their number, each as its lines."""
    pieces = _DIVIDE.split(text)[1:]
    return [
        (name, [line.strip() for line in body.split("\n") if line.strip()])
        for name, body in zip(pieces[::2], pieces[1::2], strict=True)
    ]


def compared(lines: list[str], folder: Path) -> tuple[Asked, Asked]:
    """What a plan asks, and what ours says after it was taken over."""
    day = _SPRING if any(re.match("[三四五]月份", line) for line in lines) else _AUTUMN
    paper = plan_from(word_paper(folder / "旧计划.docx", lines), day)
    return asked([("", line) for line in joined(lines)]), asked(said_in(paper))


def table(text: str) -> Iterator[str]:
    """What each plan asks beside what comes out."""
    yield "| 计划 | 要求的提纲 | 句数 | 数量 | 我们的计划 |"
    yield "| --- | --- | --- | --- | --- |"
    for name, lines in seeds(text):
        with tempfile.TemporaryDirectory() as folder:
            wanted, found = compared(lines, Path(folder))
        differing = "、".join(_PARTS[part] for part in wanted.differs_from(found))
        verdict = f"{differing}不一样" if differing else "提纲、文字、数量都一样"
        yield f"| 篇{name} | {count(wanted.outline)} | {len(wanted.sentences)} | {len(wanted.quantities)} | {verdict} |"


def main() -> None:
    """Take the plans over, write ours, print the table."""
    parser = parser_for(__doc__)
    parser.add_argument("text", type=Path)
    asked = parser.parse_args()
    lines = [*table(asked.text.read_text(encoding="utf-8"))]
    tell(asked, "plans", lines, is_timed=False)


if __name__ == "__main__":
    main()
