"""Over how long a target is asked, by its unit."""

import pytest

from schoollib_xl.rules.target_spans import TargetSpan, span_of


@pytest.mark.parametrize(
    ("unit", "span"),
    [
        *((unit, TargetSpan.TERM) for unit in ("册", "册/学期", "册/人", "次", "", "册/年级", "册/半年")),
        *((unit, TargetSpan.YEAR) for unit in ("册/年", "册/学年", "每年册", "次/全年")),
        *((unit, TargetSpan.SHORTER) for unit in ("册/月", "次/周", "册/星期", "册/旬", "次/天")),
    ],
)
def test_the_time_a_unit_names(unit: str, span: TargetSpan) -> None:
    assert span_of(unit) is span
