"""What is done to her paper when it is made again, one change a block."""

from enum import Enum
from typing import NamedTuple


class BlockOutcome(Enum):
    """What became of one paragraph, table, row or chart of her paper."""

    TAKEN = "更新"
    KEPT = "保留"
    CLASHED = "两边都改"
    ADDED = "新增"
    DROPPED = "删去"
    REDONE = "重做"


class BlockChange(NamedTuple):
    """One thing done to her paper: what it is called or says, and for a clash what it should now say."""

    outcome: BlockOutcome
    text: str
    wanted: str = ""
