"""What a stocktake by scanner came to: the answer, and the JSON of the contract."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.schema import SHEETS, header_of
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.ledgers.units import per_cent
from schoollib_xl.rules.copy_numbers import ScannedIsbns, reader_of
from schoollib_xl.rules.stocktakes import Stocktakes
from schoollib_xl.stocktaking.result import PlaceResult, StocktakeResult, UnseenStretch
from schoollib_xl.stocktaking.scans import ReadScan
from schoollib_xl.wording.answer import Answer, Chart, Medium, Section, Table, Value, columns_of, section_of
from schoollib_xl.wording.zh import NO_NUMBERS, listed, say

DEFINITION = "帐物相符率是盘完的地方找到的册数 ÷ 应在架册数；应在架是在册的减去在借、班级图书角、送修和报失的。"
# More than half of the numbers unknown: the file is not this school's, or the wrong column was taken.
_STRANGE = 2
# More copies of other places than of the place itself: it was another that was walked along. A few prove nothing.
_BY_CHANCE = 5
_UNSEEN, _BACK, _NOT_YET, _ITS_ISBN = "没有看到", "盘点前后才上架", "多半还没有扫到那里", "扫到过它的 ISBN"
# What goes into 盘点记录, of which a page printed has about so many lines; more of them nobody wants on paper.
TO_PASTE, _A_PAGE = "贴进盘点记录", 64
_COPY = columns_of(AccessionRow, accession_no=12, title=28, class_no=12, book_no=8, location=14)


def stocktake_json(found: StocktakeResult) -> dict[str, Any]:
    """The answer for other programs, as the contract has it."""
    rate = found.found_rate
    return {
        "scans": len(found.reads),
        "recognised": sum(read.is_known for read in found.reads),
        "unknown": list(dict.fromkeys(read.scan.text for read in found.unknown)),
        "doubled": list(found.doubled),
        "places": [_place_json(place) for place in found.places],
        "found_rate": None if rate is None else str(rate),
    }


def _place_json(place: PlaceResult) -> dict[str, Any]:
    count = place.count
    return {
        "place": place.name,
        "expected": count.expected,
        "seen": count.seen,
        "finished": count.finished,
        "missing": [copy.accession_no for copy in count.missing],
        "misplaced": [read.row.accession_no for read in place.misplaced],
    }


def stocktake_answer(found: StocktakeResult, refusals: Sequence[str]) -> Answer:
    """The answer: where it stands, place by place, what is not as it should be, rows for 盘点记录."""
    sections = (
        _overview(found),
        _by_class(found),
        _rescan(found),
        *_differences(found),
        _rows_to_paste(found),
    )
    return Answer("清点结果", (*_sentences(found), *refusals), tuple(filter(None, sections)))


def _sentences(found: StocktakeResult) -> Iterator[str]:
    known = sum(read.is_known for read in found.reads)
    yield f"扫了 {len(found.reads)} 次，认出 {known} 次，是 {_copies(found)} 册书。"
    by_isbn = sum(bool(_books(found, read)) for read in found.unknown)
    if not found.library.known_copies:
        yield f"{NO_NUMBERS}，扫到的书没有账可对。"
    elif _STRANGE * (len(found.unknown) - by_isbn) > len(found.reads):
        yield f"有 {len(found.unknown)} 次的号个别登记账里查不到，看看是不是别校的文件，或者扫的不是登记号和条码号。"
    if by_isbn:
        counts = [place.count for place in found.places]
        is_lacking = not counts or any(count.scanned_as(copy) for count in counts for copy in count.unseen)
        then = "；改扫书上贴的登记号或条码号，再做一次" if is_lacking else ""
        yield f"有 {by_isbn} 次扫的是书上印的 ISBN，看不出是哪一册，没有算{then}。"
    if early := {read.row.accession_no for read in found.early}:
        yield f"有 {len(early)} 册在扫的那天还没有入账，先看扫的日期写错没有，再看个别登记账的登记日期。"
    for doubt in found.misdated:
        copies = len({scan.accession_no for scan in doubt.scans})
        yield (
            f"有 {copies} 册写着 {say(doubt.scans[0].counted_on)}扫的，多半是 {say(doubt.meant)}，"
            "先算那天看到；贴进盘点记录以前先改日期。"
        )
    rate = found.found_rate
    yield f"帐物相符率 {per_cent(rate)}。" if rate is not None else "还没有一处盘完，先不算帐物相符率。"
    if rate is not None:
        yield DEFINITION
    for place in found.places:
        yield _place_sentence(place, found.library.as_of)
        if len(place.misplaced) > max(place.count.seen, _BY_CHANCE):
            yield (
                f"在{place.name}扫到的有 {len(place.misplaced)} 册是别处的书，比这里的还多：先看扫的地方写对没有"
                "（--place，或者文件里、文件名上写的），写错了就改对再做一次。"
            )
    if (lines := _copies(found)) > _A_PAGE:
        pages = -(-lines // _A_PAGE)
        yield f"打印时不印“{TO_PASTE}”那一张：{lines} 行，大约 {pages} 页，是复制到盘点记录里用的。"


def _copies(found: StocktakeResult) -> int:
    return len({read.row.accession_no for read in found.reads if read.is_known})


def _place_sentence(place: PlaceResult, as_of: date) -> str:
    count = place.count
    if count.is_broken_off(as_of):
        return (
            f"{place.name}扫了 {count.seen}/{count.expected}，盘点范围写着盘完，多半还没有，没扫到的先不算盘亏；"
            f"是哪些书，列在“{_UNSEEN}”里。"
        )
    if not count.finished:
        return f"{place.name}扫了 {count.seen}/{count.expected}，还没有盘完，没扫到的先不算盘亏。"
    if not count.expected:
        return f"{place.name}照账上那天一册也没有。"
    missing = f"，{len(count.missing)} 册没有看到" if count.missing else "，一册不少"
    then = "，多半没有扫全，先补扫" if count.is_in_part(len(count.missing)) else ""
    return f"{place.name}应在架 {count.expected} 册，看到 {count.seen} 册{missing}{then}。"


def _overview(found: StocktakeResult) -> Section:
    rows = [
        (
            place.name,
            place.count.expected,
            place.count.seen,
            len(place.count.missing) if place.count.finished else None,
            len(place.misplaced),
            "盘完" if place.count.finished else "没有盘完",
        )
        for place in found.places
    ]
    columns = {"地方": 18, "应在架册数": 12, "看到册数": 12, "没有看到": 12, "放错到这里": 12, "盘完没有": 12}
    return section_of("清点结果", columns, rows, charts=[Chart("各处应在架和看到的册数", (1, 2))])


def _by_class(found: StocktakeResult) -> Section:
    tables = []
    for place in found.places:
        rows = [(one.letter or "未分类", one.expected, one.seen, one.expected - one.seen) for one in place.classes]
        chart = Chart(f"{place.name}各类应在架和看到的册数", (1, 2))
        charts = (chart,) if len(rows) > 1 else ()
        tables.append(Table(place.name, ("类", "应在架册数", "看到册数", "没有看到"), rows, charts=charts))
    return Section("各处各类", (12, 14, 14, 14), (), tables, medium=Medium.FILE)


def _rescan(found: StocktakeResult) -> Section | None:
    """What to go through again first: boards nobody scanned, the longest first."""
    stretches = [(place, stretch) for place in found.places for stretch in place.stretches]
    stretches.sort(key=lambda one: -one[1].copies)
    rows = [(place.name, *_stretch(stretch)) for place, stretch in stretches]
    if not rows:
        return None
    header = ("地方", "连着没扫到", "从", "书名", "到", "书名")
    sentence = "照索书号排，下面这些书站在一起，一册也没有扫到，先补扫。"
    return Section("先补扫", (14, 12, 16, 24, 16, 24), (sentence,), (Table("", header, rows),))


def _stretch(stretch: UnseenStretch) -> tuple[Value, ...]:
    first, last = stretch.first, stretch.last
    return f"{stretch.copies} 册", _call_number(first), first.title, _call_number(last), last.title


def _call_number(copy: AccessionRow) -> str:
    return copy.call_number or "未分类"


def _differences(found: StocktakeResult) -> Iterator[Section]:
    yield from _section(_UNSEEN, {"说明": 18}, [*_missing(found)])
    misplaced = [(*_copy(found, read), place.name) for place in found.places for read in place.misplaced]
    yield from _section("放错地方", {"看到的地方": 14}, misplaced)
    lent = [(*_copy(found, read), loan.loan_no, loan.lent_on) for read, loan in found.lent]
    yield from _section("在借却在架", columns_of(LoanRow, loan_no=12, lent_on=12), lent)
    yield from _section("报失却在架", {}, [_copy(found, read) for read in found.lost])
    yield from _section("注销还在架", {}, [_copy(found, read) for read in found.withdrawn])
    early = [(*_copy(found, read), found.library.copies[read.row.accession_no].held_from) for read in found.early]
    yield from _section("还没有入账", {"入账日期": 12}, early)
    unknown = [
        (read.scan.text, read.scan.file, read.scan.row, read.row.place, _meaning(found, read)) for read in found.unknown
    ]
    if unknown:
        columns = {"扫到的号": 24, "文件": 28, "第几行": 10, "附近是": 16, "说明": 28}
        yield section_of("查不到的号", columns, unknown)
    doubled = [(*_copy(found, reads[0]), f"{len(reads)} 次", _where(reads)) for reads in found.doubled.values()]
    sentence = "一册扫了几次，可能是多扫，也可能是几册书贴了同一个号。"
    yield from _section("重复扫的", {"次数": 8, "在哪几行": 30}, doubled, sentence)
    order = [(*_copy(found, one.read), _after(one.after)) for one in found.out_of_order]
    sentence = "这些文件是照架上的次序扫的，下面几册不在自己的次序里。"
    yield from _section("次序不对", {"排在谁后面": 30}, order, sentence)


def _section(name: str, more: dict[str, int], rows: Sequence[Sequence[Value]], *sentences: str) -> Iterator[Section]:
    if rows:
        yield section_of(name, _COPY | more, rows, sentences)


def _missing(found: StocktakeResult) -> Iterator[tuple[Value, ...]]:
    stocktakes = found.library.derive(Stocktakes)
    for place in found.places:
        is_broken_off = place.count.is_broken_off(found.library.as_of)
        for copy in place.count.unseen if is_broken_off else place.count.missing:
            is_back = stocktakes.came_back(place.count, copy)
            by_isbn = _ITS_ISBN if place.count.scanned_as(copy) else ""
            yield *_cells(copy), _BACK if is_back else _NOT_YET if is_broken_off else by_isbn


def _copy(found: StocktakeResult, read: ReadScan) -> tuple[Value, ...]:
    return _cells(found.library.copies[read.row.accession_no])


def _cells(copy: AccessionRow) -> tuple[Value, ...]:
    return copy.accession_no, copy.title, copy.class_no, copy.book_no, copy.location


def _books(found: StocktakeResult, read: ReadScan) -> list[AccessionRow]:
    return found.library.derive(ScannedIsbns).of(read.scan.text)


def _meaning(found: StocktakeResult, read: ReadScan) -> str:
    books = _books(found, read)
    if books:
        return f"《{books[0].title}》的 ISBN"
    return header_of(ReaderRow, "reader_no") if reader_of(found.library, read.scan.text) else ""


def _where(reads: Sequence[ReadScan]) -> str:
    return listed([f"《{read.scan.file}》第 {read.scan.row} 行" for read in reads], 3, "处")


def _after(copy: AccessionRow | None) -> str:
    return "第一册" if copy is None else f"{_call_number(copy)}《{copy.title}》"


def _rows_to_paste(found: StocktakeResult) -> Section:
    """One row a copy, as 盘点记录 has them; numbers that no copy has are left out."""
    fields = SHEETS[StocktakeRow].fields
    seen: dict[str, ReadScan] = {}
    for read in found.reads:
        if read.is_known:
            seen.setdefault(read.row.accession_no, read)
    rows = [tuple(getattr(read.row, field.name) for field in fields) for read in seen.values()]
    sentence = "下面的行可以整块复制到“盘点记录”表；书况、著录卡、书袋卡、书标、馆藏章扫描看不出来，看过再填。"
    columns = {field.header: field.column.width for field in fields}
    return section_of(TO_PASTE, columns, rows, [sentence], Medium.FILE)
