"""接收报告: what came in, what came out, what was set aside and why, what was changed and whether the totals agree."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from schoollib_xl.adoption.adopting import Adoption
from schoollib_xl.adoption.forms.tables import FoundTable
from schoollib_xl.adoption.journal import Journal, RowOutcome, SourceRow, ValueChange, What
from schoollib_xl.adoption.own_totals import OwnTotal, differing, own_totals
from schoollib_xl.adoption.totals import SourceTaken, Total
from schoollib_xl.adoption.transforms import ALL, Transform
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.supporting.office import MappingRow
from schoollib_xl.wording.answer import Answer, Section, Table, Value, columns_of, section_of

REPORT_NAME = "接收报告.xlsx"
_SAMPLES = 3
# What a report quotes of a row; the whole of it stands in its source.
_LONGEST_QUOTE = 300
_OF_SOME = "有的表没有认出来，不在合计里；认出来的，"
# Where a row of a source stands.
_SHEET = {"来源文件": 26, "工作表": 16}
_LINE = _SHEET | {"行": 8}
_TABLE_HEADER = (*_SHEET, "认作", "有字的行", "接收", "并入", "没有接收")
_OWN_TOTALS_HEADER = (*_LINE, "合计的", "写的", "上面各行", "结论")
_SIGNS = {ord(" "): "␣", 0x3000: "␣", ord("\t"): "⇥", ord("\n"): "↵", ord("\r"): None}


class AdoptionResult(NamedTuple):
    """What came of the sources: the totals, what each table and column was taken for, and what the first check of
    the new workbook says in one sentence (and more).
    """

    totals: Sequence[Total]
    sources: Sequence[SourceTaken]
    check_sentences: Sequence[str]

    @property
    def is_of_some(self) -> bool:
        """Whether a table that nobody knows may state more than the totals count."""
        return any(source.may_state_more for source in self.sources)


def settles_every_row(adoption: Adoption) -> bool:
    """Whether each filled row of each source has its line in the report."""
    return sum(table.filled_rows for table in adoption.tables) == len(adoption.journal.row_records)


def report_answer(adoption: Adoption, result: AdoptionResult) -> Answer:
    """The report: one sheet a matter."""
    return Answer("接收报告", (), tuple(_sections(adoption, result)))


def _sections(adoption: Adoption, result: AdoptionResult) -> Iterator[Section]:
    yield _summary(adoption, result)
    journal = adoption.journal
    yield _row_records("没有接收的行", journal, RowOutcome.ASIDE, "原因")
    yield _row_records("并入的行", journal, RowOutcome.MERGED, "并入哪里")
    yield _open_loans(adoption)
    yield _unread(journal)
    yield _transforms(journal)
    yield _changes(journal)
    yield _columns(adoption.tables)
    yield _adopted(journal)


def _summary(adoption: Adoption, result: AdoptionResult) -> Section:
    rows = [
        (
            one.what.value,
            *(_figure(one.what, n) for n in (one.came_in, one.out, one.merged, one.aside)),
            agreement(one, is_of_some=result.is_of_some),
        )
        for one in result.totals
        if one.came_in or one.out
    ]
    parts = [
        Table("合计对得上吗", ("合计", "旧表", "接收", "并入", "没有接收", "结论"), rows),
        Table("每张表进出多少行", _TABLE_HEADER, [_table_line(table, adoption.journal) for table in adoption.tables]),
    ]
    # A sheet whose header stands there again is several tables with the same columns.
    unknown = dict.fromkeys(
        (
            source.file,
            source.sheet,
            column.header,
            column.guess or "",
            "写进了备注" if source.has_remarks else "没有接收",
        )
        for source in result.sources
        for column in source.unrecognised
    )
    if unknown:
        header = (*_SHEET, "栏目", "像是", "现在")
        parts.append(Table("没有认出的栏目", header, list(unknown)))
    if own := [*map(_own_total, own_totals(adoption.tables))]:
        parts.append(Table("旧表自己写的合计", _OWN_TOTALS_HEADER, own))
    if said := list(_said(adoption.journal)):
        parts.append(Table("先这样定的，看一遍", (), [(text,) for text in said]))
    return Section("结论", (34, 20, 14, 12, 12, 12, 12), list(_verdict(adoption, result)), parts)


def agreement(total: Total, *, is_of_some: bool) -> str:
    """一致, of some of the tables only where so, or how much is missing or too much, or that nobody knows."""
    difference = total.came_in - total.out - total.merged
    if not difference and total.unread:
        unread = f"有 {total.unread} 行读不出来"
        return f"读得出来的一致，另{unread}，空着没有算" if total.agrees else f"{unread}，旧表的合计不知道"
    if not difference:
        return "认出来的一致" if is_of_some else "一致"
    return f"少 {_figure(total.what, difference)}" if difference > 0 else f"多 {_figure(total.what, -difference)}"


def _figure(what: What, number: Decimal) -> int | Decimal:
    return number if what is What.MONEY else int(number)


def _said(journal: Journal) -> Iterator[str]:
    yield from journal.urgent
    yield from journal.assumed


def _table_line(table: FoundTable, journal: Journal) -> tuple[Value, ...]:
    places = map(table.place_of, table.every_line)
    counted = Counter(journal.row_records[place].outcome for place in places if place in journal.row_records)
    kind = table.kind.name if table.kind else "没有认出"
    return (table.file, table.sheet, kind, table.filled_rows, *(counted[outcome] for outcome in RowOutcome))


def _own_total(total: OwnTotal) -> tuple[Value, ...]:
    agrees = {True: "一致", False: "不一致", None: "有读不出来的，不知道"}[total.agrees]
    return (total.file, total.sheet, str(total.row), total.what, _plain(total.stated), _plain(total.counted), agrees)


def _plain(figure: str | Decimal) -> Value:
    """Copies without the point of money."""
    return int(figure) if isinstance(figure, Decimal) and figure == figure.to_integral() else figure


def _verdict(adoption: Adoption, result: AdoptionResult) -> Iterator[str]:
    aside = sum(
        row_record.outcome is RowOutcome.ASIDE and row_record.is_record
        for row_record in adoption.journal.row_records.values()
    )
    wrong = [total.what.value for total in result.totals if not total.is_equal]
    unknown = [total.what.value for total in result.totals if total.is_equal and total.unread]
    if adoption.is_empty:
        yield "没有认出一张可以接收的表，没有写工作簿；用 --dry-run 写出账册对照，填好再接收。"
        return
    compared = "、".join(total.what.value for total in result.totals if total.came_in or total.out)
    if wrong:
        yield f"合计对不上：{'、'.join(wrong)}，先看清差在哪里再用这份工作簿。"
    if unknown:
        yield f"旧表里有读不出来的，不知道对不对得上：{'、'.join(unknown)}；是哪些格子，在“读不出来的”里，改好再接收。"
    elif compared and not wrong:
        yield f"{_OF_SOME if result.is_of_some else ''}旧表和接收的一致：{compared}。"
    yield from (total.sentence() for total in differing(adoption.tables))
    if aside:
        yield f"有 {aside} 行没有接收，原因在“没有接收的行”里；要补的，改好旧表再接收一次，或直接记进账里。"
    if adoption.priceless:
        yield f"有 {adoption.priceless} 册没有价格或价格读不出来，单价空着，不在上面的金额里。"
    yield from result.check_sentences


def _row_records(name: str, journal: Journal, outcome: RowOutcome, header: str) -> Section:
    found = [row_record for row_record in journal.row_records.values() if row_record.outcome is outcome]
    found.sort(key=lambda row_record: not row_record.is_record)
    counted = Counter(row_record.detail for row_record in found) if outcome is RowOutcome.ASIDE else Counter()
    sentences = [f"{reason}：{count} 行。" for reason, count in counted.most_common()]
    rows = [(*_place(row_record.place), row_record.detail, _quoted(row_record.text)) for row_record in found]
    return section_of(name, _LINE | {header: 36, "原文": 80}, rows, sentences)


def open_loans(adoption: Adoption) -> list[tuple[int, LoanRow]]:
    """The loans nobody has brought back, with the days since they were lent, the oldest first."""
    as_of = adoption.options.as_of
    loans = (loan for loan in adoption.ledger_set.rows.get(LoanRow, []) if loan.is_open)
    return sorted((((as_of - loan.lent_on).days, loan) for loan in loans), key=lambda one: (-one[0], one[1].line))


def _open_loans(adoption: Adoption) -> Section:
    rows = [
        (days, loan.lent_on, loan.loan_no, loan.reader_no, loan.name, loan.class_name, loan.accession_no, loan.title)
        for days, loan in open_loans(adoption)
    ]
    sentence = f"旧表里没有归还的 {len(rows)} 笔，借得最久的在前；书已经回来的，在借阅登记账补上归还日期。"
    columns = columns_of(
        LoanRow, lent_on=14, loan_no=12, reader_no=14, name=12, class_name=14, accession_no=14, title=40
    )
    return section_of("还没有还的", {"借出天数": 10} | columns, rows, [sentence] if rows else [])


def _unread(journal: Journal) -> Section:
    rows = [(*_place(unread.place), unread.header, _quoted(unread.text)) for unread in journal.unread]
    sentences = ["这些格子读不出来，没有猜：能写备注的照原样写进了那一行的备注，格子空着。"] if rows else []
    return section_of("读不出来的", _LINE | {"栏目": 18, "原文": 60}, rows, sentences)


def _transforms(journal: Journal) -> Section:
    by_transform: dict[Transform, list[tuple[ValueChange, int]]] = defaultdict(list)
    for change, count in journal.changes.items():
        by_transform[change.transform].append((change, count))
    rows = [_transform_line(transform, by_transform[transform]) for transform in ALL if transform in by_transform]
    said = "整理只用下面这些办法，别的一个字没有改；改前有内容的都列在“整理明细”里，照着可以改回去。"
    return section_of("整理办法", {"办法": 22, "做什么": 54, "次数": 9, "改前 → 改后（举几个）": 76}, rows, [said])


def _transform_line(transform: Transform, changes: Sequence[tuple[ValueChange, int]]) -> tuple[Value, ...]:
    samples = "；".join(f"{_seen(change.before)} → {_seen(change.after)}" for change, _ in changes[:_SAMPLES])
    return (transform.name, transform.does, sum(count for _, count in changes), samples)


def _changes(journal: Journal) -> Section:
    order = {transform: index for index, transform in enumerate(ALL)}
    listed = sorted(journal.changes.items(), key=lambda item: order[item[0].transform])
    rows = [
        (change.transform.name, change.header, _seen(change.before), _seen(change.after), count, *_place(first))
        for change, count in listed
        for first in [journal.first_places[change]]
        if change.before
    ]
    columns = {"办法": 20, "栏目": 14, "改前": 38, "改后": 38, "次数": 7, "第一处：文件": 26, "工作表": 15, "行": 7}
    return section_of("整理明细", columns, rows)


def _columns(tables: Iterable[FoundTable]) -> Section:
    columns = _SHEET | {"认作": 14} | columns_of(MappingRow, own_header=20) | {"账册里的栏目": 20, "怎么认的": 20}
    return section_of("栏目对照", columns, list(column_lines(tables)))


def column_lines(tables: Iterable[FoundTable]) -> Iterator[tuple[str, str, str, str, str, str]]:
    """Each column of each table: what it was taken for, and by what it was known."""
    for table in tables:
        fields = table.fields_by_column
        for at, header in sorted(table.headers.items()):
            kind = table.kind.name if table.kind else ""
            name = fields.get(table.joined.get(at, at))
            standard = table.kind.by_name[name].header if table.kind and name else ""
            yield table.file, table.sheet, kind, header, standard, table.how.get(at, "")


def _adopted(journal: Journal) -> Section:
    rows = [
        (*_place(row_record.place), row_record.detail)
        for row_record in journal.row_records.values()
        if row_record.outcome is RowOutcome.ADOPTED
    ]
    return section_of("接收的行", _LINE | {"去了哪里": 60}, rows)


def _place(place: SourceRow) -> tuple[str, str, str]:
    return place.file, place.sheet, str(place.row)


def _seen(text: str) -> str:
    """The text with the blanks at its ends, and line breaks, as signs that can be seen."""
    inner = text.strip()
    before, _, after = text.partition(inner) if inner else (text, "", "")
    signs = _quoted(before.translate(_SIGNS) + inner.replace("\n", "↵") + after.translate(_SIGNS))
    return signs or "（空）"


def _quoted(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}……"
