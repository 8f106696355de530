"""What lies beside the workbook accuses nobody who did as told."""

from datetime import date

import pytest

from make import library
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import Finding, run
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.kept import Kept, KeptSample
from schoollib_xl.ledgers.new_rows import example
from schoollib_xl.ledgers.supporting.inspection import ReviewRow
from schoollib_xl.samples.broken.every import EXAMPLES
from schoollib_xl.wording.checking.findings import message_of

COPY = example(AccessionRow, class_no="I287", book_no="3")
GONE = {"withdrawn_on": date(2025, 12, 1), "withdrawal_no": "2025-003"}


def found(code: str, kept: Kept, *rows: object) -> tuple[Finding, ...]:
    return run(library(*rows).keeping(kept), [ALL[code]]).findings


@pytest.mark.parametrize(
    ("printed", "changes", "count"),
    [
        ({"000001": "I287/2"}, {}, 1),
        ({"000001": "I287"}, {}, 1),
        ({"000001": "I287/3"}, {}, 0),
        ({}, {}, 0),
        ({"000009": "K825"}, {}, 0),
        ({"000001": "I287/2"}, GONE, 0),
    ],
)
def test_only_a_label_that_is_out_and_says_otherwise_is_named(
    printed: dict[str, str], changes: dict[str, object], count: int
) -> None:
    findings = found("CRD201", Kept(printed), COPY._replace(**changes))
    assert len(findings) == count
    assert not any(one.fails for one in findings)


@pytest.mark.parametrize(
    ("drawn_on", "open_copies", "count"),
    [
        (date(2026, 1, 2), ("000001",), 1),
        (date(2026, 1, 2), (), 0),
        (date(2026, 1, 16), ("000001",), 0),
        (date(2026, 1, 2), ("888888",), 1),
    ],
)
def test_a_sample_is_asked_for_a_week_after_it_was_drawn(
    drawn_on: date, open_copies: tuple[str, ...], count: int
) -> None:
    kept = Kept(samples=(KeptSample(drawn_on, 20, open_copies),))
    assert len(found("EVA401", kept, COPY)) == count


@pytest.mark.parametrize(("reviewed_on", "count"), [(date(2025, 1, 23), 0), (date(2025, 1, 21), 1)])
def test_a_review_is_old_after_a_year(reviewed_on: date, count: int) -> None:
    assert len(found("RVW101", Kept(), example(ReviewRow, reviewed_on=reviewed_on))) == count


def test_what_is_kept_is_looked_at_anew_when_it_changes() -> None:
    before = library(COPY)
    assert not before.keeping(Kept()).changed_since(before)
    assert AccessionRow in before.keeping(Kept({"000001": "K"})).changed_since(before)


def test_a_copy_lent_though_stopped_is_told_with_what_the_review_decided() -> None:
    shown = EXAMPLES["RVW301"]
    library = shown.ledger_set.library(shown.as_of)
    [finding] = run(library, [ALL["RVW301"]]).findings
    assert "审查定为停止借阅，" in message_of(library, finding).message
