"""``python -m schoollib_xl.portable start [工作簿]`` and ``… check``: what the scripts of the package call."""

import sys
from collections.abc import Sequence
from pathlib import Path

from schoollib_xl.cli.output import FINE, FOUND, say, say_lines
from schoollib_xl.cli.program import main as command
from schoollib_xl.portable.self_check import examined, self_check_answer
from schoollib_xl.portable.system import system
from schoollib_xl.portable.workbook import workbook_to_open
from schoollib_xl.saving import CannotWrite
from schoollib_xl.wording.answer import answer_text


def main(words: Sequence[str]) -> int:
    """The exit code of what was asked for."""
    # runtime\python.exe lies in the folder of the package.
    root = Path(sys.executable).parents[1]
    return _check(root) if words[:1] == ["check"] else _start(root, words[1:])


def _start(root: Path, named: Sequence[str]) -> int:
    try:
        asked = named or [str(path) for path in workbook_to_open(root)]
    except CannotWrite as refusal:
        say(str(refusal))
        asked = []
    return command(["serve", *asked])


def _check(root: Path) -> int:
    results = examined(root, system())
    say_lines(answer_text(self_check_answer(results)))
    return FINE if all(result.is_good for result in results) else FOUND


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
