"""报刊登记账 (PER): bound volumes against 个别登记账."""

from collections.abc import Iterator

from schoollib_xl.checks.check import Found, Gap, Named, Severity, check, found
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.vocabulary import Flow, Frequency, Source, SourceOrDestination
from schoollib_xl.rules.likeness import same_title, says
from schoollib_xl.rules.periodicals import bound_numbers, volumes_spanned

_BOUND = "title bound_volumes first_bound_no last_bound_no"


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
    message="《{title}》装订 {volumes} 册，合订本起止号是 {spanned} 册，起止号{gap}。",
    why="一册合订本一个号，起号到止号有几个号，就是几册。",
    fix="先数装订好的合订本；册数没错，就改合订本起号或止号。",
    reads={PeriodicalRow: _BOUND},
)
def bound_range_does_not_fit(library: Library) -> Iterator[Found]:
    for row in library[PeriodicalRow]:
        spanned = volumes_spanned(row)
        if row.bound_volumes and spanned is not None and spanned != row.bound_volumes:
            yield found(
                cell(row, "last_bound_no"),
                cell(row, "first_bound_no"),
                cell(row, "bound_volumes"),
                volumes=row.bound_volumes,
                spanned=max(0, spanned),
                gap=Gap(max(0, spanned) - row.bound_volumes, "册"),
            )


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
    message="《{title}》装订了 {volumes} 册，合订本起号空着。",
    why="合订本要在个别登记账里一册一号，才算入了馆藏。",
    fix="先查个别登记账里有没有这几册合订本；有，就填它们的号；没有，就先登记。",
    reads={PeriodicalRow: "title bound_volumes first_bound_no"},
)
def bound_without_number(library: Library) -> Iterator[Found]:
    for row in library[PeriodicalRow]:
        if row.bound_volumes and row.first_bound_no is None:
            yield found(cell(row, "first_bound_no"), cell(row, "bound_volumes"), volumes=row.bound_volumes)


@check(
    "PER306",
    title="写了合订本号，没有装订册数",
    message="《{title}》合订本起号是 {first_bound_no}，装订册数空着。",
    why="装订了几册要记，合订本的号才核对得出全不全。",
    fix="先数装订好的合订本，填上装订册数；没有装订，就把起止号清空。",
    severity=Severity.WARNING,
    reads={PeriodicalRow: "title bound_volumes first_bound_no"},
)
def numbers_without_volumes(library: Library) -> Iterator[Found]:
    for row in library[PeriodicalRow]:
        if row.first_bound_no and not row.bound_volumes:
            yield found(cell(row, "bound_volumes"), cell(row, "first_bound_no"))


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
        copies = [library.copies[number] for number in bound_numbers(row) if number in library.copies]
        others = [copy for copy in copies if not _may_be_bound(library, copy)]
        if others:
            yield found(
                cell(row, "first_bound_no"),
                *(cell(copy, "source") for copy in others),
                numbers=Named(tuple(copy.accession_no for copy in others)),
            )


def _may_be_bound(library: Library, copy: AccessionRow) -> bool:
    """Whether the copy, or its batch, says 合订; where neither says anything it may be."""
    batch = library.batches.get(copy.batch_no)
    if batch is None or batch.flow is Flow.OPENING:
        return copy.source in (None, Source.BINDING)
    return batch.source is SourceOrDestination.BINDING or copy.source is Source.BINDING


@check(
    "PER212",
    title="刊名和刊期不是一回事",
    message="《{title}》的刊期写的是{frequency}，刊名说的是{said}。",
    why="应到几期是照刊期算的，刊期错了，缺期就看不出来。",
    fix="先看报刊目录或封面，再改刊期；刊名就是这样叫的不用动。",
    severity=Severity.HINT,
    reads={PeriodicalRow: "title frequency"},
)
def named_for_another_frequency(library: Library) -> Iterator[Found]:
    names = {name: one for one in Frequency for name in one.synonyms if name[-1] in "刊报" and len(name) > 1}
    for row in library[PeriodicalRow]:
        said = max((name for name in names if row.title.endswith(name)), key=len, default=None)
        if said and names[said] is not row.frequency:
            yield found(cell(row, "frequency"), cell(row, "title"), said=said)
