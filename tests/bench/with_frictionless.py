"""What a Frictionless data package can say of the same books; prints how often each rule is broken, as JSON.

Ten of the check's rules fit into its schemas, foreign keys and row constraints. Sums over another sheet, loans that
overlap, due dates and books carried over from one period to the next do not.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

from frictionless import Checklist, Detector, Package, Resource, Schema, checks
from frictionless.formats import ExcelControl

LETTERS = list("ABCDEFGHIJKNOPQRSTUVXZ")
Constraints = dict[str, str]

# The columns of each sheet that a rule asks for: their types, what is unique, what names a line of another sheet.
TYPES = {
    "总括登记账": {"总括登记号": "string", "册数": "integer", **dict.fromkeys(LETTERS, "integer")},
    "个别登记账": {"个别登记号": "string", "总括登记号": "string"},
    "分类统计账": {
        f"{part}{unit}": "integer" if unit == "册数" else "number"
        for part in ("期初", "增加", "减少", "期末")
        for unit in ("册数", "金额")
    },
    "读者名册": {"读者证号": "string"},
    "借阅登记账": {
        "个别登记号": "string",
        "读者证号": "string",
        "归还情况": "string",
        "借出日期": "any",
        "归还日期": "any",
    },
}
UNIQUE = {("个别登记账", "个别登记号"): "ACC001"}
NAMES = {
    ("个别登记账", "总括登记号"): ("总括登记账", "ACC301"),
    ("借阅登记账", "个别登记号"): ("个别登记账", "CIR301"),
    ("借阅登记账", "读者证号"): ("读者名册", "CIR305"),
}
# A formula of frictionless sees the columns by their names, a blank as None.
HOLDS: dict[str, Constraints] = {
    "总括登记账": {"SUM201": f"{' + '.join(f'({letter} or 0)' for letter in LETTERS)} == 册数"},
    "分类统计账": {
        "CLS201": "期初册数 + 增加册数 - 减少册数 == 期末册数",
        "CLS202": "期初金额 + 增加金额 - 减少金额 == 期末金额",
    },
    "借阅登记账": {
        "CIR102": "not 归还日期 or 归还日期 >= 借出日期",
        "CIR107": "not 归还情况 or 归还日期",
        "CIR108": "not 归还日期 or 归还情况",
    },
}


def ascii_name(sheet: str) -> str:
    """What the sheet is called in the package, whose names are of small Latin letters."""
    return f"sheet-{list(TYPES).index(sheet)}"


def resource(path: Path, sheet: str) -> Resource:
    """A sheet with its schema; columns no rule asks for may hold anything."""
    place = {"path": path.name, "basepath": str(path.parent), "control": ExcelControl(sheet=sheet)}
    header = Resource(**place, detector=Detector(field_type="any"))
    header.infer()
    fields = [{"name": name, "type": TYPES[sheet].get(name, "any")} for name in header.schema.field_names]
    for field in fields:
        if (sheet, field["name"]) in UNIQUE:
            field["constraints"] = {"unique": True}
    keys = [
        {"fields": [name], "reference": {"resource": ascii_name(other), "fields": [name]}}
        for (own, name), (other, _) in NAMES.items()
        if own == sheet
    ]
    schema = Schema.from_descriptor({"fields": fields, "foreignKeys": keys})
    return Resource(name=ascii_name(sheet), **place, schema=schema)


def counts(path: Path) -> dict[str, int]:
    """How often each rule is broken."""
    package = Package(resources=[resource(path, sheet) for sheet in TYPES])
    found: dict[str, list[object]] = defaultdict(list)
    for sheet in TYPES:
        formulas = HOLDS.get(sheet, {})
        constraints = [checks.row_constraint(formula=formula) for formula in formulas.values()]
        report = package.get_resource(ascii_name(sheet)).validate(Checklist(checks=constraints), limit_errors=10**9)
        for kind, name, note, line in report.flatten(["type", "fieldName", "note", "rowNumber"]):
            code, broken = told(sheet, formulas, kind, name or "", note, line)
            found[code].append(broken)
    codes = [*UNIQUE.values(), *(code for _, code in NAMES.values()), *(code for one in HOLDS.values() for code in one)]
    several = {code for _, code in NAMES.values()}
    return {code: len(set(found[code])) if code in several else len(found[code]) for code in codes}


def told(sheet: str, formulas: Constraints, kind: str, name: str, note: str, line: int) -> tuple[str, object]:
    """The rule an error is about, and what the check counts of it: a line, or a number that is nowhere.

    Raises SystemExit for an error that none of the rules asked for.
    """
    if kind == "unique-error":
        return UNIQUE[sheet, name], line
    if kind == "row-constraint":
        return next(code for code, formula in formulas.items() if f'"{formula}"' in note), line
    if kind == "foreign-key":
        # for "个别登记号": values "902960" not found in the lookup table …
        _, field, _, value, *_ = note.split('"')
        return NAMES[sheet, field][1], value
    raise SystemExit(f"{sheet}: {kind}: {note}")


if __name__ == "__main__":
    print(json.dumps(counts(Path(sys.argv[1])), ensure_ascii=False))
