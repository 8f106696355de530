"""Her edits survive new figures: one test for each thing she may have done."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import paper_samples
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from office import convert, soffice
from schoollib_xl.documents.filling.blanks import content
from schoollib_xl.documents.filling.charts import charts_of
from schoollib_xl.documents.filling.stories import find_template
from schoollib_xl.documents.papers.notices import BehindNotice, BehindPupil
from schoollib_xl.documents.papers.plan import PlanLine, TargetLine
from schoollib_xl.documents.papers.summary import ClassLoans, TermSummary
from schoollib_xl.documents.regeneration.blocks import BlockOutcome
from schoollib_xl.documents.regeneration.deliver import deliver
from schoollib_xl.documents.regeneration.delivery import Delivery
from schoollib_xl.documents.regeneration.record import RECORD_NAME
from schoollib_xl.packages import parts_of, zipped
from schoollib_xl.saving import CannotWrite

NAME = "图书室工作总结_2026-2027第一学期"
DAY = date(2026, 11, 22)
SITUATION = "本学期共开放92天，借出图书1796册次，人均借书3.7册。"
NEW_SITUATION = "本学期共开放95天，借出图书1847册次，人均借书3.8册。"
STOCKTAKE = "2027年1月12日至15日全面清点，帐物相符率99.8%，盘亏19册。"


def write(folder: Path, paper: TermSummary | None = None, day: date = DAY) -> Delivery:
    template = find_template("工作总结.docx", folder)
    return deliver(template, content(paper or paper_samples.summary()), folder, NAME, day)


def texts(delivery: Delivery) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(str(delivery.path)).paragraphs]


def newer(**changes: object) -> TermSummary:
    """Return the sample with new loan figures."""
    return replace(paper_samples.summary(), situation=(PlanLine(NEW_SITUATION),), **changes)


def edit(delivery: Delivery, change: Callable[[Document], object]) -> None:
    document = docx.Document(str(delivery.path))
    change(document)
    document.save(str(delivery.path))


def reword(old: str, new: str) -> Callable[[Document], object]:
    def change(document: Document) -> None:
        paragraph = next(p for p in document.paragraphs if p.text == old)
        for run in paragraph.runs[1:]:
            run.text = ""
        paragraph.runs[0].text = new

    return change


def said(delivery: Delivery) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(str(delivery.path)).paragraphs]


def comments(delivery: Delivery) -> list[str]:
    return [comment.text for comment in docx.Document(str(delivery.path)).comments]


def outcomes(delivery: Delivery, outcome: BlockOutcome) -> list[str]:
    return [change.text for change in delivery.changes if change.outcome is outcome]


def test_the_first_paper_is_version_one_of_its_day(tmp_path: Path) -> None:
    delivery = write(tmp_path / "新建" / "文书")
    assert delivery.path.name == f"{NAME}_v1_20261122.docx"
    assert delivery.sentences() == [f"已写成“{NAME}_v1_20261122.docx”。"]


def test_two_fresh_folders_get_the_same_bytes(tmp_path: Path) -> None:
    one, other = write(tmp_path / "甲"), write(tmp_path / "乙")
    assert one.path.read_bytes() == other.path.read_bytes()
    assert (one.path.parent / RECORD_NAME).read_bytes() == (other.path.parent / RECORD_NAME).read_bytes()


def test_nothing_is_written_when_nothing_has_changed_even_if_she_edited(tmp_path: Path) -> None:
    first = write(tmp_path)
    edit(first, reword(STOCKTAKE, "清点见附表。"))
    again = write(tmp_path)
    assert (again.path, again.written) == (first.path, False)
    assert again.sentences() == [f"数据没有变化，仍用“{first.path.name}”。"]
    assert len(list(tmp_path.glob("*.docx"))) == 1


def test_an_untouched_paper_is_simply_made_anew_as_the_next_version(tmp_path: Path) -> None:
    first = write(tmp_path)
    before = first.path.read_bytes()
    second = write(tmp_path, newer(), date(2026, 12, 1))
    assert second.path.name == f"{NAME}_v2_20261201.docx"
    assert NEW_SITUATION in said(second)
    assert second.changes == ()
    assert first.path.read_bytes() == before


def test_an_untouched_paragraph_of_an_edited_paper_takes_the_new_figures(tmp_path: Path) -> None:
    first = write(tmp_path)
    edit(first, reword(STOCKTAKE, "清点情况见清点报告，全校师生都参加了整理。"))
    second = write(tmp_path, newer())
    assert NEW_SITUATION in said(second)
    assert "清点情况见清点报告，全校师生都参加了整理。" in said(second)
    assert STOCKTAKE not in said(second)
    assert outcomes(second, BlockOutcome.TAKEN) == [NEW_SITUATION]
    assert outcomes(second, BlockOutcome.KEPT) == ["清点情况见清点报告，全校师生都参加了整理。"]
    assert comments(second) == []


def test_the_look_she_gave_an_untouched_paragraph_stays(tmp_path: Path) -> None:
    first = write(tmp_path)

    def indent(document: Document) -> None:
        next(p for p in document.paragraphs if p.text == SITUATION).paragraph_format.page_break_before = True

    edit(first, indent)
    second = docx.Document(str(write(tmp_path, newer()).path))
    assert next(p for p in second.paragraphs if p.text == NEW_SITUATION).paragraph_format.page_break_before


def test_new_figures_go_into_a_paragraph_she_added_words_to(tmp_path: Path) -> None:
    first = write(tmp_path)
    edit(first, reword(SITUATION, SITUATION.replace("。", "，全体教师功不可没。")))
    second = write(tmp_path, newer())
    assert NEW_SITUATION.replace("。", "，全体教师功不可没。") in said(second)
    assert comments(second) == []


def test_a_figure_both_changed_stays_hers_and_a_comment_at_it_says_what_it_should_be(tmp_path: Path) -> None:
    first = write(tmp_path)
    edit(first, reword(SITUATION, SITUATION.replace("1796", "约1800")))
    second = write(tmp_path, newer())
    assert NEW_SITUATION.replace("1847", "约1800") in said(second)
    assert comments(second) == ["更新后“约1800”应为“1847”。"]
    stamp = next(iter(docx.Document(str(second.path)).comments)).timestamp
    assert stamp is not None
    assert stamp.date() == DAY
    assert second.sentences()[-1] == "手工改过的“约1800”照旧，更新后应为“1847”，已加批注。"


def test_a_comment_of_the_version_before_is_replaced_and_not_doubled(tmp_path: Path) -> None:
    edit(write(tmp_path), reword(SITUATION, SITUATION.replace("1796", "约1800")))
    write(tmp_path, newer())
    third = write(tmp_path, replace(newer(), situation=(PlanLine(NEW_SITUATION.replace("1847", "1851")),)))
    assert comments(third) == ["更新后“约1800”应为“1851”。"]


def test_a_conflict_nobody_settled_is_told_again(tmp_path: Path) -> None:
    edit(write(tmp_path), reword(SITUATION, SITUATION.replace("1796", "约1800")))
    write(tmp_path, newer())
    third = write(tmp_path, newer(problems=()))
    assert comments(third) == ["更新后“约1800”应为“1847”。"]


def test_a_conflict_she_settled_is_not_told_again(tmp_path: Path) -> None:
    edit(write(tmp_path), reword(SITUATION, SITUATION.replace("1796", "约1800")))
    second = write(tmp_path, newer())
    edit(second, reword(NEW_SITUATION.replace("1847", "约1800"), NEW_SITUATION))
    assert comments(write(tmp_path, newer(problems=()))) == []


def test_pictures_comments_bold_and_bookmarks_stay_where_figures_change(tmp_path: Path) -> None:
    first = write(tmp_path)

    def decorate(document: Document) -> None:
        paragraph = next(p for p in document.paragraphs if p.text == SITUATION)
        document.add_comment(paragraph.runs[0], "请校长看看", "她", "她")
        paragraph.runs[0].bold = True
        space = paragraph._p.nsmap["w"]
        paragraph._p.append(parse_xml(f'<w:bookmarkStart xmlns:w="{space}" w:id="900" w:name="情况"/>'))

    edit(first, decorate)
    second = docx.Document(str(write(tmp_path, newer()).path))
    paragraph = next(p for p in second.paragraphs if p.text == NEW_SITUATION)
    assert [run.bold for run in paragraph.runs if run.text] == [True]
    assert len(paragraph._p.findall(qn("w:commentRangeStart"))) == 1
    assert len(paragraph._p.findall(qn("w:bookmarkStart"))) == 1
    assert [comment.text for comment in second.comments] == ["请校长看看"]


def test_a_paragraph_no_longer_written_stays_where_it_holds_something_of_hers(tmp_path: Path) -> None:
    first = write(tmp_path)

    def remark(document: Document) -> None:
        document.add_comment(next(p for p in document.paragraphs if p.text == STOCKTAKE).runs[0], "留着", "她", "她")

    edit(first, remark)
    second = write(tmp_path, replace(newer(), keeping=()))
    assert STOCKTAKE in said(second)
    assert comments(second) == ["留着", "数据更新后不再有这一段。"]


def test_a_paper_she_renamed_is_known_again(tmp_path: Path) -> None:
    first = write(tmp_path)
    edit(first, reword(STOCKTAKE, "清点见附表。"))
    first.path.rename(tmp_path / "交给校长的总结.docx")
    second = write(tmp_path, newer())
    assert "清点见附表。" in said(second)
    assert "改过的文字从“交给校长的总结.docx”并进来。" in second.sentences()


def test_a_paper_she_moved_away_is_said_and_taken_once_it_is_back(tmp_path: Path) -> None:
    first = write(tmp_path)
    edit(first, reword(STOCKTAKE, "清点见附表。"))
    away = first.path.rename(tmp_path.parent / "定稿.docx")
    second = write(tmp_path, newer())
    assert any(first.path.name in told and "放回来" in told for told in second.unread)
    away.rename(first.path)
    second.path.unlink()
    third = write(tmp_path, newer())
    assert third.unread == ()
    assert {"清点见附表。", NEW_SITUATION} <= set(said(third))


def test_of_two_copies_the_edited_one_is_taken(tmp_path: Path) -> None:
    first = write(tmp_path)
    edit(first, reword(STOCKTAKE, "清点见附表。"))
    (tmp_path / "改过的.docx").write_bytes(first.path.read_bytes())
    (tmp_path / first.path.name).write_bytes(write(tmp_path / "别处").path.read_bytes())
    assert "清点见附表。" in said(write(tmp_path, newer()))


def test_a_paper_whose_record_is_gone_is_said_once(tmp_path: Path) -> None:
    first = write(tmp_path)
    edit(first, reword(STOCKTAKE, "清点见附表。"))
    (tmp_path / RECORD_NAME).unlink()
    before = first.path.read_bytes()
    sentence = f"“{first.path.name}”是以前写的，它的记录不在了，里面改过的文字没有并进来。"
    second = write(tmp_path, newer())
    assert sentence in second.sentences()
    assert first.path.read_bytes() == before
    assert sentence not in write(tmp_path, newer(problems=())).sentences()


def test_a_paper_that_was_moved_into_a_folder_below_with_its_record_is_said_once(tmp_path: Path) -> None:
    first = write(tmp_path)
    (tmp_path / "存档").mkdir()
    for path in (first.path, tmp_path / RECORD_NAME):
        path.rename(tmp_path / "存档" / path.name)
    sentence = f"“存档/{first.path.name}”也是这份文书，放在下一级文件夹里，里面改过的文字没有并进来。"
    assert sentence in write(tmp_path).sentences()
    assert sentence not in write(tmp_path, newer()).sentences()


def test_the_record_holds_no_name_and_a_list_is_still_brought_up_to_date(tmp_path: Path) -> None:
    names = ("陈一凡", "S20230001", "李晨", "S20230002", "王小雨", "S20230003")
    pupils = (BehindPupil("S20230001", "陈一凡", "1", "3"), BehindPupil("S20230002", "李晨", "2", "2"))
    paper = replace(paper_samples.behind(), pupils=pupils)
    first = _notice(tmp_path, paper, names)
    text = (tmp_path / RECORD_NAME).read_text(encoding="utf-8")
    assert [name for name in names if name in text] == []

    def remark(document: Document) -> None:
        document.tables[0].rows[2].cells[-1].paragraphs[0].add_run("（已谈话）")

    edit(first, remark)
    later = (BehindPupil("S20230002", "李晨", "3", "1"), BehindPupil("S20230003", "王小雨", "0", "4"))
    second = _notice(tmp_path, replace(paper, pupils=later), names)
    rows = [[cell.text for cell in row.cells] for row in docx.Document(str(second.path)).tables[0].rows]
    assert [row[-3:] for row in rows[1:]] == [["S20230002", "3", "1（已谈话）"], ["S20230003", "0", "4"]]


def _notice(folder: Path, paper: BehindNotice, names: tuple[str, ...]) -> Delivery:
    return deliver(find_template("未达标名单.docx", folder), content(paper), folder, "未达标名单_三（1）班", DAY, names)


def test_a_paragraph_she_deleted_stays_deleted(tmp_path: Path) -> None:
    first = write(tmp_path)

    def delete(document: Document) -> None:
        paragraph = next(p for p in document.paragraphs if p.text == SITUATION)._p
        paragraph.getparent().remove(paragraph)

    edit(first, delete)
    second = write(tmp_path, newer())
    assert not [text for text in said(second) if "共开放" in text]


def test_a_paragraph_she_added_stays_where_she_put_it(tmp_path: Path) -> None:
    first = write(tmp_path)

    def add(document: Document) -> None:
        next(p for p in document.paragraphs if p.text == STOCKTAKE).insert_paragraph_before("五年级家长义务帮忙两天。")

    edit(first, add)
    texts = said(write(tmp_path, newer()))
    assert texts.index("五年级家长义务帮忙两天。") + 1 == texts.index(STOCKTAKE)


def test_a_table_row_she_added_stays_while_figures_are_brought_up_to_date(tmp_path: Path) -> None:
    first = write(tmp_path)

    def add(document: Document) -> None:
        cells = document.tables[0].add_row().cells
        for cell, text in zip(cells, ("3", "校本读物", "全校", "1种", "1种", "完成"), strict=True):
            cell.text = text

    edit(first, add)
    targets = (
        TargetLine("生均借书册数", "全校", "3.5册", "3.8册", "完成"),
        TargetLine("报刊种数", "全校", "50种", "50种", "完成"),
    )
    second = write(tmp_path, newer(targets=targets))
    rows = [[cell.text for cell in row.cells] for row in docx.Document(str(second.path)).tables[0].rows]
    assert rows[1:] == [
        ["1", "生均借书册数", "全校", "3.5册", "3.8册", "完成"],
        ["2", "报刊种数", "全校", "50种", "50种", "完成"],
        ["3", "校本读物", "全校", "1种", "1种", "完成"],
    ]
    assert outcomes(second, BlockOutcome.REDONE) == ["表“任务指标完成情况”"]


def test_a_table_row_she_changed_and_we_changed_too_keeps_hers_with_a_comment(tmp_path: Path) -> None:
    first = write(tmp_path)

    def change(document: Document) -> None:
        document.tables[0].rows[2].cells[5].paragraphs[0].runs[0].text = "已补订4种"

    edit(first, change)
    targets = (paper_samples.summary().targets[0], TargetLine("报刊种数", "全校", "50种", "47种", "差3种"))
    second = write(tmp_path, newer(targets=targets))
    row = docx.Document(str(second.path)).tables[0].rows[2]
    assert [cell.text for cell in row.cells][-2:] == ["47种", "已补订4种"]
    assert comments(second) == ["更新后“已补订4”应为“3”。"]


def test_a_row_she_took_out_of_a_sum_is_said_at_the_sum(tmp_path: Path) -> None:
    first = write(tmp_path)

    def take_out(document: Document) -> None:
        table = next(one for one in document.tables if one.rows[-1].cells[0].text == "合计")
        gone.append(table.rows[1].cells[0].text)
        table._tbl.remove(table.rows[1]._tr)

    gone: list[str] = []
    edit(first, take_out)
    second = write(tmp_path, newer())
    assert comments(second) == [f"表里删去了“{gone[0]}”，合计仍把它算在内。"]


def test_a_new_class_gets_its_row_and_a_closed_one_loses_it(tmp_path: Path) -> None:
    first = write(tmp_path)
    edit(first, reword(STOCKTAKE, "清点见附表。"))
    old = paper_samples.summary().by_class
    added = ClassLoans("六（3）班", "38", "140", "3.68", "3.50", "30", "1")
    second = write(tmp_path, newer(by_class=(*old[1:], added)))
    names = [row.cells[0].text for row in docx.Document(str(second.path)).tables[1].rows]
    assert names == ["班级", *paper_samples.CLASSES[1:], "六（3）班"]


def test_charts_of_an_edited_paper_show_the_new_figures(tmp_path: Path) -> None:
    first = write(tmp_path)
    edit(first, reword(STOCKTAKE, "清点见附表。"))
    sample = paper_samples.summary().month_chart
    changed = sample._replace(series=(sample.series[0]._replace(values=(402.0, 388.0, 471.0, 350.0, 131.0)),))
    second = write(tmp_path, newer(month_chart=changed))
    chart = next(chart for chart in charts_of(docx.Document(str(second.path))) if chart.alt == "各月借阅")
    assert b"<c:v>131.0</c:v>" in chart.part.blob
    assert "图“各月借阅”" in outcomes(second, BlockOutcome.REDONE)


def test_a_paper_whose_charts_lost_their_workbooks_is_renewed_like_any_other(tmp_path: Path) -> None:
    """LibreOffice leaves them out where the paper was an .odt in between."""
    first = write(tmp_path)
    edit(first, reword(STOCKTAKE, "清点见附表。"))
    parts = parts_of(first.path.read_bytes())
    left = {name: data for name, data in parts.items() if not name.startswith("word/embeddings/")}
    assert len(left) < len(parts)
    first.path.write_bytes(zipped(left))
    second = write(tmp_path, newer())
    assert "清点见附表。" in said(second)
    charts = list(charts_of(docx.Document(str(second.path))))
    assert len(charts) == 3
    assert not any(b"externalData" in chart.part.blob for chart in charts)


def test_a_chart_that_had_nothing_to_show_is_brought_into_her_paper(tmp_path: Path) -> None:
    first = write(
        tmp_path,
        replace(paper_samples.summary(), month_chart=paper_samples.summary().month_chart._replace(categories=())),
    )
    edit(first, reword(STOCKTAKE, "清点见附表。"))
    second = write(tmp_path)
    charts = {chart.alt: chart for chart in charts_of(docx.Document(str(second.path)))}
    assert set(charts) == {"各班生均借书", "各月借阅", "各类藏书与标准"}
    assert len({chart.part.partname for chart in charts.values()}) == 3
    assert "图“各月借阅”" in outcomes(second, BlockOutcome.ADDED)


def test_a_section_that_comes_and_one_that_goes(tmp_path: Path) -> None:
    first = write(tmp_path, replace(paper_samples.summary(), problems=()))
    edit(first, reword(STOCKTAKE, "清点见附表。"))
    second = write(tmp_path, newer(intentions=()))
    texts = said(second)
    assert texts.index("存在问题") + 1 == texts.index("1．报刊种数没有达到要求。")
    assert "今后打算" not in texts
    assert "今后打算" in outcomes(second, BlockOutcome.DROPPED)


def test_what_we_no_longer_say_but_she_reworded_stays_with_a_comment(tmp_path: Path) -> None:
    first = write(tmp_path)
    edit(
        first,
        reword(
            "下学期增订4种期刊，把四（2）班作为送书进班的重点。", "下学期增订6种期刊，把四（2）班作为送书进班的重点班。"
        ),
    )
    second = write(tmp_path, newer(intentions=()))
    assert "下学期增订6种期刊，把四（2）班作为送书进班的重点班。" in said(second)
    assert comments(second) == ["数据更新后不再有这一段。"]


def test_edits_survive_a_second_renewal(tmp_path: Path) -> None:
    edit(write(tmp_path), reword(STOCKTAKE, "清点见附表。"))
    write(tmp_path, newer())
    third = write(tmp_path, newer(problems=()), date(2026, 12, 20))
    assert third.version == 3
    assert "清点见附表。" in said(third)


def test_a_version_she_deleted_is_made_anew_and_its_number_not_used_again(tmp_path: Path) -> None:
    write(tmp_path).path.unlink()
    assert write(tmp_path).path.name == f"{NAME}_v2_20261122.docx"


def test_a_paper_without_its_record_is_recorded_again_where_it_would_be_written_as_it_was(tmp_path: Path) -> None:
    write(tmp_path)
    second = write(tmp_path, newer())
    edit(second, reword(STOCKTAKE, "清点见附表。"))
    record = tmp_path / RECORD_NAME
    known = json.loads(record.read_text(encoding="utf-8"))
    killed = json.dumps({paper: entries[:1] for paper, entries in known.items()}, ensure_ascii=False)
    for left in (killed, "", "{坏"):
        record.write_text(left, encoding="utf-8") if left else record.unlink()
        for again in (write(tmp_path, newer()), write(tmp_path, newer())):
            assert again.sentences() == [f"数据没有变化，仍用“{second.path.name}”。"], left
        assert len(list(tmp_path.glob("*.docx"))) == 2, left
    third = write(tmp_path, newer(problems=()))
    assert "清点见附表。" in said(third)
    assert not any("记录不在了" in sentence for sentence in third.sentences())


def test_an_earlier_version_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    first = write(tmp_path)
    first.path.write_bytes(b"broken")
    second = write(tmp_path, newer())
    assert second.sentences()[1] == f"“{first.path.name}”打不开，里面改过的文字没有并进来。"
    assert first.path.read_bytes() == b"broken"


def test_a_damaged_version_is_made_anew_although_nothing_has_changed(tmp_path: Path) -> None:
    first = write(tmp_path)
    first.path.write_bytes(first.path.read_bytes()[:3000])
    second = write(tmp_path)
    assert second.sentences()[1] == f"“{first.path.name}”打不开，里面改过的文字没有并进来。"
    assert write(tmp_path).path == second.path != first.path


def test_the_record_holds_text_and_no_absolute_path(tmp_path: Path) -> None:
    write(tmp_path)
    text = (tmp_path / RECORD_NAME).read_text(encoding="utf-8")
    [entry] = json.loads(text)[NAME]
    assert str(tmp_path) not in text
    assert entry["file"] == f"{NAME}_v1_20261122.docx"
    assert ["段", "", SITUATION, []] in entry["blocks"]


def test_a_record_that_cannot_be_written_leaves_no_paper_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise CannotWrite("磁盘满了。")

    monkeypatch.setattr("schoollib_xl.documents.regeneration.deliver.append", full)
    with pytest.raises(CannotWrite):
        write(tmp_path)
    assert list(tmp_path.glob("*.docx")) == []


def test_a_name_windows_would_refuse_is_mended(tmp_path: Path) -> None:
    delivery = deliver(
        find_template("催还单.docx", tmp_path), content(paper_samples.overdue()), tmp_path, "催还单_四/2班", DAY
    )
    assert delivery.path.name == "催还单_四／2班_v1_20261122.docx"


def test_two_names_windows_would_refuse_stay_two_papers(tmp_path: Path) -> None:
    template, said = find_template("催还单.docx", tmp_path), content(paper_samples.overdue())
    both = [deliver(template, said, tmp_path, f"催还单_{name}", DAY) for name in ("二/1班", "二:1班")]
    assert [one.version for one in both] == [1, 1]
    assert len({one.path for one in both}) == 2


def test_papers_of_endless_names_are_written_each_under_a_name_the_system_takes(tmp_path: Path) -> None:
    template, said = find_template("催还单.docx", tmp_path), content(paper_samples.overdue())
    endless = [f"催还单_{'很长的班' * 75}{number}" for number in (1, 2)]
    both = [deliver(template, said, tmp_path, name, DAY) for name in endless]
    assert len({one.path for one in both}) == 2
    assert all(one.path.name.startswith("催还单_很长的班") for one in both)
    assert not deliver(template, said, tmp_path, endless[0], DAY).written


def test_the_record_of_a_list_of_names_holds_none(tmp_path: Path) -> None:
    template, overdue = find_template("催还单.docx", tmp_path), paper_samples.overdue()
    deliver(template, content(overdue), tmp_path, "催还单", DAY)
    text = (tmp_path / RECORD_NAME).read_text(encoding="utf-8")
    named = {overdue.teacher, *(name for loan in overdue.loans for name in (loan.name, loan.reader_no))}
    assert named
    assert not [name for name in named if name in text]


def test_a_list_of_names_is_brought_up_to_date_although_the_record_knows_no_name(tmp_path: Path) -> None:
    template, overdue = find_template("催还单.docx", tmp_path), paper_samples.overdue()
    returned = replace(overdue.loans[0], name="林小满", title="小河")
    overdue = replace(overdue, loans=(returned, *overdue.loans))
    first = deliver(template, content(overdue), tmp_path, "催还单", DAY).path
    hers = docx.Document(str(first))
    hers.add_paragraph("放学前收齐。")
    hers.save(str(first))
    fewer = replace(overdue, loans=overdue.loans[1:])
    second = deliver(template, content(fewer), tmp_path, "催还单", DAY)
    document = docx.Document(str(second.path))
    names = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert not [change for change in second.changes if change.outcome is BlockOutcome.CLASHED]
    assert "放学前收齐。" in [paragraph.text for paragraph in document.paragraphs]
    assert returned.name not in names
    assert overdue.loans[1].name in names


@pytest.mark.parametrize("content_of_record", ["[" * 200_000, '{\n "催还单": []\n}', ""])
def test_a_file_in_place_of_the_record_is_passed_over_and_stays(content_of_record: str, tmp_path: Path) -> None:
    (tmp_path / RECORD_NAME).write_text(content_of_record)
    assert [write(tmp_path).version, write(tmp_path, newer()).version] == [1, 2]
    assert (tmp_path / RECORD_NAME).read_text() == content_of_record
    assert list(json.loads((tmp_path / "图书室文书记录(2).json").read_text("utf-8"))[NAME][1]) != []


def test_a_reworded_template_gives_an_untouched_paper_its_new_look(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "工作总结.docx").write_bytes(find_template("工作总结_简版.docx", tmp_path).read_bytes())
    second = write(tmp_path)
    assert second.version == 2
    assert (
        docx.Document(str(second.path)).styles["Normal"].element.xpath("string(w:rPr/w:rFonts/@w:eastAsia)") == "宋体"
    )


@pytest.mark.office
@pytest.mark.skipif(soffice() is None, reason="LibreOffice is not installed")
def test_a_paper_another_program_saved_again_counts_as_untouched_text(tmp_path: Path) -> None:
    first = write(tmp_path)
    resaved = convert(first.path, tmp_path / "office", "docx")
    first.path.write_bytes(resaved.read_bytes())
    second = write(tmp_path, newer())
    assert NEW_SITUATION in said(second)
    assert SITUATION not in said(second)
    assert outcomes(second, BlockOutcome.CLASHED) == []
    assert outcomes(second, BlockOutcome.KEPT) == []


def test_a_paper_written_before_the_school_had_its_name_is_told_of(tmp_path: Path) -> None:
    write(tmp_path, replace(paper_samples.summary(), school=""))
    named = write(tmp_path)
    assert named.sentences()[1:] == ["这个文件夹里还有没写校名的同一种文书，里面改过的文字没有并进来。"]


def test_two_schools_in_one_folder_each_have_their_own_words(tmp_path: Path) -> None:
    first = write(tmp_path)
    edit(first, reword(SITUATION, "我校校长捐书500册。"))
    other = write(tmp_path, replace(paper_samples.summary(), school="东村小学"))
    assert other.written
    assert other.version == 2
    assert other.sentences()[1:] == ["这个文件夹里还有“青禾镇中心小学”的同一种文书，里面改过的文字没有并进来。"]
    assert not any("校长捐书" in text for text in texts(other))
    mine = write(tmp_path, newer())
    assert any("校长捐书" in text for text in texts(mine))
    again = write(tmp_path, newer(school="东村小学"))
    assert (again.version, again.sentences()[1:]) == (4, [])
    assert NEW_SITUATION in texts(again)


def test_an_old_figure_is_told_in_a_header_too_and_with_what_took_its_own_place(tmp_path: Path) -> None:
    """Two rows of one name are two places: 8.58 of grades 3 to 6 did not become the 1.66 of grade 2."""

    def targets(mean: str) -> tuple[TargetLine, ...]:
        return (
            TargetLine("生均借书册数", "三至六年级", "8册", f"{mean}册", "已完成"),
            TargetLine("生均借书册数", "二年级", "2册", "1.66册", "差0.34册"),
        )

    def change(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "全学期1796册次"
        document.paragraphs[-1].insert_paragraph_before("三至六年级人均8.58册。")

    first = write(tmp_path, replace(paper_samples.summary(), targets=targets("8.58")))
    edit(first, change)
    second = write(tmp_path, newer(targets=targets("8.40")))
    assert {"更新后“1796”已是“1847”，看看页眉要不要改。", "更新后“8.58”已是“8.40”，看看这里要不要改。"} <= {
        *comments(second)
    }


def test_an_old_figure_beside_a_conflict_in_her_paragraph_is_told_as_well(tmp_path: Path) -> None:
    """She put the second sentence first: what is told of the other one says nothing of its figure."""
    lent, mean = "学生借书1796册次，比上学期多借40册次。", "三至六年级人均8.57册，达到目标。"
    rest = "各班由学生管理员轮值，借还登记、排架整理都能独立完成，班级图书角每月换一次书。"
    first = write(tmp_path, replace(paper_samples.summary(), situation=(PlanLine(lent + mean + rest),)))
    edit(first, reword(lent + mean + rest, mean + lent.replace("40", "四十") + rest))
    now = "学生借书1847册次，和上学期持平。三至六年级人均8.41册，达到目标。"
    second = write(tmp_path, replace(paper_samples.summary(), situation=(PlanLine(now + rest),)))
    assert "更新后“8.57”已是“8.41”，看看这里要不要改。" in comments(second)
    assert sum("1796" in comment for comment in comments(second)) == 1


def test_an_old_figure_is_told_in_every_later_version_until_she_mends_it_or_drops_the_comment(tmp_path: Path) -> None:
    """In the third version it is no figure of the last one: 1796 was generated two versions ago."""
    moved = "同学们一学期里借了1796册次。"

    def lent(copies: str, day: str = "20") -> TermSummary:
        lines = (PlanLine(f"个人借书{copies}册次，各班都有进步。"),)
        return replace(paper_samples.summary(), situation=lines, signed_on=f"2027年1月{day}日")

    edit(write(tmp_path, lent("1796")), reword("个人借书1796册次，各班都有进步。", f"各班都有进步。{moved}"))
    for paper, now in ((lent("1795"), "1795"), (lent("1790"), "1790"), (lent("1790", "21"), "1790")):
        latest = write(tmp_path, paper)
        assert f"更新后“1796”已是“{now}”，看看这里要不要改。" in comments(latest)
    edit(latest, lambda document: [element.remove(one) for element in [document.part._comments_part.element]
                                   for one in list(element)])  # fmt: skip
    assert not any("1796" in comment for comment in comments(write(tmp_path, lent("1780"))))
    assert any(moved in text for text in texts(latest))
