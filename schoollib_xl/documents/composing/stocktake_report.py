"""清点报告, composed from the workbook."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from schoollib_xl.checks.shelves.stocktake_shelves import seen_elsewhere
from schoollib_xl.documents.composing.evidence import Evidence
from schoollib_xl.documents.composing.facts.holdings import COUNTED_COPIES, SCANS, last_stocktake
from schoollib_xl.documents.composing.facts.names import FACTS
from schoollib_xl.documents.composing.facts.stating import days_said
from schoollib_xl.documents.composing.material import Composed, SourceMaterial
from schoollib_xl.documents.papers.plan import PlanLine
from schoollib_xl.documents.papers.registers import CopyLine, CountLine, StocktakeReport
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.ledgers.units import NO_MONEY, per_cent
from schoollib_xl.ledgers.vocabulary import Condition
from schoollib_xl.rules.copy_numbers import ScannedIsbns
from schoollib_xl.rules.counts import Stocktake
from schoollib_xl.rules.stocktakes import Stocktakes
from schoollib_xl.wording.papers.provenance import Counted, Figure
from schoollib_xl.wording.zh import NO_NUMBERS, listed, say

_COUNTED = {
    "应在架": "清点时按账应在架上的册数：在册的减去在借、班级图书角、送修和报失的。",
    "找到": FACTS["找到册数"],
    "盘亏": FACTS["盘亏册数"],
    "没有看到": FACTS["没有看到册数"],
    "盘盈": "清点时看到，账上没有或者已经注销的册数。",
    "错架": "清点时看到，地点和个别登记账的馆藏地不一样的册数。",
    "破损": "清点时状况记为破损或待修的册数。",
}
_GONE, _CAME_BACK = "已经注销", "盘点前后才上架"
# What is to be done about what nobody saw; where rows without a number may be of it, that first.
_THEN = ("盘亏图书再行查找，仍无下落的按手续报批注销。", "先补上没有写的登记号，还没有看到的再行查找。")
_ROWS = (SCANS, COUNTED_COPIES)
_SHELVED = "在册图书减去在借、班级图书角、送修和报失的"


def stocktake_report(material: SourceMaterial) -> Composed[StocktakeReport] | None:
    """清点报告 of the last stocktake of the term; None where nothing was counted."""
    count = last_stocktake(material)
    if count is None:
        return None
    evidence = Evidence(material)
    surplus, unfinished = _surplus(material, count), tuple(_unfinished(material, count))
    misplaced = [scan for scan, _ in seen_elsewhere(material.library, count)]
    damaged = [scan for scan in count.scans if scan.condition in (Condition.DAMAGED, Condition.AWAITING_REPAIR)]
    scanned = {"盘盈": surplus, "错架": misplaced, "破损": damaged}
    paper = StocktakeReport(
        school=material.school,
        counted_on=days_said(count.first_day, count.last_day),
        cut_off=say(count.last_day),
        body=(
            PlanLine(_opening(material, count, is_whole=not unfinished)),
            *unfinished,
            *_seen_in_part(material, count),
            *_unnamed(count),
            *_without_books(material),
        ),
        counts=tuple(_counts(material, count, scanned, evidence)) if count.finished else (),
        signed_by=material.signed_by,
        signed_on=say(material.library.as_of),
        missing=() if count.unnamed else tuple(_missing(material, count)),
        surplus=tuple(_scanned(material, scan, _why_surplus(material, scan)) for scan in surplus),
        misplaced=tuple(_scanned(material, scan, f"盘点时在{scan.place}") for scan in misplaced),
        damaged=tuple(_scanned(material, scan, str(scan.condition)) for scan in damaged),
        closing=tuple(_closing(material, count)),
    )
    return Composed(f"清点报告_{count.last_day.isoformat()}", "清点报告.docx", paper, evidence.figures)


def _counts(
    material: SourceMaterial, count: Stocktake, scanned: Mapping[str, Sequence[StocktakeRow]], evidence: Evidence
) -> Iterator[CountLine]:
    """The figures of a stocktake, each with the very rows it was counted from."""

    def shown(item: str, rows: Counted, what: str = "册数", value: str = "") -> str:
        words = "这些图书的单价之和，单位元。" if value else _COUNTED[item]
        figure = Figure(f"{item}{what}", value or str(len(rows.lines)), words, count.last_day, _ROWS, counted=(rows,))
        return evidence.show(figure)

    expected, missing = _expected(material, count), [copy.line for copy in count.missing]
    found = sorted((Counter(expected) - Counter(missing)).elements())
    yield CountLine("应在架", shown("应在架", _of_copies("应在架", expected)), remarks=_SHELVED)
    rate = _rate_said(count, evidence)
    yield CountLine("找到", shown("找到", _of_copies("找到", found)), remarks=rate)
    item = "没有看到" if count.unnamed else "盘亏"
    lost, value = _of_copies(item, missing), sum((copy.value for copy in count.missing), NO_MONEY)
    is_priced = missing and not count.unnamed and all(copy.price is not None for copy in count.missing)
    price = shown(item, lost._replace(adds="price"), "金额", str(value)) if is_priced else ""
    yield CountLine(item, shown(item, lost), price)
    for item, scans in scanned.items():
        yield CountLine(item, shown(item, _of_scans(item, scans)))


def _of_copies(item: str, lines: Sequence[int]) -> Counted:
    return Counted(AccessionRow, tuple(lines), _COUNTED[item].rstrip("。"))


def _of_scans(item: str, scans: Sequence[StocktakeRow]) -> Counted:
    return Counted(StocktakeRow, tuple(scan.line for scan in scans), _COUNTED[item].rstrip("。"))


def _expected(material: SourceMaterial, count: Stocktake) -> list[int]:
    """The lines of the copies that should have been where the stocktake went through to the end."""
    stocktakes = material.library.derive(Stocktakes)
    return [copy.line for one in count.finished for copy in stocktakes.expected_of(one.part, one.scans)]


def _rate_said(count: Stocktake, evidence: Evidence) -> str:
    if count.rate is None:
        return ""
    figure = Figure("帐物相符率", per_cent(count.rate), FACTS["账物相符率"], count.last_day, _ROWS)
    return f"帐物相符率{evidence.show(figure)}"


def _opening(material: SourceMaterial, count: Stocktake, *, is_whole: bool) -> str:
    places = {copy.location for copy in material.library[AccessionRow] if copy.location}
    seen = {
        material.library.copies[scan.accession_no].location
        for scan in count.scans
        if scan.accession_no in material.library.copies
    }
    what = "全部藏书" if is_whole and places <= seen else listed(sorted(filter(None, seen)), unit="处") + "的藏书"
    return f"{days_said(count.first_day, count.last_day)}，图书室按账清点了{what}，结果报告如下。"


def _unfinished(material: SourceMaterial, count: Stocktake) -> Iterator[PlanLine]:
    finished = {one.part for one in count.finished}
    latest = {one.part: one for one in count.counts if one.part not in finished}
    for one in latest.values():
        yield PlanLine(f"{one.part.name}扫了 {one.seen}/{one.expected}，还没有盘完，不算在下面的数里。")
    by_classes = any(part.letters for part in latest)
    left_out = {} if by_classes else material.library.derive(Stocktakes).left_out(count)
    rest = {place: copies for place, copies in left_out.items() if place not in {part.name for part in latest}}
    if rest:
        where = listed([*rest], unit="处")
        yield PlanLine(f"{where}的 {sum(rest.values())} 册这次没有盘到，不算在下面的数里。")


def _seen_in_part(material: SourceMaterial, count: Stocktake) -> Iterator[PlanLine]:
    """The places that were closed before all their boards were scanned."""
    for one in count.finished:
        if one.is_in_part(sum(not material.library.written_off(copy) for copy in one.missing)):
            seen = f"{one.part.name}该有 {one.expected} 册，只看到 {one.seen} 册"
            yield PlanLine(f"{seen}，多半没有扫全，先补扫再说盘亏。")


def _closing(material: SourceMaterial, count: Stocktake) -> Iterator[PlanLine]:
    if not all(map(material.library.written_off, count.missing)):
        yield PlanLine(_THEN[bool(count.unnamed)])


def _unnamed(count: Stocktake) -> Iterator[PlanLine]:
    if count.unnamed:
        books = "盘点记录、修补登记、借阅登记账" if count.nameless_away else "盘点记录"
        yield PlanLine(
            f"{books}有 {count.unnamed} 行没有写登记号，可能就是没有看到的书（核对结果里有），补上登记号再说盘亏。"
        )


def _without_books(material: SourceMaterial) -> Iterator[PlanLine]:
    if not material.library.known_copies:
        yield PlanLine(f"{NO_NUMBERS}，看到的书没有账可对，盘盈、盘亏都没有算。")


def _surplus(material: SourceMaterial, count: Stocktake) -> list[StocktakeRow]:
    """The scans of what is not in the holdings, in line order. The ISBN of a book is no copy of its own."""
    library = material.library
    isbns = library.derive(ScannedIsbns)
    gone = library.written_off_copies
    is_sure = bool(library.known_copies) and library[AccessionRow].all_say("accession_no")
    return [
        scan
        for scan in count.scans
        if (is_sure and scan.accession_no not in library.known_copies and not isbns.of(scan.accession_no))
        or ((row := gone.get(scan.accession_no)) and row.withdrawn_on and row.withdrawn_on < scan.counted_on)
    ]


def _why_surplus(material: SourceMaterial, scan: StocktakeRow) -> str:
    return _GONE if scan.accession_no in material.library.copies else "个别登记账没有这个号"


def _missing(material: SourceMaterial, count: Stocktake) -> Iterator[CopyLine]:
    """The copies nobody saw, each with what the books say of it since."""
    stocktakes = material.library.derive(Stocktakes)
    of = {copy.accession_no: one for one in count.finished for copy in one.missing}
    for copy in count.missing:
        is_back = stocktakes.came_back(of[copy.accession_no], copy)
        yield _copy(copy, _GONE if material.library.written_off(copy) else _CAME_BACK if is_back else "")


def _scanned(material: SourceMaterial, scan: StocktakeRow, remarks: str) -> CopyLine:
    if copy := material.library.copies.get(scan.accession_no):
        return _copy(copy, remarks)
    return CopyLine(scan.accession_no, "", "", "", scan.place or "", remarks)


def _copy(copy: AccessionRow, remarks: str) -> CopyLine:
    return CopyLine(
        copy.accession_no,
        copy.title,
        copy.class_no,
        "" if copy.price is None else str(copy.price),
        copy.location or "",
        remarks,
    )
