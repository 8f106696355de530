"""What a new workbook starts with is nobody's fact until the school changes or confirms it."""

from datetime import date, time

from schoollib_xl.checks.report import Report
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.supporting.calendar import OpeningRow
from schoollib_xl.quotas.promises import promises
from schoollib_xl.quotas.statement import statement
from schoollib_xl.rules.placeholders import left_over
from schoollib_xl.rules.target_names import TargetName
from schoollib_xl.sheets.building.starting import starting_ledger_set
from schoollib_xl.wording.handover import Handover, handover_answer
from schoollib_xl.wording.quota_json import quota_json
from schoollib_xl.wording.quota_tables import unconfirmed_sentences

NEW = starting_ledger_set(date(2026, 9, 1)).ledger_set


def confirming(said: str) -> LedgerSet:
    return LedgerSet(NEW.school._replace(confirmed=said), NEW.rows)


def test_hours_and_targets_of_a_new_workbook_are_not_filled_in() -> None:
    books = NEW.library()
    stated = statement(books)
    hours = [one for one in quota_json(books, stated)["targets"] if one["name"] == TargetName.OPENING_HOURS]
    assert [(one["actual"], one["reached"]) for one in hours] == [(None, False)]
    (said,) = unconfirmed_sentences(stated)
    assert said.startswith("“借阅规则”“任务指标”“开放时间”里还有新工作簿自带的内容，不是本校定的")


def test_what_is_confirmed_or_touched_is_the_school_s_own() -> None:
    assert left_over(confirming("开放时间").library()) == ("借阅规则", "任务指标")
    assert left_over(confirming("全部").library()) == ()
    first, *rest = NEW.rows[OpeningRow]
    touched = LedgerSet(NEW.school, NEW.rows | {OpeningRow: [first._replace(ends_at=time(17)), *rest]})
    assert left_over(touched.library()) == ("借阅规则", "任务指标")


def test_the_hand_over_of_a_new_workbook_names_no_rule_and_calls_nothing_done() -> None:
    books = NEW.library()
    stated = statement(books)
    done = Handover(books, Report((), (), 0), stated, promises(books, stated))
    by_name = {section.name: section for section in handover_answer(done).sections}
    assert by_name["现在的规矩"].tables == []
    assert [said.partition("里")[0] for said in by_name["现在的规矩"].sentences] == ["“借阅规则”", "“开放时间”"]
    assert by_name["要接着做的"].sentences == ("“工作安排”还没有写。",)
