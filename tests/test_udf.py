"""The worksheet functions as plain functions, fed with cells as xlwings gives them."""

import inspect
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from xlwings.conversion import accessors

import calc_engine
from calc import MISSING, running_calc
from schoollib_xl import udf
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.identifiers import is_class_no, is_isbn
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.school import SETTINGS
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.vocabulary import LeavingReason
from schoollib_xl.quotas.borrowing.allowance import allowance
from schoollib_xl.quotas.statement import statement
from schoollib_xl.rules.lending import LoanTerms, rule_for_reader
from schoollib_xl.wording.desk.allowance import allowance_sentence, rule_terms
from schoollib_xl.wording.excel.functions import FUNCTIONS, Function
from small_sample import small_sample

DAYS = (date(2025, 10, 15), date(2026, 4, 20), date(2026, 7, 3))
# Excel's list of functions cuts a description there.
LONGEST_DESCRIPTION = 255


def as_excel(value: Any) -> Any:
    """A value as xlwings hands it over: no integers, no days without a time."""
    if value is None:
        return ""
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    if isinstance(value, time):
        return datetime(1899, 12, 30, value.hour, value.minute)
    return float(value) if isinstance(value, int | Decimal) else str(value)


class Sheets:
    """The sheets of a school as ranges with their headers."""

    def __init__(self, ledger_set: LedgerSet) -> None:
        self.ledger_set = ledger_set
        self.library: Library = ledger_set.library()

    def __getitem__(self, row_type: type[Any]) -> list[list[Any]]:
        fields = SHEETS[row_type].fields
        rows = self.ledger_set.rows.get(row_type, [])
        lines = [[as_excel(getattr(row, field.name)) for field in fields] for row in rows]
        return [[field.header for field in fields], *lines]

    @property
    def readers(self) -> tuple[list[list[Any]], ...]:
        return self[ReaderRow], self[ClassRow], self[LendingRule]

    @property
    def settings(self) -> list[list[Any]]:
        school = self.ledger_set.school
        lines = [[header, as_excel(getattr(school, field.name))] for header, field in SETTINGS.items()]
        return [["项目", "内容"], *lines]


@pytest.fixture(scope="module")
def sheets() -> Sheets:
    return Sheets(small_sample())


def column(values: Any) -> list[list[Any]]:
    return [[as_excel(value)] for value in values]


def flat(answers: list[list[Any]]) -> list[Any]:
    return [answer for (answer,) in answers]


@pytest.mark.parametrize("day", DAYS)
def test_what_is_left_is_what_the_quota_command_says(sheets: Sheets, day: date) -> None:
    numbers = list(sheets.library.readers)
    answers = udf.lib_left(column(numbers), *sheets.readers, sheets[LoanRow], [[as_excel(day)]])
    allowed = [allowance(sheets.library, number, day) for number in numbers]
    expected = [one.left if one.is_active and one.rule else allowance_sentence(one) for one in allowed]
    assert flat(answers) == expected
    assert len({one for one in expected if isinstance(one, int)}) > 1


@pytest.mark.parametrize("day", DAYS)
def test_the_rule_is_the_one_that_governs(sheets: Sheets, day: date) -> None:
    readers = sheets.library.readers
    answers = udf.lib_rule(column(readers), *sheets.readers, as_excel(day))
    rules = [rule_for_reader(sheets.library, reader, day) for reader in readers.values()]
    assert flat(answers) == [rule_terms(rule) for rule in rules if rule]


def test_a_due_date_is_what_the_lending_rules_make_it(sheets: Sheets) -> None:
    terms = sheets.library.derive(LoanTerms)
    days = sheets[CalendarRow], sheets[OpeningRow]
    own = {number: reader.class_name for number, reader in sheets.library.readers.items()}
    known = [loan for loan in sheets.library[LoanRow] if loan.is_personal and loan.class_name == own[loan.reader_no]]
    loans = [*known[::400], *[loan for loan in known if loan.renewals][:4]]
    assert {bool(loan.renewals) for loan in loans} == {False, True}
    for loan in loans:
        renewed = [[as_excel(loan.renewals)]]
        (answer,) = flat(udf.lib_due([[as_excel(loan.lent_on)]], [[loan.reader_no]], *sheets.readers, *days, renewed))
        assert answer == as_excel(terms.due_on(loan))


def test_means_are_those_of_the_quota_command(sheets: Sheets) -> None:
    quotas = statement(sheets.library).classes
    names = [quota.school_class.name for quota in quotas]
    answers = udf.lib_mean(column(names), sheets[ClassRow], sheets[ReaderRow], sheets[LoanRow], sheets.settings)
    assert flat(answers) == [float(quota.obligation.mean or 0) for quota in quotas]
    assert flat(udf.lib_mean([["三(1)班"]], sheets[ClassRow], sheets[ReaderRow], sheets[LoanRow], sheets.settings)) == [
        answer for name, (answer,) in zip(names, answers, strict=True) if name == "三（1）班"
    ]


def test_numbers_are_judged_as_the_checks_judge_them(sheets: Sheets) -> None:
    copies = sheets.library[AccessionRow].rows[::50]
    books = [copy.isbn for copy in copies if copy.isbn]
    assert flat(udf.lib_isbn(column(books))) == list(map(is_isbn, books))
    assert flat(udf.lib_isbn([[9787020024759.0], ["9787020024750"], ["10024·3014"], [""]])) == [True, False, True, ""]
    numbers = [copy.class_no for copy in copies]
    assert flat(udf.lib_classno(column(numbers))) == list(map(is_class_no, numbers))
    assert flat(udf.lib_classno([["I287.45"], ["L12"], ["二"]])) == [True, False, False]


def test_the_examples_of_the_help_page_are_right() -> None:
    examples = {words.name: words.example.split('"')[1] for words in FUNCTIONS}
    assert udf.lib_isbn([[examples["LIB_ISBN"]]]) == [[True]]
    assert udf.lib_classno([[examples["LIB_CLASSNO"]]]) == [[True]]
    assert udf.lib_classname([[examples["LIB_CLASSNAME"]]]) == [["文学"]]


def test_a_class_number_has_the_name_of_its_class() -> None:
    names = udf.lib_classname([["I287.45", "ｉ287", "TP3"], ["", "W1", 5.0]])
    assert names == [["文学", "文学", "工业技术"], ["", "中图法没有“W”这一类。", "中图法没有“5”这一类。"]]


def test_what_cannot_be_answered_comes_back_as_a_sentence(sheets: Sheets) -> None:
    readers, loans = sheets.readers, sheets[LoanRow]
    headless = [readers[0][1:], *readers[1:]]
    assert udf.lib_left([["S9999"]], *readers, loans) == [["读者名册里没有证号“S9999”，先核对证号。"]]
    assert udf.lib_left([["S0001"]], *headless, loans) == [["“读者名册”里没有“读者证号”这一栏，要连表头一起选。"]]
    assert udf.lib_left([["S0001"]], *readers, loans, [["哪天"]]) == [["日期读不出来，要写成 2025-9-1 这样。"]]
    assert udf.lib_left([["S0001", "", "#N/A"]], *readers, loans, as_excel(DAYS[0]))[0][1:] == [
        "",
        "这个格子读不出来。",
    ]
    days = sheets[CalendarRow], sheets[OpeningRow]
    assert udf.lib_due([["昨天"]], [["S0001"]], *readers, *days) == [["日期读不出来，要写成 2025-9-1 这样。"]]
    assert udf.lib_due([[""]], [["S9999"]], *readers, *days) == [["读者名册里没有证号“S9999”，先核对证号。"]]
    assert udf.lib_due([[""]], [["S0001"]], *readers, *days, [[1.5]]) == [["续借次数要填整数。"]]
    lent = [[as_excel(DAYS[0])]], [["S0001"]], *readers
    for headers_alone in ((days[0][:1], days[1]), (days[0], days[1][:1])):
        assert udf.lib_due(*lent, *headers_alone) == [["算不出应还日期，先查借阅规则、校历和开放时间。"]]
    assert udf.lib_rule([["S0001"]], *readers, as_excel(date(2001, 1, 1)))[0][0].startswith("借阅规则里没有一条管得到")
    means = sheets[ClassRow], readers[0], loans
    assert udf.lib_mean([["九（9）班"]], *means, sheets.settings) == [["班级表里没有“九（9）班”。"]]
    assert udf.lib_mean([["三（1）班"]], *means, [["项目", "内容"]]) == [["基本信息里的学期起止日期不清楚。"]]


def test_a_stopped_card_is_told_and_not_counted(sheets: Sheets) -> None:
    reader = sheets.library[ReaderRow].rows[0]
    stopped = reader._replace(stopped_on=date(2026, 3, 2), stop_reason=LeavingReason.MOVED)
    changed = Sheets(LedgerSet(sheets.ledger_set.school, {**sheets.ledger_set.rows, ReaderRow: [stopped]}))
    asked = [[reader.reader_no]]
    (answer,) = flat(udf.lib_left(asked, *changed.readers, changed[LoanRow], as_excel(DAYS[2])))
    assert answer == "这张证 2026年3月2日停用（转出），不能再借。"


ANYTHING = st.one_of(
    st.none(),
    st.text(max_size=8),
    st.floats(),
    st.booleans(),
    st.datetimes(datetime(1899, 12, 30), datetime(9999, 1, 1)),
    st.sampled_from(["读者证号", "班级", "年级", "自何日起", "同时可借册数", "借期天数", "借出日期", "#N/A", "S0001"]),
)
RANGES = st.lists(st.lists(ANYTHING, min_size=1, max_size=5), min_size=1, max_size=4)


@settings(max_examples=25, deadline=None)
@given(st.data())
@pytest.mark.parametrize("words", FUNCTIONS, ids=lambda words: words.name)
def test_no_cells_whatever_make_a_function_fail(words: Function, data: st.DataObject) -> None:
    arguments = [data.draw(RANGES) for _ in words.arguments]
    for row in function(words)(*arguments):
        for answer in row:
            assert isinstance(answer, bool | int | float | str | datetime)


@pytest.mark.office
@pytest.mark.skipif(bool(MISSING), reason=MISSING)
def test_ranges_of_a_running_spreadsheet_are_answered_like_cells(sheets: Sheets, tmp_path: Path) -> None:
    path = tmp_path / "账.xlsx"
    book = Workbook()
    kinds = (ReaderRow, ClassRow, LendingRule, LoanRow)
    for row_type in kinds:
        sheet = book.create_sheet(SHEETS[row_type].name)
        for line in sheets[row_type][:60]:
            sheet.append(line)
    book.save(path)
    with running_calc(tmp_path / "calc") as calc:
        document = calc.open(path)
        opened = calc_engine.attach(calc.pipe).books[path.name]
        as_offered = {"ndim": 2, "empty": "", "err_to_str": True}
        ranges = [opened.sheets[SHEETS[row_type].name].used_range.options(**as_offered).value for row_type in kinds]
        document.close(True)
    asked, day = [["S0001"], ["S0007"], ["S9999"]], as_excel(DAYS[0])
    answers = udf.lib_left(asked, *ranges, day)
    assert answers == udf.lib_left(asked, *(sheets[row_type][:60] for row_type in kinds), day)
    assert isinstance(answers[0][0], int)


def function(words: Function) -> Callable[..., list[list[Any]]]:
    found: Callable[..., list[list[Any]]] = getattr(udf, words.name.lower())
    return found


@pytest.mark.parametrize("words", FUNCTIONS, ids=lambda words: words.name)
def test_a_function_is_offered_as_it_is_described(words: Function) -> None:
    offered = function(words)
    assert list(inspect.signature(offered).parameters) == [argument.name for argument in words.arguments]
    assert offered.__doc__ == f"{words.gives}。"
    assert words.example.startswith(f"={words.name}(")
    assert words.name.isascii()
    assert max(map(len, (offered.__doc__, *(argument.words for argument in words.arguments)))) < LONGEST_DESCRIPTION
    # xlwings converts each argument as its annotation says, and knows only some.
    assert {get_origin(hint) or hint for hint in get_type_hints(offered).values()} <= set(accessors)
