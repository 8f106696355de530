"""A ledger on several sheets, and sheets nobody knows: read, or said."""

from datetime import date
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from make import row
from raw_workbooks import with_grids
from schoollib_xl.actions.checking import Checked, answer_of, check
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.registry import ALL_SHEETS, LEDGERS
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.supporting.office import MappingRow, SettingRow
from schoollib_xl.ledgers.table import Oddity
from schoollib_xl.samples.broken.every import EXAMPLES
from schoollib_xl.sheets.building.workbook import write_workbook
from schoollib_xl.sheets.cells import CellValue, Grid, Merge
from schoollib_xl.sheets.opening.workbook import open_workbook
from schoollib_xl.sheets.reading.headerless import stands_in
from schoollib_xl.sheets.reading.loading import load
from schoollib_xl.sheets.reading.recognising import Names
from schoollib_xl.wording.answer_text import answer_text
from schoollib_xl.wording.checking.findings import message_of
from surgery import rewrite, sheet_part

Sheets = dict[str, Grid]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("written") / "账.xlsx"
    write_workbook(EXAMPLES["CIR001"].ledger_set, path)
    return path


@pytest.fixture(scope="module")
def read(written: Path) -> Sheets:
    with open_workbook(written) as opened:
        return dict(opened.grids(opened.sheet_names))


@pytest.fixture
def book(read: Sheets) -> Sheets:
    """The cells of a written workbook, for her to change."""
    return {name: [list(cells) for cells in grid] for name, grid in read.items()}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "账.xlsx"


def _checked(path: Path, book: Sheets) -> Checked:
    return check(with_grids(path, book), None)


def _moved(book: Sheets, name: str, rows: int = 1) -> Sheets:
    """The last loans taken from 借阅登记账 and written on a sheet of this name with the same header."""
    header, *loans = book["借阅登记账"]
    return book | {"借阅登记账": [header, *loans[:-rows]], name: [header, *loans[-rows:]]}


@pytest.mark.parametrize(
    "name", ["借阅登记账（下）", "借阅登记账（二）", "借阅登记账续", "借阅登记账（教师）", "借阅登记账2026春"]
)
def test_a_sheet_whose_name_begins_with_a_ledgers_is_read(name: str, book: Sheets, path: Path) -> None:
    loans = _checked(path, _moved(book, name)).library[LoanRow]
    assert len(loans) == len(book["借阅登记账"]) - 1 > 1
    assert [part.sheet_name for part in loans.parts] == ["借阅登记账", name]


def test_a_ledgers_header_under_another_name_is_the_first_finding(book: Sheets, path: Path) -> None:
    checked = _checked(path, _moved(book, "五月借书"))
    first = checked.report.findings[0]
    assert first.check.code == "FMT000"
    said = list(answer_text(answer_of(checked, path)))
    assert said[1] == "有 1 张账没有读，里面的行都没有核对。"
    assert "以上做完再核对一次。" in said
    assert "“五月借书”" in message_of(checked.library, first).message
    assert "借阅登记账2" in message_of(checked.library, first).fix


def test_sheets_of_one_ledger_that_are_not_read_are_one_finding(book: Sheets, path: Path) -> None:
    months = {f"{month}月": book["借阅登记账"][:2] for month in (9, 10, 11, 12)}
    checked = _checked(path, book | months)
    [told] = [message_of(checked.library, one) for one in checked.report.findings if one.check.code == "FMT000"]
    assert told.message.startswith("“9月”、“10月”、“11月”、“12月”的表头和“借阅登记账”一样")
    assert "有 4 张账没有读，里面的行都没有核对。" in list(answer_text(answer_of(checked, path)))


def test_a_ledger_that_stands_under_another_name_only_is_read_and_told_of(book: Sheets, path: Path) -> None:
    checked = _checked(path, {{"借阅登记账": "五月借书"}.get(name, name): rows for name, rows in book.items()})
    assert len(checked.library[LoanRow]) == len(book["借阅登记账"]) - 1
    [told] = [one for one in checked.report.findings if one.check.code == "FMT018"]
    said = message_of(checked.library, told)
    assert (
        said.message == "“五月借书”的表头和“借阅登记账”一样，工作簿里没有叫“借阅登记账”的，就当作“借阅登记账”核对了。"
    )
    assert "账册对照" in said.fix


@pytest.fixture(scope="module")
def every_sheet(tmp_path_factory: pytest.TempPathFactory) -> Sheets:
    """Three example rows of every sheet of the contract, below its header."""
    path = tmp_path_factory.mktemp("every") / "账.xlsx"
    examples = [row(declared.row_type) for declared in ALL_SHEETS if declared.row_type is not MappingRow]
    write_workbook(LedgerSet.of(*examples), path)
    with open_workbook(path) as opened:
        grids = dict(opened.grids(opened.sheet_names))
    return {one.name: [grids[one.name][0], *grids[one.name][1:2] * 3] for one in ALL_SHEETS if one.name in grids}


_KEPT = ("基本信息", "账册对照")


def test_any_sheet_that_stands_under_another_name_only_is_read_and_told_of(every_sheet: Sheets, path: Path) -> None:
    renamed = {name if name in _KEPT else f"另{at}": rows for at, (name, rows) in enumerate(every_sheet.items())}
    library = load(with_grids(path, renamed), None).library
    told = {
        one.name: [odd.oddity for odd in library[one.row_type].oddities if odd.name.startswith("另")]
        for one in ALL_SHEETS
        if one.name not in _KEPT
    }
    assert {name: odd for name, odd in told.items() if odd != [Oddity.NAMED_OTHERWISE]} == {}
    assert all(len(library[one.row_type]) == 3 for one in ALL_SHEETS if one.name not in _KEPT)


@pytest.mark.parametrize(
    ("name", "ledger"),
    [
        *((name, "总括登记账") for name in ("总账", "总登记账", "总括账", "图书总账", "2024-2025学年图书总账（旧）")),
        *(("个别账", "个别登记账"), ("流水账", "借阅登记账"), ("借阅账", "借阅登记账"), ("赔偿账", "赔偿登记账")),
        *(("注销账", "注销登记账"), ("报损账", "注销登记账"), ("报刊账", "报刊登记账"), ("修补账", "修补登记")),
    ],
)
def test_what_schools_call_a_book_is_it_where_most_of_its_header_says_so(name: str, ledger: str) -> None:
    [declared] = [one for one in ALL_SHEETS if one.name == ledger]
    headers: list[CellValue] = [field.header for field in declared.fields]
    needed = [field.header for field in declared.fields if field.required and field.name != declared.key][:2]
    most: Grid = [[header for header in headers if header not in needed]]
    assert stands_in(name, most, ALL_SHEETS, Names()) is declared
    assert stands_in("另一张", most, ALL_SHEETS, Names()) is not declared
    assert stands_in(name, [["图书编号", "书名", "单位", "单价", "数量", "金额"]], ALL_SHEETS, Names()) is None


@pytest.mark.parametrize("ledger", [ledger.name for ledger in LEDGERS])
def test_a_ledger_of_another_name_that_lacks_one_column_is_read_and_that_column_told(
    ledger: str, every_sheet: Sheets, path: Path
) -> None:
    [declared] = [one for one in LEDGERS if one.name == ledger]
    for field in declared.fields:
        if field.required:
            header: list[CellValue] = ["某某" if text == field.header else text for text in every_sheet[ledger][0]]
            renamed = {name: rows for name, rows in every_sheet.items() if name != ledger}
            library = load(with_grids(path, renamed | {"某张表": [header, *every_sheet[ledger][1:]]}), None).library
            table = library[declared.row_type]
            assert [odd.oddity for odd in table.oddities] == [Oddity.NAMED_OTHERWISE, Oddity.MISSING_COLUMN]
            assert len(table.rows) + len(table.incomplete) == 3


def test_a_sheet_without_its_header_is_one_finding_whatever_words_stand_in_its_rows(
    every_sheet: Sheets, path: Path
) -> None:
    without = {name: rows if name in _KEPT else rows[1:] for name, rows in every_sheet.items()}
    without["赔偿登记账"] = [["赔款" if text == "修补" else text for text in cells] for cells in without["赔偿登记账"]]
    library = load(with_grids(path, without | {"基本信息": every_sheet["基本信息"]}), None).library
    told = {one.name: [odd.oddity for odd in library[one.row_type].oddities] for one in LEDGERS}
    assert told == {one.name: [Oddity.NO_HEADER] for one in LEDGERS}


def test_rows_of_any_sheet_without_header_and_name_are_told_of(every_sheet: Sheets, path: Path) -> None:
    more = {f"另{at}": rows[1:] for at, (name, rows) in enumerate(every_sheet.items()) if name not in _KEPT}
    library = load(with_grids(path, every_sheet | more), None).library
    told = {one.name: one for one in ALL_SHEETS for odd in library[one.row_type].oddities if odd.name.startswith("另")}
    assert told.keys() >= {one.name for one in LEDGERS} | {"盘点记录", "阅览登记", "校历", "开放时间", "借阅规则"}
    said = [odd for one in ALL_SHEETS for odd in library[one.row_type].oddities if odd.name.startswith("另")]
    assert {odd.oddity for odd in said} == {Oddity.HEADERLESS_PART, Oddity.UNKNOWN_SHEET}
    assert len(said) == len(more)


@pytest.mark.parametrize(
    ("rows", "is_told"),
    [
        ([["书名", "册数"], ["小河", 3]], True),
        ([["旧账"], ["题名", "数量"], ["小河", 3]], True),
        ([["书名", "几本"], ["小河", 3]], True),
        ([["姓名", "书名"], ["林小满", "小河"]], True),
        ([["登记号"], ["000001"]], True),
        ([["日期", "金额"], ["2026-01-01", 3]], True),
        ([["班级", "册数"], ["一（1）班", 3]], False),
        ([["类别", "册数"], ["I", 3]], False),
        ([["栏目", "说明"], ["书名", "写全"], ["著者", "照封面"]], False),
        ([["行标签", "计数项:书名"], ["西游记", 3], ["城南旧事", 3], ["红岩", 1]], False),
        ([["电话", "备忘"], ["12345", "村口"]], False),
        ([["书名"]], False),
    ],
)
def test_few_columns_are_told_where_they_say_that_they_are_of_books_or_readers(
    rows: Grid, is_told: bool, book: Sheets, path: Path
) -> None:
    library = load(with_grids(path, book | {"旧账": rows}), None).library
    said = [odd.name for one in ALL_SHEETS for odd in library[one.row_type].oddities]
    assert said == ["旧账"] * is_told


def test_rows_of_few_columns_are_told_where_they_name_books_of_the_school(every_sheet: Sheets, path: Path) -> None:
    number, title = (every_sheet["个别登记账"][1][column] for column in (0, 3))
    others: Grid = [["小河", 1], ["大山", 2], ["田野", 3]]
    lists: list[Grid] = [[[title, 1]] * 3, [["孩子", "书"], *[["林小满", title]] * 3], [[number]] * 3]
    for rows in lists:
        book = every_sheet | {"记一记": rows, "别的": others}
        said = load(with_grids(path, book), None).library[MappingRow].oddities
        assert [(odd.oddity, odd.name) for odd in said] == [(Oddity.UNKNOWN_SHEET, "记一记")]


def test_a_continued_sheet_without_a_column_is_said_and_spoils_nothing(book: Sheets, path: Path) -> None:
    moved = _moved(book, "借阅登记账（下）")
    moved["借阅登记账（下）"] = [["借阅序号", "哪天", *book["借阅登记账"][0][2:]], moved["借阅登记账（下）"][1]]
    checked = _checked(path, moved)
    said = [message_of(checked.library, one).message for one in checked.report.findings if one.check.code == "FMT009"]
    assert said == ["“借阅登记账（下）”像是借阅登记账的续页，可是缺“借出日期”，里面的行都没有核对。"]
    assert checked.library[LoanRow].has("lent_on")


@pytest.mark.parametrize("name", ["借阅登记账续", "借阅登记账2", "Sheet1"])
@pytest.mark.parametrize("title", [[], [["借书（续）"]]])
def test_loans_on_a_sheet_without_a_header_are_the_first_finding(
    name: str, title: Grid, book: Sheets, path: Path
) -> None:
    moved = _moved(book, name)
    checked = _checked(path, moved | {name: [*title, *moved[name][1:] * 2]})
    first = checked.report.findings[0]
    assert (first.check.code, first.facts["name"], first.fails) == ("FMT014", name, True)
    assert checked.library[LoanRow].has("lent_on")
    assert len(checked.library[LoanRow]) == len(moved["借阅登记账"]) - 1
    assert any(one.absent and one.absent.left_over == name for one in checked.report.unchecked)
    assert not any(one.check.code == "FMT003" for one in checked.report.findings)


@pytest.mark.parametrize(
    ("name", "rows", "codes"),
    [
        ("借阅登记账2", [], []),
        ("借阅登记账说明", [["六月 30 日前收回"], ["班主任签字"]], []),
        ("Sheet1", [["2026-06-30", "000001"], ["2026-06-30", "000002"]], []),
        ("Sheet1", [["班级", "册数", "备注"], ["一（1）班", 30, ""]], ["FMT008"]),
        ("借阅登记账3", [["读者", "书"], ["林小满", "城南旧事"]], ["FMT009"]),
    ],
)
def test_notes_are_no_ledger(name: str, rows: Grid, codes: list[str], book: Sheets, path: Path) -> None:
    report = _checked(path, book | {name: rows}).report
    assert [one.check.code for one in report.findings if one.facts.get("name") == name] == codes


def test_a_misspelt_standard_name_is_said_with_the_nearest_right_one(book: Sheets, path: Path) -> None:
    book["账册对照"] = [
        ["标准账册", "本校工作表", "标准栏目", "本校栏目"],
        ["借阅登计账", "借书流水", "", ""],
        ["借阅登记账", "借书流水", "借出曰期", "哪天"],
        ["借閱登記帳", "借书流水", "借书日期", "哪天"],
        ["个别登记账", "书目", "登计号", "号"],
        ["个别登记账", "书目", "书明", "题目"],
    ]
    checked = _checked(path, book)
    found = [message_of(checked.library, one) for one in checked.report.findings if one.check.code == "FMT206"]
    assert [one.message for one in found] == [
        "“标准账册”填的是“借阅登计账”，没有叫这个名字的，可能是“借阅登记账”。",
        "“标准栏目”填的是“借出曰期”，没有叫这个名字的，可能是“借出日期”。",
        "“标准栏目”填的是“登计号”，没有叫这个名字的，可能是“个别登记号”。",
        "“标准栏目”填的是“书明”，没有叫这个名字的，可能是“书名”。",
    ]


def test_a_name_of_her_own_that_nothing_in_the_workbook_bears_is_said_with_the_nearest(
    book: Sheets, path: Path
) -> None:
    book["赠书清单"] = [["书名", "谁送的", "哪天"]]
    book["借阅登记账"][0] = ["催还的人" if header == "备注" else header for header in book["借阅登记账"][0]]
    book["账册对照"] = [
        ["标准账册", "本校工作表", "标准栏目", "本校栏目"],
        ["借阅登记账", "赠书清担", "", ""],
        ["借阅登记账", "借阅登记账", "借出日期", "哪天"],
        ["借阅登记账", "", "备注", "催还人"],
    ]
    checked = _checked(path, book)
    found = [one for one in checked.report.findings if one.check.code == "FMT208"]
    assert [message_of(checked.library, one).message for one in found] == [
        "“本校工作表”填的是“赠书清担”，工作簿里没有叫这个名字的，可能是“赠书清单”。",
        "“本校栏目”填的是“哪天”，工作簿里没有叫这个名字的。",
        "“本校栏目”填的是“催还人”，工作簿里没有叫这个名字的。",
    ]
    assert not any(one.fails for one in found)


@pytest.mark.parametrize("others", [("登记日期", "书名"), ("书名", "登记日期"), ("著者", "书名")])
def test_a_column_that_stands_for_two_is_said_where_it_is_written(
    book: Sheets, path: Path, others: tuple[str, str]
) -> None:
    title = "题名" if others[-1] == "书名" else "书的名字"
    book["个别登记账"][0] = [title if header == "书名" else header for header in book["个别登记账"][0]]
    book["账册对照"] = [
        ["标准账册", "本校工作表", "标准栏目", "本校栏目"],
        *(["个别登记账", "个别登记账", standard, title] for standard in others),
    ]
    checked = _checked(path, book)
    codes = ("FMT003", "FMT004", "FMT218")
    [told] = [message_of(checked.library, one).message for one in checked.report.findings if one.check.code in codes]
    assert told == f"“本校栏目”填的“{title}”已经对上“书名”了，这一行没有用上。"


def test_a_sheet_that_stands_for_two_ledgers_is_the_first_and_said_where_it_is_written(
    book: Sheets, path: Path
) -> None:
    own = {{"借阅登记账": "流水"}.get(name, name): rows for name, rows in book.items()}
    own["账册对照"] = [
        ["标准账册", "本校工作表", "标准栏目", "本校栏目"],
        *([ledger, "流水", "", ""] for ledger in ("借阅登记账", "赔偿登记账", "借阅登记账")),
    ]
    checked = _checked(path, own)
    codes = ("FMT001", "FMT003", "FMT218")
    [told] = [message_of(checked.library, one) for one in checked.report.findings if one.check.code in codes]
    assert told.message == "“本校工作表”填的“流水”已经对上“借阅登记账”了，这一行没有用上。"
    assert len(checked.library[LoanRow]) == len(book["借阅登记账"]) - 1


@pytest.mark.parametrize(
    ("sheet_name", "header", "lacks"),
    [
        ("账册对照表", ["标准账册", "本校工作表", "标准栏目", "本校栏目"], []),
        ("账册对照", ["标准账册", "学校工作表", "标准栏目", "学校栏目"], []),
        ("账册对照", ["标准账册", "我们的表", "标准栏目", "我们的栏"], ["本校栏目"]),
        ("账册对照", ["标准账册", "我们的表", "栏", "我们的栏"], ["本校工作表"]),
        ("账册对照", ["标准账册", "本校工作表", "栏", "本校栏目"], ["标准栏目"]),
    ],
)
def test_a_mapping_is_read_or_the_column_is_told_without_which_it_has_no_effect(
    sheet_name: str, header: list[CellValue], lacks: list[str], book: Sheets, path: Path
) -> None:
    del book["账册对照"]
    book["借阅登记账"][0] = ["哪天还" if text == "应还日期" else text for text in book["借阅登记账"][0]]
    mapping: Grid = [header, ["借阅登记账", "借阅登记账", "应还日期", "哪天还"]]
    library = load(with_grids(path, book | {sheet_name: mapping}), None).library
    missing = [odd.name for odd in library[MappingRow].oddities if odd.oddity is Oddity.MISSING_COLUMN]
    assert missing == lacks
    assert library[LoanRow].has("due_on") is not bool(lacks)


def test_a_sheet_nobody_knows_is_said(book: Sheets, path: Path) -> None:
    book |= {"赠书清单": [["书名", "谁送的", "哪天"], ["《草房子》", "家长", "六月"]], "空表": []}
    checked = _checked(path, book)
    said = [message_of(checked.library, one).message for one in checked.report.findings if one.check.code == "FMT008"]
    assert said == ["工作表“赠书清单”不是七本账和辅助表里的任何一张，没有读。"]


@pytest.mark.parametrize(
    ("name", "rows", "ledger"),
    [
        (
            "六月清点",
            [["盘点日期", "个别登记号", "所在位置", "书况"], ["2026-06-30", "000001", "书库", "完好"]],
            "盘点记录",
        ),
        (
            "送修的书",
            [["送修日期", "个别登记号", "破损情况", "修补人"], ["2026-06-30", "000001", "脱页", "钱"]],
            "修补登记",
        ),
        ("收支", [["日期", "摘要", "单据号", "收入", "支出"], ["2026-06-30", "购书", "D1", "", 10]], "经费登记"),
        ("夏季时间", [["星期", "开始", "结束", "对象", "备注"], ["星期一", "8:00", "9:00", "全体", ""]], "开放时间"),
    ],
)
def test_records_under_another_name_are_a_doubt(name: str, rows: Grid, ledger: str, book: Sheets, path: Path) -> None:
    checked = _checked(path, book | {name: rows})
    [one] = [one for one in checked.report.findings if one.check.code in ("FMT008", "FMT013")]
    assert one.fails
    assert message_of(checked.library, one).message.startswith(f"“{name}”的表头和“{ledger}”一样")


@pytest.mark.parametrize("lacks", [["应还日期"], ["借阅序号"], ["借阅序号", "应还日期"]])
@pytest.mark.parametrize("is_copied", [False, True])
def test_loans_that_the_ledger_lacks_are_told_though_their_sheet_lacks_a_column_and_an_extract_is_not(
    lacks: list[str], is_copied: bool, book: Sheets, path: Path
) -> None:
    header, first, *_ = book["借阅登记账"]
    days = [date(2025, 10, day) for day in range(8, 15)]
    rows = [[f"J{day:%d}", day, *first[2:]] for day in days]
    kept = [at for at, text in enumerate(header) if text not in lacks]
    cut = [[row[at] for at in kept] for row in (header, *rows[-5:])]
    checked = _checked(path, book | {"借阅登记账": [header, *(rows if is_copied else rows[:-5])], "五月借书": cut})
    told = {one.check.code for one in checked.report.findings} & {"FMT008", "FMT009"}
    assert told == {"FMT008" if is_copied else "FMT009"}


@pytest.mark.parametrize(
    "header",
    [
        ["日期", "名称", "谁来的", "带了什么"],
        ["读者证号", "姓名", "读者类别", "班级"],
        ["年级", "类别", "书名", "著者"],
        ["个别登记号", "书名", "所在位置"],
        ["星期", "开始", "结束", "对象"],
    ],
)
def test_lists_copied_out_for_some_use_are_a_hint_at_most(header: list[str], book: Sheets, path: Path) -> None:
    checked = _checked(path, book | {"摘抄": [[*header], ["甲"] * len(header)]})
    found = [one for one in checked.report.findings if "摘抄" in message_of(checked.library, one).message]
    assert [one.check.code for one in found] == ["FMT008"]


def test_a_list_of_people_who_borrow_and_are_not_on_the_roster_is_a_doubt_and_they_are_not_accused(
    book: Sheets, path: Path
) -> None:
    roster, loans = book["读者名册"], book["借阅登记账"]
    number = loans[1][loans[0].index("读者证号")]
    others = [cells for cells in roster if number not in cells]
    theirs = [["读者证号", "姓名", "读者类别", "班级"], [number, "甲一", "教师", ""]]
    # The loans, too, go on where nobody reads.
    more = {"读者名册": others, "老师": theirs, "流水": loans[:2]}
    codes = {one.check.code for one in _checked(path, book | more).report.findings}
    assert {"FMT013", "FMT000"} - codes == codes & {"FMT008", "CIR305"} == set()


def test_the_sheets_of_a_new_workbook_are_all_known(written: Path) -> None:
    assert {"FMT008", "FMT013"}.isdisjoint(one.check.code for one in check(written, None).report.findings)


def test_merged_cells_of_a_workbook_are_read(written: Path, path: Path) -> None:
    path.write_bytes(written.read_bytes())
    merges = '</sheetData><mergeCells count="2"><mergeCell ref="A1:C1"/><mergeCell ref="D2:D5"/></mergeCells>'
    rewrite(path, {sheet_part(path, "借阅登记账"): lambda xml: xml.replace("</sheetData>", merges)})
    with open_workbook(path) as opened:
        assert [name for name, _ in opened.grids(["借阅登记账"])] == ["借阅登记账"]
        assert opened.merges("借阅登记账") == (Merge(2, 4, 5),)


def test_a_value_in_the_last_row_of_a_sheet_is_read_at_its_place(written: Path, path: Path) -> None:
    path.write_bytes(written.read_bytes())
    last = '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>J999999</t></is></c></row></sheetData>'
    rewrite(path, {sheet_part(path, "借阅登记账"): lambda xml: xml.replace("</sheetData>", last)})
    checked = check(path, None)
    assert checked.library[LoanRow].incomplete[-1].values["loan_no"] == "J999999"
    blank = [one for one in checked.report.findings if one.check.code == "FMT101"]
    assert any(message_of(checked.library, one).at.a1.endswith("1048576") for one in blank)
    assert len([one for one in checked.report.findings if one.check.code == "FMT005"]) <= 1


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("基本信息", ["学年", "2025-2026"]),
        ("班级", ["三（1）班", 3, "陈静", 25, "个人借阅"]),
        ("读者名册", ["S0001", "甲一", "学生", "三（1）班", date(2022, 9, 1)]),
    ],
)
def test_what_the_school_and_its_people_are_is_known_without_header_and_name(
    name: str, row: list[CellValue], book: Sheets, path: Path
) -> None:
    del book[name]
    findings = _checked(path, book | {"另一张": [row] * 3}).report.findings
    assert ("FMT014", "另一张") in {(one.check.code, one.facts.get("name")) for one in findings}


@pytest.mark.parametrize("name", ["学校概况", "东村-基本信息"])
def test_settings_under_another_name_are_read_by_their_items(name: str, book: Sheets, path: Path) -> None:
    settings = book.pop("基本信息")
    library = load(with_grids(path, book | {name: settings}), None).library
    assert library.school.name
    assert [odd.oddity for odd in library[SettingRow].oddities] == [Oddity.NAMED_OTHERWISE]


def test_a_note_of_other_items_is_no_settings(book: Sheets, path: Path) -> None:
    del book["基本信息"]
    notes: Grid = [["项目", "内容"], ["买书架", "三个"], ["修门", "开学前"], ["学校名称", "写在门上"]]
    assert not load(with_grids(path, book | {"记事": notes}), None).library.school.name


def test_rows_without_a_header_that_are_nothings_are_said_not_to_be_read(book: Sheets, path: Path) -> None:
    rows: Grid = [[number, f"第{number}行", 10.5] for number in range(4)]
    assert "FMT008" in {one.check.code for one in _checked(path, book | {"另一张": rows}).report.findings}
    assert "FMT008" not in {one.check.code for one in _checked(path, book | {"另一张": rows[:2]}).report.findings}


def test_a_damaged_sheet_that_nobody_reads_is_told(book: Sheets, path: Path) -> None:
    text = "这一张是程序写的核对结果"
    whole = with_grids(path, book | {"核对结果": [[text]]})
    assert check(whole, None).cannot_tell == ""
    data = path.read_bytes()
    with ZipFile(path) as archive:
        part = next(info for info in archive.infolist() if text.encode() in archive.read(info))
    content = part.header_offset + 30 + len(part.filename) + part.compress_size // 2
    path.write_bytes(data[:content] + bytes([data[content] ^ 0xFF]) + data[content + 1 :])
    assert "工作表“核对结果”却已损坏" in check(path, None).cannot_tell


@pytest.mark.parametrize(
    "rows", [[], [["学校基本情况"]], [["项目名称不对", "填的内容"]]], ids=["no header", "a title", "other headers"]
)
def test_settings_without_their_header_are_told_so_and_not_missing(tmp_path: Path, rows: list[list[str]]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet
    sheet.title = "基本信息"
    for cells in [*rows, ["学校名称", "东村小学"], ["学年", "2025-2026"]]:
        sheet.append(cells)
    book.create_sheet("班级").append(["班级", "年级", "班主任", "学生人数"])
    book.create_sheet("个别登记账").append([field.header for field in SHEETS[AccessionRow].fields])
    book.save(tmp_path / "账.xlsx")
    table = load(tmp_path / "账.xlsx", None).library[SettingRow]
    assert [odd.oddity for odd in table.oddities] == [Oddity.NO_HEADER]
