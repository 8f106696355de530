"""The word of one row against what other rows say: these outweigh it."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection
from typing import Any

from schoollib_xl.causes.columns.at_odds import TOLD_BY
from schoollib_xl.causes.correction import Cause, Change, SlipKind, written
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.activities import RecommendationRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.likeness import same_title

# What a row says of its copy besides the number.
WORDS = ("title", "class_no", "price")
# Of more cells of a column than this it is the column that is in doubt.
_MANY = 3
OF_COPIES = (WithdrawalRow, CompensationRow, RecommendationRow)
# What stands before the figures of a number, and these.
_NUMBER = re.compile(r"(.*?)(\d+)")
# So many numbers are not in order by chance.
_IN_ORDER = 6
# What two titles beside each other seldom have in common, and what was drawn on from the one makes of the other.
_OF_ONE_TITLE = ("title", "author", "publisher", "isbn")


def changes_of(cause: Cause) -> list[Change]:
    """The cells that it would write otherwise."""
    return [edit for edit in cause.correction.edits if isinstance(edit, Change)]


def are_outweighed(library: Library, cause: Cause) -> bool:
    """Whether other rows say that a cell of these is right, or that numbers were drawn down beside all of them: some
    follow each other where pupils come one after the other.
    """
    edits = changes_of(cause)
    loans = library[LoanRow]
    rows = [(row, at.field) for at, _ in edits if at.row_type is LoanRow and (row := loans.sound_at(at.line))]
    in_series = (any(_is_in_series(library, row, field, step) for step in (-1, 1)) for row, field in rows)
    were_drawn = bool(rows) and all(in_series)
    return were_drawn or _were_sorted(rows) or any(_is_outweighed(library, cause, one) for one in edits)


def _were_sorted(rows: list[tuple[LoanRow, str]]) -> bool:
    """Whether the numbers beside so many words are in order, up or down: it may be they that were sorted."""
    numbers = defaultdict[str, list[str]](list)
    for row, words in sorted(rows, key=lambda pair: pair[0].line):
        for number in (number for number, told in TOLD_BY.items() if told == words):
            numbers[number].append(getattr(row, number))
    return any(
        len(found) >= _IN_ORDER and found in (sorted(found), sorted(found, reverse=True)) for found in numbers.values()
    )


def _is_outweighed(library: Library, cause: Cause, edit: Change) -> bool:
    """Whether other rows say that the cell is right."""
    row: Any = library[edit.at.row_type].sound_at(edit.at.line)
    others = {one.at.line for one in changes_of(cause)} if edit.at.field == "name" else ()
    if isinstance(row, ReaderRow) and edit.at.field == "name":
        return any(one.name == edit.should and one.line not in others for one in library[ReaderRow])
    is_alone = len(cause.correction.edits) == 1
    if isinstance(row, LoanRow) and is_alone and any(_stands_on(library, row, step) for step in (-1, 1)):
        return True
    if isinstance(row, LoanRow) and is_alone and edit.at.field == "class_name" and _begins_a_class(library, row, edit):
        return True
    if isinstance(row, LoanRow | CompensationRow) and edit.at.field == TOLD_BY["reader_no"]:
        loans = (loan for loan in library.loans_by_reader.get(row.reader_no, ()) if loan is not row)
        return any(loan.name == row.name and loan.line not in others for loan in loans)
    if isinstance(row, LoanRow) and is_alone and edit.at.field == "outcome":
        # A book that he paid for he has lost or damaged: another number was meant.
        return any(one.reader_no == row.reader_no for one in library[CompensationRow])
    if isinstance(row, AccessionRow) and edit.at.field in ("withdrawn_on", "withdrawal_no"):
        gone = library.withdrawals.get(row.accession_no)
        return gone is not None and (_is_of_another(library, gone) or _is_meant_for_another(library, gone, row))
    if isinstance(row, AccessionRow) and edit.at.field in _OF_ONE_TITLE and cause.correction.kind is not SlipKind.MOVED:
        return any(_is_drawn_on(library, row, edit, step) for step in (-1, 1))
    if isinstance(row, WithdrawalRow | CompensationRow) and edit.at.field in WORDS:
        return _is_of_another(library, row) or _is_as_its_title(library, row, edit)
    return False


def is_taken_from(doubtful: Counter[tuple[type[Any], str]], edit: Change) -> bool:
    """Whether the word or number is that of a column of 个别登记账 of which many cells are wrong or in doubt; or how
    many titles one batch of many has, which its copies tell.
    """
    if (edit.at.row_type, edit.at.field) == (SummaryRow, "titles"):
        return doubtful[SummaryRow, "titles"] > _MANY
    is_of_copy = edit.at.row_type in OF_COPIES and edit.at.field in (*WORDS, "author")
    is_number = edit.at.row_type is not AccessionRow and edit.at.field == "accession_no"
    return (is_of_copy or is_number) and doubtful[AccessionRow, edit.at.field] > _MANY


def is_of_class_off(library: Library, edit: Change, doubtful: Collection[Cell]) -> bool:
    """Whether the class that the line of a copy should have is one whose sums are off: the copy's may be wrong."""
    if edit.at.row_type not in OF_COPIES or edit.at.field != "class_no":
        return False
    letters = {str(one)[:1] for one in (written(library, edit.at), edit.should)}
    return any(at.row_type is SummaryRow and at.field in letters for at in doubtful)


def _is_in_series(library: Library, row: LoanRow, words: str, step: int) -> bool:
    """Whether the number that the words are at odds with goes on from that of the line beside, whose words are at odds
    with it too: then the numbers were drawn down over them.
    """
    number = next((number for number, told in TOLD_BY.items() if told == words), None)
    beside = library[LoanRow].sound_at(row.line + step)
    if number is None or beside is None:
        return False
    kept: Any = library.copies if words == TOLD_BY["accession_no"] else library.readers
    known = kept.get(getattr(beside, number))
    is_at_odds = known is None or getattr(known, words) != getattr(beside, words)
    own, other = (_NUMBER.fullmatch(getattr(one, number)) for one in (row, beside))
    return bool(is_at_odds and own and other and own[1] == other[1] and int(other[2]) - int(own[2]) == step)


def _stands_on(library: Library, row: LoanRow, step: int) -> bool:
    """Whether the line beside says the same number and title: written a line too low, and nothing tells what was meant
    of the copies of the title.
    """
    beside = library[LoanRow].sound_at(row.line + step)
    return beside is not None and (beside.accession_no, beside.title) == (row.accession_no, row.title)


def _begins_a_class(library: Library, row: LoanRow, edit: Change) -> bool:
    """Whether it is the first line of a class, with a reader of that above: numbers and names may be a line too low."""
    above, below = (library[LoanRow].sound_at(row.line + step) for step in (-1, 1))
    return bool(above and below and (above.class_name, below.class_name) == (edit.should, row.class_name))


def _is_drawn_on(library: Library, row: AccessionRow, edit: Change, step: int) -> bool:
    """Whether what the copies of the title on one side say may have been drawn on over them: the line beyond these, of
    another title, says the same.
    """
    field, line = edit.at.field, row.line + step
    own = "isbn" if field == "title" else "title"
    while (copy := library[AccessionRow].sound_at(line)) and getattr(copy, field) == edit.should:
        if getattr(copy, own) != getattr(row, own):
            return line != row.line + step
        line += step
    return False


def _is_of_another(library: Library, row: WithdrawalRow | CompensationRow) -> bool:
    """Whether more than one word of the row is at odds with the copy of its number: then it is another's number."""
    copy = library.copies.get(row.accession_no)
    words = [] if copy is None else [name for name in WORDS if getattr(row, name, None) is not None]
    return sum(not _agree(name, getattr(row, name), getattr(copy, name)) for name in words) > 1


def _is_meant_for_another(library: Library, gone: WithdrawalRow, copy: AccessionRow) -> bool:
    """Whether another copy of the title is marked as written off with this batch, and has no line of its own."""
    marked = (
        one for one in library[AccessionRow].among("title", {copy.title}) if one.withdrawal_no == gone.withdrawal_no
    )
    lines = [(one, library.withdrawals.get(one.accession_no)) for one in marked if one is not copy]
    return any(line is None or _is_of_another(library, line) for _, line in lines)


def _agree(name: str, one: Any, other: Any) -> bool:
    return same_title(one, other) if name == "title" else bool(one == other)


def _is_as_its_title(library: Library, row: WithdrawalRow | CompensationRow, edit: Change) -> bool:
    """Whether the other copies of the title are as the row says, and not as the copy it is about."""
    said = Counter(
        getattr(copy, edit.at.field)
        for copy in library[AccessionRow].among("title", {row.title})
        if copy.accession_no != row.accession_no
    )
    return edit.at.field != "title" and said[getattr(row, edit.at.field)] > said[edit.should]
