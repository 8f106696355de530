"""What a visitor is told to look at: the sample that `inspect` draws, and nobody's name, card or loan in the record."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest

from county.schools import PUPIL, TITLE, school
from schoollib_xl.checks.check import Severity
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.county.record import SchoolRecord, school_record, term_figures
from schoollib_xl.county.rollup import Rolled, SchoolEntry
from schoollib_xl.county.small_groups import not_shown_alone
from schoollib_xl.county.visit_sample import visit_sample
from schoollib_xl.county.visiting import visits
from schoollib_xl.inspection.sample import DEFAULT_COPIES, draw
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.vocabulary import LoanMode
from schoollib_xl.sheets.building.workbook import write_workbook
from schoollib_xl.sheets.reading.loading import load
from schoollib_xl.wording.county.county_answer import county_answer
from schoollib_xl.wording.county.county_json import county_json
from surgery import set_cell

CARD = "S0417"


def recorded(library: Library, seed: int = 1) -> SchoolRecord:
    return school_record(library, run(library, ALL.values()), term_figures(library), seed)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_sample_is_the_one_that_inspect_draws(seed: int) -> None:
    library = school(1, copies=60).library()
    sample, drawn = visit_sample(library, seed), draw(library, DEFAULT_COPIES, seed)
    assert sample is not None
    assert sample.copies == tuple(copy.accession_no for copy in drawn.copies)
    assert (sample.population, sum(sample.blanks.values())) == (drawn.population, DEFAULT_COPIES)
    assert visit_sample(school(1, copies=0, loans=0).library(), seed) is None


def test_every_school_to_be_visited_has_its_sample_on_paper() -> None:
    entries = [SchoolEntry(f"{n}.xlsx", recorded(school(n, copies=30).library())) for n in (1, 2)]
    answer = county_answer(Rolled(2, entries, (), ()))
    (shown,) = [section for section in answer.sections if section.name == "到校抽查"]
    told = county_json(Rolled(2, entries, (), ()))["county"]["visits"]
    assert [one["sample"]["copies"] for one in told] == [row[3].split("、") for row in shown.tables[0].rows]
    for entry, row in zip(entries, shown.tables[0].rows, strict=True):
        assert entry.record.sample is not None
        assert row[3] == "、".join(entry.record.sample.copies)


def secretive(seed: int) -> LedgerSet:
    """Books in which a name, a card or a title stands also where nobody expects it."""
    rng = Random(seed)
    secrets = [PUPIL, CARD, TITLE]

    def spoilt(text: str) -> str:
        return f"{text}{rng.choice(secrets[:2])}" if rng.random() < 0.4 else text

    places = [spoilt(place) for place in ("书库", "阅览室", "低年级角")]
    numbers = [f"{n:06}" + (PUPIL if rng.random() < 0.1 else "") for n in range(1, 40)]
    batch = f"2025-001{PUPIL if rng.random() < 0.5 else ''}"
    copies = [
        example(AccessionRow, accession_no=number, location=rng.choice(places), batch_no=batch, title=TITLE)
        for number in numbers
    ]
    loans = [
        example(LoanRow, loan_no=f"{n:05}", reader_no=CARD, name=PUPIL, title=TITLE, accession_no=numbers[n])
        for n in range(5)
    ]
    reader = example(ReaderRow, reader_no=CARD, name=PUPIL)
    return LedgerSet.of(*copies, reader, *loans, example(SummaryRow, batch_no=batch))


@pytest.mark.parametrize("seed", range(12))
def test_no_record_holds_a_name_a_card_or_a_title(seed: int) -> None:
    record = recorded(secretive(seed).library())
    text = record.model_dump_json()
    assert not [secret for secret in (PUPIL, CARD, TITLE) if secret in text]
    assert record.sample is not None
    assert sum(record.sample.blanks.values()) == DEFAULT_COPIES
    shown = str(county_answer(Rolled(1, [SchoolEntry("校.xlsx", record)], (), ())))
    assert not [secret for secret in (PUPIL, CARD, TITLE) if secret in shown]


@pytest.mark.parametrize(
    ("pupils", "hidden"),
    [([300, 12, 40], []), ([300, 4, 40], [1, 2]), ([300, 4, 3], [0, 1, 2]), ([300, 6, 6, 40], [1, 2]), ([4], [0]),
     ([0, 300, 50], []), ([None, 300, 9, 80], [2, 3])],
)  # fmt: skip
def test_a_few_children_cannot_be_had_by_subtraction_either(pupils: list[int | None], hidden: list[int]) -> None:
    base = recorded(school(1).library()).model_copy(update={"borrowers": None})
    entries = [SchoolEntry(f"{n}", base.model_copy(update={"pupils": one})) for n, one in enumerate(pupils)]
    assert not_shown_alone(entries) == frozenset(map(str, hidden))


def test_without_a_class_nobody_knows_what_pupils_borrowed() -> None:
    books = replace(school(1), rows={k: v for k, v in school(1).rows.items() if k is not AccessionRow})
    rows = {kind: lines for kind, lines in books.rows.items() if kind is not ClassRow}
    record = recorded(replace(books, rows=rows).library())
    assert (record.pupils, record.loans, record.borrowers, record.mean) == (None, None, None, None)
    assert record.is_begun


def test_where_not_one_loan_of_a_pupil_is_written_down_the_county_has_no_mean_of_0() -> None:
    books = school(1)
    shelves = [loan._replace(mode=LoanMode.CLASS) for loan in books.rows[LoanRow]]
    record = recorded(replace(books, rows={**books.rows, LoanRow: shelves}).library())
    assert (record.loans, record.borrowers, record.mean) == (None, None, None)
    assert record.pupils


@pytest.mark.parametrize(
    ("sheet", "cell", "copies", "loans", "standard"),
    [
        ("个别登记账", "A1", (None, 500), (6, 6, 0), "—"),
        ("个别登记账", "A2", (499, 1), (6, 6, 0), "说不准"),
        ("借阅登记账", "B1", (500, 0), (None, None, 6), "达标"),
        ("借阅登记账", "C1", (500, 0), (None, None, 6), "达标"),
        ("借阅登记账", "B2", (500, 0), (5, 5, 1), "达标"),
        ("借阅登记账", "A2", (500, 0), (6, 6, 0), "达标"),
    ],
    ids=["no column of numbers", "no number of one copy", "no column of days", "no column of cards",
         "no day of one loan", "no number of one loan"],
)  # fmt: skip
def test_what_could_not_be_read_is_not_counted_as_none(
    tmp_path: Path,
    sheet: str,
    cell: str,
    copies: tuple[int | None, int],
    loans: tuple[int | None, int | None, int],
    standard: str,
) -> None:
    write_workbook(school(1, copies=500, pupils=20), tmp_path / "账.xlsx")
    set_cell(tmp_path / "账.xlsx", sheet, cell, "另一栏" if cell.endswith("1") else "")
    record = recorded(load(tmp_path / "账.xlsx", None).library)
    assert (record.copies, record.copies_unread) == copies
    assert (record.loans, record.circulated, record.loans_unread) == loans
    figures, schools, *_ = county_answer(Rolled(1, [SchoolEntry("账.xlsx", record)], (), ())).sections
    assert (schools.tables[0].rows[0][6] or "—") == standard
    assert ("1 所没有这个数，或者说不准" in str(figures)) == (standard != "达标")
    assert ("比账上少" in str(figures)) == (None not in (*copies, *loans) and (copies[1] or loans[2]) > 0)


def test_who_borrowed_and_has_left_since_has_borrowed_all_the_same() -> None:
    books = school(1)
    readers = [reader for reader in books.rows[ReaderRow] if reader.reader_no != "S0001"]
    record = recorded(replace(books, rows={**books.rows, ReaderRow: readers}).library())
    assert (record.loans, record.borrowers) == (6, 6)


def test_what_is_wrong_in_the_books_is_looked_into_first_errors_before_doubts_then_the_settings() -> None:
    findings = {"CIR311": 89, "QUO112": 1, "CIR306": 3}
    assert [ALL[code].severity for code in findings] == [Severity.WARNING, Severity.ERROR, Severity.ERROR]
    record = recorded(school(1).library()).model_copy(update={"findings": findings})
    (visit,) = visits([SchoolEntry("一.xlsx", record)], [])
    assert [*visit.codes.items()] == [("CIR306", 3), ("CIR311", 89), ("QUO112", 1)]
    (plan,) = [one for one in county_answer(Rolled(1, [SchoolEntry("东镇/一.xlsx", record)], (), ())).sections
               if one.name == "先去哪里"]  # fmt: skip
    assert plan.tables[0].rows[0][3:] == (
        f"{ALL['CIR306'].title} 3 处、{ALL['CIR311'].title} 89 处、{ALL['QUO112'].title}", "东镇/一.xlsx",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "settings", "year"),
    [
        (date(2025, 9, 30), {}, 2025),
        (date(2026, 8, 20), {}, 2025),
        (date(2026, 12, 1), {}, 2025),
        (date(2026, 8, 20), {"term_start": date(2026, 8, 17), "term_end": date(2027, 1, 15)}, 2026),
        (date(2026, 8, 20), {"term_start": None, "school_year": "2024-2025"}, 2024),
        (date(2026, 6, 20), {"term_start": None, "school_year": None}, 2025),
    ],
)
def test_the_school_year_is_that_of_the_term_in_the_books_also_in_the_summer_and_a_year_late(
    day: date, settings: dict[str, date | str | None], year: int
) -> None:
    books = school(1)
    asked = books.school._replace(**settings)
    library = replace(books, school=asked).library(day)
    assert recorded(library).school_year == year


def test_another_seed_is_no_change_of_a_school() -> None:
    library = school(1, copies=60).library()
    entries = [SchoolEntry("1.xlsx", recorded(library, 2))]
    before = {"1.xlsx": recorded(library, 1)}
    assert before["1.xlsx"] != entries[0].record
    (trend,) = [one for one in county_answer(Rolled(1, entries, (), (), before)).sections if one.name == "变化"]
    assert trend.sentences == ["和上次汇总比，0 所学校有变化。", "上次核对到 2026-01-23，这次核对到 2026-01-23。"]
    assert "sample" not in county_json(Rolled(1, entries, (), ()))["each"][0]
