"""Text tables: comma or tab separated files, whatever they are called. A quote in one that opens no field (typed
inches, a quote forgotten) would swallow the rows below: RFC 4180, 2: a quoted field ends with a quote right before the
next delimiter or line end, those inside are doubled.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from io import StringIO
from pathlib import Path

from schoollib_xl.sheets.cells import ERROR_TEXTS, CellValue, ErrorValue, Grid, Uncalculated
from schoollib_xl.sheets.opening.apart import Tables
from schoollib_xl.sheets.opening.grids import trimmed
from schoollib_xl.sheets.opening.refusing import unusable
from schoollib_xl.sheets.opening.vetting import refuse_if_long

# Private to this module (Unicode, 23.5); no text of a school holds it.
_STRAY = "\uf8ff"
# A field longer than this is refused by the reader of such files.
_LONGEST_FIELD = 131_072
_FEWEST_DELIMITERS = 2
ENCODINGS = ("utf-8-sig", "gb18030")
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
DELIMITERS = ("\t", ",", ";", "|")
# Typed by hand in Chinese; commas of this kind stand in titles as well, so only where a file knows no other.
_TYPED_DELIMITER = "，"
_SAMPLE_LINES = 20
_SAMPLE = 65_536
XML_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
"""The namespace of Excel's XML of 2003."""
HALF_CHARACTER = "\N{REPLACEMENT CHARACTER}"
"""What stands for each half of a character that was cut in two."""
# Enough for blank lines, declarations and the first tag.
_BEGINNING = 4096
_MARKUP = ("<", "MIME-Version:")
_PRINTED = set("\t\r\n\f")
# A scanner or a stray key leaves a control character in a line; in what is no text there are some twenty-five to each
# line end, and noughts.
_MOST_STRANGE = 1
# DOS ends a text with it, and some scanners and old programs still do.
_END_OF_FILE = "\x1a"
# Some programs put a tab behind every value, so that Excel keeps the zeros of numbers.
_PADDING = re.compile(r"\t+(?=[\",;|\r\n]|\Z)")
# Others write a formula that is nothing but the text.
_KEPT_AS_TEXT = re.compile(r'="((?:[^"]|"")*)"')
# What nobody means as text: another cell, or a function of cells.
_FORMULA = re.compile(r"=(?:[^!|]+!)?\$?[A-Za-z]{1,3}\$?\d{1,7}|=[A-Z]{2,}\([^|]*\)")


def read_text_table(path: Path) -> Tables:
    """The one table of a text file, as a sheet named after the file; every cell is text.

    Raises Unusable for a web page, for XML, and for what is no table at all.
    """
    text = _text(path)
    delimiter = _delimiter(text)
    if delimiter is None:
        raise unusable(path, "里没有表格，换成账册所在的 .xlsx 文件再试")
    return Tables((path.stem,), {path.stem: _rows(path, text, delimiter)}, {})


def read_text_rows(path: Path) -> Grid:
    """The rows of a text file; one column where no line holds a delimiter.

    Raises Unusable for a web page, for XML, and for what is no text.
    """
    text = _text(path)
    return _rows(path, text, _delimiter(text) or "\t")


def read_text_lines(path: Path) -> list[str]:
    """The lines of a text file as they stand.

    Raises Unusable for a web page, for XML, and for what is no text.
    """
    return _text(path).splitlines()


def _text(path: Path) -> str:
    refuse_if_long(path)
    text = _decoded(path.read_bytes())
    if text is None or not _is_readable(text):
        raise unusable(path, "不是工作簿，换成账册所在的 .xlsx 文件再试")
    if text.lstrip().startswith(_MARKUP):
        raise unusable(path, "其实是网页或 XML，先用 Excel 打开，另存为 .xlsx 再试")
    return _unpadded(text)


def markup_beginning(path: Path) -> str:
    """The beginning of a web page (also of one in a single file, MHTML) or of XML; '' of any other file."""
    with path.open("rb") as file:
        head = file.read(_BEGINNING)
    encoding = "utf-16" if head.startswith(UTF16_MARKS) else "latin-1"
    text = head.removeprefix(b"\xef\xbb\xbf").decode(encoding, "replace")
    return text if text.lstrip("\ufeff\0 \t\r\n").startswith(_MARKUP) else ""


def _unpadded(text: str) -> str:
    sample = text[:_SAMPLE]
    is_padded = any(mark in sample for mark in DELIMITERS[1:]) and "\t" not in _PADDING.sub("", sample)
    return _PADDING.sub("", text) if is_padded else text


def _decoded(data: bytes) -> str | None:
    encodings = ("utf-16",) if data.startswith(UTF16_MARKS) else ENCODINGS
    for encoding in encodings:
        try:
            return data.decode(encoding).lstrip("\ufeff").removesuffix(_END_OF_FILE)
        except UnicodeDecodeError:
            continue
    return None


def _is_readable(text: str) -> bool:
    sample = text[:_SAMPLE]
    strange = sum(char < " " and char not in _PRINTED for char in sample)
    return "\0" not in sample and strange <= _MOST_STRANGE * (1 + sample.count("\n") + sample.count("\r"))


def _delimiter(text: str) -> str | None:
    """The delimiter most common in the first lines; None where no line holds one."""
    sample = text[:_SAMPLE].splitlines()[:_SAMPLE_LINES]
    counts = {delimiter: sum(line.count(delimiter) for line in sample) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: counts[delimiter])
    if counts[best]:
        return best
    return _TYPED_DELIMITER if any(_TYPED_DELIMITER in line for line in sample) else None


def _rows(path: Path, text: str, delimiter: str) -> Grid:
    try:
        marked = with_strays_marked(text, delimiter) if '"' in text else text
        rows: Iterable[list[CellValue]] = map(list, csv.reader(StringIO(marked, newline=""), delimiter=delimiter))
        rows = rows if marked == text else with_strays_read(rows)
        if "=" in text or any(error in text for error in ERROR_TEXTS):
            rows = map(with_errors, rows)
        return trimmed(rows)
    except csv.Error:
        raise unusable(path, "里的表格不完整，先用 Excel 打开，另存为 .xlsx 再试") from None


def with_errors(row: list[CellValue]) -> list[CellValue]:
    """Excel saves an error cell as its text, and a sheet that shows its formulas as these; nobody and no book is called
    #N/A or =A1.
    """
    return [_meant(str(cell)) for cell in row]


def _meant(text: str) -> CellValue:
    if text in ERROR_TEXTS:
        return ErrorValue(text)
    if kept := _KEPT_AS_TEXT.fullmatch(text):
        return kept[1].replace('""', '"')
    return Uncalculated(text[1:]) if _FORMULA.fullmatch(text) else text


def with_strays_marked(text: str, delimiter: str) -> str:
    """The text with each quote that begins a field without being closed lawfully made a sign of its own; so is one
    whose field would be several whole rows.
    """
    begins, ends = rf"(?:(?<=[{re.escape(delimiter)}\r\n])|\A)", rf"[ \t]*(?=[{re.escape(delimiter)}\r\n]|\Z)"
    if not re.search(rf'{begins}"(?!(?:[^"\r\n]|"")*+"{ends})', text):
        return text
    usual = _usual_delimiters(text, delimiter)

    def settled(field: re.Match[str]) -> str:
        is_lawful = field["closed"] is not None and not _are_rows(field, delimiter, usual)
        return field[0] if is_lawful else field[0].replace('"', _STRAY)

    return re.sub(rf'{begins}"(?P<closed>(?:[^"]|""){{0,{_LONGEST_FIELD}}}+"{ends})?', settled, text)


def with_strays_read(rows: Iterable[list[CellValue]]) -> Iterator[list[CellValue]]:
    """The rows with the marked quotes as quotes again."""
    return ([cell.replace(_STRAY, '"') if isinstance(cell, str) else cell for cell in row] for row in rows)


def _usual_delimiters(text: str, delimiter: str) -> int:
    counts = [number for line in text.splitlines() if (number := line.count(delimiter))]
    return max(counts[0], Counter(counts).most_common(1)[0][0]) if counts else 0


def _are_rows(field: re.Match[str], delimiter: str, usual: int) -> bool:
    """Whether each line the field runs over is a whole row, with as many delimiters as the header and most lines."""
    if "\n" not in field[0] or usual < _FEWEST_DELIMITERS:
        return False
    start = field.string.rfind("\n", 0, field.start()) + 1
    end = field.string.find("\n", field.end())
    lines = field.string[start : end if end >= 0 else None].splitlines()
    return all(line.count(delimiter) == usual for line in lines)
