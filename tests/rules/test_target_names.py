"""Names of targets, and what a misspelled one was meant for."""

from decimal import Decimal

import pytest

from schoollib_xl.rules.target_names import TARGET_NAMES, activity_of, in_per_cent, nearest


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("生均借书数", "生均借书册数"),
        ("读书演讲赛次数", "读书演讲比赛次数"),
        ("读书征文比赛次数", None),
        ("工作总结", None),
    ],
)
def test_a_name_is_near_another_where_a_character_or_two_differ(name: str, meant: str | None) -> None:
    assert nearest(name, TARGET_NAMES) == meant


def test_nothing_is_near_where_there_are_no_names() -> None:
    assert nearest("生均借书册数", ()) is None


@pytest.mark.parametrize(
    ("name", "kind"), [("阅读笔记展评次数", "阅读笔记展评"), ("读书报期数", "读书报"), ("生均借书册数", None)]
)
def test_a_target_counted_in_times_is_about_an_activity(name: str, kind: str | None) -> None:
    assert activity_of(name) == kind


@pytest.mark.parametrize(
    ("name", "written", "per_cent"),
    [
        *(
            ("帐物相符率", "0.98", "98"),
            ("帐物相符率", "1", "100"),
            ("帐物相符率", "98", "98"),
            ("书标齐全率", "0", "0"),
        ),
        *(("逾期率", "0.02", "2"), ("逾期率", "0.5", "0.5"), ("丢失率", "1", "1")),
        *(("藏书比例（A 类）", "0.015", "1.5"), ("藏书比例（A 类）", "1.5", "1.5"), ("人均流通册数", "0.5", "0.5")),
    ],
)
def test_a_share_is_told_from_a_figure_in_per_cent(name: str, written: str, per_cent: str) -> None:
    assert in_per_cent(name, Decimal(written)) == Decimal(per_cent)
