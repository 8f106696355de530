"""One class, however it is written."""

import pytest

from make import library, row
from schoollib_xl.ledgers.grades import class_key
from schoollib_xl.ledgers.supporting.people import ClassRow


@pytest.mark.parametrize(
    "written",
    [
        "三（1）班",
        "三(1)班",
        "三 ( 1 ) 班",
        "３（1）班",
        "三年级（1）班",
        "三年级一班",
        "三年1班",
        "三1班",
        "3〔1〕班",
        "三（一）",
        "3.1",
        "3-1班",
        "三·1班",
    ],
)
def test_every_way_of_writing_a_class_is_one(written: str) -> None:
    assert class_key(written) == class_key("三（1）班") == "3-1"


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("六（10）班", "6-10"),
        ("六（十）班", "6-10"),
        ("六（十二）班", "6-12"),
        ("五（二）班", "5-2"),
        ("启航 班", "启航班"),
    ],
)
def test_two_figures_and_names_of_their_own_are_kept_apart(written: str, key: str) -> None:
    assert class_key(written) == key


def test_a_class_is_called_by_its_own_name_before_any_other() -> None:
    plain, round_brackets = row(ClassRow, class_name="三1班"), row(ClassRow, class_name="三（1）班", line=3)
    books = library(plain, round_brackets)
    assert books.class_called("三（1）班") == round_brackets
    assert books.class_called("三(1)班") == plain
    assert books.class_called("三（2）班") is None
    assert books.class_called(None) is None
