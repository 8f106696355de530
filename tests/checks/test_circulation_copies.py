"""借阅登记账 against 个别登记账: known, in force, one reader at a time, the right book."""

from datetime import date, timedelta
from typing import Any

import pytest

from make import findings, flat, library, report, row, sentences, with_incomplete
from schoollib_xl.checks.check import Severity
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import run
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import Circulation, Flow, LoanMode, LoanOutcome
from schoollib_xl.ledgers.withdrawal import WithdrawalRow

SEPT = {day: date(2025, 9, day) for day in range(1, 31)}


def copy(**changes: Any) -> AccessionRow:
    return row(AccessionRow, **changes)


def loan(lent: int = 8, returned: int | None = 22, number: int = 1, **changes: Any) -> LoanRow:
    """A loan in September, by the days of the month."""
    usual = {
        "loan_no": f"J{number:06}",
        "lent_on": SEPT[lent],
        "returned_on": SEPT[returned] if returned else None,
        "outcome": LoanOutcome.RETURNED if returned else None,
    }
    return row(LoanRow, **(usual | changes))


def test_a_loan_of_a_copy_in_the_books_is_silent() -> None:
    books = library(copy(), loan())
    codes = ("CIR101", "CIR301", "CIR302", "CIR303", "CIR304", "CIR310", "CIR311")
    assert [one for code in codes for one in report(code, books).findings] == []


def test_loans_of_an_unknown_copy_are_one_finding_at_the_first() -> None:
    rows = copy(accession_no="000002"), loan(), loan(23, 29, 2)
    assert findings("CIR301", *rows) == ["CIR301 借阅登记账!F2"]
    assert sentences("CIR301", *rows) == ["个别登记账里查不到 000001，这个号有 2 笔借阅。"]


def test_a_copy_on_a_line_that_could_not_be_read_is_not_unknown() -> None:
    books = library(copy(accession_no="000002"), loan())
    assert flat(books, report("CIR301", with_incomplete(books, AccessionRow, accession_no="000001")).findings) == []
    assert flat(books, report("CIR301", with_incomplete(books, AccessionRow, title="草房子")).findings) == []


def test_a_copy_may_be_lent_on_the_day_it_is_registered() -> None:
    assert findings("CIR101", copy(accessioned_on=SEPT[8]), loan()) == []


def test_a_copy_lent_before_it_was_registered_is_found_at_the_loan() -> None:
    rows = copy(accessioned_on=SEPT[9]), loan(), loan(23, 29, 2)
    assert findings("CIR101", *rows) == ["CIR101 借阅登记账!B2"]
    assert sentences("CIR101", *rows) == ["000001 在 2025年9月8日 借出，可是到 2025年9月9日 才登记。"]
    assert sentences("CIR101", *rows[:2], loan(8, 22, 3)) == [
        "000001 在 2025年9月8日 借出，可是到 2025年9月9日 才登记，这一栏还有 1 格也是这样。"
    ]
    # More copies of a batch were lent before it was entered.
    copies = [copy(accession_no=f"00000{number}", accessioned_on=SEPT[9], line=number) for number in range(2, 7)]
    lent = [loan(number=number, accession_no=f"00000{number}", line=number) for number in range(2, 7)]
    batch = row(SummaryRow, flow=Flow.IN)
    assert len(findings("CIR101", batch, *copies, *lent[:3])) == 3
    assert findings("CIR101", batch, *copies, *lent) == ["CIR101 借阅登记账!B2"]
    # Which took days.
    slowly = [one._replace(accessioned_on=SEPT[number]) for number, one in enumerate(copies, 9)]
    assert findings("CIR101", batch, *slowly, *lent) == ["CIR101 借阅登记账!B2"]


@pytest.mark.parametrize(("flow", "severity"), [(Flow.IN, "error"), (Flow.OPENING, "warning")])
def test_opening_stock_lent_before_it_was_entered_is_only_a_doubt(flow: Flow, severity: str) -> None:
    books = library(row(SummaryRow, flow=flow), copy(accessioned_on=SEPT[9]), loan())
    assert [one.severity.value for one in report("CIR101", books).findings] == [severity]


def test_a_copy_lent_and_back_before_it_was_withdrawn_is_in_order() -> None:
    rows = copy(withdrawn_on=SEPT[22]), loan()
    assert findings("CIR302", *rows) == findings("CIR303", *rows) == []


def test_a_withdrawn_copy_is_not_lent_from_that_day_on() -> None:
    rows = copy(withdrawn_on=SEPT[8]), loan()
    assert findings("CIR302", *rows) == ["CIR302 借阅登记账!B2"]
    assert sentences("CIR302", *rows) == ["000001 已在 2025年9月8日 注销，2025年9月8日 又借了出去。"]


def test_the_withdrawal_register_tells_when_the_copy_does_not() -> None:
    assert findings("CIR302", copy(), row(WithdrawalRow, withdrawn_on=SEPT[8]), loan()) == ["CIR302 借阅登记账!B2"]


@pytest.mark.parametrize("returned", [None, 23])
def test_a_copy_withdrawn_while_it_was_out_is_found_at_the_return(returned: int | None) -> None:
    rows = copy(withdrawn_on=SEPT[22]), loan(returned=returned)
    assert findings("CIR303", *rows) == ["CIR303 借阅登记账!J2"]
    assert sentences("CIR303", *rows) == [
        "000001 在 2025年9月22日 注销，可是 2025年9月8日 借出的这一笔到那天还没有了结。"
    ]


def test_a_copy_may_go_out_again_on_the_day_it_comes_back() -> None:
    assert findings("CIR304", copy(), loan(8, 22), loan(22, 29, 2)) == []


def test_several_loans_may_begin_on_one_day_whatever_their_order() -> None:
    assert findings("CIR304", copy(), loan(8, 22), loan(8, 8, 2), loan(8, 8, 3)) == []


def test_a_copy_lent_while_it_is_out_is_found_at_the_later_loan() -> None:
    rows = copy(), loan(8, 22), loan(21, 29, 2)
    assert findings("CIR304", *rows) == ["CIR304 借阅登记账!F3"]
    assert sentences("CIR304", *rows) == ["000001 在 2025年9月21日 借出时，J000001 那一笔还没有还。"]


def test_a_loan_inside_a_long_one_does_not_hide_the_next() -> None:
    assert findings("CIR304", copy(), loan(8, 30), loan(10, 12, 2), loan(20, 25, 3)) == [
        "CIR304 借阅登记账!F3",
        "CIR304 借阅登记账!F4",
    ]


def test_an_open_loan_stands_in_the_way_of_the_next() -> None:
    assert findings("CIR304", copy(), loan(8, None), loan(22, 29, 2)) == ["CIR304 借阅登记账!F3"]


def test_a_copy_found_again_after_it_was_lost_may_be_lent() -> None:
    assert findings("CIR304", copy(), loan(outcome=LoanOutcome.LOST), loan(23, 29, 2)) == []


def test_a_loan_closed_on_an_unknown_day_and_one_entered_twice_are_named_elsewhere() -> None:
    closed = loan(returned_on=None, outcome=LoanOutcome.RETURNED)
    assert findings("CIR304", copy(), closed, loan(9, 22, 2)) == []
    assert findings("CIR304", copy(), loan(), loan()) == []


@pytest.mark.parametrize("mode", [None, LoanMode.PERSONAL, LoanMode.CLASS])
def test_a_reference_copy_stays_in_the_room(mode: LoanMode | None) -> None:
    reference = copy(circulation=Circulation.REFERENCE)
    assert findings("CIR310", reference, loan(mode=LoanMode.IN_ROOM)) == []
    assert findings("CIR310", reference, loan(mode=mode)) == ["CIR310 借阅登记账!F2"]
    out = "《城南旧事》（000001）仅供阅览，这一笔却借出了阅览室"
    assert sentences("CIR310", reference, loan(mode=mode, returned_on=None, outcome=None)) == [out + "。"]
    assert sentences("CIR310", reference, loan(mode=mode)) == [
        out + "；后来才改成仅阅览的，在这一册的备注里写“改为仅阅览”。"
    ]


def test_a_reference_copy_that_somebody_allowed_to_go_is_a_hint() -> None:
    reference = copy(circulation=Circulation.REFERENCE)

    def told(remarks: str) -> list[Severity]:
        books = library(reference, loan(mode=LoanMode.PERSONAL, remarks=remarks))
        return [one.severity for one in run(books, [ALL["CIR310"]]).findings]

    assert told("经校长同意，借一晚") == [Severity.HINT]
    assert told("未经同意") == told("借一晚") == [Severity.WARNING]


def test_a_copy_made_a_reference_copy_later_was_lent_in_order_before() -> None:
    made = copy(circulation=Circulation.REFERENCE, remarks="2026年2月改为仅阅览")
    assert findings("CIR310", made, loan()) == []
    assert findings("CIR310", made, loan(returned_on=None, outcome=None)) == ["CIR310 借阅登记账!F2"]
    assert findings("CIR310", made, loan(mode=LoanMode.IN_ROOM), loan(23, 29, 2)) == ["CIR310 借阅登记账!F3"]


@pytest.mark.parametrize("title", [None, "《城南旧事》", "城南 旧事", "城南旧事（插图本）", "城南"])
def test_a_title_may_be_blank_shortened_or_with_its_marks(title: str | None) -> None:
    assert findings("CIR311", copy(), loan(title=title)) == []


def test_a_volume_is_lent_of_a_set_that_was_entered_on_one_line() -> None:
    for entered in ("小河（第1—4册）", "小河 第一至四册", "小河（1-4）"):
        assert findings("CIR311", copy(title=entered), loan(title="小河（第3册）")) == []
    for entered, lent in (("从1到10", "从小"), ("第1—4册", "小河")):
        assert findings("CIR311", copy(title=entered), loan(title=lent)) == ["CIR311 借阅登记账!G2"]


def test_another_title_is_found_once_for_all_its_loans() -> None:
    rows = copy(), loan(title="草房子"), loan(23, 29, 2, title="草房子")
    assert findings("CIR311", *rows) == ["CIR311 借阅登记账!G2"]
    assert sentences("CIR311", *rows) == [
        "000001 登记的是《城南旧事》，借阅账写的是《草房子》，这一栏还有 1 格也是这样。"
    ]


def _loans(*days: date) -> list[LoanRow]:
    return [row(LoanRow, line=at + 1, loan_no=f"J{at:06}", lent_on=day) for at, day in enumerate(days, 1)]


_FIRST = date(2025, 9, 1)
_MANY_DAYS = [_FIRST + timedelta(days=at // 2) for at in range(60)]


def test_a_loan_ahead_of_all_rows_below_it_is_doubted() -> None:
    ahead = _loans(*_MANY_DAYS[:1], date(2025, 12, 1), *_MANY_DAYS[1:])
    assert findings("CIR110", *ahead) == ["CIR110 借阅登记账!B3"]
    assert sentences("CIR110", *ahead) == [
        "J000002 的借出日期是 2025年12月1日，后一行 J000003 是 2025年9月1日，别的各行都按先后记。"
    ]
    of_a_class = [loan._replace(mode=LoanMode.CLASS) if loan.line == 3 else loan for loan in ahead]
    assert findings("CIR110", *of_a_class) == []
    said = [loan._replace(remarks="补记") if loan.line == 3 else loan for loan in ahead]
    assert findings("CIR110", *said) == []


@pytest.mark.parametrize(
    "days",
    [
        _MANY_DAYS,
        [*_MANY_DAYS, *_MANY_DAYS[:15]],
        [*_MANY_DAYS[:30], *[_FIRST] * 12, *_MANY_DAYS[30:]],
        [*_MANY_DAYS[:30], _MANY_DAYS[44], *_MANY_DAYS[30:]],
        [*_MANY_DAYS[:-3], date(2025, 12, 1), *_MANY_DAYS[-3:]],
        [*_MANY_DAYS[:20], date(2025, 12, 1)],
        sorted(_MANY_DAYS, key=lambda day: day.day % 7),
    ],
)
def test_what_is_entered_late_or_by_another_order_is_ahead_of_nothing(days: list[date]) -> None:
    assert findings("CIR110", *_loans(*days)) == []
