"""Why a check was not done, wholly or for some lines, in words."""

from collections import defaultdict
from collections.abc import Iterable

from schoollib_xl.checks.report import Unchecked
from schoollib_xl.ledgers.library import Library
from schoollib_xl.wording.zh import listed


def reason(library: Library, unchecked: Unchecked) -> str:
    """The reason in one sentence: what is missing, or which lines could not be read."""
    if unchecked.absent is None:
        return f"{_lines(library, unchecked)}有读不出的格子，这些行和所属的合计没有核对。"
    sheet, header = unchecked.absent
    return f"{sheet}缺“{header}”这一栏。" if header else f"没有“{sheet}”这张表。"


def _lines(library: Library, unchecked: Unchecked) -> str:
    rows: dict[str, list[str]] = defaultdict(list)
    for cell in unchecked.lines:
        part, row = library[cell.row_type].place(cell.line)
        rows[part.sheet_name].append(str(row))
    return "，".join(f"{sheet}第 {_numbered(found)}" for sheet, found in rows.items())


def _numbered(rows: list[str]) -> str:
    said = listed(rows, unit="行")
    return said if said.endswith("行") else f"{said} 行"


def unchecked_sentences(library: Library, unchecked: Iterable[Unchecked]) -> list[str]:
    """What was not checked, the checks with the same reason in one sentence, in the order they come."""
    by_reason: dict[str, list[str]] = defaultdict(list)
    for one in unchecked:
        by_reason[reason(library, one)].append(one.check.title)
    return [_several(titles, why) for why, titles in by_reason.items()]


def _several(titles: list[str], why: str) -> str:
    more = f"等{len(titles)}项" if len(titles) > 1 else ""
    return f"“{titles[0]}”{more}没有核对完：{why}"
