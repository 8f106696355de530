"""No two figures of one summary contradict each other, and each is what `quota` and `check` say, as it is printed."""

import random
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache

import pytest
from school import clean, material, sample, text

from schoollib_xl.documents.composing.lending_tables import COLUMNS
from schoollib_xl.documents.composing.material import CheckedMaterial
from schoollib_xl.documents.composing.summary import term_summary
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.supporting.activities import ActivityRow
from schoollib_xl.ledgers.supporting.money import CashRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.wording.class_figures import LOANS, MEAN
from schoollib_xl.wording.quota_json import quota_json
from schoollib_xl.wording.report_json import check_json

# The share of these sheets' rows a random school keeps.
_THINNED = {LoanRow: 0.6, AccessionRow: 0.8, ActivityRow: 0.7, CashRow: 0.7, ReaderRow: 0.9}


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
def lines(name: str) -> tuple[str, ...]:
    return tuple(text(term_summary(school(name))))


def prose(name: str) -> str:
    return "".join(line.partition("| ")[2] for line in lines(name) if not line.startswith(("表|", "图")))


def told(name: str, pattern: str) -> list[Decimal] | None:
    """The figures a sentence gives; None where the paper does not say it."""
    found = re.search(pattern, prose(name))
    return None if found is None else [Decimal(group) for group in found.groups()]


def table(name: str, first: str) -> list[list[str]]:
    """The rows of the table whose heading row begins so."""
    rows: list[list[str]] = []
    for line in lines(name):
        cells = line.removeprefix("表| ").split(" ¦ ")
        if line.startswith(f"表| {first} ¦"):
            rows = []
            inside = True
        elif not line.startswith("表| "):
            inside = False
            if rows:
                break
        elif inside:
            rows.append(cells)
    return rows


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
    assert chart(name, "各班借阅与指标") == [Decimal(str(float(row[3]))) for row in classes]
    grades = table(name, "年级")
    assert [sum(number(row[at]) for row in grades) for at in (1, 2)] == [number(whole[1]), number(whole[2])]


def test_tables_charts_and_sources_call_every_figure_by_its_one_definition() -> None:
    composed, said = term_summary(school("期末")), "\n".join(lines("期末"))
    for first in ("班级", "年级"):
        heading = next(line for line in lines("期末") if line.startswith(f"表| {first} ¦ 学生人数"))
        assert heading == " ¦ ".join((f"表| {first}", *(column.header for column in COLUMNS)))
    assert f"图表“各班借阅与指标”| {MEAN.header} = " in said
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
    assert told(name, r"期初藏书(\d+)册，现有(\d+)册、([\d.]+)元") == [opening, left, number(whole[5])]
    assert told(name, r"入藏(\d+)册") == ([added] if added else None)
    assert told(name, r"注销(\d+)册") == ([gone] if gone else None)
    assert told(name, r"藏书(\d+)册，生均") == [left]
    money = table(name, "项目")
    total = money[-1]
    assert told(name, r"经费收入([\d.]+)元，支出([\d.]+)元") == [number(total[1]), number(total[2])]
    if len(money) > 1:
        assert [sum(number(row[at]) for row in money[:-1]) for at in (1, 2)] == [number(cell) for cell in total[1:3]]


@pytest.mark.parametrize("name", SCHOOLS)
def test_checks_agree_wherever_they_stand(name: str) -> None:
    checked = check_json("七本账.xlsx", school(name).library, school(name).report)
    ledgers = table(name, "账册")
    assert {row[0]: int(row[1]) for row in ledgers} == {row[0]: checked["rows"][row[0]] for row in ledgers}
    assert told(name, r"七本账(\d+)行核对(\d+)项") == [sum(number(row[1]) for row in ledgers), checked["checks_run"]]
    for severity, word in (("error", "错误"), ("warning", "存疑")):
        count = sum(one["severity"] == severity and not one["explained"] for one in checked["findings"])
        assert told(name, rf"有[^。]*?{word}(\d+)处[^。]*，列在核对结果里") == ([count] if count else None)


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
        label = f"{row[2]}{row[1]}" if row[2] != "全校" else row[1]
        said = told(name, rf"{label}([\d.]+)[册次种元人小时名期]+（目标([\d.]+)")
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
