"""Readers of whom a card is kept, a page of their own in a register, or whom a line of it names: each is a reader,
whether on the roster or not. Whom only lines of school years before that of the roster name has left.
"""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from schoollib_xl.adoption.forms.personal_texts import is_name
from schoollib_xl.adoption.forms.words import RETURNED
from schoollib_xl.adoption.journal import of_many
from schoollib_xl.adoption.lending.events import action_of
from schoollib_xl.adoption.lending.loans import readers_named
from schoollib_xl.adoption.lending.reader_names import Pupil, ReaderNames, namesakes_in
from schoollib_xl.adoption.readers.leaving import days_after_last_use
from schoollib_xl.adoption.readers.people import Roster, kind_in
from schoollib_xl.adoption.readers.same_people import person
from schoollib_xl.adoption.roster.class_lists import is_near
from schoollib_xl.adoption.rows.records import Record, class_of, day_of_loan
from schoollib_xl.adoption.rows.register_rows import is_on_card
from schoollib_xl.adoption.rows.texts import plain_title
from schoollib_xl.ledgers.grades import class_in, class_key, class_key_in, grade_of
from schoollib_xl.ledgers.library import gathered, grouped
from schoollib_xl.ledgers.school import FIRST_MONTH, first_year, school_year_from
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.vocabulary import ReaderKind
from schoollib_xl.sheets.reading.years import is_out_of_reach

ADDED = (
    "借书卡、借阅记录上有，花名册上没有的 {count} 人（第一处{first}）：照着补进了读者名册。"
    "转走、毕业了的填停用日期；只是名字写得不一样的，改成一样再接收一次。"
)
LEFT = (
    "花名册上没有、只在以前的学年借过书的 {count} 人（第一处{first}）：算已经离校，照借阅记录补进了读者名册，"
    "班级照那时写的，停用日期先写最后一次借还的第二天，停用原因空着。"
    "还在校的去掉停用日期；只是名字写得不一样的，改成一样再接收一次。"
)
BARE = "其中借阅记录上只写了姓名的 {count} 人（第一处{first}），班级和读者类别空着，补上；不是一个人的名字，就去掉。"
AT_ODDS = (
    "借书卡上的证号、姓名和花名册对不上的 {count} 人（第一处{first}）："
    "读者名册照花名册，借阅照卡；对着卡查清，改成一样再接收一次。"
)
NAMESAKES = (
    "借书卡上没写证号、花名册上同名的又不止一位的 {count} 人（第一处{first}）："
    "定不下是哪一位，没有补进读者名册；在卡上写上证号再接收一次。"
)
RENEWED = (
    "以前学年的借阅，证号现在是别人的或没人用的 {count} 笔（第一处{first}）：像是换过证号，照姓名和班级认人，"
    "没有照证号；原来的证号在备注里。"
)
OF_LAST_YEAR = (
    "照借阅记录看，花名册上的班级是 {year} 学年的：照样写进了读者名册和班级，没有升级；"
    "换成今年的花名册再接收一次，{or_else}。"
)
# One person's name, and no class, group or two people in a cell; names with a dot are of five signs and more.
# Four signs may be two people.
_LONGEST = 3
_DatedLine = tuple[date, Record]
_A_TITLE = re.compile("(?:老师|教师|校长|主任)$")
_A_NAME = re.compile(r"[\u4e00-\u9fff·•]{2,12}(?<![班级组等人])")


def take_from_cards(
    roster: Roster, lending: Sequence[Record], pages: Iterable[Record], as_of: date, year: int
) -> Iterator[str]:
    """Enter the readers of cards and of lines whom the roster lacks, which is of the school year that begins in `year`;
    a sentence on these, and on those of cards of whom it says otherwise.
    """
    on_cards = list(readers_named([*filter(is_on_card, lending), *pages]))
    in_two_classes = namesakes_in(lending)
    names, called = ReaderNames(roster.rows, year, in_two_classes), {row.reader_no: row.name for row in roster.rows}
    renewed = former_cards_taken(lending, called, names, year)
    lacking: list[Record] = []
    at_odds: list[Record] = []
    namesakes: list[Record] = []
    for record in on_cards:
        number, meant = record.get("reader_no"), names.of(record)
        if not number and len(meant) > 1:
            namesakes.append(record)
        elif number in called:
            at_odds += [record] if called[number] != record.get("name") else []
        elif not meant:
            lacking.append(record)
        elif number:
            at_odds.append(record)
    lines = [record for record in lending if not is_on_card(record) and _is_told(record)]
    # Who has left may bring a book back in autumn.
    borrowed = (one for one in lines if action_of(one) != RETURNED)
    # A roster of pupils does not tell which teachers have left.
    is_of_pupils = all(row.kind in (None, ReaderKind.PUPIL) for row in roster.rows)
    in_lines = readers_named(
        one
        for one in borrowed
        if (day := day_of_loan(one)) and (first_year(day) >= year or (is_of_pupils and _is_adult(one)))
    )
    lacking += (
        record
        for record in in_lines
        if not names.of(record) and record.get("reader_no") not in called and not _may_be_misspelled(record, roster)
    )
    lacking = list(readers_named(lacking))
    roster.take_named(lacking)
    left = _enter_former(roster, lines, in_two_classes, year, as_of)
    bare = [record for record in (*lacking, *left) if _is_bare(record) and not is_on_card(record)]
    entered = ((ADDED, lacking), (LEFT, left), (BARE, bare))
    for sentence, records in ((RENEWED, renewed), *entered, (AT_ODDS, at_odds), (NAMESAKES, namesakes)):
        yield from of_many(sentence, [record.place for record in records])


def of_last_year(readers: Iterable[ReaderRow], year: int, year_told: int | None, as_of: date) -> Iterator[str]:
    """A sentence on a roster of an earlier school year, which begins in `year`; what promotes it begins with the books
    of that year, which they are where the settings tell it (`year_told`).
    """
    # A class named by its year of entry is called so in every year.
    if year < first_year(as_of) and any(grade_of(row.class_name or "", 0) is not None for row in readers):
        last = school_year_from(year).end.replace(month=FIRST_MONTH - 1)
        first = "或者接收以后" if year_told == year else f"或者加 --as-of {last.isoformat()} 接收，再"
        yield OF_LAST_YEAR.format(year=f"{year}-{year + 1}", or_else=f"{first}用 schoollib new-year 升级")


def former_cards_taken(
    lending: Iterable[Record], called: Mapping[str, str], names: ReaderNames, year: int
) -> list[Record]:
    """The lines of earlier school years by a number that is another's card now, or nobody's while name and class tell
    one reader, the number taken from them: where cards are numbered anew each year, who is meant is told by name and
    class.
    """
    found: list[Record] = []
    lending = list(lending)
    used = gathered((_card(record), day) for record in lending if (day := day_of_loan(record)))
    for record in lending:
        day, number = day_of_loan(record), record.get("reader_no")
        if not number or day is None or first_year(day) >= year or is_on_card(record):
            continue
        name, own = (plain_title(text or "") for text in (record.get("name"), called.get(number)))
        is_anothers = name and own and name != own and not is_near(name, own, same_class=True)
        meant = names.of(record) if number not in called and name and class_of(record) else ()
        # Of two numbers that were in use at one time neither is the other's.
        is_former = len(meant) == 1 and not any(_overlap(used[_card(record)], used.get((one, name))) for one in meant)
        if is_anothers or is_former:
            record.values["reader_no"] = None
            record.notes.append(f"{record.header('reader_no', '证号')}原写 {number}")
            found.append(record)
    return found


def _card(record: Record) -> tuple[str | None, str]:
    return record.get("reader_no"), plain_title(record.get("name") or "")


def _overlap(days: Sequence[date], others: Sequence[date] | None) -> bool:
    return bool(others) and min(days) <= max(others or days) and min(others or days) <= max(days)


def year_of_roster(readers: Iterable[ReaderRow], lending: Iterable[Record], as_of: date) -> int:
    """The calendar year in which the school year of the readers' classes begins: the last in which anything was lent,
    that of `as_of` where nothing was, or so many years after it as most of the pupils have moved up since.
    """
    days = ((day, record) for record in lending if (day := day_of_loan(record)) and not is_out_of_reach(day, as_of))
    by_year = grouped(days, lambda dated: first_year(dated[0]))
    last = max(by_year, default=first_year(as_of))
    called = grouped((row for row in readers if not row.stopped_on), lambda row: plain_title(row.name))
    # Of namesakes nobody knows who borrowed; a class named by its year of entry keeps its name, and tells nothing.
    grades = {name: grade_of(rows[0].class_name or "", 0) for name, rows in called.items() if len(rows) == 1}
    moved_up = Counter(
        now - then
        for _, record in by_year.get(last, ())
        if (now := grades.get(plain_title(record.get("name") or "")))
        and (then := grade_of(class_of(record) or "", last))
    )
    return last + moved_up.most_common(1)[0][0] if moved_up else last


def _enter_former(
    roster: Roster, lines: Sequence[Record], namesakes: Container[Pupil], year: int, as_of: date
) -> list[Record]:
    """Enter those whom lines of earlier school years name and the roster lacks, as readers who have left; a line of
    each. Of a name that may be two people's nobody is entered.
    """
    names, called = ReaderNames(roster.rows, year, namesakes), {row.reader_no for row in roster.rows}
    after = days_after_last_use(lines, as_of)
    former = gathered(
        (plain_title(record.get("name")), (day, record))
        for record in lines
        if (day := day_of_loan(record)) and first_year(day) < year
        if record.get("reader_no") not in called and not names.of(record)
    )
    left: list[Record] = []
    for name, dated in former.items():
        day, last = max(dated, key=lambda one: (not _is_bare(one[1]), one[0]))
        grade = grade_of(class_of(last) or "", first_year(day))
        now = None if grade is None else grade + year - first_year(day)
        rows = (row for row in roster.rows if now is None or grade_of(row.class_name or "", year) == now)
        of_several = any(names.is_of_namesakes(record) for _, record in dated)
        if not of_several and _are_of_one(dated) and not _is_near_any(name, rows):
            until = after.get(last.get("reader_no")) or after.get(person(last)) or day
            left.append(replace(last, values={**last.values, "stopped_on": until}))
    roster.take_named(left)
    return left


def _are_of_one(dated: Sequence[_DatedLine]) -> bool:
    """Whether lines of one name are of one person: of one number, and of one class that keeps its name or moves up with
    the years.
    """
    numbers = {number for _, record in dated if (number := record.get("reader_no"))}
    told = [(own, first_year(day)) for day, record in dated if (own := class_of(record))]
    entered = {year - grade for own, year in told if (grade := grade_of(own, year)) is not None}
    classes = {(year, class_key_in(own, year)) for own, year in told}
    keeps_its_name = len({class_key(own) for own, _ in told}) <= 1
    is_alone = len({year for year, _ in classes}) == len(classes)
    return len(numbers) <= 1 and is_alone and (keeps_its_name or len(entered) <= 1)


def _is_adult(record: Record) -> bool:
    units = (unit for unit in map(record.get, ("class_name", "grade")) if unit and class_in(unit) is None)
    return record.get("kind") in (ReaderKind.TEACHER, ReaderKind.STAFF) or any(map(kind_in, units))


def _is_told(record: Record) -> bool:
    """Whether a line says who borrowed: a name, and a number, a class or what kind of reader; a bare name does where
    it is written like one. 王老师 may be any of the teachers.
    """
    name = plain_title(record.get("name") or "")
    is_one = _A_NAME.fullmatch(name) is not None and class_in(name) is None
    is_told = not _is_bare(record) or (is_name(name) and len(name) <= _LONGEST and not _A_TITLE.search(name))
    return is_one and is_told


def _is_bare(record: Record) -> bool:
    return not (record.get("reader_no") or class_of(record) or record.get("kind"))


def _may_be_misspelled(record: Record, roster: Roster) -> bool:
    """Whether one of the class on the roster, or of the school where no class is said, is called nearly so: who is
    meant is asked, and nobody made up.
    """
    own = class_key(class_of(record) or "")
    return _is_near_any(
        record.get("name"), (row for row in roster.rows if not own or class_key(row.class_name or "") == own)
    )


def _is_near_any(name: str, rows: Iterable[ReaderRow]) -> bool:
    return any(is_near(plain_title(name), plain_title(row.name), same_class=False) for row in rows if row.name)
