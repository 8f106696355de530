"""What is told of books, loans and repairs that nobody can read."""

from datetime import date

from lists.small_library import LOANS, RECOMMENDED, SHELF, books, copy
from make import with_incomplete, with_unreadable, without, without_column
from schoollib_xl.actions.lists import make_lists
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow
from schoollib_xl.quotas.promises import promises
from schoollib_xl.quotas.statement import statement
from schoollib_xl.wording.handover import Handover, handover_answer, handover_json
from schoollib_xl.wording.lists import lists_answer


def handed_over(library: Library) -> Handover:
    quotas = statement(library)
    return Handover(library, run(library, ALL.values()), quotas, promises(library, quotas))


def test_books_nobody_can_read_are_not_said_to_be_none() -> None:
    """个别登记账 without 个别登记号: what the library has is not told, and 借阅登记账 absent is no loan come back."""
    numberless = with_incomplete(books(*LOANS, RECOMMENDED[0]).library(), AccessionRow, title="小河")
    lists = make_lists(without(numberless, LoanRow))
    said = list(map(str, lists_answer(lists).sentences))
    assert said[0] == "个别登记账里还没有能读的登记号，有哪些书说不出来；没有借阅登记账，在外面的书说不出来。"
    assert said[-1] == "推荐书目 1 种，馆里有没有说不出来。"
    [recommended] = [one for one in lists_answer(lists).sections if one.name == "推荐书目"]
    assert [row[4] for row in recommended.tables[0].rows] == [None]
    rows = {row[0]: row[1:] for row in handover_answer(handed_over(numberless)).sections[1].tables[0].rows}
    assert rows["在册（册）"] == (None, "个别登记账，没有注销的；1 行登记不全，没有算")
    assert not {"在册（种）", "在册金额（元）", "应在架（册）"} & rows.keys()
    assert "在册（册）" not in handover_json(handed_over(numberless))["figures"]


def test_a_loan_that_cannot_be_read_may_be_out_unless_it_says_that_it_came_back() -> None:
    library = books(*SHELF).library()
    out = with_incomplete(library, LoanRow, reader_no="S1", lent_on=date(2025, 9, 8))
    back = with_incomplete(library, LoanRow, reader_no="S1", returned_on=date(2025, 9, 8))
    first = [str(lists_answer(make_lists(one)).sentences[0]) for one in (out, back)]
    assert [said.partition("没有在外面的书")[2] for said in first] == ["，另有 1 笔登记不全、没有写归还。", "。"]


def test_repairs_whose_return_nobody_can_read_are_not_said_to_be_open() -> None:
    away = example(RepairRow, accession_no="000001", sent_on=date(2025, 10, 8), reshelved_on=None)
    written = books(*SHELF, away).library()
    for library, note, is_said in (
        (written, "修补登记", True),
        (
            without_column(written, RepairRow, "reshelved_on"),
            "修补登记；归架日期读不出或没有这一栏，归架了的可能也在里面",
            False,
        ),
    ):
        sections = handover_answer(handed_over(library)).sections
        assert ("送修没有归架（册）", 1, note) in sections[1].tables[0].rows
        [open_matters] = [one for one in sections if one.name == "没有办完的"]
        assert ("送修没有归架" in str(open_matters.sentences[0])) is is_said
        assert ("另有 1 册送修的归架了没有看不出来" in str(open_matters.sentences[0])) is not is_said


def test_a_repair_that_is_open_is_said_beside_one_whose_return_nobody_can_read() -> None:
    away = [example(RepairRow, accession_no=f"00000{n}", sent_on=date(2025, 10, 8), reshelved_on=None) for n in (1, 2)]
    written = books(*SHELF, *away).library()
    unread = with_unreadable(written, written[RepairRow].rows[1], "reshelved_on")
    [open_matters] = [one for one in handover_answer(handed_over(unread)).sections if one.name == "没有办完的"]
    assert str(open_matters.sentences[0]).endswith("；送修没有归架 1 册；另有 1 册送修的归架了没有看不出来。")


def test_copies_without_a_number_are_told_beside_what_is_not_there() -> None:
    some = with_incomplete(books(*SHELF).library(), AccessionRow, title="大山")
    said = list(map(str, lists_answer(make_lists(some)).sentences))
    assert said[1] == "个别登记账有 1 行没有能读的登记号，这些书没有算在里面。"


def test_a_copy_without_its_day_came_with_its_batch() -> None:
    new = copy(9, "新书", accessioned_on=None, batch_no="2025-009")
    batch = example(SummaryRow, batch_no=new.batch_no, registered_on=LOANS[0].lent_on)
    idle = make_lists(books(*SHELF, *LOANS, new, batch).library()).idle
    assert "新书" not in [title.copy.title for title in idle]
