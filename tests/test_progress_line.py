"""What is being done is said on one line, without escape codes, and is gone before the answer."""

import io
import sys

import pytest

from schoollib_xl.cli.output import LINE, progress, say


class Console(io.StringIO):
    """A terminal that shows what a console without escape codes would."""

    def isatty(self) -> bool:
        return True

    def shown(self) -> list[str]:
        lines = []
        for printed in self.getvalue().split("\n"):
            line: list[str] = []
            for part in printed.split("\r"):
                cells = [cell for sign in part for cell in ([sign, ""] if ord(sign) > 0x2E7F else [sign])]
                line[: len(cells)] = cells
            lines.append("".join(line).rstrip())
        return lines


def _console(monkeypatch: pytest.MonkeyPatch) -> Console:
    """In place of what pytest puts in place for each phase of a test."""
    found = Console()
    monkeypatch.setattr(sys, "stderr", found)
    monkeypatch.setattr(sys, "stdout", found)
    return found


def test_a_shorter_line_leaves_nothing_of_a_longer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    console = _console(monkeypatch)
    reading = progress()
    assert reading
    reading("借阅登记账")
    reading("班级")
    assert console.shown() == ["正在读 班级 …"]
    assert "\x1b" not in console.getvalue()
    LINE.clear()


def test_the_line_is_gone_when_the_answer_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    console = _console(monkeypatch)
    reading = progress()
    assert reading
    reading("借阅登记账")
    say("全部通过。")
    assert console.shown() == ["全部通过。", ""]


def test_a_name_wider_than_the_console_stays_on_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    console = _console(monkeypatch)
    LINE.show("长" * 100)
    LINE.clear()
    assert console.shown() == [""]
    assert "长" * 40 not in console.getvalue()


def test_nothing_is_said_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert progress() is None
