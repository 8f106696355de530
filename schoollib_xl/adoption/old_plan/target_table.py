"""The table of targets in a plan, as `plan` writes it and as schools draw it: a target a row."""

import re
from collections.abc import Mapping, Sequence

from schoollib_xl.adoption.old_plan.contents import PlannedTarget
from schoollib_xl.ledgers.numerals import decimal_in
from schoollib_xl.rules.plan_figures import PromisedFigure, grades_named
from schoollib_xl.rules.target_names import TARGET_NAMES

_HEADERS = {
    "name": ("指标", "任务指标", "指标名称"),
    "value": ("目标", "目标值", "指标值"),
    "grades": ("适用年级", "年级"),
    "unit": ("单位",),
    "basis": ("依据",),
    "person": ("责任人", "负责人"),
}
_NOTE = re.compile(r"[（(][^（）()]*[）)]$")
_GOAL = re.compile(r"(?:不少于|不低于|不超过|不高于|至少|达到|[≥≤])?\s*(\d+(?:\.\d+)?)\s*([^\d\s]*?)(?:以上|左右)?")


def target_columns(cells: Sequence[str]) -> Mapping[str, int] | None:
    """Which column is which under a header of targets; None of any other row."""
    found = {
        name: at for at, cell in enumerate(cells) for name, words in _HEADERS.items() if "".join(cell.split()) in words
    }
    return found if {"name", "value"} <= found.keys() else None


def target_of(cells: Sequence[str], columns: Mapping[str, int]) -> PlannedTarget | None:
    """The target of a row; None where its name is no indicator, or its goal no figure."""
    said = {name: cells[at].strip() if at < len(cells) else "" for name, at in columns.items()}
    name, goal = _NOTE.sub("", "".join(said["name"].split())), _GOAL.fullmatch(said["value"])
    value = decimal_in(goal[1]) if goal else None
    if goal is None or value is None or name not in TARGET_NAMES:
        return None
    figure = PromisedFigure(name, grades_named(said.get("grades", "")), value, goal[2] or said.get("unit", ""))
    return PlannedTarget(figure, said.get("basis", ""), said.get("person", ""))
