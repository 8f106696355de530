"""报刊登记账: codes, dates, amounts, issues and bound volumes."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from make import EXAMPLE_SCHOOL, findings, library, report, row, sentences, with_incomplete
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import Flow, Frequency, Source, SourceOrDestination

BINDING = row(SummaryRow, source=SourceOrDestination.BINDING)
VOLUMES = [row(AccessionRow, accession_no=f"{number:06}", source=Source.BINDING) for number in (1, 2)]


_OWN = (*range(11, 17), 101, *range(201, 206), 301, 302, 303, 306)
CODES = [f"PER{number:03}" for number in _OWN]


def paper(**changes: Any) -> Any:
    return row(PeriodicalRow, **changes)


def bound(first: str | None = "000001", last: str | None = "000002", volumes: int | None = 2, **changes: Any) -> Any:
    return paper(bound_volumes=volumes, first_bound_no=first, last_bound_no=last, **changes)


def all_findings(*rows: Any) -> list[str]:
    return [one for code in CODES for one in findings(code, *rows)]


def severities(code: str, *rows: Any) -> list[str]:
    return [one.severity.value for one in report(code, library(*rows)).findings]


def test_a_right_subscription_is_silent() -> None:
    assert all_findings(BINDING, *VOLUMES, bound(issn="1002-2767")) == []


def test_blank_codes_are_not_judged() -> None:
    assert all_findings(paper(postal_code=None, issn=None, cn=None, price=None)) == []


@pytest.mark.parametrize("code", ["2106", "2-", "246-12", "2-106A", "12345-6"])
def test_a_malformed_postal_code_is_found(code: str) -> None:
    assert findings("PER011", paper(postal_code=code)) == ["PER011 报刊登记账!D2"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2月6日", "2-6"),
        ("2026-02-06", "2-6"),
        ("2026/2/6", "2-6"),
        ("2026-02-06 00:00:00", "2-6"),
        ("6-Feb", "2-6"),
        ("Feb-34", "2-34"),
        ("1934年2月1日", "2-34"),
        ("46059", "2-6"),
    ],
)
def test_a_postal_code_that_became_a_date_is_found_once_with_what_it_was(text: str, code: str) -> None:
    assert all_findings(paper(postal_code=text)) == ["PER012 报刊登记账!D2"]
    assert sentences("PER012", paper(postal_code=text)) == [
        f"《儿童文学》的邮发代号成了日期“{text}”，原来多半是 {code}。"
    ]


@pytest.mark.parametrize("text", ["2-6", "12-34", "80-123", "2026-13-40", "Feb"])
def test_what_is_no_date_is_not_taken_for_one(text: str) -> None:
    assert findings("PER012", paper(postal_code=text)) == []


def test_the_form_and_the_check_digit_of_an_issn_are_two_findings() -> None:
    assert all_findings(paper(issn="10022767")) == ["PER013 报刊登记账!E2"]
    assert all_findings(paper(issn="1002-2768")) == ["PER014 报刊登记账!E2"]
    assert all_findings(paper(issn="1002-221x")) == []


@pytest.mark.parametrize("cn", ["CN11-1065/J", "CN11-0035", "cn 11-1065/G4"])
def test_a_well_formed_serial_number_is_silent(cn: str) -> None:
    assert findings("PER015", paper(cn=cn)) == []


def test_a_malformed_serial_number_is_a_doubt_and_one_without_its_letters_a_hint() -> None:
    assert findings("PER015", paper(cn="CN11-106/J")) == ["PER015 报刊登记账!F2"]
    assert severities("PER015", paper(cn="CN11-106/J"), paper(cn="11-1065/J")) == ["warning", "hint"]


def test_one_number_for_the_volumes_of_two_titles_is_found_at_the_later_one() -> None:
    other = bound("000002", "000003", title="少年文艺")
    assert findings("PER016", bound(), other) == ["PER016 报刊登记账!R3"]
    assert sentences("PER016", bound(), other) == ["《少年文艺》的合订本号 000002 也记在《儿童文学》里。"]
    # The volume itself tells whose it is.
    volume = row(AccessionRow, accession_no="000002", title="少年文艺（合订本）")
    assert findings("PER016", bound(), other, volume) == ["PER016 报刊登记账!R2"]


def test_two_terms_of_one_title_may_be_bound_in_one_volume() -> None:
    assert findings("PER016", bound(), bound(starts_on=date(2026, 2, 1), ends_on=date(2026, 7, 31))) == []


def test_a_subscription_that_ends_before_it_starts_is_found_once() -> None:
    assert all_findings(paper(ends_on=date(2025, 8, 31))) == ["PER101 报刊登记账!I2"]
    assert findings("PER101", paper(ends_on=date(2025, 9, 1))) == []


def test_an_amount_that_is_not_copies_times_price_is_found() -> None:
    assert findings("PER201", paper(copies=3, price=Decimal("60.10"), amount=Decimal("180.30"))) == []
    assert findings("PER201", paper(copies=3, amount=Decimal("180.30"))) == ["PER201 报刊登记账!M2"]
    # What an issue costs, of a monthly from September to January.
    by_issue = [paper(line=line, price=Decimal("12.00"), amount=Decimal("60.00")) for line in (2, 3, 4)]
    assert severities("PER201", *by_issue) == ["hint"]
    (sentence,) = sentences("PER201", *by_issue)
    assert sentence.endswith("金额是它的 5 倍，单价像是一期的价，一共 3 行这样。")
    assert severities("PER201", by_issue[0], paper(line=3)) == ["error"]


def test_more_issues_than_due_are_found() -> None:
    assert findings("PER202", paper(received_issues=6)) == ["PER202 报刊登记账!O2"]
    assert findings("PER202", paper(received_issues=6, remarks="含增刊一期")) == []


def test_missing_issues_are_found_unless_they_are_explained() -> None:
    assert findings("PER203", paper(received_issues=4)) == ["PER203 报刊登记账!P2"]
    assert findings("PER203", paper(received_issues=4, missing_note="缺第 12 期，已补要")) == []
    assert findings("PER203", paper(received_issues=4, remarks="12月停刊")) == []
    assert findings("PER203", paper(received_issues=4, remarks="封面破损")) == ["PER203 报刊登记账!P2"]


def test_issues_that_cannot_be_due_are_found_once() -> None:
    assert all_findings(paper(due_issues=12)) == ["PER204 报刊登记账!N2"]
    assert all_findings(paper(due_issues=1)) == ["PER204 报刊登记账!N2"]
    # One that stopped, or bound issues in one, came out less often, and no more often.
    assert findings("PER204", paper(due_issues=1, remarks="10月起停刊")) == []
    assert findings("PER204", paper(due_issues=1, missing_note="暑期合刊")) == []
    assert findings("PER204", paper(due_issues=12, remarks="10月起停刊")) == ["PER204 报刊登记账!N2"]


@pytest.mark.parametrize("due", [4, 5, 6])
def test_a_monthly_over_five_months_has_five_issues_more_or_less(due: int) -> None:
    assert findings("PER204", paper(due_issues=due)) == []


def test_issues_are_due_up_to_the_cut_off() -> None:
    whole_year = {"ends_on": date(2026, 8, 31), "received_issues": 12}
    assert findings("PER204", paper(due_issues=12, **whole_year)) == ["PER204 报刊登记账!N2"]
    assert len(findings("PER204", *(paper(due_issues=12, line=line, **whole_year) for line in (2, 3, 4)))) == 1
    later = EXAMPLE_SCHOOL._replace(cut_off=date(2026, 8, 31))
    assert findings("PER204", paper(due_issues=12, **whole_year), school=later) == []


def test_the_card_may_be_kept_up_to_the_cut_off_or_to_the_day_of_the_check() -> None:
    weekly = {"frequency": Frequency.WEEKLY, "ends_on": date(2026, 6, 30)}
    for due in (8, 21):
        assert findings("PER204", paper(due_issues=due, **weekly), as_of=date(2025, 11, 1)) == []
    assert findings("PER204", paper(due_issues=3, **weekly), as_of=date(2025, 11, 1)) != []


def test_bound_volumes_and_their_numbers_are_counted() -> None:
    assert findings("PER205", bound(volumes=3)) == ["PER205 报刊登记账!S2"]
    assert findings("PER205", bound(last=None, volumes=1)) == []
    assert findings("PER205", bound("000002", "000001")) == ["PER205 报刊登记账!S2"]
    assert findings("PER205", bound(volumes=None)) == []


def test_bound_volumes_without_numbers_are_found() -> None:
    assert all_findings(bound(None, None)) == ["PER301 报刊登记账!R2"]
    assert all_findings(bound(None, None, 0)) == []


def test_bound_volumes_that_are_not_in_the_register_are_found_by_number() -> None:
    rows = [BINDING, VOLUMES[0], bound()]
    assert findings("PER302", *rows) == ["PER302 报刊登记账!R2"]
    assert sentences("PER302", *rows) == ["《儿童文学》的合订本（000002）在个别登记账里查不到。"]


def test_numbers_are_not_looked_up_where_their_range_is_wrong() -> None:
    assert all_findings(bound("000001", "900000")) == ["PER205 报刊登记账!S2"]
    assert findings("PER302", bound("000001", "900000", None)) == []


def test_a_volume_on_a_line_that_could_not_be_read_is_known() -> None:
    books = library(VOLUMES[0], bound())
    assert report("PER302", with_incomplete(books, AccessionRow, accession_no="000002")).findings == ()
    assert report("PER302", with_incomplete(books, AccessionRow, title="儿童文学")).findings == ()


def test_a_number_of_a_copy_that_was_not_bound_is_found() -> None:
    book = row(AccessionRow, accession_no="000002")
    assert findings("PER303", row(SummaryRow), VOLUMES[0], book, bound()) == ["PER303 报刊登记账!R2"]
    assert findings("PER303", book, bound()) == ["PER303 报刊登记账!R2"]
    assert findings("PER303", BINDING, book, bound()) == []


def test_volumes_of_earlier_years_are_in_the_opening_stock() -> None:
    opening = row(SummaryRow, flow=Flow.OPENING)
    copies = [one._replace(source=None) for one in VOLUMES]
    assert findings("PER303", opening, *copies, bound()) == []


def test_copies_and_price_exchanged_are_told_by_the_other_term() -> None:
    usual = row(PeriodicalRow, copies=2, price=Decimal("24.00"))
    exchanged = usual._replace(periodical_no="BK2026-001", copies=24, price=Decimal("2.00"))
    assert findings("PER210", usual, exchanged) == ["PER210 报刊登记账!J3"]
    assert findings("PER210", usual, exchanged._replace(copies=25)) == ["PER210 报刊登记账!J3"]
    for other in (
        exchanged._replace(title="别的报"),
        exchanged._replace(price=Decimal("24.00")),
        exchanged._replace(copies=2),
        usual._replace(copies=24),
    ):
        assert findings("PER210", usual, other) == []


@pytest.mark.parametrize(("note", "count"), [("第5期没收到", 1), ("第5期没收到，已补寄", 0), ("没到邮局取", 0)])
def test_a_note_of_an_issue_that_did_not_come_is_held_against_all_issues(note: str, count: int) -> None:
    assert len(findings("PER207", paper(due_issues=5, received_issues=5, missing_note=note))) == count


def test_a_periodical_that_stopped_and_came_again_is_pointed_out() -> None:
    stopped = row(PeriodicalRow, line=2, ends_on=date(2025, 12, 31), remarks="12月底停刊")
    again = row(
        PeriodicalRow, line=3, periodical_no="BK2026-001", starts_on=date(2026, 1, 1), ends_on=date(2026, 6, 30)
    )
    again = again._replace(received_issues=4)
    assert sentences("PER104", stopped, again, as_of=date(2026, 7, 1)) == [
        f"《{stopped.title}》到 2025年12月31日 的一期写着“12月底停刊”，BK2026-001 从 2026年1月1日 又订，到了 4 期。"
    ]
    assert severities("PER104", stopped, again) == ["hint"]
    in_note = stopped._replace(remarks=None, missing_note="缺第12期，已停刊")
    assert findings("PER104", in_note, again) != []
    for lawful in (again._replace(received_issues=0), again._replace(remarks="复刊"), again._replace(title="少年文艺")):
        assert findings("PER104", stopped, lawful) == []
    for said in ("暂停刊一期", "8月暑假停刊一期", "订到停刊为止", "停刊后改名"):
        assert findings("PER104", stopped._replace(remarks=said), again) == [], said
