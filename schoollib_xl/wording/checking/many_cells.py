"""What to do with many cells of a column at once: from where to where, and what."""

from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

from schoollib_xl.causes.correction import Change, Correction, Slip, written
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library, gathered, grouped
from schoollib_xl.ledgers.schema import SHEETS, Cell, key_of
from schoollib_xl.wording.places import address
from schoollib_xl.wording.zh import listed, say

OF_MANY_CELLS = frozenset(
    {
        *(Slip.ONE_LOWER, Slip.ONE_HIGHER, Slip.SAME_YEARS, Slip.SAME_FACTOR, Slip.DISCOUNTED),
        *(Slip.ALL_EXCHANGED, Slip.ALL_SHIFTED, Slip.SAME_PERIOD, Slip.SORTED_ALONE, Slip.FILLED),
        *(Slip.REPLACED, Slip.PREFIX, Slip.LOOK_ALIKE, Slip.OUT_OF_SERIES, Slip.PROMOTED, Slip.LAST_YEARS),
        *(Slip.HEADERS_EXCHANGED, Slip.COLUMNS_EXCHANGED),
        *(Slip.DAY_LEFT_OUT, Slip.BACK_AGAIN, Slip.ONE_DAY, Slip.LENT_ON_ONE_DAY, Slip.DUE_OF_OTHERS),
        *(Slip.ONE_COPY, Slip.CLASSES_EXCHANGED),
    }
)
# More codes, places or rows than this in one line nobody reads.
MOST_NAMED = 6
# Between the cells of these lie others that stay.
_AMONG_OTHERS = {
    Slip.ALL_EXCHANGED: "都把月和日对调",
    Slip.SAME_PERIOD: "都照借阅规则重算",
    Slip.CLASSES_EXCHANGED: "两个班都对调",
    Slip.DUE_OF_OTHERS: "都照借阅规则重算",
    Slip.FILLED: "都照借阅规则重算",
    Slip.SORTED_ALONE: "都照同一行别的栏重填",
    Slip.REPLACED: "都照原来的字改回",
    Slip.PROMOTED: "都降回一个年级",
    Slip.LAST_YEARS: "都升一个年级",
    Slip.OUT_OF_SERIES: "都接着上一行的号往下排",
    Slip.LOOK_ALIKE: "都把字母改回数字",
    Slip.PREFIX: "都照别的账的写法改",
}


def column_to_correct(library: Library, correction: Correction) -> str:
    """Which cells to move, or to reckon otherwise, all in the same way."""
    if correction.slip in (Slip.ONE_LOWER, Slip.ONE_HIGHER):
        return _to_move(library, correction)
    if correction.slip is Slip.HEADERS_EXCHANGED:
        return _headers(library, correction)
    if correction.slip in (Slip.DAY_LEFT_OUT, Slip.BACK_AGAIN):
        return _to_fill(library, correction)
    changes = _changes(correction)
    if not changes:
        cells = gathered((at.field, at) for at in correction.untold).values()
        return f"{'和'.join(_from_to(library, own) for own in cells)}里 {len(correction.untold)} 格照原来的那一份填"
    columns = gathered(((address(library, edit.at).sheet, edit.at.field), edit) for edit in changes)
    if correction.slip is Slip.COLUMNS_EXCHANGED:
        both = (_from_to(library, [edit.at for edit in edits]) for edits in columns.values())
        return f"{'和'.join(both)}写反了，每一行两格对调"
    untold = f"；另 {len(correction.untold)} 格照原来的那一份填" if correction.untold else ""
    return "；".join(_alike(library, correction.slip, edits) for edits in columns.values()) + untold


def _headers(library: Library, correction: Correction) -> str:
    """Which two headers to exchange: 借阅登记账“应还日期”和“归还日期”两栏的栏名写反了，对调栏名."""
    columns = dict.fromkeys((edit.at.row_type, edit.at.field) for edit in _changes(correction))
    sheet = address(library, _changes(correction)[0].at).sheet
    headers = "和".join(f"“{SHEETS[row_type].by_name[field].header}”" for row_type, field in columns)
    return f"{sheet}{headers}两栏的栏名写反了，对调栏名"


def rows_twice(library: Library, rows: list[Any]) -> str:
    """The rows of each sheet that are too many: 借阅登记账!A5 到 A9 这 5 行都登重了：借阅序号 J000004等 5 个."""
    return "；".join(_twice(library, own) for own in grouped(rows, type).values())


def _twice(library: Library, rows: list[Any]) -> str:
    declared = SHEETS[type(rows[0])]
    header, keys = declared.by_name[declared.key].header, list(map(key_of, rows))
    first, last = (address(library, Cell(type(row), row.line, declared.key)) for row in (rows[0], rows[-1]))
    if len(rows) == 1:
        return f"{first}“{header}”{say(keys[0])}这一行登重了"
    return f"{first} 到 {last.a1} 这 {len(keys)} 行都登重了：{header} {listed(keys, MOST_NAMED, '个')}"


def _to_move(library: Library, correction: Correction) -> str:
    """Which cells to move by a line, and what to write into the one at the end: F12 到 F19“个别登记号”往上移一行."""
    changes = _changes(correction)
    is_lower = correction.slip is Slip.ONE_LOWER
    cells = [*(edit.at for edit in changes), *correction.untold]
    columns = gathered((cell.field, cell) for cell in cells)
    said = f"{'、'.join(_from_to(library, own) for own in columns.values())}都往{'上' if is_lower else '下'}移一行"
    if correction.untold:
        return f"{said}，{'、'.join(address(library, cell).a1 for cell in correction.untold)} 照单据填"
    end = changes[-1 if is_lower else 0]
    return f"{said}，{address(library, end.at).a1} 填 {say(end.should)}"


def _to_fill(library: Library, correction: Correction) -> str:
    """The cells that were left blank and what to fill in, on all lines the same: J12、J15等 40 格“归还日期”都补填
    2026年5月7日，“归还情况”都补填 已还.
    """
    columns = gathered((edit.at.field, edit) for edit in _changes(correction))
    steps = [f"{_header(edits[0].at)}都补填 {say(edits[0].should)}" for edits in columns.values()]
    cells = [edit.at for edit in next(iter(columns.values()), ())] or correction.untold
    first, *others = (address(library, at) for at in cells)
    named = listed([str(first), *(one.a1 for one in others)], MOST_NAMED, "格")
    return f"{named}{'，'.join(steps) or f'{_header(cells[0])}漏填了，照还书的那一天补'}"


def _header(at: Cell) -> str:
    return f"“{SHEETS[at.row_type].by_name[at.field].header}”"


def _alike(library: Library, slip: Slip, edits: list[Change]) -> str:
    """So many cells of a column, what is to be done with each, and the first as an example."""
    is_, should = written(library, edits[0].at), edits[0].should
    own = "照借阅登记账重填" if slip is Slip.SORTED_ALONE and edits[0].at.row_type is not LoanRow else None
    step = (
        own or _AMONG_OTHERS.get(slip) or (_factor(library, edits) if isinstance(is_, Decimal) else _step(is_, should))
    )
    these = "里" if slip in _AMONG_OTHERS else "这"
    return (
        f"{_from_to(library, [edit.at for edit in edits])}{these} {len(edits)} 格{step}，"
        f"如 {address(library, edits[0].at).a1}：{say(is_)} → {say(should)}"
    )


def _step(is_: date, should: date) -> str:
    """What makes the one day of the other: years more or less, or a day."""
    if abs((should - is_).days) == 1:
        return f"都改{'晚' if should > is_ else '早'}一天"
    years = should.year - is_.year
    return f"年份都{'加' if years > 0 else '减'} {abs(years)}"


def _factor(library: Library, edits: list[Change]) -> str:
    """What to multiply by, or to divide by: ten or a hundred, or the discount that was paid."""
    is_, should = sum(written(library, edit.at) for edit in edits), sum(edit.should for edit in edits)
    is_tenfold = (should / is_) % 10 == 0
    return f"都乘以 {should / is_:g}" if is_tenfold else f"都除以 {round(is_ / should, 2).normalize():f}"


def _from_to(library: Library, cells: list[Cell]) -> str:
    """The first cell and the last: F12 到 F19“个别登记号”."""
    first, last = (address(library, at(cells, key=attrgetter("line"))) for at in (min, max))
    return f"{first} 到 {last.a1}{_header(cells[0])}"


def _changes(correction: Correction) -> list[Change]:
    return [edit for edit in correction.edits if isinstance(edit, Change)]
