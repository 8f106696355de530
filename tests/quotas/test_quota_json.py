"""The JSON of `quota`: names and kinds as other programs rely on them."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from small_school import lent, pupil, school_class, small_school, target, teacher, turn

from schoollib_xl.ledgers.supporting.vocabulary import WeekPattern
from schoollib_xl.ledgers.vocabulary import LoanMode
from schoollib_xl.quotas.statement import statement
from schoollib_xl.samples.year import clean_school
from schoollib_xl.wording.quotas.class_figures import least_sentence
from schoollib_xl.wording.quotas.quota_json import quota_json

CLASS_FIGURES = {
    "pupils": int,
    "loans": int,
    "visits": int,
    "mean": str,
    "reached": int,
    "none": int,
    "gap": int,
    "expected_by_now": str,
    "on_track": bool,
    "per_week_needed": str,
}
TARGET_KEYS = {"name", "grade", "target", "unit", "actual", "reached", "basis", "feasible", "limit_reason"}


@pytest.fixture(scope="module", params=[None, date(2026, 4, 15)], ids=["end of term", "mid-term"])
def answer(request: pytest.FixtureRequest) -> Any:
    books = clean_school().library(request.param)
    said = quota_json(books, statement(books))
    return json.loads(json.dumps(said, ensure_ascii=False))


def test_the_answer_has_the_parts_agreed_on(answer: Any) -> None:
    assert {"as_of", "term", "targets", "classes", "school", "holdings"} <= set(answer)
    assert answer["term"] == {"start": "2026-02-23", "end": "2026-07-03"}
    assert answer["school"]["not_computed"] == []


def test_every_class_is_there_with_its_figures(answer: Any) -> None:
    assert len(answer["classes"]) == 12
    for one in answer["classes"]:
        assert set(one) == {"class", "grade", *CLASS_FIGURES}
        for name, kind in CLASS_FIGURES.items():
            assert one[name] is None or type(one[name]) is kind, (one["class"], name)
        assert Decimal(one["mean"]) >= 0


def test_the_school_adds_up_to_its_classes(answer: Any) -> None:
    school = answer["school"]
    assert set(CLASS_FIGURES) < set(school)
    for name in ("pupils", "loans", "reached", "none"):
        assert school[name] == sum(one[name] or 0 for one in answer["classes"])
    assert Decimal(school["mean"]) == round(Decimal(school["loans"]) / school["pupils"], 2)


def test_of_the_pupils_who_must_borrow_some_as_many_have_as_the_text_says() -> None:
    stated = statement(books := clean_school().library())
    school = quota_json(books, stated)["school"]
    assert (school["pupils_with_minimum"], school["reached_minimum"], school["reached"]) == (200, 187, 211)
    assert "读者名册 200 人，借满 187 人" in least_sentence(stated)


def test_every_target_stands_there_once_with_its_verdict(answer: Any) -> None:
    assert all(set(one) == TARGET_KEYS for one in answer["targets"])
    assert all(type(one["reached"]) is bool and type(one["feasible"]) is bool for one in answer["targets"])
    kinds = {one["name"]: (type(one["target"]), type(one["actual"])) for one in answer["targets"]}
    assert kinds["生均借书册数"] == (str, str)
    assert kinds["报刊种数"] == (int, int)


def test_holdings_say_figure_standard_gap_and_basis(answer: Any) -> None:
    for one in answer["holdings"]:
        assert set(one) == {"name", "actual", "standard", "gap", "basis"}
    found = {one["name"]: one for one in answer["holdings"]}
    per_pupil = found["生均藏书册数"]
    assert Decimal(per_pupil["actual"]) + Decimal(per_pupil["gap"]) == Decimal(per_pupil["standard"])


def test_a_target_of_which_no_loan_is_on_record_has_no_figure() -> None:
    books = small_school(school_class(), pupil("甲"), target("生均借书册数", Decimal(4)))
    [told] = quota_json(books, statement(books))["targets"]
    assert (told["actual"], told["reached"], told["target"]) == (None, False, "4")


@pytest.mark.parametrize(("name", "asked"), [("学习笔记字数", 500), ("每生最低借书册数", 500), ("生均借书次数", "500")])
def test_a_target_is_a_number_where_its_figure_is_a_count_recorded_or_not(name: str, asked: int | str) -> None:
    books = small_school(school_class(), pupil("甲"), target(name, Decimal(500)))
    [told] = quota_json(books, statement(books))["targets"]
    assert (told["target"], told["actual"]) == (asked, None)


def test_a_target_that_cannot_be_met_says_why_in_one_sentence() -> None:
    books = small_school(
        school_class(),
        pupil("甲"),
        turn(weeks=WeekPattern.ODD),
        target("生均借书册数", Decimal(12), "3-6"),
        lent("甲", date(2025, 9, 8)),
    )
    [one] = quota_json(books, statement(books))["targets"]
    assert one["limit_reason"].startswith("三（1）班：全学期 18 周，轮到 9 次，每次 1 册，每人最多 9 册，9 < 12")
    assert {key: one[key] for key in ("name", "grade", "target", "actual", "reached", "feasible")} == {
        "name": "生均借书册数",
        "grade": "3-6",
        "target": "12",
        "actual": "0.50",
        "reached": False,
        "feasible": False,
    }


def test_a_shelf_lent_on_a_card_without_a_class_is_counted_apart() -> None:
    shelf = lent("丁", date(2025, 9, 3), None, mode=LoanMode.CLASS, accession_no="000009")
    read_here = lent("丁", date(2025, 9, 3), None, mode=LoanMode.IN_ROOM, accession_no="000008")
    books = small_school(school_class(), teacher("丁"), shelf, read_here)
    school = quota_json(books, statement(books))["school"]
    assert (school["class_corner_loans"], school["in_room_loans"], school["loans"]) == (1, 1, 0)
