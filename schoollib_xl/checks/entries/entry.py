"""填写 (FMT): sheets and cells that cannot be read as what they are, and a book that others lean on without a line."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from operator import attrgetter
from typing import Any

from schoollib_xl.checks.check import MOST_SHOWN, Alike, Found, Nearest, Severity, check, found
from schoollib_xl.checks.entries.blank_sources import source_of
from schoollib_xl.checks.entries.entry_words import FLAWS, EntryWords
from schoollib_xl.checks.entries.sheet_words import ODDITIES
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library, gathered, grouped
from schoollib_xl.ledgers.registry import ALL_SHEETS
from schoollib_xl.ledgers.schema import SHEETS, Cell, DeclaredSheet, Field, Group, Kind
from schoollib_xl.ledgers.school import SETTINGS
from schoollib_xl.ledgers.supporting.office import SettingRow
from schoollib_xl.ledgers.table import Flaw, FlawedCell, IncompleteRow, Oddity, OddPlace
from schoollib_xl.ledgers.units import plain_number
from schoollib_xl.ledgers.vocabulary import Source, SourceOrDestination
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.beginnings import not_begun
from schoollib_xl.rules.known_values import known_values

# More cells than this of one column, understood all the same, are a column stored wrongly: one finding.
_MENDED_SINGLY = 5
# More cells than this of one column that cannot be read alike have one cause: formulas that were dragged down or lost
# the sheet they read, a column of days written as nobody reads them.
_UNREAD_SINGLY = 20
# A word used so often is the school's own word for something, and lines alike are how it lays out the sheet: one
# finding, and how often.
_SLIPS_OF_THE_PEN = 2
_OF_LINES = frozenset(
    {Oddity.BLANK_ROW, Oddity.SUBTOTAL_ROW, Oddity.WRONG_TOTAL, Oddity.REPEATED_HEADER, Oddity.CLOSING_LINE}
)
# A school that keeps a sheet for each month or class has one reason for all of them.
_OF_SHEETS = frozenset({Oddity.UNREAD_LEDGER, Oddity.UNREAD_RECORDS, Oddity.HEADERLESS_PART})
_NO_ENTRY, _FIGURES = Oddity.CLOSING_LINE, re.compile(r"\d+(?:\.\d+)?")
# More blanks than this in one column are a job for an afternoon, not a slip: one finding.
_FILLED_SINGLY = 5
# What becomes of a row whose blank is a finding although it stands (contract 10).
_HELD = {
    (AccessionRow, "class_no"): "，馆藏里先算作“未分类”",
    (AccessionRow, "price"): "，馆藏里先算作“未定价”，不计金额",
    (WithdrawalRow, "price"): "，注销照样算，不计金额",
    (AccessionRow, "title"): "，书照样算在馆藏里",
    (AccessionRow, "batch_no"): "，书照样算在馆藏里",
    (AccessionRow, "accessioned_on"): "，书照样算在馆藏里",
}
_SAYS_SOMETHING = frozenset({Flaw.NOT_IN_LIST, Flaw.NOT_A_DATE, Flaw.NOT_A_NUMBER, Flaw.NOT_A_TIME, Flaw.NOT_WHOLE})
# A title is hardly ever longer, and a finding stays one line.
_MOST_QUOTED = 60
_RANGES = {Kind.DATE: "1900 年到 2100 年", Kind.IDENTIFIER: "登记号最多 15 位，别的编号最多 100 个字"}


def _odd_places(oddity: Oddity, library: Library) -> Iterator[Found]:
    for declared in ALL_SHEETS:
        table = library[declared.row_type]
        places = [one for one in table.oddities if one.oddity is oddity]
        for odd, *alike in _laid_out(places) if places else ():
            row = table.place(odd.line)[1] if table.present else 0
            sheets = [one.name for one in (odd, *alike)] if oddity in _OF_SHEETS else [odd.name or declared.name]
            name = "”、“".join(sheets)
            field = next((field.name for field in declared.fields if field.header == odd.name), "")
            yield found(
                *(Cell(declared.row_type, one.line, field) for one in (odd, *alike[:MOST_SHOWN])),
                severity=_severity_of(oddity, declared),
                name=name,
                row=row,
                ledger=declared.name,
                lacks=odd.lacks,
                alike=Alike(len(alike), are_lines=True),
            )


def _laid_out(places: Sequence[OddPlace]) -> Iterator[list[OddPlace]]:
    """Each place; but lines that are alike, as a total and a header on every page are, together, and so sheets. A line
    that is no entry is like another but for its figures: what a formula dragged too far comes to.
    """
    if places[0].oddity in _OF_SHEETS and len(places) > _SLIPS_OF_THE_PEN:
        yield list(places)
        return
    by_name = grouped(places, lambda odd: _FIGURES.sub("0", odd.name) if odd.oddity is _NO_ENTRY else odd.name)
    for alike in by_name.values():
        if alike[0].oddity in _OF_LINES and len(alike) > _SLIPS_OF_THE_PEN:
            yield alike
        else:
            yield from ([odd] for odd in alike)


def _severity_of(oddity: Oddity, sheet: DeclaredSheet) -> Severity | None:
    """Without its header what may be left out altogether is a doubt, as it is with one."""
    return Severity.WARNING if oddity is Oddity.HEADERLESS_PART and sheet.group is Group.OPTIONAL else None


def _flawed_cells(flaw: Flaw, library: Library) -> Iterator[Found]:
    by_kind = library.derive(_flaws_by_kind)
    for declared in ALL_SHEETS:
        flawed = by_kind.get((declared.row_type, flaw))
        if not flawed:
            continue
        unpriced = _without_any_price(library, declared.row_type) if flaw is Flaw.BLANK else frozenset()
        kinds = (False, True) if unpriced else (False,)
        groups = [
            group
            for has_none in kinds
            for group in _together([cell for cell in flawed if _is_of(unpriced, cell) is has_none], flaw)
        ]
        known = _known(library, declared, groups) if flaw is Flaw.BLANK else {}
        for cell, *alike in groups:
            field = _declared(library, declared, cell)
            at, *others = (Cell(declared.row_type, one.line, one.field) for one in (cell, *alike[:MOST_SHOWN]))
            facts = _facts(cell, field) | {"held": _HELD.get((declared.row_type, cell.field), "")}
            if flaw is Flaw.BLANK:
                facts["source"] = source_of(declared, cell.field)
                facts["remark"] = "在备注里写明，并" if "remarks" in declared.by_name else ""
            of_line = any(one.line == cell.line for one in alike)
            facts["whose"] = "" if alike and not of_line else _whose(library, declared, cell)
            facts |= {"near": Nearest(known[at])} if at in known else {}
            yield found(
                at,
                *others,
                severity=_severity(flaw, field, has_no_price=_is_of(unpriced, cell)),
                alike=Alike(len(alike), of_line=of_line),
                **facts,
            )


def _flaws_by_kind(library: Library) -> Mapping[tuple[type[Any], Flaw], list[FlawedCell]]:
    """The flawed cells by sheet and what is wrong with them: no kind need look through those of all."""
    sheets = (declared.row_type for declared in ALL_SHEETS)
    return gathered(((row_type, cell.flaw), cell) for row_type in sheets for cell in library[row_type].flaws)


def _known(library: Library, sheet: DeclaredSheet, groups: list[list[FlawedCell]]) -> dict[Cell, Any]:
    """What the blanks that are told one by one would hold by what the books say already."""
    return known_values(library, [Cell(sheet.row_type, one.line, one.field) for one, *alike in groups if not alike])


def _whose(library: Library, sheet: DeclaredSheet, cell: FlawedCell) -> str:
    """The number that tells the line from every other, or its copy, for the head of a sentence; '' where the cell is
    that number's own, or there is none.
    """
    key = sheet.by_name[sheet.key]
    row = library[sheet.row_type].row_at(cell.line)
    tells = key.kind is Kind.IDENTIFIER and (sheet.key_is_unique or key.is_accession_no)
    if row is None or cell.field == key.name or not tells:
        return ""
    number = row.values.get(key.name) if isinstance(row, IncompleteRow) else getattr(row, key.name)
    return f"{number} 的" if number else ""


def _declared(library: Library, sheet: DeclaredSheet, cell: FlawedCell) -> Field:
    """What the cell holds: in 基本信息 what its line is about, elsewhere what its column holds."""
    row = library[SettingRow].row_at(cell.line) if sheet.row_type is SettingRow and cell.field == "value" else None
    setting = SETTINGS.get(row.item) if isinstance(row, SettingRow) else None
    return setting or sheet.by_name[cell.field]


def _together(flawed: Sequence[FlawedCell], flaw: Flaw) -> Iterator[list[FlawedCell]]:
    """Each cell; but those of a column that are mended in one go, or that say the same word, together, by line, and of
    the rest those of a line that was pasted as text. Formulas that fail are looked at one by one, as long as they are
    few: each lacks something else.
    """
    columns = _by_word(flawed) if flaw in _SAYS_SOMETHING else grouped(flawed, attrgetter("field")).values()
    singly = _singly(flaw)
    left: list[FlawedCell] = []
    for cells in columns:
        if singly is not None and len(cells) > singly:
            yield sorted(cells, key=attrgetter("line"))
        else:
            left += cells
    for cells in grouped(left, attrgetter("line")).values():
        yield from [cells] if flaw.understood and len(cells) > _SLIPS_OF_THE_PEN else ([cell] for cell in cells)


def _by_word(flawed: Sequence[FlawedCell]) -> Iterator[list[FlawedCell]]:
    """The cells of a column that say the same word; of many that differ in their figures only, all of them."""
    words = grouped(flawed, attrgetter("field", "text")).values()
    for alike in grouped(words, lambda cells: (cells[0].field, _FIGURES.sub("0", cells[0].text))).values():
        of_one_form = [cell for cells in alike for cell in cells]
        yield from [of_one_form] if len(of_one_form) > _UNREAD_SINGLY else alike


def _singly(flaw: Flaw) -> int | None:
    """How many cells are still told one by one; None where all are."""
    if flaw is Flaw.MERGED:
        return 0
    if flaw is Flaw.BLANK:
        return _FILLED_SINGLY
    if flaw in _SAYS_SOMETHING:
        return _SLIPS_OF_THE_PEN
    if flaw in (Flaw.ERROR_VALUE, Flaw.DIGITS_LOST, Flaw.OUT_OF_RANGE):
        return _UNREAD_SINGLY
    if flaw is Flaw.UNCALCULATED:
        return _MENDED_SINGLY
    return _MENDED_SINGLY if flaw.understood else None


def _severity(flaw: Flaw, field: Field, *, has_no_price: bool) -> Severity | None:
    """A formula nobody has calculated yet contradicts nothing where the cell may as well be blank; nor does a price
    that nobody paid.
    """
    return Severity.HINT if has_no_price or (flaw is Flaw.UNCALCULATED and field.nullable) else None


def _unpriced_gifts(library: Library) -> frozenset[int]:
    """The lines of copies without a price that were given, as they say themselves or, where they do not, their batch
    does.
    """
    given = {number for number, row in library.batches.items() if row.source is SourceOrDestination.DONATION}
    unpriced = (copy for copy in library[AccessionRow] if copy.price is None)
    return frozenset(
        copy.line
        for copy in unpriced
        if copy.source is Source.DONATION or (copy.source is None and copy.batch_no in given)
    )


def _without_any_price(library: Library, row_type: type[Any]) -> frozenset[int]:
    """The lines of copies that nobody paid for; in other books, of copies whose own line has no price to be copied."""
    if row_type is AccessionRow:
        return _unpriced_gifts(library)
    if row_type not in (WithdrawalRow, CompensationRow):
        return frozenset()
    unpriced = {copy.accession_no for copy in library[AccessionRow] if copy.price is None}
    table = library[row_type]
    lines = {row.line: row.values.get("accession_no") for row in table.incomplete}
    lines |= {row.line: row.accession_no for row in table.having("price", None)}
    return frozenset(line for line, number in lines.items() if number in unpriced)


def _is_of(unpriced: frozenset[int], cell: FlawedCell) -> bool:
    return cell.field == "price" and cell.line in unpriced


def _facts(cell: FlawedCell, field: Field) -> dict[str, Any]:
    taken = cell.taken
    if field.kind is Kind.NUMBER and isinstance(taken, Decimal):
        taken = plain_number(taken)
    return {
        "header": field.header,
        "text": _quoted(cell.text),
        "taken": taken,
        "choices": "、".join(field.choices),
        "near": Nearest(cell.taken),
        "help": _RANGES.get(field.kind) or _range(field),
    }


def _range(field: Field) -> str:
    """From which number to which, unless the column's own words say so; 年级 does."""
    least, greatest, own = field.column.least, field.column.greatest, field.column.help
    if greatest is None:
        # BEYOND_COUNTING in words: beyond it no column's number is taken.
        return "不到一万亿的数" if least is None else f"{least} 到一万亿的数"
    return own if str(greatest) in own else f"{least or 0} 到 {greatest} 的数"


def _quoted(text: str) -> str:
    """What stands in the cell; of a long text its beginning, and how long it is."""
    return text if len(text) <= _MOST_QUOTED else f"{text[:_MOST_QUOTED]}…（共 {len(text)} 个字）"


def _register(words: EntryWords, test: Callable[[Library], Iterator[Found]]) -> None:
    code, title, message, why, fix, severity = words
    check(code, title=title, message=message, why=why, fix=fix, severity=severity, reads={})(test)


for _oddity, _words in ODDITIES.items():
    _register(_words, partial(_odd_places, _oddity))
for _flaw, _words in FLAWS.items():
    _register(_words, partial(_flawed_cells, _flaw))


@check(
    "FMT010",
    title="这本账还没有记",
    message="“{name}”里一行也没有，“{other}”里有 {rows} 行要用到它。",
    why="别的账写的号要在这本账里查得到；这本账没有记，和它有关的都没有核对。",
    fix="先把“{name}”记起来，有旧清单就接收旧账；记好以后再核对一次。",
    severity=Severity.WARNING,
    reads={},
)
def leaned_on_and_empty(library: Library) -> Iterator[Found]:
    for row_type, leaning in library.derive(not_begun).items():
        declared = SHEETS[row_type]
        at, other = Cell(row_type, 0, declared.key), SHEETS[leaning.row_type]
        yield found(at, Cell(leaning.row_type, 0, other.key), name=declared.name, other=other.name, rows=leaning.rows)
