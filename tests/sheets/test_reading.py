"""Grids into rows: where the header stands, which lines are entries, what is wrong with a sheet."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.registry import ALL_SHEETS, LEDGERS
from schoollib_xl.ledgers.schema import LINES_PER_SHEET, SHEETS, DeclaredSheet
from schoollib_xl.ledgers.school import School
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.office import CashRow, MappingRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.table import Flaw, LedgerTable, Oddity, OddPlace
from schoollib_xl.quotas.measures.indicator import SourceColumns
from schoollib_xl.sheets.cells import CellValue, ErrorValue, Merge, Uncalculated
from schoollib_xl.sheets.opening.grids import in_blocks
from schoollib_xl.sheets.reading.columns import Columns
from schoollib_xl.sheets.reading.recognising import Names, declared_for, find_header, recognised_by_content
from schoollib_xl.sheets.reading.rows import PartReader, join
from schoollib_xl.wording.papers.provenance import column_ranges

WIDTH = 6
# 班级: a sheet of few columns.
HEADER: list[CellValue] = ["班级", "年级", "班主任", "学生人数", "借阅方式", "备注"]
FIRST: list[CellValue] = ["三（1）班", 3.0, "陈静", 40.0, "个人借阅", ""]
SECOND: list[CellValue] = ["三（2）班", 3.0, "林芳", 41.0, "个人借阅", ""]
# A sheet of many columns, of which these are enough.
COPY_HEADER = ["个别登记号", "登记日期", "总括登记号", "书名", "著者", "分类号", "单价", "备注"]


def copy(number: int, **changes: CellValue) -> list[CellValue]:
    cells: dict[str, CellValue] = dict(
        zip(
            COPY_HEADER,
            [f"{number:06}", date(2025, 9, 1), "2025-001", "城南旧事", "林海音", "I246.5", 25.0, ""],
            strict=True,
        )
    )
    return list((cells | changes).values())


def read(row_type: type[Any], *grids: Sequence[Sequence[CellValue]], names: Names | None = None) -> LedgerTable[Any]:
    """The sheets as the parts of one ledger."""
    declared = SHEETS[row_type]
    reader = PartReader(declared, Columns(WIDTH), names or Names())
    parts = [
        reader.read(f"{declared.name}{index or ''}", in_blocks(map(list, grid)), index)
        for index, grid in enumerate(grids)
    ]
    return join(declared, parts)


def names_of(table: LedgerTable[Any]) -> list[str]:
    return [row.class_name for row in table]


# -- headers ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("declared", ALL_SHEETS, ids=lambda sheet: sheet.name)
def test_every_sheet_reads_its_own_example(declared: Any) -> None:
    row = example(declared.row_type)
    cells = [float(v) if isinstance(v, int | Decimal) else v if v is not None else "" for v in row[1:]]
    table = read(declared.row_type, [[field.header for field in declared.fields], cells])
    assert (list(table), table.flaws, table.oddities) == ([row], [], [])


def test_columns_may_stand_anywhere() -> None:
    order = [3, 0, 5, 1, 4, 2]
    table = read(ClassRow, [[row[index] for index in order] for row in (HEADER, FIRST)])
    assert list(table) == list(read(ClassRow, [HEADER, FIRST]))
    assert table.parts[0].columns["class_name"] == 2


def test_columns_of_the_schools_own_are_left_alone() -> None:
    table = read(ClassRow, [["序", *HEADER, "教室"], [1.0, *FIRST, "201"]])
    assert names_of(table) == ["三（1）班"]
    assert table.oddities == []


@pytest.mark.parametrize(
    "header", ["书  名", "书\n名", "书名*", "＊书名", " 书名 ", "题名", "正题名", "\ufeff书名", "书\u200b名\u200e"]
)
def test_a_header_is_known_however_it_is_written(header: str) -> None:
    headers = [header if text == "书名" else text for text in COPY_HEADER]
    assert [row.title for row in read(AccessionRow, [headers, copy(1)])] == ["城南旧事"]


@pytest.mark.parametrize(
    "header", ["单价（元）", "单价(元)", "单价/元", "单　价", "定价", "价格", "*单价（必填）", "定价（元）（必填）"]
)
def test_units_and_synonyms_make_no_other_header(header: str) -> None:
    headers = [header if text == "单价" else text for text in COPY_HEADER]
    assert [row.price for row in read(AccessionRow, [headers, copy(1)])] == [Decimal("25.00")]


def test_a_synonym_beside_the_real_name_is_a_column_of_the_schools_own() -> None:
    table = read(AccessionRow, [[*COPY_HEADER, "定价"], [*copy(1), 99.0]])
    assert [row.price for row in table] == [Decimal("25.00")]
    assert table.oddities == []


def test_a_header_below_titles_and_blank_lines_is_found() -> None:
    titles = [["青禾小学图书个别登记账", "", ""], [], ["批号:2025-001", "", "单位：青禾小学"]]
    table = read(AccessionRow, [*titles, COPY_HEADER, copy(1), copy(2)])
    assert [row.line for row in table] == [5, 6]
    assert table.place(0)[1] == 4


def test_a_header_on_two_rows_is_read_as_one() -> None:
    upper = ["登记日期", "总括登记号", "收支", "来源或去向", "册数", "码洋", "各类册数", "", "累计册数"]
    lower = ["", "", "", "", "", "", "I", "K", ""]
    cells = [date(2025, 9, 1), "2025-001", "入藏", "购入", 5.0, 125.0, 3.0, 2.0, 5.0]
    (row,) = read(SummaryRow, [["总括登记账"], upper, lower, cells])
    assert (row.line, row.batch_no, row.I, row.K, row.running_copies) == (4, "2025-001", 3, 2, 5)


def test_blank_cells_below_a_header_do_not_make_it_a_header_on_two_rows() -> None:
    table = read(ClassRow, [HEADER, ["三（1）班", 3.0, "", 40.0, "", ""], SECOND])
    assert (table.place(0)[1], names_of(table)) == (1, ["三（1）班", "三（2）班"])


def test_a_missing_column_is_named_at_the_header() -> None:
    headers = [text for text in COPY_HEADER if text != "单价"]
    row = [cell for cell, text in zip(copy(1), COPY_HEADER, strict=True) if text != "单价"]
    table = read(AccessionRow, [["图书账"], headers, row])
    assert table.oddities == [OddPlace(Oddity.MISSING_COLUMN, 0, "单价")]
    assert not table.has("price")
    assert table.flaws == []


def test_an_optional_column_may_be_missing() -> None:
    table = read(AccessionRow, [COPY_HEADER, copy(1)])
    assert table.oddities == []
    assert [row.isbn for row in table] == [None]
    assert not table.has("isbn")


def test_a_column_that_stands_twice_is_named_and_the_left_one_read() -> None:
    table = read(AccessionRow, [[*COPY_HEADER, "单价"], [*copy(1), 99.0]])
    assert table.oddities == [OddPlace(Oddity.DOUBLED_COLUMN, 0, "单价")]
    assert [row.price for row in table] == [Decimal("25.00")]


def test_of_a_sheet_without_any_header_that_is_said_once() -> None:
    table = read(ClassRow, [["这张表还没有填"], ["随便写写"]])
    assert [odd.oddity for odd in table.oddities] == [Oddity.NO_HEADER]
    assert len(table) == 0
    assert not table.is_blank
    assert read(ClassRow, []).oddities == table.oddities


def _exchanged(row: list[CellValue]) -> list[CellValue]:
    """A copy's cells with 书名 and 著者 each in the other's column."""
    title, author = COPY_HEADER.index("书名"), COPY_HEADER.index("著者")
    cells = [*row]
    cells[title], cells[author] = row[author], row[title]
    return cells


def test_rows_are_read_by_the_header_above_them() -> None:
    rows = [COPY_HEADER, copy(1), _exchanged(COPY_HEADER), _exchanged(copy(2)), COPY_HEADER, copy(3)]
    table = read(AccessionRow, rows)
    assert {(row.title, row.author) for row in table} == {("城南旧事", table.rows[0].author)}
    assert [row.line for row in table] == [2, 4, 6]
    assert [(odd.oddity, odd.line) for odd in table.oddities] == [
        (Oddity.REORDERED_HEADER, 3),
        (Oddity.REORDERED_HEADER, 5),
    ]
    columns = [table.place(line)[0].columns["title"] for line in (2, 4, 6)]
    assert columns == [COPY_HEADER.index(name) + 1 for name in ("书名", "著者", "书名")]
    ranges = column_ranges(Library([table], School(), date(2026, 1, 1)), SourceColumns(AccessionRow, ("title",)))
    assert [cells.a1 for cells in ranges] == ["D2:D2", "E4:E4", "D6:D6"]


def test_rows_below_another_header_that_lacks_a_column_are_not_read_and_that_is_said() -> None:
    header = [text if text != "个别登记号" else "哪一册" for text in _exchanged(COPY_HEADER)]
    table = read(AccessionRow, [COPY_HEADER, copy(1), header, *[_exchanged(copy(number)) for number in range(2, 9)]])
    assert [row.line for row in table] == [2]
    assert [(odd.oddity, odd.line, odd.lacks) for odd in table.oddities] == [(Oddity.UNREAD_BELOW, 3, ("个别登记号",))]
    assert table.left_over


_ROSTER = ["读者证号", "姓名", "读者类别", "班级", "办证日期"]


def _roster(numbers: Sequence[int]) -> list[list[CellValue]]:
    return [[f"S{number:04}", f"甲{number}", "学生", "", date(2025, 9, 1)] for number in numbers]


def test_a_class_merged_over_rows_is_that_of_each_reader_and_makes_none_of_a_blank_row() -> None:
    rows = [_ROSTER, *_roster(range(1, 4)), ["S0008"], ["S0009"]]
    rows[1][3] = "三（1）班"
    reader = PartReader(SHEETS[ReaderRow], Columns(6), Names())
    read = reader.read("读者名册", [rows[:3], rows[3:]], 0, [Merge(2, 4, 6)])
    assert [row.class_name for row in read.rows] == ["三（1）班"] * 3
    assert not (read.oddities)
    assert not (read.incomplete)


@pytest.mark.parametrize(
    ("name", "is_shared"), [("单价", True), ("登记日期", True), ("书名", True), ("个别登记号", False)]
)
def test_what_is_merged_over_rows_is_read_only_where_each_may_have_it(name: str, is_shared: bool) -> None:
    column = COPY_HEADER.index(name)
    rows = [COPY_HEADER, copy(1), copy(2), copy(3)]
    for row in rows[2:]:
        row[column] = ""
    merge = [Merge(2, column + 1, 4)]
    read = PartReader(SHEETS[AccessionRow], Columns(6), Names()).read("个别登记账", [rows], 0, merge)
    assert [cell.flaw for cell in read.flaws] == ([] if is_shared else [Flaw.MERGED] * 3)
    assert len(read.rows) == (3 if is_shared else 0)


def test_a_header_below_the_first_rows_is_said_where_it_stands() -> None:
    table = read(AccessionRow, [*[["图书账"]] * 30, COPY_HEADER, copy(1)])
    assert [(odd.oddity, odd.line) for odd in table.oddities] == [(Oddity.NO_HEADER, 31)]
    assert not table.has("price")


def test_a_schools_own_names_are_known_from_its_mapping() -> None:
    names = Names.of([example(MappingRow, standard_header="书名", own_header="图书名称")])
    headers = ["图书名称" if text == "书名" else text for text in COPY_HEADER]
    assert [row.title for row in read(AccessionRow, [headers, copy(1)], names=names)] == ["城南旧事"]
    assert declared_for("财产明细", names) == (SHEETS[AccessionRow], 1)


# -- which sheet is which ledger --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("借阅登记账", 1),
        ("借阅登记帐", 1),
        (" 借阅 登记账", 1),
        ("借阅登记账2", 2),
        ("借阅登记账（2）", 2),
        ("借阅登记账 _3", 3),
        ("6.借阅登记账", 1),
        ("（六）借阅登记账", 1),
        ("表6 借阅登记帐\u200b", 1),
    ],
)
def test_a_ledger_is_known_by_its_name_and_may_continue(name: str, part: int) -> None:
    assert declared_for(name, Names()) == (SHEETS[LoanRow], part)


def test_a_sheet_under_another_name_is_known_by_its_columns() -> None:
    rows = [["我校图书"], COPY_HEADER, copy(1)]
    assert recognised_by_content(rows, ALL_SHEETS, Names()) is SHEETS[AccessionRow]
    assert recognised_by_content([["甲", "乙"], ["1", "2"]], ALL_SHEETS, Names()) is None


def test_a_sheet_with_half_the_columns_is_not_taken_for_a_ledger() -> None:
    assert recognised_by_content([COPY_HEADER[:5]], ALL_SHEETS, Names()) is None


def test_no_row_of_a_sheet_without_headers_is_its_header() -> None:
    assert find_header([["甲"], []], SHEETS[ClassRow], Names()) is None


def test_a_ledger_on_two_sheets_is_one_table() -> None:
    second_header = [HEADER[index] for index in (3, 0, 1, 2, 4, 5)]
    second = [SECOND[index] for index in (3, 0, 1, 2, 4, 5)]
    table = read(ClassRow, [HEADER, FIRST], [["续表"], second_header, second])
    assert names_of(table) == ["三（1）班", "三（2）班"]
    assert [row.line for row in table] == [2, LINES_PER_SHEET + 3]
    part, row = table.place(LINES_PER_SHEET + 3)
    assert (part.sheet_name, row, part.columns["class_name"]) == ("班级1", 3, 2)
    assert table.row_at(LINES_PER_SHEET + 3) is table.rows[1]


def test_without_a_column_no_row_is_whole_but_to_who_does_not_look_at_it() -> None:
    without_pupils = [HEADER[:3] + HEADER[4:], FIRST[:3] + FIRST[4:]]
    table = read(ClassRow, without_pupils)
    assert (len(table), list(table)) == (1, [])
    assert names_of(table.seen_by({"class_name", "grade"})) == ["三（1）班"]
    assert list(table.seen_by({"class_name", "pupils"})) == []


def test_what_is_wrong_with_a_second_sheet_is_said_there() -> None:
    table = read(ClassRow, [HEADER, FIRST], [HEADER[:3], SECOND[:3]])
    assert table.oddities == [OddPlace(Oddity.MISSING_COLUMN, LINES_PER_SHEET, "学生人数")]
    assert not table.has("pupils")


# -- lines that are entries and lines that are not --------------------------------------------------


def test_an_entry_that_lacks_a_value_is_incomplete_and_keeps_what_could_be_read() -> None:
    table = read(ClassRow, [HEADER, FIRST, ["三（2）班", "", "林芳", 41.0, "个人借阅", ""], SECOND])
    assert [row.line for row in table] == [2, 4]
    assert [(row.line, row.values["class_name"]) for row in table.incomplete] == [(3, "三（2）班")]


def test_a_copy_that_says_anything_beside_its_number_is_held() -> None:
    table = read(AccessionRow, [COPY_HEADER, copy(1), copy(2, 书名=""), copy(3, 单价="面议")])
    assert [(row.line, row.title, row.price) for row in table][1:] == [
        (3, "", Decimal("25.00")),
        (4, "城南旧事", None),
    ]
    assert table.incomplete == []
    assert [(flaw.line, flaw.field, flaw.flaw) for flaw in table.flaws] == [
        (3, "title", Flaw.BLANK),
        (4, "price", Flaw.NOT_A_NUMBER),
    ]
    assert len(table) == 3


def test_an_entry_with_a_bad_optional_cell_is_whole() -> None:
    table = read(AccessionRow, [COPY_HEADER, copy(1, 著者=ErrorValue("#N/A"))])
    assert [row.author for row in table] == [None]
    assert table.unreadable == {(2, "author")}
    assert table.incomplete == []


def test_an_understood_cell_leaves_its_entry_whole_and_readable() -> None:
    table = read(AccessionRow, [COPY_HEADER, copy(1, 单价="25元", 登记日期="2025.9.1", 个别登记号=1.0)])
    (row,) = table
    assert (row.accession_no, row.accessioned_on, row.price) == ("000001", date(2025, 9, 1), Decimal("25.00"))
    assert {flaw.flaw for flaw in table.flaws} == {Flaw.TEXT_NUMBER, Flaw.TEXT_DATE, Flaw.ZEROS_LOST}
    assert table.unreadable == frozenset()


def test_the_same_value_in_many_lines_is_judged_in_each() -> None:
    table = read(ClassRow, [HEADER, *([*FIRST[:3], "四十", *FIRST[4:]] for _ in range(3))])
    assert [flaw.line for flaw in table.flaws] == [2, 3, 4]


def test_a_tick_is_not_the_number_one() -> None:
    table = read(ClassRow, [HEADER, ["三（1）班", 3.0, "", 1.0, "", ""], ["三（2）班", 3.0, "", True, "", ""]])
    assert [row.pupils for row in table] == [1]
    assert [(flaw.line, flaw.text) for flaw in table.flaws] == [(3, "TRUE")]


def test_ragged_rows_are_blank_at_their_end() -> None:
    assert names_of(read(ClassRow, [HEADER, FIRST[:4]])) == ["三（1）班"]


@pytest.mark.parametrize("blank", [[], [""] * 6, [" ", "\u3000", "", "", "", ""], ["", "", "", "", "", "", "涂改"]])
def test_a_blank_line_inside_is_odd_and_no_entry(blank: list[CellValue]) -> None:
    table = read(ClassRow, [HEADER, FIRST, blank, SECOND])
    assert table.oddities == [OddPlace(Oddity.BLANK_ROW, 3)]
    assert names_of(table) == ["三（1）班", "三（2）班"]
    assert (table.incomplete, table.flaws) == ([], [])


def test_blank_lines_at_the_end_and_before_a_footer_are_nothing() -> None:
    table = read(ClassRow, [HEADER, FIRST, [], ["合计", "", "", 40.0], [], ["制表人：苏老师"], [" "]])
    assert (table.oddities, table.incomplete, table.flaws) == ([], [], [])


@pytest.mark.parametrize(
    "word", ["合计", "合  计", "小计", "总计", "本页合计", "9月小计", "三年级合计", "累计", "过次页"]
)
def test_a_total_among_the_entries_is_odd_and_no_entry(word: str) -> None:
    table = read(AccessionRow, [COPY_HEADER, copy(1), [word, "", "", "", "", "", 25.0, ""], copy(2)])
    assert table.oddities == [OddPlace(Oddity.SUBTOTAL_ROW, 3)]
    assert [row.line for row in table] == [2, 4]
    assert (table.incomplete, table.flaws) == ([], [])


def test_a_total_below_the_entries_is_nothing() -> None:
    table = read(AccessionRow, [COPY_HEADER, copy(1), ["", "", "", "合计", "", "", 25.0, ""]])
    assert (table.oddities, table.incomplete, table.flaws) == ([], [], [])


def test_an_entry_whose_title_speaks_of_totals_is_an_entry() -> None:
    headers = [COPY_HEADER[3], *COPY_HEADER[:3], *COPY_HEADER[4:]]
    cells = copy(2, 书名="小学数学总复习与合计题精讲精练", 单价="面议")
    table = read(AccessionRow, [headers, [cells[3], *cells[:3], *cells[4:]]])
    assert [row.line for row in table] == [2]


def test_a_header_repeated_on_every_page_is_odd_and_no_entry() -> None:
    table = read(AccessionRow, [COPY_HEADER, copy(1), COPY_HEADER, copy(2), COPY_HEADER])
    assert table.oddities == [OddPlace(Oddity.REPEATED_HEADER, 3), OddPlace(Oddity.REPEATED_HEADER, 5)]
    assert [row.line for row in table] == [2, 4]
    assert (table.incomplete, table.flaws) == ([], [])


@pytest.mark.parametrize(
    "footer",
    [
        ["制表人：苏老师", "", "", "审核：周校长", "", "", "2026-1-23", ""],
        ["打印日期 2026-1-23"],
        ["第1页 共3页"],
        ["", "", "", "", "", "", "", "以上共 2 册"],
        ["经手人", "苏老师"],
    ],
)
def test_a_footer_is_nothing(footer: list[CellValue]) -> None:
    table = read(AccessionRow, [COPY_HEADER, copy(1), copy(2), footer])
    assert (len(table), table.oddities, table.flaws) == (2, [], [])


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda sheet: sheet.name)
@pytest.mark.parametrize("words", ["以上4041笔核对无误　苏晓禾　2026.7.3", "以下空白", "（完）", "本学期登记完毕"])
def test_closing_words_are_no_entry_wherever_they_stand(ledger: Any, words: str) -> None:
    header: list[CellValue] = [field.header for field in ledger.fields]
    row = example(ledger.row_type)
    entry: list[CellValue] = [float(v) if isinstance(v, int | Decimal) else v if v is not None else "" for v in row[1:]]
    foot, among = (read(ledger.row_type, [header, entry, *lines]) for lines in ([[], [words]], [[words], entry]))
    assert among.oddities == [OddPlace(Oddity.CLOSING_LINE, 3, words)]
    assert [(len(table), table.incomplete, table.flaws) for table in (foot, among)] == [(1, [], []), (2, [], [])]


def test_a_sentence_in_place_of_a_number_is_no_entry() -> None:
    header: list[CellValue] = [field.header for field in SHEETS[LoanRow].fields]
    table = read(LoanRow, [header, list(example(LoanRow)[1:]), ["期末已和账本一一对过"]])
    assert table.oddities == [OddPlace(Oddity.CLOSING_LINE, 3, "期末已和账本一一对过")]
    assert (table.incomplete, len(table)) == ([], 1)


def test_sums_dragged_below_the_entries_are_said_and_no_entries() -> None:
    header: list[CellValue] = [field.header for field in SHEETS[SummaryRow].fields]
    entry: list[CellValue] = [float(v) if isinstance(v, int | Decimal) else v or "" for v in example(SummaryRow)[1:]]
    sums = {"copies": 0.0, "running_copies": 2051.0, "running_value": 45517.7}
    dragged: list[CellValue] = [sums.get(field.name, "") for field in SHEETS[SummaryRow].fields]
    table = read(SummaryRow, [header, entry, dragged, dragged])
    assert [one.oddity for one in table.oddities] == [Oddity.CLOSING_LINE] * 2
    assert (table.incomplete, len(table)) == ([], 1)


@pytest.mark.parametrize("field", ["name", "class_name", "title"])
def test_a_word_alone_below_the_entries_is_said(field: str) -> None:
    header: list[CellValue] = [field.header for field in SHEETS[LoanRow].fields]
    line: list[CellValue] = ["小河" if one.name == field else "" for one in SHEETS[LoanRow].fields]
    table = read(LoanRow, [header, list(example(LoanRow)[1:]), [], line])
    assert table.oddities == [OddPlace(Oddity.CLOSING_LINE, 4, "小河")]
    assert (table.incomplete, len(table)) == ([], 1)


def test_a_line_that_says_one_thing_of_an_entry_is_one() -> None:
    begun: list[list[CellValue]] = [["000002"], ["", "", "", "城南旧事"], ["", "", "2025-001", "以上"]]
    for line in begun:
        assert [row.line for row in read(AccessionRow, [COPY_HEADER, copy(1), line, copy(3)]).incomplete] == [3]


def test_a_line_begun_at_the_foot_is_an_entry_that_lacks_values() -> None:
    table = read(AccessionRow, [COPY_HEADER, copy(1), ["000002"]])
    assert [row.line for row in table.incomplete] == [3]
    table = read(AccessionRow, [COPY_HEADER, copy(1), ["", date(2025, 9, 2), "", "呼兰河传"]])
    assert [row.line for row in table.incomplete] == [3]


def test_lines_numbered_in_advance_are_nothing_yet() -> None:
    table = read(AccessionRow, [COPY_HEADER, copy(1), ["000002"], ["000003"], ["000004"]])
    assert (len(table), table.flaws, table.oddities) == (1, [], [])


def test_formulas_drawn_on_below_the_entries_are_nothing_yet() -> None:
    """=B3+14 under 应还日期 shows January 1900, a running total its last figure, a sum 0."""
    loan, cash, batch = (SHEETS[row_type] for row_type in (LoanRow, CashRow, SummaryRow))

    def line(sheet: DeclaredSheet, **cells: CellValue) -> list[CellValue]:
        return [cells.get(field.name, "") for field in sheet.fields]

    def entry(sheet: DeclaredSheet) -> list[list[CellValue]]:
        values = ("" if value is None else value for value in example(sheet.row_type)[1:])
        sound: list[CellValue] = [float(value) if isinstance(value, Decimal) else value for value in values]
        return [[field.header for field in sheet.fields], sound]

    no_day = datetime(1900, 1, 13)
    drawn_on = {
        loan: [line(loan, loan_no=number, due_on=no_day) for number in (2.0, 3.0)],
        cash: [line(cash, balance=980.0)] * 2,
        batch: [line(batch, copies=0.0, running_copies=1.0, running_value=25.0)] * 2,
    }
    for sheet, lines in drawn_on.items():
        table = read(sheet.row_type, [*entry(sheet), *lines])
        assert (len(table), table.flaws, table.incomplete, table.oddities) == (1, [], [], [])
    # What is entered beside it is an entry begun.
    begun = [line(loan, loan_no=2.0, lent_on=date(2025, 9, 9), due_on=no_day), line(loan, loan_no=3.0, due_on=no_day)]
    table = read(LoanRow, [*entry(loan), *begun])
    assert [row.line for row in table.incomplete] == [3, 4]
    table = read(CashRow, [*entry(cash), line(cash, spent=20.0)])
    assert table.oddities == [OddPlace(Oddity.CLOSING_LINE, 3, "20")]


@pytest.mark.parametrize("count", [1, 600])
@pytest.mark.parametrize("missing", [ErrorValue("#N/A"), 0.0, "-", Uncalculated("VLOOKUP(C3,A:D,2,0)"), "查无此人"])
def test_a_lookup_drawn_on_below_the_entries_is_nothing_yet(missing: CellValue, count: int) -> None:
    """=VLOOKUP(C3,读者名册!A:D,2,0) says #N/A, or what IFERROR makes of it, where there is no number to look up."""
    count += 5
    header: list[CellValue] = [field.header for field in SHEETS[LoanRow].fields]
    sound = ["" if value is None else value for value in example(LoanRow)[1:]]
    found = [missing if field.name in ("name", "class_name") else "" for field in SHEETS[LoanRow].fields]
    table = read(LoanRow, [header, sound, *([found] * count)])
    assert (len(table), table.flaws, table.incomplete, table.oddities) == (1, [], [], [])
    # Above an entry it is a line that lacks what it needs, and a number that is an error was an entry.
    table = read(LoanRow, [header, sound, *([found] * count), ["J2", *sound[1:]]])
    assert [row.line for row in table.incomplete] == [*range(3, count + 3)]
    table = read(LoanRow, [header, sound, *([[ErrorValue("#N/A"), *found[1:]]] * count)])
    assert len(table.incomplete) == count
    # A name and a class alone are an entry that somebody began.
    begun = ["小河" if field.name in ("name", "class_name") else "" for field in SHEETS[LoanRow].fields]
    table = read(LoanRow, [header, sound, *([begun] * 3)])
    assert len(table.incomplete) == 3


def test_a_footer_among_the_entries_is_an_entry_that_lacks_values() -> None:
    table = read(AccessionRow, [COPY_HEADER, copy(1), ["经手人", "苏老师"], copy(2)])
    assert [row.line for row in table.incomplete] == [3]


def test_a_title_merged_over_the_sheet_above_the_header_is_nothing() -> None:
    table = read(ClassRow, [["青禾小学班级一览表", "", "", "", "", ""], HEADER, FIRST])
    assert (names_of(table), table.oddities) == (["三（1）班"], [])


# -- whatever a sheet holds -------------------------------------------------------------------------

HEADERS = [field.header for field in SHEETS[LoanRow].fields]
CELLS: st.SearchStrategy[CellValue] = st.one_of(
    st.just(""),
    st.text(max_size=12),
    st.sampled_from([*HEADERS, "合计", "2025-9-1", "20250901", "25元", "000001", "制表人：苏老师"]),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.sampled_from([ErrorValue("#N/A"), Uncalculated("A1+1")]),
)


@given(st.lists(st.lists(CELLS, max_size=len(HEADERS) + 2), max_size=8))
def test_no_line_stops_the_reader_and_no_whole_entry_lacks_a_value(lines: list[list[CellValue]]) -> None:
    table = read(LoanRow, [HEADERS, *lines])
    required = [field.name for field in SHEETS[LoanRow].fields if not field.nullable]
    assert [row for row in table if any(getattr(row, name) is None for name in required)] == []
    whole, incomplete = {row.line for row in table}, {line.line for line in table.incomplete}
    assert not whole & incomplete
    assert {flaw.line for flaw in table.flaws} <= whole | incomplete
    assert incomplete <= {line for line, _ in table.unreadable}


@given(st.lists(st.lists(CELLS, max_size=6), max_size=6))
def test_no_sheet_without_its_headers_stops_the_reader(lines: list[list[CellValue]]) -> None:
    for declared in ALL_SHEETS:
        read(declared.row_type, lines)


@pytest.mark.parametrize("word", ["合计", "承前页"])
def test_a_total_that_is_filled_in_throughout_is_no_class(word: str) -> None:
    header = [field.header for field in SHEETS[ClassificationRow].fields]
    days: list[CellValue] = [date(2025, 9, 1), date(2026, 1, 23)]
    figures: list[CellValue] = [1.0, 25.0, 0.0, 0.0, 0.0, 0.0, 1.0, 25.0, ""]
    table = read(ClassificationRow, [header, [*days, "I", "文学", *figures], [*days, word, "", *figures]])
    assert ([row.class_letter for row in table], table.incomplete, table.oddities) == (["I"], [], [])
