"""The lists counted by hand, and who is never named in them."""

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from lists.small_library import LOANS, NEW, OLD, PUPIL, RECOMMENDED, SHELF, books, copy, loan
from make import with_incomplete
from schoollib_xl.actions.lists import make_lists
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.cli.program import main
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.supporting.activities import RecommendationRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow
from schoollib_xl.ledgers.vocabulary import Circulation, Condition, LoanMode, ReaderKind
from schoollib_xl.lists.books import MOST_COPIES, WeedingRule, held_by_readers, published_year
from schoollib_xl.quotas.borrowing.corners import PupilsBooks
from schoollib_xl.quotas.promises import promises
from schoollib_xl.quotas.statement import statement
from schoollib_xl.sheets.building.workbook import write_workbook
from schoollib_xl.sheets.reading.loading import load
from schoollib_xl.wording.handover import Handover, handover_answer, handover_json
from schoollib_xl.wording.lists import Lists, lists_answer, signing_answer
from small_sample import small_sample
from surgery import set_cell


def made(*rows: object) -> Lists:
    return make_lists(books(*rows).library())


def test_what_came_with_the_opening_stock_is_not_new() -> None:
    lists = made(*SHELF)
    assert [(one.copy.title, one.copies, one.month) for one in lists.new] == [("田野", 2, date(2025, 10, 1))]


def test_titles_are_ranked_by_the_loans_of_all_their_copies() -> None:
    assert [(one.copy.title, one.loans) for one in made(*SHELF, *LOANS).ranked] == [("小河", 2), ("田野", 1)]


def test_what_is_out_comes_by_class_as_the_school_has_them() -> None:
    classes = [example(ClassRow, class_name=name, grade=grade) for name, grade in (("二（1）班", 2), ("六（1）班", 6))]
    out = {"returned_on": None, "outcome": None}
    loans = [
        loan(number, number, date(2025, 10, 20), reader_no=f"X{number}", class_name=name, **out)
        for number, name in enumerate(("六（1）班", "二(1)班", None, "三（1）班"), 1)
    ]
    assert [one.class_name for one in held_by_readers(books(*SHELF, *classes, *loans).library())] == [
        "三（1）班", "二（1）班", "六（1）班", ""
    ]  # fmt: skip


def test_reading_in_the_room_is_no_loan() -> None:
    in_room = loan(1, 3, date(2025, 9, 15), mode=LoanMode.IN_ROOM)
    assert made(*SHELF, in_room).ranked == []


def test_a_title_that_only_just_came_or_may_not_leave_is_not_called_idle() -> None:
    reference = copy(6, "字典", circulation=Circulation.REFERENCE, **OLD)
    assert [one.copy.title for one in made(*SHELF, reference, *LOANS).idle] == ["大山"]


def test_recommended_titles_are_found_by_name_whatever_its_blanks_unless_the_author_is_another() -> None:
    found = made(*SHELF, *LOANS, *RECOMMENDED).recommended
    assert [(one.copies, one.loans) for one in found] == [(2, 2), (0, 0), (0, 0)]


def test_a_recommended_title_is_one_whatever_its_signs_its_author_or_an_edition_the_school_has_not() -> None:
    one, two = "978-7-02-002475-5", "978-7-5442-4510-4"
    held = (copy(1, "《昆虫记》", author="[法]法布尔著", isbn=one), copy(2, "昆虫记", author="法布尔", isbn=two))
    wanted = [example(RecommendationRow, title="昆虫记", author="法布尔", isbn=isbn) for isbn in (None, two, "不知道")]
    assert [found.copies for found in made(*held, *wanted).recommended] == [2, 1, 2]
    # On the teachers' shelf by its class; pupils may have what is recommended to them.
    school = books(held[0]._replace(class_no="G623"), wanted[0]).library()
    assert school[AccessionRow].rows[0] in school.derive(PupilsBooks)


@pytest.mark.parametrize(
    ("written", "grades"), [("3-4", [3, 4]), ("五、六年级", [5, 6]), ("低年级", [1, 2]), ("全校", [1, 2, 3, 4, 5, 6])]
)
def test_a_title_recommended_to_several_grades_stands_under_each(
    tmp_path: Path, written: str, grades: list[int]
) -> None:
    path = tmp_path / "账.xlsx"
    write_workbook(books(*SHELF, *RECOMMENDED[:1]), path, [(RecommendationRow, 2, "grade", written)])
    lists = make_lists(load(path, None).library)
    assert [(one.grade, one.copies) for one in lists.recommended] == [(grade, 2) for grade in grades]
    assert lists_answer(lists).sentences[-1] == "推荐书目 1 种，馆里都有。"


def test_the_table_by_month_adds_up_and_divides_by_the_pupils_of_the_class() -> None:
    (months, *_) = lists_answer(made(*SHELF, *LOANS)).sections
    header, rows = months.tables[0].header, months.tables[0].rows
    assert header == ("班级", "学生人数", "9 月", "10 月", "11 月", "12 月", "1 月", "合计", "生均")
    assert rows[0] == ("三（1）班", 24, 1, 2, 0, 0, 0, 3, Decimal("0.13"))
    assert rows[-1] == ("全校", 24, 1, 2, 0, 0, 0, 3, Decimal("0.13"))


def test_what_a_class_teacher_borrows_is_no_loan_of_pupils() -> None:
    teacher = example(ReaderRow, reader_no="T001", name="陈静", kind=ReaderKind.TEACHER)
    own = loan(4, 3, date(2025, 9, 15), reader_no="T001", name="陈静")
    (months, *_) = lists_answer(made(*SHELF, *LOANS, teacher, own)).sections
    assert months.tables[0].rows[0] == ("三（1）班", 24, 1, 2, 0, 0, 0, 3, Decimal("0.13"))


def test_a_class_spelled_otherwise_counts_and_one_that_is_not_there_has_its_own_line() -> None:
    spelled = loan(4, 3, date(2025, 9, 15), class_name="三(1)班")
    renamed = loan(5, 2, date(2025, 11, 3), class_name="三（星星）班")
    unknown = loan(6, 1, date(2025, 11, 3), class_name="九（9）班", reader_no="S999")
    (months, *_) = lists_answer(made(*SHELF, *LOANS, spelled, renamed, unknown)).sections
    rows = months.tables[0].rows
    assert rows[0][:5] == ("三（1）班", 24, 2, 2, 1)
    assert rows[1] == ("班级表里没有的班", None, 0, 0, 1, 0, 0, 1, None)
    assert (rows[-1][7], rows[-1][8]) == (6, Decimal("0.21"))


def test_each_copy_is_a_candidate_once_by_the_first_rule_that_names_it() -> None:
    old = copy(6, "旧书", published="1998年3月", **OLD)
    seen = example(StocktakeRow, accession_no="000006", condition=Condition.DAMAGED)
    assert [one.rule for one in made(old, *SHELF, *LOANS).candidates] == [WeedingRule.OLD_AND_IDLE]
    assert [one.rule for one in made(old, seen).candidates] == [WeedingRule.WORN]
    assert made(old, loan(1, 6, date(2025, 9, 15))).candidates == []


def seen(day: int, condition: Condition | None, line: int) -> StocktakeRow:
    return example(StocktakeRow, line, accession_no="000006", counted_on=date(2025, 12, day), condition=condition)


@pytest.mark.parametrize(
    ("scans", "is_worn"),
    [
        ((seen(20, Condition.DAMAGED, 2), seen(5, Condition.GOOD, 3)), True),
        ((seen(20, Condition.GOOD, 2), seen(5, Condition.DAMAGED, 3)), False),
        ((seen(5, Condition.DAMAGED, 2), seen(20, None, 3)), True),
    ],
)
def test_the_last_scan_by_date_that_says_anything_of_the_condition_counts(
    scans: tuple[StocktakeRow, ...], is_worn: bool
) -> None:
    assert bool(made(copy(6, "书", **OLD), *scans).candidates) is is_worn


@pytest.mark.parametrize(("sent", "is_worn"), [(date(2025, 11, 3), True), (date(2025, 12, 9), False)])
def test_a_worn_copy_that_was_sent_for_repair_since_is_no_candidate(sent: date, is_worn: bool) -> None:
    repair = example(RepairRow, accession_no="000006", sent_on=sent, reshelved_on=None)
    assert bool(made(copy(6, "书", **OLD), seen(5, Condition.DAMAGED, 2), repair).candidates) is is_worn


def test_of_many_copies_the_idle_ones_beyond_the_limit_are_candidates() -> None:
    many = [copy(number, "小河", published="2020", **NEW) for number in range(1, MOST_COPIES + 4)]
    lent = [loan(number, number, date(2025, 10, 15)) for number in range(1, MOST_COPIES + 2)]
    assert [one.copy.accession_no for one in made(*many, *lent).candidates] == ["000012", "000013"]


def test_candidates_are_summed_up_and_listed_by_reason_and_title_with_their_numbers() -> None:
    many = [copy(number, "小河", published="2020", **NEW) for number in range(1, MOST_COPIES + 5)]
    lent = [loan(number, number, date(2025, 10, 15)) for number in (*range(1, MOST_COPIES + 1), MOST_COPIES + 2)]
    weeding = lists_answer(made(*many, *lent)).sections[-1]
    overview, too_many = weeding.tables
    assert [row[1] for row in overview.rows] == [0, 0, 3, 3]
    assert too_many.heading == WeedingRule.TOO_MANY.value
    [(title, copies, *_, numbers, _)] = too_many.rows
    assert (title, copies, numbers) == ("小河", 3, "000011、000013—000014")


def test_where_no_loan_was_written_down_nothing_is_called_idle_and_it_is_said() -> None:
    old = [copy(number, "小河", published="1990", **OLD) for number in range(1, MOST_COPIES + 4)]
    lists = made(*old)
    assert (lists.idle, lists.candidates) == ([], [])
    first, second = lists_answer(lists).sentences
    assert "没有借过" not in first
    assert "零借阅没有列" in second


@pytest.mark.parametrize(
    ("said", "year"), [("1998年3月", 1998), ("2020.5", 2020), ("41998", None), ("九八年", None), (None, None)]
)
def test_the_year_of_publication_is_read_where_it_stands(said: str | None, year: int | None) -> None:
    assert published_year(copy(1, "书", published=said)) == year


def test_only_the_list_for_class_teachers_names_a_pupil(tmp_path: Path) -> None:
    workbook = tmp_path / "账.xlsx"
    elsewhere = loan(8, 5, date(2025, 12, 1), reader_no="S9", class_name="四（2）班", returned_on=None, outcome=None)
    write_workbook(books(*SHELF, *LOANS, *RECOMMENDED, elsewhere), workbook)
    into = tmp_path / "单"
    assert main(["lists", str(workbook), "--into", str(into)]) == 0
    wall = load_workbook(into / "清单.xlsx")
    assert PUPIL not in str([[cell.value for cell in row] for sheet in wall for row in sheet])
    one, another = load_workbook(into / "借书清单（仅供班主任）.xlsx")
    assert PUPIL in str([[cell.value for cell in row] for row in one])
    assert all("仅供班主任" in str(page["A2"].value) for page in (one, another))
    paper = Document(str(into / "新书简介.docx"))
    assert "田野" in str([[cell.text for cell in row.cells] for table in paper.tables for row in table.rows])


def test_nothing_out_and_nothing_new_makes_no_paper(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workbook = tmp_path / "账.xlsx"
    write_workbook(books(*SHELF[:3]), workbook)
    assert main(["lists", str(workbook), "--into", str(tmp_path / "单")]) == 0
    assert [path.name for path in (tmp_path / "单").iterdir()] == ["清单.xlsx"]
    assert signing_answer(made(*SHELF[:3])) is None
    capsys.readouterr()
    assert main(["lists", str(workbook), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["on_loan"] == 0


def test_the_hand_over_says_what_is_open_and_names_no_pupil(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workbook = tmp_path / "账.xlsx"
    late = loan(9, 3, date(2025, 9, 15), due_on=date(2025, 9, 29), returned_on=None, outcome=None)
    write_workbook(books(*SHELF, *LOANS, late), workbook)
    assert main(["handover", str(workbook), "--into", str(tmp_path)]) == 0
    paper = Document(str(tmp_path / "图书室移交清册.docx"))
    said = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert "逾期未还2册" in said
    assert all(f"{party}（签名）" in said for party in ("移交人", "接收人", "监交人"))
    assert any(re.fullmatch(r"\d{4}年\d{1,2}月\d{1,2}日", cell) for cell in cells)
    assert not any(re.search(r"\d{4}-\d{2}-\d{2}", cell) for cell in cells)
    assert "图书室、阅览室、书柜的钥匙" in cells
    # Those who sign do not sign on a page of their own.
    assert "w:keepNext" in paper.tables[-1].rows[-1]._tr.xml
    assert PUPIL not in said + "".join(cells)
    capsys.readouterr()
    assert main(["handover", str(workbook), "--format", "json"]) == 0
    figures = json.loads(capsys.readouterr().out)["figures"]
    assert (figures["在册（册）"], figures["在册（种）"], figures["借在外面（册）"]) == (5, 3, 2)
    # Of a loan whose 借阅方式 nobody can read it is known that it is out, and not to whom: it is counted, and said.
    late_line = 2 + len(LOANS)
    column = next(number for number, field in enumerate(SHEETS[LoanRow].fields, 1) if field.name == "mode")
    set_cell(workbook, "借阅登记账", f"{chr(64 + column)}{late_line}", "不知道")
    main(["handover", str(workbook), "--into", str(tmp_path / "又")])
    paper = Document(str(tmp_path / "又" / "图书室移交清册.docx"))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert any("其中 1 册的借阅方式读不出" in text for text in cells)
    capsys.readouterr()
    main(["lists", str(workbook), "--into", str(tmp_path / "又")])
    assert "有 1 册的借阅方式读不出" in capsys.readouterr().out


def test_papers_made_twice_are_the_same_bytes(tmp_path: Path) -> None:
    workbook = tmp_path / "账.xlsx"
    write_workbook(books(*SHELF, *LOANS), workbook)
    for folder in ("一", "二"):
        main(["lists", str(workbook), "--into", str(tmp_path / folder)])
        main(["handover", str(workbook), "--into", str(tmp_path / folder)])
    for path in (tmp_path / "一").iterdir():
        assert path.read_bytes() == (tmp_path / "二" / path.name).read_bytes(), path.name


def test_the_money_handed_over_is_that_of_the_last_day_whatever_the_order_of_the_lines() -> None:
    days = [(date(2025, 12, 1), "40.00"), (date(2025, 9, 1), "980.00")]
    lines = (example(CashRow, booked_on=on, balance=Decimal(left)) for on, left in days)
    ledgers = books(*SHELF, *lines)
    for day, left in ((None, "40.00"), (date(2025, 10, 1), "980.00")):
        library = ledgers.library(day)
        quotas = statement(library)
        done = Handover(library, run(library, ALL.values()), quotas, promises(library, quotas))
        assert handover_json(done)["figures"]["经费结余（元）"] == left


def test_what_is_handed_over_as_missing_adds_up_to_what_should_stand_on_the_shelves() -> None:
    library = small_sample().library()
    quotas = statement(library)
    done = Handover(library, run(library, ALL.values()), quotas, promises(library, quotas))
    figures = handover_json(done)["figures"]
    away = ("借在外面（册）", "班级图书角（册）", "送修没有归架（册）", "报失还没有注销（册）")
    assert figures["在册（册）"] - sum(figures[name] for name in away) == figures["应在架（册）"]
    rules = next(section for section in handover_answer(done).sections if section.name == "现在的规矩")
    assert "三（2）班" in [row[1] for row in rules.tables[0].rows]
    assert rules.tables[1].rows[0][0] == "星期一至星期五"


def test_classes_whose_names_no_tab_takes_have_their_lists(tmp_path: Path) -> None:
    named = ("二/1班", "二:1班", "实验" * 20)
    people = [example(ReaderRow, reader_no=f"900{number}", class_name=name) for number, name in enumerate(named)]
    out = [
        loan(number, number, date(2025, 10, 20), reader_no=reader.reader_no, returned_on=None, outcome=None)
        for number, reader in enumerate(people, 1)
    ]
    classes = [example(ClassRow, class_name=name) for name in named]
    workbook = tmp_path / "账.xlsx"
    write_workbook(books(*SHELF, *classes, *people, *out), workbook)
    assert main(["lists", str(workbook), "--into", str(tmp_path)]) == 0
    signing = load_workbook(tmp_path / "借书清单（仅供班主任）.xlsx")
    assert {sheet["A1"].value for sheet in signing} == set(named)


def test_loans_that_cannot_be_read_are_not_said_to_be_none() -> None:
    library = books(*SHELF).library()
    nothing, *_ = lists_answer(make_lists(library)).sentences[1:]
    assert str(nothing).startswith("这一学年的借阅没有记，")
    unread = make_lists(with_incomplete(library, LoanRow, reader_no="S1"))
    said, *_ = lists_answer(unread).sentences[1:]
    assert str(said).startswith("这一学年的借阅登记不全，读不出，")
    [months] = [one for one in lists_answer(unread).sections if one.name == "月借阅表"]
    assert (list(months.tables[0].rows), str(months.sentences[0])[-14:]) == (
        [],
        "另有 1 笔登记不全，没有算进去。"[-14:],
    )
