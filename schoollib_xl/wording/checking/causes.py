"""Causes in words: what to correct first, what speaks for it, what else it might be."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from schoollib_xl.causes.correction import (
    Addition,
    Cause,
    Causes,
    Change,
    Correction,
    Edit,
    Removal,
    Slip,
    SlipKind,
    written,
)
from schoollib_xl.checks.report import Report
from schoollib_xl.ledgers.library import Library, grouped
from schoollib_xl.ledgers.schema import SHEETS, Cell, Kind, key_of
from schoollib_xl.wording.answer import Medium, Point, Section, section_of
from schoollib_xl.wording.checking.cause_words import KINDS, SLIPS
from schoollib_xl.wording.checking.many_cells import MOST_NAMED, OF_MANY_CELLS, column_to_correct, rows_twice
from schoollib_xl.wording.places import Address, address
from schoollib_xl.wording.zh import listed, say

FIRST = "先改这几处"
_COLUMNS = {"序号": 5, "哪里": 20, "改什么": 40, "为什么": 40, "改了以后": 28, "也可能是": 34}
# A terminal shows so many other ways to settle the same; the file has them all.
_MOST_OTHERS = 2
# A day that was announced after books had been lent is in its place, and the due dates stay.
_TOO_MANY = {SlipKind.CALENDAR: "这一行多了或日期不对；是后来才定的，就写进“差异说明”"}


class CorrectedCell(NamedTuple):
    """One cell of a correction: where, what stands there, what should (None: nothing)."""

    at: Address
    header: str
    is_: Any
    should: Any


def places(library: Library, correction: Correction) -> list[CorrectedCell]:
    """The cells of a correction; a row too many or left out by the cell that names it; without any, those of
    which it is not known what they should say.
    """
    cells = [] if correction.edits else [Change(at, None) for at in correction.untold]
    return [_place(library, edit) for edit in (*correction.edits, *cells)]


def _place(library: Library, edit: Edit) -> CorrectedCell:
    if isinstance(edit, Change):
        field = SHEETS[edit.at.row_type].by_name[edit.at.field]
        return CorrectedCell(address(library, edit.at), field.header, written(library, edit.at), edit.should)
    row_type = type(edit.row)
    declared = SHEETS[row_type]
    header = declared.by_name[declared.key].header
    if isinstance(edit, Removal):
        return CorrectedCell(
            address(library, Cell(row_type, edit.row.line, declared.key)), header, key_of(edit.row), None
        )
    table = library[row_type]
    last = max((row.line for row in (*table.rows[-1:], *table.incomplete)), default=1)
    return CorrectedCell(address(library, Cell(row_type, last + 1, declared.key)), header, None, key_of(edit.row))


def what_to_do(library: Library, correction: Correction) -> str:
    """What to correct: 把“册数”的 177 改成 178."""
    if len(correction.edits) > 1 and all(isinstance(edit, Addition) for edit in correction.edits):
        return _rows_to_add(library, correction.edits)
    if len(correction.edits) > 1 and all(isinstance(edit, Removal) for edit in correction.edits):
        return rows_twice(library, [edit.row for edit in correction.edits if isinstance(edit, Removal)])
    if correction.slip in OF_MANY_CELLS:
        return column_to_correct(library, correction)
    alike = grouped(correction.edits, lambda edit: _written_alike(library, edit))
    said = [_edit(library, edits[0], correction.kind, len(edits)) for edits in alike.values()]
    return listed(said, MOST_NAMED, "格")


def _written_alike(library: Library, edit: Edit) -> object:
    """What cells of one column have in common where the same is to be written over the same."""
    if not isinstance(edit, Change):
        return edit
    return edit.at.row_type, edit.at.field, written(library, edit.at), edit.should


def _edit(library: Library, edit: Edit, kind: SlipKind, times: int = 1) -> str:
    place = _place(library, edit)
    if isinstance(edit, Change):
        is_number = SHEETS[edit.at.row_type].by_name[edit.at.field].kind is Kind.NUMBER
        said = [str(value) if is_number and value is not None else say(value) for value in (place.is_, place.should)]
        alike = f" 等 {times} 格" if times > 1 else ""
        return f"{place.at}{alike}“{place.header}”：{' → '.join(said)}"
    if isinstance(edit, Removal):
        is_ = say(getattr(edit.row, SHEETS[type(edit.row)].key))
        return f"{place.at}“{place.header}”{is_}{_TOO_MANY.get(kind, '这一行登重了')}"
    return f"{place.at.sheet}补登一行：{_row(edit)}"


def _rows_to_add(library: Library, edits: Sequence[Edit]) -> str:
    """How many rows of a sheet, and which: 个别登记账补登 20 行：个别登记号 005780、005781等 20 个."""
    [first, *_] = places(library, Correction(SlipKind.MISSING, (edits[0],), Slip.PLAIN, 0))
    keys = [key_of(edit.row) for edit in edits if isinstance(edit, Addition)]
    return f"{first.at.sheet}补登 {len(keys)} 行：{first.header} {listed(keys, MOST_NAMED, '个')}，照单据和书填写"


def _row(edit: Addition) -> str:
    """The fields of a row to be added that its books tell."""
    declared = SHEETS[type(edit.row)]
    values = [
        (field.header, getattr(edit.row, field.name)) for field in declared.fields if field.name not in edit.unknown
    ]
    return "，".join(f"{header} {say(value)}" for header, value in values if value is not None and value != 0)


def why(cause: Cause) -> str:
    """What speaks for a cause."""
    return f"{SLIPS[cause.correction.slip]}。"


def settles(report: Report, cause: Cause) -> str:
    """What is settled once it is corrected."""
    codes = Counter(report.findings[index].check.code for index in cause.explains)
    settled = f"{len(cause.explains)} 处都" if len(cause.explains) > 1 else "这 1 处就"
    return f"{settled}对上了：{listed(list(codes), MOST_NAMED, '项')}"


def cause_points(library: Library, report: Report, causes: Causes) -> list[Point]:
    """The causes in a point each: what to correct, what speaks for it, what it settles, what else it might be."""
    return [_point(library, report, cause) for cause in causes.found]


def _point(library: Library, report: Report, cause: Cause) -> Point:
    below = [f"{why(cause)}改了以后，{settles(report, cause)}。"]
    if cause.others:
        below.append(_instead(library, cause))
    return Point(f"{KINDS[cause.correction.kind]}：{what_to_do(library, cause.correction)}", below=below)


def _instead(library: Library, cause: Cause) -> str:
    """The other ways to settle the same."""
    return f"也可能是：{'；'.join(what_to_do(library, other) for other in cause.others[:_MOST_OTHERS])}"


def steps(library: Library, causes: Causes) -> list[str]:
    """Each cause in one short sentence, for a list of what to do; what it may be as well is not left out."""
    return [
        f"{KINDS[cause.correction.kind]}（{len(cause.explains)} 处因为它）：{what_to_do(library, cause.correction)}"
        f"{f'；{_instead(library, cause)}' if cause.others else ''}"
        for cause in causes.found
    ]


def further(library: Library, causes: Sequence[Cause]) -> list[str]:
    """Where the causes are that a list has no room for, or may be; nothing where there are none."""
    named = list(dict.fromkeys(_where(library, cause) for cause in causes))
    return [f"别的原因还有 {len(causes)} 处：{listed(named, MOST_NAMED, '格')}。"] if causes else []


def _where(library: Library, cause: Cause) -> str:
    """The first cell of a cause, and of each other way to settle the same: 借阅登记账!I5 或 借阅登记账!H5."""
    likely = (cause.correction, *cause.others[:_MOST_OTHERS])
    return " 或 ".join(dict.fromkeys(str(places(library, one)[0].at) for one in likely))


def causes_section(library: Library, report: Report, causes: Causes) -> Section:
    """The causes as a sheet or a part of a page."""
    rows = [
        (
            number,
            "、".join(str(place.at) for place in places(library, cause.correction)[:MOST_NAMED]),
            f"{KINDS[cause.correction.kind]}：{what_to_do(library, cause.correction)}",
            why(cause),
            settles(report, cause),
            "；".join(what_to_do(library, other) for other in cause.others) or None,
        )
        for number, cause in enumerate(causes.found, 1)
    ]
    said = ["改对了这几处，后面列的问题就少这么多；改之前先对照单据和书。"]
    return section_of(FIRST, _COLUMNS, rows, said, Medium.FILE)


def causes_json(library: Library, causes: Causes) -> list[dict[str, Any]]:
    """The causes by the names of contract 13."""
    return [{**_shape(library, cause.correction, cause), "others": _others(library, cause)} for cause in causes.found]


def _others(library: Library, cause: Cause) -> list[dict[str, Any]]:
    return [{**_shape(library, other, cause._replace(correction=other)), "others": []} for other in cause.others]


def _shape(library: Library, correction: Correction, cause: Cause) -> dict[str, Any]:
    return {
        "kind": correction.kind.value,
        "cells": [_cell(place) for place in places(library, correction)],
        "rows": [_row_of(library, edit) for edit in correction.edits if not isinstance(edit, Change)],
        "explains": list(cause.explains),
        "why": f"{KINDS[correction.kind]}：{what_to_do(library, correction)}。{why(cause)}",
    }


def _cell(place: CorrectedCell) -> dict[str, Any]:
    return {**place.at.as_json(), "is": _plain(place.is_), "should": _plain(place.should)}


def _row_of(library: Library, edit: Addition | Removal) -> dict[str, Any]:
    place = _place(library, edit)
    fields = SHEETS[type(edit.row)].fields
    unknown = edit.unknown if isinstance(edit, Addition) else ()
    values = {field.header: _plain(getattr(edit.row, field.name)) for field in fields if field.name not in unknown}
    return {
        "sheet": place.at.sheet,
        "row": library[type(edit.row)].place(edit.row.line)[1] if isinstance(edit, Removal) else None,
        "key": key_of(edit.row),
        "values": {header: value for header, value in values.items() if value is not None},
    }


def _plain(value: Any) -> Any:
    """A value as JSON holds it: money and days as text."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    return value if value is None or isinstance(value, int | str) else str(value)
