"""个别登记账 (ACC): where a copy came from and which title it is, against what else says so."""

import re
from collections.abc import Iterator
from datetime import date
from operator import attrgetter

from schoollib_xl.checks.check import Found, Severity, check, found
from schoollib_xl.checks.habits import told_once
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.identifiers import is_issn
from schoollib_xl.ledgers.library import Library, group_by
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import cell, header_of
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import Flow, Settlement, Source
from schoollib_xl.rules.calendar import days_later
from schoollib_xl.rules.likeness import bare, same_title
from schoollib_xl.rules.periodicals import bound_numbers
from schoollib_xl.rules.titles import held_more_than_once, titles, titles_as_written

# The year on the title page may run ahead of the calendar from autumn on.
_AUTUMN = 9
# The first printed Chinese library books of a village school; anything older is a slip or a treasure.
_OLDEST = 1900
# 2015, 2015.3, 201503, 20150301.
_YEAR = re.compile(r"\D*(\d{4})(?:\D.*|(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])?)?")
# Entering a large gift takes a term at most; more is a slip of the date.
LATEST_ENTRY = 200
_SHORTEST_ISBN = 10
# So many copies of an opening batch under a later day are slips; more are how the school enters its old books.
_SLIPS = 3
_NUMBERING = r"[0-9一二三四五六七八九十上中下]+(册|卷|部|集|辑)?$"


@check(
    "ACC014",
    title="出版年不对",
    message="{accession_no} 在 {accessioned_on} 登记，出版年却是“{published}”{alike}。",
    why="书不会在出版以前入账，年份抄错了，剔旧时也会选错书。",
    fix="先看版权页，再改出版年；出版年没有错，就查登记日期。",
    severity=Severity.WARNING,
    reads={AccessionRow: "accession_no accessioned_on published"},
)
def published_later(library: Library) -> Iterator[Found]:
    return told_once(_published_otherwise(library), len(library[AccessionRow].saying("published")))


def _published_otherwise(library: Library) -> Iterator[Found]:
    table = library[AccessionRow]
    years = {text: year for text in table.distinct("published") if (year := _year_in(text or "")) is not None}
    latest = {day: _latest_year(day) for day in table.distinct("accessioned_on")}
    columns = zip(table, table.column("published"), table.column("accessioned_on"), strict=True)
    for row in [row for row, text, day in columns if text in years and not _OLDEST <= years[text] <= latest[day]]:
        if year := years[row.published]:
            # A year that no book of today carries is wrong for certain.
            severity = Severity.ERROR if year > library.as_of.year + 1 else None
            yield found(cell(row, "published"), cell(row, "accessioned_on"), severity=severity)


def _latest_year(accessioned_on: date | None) -> int:
    """The latest year that a book of the day can carry."""
    day = accessioned_on or date.min
    return day.year + (day.month >= _AUTUMN)


def _year_in(published: str) -> int | None:
    match = _YEAR.fullmatch(published)
    return int(match[1]) if match else None


@check(
    "ACC015",
    title="一个 ISBN 有两种书名",
    message="ISBN {isbn} 在 {accession_no} 上是《{title}》，在 {other} 上是《{usual}》。",
    why="一种书一个 ISBN；两种书名，多半有一行抄错了。",
    fix="先看两册书的版权页；抄错的改正，一套书共用一个 ISBN 的就不用动。",
    severity=Severity.WARNING,
    reads={AccessionRow: "accession_no title publisher price isbn"},
    may_read={AccessionRow: "author edition"},
)
def isbn_of_two_titles(library: Library) -> Iterator[Found]:
    for copies in library.derive(_by_isbn):
        groups = sorted(group_by(copies, "title").values(), key=lambda group: (-len(group), group[0].line))
        usual = groups[0][0]
        for first, *_ in groups[1:]:
            if _is_volume_of(first.title, usual.title):
                continue
            # The books of a set may share one ISBN: they come from one house at one price.
            alike = (first.publisher, first.price) == (usual.publisher, usual.price)
            yield found(
                cell(first, "title"),
                cell(usual, "title"),
                severity=Severity.HINT if alike else None,
                other=usual.accession_no,
                usual=usual.title,
            )


@check(
    "ACC017",
    title="一个 ISBN 有两个出版社或著者",
    message="ISBN {isbn} 的“{header}”，{accession_no} 写的是“{own}”，{other} 写的是“{usual}”。",
    why="一种书一个 ISBN，出版社和著者也只有一个；写法不一样，种数就会多算。",
    fix="先看两册书的版权页；抄错的改正，只是写法不同就照一种写法写。",
    severity=Severity.HINT,
    reads={AccessionRow: "accession_no title author publisher isbn"},
    may_read={AccessionRow: "edition"},
)
def isbn_described_two_ways(library: Library) -> Iterator[Found]:
    houses: dict[tuple[str, str | None], set[tuple[str | None, ...]]] = {}
    written = library.derive(titles_as_written)
    for title, author, publisher, _, isbn in written:
        if isbn:
            houses.setdefault((isbn, title), set()).add((publisher, author))
    doubled = [one for one, found_of in houses.items() if len(found_of) > 1]
    several = {one for one in doubled if len(bare(one[0])) >= _SHORTEST_ISBN and not is_issn(one[0])}
    copies_of = [copy for (title, *_, isbn), own in written.items() if (isbn, title) in several for copy in own]
    for copies in group_by(sorted(copies_of, key=attrgetter("line")), "isbn").values():
        for field in ("publisher", "author"):
            yield from _described_two_ways([copy for copy in copies if getattr(copy, field)], field)


def _described_two_ways(copies: list[AccessionRow], field: str) -> Iterator[Found]:
    groups = sorted(group_by(copies, field).values(), key=lambda group: (-len(group), group[0].line))
    for first, *_ in groups[1:]:
        own, usual = getattr(first, field), getattr(groups[0][0], field)
        # 著 and 编, a series before the name, a house in short: one is part of the other.
        if not same_title(own, usual):
            header = header_of(AccessionRow, field)
            at, other = cell(first, field), cell(groups[0][0], field)
            yield found(at, other, header=header, own=own, usual=usual, other=groups[0][0].accession_no)


def _by_isbn(library: Library) -> list[list[AccessionRow]]:
    """The copies of each ISBN that stands on more than one title, by line."""
    names_of: dict[str, set[str | None]] = {}
    written = library.derive(titles_as_written)
    for title, *_, isbn in written:
        if isbn:
            names_of.setdefault(isbn, set()).add(title)
    doubled = [isbn for isbn, names in names_of.items() if len(names) > 1]
    several = {isbn for isbn in doubled if len(bare(isbn)) >= _SHORTEST_ISBN and not is_issn(isbn)}
    rows = [copy for (*_, isbn), own in written.items() if isbn in several for copy in own]
    return list(group_by(sorted(rows, key=attrgetter("line")), "isbn").values())


def _is_volume_of(title: str, other: str) -> bool:
    one, two = (re.sub(_NUMBERING, "", bare(text)) for text in (title, other))
    return same_title(one, two)


@check(
    "ACC102",
    title="登记日期比这一批晚半年多",
    message="{accession_no} 登记在 {accessioned_on}，它那一批 {batch_no} 在 {registered_on} 就登记了{alike}。",
    why="一批书不会隔半年才登个别账，多半是日期写错了。",
    fix="先看单据和前后几册的日期；这一册的日期写错就改，批次写错就改总括登记号。",
    severity=Severity.WARNING,
    reads={AccessionRow: "accession_no accessioned_on batch_no", SummaryRow: "registered_on batch_no flow"},
)
def registered_long_after_batch(library: Library) -> Iterator[Found]:
    for batch_no, copies_of in library.copies_by_batch.items():
        batch = library.batches.get(batch_no)
        if batch is None or batch.flow is Flow.OUT:
            continue
        in_time = days_later(batch.registered_on, LATEST_ENTRY - 1)
        copies = [copy for copy in copies_of if copy.accessioned_on and copy.accessioned_on > in_time]
        is_opening = batch.flow is Flow.OPENING
        # Old books are entered for years after a ledger was opened, each on its own day.
        if is_opening and len(copies) > _SLIPS:
            continue
        severity, other = Severity.HINT if is_opening else None, cell(batch, "registered_on")
        # A delivery that was catalogued a term later is no slip on each of its books.
        yield from told_once(found(cell(row, "accessioned_on"), other, severity=severity) for row in copies)


@check(
    "ACC311",
    title="来源是赔书，赔偿登记账里没有",
    message="{accession_no} 的来源是赔书，赔偿登记账的赔书登记号里没有它{alike}。",
    why="赔来的书要说得出赔的是哪一册。",
    fix="先看这一册是谁赔的；赔偿登记账漏填就补赔书登记号，来源写错就改来源。",
    severity=Severity.WARNING,
    reads={
        AccessionRow: "accession_no accessioned_on batch_no source",
        CompensationRow: "settlement replacement_no settled_on",
        SummaryRow: "batch_no flow registered_on",
    },
)
def replacement_of_nothing(library: Library) -> Iterator[Found]:
    replaced = [row for row in library[CompensationRow] if row.settlement is Settlement.REPLACEMENT and row.settled_on]
    claimed = {row.replacement_no for row in library[CompensationRow]}
    unclaimed = [row for row in library[AccessionRow].having("source", Source.REPLACEMENT) if _is_told(library, row)]
    own = {row.accession_no for row in unclaimed} & claimed
    # An incident with no number, or a wrong one, is where the missing number belongs (CMP308 to CMP310, CMP013).
    if len(unclaimed) > len(replaced) and not library[CompensationRow].incomplete:
        told = (found(cell(row, "source")) for row in unclaimed if row.accession_no not in own)
        yield from told_once(told, len(unclaimed))


def _is_told(library: Library, copy: AccessionRow) -> bool:
    """Whether the copy came while these books were kept."""
    return not library.is_opening(copy) and not library.in_older_books(copy.accessioned_on)


@check(
    "ACC312",
    title="来源是合订，报刊登记账里没有",
    message="{accession_no} 的来源是合订，报刊登记账的合订本号里没有它{alike}。",
    why="合订本要说得出是哪一种报刊装订的。",
    fix="先看合订本的刊名；报刊登记账漏填就补合订本起号和止号，来源写错就改来源。",
    severity=Severity.WARNING,
    reads={
        AccessionRow: "accession_no accessioned_on batch_no source",
        PeriodicalRow: "starts_on bound_volumes first_bound_no last_bound_no",
        SummaryRow: "batch_no flow",
    },
)
def bound_from_nothing(library: Library) -> Iterator[Found]:
    table = library[PeriodicalRow]
    claimed = {number for row in table for number in _claimed(row)}
    since = min((row.starts_on for row in table), default=date.max)
    bound = [row for row in library[AccessionRow].having("source", Source.BINDING) if row.held_from >= since]
    volumes = [row for row in bound if not library.is_opening(row)]
    # Where a subscription names other numbers, it is the one to look at (PER016, PER301 to PER303).
    if len(volumes) > sum(row.bound_volumes or len(_claimed(row)) for row in table) and not table.incomplete:
        told = (found(cell(row, "source")) for row in volumes if row.accession_no not in claimed)
        yield from told_once(told, len(volumes))


def _claimed(row: PeriodicalRow) -> tuple[str, ...]:
    """The numbers a subscription names; where its range does not fit 装订册数, at least the two it gives."""
    ends = (row.first_bound_no, row.last_bound_no)
    return bound_numbers(row) or tuple(number for number in ends if number)


@check(
    "ACC905",
    title="同一种书书次号不一样",
    message="《{title}》{accession_no} 的书次号是 {book_no}，{other} 是 {usual}{alike}。",
    why="同一种书的书次号都一样，书才排得到一处。",
    fix="先定用哪一个书次号，再改另一个，书标也跟着改；分开编的复本就不用动。",
    severity=Severity.HINT,
    reads={AccessionRow: "accession_no class_no book_no title author publisher edition isbn"},
)
def book_no_differs_within_title(library: Library) -> Iterator[Found]:
    # A running number for each copy is another way to tell books apart on the shelf.
    return told_once(_numbered_otherwise(library), held_more_than_once(library))


def _numbered_otherwise(library: Library) -> Iterator[Found]:
    for copies in library.derive(titles):
        numbers = {copy.book_no for copy in copies if copy.book_no}
        if len(numbers) <= 1 or len({copy.class_no for copy in copies}) > 1:
            continue
        groups = group_by(sorted((copy for copy in copies if copy.book_no), key=lambda copy: copy.line), "book_no")
        usual = max(groups.values(), key=lambda group: (len(group), -group[0].line))
        for first, *_ in (group for group in groups.values() if group is not usual):
            at, other = cell(first, "book_no"), cell(usual[0], "book_no")
            yield found(at, other, other=usual[0].accession_no, usual=usual[0].book_no)
