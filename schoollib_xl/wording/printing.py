"""What is said of ledgers that are printed."""

from collections.abc import Mapping, Sequence

NOTHING_TO_PRINT = "要印的账里还没有记，没有可印的。"


def printing_lines(written: str, empty: Sequence[str], incomplete: Mapping[str, int]) -> list[str]:
    """Where the book is, and what is not in it."""
    lines = [f"打印本在：{written}", "A4横向，每页有本页小计和累计；宽的账分两张，按编号对着装订。"]
    if empty:
        lines.append(f"还没有记的没有印：{'、'.join(empty)}。")
    lines += [f"“{name}”有 {count} 行缺了必填的，没有印；先核对，补上再印。" for name, count in incomplete.items()]
    return lines
