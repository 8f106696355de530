"""What a list says its own signs mean: 符号说明：√=已还 ×=没还, 状态（1在馆 2丢失）."""

import re
from collections.abc import Iterable, Iterator, Mapping

from schoollib_xl.adoption.forms.filled_lines import FilledLine
from schoollib_xl.adoption.forms.headers import is_row_number
from schoollib_xl.adoption.forms.tables import FoundTable
from schoollib_xl.adoption.journal import Journal, ValueChange
from schoollib_xl.adoption.transforms import SIGN_EXPLAINED
from schoollib_xl.ledgers.numerals import CROSSES, TICKS
from schoollib_xl.ledgers.schema import words

_SIGN = rf"[{''.join(map(re.escape, (*TICKS, *CROSSES)))}○◯●△▲▽▼☆★◇◆□■◎※＋+#＃*＊@]"
_A_SIGN = re.compile(_SIGN)
_CODE = rf"{_SIGN}|(?<![\w.])[0-9]{{1,2}}|(?<![\w.])[A-Za-z]"
_WORD = r"(?P<word>[\u4e00-\u9fff]{1,8})"
_PAIR = re.compile(
    rf"(?:打|画|标)?(?P<sign>{_CODE}|空白|空着|不填|不写)的?\s*(?:[=＝:：→]|[—-]{{1,2}}|表示|代表|的?为|的?是|指)\s*{_WORD}"
)
# In the brackets of a header nothing need stand between: 状态（1在馆，2丢失）.
_BARE_PAIR = re.compile(rf"(?P<sign>{_CODE})\s*(?:[=＝:：.、—-]|为|是)?\s*{_WORD}")
_BRACKETS = re.compile(r"[(（](.+)[)）]")
_FILLING = re.compile(
    r"(?:符号|图例|标记|记号|代码|代号|状态|其中|说明|备注|注)+[:：]|[\s|,，、;；。.()（）“”\"'‘’【】]+"
)
_QUOTES = str.maketrans("", "", "“”\"'‘’「」")
# Columns in whose cells a sign may stand for a word; elsewhere 1 is a number.
_IN_WORDS = frozenset(
    words(
        "state outcome returned_on renewals action mode kind card_state stop_reason source incident settlement reason",
        "remarks",
    )
)
_FEWEST = 2


def is_legend(line: FilledLine) -> bool:
    """Whether a line says nothing but what signs mean, of one only where it is announced: ☆为什么 may be a book."""
    text = line.text.translate(_QUOTES)
    is_announced = _FILLING.match(text) is not None or len(_PAIR.findall(text)) >= _FEWEST
    return is_announced and bool(_meant(text)) and not _FILLING.sub("", _PAIR.sub("", text))


def write_out_signs(tables: Iterable[FoundTable], journal: Journal) -> None:
    """Write the word for each sign into the cells of the tables that say what it means."""
    for table in tables:
        meant = _legend_of(table)
        for at, header in table.headers.items() if table.kind else ():
            own = {**meant, **_meant_by_header(header)}
            if own and _may_hold_signs(table, at, header, own):
                _write_out(table, at, own, journal)


def _legend_of(table: FoundTable) -> dict[str, str]:
    meant: dict[str, str] = {}
    for one in table.non_entries:
        meant |= _meant(one.line.text.translate(_QUOTES))
    return meant


def _meant(text: str) -> dict[str, str]:
    """The signs of a text and their words; a figure alone says nothing."""
    found = {match["sign"]: match["word"] for match in _PAIR.finditer(text)}
    return found if len(found) >= _FEWEST or any(map(_A_SIGN.fullmatch, found)) else {}


def _meant_by_header(header: str) -> dict[str, str]:
    match = _BRACKETS.search(header)
    found = {pair["sign"]: pair["word"] for pair in _BARE_PAIR.finditer(match[1])} if match else {}
    return found if len(found) >= _FEWEST else {}


def _may_hold_signs(table: FoundTable, at: int, header: str, meant: Mapping[str, str]) -> bool:
    """Whether the cells of a column may be signs: figures and letters only where all of them are."""
    field = table.fields_by_column.get(at)
    if is_row_number(header) or (field and field not in _IN_WORDS):
        return False
    return all(map(_A_SIGN.fullmatch, meant)) or all(text in meant for text in _texts(table, at))


def _texts(table: FoundTable, at: int) -> Iterator[str]:
    return filter(None, (line.said(at) for line in table.lines))


def _write_out(table: FoundTable, at: int, meant: Mapping[str, str], journal: Journal) -> None:
    for line in table.lines:
        text = line.said(at)
        if text in meant:
            line.cells[at - 1] = meant[text]
            change = ValueChange(SIGN_EXPLAINED, table.headers[at], text, meant[text])
            journal.note(change, table.place_of(line))
