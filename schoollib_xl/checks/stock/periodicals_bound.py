"""报刊登记账 (PER): bound volumes against 个别登记账."""

from collections import Counter
from collections.abc import Iterator

from schoollib_xl.checks.check import Found, Gap, Named, Severity, check, found
from schoollib_xl.checks.habits import blanks_told_once, told_once
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import Flow, Source, SourceOrDestination
from schoollib_xl.rules.likeness import bare, same_title, says
from schoollib_xl.rules.periodicals import bound_numbers, volumes_spanned

_BOUND = "title bound_volumes first_bound_no last_bound_no"
# From so many others on their way of naming volumes is the school's custom.
_MANY = 3


@check(
    "PER016",
    title="两种报刊用了同一个合订本号",
    message="《{title}》的合订本号 {numbers} 也记在《{other}》里。",
    why="合订本一册一号，两种报刊不能用同一个号。",
    fix="先看合订本上贴的号，再把写错的一种改正；真是两种合订在一册，就在备注里写“合订”。",
    severity=Severity.WARNING,
    reads={PeriodicalRow: f"{_BOUND} remarks"},
    may_read={AccessionRow: "accession_no title"},
)
def bound_number_used_twice(library: Library) -> Iterator[Found]:
    first_by_number: dict[str, PeriodicalRow] = {}
    for row in library[PeriodicalRow]:
        shared = [number for number in bound_numbers(row) if number in first_by_number]
        # The two terms of one title may be bound in one volume.
        others = [first for number in shared if (first := first_by_number[number]).title != row.title]
        if others and not says(row.remarks, "合订", "合装"):
            wrong, right = row, others[0]
            copy = library.copies.get(shared[0])
            if copy and same_title(row.title, copy.title) and not same_title(others[0].title, copy.title):
                wrong, right = right, wrong
            at, other = cell(wrong, "first_bound_no"), cell(right, "first_bound_no")
            yield found(at, other, numbers=tuple(shared), other=right.title)
        for number in bound_numbers(row):
            first_by_number.setdefault(number, row)


@check(
    "PER205",
    title="合订本号和装订册数不合",
    message="《{title}》装订 {volumes} 册，合订本起止号是 {spanned} 册，起止号{gap}{alike}。",
    why="一册合订本一个号，起号到止号有几个号，就是几册。",
    fix="先数装订好的合订本；册数没错，就改合订本起号或止号。",
    reads={PeriodicalRow: _BOUND},
)
def bound_range_does_not_fit(library: Library) -> Iterator[Found]:
    bound = [row for row in library[PeriodicalRow] if row.bound_volumes and volumes_spanned(row) is not None]
    amiss = [row for row in bound if volumes_spanned(row) != row.bound_volumes]
    yield from blanks_told_once(((row.last_bound_no is None, _spanning(row)) for row in amiss), len(bound))


def _spanning(row: PeriodicalRow) -> Found:
    spanned, volumes = max(0, volumes_spanned(row) or 0), row.bound_volumes or 0
    cells = (cell(row, name) for name in ("last_bound_no", "first_bound_no", "bound_volumes"))
    return found(*cells, volumes=volumes, spanned=spanned, gap=Gap(spanned - volumes, "册"))


@check(
    "PER209",
    title="装订的册数比收到的期数还多",
    message="《{title}》装订 {volumes} 册，收到的一共 {issues} 本。",
    why="一册合订本至少有一本期刊，没有收到就装不成册。",
    fix="先数收到的和装订的；实到期数写错就改实到期数，装订册数写错就改装订册数；装的是以前的，在备注里写“补订”。",
    severity=Severity.WARNING,
    reads={PeriodicalRow: "title copies received_issues bound_volumes remarks"},
)
def more_bound_than_received(library: Library) -> Iterator[Found]:
    for row in library[PeriodicalRow]:
        issues = row.received_issues * max(1, row.copies)
        if (row.bound_volumes or 0) > issues and not says(row.remarks, "补", "合订", "上学期", "上年", "去年", "赠"):
            yield found(
                cell(row, "bound_volumes"), cell(row, "received_issues"), volumes=row.bound_volumes, issues=issues
            )


@check(
    "PER301",
    title="装订了，没有合订本号",
    message="《{title}》装订了 {volumes} 册，合订本起号空着{alike}。",
    why="合订本要在个别登记账里一册一号，才算入了馆藏。",
    fix="先查个别登记账里有没有这几册合订本；有，就填它们的号；没有，就先登记。",
    reads={PeriodicalRow: "title bound_volumes first_bound_no"},
)
def bound_without_number(library: Library) -> Iterator[Found]:
    bound = [row for row in library[PeriodicalRow] if row.bound_volumes]
    nameless = (
        found(cell(row, "first_bound_no"), cell(row, "bound_volumes"), volumes=row.bound_volumes)
        for row in bound
        if row.first_bound_no is None
    )
    yield from told_once(nameless, len(bound))


@check(
    "PER306",
    title="写了合订本号，没有装订册数",
    message="《{title}》合订本起号是 {first_bound_no}，装订册数空着{alike}。",
    why="装订了几册要记，合订本的号才核对得出全不全。",
    fix="先数装订好的合订本，填上装订册数；没有装订，就把起止号清空。",
    severity=Severity.WARNING,
    reads={PeriodicalRow: "title bound_volumes first_bound_no"},
)
def numbers_without_volumes(library: Library) -> Iterator[Found]:
    numbered = [row for row in library[PeriodicalRow] if row.first_bound_no]
    uncounted = (row for row in numbered if not row.bound_volumes)
    yield from told_once(
        (found(cell(row, "bound_volumes"), cell(row, "first_bound_no")) for row in uncounted), len(numbered)
    )


@check(
    "PER302",
    title="合订本个别登记账里没有",
    message="《{title}》的合订本{numbers}在个别登记账里查不到。",
    why="合订本是馆藏，要在个别登记账里一册一行。",
    fix="先看合订本上贴的号；号写错了，就改起止号；还没登记，就补登个别登记账。",
    reads={PeriodicalRow: _BOUND, AccessionRow: "accession_no"},
)
def bound_volume_is_unknown(library: Library) -> Iterator[Found]:
    if not library[AccessionRow].all_say("accession_no"):
        return
    for row in library[PeriodicalRow]:
        unknown = tuple(number for number in bound_numbers(row) if number not in library.known_copies)
        if unknown:
            yield found(cell(row, "first_bound_no"), cell(row, "last_bound_no"), numbers=Named(unknown))


@check(
    "PER303",
    title="合订本号是别的书的",
    message="《{title}》的合订本{numbers}在个别登记账里不是合订来的。",
    why="合订本要单独入一批，来源写合订；来源是别的，多半是号写错了。",
    fix="先看个别登记账里这几个号是什么书；不是合订本，就改起止号；是，就改来源。",
    severity=Severity.WARNING,
    reads={
        PeriodicalRow: _BOUND,
        AccessionRow: "accession_no batch_no source",
        SummaryRow: "batch_no flow source",
    },
)
def bound_number_is_another_book(library: Library) -> Iterator[Found]:
    for row in library[PeriodicalRow]:
        copies = _copies(library, row)
        others = [copy for copy in copies if not _may_be_bound(library, copy)]
        if others:
            yield found(
                cell(row, "first_bound_no"),
                *(cell(copy, "source") for copy in others),
                numbers=Named(tuple(copy.accession_no for copy in others)),
            )


def _copies(library: Library, row: PeriodicalRow) -> list[AccessionRow]:
    """The volumes of a periodical that 个别登记账 has."""
    return [library.copies[number] for number in bound_numbers(row) if number in library.copies]


def _may_be_bound(library: Library, copy: AccessionRow) -> bool:
    """Whether the copy, or its batch, says 合订; where neither says anything it may be."""
    batch = library.batches.get(copy.batch_no)
    if batch is None or batch.flow is Flow.OPENING:
        return copy.source in (None, Source.BINDING)
    return batch.source is SourceOrDestination.BINDING or copy.source is Source.BINDING


@check(
    "PER304",
    title="合订本的书名不是这种报刊",
    message="《{title}》的合订本 {number} 在个别登记账里是《{entered}》。",
    why="号和刊名对不上，多半是两种报刊的合订本号写反了。",
    fix="先看合订本上的刊名和号；号写错了就改起止号，书名写错了就改个别登记账。",
    severity=Severity.WARNING,
    reads={
        PeriodicalRow: "title bound_volumes first_bound_no last_bound_no remarks",
        AccessionRow: "accession_no title source",
    },
)
def bound_volume_of_another_title(library: Library) -> Iterator[Found]:
    bound = {row: _bound_of(library, row) for row in library[PeriodicalRow]}
    named = [(row, all(same_title(row.title, copy.title) for copy in own)) for row, own in bound.items() if own]
    for row, own in bound.items():
        # Where most others bear the whole title, one that only begins alike is another periodical's.
        beside = [in_full for other, in_full in named if other is not row]
        as_others = len(beside) >= _MANY and sum(beside) * 2 > len(beside)
        off = [copy for copy in own if not _is_of(copy.title, row.title, in_full=as_others)]
        if off and not says(row.remarks, "合订", "合装", "合刊"):
            at, others = cell(row, "first_bound_no"), [cell(copy, "title") for copy in off]
            yield found(at, *others, number=off[0].accession_no, entered=off[0].title)


def _bound_of(library: Library, row: PeriodicalRow) -> list[AccessionRow]:
    """The volumes of a periodical. A number that two titles claim (PER016), or that is no bound volume's (PER303), is
    told of there.
    """
    claims = library.derive(_claims)
    return [
        copy
        for copy in _copies(library, row)
        if claims[copy.accession_no] == 1 and copy.source in (None, Source.BINDING)
    ]


def _claims(library: Library) -> Counter[str]:
    return Counter(number for row in library[PeriodicalRow] for number in bound_numbers(row))


def _is_of(title: str, name: str, *, in_full: bool) -> bool:
    """Whether a bound volume's title names the periodical, with year and number, or shortened where that is usual."""
    return same_title(name, title) or (not in_full and bare(name)[:2] == bare(title)[:2])


@check(
    "PER305",
    title="合订本登记早于起订",
    message="《{title}》从 {starts_on} 订起，合订本 {accession_no} 在 {accessioned_on} 就登记了。",
    why="没有收到的期还不能装订，多半是号写到别的行去了。",
    fix="先看合订本是哪一年的；号写错了行就移过去，日期写错了就改正。",
    severity=Severity.WARNING,
    reads={
        PeriodicalRow: "title starts_on bound_volumes first_bound_no last_bound_no",
        AccessionRow: "accession_no accessioned_on",
    },
)
def bound_before_the_first_issue(library: Library) -> Iterator[Found]:
    for row in library[PeriodicalRow]:
        copies = _copies(library, row)
        early = [copy for copy in copies if copy.held_from < row.starts_on]
        if early:
            yield found(cell(row, "first_bound_no"), cell(early[0], "accessioned_on"))
