"""Last year's plan in Word: text, month lists, targets, opening hours; and what has no place is told."""

from collections.abc import Iterable
from datetime import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest

from adoption.old_lists import TODAY, old_book, rows_of
from running import schoollib
from schoollib_xl.adoption.adopting import Adoption, adopt
from schoollib_xl.adoption.journal import RowOutcome
from schoollib_xl.adoption.options import Options
from schoollib_xl.ledgers.school import TermName
from schoollib_xl.ledgers.supporting.calendar import JobRow, OpeningRow, TurnRow
from schoollib_xl.ledgers.supporting.papers import ParagraphRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule, TargetRow
from schoollib_xl.ledgers.supporting.vocabulary import Audience, PaperKind, TurnKind, WeekPattern
from schoollib_xl.ledgers.vocabulary import ReaderKind, Weekday
from schoollib_xl.rules.plan_figures import hours_in, targets_in, turns_in
from schoollib_xl.sheets.reading.loading import load

PLAN = """
青禾小学 2024—2025 学年第一学期图书室工作计划
一、指导思想
以“为师生服务”为宗旨，办好图书室。
二、主要措施
1、管好藏书
本学期三至六年级生均借书10册以上，征订报刊24种。
2、每天中午11：30—12：30为学生借书时间，教师另行安排。
(1) 及时登记，及时上架，让每一本新书都尽快
到学生手里。
三、工作安排
九月份：
1、制订图书室工作计划
2、2024年新书上架
十月份：读书演讲比赛
本学期，我们一定把工作做好。
青禾小学图书室
2024年9月1日
"""


def paper(path: Path, text: str = PLAN, rows: Iterable[Iterable[str]] = ()) -> Path:
    """A Word paper of these lines, a table of the rows at its end."""
    document = docx.Document()
    for line in filter(None, text.split("\n")):
        document.add_paragraph(line)
    cells = [list(row) for row in rows]
    if cells:
        table = document.add_table(len(cells), len(cells[0]))
        for at, row in enumerate(cells):
            for column, value in enumerate(row):
                table.cell(at, column).text = value
    document.save(str(path))
    return path


def taken(*sources: Path) -> Adoption:
    return adopt(sources, Options(TODAY))


def test_chapters_items_months_targets_and_hours_find_their_sheets(tmp_path: Path) -> None:
    done = taken(paper(tmp_path / "旧计划.docx"))
    assert [(one.section, one.order, one.text) for one in rows_of(done, ParagraphRow)] == [
        ("指导思想", None, "以“为师生服务”为宗旨，办好图书室。"),
        ("主要措施", 1, "管好藏书"),
        ("主要措施", None, "本学期三至六年级生均借书10册以上，征订报刊24种。"),
        ("主要措施", 2, "每天中午11：30—12：30为学生借书时间，教师另行安排。"),
        ("主要措施", None, "（1）及时登记，及时上架，让每一本新书都尽快到学生手里。"),
        ("工作安排", None, "{工作安排}"),
        ("结尾", None, "本学期，我们一定把工作做好。"),
        ("基本情况", None, "不写"),
    ]
    assert [(one.month, one.order, one.task) for one in rows_of(done, JobRow)] == [
        (9, 1, "制订图书室工作计划"),
        (9, 2, "2024年新书上架"),
        (10, 1, "读书演讲比赛"),
    ]
    assert [(one.name, one.grades, one.value) for one in rows_of(done, TargetRow)] == [
        ("生均借书册数", "3-6", Decimal(10)),
        ("报刊种数", None, Decimal(24)),
    ]
    hours = rows_of(done, OpeningRow)
    assert [one.weekday for one in hours] == list(Weekday)[:5]
    assert {one.audience for one in hours} == {Audience.PUPILS}
    assert not any(one.remarks for one in hours)
    assert any("每天" in sentence for sentence in done.journal.assumed)


def test_years_of_then_are_flagged_and_every_line_is_accounted_for(tmp_path: Path) -> None:
    done = taken(paper(tmp_path / "旧计划.docx"))
    said = next(sentence for sentence in done.journal.assumed if "旧计划.docx" in sentence)
    assert all(text in said for text in ("2024—2025 学年", "2024年", "2024年9月1日", "断开"))
    told = "\n".join(
        row_record.text for row_record in done.journal.row_records.values() if row_record.outcome is RowOutcome.ASIDE
    )
    assert all(edge in told for edge in ("青禾小学图书室", "2024年9月1日", "第一学期图书室工作计划"))
    assert "原文没有“基本情况”" in said
    assert not any(
        row_record.is_record
        for row_record in done.journal.row_records.values()
        if row_record.outcome is RowOutcome.ASIDE
    )


def test_the_rule_of_lending_that_a_plan_states_is_the_rule_of_the_books(tmp_path: Path) -> None:
    others = "每班每周借一次，每次借40本。逾期两周内归还的不罚。"
    rule = f"{others}每生每次只能借一本，一周内必须归还，再另借阅。教师每次可借8册，借期60天。"
    done = taken(paper(tmp_path / "旧计划.docx", f"图书室工作计划\n一、借阅\n{rule}\n每次只能借两本。"))
    rules = [(one.reader_kind, one.copies, one.days) for one in rows_of(done, LendingRule)]
    assert rules == [(None, 1, 7), (ReaderKind.TEACHER, 5, 30)]
    aside = [one.text for one in done.journal.row_records.values() if one.outcome is RowOutcome.ASIDE and one.is_record]
    assert [one for one in aside if "每次只能借两本" in one]


def test_what_has_no_place_is_listed(tmp_path: Path) -> None:
    text = "图书室工作计划\n一、目标\n生均借书3册以上。\n每学期生均借书达到12册。\n中午12:30-13:30开放图书室。"
    rows = [("组长", "苏老师"), ("十一月", "1、征文比赛\n2、修补破损图书")]
    done = taken(paper(tmp_path / "旧计划.docx", text, rows))
    aside = [
        row_record.text
        for row_record in done.journal.row_records.values()
        if row_record.outcome is RowOutcome.ASIDE and row_record.is_record
    ]
    assert [("12" in one, "星期" in one, "苏老师" in one) for one in aside] == [
        (True, False, False),
        (True, True, False),
        (False, False, True),
    ]
    assert [(one.month, one.task) for one in rows_of(done, JobRow)] == [(11, "征文比赛"), (11, "修补破损图书")]
    # 册 alone below 单位 is what a target counts in, as it is what a list of books counts in.
    assert [(one.value, one.unit) for one in rows_of(done, TargetRow)] == [(Decimal(3), "册")]


def test_headings_and_numbers_made_by_word_are_read(tmp_path: Path) -> None:
    document = docx.Document()
    for text, style in (("工作目标", "Heading 1"), ("管好每一本书，不丢一本。", "List Number"), ("七月份", None)):
        document.add_paragraph(text, style)
    for text in ("三月份", "(1) 整理报刊", "三、四月份：修补图书", "一、保障。学校每月检查一次。"):
        document.add_paragraph(text)
    document.save(str(tmp_path / "计划.docx"))
    done = taken(tmp_path / "计划.docx")
    assert [(one.section, one.order, one.text) for one in rows_of(done, ParagraphRow)] == [
        ("工作目标", 1, "管好每一本书，不丢一本。"),
        ("工作目标", None, "{工作安排}"),
        ("保障", None, "学校每月检查一次。"),
        ("基本情况", None, "不写"),
    ]
    jobs = [(one.month, one.task) for one in rows_of(done, JobRow)]
    assert jobs == [(3, "(1) 整理报刊"), (3, "修补图书（到4月）")]
    assert any(row_record.text == "7月份" for row_record in done.journal.row_records.values())


def test_what_is_promised_for_each_month_is_asked_of_the_months_the_plan_lists(tmp_path: Path) -> None:
    words = "对图书室每月进行一次大检查。图书室对师生全天开放。"
    text = f"图书室工作计划\n一、措施\n{words}\n九月份\n1、开馆。\n十月份\n1、借书。"
    done = taken(paper(tmp_path / "旧计划.docx", text))
    assert [(one.name, one.value, one.unit) for one in rows_of(done, TargetRow)] == [("图书室检查次数", 2, "次")]
    aside = [one.text for one in done.journal.row_records.values() if one.outcome is RowOutcome.ASIDE]
    assert any(one.startswith("全天开放没有写从几点到几点") for one in aside)


SIGNED = "青禾小学图书室\n2025年7月4日"
TITLE_ON_LINES = [
    "青禾小学\n图书室工作总结\n（2024—2025学年度第二学期）",
    "城关镇中心校\n青禾小学\n图书室工作总结（2025年春季）",
    "2024—2025学年第二学期\n图书室工作总结",
]


@pytest.mark.parametrize("title", TITLE_ON_LINES)
def test_a_title_on_several_lines_is_a_title(title: str, tmp_path: Path) -> None:
    """A summary taken for a plan gave last year's results for targets."""
    done = taken(
        paper(tmp_path / "旧.docx", f"{title}\n一、体会\n读书要靠天天坚持。\n全校藏书达到生均25册。\n{SIGNED}")
    )
    said = [(one.paper, one.term, one.text) for one in rows_of(done, ParagraphRow)]
    assert said == [(PaperKind.SUMMARY, TermName.SECOND, "读书要靠天天坚持。")]
    assert not [one for one in rows_of(done, TargetRow) if one.basis == "《旧》"]


@pytest.mark.parametrize("first", ["办好图书室，为师生服务。", "一、工作计划", "1、制订工作计划"])
def test_what_is_above_no_title_is_text(first: str, tmp_path: Path) -> None:
    done = taken(paper(tmp_path / "旧计划.docx", f"{first}\n做好每一件事。"))
    texts = [one.section + one.text for one in rows_of(done, ParagraphRow)]
    assert any(first.rstrip("。").removeprefix("一、").removeprefix("1、") in text for text in texts)


@pytest.mark.parametrize(
    "listed",
    [
        "附件：1．任务指标\n2．借阅统计",
        "附件：逐月安排",
        "附件:\n1、任务指标\n2、借阅统计",
        "附件：1.任务指标；2.借阅统计",
    ],
)
def test_the_names_of_annexes_and_who_signed_above_them_are_no_text(listed: str, tmp_path: Path) -> None:
    text = f"图书室工作计划\n一、措施\n1、管好藏书。\n{listed}\n{SIGNED}\n附件1　任务指标\n每班两名学生管理员。\n任务表"
    path = paper(tmp_path / "旧计划.docx", text, [["月份", "工作内容"], ["九月", "制订计划"]])
    done = taken(path)
    assert [(one.section, one.text) for one in rows_of(done, ParagraphRow) if one.text != "不写"] == [
        ("措施", "管好藏书。"),
        ("措施", "每班两名学生管理员。"),
    ]
    assert [(one.month, one.task) for one in rows_of(done, JobRow)] == [(9, "制订计划")]
    kept = " ".join(record.text for record in done.journal.row_records.values())
    assert all(word in kept for word in (*listed.split("\n"), "附件1", "任务表", *SIGNED.split("\n")))


def test_many_lines_that_are_no_text_hide_no_sheet(tmp_path: Path) -> None:
    annexes = "\n".join(f"附件{number}　第{number}张表" for number in range(1, 30))
    done = taken(paper(tmp_path / "旧计划.docx", f"图书室工作计划\n一、措施\n1、管好藏书。\n{SIGNED}\n{annexes}"))
    assert "管好藏书。" in [one.text for one in rows_of(done, ParagraphRow)]
    kept = " ".join(record.text for record in done.journal.row_records.values())
    assert all(line in kept for line in annexes.split("\n"))


def test_what_has_no_place_in_a_plan_is_no_column_to_be_named(tmp_path: Path) -> None:
    plan = paper(tmp_path / "旧计划.docx", "图书室工作计划\n一、措施\n图书室对师生全天开放。")
    ran = schoollib("adopt", plan, "--into", tmp_path / "新账.xlsx")
    assert "栏目" not in ran.stdout
    assert "有 1 行没有接收，原因在接收报告里。" in ran.stdout


def test_of_a_summary_the_figures_stay_behind(tmp_path: Path) -> None:
    text = "图书室工作总结\n一、借阅情况\n全校借书3456册次，生均12册。\n二、体会\n读书要靠天天坚持。"
    done = taken(paper(tmp_path / "旧总结.docx", text))
    said = [(one.paper, one.section, one.text) for one in rows_of(done, ParagraphRow)]
    assert said == [(PaperKind.SUMMARY, "体会", "读书要靠天天坚持。")]
    aside = [
        row_record.text
        for row_record in done.journal.row_records.values()
        if row_record.outcome is RowOutcome.ASIDE and row_record.is_record
    ]
    assert ["3456" in text for text in aside] == [True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("每生本学期必须借阅图书十册左右", [("每生最低借书册数", 10, "")]),
        ("完成生均11元的征订任务，生均增加一册", [("生均征订金额", 11, ""), ("生均新增册数", 1, "")]),
        ("每学期要完成生均借书3次以上的任务", [("生均借书次数", 3, "")]),
        ("低年级人均借书二十五册", [("生均借书册数", 25, "1-2")]),
        ("每生每次只能借一本，一周内归还", []),
        ("上学期生均借书12册", []),
        *((f"第{number}次阅读笔记展评", []) for number in ("二", "12", "二十", "二十一")),
        ("藏书5712册。有工具书46种，订报刊26种。", []),
        ("每学期举办两次阅读笔记展评", [("阅读笔记展评次数", 2, "")]),
        ("全校藏书7500册，借出300册", []),
    ],
)
def test_figures_are_targets_only_where_they_are_promised(text: str, expected: list[Any]) -> None:
    assert sorted((one.name, one.value, one.grades) for one in targets_in(text)) == sorted(expected)


def test_what_is_asked_of_a_year_and_of_each_class_is_a_target_of_its_own() -> None:
    said = (
        "每年组织两次工作研讨会、两次图书工作检查指导活动。每个班中挑选出两名热爱读书、责任心强的学生担任图书管理员。"
    )
    assert [(one.name, one.value, one.unit) for one in targets_in(said)] == [
        ("研讨活动次数", 2, "次/年"),
        ("分校检查次数", 2, "次/年"),
        ("每班学生管理员人数", 2, "人"),
    ]
    assert [(one.name, one.value, one.unit) for one in targets_in("学生管理员:每班选两名,学期初培训一次。")] == [
        ("每班学生管理员人数", 2, "人")
    ]
    monthly = "采取现场指导的办法对图书室每月进行一次大检查。每月对图书室进行一次安全检查。图书室每天进行一次检查。"
    assert [(one.name, one.value, one.unit) for one in targets_in(monthly)] == [("图书室检查次数", 1, "次/月")]
    others = "每年添书，每年级人均借书2册。每班教师2名，图书管理员1人。"
    assert [(one.name, one.unit) for one in targets_in(others)] == [("生均借书册数", "册")]


def test_one_of_several_is_no_promise_of_as_many() -> None:
    for nth in ("第二次", "第12次", "第十二次", "第二十一次"):
        assert list(targets_in(f"六月举办{nth}阅读笔记展评。")) == [], nth
    assert [one.value for one in targets_in("全年举办十二次阅读笔记展评。")] == [12]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("每周一至周五(早上10:00—一下午3:00)为借阅时间", ("一二三四五", "10:00", "15:00")),
        ("星期二、四下午4:10-5:00教师借书", ("二四", "16:10", "17:00")),
        ("9月5日12:30-13:30开会", ("", "", "")),
        ("每天25:00-26:00借书", ("", "", "")),
    ],
)
def test_hours_have_a_day_and_are_about_the_library(text: str, expected: tuple[str, str, str]) -> None:
    found = list(hours_in(text))
    days = "".join(one.weekday.value[-1] for one in found)
    assert (days, *(found[0][1:3] if found else ("", ""))) == expected


def test_a_plan_alone_and_one_beside_lists_make_a_workbook(tmp_path: Path) -> None:
    plan = paper(tmp_path / "旧计划.docx")
    roster = old_book(tmp_path / "名册.xlsx", {"三（1）班": [("姓名", "性别"), ("林小满", "女")]})
    done = schoollib("adopt", plan, "--into", tmp_path / "甲" / "七本账.xlsx", "--as-of", "2025-10-08")
    assert (done.returncode, done.stderr) == (0, "")
    assert "2024年" in done.stdout
    done = schoollib("adopt", roster, plan, "--into", tmp_path / "乙" / "七本账.xlsx", "--as-of", "2025-10-08")
    assert (done.returncode, done.stderr) == (0, "")
    library = load(tmp_path / "乙" / "七本账.xlsx", None).library
    assert [len(library[kind]) for kind in (ReaderRow, JobRow, TargetRow)] == [1, 3, 2]


@pytest.mark.parametrize("name", ["旧计划.doc", "坏.docx", "没有.docx", "空.docx"])
def test_what_is_no_word_paper_gets_a_sentence(name: str, tmp_path: Path) -> None:
    if name == "空.docx":
        docx.Document().save(str(tmp_path / name))
    elif name != "没有.docx":
        (tmp_path / name).write_bytes(b"PK\x03\x04" + b"\x00" * 40)
    done = schoollib("adopt", tmp_path / name, "--into", tmp_path / "新" / "七本账.xlsx")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert name in done.stderr


def test_the_weeks_of_a_month_calendar_and_of_a_month_are_no_jobs(tmp_path: Path) -> None:
    week = ["9月", "1", "", "1\n学期开始", "2", "3", "4", "5", "6"]
    jobs = ["9月", "第1—4周", "1．公布借阅轮流表", *[""] * 6]
    done = taken(paper(tmp_path / "旧计划.docx", "一、指导思想\n为师生服务。", [week, jobs]))
    assert [row.task for row in rows_of(done, JobRow)] == ["公布借阅轮流表"]


NOTES = """
借书记录（2025年9月）
9月3日 三年级赵一鸣借《城南旧事》，9月10日还
9月4日 三年级钱小雨借《小桔灯》
"""
RULES = """
图书室借阅制度
一、开放时间
周一至周五中午12：00—12：40开放。
二、借阅规定
1、学生每次借书1册，借期10天。
"""


@pytest.mark.parametrize(("name", "text", "lines"), [("借书", NOTES, 3), ("图书室", RULES, 3)])
def test_what_is_no_plan_by_its_words_becomes_none_and_that_is_told(
    tmp_path: Path, name: str, text: str, lines: int
) -> None:
    done = adopt([paper(tmp_path / f"{name}.docx", text)], Options(TODAY))
    told = [one for one in done.journal.row_records.values() if one.outcome is RowOutcome.ASIDE and one.is_record]
    assert len(told) == lines
    assert any("没有写是计划还是总结" in said for said in done.journal.assumed)
    assert not any("赵一鸣" in row.text or "学生每次" in row.text for row in rows_of(done, ParagraphRow))


def test_the_rule_and_the_hours_of_such_a_paper_are_taken(tmp_path: Path) -> None:
    done = adopt([paper(tmp_path / "图书室.docx", RULES)], Options(TODAY))
    assert (1, 10) in [(rule.copies, rule.days) for rule in rows_of(done, LendingRule)]
    assert {str(row.starts_at) for row in rows_of(done, OpeningRow)} == {"12:00:00"}


def test_a_paper_in_chapters_is_a_plan_whatever_its_title(tmp_path: Path) -> None:
    text = PLAN.replace("工作计划\n", "工作\n", 1)
    done = adopt([paper(tmp_path / "2024.docx", text)], Options(TODAY))
    assert any(row.section == "主要措施" for row in rows_of(done, ParagraphRow))


TABLE = [
    ("序号", "指标", "适用年级", "目标", "依据", "责任人"),
    ("1", "生均借书册数", "三至六年级", "不少于8册", "校务会议定", "班主任"),
    ("2", "生均新增册数", "全校", "1册/年", "", ""),
    ("3", "每周开放小时（师生合计）", "全校", "40小时以上", "规程", ""),
    ("4", "窗明几净", "全校", "天天做到", "", ""),
]


def test_the_table_of_targets_comes_with_what_it_rests_on_and_who_sees_to_it(tmp_path: Path) -> None:
    text = "图书室工作计划\n一、主要目标\n三至六年级生均借书10册以上。"
    done = taken(paper(tmp_path / "计划.docx", text, TABLE))
    assert [row[1:6] for row in rows_of(done, TargetRow)] == [
        ("生均借书册数", "3-6", Decimal(8), "册", "校务会议定"),
        ("生均新增册数", None, Decimal(1), "册/年", "《计划》"),
        ("每周开放小时", None, Decimal(40), "小时", "规程"),
    ]
    aside = " ".join(record.text for record in done.journal.row_records.values())
    assert "窗明几净" in aside
    assert "生均借书册数照表里的 8 写了，文字里写的不一样：10" in aside


def test_the_tables_of_hours_and_of_turns_come_as_their_sheets(tmp_path: Path) -> None:
    text = "图书室工作计划\n一、开放时间\n每天11:30—13:00开放。"
    hours = [("对象", "星期", "时间", "备注"), ("全体", "星期一至星期三", "11:30—13:00", "借还图书")]
    aside = [("教师", "看通知", "8:30—9:00", "")]
    found = rows_of(taken(paper(tmp_path / "开放.docx", text, hours + aside)), OpeningRow)
    assert [(row.weekday.number, row.remarks or "") for row in found] == [
        *((day, "") for day in (3, 4)),
        *((day, "借还图书") for day in range(3)),
    ]
    grid = [
        ("时间", "星期一", "星期五"),
        ("15:20—16:00", "一（1）班\n一（2）班\n每周阅览", "二（1）班\n单周借还\n二（2）班\n双周借还"),
        ("16:00—16:40", "大扫除", ""),
        ("16:40—17:20", "每周阅览", ""),
    ]
    done = taken(paper(tmp_path / "轮流.docx", text, grid))
    at = time(15, 20), time(16)
    assert [row[1:] for row in rows_of(done, TurnRow)] == [
        ("一（1）班", Weekday.MONDAY, WeekPattern.EVERY, *at, TurnKind.READING),
        ("一（2）班", Weekday.MONDAY, WeekPattern.EVERY, *at, TurnKind.READING),
        ("二（1）班", Weekday.FRIDAY, WeekPattern.ODD, *at, TurnKind.LENDING),
        ("二（2）班", Weekday.FRIDAY, WeekPattern.EVEN, *at, TurnKind.LENDING),
    ]
    aside = " ".join(record.text for record in done.journal.row_records.values())
    assert "大扫除" in aside
    assert "16:40—17:20" in aside


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("一、二年级每周一、三下午定期在阅览室阅览，三到六年级每隔一周借阅一次。", True),
        ("三年级单周借书，四年级双周借书。", True),
        ("每班每周一次班会。", False),
        ("图书室每周一至周五开放。", False),
    ],
)
def test_turns_of_classes_are_told_to_be_arranged(text: str, is_told: bool) -> None:
    assert turns_in(text) is is_told
