"""基本信息 (SET): the school's own settings against each other and against the books."""

from collections.abc import Iterator

from schoollib_xl.checks.check import Found, Severity, check, folded, found
from schoollib_xl.checks.stock.accession import width_in_use
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell, cell
from schoollib_xl.ledgers.school import SETTINGS, year_named
from schoollib_xl.ledgers.supporting.office import SettingRow, SettingValue
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.vocabulary import ReaderKind
from schoollib_xl.rules.likeness import bare, one_sign_apart

ENDS_OF_TERMS = (("term_start", "term_end"), ("previous_start", "previous_end"))
SETTING_HEADERS = {field.name: header for header, field in SETTINGS.items()}
# 停借日 is alike to 停借日期; 副校长 is somebody else than 校长.
_ALIKE = 0.81
# Of shorter items one sign makes another word: 学年 and 学期.
_LONG_ENOUGH = 4
# Books are often closed some days into the holidays, or the settings are those of the last term; not for half a year.
_CLOSED_LATE = 183


def setting_cell(library: Library, name: str) -> Cell:
    """The cell a setting of `School` stands in; the sheet itself where it has no row."""
    rows = (row for row in library[SettingRow] if row.item == SETTING_HEADERS[name])
    row = min(rows, key=lambda row: row.line, default=None)
    return Cell(SettingRow, row.line, "value") if row else Cell(SettingRow, 0)


@check(
    "SET001",
    title="没有填学期的起止日期",
    message="基本信息里没有填“{item}”。",
    why="不知道学期从哪天到哪天，借阅指标和逾期就没法按学期算。",
    fix="照校历在“内容”一栏填上日期。",
    severity=Severity.HINT,
    reads={SettingRow: "item value"},
)
def term_date_missing(library: Library) -> Iterator[Found]:
    for name in ("term_start", "term_end"):
        if getattr(library.school, name) is None:
            yield found(setting_cell(library, name), item=SETTING_HEADERS[name])


@check(
    "SET002",
    title="学年写法不对",
    message="学年填的是“{school_year}”，看不出是哪两年。",
    why="学年要写连着的两年，如 2025-2026，标题和统计都要用它。",
    fix="照校历改成 2025-2026 这样的写法。",
    severity=Severity.WARNING,
    reads={SettingRow: "item value"},
)
def school_year_unclear(library: Library) -> Iterator[Found]:
    written = library.school.school_year
    if written is not None and year_named(written) is None:
        yield found(setting_cell(library, "school_year"), school_year=written)


@check(
    "SET003",
    title="个别登记号位数和账上不一样",
    message="个别登记号位数定的是 {stated} 位，账上的号多数是 {width} 位。",
    why="位数不对，账上的号会都算成写错了；少 0 的号也补不对。",
    fix="先看书上盖的号是几位；账上的对，就改基本信息里的位数。",
    reads={SettingRow: "item value", AccessionRow: "accession_no"},
)
def width_differs_from_the_books(library: Library) -> Iterator[Found]:
    stated, width = library.school.accession_width, library.derive(width_in_use)
    if stated is not None and stated != width:
        yield found(setting_cell(library, "accession_width"), stated=stated, width=width)


@check(
    "SET004",
    title="基本信息里有一项不认得",
    message="“{item}”不认得，没有用它；“{near}”还没有填，多半是它。",
    why="项目的名字差一个字，这一项就等于没有填，先照通行的算。",
    fix="是这一项，就把“项目”改成“{near}”；不是，就不用管。",
    severity=Severity.HINT,
    reads={SettingRow: "item"},
)
def setting_under_another_name(library: Library) -> Iterator[Found]:
    said = {row.item for row in library[SettingRow]}
    if said <= SETTINGS.keys():
        return
    missing = [header for header in SETTINGS if header not in said]
    for row in library[SettingRow]:
        if row.item not in SETTINGS and (near := _nearest(row.item, missing)):
            yield found(cell(row, "item"), near=near)


def _nearest(item: str, missing: list[str]) -> str | None:
    """The setting that an item most likely is: one that differs by a sign, or is nearly as long and alike."""
    from difflib import get_close_matches

    one_off = (name for name in missing if len(name) >= _LONG_ENOUGH and one_sign_apart(name, item))
    return next(one_off, None) or next(iter(get_close_matches(item, missing, 1, _ALIKE)), None)


@check(
    "SET005",
    title="基本信息里一项写了两遍",
    message="“{item}”前面写的是“{first}”，这里写的是“{last}”，算的时候用了这一行。",
    why="一项只有一个内容，两行不一样，就不知道学期、日期照哪一个算。",
    fix="先定哪一行对，另一行清空或删去。",
    reads={SettingRow: "item value"},
)
def setting_written_twice(library: Library) -> Iterator[Found]:
    earlier: dict[str, SettingRow] = {}
    for row in library[SettingRow]:
        if row.item not in SETTINGS or row.value is None:
            continue
        first = earlier.setdefault(row.item, row)
        if not _says_the_same(first.value, row.value):
            yield found(cell(row, "value"), cell(first, "value"), first=first.value, last=row.value)


def _says_the_same(first: SettingValue | None, last: SettingValue | None) -> bool:
    """Whether two lines of a setting are one to a reader: 青禾 小学 is 青禾小学, 2025—2026学年 is 2025-2026."""
    if not (isinstance(first, str) and isinstance(last, str)):
        return first == last
    years = year_named(first)
    return bare(first) == bare(last) or (years is not None and years == year_named(last))


@check(
    "SET101",
    title="学期结束早于开始",
    message="“{end_item}”是 {end}，比“{start_item}”{start} 还早。",
    why="学期的头尾颠倒，按学期算的数都会是 0。",
    fix="照校历核对两个日期；填反了就对调，写错了就改正。",
    reads={SettingRow: "item value"},
)
def term_ends_before_it_starts(library: Library) -> Iterator[Found]:
    school = library.school
    for first, last in ENDS_OF_TERMS:
        start, end = getattr(school, first), getattr(school, last)
        if start and end and end < start:
            at, other = setting_cell(library, last), setting_cell(library, first)
            yield found(
                at, other, start_item=SETTING_HEADERS[first], end_item=SETTING_HEADERS[last], start=start, end=end
            )


@check(
    "SET102",
    title="上学期和本学期重叠",
    message="上学期到 {previous_end} 才结束，本学期 {start} 就开始了。",
    why="两个学期重叠，重叠的日子里借的书说不清算哪个学期。",
    fix="照校历核对上学期结束和本学期开始，改写错的那一个。",
    reads={SettingRow: "item value"},
)
def terms_overlap(library: Library) -> Iterator[Found]:
    school = library.school
    term, previous = school.term, school.previous_term
    if term and previous and previous.start <= previous.end and term.start <= previous.end:
        at, other = setting_cell(library, "previous_end"), setting_cell(library, "term_start")
        yield found(at, other, previous_end=previous.end, start=term.start)


@check(
    "SET107",
    title="学期长过一年",
    message="“{start_item}”是 {start}，“{end_item}”是 {end}，这个学期有 {years} 年多。",
    why="学期不会长过一年，多半是年份写错了；按学期算的借阅、进度和月借阅表都靠不住。",
    fix="照校历核对两个日期，改正写错的年份。",
    reads={SettingRow: "item value"},
)
def term_longer_than_a_year(library: Library) -> Iterator[Found]:
    school = library.school
    for term, (first, last) in zip((school.term, school.previous_term), ENDS_OF_TERMS, strict=True):
        if term and term.is_too_long:
            yield found(
                setting_cell(library, first),
                setting_cell(library, last),
                start_item=SETTING_HEADERS[first],
                end_item=SETTING_HEADERS[last],
                start=term.start,
                end=term.end,
                years=(term.end - term.start).days // 365,
            )


@check(
    "SET103",
    title="截止日期不在学期里",
    message="截止日期 {cut_off} 不在本学期里，本学期从 {start} 到 {end}。",
    why="核对和统计都算到截止日期，日期不在本学期，数就不是本学期的。",
    fix="先看要统计到哪一天；是本学期，就改截止日期，是别的学期，就改学期的起止日期。",
    severity=Severity.WARNING,
    reads={SettingRow: "item value"},
)
def cut_off_outside_the_term(library: Library) -> Iterator[Found]:
    term, cut_off = library.school.term, library.school.cut_off
    if term is None or cut_off is None or cut_off in term or term.end < term.start:
        return
    severity = Severity.HINT if 0 < (cut_off - term.end).days <= _CLOSED_LATE else None
    at, other = setting_cell(library, "cut_off"), setting_cell(library, "term_end")
    yield found(at, other, severity=severity, cut_off=cut_off, start=term.start, end=term.end)


@check(
    "SET106",
    title="停借日期不在本学期里",
    message="停借日期 {day} 不在本学期里，本学期从 {start} 到 {end}；没有用它，照学期结束前一周算。",
    why="停借日期多半是上学期留下的，照它算不出最后哪天还能借。",
    fix="先定本学期从哪天起只收书不借书，再改停借日期；没有另外定，就清空这一格。",
    severity=Severity.HINT,
    reads={SettingRow: "item value"},
)
def lending_stops_outside_the_term(library: Library) -> Iterator[Found]:
    term, day = library.school.term, library.school.lending_stops
    if term and day and day not in term and term.start <= term.end:
        at, other = setting_cell(library, "lending_stops"), setting_cell(library, "term_end")
        yield found(at, other, day=day, start=term.start, end=term.end)


@check(
    "SET104",
    title="学期的日期和学年、学期对不上",
    message="{year}{term}却从 {start} 开始。",
    why="第一学期在秋天开学，第二学期在第二年春天开学，写错了，计划和总结的标题也会错。",
    fix="先看校历；学年或学期写错就改，日期写错就改学期开始。",
    reads={SettingRow: "item value"},
)
def term_outside_the_school_year(library: Library) -> Iterator[Found]:
    school = library.school
    if not school.is_named_right:
        year = year_named(school.school_year or "")
        yield found(
            setting_cell(library, "term_start"),
            setting_cell(library, "school_year"),
            setting_cell(library, "term_name"),
            year="" if year is None else f"学年是 {school.school_year}，",
            term=school.term_name or "本学期",
            start=school.term_start,
        )


@check(
    "SET108",
    title="停借日期以后还借了书",
    message="停借日期是 {day}，那天以后还借出了 {count} 册带回家，最晚在 {last}。",
    why="停借日期错了，应当还能借的日子就少算，每周要借的册数跟着算错。",
    fix="先看停借的通知；日期写错就改停借日期；准许再借的不用动。",
    severity=Severity.HINT,
    reads={SettingRow: "item value", LoanRow: "lent_on mode reader_no", ReaderRow: "reader_no kind"},
)
def lent_after_lending_stopped(library: Library) -> Iterator[Found]:
    term, day = library.school.term, library.school.lending_stops
    if term is None or day is None or day not in term:
        return
    table = library[LoanRow]
    late = table.among("lent_on", {on for on in table.distinct("lent_on") if on and day <= on <= term.end})
    pupils = {row.reader_no for row in library[ReaderRow] if row.kind is ReaderKind.PUPIL}
    late = [loan for loan in late if loan.is_personal and loan.reader_no in pupils]
    if late:
        last = max(loan.lent_on for loan in late)
        yield found(
            setting_cell(library, "lending_stops"), *folded(late, "lent_on"), day=day, count=len(late), last=last
        )
