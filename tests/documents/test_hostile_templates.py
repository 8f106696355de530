"""Every way a template gets hurt: it comes out right, or the fault is named with its place."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from filled import fill
from hostile import Measure, Turn, complaints, facts, filled, para, run, table, texts, word

from schoollib_xl.documents.filling.comments import annotate
from schoollib_xl.documents.filling.faults import TemplateFaults
from schoollib_xl.documents.filling.fill import fill as fill_template

HYPERLINK = RELATIONSHIP_TYPE.HYPERLINK
HINT = '<w:rFonts w:hint="eastAsia"/>'
DRAWING = (
    '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="wps"><w:drawing><w:txbxContent>{0}</w:txbxContent></w:drawing></mc:Choice>'
    "<mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def test_a_name_word_split_into_runs_is_filled(tmp_path: Path) -> None:
    assert filled(tmp_path, para(run("{{"), run("学", HINT), run("校", HINT), run("}}"), run("图书室"))) == [
        "青禾小学图书室"
    ]


def test_split_braces_are_put_together(tmp_path: Path) -> None:
    assert filled(tmp_path, para("在{", "{学校}", "}里")) == ["在青禾小学里"]


def test_spelling_marks_and_bookmarks_inside_a_placeholder_do_no_harm(tmp_path: Path) -> None:
    marks = '<w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>'
    assert filled(tmp_path, para("{{学", marks, "校}}")) == ["青禾小学"]


def test_a_comment_of_her_own_on_a_placeholder_stays_out_of_the_paper(tmp_path: Path) -> None:
    start, end = (
        '<w:commentRangeStart w:id="7"/>',
        '<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>',
    )
    document = fill(word(tmp_path, para("{{", start, "学校", end, "}}")), facts())
    assert texts(document) == ["青禾小学"]
    assert "comment" not in document.element.xml


def test_a_half_bold_placeholder_takes_the_look_of_its_first_character(tmp_path: Path) -> None:
    document = fill(word(tmp_path, para(run("{{学", "<w:b/>"), run("校}}"), "好")), facts())
    assert [(one.text, one.bold) for one in document.paragraphs[0].runs if one.text] == [
        ("青禾小学", True),
        ("好", None),
    ]


def test_a_soft_return_inside_a_placeholder_goes(tmp_path: Path) -> None:
    assert filled(tmp_path, para("{{学", "<w:r><w:br/></w:r>", "校}}好")) == ["青禾小学好"]


def test_a_placeholder_in_a_hyperlink_is_filled(tmp_path: Path) -> None:
    assert filled(tmp_path, para(f'<w:hyperlink w:anchor="a">{run("{{学校}}")}</w:hyperlink>')) == ["青禾小学"]


def test_a_placeholder_in_a_content_control_is_filled_and_no_longer_a_prompt(tmp_path: Path) -> None:
    control = (
        '<w:sdt><w:sdtPr><w:showingPlcHdr/><w:dataBinding w:xpath="/a" w:storeItemID="{1}"/></w:sdtPr>'
        f"<w:sdtContent>{run('{{学校}}')}</w:sdtContent></w:sdt>"
    )
    document = fill(word(tmp_path, para(control)), facts())
    assert texts(document) == ["青禾小学"]
    assert "showingPlcHdr" not in document.element.xml
    assert "dataBinding" not in document.element.xml


def test_rows_in_a_content_control_repeat(tmp_path: Path) -> None:
    rows = table(("{{轮流.星期}}",)).replace("<w:tr>", "<w:sdt><w:sdtContent><w:tr>")
    assert filled(tmp_path, rows.replace("</w:tr>", "</w:tr></w:sdtContent></w:sdt>")) == ["星期一", "星期二"]


def test_both_copies_of_a_text_box_are_filled(tmp_path: Path) -> None:
    assert filled(tmp_path, para("图", DRAWING.format(para("{{学校}}")))) == ["图", "青禾小学", "青禾小学"]


def test_the_text_of_a_drawing_in_the_page_is_filled(tmp_path: Path) -> None:
    lines = "<a:p><a:r><a:t>{{{{学校}}}}</a:t></a:r></a:p><a:p><a:fld><a:t>{{{{{}}}}}</a:t></a:fld></a:p>"
    drawn = f"<a:txBody>{lines}</a:txBody>"
    body = para("{{学校}}", f"<w:r><w:drawing>{drawn.format('学年')}</w:drawing></w:r>")
    assert filled(tmp_path, body) == ["青禾小学", "青禾小学", "2026—2027"]
    in_a_list = para("{{目标}}", f"<w:r><w:drawing>{drawn.format('学校')}</w:drawing></w:r>")
    assert filled(tmp_path, in_a_list) == ["多读书", "青禾小学", "青禾小学", "读好书", "青禾小学", "青禾小学"]


def test_a_fault_in_a_text_box_is_told_once(tmp_path: Path) -> None:
    [told] = complaints(tmp_path, para("图", DRAWING.format(para("{{学笑}}"))))
    assert told.startswith("正文第1段的文本框：{{学笑}} 不是可用的名称")


def test_a_placeholder_written_as_a_tracked_insertion_is_filled_as_plain_text(tmp_path: Path) -> None:
    document = fill(word(tmp_path, para(f'<w:ins w:id="1" w:author="她">{run("{{学校}}")}</w:ins>')), facts())
    assert texts(document) == ["青禾小学"]
    assert "w:ins" not in document.element.xml


def test_text_struck_out_in_a_placeholder_does_not_count(tmp_path: Path) -> None:
    struck = '<w:del w:id="1" w:author="她"><w:r><w:delText>笑</w:delText></w:r></w:del>'
    assert filled(tmp_path, para("{{学", struck, "校}}")) == ["青禾小学"]


def test_a_tracked_insertion_that_begins_before_the_braces_and_ends_inside_is_sound(tmp_path: Path) -> None:
    document = fill(word(tmp_path, para(f'<w:ins w:id="1" w:author="她">{run("在{{学")}</w:ins>', "校}}里")), facts())
    assert texts(document) == ["在青禾小学里"]
    assert not document.element.body.xpath(".//w:p//w:p")


def test_full_width_braces_spaces_and_dots_count(tmp_path: Path) -> None:
    body = para("｛｛ 学　校 ｝｝") + table(("{{轮流。班}}", "{{轮流．星期}}"))
    assert filled(tmp_path, body) == ["青禾小学", "一班", "星期一", "二班", "星期二"]


def test_a_missing_brace_is_named_with_its_place(tmp_path: Path) -> None:
    body = para("主要目标", style="Heading1") + para("{学校}}")
    [told] = complaints(tmp_path, body)
    assert told == "正文第2段（“主要目标”下）：花括号不成对：“{学校}}”，名称要写在同一段的 {{ 和 }} 之间。"


def test_single_braces_round_a_known_name_are_a_fault_and_round_anything_else_are_text(tmp_path: Path) -> None:
    [told] = complaints(tmp_path, para("{学校}"))
    assert told == "正文第1段：{学校} 的花括号各少一个，应写成 {{学校}}。"
    assert filled(tmp_path, para("{{学校}}集合{1，2}")) == ["青禾小学集合{1，2}"]


def test_a_template_in_which_nothing_is_to_be_filled_is_refused(tmp_path: Path) -> None:
    [told] = complaints(tmp_path, para("我校的总结"))
    assert told.startswith("一处 {{名称}} 也没有")


def test_a_placeholder_over_two_paragraphs_is_a_fault_at_both(tmp_path: Path) -> None:
    told = complaints(tmp_path, para("{{学") + para("校}}"))
    assert [sentence.partition("：")[0] for sentence in told] == ["正文第1段", "正文第2段"]


def test_a_control_tag_of_another_program_is_a_fault(tmp_path: Path) -> None:
    [told] = complaints(tmp_path, para("{% for x in 目标 %}"))
    assert told.startswith("正文第1段：花括号不成对")


def test_an_unclosed_placeholder_is_a_fault(tmp_path: Path) -> None:
    [told] = complaints(tmp_path, para("本校{{学校"))
    assert "花括号不成对：“本校{{学校”" in told


def test_braces_made_as_a_word_field_are_a_fault(tmp_path: Path) -> None:
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>学校</w:instrText></w:r>'
    [told] = complaints(tmp_path, para(field, '<w:r><w:fldChar w:fldCharType="end"/></w:r>'))
    assert told == "正文第1段：“学校”外面的花括号是域（Ctrl+F9），要从键盘直接键入 {{学校}}。"


def test_a_placeholder_in_the_code_of_a_field_is_a_fault(tmp_path: Path) -> None:
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> EQ \\f({{学校}},2) </w:instrText></w:r>'
    [told] = complaints(tmp_path, para(field, '<w:r><w:fldChar w:fldCharType="end"/></w:r>'))
    assert told == "正文第1段：域代码里的 {{学校}} 填不了，写到普通文字里。"


def test_every_fault_is_told_in_one_run_with_place_and_nearest_name(tmp_path: Path) -> None:
    footer = (
        '<w:ftr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:p><w:r><w:t>{{学年度}}</w:t></w:r></w:p></w:ftr>"
    )
    body = para("{{学笑}}") + table(("星期", "班级"), ("{{轮流.星期}}", "{{轮流.班级}}")) + para("{{}}")
    assert complaints(tmp_path, body, {"word/footer2.xml": footer}) == [
        "正文第1段：{{学笑}} 不是可用的名称，是不是 {{学校}}？",
        "正文第1个表格第2行第2列：{{轮流.班级}} 不是可用的名称，是不是 {{轮流.班}}？",
        "正文第2段：{{}} 里没有写名称。",
        "偶数页页脚第1段：{{学年度}} 不是可用的名称，是不是 {{学年}}？",
    ]


def test_an_empty_list_does_not_hide_what_its_items_may_be_called(tmp_path: Path) -> None:
    [told] = complaints(tmp_path, table(("{{轮流.班级}}",)), turns=())
    assert "是不是 {{轮流.班}}？" in told


def test_code_inside_braces_is_only_an_unknown_name(tmp_path: Path) -> None:
    [told] = complaints(tmp_path, para("{{().__class__.__mro__}}"))
    assert told == "正文第1段：{{().__class__.__mro__}} 不是可用的名称，对照原模板改过来。"


def test_a_filter_on_a_name_is_an_unknown_name(tmp_path: Path) -> None:
    [told] = complaints(tmp_path, para("{{学校|upper}}"))
    assert "是不是 {{学校}}？" in told


def test_two_lists_in_one_row_are_a_fault(tmp_path: Path) -> None:
    [told] = complaints(tmp_path, table(("{{轮流.星期}}", "{{目标}}")))
    assert told == "正文第1个表格第1行第2列：同一行用了“轮流”、“目标”2个清单，只能用一个。"


def test_a_running_number_where_nothing_repeats_is_a_fault(tmp_path: Path) -> None:
    [told] = complaints(tmp_path, para("{{序号}}．总则"))
    assert told == "正文第1段：{{序号}} 只能和清单的名称写在同一段或同一行里。"


def test_markup_characters_in_a_value_are_text(tmp_path: Path) -> None:
    assert filled(tmp_path, para("{{学校}}"), school='读书&写作<优>"') == ['读书&写作<优>"']


def test_characters_word_cannot_hold_are_dropped_and_nothing_after_them(tmp_path: Path) -> None:
    assert filled(tmp_path, para("{{学校}}"), school="青\x0b禾\ud800小\x00学") == ["青禾小学"]


def test_nothing_known_is_written_as_nothing(tmp_path: Path) -> None:
    assert filled(tmp_path, para("校名：{{学校}}。"), school=None) == ["校名：。"]


def test_braces_in_a_value_are_not_searched_again(tmp_path: Path) -> None:
    assert filled(tmp_path, para("{{学校}}，{{学年}}"), school="{{学年}}") == ["{{学年}}，2026—2027"]


def test_a_line_end_in_a_value_is_a_line_break(tmp_path: Path) -> None:
    assert filled(tmp_path, para("{{学校}}"), school="青禾\n小学") == ["青禾\n小学"]


def test_a_row_repeats_for_each_item_and_counts(tmp_path: Path) -> None:
    body = table(("序号", "班"), ("{{序号}}", "{{轮流.班}}"))
    assert filled(tmp_path, body) == ["序号", "班", "1", "一班", "2", "二班"]


def test_two_rows_of_one_list_repeat_together(tmp_path: Path) -> None:
    assert filled(tmp_path, table(("{{轮流.星期}}",), ("{{轮流.班}}",))) == ["星期一", "一班", "星期二", "二班"]


def test_a_list_inside_an_item_repeats_in_its_cell(tmp_path: Path) -> None:
    document = fill(word(tmp_path, table(("{{措施.标题}}", "{{序号}}．{{措施.段落}}"))), facts())
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["借还", "1．登记\n2．催还"],
        ["进班", "1．送书"],
    ]


def test_a_row_with_vertically_merged_cells_repeats(tmp_path: Path) -> None:
    body = table(("星期", "班"), ("并入上格", "{{轮流.班}}"))
    begin, goes_on = ('<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>', "<w:tc><w:tcPr><w:vMerge/></w:tcPr>")
    body = body.replace("<w:tc>", begin, 1).replace("</w:tr><w:tr><w:tc>", f"</w:tr><w:tr>{goes_on}")
    document = fill(word(tmp_path, body), facts())
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["星期", "班"],
        ["星期", "一班"],
        ["星期", "二班"],
    ]


def test_neighbouring_paragraphs_of_one_list_repeat_as_a_group_with_inner_lists(tmp_path: Path) -> None:
    body = para("{{序号汉字}}、{{措施.标题}}") + para("") + para("（{{序号}}）{{措施.段落}}")
    assert filled(tmp_path, body) == ["一、借还", "（1）登记", "（2）催还", "二、进班", "（1）送书"]


def test_a_list_of_plain_texts_repeats_its_paragraph(tmp_path: Path) -> None:
    assert filled(tmp_path, para("{{序号}}．{{目标}}；")) == ["1．多读书；", "2．读好书；"]


def test_a_table_inside_a_cell_repeats_its_own_rows(tmp_path: Path) -> None:
    inner = table(("{{轮流.班}}",)) + para("完")
    assert filled(tmp_path, table(("{{学校}}", inner))) == ["青禾小学", "一班", "二班", "完"]


def test_a_paragraph_whose_only_placeholder_is_empty_disappears(tmp_path: Path) -> None:
    document = fill(word(tmp_path, para("前") + para("{{注}}") + para("后")), facts())
    assert [paragraph.text for paragraph in document.paragraphs] == ["前", "后"]


def test_a_cell_keeps_a_paragraph_when_its_value_is_empty(tmp_path: Path) -> None:
    document = fill(word(tmp_path, table(("注", "{{注}}"))), facts())
    assert document.tables[0].rows[0].cells[1].paragraphs[0].text == ""


def test_a_paragraph_with_a_section_break_stays_when_it_is_empty(tmp_path: Path) -> None:
    body = para("{{注}}").replace("<w:p>", "<w:p><w:pPr><w:sectPr/></w:pPr>") + para("后")
    assert len(fill(word(tmp_path, body), facts()).sections) == 2


def test_a_section_break_in_a_repeated_paragraph_is_not_repeated(tmp_path: Path) -> None:
    body = para("{{目标}}").replace("<w:p>", "<w:p><w:pPr><w:sectPr/></w:pPr>") + para("后")
    assert len(fill(word(tmp_path, body), facts()).sections) == 2


def test_two_tables_do_not_run_together_when_the_line_between_them_goes(tmp_path: Path) -> None:
    document = fill(word(tmp_path, table(("甲",)) + para("{{注}}") + table(("乙",))), facts())
    assert [element.tag.rpartition("}")[2] for element in document.element.body][:3] == ["tbl", "p", "tbl"]


def test_a_table_with_nothing_but_empty_lists_goes_with_caption_and_heading(tmp_path: Path) -> None:
    body = (
        para("目标", style="Heading1")
        + para("{{目标}}")
        + para("轮流", style="Heading1")
        + para("轮流表", style="Caption")
        + table(("班",), ("{{轮流.班}}",))
        + para("{{学校}}", style="SignedBy")
    )
    assert filled(tmp_path, body, turns=()) == ["目标", "多读书", "读好书", "青禾小学"]


def test_the_caption_of_a_table_that_goes_does_not_name_the_picture_after_it(tmp_path: Path) -> None:
    picture = para("<w:r><w:drawing/></w:r>")
    caption = para("轮流表", style="Caption")
    body = caption + table(("班",), ("{{轮流.班}}",)) + picture + para("图一", style="Caption")
    body += table(("班",), ("{{轮流.班}}",)) + para("后")
    assert [text for text in filled(tmp_path, body, turns=()) if text] == ["图一", "后"]


def test_a_heading_with_nothing_below_goes_and_one_above_other_headings_stays(tmp_path: Path) -> None:
    body = (
        para("总", style="PlainHeading")
        + para("空", style="Heading1")
        + para("{{目标}}")
        + para("实", style="Heading1")
        + para("细空", style="Heading2")
        + para("{{注}}")
        + para("细实", style="Heading2")
        + para("有")
    )
    assert filled(tmp_path, body, goals=()) == ["总", "实", "细实", "有"]


def test_a_deleted_paragraph_end_is_accepted_before_filling(tmp_path: Path) -> None:
    joined = para("在").replace("<w:p>", '<w:p><w:pPr><w:rPr><w:del w:id="1" w:author="她"/></w:rPr></w:pPr>')
    assert filled(tmp_path, joined + para("{{学校}}")) == ["在青禾小学"]


def test_repeated_rows_do_not_repeat_bookmarks(tmp_path: Path) -> None:
    mark = '<w:bookmarkStart w:id="3" w:name="此处"/>' + run("{{轮流.班}}") + '<w:bookmarkEnd w:id="3"/>'
    assert fill(word(tmp_path, table((para(mark),))), facts()).element.xml.count("bookmarkStart") == 1


def test_footnotes_are_filled(tmp_path: Path) -> None:
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    template = word(tmp_path, para("正文"))
    document = docx.Document(str(template))
    notes = f'<w:footnotes {w}><w:footnote w:id="2">{para("{{学校}}藏")}</w:footnote></w:footnotes>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, notes.encode(), document.part.package)
    document.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes")
    document.save(str(template))
    stored = next(p for p in fill(template, facts()).part.package.iter_parts() if p.partname == "/word/footnotes.xml")
    assert "青禾小学藏" in stored.blob.decode()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"not a document at all"])
def test_a_file_that_is_no_word_document_is_one_sentence(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "模板.docx").write_bytes(data)
    with pytest.raises(TemplateFaults) as found:
        fill(tmp_path / "模板.docx", facts())
    assert [fault.message for fault in found.value.faults] == [
        "模板.docx：打不开，不是Word文档（.docx），用Word或WPS另存为.docx以后再试。"
    ]


def test_a_template_that_another_program_holds_is_not_called_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(*_: object) -> None:
        raise PermissionError

    (tmp_path / "模板.docx").write_bytes(b"PK")
    monkeypatch.setattr("schoollib_xl.documents.filling.opening.ZipFile", held)
    monkeypatch.setattr(Path, "read_bytes", held)
    with pytest.raises(TemplateFaults) as found:
        fill(tmp_path / "模板.docx", facts())
    assert [fault.message for fault in found.value.faults] == [
        "模板.docx：没有权限打开，先关闭占用它的程序，或拷到自己的文件夹再试。"
    ]


def test_a_folder_called_like_a_template_is_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "模板.docx").mkdir()
    with pytest.raises(TemplateFaults) as found:
        fill(tmp_path / "模板.docx", facts())
    assert [fault.message for fault in found.value.faults] == [
        "模板.docx：是文件夹，不是Word文档，改选里面的Word文档再试。"
    ]


@pytest.mark.parametrize("hurt", [lambda data: data[:1500], lambda data: data.replace(b"[Content", b"[Kontent")])
def test_a_word_document_that_is_damaged_is_told_as_that(tmp_path: Path, hurt: Callable[[bytes], bytes]) -> None:
    template = word(tmp_path, para("{{学校}}"))
    template.write_bytes(hurt(template.read_bytes()))
    with pytest.raises(TemplateFaults) as found:
        fill(template, facts())
    assert [fault.message for fault in found.value.faults] == [
        f"{template.name}：已损坏或没有拷完整，打不开，重新拷一份或用备份再试。"
    ]


def test_a_copy_of_the_template_carries_a_comment_at_each_fault(tmp_path: Path) -> None:
    template = word(tmp_path, para("{{学笑}}") + table(("{{轮流.班级}}",)) + para("{{学年"))
    with pytest.raises(TemplateFaults) as found:
        fill(template, facts())
    annotate(template, found.value, tmp_path / "批注.docx", date(2026, 11, 22))
    copy = docx.Document(str(tmp_path / "批注.docx"))
    assert [comment.text for comment in copy.comments] == [fault.message for fault in found.value.faults]
    assert {comment.timestamp.date() for comment in copy.comments if comment.timestamp} == {date(2026, 11, 22)}
    assert len(copy.element.body.xpath(".//w:commentReference")) == 3
    assert texts(copy) == ["{{学笑}}", "{{轮流.班级}}", "{{学年"]


def test_the_annotated_copy_gives_the_same_paper_once_mended(tmp_path: Path) -> None:
    template = word(tmp_path, para("{{学笑}}") + para("{{学年}}"))
    with pytest.raises(TemplateFaults) as found:
        fill(template, facts())
    annotate(template, found.value, template, date(2026, 11, 22))
    mended = docx.Document(str(template))
    mended.paragraphs[0].runs[0].text = "{{学校}}"
    mended.save(str(template))
    paper = fill(template, facts())
    assert texts(paper) == ["青禾小学", "2026—2027"]
    assert "comment" not in paper.element.xml


def test_the_content_keeps_its_lists_when_items_hold_nothing(tmp_path: Path) -> None:
    assert filled(tmp_path, table(("{{轮流.班}}", "{{轮流.星期}}")), turns=(Turn("", ""),)) == []
    assert filled(tmp_path, para("{{措施.标题}}：{{措施.段落}}"), measures=(Measure("借还", ()),)) == []


CONTENT = f"<w:sdtContent>{run('校')}</w:sdtContent>"
PICTURE = '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="校徽" descr="{}"/></wp:inline></w:drawing></w:r>'


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (para("校徽", PICTURE.format("{{学校}}的校徽")), "正文图片的替代文字"),
        (para("校徽", PICTURE.format("｛｛学 校｝｝")), "正文图片的替代文字"),
        (para(f'<w:hyperlink w:anchor="a" w:tooltip="{{{{学校}}}}">{run("看")}</w:hyperlink>'), "正文链接的提示"),
        (para(f'<w:sdt><w:sdtPr><w:alias w:val="{{{{学校}}}}"/></w:sdtPr>{CONTENT}</w:sdt>'), "正文不显示的设置"),
    ],
)  # fmt: skip
def test_a_placeholder_that_no_text_shows_is_told_and_the_paper_written(tmp_path: Path, body: str, where: str) -> None:
    paper = fill_template(word(tmp_path, para("{{学校}}") + body), facts())
    assert texts(paper.document)[0] == "青禾小学"
    assert paper.notes == (f"模板.docx：{where}里的 {{{{学校}}}} 没有填，要填的写到看得见的文字里。",)


def test_a_placeholder_among_the_figures_of_a_chart_is_told(tmp_path: Path) -> None:
    path = word(tmp_path, para("{{学校}}"))
    document = docx.Document(str(path))
    chart = '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:v>{{学校}}</c:v></c:chartSpace>'
    kind = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
    part = Part(PackURI("/word/charts/chart9.xml"), kind, chart.encode(), document.part.package)
    document.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart")
    document.part.relate_to("https://example.com/{{学校}}", HYPERLINK, is_external=True)
    document.save(str(path))
    told = sorted(note.partition("：")[2].partition(" ")[0] for note in fill_template(path, facts()).notes)
    assert told == ["图表的数据里的", "链接的地址里的"]
