"""Marks by figure, by hand and not at all; vetoes; the forms that are shipped."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from make import row, with_incomplete, without, without_column
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.inspection.figures import Books, figure
from schoollib_xl.inspection.marking import Score, UnknownForm, form_of, mark, score, shipped_forms
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.activities import ActivityRow
from schoollib_xl.ledgers.supporting.calendar import OpeningRow
from schoollib_xl.ledgers.supporting.inspection import EvaluationRow, ReviewRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow
from schoollib_xl.ledgers.vocabulary import LoanMode
from schoollib_xl.quotas.promises import promises
from schoollib_xl.quotas.statement import statement
from schoollib_xl.rules.target_names import FIGURE_NAMES, INSPECTION_NAMES, TargetName
from schoollib_xl.samples.year import clean_school
from schoollib_xl.wording.inspection.inspection_answer import basis_of


def item(**changes: Any) -> EvaluationRow:
    plain = {"figure": "报刊种数", "standard": "50", "method": None, "full": Decimal(5), "own_mark": None, "veto": None}
    return row(EvaluationRow, **(plain | changes))


@pytest.mark.parametrize(
    ("method", "value", "points"),
    [
        (None, "50", "5"),
        (None, "25", "2.5"),
        ("按比例得分", "26", "2.6"),
        ("达标得满分，不达标不得分", "49", "0"),
        ("每少5种扣1分", "46", "4"),
        ("每少5种扣1分", "26", "0"),
        ("每差1种扣0.1分", "46", "4.6"),
        ("每差两种扣一分，扣完为止", "46", "3"),
        ("每差十种扣0.5分", "46", "4.5"),
        ("缺一种扣半分", "46", "3"),
        # Whatever is said otherwise nobody works out for her.
        ("每学期少于50种扣2分", "46", None),
        ("50种得5分，40种得3分", "46", None),
        ("查订单", "46", None),
        ("差10种以上扣2分", "46", None),
        ("每超过5种扣1分", "46", "4"),
        ("查订单", "50", "5"),
        (None, "60", "5"),
        (None, "0", "0"),
    ],
)
def test_a_mark_follows_its_method(method: str | None, value: str, points: str | None) -> None:
    assert mark(item(method=method), Decimal(value), Decimal(50)) == (points and Decimal(points))


@pytest.mark.parametrize(
    ("figure_name", "standard", "method", "value", "points"),
    [
        ("账账相符错误处数", "0", "每错一处扣0.5分", "3", "3.5"),
        ("账账相符错误处数", "0", "每错一处扣0.5分", "0", "5"),
        ("账账相符错误处数", "0", "每错一处扣0.5分", "40", "0"),
        ("逾期率", "3%", None, "2.5", "5"),
        ("逾期率", "3%", None, "3.5", "0"),
        ("报刊种数", "≤60", None, "61", "0"),
    ],
)
def test_where_less_is_better_the_standard_is_the_most_allowed(
    figure_name: str, standard: str, method: str | None, value: str, points: str
) -> None:
    asked = item(figure=figure_name, standard=standard, method=method)
    limit = Decimal(standard.strip("%≤"))
    assert mark(asked, Decimal(value), limit) == Decimal(points)


def books(library: Library) -> Books:
    quotas = statement(library)
    return Books(library, quotas, run(library, ALL.values()), promises(library, quotas))


@pytest.fixture(scope="module")
def clean() -> LedgerSet:
    return clean_school()


@pytest.fixture(scope="module")
def sample(clean: LedgerSet) -> Books:
    return books(clean.library())


def marked(sample: Books, *rows: EvaluationRow) -> Score:
    return score(rows, sample)


def test_a_mark_by_hand_wins_and_never_exceeds_the_full_mark(sample: Books) -> None:
    by_hand = marked(sample, item(own_mark=Decimal(3)), item(own_mark=Decimal(9)))
    assert [one.mark for one in by_hand.items] == [3, 5]
    assert all(one.is_by_hand for one in by_hand.items)


def test_a_mark_by_hand_below_nothing_counts_as_nothing(sample: Books) -> None:
    assert marked(sample, item(own_mark=Decimal(-3))).total == 0


def test_books_that_are_empty_or_could_not_be_compared_are_not_said_to_agree(clean: LedgerSet) -> None:
    agree = item(figure="账账相符错误处数", standard="0", method="每错一处扣0.5分")
    for library in (LedgerSet().library(), without(clean.library(), PeriodicalRow)):
        assert marked(books(library), agree).items[0].mark is None


def test_every_mark_shows_its_cells(sample: Books) -> None:
    for form in shipped_forms():
        assert [one.row.item for one in score(form.rows, sample).items if one.mark is not None and not one.cells] == []


def test_a_mean_of_all_pupils_says_that_it_is_beside_those_of_some_grades(sample: Books) -> None:
    asked = [item(figure=name, standard="1") for name in ("生均借书次数", "报刊种数")]
    assert [basis_of(one) for one in marked(sample, *asked).items] == [
        "全校生均借书次数4.34次，标准1次",
        "报刊种数26种，标准1种",
    ]


def test_what_nobody_can_work_out_stays_open(sample: Books) -> None:
    found = marked(sample, item(figure=None), item(figure="学习笔记字数"), item(figure="书香指数"), item())
    assert [one.mark for one in found.items] == [None, None, None, Decimal("2.6")]
    assert (len(found.open), found.open_full, found.total, found.full) == (3, 15, Decimal("2.6"), 20)


def test_no_mark_is_made_of_what_only_the_new_workbook_says(sample: Books) -> None:
    asked = item(figure="每周开放小时", standard="40")
    placeholders = replace(sample, unconfirmed=frozenset({OpeningRow}))
    assert marked(sample, asked).items[0].mark is not None
    assert marked(placeholders, asked).items[0].mark is None


def test_a_copy_without_a_class_is_not_classed_well(clean: LedgerSet) -> None:
    rows = dict(clean.rows)
    rows[AccessionRow] = [row._replace(class_no="") if row.line % 10 == 0 else row for row in rows[AccessionRow]]
    known = figure(books(LedgerSet(clean.school, rows).library()), "分类准确率")
    assert known is not None
    assert known.value is not None
    assert Decimal(89) < known.value < Decimal(91)


def test_a_figure_without_a_standard_is_judged_by_the_regulations_or_the_own_target(sample: Books) -> None:
    (one,) = marked(sample, item(figure="生均藏书册数", standard=None)).items
    assert (one.standard, one.mark) == (25, Decimal("4.0"))


@pytest.mark.parametrize(("standard", "limit"), [("98%", 98), ("0.98", 98), ("≥98", 98), ("1", 100)])
def test_a_share_is_understood_however_excel_keeps_it(sample: Books, standard: str, limit: int) -> None:
    (one,) = marked(sample, item(figure="书标齐全率", standard=standard)).items
    assert one.standard == limit


@pytest.mark.parametrize(
    ("changes", "vetoed"),
    [
        ({"veto": "是"}, True),
        ({"veto": "是", "standard": "20"}, False),
        ({"veto": "否"}, False),
        ({"veto": "报刊20种"}, False),
        ({"veto": "报刊30种"}, True),
        ({"veto": "是", "figure": None, "own_mark": Decimal(0)}, True),
        ({"veto": "是", "figure": None}, False),
    ],
)
def test_a_veto_fails_the_form_where_its_figure_misses(sample: Books, changes: dict[str, Any], vetoed: bool) -> None:
    assert bool(marked(sample, item(**changes)).vetoed) is vetoed


def test_every_figure_a_form_may_ask_for_is_one(sample: Books) -> None:
    for name in (*TargetName, *FIGURE_NAMES, *INSPECTION_NAMES):
        assert figure(sample, name) is not None, name
    assert figure(sample, "账物相符率") == figure(sample, "帐物相符率")
    assert figure(sample, "书香指数") is None


def test_figures_are_counted_again_by_other_means(clean: LedgerSet, sample: Books) -> None:
    term = clean.school.term
    assert term is not None
    activities = [one for one in clean.rows[ActivityRow] if one.kind == "阅读笔记展评" and one.held_on in term]
    known = figure(sample, "阅读笔记展评次数")
    assert known is not None
    assert known.value == len(activities) == len(known.cells)
    labels = figure(sample, "书标齐全率")
    assert labels is not None
    assert labels.value == 100
    torn = LedgerSet(clean.school, {**clean.rows})
    first, *rest = clean.rows[StocktakeRow]
    torn.rows[StocktakeRow] = [first._replace(label=type(first.label)("无")), *rest]
    fewer = figure(books(torn.library()), "书标齐全率")
    assert fewer is not None
    assert fewer.value == round(Decimal(100 * len(rest)) / (len(rest) + 1), 2)


def test_a_sheet_that_is_not_begun_does_not_say_that_there_is_nothing(clean: LedgerSet) -> None:
    sheets = {
        PeriodicalRow: ("报刊种数", "生均征订金额"),
        ActivityRow: ("阅读笔记展评次数", "图书室检查次数"),
        RepairRow: ("修补册数",),
        LoanRow: ("送书下班级册次",),
        ReviewRow: ("图书审查批次率",),
    }
    empty = books(LedgerSet(clean.school, clean.rows | {one: [] for one in sheets}).library())
    for name in (name for names in sheets.values() for name in names):
        known = figure(empty, name)
        assert known, name
        assert known.value is None, name


def test_books_sent_to_classes_are_not_none_where_no_loan_says_how_it_was_lent(clean: LedgerSet) -> None:
    untold = [loan._replace(mode=None) for loan in clean.rows[LoanRow]]
    for loans, told in ((untold, None), ([untold[0]._replace(mode=LoanMode.PERSONAL), *untold[1:]], 0)):
        known = figure(books(LedgerSet(clean.school, clean.rows | {LoanRow: loans}).library()), "送书下班级册次")
        assert known
        assert known.value == told


def test_what_pupils_borrowed_is_not_marked_where_only_the_shelves_of_classes_are_written_down(
    clean: LedgerSet, sample: Books
) -> None:
    shelves = [loan for loan in clean.rows[LoanRow] if loan.mode is LoanMode.CLASS]
    library = LedgerSet(clean.school, clean.rows | {LoanRow: shelves}).library()
    without_pupils = replace(sample, library=library, quotas=statement(library))
    asked = (figure(without_pupils, name) for name in ("生均借书册数", "生均借书次数", "学生借阅率", "送书下班级册次"))
    assert [one and one.value for one in asked] == [None, None, None, len(shelves) // 2]


def test_shipped_forms_add_up_and_ask_only_for_what_there_is(sample: Books) -> None:
    for form in shipped_forms():
        found = score(form.rows, sample)
        assert found.full == 100
        assert [one.row.item for one in found.items if one.row.figure and one.mark is None] == []
        assert len({one.row.item for one in found.items}) == len(found.items)


def test_the_provincial_form_fails_on_too_few_books(sample: Books) -> None:
    vetoed = score(shipped_forms()[1].rows, sample).vetoed
    assert [one.row.figure for one in vetoed] == ["生均藏书册数"]


def test_the_schools_own_form_goes_before_those_shipped(clean: LedgerSet) -> None:
    library = clean.library()
    assert form_of(library).is_own
    assert form_of(LedgerSet().library()).name == "市站考评（示例）"
    assert form_of(library, "省级").name == "省级评估（样式）"
    with pytest.raises(UnknownForm):
        form_of(library, "市级")


def test_what_no_column_could_tell_gives_no_mark() -> None:
    def known(books: Library, name: str) -> Decimal | None:
        quotas = statement(books)
        found = figure(Books(books, quotas, run(books, ALL.values()), promises(books, quotas)), name)
        return found and found.value

    review = row(ReviewRow, scope="全部", reviewed_on=date(2026, 1, 5))
    books = LedgerSet.of(row(AccessionRow), row(SummaryRow), row(LoanRow), review).library()
    assert known(books, "分类准确率") == 100
    assert known(without_column(books, AccessionRow, "class_no"), "分类准确率") is None
    assert known(LedgerSet.of(row(AccessionRow, class_no=None)).library(), "分类准确率") is None
    assert known(books, "图书审查批次率") == 100
    assert known(with_incomplete(books, SummaryRow, batch_no="2025-009"), "图书审查批次率") is None
    rates = [
        next(one.numerator for one in statement(each).indicators if one.name == "丢失率")
        for each in (books, without_column(books, LoanRow, "outcome"))
    ]
    assert rates == [0, None]
