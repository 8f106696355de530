"""适用年级 as schools write it."""

import pytest

from schoollib_xl.ledgers.grades import ALL_GRADES, grades_in_scope


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        ("3-6", {3, 4, 5, 6}),
        ("三至六年级", {3, 4, 5, 6}),
        ("3-6年级", {3, 4, 5, 6}),
        ("3到6", {3, 4, 5, 6}),
        ("三年级至六年级", {3, 4, 5, 6}),
        ("三 — 六 年级", {3, 4, 5, 6}),
        ("３～６年级", {3, 4, 5, 6}),
        ("三、四年级", {3, 4}),
        ("五六年级", {5, 6}),
        ("一年级和三至四年级", {1, 3, 4}),
        ("1，2", {1, 2}),
        ("第5年级", {5}),
        ("全校", ALL_GRADES),
        ("", ALL_GRADES),
        (None, ALL_GRADES),
    ],
)
def test_the_grades_that_a_scope_names(text: str | None, grades: set[int]) -> None:
    assert grades_in_scope(text) == grades


@pytest.mark.parametrize("text", ["高年级", "七年级", "3-8", "年级", "、", "36", "三（1）班"])
def test_what_names_no_grades(text: str) -> None:
    assert grades_in_scope(text) is None
