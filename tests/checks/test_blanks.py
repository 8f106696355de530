"""A blank cell keeps from a check what it would have read there, and nothing else."""

from datetime import timedelta

import pytest

from checks.books import Books
from schoollib_xl.checks.check import Severity
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import outcomes, run
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.registry import ALL_SHEETS, LEDGERS
from schoollib_xl.ledgers.schema import LINES_PER_SHEET, DeclaredSheet
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.vocabulary import Flow, LoanMode, ReaderKind, Settlement, WithdrawalReason, Word
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.quotas.basis.stock import copies_in_force
from schoollib_xl.samples.broken.entry import Misread
from schoollib_xl.wording.checking.findings import message_of
from schoollib_xl.wording.checking.unchecked import unchecked_sentences
from schoollib_xl.wording.places import address
from small_sample import small_sample


@pytest.fixture(scope="module")
def clean() -> LedgerSet:
    return small_sample()


def _blanked(ledger_set: LedgerSet, row_type: type, *cells: tuple[int, str]) -> Library:
    rows = tuple(row for rows in ledger_set.rows.values() for row in rows)
    return Misread(rows, ledger_set.school, raw=tuple((row_type, line, field, "") for line, field in cells)).library()


def _found(library: Library) -> list[str]:
    return [f"{one.check.code} {address(library, one.at)}" for one in run(library, ALL.values()).findings]


@pytest.mark.parametrize("field", ["class_no", "price", "title", "batch_no", "accessioned_on"])
def test_a_copy_with_a_blank_is_held_and_its_blank_is_the_one_finding(field: str, clean: LedgerSet) -> None:
    line = clean.rows[AccessionRow][-1].line
    library = _blanked(clean, AccessionRow, (line, field))
    as_written = clean.library()
    assert len(copies_in_force(library, library.as_of)) == len(copies_in_force(as_written, as_written.as_of))
    assert [found.split()[0] for found in _found(library)] == ["FMT101"]


def test_of_a_blank_that_the_books_can_fill_the_finding_says_with_what(clean: LedgerSet) -> None:
    loan = clean.rows[LoanRow][-1]
    library = _blanked(clean, LoanRow, (loan.line, "due_on"))
    [found] = run(library, [ALL["FMT101"]]).findings
    due = f"{loan.due_on.year}年{loan.due_on.month}月{loan.due_on.day}日"
    assert message_of(library, found).message == f"J001600 的“应还日期”空着，这一栏每行都要填，可能是 {due}。"


def test_a_price_that_the_copy_itself_has_not_is_a_hint_where_it_is_written_off(clean: LedgerSet) -> None:
    withdrawal = clean.rows[WithdrawalRow][-1]
    [line] = [row.line for row in clean.rows[AccessionRow] if row.accession_no == withdrawal.accession_no]

    def severities(library: Library) -> dict[type, Severity]:
        return {one.at.row_type: one.severity for one in run(library, [ALL["FMT101"]]).findings}

    blank = (withdrawal.line, "price")
    assert severities(_blanked(clean, WithdrawalRow, blank))[WithdrawalRow] is Severity.ERROR
    copies = [row._replace(price=None) if row.line == line else row for row in clean.rows[AccessionRow]]
    unpriced = LedgerSet(clean.school, {**clean.rows, AccessionRow: copies})
    assert severities(_blanked(unpriced, WithdrawalRow, blank))[WithdrawalRow] is Severity.HINT


@pytest.mark.parametrize(
    ("row_type", "field"),
    [
        (WithdrawalRow, "price"),
        (CompensationRow, "price"),
        (ClassificationRow, "closing_copies"),
        (ClassificationRow, "closing_value"),
        (AccessionRow, "batch_no"),
    ],
)
def test_a_blank_that_another_book_or_a_sum_fills_is_offered_so(row_type: type, field: str, clean: LedgerSet) -> None:
    row = clean.rows[row_type][-1]
    library = _blanked(clean, row_type, (row.line, field))
    [found] = run(library, [ALL["FMT101"]]).findings
    value = getattr(row, field)
    said = {"closing_copies": f" {value}", "batch_no": f"“{value}”"}.get(field, f" {value}元")
    assert f"，可能是{said}。" in message_of(library, found).message


def test_a_copy_without_a_price_lent_twice_at_once_is_still_found(clean: LedgerSet) -> None:
    books = Books(clean)
    loan = books.last(LoanRow, lambda loan: loan.is_personal)
    books.add(loan._replace(loan_no="J999999"))
    copy = books.first(AccessionRow, lambda copy: copy.accession_no == loan.accession_no)
    without_blank = {found.split()[0] for found in _found(books.library())}
    with_blank = {found.split()[0] for found in _found(_blanked(books.ledger_set, AccessionRow, (copy.line, "price")))}
    assert without_blank
    assert with_blank == without_blank | {"FMT101"}


def test_what_was_not_looked_at_is_one_line_for_a_column(clean: LedgerSet) -> None:
    lines = [copy.line for copy in clean.rows[AccessionRow][:5]]
    library = _blanked(clean, AccessionRow, *((line, "price") for line in lines))
    said = unchecked_sentences(library, run(library, ALL.values()).unchecked)
    assert len(said) == 1
    assert said[0].startswith(f"个别登记账第 {'、'.join(map(str, lines))} 行的“单价”空着或读不出，“")


def test_a_column_of_blanks_is_one_finding(clean: LedgerSet) -> None:
    lines = [copy.line for copy in clean.rows[AccessionRow][:60]]
    library = _blanked(clean, AccessionRow, *((line, "class_no") for line in lines))
    found = [one for one in run(library, ALL.values()).findings if one.check.code == "FMT101"]
    assert [one.facts["alike"].cells for one in found] == [59]


def test_checks_whom_no_blank_concerns_see_the_very_same_books(clean: LedgerSet) -> None:
    library = _blanked(clean, AccessionRow, (2, "price"))
    assert library.seen_by({LoanRow: ("lent_on",)}) is library
    assert library.seen_by({AccessionRow: ("price",)}) is library.seen_by({AccessionRow: ("price", "title")})
    assert 2 in {row.line for row in library.seen_by({AccessionRow: ("price",)})[AccessionRow].incomplete}


@pytest.mark.parametrize("word", ["晨读", "校外", "图书漂流", "托管班"])
def test_a_word_nobody_knows_is_not_the_choice_a_blank_stands_for(word: str, clean: LedgerSet) -> None:
    lines = [loan.line for loan in clean.rows[LoanRow] if loan.mode is LoanMode.CLASS]
    raw = tuple((LoanRow, line, "mode", word) for line in lines)
    rows = tuple(row for rows in clean.rows.values() for row in rows)
    report = run(Misread(rows, clean.school, raw=raw).library(), ALL.values())
    assert [one.check.code for one in report.findings] == ["FMT108"]
    assert {"CIR103", "CIR202"} <= {one.check.code for one in report.unchecked}


def test_a_rule_for_readers_nobody_knows_is_no_rule_for_all(clean: LedgerSet) -> None:
    rule = next(rule for rule in clean.rows[LendingRule] if rule.reader_kind)
    raw = ((LendingRule, rule.line, "reader_kind", "高段"),)
    rows = tuple(row for rows in clean.rows.values() for row in rows)
    report = run(Misread(rows, clean.school, raw=raw).library(), ALL.values())
    assert [one.check.code for one in report.findings] == ["FMT108"]


@pytest.mark.parametrize(
    ("choices", "word", "meant"),
    [
        (LoanMode, "图书角", LoanMode.CLASS),
        (LoanMode, "班级图书角", LoanMode.CLASS),
        (ReaderKind, "本校学生", ReaderKind.PUPIL),
        (WithdrawalReason, "损毁", WithdrawalReason.WORN_OUT),
        (Settlement, "现金赔偿", Settlement.PAYMENT),
    ],
)
def test_usual_words_are_read(choices: type[Word], word: str, meant: Word) -> None:
    assert [one for one in choices if word in (one, *one.synonyms)] == [meant]


def test_a_card_is_proposed_by_name_and_class_and_copies_by_their_numbers(clean: LedgerSet) -> None:
    loan = clean.rows[LoanRow][-1]
    batch = next(row for row in clean.rows[SummaryRow] if row.flow is Flow.IN and row.first_no)
    for row, field, said in ((loan, "reader_no", f"“{loan.reader_no}”"), (batch, "copies", f" {batch.copies}")):
        library = _blanked(clean, type(row), (row.line, field))
        [found] = [one for one in run(library, [ALL["FMT101"]]).findings if one.at.field == field]
        assert f"，可能是{said}。" in message_of(library, found).message


def _on_two_sheets(whole: Library, ledger: DeclaredSheet, lacking: str) -> Library:
    """The second half of a ledger on a further sheet, which lacks a column."""
    table = whole[ledger.row_type]
    [part], half = table.parts, len(table.rows) // 2
    below = [row._replace(line=row.line + LINES_PER_SHEET, **{lacking: None}) for row in table.rows[half:]]
    columns = {name: column for name, column in part.columns.items() if name != lacking}
    parts = [part, part._replace(sheet_name=f"{ledger.name}2", columns=columns)]
    split = table.changed(rows=[*table.rows[:half], *below], parts=parts)
    tables = [split if sheet is ledger else whole[sheet.row_type] for sheet in ALL_SHEETS]
    return Library(tables, whole.school, whole.as_of)


def test_a_further_sheet_without_a_column_that_may_be_blank_accuses_nobody_and_is_said(clean: LedgerSet) -> None:
    """The lines of the first sheet are judged as ever, and those of the other by what does not ask for the column."""
    whole = clean.library()
    before = {outcome.check.code: outcome for outcome in outcomes(whole, ALL.values())}
    for ledger in LEDGERS:
        for field in (field for field in ledger.fields if field.nullable):
            books = _on_two_sheets(whole, ledger, field.name)
            came_to = outcomes(books, ALL.values(), before, [ledger.row_type])
            amiss = [one for outcome in came_to for one in outcome.findings if one.fails]
            assert [message_of(books, one).message for one in amiss] == [], (ledger.name, field.header)
            said = unchecked_sentences(books, [outcome.unchecked for outcome in came_to if outcome.unchecked])
            assert all(one.startswith(f"“{ledger.name}2”缺“{field.header}”这一栏，") for one in said)

    books = Books(clean)
    late = [
        books.edit(loan, due_on=loan.due_on + timedelta(365)) for loan in (books.first(LoanRow), books.last(LoanRow))
    ]
    loans = next(sheet for sheet in LEDGERS if sheet.row_type is LoanRow)
    found = run(_on_two_sheets(books.library(), loans, "renewals"), [ALL["CIR103"]]).findings
    assert [one.at.line for one in found] == [late[0].line]
