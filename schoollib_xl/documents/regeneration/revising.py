"""Bringing her edited paper up to date: new figures go into her text, everything she put there stays."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from docx.document import Document
from lxml import etree

from schoollib_xl.documents.filling.blanks import ChartData
from schoollib_xl.documents.filling.charts import charts_of, draw, graft, unfit
from schoollib_xl.documents.filling.comments import comment_at, comment_on
from schoollib_xl.documents.filling.expanding import vanish
from schoollib_xl.documents.filling.markup import W_P, W_TR, own_text, write_span
from schoollib_xl.documents.regeneration.blocks import (
    CHART,
    PARAGRAPH,
    TABLE,
    Block,
    BlockChange,
    BlockOutcome,
    blocks,
    item,
    row_item,
    table_block,
)
from schoollib_xl.documents.regeneration.carrying import Carrier, drop_our_comments, holds_hers
from schoollib_xl.documents.regeneration.cells import CellRow, row_of
from schoollib_xl.documents.regeneration.leftovers import Leftovers, leftover_said
from schoollib_xl.documents.regeneration.merging import Choice, MergeItem, MergeStep, left_out, merge
from schoollib_xl.documents.regeneration.weaving import FIGURE, Conflict, Private, weave

# Of a paragraph that is not there as a whole, a stretch of so many characters is still known again.
_PART_OF_SENTENCE = 8
_NO_LONGER = "数据更新后不再有这一{unit}。"
_SHOULD_BE = "更新后“{was}”应为“{wanted}”。"
_SHOULD_GO = "更新后不再有“{was}”。"
_CHART = "更新后图里的数应为：{figures}。"
_LEFT_OUT = "表里删去了“{rows}”，合计仍把它算在内。"
_TOTALS = ("合计", "总计")
_MERGED_CELLS = "更新后本行应为：{text}。"


class Revised(NamedTuple):
    """What was done, and the blocks, masked, that the next merge starts from."""

    changes: tuple[BlockChange, ...]
    settled: tuple[Block, ...]


def revise(
    hers: Document,
    fresh: Document,
    base: Sequence[Block],
    charts: Mapping[str, ChartData],
    on: date,
    private: Private,
) -> Revised:
    """Change her document in place.

    ``base`` is what was generated last, masked, ``charts`` the figures of the new version, ``on`` the date of
    comments.
    """
    return _Revision(hers, fresh, charts, on, private).run(base, drop_our_comments(hers))


class _Revision:
    def __init__(
        self, hers: Document, fresh: Document, charts: Mapping[str, ChartData], on: date, private: Private
    ) -> None:
        self.hers, self.charts, self.on, self.private = hers, charts, on, private
        self.her_blocks, self.her_elements = _split(blocks(hers))
        self.new_blocks, self.new_elements = _split(blocks(fresh))
        self.new_charts = {chart.alt: chart for chart in charts_of(fresh)}
        self.carrier = Carrier(fresh, hers)
        self.changes: list[BlockChange] = []
        self.told: dict[etree._Element, str] = {}

    def run(self, base: Sequence[Block], told: Sequence[str]) -> Revised:
        """Bring hers up to date; `told` is what our comments in it said."""
        versions = [
            [item(block.masked(self.private)) for block in version]
            for version in (base, self.her_blocks, self.new_blocks)
        ]
        merged = merge(*versions)
        settled: dict[int, Block] = {}
        anchor: etree._Element | None = None
        dropped = []
        for step in merged.steps:
            if step.hers is None:
                anchor = self._add(step.new or 0, anchor)
                continue
            anchor = self.her_elements[step.hers]
            old = None if step.base is None else base[step.base]
            agreed, is_dropped = self._change(step, old)
            if step.base is not None and agreed is not None:
                settled[step.base] = agreed
            if is_dropped:
                dropped.append(anchor)
        self._rescue(base, {step.base for step in merged.steps}, merged.to_new)
        for element in dropped:  # only now, as additions were put behind them
            vanish(element)
        Leftovers(base, self.new_blocks, self.private, told).mark(self.hers, self.told, self._tell_leftover)
        return Revised(tuple(self.changes), self._base_of_next(merged.to_new, settled))

    def _rescue(self, base: Sequence[Block], placed: set[int | None], to_new: Mapping[int, int]) -> None:
        """Bring new figures into what she split from a paragraph or joined to another one."""
        for at, target in to_new.items():
            block, new = base[at], self.new_blocks[target]
            if at in placed or block.kind != PARAGRAPH or new.masked(self.private).text == block.text:
                continue
            for element in [element for element in self.her_elements if element.tag == W_P]:
                woven = weave(block.text, own_text(element), new.text, self.private, _PART_OF_SENTENCE)
                for edit in reversed([one for one in woven.edits if one.start < one.end]):
                    write_span(element, *edit, in_parts=FIGURE.fullmatch(edit.text) is not None)

    def _base_of_next(self, to_new: Mapping[int, int], settled: Mapping[int, Block]) -> tuple[Block, ...]:
        """What is generated now, with what is not settled as it was, and what stays although it is not generated."""
        origin = {new: old for old, new in to_new.items()}
        new = [block.masked(self.private) for block in self.new_blocks]
        found = [settled.get(origin.get(at, -1), block) for at, block in enumerate(new)]
        stays = [block for old, block in settled.items() if old not in to_new]
        return (*found, *stays)

    def _change(self, step: MergeStep, base: Block | None) -> tuple[Block | None, bool]:
        """Do what a step says; what hers now agrees with, and whether the element is to go."""
        at = step.hers or 0
        block, element = self.her_blocks[at], self.her_elements[at]
        if base is None:
            self._tell(BlockOutcome.KEPT, block)
            return None, False
        if step.choice in (Choice.DROP, Choice.GONE):
            return self._drop(step.choice, block, element, base)
        if step.new is None or base.text == self.new_blocks[step.new].masked(self.private).text:
            if block.kind == TABLE and step.new is not None:
                self._tell_left_out(element, base, block, self.new_blocks[step.new])
            if block.masked(self.private).text != base.text:
                self._tell(BlockOutcome.KEPT, block)
            return base, False
        return self._renew(step, block, element, base), False

    def _drop(self, choice: Choice, block: Block, element: etree._Element, base: Block) -> tuple[Block | None, bool]:
        if choice is Choice.DROP and (block.kind == CHART or not holds_hers(element)):
            self._tell(BlockOutcome.DROPPED, block)
            return None, True
        self._clash(element, "段" if block.kind == PARAGRAPH else "处", _spoken(block))
        return base, False

    def _renew(self, step: MergeStep, block: Block, element: etree._Element, base: Block) -> Block:
        new = self.new_blocks[step.new or 0]
        if block.kind == CHART:
            return self._redraw(block, element, base, new)
        if block.kind == TABLE:
            self._tell(BlockOutcome.REDONE, block)
            self._tell_left_out(element, base, block, new)
            return self._renew_rows(element, self.new_elements[step.new or 0], (base, block, new))
        settled, clashed = self._weave(element, base.text, new.text)
        if not clashed:
            self.changes.append(BlockChange(BlockOutcome.TAKEN, own_text(element)))
        return Block(PARAGRAPH, "", settled)

    def _redraw(self, block: Block, element: etree._Element, base: Block, new: Block) -> Block:
        chart = next(one for one in charts_of(self.hers) if one.alt == block.name)
        data = self.charts[block.name]
        if block.text != base.text or unfit(chart, data):
            comment_on(self.hers, element, _CHART.format(figures=_figures(data)), self.on)
            self.changes.append(BlockChange(BlockOutcome.CLASHED, _spoken(block), _figures(data)))
            return base
        draw(self.hers, {block.name: data})
        self._tell(BlockOutcome.REDONE, block)
        return new

    def _renew_rows(
        self, table: etree._Element, new_table: etree._Element, versions: tuple[Block, Block, Block]
    ) -> Block:
        """Bring a table up to date cell by cell; rows and columns she added stay where they are."""
        base, hers, new = versions
        rows, new_rows = list(table.iter(W_TR)), list(new_table.iter(W_TR))
        merged = merge(*(_row_items(version.masked(self.private)) for version in versions))
        settled: dict[int, tuple[str, ...]] = {}
        anchor, dropped = rows[0], []
        for step in merged.steps:
            if step.hers is None:
                copy = self.carrier.copy(new_rows[step.new or 0])
                anchor.addnext(copy)
                anchor = copy
                continue
            anchor = rows[step.hers]
            if step.base is None:
                continue
            old = base.rows[step.base]
            if step.choice is Choice.DROP and not holds_hers(anchor):
                dropped.append(anchor)
            elif step.choice in (Choice.DROP, Choice.GONE):
                self._clash(anchor, "行", " ¦ ".join(hers.rows[step.hers]))
                settled[step.base] = old
            elif step.new is not None:
                heads = (base.rows[0], hers.rows[0])
                row = row_of(anchor, old, new.rows[step.new], heads, new_rows[step.new])
                settled[step.base] = self._renew_cells(row)
        for element in dropped:
            vanish(element)
        origin = {at: old for old, at in merged.to_new.items()}
        found = [
            settled.get(origin.get(at, -1), tuple(self.private.masked(cell) for cell in row))
            for at, row in enumerate(new.rows)
        ]
        stays = [row for old, row in settled.items() if old not in merged.to_new]
        return table_block(base.name, (*found, *stays))

    def _tell_left_out(self, table: etree._Element, base: Block, hers: Block, new: Block) -> None:
        """Say at the sum of a table which of the rows it sums up she took out."""
        total = next((at for at, row in enumerate(hers.rows) if row[0] in _TOTALS), None)
        masked = [_row_items(version.masked(self.private)) for version in (base, hers, new)]
        if total is not None and (gone := left_out(*masked)):
            names = "、".join(new.rows[at][0] for at in gone)
            row = list(table.iter(W_TR))[total]
            comment_on(self.hers, next(row.iter(W_P)), _LEFT_OUT.format(rows=names), self.on)
            self.changes.append(BlockChange(BlockOutcome.CLASHED, names, ""))

    def _renew_cells(self, row: CellRow) -> tuple[str, ...]:
        settled = list(row.base)
        for column, lines in row.changed():
            if lines is None:
                wanted = " ¦ ".join(row.new)
                comment_on(self.hers, next(row.element.iter(W_P)), _MERGED_CELLS.format(text=wanted), self.on)
                self.changes.append(BlockChange(BlockOutcome.CLASHED, " ¦ ".join(row.base), wanted))
                return tuple(settled)
            woven = [self._weave(paragraph, old, new)[0] for paragraph, old, new in lines]
            settled[column] = "⏎".join(woven)
        for column in row.rewritten():
            self.carrier.rewrite_cell(row.her_cell(column), row.new_cell(column))
            settled[column] = self.private.masked(row.new[column])
        return tuple(settled)

    def _weave(self, paragraph: etree._Element, base: str, new: str) -> tuple[str, bool]:
        """Write what changed into her paragraph; what she changed as well is told where it stands."""
        woven = weave(base, own_text(paragraph), new, self.private)
        for conflict in woven.conflicts:
            self._tell_conflict(paragraph, conflict)
        for edit in reversed(woven.edits):
            write_span(paragraph, *edit, in_parts=FIGURE.fullmatch(edit.text) is not None)
        return woven.settled, bool(woven.conflicts)

    def _tell_conflict(self, paragraph: etree._Element, conflict: Conflict) -> None:
        said = own_text(paragraph)[conflict.start : conflict.end]
        words = _SHOULD_BE if conflict.wanted else _SHOULD_GO
        comment = words.format(was=said, wanted=conflict.wanted)
        comment_at(self.hers, paragraph, conflict.start, conflict.end, comment, self.on)
        self.told[paragraph] = f"{self.told.get(paragraph, '')} {conflict.was} {said}"
        self.changes.append(BlockChange(BlockOutcome.CLASHED, said, conflict.wanted))

    def _tell_leftover(self, paragraph: etree._Element, place: Conflict, part: str) -> None:
        comment = leftover_said(place, part)
        if part:
            comment_on(self.hers, next(self.hers.element.body.iter(W_P)), comment, self.on)
        else:
            comment_at(self.hers, paragraph, place.start, place.end, comment, self.on)
        self.changes.append(BlockChange(BlockOutcome.CLASHED, place.was, place.wanted))

    def _add(self, at: int, anchor: etree._Element | None) -> etree._Element:
        new, copy = self.new_blocks[at], self.carrier.copy(self.new_elements[at])
        if new.kind == CHART:
            graft(self.hers, self.new_charts[new.name], copy)
        if anchor is None:
            self.hers.element.body.insert(0, copy)
        else:
            anchor.addnext(copy)
        self._tell(BlockOutcome.ADDED, new)
        return copy

    def _clash(self, element: etree._Element, unit: str, text: str) -> None:
        comment_on(self.hers, next(element.iter(W_P)), _NO_LONGER.format(unit=unit), self.on)
        self.told |= {paragraph: own_text(paragraph) for paragraph in element.iter(W_P)}
        self.changes.append(BlockChange(BlockOutcome.CLASHED, text, ""))

    def _tell(self, outcome: BlockOutcome, block: Block) -> None:
        self.changes.append(BlockChange(outcome, _spoken(block)))


def _row_items(table: Block) -> list[MergeItem]:
    return [row_item(row) for row in table.rows]


def _split(placed: Sequence[tuple[Block, etree._Element]]) -> tuple[list[Block], list[etree._Element]]:
    return [block for block, _ in placed], [element for _, element in placed]


def _figures(data: ChartData) -> str:
    return "；".join(
        f"{series.name} {'、'.join('—' if value is None else f'{value:g}' for value in series.values)}"
        for series in data.series
    )


def _spoken(block: Block) -> str:
    return block.text if block.kind == PARAGRAPH else f"{block.kind}“{block.name}”"
