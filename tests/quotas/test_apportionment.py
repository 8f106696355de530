"""送书下班级: the shares add up exactly, and idle copies are what is sent."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_school import LAST_DAY, lent, school_class, small_school, teacher

from make import row
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.activities import RecommendationRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow
from schoollib_xl.ledgers.vocabulary import Circulation, LoanMode, Source
from schoollib_xl.quotas.basis.figures import NothingToShareBy, apportion
from schoollib_xl.quotas.borrowing.corners import corner_shares, idle_copies

# A busy machine is no fault of the code.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

TODAY = date(2025, 10, 15)
WEIGHTS = st.dictionaries(st.text("甲乙丙丁戊己", min_size=1, max_size=3), st.integers(0, 60), max_size=12)


@UNHURRIED
@given(st.integers(0, 5000), WEIGHTS)
def test_shares_add_up_exactly_and_are_the_exact_share_rounded_down_or_up(total: int, weights: dict[str, int]) -> None:
    whole = sum(weights.values())
    if not whole:
        return
    shares = apportion(total, weights)
    assert sum(shares.values()) == total
    for name, weight in weights.items():
        assert total * weight // whole <= shares[name] <= -(-total * weight // whole)


@UNHURRIED
@given(st.integers(0, 5000), WEIGHTS)
def test_a_larger_class_never_gets_less_than_a_smaller_one(total: int, weights: dict[str, int]) -> None:
    if not sum(weights.values()):
        return
    shares = apportion(total, weights)
    for smaller, larger in pairwise(sorted(weights, key=lambda name: weights[name])):
        if weights[smaller] < weights[larger]:
            assert shares[smaller] <= shares[larger]


def test_the_largest_remainders_get_what_is_left() -> None:
    assert apportion(100, {"三（1）班": 41, "三（2）班": 38, "四（1）班": 44}) == {
        "三（1）班": 33,
        "三（2）班": 31,
        "四（1）班": 36,
    }


def test_equal_remainders_go_to_the_first_named() -> None:
    assert apportion(1, {"三（1）班": 20, "三（2）班": 20}) == {"三（1）班": 1, "三（2）班": 0}


def test_one_copy_more_may_cost_a_class_one_as_this_method_allows() -> None:
    # The Alabama paradox: the price of shares that are never more than one copy from exact.
    weights = {"甲": 6, "乙": 6, "丙": 2}
    assert (apportion(10, weights)["丙"], apportion(11, weights)["丙"]) == (2, 1)


def test_nobody_to_share_among_is_said() -> None:
    assert apportion(0, {"甲": 0}) == {"甲": 0}
    with pytest.raises(NothingToShareBy):
        apportion(5, {"甲": 0})


def copies(*numbers: int, **more: Any) -> list[AccessionRow]:
    return [row(AccessionRow, accession_no=f"{number:06}", title=f"第 {number} 种", **more) for number in numbers]


def test_idle_copies_are_on_the_shelf_may_be_lent_and_least_borrowed_first() -> None:
    read = [lent("甲", date(2025, 9, 8), accession_no="000001")] * 2
    out = {"returned_on": None, "outcome": None}
    books = small_school(
        row(SummaryRow),
        *copies(1, 2, 3),
        *copies(4, circulation=Circulation.REFERENCE),
        *copies(5, source=Source.BINDING),
        *copies(6, 7, 8),
        *read,
        lent("甲", date(2025, 9, 9), accession_no="000002"),
        lent("甲", date(2025, 10, 14), accession_no="000006", **out),
        lent("丁", date(2025, 9, 9), accession_no="000007", **out, mode=LoanMode.CLASS),
        row(RepairRow, accession_no="000008", sent_on=date(2025, 10, 13)),
    )
    assert [copy.accession_no for copy in idle_copies(books, TODAY)] == ["000003", "000002", "000001"]


def test_copies_are_proposed_by_share_with_no_title_twice_in_a_corner() -> None:
    doubles = [copy._replace(title="城南旧事") for copy in copies(5, 6)]
    classes = [school_class(pupils=3), school_class("三（2）班", pupils=1)]
    books = small_school(*classes, row(SummaryRow), *copies(1, 2), *doubles, teacher("丁"))
    shares = corner_shares(books, TODAY)
    assert [(one.school_class.name, one.share) for one in shares] == [("三（1）班", 3), ("三（2）班", 1)]
    assert [len({copy.title for copy in one.proposed}) for one in shares] == [3, 1]


def test_there_is_a_copy_for_each_pupil_as_far_as_they_go() -> None:
    classes = [school_class(pupils=5), school_class("三（2）班", pupils=5)]
    books = small_school(*classes, row(SummaryRow), *copies(1, 2, 3, 4))
    assert [one.share for one in corner_shares(books, TODAY)] == [2, 2]


def test_what_a_corner_already_has_is_counted() -> None:
    books = small_school(
        school_class(pupils=1), row(SummaryRow), *copies(1, 2), teacher("丁"),
        lent("丁", date(2025, 9, 9), accession_no="000001", returned_on=None, outcome=None, mode=LoanMode.CLASS),
    )  # fmt: skip
    [share] = corner_shares(books, TODAY)
    assert (share.in_corner, [copy.accession_no for copy in share.proposed]) == (1, ["000002"])


def test_a_school_without_pupils_has_no_corners() -> None:
    assert corner_shares(small_school(row(SummaryRow), *copies(1)), TODAY) == ()


def test_classes_are_sent_pupils_books_of_their_own_grades() -> None:
    copies = [
        row(AccessionRow, 2, accession_no="000001", title="小学语文教学论", class_no="G623", location="书库"),
        row(AccessionRow, 3, accession_no="000002", title="教案选", class_no="I287", location="教师书架"),
        row(AccessionRow, 4, accession_no="000003", title="小河", class_no="I287", location="低年级书架"),
        row(AccessionRow, 5, accession_no="000004", title="城南旧事", class_no="I247", location="书库"),
    ]
    classes = [school_class("一（1）班", 1, 2), school_class("五（1）班", 5, 2)]
    books = small_school(*classes, *copies, row(RecommendationRow, grade=5, title="城南旧事"))
    sent = {one.school_class.name: [copy.title for copy in one.proposed] for one in corner_shares(books, TODAY)}
    assert sent == {"一（1）班": ["小河"], "五（1）班": ["城南旧事"]}


def test_a_grade_gets_what_stands_on_its_shelf_first_and_a_second_of_a_kind_last() -> None:
    shelved = {"小河": "低年级书架", "大山": "低年级书架", "格列佛游记": "书库", "世界五千年": "书库"}
    titles = ["格列佛游记", "世界五千年", "小河", "小河", "大山"]
    copies = [
        row(AccessionRow, number, accession_no=f"{number:06}", title=title, location=shelved[title])
        for number, title in enumerate(titles, 2)
    ]
    (share,) = corner_shares(small_school(school_class("一（1）班", 1, 3), *copies), TODAY)
    assert [copy.title for copy in share.proposed] == ["小河", "大山", "格列佛游记"]
    (share,) = corner_shares(small_school(school_class("一（1）班", 1, 5), *copies), TODAY)
    assert [copy.title for copy in share.proposed] == ["小河", "大山", "格列佛游记", "世界五千年", "小河"]


def test_nothing_is_sent_to_the_classes_when_books_are_being_collected() -> None:
    books = small_school(school_class(pupils=2), row(AccessionRow, accession_no="000001"))
    assert sum(one.share for one in corner_shares(books, date(2025, 12, 1))) == 1
    assert sum(one.share for one in corner_shares(books, LAST_DAY)) == 0
