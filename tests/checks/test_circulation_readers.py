"""借阅登记账 against 读者名册: known, active, the same name and class."""

from datetime import date
from typing import Any

import pytest

from make import findings, flat, library, report, row, sentences, with_incomplete
from schoollib_xl.checks.check import Severity
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.vocabulary import LoanOutcome, ReaderKind

CLASS = row(ClassRow)
OTHER_CLASS = row(ClassRow, class_name="三（2）班")


def reader(**changes: Any) -> ReaderRow:
    return row(ReaderRow, **changes)


def loan(**changes: Any) -> LoanRow:
    """A loan of 8 September."""
    return row(LoanRow, **changes)


def test_a_loan_to_an_active_reader_of_that_name_and_class_is_silent() -> None:
    books = library(CLASS, reader(), loan())
    codes = ("CIR104", "CIR105", "CIR305", "CIR306", "CIR307", "CIR308", "CIR309")
    assert [one for code in codes for one in report(code, books).findings] == []


def test_loans_to_an_unknown_reader_are_one_finding_at_the_first() -> None:
    rows = reader(reader_no="S0002"), loan(line=4), loan()
    assert findings("CIR305", *rows) == ["CIR305 借阅登记账!C4"]
    assert sentences("CIR305", *rows) == ["读者名册里查不到读者证号 S0001，这个号有 2 笔借阅。"]


def test_who_left_with_nothing_is_one_hint_and_his_class_was_another() -> None:
    back: dict[str, Any] = {"returned_on": date(2023, 9, 15), "outcome": LoanOutcome.RETURNED}
    former = [loan(line=at, reader_no=f"S01{at:02}", lent_on=date(2023, 9, 8), **back) for at in range(2, 9)]
    now = library(
        reader(), CLASS, OTHER_CLASS, *former, loan(line=20, class_name="三（2）班", lent_on=date(2024, 9, 9))
    )
    (finding,) = report("CIR305", now).findings
    assert (finding.severity, finding.facts["reader_no"], len(finding.see_also)) == (Severity.HINT, "S0102", 6)
    assert "一共 7 个号" in finding.facts["more"]
    assert [one for code in ("CIR307", "CIR308") for one in report(code, now).findings] == []
    still_out = loan(reader_no="S0199", lent_on=date(2023, 9, 8))
    here_again = [loan(line=at, reader_no="S0199", lent_on=date(at, 9, 8), **back) for at in (2023, 2025)]
    for rows in ([still_out], here_again):
        assert [one.severity for one in report("CIR305", library(reader(), *rows)).findings] == [Severity.ERROR]


def test_a_reader_on_a_line_that_could_not_be_read_is_not_unknown() -> None:
    books = library(reader(reader_no="S0002"), loan())
    for values in ({"reader_no": "S0001"}, {"name": "林小满"}):
        assert flat(books, report("CIR305", with_incomplete(books, ReaderRow, **values)).findings) == []


def test_a_card_may_be_used_on_the_day_it_is_issued_and_until_the_day_before_it_stops() -> None:
    first_and_last = reader(issued_on=date(2025, 9, 8), stopped_on=date(2025, 9, 9))
    assert findings("CIR104", first_and_last, loan()) == findings("CIR105", first_and_last, loan()) == []


def test_a_loan_before_the_card_was_issued_is_found() -> None:
    rows = reader(issued_on=date(2025, 9, 9)), loan()
    assert findings("CIR104", *rows) == ["CIR104 借阅登记账!B2"]
    assert sentences("CIR104", *rows) == ["读者证 S0001 在 2025年9月9日 才办，2025年9月8日 就借了书（共 1 笔）。"]
    # New cards for everybody, or the day the roster was typed.
    everybody = [
        one._replace(reader_no=f"S000{number}", line=number) for number in range(2, 6) for one in (rows[0], rows[1])
    ]
    assert findings("CIR104", *everybody) == ["CIR104 读者名册!E2"]


def test_a_loan_from_the_day_the_card_stopped_is_found() -> None:
    rows = reader(stopped_on=date(2025, 9, 8)), loan(), loan(lent_on=date(2025, 9, 15))
    assert findings("CIR105", *rows) == ["CIR105 借阅登记账!B2"]
    assert sentences("CIR105", *rows) == ["读者证 S0001 在 2025年9月8日 停用，2025年9月8日 还借了书（共 2 笔）。"]


@pytest.mark.parametrize(
    ("code", "day"), [("CIR104", {"issued_on": date(2025, 9, 20)}), ("CIR105", {"stopped_on": date(2025, 9, 2)})]
)
def test_the_day_of_a_card_that_is_used_on_and_on_is_looked_at_first(code: str, day: dict[str, date]) -> None:
    used = [loan(lent_on=date(2025, 9, n), loan_no=f"J{n:06}") for n in range(8, 14)]
    place = "E" if code == "CIR104" else "F"
    assert findings(code, reader(**day), *used) == [f"{code} 读者名册!{place}2"]
    assert findings(code, reader(**day), *used[1:]) == [f"{code} 借阅登记账!B2"]


def test_a_name_may_be_blank_or_spaced() -> None:
    assert findings("CIR306", reader(), loan(name=None), loan(name="林 小满")) == []


def test_a_former_name_told_in_the_remarks_is_no_other_name() -> None:
    assert findings("CIR306", reader(remarks="2026年3月改名，曾用名林小曼"), loan(name="林小曼")) == []
    assert findings("CIR306", reader(remarks="曾用名林小曼"), loan(name="林晓满")) == ["CIR306 借阅登记账!D2"]


def test_another_name_is_found_once_for_all_its_loans() -> None:
    rows = reader(), loan(name="林小曼"), loan(name="林小曼"), loan(name="林晓满")
    assert findings("CIR306", *rows) == ["CIR306 借阅登记账!D2", "CIR306 借阅登记账!D4"]
    assert sentences("CIR306", *rows)[0] == "读者证号 S0001 在名册上是林小满，借阅账写的是林小曼（2 笔）。"


def test_another_class_is_a_doubt_since_pupils_move() -> None:
    books = library(CLASS, OTHER_CLASS, reader(), loan(class_name="三（2）班"))
    (finding,) = report("CIR307", books).findings
    assert flat(books, [finding]) == ["CIR307 借阅登记账!E2"]
    assert finding.severity.value == "warning"
    parted = CLASS._replace(remarks="2026年1月从三（2）班分出")
    assert findings("CIR307", parted, OTHER_CLASS, reader(), loan(class_name="三（2）班")) == []
    assert sentences("CIR307", CLASS, OTHER_CLASS, reader(), loan(class_name="三（2）班")) == [
        "读者证号 S0001 在名册上是三（1）班，借阅账写的是三（2）班（1 笔）。"
    ]


def test_a_teachers_class_and_a_blank_class_are_not_compared() -> None:
    teacher = reader(kind=ReaderKind.TEACHER, class_name=None)
    assert findings("CIR307", CLASS, OTHER_CLASS, teacher, loan(class_name="三（2）班")) == []
    moved = reader(remarks="3月由三（2）班转来")
    assert findings("CIR307", CLASS, OTHER_CLASS, moved, loan(class_name="三（2）班")) == []
    told = reader(remarks="3月16日由三（2）班转入")
    assert findings("CIR307", CLASS, OTHER_CLASS, told, loan(class_name="三（2）班")) == []
    for word in ("跳级", "留级", "由三（2）班分出"):
        assert findings("CIR307", CLASS, OTHER_CLASS, reader(remarks=word), loan(class_name="三（2）班")) == []
    assert findings("CIR307", CLASS, OTHER_CLASS, reader(), loan(class_name=None)) == []


def test_one_class_spelled_two_ways_is_not_another_class() -> None:
    assert findings("CIR307", CLASS, reader(), loan(class_name="三(1)班")) == []
    assert findings("CIR307", CLASS, reader(class_name="3年级1班"), loan()) == []


def test_a_class_that_nobody_knows_on_a_teachers_loan_is_pointed_out_and_a_department_is_none() -> None:
    teacher = reader(kind=ReaderKind.TEACHER, class_name=None)
    strange = loan(class_name="三（9）班")
    assert findings("CIR316", CLASS, teacher, strange) == ["CIR316 借阅登记账!E2"]
    assert sentences("CIR316", CLASS, teacher, strange, strange) == [
        "J000001 是林小满借的，班级写的是“三（9）班”，班级表里没有这个班，这一栏还有 1 格也是这样。"
    ]
    for class_name in ("语文组", "三(1)班", None, "教务处"):
        assert findings("CIR316", CLASS, teacher, loan(class_name=class_name)) == []
    assert findings("CIR316", CLASS, teacher, strange._replace(class_name="七（1）班")) != []
    assert findings("CIR316", CLASS, teacher, strange._replace(lent_on=date(2025, 6, 3))) == []
    assert findings("CIR316", CLASS, reader(), strange) == findings("CIR316", teacher, strange) == []
