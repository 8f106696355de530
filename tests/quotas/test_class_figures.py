"""The table of the classes: every figure of a row is of the same pupils, and nothing empty is shown."""

import random
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from math import ceil
from typing import Any

import pytest
from small_school import FIRST_DAY, lent, pupil, school_class, small_school, target

from schoollib_xl.ledgers.grades import MixedGrade
from schoollib_xl.ledgers.supporting.vocabulary import ClassLending
from schoollib_xl.quotas.statement import Statement, statement
from schoollib_xl.wording.quotas.class_figures import (
    FIGURES,
    IN_JSON,
    LOANS,
    figure_rows,
    grade_name,
    least_sentence,
    meanings,
    rows_by_class,
    rows_by_grade,
    shown,
)
from schoollib_xl.wording.quotas.quota_answer import term_sections

MID_TERM = date(2025, 11, 7)


def mixed_school(seed: int) -> Statement:
    """Classes of several grades, of which some have a mean, some a minimum, some both and some neither."""
    draw = random.Random(seed)
    rows: list[Any] = []
    for number in range(draw.randint(1, 7)):
        grade = draw.randint(1, 4)
        name, pupils = f"{'一二三四'[grade - 1]}（{number}）班", draw.randint(0, 4)
        rows.append(school_class(name, grade, pupils, lending=draw.choice([None, *ClassLending])))
        for each in range(pupils):
            reader = f"{number}{each:03}"
            rows += [
                pupil(reader, name),
                *(lent(reader, FIRST_DAY + timedelta(weeks=week), name) for week in range(draw.randint(0, 6))),
            ]
    for name, grades in (("生均借书册数", "2-3"), ("生均借书册数", None), ("每生最低借书册数", "3-4")):
        if draw.random() < 0.6:
            rows.append(target(name, Decimal(draw.randint(1, 6)), grades))
    return statement(small_school(*rows, as_of=MID_TERM))


@pytest.mark.parametrize("seed", range(16))
def test_no_row_mixes_two_bases(seed: int) -> None:
    for row in figure_rows(mixed_school(seed)):
        figures, members = row.figures, row.members
        assert figures.pupils == sum(one.obligation.pupils or 0 for one in members)
        assert figures.loans == sum(one.obligation.loans or 0 for one in members)
        if figures.pupils:
            mean = (Decimal(figures.loans or 0) / figures.pupils).quantize(Decimal("0.01"), ROUND_HALF_UP)
            assert figures.mean == mean
        if figures.target is not None:
            assert all(one.obligation.target is not None for one in members)
            asked = sum((one.obligation.target or 0) * (one.obligation.pupils or 0) for one in members)
            assert figures.gap == max(0, ceil(asked - (figures.loans or 0)))
        if figures.reached is not None:
            assert all(one.least is not None for one in members)
            assert figures.reached == sum(not pupil.short_by for one in members for pupil in one.pupils)


@pytest.mark.parametrize("seed", range(16))
def test_no_column_is_empty_and_no_sum_repeats_a_single_class(seed: int) -> None:
    quotas = mixed_school(seed)
    ((table,),) = [section.tables for section in term_sections(quotas) if section.name == "各班"]
    for index, name in enumerate(table.header):
        assert any(row[index] is not None for row in table.rows), name
    totals = [row for row in figure_rows(quotas) if row.is_total]
    assert all(len(row.members) > 1 or row.name == "有指标的班" for row in totals)
    assert not any(sentence.startswith("另外") for sentence in table.notes)


def test_what_is_asked_of_some_pupils_is_said_of_these_alone() -> None:
    quotas = statement(
        small_school(
            school_class("二（1）班", 2, 2), school_class(pupils=2), pupil("甲", "二（1）班"), pupil("乙"), pupil("丙"),
            lent("乙", FIRST_DAY), target("生均借书册数", Decimal(2)), target("每生最低借书册数", Decimal(1), "3"),
            as_of=MID_TERM,
        )
    )  # fmt: skip
    assert [row.figures.reached for row in figure_rows(quotas)] == [None, 1, None]
    assert least_sentence(quotas) == "有每人最低册数的 1 个班，读者名册 2 人，借满 1 人。"


def test_every_figure_has_a_name_of_its_own_and_a_meaning() -> None:
    defined = {*FIGURES, *IN_JSON.values()}
    assert len({one.name for one in defined}) == len(defined)
    assert len({one.definition for one in FIGURES}) == len(FIGURES)
    told = meanings(FIGURES, short=False)
    assert told.startswith("生均目标：全班人均要借的册数，不是每人的；")
    assert meanings(shown([]), short=True) == ""


def test_other_programs_get_the_figures_of_the_tables_by_their_names() -> None:
    for row in rows_by_class(mixed_school(3)):
        figures = row.members[0].obligation
        in_json = {name: one.of(figures) for name, one in IN_JSON.items()}
        assert in_json["loans"] == LOANS.of(row.figures)
        assert list(in_json) == [
            *("pupils", "loans", "visits", "mean", "reached", "none"),
            *("gap", "expected_by_now", "on_track", "per_week_needed"),
        ]


@pytest.mark.parametrize(
    ("grades", "named", "in_figures"),
    [
        ((0, 0), "学前班", "学前班合计"),
        ((MixedGrade(1, 2), 1), "一、二年级", "1、2 年级合计"),
        ((3, 3), "三年级", "3 年级合计"),
    ],
)
def test_a_grade_is_called_by_what_its_classes_are(grades: tuple[int, int], named: str, in_figures: str) -> None:
    classes = [school_class(f"{number}班", grade) for number, grade in enumerate(grades)]
    stated = statement(small_school(*classes))
    ((_, row),) = rows_by_grade(stated)
    assert grade_name(row.members) == named
    assert in_figures in [one.name for one in figure_rows(stated)]
