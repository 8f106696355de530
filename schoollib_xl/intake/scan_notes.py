"""What is said of a file of scans that was not read as it stands."""

from pathlib import Path

from schoollib_xl.intake.checklists import Checklist


def run_together(path: Path, row: int, count: int) -> str:
    return f"《{path.name}》第 {row} 行的 {count} 个号连在一起，照一册一个号分开算了；在扫描枪上设好“扫完加回车”。"


def from_to(path: Path, row: int, count: int) -> str:
    return f"《{path.name}》第 {row} 行从一个号写到另一个号，中间的都算扫到了，共 {count} 册。"


def unread_column(path: Path, at: int, number: int) -> str:
    return f"《{path.name}》第 {at + 1} 栏也是号码，没有算，只照第 {number + 1} 栏读；两栏都要算，就分开存成两个文件。"


def ticked_off(path: Path, ticks: Checklist, seen: int, not_seen: int) -> str:
    called = f"“{ticks.header}”" if ticks.header else f"第 {ticks.at + 1} 栏"
    return f"《{path.name}》是打钩的清单，照{called}算：看到 {seen} 册，没有看到的 {not_seen} 册不算扫过。"


def not_all_seen(path: Path, row: int, count: int, seen: int) -> str:
    """Of a line of several numbers of which not all were there."""
    return (
        f"《{path.name}》第 {row} 行写了 {count} 个号，看到的是 {seen} 册，不知道是哪几册，没有算；一册一行写开再试。"
    )
