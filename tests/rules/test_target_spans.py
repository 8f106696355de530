"""Over how long a target is asked, by its unit."""

import pytest

from schoollib_xl.rules.target_spans import TargetSpan, span_named


@pytest.mark.parametrize(
    ("unit", "span"),
    [
        *((unit, TargetSpan.TERM) for unit in ("册", "册/学期", "册（每学期）", "册/人", "次", "", "册/年级", "天")),
        *((unit, TargetSpan.TERM) for unit in ("次/第二学期", "册/半年", "册（三年计划）", "册/二年级")),
        *((unit, TargetSpan.YEAR) for unit in ("册/年", "册/学年", "每年册", "次/全年", "册/两学期", "次，每学年")),
        *((unit, TargetSpan.WEEK) for unit in ("次/周", "册/星期")),
        *((unit, TargetSpan.OTHER) for unit in ("册/月", "册/旬", "次/天", "次/季度", "册/三年", "册/半学期")),
    ],
)
def test_the_time_a_unit_names(unit: str, span: TargetSpan) -> None:
    assert span_named("生均借书册数", unit) is span


@pytest.mark.parametrize(
    ("name", "span"),
    [("生均新增册数", TargetSpan.YEAR), ("生均征订金额", TargetSpan.YEAR), ("每周开放小时", TargetSpan.WEEK)],
)
def test_a_unit_without_a_time_means_the_usual_one(name: str, span: TargetSpan) -> None:
    assert span_named(name, "册") is span
    assert span_named(name, "册/学期") is TargetSpan.TERM
