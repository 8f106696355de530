"""What is said while a workbook is watched."""

from datetime import datetime

from schoollib_xl.checks.report import Report
from schoollib_xl.ledgers.library import Library
from schoollib_xl.wording.summary import verdict
from schoollib_xl.wording.zh import say

CALLS_ITSELF_NEW = "正在保存的话，等存完就好；能读了，这一页自己会更新。"
NO_LONGER_WATCHED = "已经停止，这一页不再更新；要接着看，重新运行 schoollib watch。"


def begun(workbook: str, page: str) -> str:
    """That the workbook is being watched, and where the page is; `page` is '' where none is kept."""
    where = f"结果在 {page}，用浏览器打开，每次保存以后自己更新；" if page else ""
    return f"正在看着《{workbook}》：{where}按 Ctrl+C 停止。"


def checked_line(workbook: str, library: Library, report: Report, at: datetime) -> str:
    """What one more check came to."""
    return f"{clock(at)}　《{workbook}》{verdict(library, report)}"


def trouble_line(trouble: str, at: datetime) -> str:
    """Why the workbook cannot be read."""
    return f"{clock(at)}　{trouble}"


def ended(workbook: str) -> str:
    """That the workbook is watched no longer."""
    return f"不再看着《{workbook}》了。"


def read_at(at: datetime) -> str:
    """When something was read: 2026年7月3日 10:32:05."""
    return f"{say(at.date())} {clock(at)}"


def still_shown(last: datetime | None) -> str:
    """What a page shows of a workbook that cannot be read now."""
    return f"下面还是 {read_at(last)} 读到的。" if last else "还没有读到过。"


def clock(at: datetime) -> str:
    """The time of day to the second."""
    return f"{at:%H:%M:%S}"
