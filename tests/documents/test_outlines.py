"""The outline of each of seven real kinds of plan and summary can be produced from data alone."""

import pytest
from filled import fill
from paper_samples import plan
from test_templates import FOLDER

from documents.read_back import outline
from schoollib_xl.documents.filling.blanks import content
from schoollib_xl.documents.filling.stylebook import HEADING, ITEM, MONTH, NOTE, PLAIN_HEADING, SUBHEADING, SUBITEM
from schoollib_xl.documents.papers.plan import PlanLine, WorkPlan


def words(count: int = 1) -> list[PlanLine]:
    return [PlanLine("做好图书室的工作。")] * count


def items(count: int) -> list[PlanLine]:
    return [PlanLine(f"{number}．做好一件事。", ITEM) for number in range(1, count + 1)]


def subitems(count: int) -> list[PlanLine]:
    return [PlanLine(f"（{number}）做好一件小事。", SUBITEM) for number in range(1, count + 1)]


def heading(text: str, style: str = HEADING) -> list[PlanLine]:
    return [PlanLine(text, style)]


def numbers(count: int) -> list[str]:
    return [f"{number}．" for number in range(1, count + 1)]


def months(*jobs: tuple[str, int]) -> tuple[list[PlanLine], list[str]]:
    lines = [line for name, count in jobs for line in [PlanLine(name, MONTH), *items(count)]]
    return lines, [mark for name, count in jobs for mark in [name, *numbers(count)]]


AUTUMN, AUTUMN_MARKS = months(("九月份", 3), ("十月份", 3), ("十一月份", 3), ("十二月份", 2), ("一月份", 3))
SPRING, SPRING_MARKS = months(("二月份", 6), ("三月份", 4), ("四月份", 6), ("五月份", 3), ("六月份", 4))
SCIENTIFIC = ["一、科学管理", "二、读书活动", "三、学生管理", "四、提高素质", "五、具体措施"]

FORMS = {
    "一：不写标题，两组序号，逐月安排，结尾一段": (
        [*words(), *items(3), *items(6), *AUTUMN, *words()],
        ["¶", *numbers(3), *numbers(6), *AUTUMN_MARKS, "¶"],
    ),
    "二：三个大标题，序号分组": (
        [*heading("指导思想"), *words(), *heading("工作重心"), *items(3), *heading("主要目标"), *items(6)],
        ["一、指导思想", "¶", "二、工作重心", *numbers(3), "三、主要目标", *numbers(6)],
    ),
    "三：序号下有（1），有开放时间和注": (
        [
            *words(),
            *items(1),
            *subitems(2),
            PlanLine("2．做好一件事。", ITEM),
            *words(),
            PlanLine("3．做好一件事。", ITEM),
            *words(),
            PlanLine("4．做好一件事。", ITEM),
            *subitems(3),
            *words(),
            PlanLine("注：每生每学期借书十册左右。", NOTE),
        ],
        ["¶", "1．", "（1）", "（2）", "2．", "¶", "3．", "¶", "4．", "（1）", "（2）", "（3）", "¶", "注："],
    ),
    "四：不编号的标题下面再编一、二、三": (
        [
            *words(),
            *heading("工作重点", PLAIN_HEADING),
            *items(3),
            *heading("工作计划", PLAIN_HEADING),
            *[line for mark in SCIENTIFIC[:4] for line in [*heading(mark[2:]), *words()]],
            *heading(SCIENTIFIC[4][2:]),
            *items(2),
        ],
        [
            *("¶", "工作重点", *numbers(3), "工作计划"),
            *[mark for name in SCIENTIFIC[:4] for mark in (name, "¶")],
            *(SCIENTIFIC[4], *numbers(2)),
        ],
    ),
    "五：几段正文，再逐月安排": (
        [*words(6), *heading("工作安排", PLAIN_HEADING), *SPRING],
        [*["¶"] * 6, "工作安排", *SPRING_MARKS],
    ),
    "六：序号当标题，下面是正文，结尾一段": (
        [line for number in range(1, 6) for line in [PlanLine(f"{number}．做好一件事。", ITEM), *words()]] + words(),
        [mark for number in range(1, 6) for mark in (f"{number}．", "¶")] + ["¶"],
    ),
    "七：指导思想不写标题，有的条目没有下文": (
        [
            *words(),
            *[line for number in range(1, 4) for line in [PlanLine(f"{number}．做好一件事。", ITEM), *words(number)]],
            *[PlanLine(f"{number}．做好一件事。", ITEM) for number in (4, 5)],
        ],
        ["¶", "1．", "¶", "2．", "¶", "¶", "3．", "¶", "¶", "¶", "4．", "5．"],
    ),
    "有两级标题": (
        [
            *heading("主要措施"),
            *[*heading("藏书", SUBHEADING), *words(), *heading("流通", SUBHEADING), *words()],
            *[*heading("其他"), *heading("安全", SUBHEADING), *words()],
        ],
        ["一、主要措施", "（一）藏书", "¶", "（二）流通", "¶", "二、其他", "（一）安全", "¶"],
    ),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("template", ["工作计划", "工作计划_简版"])
def test_the_outline_comes_out_as_entered(template: str, form: str) -> None:
    lines, expected = FORMS[form]
    plan = WorkPlan(
        school="青禾小学",
        school_year="2026—2027",
        term="第一学期",
        body=tuple(lines),
        signed_by="图书室",
        signed_on="2026年9月1日",
    )
    assert outline(fill(FOLDER / f"{template}.docx", content(plan))) == expected


def test_months_entered_as_a_table_stand_as_a_table() -> None:
    shown = outline(fill(FOLDER / "工作计划.docx", content(plan())))
    at = shown.index("五、逐月工作安排")
    assert shown[at : at + 4] == ["五、逐月工作安排", "表：逐月工作安排表", "六、任务指标", "表：任务指标表"]
