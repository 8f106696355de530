"""Rows that are known at a glance: whatever hides among them is found all the same."""

from pathlib import Path

import pytest

from schoollib_xl.sheets.cells import ErrorValue, Merge, Uncalculated
from schoollib_xl.sheets.opening.markup import Lost, Markup, scan
from schoollib_xl.sheets.opening.plain_rows import PlainRows

HEAD, END = '<?xml version="1.0"?><worksheet><sheetData>', "</sheetData></worksheet>"
_ROWS, _PIECE, _AT = 3000, 64 << 10, 1500


def plain(number: int, text: str = "西游记") -> str:
    cells = f'<c r="A{number}" s="3"/><c r="B{number}" s="1" t="inlineStr"><is><t>{text}</t></is></c>'
    return f'<row r="{number}" spans="1:4">{cells}<c r="C{number}" t="s"><v>{number % 97}</v></c></row>'


def with_row(row: str) -> Markup:
    """What a scan finds in a sheet of plain rows of which one is this."""
    rows = [row if number == _AT else plain(number) for number in range(1, _ROWS)]
    data = "".join([HEAD, *rows, END]).encode()
    return scan(Path("名册.xlsx"), [data[at : at + _PIECE] for at in range(0, len(data), _PIECE)])


SOUND = with_row(plain(_AT))
HIDDEN: dict[str, tuple[str, dict[str, object]]] = {
    "an error": ('<c r="B1500" t="e"><v>#N/A</v></c>', {"lost": [Lost(1500, 2, ErrorValue("#N/A"))]}),
    "an error in single quotes": ("<c r='B1500' t='e'><v>#N/A</v></c>", {"lost": [Lost(1500, 2, ErrorValue("#N/A"))]}),
    "errors of formulas": (
        '<c r="B1500" s="2" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C1500" t="e"><v>#REF!</v></c>',
        {"lost": [Lost(1500, 2, ErrorValue("#DIV/0!")), Lost(1500, 3, ErrorValue("#REF!"))]},
    ),
    "an error beside a formula": (
        '<c r="B1500" t="e"><v>#N/A</v></c><c r="C1500"><f>A1</f></c>',
        {"lost": [Lost(1500, 3, Uncalculated("A1")), Lost(1500, 2, ErrorValue("#N/A"))]},
    ),
    "an error without its text": ('<c r="B1500" t="e"><v></v></c>', {"lost": [Lost(1500, 2, ErrorValue("#ERROR!"))]}),
    "a formula": ('<c r="B1500"><f>A1</f></c>', {"lost": [Lost(1500, 2, Uncalculated("A1"))]}),
    "a column beyond Z": ('<c r="AB1500"><v>1</v></c>', {"columns": 28}),
    "a row no sheet has": ('<c r="B9999999"><v>1</v></c>', {"rows": 9999999}),
    "a tag that is not closed": ('<c r="B1500" t="inlineStr"><is><t><小女巫></t></is></c>', {"paired": False}),
    "a cell that does not begin": ("<v>7</v></c>", {"paired": False}),
    "a tag without its end": ('<c r="B1500"><v>7</v></c<c r="C1500"><v>8</v></c>', {"paired": False}),
    "a row that ends at once": ('</row><row r="1501"/><row r="1501">', {"rising": False}),
    "a row that ends twice": ("</row>", {"paired": False}),
    "the row before once more": ('</row><row r="1499"><c r="A1499"><v>7</v></c>', {"rising": False}),
    "a merge": ("<mergeCell ref='A1:A3'/>", {"merges": (Merge(1, 1, 3),)}),
}


@pytest.mark.parametrize(("cells", "found"), HIDDEN.values(), ids=HIDDEN)
def test_what_hides_in_one_row_of_thousands_is_found(cells: str, found: dict[str, object]) -> None:
    markup = with_row(f'<row r="1500">{cells}</row>')
    assert markup._replace(size=0) == SOUND._replace(size=0, **found)


TEXTS = [
    "城南旧事",
    "7>6",
    "A&amp;B, 3.5",
    "&lt;f&gt;",
    "r=&quot;ZZ1&quot;",
    "'",
    '"',
    "t='e'",
    'r="5"',
    'r="A1000000"',
    "I712.45/3-2",
]


@pytest.mark.parametrize("text", TEXTS)
def test_no_text_is_taken_for_markup(text: str) -> None:
    markup = with_row(plain(_AT, text))
    assert (markup.lost, markup.rows, markup.columns) == ([], SOUND.rows, SOUND.columns)


def test_rows_with_a_text_in_latin_letters_are_plain_however_many() -> None:
    rows, letters = PlainRows(), str.maketrans("0123456789", "abcdefghij")
    piece = "".join(plain(number, str(number).translate(letters)) for number in range(1, 5000)).encode()
    for _ in range(2):
        assert [*map(int, rows.numbers(piece) or ())] == [*range(1, 5000)]


FAR_IN_A_ROW_WITHOUT_NUMBER = '<row r=""><c r="A1000000"><v>1</v></c></row>'
A_CELL_WITHOUT_ROW = '<row r="1"><c r="A"><v>1</v></c></row>'


@pytest.mark.parametrize(
    "piece",
    [
        *("", HEAD, END, plain(1) + "<row", plain(1) + END, HEAD + plain(1)),
        *(FAR_IN_A_ROW_WITHOUT_NUMBER, A_CELL_WITHOUT_ROW),
    ],
)
def test_a_piece_that_is_more_than_rows_is_looked_at_closely(piece: str) -> None:
    assert not PlainRows().numbers(piece.encode())
