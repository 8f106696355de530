"""合并清单: what each copy had that the other had not, and what the librarian must settle."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from schoollib_xl.adoption.two_copies.merging import Difference, Merged, MergedDifference
from schoollib_xl.adoption.two_copies.own_of_both import OwnOfBoth
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.wording.answer import Answer, Medium, Section, Value, section_of

_COLUMNS = {"工作表": 14, "编号": 14, "栏目": 14, "甲": 44, "乙": 44, "怎么处理": 26}


def merge_answer(merged: Merged, a: str, b: str, own: OwnOfBoth) -> Answer:
    """The list, with what became of the sheets and columns that are her own."""
    verdict = _verdict(merged) if own.is_same or merged.entries else "两份的账完全一样。"
    sentences = (f"甲是《{a}》，乙是《{b}》。", verdict, *own.sentences, "原来的工作簿没有动。")
    return Answer("合并清单", sentences, tuple(_sections(merged)))


def _sections(merged: Merged) -> Iterator[Section]:
    counted = Counter((entry.sheet.name, entry.kind) for entry in merged.entries)
    rows: list[tuple[Value, ...]] = [
        (sheet.name, *(counted[sheet.name, kind] for kind in Difference))
        for sheet in ALL_SHEETS
        if any(counted[sheet.name, kind] for kind in Difference)
    ]
    yield section_of("结论", {"工作表": 20} | {kind.value: 12 for kind in Difference}, rows, medium=Medium.FILE)
    for kind in (Difference.CONFLICT, Difference.CHANGED, Difference.ADDED, Difference.REMOVED, Difference.RENUMBERED):
        lines = [_line(entry) for entry in merged.entries if entry.kind is kind]
        yield section_of(kind.value, _COLUMNS, lines, medium=Medium.FILE)


def _verdict(merged: Merged) -> str:
    """How the merge went, in one sentence."""
    if not merged.entries:
        return "两份完全一样。"
    if not merged.conflicts:
        return f"两份有 {len(merged.entries)} 处不同，都合在一起了，没有冲突。"
    return (
        f"两份有 {len(merged.entries)} 处不同，其中 {len(merged.conflicts)} 处两边写的不一样，"
        "先照甲的写，要对照“冲突”一页逐条定。"
    )


def _line(entry: MergedDifference) -> tuple[str, ...]:
    return (entry.sheet.name, entry.key, entry.header, _said(entry.a), _said(entry.b), entry.taken)


def _said(value: Any) -> str:
    return "" if value is None else str(value)
