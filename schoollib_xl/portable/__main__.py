"""What the scripts of the package call: ``python -m schoollib_xl.portable start [工作簿]``, ``… adopt 旧文件…``,
``… check``, ``… install-wps`` and ``… remove-wps``.
"""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from schoollib_xl.cli.output import FINE, FOUND, say, say_lines
from schoollib_xl.cli.program import main as command
from schoollib_xl.portable.self_check import examined, self_check_answer
from schoollib_xl.portable.system import system
from schoollib_xl.portable.workbook import free_name, workbook_to_open
from schoollib_xl.portable.wps import install, remove
from schoollib_xl.saving import CannotWrite
from schoollib_xl.sheets.opening.refusing import Unusable
from schoollib_xl.wording.answer_text import answer_text

# As of a workbook that could not be used.
_NOT_FOUND = 2
_CUT_OFF = (
    "“{file}”不是一个文件，没有打开。文件或文件夹的名字里有“&”的，拖上来会在那里断开：改掉“&”再拖，"
    "工作簿也可以双击“开始.cmd”，在网页里选。"
)
_WPS = {"install-wps": install, "remove-wps": remove}


def main(words: Sequence[str]) -> int:
    """The exit code of what was asked for."""
    # runtime\python.exe lies in the folder of the package.
    root = Path(sys.executable).parents[1]
    asked, rest = words[0], words[1:]
    if cut_off := _cut_off(rest):
        say(_CUT_OFF.format(file=cut_off))
        return _NOT_FOUND
    if asked == "adopt":
        return command(["adopt", *rest, "--into", str(free_name(root))])
    if asked in _WPS:
        return _change_wps(_WPS[asked])
    return _check(root) if asked == "check" else _start(root, rest)


def _cut_off(words: Sequence[str]) -> str:
    """What was dropped on a script and is no file; '' where all are. Of a path with an & and without a blank Windows
    hands over what stands before the &.
    """
    dropped = (word for word in words if Path(word).is_absolute())
    return next((word for word in dropped if not Path(word).is_file()), "")


def _start(root: Path, words: Sequence[str]) -> int:
    """The page. The workbooks of the package's folder can be chosen there, wherever it was started from: Windows runs a
    script that a file is dropped on in a folder of its own.
    """
    # A port and a day have no suffix, a workbook has one.
    named = [Path(word) for word in words if Path(word).suffix and not word.startswith("-")]
    others = [word for word in words if Path(word) not in named]
    found = [str(path.resolve()) for path in named] or _found(root)
    os.chdir(root)
    return command(["serve", *others, *found])


def _found(root: Path) -> list[str]:
    try:
        return [str(path) for path in workbook_to_open(root)]
    except (CannotWrite, Unusable) as refusal:
        say(str(refusal))
        return []


def _change_wps(change: Callable[[], str]) -> int:
    try:
        say(change())
    except CannotWrite as refusal:
        say(str(refusal))
        return FOUND
    return FINE


def _check(root: Path) -> int:
    results = examined(root, system())
    say_lines(answer_text(self_check_answer(results)))
    return FINE if all(result.is_good for result in results) else FOUND


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
