"""校历 (QUO): ranges of days that contradict each other or leave days out."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations

from schoollib_xl.checks.check import Alike, Found, Severity, check, folded, found
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library, group_by
from schoollib_xl.ledgers.schema import Cell, cell
from schoollib_xl.ledgers.school import Term
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow, TurnRow
from schoollib_xl.ledgers.supporting.vocabulary import DayKind
from schoollib_xl.rules.calendar import SchoolCalendar, days, weekday_of
from schoollib_xl.rules.national_days import FRIDAY

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_YEAR = timedelta(days=365)
# A row of a whole school year, with its holidays in rows of their own, is some ten months long.
_LONGEST = 350
# What a 说明 tells of a day on which there is school all the same.
_PART_OF_A_DAY = ("半天", "上午", "下午", "考试")


@check(
    "QUO111",
    title="校历：结束早于开始",
    message="{kind}从 {starts_on} 到 {ends_on}，结束比开始还早。",
    why="头尾颠倒，就说不清哪些天上课、哪些天放假。",
    fix="先看教育局的校历；填反了就对调，写错了就改正。",
    reads={CalendarRow: "starts_on ends_on kind"},
)
def range_ends_before_it_begins(library: Library) -> Iterator[Found]:
    for row in library[CalendarRow]:
        if row.ends_on < row.starts_on:
            yield found(cell(row, "ends_on"), cell(row, "starts_on"))


@check(
    "QUO117",
    title="校历：一段有一年长",
    message="{kind}从 {starts_on} 到 {ends_on}，有 {days} 天。",
    why="一段上课或放假不会有一年长，多半是年份写错了，中间的日子就都算错。",
    fix="先看教育局的校历，再改写错的年份；几个学年写在一起的，一个学年分一行。",
    severity=Severity.HINT,
    reads={CalendarRow: "starts_on ends_on kind"},
)
def range_as_long_as_a_year(library: Library) -> Iterator[Found]:
    for row in library[CalendarRow]:
        if (days := (row.ends_on - row.starts_on).days + 1) > _LONGEST:
            yield found(cell(row, "starts_on"), cell(row, "ends_on"), days=days)


@check(
    "QUO112",
    title="校历没有盖住整个学期",
    message="学期里有 {count} 个工作日校历没有写，头一天是 {first}，末一天是 {last}。",
    why="校历没有写的日子算不开放，应还日期和进度都会算错。",
    fix="先看教育局的校历；漏写的补上，学期日期写错的改基本信息。",
    reads={CalendarRow: "starts_on ends_on kind"},
    may_read={LoanRow: "lent_on"},
)
def term_not_covered(library: Library) -> Iterator[Found]:
    calendar = library[CalendarRow]
    known = library.derive(SchoolCalendar)
    if not known.is_whole or (calendar.rows and not known.has_school):
        return
    for term in _terms_planned(library):
        uncovered = known.uncovered(term)
        if uncovered:
            before = [row for row in calendar if row.ends_on < uncovered[0]]
            nearest = max(before, key=lambda row: (row.ends_on, -row.line), default=None)
            at = cell(nearest, "ends_on") if nearest else Cell(CalendarRow, 0, "starts_on")
            meant = [cell(row, "starts_on") for row in calendar if _is_a_year_off(row, uncovered[0])]
            # A calendar may begin with this term; the loans of the one before are held to no calendar then.
            severity = None if _is_begun(library, term) else Severity.HINT
            yield found(*meant, at, severity=severity, count=len(uncovered), first=uncovered[0], last=uncovered[-1])


def _is_a_year_off(row: CalendarRow, day: date) -> bool:
    """Whether a line would hold the day if it were of the year before or after."""
    return row.kind is DayKind.SCHOOL and any(row.starts_on <= day + way * _YEAR <= row.ends_on for way in (-1, 1))


def _terms_planned(library: Library) -> Iterator[Term]:
    """This term, and 上学期 where 校历 has a day of it or 借阅登记账 a loan; none longer than a year (SET107)."""
    term, previous = library.school.term, library.school.previous_term
    if term and not term.is_too_long:
        yield term
    if previous and not previous.is_too_long and (_is_begun(library, previous) or _has_loans(library, previous)):
        yield previous


def _is_begun(library: Library, term: Term) -> bool:
    """Whether the term is the one the books are of, or 校历 has any day of it."""
    is_told = any(row.starts_on <= term.end and row.ends_on >= term.start for row in library[CalendarRow])
    return term == library.school.term or is_told


def _has_loans(library: Library, term: Term) -> bool:
    return bool(library[CalendarRow].rows) and any(day in term for day in library[LoanRow].distinct("lent_on") if day)


@check(
    "QUO122",
    title="校历没有写法定假日",
    message="校历写着 {first} 上课，那是法定假日{others}。",
    why="假日算成了上课，开放天数和进度都会算错；落在假日的应还日期没有核对。",
    fix="照教育局的校历，漏写的假日各添一行“放假”（国庆、元旦、清明、劳动节、端午、中秋）；日期写错的改正。",
    severity=Severity.WARNING,
    reads={CalendarRow: "starts_on ends_on kind"},
    may_read={LoanRow: "lent_on"},
)
def holidays_left_out(library: Library) -> Iterator[Found]:
    calendar = library.derive(SchoolCalendar)
    at_school = calendar.holidays_at_school if calendar.is_whole else ()
    # Each holiday of a term is a line to add; where all are left out, that is how the calendar is kept.
    others = "，别的法定假日也都没有写放假" if calendar.has_no_holidays else ""
    in_term = [day for day in at_school if any(day in term for term in _terms_planned(library))]
    for first in at_school[:1] if others else [day for day in in_term if day - _DAY not in in_term]:
        school = (row for row in library[CalendarRow] if row.takes_in(first))
        yield found(*(cell(row, "starts_on") for row in school), first=first, others=others)


@check(
    "QUO113",
    title="周末补课没有写补星期几",
    message="{day} 补课，没有写照星期几上。",
    why="不知道照哪一天的课表，就不知道开不开放、轮到哪个班。",
    fix="先看教育局的通知，再在“补星期”里选照星期几上。",
    severity=Severity.WARNING,
    reads={CalendarRow: "starts_on ends_on kind follows"},
)
def make_up_without_weekday(library: Library) -> Iterator[Found]:
    for row in library[CalendarRow]:
        if row.kind is DayKind.MAKE_UP and row.follows is None:
            weekend = next((day for day in _week_of(row) if day.weekday() > FRIDAY), None)
            if weekend:
                yield found(cell(row, "follows"), cell(row, "starts_on"), day=weekend)


@check(
    "QUO120",
    title="不是补课，却写了补星期",
    message="{starts_on} 起写的是{kind}，补星期却写着{follows}。",
    why="放假不照课表上，上课照当天的课表上；其实是补课的，那天就少算了开放和轮流。",
    fix="先看教育局的通知；是补课就把类别改成补课，不是就把补星期清空。",
    severity=Severity.WARNING,
    reads={CalendarRow: "starts_on kind follows"},
)
def weekday_of_no_make_up(library: Library) -> Iterator[Found]:
    for row in library[CalendarRow]:
        if row.kind is not DayKind.MAKE_UP and row.follows:
            yield found(cell(row, "follows"), cell(row, "kind"))


@check(
    "QUO118",
    title="补课照没有课的星期上",
    message="{starts_on} 补课，写着照{follows}上，那天没有课。",
    why="照周末的课表上，就没有开放时间，也轮不到哪个班。",
    fix="先看教育局的通知，再在“补星期”里改成照星期几上；周末也开放的，在“开放时间”里写上。",
    severity=Severity.WARNING,
    reads={CalendarRow: "starts_on kind follows"},
    may_read={OpeningRow: "weekday", TurnRow: "weekday"},
)
def make_up_for_a_weekend(library: Library) -> Iterator[Found]:
    if library[OpeningRow].incomplete or library[TurnRow].incomplete:
        return
    kept = {row.weekday for row in library[OpeningRow]} | {row.weekday for row in library[TurnRow]}
    for row in library[CalendarRow]:
        is_weekend = row.follows is not None and row.follows.number > FRIDAY
        if row.kind is DayKind.MAKE_UP and is_weekend and row.follows not in kept:
            yield found(cell(row, "follows"), cell(row, "starts_on"))


@check(
    "QUO121",
    title="周末的开放时间用不上",
    message="开放时间写着{weekday}开放，校历里没有哪一天照{weekday}上课{alike}。",
    why="开放的日子照校历算，周末不上课，那天的借还和阅览都不算在开放日里。",
    fix="先看星期写错没有，写错就改正；周末真开放的不用动；那天也上课，就在校历里写成补课，补星期填那一天。",
    severity=Severity.HINT,
    reads={OpeningRow: "weekday", CalendarRow: "starts_on ends_on kind follows"},
)
def opening_on_no_school_day(library: Library) -> Iterator[Found]:
    made_up = [row for row in library[CalendarRow] if row.kind is DayKind.MAKE_UP]
    kept = {weekday_of(day) for row in made_up if row.follows is None for day in _week_of(row)}
    kept.update(row.follows for row in made_up if row.follows)
    for weekday, rows in group_by(library[OpeningRow], "weekday").items() if library[CalendarRow].rows else ():
        if weekday.number > FRIDAY and weekday not in kept and not library[CalendarRow].incomplete:
            yield found(*folded(rows, "weekday"), alike=Alike(len(rows) - 1))


def _week_of(row: CalendarRow) -> Iterator[date]:
    """The days of a range, up to a week of them: a longer one holds every weekday."""
    return days(row.starts_on, min(row.ends_on, row.starts_on + _WEEK))


@check(
    "QUO114",
    title="校历自相矛盾",
    message="{day} 一行写着{one}，另一行写着{other}。",
    why="同一天两种说法，就说不清开不开放、照哪一天的课表。",
    fix="先看教育局的通知，再改写错的一行。",
    reads={CalendarRow: "starts_on ends_on kind follows"},
)
def calendar_contradicts_itself(library: Library) -> Iterator[Found]:
    make_up = [row for row in library[CalendarRow] if row.kind is DayKind.MAKE_UP]
    holidays = [row for row in library[CalendarRow] if row.kind is DayKind.HOLIDAY]
    pairs = [(row, other) for row in make_up for other in holidays]
    pairs += [(row, other) for row, other in combinations(make_up, 2) if row.follows is not other.follows]
    for one, other in pairs:
        first, last = max(one.starts_on, other.starts_on), min(one.ends_on, other.ends_on)
        row, earlier = sorted((one, other), key=lambda row: -row.line)
        if first <= last and _matters(library, first, last):
            yield found(cell(row, "kind"), cell(earlier, "kind"), day=first, one=_says(earlier), other=_says(row))


@check(
    "QUO116",
    title="“上课”写了两遍",
    message="{starts_on} 到 {ends_on} 写着上课，{since} 到 {until} 那一行已经包括了。",
    why="上课的日子里再写上课，多半是放假或补课写错了类别。",
    fix="先看这几天上不上课；放假就把类别改成放假，本来就上课的，这一行移出校历。",
    severity=Severity.WARNING,
    reads={CalendarRow: "starts_on ends_on kind"},
    may_read={CalendarRow: "note"},
)
def school_within_school(library: Library) -> Iterator[Found]:
    school = [row for row in library[CalendarRow] if row.kind is DayKind.SCHOOL]
    # A row of its own for what is held on a school day: 上午考试，下午不开放.
    for row in (one for one in school if not any(map((one.note or "").__contains__, _PART_OF_A_DAY))):
        around = [one for one in school if one.starts_on <= row.starts_on <= row.ends_on <= one.ends_on]
        outer = next((one for one in around if (one.starts_on, one.ends_on) != (row.starts_on, row.ends_on)), None)
        if outer:
            yield found(cell(row, "kind"), cell(outer, "kind"), since=outer.starts_on, until=outer.ends_on)


@check(
    "QUO119",
    title="校历的一行写了两遍",
    message="{starts_on} 到 {ends_on} {kind}，前面已经写过一行一样的。",
    why="写两遍的，多半是有一段日子抄漏了，或者日期没有改。",
    fix="先看教育局的校历；是另一段日子，就改日期；是多抄的，就移出校历。",
    severity=Severity.HINT,
    reads={CalendarRow: "starts_on ends_on kind follows"},
)
def calendar_line_twice(library: Library) -> Iterator[Found]:
    seen: dict[tuple[object, ...], CalendarRow] = {}
    for row in library[CalendarRow]:
        earlier = seen.setdefault((row.starts_on, row.ends_on, row.kind, row.follows), row)
        if earlier is not row:
            yield found(cell(row, "starts_on"), cell(earlier, "starts_on"))


def _matters(library: Library, first: date, last: date) -> bool:
    """Whether the days touch a term: a make-up day of the state may well fall into the school's holidays."""
    return any(first <= term.end and last >= term.start for term in library.school.terms)


def _says(row: CalendarRow) -> str:
    return row.follows or row.kind


@check(
    "QUO115",
    title="校历里没有“上课”",
    message="校历里没有一行写“上课”，应还日期、开放天数都还算不了。",
    why="放假和补课只说了哪几天例外，没有上课的起止日期，就不知道哪些天开馆。",
    fix="照教育局的校历，添一行“上课”，写上学期第一天和最后一天。",
    reads={CalendarRow: "kind"},
)
def calendar_without_school(library: Library) -> Iterator[Found]:
    calendar = library[CalendarRow]
    if calendar.rows and not calendar.incomplete and all(row.kind is not DayKind.SCHOOL for row in calendar):
        # Until 基本信息 says when the term is, the calendar is not begun rather than wrong.
        yield found(Cell(CalendarRow, 0, "kind"), severity=None if library.school.term else Severity.HINT)
