"""What a new workbook starts with is nobody's fact until the school changes or confirms it."""

from datetime import date, time
from decimal import Decimal
from typing import Any

from small_school import lent, pupil, school_class, target

from make import row
from schoollib_xl.checks.report import Report
from schoollib_xl.documents.composing.lint.papers import paper_notes, plan_notes
from schoollib_xl.documents.composing.material import SourceMaterial
from schoollib_xl.documents.composing.notices import behind_notices, notice_notes
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.quotas.promises import promises
from schoollib_xl.quotas.statement import statement
from schoollib_xl.rules.placeholders import left_over
from schoollib_xl.rules.target_names import TargetName
from schoollib_xl.sheets.building.starting import starting_ledger_set
from schoollib_xl.wording.handover import Handover, handover_answer
from schoollib_xl.wording.quotas.quota_json import quota_json
from schoollib_xl.wording.quotas.quota_sentences import target_limits, unconfirmed_sentences
from schoollib_xl.wording.quotas.verdicts import outcome_word

HIGH = target("每生最低借书册数", Decimal(80))
NEW = starting_ledger_set(date(2026, 9, 1)).ledger_set


def confirming(said: str) -> LedgerSet:
    return LedgerSet(NEW.school._replace(confirmed=said), NEW.rows)


def test_hours_and_targets_of_a_new_workbook_are_not_filled_in() -> None:
    books = NEW.library()
    quotas = statement(books)
    hours = [one for one in quota_json(books, quotas)["targets"] if one["name"] == TargetName.OPENING_HOURS]
    assert [(one["actual"], one["reached"]) for one in hours] == [(None, False)]
    (said,) = unconfirmed_sentences(quotas)
    assert said.startswith("“借阅规则”“任务指标”“开放时间”里还有新工作簿自带的内容，不是本校定的")


def test_what_is_confirmed_or_touched_is_the_school_s_own() -> None:
    assert left_over(confirming("开放时间").library()) == ("借阅规则", "任务指标")
    assert left_over(confirming("全部").library()) == ()
    first, *rest = NEW.rows[OpeningRow]
    touched = LedgerSet(NEW.school, NEW.rows | {OpeningRow: [first._replace(ends_at=time(17)), *rest]})
    assert left_over(touched.library()) == ("借阅规则", "任务指标")
    # Of the days on which old lists lend nobody has said an hour.
    days_alone = LedgerSet(NEW.school, NEW.rows | {OpeningRow: [first]})
    assert left_over(days_alone.library()) == ("借阅规则", "任务指标", "开放时间")


def test_the_hand_over_of_a_new_workbook_names_no_rule_and_calls_nothing_done() -> None:
    books = NEW.library()
    quotas = statement(books)
    done = Handover(books, Report((), (), 0), quotas, promises(books, quotas))
    by_name = {section.name: section for section in handover_answer(done).sections}
    assert by_name["现在的规矩"].tables == []
    assert [said.partition("里")[0] for said in by_name["现在的规矩"].sentences] == ["“借阅规则”", "“开放时间”"]
    assert by_name["要接着做的"].sentences == ("“工作安排”还没有写。",)


def new_school(said: str = "", *more: Any) -> Library:
    """A new workbook into which a class of pupils, books and their loans have come."""
    rows = NEW.rows | {
        ClassRow: [school_class(pupils=10)],
        ReaderRow: [pupil(f"{number:04}") for number in range(10)],
        AccessionRow: [row(AccessionRow, number, accession_no=f"{number:06}") for number in range(2, 5)],
        LoanRow: [lent("0001", date(2026, 9, 7))],
        CalendarRow: [row(CalendarRow, starts_on=date(2026, 9, 1), ends_on=date(2027, 1, 22))],
    }
    term = {
        "term_start": date(2026, 9, 1),
        "term_end": date(2027, 1, 22),
        "name": "青禾小学",
        "cut_off": date(2026, 12, 20),
    }
    rows |= {type(one): [one] for one in more}
    return LedgerSet(NEW.school._replace(confirmed=said, **term), rows).library(date(2026, 12, 20))


def test_nobody_is_behind_a_target_that_only_a_new_workbook_names() -> None:
    books = new_school()
    quotas = statement(books)
    (one,) = quotas.classes
    assert (one.obligation.loans, one.obligation.target, one.obligation.on_track) == (1, None, True)
    assert {outcome_word(outcome) for outcome in quotas.outcomes} == {"没有确认"}
    assert not target_limits(quotas)
    material = SourceMaterial(books, quotas, None)
    assert [*behind_notices(material)] == []
    assert not any("目标" in said for said in notice_notes(material))
    (confirmed,) = statement(new_school("全部")).classes
    assert (confirmed.obligation.target, confirmed.obligation.on_track) == (2, False)


def test_a_target_of_hers_that_a_rule_of_a_new_workbook_hinders_says_so_and_is_no_note_of_a_plan() -> None:
    def told(said: str) -> tuple[list[str], list[str]]:
        books = new_school(said, HIGH)
        quotas = statement(books)
        return target_limits(quotas), [
            one for one in plan_notes(SourceMaterial(books, quotas, None)) if "做不到" in one
        ]

    (said,), noted = told("")
    assert said.endswith("（照新工作簿自带的借阅规则算的，本校还没有确认）。")
    assert noted == []
    (said,), (note,) = told("借阅规则")
    assert "自带" not in said + note


def test_what_the_plan_says_is_not_held_against_rules_nobody_laid_down() -> None:
    texts = ["每次只能借三本。"]
    assert not any("借阅规则是" in note for note in paper_notes(grounds_of(""), texts))
    assert any("借阅规则是" in note for note in paper_notes(grounds_of("借阅规则"), texts))


def grounds_of(said: str) -> SourceMaterial:
    books = new_school(said)
    return SourceMaterial(books, statement(books), None)
