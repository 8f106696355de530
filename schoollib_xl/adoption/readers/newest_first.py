"""Class lists of several years: what the latest says goes before what the others do."""

import re
from collections.abc import Iterable, Sequence

from schoollib_xl.adoption.journal import Journal, of_many
from schoollib_xl.adoption.rows.records import Record
from schoollib_xl.ledgers.library import grouped
from schoollib_xl.sheets.reading.dates import years_in

# 2023级 and 2029届 are years that people came or go.
_OF_PEOPLE = re.compile(r"\d{2,4}[级届]")
_HALF = 0.5
ON_AN_OLD_LIST = (
    "几年的名册里照新的记；只在旧的上、新的上没有的 {count} 人（第一处{first}）："
    "证还算在用，班级照旧的写；不在校的填停用日期。"
)


def newest_first(records: Sequence[Record], journal: Journal) -> list[Record]:
    """The records, those of the latest year first, where every list tells its year and they are of the same people; who
    stands on none of the latest is told.
    """
    lists = list(grouped(records, lambda record: id(record.table)).values())
    years = [_year(own[0]) for own in lists]
    if len(set(years)) < 2 or not all(years):
        return [*records]
    latest = [record for own, year in zip(lists, years, strict=True) if year == max(years) for record in own]
    older = [record for own, year in zip(lists, years, strict=True) if year < max(years) for record in own]
    there = {sign for record in latest for sign in _signs(record)}
    alone = [record for record in older if there.isdisjoint(_signs(record))]
    if len(alone) > _HALF * len(older):
        return [*records]
    journal.urgent += of_many(ON_AN_OLD_LIST, [record.place for record in alone])
    return sorted(records, key=lambda record: -_year(record))


def _year(record: Record) -> int:
    """The year a list tells, of a school year the one it ends in; 0 for none."""
    table = record.table
    return max(years_in(_OF_PEOPLE.sub("", f"{table.file} {table.heading}")), default=0)


def _signs(record: Record) -> Iterable[str]:
    return [text for text in (record.get("reader_no"), record.get("name")) if text]
