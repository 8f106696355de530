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


def test_readers_of_one_name_are_two_readers() -> None:
    assert findings("RDR001", row(ReaderRow), row(ReaderRow, reader_no="S0002")) == []
