"""Numbers that name a row stand once."""

from typing import Any

import pytest

from make import findings, row, sentences
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow

UNIQUE = {
    "CIR001": (LoanRow, "loan_no", "J000002", "借阅登记账!A4", "借阅序号 J000001 前面已经用过了。"),
    "CMP001": (CompensationRow, "incident_no", "P2025-002", "赔偿登记账!A4", "赔偿编号 P2025-001 前面已经用过了。"),
    "PER001": (PeriodicalRow, "periodical_no", "BK2025-002", "报刊登记账!A4", "报刊编号 BK2025-001 前面已经用过了。"),
    "RDR001": (ReaderRow, "reader_no", "S0002", "读者名册!A4", "读者证号 S0001 前面已经用过了。"),
    "RDR002": (ClassRow, "class_name", "三（2）班", "班级!A4", "班级“三（1）班”前面已经有了。"),
}


@pytest.mark.parametrize("code", UNIQUE)
def test_numbers_of_their_own_are_fine(code: str) -> None:
    row_type, field, other, _, _ = UNIQUE[code]
    assert findings(code, row(row_type), row(row_type, **{field: other})) == []


@pytest.mark.parametrize("code", UNIQUE)
def test_a_number_that_stands_twice_is_found_at_the_later_line(code: str) -> None:
    row_type, field, other, address, sentence = UNIQUE[code]
    rows: list[Any] = [row(row_type), row(row_type, **{field: other}), row(row_type)]
    assert findings(code, *rows) == [f"{code} {address}"]
    assert sentences(code, *rows) == [sentence]


def test_each_line_after_the_first_is_found() -> None:
    assert findings("CIR001", row(LoanRow), row(LoanRow), row(LoanRow)) == [
        "CIR001 借阅登记账!A3",
        "CIR001 借阅登记账!A4",
    ]


@pytest.mark.parametrize("spelling", ["三(1)班", "三（１）班", "三年级一班", "3（1）班"])
def test_a_class_spelled_another_way_is_the_same_class(spelling: str) -> None:
    assert findings("RDR002", row(ClassRow), row(ClassRow, class_name=spelling)) == ["RDR002 班级!A3"]


def numbered(*numbers: str) -> list[LoanRow]:
    return [row(LoanRow, loan_no=number, line=line) for line, number in enumerate(numbers, 2)]


def running(*spans: range) -> list[str]:
    return [f"J{number:06}" for span in spans for number in span]


def test_a_number_left_out_of_an_unbroken_series_is_named() -> None:
    loans = numbered(*running(range(400, 430), range(431, 500), range(501, 560)))
    assert findings("CIR002", *loans) == ["CIR002 借阅登记账!A32"]
    assert sentences("CIR002", *loans) == ["借阅序号中间缺 2 个号（J000430、J000500），别的号都连着。"]


@pytest.mark.parametrize(
    "numbers",
    [
        running(range(1, 100)),
        running(range(1, 30), range(31, 40)),
        running((880, 883), range(884, 999)),
        running(range(1, 200, 2), range(201, 210)),
        running(range(1, 60), range(1000, 1060)),
        [*running(range(1, 60)), *(f"K{number:06}" for number in range(5, 60))],
        [str(number) for number in range(1, 120)],
    ],
)
def test_a_book_that_is_numbered_in_its_own_way_lacks_nothing(numbers: list[str]) -> None:
    assert findings("CIR002", *numbered(*numbers)) == findings("CIR003", *numbered(*numbers)) == []


def test_pages_that_were_left_out_are_told_however_many_they_were() -> None:
    loans = numbered(*running(range(1, 400), range(640, 900)))
    assert sentences("CIR002", *loans)[0].startswith("借阅序号中间缺 240 个号（J000400、")
    assert findings("CIR002", *numbered(*running(range(1, 400), range(601, 900)))) == []


def test_a_number_of_no_series_is_doubted_and_leaves_no_gap() -> None:
    numbers = running(range(1, 80))
    for odd in ("J004000", "K000040", "J00040", "000040"):
        loans = numbered(*numbers[:39], odd, *numbers[40:])
        assert findings("CIR003", *loans) == ["CIR003 借阅登记账!A41"], odd
        assert findings("CIR002", *loans) == []
    assert sentences("CIR003", *numbered(*numbers[:39], "J004000", *numbers[40:])) == [
        "借阅序号 J004000 和别的号接不上，挨着的一行是 J000039。"
    ]
    assert findings("CIR003", *numbered(*numbers, "K000001")) == []


def test_incidents_begin_anew_each_year_and_their_number_tells_it() -> None:
    def incidents(*numbers: str) -> list[Any]:
        return [row(CompensationRow, incident_no=number, line=line) for line, number in enumerate(numbers, 2)]

    usual = ("P2025-001", "P2025-002", "P2025-003", "P2026-001", "P2026-002", "P2026-003")
    assert findings("CMP002", *incidents(*usual)) == findings("CMP003", *incidents(*usual)) == []
    assert findings("CMP002", *incidents(*usual[:4], *usual[5:])) == ["CMP002 赔偿登记账!A6"]
    assert findings("CMP002", *incidents(*usual[1:4], "P2026-002", "P2026-003")) == []
    assert findings("CMP003", *incidents(*usual[:5], "P4026-003")) == ["CMP003 赔偿登记账!A7"]
    # Two digits changed about, in a ledger of so few lines.
    assert findings("CMP003", *incidents(*usual[:4], "P2026-020", "P2026-003")) == ["CMP003 赔偿登记账!A6"]
    assert findings("CMP003", *incidents(*usual[:4], "P2026-005", "P2026-006")) == []


def test_readers_of_one_name_are_two_readers() -> None:
    assert findings("RDR001", row(ReaderRow), row(ReaderRow, reader_no="S0002")) == []
