"""抽查表: the words of the sheet that is filled in at the shelf, the same when it is written and when it is read."""

from datetime import date

from schoollib_xl.inspection.sample import Sample
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.schema import header_of
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.wording.answer import Answer, Medium, Section, Table, Value
from schoollib_xl.wording.zh import say

SAMPLE_SHEET, TITLE = "抽查表", "图书抽查表"
NUMBER, FOUND, CARDS = header_of(AccessionRow, "accession_no"), "找到没有", "卡和章齐不齐"
TAKEN, TAKEN_TITLE = "书上的号", "书上的书名"
BATCH, PAPERS = header_of(SummaryRow, "batch_no"), "单据对上没有"
_COPY_HEADER = ("序", NUMBER, "书名", "索书号", header_of(AccessionRow, "location"), FOUND, CARDS)
_TAKEN_HEADER = ("序", "到哪里拿", TAKEN, TAKEN_TITLE)
_OF_BATCH = ("batch_no", "registered_on", "copies", "list_value", "voucher_no")
_BATCH_HEADER = ("序", *(header_of(SummaryRow, name) for name in _OF_BATCH), PAPERS)
# One column set for all three tables of the page.
_WIDTHS = (4, 13, 29, 14, 13, 12, 14)
_SIGNED = "抽查人：　　　　　　　　　图书管理员：　　　　　　　　　日期："
_TICKS = ("√", "×")
# Forty lines of the three tables with what stands over them fill an A4 page in letters of 8 pt and rows of 5 mm, in
# which a hand can still write; more go on to a second page instead of becoming smaller.
_MOST_ON_A_PAGE = 40


def sample_answer(sample: Sample, as_of: date) -> Answer:
    """The sheet to carry to the shelf, with cells to tick."""
    copies = [_copy_row(number, copy) for number, copy in enumerate(sample.copies, 1)]
    batches = [_batch_row(number, batch) for number, batch in enumerate(sample.batches, 1)]
    nothing = "没有可抽的。"
    taken = _taken_rows(sample)
    is_one_page = len(copies) + len(taken) + len(batches) <= _MOST_ON_A_PAGE
    tables = [
        Table("一、照号找书", _COPY_HEADER, copies, choices={FOUND: _TICKS, CARDS: _TICKS}, empty=nothing),
        Table("二、照书找号", _TAKEN_HEADER, taken, empty=nothing, new_page=not is_one_page),
        Table("三、照批找单据", _BATCH_HEADER, batches, choices={PAPERS: _TICKS}, empty=nothing, notes=("", _SIGNED)),
    ]
    how = "找到打√，没找到打×；从架上拿的书，把书上的号抄下来。"
    then = "填好存盘，再做一次迎检自查，抽查表选这一张。"
    said = (which(sample, say(as_of)), how + then)
    section = Section(SAMPLE_SHEET, _WIDTHS, said, tables, Medium.FILE, TITLE, is_one_page=is_one_page)
    return Answer(SAMPLE_SHEET, (), [section])


def which(sample: Sample, as_of: str) -> str:
    """The line by which the sheet is known again."""
    return f"抽 {len(sample.copies)} 册，抽签号 {sample.seed}，应在架 {sample.population} 册，数据到 {as_of}。"


def _copy_row(number: int, copy: AccessionRow) -> tuple[Value, ...]:
    """A copy to find on the shelf."""
    return number, copy.accession_no, copy.title, copy.call_number, copy.location or "", "", ""


def _taken_rows(sample: Sample) -> list[tuple[Value, ...]]:
    """The blanks for books taken from the shelf, by place."""
    places = [place or "任意一处" for place, count in sample.blanks.items() for _ in range(count)]
    return [(number, place, "", "") for number, place in enumerate(places, 1)]


def _batch_row(number: int, batch: SummaryRow) -> tuple[Value, ...]:
    """A batch to match with its invoice or slip."""
    copies = "" if batch.copies is None else batch.copies
    return number, batch.batch_no, batch.registered_on, copies, batch.list_value, batch.voucher_no or "", ""
