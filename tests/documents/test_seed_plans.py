"""Each of seven real kinds of plan can be entered on 计划文字 and 工作安排 and comes out with its own outline."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from school import document, material

from documents.read_back import outline
from make import EXAMPLE_SCHOOL, library, row
from schoollib_xl.documents.composing.plan import work_plan
from schoollib_xl.ledgers.supporting.calendar import JobRow
from schoollib_xl.ledgers.supporting.papers import ParagraphRow
from schoollib_xl.ledgers.supporting.vocabulary import PaperKind

SPRING = EXAMPLE_SCHOOL._replace(term_start=date(2026, 2, 23), term_end=date(2026, 7, 3), cut_off=date(2026, 2, 23))
OPENING_HOURS = "每周一至周五10:00—15:00借阅图书。"
TARGET = "本学期人均借书2册以上。"


def texts(*entries: tuple[str, int | None, str]) -> Iterator[ParagraphRow]:
    for line, (section, order, text) in enumerate(entries, 2):
        yield row(ParagraphRow, line, paper=PaperKind.PLAN, section=section, order=order, text=text)


def items(section: str, count: int) -> list[tuple[str, int | None, str]]:
    return [(section, number, "做好一件事。") for number in range(1, count + 1)]


def jobs(counts: dict[int, int]) -> Iterator[JobRow]:
    line = 1
    for month, count in counts.items():
        for order in range(1, count + 1):
            line += 1
            yield row(JobRow, line, month=month, order=order, task=f"办好{month}月的事", person=None)


def marks(count: int) -> list[str]:
    return [f"{number}．" for number in range(1, count + 1)]


def by_month(counts: dict[str, int]) -> list[str]:
    return [mark for name, count in counts.items() for mark in (name, *marks(count))]


def shown(*rows: Any, spring: bool = False) -> list[str]:
    school = SPRING if spring else EXAMPLE_SCHOOL
    return outline(document(work_plan(material(library(*rows, school=school)))))


def test_one_without_headings_with_two_lists_months_and_a_closing_paragraph() -> None:
    entered = texts(
        ("正文", None, "以读者为本，主动服务。"),
        *items("正文", 3),
        *items("正文", 5),
        ("正文", 6, TARGET),
        ("正文", None, "{工作安排}"),
        ("正文", None, "把图书室办得更好。"),
    )
    months = {9: 3, 10: 3, 11: 3, 12: 2, 1: 3}
    names = {"九月份": 3, "十月份": 3, "十一月份": 3, "十二月份": 2, "一月份": 3}
    assert shown(*entered, *jobs(months)) == ["¶", *marks(3), *marks(6), *by_month(names), "¶"]


def test_two_with_three_headings_and_lists_of_their_own() -> None:
    entered = texts(
        ("指导思想", 1, "以读者为本，主动服务。"),
        *items("工作重心", 3),
        *items("主要目标", 5),
        ("主要目标", 6, TARGET),
    )
    expected = ["一、指导思想", "¶", "二、工作重心", *marks(3), "三、主要目标", *marks(6)]
    assert shown(*entered) == expected


def test_three_with_items_below_items_opening_hours_and_a_remark() -> None:
    entered = texts(
        ("正文", None, "为师生服务。"),
        ("正文", 1, "引导阅读"),
        ("正文", None, "（1）读科技书。"),
        ("正文", None, "（2）读故事书。"),
        ("正文", 2, "读书和实践结合"),
        ("正文", None, "学生当小管理员。"),
        ("正文", 3, "加强学习"),
        ("正文", None, "把工作做好。"),
        ("正文", 4, "常规工作"),
        ("正文", None, "（1）登记上架。"),
        ("正文", None, "（2）上好读书课。"),
        ("正文", None, "（3）多读课外书。"),
        ("正文", None, OPENING_HOURS),
        ("正文", None, "注：1、每生每学期借书10册左右，每次1册，一周内归还。"),
        ("正文", 2, "做好工作总结。"),
        ("正文", 5, "其他工作随时安排。"),
    )
    items_below = ["¶", "1．", "（1）", "（2）", "2．", "¶", "3．", "¶", "4．", "（1）", "（2）", "（3）"]
    assert shown(*entered) == [*items_below, "¶", "注：", "2、", "5．"]


def test_four_with_headings_without_number_above_numbered_ones() -> None:
    entered = texts(
        ("正文", None, "提高馆藏，加强管理。"),
        *items("【工作重点】", 2),
        ("【工作重点】", 3, "每学期生均借书达到12册以上。"),
        ("【工作计划】／科学管理", None, "办好借阅证。"),
        ("【工作计划】／读书活动", None, "让学生读好书。"),
        ("【工作计划】／学生管理", None, "每班选两名学生。"),
        ("【工作计划】／提高素质", None, "学习规章制度。"),
        *items("【工作计划】／具体措施", 2),
    )
    assert shown(*entered) == [
        *("¶", "工作重点", *marks(3), "工作计划", "一、科学管理", "¶", "二、读书活动", "¶"),
        *("三、学生管理", "¶", "四、提高素质", "¶", "五、具体措施", *marks(2)),
    ]


def test_five_with_paragraphs_and_a_list_by_month() -> None:
    entered = texts(
        *[("正文", None, "做好图书室的工作。")] * 6,
        ("【工作安排】", None, "{工作安排}"),
    )
    counts = {2: 6, 3: 4, 4: 6, 5: 3, 6: 4}
    names = {"二月份": 6, "三月份": 4, "四月份": 6, "五月份": 3, "六月份": 4}
    assert shown(*entered, *jobs(counts), spring=True) == [*["¶"] * 6, "工作安排", *by_month(names)]


def test_six_with_items_that_have_a_paragraph_each() -> None:
    pairs = [[("正文", number, "做好一件事"), ("正文", None, "具体这样做。")] for number in range(2, 6)]
    entered = texts(
        ("正文", 1, "一、二年级每周阅览，三到六年级隔周借阅。"),
        *[entry for pair in pairs for entry in pair],
        ("正文", None, "多读书，读好书。"),
    )
    assert shown(*entered) == ["1．", *[mark for n in range(2, 6) for mark in (f"{n}．", "¶")], "¶"]


def test_seven_with_several_paragraphs_below_an_item_and_items_alone() -> None:
    entered = texts(
        ("正文", None, "实施目标管理。"),
        ("正文", 1, "保证投入"),
        ("正文", None, "生均增加1册，订报刊50种以上，生均11元。"),
        ("正文", 2, "强化管理"),
        *[("正文", None, "管好七本账，生均借书3次以上。")] * 4,
        ("正文", 3, "努力学习"),
        ("正文", None, "学习笔记3000字以上。"),
        ("正文", 4, "每年组织2次研讨会。"),
        ("正文", 5, "按时完成各项工作。"),
    )
    assert shown(*entered) == ["¶", "1．", "¶", "2．", *["¶"] * 4, "3．", "¶", "4．", "5．"]


def test_numbers_she_typed_into_the_heading_are_not_doubled() -> None:
    entered = texts(("一、指导思想", None, "为师生服务。"), ("二、主要措施／（一）藏书", None, "添书。"))
    assert shown(*entered) == ["一、指导思想", "¶", "二、主要措施", "（一）藏书", "¶"]


def test_rows_of_one_section_belong_together_wherever_they_stand() -> None:
    entered = texts(("工作重点", 1, "甲。"), ("主要措施", 1, "丙。"), ("主要措施", 2, "丁。"), ("工作重点", 2, "乙。"))
    assert shown(*entered) == ["一、工作重点", *marks(2), "二、主要措施", *marks(2)]


@pytest.mark.parametrize("name", ["逐月工作安排", "【工作安排】"])
def test_the_months_stand_as_a_table_unless_a_row_asks_for_a_list(name: str) -> None:
    rows = [*texts((name, None, "{工作安排}")), *jobs({9: 2})]
    assert "表：逐月工作安排表" not in shown(*rows)
    assert "表：逐月工作安排表" in shown(*texts(("指导思想", None, "为师生服务。")), *jobs({9: 2}))


def test_a_section_that_comes_by_itself_can_be_left_out() -> None:
    rows = [*texts(("指导思想", None, "为师生服务。"), ("逐月工作安排", None, "不写")), *jobs({9: 2})]
    assert shown(*rows) == ["一、指导思想", "¶"]
