"""One number for two books, one card for two people: taken over as it stands, and said at once."""

from collections.abc import Iterable, Iterator

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import gathered
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.wording.zh import listed

# What is said of them on the screen; check lists each.
_MOST_SHOWN = 3


def doubled(copies: Iterable[AccessionRow], readers: Iterable[ReaderRow]) -> Iterator[str]:
    """A sentence on accession numbers and one on readers' numbers that stand more than once."""
    books = _twice((copy.accession_no, f"《{copy.title or '没有书名'}》") for copy in copies)
    if books:
        yield f"一个登记号两册书：{_some(books)}；都照原样收下，先看书上盖的号，再改写错的那一行。"
    people = _twice((reader.reader_no, f"{reader.name}（{reader.class_name or '没有班级'}）") for reader in readers)
    if people:
        yield f"一个证号两个人：{_some(people)}；都照原样收下，借书先看姓名，给其中一人换一个新证号。"


def _twice(numbered: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    by_number = gathered(numbered)
    return {number: names for number, names in by_number.items() if len(names) > 1 and number}


def _names(names: list[str]) -> str:
    return "、".join(names) if len(set(names)) > 1 else f"{names[0]} 有 {len(names)} 行"


def _some(found: dict[str, list[str]]) -> str:
    said = [f"{number} {_names(names)}" for number, names in found.items()]
    return listed(said, _MOST_SHOWN, "个号", between="；")
