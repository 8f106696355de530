"""The ledgers as they are bound: nothing is left out, the sums of the pages are the ledger's, letters can be read."""

import json
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl import load_workbook

from schoollib_xl.actions.printing import printable, write_printable
from schoollib_xl.cli.program import main
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import CLASS_LETTERS, Flow
from schoollib_xl.sheets.books.print_book import SUMMED, parts
from schoollib_xl.sheets.building.workbook import write_workbook
from schoollib_xl.sheets.layout import LINE_HEIGHT
from surgery import set_cell

COPIES = 90
# Excel's own size of letters here, and the least that is read without glasses.
FULL, LEAST = 11, 8


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("印") / "七本账.xlsx"
    copies = [
        example(AccessionRow, 1 + number, accession_no=f"{number:06}", price=Decimal(number) / 4)
        for number in range(1, COPIES + 1)
    ]
    batches = [example(SummaryRow, 2, flow=Flow.IN, copies=90), example(SummaryRow, 3, flow=Flow.OUT, copies=4)]
    write_workbook(LedgerSet.of(*copies, *batches, example(LoanRow)), path)
    return path


def test_every_line_and_column_is_printed_and_the_sums_go_on(workbook: Path, tmp_path: Path) -> None:
    done = printable(workbook, None)
    book = load_workbook(write_printable(done, tmp_path))
    assert [*dict.fromkeys(sheet.title.partition("（")[0] for sheet in book)][:2] == ["总括登记账", "个别登记账"]
    headers, keys, last = set(), [], None
    for sheet in book:
        if sheet.title.startswith("个别登记账"):
            rows = list(sheet.values)
            headers |= set(rows[0])
            lines = [row for row in rows[1:] if "计" not in str(row[0])]
            keys.append([row[0] for row in lines])
            if "单价" in rows[0]:
                at = rows[0].index("单价")
                pages = [Decimal(str(row[at])) for row in rows if str(row[0]).startswith("本页小计")]
                last = Decimal(str(rows[-1][at]))
            sums = [row for row in rows if "计" in str(row[0])]
            assert len(sheet.row_breaks.brk) == len(sums) // 2 - 1
            assert sheet.print_title_rows == "$1:$1"
    assert keys == [[f"{number:06}" for number in range(1, COPIES + 1)]] * len(keys)
    assert headers == {
        one.header for one in SHEETS[AccessionRow].fields if getattr(example(AccessionRow), one.name) is not None
    }
    assert last == sum(pages) == sum(row.price for row in done.library[AccessionRow])
    assert len(pages) > 1


def test_a_withdrawal_is_taken_away_from_the_sum(workbook: Path, tmp_path: Path) -> None:
    book = load_workbook(write_printable(printable(workbook, None, ["总括登记账"]), tmp_path))
    rows = next(list(sheet.values) for sheet in book if "册数" in [cell.value for cell in sheet[1]])
    assert rows[-1][rows[0].index("册数")] == 90 - 4
    assert rows[-1][0] == "累计 2 行"


def test_letters_are_of_eight_points_or_more() -> None:
    for row_type in SUMMED:
        for part in parts(SHEETS[row_type], [example(row_type)]):
            assert FULL * part.scale / 100 >= LEAST
            assert part.lines > 10
            assert part.fields[0].name == SHEETS[row_type].key or part.number in (0, 1)


def test_a_page_of_many_narrow_columns_is_no_wider_than_paper(tmp_path: Path) -> None:
    row = example(SummaryRow, **dict.fromkeys(CLASS_LETTERS, 4), running_copies=90)
    write_workbook(LedgerSet.of(row), tmp_path / "七本账.xlsx")
    book = load_workbook(write_printable(printable(tmp_path / "七本账.xlsx", None), tmp_path))
    assert max(sheet.max_column for sheet in book) > len(CLASS_LETTERS) // 2
    for sheet in book:
        across = sum(column.width * (column.max - column.min + 1) for column in sheet.column_dimensions.values())
        # LibreOffice prints 120.9 on one page, 124.0 on two.
        assert across * sheet.page_setup.scale / 100 < 121


def test_a_text_too_long_for_its_column_is_broken_and_not_made_too_small_to_read(tmp_path: Path) -> None:
    title, copies = "写给小学生的长篇童话、寓言和散文诗合集" * 3, range(1, 61)
    rows = [example(AccessionRow, 1 + n, accession_no=f"{n:06}", title=title if n % 3 else "小河") for n in copies]
    write_workbook(LedgerSet.of(*rows), tmp_path / "七本账.xlsx")
    done = printable(tmp_path / "七本账.xlsx", None)
    book = load_workbook(write_printable(done, tmp_path))
    sheet = next(one for one in book if one["D1"].value == "书名")
    looks = {cell.value: (cell.alignment.wrap_text, cell.alignment.shrink_to_fit) for cell in sheet["D"][1:]}
    assert (looks[title], looks["小河"]) == ((True, None), (None, True))
    (part, *_) = parts(SHEETS[AccessionRow], rows)
    ends = [row for row, cell in enumerate(sheet["A"], 1) if str(cell.value).startswith("累计")]
    for first, last in pairwise([1, *ends]):
        taken = sum(sheet.row_dimensions[row].height or LINE_HEIGHT for row in range(first + 1, last - 1))
        assert taken <= part.lines * LINE_HEIGHT
    assert done.pages == sum(str(cell.value).startswith("累计") for one in book for cell in one["A"])


def test_a_figure_does_not_touch_the_words_beside_it(workbook: Path, tmp_path: Path) -> None:
    sheets = load_workbook(write_printable(printable(workbook, None), tmp_path)).worksheets
    prices = [sheet.cell(2, cell.column) for sheet in sheets for cell in sheet[1] if cell.value == "单价"]
    assert [cell.number_format for cell in prices] == ["#,##0.00_ "]


def test_stock_of_two_terms_is_not_added_up(tmp_path: Path) -> None:
    terms = [example(ClassificationRow, line, added_copies=line, closing_copies=90) for line in (2, 3)]
    write_workbook(LedgerSet.of(*terms), tmp_path / "七本账.xlsx")
    sheet = load_workbook(write_printable(printable(tmp_path / "七本账.xlsx", None), tmp_path)).active
    header, *_, last = sheet.values
    assert [last[header.index(name)] for name in ("增加册数", "期初册数", "期末册数")] == [5, None, None]


def test_what_is_not_printed_is_said(workbook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "七本账.xlsx"
    broken.write_bytes(workbook.read_bytes())
    set_cell(broken, "个别登记账", "A5", "")
    assert main(["print", str(broken)]) == 1
    said = capsys.readouterr().out
    assert "“个别登记账”有 1 行缺了必填的" in said
    assert "还没有记的没有印：分类统计账" in said
    assert main(["print", str(workbook), "--sheet", "借阅登记账", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "printed": {"借阅登记账": 1},
        "empty": [],
        "incomplete": {},
        "pages": 1,
    }
    assert main(["print", str(workbook), "--sheet", "报刊登记账", "--into", str(tmp_path)]) == 0
    assert "没有可印的" in capsys.readouterr().out


def test_the_same_books_give_the_same_bytes(workbook: Path, tmp_path: Path) -> None:
    done = printable(workbook, date(2026, 1, 1))
    assert write_printable(done, tmp_path / "甲").read_bytes() == write_printable(done, tmp_path / "乙").read_bytes()


def test_a_register_of_short_words_has_one_part() -> None:
    short = {"name": "赵小雨", "class_name": "三（1）班", "handled_by": "周岚", "renewals": 1}
    short |= {"returned_on": date(2026, 3, 9), "outcome": "已还"}
    rows = [example(LoanRow, line, **short) for line in (2, 3)]
    (part,) = parts(SHEETS[LoanRow], rows)
    widths = {field.name: field.column.width for field in part.fields}
    declared = {field.name: field.column.width for field in SHEETS[LoanRow].fields}
    assert len(widths) > 12
    assert widths["handled_by"] < declared["handled_by"]
    assert all(widths[name] <= declared[name] for name in widths)
    assert widths[SHEETS[LoanRow].key] == declared[SHEETS[LoanRow].key]
