"""借阅规则, 赔偿规则, 任务指标 and what 活动记录 and 阅览登记 have of them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from make import EXAMPLE_SCHOOL, findings, library, report, row, sentences, with_incomplete
from schoollib_xl.checks.school.targets import STANDARD_OF_2018
from schoollib_xl.ledgers.grades import MixedGrade
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.school import School
from schoollib_xl.ledgers.supporting.activities import ActivityRow, VisitRow
from schoollib_xl.ledgers.supporting.people import ClassRow
from schoollib_xl.ledgers.supporting.promises import CompensationRule, LendingRule, TargetRow
from schoollib_xl.ledgers.supporting.vocabulary import VisitorKind
from schoollib_xl.ledgers.vocabulary import Incident, ReaderKind
from schoollib_xl.quotas.measures.indicators import indicators
from schoollib_xl.rules.lending import governing
from schoollib_xl.rules.placeholders import shipped
from schoollib_xl.rules.target_names import FIGURE_NAMES, TARGET_NAMES, TargetName
from schoollib_xl.samples.year import clean_school
from schoollib_xl.sheets.reading.tidy import tidy

CLASS = row(ClassRow)


def rule(**changes: Any) -> LendingRule:
    """For everyone from 1 September: one copy, fourteen days, one renewal."""
    return row(LendingRule, **({"reader_kind": None} | changes))


def owing(**changes: Any) -> CompensationRule:
    """For lost copies from 1 September: the price once."""
    return row(CompensationRule, **changes)


def target(name: str = "生均借书册数", **changes: Any) -> TargetRow:
    return row(TargetRow, name=name, **changes)


@pytest.mark.parametrize(
    "other",
    [
        rule(reader_kind=ReaderKind.TEACHER, copies=5),
        rule(grade=3, copies=2),
        rule(class_name="三（1）班", copies=2),
        rule(since=date(2025, 9, 2), copies=2),
        rule(basis="另一份文件"),
    ],
)
def test_rules_of_another_scope_or_day_or_of_one_mind_do_not_contradict(other: LendingRule) -> None:
    assert findings("QUO001", CLASS, rule(), other) == []


@pytest.mark.parametrize(
    ("changes", "cell", "words"),
    [
        ({"copies": 2}, "E3", "“同时可借册数”一条是 1，一条是 2"),
        ({"days": 7}, "F3", "“借期天数”一条是 14，一条是 7"),
        ({"renewals": None}, "G3", "“可续借次数”一条是 1，一条是 0"),
    ],
)
def test_two_rules_of_one_scope_and_day_that_differ_contradict(changes: dict[str, Any], cell: str, words: str) -> None:
    assert findings("QUO001", rule(), rule(**changes)) == [f"QUO001 借阅规则!{cell}"]
    assert sentences("QUO001", rule(), rule(**changes)) == [f"范围和日期都一样的两条规则，{words}。"]


def test_a_blank_and_a_zero_are_the_same_and_so_is_a_class_spelled_two_ways() -> None:
    assert findings("QUO001", rule(renewals=0), rule(renewals=None)) == []
    spelled = rule(class_name="三（1）班"), rule(class_name="三(1)班", copies=2)
    assert findings("QUO001", CLASS, *spelled) == ["QUO001 借阅规则!E3"]


def test_a_rule_for_everyone_must_exist() -> None:
    assert findings("QUO002", rule()) == []
    assert findings("QUO002", rule(reader_kind=ReaderKind.PUPIL), rule(grade=3)) == ["QUO002 借阅规则!A1"]
    assert sentences("QUO002") == ["借阅规则里没有读者类别、年级、班级都空着的一条。"]
    assert report("QUO002", with_incomplete(library(), LendingRule)).findings == ()


def test_rules_of_compensation_for_another_incident_or_day_do_not_contradict() -> None:
    damaged = owing(incident=Incident.DAMAGED, multiple=Decimal("0.5"))
    later = owing(since=date(2026, 1, 1), multiple=Decimal(2))
    assert findings("QUO003", owing(), damaged, later, owing(fee=Decimal(0)), owing(whole_set=None)) == []


@pytest.mark.parametrize(
    ("changes", "cell", "item"),
    [
        ({"multiple": Decimal(2)}, "C3", "倍率"),
        ({"minimum": Decimal(5)}, "D3", "最低额"),
        ({"fee": Decimal(1)}, "E3", "加工费"),
        ({"whole_set": "是"}, "F3", "套书按全套"),
    ],
)
def test_two_rules_of_compensation_that_differ_contradict(changes: dict[str, Any], cell: str, item: str) -> None:
    assert findings("QUO003", owing(), owing(**changes)) == [f"QUO003 赔偿规则!{cell}"]
    assert sentences("QUO003", owing(), owing(**changes)) == [f"2025年9月1日 起的两条“遗失”规则，“{item}”写得不一样。"]


def test_whole_sets_are_yes_or_no() -> None:
    assert findings("QUO201", owing(), owing(whole_set="是"), owing(whole_set=None)) == []
    assert findings("QUO201", owing(whole_set="看情况")) == ["QUO201 赔偿规则!F2"]
    assert sentences("QUO201", owing(whole_set="看情况")) == ["“套书按全套”填的是“看情况”，应当是“是”或“否”。"]


def test_a_rule_for_a_class_of_another_grade_is_for_nobody() -> None:
    assert findings("QUO305", CLASS, rule(class_name="三（1）班", grade=3), rule(class_name="三（1）班")) == []
    wrong = rule(class_name="三（1）班", grade=4)
    assert findings("QUO305", CLASS, wrong) == ["QUO305 借阅规则!B2"]
    assert sentences("QUO305", CLASS, wrong) == ["规则写的是三（1）班，年级却是 4，班级表里它是 3 年级。"]


def test_a_rule_for_several_grades_is_for_each_of_them_and_for_no_other() -> None:
    upper = rule(grade=MixedGrade(3, 4, 5, 6), copies=3)
    assert findings("QUO305", CLASS, upper._replace(class_name="三（1）班")) == []
    assert findings("QUO001", CLASS, upper, rule(grade=3, copies=2)) == []
    assert findings("QUO001", CLASS, upper, upper._replace(copies=2)) == ["QUO001 借阅规则!E3"]
    rules = [rule(), upper, rule(grade=3, copies=2)]
    asked = [governing(rules, ReaderKind.PUPIL, grade, None, date(2025, 9, 9)) for grade in (1, 3, 5)]
    assert [one.copies for one in asked if one] == [1, 2, 3]
    read = tidy("三至六年级", SHEETS[LendingRule].by_name["grade"], 6)
    assert isinstance(read, MixedGrade)
    assert read.grades == (3, 4, 5, 6)


def test_the_known_names_are_all_the_quotas_reckon() -> None:
    reckoned = {one.name for one in indicators(clean_school().library())}
    assert reckoned | {name.value for name in TargetName} <= {*TARGET_NAMES, *FIGURE_NAMES}


@pytest.mark.parametrize("name", [*TARGET_NAMES, *FIGURE_NAMES, "书签制作比赛次数", "手抄报期数"])
def test_a_known_name_and_a_counted_activity_are_silent(name: str) -> None:
    assert findings("QUO011", target(name)) == findings("QUO911", target(name)) == []


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("生均借书数", "生均借书册数"),
        ("生均借阅次数", "生均借书次数"),
        ("阅读笔记展览次数", "阅读笔记展评次数"),
        ("报刊种类数", "报刊种数"),
        ("生均征订金额（元）", "生均征订金额"),
    ],
)
def test_a_misspelled_name_is_found_with_the_nearest(name: str, meant: str) -> None:
    assert findings("QUO011", target(name)) == ["QUO011 任务指标!A2"]
    assert sentences("QUO011", target(name)) == [f"没有“{name}”这个指标，最接近的是“{meant}”。"]
    assert findings("QUO911", target(name)) == []


def test_a_name_like_another_that_counts_a_recorded_activity_is_its_own() -> None:
    shown = target("阅读笔记展览次数"), row(ActivityRow, kind="阅读笔记展览")
    assert findings("QUO011", *shown) == []


def test_a_name_nothing_records_is_a_hint() -> None:
    odd = target("教师读书笔记篇数")
    assert findings("QUO011", odd) == []
    assert [one.severity.value for one in report("QUO911", library(odd)).findings] == ["hint"]
    assert sentences("QUO911", odd) == ["“教师读书笔记篇数”不在能算的指标里，总结里只能手填。"]


def test_targets_of_another_name_or_scope_stand_side_by_side() -> None:
    assert findings("QUO012", target(), target(grades="3-6"), target(grades="1,2"), target("报刊种数")) == []


def test_a_target_of_the_term_and_one_of_the_year_contradict_nothing() -> None:
    yearly = target(unit="册/年", value=Decimal(20)), target(grades="3-4", unit="册/年", value=Decimal(120))
    assert findings("QUO012", target(), *yearly) == []
    assert findings("QUO014", target(grades="3-6"), yearly[1]) == []
    assert findings("QUO015", target("每生最低借书册数", value=Decimal(30)), yearly[0]) == []
    assert findings("QUO018", *yearly) == []
    assert findings("QUO015", target("每生最低借书册数", value=Decimal(30)), target()) != []


@pytest.mark.parametrize(("one", "other"), [(None, None), ("3-6", "3,4,5,6"), (None, "1-6")])
def test_two_targets_of_one_name_and_scope_are_found_at_the_second(one: str | None, other: str | None) -> None:
    rows = target(grades=one), target(grades=other, value=Decimal(3))
    assert findings("QUO012", *rows) == ["QUO012 任务指标!A3"]
    assert sentences("QUO012", *rows) == ["“生均借书册数”前面已经有一个目标，适用年级也一样。"]


def test_grades_nobody_can_read_are_found() -> None:
    assert findings("QUO013", target(), target(grades="3-6")) == []
    assert findings("QUO013", target(grades="高年级")) == ["QUO013 任务指标!B2"]
    assert sentences("QUO013", target(grades="高年级")) == [
        "“生均借书册数”的适用年级填的是“高年级”，看不出是哪几个年级。"
    ]
    assert findings("QUO012", target(grades="高年级"), target(grades="高年级")) == []


def activity(**changes: Any) -> ActivityRow:
    return row(ActivityRow, **changes)


@pytest.mark.parametrize("day", [date(2025, 8, 1), date(2026, 1, 24), date(2026, 7, 31)])
def test_activities_of_the_school_year_may_fall_into_its_holidays(day: date) -> None:
    assert findings("ACT101", activity(held_on=day)) == findings("VIS101", row(VisitRow, visited_on=day)) == []


@pytest.mark.parametrize("day", [date(2025, 7, 31), date(2026, 8, 1)])
def test_what_was_done_in_another_school_year_is_found(day: date) -> None:
    assert findings("ACT101", activity(held_on=day)) == ["ACT101 活动记录!A2"]
    assert findings("VIS101", row(VisitRow, visited_on=day)) == ["VIS101 阅览登记!A2"]
    # A sheet that was gone on with has all of a year at once.
    gone_on_with = [row(VisitRow, visited_on=day, line=line) for line in range(2, 22)]
    assert len(findings("VIS101", *gone_on_with, row(VisitRow, visited_on=date(2020, 1, 1), line=22))) == 2


def visits(*days: str) -> list[Any]:
    return [row(VisitRow, line=line, visited_on=date.fromisoformat(day)) for line, day in enumerate(days, 2)]


def test_a_day_months_beside_its_neighbours_is_a_hint_in_a_book_kept_by_its_days() -> None:
    assert findings("VIS103", *visits("2025-09-01", "2025-12-02", "2025-09-15")) == ["VIS103 阅览登记!A3"]
    assert findings("VIS103", *visits("2025-10-01", "2025-11-02", "2025-09-15")) == ["VIS103 阅览登记!A4"]
    assert findings("VIS103", *visits("2025-10-01", "2025-09-15", "2025-10-16")) == []
    assert findings("VIS103", *visits("2025-12-01", "2025-09-02", "2025-12-03", "2025-09-04")) == []
    assert findings("VIS103", *visits("2024-09-01", "2025-09-02", "2024-10-03")) == []


def test_a_book_that_is_not_kept_by_its_days_blames_no_row() -> None:
    assert findings("VIS103", *visits("2026-06-05", "2026-03-13")) == []
    assert findings("VIS103", *visits("2026-06-30", *["2026-05-29"] * 19, *["2026-04-30"] * 19)) == []
    assert findings("VIS103", *visits("2026-06-30", *["2026-03-13"] * 3)) == []


@pytest.mark.parametrize("said", [{"result": "补记"}, {"name": "分校检查"}, {"result": "补登上月的"}])
def test_a_row_that_says_why_it_stands_elsewhere_is_not_told(said: dict[str, str]) -> None:
    days = date(2025, 9, 5), date(2025, 10, 6), date(2025, 12, 5)
    rows = [activity(line=line, held_on=day, name=f"{line}") for line, day in enumerate(days, 2)]
    late = activity(line=5, held_on=date(2025, 9, 10))
    assert findings("ACT104", *rows, late) == ["ACT104 活动记录!A5"]
    assert findings("ACT104", *rows, late._replace(**said)) == []


def test_another_school_year_is_said_with_the_day() -> None:
    assert sentences("ACT101", activity(held_on=date(2024, 10, 24))) == [
        "“秋季阅读笔记展评”的日期是 2024年10月24日，不在本学年。"
    ]
    assert sentences("VIS101", row(VisitRow, visited_on=date(2024, 9, 10))) == [
        "阅览日期是 2024年9月10日，不在本学年。"
    ]


def test_without_a_term_no_day_is_of_another_year() -> None:
    assert findings("ACT101", activity(held_on=date(2020, 1, 1)), school=School()) == []


def test_an_activity_entered_twice_is_told_at_the_later_line() -> None:
    again = activity(name="秋季 阅读笔记展评", result=None)
    assert findings("ACT001", activity(), again, activity()) == ["ACT001 活动记录!C3", "ACT001 活动记录!C4"]
    assert sentences("ACT001", activity(), activity()) == ["2025年10月24日 的“秋季阅读笔记展评”前面已经记过一行。"]


@pytest.mark.parametrize(
    "changes",
    [
        {"held_on": date(2025, 10, 25)},
        {"kind": "书签制作比赛"},
        {"name": "秋季阅读笔记展评（下午场）"},
        {"classes": "一、二年级"},
        {"classes": None},
        {"participants": 60},
        {"person": "陈静"},
        {"result": "展出笔记 25 份"},
    ],
)
def test_two_sessions_that_anything_tells_apart_are_two(changes: dict[str, Any]) -> None:
    assert findings("ACT001", activity(), activity(**changes)) == []


def test_an_activity_is_named_as_the_target_that_counts_it() -> None:
    promised = target("阅读笔记展评次数")
    assert findings("ACT301", promised, activity(), activity(kind="书签制作比赛")) == []
    assert findings("ACT301", promised, activity(kind="阅读笔记展览")) == ["ACT301 活动记录!B2"]
    assert sentences("ACT301", promised, activity(kind="阅读笔记展览")) == [
        "活动类别写的是“阅读笔记展览”，任务指标里最接近的是“阅读笔记展评”。"
    ]
    assert findings("ACT301", activity(kind="阅读笔记展览")) == []


def test_a_target_misspelled_is_not_what_the_activities_should_be_called() -> None:
    books = target("图书未检查次数"), activity(kind="图书室检查")
    assert findings("ACT301", *books) == []
    assert findings("QUO011", *books) == ["QUO011 任务指标!A2"]


@pytest.mark.parametrize(
    "written", [None, "三（1）班", "三至六年级", "全校", "红星小学三（9）班", "中学七年级", "三年级", "家长代表"]
)
def test_classes_that_took_part_are_of_the_school_or_of_another(written: str | None) -> None:
    assert findings("ACT302", row(ClassRow), activity(classes=written)) == []


def test_a_class_that_took_part_and_is_not_in_the_list_is_told() -> None:
    assert findings("ACT302", activity(classes="三（9）班")) == []
    assert sentences("ACT302", row(ClassRow), activity(classes="三（1）、（9）班和七（2）班")) == [
        "“秋季阅读笔记展评”的参加班级写着“三(9)班、七(2)班”，班级表里没有。"
    ]


def test_a_grade_that_the_school_has_not_is_told_like_a_class() -> None:
    assert findings("ACT302", row(ClassRow), activity(classes="七年级")) == ["ACT302 活动记录!D2"]
    assert sentences("ACT302", row(ClassRow), activity(classes="五年级、三（1）班"))[0].startswith(
        "“秋季阅读笔记展评”的参加班级写着“五年级”"
    )


def test_two_activities_much_alike_may_both_be_promised() -> None:
    both = target("阅读笔记展评次数"), target("阅读笔记展览次数")
    assert findings("ACT301", *both, activity(), activity(kind="阅读笔记展览")) == []


def test_a_class_visit_names_its_class() -> None:
    teacher = row(VisitRow, visitor=VisitorKind.TEACHER, class_name=None)
    assert findings("VIS303", row(VisitRow), teacher) == []
    assert findings("VIS303", row(VisitRow, class_name=None)) == ["VIS303 阅览登记!C2"]
    assert sentences("VIS303", row(VisitRow, class_name=None)) == ["2025年9月10日 的阅览写着对象是班级，班级空着。"]


def test_a_target_is_held_to_the_number_of_its_own_basis() -> None:
    def told(basis: str, name: str = "生均借书册数", unit: str = "册", value: int = 8) -> list[str]:
        target = row(TargetRow, name=name, unit=unit, value=Decimal(value), basis=basis)
        return sentences("QUO019", target)

    assert told("县考评要求：生均不少于 12 册") == [
        "“生均借书册数”的目标值是 8册，依据“县考评要求：生均不少于 12 册”说的是 12册。"
    ]
    # A minimum is kept by more, unless by a nought too many.
    assert told("县考评要求：生均不少于 6 册") == told("规程（2018）", "生均藏书册数", value=30) == []
    assert told("规程（2018）", "生均藏书册数", value=250)
    assert (
        told("一二年级 2 册，三至六年级 8 册") == told("本校借阅制度第六条") == told("规程 12 册，本校先到 8 册") == []
    )
    assert (
        told("校务会议定，每月一次", "图书室检查次数", "次", 5) == told("第三次校务会", "图书室检查次数", "次", 5) == []
    )
    rows = [one for one in shipped()["任务指标"] if "规程" in one["basis"]]
    assert {one["name"]: one["value"] for one in rows} == STANDARD_OF_2018
    standard = "教育部 2018 年规程"
    assert told(standard, "生均藏书册数", value=25) == told(standard, "报刊种数", "种", 60) == []
    assert told(standard, "生均藏书册数", value=24) == [
        "“生均藏书册数”的目标值是 24册，依据“教育部 2018 年规程”说的是 25册。"
    ]
    middle = row(TargetRow, name="生均藏书册数", unit="册", value=Decimal(20), basis=standard)
    assert findings("QUO019", middle, school=EXAMPLE_SCHOOL._replace(kind="九年一贯制学校")) == []


def test_a_rule_that_stands_there_twice_is_found() -> None:
    rule = row(LendingRule)
    assert findings("QUO033", rule, rule._replace(basis="校务会")) == ["QUO033 借阅规则!D3"]
    assert findings("QUO033", rule, rule._replace(grade=5)) == []
    owing = row(CompensationRule)
    assert findings("QUO033", owing, owing) == ["QUO033 赔偿规则!A3"]


def test_a_figure_of_a_rule_that_was_typed_twice_is_asked_about() -> None:
    assert findings("QUO308", rule(copies=11), rule(renewals=22)) == ["QUO308 借阅规则!E2", "QUO308 借阅规则!G3"]
    assert findings("QUO308", rule(copies=4), rule(copies=10, reader_kind=ReaderKind.TEACHER)) == []
    assert sentences("QUO308", rule(copies=20), rule(copies=2)) == [
        "“同时可借册数”填的是 20，别的各条最多 2，像是多打了一个 0。"
    ]
    assert findings("QUO308", rule(renewals=10), rule(renewals=1)) == ["QUO308 借阅规则!G2"]
    assert findings("QUO308", rule(copies=10)) == findings("QUO308", rule(copies=10), rule(copies=3)) == []
