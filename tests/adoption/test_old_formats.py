"""Lists in the formats of older programs, as an office program saves them, and in tables of Word papers."""

from datetime import date
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table

from adoption.old_lists import HEADER, TODAY, book, copies, old_book, record_of
from calc import MISSING, properties, running_calc
from schoollib_xl.adoption.adopting import adopt
from schoollib_xl.adoption.forms.tables import UNKNOWN
from schoollib_xl.adoption.journal import RowOutcome
from schoollib_xl.adoption.options import Options
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.supporting.people import ReaderRow


@pytest.mark.office
@pytest.mark.skipif(bool(MISSING), reason=MISSING)
def test_a_title_list_of_an_older_format_is_taken_over(tmp_path: Path) -> None:
    path = old_book(tmp_path / "旧账.xlsx", {"书目": [HEADER, book(copies=2), book("草房子", 3)]})
    formats = {tmp_path / "旧账.xls": "MS Excel 97", tmp_path / "旧账.ods": "calc8"}
    with running_calc(tmp_path / "calc") as calc:
        document = calc.open(path)
        for old, name in formats.items():
            document.storeToURL(old.as_uri(), properties(FilterName=name))
        document.close(True)
    for old in formats:
        assert [copy.title for copy in copies(adopt([old], Options(TODAY)))] == ["城南旧事"] * 2 + ["草房子"] * 3, old


def test_tables_of_a_word_paper_are_lists_unless_it_is_a_plan(tmp_path: Path) -> None:
    def table(paper: Document, *rows: tuple[str, ...]) -> Table:
        added = paper.add_table(len(rows), len(rows[0]))
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                added.cell(at, column).text = value
        return added

    header = ("登记号", "书名", "分类号", "单价")
    paper = docx.Document()
    paper.add_paragraph("青山村小学图书目录")
    first = table(paper, header, ("000001", "小河", "I287", "10.00"), ("000002", "大山", "", "12"))
    first.cell(1, 2).merge(first.cell(2, 2))
    paper.add_paragraph("（续）")
    table(paper, ("000003", "田野", "K2", "8"))
    paper.add_paragraph("三（1）班学生名单")
    table(paper, ("学号", "姓名"), ("1001", "林春"), ("1002", "周夏"))
    paper.add_paragraph("2025年9月借书登记")
    table(paper, ("日期", "姓名", "登记号", "归还日期"), ("9月3日", "林春", "000003", "9月9日"))
    paper.save(str(tmp_path / "图书室.docx"))
    done = adopt([tmp_path / "图书室.docx"], Options(TODAY))
    assert [(copy.accession_no, copy.title, copy.class_no, copy.price) for copy in copies(done)] == [
        ("000001", "小河", "I287", 10), ("000002", "大山", "I287", 12), ("000003", "田野", "K2", 8),
    ]  # fmt: skip
    readers = done.ledger_set.rows[ReaderRow]
    assert [(row.reader_no, row.class_name) for row in readers] == [("1001", "三（1）班"), ("1002", "三（1）班")]
    (loan,) = done.ledger_set.rows[LoanRow]
    assert (loan.reader_no, loan.accession_no, loan.returned_on) == ("1001", "000003", date(2025, 9, 9))
    assert record_of(done, 2, "第2张表") == (RowOutcome.ASIDE, "表头")
    cards = docx.Document()
    for name in ("林春", "周夏"):
        cards.add_paragraph(f"姓名：{name}  班级：三（1）班")
        table(cards, ("书名", "借书日期", "还书日期"), ("小河" if name == "林春" else "", "2025-9-3", ""))
    cards.save(str(tmp_path / "借书卡.docx"))
    done = adopt([tmp_path / "借书卡.docx"], Options(TODAY))
    assert [row.name for row in done.ledger_set.rows[ReaderRow]] == ["林春", "周夏"]
    assert [(row.name, row.title) for row in done.ledger_set.rows[LoanRow]] == [("林春", "小河")]
    names = docx.Document()
    names.add_paragraph("四（1）班（5人）")
    table(names, ("林春", "周 夏", "吴秋"), ("郑冬", "王一", ""))
    table(names, ("四（2）班", "", ""), ("李天", "张雨", "赵雪"))
    names.save(str(tmp_path / "学生.docx"))
    done = adopt([tmp_path / "学生.docx"], Options(TODAY))
    assert [(row.name, row.class_name) for row in done.ledger_set.rows[ReaderRow]] == [
        *((name, "四（1）班") for name in ("林春", "周夏", "吴秋", "郑冬", "王一")),
        *((name, "四（2）班") for name in ("李天", "张雨", "赵雪")),
    ]
    # Of whom nothing is said is told, and is no text of a plan.
    names = docx.Document()
    names.add_paragraph("大家")
    table(names, ("林春", "周夏", "吴秋"), ("郑冬", "王一", ""))
    names.save(str(tmp_path / "大家.docx"))
    done = adopt([tmp_path / "图书室.docx", tmp_path / "大家.docx"], Options(TODAY))
    assert [row.name for row in done.ledger_set.rows[ReaderRow]] == ["林春", "周夏"]
    assert record_of(done, 1, "大家") == (RowOutcome.ASIDE, UNKNOWN)
    plan = docx.Document()
    plan.add_paragraph("2025年购书计划")
    table(plan, header, ("000001", "小河", "I287", "10.00"))
    plan.save(str(tmp_path / "购书.docx"))
    assert not copies(adopt([tmp_path / "购书.docx"], Options(TODAY)))


def test_a_text_file_may_part_its_columns_by_blanks(tmp_path: Path) -> None:
    single = [
        "青山村小学图书",
        "登记号 书名 单价",
        *(f"00000{at} 书{at} 8" for at in range(1, 5)),
        "000005 哈利 波特 9",
    ]
    several = ["登记号  书名       单价", "000001  哈利 波特  10.00", "000002  大山       12"]
    for name, lines in (("单.txt", single), ("多.txt", several)):
        (tmp_path / name).write_text("\n".join(lines), "utf-8")
    done = adopt([tmp_path / "单.txt"], Options(TODAY))
    assert [(copy.accession_no, copy.title, copy.price) for copy in copies(done)] == [
        (f"00000{at}", f"书{at}", 8) for at in range(1, 5)
    ]
    assert record_of(done, 7)[0] is RowOutcome.ASIDE
    assert any("没有对齐的有 1 行" in said for said in done.journal.assumed)
    assert [copy.title for copy in copies(adopt([tmp_path / "多.txt"], Options(TODAY)))] == ["哈利 波特", "大山"]
    lent = ["姓名    班级        书名    借书日期    还书日期", "林春    三（1）班   小河    2025-9-3"]
    lent += ["周夏    三（1）班   大山    2025-9-4    2025-9-9", "                    田野    2025-9-5"]
    # A title as long as its column and the next: what it is called nobody can tell.
    lent += ["甲一    三（1）班   哈利波特与魔法石 2025-9-6", *lent[1:3] * 4]
    (tmp_path / "借书.txt").write_text("\n".join(lent), "utf-8")
    loans = adopt([tmp_path / "借书.txt"], Options(TODAY)).ledger_set.rows[LoanRow]
    assert {row.title for row in loans} == {"小河", "大山"}
    assert [(row.name, row.title, row.lent_on.day, row.returned_on) for row in loans[:2]] == [
        ("林春", "小河", 3, None),
        ("周夏", "大山", 4, date(2025, 9, 9)),
    ]


def test_cells_left_blank_between_single_blanks_are_told_by_how_the_others_look(tmp_path: Path) -> None:
    whole = [f"00000{at} {title} 甲一 1{at}.00 I287" for at, title in enumerate(("小河", "田野", "星空"), 1)]
    rows = [
        "000004 大山 20.00 K825",
        "000005 海 乙二 I287",
        "000006 湖 9.00",
        "000007 云",
        "000008 书 二 三 四 五 I287",
    ]
    (tmp_path / "书目.txt").write_text("\n".join(["登记号 书名 著者 单价 分类号", *whole, *rows]), "utf-8")
    lent = ["姓名 班级 书名 借出日期 归还日期", "王一 三（1）班 大山 2025-9-3 2025-9-9", "李二 三（1）班 海 2025-9-4"]
    (tmp_path / "借阅.txt").write_text("\n".join(lent), "utf-8")
    done = adopt([tmp_path / "书目.txt", tmp_path / "借阅.txt"], Options(TODAY))
    assert [(copy.title, copy.author, copy.price, copy.class_no) for copy in copies(done)[3:]] == [
        ("大山", None, 20, "K825"), ("海", "乙二", None, "I287"), ("湖", None, 9, None), ("云", None, None, None),
    ]  # fmt: skip
    assert record_of(done, 9, "书目")[0] is RowOutcome.ASIDE
    assert [(row.lent_on.day, row.returned_on) for row in done.ledger_set.rows[LoanRow]] == [
        (3, date(2025, 9, 9)), (4, None),
    ]  # fmt: skip


@pytest.mark.parametrize("span", ["99999999", "-1", "x", "2"])
def test_a_cell_of_a_word_table_that_spans_what_no_table_has_is_one_all_the_same(tmp_path: Path, span: str) -> None:
    paper = docx.Document()
    rows = [("登记号", "书名", "备注"), ("000001", "小河", "甲")]
    table = paper.add_table(2, 3)
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            table.cell(at, column).text = value
    properties = table.cell(1, 2)._tc.get_or_add_tcPr()
    properties.append(properties.makeelement(qn("w:gridSpan"), {qn("w:val"): span}))
    paper.save(str(tmp_path / "图书.docx"))
    (copy,) = copies(adopt([tmp_path / "图书.docx"], Options(TODAY)))
    assert (copy.title, copy.remarks) == ("小河", "甲")
