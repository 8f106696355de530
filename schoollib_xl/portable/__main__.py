"""``python -m schoollib_xl.portable start [工作簿]`` and ``… check``: what the scripts of the package call."""

import sys
from pathlib import Path

from schoollib_xl.cli.output import FINE, FOUND, say_lines
from schoollib_xl.cli.program import main as command
from schoollib_xl.portable.self_check import examined, self_check_answer
from schoollib_xl.portable.system import system
from schoollib_xl.portable.workbook import workbook_beside
from schoollib_xl.wording.answer import answer_text


def main(words: list[str]) -> int:
    """The exit code of what was asked for."""
    # runtime\python.exe lies in the folder of the package.
    root = Path(sys.executable).parents[1]
    if words[:1] == ["check"]:
        return _check(root)
    asked = [*words[1:]] or [str(path) for path in workbook_beside(root)]
    return command(["serve", *asked])


def _check(root: Path) -> int:
    results = examined(root, system())
    say_lines(answer_text(self_check_answer(results)))
    return FINE if all(result.is_good for result in results) else FOUND


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
