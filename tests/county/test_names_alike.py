"""Schools whose names begin alike: two of two towns that got the same books, or parts of one."""

from dataclasses import replace

import pytest

from county.test_whose_books import books, entries, recorded
from schoollib_xl.county.counting import counted_once
from schoollib_xl.county.rollup import Rolled
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.supporting.people import ClassRow
from schoollib_xl.wording.county.county_answer import county_answer
from schoollib_xl.wording.county.county_json import county_json

GIVEN = books(1, copies=120, loans=60).rows[AccessionRow]


def twin(number: int, name: str, *, bought: int = 200, pupils: int = 0, lending: int = 0) -> LedgerSet:
    """A school that got the same 120 copies as others, and has so many of its own, classes and loans beside."""
    own = books(9 + number, lending, copies=120 + bought, loans=60, pupils=pupils or 20 + number, name=name)
    return replace(own, rows={**own.rows, AccessionRow: [*GIVEN, *own.rows[AccessionRow][120:]]})


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (twin(1, "东风小学（东镇）"), twin(2, "东风小学（西镇）")),
        (twin(1, "东风小学（东镇）", bought=0), twin(2, "东风小学(西镇)", bought=0)),
        (twin(1, "东镇东风小学"), twin(2, "东风小学（西镇）")),
        (twin(1, "东风小学（甲）"), twin(2, "东风小学（乙）")),
        (twin(1, "东风小学"), twin(2, "东风小学")),
    ],
    ids=["towns", "nothing but the delivery", "one in brackets", "no towns", "one name"],
)
def test_schools_of_one_name_that_got_the_same_books_are_not_asked_about(first: LedgerSet, second: LedgerSet) -> None:
    counted, left_out = counted_once(entries({"1.xlsx": first, "2.xlsx": second}))
    assert ([one.doubles for one in counted], [one.namesakes for one in counted], left_out) == ([(), ()], [(), ()], [])


def test_schools_of_one_name_and_one_delivery_are_two_in_the_folders_of_two_towns_and_asked_about_in_others() -> None:
    first, second = twin(1, "东风小学", bought=0), twin(2, "东风小学", bought=0)
    for folders, schools in (
        (("东镇/小学", "西镇"), 2),
        (("上学期", "下学期"), 1),
        (("东镇/上学期", "东镇/下学期"), 1),
    ):
        files = [f"{folder}/东风小学.xlsx" for folder in folders]
        counted, left_out = counted_once(entries(dict(zip(files, (first, second), strict=True))))
        assert (len(counted), len(left_out)) == (schools, 2 - schools)
        assert bool(counted[0].namesakes) == (schools == 1)


ONE = twin(1, "东风小学（东镇）")


@pytest.mark.parametrize(
    "other",
    [
        replace(ONE, school=ONE.school._replace(name="东风小学（西镇）")),
        replace(ONE, school=ONE.school._replace(name="东镇东风小学南校区")),
        twin(1, "东镇东风小学（南校区）"),
        twin(1, "东镇东风小学（东区）", pupils=33),
        replace(twin(2, "东镇东风小学（下册）"), rows={**twin(2, "").rows, LoanRow: []}),
    ],
    ids=["a copy", "the books of a campus", "the same loans", "its own roster", "without loans"],
)
def test_parts_and_copies_of_one_school_are_asked_about_as_before(other: LedgerSet) -> None:
    counted, _ = counted_once(entries({"1.xlsx": ONE, "2.xlsx": other}))
    assert [one.doubles for one in counted] == [("1.xlsx", "2.xlsx")] * 2


def test_the_whole_register_of_another_campus_is_asked_about_and_so_are_two_forks_of_one_name() -> None:
    made = {"1.xlsx": twin(1, "东风小学", bought=0), "2.xlsx": twin(2, "东风小学东校区", bought=0)}
    assert [one.doubles for one in counted_once(entries(made))[0]] == [("1.xlsx", "2.xlsx")] * 2
    forks = {"1.xlsx": twin(1, "东风小学", pupils=20), "2.xlsx": twin(2, "东风小学", pupils=20)}
    assert len(counted_once(entries(forks))[1]) == 1


def test_parts_of_one_school_by_their_names_with_nothing_in_common_are_told_and_blamed_for_nothing() -> None:
    made = {
        "1.xlsx": books(1, pupils=30, name="河口小学（上册）"),
        "2.xlsx": books(2, pupils=31, name="河口小学（下册）"),
        "3.xlsx": books(3, pupils=32, name="河口小学附属幼儿园"),
        "4.xlsx": books(4, pupils=33, name="河口小学（东镇）"),
    }
    counted, left_out = counted_once(entries(made))
    rolled = Rolled(4, counted, (), left_out)
    (told,) = [one for one in county_answer(rolled).sentences if one.startswith("名称开头一样")]
    assert "“河口小学”2 份（河口小学（上册）、河口小学（下册））；其实是一所的账分几份记的，就多算了学校" in told
    assert county_json(rolled)["county"]["named_alike"] == {"河口小学": ["1.xlsx", "2.xlsx"]}
    assert [one.doubles for one in counted] == [()] * 4


def test_of_a_school_without_a_class_the_record_tells_how_many_borrowed() -> None:
    made = books(1, pupils=7, loans=20)
    assert recorded(made).card_holders is None
    assert recorded(replace(made, rows={**made.rows, ClassRow: []})).card_holders == 7
