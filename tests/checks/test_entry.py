"""填写: what is wrong with sheets and cells, at its true address and in her words."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from make import EXAMPLE_SCHOOL, flat, report, with_incomplete
from schoollib_xl.checks.check import Severity
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.activities import VisitRow
from schoollib_xl.ledgers.supporting.calendar import OpeningRow, TurnRow
from schoollib_xl.ledgers.supporting.inspection import EvaluationRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import CompensationRule, LendingRule, TargetRow
from schoollib_xl.ledgers.table import Flaw, LedgerTable, Oddity, OddPlace
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.samples.year import clean_school
from schoollib_xl.sheets.cells import CellValue, ErrorValue, Uncalculated
from schoollib_xl.sheets.reading.columns import Columns
from schoollib_xl.sheets.reading.copied_sheets import without_copies
from schoollib_xl.sheets.reading.postal_codes import with_codes_of_the_paper
from schoollib_xl.sheets.reading.recognising import Names
from schoollib_xl.sheets.reading.rows import PartReader, join
from schoollib_xl.wording.checking.findings import message_of
from schoollib_xl.wording.checking.unchecked import unchecked_sentences
from schoollib_xl.wording.places import column_letters

CODES = [code for code in ALL if code.startswith("FMT")]
CUT_OFF = date(2026, 1, 23)
CLASS_HEADER: list[CellValue] = ["班级", "年级", "班主任", "学生人数", "借阅方式", "备注"]
CLASS: list[CellValue] = ["三（1）班", 3.0, "陈静", 40.0, "个人借阅", ""]
OTHER_CLASS: list[CellValue] = ["三（2）班", *CLASS[1:]]


def books(row_type: type[Any], *grids: Sequence[Sequence[CellValue]], oddities: Sequence[OddPlace] = ()) -> Library:
    """A library of one ledger, read from these sheets of it."""
    declared = SHEETS[row_type]
    reader = PartReader(declared, Columns(6), Names())
    names = [f"{declared.name}{index or ''}" for index in (0, *range(2, len(grids) + 1))]
    parts = [
        reader.read(name, [list(map(list, grid))], i) for i, (name, grid) in enumerate(zip(names, grids, strict=False))
    ]
    return Library([join(declared, without_copies(parts), oddities)], EXAMPLE_SCHOOL, CUT_OFF)


def entry(row_type: type[Any], **cells: CellValue) -> Library:
    """A library of one line: its declared example with these cells as they stand in the file, by field."""
    fields = SHEETS[row_type].fields
    line = [cells.get(field.name, stored(field.column.example)) for field in fields]
    return books(row_type, [[field.header for field in fields], line])


def stored(value: Any) -> CellValue:
    """An example value as a workbook keeps it."""
    if value is None:
        return ""
    return float(value) if isinstance(value, int | Decimal) else value


def found(code: str, library: Library) -> list[str]:
    return flat(library, report(code, library).findings)


def said(code: str, library: Library) -> list[str]:
    return [message_of(library, one).message for one in report(code, library).findings]


def advised(code: str, library: Library) -> list[str]:
    return [message_of(library, one).fix for one in report(code, library).findings]


def test_sound_entries_are_silent() -> None:
    for row_type in (ClassRow, AccessionRow, SummaryRow, LoanRow, PeriodicalRow, OpeningRow):
        assert run(entry(row_type), [ALL[code] for code in CODES]).findings == ()


def test_each_flaw_and_each_oddity_has_a_check_of_its_own() -> None:
    # Twelve more are about what was read well: days that have not come, books not begun, figures below nought, words of
    # the line, of months and of days, names.
    assert len(CODES) == len(Flaw) + len(Oddity) + 13


# -- sheets -----------------------------------------------------------------------------------------


def test_a_missing_sheet_is_found_where_it_should_be() -> None:
    library = Library(
        [LedgerTable(SHEETS[ClassRow], oddities=[OddPlace(Oddity.MISSING_SHEET)])], EXAMPLE_SCHOOL, CUT_OFF
    )
    assert found("FMT001", library) == ["FMT001 班级!A1"]
    assert said("FMT001", library) == ["没有找到工作表“班级”。"]


def test_a_second_copy_of_a_sheet_is_named() -> None:
    library = books(ClassRow, [CLASS_HEADER, CLASS], oddities=[OddPlace(Oddity.DOUBLED_SHEET, 0, "班级 (旧)")])
    assert found("FMT002", library) == ["FMT002 班级!A1"]
    assert said("FMT002", library) == ["“班级 (旧)”和另一张工作表是同一本账，这一张没有读。"]


def test_a_missing_column_is_found_at_the_header() -> None:
    library = books(ClassRow, [["班级一览"], [], CLASS_HEADER[:3], CLASS[:3]])
    assert found("FMT003", library) == ["FMT003 班级!A3"]
    assert said("FMT003", library) == ["找不到“学生人数”这一栏。"]


def test_a_column_that_stands_twice_is_found_at_the_header() -> None:
    library = books(ClassRow, [[*CLASS_HEADER, "年级"], [*CLASS, 3.0]])
    assert found("FMT004", library) == ["FMT004 班级!B1"]
    assert said("FMT004", library) == ["“年级”这一栏有两列，核对时用的是左边一列。"]


def test_a_blank_line_is_a_hint_with_its_row_number() -> None:
    library = books(ClassRow, [CLASS_HEADER, CLASS, [], OTHER_CLASS])
    assert found("FMT005", library) == ["FMT005 班级!A3"]
    assert said("FMT005", library) == ["第 3 行是空行，下面还有内容。"]
    assert [one.severity for one in report("FMT005", library).findings] == [Severity.HINT]


def test_a_total_among_the_entries_is_found() -> None:
    library = books(ClassRow, [CLASS_HEADER, CLASS, ["小计", "", "", 40.0, "", ""], OTHER_CLASS])
    assert found("FMT006", library) == ["FMT006 班级!A3"]
    assert said("FMT006", library) == ["第 3 行像是合计行，核对时没有算它。"]


def test_a_repeated_header_is_found() -> None:
    library = books(ClassRow, [CLASS_HEADER, CLASS, CLASS_HEADER, OTHER_CLASS])
    assert found("FMT007", library) == ["FMT007 班级!A3"]
    assert said("FMT007", library) == ["第 3 行和表头一样，核对时没有算它。"]


def test_totals_and_headers_of_every_page_are_one_hint_and_a_wrong_total_among_them_is_told() -> None:
    def pages(wrong: float) -> Library:
        page = [CLASS, OTHER_CLASS]
        people = float(CLASS[3]) + float(OTHER_CLASS[3])
        totals = [["本页合计", "", "", people + (wrong if page == 2 else 0), "", ""] for page in range(60)]
        lines = [row for total in totals for row in (*page, total, CLASS_HEADER)]
        return books(ClassRow, [CLASS_HEADER, *lines, CLASS])

    right = pages(0.0)
    assert said("FMT006", right) == ["第 4 行像是合计行，核对时没有算它，还有 59 行也是这样。"]
    assert said("FMT007", right) == ["第 5 行和表头一样，核对时没有算它，还有 59 行也是这样。"]
    assert (found("FMT012", right), found("FMT012", pages(7.0))) == ([], ["FMT012 班级!D12"])


def test_rows_are_counted_on_the_sheet_they_stand_on() -> None:
    library = books(ClassRow, [CLASS_HEADER, CLASS], [CLASS_HEADER, OTHER_CLASS, [], ["三（3）班", *CLASS[1:]]])
    assert found("FMT005", library) == ["FMT005 班级2!A3"]
    assert said("FMT005", library) == ["第 3 行是空行，下面还有内容。"]


# -- cells ------------------------------------------------------------------------------------------


def test_a_blank_required_cell_is_found() -> None:
    library = entry(AccessionRow, title="")
    assert found("FMT101", library) == ["FMT101 个别登记账!D2"]
    assert said("FMT101", library) == ["000001 的“书名”空着，这一栏每行都要填，书照样算在馆藏里。"]
    assert found("FMT101", entry(AccessionRow, author="")) == []


def test_where_to_look_is_told_for_the_column_that_is_blank() -> None:
    def remedy(row_type: type[Any], field: str) -> str:
        lacking = with_incomplete(LedgerSet.of(school=EXAMPLE_SCHOOL).library(), row_type)
        [one] = [one for one in report("FMT101", lacking).findings if one.at.field == field]
        return message_of(lacking, one).fix

    assert remedy(LoanRow, "reader_no").startswith("先查读者名册，照姓名和班级找他的证号；查得到，补填")
    assert remedy(CashRow, "summary") == "先查单据；查得到，补填；查不到，在备注里写明，并写进“差异说明”。"
    # A sheet without 备注.
    assert remedy(TurnRow, "weekday") == "先查课表；查得到，补填；查不到，写进“差异说明”。"


def test_lines_that_are_no_entries_and_differ_in_their_figures_are_one_finding() -> None:
    dragged = [OddPlace(Oddity.CLOSING_LINE, line, f"{line * 40} {line}.5") for line in range(3, 8)]
    assert found("FMT011", books(ClassRow, [CLASS_HEADER, CLASS], oddities=dragged)) == ["FMT011 班级!A3"]
    assert len(found("FMT011", books(ClassRow, [CLASS_HEADER, CLASS], oddities=dragged[:2]))) == 2


def test_formulas_that_nobody_has_calculated_are_one_finding_for_a_column() -> None:
    fields = SHEETS[SummaryRow].fields
    header: list[CellValue] = [field.header for field in fields]
    usual = {"running_copies": Uncalculated("AK1+H2")}
    line = [usual.get(field.name, stored(field.column.example)) for field in fields]
    lines = [[f"2025-{n:03}" if field.name == "batch_no" else cell for field, cell in zip(fields, line, strict=True)]
             for n in range(1, 8)]  # fmt: skip
    assert found("FMT103", books(SummaryRow, [header, *lines])) == ["FMT103 总括登记账!AK2"]
    assert len(found("FMT103", books(SummaryRow, [header, *lines[:5]]))) == 5


def test_an_error_cell_is_found_with_what_it_shows() -> None:
    library = entry(AccessionRow, price=ErrorValue("#N/A"))
    assert found("FMT102", library) == ["FMT102 个别登记账!M2"]
    assert said("FMT102", library) == ["000001 的“单价”显示的是“#N/A”。"]
    assert found("FMT102", entry(AccessionRow, remarks=ErrorValue("#REF!"))) == ["FMT102 个别登记账!T2"]


def test_a_formula_without_a_result_is_found() -> None:
    library = entry(SummaryRow, running_copies=Uncalculated("AK1+H2"))
    assert found("FMT103", library) == ["FMT103 总括登记账!AK2"]
    assert said("FMT103", library) == ["2025-001 的“累计册数”是公式，可是文件里没有存下结果。"]


def test_words_in_place_of_a_number_are_found() -> None:
    library = entry(AccessionRow, price="面议")
    assert found("FMT104", library) == ["FMT104 个别登记账!M2"]
    assert said("FMT104", library) == ["000001 的“单价”填的是“面议”，读不出数来。"]


def test_half_a_copy_is_found() -> None:
    library = entry(SummaryRow, copies=1.5)
    assert found("FMT105", library) == ["FMT105 总括登记账!H2"]
    assert said("FMT105", library) == ["2025-001 的“册数”填的是“1.5”，不是整数。"]


@pytest.mark.parametrize("cell", ["2025-9-31", "2025年2月30日", "上周五"])
def test_an_impossible_date_is_found(cell: str) -> None:
    library = entry(LoanRow, lent_on=cell)
    assert found("FMT106", library) == ["FMT106 借阅登记账!B2"]
    assert said("FMT106", library) == [f"J000001 的“借出日期”填的是“{cell}”，不是一个真的日期。"]


def test_a_time_that_is_none_is_found() -> None:
    library = entry(OpeningRow, ends_at="放学")
    assert found("FMT107", library) == ["FMT107 开放时间!C2"]
    assert said("FMT107", library) == ["“结束”填的是“放学”，不是一个时间。"]


def test_a_word_that_is_not_in_the_list_is_found_with_the_whole_list() -> None:
    library = entry(AccessionRow, source="新华")
    assert found("FMT108", library) == ["FMT108 个别登记账!N2"]
    assert said("FMT108", library) == [
        "000001 的“来源”填的是“新华”，应当是：购入、调拨、捐赠、赔书、合订、自编、其他。"
    ]


def test_a_number_out_of_range_is_found_with_the_range() -> None:
    library = entry(ClassRow, grade=7.0)
    assert found("FMT109", library) == ["FMT109 班级!B2"]
    assert said("FMT109", library) == [
        "“年级”填的是“7”，超出了范围（1 到 6，学前班填 0，复式班几个年级都填，如 1、2）。"
    ]
    assert said("FMT109", entry(ClassRow, pupils=-1.0)) == ["“学生人数”填的是“-1”，超出了范围（0 到一万亿的数）。"]


@pytest.mark.parametrize(
    ("row_type", "changes", "said_of_it"),
    [
        (PeriodicalRow, {"copies": -2.0}, "BK2025-001 的“份数”填的是“-2”，超出了范围（0 到一万亿的数）。"),
        (PeriodicalRow, {"received_issues": -1.0}, "BK2025-001 的“实到期数”填的是“-1”，超出了范围（0 到一万亿的数）。"),
        (PeriodicalRow, {"copies": 1e12}, "BK2025-001 的“份数”填的是“1000000000000”，超出了范围（0 到一万亿的数）。"),
        (CashRow, {"received": 1e12}, "“收入”填的是“1000000000000”，超出了范围（不到一万亿的数）。"),
        (EvaluationRow, {"full": -5.0}, "“满分”填的是“-5”，超出了范围（0 到一万亿的数）。"),
        (LendingRule, {"days": 1e9}, "“借期天数”填的是“1000000000”，超出了范围（0 到 9999 的数）。"),
        (CompensationRule, {"multiple": 1800.0}, "“倍率”填的是“1800”，超出了范围（0 到 100 的数）。"),
    ],
)
def test_a_figure_nobody_can_mean_is_found_at_its_own_cell(row_type: Any, changes: Any, said_of_it: str) -> None:
    assert said("FMT109", entry(row_type, **changes)) == [said_of_it]


@pytest.mark.parametrize(
    ("row_type", "name", "code"),
    [
        (LoanRow, "lent_on", "FMT106"),
        (OpeningRow, "starts_at", "FMT107"),
        (AccessionRow, "price", "FMT104"),
        (AccessionRow, "accession_no", "FMT110"),
        (AccessionRow, "source", "FMT108"),
    ],
)
def test_a_number_beyond_all_numbers_is_asked_for_as_what_its_column_is(
    row_type: type[Any], name: str, code: str
) -> None:
    assert [finding.split()[0] for finding in found(code, entry(row_type, **{name: float("inf")}))] == [code]


def test_lost_zeros_are_found_and_the_number_is_taken() -> None:
    library = entry(AccessionRow, accession_no=123.0)
    assert found("FMT201", library) == ["FMT201 个别登记账!A2"]
    assert said("FMT201", library) == ["“个别登记号”写的是 123，按 000123 核对。"]
    assert advised("FMT201", library) == ["把这一栏设成文本格式，再填成 000123。"]
    assert list(library.copies) == ["000123"]


def copies(count: int, price: CellValue) -> Library:
    header: list[CellValue] = ["个别登记号", "登记日期", "总括登记号", "书名", "分类号", "单价"]
    lines = [[f"{n:06}", date(2025, 9, 1), "2025-001", "城南旧事", "I246.5", price] for n in range(1, count + 1)]
    return books(AccessionRow, [header, *lines])


def test_a_column_stored_as_text_throughout_is_one_finding_with_its_count() -> None:
    library = copies(6, "25元")
    assert found("FMT203", library) == ["FMT203 个别登记账!F2"]
    assert said("FMT203", library) == ["“单价”的“25元”是文字，按 25.00元 核对，这一栏还有 5 格也是这样。"]


def test_some_cells_stored_as_text_are_a_finding_each() -> None:
    assert len(found("FMT203", copies(5, "25元"))) == 5


def test_a_line_pasted_as_text_is_one_finding() -> None:
    header: list[CellValue] = ["登记日期", "总括登记号", "收支", "来源或去向", "种数", "册数", "码洋", "累计册数"]
    line: list[CellValue] = [date(2025, 9, 1), "2025-001", "入藏", "购入", "1", "1", "20", "1"]
    library = books(SummaryRow, [header, line])
    assert said("FMT203", library) == ["2025-001 的“种数”的“1”是文字，按 1 核对，这一行还有 3 格也是这样。"]


def test_one_word_that_cannot_be_read_is_one_finding_with_its_count() -> None:
    library = copies(21, "面议")
    assert found("FMT104", library) == ["FMT104 个别登记账!F2"]
    assert said("FMT104", library) == ["“单价”填的是“面议”，读不出数来，这一栏还有 20 格也是这样。"]
    assert len(found("FMT104", copies(2, "面议"))) == 2


def test_a_column_that_nobody_can_read_is_one_finding_however_many_words_it_has() -> None:
    header: list[CellValue] = ["个别登记号", "登记日期", "总括登记号", "书名", "分类号", "单价"]

    def entered(days: int) -> Library:
        lines = [[f"{n:06}", f"9/{n}/2025", "2025-001", "城南旧事", "I246.5", 25.0] for n in range(1, days + 1)]
        return books(AccessionRow, [header, *lines])

    assert found("FMT106", entered(21)) == ["FMT106 个别登记账!B2"]
    [message] = said("FMT106", entered(21))
    assert message == "“登记日期”填的是“9/1/2025”，不是一个真的日期，这一栏还有 20 格也是这样。"
    assert len(found("FMT106", entered(20))) == 20


def test_a_column_of_numbers_that_lost_their_digits_is_one_finding() -> None:
    header: list[CellValue] = ["个别登记号", "登记日期", "总括登记号", "书名", "分类号", "单价", "ISBN"]
    day = date(2025, 9, 1)
    lines = [[f"{n:06}", day, "2025-001", "城南旧事", "I246.5", 25.0, f"9.787{n}E+12"] for n in range(10, 31)]
    library = books(AccessionRow, [header, *lines])
    assert found("FMT110", library) == ["FMT110 个别登记账!G2"]
    assert said("FMT110", library) == [
        "“ISBN”存成了数（9.78710E+12），后面几位已经不是原来的，这一栏还有 20 格也是这样。"
    ]


def test_a_code_that_became_a_date_is_found_with_what_it_was() -> None:
    library = entry(PeriodicalRow, postal_code=datetime(2025, 2, 6))
    assert found("FMT202", library) == ["FMT202 报刊登记账!D2"]
    assert said("FMT202", library) == ["BK2025-001 的“邮发代号”成了日期 2025-02-06，原来多半是 2-6。"]


def test_a_code_that_became_a_date_is_what_the_papers_other_lines_say() -> None:
    fields = SHEETS[PeriodicalRow].fields
    usual = [stored(field.column.example) for field in fields]
    at = [field.name for field in fields].index("postal_code")

    def paper(*codes: CellValue) -> Library:
        lines = [[*usual[:at], code, *usual[at + 1 :]] for code in codes]
        read = books(PeriodicalRow, [[field.header for field in fields], *lines])
        return Library(with_codes_of_the_paper([read[PeriodicalRow]]), EXAMPLE_SCHOOL, CUT_OFF)

    told = paper("5-107", datetime(2026, 5, 7))
    assert advised("FMT202", told) == ["先把这一栏设成文本格式，再照单据重填，如 5-107。"]
    assert [row.postal_code for row in told[PeriodicalRow]] == ["5-107", "5-107"]
    for untold in (paper(datetime(2026, 5, 7)), paper("5-107", "5-108", datetime(2026, 5, 7))):
        assert advised("FMT202", untold) == ["先把这一栏设成文本格式，再照单据重填，如 5-7。"]


def test_a_number_typed_as_text_is_a_hint_with_what_was_taken() -> None:
    library = entry(AccessionRow, price="25元")
    assert found("FMT203", library) == ["FMT203 个别登记账!M2"]
    assert said("FMT203", library) == ["000001 的“单价”的“25元”是文字，按 25.00元 核对。"]
    assert said("FMT203", entry(SummaryRow, copies="１")) == ["2025-001 的“册数”的“1”是文字，按 1 核对。"]


def test_a_date_typed_as_text_is_a_hint_with_what_was_taken() -> None:
    library = entry(LoanRow, lent_on="2025.9.8")
    assert found("FMT204", library) == ["FMT204 借阅登记账!B2"]
    assert said("FMT204", library) == ["J000001 的“借出日期”的“2025.9.8”不是日期格式，按 2025年9月8日 核对。"]


def test_a_moved_column_is_found_where_it_stands() -> None:
    library = books(ClassRow, [["一览"], ["学生人数", "班级", "年级"], ["四十", "三（1）班", 3.0]])
    assert found("FMT104", library) == ["FMT104 班级!A3"]


def test_what_cannot_be_read_is_found_and_never_passed() -> None:
    library = entry(AccessionRow, price="面议")
    unchecked = report("ACC201", library).unchecked
    assert [(one.check.code, one.columns[0].lines) for one in unchecked] == [("ACC201", (2,))]


def test_entries_are_looked_at_in_every_sheet() -> None:
    empty = Library([LedgerTable(declared) for declared in ALL_SHEETS], EXAMPLE_SCHOOL, CUT_OFF)
    assert run(empty, [ALL[code] for code in CODES]).checks_run == len(CODES)


@pytest.mark.parametrize(
    "row_type", [AccessionRow, SummaryRow, ReaderRow, ClassRow, LoanRow, WithdrawalRow, CompensationRow]
)
def test_a_book_not_begun_is_one_finding_and_not_one_for_each_row_that_names_it(row_type: type[Any]) -> None:
    clean = clean_school()
    emptied = LedgerSet(clean.school, {**clean.rows, row_type: []}).library()
    came_to = run(emptied, ALL.values())
    assert [finding.at.row_type for finding in came_to.findings if finding.check.code == "FMT010"] == [row_type]
    assert len(came_to.findings) <= 40
    assert any("还没有记" in sentence for sentence in unchecked_sentences(emptied, came_to.unchecked))


@pytest.mark.parametrize("hidden", ["\x07", "\x1b", "_x0007_", "_xFFFF_", "\u202e"])
def test_signs_nobody_sees_are_a_hint_and_left_out(hidden: str) -> None:
    library = entry(AccessionRow, title=f"城南{hidden}旧事")
    assert found("FMT207", library) == ["FMT207 个别登记账!D2"]
    assert [copy.title for copy in library[AccessionRow]] == ["城南旧事"]
    assert found("FMT207", entry(AccessionRow, title="城南\n旧事")) == []


def test_a_sheet_copied_in_the_workbook_is_not_read_twice() -> None:
    rows: list[list[CellValue]] = [[f"三（{n}）班", 3.0, "", 40.0, "", ""] for n in range(1, 9)]
    header: list[CellValue] = [field.header for field in SHEETS[ClassRow].fields]
    more: list[list[CellValue]] = [[f"四（{n}）班", 4.0, "", 40.0, "", ""] for n in range(1, 9)]
    copied = books(ClassRow, [header, *rows], [header, *rows[:6], *more[:1]])
    assert found("FMT002", copied) == ["FMT002 班级!A1"]
    assert [row.class_name for row in copied[ClassRow]] == [line[0] for line in rows]
    assert len(books(ClassRow, [header, *rows], [header, *more])[ClassRow]) == 16
    assert len(books(ClassRow, [header, *rows], [header, *rows[:1], *more])[ClassRow]) == 17


def test_a_total_of_the_classes_is_a_figure_to_check() -> None:
    header: list[CellValue] = [field.header for field in SHEETS[ClassificationRow].fields]
    period: list[CellValue] = [datetime(2025, 9, 1), datetime(2026, 1, 23)]
    lines: list[list[CellValue]] = [[*period, letter, "", 10.0, 100.5, *[0.0] * 4, 10.0, 100.5, ""] for letter in "AB"]
    total: list[CellValue] = ["", "", "合计", "", 20.0, 201.0, *[""] * 4, 20.0, 201.0, ""]
    wrong: list[CellValue] = [*total[:10], 21.0, *total[11:]]
    assert found("FMT012", books(ClassificationRow, [header, *lines, total])) == []
    assert found("FMT012", books(ClassificationRow, [header, *lines, total, *lines, total])) == []
    assert found("FMT012", books(ClassificationRow, [header, *lines, total, *lines, wrong])) == ["FMT012 分类统计账!K7"]
    earlier: list[list[CellValue]] = [[datetime(2025, 2, 17), datetime(2025, 7, 4), *line[2:]] for line in lines]
    assert found("FMT012", books(ClassificationRow, [header, *earlier, *lines, total])) == []
    assert found("FMT012", books(ClassificationRow, [header, *earlier, *lines, wrong])) == ["FMT012 分类统计账!K6"]
    unread: list[CellValue] = [*lines[0][:4], "几册", *lines[0][5:]]
    assert found("FMT012", books(ClassificationRow, [header, unread, *lines, wrong])) == []


def _with_total(row_type: type[Any], rows: list[dict[str, CellValue]], **total: CellValue) -> list[str]:
    """What is said of the total below these rows, each an example with these cells by header."""
    sheet = SHEETS[row_type]
    headers = [field.header for field in sheet.fields]
    blank: dict[str, CellValue] = dict.fromkeys(headers, "")
    filled = [{**blank, **line} for line in [*rows, total]]
    return found("FMT012", books(row_type, [headers, *([line[header] for header in headers] for line in filled)]))


_PAID: list[dict[str, CellValue]] = [
    {"日期": datetime(2025, 9, day), "摘要": "购书", "收入": income, "支出": spent}
    for day, income, spent in ((1, 100.0, ""), (2, "", 20.0), (3, "", 30.5))
]
_PUPILS: list[dict[str, CellValue]] = [{"班级": f"三（{n}）班", "年级": 3.0, "学生人数": 40.0} for n in (1, 2, 3)]
_VISITS: list[dict[str, CellValue]] = [
    {"日期": datetime(2025, 9, 1), "对象": who, "班级": "三（1）班", "人数": people}
    for who, people in (("班级", 40.0), ("教师", 2.0), ("班级", 38.0))
]


@pytest.mark.parametrize(
    ("row_type", "rows", "total", "is_told"),
    [
        (CashRow, _PAID, {"摘要": "合计", "收入": 100.0, "支出": 50.5}, False),
        (CashRow, _PAID, {"摘要": "合计", "支出": 51.0}, True),
        (CashRow, _PAID, {"摘要": "本月合计", "支出": 50.5}, False),
        (CashRow, _PAID, {"摘要": "本月合计", "支出": 30.5}, True),
        (CashRow, _PAID, {"日期": datetime(2025, 9, 30), "摘要": "本月合计", "支出": 50.5}, False),
        (CashRow, _PAID, {"日期": datetime(2025, 9, 30), "摘要": "本月合计", "支出": 51.0}, True),
        (CashRow, _PAID, {"摘要": "合计", "结余": 999.0}, False),
        (ClassRow, _PUPILS, {"班级": "合计", "学生人数": 120.0}, False),
        (ClassRow, _PUPILS, {"班级": "小计", "学生人数": 80.0}, False),
        (ClassRow, _PUPILS, {"班级": "合计", "学生人数": 310.0}, True),
        (VisitRow, _VISITS, {"日期": "合计", "人数": 80.0}, False),
        (VisitRow, _VISITS, {"日期": "合计", "人数": 78.0}, False),
        (VisitRow, _VISITS, {"日期": "合计", "人数": 310.0}, True),
    ],
)
def test_a_total_of_any_ledger_is_a_sum_of_rows_above_it(
    row_type: type[Any], rows: list[dict[str, CellValue]], total: dict[str, CellValue], *, is_told: bool
) -> None:
    assert bool(_with_total(row_type, rows, **total)) is is_told


def _withdrawn(month: int, day: int, price: float) -> dict[str, CellValue]:
    row: dict[str, CellValue] = {"注销日期": datetime(2025, month, day), "注销批号": "2025-014", "个别登记号": "000001"}
    return row | {"单价": price, "注销原因": "剔旧", "批准人": "周校长"}


def _says(words: str, price: CellValue) -> dict[str, CellValue]:
    return {"个别登记号": words, "单价": price}


_PAGES = [
    _says("承前页", 100.0),
    _withdrawn(9, 3, 10.0),
    _withdrawn(9, 8, 20.5),
    _says("9月合计", 30.5),
    _says("本学期累计", 130.5),
    _says("过次页", 130.5),
    _says("承前页", 130.5),
    _withdrawn(10, 3, 4.0),
    _says("10月份小计4.00元", 4.0),
    _withdrawn(11, 3, 6.0),
    _says("第一学期合计", 40.5),
    _says("结转下学期", 140.5),
]


def test_the_totals_of_pages_months_and_terms_are_no_entries_and_sums_of_what_stands_above() -> None:
    sheet = SHEETS[WithdrawalRow]
    headers: list[CellValue] = [field.header for field in sheet.fields]

    def told(lines: list[dict[str, CellValue]]) -> list[str]:
        written = books(
            WithdrawalRow, [headers, *([line.get(str(header), "") for header in headers] for line in lines)]
        )
        assert len(written[WithdrawalRow]) == sum("注销日期" in line for line in lines)
        assert not written[WithdrawalRow].incomplete
        return found("FMT012", written)

    assert told(_PAGES) == []
    price = column_letters(headers.index("单价") + 1)
    for at, line in enumerate(_PAGES):
        # What was brought forward to the first page is in no book of ours; what was brought on is told once.
        wrong = [*_PAGES[:at], line | {"单价": 77.0}, *_PAGES[at + 1 :]]
        expected = [f"FMT012 注销登记账!{price}{at + 2}"] if "注销日期" not in line and at else None
        assert expected is None or told(wrong) == expected, at
    blank = [_says("承前页", ""), *_PAGES[1:]]
    assert told(blank) == []


def test_while_a_sheet_of_a_book_is_not_read_no_other_book_is_held_to_it() -> None:
    clean = clean_school()
    loans = LedgerSet(clean.school, {**clean.rows, LoanRow: clean.rows[LoanRow][:2000]}).library()
    left_over = OddPlace(Oddity.UNREAD_LEDGER, 0, "下册")
    half_read = loans.with_tables(loans[LoanRow].changed(oddities=[left_over]))
    assert [one.check.code for one in run(loans, ALL.values()).findings if one.fails] != []
    came_to = run(half_read, ALL.values())
    assert [one.check.code for one in came_to.findings] == ["FMT000"]
    assert "“借阅登记账”还有“下册”没有读" in unchecked_sentences(half_read, came_to.unchecked)[0]


def test_a_last_line_with_a_name_and_a_class_alone_is_an_entry_begun() -> None:
    header: list[CellValue] = [field.header for field in SHEETS[LoanRow].fields]
    whole: list[CellValue] = ["J000001", CUT_OFF, "S0001", "王小明", "三（1）班", "000001", "", "", CUT_OFF, *[""] * 5]
    begun: list[CellValue] = ["", "", "", "王小明", "三（1）班", *[""] * 9]
    signed: list[CellValue] = ["", "", "", "制表：王小明", "校长：李红", *[""] * 9]
    assert [line.line for line in books(LoanRow, [header, whole, begun])[LoanRow].incomplete] == [3]
    assert not books(LoanRow, [header, whole, signed])[LoanRow].incomplete


def test_many_formulas_that_fail_in_one_column_are_one_finding_with_their_count() -> None:
    failing = [ErrorValue("#N/A")] * 21
    header: list[CellValue] = [field.header for field in SHEETS[ClassRow].fields]
    lines: list[list[CellValue]] = [[f"三（{n}）班", 3.0, "", value, "", ""] for n, value in enumerate(failing, 1)]
    library = books(ClassRow, [header, *lines])
    assert found("FMT102", library) == ["FMT102 班级!D2"]
    assert said("FMT102", library) == ["“学生人数”显示的是“#N/A”，这一栏还有 20 格也是这样。"]
    assert len(found("FMT102", books(ClassRow, [header, *lines[:20]]))) == 20


@pytest.mark.parametrize(
    ("row_type", "field", "text", "taken"),
    [
        (TargetRow, "value", "10册", "10"),
        (TargetRow, "value", "0.0000001", "0.0000001"),
        (AccessionRow, "price", "25元", "25.00元"),
    ],
)
def test_only_money_is_told_in_yuan(row_type: type[Any], field: str, text: str, taken: str) -> None:
    [sentence] = said("FMT203", entry(row_type, **{field: text}))
    assert sentence.endswith(f"按 {taken} 核对。")


@pytest.mark.parametrize(("cells", "also"), [(3, ""), (8, "等 7 处"), (36, "等 35 处"), (21, "等 20 处")])
def test_other_cells_are_counted_as_the_sentence_counts_them(cells: int, also: str) -> None:
    library = copies(cells, "25元")
    [*_, last] = report("FMT203", library).findings
    assert message_of(library, last).also.endswith(also)
