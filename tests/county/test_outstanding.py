"""What lies beside a school's workbook and may not be in it: one line each, in the answer and in JSON."""

from datetime import datetime
from pathlib import Path

import pytest

from county.schools import school
from schoollib_xl.actions.county.outstanding import outstanding
from schoollib_xl.county.rollup import Rolled
from schoollib_xl.desk.journal import JournalFile, beside
from schoollib_xl.desk.lines import DeskLine, DeskMark, mark_of
from schoollib_xl.desk.request import Act
from schoollib_xl.ledgers.kept import DESK_JOURNAL
from schoollib_xl.sheets.building.workbook import write_workbook
from schoollib_xl.wording.county.county_answer import county_answer
from schoollib_xl.wording.county.county_json import county_json

NOON = datetime(2026, 6, 3, 12)
LENT = [DeskLine(id=str(number), at=NOON, what=Act.LEND) for number in range(3)]


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "东镇" / "一小 (1).xlsx"
    write_workbook(school(1), path)
    return path


def journal_of(workbook: Path, *lines: DeskLine) -> None:
    journal = JournalFile(beside(workbook, DESK_JOURNAL), DESK_JOURNAL, DeskLine)
    with journal.alone():
        journal.append(lines)


def told(workbook: Path) -> dict[str, str]:
    return dict(outstanding(workbook.parent.parent, [workbook]))


def test_an_open_workbook_and_its_desk_are_one_line(workbook: Path) -> None:
    workbook.with_name(f"~${workbook.name}").write_bytes(b"x")
    journal_of(workbook, *LENT, mark_of(DeskMark.BOOKED, LENT[0], "9", NOON))
    assert told(workbook) == {
        "东镇/一小 (1).xlsx": "好像开着（旁边有“~$一小 (1).xlsx”），没有保存的改动没有算；"
        "“借还流水_一小 (1).jsonl”里有 2 笔借还可能还没有抄到账上，没抄的没有算"
    }


def test_a_journal_all_booked_or_taken_back_and_no_file_at_all_say_nothing(workbook: Path) -> None:
    assert told(workbook) == {}
    journal_of(workbook, *LENT[:2], mark_of(DeskMark.BOOKED, LENT[0], "8", NOON))
    journal_of(workbook, mark_of(DeskMark.UNDONE, LENT[1], "9", NOON))
    assert told(workbook) == {}


def test_a_journal_whose_workbook_is_called_otherwise_is_named_itself(workbook: Path) -> None:
    journal_of(workbook.with_name("一小9月.xlsx"), *LENT)
    (said,) = told(workbook).items()
    assert said[0] == "东镇/借还流水_一小9月.jsonl"
    assert "3 笔" in said[1]
    assert said[1].endswith("叫这个名字的工作簿不在这里")


def test_lines_of_a_journal_that_cannot_be_read_are_counted(workbook: Path) -> None:
    journal_of(workbook, LENT[0], mark_of(DeskMark.BOOKED, LENT[0], "9", NOON))
    with beside(workbook, DESK_JOURNAL).open("a", encoding="utf-8") as file:
        file.write('坏了\n{"id": "没写完')
    assert told(workbook) == {"东镇/一小 (1).xlsx": "“借还流水_一小 (1).jsonl”里有 2 行读不出来"}


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", "别的东西\n".encode(), b'{"kind": "x"}\n'])
def test_a_journal_that_cannot_be_read_is_told(workbook: Path, content: bytes) -> None:
    beside(workbook, DESK_JOURNAL).write_bytes(content)
    assert all("读不出来" in what for what in told(workbook).values())
    assert bool(told(workbook)) == bool(content)


def test_it_is_in_the_answer_and_in_the_json(workbook: Path) -> None:
    workbook.with_name(f".~lock.{workbook.name}#").write_bytes(b"x")
    rolled = Rolled(1, (), (), (), outstanding=outstanding(workbook.parent.parent, [workbook]))
    answer, found = county_answer(rolled), county_json(rolled)
    assert "有 1 处可能还有没保存的改动、没抄到账上的借还，没有算，见“可能没有算的”。" in answer.sentences
    assert answer.sections[-1].name == "可能没有算的"
    assert [one["file"] for one in found["county"]["outstanding"]] == ["东镇/一小 (1).xlsx"]
