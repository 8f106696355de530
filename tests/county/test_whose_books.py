"""Two workbooks of one name: two schools, two states of one school's books, or a question."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from county.schools import another_year, school
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run_without_hints
from schoollib_xl.county.book_signs import signs_of
from schoollib_xl.county.counting import counted_once
from schoollib_xl.county.record import SchoolRecord, school_record, term_figures
from schoollib_xl.county.rollup import Rolled, SchoolEntry, county
from schoollib_xl.county.visiting import visits
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.supporting.people import ClassRow
from schoollib_xl.wording.county.county_answer import county_answer
from schoollib_xl.wording.county.county_json import county_json

DECEMBER = date(2025, 12, 1)


def books(
    stock: int,
    lending: int = 0,
    *,
    pupils: int = 20,
    loans: int = 20,
    until: date | None = None,
    name: str = "中心小学",
    copies: int = 40,
) -> LedgerSet:
    """A school whose titles are of the seed `stock` and whose loans of the seed `lending`, closed on a day."""
    made = school(1, copies=copies, pupils=pupils, loans=loans)
    titles, days = Random(stock), Random(lending or stock)
    stocked = [row._replace(title=f"书{titles.randrange(10**6)}") for row in made.rows[AccessionRow]]
    lent = [row._replace(lent_on=row.lent_on + timedelta(days.randrange(60))) for row in made.rows.get(LoanRow, [])]
    settings = made.school._replace(name=name, **({"cut_off": until} if until else {}))
    return replace(made, school=settings, rows={**made.rows, AccessionRow: stocked, LoanRow: lent})


def recorded(made: LedgerSet) -> SchoolRecord:
    library = made.library()
    return school_record(library, run_without_hints(library, ALL.values()), term_figures(library), 1)


def entries(made: dict[str, LedgerSet]) -> list[SchoolEntry]:
    return [SchoolEntry(file, recorded(one)) for file, one in made.items()]


def test_two_schools_of_one_name_are_both_counted_and_both_told() -> None:
    found = entries({"东镇/中心小学/账.xlsx": books(1), "西镇/账.xlsx": books(2, pupils=31)})
    counted, left_out = counted_once(found)
    assert (len(counted), left_out, county(counted).pupils) == (2, [], 51)
    rolled = Rolled(2, counted, (), left_out)
    answer = county_answer(rolled)
    assert any("各算一所学校：“中心小学”2 份（东镇、西镇）。" in one for one in answer.sentences)
    schools = next(one for one in answer.sections if one.name == "各校").tables[0].rows
    assert {row[0] for row in schools} == {"中心小学（东镇）", "中心小学（西镇）"}
    assert county_json(rolled)["county"]["shared_names"] == {"中心小学": ["东镇/中心小学/账.xlsx", "西镇/账.xlsx"]}
    assert {one.school for one in visits(counted, [])} <= {"中心小学（东镇）", "中心小学（西镇）"}


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (books(1, until=DECEMBER), "和“1.xlsx”是同一所学校（中心小学）的账，那一份核对到 2026-01-23，晚一些；"),
        (books(1, loans=15), "和“1.xlsx”是同一所学校（中心小学）的账，核对到同一天，数不一样：哪一份是最后的？"),
        (books(2), "和“1.xlsx”的学校名称都是“中心小学”：是同一所的两份，还是两所学校？"),
        (books(1, 2, pupils=19), "和“1.xlsx”的学校名称都是“中心小学”：是同一所的两份，还是两所学校？"),
        (books(1, 2, pupils=19, until=DECEMBER), "和“1.xlsx”的学校名称都是“中心小学”：是同一所的两份，还是"),
    ],
    ids=["an earlier state", "two of one day", "the same classes", "the same delivery", "another term's loans"],
)  # fmt: skip
def test_what_may_be_one_school_is_counted_once_and_asked_unless_it_is_an_earlier_state(
    other: LedgerSet, why: str
) -> None:
    counted, (failure,) = counted_once(entries({"1.xlsx": books(1), "12.xlsx": other}))
    assert ([one.file for one in counted], failure.file) == (["1.xlsx"], "12.xlsx")
    assert failure.why.startswith(why)
    assert ("合成一份" in failure.why) == ("还是" in why)
    assert bool(counted[0].namesakes) == ("晚一些" not in why)


def test_as_many_pupils_in_another_folder_are_another_schools() -> None:
    made = {"东镇/账.xlsx": books(1), "西镇/账.xlsx": books(2)}
    assert len(counted_once(entries(made))[0]) == 2
    assert (
        len(
            counted_once(entries({file: replace(one, rows={**one.rows, LoanRow: []}) for file, one in made.items()}))[0]
        )
        == 1
    )


def test_too_few_lines_tell_of_nobody() -> None:
    made = {"1.xlsx": books(1, loans=5), "2.xlsx": books(1, 2, loans=5, pupils=31)}
    assert len(counted_once(entries(made))[0]) == 1
    few = {
        file: replace(one, rows={**one.rows, AccessionRow: one.rows[AccessionRow][:7]}) for file, one in made.items()
    }
    assert len(counted_once(entries(few))[0]) == 1


def test_of_three_the_third_goes_to_the_school_whose_books_it_has() -> None:
    made = {"东.xlsx": books(1), "西.xlsx": books(2, pupils=31), "西镇.xlsx": books(2, pupils=30, until=DECEMBER)}
    for order in (made, dict(reversed(made.items()))):
        counted, (failure,) = counted_once(entries(order))
        assert [(one.file, one.place, one.namesakes) for one in counted] == [
            ("东.xlsx", "东.xlsx", ()), ("西.xlsx", "西.xlsx", ()),
        ]  # fmt: skip
        assert failure.why.startswith("和“西.xlsx”是同一所学校")


def test_two_states_of_a_school_that_gave_no_name_are_one() -> None:
    counted, (failure,) = counted_once(entries({"1.xlsx": books(1, name=""), "2.xlsx": books(1, loans=15, name="")}))
    assert [one.file for one in counted] == ["1.xlsx"]
    assert failure.why.startswith("学校名称没有写，开头的书和借阅和“1.xlsx”的全都一样")
    two = {"1.xlsx": books(1, name=""), "2.xlsx": books(1, 2, name="")}
    assert len(counted_once(entries(two))[0]) == 2


def test_another_school_of_the_name_whose_books_are_of_another_year_is_in_no_total() -> None:
    made = {"东.xlsx": books(1), "三.xlsx": books(3, name="三小"), "西.xlsx": another_year(books(2, pupils=31))}
    counted, left_out = counted_once(entries(made))
    assert [one.school for one in Rolled(3, counted, (), left_out).absent] == ["中心小学"]
    made["西.xlsx"] = another_year(books(1, 2, pupils=31))
    assert [one.school for one in counted_once(entries(made))[1]] == [None]


def test_the_trend_tells_two_schools_of_one_name_apart() -> None:
    made = {"东镇/1月.xlsx": books(1), "西镇/1月.xlsx": books(2, pupils=31)}
    before = {one.file: one.record.figures_alone() for one in entries(made)}
    now = entries({"东镇/2月.xlsx": books(1), "西镇/2月.xlsx": books(2, pupils=30)})
    changes = Rolled(2, counted_once(now)[0], (), (), before).changes
    assert changes is not None
    assert [(one.called, old.record.pupils) for one, old in changes.changed] == [("中心小学（西镇）", 31)]
    assert (changes.gone, changes.new) == ([], [])


def test_signs_are_of_no_reader_and_of_no_order_of_lines() -> None:
    made = books(1)
    loans = [row._replace(reader_no="S0001", name="别人") for row in made.rows[LoanRow]]
    rows = {**made.rows, LoanRow: loans}
    turned = LedgerSet.of(*(row for kind in rows.values() for row in reversed(kind)), school=made.school)
    assert signs_of(made.library()) == signs_of(turned.library())
    assert {len(text) for text in signs_of(made.library()).model_dump().values()} == {4 * 20, 4 * 32, 5 * 20, 5 * 40, 4}


@pytest.mark.parametrize(
    "other",
    [
        books(1, name="东镇小学"),
        books(1, loans=25, until=DECEMBER, name="东镇小学"),
        books(1, pupils=31, name="东镇小学"),
        books(1, name=""),
    ],
    ids=["the same books", "an earlier state", "another roster", "without a name"],
)
def test_two_names_of_the_same_books_are_two_schools_that_may_be_one_and_never_good(other: LedgerSet) -> None:
    found = entries({"1.xlsx": books(1), "2.xlsx": other, "3.xlsx": books(2, name="西镇小学")})
    for order in (found, found[::-1]):
        counted, left_out = counted_once(order)
        assert ([one.doubles for one in counted], left_out) == ([("1.xlsx", "2.xlsx")] * 2 + [()], [])
        assert not any(one.is_sound for one in counted[:2])
    rolled = Rolled(3, counted, (), left_out)
    assert rolled.needs_attention
    answer = county_answer(rolled)
    assert any("有 2 所名称不同、账有许多一样，各算了一所；" in one for one in answer.sentences)
    (told,) = [one for one in answer.sections if one.name == "可能是同一所学校"]
    assert told.tables[0].rows[0][1::2] == ("1.xlsx", "2.xlsx")
    assert county_json(rolled)["county"]["perhaps_one"] == [["1.xlsx", "2.xlsx"]]
    assert any("账和“1.xlsx”的有许多一样，是不是同一所？" in one.why for one in visits(counted, []))


@pytest.mark.parametrize(
    "other",
    [
        books(1, 2, name="东镇小学"),
        books(2, name="东镇小学"),
        books(1, loans=7, pupils=31, name="东镇小学"),
    ],
    ids=["the same delivery", "other books", "too few loans to tell"],
)
def test_two_schools_that_got_the_same_delivery_are_no_doubles(other: LedgerSet) -> None:
    counted, _ = counted_once(entries({"1.xlsx": books(1), "2.xlsx": other}))
    assert [one.doubles for one in counted] == [(), ()]


def part(of: LedgerSet, numbers: range, *, pupils: int | None = 9, name: str = "李家沟教学点") -> LedgerSet:
    """The copies of these numbers with their loans as another school's, which has so many pupils; None for as many."""
    held = {f"{number:06}" for number in numbers}
    rows = {kind: [row for row in of.rows[kind] if row.accession_no in held] for kind in (AccessionRow, LoanRow)}
    classes = [row if pupils is None else row._replace(pupils=pupils) for row in of.rows[ClassRow]]
    return replace(of, school=of.school._replace(name=name), rows={**of.rows, **rows, ClassRow: classes})


WHOLE = books(1, copies=400, loans=300)
CAMPUS = "中心小学南校区"


@pytest.mark.parametrize(
    "other",
    [
        part(WHOLE, range(1, 301)),
        replace(part(WHOLE, range(200, 400)), rows={**part(WHOLE, range(200, 400)).rows, LoanRow: []}),
        part(books(1, 2, copies=400, loans=300), range(7, 400, 5)),
        part(WHOLE, range(150, 600)),
        books(1, 2, copies=400, loans=90, pupils=31, name=CAMPUS),
        part(books(3, copies=400, loans=300), range(1, 400), pupils=None, name=CAMPUS),
    ],
    ids=[
        "the first with loans",
        "copies from within",
        "here and there",
        "the second half",
        "all copies",
        "the classes",
    ],
)
def test_a_part_of_the_books_under_another_name_is_asked_about(other: LedgerSet) -> None:
    found = entries({"1.xlsx": WHOLE, "2.xlsx": other, "3.xlsx": books(2, name="西镇小学")})
    for order in (found, found[::-1]):
        counted, left_out = counted_once(order)
        assert ([one.doubles for one in counted], left_out) == ([("1.xlsx", "2.xlsx")] * 2 + [()], [])


@pytest.mark.parametrize(
    "other",
    [
        part(books(1, 2, copies=400, loans=300), range(1, 201)),
        part(books(3, copies=400, loans=300), range(1, 201), name=CAMPUS),
        part(books(3, copies=400, loans=300), range(1, 401), pupils=None),
        books(3, copies=400, loans=300, name="中心小学附属幼儿园", pupils=31),
    ],
    ids=["a delivery that both got", "a campus with its own", "as many pupils elsewhere", "a kindergarten"],
)
def test_another_schools_books_are_not_asked_about_for_a_name_a_delivery_or_a_number(other: LedgerSet) -> None:
    counted, _ = counted_once(entries({"1.xlsx": WHOLE, "2.xlsx": other}))
    assert [one.doubles for one in counted] == [(), ()]


def test_a_later_delivery_with_the_same_numbers_is_no_part_of_the_other() -> None:
    other = books(3, copies=400, loans=300, name="东镇小学")
    got = [*other.rows[AccessionRow][:200], *WHOLE.rows[AccessionRow][200:]]
    counted, _ = counted_once(
        entries({"1.xlsx": WHOLE, "2.xlsx": replace(other, rows={**other.rows, AccessionRow: got})})
    )
    assert [one.doubles for one in counted] == [(), ()]


def test_two_parts_are_of_one_school_through_the_whole() -> None:
    made = {
        "1.xlsx": part(WHOLE, range(1, 201)),
        "2.xlsx": part(WHOLE, range(201, 401), name="王家沟教学点", pupils=7),
        "3.xlsx": WHOLE,
    }
    counted, _ = counted_once(entries(made))
    assert {one.doubles for one in counted} == {("1.xlsx", "2.xlsx", "3.xlsx")}


def test_of_books_without_loans_all_figures_must_be_the_same() -> None:
    def unlent(name: str, pupils: int = 20) -> LedgerSet:
        made = books(1, name=name, pupils=pupils)
        return replace(made, rows={**made.rows, LoanRow: []})

    made = {"1.xlsx": unlent("一小"), "2.xlsx": unlent("二小", pupils=21), "3.xlsx": unlent("三小")}
    counted, _ = counted_once(entries(made))
    assert [one.doubles for one in counted] == [("1.xlsx", "3.xlsx"), (), ("1.xlsx", "3.xlsx")]


def test_workbooks_without_a_name_are_told_since_one_may_be_a_second_part_of_another() -> None:
    counted, left_out = counted_once(entries({"上册.xlsx": books(1), "下册.xlsx": books(2, name="")}))
    sentences = county_answer(Rolled(2, counted, (), left_out)).sentences
    assert any("有 1 份没有写学校名称，各算一所学校：下册.xlsx；" in one for one in sentences)
