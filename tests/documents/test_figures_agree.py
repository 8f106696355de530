"""No two figures of one paper contradict each other, and each is what `quota`, `check` and `inspect` say."""

import random
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import takewhile
from typing import Any

import pytest
from school import clean, material, sample, text

from schoollib_xl.documents.composing.assessment import self_assessment
from schoollib_xl.documents.composing.material import CheckedMaterial, Composed
from schoollib_xl.documents.composing.plan import work_plan
from schoollib_xl.documents.composing.stocktake_report import stocktake_report
from schoollib_xl.documents.composing.summary import term_summary
from schoollib_xl.documents.composing.tables.lending import COLUMNS
from schoollib_xl.documents.composing.tables.targets import without_measure
from schoollib_xl.inspection.figures import Books
from schoollib_xl.inspection.marking import Score, form_of, score
from schoollib_xl.inspection.sample import draw
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import SHEETS
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.activities import ActivityRow, VisitRow
from schoollib_xl.ledgers.supporting.inspection import ReviewRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.supporting.people import PupilLibrarianRow, ReaderRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.quotas.promises import promises
from schoollib_xl.wording.checking.check_json import check_json
from schoollib_xl.wording.inspection.inspection_answer import inspection_json
from schoollib_xl.wording.quotas.class_figures import LOANS, MEAN
from schoollib_xl.wording.quotas.quota_json import quota_json

# The share of these sheets' rows a random school keeps.
_THINNED = {LoanRow: 0.6, AccessionRow: 0.96, ActivityRow: 0.7, CashRow: 0.7, ReaderRow: 0.9, StocktakeRow: 0.97}
# When a line of these was entered; a paper of an earlier day does not count the later ones.
ENTERED: Mapping[type[Any], str] = {
    SummaryRow: "registered_on",
    AccessionRow: "accessioned_on",
    ClassificationRow: "ends_on",
    WithdrawalRow: "withdrawn_on",
    PeriodicalRow: "starts_on",
    LoanRow: "lent_on",
    CompensationRow: "registered_on",
    ReaderRow: "issued_on",
    ActivityRow: "held_on",
    StocktakeRow: "counted_on",
    VisitRow: "visited_on",
    RepairRow: "sent_on",
    PupilLibrarianRow: "appointed_on",
    CashRow: "booked_on",
    ReviewRow: "reviewed_on",
}


def thinned(seed: int) -> CheckedMaterial:
    """The sample school with rows gone at random: its books contradict each other, its summary must not."""
    pick = random.Random(seed)
    rows = {
        row_type: [row for row in found if pick.random() < _THINNED.get(row_type, 1.0)]
        for row_type, found in clean().rows.items()
    }
    return material(LedgerSet(clean().school, rows).library())


SCHOOLS: dict[str, Callable[[], CheckedMaterial]] = {
    "期末": sample,
    "期中": lambda: sample(date(2026, 4, 20)),
    "缺一": lambda: thinned(1),
    "缺二": lambda: thinned(2),
}


@cache
def school(name: str) -> CheckedMaterial:
    return SCHOOLS[name]()


@cache
def scored(name: str) -> Score:
    """The evaluation form of the school, marked."""
    books, quotas = school(name).library, school(name).quotas
    return score(form_of(books).rows, Books(books, quotas, school(name).report, promises(books, quotas)))


def assessed(books: CheckedMaterial) -> Composed[object]:
    name = next(name for name in SCHOOLS if school(name) is books)
    return self_assessment(books, form_of(books.library), scored(name), draw(books.library, 20, 1), None)


PAPERS: dict[str, Callable[[CheckedMaterial], Composed[object] | None]] = {
    "总结": term_summary,
    "计划": work_plan,
    "清点报告": stocktake_report,
    "自评报告": assessed,
}


@cache
def lines(name: str, paper: str = "总结") -> tuple[str, ...]:
    """What a paper of a school says; nothing where there is no such paper."""
    composed = PAPERS[paper](school(name))
    return () if composed is None else tuple(text(composed))


def prose(name: str, paper: str = "总结") -> str:
    return "".join(line.partition("| ")[2] for line in lines(name, paper) if not line.startswith(("表|", "图")))


def told(name: str, pattern: str, paper: str = "总结") -> list[Decimal] | None:
    """The figures a sentence gives; None where the paper does not say it."""
    found = re.search(pattern, prose(name, paper))
    return None if found is None else [Decimal(group) for group in found.groups()]


def table(name: str, first: str, paper: str = "总结") -> list[list[str]]:
    """The rows of the table whose heading row begins so."""
    return rows_below(lines(name, paper), f"表| {first} ¦")


def rows_below(said: tuple[str, ...], heading: str) -> list[list[str]]:
    at = next((index for index, line in enumerate(said) if line.startswith(heading)), len(said))
    below = takewhile(lambda line: line.startswith("表| "), said[at + 1 :])
    return [line.removeprefix("表| ").split(" ¦ ") for line in below]


def listed(name: str, caption: str) -> list[list[str]]:
    """The rows of a table of 清点报告 under its caption."""
    said = lines(name, "清点报告")
    if f"caption| {caption}" not in said:
        return []
    at = said.index(f"caption| {caption}")
    return rows_below(said[at:], "表| ")


def number(cell: str) -> Decimal:
    found = re.findall(r"\d+(?:\.\d+)?", cell)
    return Decimal(found[-1]) if found else Decimal(0)


def chart(name: str, called: str) -> list[Decimal]:
    line = next(line for line in lines(name) if line.startswith(f"图表“{called}”"))
    return [Decimal(value) for value in line.partition(" = ")[2].split(", ")]


@pytest.mark.parametrize("name", SCHOOLS)
def test_loans_agree_wherever_they_stand(name: str) -> None:
    quota = quota_json(school(name).library, school(name).quotas)
    rows = table(name, "班级")
    classes = [row for row in rows if row[0].endswith("班") and row[0] != "有指标的班"]
    assert [(row[0], int(row[1]), int(row[2]), row[3]) for row in classes] == [
        (one["class"], one["pupils"], one["loans"], one["mean"]) for one in quota["classes"]
    ]
    whole = next(row for row in rows if row[0] == "全校")
    assert [number(whole[1]), number(whole[2])] == [sum(number(row[at]) for row in classes) for at in (1, 2)]
    assert told(name, r"学生个人借书(\d+)册次，全校人均([\d.]+)册") == [number(whole[2]), number(whole[3])]
    assert sum(chart(name, "各月借阅")) == number(whole[2])
    assert chart(name, "各班生均借书") == [Decimal(str(float(row[3]))) for row in classes]
    grades = table(name, "年级")
    assert [sum(number(row[at]) for row in grades) for at in (1, 2)] == [number(whole[1]), number(whole[2])]


def test_tables_charts_and_sources_call_every_figure_by_its_one_definition() -> None:
    composed, said = term_summary(school("期末")), "\n".join(lines("期末"))
    for first in ("班级", "年级"):
        heading = next(line for line in lines("期末") if line.startswith(f"表| {first} ¦ 学生人数"))
        assert heading == " ¦ ".join((f"表| {first}", *(column.header for column in COLUMNS)))
    assert f"图表“各班生均借书”| {MEAN.header} = " in said
    assert f"图表“各月借阅”| {LOANS.header} = " in said
    told = {figure.name: figure.definition for figure in composed.figures}
    for column in COLUMNS:
        assert {words for name, words in told.items() if name.endswith(f"班{column.name}")} == {column.definition}
    assert (told["借出册次"], told["人均借书"], told["3月借书册数"]) == (
        *(LOANS.definition, MEAN.definition),
        LOANS.definition,
    )


@pytest.mark.parametrize("name", SCHOOLS)
def test_no_row_mixes_two_bases(name: str) -> None:
    for row in [*table(name, "班级"), *table(name, "年级")]:
        pupils, loans, mean = (number(cell) for cell in row[1:4])
        assert abs(loans / pupils - mean) <= Decimal("0.005"), row
        for cell in row[5:]:
            base = re.match(r"(\d+)人中", cell)
            assert number(cell) <= (Decimal(base[1]) if base else pupils), row
    asked = {row[0]: row[4] for row in table(name, "班级")}
    without = [row for row in table(name, "班级") if row[0] == "全校" and "—" in asked.values()]
    assert all(row[4:] == ["—", "—", "—"] for row in without)


@pytest.mark.parametrize("name", SCHOOLS)
def test_holdings_and_money_agree_wherever_they_stand(name: str) -> None:
    *letters, whole = table(name, "类别")
    letters = [row for row in letters if len(row) == 6]
    for at in range(1, 6):
        assert sum(number(row[at]) for row in letters) == number(whole[at])
    opening, added, gone, left = (number(cell) for cell in whole[1:5])
    assert opening + added - gone == left
    assert told(name, r"期初藏书(\d+)册，.*?现有(\d+)册、([\d.]+)元") == [opening, left, number(whole[5])]
    assert told(name, r"入藏(\d+)册") == ([added] if added else None)
    assert told(name, r"注销(\d+)册") == ([gone] if gone else None)
    assert told(name, r"藏书(\d+)册，生均") == [left]
    money = table(name, "项目")
    total = money[-1]
    assert told(name, r"经费收入([\d.]+)元，支出([\d.]+)元") == [number(total[1]), number(total[2])]
    if len(money) > 1:
        assert [sum(number(row[at]) for row in money[:-1]) for at in (1, 2)] == [number(cell) for cell in total[1:3]]


def entries(books: CheckedMaterial, row_type: type[Any], field: str) -> int:
    """The lines of a ledger up to the day the paper is about, and those without a day."""
    days = [getattr(row, field) for row in books.library[row_type]]
    return sum(day is None or day <= books.cut_off for day in days)


@pytest.mark.parametrize("name", SCHOOLS)
def test_checks_agree_wherever_they_stand(name: str) -> None:
    checked = check_json("七本账.xlsx", school(name).library, school(name).report)
    *ledgers, others = table(name, "账册")
    entered = {SHEETS[row_type].name: entries(school(name), row_type, field) for row_type, field in ENTERED.items()}
    assert {row[0]: int(row[1]) for row in ledgers} == {row[0]: entered[row[0]] for row in ledgers}
    beside = sum(checked["rows"][sheet] for sheet in checked["rows"].keys() - {row[0] for row in ledgers})
    later = sum(checked["rows"][sheet] - entered[sheet] for sheet in entered.keys() - {row[0] for row in ledgers})
    assert (others[0], int(others[1])) == ("辅助表", beside - later)
    assert told(name, r"七本账共(\d+)行，核对(\d+)项") == [
        sum(number(row[1]) for row in ledgers),
        checked["checks_run"],
    ]
    for severity, word in (("error", "错误"), ("warning", "存疑")):
        count = sum(one["severity"] == severity and not one["explained"] for one in checked["findings"])
        assert told(name, rf"有[^。]*?{word}(\d+)处[^。]*，列在核对结果里") == ([count] if count else None)
        assert count == sum(int(row[2 if word == "错误" else 3]) for row in (*ledgers, others))


@pytest.mark.parametrize("name", SCHOOLS)
def test_targets_agree_with_quota_and_with_each_other(name: str) -> None:
    quota = quota_json(school(name).library, school(name).quotas)["targets"]
    rows = table(name, "序号")
    assert len(rows) == len(quota)
    for row, one in zip(rows, quota, strict=True):
        assert (row[1].partition("（")[0], number(row[3].partition("/")[0])) == (one["name"], Decimal(one["target"]))
        if one["name"] != "每生最低借书册数":
            assert number(row[4]) == Decimal(one["actual"])
        assert (row[5] == "已完成") is one["reached"]
    done = sum(row[5] == "已完成" for row in rows)
    expected = [Decimal(len(rows)), Decimal(done)] if name != "期中" else None
    assert told(name, r"(\d+)项任务指标完成(\d+)项") == expected
    for row in rows if name != "期中" else ():
        label = without_measure(row[1].partition("（")[0]) + re.sub("^[^（]*", "", row[1])
        label = f"{row[2]}{label}" if row[2] != "全校" else label
        unit = row[3].partition("/")[0].lstrip("0123456789.")
        said = told(name, rf"{label}([\d.]+){unit}（目标([\d.]+)")
        if said:
            assert said == [number(row[4]), number(row[3].partition("/")[0])]
        assert bool(said) is (row[5] != "已完成" and row[1] != "每生最低借书册数"), row


@pytest.mark.parametrize("name", SCHOOLS)
def test_activities_agree_wherever_they_stand(name: str) -> None:
    rows = table(name, "类别")
    activities = [row for row in table(name, "类别 ¦ 计划 ¦ 完成") if row] or []
    reading = [row for row in activities if not re.search("检查|研讨|报$", row[0])]
    said = told(name, r"开展读书活动(\d+)次")
    assert said == ([sum(number(row[2]) for row in reading)] if said else None)
    assert rows


@pytest.mark.parametrize("name", SCHOOLS)
def test_the_plan_agrees_with_quota(name: str) -> None:
    quota = quota_json(school(name).library, school(name).quotas)
    asked = [(row[1].partition("（")[0], number(row[3].partition("/")[0])) for row in table(name, "序号", "计划")]
    assert asked == [(one["name"], Decimal(one["target"])) for one in quota["targets"]]
    pupils = Decimal(quota["school"]["pupils"])
    assert told(name, r"全校有(\d+)个班、(\d+)名学生", "计划") == [Decimal(len(quota["classes"])), pupils]
    holdings = {one["name"]: one["actual"] for one in quota["holdings"]}
    copies, each = told(name, r"藏书(\d+)册，生均([\d.]+)册", "计划") or (Decimal(0), Decimal(0))
    assert each == Decimal(holdings["生均藏书册数"])
    assert abs(copies / pupils - each) <= Decimal("0.005")
    works, kinds = told(name, r"工具书(\d+)种，订报刊(\d+)种", "计划") or (None, None)
    assert [works, kinds] == [Decimal(holdings[called]) for called in ("工具书种数", "报刊种数")]


@pytest.mark.parametrize("name", SCHOOLS)
def test_a_stocktake_report_agrees_with_its_lists_and_with_the_summary(name: str) -> None:
    counts = {row[0]: row[1:] for row in table(name, "项目", "清点报告")}
    assert bool(counts) is (name != "期中")
    if not counts:
        return
    said = {item: number(cells[0]) for item, cells in counts.items()}
    assert said["应在架"] == said["找到"] + said["盘亏"]
    for item in ("盘亏", "盘盈", "错架", "破损"):
        assert len(listed(name, f"{item}图书清单")) == said[item]
    rate = number(counts["找到"][-1])
    assert abs(said["找到"] / said["应在架"] * 100 - rate) <= Decimal("0.005")
    if not said["盘亏"]:
        assert told(name, r"应在架(\d+)册全部找到，帐物相符率([\d.]+)%") == [said["应在架"], rate]
        return
    price = sum(number(row[4]) for row in listed(name, "盘亏图书清单"))
    assert number(counts["盘亏"][1]) == price
    summary = told(name, r"应在架(\d+)册，找到(\d+)册，盘亏(\d+)册，单价合计([\d.]+)元，帐物相符率([\d.]+)%")
    assert summary == [*(said[item] for item in ("应在架", "找到", "盘亏")), price, rate]


@pytest.mark.parametrize("name", SCHOOLS)
def test_a_self_assessment_agrees_with_inspect_with_quota_and_with_itself(name: str) -> None:
    library, quotas = school(name).library, school(name).quotas
    found = inspection_json(library, scored(name), draw(library, 20, 1), None)["score"]
    full, mark = told(name, r"满分([\d.]+)分，自评得([\d.]+)分", "自评报告") or (None, None)
    assert (full, mark) == (Decimal(found["full"]), Decimal(found["total"]))
    *groups, whole = [list(map(number, row[1:])) for row in table(name, "项目", "自评报告")]
    assert whole[:2] == [full, mark]
    assert [sum(column) for column in zip(*groups, strict=True)] == whole
    waiting = told(name, r"另有(\d+)条（([\d.]+)分）待评", "自评报告") or [Decimal(0), Decimal(0)]
    assert waiting == [Decimal(found["open"]), whole[2]]
    marks = table(name, "条目", "自评报告")
    assert [sum(number(row[at]) for row in marks) for at in (2, 3)] == [full, mark]
    lost = re.findall(r"扣([\d.]+)分", "".join(prose(name, "自评报告").partition("存在问题")[2].partition("自评表")[0]))
    assert sum(map(Decimal, lost)) + whole[2] == full - mark
    actual = {one["name"]: one["actual"] for one in quota_json(library, quotas)["holdings"]}
    by_quota = [one for one in found["items"] if actual.get(one["figure"]) is not None]
    assert by_quota
    assert all(Decimal(one["value"]) == Decimal(actual[one["figure"]]) for one in by_quota)
