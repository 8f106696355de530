"""What an inspection would find: marks, open items, the odds of a sample; the answers and their JSON."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from schoollib_xl.inspection.answers import SampleOutcome
from schoollib_xl.inspection.marking import Form, MarkedItem, Score
from schoollib_xl.inspection.sample import Sample
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell, cell, header_of
from schoollib_xl.ledgers.supporting.inspection import EvaluationRow
from schoollib_xl.ledgers.units import per_cent
from schoollib_xl.rules.target_names import TargetName
from schoollib_xl.wording.answer import Answer, Section, Table, Value, columns_of, number, section_of
from schoollib_xl.wording.places import Address, address
from schoollib_xl.wording.quotas.verdicts import plain
from schoollib_xl.wording.zh import NO_NUMBERS, in_brackets, listed, say

# A figure over thousands of rows is shown by its columns; of single cells no more are named than one walks through.
_MOST_CELLS = 20
# What targets ask of some grades a form asks of all: beside the summary's figure of the same name it says so.
_BY_GRADE, _OF_ALL = (TargetName.COPIES_PER_PUPIL, TargetName.VISITS_PER_PUPIL), "全校"
_OWN_MARK = header_of(EvaluationRow, "own_mark")
_ITEMS = columns_of(EvaluationRow, item=6, group=10, content=29, full=6) | {"得分": 7}
_ITEMS |= columns_of(EvaluationRow, figure=17) | {"现在": 9, "标准": 7, "怎么来的": 56}


def inspection_json(library: Library, score: Score, sample: Sample, found: SampleOutcome | None) -> dict[str, Any]:
    """The answer for other programs, as the contract has it; what a filled sheet says stands beside the sample."""
    answer: dict[str, Any] = {"score": _score_json(library, score), "sample": _sample_json(sample)}
    return answer if found is None else answer | {"answers": _outcome_json(found)}


def _score_json(library: Library, score: Score) -> dict[str, Any]:
    return {
        "total": plain(score.total),
        "full": plain(score.full),
        "open": len(score.open),
        "vetoed": [item.row.item for item in score.vetoed],
        "items": [_item_json(library, item) for item in score.items],
    }


def _item_json(library: Library, item: MarkedItem) -> dict[str, Any]:
    value = item.known.value if item.known else None
    return {
        "item": item.row.item,
        "full": plain(item.row.full),
        "mark": None if item.mark is None else plain(item.mark),
        "figure": item.row.figure,
        "value": None if value is None else plain(value),
        "standard": None if item.standard is None else plain(item.standard),
        "cells": [place.as_json() for place in _places(library, item.cells)],
    }


def _places(library: Library, cells: Sequence[Cell]) -> list[Address]:
    return [address(library, place) for place in cells if library[place.row_type].present]


def _sample_json(sample: Sample) -> dict[str, Any]:
    return {
        "population": sample.population,
        "copies": [copy.accession_no for copy in sample.copies],
        "chance": [{"faults": chance.faults, "seen": str(chance.seen)} for chance in sample.chances],
        "needed": [
            {"rate": str(one.rate), "confidence": str(one.confidence), "copies": one.copies} for one in sample.needed
        ],
    }


def _outcome_json(found: SampleOutcome) -> dict[str, Any]:
    return {
        "answered": found.answered,
        "missing": list(found.missing),
        "blank": list(found.blank),
        "unclear": list(found.unclear),
        "without_cards": list(found.without_cards),
        "taken": found.taken,
        "unknown": list(found.unknown),
        "withdrawn": list(found.withdrawn),
        "batches_amiss": list(found.batches_amiss),
        "most_missing": found.most_missing,
    }


def assessment_answer(
    library: Library, form: Form, score: Score, sample: Sample, found: SampleOutcome | None, notes: Sequence[str]
) -> Answer:
    """The answer: the marks, what stays open, what a sample would show, what was found."""
    sentences = (*score_sentences(form, score), *(outcome_sentences(found, sample) if found else ()), *notes)
    sections = [_items(library, score), *_open(score), _odds(library, sample)]
    return Answer("自评表", sentences, sections)


def score_sentences(form: Form, score: Score) -> Iterator[str]:
    """What the form comes to."""
    if form.note:
        yield f"用的是自带的“{form.name}”：{form.note}"
    yield f"满分 {plain(score.full)} 分，算出和填好的得 {plain(score.total)} 分。"
    if score.open:
        yield f"还有 {len(score.open)} 条（{plain(score.open_full)} 分）账里算不出，要自己评：{_named(score.open)}。"
    for item in score.vetoed:
        yield f"一票否决：{item.row.item} {item.row.content}，{_reason(item)}。"


def _named(items: Sequence[MarkedItem]) -> str:
    return listed([item.row.item for item in items], 12, "条")


def _reason(item: MarkedItem) -> str:
    known, standard = item.known, item.standard
    if known and known.value is not None and standard is not None:
        return f"{known.name}现在是 {plain(known.value)}{known.unit}，标准是 {plain(standard)}{known.unit}"
    return f"{_OWN_MARK}填的是 0 分"


def basis_of(item: MarkedItem) -> str:
    """Where a mark comes from, in a few words."""
    if item.is_by_hand:
        return _OWN_MARK
    if item.mark is not None and item.known and item.known.value is not None and item.standard is not None:
        unit, of_all = item.known.unit, _OF_ALL if item.known.name in _BY_GRADE else ""
        return f"{of_all}{item.known.name}{plain(item.known.value)}{unit}，标准{plain(item.standard)}{unit}"
    return ""


def _items(library: Library, score: Score) -> Section:
    rows = [_item_row(library, item) for item in score.items]
    total = ("合计", "", "", number(score.full), number(score.total), "", "", "", "")
    return section_of("自评表", _ITEMS, [*rows, total], totals=1)


def _item_row(library: Library, item: MarkedItem) -> tuple[Value, ...]:
    row, value = item.row, item.known.value if item.known else None
    shown = None if value is None else f"{plain(value)}{item.known.unit if item.known else ''}"
    standard = row.standard or (None if item.standard is None else plain(item.standard))
    cells = _cells(library, item)
    return row.item, row.group, row.content, number(row.full), number(item.mark), row.figure, shown, standard, cells


def _cells(library: Library, item: MarkedItem) -> str:
    if item.mark is None:
        return "自己评"
    return listed([str(place) for place in _places(library, item.cells)], _MOST_CELLS, "处")


def _open(score: Score) -> Iterator[Section]:
    if score.open:
        columns = columns_of(EvaluationRow, item=7, content=40, full=8, method=26, evidence=24)
        rows = [
            (item.row.item, item.row.content, number(item.row.full), item.row.method, item.row.evidence)
            for item in score.open
        ]
        yield section_of("要自己评的", columns, rows)


def _odds(library: Library, sample: Sample) -> Section:
    population, copies = sample.population, len(sample.copies)
    if not population and not library.known_copies:
        return Section("抽查的把握", (16, 16, 14), (f"{NO_NUMBERS}，说不上把握。",))
    if not population:
        return Section("抽查的把握", (16, 16, 14), ("照账上，架上一册书也没有，说不上把握。",))
    chance = [(odds.faults, per_cent(odds.seen)) for odds in sample.chances]
    needed = [(per_cent(one.rate), per_cent(one.confidence), one.copies) for one in sample.needed]
    sentences = (
        f"应在架 {population} 册，抽 {copies} 册：错得越多，越容易抽到。",
        "照随机抽样精确计算；错散在各处，机会就是这么大，都在一处的会多一点或少一点。",
    )
    tables = (
        Table("抽到至少一册错的机会", ("账上错几册", "抽到的机会"), chance),
        Table("要抽多少册", ("错的不少于", "抽到的把握", "要抽册数"), needed),
    )
    return Section("抽查的把握", (16, 16, 14), sentences, tables)


def outcome_sentences(found: SampleOutcome, sample: Sample) -> Iterator[str]:
    """What the filled sheet says, and what it allows one to say."""
    drawn_on = say(sample.drawn_on)
    yield f"{drawn_on}抽的填了 {found.answered} 册，没找到 {len(found.missing)} 册{in_brackets(found.missing)}。"
    if found.blank:
        yield f"还有 {len(found.blank)} 册没有填，只照填了的算{in_brackets(found.blank)}。"
    if found.unclear:
        yield f"有 {len(found.unclear)} 册填的看不懂，打√或×{in_brackets(found.unclear)}。"
    if found.without_cards:
        yield f"卡和章不齐的有 {len(found.without_cards)} 册{in_brackets(found.without_cards)}。"
    if found.unread:
        yield f"卡章、单据填的有 {len(found.unread)} 处看不懂，没有算，打√或×{in_brackets(found.unread)}。"
    if found.taken:
        yield f"从架上拿了 {found.taken} 册，账里查不到的 {len(found.unknown)} 册{in_brackets(found.unknown)}。"
    if found.withdrawn:
        yield f"已经注销还在架上的有 {len(found.withdrawn)} 册{in_brackets(found.withdrawn)}。"
    if found.batches_answered:
        amiss = found.batches_amiss
        yield f"对了 {found.batches_answered} 批单据，对不上的 {len(amiss)} 批{in_brackets(amiss)}。"
    if found.most_missing is not None:
        yield (
            f"照这次抽查，有 95% 的把握说：应在架的 {sample.population} 册里，找不到的不超过 {found.most_missing} 册。"
        )


def evidence_answer(library: Library, score: Score) -> Answer:
    """佐证材料目录: for each item what to lay out, and where in the workbook it stands."""
    tables, columns = [], {"条目": 7, "内容": 36, "佐证材料": 26, "账里在哪里": 26, "放在几号盒": 12}
    for group, items in groupby(score.items, lambda item: item.row.group or "其他"):
        rows = [(item.row.item, item.row.content, item.row.evidence, _where(library, item), "") for item in items]
        tables.append(Table(group, [*columns], rows))
    return Answer("佐证材料目录", (), [Section("佐证材料目录", [*columns.values()], (), tables)])


def _where(library: Library, item: MarkedItem) -> str:
    sheets = dict.fromkeys(place.sheet for place in _places(library, item.cells))
    if not sheets:
        return address(library, cell(item.row, "record")).sheet if item.row.record else ""
    return "、".join(sheets)
