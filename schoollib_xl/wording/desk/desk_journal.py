"""借还流水 in words: what is still to be copied into the ledgers, ready to paste."""

from collections.abc import Iterator, Sequence
from typing import Any

from schoollib_xl.desk.decision import Changed
from schoollib_xl.desk.lines import DeskLine
from schoollib_xl.desk.replay import Replayed
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import LINES_PER_SHEET, SHEETS, Cell
from schoollib_xl.wording.answer import Answer, Section, Table, Value, columns_of, in_words, section_of
from schoollib_xl.wording.places import address
from schoollib_xl.wording.zh import say

_WIDTH = 12
_CHANGES = {"在哪里": 20, **columns_of(LoanRow, loan_no=12, name=10, title=28), "栏目": 12, "现在": 12, "改成": 12}
_MISFITS = (
    "下面几笔在借阅登记账里没有那一行、已经还过、账上还借在别人手里，或者账上没有这位读者、这册书"
    "（整份都是的，是别的学校的借还流水）；对着书查一查，没有替你记。"
)
_LOST = (
    "下面几笔以前已经抄到账上，现在的账上没有了，没有替你记。换回了旧的一份账的，先找一找抄过的那一份，"
    "找不到就按“重新列为待抄”；是自己删掉、改回去的，或者换了新学年的账，按“不再提”。"
)


def pending_answer(replayed: Replayed) -> Answer:
    """What is still to be copied: new rows, cells that change, new incidents, and lines that fit nowhere."""
    sections = [
        *_rows(replayed.base, LoanRow, replayed.loans, "新借的"),
        *_changes(replayed.base, replayed.changes()),
        *_rows(replayed.base, CompensationRow, replayed.incidents, "赔偿"),
        *_at_odds("对不上的", _MISFITS, replayed.misfits, replayed.base),
        *_at_odds("对不上的：抄过，账上又没有了", _LOST, replayed.lost, replayed.base),
    ]
    return Answer("借还流水_待抄", [_sentence(replayed)], sections)


def _sentence(replayed: Replayed) -> str:
    count = len(replayed.waiting)
    if not count and not replayed.misfits and not replayed.lost:
        return "借还流水都已经在账上，没有要抄的。"
    if not count:
        return "没有要抄的；对不上的在下面。"
    return f"有 {count} 笔还没有抄到账上；抄好保存以后，这里自己认得出，不会记两遍。"


def taken_over(count: int, misfits: int) -> str:
    """What was put into the ledgers by the button; it counts when the workbook is saved."""
    said = f"抄了 {count} 笔到账上，保存（Ctrl+S）以后才算。" if count else "借还流水都已经在账上，没有要抄的。"
    return f"{said}\n有 {misfits} 笔和账上对不上，没有抄，在网页的借还台上看。" if misfits else said


def not_counted(journal: str, waiting: int, misfits: int) -> str:
    """That what was done at the desk is not in what was read from the ledgers alone; '' where nothing is left."""
    said = f"“{journal}”里有 {waiting} 笔借还还没有抄到账上，这里没有算；抄好保存，再做一遍。" if waiting else ""
    return f"{said}“{journal}”里有 {misfits} 笔和账上对不上，在网页的借还台上看。" if misfits else said


def not_read(journal: str) -> str:
    """That nobody knows what was done at the desk."""
    return f"“{journal}”读不出来，借还台记的这里没有算。"


def stray_sentences(strays: Sequence[str], own: str) -> Iterator[str]:
    """Journals of a workbook that was called otherwise: what they hold is not counted here."""
    for name in strays:
        yield (
            f"这里还有“{name}”，叫这个名字的工作簿不在了，里面的没有算。工作簿改过名字的，把它也改名，叫“{own}”；"
            "已经有这个名字的，先把工作簿改回原来的名字，抄完再改。"
        )


def _rows(library: Library, row_type: type[Any], rows: Sequence[Any], name: str) -> Iterator[Section]:
    if not rows:
        return
    headers, lines = sheet_rows(library, row_type, rows)
    sheet = SHEETS[row_type].name
    sentence = f"整块复制，贴到“{sheet}”最后一行的下面，从第一栏贴起。"
    widths = [max(_WIDTH, 28 if header == "书名" else 0) for header in headers]
    yield Section(name, widths, [sentence], [Table("", headers, lines)])


def sheet_rows(library: Library, row_type: type[Any], rows: Sequence[Any]) -> tuple[list[str], list[list[Value]]]:
    """The rows by the columns of her own sheet, from the first to the last that is ours; her own columns stay blank."""
    table, fields = library[row_type], SHEETS[row_type].by_name
    columns = table.parts[-1].at(LINES_PER_SHEET).columns if table.present else SHEETS[row_type].positions
    by_column = {column: name for name, column in columns.items() if name in fields}
    last = max(by_column)
    names = [by_column.get(column) for column in range(1, last + 1)]
    headers = [fields[name].header if name else "" for name in names]
    return headers, [[_cell(getattr(row, name)) if name else "" for name in names] for row in rows]


def _cell(value: Any) -> Value:
    found: Value = "" if value is None else value
    return found


def pasteable(lines: Sequence[Sequence[Value]]) -> str:
    """Rows as a spreadsheet takes them from the clipboard."""
    return "\n".join("\t".join(in_words(cell).replace("\t", " ").replace("\n", " ") for cell in line) for line in lines)


def _changes(library: Library, changes: Sequence[Changed]) -> Iterator[Section]:
    rows = [row for change in changes for row in _changed_cells(library, change)]
    if rows:
        sentence = "照下面改“借阅登记账”里的格子。"
        yield section_of("归还和续借", _CHANGES, rows, [sentence])


def _changed_cells(library: Library, change: Changed) -> Iterator[tuple[Value, ...]]:
    row, fields = change.row, SHEETS[LoanRow].by_name
    for name, value in change.values.items():
        place = address(library, Cell(LoanRow, row.line, name))
        was = getattr(row, name)
        yield (place, row.loan_no, row.name, row.title, fields[name].header, _cell(was), _cell(value))


def twin_sentence(own: str, twins: Sequence[str]) -> str:
    """Another workbook that has the same journal."""
    names = "、".join(f"“{name}”" for name in twins)
    return (
        f"旁边还有{names}，和“{own}”共用一份借还流水：抄到其中一份的，另一份里不再列为待抄。"
        "只留一份在这里，别的移走或改名。"
    )


def _at_odds(title: str, sentence: str, lines: Sequence[DeskLine], library: Library) -> Iterator[Section]:
    if lines:
        rows = [(line_words(line, library), line.id) for line in lines]
        yield section_of(title, {"哪一笔": 60, "流水号": 26}, rows, [sentence])


def line_words(line: DeskLine, library: Library | None) -> str:
    """One line of the journal in words: who and which book, as the line says or else the ledgers."""
    said = line.row or {}
    key = line.loan
    reader = library.readers.get(key.reader_no) if library and key else None
    copy = library.copies.get(key.accession_no) if library and key else None
    who = str(said.get("姓名") or (reader and reader.name) or (key.reader_no if key else ""))
    title = said.get("书名") or (copy and copy.title)
    what = f"{key.accession_no}{f'《{title}》' if title else ''}" if key else ""
    return f"{say(line.day) if line.day else ''} {who} {line.what} {what}".strip()
