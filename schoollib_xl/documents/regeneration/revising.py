"""Bringing her edited paper up to date: our new words where she changed nothing, hers where she did."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import NamedTuple

from docx.document import Document
from lxml import etree

from schoollib_xl.documents.filling.blanks import ChartData
from schoollib_xl.documents.filling.charts import charts_of, draw, graft
from schoollib_xl.documents.filling.comments import comment_on
from schoollib_xl.documents.filling.expanding import vanish
from schoollib_xl.documents.filling.markup import W_P, W_TC, W_TR
from schoollib_xl.documents.regeneration.blocks import CHART, PARAGRAPH, TABLE, Block, blocks, item, row_item
from schoollib_xl.documents.regeneration.carrying import Carrier
from schoollib_xl.documents.regeneration.merging import Choice, Step, merge

_NO_LONGER = "数据更新后不再有这一{unit}。"
_SHOULD_BE = "数据更新后本{unit}应为：{text}"
_HERS_STAYS = (Choice.CLASH, Choice.GONE)


class Outcome(Enum):
    """What became of one paragraph, table, row or chart of her paper."""

    TAKEN = "更新"
    KEPT = "保留"
    CLASHED = "两边都改"
    ADDED = "新增"
    DROPPED = "删去"
    REDONE = "重做"


class Change(NamedTuple):
    """One thing done to her paper: what it is called or says, and for a clash what it should now say."""

    outcome: Outcome
    text: str
    wanted: str = ""


def revise(
    hers: Document, fresh: Document, base: Sequence[Block], charts: Mapping[str, ChartData], on: date
) -> list[Change]:
    """Change her document in place and return what was done.

    ``base`` is what was generated last, ``charts`` the figures of the new version, ``on`` the date of comments.
    """
    return _Revision(hers, fresh, charts, on).run(base)


class _Revision:
    def __init__(self, hers: Document, fresh: Document, charts: Mapping[str, ChartData], on: date) -> None:
        self.hers, self.charts, self.on = hers, charts, on
        self.her_blocks, self.her_elements = _split(blocks(hers))
        self.new_blocks, self.new_elements = _split(blocks(fresh))
        self.new_charts = {chart.alt: chart for chart in charts_of(fresh)}
        self.carrier = Carrier(fresh, hers)

    def run(self, base: Sequence[Block]) -> list[Change]:
        versions = [[item(block) for block in version] for version in (base, self.her_blocks, self.new_blocks)]
        generated = {(block.kind, block.name): block for block in base}
        texts, changes = {block.text for block in base}, []
        anchor: etree._Element | None = None
        dropped = []
        for step in merge(*versions):
            if step.hers is None:
                anchor, change = self._add(step.new or 0, anchor)
                changes.append(change)
                continue
            block, anchor = self.her_blocks[step.hers], self.her_elements[step.hers]
            changes += self._change(step, generated.get((block.kind, block.name), block), texts)
            if step.choice is Choice.DROP:
                dropped.append(anchor)
        for element in dropped:  # only now, as additions were put behind them
            vanish(element)
        return changes

    def _change(self, step: Step, base: Block, texts: set[str]) -> Iterator[Change]:
        at = step.hers or 0
        block = self.her_blocks[at]
        if step.choice is Choice.DROP:
            yield Change(Outcome.DROPPED, _spoken(block))
        elif step.choice is Choice.KEEP and block.text not in texts:
            yield Change(Outcome.KEPT, _spoken(block))
        elif step.choice is Choice.GONE:
            yield self._clash(self.her_elements[at], "段" if block.kind == PARAGRAPH else "处", _spoken(block), "")
        elif step.choice in (Choice.TAKE, Choice.CLASH) and step.new is not None:
            yield from self._renew(step.choice, at, step.new, base)

    def _renew(self, choice: Choice, at: int, new: int, base: Block) -> Iterator[Change]:
        block, text = self.her_blocks[at], self.new_blocks[new].text
        if block.kind == CHART:
            draw(self.hers, {block.name: self.charts[block.name]})
            yield Change(Outcome.REDONE, _spoken(block))
        elif block.kind == TABLE:
            yield Change(Outcome.REDONE, _spoken(block))
            yield from self._renew_rows(at, new, base)
        elif choice is Choice.TAKE:
            self.carrier.rewrite(self.her_elements[at], self.new_elements[new])
            yield Change(Outcome.TAKEN, text)
        else:
            yield self._clash(self.her_elements[at], "段", block.text, text)

    def _renew_rows(self, at: int, new: int, base: Block) -> Iterator[Change]:
        """Bring a table up to date row by row; rows she added stay where they are."""
        rows, new_rows = (list(table.iter(W_TR)) for table in (self.her_elements[at], self.new_elements[new]))
        tables = (base, self.her_blocks[at], self.new_blocks[new])
        versions = [[row_item(row) for row in table.rows] for table in tables]
        anchor, dropped = rows[0], []
        for step in merge(*versions):
            wanted = "" if step.new is None else versions[2][step.new].text
            if step.hers is None:
                copy = self.carrier.copy(new_rows[step.new or 0])
                anchor.addnext(copy)
                anchor = copy
                continue
            anchor = rows[step.hers]
            if step.choice in _HERS_STAYS:
                yield self._clash(anchor, "行", versions[1][step.hers].text, wanted)
            elif step.choice is Choice.TAKE and step.new is not None:
                self._rewrite_row(anchor, new_rows[step.new])
            elif step.choice is Choice.DROP:
                dropped.append(anchor)
        for row in dropped:
            vanish(row)

    def _rewrite_row(self, row: etree._Element, new: etree._Element) -> None:
        for cell, wanted in zip(row.iter(W_TC), new.iter(W_TC), strict=False):
            self.carrier.rewrite_cell(cell, wanted)

    def _add(self, at: int, anchor: etree._Element | None) -> tuple[etree._Element, Change]:
        new, copy = self.new_blocks[at], self.carrier.copy(self.new_elements[at])
        if new.kind == CHART:
            graft(self.hers, self.new_charts[new.name], copy)
        if anchor is None:
            self.hers.element.body.insert(0, copy)
        else:
            anchor.addnext(copy)
        return copy, Change(Outcome.ADDED, _spoken(new))

    def _clash(self, element: etree._Element, unit: str, text: str, wanted: str) -> Change:
        comment = _SHOULD_BE.format(unit=unit, text=wanted) if wanted else _NO_LONGER.format(unit=unit)
        comment_on(self.hers, next(element.iter(W_P)), comment, self.on)
        return Change(Outcome.CLASHED, text, wanted)


def _split(placed: Sequence[tuple[Block, etree._Element]]) -> tuple[list[Block], list[etree._Element]]:
    return [block for block, _ in placed], [element for _, element in placed]


def _spoken(block: Block) -> str:
    return block.text if block.kind == PARAGRAPH else f"{block.kind}“{block.name}”"
