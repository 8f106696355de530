"""The county's figures, worked out another way; who counts and who does not."""

import json
import random
import time
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import fmean
from threading import Thread
from typing import Any

import pytest

from schoollib_xl.actions.county.rolling import LAST_NAME, CountyRun, Records
from schoollib_xl.county.counting import counted_once
from schoollib_xl.county.record import SchoolRecord
from schoollib_xl.county.rollup import Failure, Rolled, SchoolEntry, county, ranked, variation
from schoollib_xl.county.small_groups import ABOUT_CHILDREN, SMALL_GROUP, children
from schoollib_xl.county.visiting import visits
from schoollib_xl.wording.county.county_answer import county_answer
from schoollib_xl.wording.county.county_json import county_json


def record(name: str | None = "一小", **figures: Any) -> SchoolRecord:
    standard: dict[str, Any] = {
        "as_of": date(2026, 1, 23),
        "school_year": 2025,
        "pupils": 100,
        "copies": 2000,
        "loans": 300,
        "counted_loans": 300,
        "circulated": 400,
        "borrowers": 60,
        "mean": Decimal("3.00"),
        "per_pupil": Decimal("20.00"),
        "standard": Decimal("25"),
        "rows": 5000,
        "checks_run": 231,
        "errors": 0,
        "warnings": 0,
        "explained": 0,
        "unchecked": 0,
        "findings": {},
        "targets": 4,
        "reached": 3,
    }
    return SchoolRecord(school=name, **(standard | figures))


def entries(*records: SchoolRecord) -> list[SchoolEntry]:
    return [SchoolEntry(f"{index}.xlsx", one) for index, one in enumerate(records)]


def test_loans_of_a_class_whose_pupils_nobody_wrote_down_are_in_the_sum_and_not_in_the_mean() -> None:
    rolled = county(entries(record("甲", loans=450, counted_loans=300), record("乙")))
    assert (rolled.loans, rolled.mean) == (750, Decimal("3.00"))


def test_a_mean_of_the_county_is_never_a_mean_of_means() -> None:
    figures = county(
        entries(record(pupils=10, loans=90, counted_loans=90), record(pupils=90, loans=90, counted_loans=90))
    )
    assert figures.mean == Decimal("1.80")


def test_a_ratio_leaves_out_a_school_that_does_not_tell_both_figures() -> None:
    figures = county(entries(record(), record(copies=None, circulated=900)))
    assert figures.turnover == Decimal("20.00")
    assert figures.per_pupil == Decimal("20.00")


def test_what_no_school_tells_is_not_none() -> None:
    silent = county(entries(record(pupils=None, loans=None, copies=None), record("二小", pupils=None, loans=None)))
    assert (silent.pupils, silent.loans, silent.copies) == (None, None, 2000)


def test_pupils_of_some_classes_only_are_not_what_the_copies_are_for() -> None:
    half_told = record("乙", per_pupil=None, pupils=2)
    figures = county(entries(record("甲"), record("丙"), half_told))
    assert (figures.per_pupil, figures.variation) == (Decimal("20.00"), Decimal("0.00"))
    (of_all, *_) = county_answer(Rolled(1, entries(half_told), (), ())).sections
    assert "1 所没有这个数" in str(next(row for row in of_all.tables[0].rows if row[0] == "生均图书册数"))


def test_a_copy_short_is_short_even_where_the_rounded_figure_is_not() -> None:
    assert record(copies=2500, per_pupil=Decimal("25.00")).meets_standard
    assert not record(copies=24_999, pupils=1000, per_pupil=Decimal("25.00")).meets_standard


def test_the_variation_is_the_weighted_deviation_about_the_mean_of_the_county() -> None:
    draw = random.Random(5)
    for _ in range(50):
        schools = [(draw.randrange(1, 30_000), draw.randrange(5, 900)) for _ in range(draw.randrange(2, 30))]
        each = [copies / pupils for copies, pupils in schools for _ in range(pupils)]
        middle = fmean(each)
        expected = fmean((one - middle) ** 2 for one in each) ** 0.5 / middle
        assert float(variation(schools) or 0) == pytest.approx(expected, abs=0.00501)


def test_there_is_no_variation_of_one_school() -> None:
    assert variation([(2000, 100), (None, 50)]) is None


def test_what_was_not_checked_is_never_counted_as_good() -> None:
    figures = county(entries(record(), record(unchecked=1), record(errors=1), record(warnings=1)))
    assert figures.sound == 1


def test_who_lacks_nothing_but_optional_sheets_is_told_so_and_not_counted_as_good() -> None:
    schools = entries(record(unchecked=3, unkept=3), record("二小", unchecked=3, unkept=2))
    figures = county(schools)
    assert (figures.sound, figures.unfinished, figures.lacking_optional) == (0, 2, 1)
    answer = county_answer(Rolled(2, schools, (), ()))
    assert "另有 1 所只缺可选的表，别的都核对过、没有要改的。" in answer.sentences
    (table,) = (one.tables[0] for one in answer.sections if one.name == "各校")
    assert [row[-2] for row in table.rows] == ["只缺可选的表", "没有核对完"]
    assert [one.why for one in visits(schools, [])] == [
        "没有核对完 3 项，只因为没有可选的表", "没有核对完 3 项",
    ]  # fmt: skip


def test_what_may_be_counted_twice_still_says_that_its_books_are_wrong() -> None:
    twice = [one._replace(doubles=("0.xlsx", "1.xlsx")) for one in entries(record(errors=2), record("二小"))]
    (table,) = (one.tables[0] for one in county_answer(Rolled(2, twice, (), ())).sections if one.name == "各校")
    assert [row[-2] for row in table.rows] == ["可能算了两遍，有问题", "可能算了两遍"]


def test_of_a_school_without_classes_those_who_borrowed_tell_how_small_it_is() -> None:
    schools = entries(record(), record("二小"), _without_classes("教学点", 3))
    told = county_json(Rolled(3, schools, (), ()))["county"]
    assert "2.xlsx" not in [one["file"] for one in told["circulation"]]
    larger = entries(record(), record("二小"), _without_classes("三小", 30))
    shown = county_json(Rolled(3, larger, (), ()))["county"]["circulation"]
    assert sorted(one["file"] for one in shown) == ["0.xlsx", "1.xlsx", "2.xlsx"]


def test_books_with_nothing_in_them_agree_about_nothing() -> None:
    empty = record(copies=0, loans=None, circulated=0, errors=0, warnings=0, unchecked=0)
    assert not empty.is_sound
    assert [one.why.partition("；")[0] for one in visits(entries(empty), [])] == ["还没有记书和借阅"]


def test_of_two_workbooks_of_one_school_the_later_one_counts() -> None:
    old, new = record(as_of=date(2025, 12, 1)), record(loans=350, counted_loans=350)
    counted, left_out = counted_once(entries(new, old))
    assert [entry.file for entry in counted] == ["0.xlsx"]
    assert [one.file for one in left_out] == ["1.xlsx"]
    assert left_out[0].why.startswith("和“0.xlsx”的学校名称都是“一小”：是同一所的两份，还是两所学校？")


def test_of_two_workbooks_of_one_name_neither_is_called_sound_and_the_worse_is_told() -> None:
    counted, left_out = counted_once(
        entries(record(), record(rows=900, errors=29, findings={"BOR201": 29}), record("二小", warnings=1))
    )
    assert county(counted).sound == 0
    assert [one.file for one in left_out] == ["1.xlsx"]
    first, second = visits(counted, [])
    assert (first.file, second.file) == ("0.xlsx", "2.xlsx")
    assert "“1.xlsx”也叫这个名字，是不是同一所？那一份错误 29 处" in first.why
    assert first.codes == {"BOR201": 29}
    answer = county_answer(Rolled(3, counted, (), left_out))
    assert "合计里可能少了学校、少了书。" in " ".join(answer.sentences)
    rows = next(one for one in answer.sections if one.name == "各校").tables[0]
    assert [line[-2] for line in rows.rows] == ["有同名的", "有问题"]


def test_a_plain_copy_of_a_workbook_is_no_question() -> None:
    counted, left_out = counted_once(entries(record(), record()))
    assert county(counted).sound == 1
    assert left_out == [Failure("1.xlsx", "和“0.xlsx”是同一所学校（一小），没有重复算。")]


def test_of_two_copies_the_one_counts_that_is_called_as_the_school_is() -> None:
    files = ("副本.xlsx", "东镇/第 1 小学(2).xlsx", "东镇/第 1 小学.xlsx")
    counted, _ = counted_once([SchoolEntry(file, record("第1小学")) for file in files])
    assert [one.file for one in counted] == ["东镇/第 1 小学.xlsx"]


def test_of_two_workbooks_of_one_day_the_fuller_one_counts() -> None:
    counted, _ = counted_once(entries(record(rows=5001), record(rows=5000)))
    assert [entry.file for entry in counted] == ["0.xlsx"]


def test_of_three_states_of_one_day_one_counts_and_the_two_others_are_named() -> None:
    counted, left_out = counted_once(entries(record(rows=5000), record(rows=5002), record(rows=5001), record("二小")))
    assert ([entry.file for entry in counted], county(counted).copies) == (["1.xlsx", "3.xlsx"], 4000)
    assert [one.file for one in left_out] == ["0.xlsx", "2.xlsx"]
    assert [one.file for one in counted[0].namesakes] == ["2.xlsx", "0.xlsx"]


def test_findings_that_nobody_explained_need_attention_as_in_a_single_check() -> None:
    assert not Rolled(1, entries(record(unchecked=1)), (), ()).needs_attention
    assert Rolled(1, entries(record(warnings=1)), (), ()).needs_attention
    assert Rolled(1, entries(record()), (Failure("坏.xlsx", ""),), ()).needs_attention
    assert Rolled(0, (), (), ()).needs_attention


def test_schools_without_a_name_are_not_taken_for_one() -> None:
    counted, left_out = counted_once(entries(record(None), record(None, copies=2001)))
    assert (len(counted), left_out) == (2, [])
    not_begun = record(None, copies=0, loans=0, circulated=0)
    assert len(counted_once(entries(not_begun, not_begun))[0]) == 2


def test_a_copy_of_a_workbook_without_a_name_is_no_second_school() -> None:
    counted, left_out = counted_once(entries(record(None), record(None), record("二小")))
    assert [entry.file for entry in counted] == ["0.xlsx", "2.xlsx"]
    why = "学校名称没有写，数和“0.xlsx”的全都一样，没有重复算；不是同一份，就把学校名称写上。"
    assert left_out == [Failure("1.xlsx", why)]


def test_a_name_that_is_spaced_or_typed_otherwise_is_the_same_school() -> None:
    counted, left_out = counted_once(entries(record("第1 小学"), record("第１小学", rows=5001)))
    assert [entry.file for entry in counted] == ["1.xlsx"]
    assert "是同一所的两份，还是两所学校？" in left_out[0].why


def test_a_workbook_of_another_school_year_is_named_and_not_counted() -> None:
    counted, left_out = counted_once(entries(record("一小"), record("二小"), record("三小", school_year=2024)))
    assert len(counted) == 2
    failure = Failure("2.xlsx", "是 2024-2025 学年的账，这次汇总的是 2025-2026 学年。", "三小")
    assert left_out == [failure]
    assert [(one.file, one.school) for one in Rolled(3, counted, (), left_out).absent] == [("2.xlsx", "三小")]
    both = counted_once(entries(record("一小"), record("二小"), record("一小", school_year=2024)))[1]
    assert [one.school for one in both] == [None]


def test_the_order_of_schools_changes_nothing() -> None:
    schools = entries(
        record("一小"),
        record("二小", pupils=30, errors=2, findings={"SUM201": 2}),
        record("三小", loans=0, counted_loans=0),
    )
    expected = county_json(Rolled(3, counted_once(schools)[0], (), ()))
    assert county_json(Rolled(3, counted_once(schools[::-1])[0], (), ())) == expected


def test_the_first_to_be_visited_could_not_be_read_then_comes_who_has_most_per_thousand_lines() -> None:
    schools = entries(
        record("好的"),
        record("大的", rows=9000, errors=36),
        record("小的", rows=1200, errors=6),
        # Four settings not filled in are much of two hundred lines, and nothing to go there for first.
        record("教学点", rows=200, errors=3, warnings=1, unchecked=81),
        record("乱的", rows=200, errors=30),
        # What a telephone call settles is no reason to go there before anybody whose books disagree.
        record("没填的", rows=1000, errors=9, findings={"SET001": 3, "QUO112": 6}),
    )
    plan = visits(schools, [Failure("坏.xlsx", "")])
    assert [one.school or one.file for one in plan] == ["坏.xlsx", "乱的", "小的", "教学点", "大的", "没填的"]
    assert [one.why for one in plan[2:4]] == ["错误 6 处，每千行 5.00 处", "错误 3 处，存疑 1 处，没有核对完 81 项"]


def test_a_school_of_a_few_children_is_not_shown_by_itself() -> None:
    rolled = Rolled(
        2, entries(record("大的"), record("教学点", pupils=4, loans=9, counted_loans=9, mean=Decimal("2.25"))), (), ()
    )
    (schools,) = [section for section in county_answer(rolled).sections if section.name == "各校"]
    small = next(row for row in schools.tables[0].rows if row[0] == "教学点")
    assert (*small[1:3], small[4], *small[7:9]) == (None, "不单列", None, None, None)
    each = {one["file"]: one for one in county_json(rolled)["each"]}
    assert [each["1.xlsx"][name] for name in ABOUT_CHILDREN] == [None] * len(ABOUT_CHILDREN)
    assert each["1.xlsx"]["copies"] == 2000


def test_schools_of_a_few_children_are_shown_as_one_group_that_is_not_small() -> None:
    few = [record("甲", pupils=4, loans=9, counted_loans=9), record("乙", pupils=7, loans=13, counted_loans=13)]
    rolled = Rolled(3, entries(record("大的"), *few), (), ())
    group = county_json(rolled)["county"]["together"]
    assert (group["files"], group["pupils"], group["loans"], group["mean"]) == (["1.xlsx", "2.xlsx"], 11, 22, "2.00")
    assert "不到 10 人" in group["why"]
    said = county_answer(rolled)
    assert "不单列的 2 所合起来：学生 11 人，借书 22 册" in str(said)
    assert county_json(Rolled(1, entries(record("大的")), (), ()))["county"]["together"] is None


def test_a_county_of_a_few_children_says_nothing_of_them_either() -> None:
    rolled = Rolled(1, entries(record("甲", pupils=4, loans=9, counted_loans=9, borrowers=3)), (), ())
    told = county_json(rolled)["county"]
    assert [told[name] for name in (*ABOUT_CHILDREN, "turnover", "per_borrower", "ranking", "circulation")] == [
        None, None, None, None, None, None, [], [],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("figures", "bands"),
    [
        ([*range(1, 63)], {"0–10": 9, "10–20": 10, "60–70": 3, "70–80": 0, "80 以上": 0}),
        ([12, 13] * 30 + [900], {"10–12": 0, "12–14": 60, "16 以上": 1}),
        ([0] * 61, {"0–1": 61, "8 以上": 0}),
    ],
)
def test_more_schools_than_a_picture_holds_are_told_by_bands(figures: list[int], bands: dict[str, int]) -> None:
    schools = [record(f"{n}小", per_pupil=Decimal(figure)) for n, figure in enumerate(figures)]
    few = [record("教学点", pupils=4, borrowers=3), record("村小", pupils=7, borrowers=5)]
    answer = county_answer(Rolled(len(schools) + 2, entries(*schools, *few), (), ()))
    (section,) = (one for one in answer.sections if one.name == "分布")
    told = dict(section.tables[0].rows)
    assert {band: told.get(band, 0) for band in bands} == bands
    assert [sum(count for _, count in table.rows) for table in section.tables] == [len(figures)] * 2
    fewer = county_answer(Rolled(60, entries(*schools[:60], *few), (), ()))
    assert "分布" not in [one.name for one in fewer.sections]


def _without_classes(name: str, holders: int) -> SchoolRecord:
    unknown: dict[str, Any] = dict.fromkeys(("pupils", "loans", "counted_loans", "borrowers", "mean", "per_pupil"))
    return record(name, circulated=9, card_holders=holders, **unknown)


@pytest.mark.parametrize("seed", range(40))
def test_no_figure_that_is_shown_is_of_a_few_children_even_by_subtraction(seed: int) -> None:
    rng = random.Random(seed)
    sizes = [rng.choice((rng.randrange(0, 12), rng.randrange(9, 400), None)) for _ in range(rng.randrange(1, 9))]
    schools = [
        record(f"{n}", pupils=size, borrowers=rng.randrange(0, (size or 20) + 1), loans=7, counted_loans=7)
        for n, size in enumerate(sizes)
    ]
    schools += [_without_classes(f"{n}村", rng.randrange(0, 25)) for n in range(rng.randrange(3))]
    told = county_json(Rolled(len(schools), entries(*schools), (), ()))
    shown = [each["file"] for each in told["each"] if each["loans"] is not None]
    everyone = {f"{n}.xlsx": children(one) for n, one in enumerate(schools) if one.card_holders is None}
    assert all(everyone[file] == 0 or everyone[file] >= SMALL_GROUP for file in shown)
    rest = sum(everyone.values()) - sum(everyone[file] for file in shown)
    assert rest == 0 or rest >= SMALL_GROUP or told["county"]["loans"] is None
    assert {one["file"] for one in told["county"]["ranking"]} <= set(shown)
    without = {f"{n}.xlsx": one.card_holders for n, one in enumerate(schools) if one.card_holders is not None}
    circulating = {one["file"] for one in told["county"]["circulation"]}
    assert all(without[file] == 0 or without[file] >= SMALL_GROUP for file in circulating - set(shown))
    rest = sum(size for file, size in (everyone | without).items() if file not in circulating)
    assert rest == 0 or rest >= SMALL_GROUP or told["county"]["turnover"] is None
    together = told["county"]["together"]
    assert not (together and together["pupils"]) or together["pupils"] >= SMALL_GROUP


def test_a_workbook_of_a_name_that_is_counted_is_told_beside_the_totals() -> None:
    counted, left_out = counted_once(entries(record(errors=1), record(rows=900, errors=29, warnings=2)))
    told = county_json(Rolled(2, counted, (), left_out))
    assert told["county"]["errors"] == sum(each["errors"] for each in told["each"]) == 1
    assert told["county"]["namesakes"] == {"workbooks": 1, "errors": 29, "warnings": 2}


def test_equal_figures_share_a_place() -> None:
    means = ("3.00", "5.00", "3.00", "1.00")
    placed = ranked(entries(*(record(f"{n}", mean=Decimal(mean)) for n, mean in enumerate(means))), lambda r: r.mean)
    assert [(place, entry.file) for place, entry in placed] == [
        (1, "1.xlsx"), (2, "0.xlsx"), (2, "2.xlsx"), (4, "3.xlsx"),
    ]  # fmt: skip


def test_the_trend_names_the_schools_that_changed_and_those_that_are_gone() -> None:
    now = entries(record("一小", errors=1), record("二小"))
    before = {"0.xlsx": record("一小", errors=4), "1.xlsx": record("二小"), "9.xlsx": record("三小")}
    (trend,) = [one for one in county_answer(Rolled(2, now, (), (), before)).sections if one.name == "变化"]
    assert trend.sentences == [
        "和上次汇总比，1 所学校有变化。",
        "上次核对到 2026-01-23，这次核对到 2026-01-23。",
        "上次有、这次没有的：三小。",
    ]
    assert ("账目问题（处/千行）", Decimal("0.27"), Decimal("0.10")) in trend.tables[0].rows
    assert trend.tables[1].rows[0][:4] == ("一小", 4, 1, -3)


def test_the_trend_knows_a_school_by_its_name_and_one_of_another_name_by_its_file() -> None:
    was = {"1月.xlsx": record("一小", errors=4), "2.xlsx": record("二小"), "3.xlsx": record("三小")}
    # The first came under another file's name, the second is called otherwise by now.
    now = [SchoolEntry("3.xlsx", record("一小")), SchoolEntry("2.xlsx", record("二小 东校区"))]
    (trend,) = [one for one in county_answer(Rolled(2, now, (), (), was)).sections if one.name == "变化"]
    assert trend.sentences[::2] == ["和上次汇总比，2 所学校有变化。", "上次有、这次没有的：三小。"]
    assert [row[:3] for row in trend.tables[1].rows] == [("一小", 4, 0), ("二小 东校区", 0, 0)]


def test_each_check_is_told_with_the_schools_it_fires_in_per_thousand_lines_of_their_own() -> None:
    found = {"SUM303": 3, "CIR101": 1}
    rolled = Rolled(
        2, entries(record(findings=found, errors=4), record("二小", rows=500, findings={"SUM303": 5})), (), ()
    )
    told = county_json(rolled)["county"]["findings"]
    assert [(one["code"], one["findings"], [tuple(each.values()) for each in one["each"]]) for one in told] == [
        ("SUM303", 8, [("1.xlsx", 5, "10.00"), ("0.xlsx", 3, "0.60")]), ("CIR101", 1, [("0.xlsx", 1, "0.20")]),
    ]  # fmt: skip
    (section,) = [one for one in county_answer(rolled).sections if one.name == "各校的问题"]
    assert [(row[0], row[1], row[3]) for row in section.tables[0].rows] == [
        ("二小", "SUM303", 5), ("一小", "SUM303", 3), ("一小", "CIR101", 1),
    ]  # fmt: skip


def test_the_trend_tells_which_checks_fire_more_or_less_often() -> None:
    now = entries(record("一小", errors=3, findings={"SUM303": 3}), record("二小", errors=2, findings={"CIR101": 2}))
    was = {"0.xlsx": record("一小", errors=1, findings={"SUM303": 1}), "1.xlsx": record("二小", findings={"ACC101": 4})}
    rolled = Rolled(2, now, (), (), {**was, "2.xlsx": record("三小", errors=2, findings={"CIR101": 2})})
    told = county_json(rolled)["county"]["changes"]["findings"]
    assert [(one["code"], one["findings"], one["per_thousand"]) for one in told] == [
        ("SUM303", [1, 3], ["0.07", "0.30"]), ("ACC101", [4, 0], ["0.27", "0.00"]),
    ]  # fmt: skip
    (trend,) = [one for one in county_answer(rolled).sections if one.name == "变化"]
    assert [row[-1] for row in trend.tables[-1].rows] == ["SUM303", "ACC101"]


def test_another_day_alone_is_no_change_and_no_other_run(tmp_path: Path) -> None:
    def run(day: int, errors: int) -> list[SchoolEntry]:
        return entries(
            record("一小", as_of=date(2026, 1, day), errors=errors), record("二小", as_of=date(2026, 1, day))
        )

    for one in (run(1, 4), run(2, 1), run(3, 1)):
        before = Records(tmp_path, CountyRun()).before(one)
    changes = Rolled(2, run(3, 1), (), (), before).changes
    assert changes is not None
    assert [(one.file, old.record.errors, str(old.record.as_of)) for one, old in changes.changed] == [
        ("0.xlsx", 4, "2026-01-01"),
    ]  # fmt: skip


def test_a_run_of_a_share_that_was_not_there_does_not_become_the_last_one(tmp_path: Path) -> None:
    before = [SchoolEntry("一小.xlsx", record("一小", errors=4))]
    now = [SchoolEntry("一小.xlsx", record("一小", errors=1))]
    for run in (before, []):
        Records(tmp_path, CountyRun()).before(run)
    assert Records(tmp_path, CountyRun()).before(now)["一小.xlsx"].errors == 4


def test_two_runs_at_once_are_both_kept_for_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Records._last_runs
    monkeypatch.setattr(Records, "_last_runs", lambda self: (read(self), time.sleep(0.3))[0])
    runs = [[SchoolEntry(f"{name}.xlsx", record(name))] for name in ("一小", "二小")]
    at_once = [Thread(target=Records(tmp_path, CountyRun()).before, args=(run,)) for run in runs]
    for one in at_once:
        one.start()
    for one in at_once:
        one.join()
    kept = json.loads((tmp_path / LAST_NAME).read_text("utf-8"))["runs"]
    assert {file for run in kept for file in run} == {"一小.xlsx", "二小.xlsx"}


@pytest.mark.parametrize(
    ("was", "now", "is_told"),
    [
        ([100, 90], [100, 90, 3], False),
        ([100, 90, 3], [100, 90], False),
        ([100, 90, 8], [100, 90, 7], False),
        ([100, 90], [100, 90, 5, 6], True),
        ([100, 90, 3], [110, 80, 3], True),
    ],
)
def test_two_runs_tell_of_no_few_children_by_subtraction_either(was: list[int], now: list[int], is_told: bool) -> None:
    def run(sizes: list[int]) -> list[SchoolEntry]:
        return entries(*(record(f"{n}小", pupils=size, loans=size) for n, size in enumerate(sizes)))

    rolled = Rolled(len(now), run(now), (), (), {entry.file: entry.record for entry in run(was)})
    before = county_json(rolled)["county"]["changes"]["before"]
    assert (before["pupils"], before["loans"]) == ((sum(was),) * 2 if is_told else (None, None))
    assert ("上次和人数有关的数不列" in str(county_answer(rolled))) is not is_told


AUTUMN, SPRING = (date(2025, 9, 1), date(2026, 1, 23)), (date(2026, 2, 25), date(2026, 7, 3))


@pytest.mark.parametrize(
    ("terms", "told"),
    [
        ([AUTUMN, (date(2025, 8, 28), date(2026, 2, 6))], {"第一学期": 2}),
        ([AUTUMN, SPRING, SPRING, (None, None)], {"第一学期": 1, "第二学期": 2}),
        ([SPRING, (AUTUMN[0], SPRING[1])], {"全学年": 1, "第二学期": 1}),
        ([(None, None)], {}),
    ],
)
def test_schools_whose_loans_are_of_different_terms_are_told_also_on_one_day(
    terms: list[tuple[date | None, date | None]], told: dict[str, int]
) -> None:
    """`--as-of` in summer leaves a school in autumn whose settings know no other term."""
    schools = entries(*(record(f"{n}小", term_start=one, term_end=end) for n, (one, end) in enumerate(terms)))
    rolled = Rolled(len(schools), schools, (), ())
    assert county_json(rolled)["county"]["terms"] == told
    said = [sentence for sentence in county_answer(rolled).sentences if "学期不是同一个" in sentence]
    assert len(said) == (len(told) > 1)
    assert all("第一学期的：0小" in sentence for sentence in said if "第一学期" in told)
