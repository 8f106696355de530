"""What laying a paper in the output folder came to, and what the librarian is told about it."""

from pathlib import Path
from typing import NamedTuple

from schoollib_xl.documents.filling.figure_marks import Spot
from schoollib_xl.documents.regeneration.blocks import BlockChange, BlockOutcome


class Delivery(NamedTuple):
    """Where the paper lies, whether it was written just now, and what was done to her earlier version.

    ``source`` names the earlier version her changes were taken from, where it is not called as it was written;
    ``unread`` the earlier versions of which nothing could be kept, each with why; ``notes`` are about the template.
    ``spots`` say where the figures stand.
    """

    path: Path
    version: int
    written: bool
    changes: tuple[BlockChange, ...] = ()
    source: str = ""
    unread: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    spots: tuple[Spot, ...] = ()

    def sentences(self) -> list[str]:
        """Return what the librarian is told about it."""
        if not self.written:
            return [f"数据没有变化，仍用“{self.path.name}”。", *self.unread, *self.notes]
        told = [f"已写成“{self.path.name}”。", *self.unread, *self.notes]
        if self.source:
            told.append(f"改过的文字从“{self.source}”并进来。")
        for outcome in (BlockOutcome.TAKEN, BlockOutcome.KEPT, BlockOutcome.ADDED, BlockOutcome.DROPPED):
            count = sum(change.outcome is outcome for change in self.changes)
            if count:
                told.append(f"{outcome.value} {count} 段。")
        told += [f"按新数据重做：{change.text}。" for change in self.changes if change.outcome is BlockOutcome.REDONE]
        return told + [_clash(change) for change in self.changes if change.outcome is BlockOutcome.CLASHED]


def _clash(change: BlockChange) -> str:
    wanted = f"更新后应为“{change.wanted}”" if change.wanted else "更新后不再有"
    return f"手工改过的“{change.text}”照旧，{wanted}，已加批注。"
