"""A list of the copies of a place with a tick beside those that were there: the others are no scans, nor is
any copy of a list of those that were not.
"""

import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple

from schoollib_xl.adoption.copies.states import CopyState, state_under
from schoollib_xl.intake.scan_lines import number_text
from schoollib_xl.sheets.cells import CellValue
from schoollib_xl.sheets.opening.refusing import unusable

# What a column is called that says of each copy whether it was there, or how many of it were.
_THERE = re.compile(
    r"在架|在库|在馆|盘|清点|核对|核查|核实|实有|实点|实存|有无|[账帐][实物]|到位|存否|是否|结果|状态|情况"
)
_LACKING = re.compile(r"缺|丢|遗失|不在|未见|找不到|(?<!有)没有")
# Under such a word stands what there was to say of a copy, that it was not there among it.
_REMARKS = re.compile("备注|说明|附注|备考")
_NOT_SEEN = re.compile("缺[书册失]?$|[未没]见|[未没](?:有)?找到|找不到|丢失|遗失|盘亏|不在架|架上没有|不见了")
# What is no word is no header that says something else than its ticks: ☑, Y/N.
_A_WORD = re.compile(r"[\u4e00-\u9fff]|[A-Za-z]{4}")
# A list of what was not there, by its name, that of its sheet or its title.
_OF_LACKING = re.compile(
    "缺[书册失]|[未没]找到|找不到|未见|丢失|遗失|盘亏|不在架|(?:在借|借出|外借|未还|报废|注销|剔[除旧])[^扫盘]{0,4}(?:清[单册]|名单|目录|登记)"
)
# How many copies a list found, where it counts rather than ticks.
_COUNTED = re.compile(r"[实盘].*[数册]|[数册].*[实盘]")
_NO_COPY, _EMPTY_BOX = "0", "□☐"
# Ticks, yes and no answer whether a copy is in its place, whatever the list calls that.
_IN_PLACE = "在架"


class Checklist(NamedTuple):
    """The column (from 0) that ticks off the copies, as the list calls it, and the words of it, '' for a blank, that
    speak of a copy that was not there.
    """

    at: int
    header: str
    lacking: frozenset[str]

    def has(self, cells: Sequence[CellValue]) -> bool:
        """Whether the copy of a row was there."""
        return _text(cells, self.at) not in self.lacking


def checklist(
    header: Sequence[str], body: Sequence[Sequence[CellValue]], taken: Collection[int | None]
) -> Checklist | None:
    """How a list ticks off its copies; None where it does not. `taken` are the columns that say something else."""
    width = max(map(len, body), default=0)
    for at in (at for at in range(width) if at not in taken):
        called = header[at] if at < len(header) else ""
        told = {_text(cells, at) for cells in body}
        lacking = _lacking(called, told, has_header=bool(header))
        if lacking and told - lacking:
            return Checklist(at, called, lacking)
    return None


def refuse_lacking(path: Path, title: Sequence[str]) -> None:
    """Refuse a list of the copies that were not there. Raises Unusable."""
    if _OF_LACKING.search(" ".join([path.stem, *title])):
        raise unusable(
            path, "像是没有找到的书，或借出、注销的书的清单，不是扫到的号；真是扫到的，改了文件名、表名和标题再试"
        )


def _lacking(called: str, told: set[str], *, has_header: bool) -> frozenset[str]:
    """What a column has where the copy was not there; nothing where it speaks of something else."""
    if _REMARKS.search(called):
        return frozenset(filter(_NOT_SEEN.search, told))
    if _COUNTED.search(called) and all(text.isdecimal() or not text for text in told):
        return frozenset(text for text in told if text.strip(_NO_COPY) == "")
    is_of_lacking = _LACKING.search(called) is not None
    states = {text: state_under(_IN_PLACE, text) for text in told if text}
    says_else = has_header and not is_of_lacking and not _THERE.search(called) and _A_WORD.search(called)
    if None in states.values() or says_else:
        return frozenset()
    lacking = frozenset(text for text, state in states.items() if (state is CopyState.HERE) is is_of_lacking)
    # A blank is the other word where only one of the two is written.
    return lacking | (told & {""} if states.keys() - lacking else frozenset())


def _text(cells: Sequence[CellValue], at: int) -> str:
    return number_text(cells[at]).strip(_EMPTY_BOX) if at < len(cells) else ""
