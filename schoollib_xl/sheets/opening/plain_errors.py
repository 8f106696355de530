"""Error cells as Excel and WPS write them, all of a piece of XML at once: where a formula broke there are thousands."""

import re
from collections.abc import Iterator

# Within any sheet, with a formula of its own or none.
_ERROR = rb'<c r="([A-Z]{1,2})([1-9][0-9]{0,5})"(?: s="[0-9]+")? t="e">(<f>[^<]*</f>)?<v>([^<&\x80-\xff]+)</v></c>'


def plain_errors(piece: bytes) -> Iterator[tuple[bytes, int, str]] | None:
    """The columns, rows and texts of the error cells; None where a cell that is an error or holds a formula may be
    written otherwise.
    """
    found = re.findall(_ERROR, piece)
    of_formulas = sum(map(bool, (formula for _, _, formula, _ in found)))
    if len(found) != piece.count(b't="e"') or of_formulas != piece.count(b"<f") or b"t='e'" in piece:
        return None
    texts = {text: text.decode() for _, _, _, text in found}
    return ((letters, int(row), texts[text]) for letters, row, _, text in found)
