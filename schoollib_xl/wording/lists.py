"""The lists in words: those that may hang on the wall, those for class teachers only, and 新书简介."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.school import Term
from schoollib_xl.ledgers.supporting.people import ClassRow
from schoollib_xl.ledgers.units import NO_MONEY
from schoollib_xl.lists.books import (
    BorrowedCopy,
    Candidate,
    MonthlyLoans,
    NewTitle,
    Recommended,
    TitleCount,
    WeedingRule,
    counted_loans,
    held_by_readers,
    monthly,
    never_lent,
    new_titles,
    of_unknown_mode,
    perhaps_held,
    ranking,
    recommended,
    weeding_candidates,
)
from schoollib_xl.quotas.basis.figures import quotient
from schoollib_xl.quotas.basis.stock import unnumbered
from schoollib_xl.quotas.borrowing.tally import uncounted_lines
from schoollib_xl.rules.lending import loans_lent, of_unread_kind
from schoollib_xl.wording.answer import Answer, Medium, Section, Table, Value, columns_of, section_of
from schoollib_xl.wording.places import address
from schoollib_xl.wording.zh import NO_NUMBERS, say

# A list on the wall is read to about here.
_MOST_RANKED = 50
FOR_TEACHERS = "仅供班主任"
_NO_CLASS = "班级表里没有的班"
_TITLE_COLUMNS = columns_of(AccessionRow, title=34, author=18, class_no=12) | {"册数": 8}


class Lists(NamedTuple):
    """Everything the lists are made of: `term` is the term up to today, `year` the school year up to today."""

    library: Library
    term: Term
    year: Term
    new: Sequence[NewTitle]
    recommended: Sequence[Recommended]
    ranked: Sequence[TitleCount]
    idle: Sequence[TitleCount]
    candidates: Sequence[Candidate]
    months: Sequence[MonthlyLoans]
    held: Sequence[BorrowedCopy]


def lists_of(library: Library, term: Term, year: Term) -> Lists:
    """Work out every list."""
    return Lists(
        library,
        term,
        year,
        new_titles(library, term),
        recommended(library, term),
        ranking(library, term),
        never_lent(library, year),
        weeding_candidates(library, year),
        monthly(library, term),
        held_by_readers(library),
    )


def _span(window: Term) -> str:
    return f"{say(window.start)}到 {say(window.end)}"


def lists_answer(lists: Lists) -> Answer:
    """The lists without a name in them."""
    term, year = _span(lists.term), _span(lists.year)
    sections = (_months(lists, term), _recommended(lists, term), _ranking(lists, term), _idle(lists, year))
    return Answer("清单", tuple(_overview(lists)), (*sections, _weeding(lists, year)))


def _overview(lists: Lists) -> Iterator[str]:
    are_kept = bool(counted_loans(lists.library, lists.year))
    lent = f"借过的 {len(lists.ranked)} 种，一次没有借过的 {len(lists.idle)} 种，" if are_kept else ""
    books = f"新书 {len(lists.new)} 种，{lent}剔旧候选 {len(lists.candidates)} 册，"
    yield f"{books if lists.library.known_copies else f'{NO_NUMBERS}，有哪些书说不出来；'}{_held(lists)}。"
    if lists.library.known_copies and (numberless := len(unnumbered(lists.library))):
        yield f"个别登记账有 {numberless} 行没有能读的登记号，这些书没有算在里面。"
    if unknown := of_unknown_mode(lists.library):
        yield f"在外面的书里有 {unknown} 册的借阅方式读不出，不知道是不是个人借的，也列在里面。"
    if not are_kept:
        is_there = uncounted_lines(lists.library, lists.year) or any(loans_lent(lists.library, *lists.year))
        how = "登记不全，读不出" if is_there else "没有记"
        yield f"这一学年的借阅{how}，哪些书没有人借说不出来：零借阅没有列，剔旧候选只看了书况。"
    # A title that is for several grades stands under each.
    titles = {one.row.line: one.copies for one in lists.recommended}
    held = f"{missing} 种馆里没有" if (missing := list(titles.values()).count(0)) else "馆里都有"
    if titles:
        yield f"推荐书目 {len(titles)} 种，{held if lists.library.known_copies else '馆里有没有说不出来'}。"


def _held(lists: Lists) -> str:
    if not lists.library[LoanRow].present:
        return "没有借阅登记账，在外面的书说不出来"
    copies, perhaps = len(lists.held), perhaps_held(lists.library)
    also = f"，另有 {perhaps} 笔登记不全、没有写归还" if perhaps else ""
    return f"{f'在外面的书 {copies} 册' if copies else '没有在外面的书'}{also}"


def _months(lists: Lists, span: str) -> Section:
    months = list(dict.fromkeys(one.month for one in lists.months))
    names = list(dict.fromkeys(one.class_name for one in lists.months))
    by_place = {(one.class_name, one.month): one for one in lists.months}
    rows = [_month_row(name, [by_place[name, month] for month in months]) for name in names]
    totals = [sum(by_place[name, month].loans for name in names) for month in months]
    sized = [one for one in lists.months if one.pupils is not None]
    pupils = sum(one.pupils or 0 for one in sized if one.month == months[0])
    # One base for both: what classes without 学生人数 borrowed is in the sums, and in no mean.
    mean = quotient(sum(one.loans for one in sized), pupils)
    total: tuple[Value, ...] = ("全校", pupils, *totals, sum(totals), mean)
    columns = columns_of(ClassRow, class_name=12, pupils=9)
    columns |= {f"{month.month} 月": 8 for month in months} | {"合计": 9, "生均": 9}
    unsized = "" if len(sized) == len(lists.months) else "，没有学生人数的班不在内"
    said = f"{span}，学生个人借书，按借出日期；生均＝合计 ÷ 学生人数{unsized}。"
    if unread := uncounted_lines(lists.library, lists.term):
        whose = "或分不清是学生还是教师借的" if lists.library.derive(of_unread_kind) else ""
        said += f"另有 {unread} 笔登记不全{whose}，没有算进去。"
        rows = rows if sum(totals) else []
    return section_of("月借阅表", columns, [*rows, total] if rows else [], [said], totals=1 if rows else 0)


def _month_row(name: str, months: Sequence[MonthlyLoans]) -> tuple[Value, ...]:
    total = sum(month.loans for month in months)
    pupils = months[0].pupils
    mean: Decimal | None = quotient(total, pupils) if pupils else None
    return (name or _NO_CLASS, pupils, *(month.loans for month in months), total, mean)


def _recommended(lists: Lists, span: str) -> Section:
    are_known = bool(lists.library.known_copies)
    rows: list[tuple[Value, ...]] = [
        (
            f"{one.grade} 年级",
            one.row.kind.value,
            one.row.title,
            one.row.author,
            one.copies if are_known else None,
            one.loans,
        )
        for one in lists.recommended
    ]
    columns = {"年级": 9, "类别": 8, "书名": 34, "著者": 18, "馆藏（册）": 11, "借出（次）": 11}
    said = f"{span}借出的次数；馆藏 0 的是还没有的书。"
    return section_of("推荐书目", columns, rows, [said], Medium.FILE)


def _ranking(lists: Lists, span: str) -> Section:
    rows = [(number, *_title(one), one.loans) for number, one in enumerate(lists.ranked[:_MOST_RANKED], 1)]
    columns = {"名次": 6} | _TITLE_COLUMNS | {"借出（次）": 11}
    return section_of("借阅排行", columns, rows, [f"{span}，前 {_MOST_RANKED} 种。"])


def _idle(lists: Lists, span: str) -> Section:
    rows = [(*_title(title), title.copy.location) for title in lists.idle]
    columns = _TITLE_COLUMNS | columns_of(AccessionRow, location=14)
    said = f"{span}可以外借、一次没有借过的书（期间新到的不算）；可以放到显眼的地方，或者送到班级图书角。"
    return section_of("零借阅", columns, rows, [said], Medium.FILE)


def _title(title: TitleCount) -> tuple[str, str | None, str | None, int]:
    return title.copy.title, title.copy.author, title.copy.class_no, title.copies


def _weeding(lists: Lists, span: str) -> Section:
    """What to look at, first how much of it there is, then reason by reason in the order of the shelves."""
    by_rule = {rule: [candidate for candidate in lists.candidates if candidate.rule is rule] for rule in WeedingRule}
    rules = "；".join(rule.value for rule in WeedingRule)
    said = (
        f"按这几条挑的（{span}）：{rules}。",
        "这是候选，不是结论：要和任课教师一本一本看过，报校长批准，再记注销登记账。",
    )
    totals = [(rule.value, *_amount(by_rule[rule])) for rule in WeedingRule]
    overview = Table(
        "一共多少", ("为什么列在这里", "册数", "金额（元）"), [*totals, ("合计", *_amount(lists.candidates))], 1
    )
    columns = columns_of(AccessionRow, title=32) | {"册数": 9} | columns_of(AccessionRow, published=12)
    columns |= columns_of(AccessionRow, class_no=12, location=12, accession_no=44) | {"看哪里": 20}
    tables = [
        Table(rule.value, tuple(columns), [_weeded(lists.library, found) for found in _on_shelves(candidates)])
        for rule, candidates in by_rule.items()
        if candidates
    ]
    return Section("剔旧候选", tuple(columns.values()), said, [overview, *tables] if tables else [], Medium.FILE)


def _amount(candidates: Sequence[Candidate]) -> tuple[int, Decimal]:
    return len(candidates), sum((candidate.copy.value for candidate in candidates), NO_MONEY)


def _on_shelves(candidates: Iterable[Candidate]) -> list[list[Candidate]]:
    """The candidates of each title that stand in one place, in the order of the shelves."""
    found: dict[tuple[str, ...], list[Candidate]] = {}
    for candidate in candidates:
        copy = candidate.copy
        place = (copy.location or "", copy.class_no or "", copy.book_no or "", copy.title, copy.published or "")
        found.setdefault(place, []).append(candidate)
    return [found[place] for place in sorted(found)]


def _weeded(library: Library, found: Sequence[Candidate]) -> tuple[Value, ...]:
    copy, at = found[0].copy, str(address(library, found[0].at))
    numbers = "、".join(_runs([candidate.copy.accession_no for candidate in found]))
    return copy.title, len(found), copy.published, copy.class_no, copy.location, numbers, at


def _runs(numbers: Sequence[str]) -> Iterator[str]:
    """Numbers that follow each other put together: 000123—000126."""
    digits = [number for number in numbers if number.isdecimal()]
    for _, run in groupby(enumerate(digits), key=lambda place: (len(place[1]), int(place[1]) - place[0])):
        ends = [number for _, number in run]
        yield ends[0] if len(ends) == 1 else f"{ends[0]}—{ends[-1]}"
    yield from (number for number in numbers if not number.isdecimal())


def signing_answer(lists: Lists) -> Answer | None:
    """借书清单 for signature, a section for each class; None where nothing is out. It carries names."""
    if not lists.held:
        return None
    names = list(dict.fromkeys(copy.class_name for copy in lists.held))
    said = f"{FOR_TEACHERS}：有学生姓名，不张贴，用完收回。算到 {say(lists.library.as_of)}。"
    sections = tuple(_signing(name, said, [copy for copy in lists.held if copy.class_name == name]) for name in names)
    return Answer(f"借书清单（{FOR_TEACHERS}）", (), sections)


def _signing(name: str, said: str, held: Sequence[BorrowedCopy]) -> Section:
    """The page of a class, marked on its own: it is torn off and handed out."""
    rows: list[tuple[Value, ...]] = [
        (
            copy.loan.reader_no,
            copy.reader.name if copy.reader else copy.loan.name,
            copy.loan.title,
            copy.loan.accession_no,
            copy.loan.lent_on,
            copy.loan.due_on,
            None,
        )
        for copy in held
    ]
    columns = columns_of(LoanRow, reader_no=11, name=10, title=32, accession_no=12, lent_on=12, due_on=12)
    return section_of(name or "教师和没有写班级的", columns | {"签名": 14}, rows, [said])


def new_titles_answer(lists: Lists) -> Answer | None:
    """新书简介 by month; None where nothing came."""
    if not lists.new:
        return None
    months = list(dict.fromkeys(title.month for title in lists.new))
    sections = tuple(_new_month(month, [title for title in lists.new if title.month == month]) for month in months)
    copies = sum(title.copies for title in lists.new)
    return Answer("新书简介", (f"本学期新到图书 {len(lists.new)} 种、{copies} 册，介绍如下，欢迎借阅。",), sections)


def _new_month(month: date, new: Sequence[NewTitle]) -> Section:
    rows = [
        (one.copy.title, one.copy.author, one.copy.publisher, one.copy.class_no, one.copies, one.copy.location)
        for one in new
    ]
    columns = columns_of(AccessionRow, title=24, author=13, publisher=20, class_no=10) | {"册数": 8, "在哪里": 12}
    return section_of(f"{month.year}年{month.month}月", columns, rows)


def lists_json(lists: Lists) -> dict[str, Any]:
    """The lists for other programs; no reader is named."""
    return {
        "as_of": lists.library.as_of.isoformat(),
        "new_titles": [
            {"month": f"{title.month:%Y-%m}", "title": title.copy.title, "copies": title.copies} for title in lists.new
        ],
        "recommended": [
            {"grade": one.grade, "title": one.row.title, "copies": one.copies, "loans": one.loans}
            for one in lists.recommended
        ],
        "ranking": [{"title": one.copy.title, "copies": one.copies, "loans": one.loans} for one in lists.ranked],
        "never_lent": [{"title": title.copy.title, "copies": title.copies} for title in lists.idle],
        "weeding": [{"accession_no": one.copy.accession_no, "rule": one.rule.value} for one in lists.candidates],
        "monthly": [
            {"class": month.class_name, "month": f"{month.month:%Y-%m}", "loans": month.loans, "pupils": month.pupils}
            for month in lists.months
        ],
        "on_loan": len(lists.held),
    }
