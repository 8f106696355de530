"""Registers under headers and words that a newcomer chose."""

from pathlib import Path

import pytest

from adoption.old_lists import loans, taken_over
from schoollib_xl.ledgers.vocabulary import LoanOutcome


@pytest.mark.parametrize("header", ["班级/办公室", "班级或部门", "所在班级/单位", "单位/班级", "班级名"])
def test_the_class_of_a_pupil_or_the_office_of_a_teacher(tmp_path: Path, header: str) -> None:
    rows = [
        ("日期", header, "姓名", "书名", "归还日期"),
        ("2025-3-3", "三（1）班", "林小满", "小河", "2025-3-10"),
        ("2025-3-3", "语文组", "高老师", "大山", None),
    ]
    lent = loans(taken_over(tmp_path, {"借书": rows}))
    assert [(loan.name, loan.class_name) for loan in lent] == [("林小满", "三（1）班"), ("高老师", "语文组")]


@pytest.mark.parametrize("words", ["转学带走", "已带走", "转学未还", "毕业没还"])
def test_who_left_with_the_book_still_has_it_and_the_words_are_kept(tmp_path: Path, words: str) -> None:
    rows = [("日期", "班级", "姓名", "书名", "归还"), ("2025-3-3", "三（1）班", "林小满", "小河", words)]
    (loan,) = loans(taken_over(tmp_path, {"借书": rows}))
    assert (loan.returned_on, loan.outcome, loan.remarks) == (None, None, f"归还原记 {words}")


@pytest.mark.parametrize("words", ["转学", "转学带走已还"])
def test_who_left_may_have_brought_it_back(tmp_path: Path, words: str) -> None:
    rows = [("日期", "班级", "姓名", "书名", "归还"), ("2025-3-3", "三（1）班", "林小满", "小河", words)]
    assert loans(taken_over(tmp_path, {"借书": rows})) == []


def test_bare_days_under_a_month_are_those_of_loans_though_nothing_says_when_they_came_back(tmp_path: Path) -> None:
    rows = [("2025年3月借书登记",), ("日", "班级", "姓名", "书名"), (3, "三（1）班", "林小满", "小河")]
    (loan,) = loans(taken_over(tmp_path, {"Sheet1": rows}))
    assert (loan.name, loan.lent_on.isoformat(), loan.returned_on) == ("林小满", "2025-03-03", None)


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("丢失，赔32.8元", LoanOutcome.LOST),
        ("遗失已赔书", LoanOutcome.LOST),
        ("书皮丢失，赔5元", None),
        ("丢失，赔后找回", None),
    ],
)
def test_a_remark_of_a_book_lost_and_paid_ends_the_loan(
    tmp_path: Path, words: str, outcome: LoanOutcome | None
) -> None:
    header = ("日期", "班级", "姓名", "书名", "归还日期", "备注")
    rows = [header, ("2025-3-3", "三（1）班", "林小满", "小河", None, words)]
    (loan,) = loans(taken_over(tmp_path, {"借书": rows}))
    assert (loan.outcome, loan.returned_on, loan.remarks) == (outcome, None, words)
