"""What a list says of its copies that has no column there: 现存 beside 册数, why one was written off, what was paid."""

from collections.abc import Iterable, Iterator, Sequence

from schoollib_xl.adoption.lots import stated_numbers
from schoollib_xl.adoption.records import Record

_KEPT = ("reason", "paid_value")


def note_remaining(records: Iterable[Record]) -> Iterator[str]:
    """Keep in 备注 what differs from the copies stated, reasons and sums paid; a sentence on each way of differing."""
    less: list[Record] = []
    more: list[Record] = []
    for record in records:
        for name in _KEPT:
            if record.get(name):
                record.notes.append(f"{record.header(name)}：{record.said(name)}")
        present, stated = record.get("present"), _stated(record)
        if present is None or present == stated:
            continue
        record.notes.append(f"{record.header('present', 'present')}：{record.said('present')}")
        if present > stated:
            more.append(record)
        elif not _is_settled(record):
            less.append(record)
    if less:
        missing = sum(_stated(record) - record.get("present") for record in less)
        yield (
            f"现存比册数少的有 {_where(less)}，一共少 {missing} 册：这 {missing} 册还算在馆藏里，"
            "不知道少的是哪一册；照注销单记进注销登记账，只是借出去了的不用记。原数在备注里。"
        )
    if more:
        yield f"现存比册数多的有 {_where(more)}：照册数记的，看看哪个对。原数在备注里。"


def _stated(record: Record) -> int:
    """The copies a record states, by its numbers where it does not say how many."""
    held: int | None = record.get("held")
    return held if held is not None else len(stated_numbers(record).numbers) or 1


def _is_settled(record: Record) -> bool:
    """Whether another column says what became of the copy."""
    return record.get("state") is not None or record.get("withdrawn_on") is not None


def _where(records: Sequence[Record]) -> str:
    return f"{len(records)} 行（第一处{records[0].place}）"
