"""Copies that a list without a column for them writes behind the titles: 小河×3."""

import re
from collections.abc import Sequence

from schoollib_xl.adoption.copies.lots import stated_numbers
from schoollib_xl.adoption.journal import Journal, of_many
from schoollib_xl.adoption.rows.records import Record
from schoollib_xl.adoption.transforms import COUNT_BEHIND_TITLE

TAKEN = (
    "没有册数一栏、书名后面写着几册的 {count} 行（第一处{first}“{title}”）：照着记册数，书名去掉了这几个字；"
    "不是册数的，加一栏“册数”再接收。"
)
MAY_COUNT = (
    "没有册数一栏、书名后面括号里写着几册的 {count} 行（第一处{first}“{title}”）：每行只记了 1 册；"
    "真有几册的，加一栏“册数”再接收。"
)
ONE_ALL_THE_SAME = (
    "书名后面写着几册，登记号却只有一个或者册数写着 1 的 {count} 行（第一处{first}“{title}”）：每行只记了 1 册；"
    "真有几册的，补上别的登记号或者改了册数再接收。"
)
# 3×3 is a cube; what stands in brackets may be the volumes of a set.
_TIMES = re.compile(r"(?P<title>.*[^\d\s×xX*✕＊])\s*[×xX*✕＊]\s*(?P<copies>[1-9]\d?)\s*[册本]?")
_IN_BRACKETS = re.compile(r".*[(（]\s*(?:[2-9]|[1-9]\d|[二两三四五六七八九十])\s*[册本]\s*[)）]")


def copies_behind_titles(records: Sequence[Record], journal: Journal) -> None:
    """Take the copies that stand behind a title where nothing else says how many there are; tell which they are, and of
    which nobody can tell.
    """
    unsaid = [record for record in records if record.get("title") and _is_unsaid(record)]
    taken = [(record, match) for record in unsaid if (match := _TIMES.fullmatch(record.get("title")))]
    in_doubt = [record for record in unsaid if _IN_BRACKETS.fullmatch(record.get("title"))]
    first = next((record.get("title") for record, _ in taken), "")
    journal.assumed += of_many(TAKEN, [record.place for record, _ in taken], title=first)
    journal.assumed += of_many(
        MAY_COUNT, [record.place for record in in_doubt], title=next((one.get("title") for one in in_doubt), "")
    )
    as_one = [record for record in records if record.get("title") and _is_one(record)]
    told = [record for record in as_one if _TIMES.fullmatch(record.get("title"))]
    journal.assumed += of_many(
        ONE_ALL_THE_SAME, [record.place for record in told], title=next((one.get("title") for one in told), "")
    )
    for record, match in taken:
        title, copies = record.get("title"), int(match["copies"])
        record.values |= {"title": match["title"], "held": copies}
        journal.did(COUNT_BEHIND_TITLE, record.place, "书名", title, f"{match['title']}，{copies} 册")


def _is_one(record: Record) -> bool:
    """Whether a single number, or a column, says that there is one copy."""
    numbers = stated_numbers(record).numbers
    return len(numbers) == 1 or (not numbers and record.get("held") == 1)


def _is_unsaid(record: Record) -> bool:
    """Whether neither a column nor several numbers say how many copies there are."""
    is_counted = {"held", "volumes", "present"} & record.table.columns.keys()
    return not is_counted and record.get("held") is None and not stated_numbers(record).numbers
