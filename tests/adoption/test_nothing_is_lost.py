"""Whatever the input, every filled row of every sheet has a line in the report."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, example, given, reject, settings
from hypothesis import strategies as st

from adoption.old_lists import adopt_tables, copies, taken_over
from schoollib_xl.adoption.adopting import Adoption
from schoollib_xl.adoption.files.sources import SourceSheet
from schoollib_xl.adoption.forms.kinds import KINDS
from schoollib_xl.adoption.journal import RowOutcome, SourceRow, What
from schoollib_xl.adoption.options import Options
from schoollib_xl.adoption.report import AdoptionResult, agreement, report_answer, settles_every_row
from schoollib_xl.adoption.totals import Total, control_totals
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.sheets.books.answer_book import write_answer_book
from schoollib_xl.sheets.building.workbook import write_workbook
from schoollib_xl.sheets.cells import ErrorValue, Uncalculated
from schoollib_xl.sheets.opening.grids import is_blank
from schoollib_xl.sheets.opening.refusing import Unusable
from schoollib_xl.sheets.reading.loading import load

TODAY = date(2025, 10, 8)
HEADERS = sorted({header for kind in KINDS.values() for header in kind.headers} | {"序号", "主题", "身份证号"})
WORDS = [
    "合计",
    "nan",
    "《城南旧事》",
    "借书",
    "还书",
    "丢书",
    "000001",
    "000001-3",
    "三（1）班",
    "CNY43.00(全3册)",
    "×",
    "-",
]
CELLS: st.SearchStrategy[Any] = st.one_of(
    st.just(""),
    st.sampled_from(WORDS),
    st.sampled_from(HEADERS),
    st.integers(-5, 60),
    st.floats(allow_nan=True, allow_infinity=True),
    st.booleans(),
    st.dates(date(1990, 1, 1), date(2030, 1, 1)),
    st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1)),
    st.just(ErrorValue("#N/A")),
    st.just(Uncalculated("A1+1")),
    st.text(max_size=12),
)
ANY_GRID = st.lists(st.lists(CELLS, max_size=8), max_size=8)


@st.composite
def lists_with_a_header(draw: st.DrawFn) -> list[list[Any]]:
    """A sheet that has the header of some kind of table, with anything below it."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    header = draw(st.lists(st.sampled_from([field.header for field in KINDS[kind].fields]), min_size=3, max_size=9))
    rows = draw(st.lists(st.lists(CELLS, min_size=len(header), max_size=len(header) + 1), max_size=8))
    return [*draw(ANY_GRID)[:2], header, *rows]


def taken(sources: list[SourceSheet]) -> Adoption:
    """What comes of the sheets; a list of books without titles is asked about, and is no case of these tests."""
    try:
        return adopt_tables(sources, Options(TODAY))
    except Unusable:
        reject()


def filled_rows(source: SourceSheet) -> set[int]:
    return {number for number, cells in enumerate(source.grid, 1) if not is_blank(cells)}


def unread_in(folder: Path, *line: Any) -> tuple[int, int]:
    """In how many rows copies and money could not be read."""
    rows = [("编号", "书名", "单价", "数量"), ("1205", "小河", "10元", "十二"), line]
    counts = taken_over(folder, {"书目": rows}).journal.counts
    return counts[What.COPIES].unread, counts[What.MONEY].unread


def test_what_nobody_can_read_makes_the_total_of_the_source_unknown(tmp_path: Path) -> None:
    assert unread_in(tmp_path, "1206", "大山", "5元", "若干") == (1, 1)
    assert unread_in(tmp_path, "1206", "大山", "很便宜", "两本") == (0, 1)
    assert unread_in(tmp_path, "1206", "大山", "50元(全5册)", "两本") == (0, 1)
    same = Decimal(2), Decimal(2), Decimal(0), Decimal(0)
    assert not Total(What.COPIES, *same, unread=1).agrees
    # A price nobody can read is left blank: what was read agrees, and the rest is named.
    said = agreement(Total(What.MONEY, *same, unread=1), is_of_some=False)
    assert said == "读得出来的一致，另有 1 行读不出来，空着没有算"


def test_a_blank_and_a_gift_state_no_price_and_are_no_reason_to_doubt_the_total(tmp_path: Path) -> None:
    assert unread_in(tmp_path, "1206", "大山", "二十元五角", "两本") == (0, 0)
    assert unread_in(tmp_path, "1206", "大山", "赠送", "") == (0, 0)
    assert unread_in(tmp_path, "1206", "大山", None, 1) == (0, 0)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(
    st.lists(st.one_of(ANY_GRID, lists_with_a_header()), min_size=1, max_size=3),
    st.sampled_from(["Sheet", *sorted(KINDS)]),
)
@example([[[1_000_000_000_000_000.0]]], "Sheet")
def test_no_row_disappears_without_a_line_in_the_report(grids: list[list[list[Any]]], name: str) -> None:
    sources = [SourceSheet("旧账.xlsx", f"{name}{number or ''}", grid) for number, grid in enumerate(grids)]
    # Asked before: what is personal is blanked in the source itself.
    filled = {source.sheet: filled_rows(source) for source in sources}
    done = taken(sources)
    for sheet, rows in filled.items():
        settled = {place.row for place in done.journal.row_records if place.sheet.split("（并排")[0] == sheet}
        assert settled == rows
    assert settles_every_row(done)
    reported = {
        (row[0], row[1], int(row[2]))
        for section in report_answer(done, AdoptionResult((), (), ())).sections
        if section.name in ("没有接收的行", "并入的行", "接收的行")
        for row in section.tables[0].rows
    }
    assert reported == {(place.file, place.sheet, place.row) for place in done.journal.row_records}


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["", "草房子", "城南旧事"]), st.one_of(st.integers(-2, 40), st.just("若干"))),
        max_size=12,
    )
)
def test_every_copy_the_sources_state_is_taken_over_or_counted_aside(lines: list[tuple[str, Any]]) -> None:
    grid: list[list[Any]] = [["书名", "册数", "主题"], *([title, held, "童年"] for title, held in lines)]
    done = adopt_tables([SourceSheet("旧账.xlsx", "书目", grid)], Options(TODAY))
    stated = sum(held for _, held in lines if isinstance(held, int) and held > 0)
    counted = done.journal.counts[What.COPIES]
    unstated = sum(not isinstance(held, int) for _, held in lines)
    assert counted.came_in == stated + unstated
    assert len(done.ledger_set.rows.get(AccessionRow, [])) == counted.came_in - counted.aside
    aside = [
        place
        for place, row_record in done.journal.row_records.items()
        if row_record.outcome is RowOutcome.ASIDE and row_record.is_record
    ]
    assert len(aside) == sum(not title or not isinstance(held, int) or held <= 0 for title, held in lines)
    assert SourceRow("旧账.xlsx", "书目", 1) in done.journal.row_records


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)
@given(st.lists(st.one_of(ANY_GRID, lists_with_a_header()), min_size=1, max_size=2))
def test_whatever_is_taken_over_can_be_written_read_back_and_checked(
    tmp_path: Path, grids: list[list[list[Any]]]
) -> None:
    sources = [SourceSheet("旧账.xlsx", f"表{number}", grid) for number, grid in enumerate(grids)]
    done = taken(sources)
    target = tmp_path / "账.xlsx"
    write_workbook(done.ledger_set, target)
    library = load(target, TODAY).library
    report = run(library, ALL.values())
    assert all(
        one.came_in == one.out + one.merged + one.aside
        for one in control_totals(done.ledger_set, done.journal, library)
    )
    assert not any(one.fails and one.key == "" and one.check.code == "FMT001" for one in report.findings)
    write_answer_book(
        report_answer(done, AdoptionResult(control_totals(done.ledger_set, done.journal, library), (), ())),
        tmp_path / "接收报告.xlsx",
    )


def test_a_copy_with_nothing_but_its_number_and_price_is_held(tmp_path: Path) -> None:
    rows = [("登记号", "书名", "单价", "分类号"), ("000001", "", "3.00", "I2"), ("000002", "大山", "5.00", "")]
    done = taken_over(tmp_path, {"书目": rows})
    assert [(copy.accession_no, copy.title, copy.price) for copy in copies(done)] == [
        ("000001", None, Decimal("3.00")),
        ("000002", "大山", Decimal("5.00")),
    ]


def test_what_is_set_aside_is_counted_with_its_money_and_its_title(tmp_path: Path) -> None:
    rows = [("书名", "单价", "册数"), ("城南旧事", "25.00", 1), ("草房子", "3.00", "若干"), ("城南旧事", "25.00", 0)]
    counts = taken_over(tmp_path, {"书目": rows}).journal.counts
    assert (counts[What.MONEY].came_in, counts[What.MONEY].aside) == (Decimal("28.00"), Decimal("3.00"))
    assert counts[What.TITLES].aside == 1
