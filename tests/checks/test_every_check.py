"""What holds for each check: complete words, honest facts, a truthful list of columns, no memory."""

import re
from typing import Any

import pytest

from make import flat, row
from schoollib_xl.checks.check import Gap, check
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import FAMILIES, run, run_without_hints
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.supporting.office import ExplanationRow
from schoollib_xl.samples.broken.every import EXAMPLES
from schoollib_xl.wording.checking.findings import message_of
from schoollib_xl.wording.zh import placeholders

# Where something was to stand and nothing does: a blank beside a sign, two signs, empty quotes.
_HOLE = re.compile(r"\s[。，；、：）”》]|[。，；、：（“《]\s|\s\s|[。，；、：]{2}|“”|《》|（）")
FORBIDDEN = ("字段", "校验", "非法", "外键", "异常", "null", "None", "请", "您", "删除这一行", "删掉这一行")


def test_words_are_complete_and_end_in_a_full_stop() -> None:
    for code, one in ALL.items():
        assert one.title, code
        assert not one.title.endswith("。"), code
        assert all(text.endswith("。") for text in (one.message, one.why, one.fix)), code
        assert not [word for word in FORBIDDEN if word in one.title + one.message + one.why + one.fix], code


def test_the_example_fires_and_its_facts_fill_the_message() -> None:
    for code, one in ALL.items():
        books = EXAMPLES[code].library()
        found = list(one.test(books))
        assert found, code
        for place in found:
            assert placeholders(one.message) | placeholders(one.fix) <= set(one.facts_of(books, place)), code


def test_who_counts_no_hints_is_told_all_else() -> None:
    for code, one in ALL.items():
        books = EXAMPLES[code].library()
        whole, told = run(books, [one]), run_without_hints(books, [one])
        assert [found for found in whole.findings if found.fails] == [found for found in told.findings if found.fails]
        assert told[1:] == whole[1:], code


def test_a_hint_that_is_explained_is_counted_as_explained() -> None:
    example, one = EXAMPLES["ACC901"], ALL["ACC901"]
    assert one.is_only_advice
    (hint,) = run(example.library(), [one]).findings
    answered = row(ExplanationRow, code="acc901", sheet_name="个别登记账", number=hint.key)
    books = LedgerSet.of(*example.rows, answered, school=example.school).library(example.as_of)
    assert [found.explained for found in run_without_hints(books, [one]).findings] == [True]


def test_running_twice_gives_the_same_report() -> None:
    for code, one in ALL.items():
        books = EXAMPLES[code].library()
        assert run(books, [one]) == run(books, [one]), code


def test_what_the_examples_say_has_no_hole_and_every_difference_its_unit() -> None:
    for code, one in ALL.items():
        books = EXAMPLES[code].library()
        for place in run(books, [one]).findings:
            said = message_of(books, place)
            assert not [text for text in (said.message, said.why, said.fix) if _HOLE.search(text)], code
            assert all(fact.unit for fact in place.facts.values() if isinstance(fact, Gap)), code


def _watching(row_type: type[Any], seen: set[tuple[type[Any], str]]) -> type[Any]:
    """A row type whose instances note which fields are looked at."""

    def looked_at(self: Any, name: str) -> Any:
        if name in SHEETS[row_type].by_name:
            seen.add((row_type, name))
        return super(watched, self).__getattribute__(name)

    watched = type(row_type.__name__, (row_type,), {"__getattribute__": looked_at, "__slots__": ()})
    SHEETS[watched] = SHEETS[row_type]
    return watched


def test_a_check_looks_at_no_column_it_does_not_name() -> None:
    for code, one in ALL.items():
        if not one.reads:
            continue
        seen: set[tuple[type[Any], str]] = set()
        ledger_set = EXAMPLES[code].ledger_set
        watched = {kind: [_watching(kind, seen)._make(row) for row in rows] for kind, rows in ledger_set.rows.items()}
        list(one.test(LedgerSet(ledger_set.school, watched, ledger_set.kept).library(EXAMPLES[code].as_of)))
        assert seen <= {(kind, name) for kind, names in one.looks_at.items() for name in names}, code


def test_rows_handed_over_in_any_order_are_read_by_line() -> None:
    for code, example in EXAMPLES.items():
        if not ALL[code].reads:
            continue
        ledger_set = example.ledger_set
        books = ledger_set.library(example.as_of)
        backwards = {kind: rows[::-1] for kind, rows in ledger_set.rows.items()}
        again = LedgerSet(ledger_set.school, backwards, ledger_set.kept).library(example.as_of)
        assert flat(books, run(books, [ALL[code]]).findings) == flat(again, run(again, [ALL[code]]).findings), code


def test_every_family_of_codes_has_its_place_in_the_report() -> None:
    assert {code[:3] for code in ALL} == set(FAMILIES)


def test_a_code_cannot_be_registered_twice() -> None:
    code = min(ALL)
    with pytest.raises(ValueError, match=code):
        check(code, title="", message="", why="", fix="", reads={})


def test_an_undeclared_column_is_refused() -> None:
    with pytest.raises(ValueError, match="has no 'no'"):
        check("ZZZ999", title="", message="", why="", fix="", reads={ALL_SHEETS[0].row_type: "no such"})


def test_a_check_whose_sheet_is_missing_is_listed_and_not_passed() -> None:
    empty = Library([], EXAMPLES[max(ALL)].ledger_set.school, EXAMPLES[max(ALL)].ledger_set.library().as_of)
    needy = [one for one in ALL.values() if one.reads]
    report = run(empty, needy)
    assert report.checks_run == 0
    assert {one.check.code for one in report.unchecked} == {one.code for one in needy}
