"""What happens in a real school and is in order: small rewrites of the sample school that nobody may be accused of."""

from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from checks.books import Books
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.activities import ActivityRow, RecommendationRow, VisitRow
from schoollib_xl.ledgers.supporting.calendar import CalendarRow, OpeningRow, TurnRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.supporting.people import ClassRow, PupilLibrarianRow, ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule, TargetRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow
from schoollib_xl.ledgers.supporting.vocabulary import Audience, ClassLending, TurnKind, VisitorKind
from schoollib_xl.ledgers.vocabulary import (
    CLASS_LETTERS,
    Incident,
    LeavingReason,
    LoanMode,
    LoanOutcome,
    ReaderKind,
    Settlement,
    SourceOrDestination,
    Weekday,
)
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.corrections import FIGURES

Rewrite = Callable[[Books], None]
_DAY = timedelta(days=1)
SITUATIONS: dict[str, Rewrite] = {}


def _rewriting(row_type: type[Any], holds: Callable[[Any], bool] = lambda row: True, **changes: Any) -> Rewrite:
    """These cells of the first row for which the condition holds."""

    def rewrite(books: Books) -> None:
        books.edit(books.first(row_type, holds), **changes)

    return rewrite


def _adding(row_type: type[Any], index: int = 0, **changes: Any) -> Rewrite:
    """One more row, like the one that stands there but for these cells."""

    def rewrite(books: Books) -> None:
        books.add(books.rows(row_type)[index]._replace(**changes))

    return rewrite


def _on_all(row_type: type[Any], **changes: Any) -> Rewrite:
    """These cells of every row of a sheet: a school that keeps the column so, or not at all."""

    def rewrite(books: Books) -> None:
        books.rows(row_type)[:] = [row._replace(**changes) for row in books.rows(row_type)]

    return rewrite


def _of_a_title(**changes: Any) -> Rewrite:
    """These cells of all copies of one title of literature that came in one batch."""

    def rewrite(books: Books) -> None:
        first = books.first(AccessionRow, lambda copy: copy.batch_no == "2025-002" and copy.class_no.startswith("I"))
        for copy in [one for one in books.rows(AccessionRow) if (one.title, one.isbn) == (first.title, first.isbn)]:
            books.edit(copy, **changes)

    return rewrite


def _spelling(row_type: type[Any], field: str, respell: Callable[[str], str]) -> Rewrite:
    """A name or title copied in another way, in one row."""

    def rewrite(books: Books) -> None:
        row = books.first(row_type, lambda row: len(getattr(row, field) or "") > 2)
        books.edit(row, **{field: respell(getattr(row, field))})

    return rewrite


def _is_paid(row: Any) -> bool:
    return row.settlement is Settlement.PAYMENT


def _is_pupil(row: Any) -> bool:
    return row.kind is ReaderKind.PUPIL


def _is_personal(row: Any) -> bool:
    return row.mode is LoanMode.PERSONAL and row.outcome is LoanOutcome.RETURNED


def _batch(batch_no: str) -> Callable[[Any], bool]:
    return lambda row: row.batch_no == batch_no


# -- book numbers, years, classes and places as old books have them ---------------------------------

_BOOK_NUMBERS = (
    *(None, "无", "没有", "—", "/", "暂无"),
    *("10019·1234", "10019.1234", "R10024·3123", "统一书号：10019·1234", "书号10019.123"),
    *(
        "978-7-02-002475-9",
        "ISBN 978-7-02-002475-9",
        "ISBN9787020024759",
        "９７８７０２００２４７５９",
    ),
    *("100191234567", "19019123", "CN11-1065/J", "1001-2044"),
)
_YEARS = (
    None,
    "2020",
    "2020年",
    "2020.5",
    "2020-05",
    "2020/5",
    "c2019",
    "[2018]",
    "不详",
    "民国三十六年",
    "1958",
    "1911",
)
_CLASS_NOS = ("I287.7", "I28", "I206.2", "I18(561)", "I712.84", "I247.5-49", "I1", "I242.4")
_EDITIONS = ("第1版", "2版", "修订版", "新1版", "1版3次")

for _text in _BOOK_NUMBERS:
    SITUATIONS[f"book number {_text}"] = _of_a_title(isbn=_text)
for _text in _YEARS:
    SITUATIONS[f"published {_text}"] = _of_a_title(published=_text)
for _text in _CLASS_NOS:
    SITUATIONS[f"class number {_text}"] = _of_a_title(class_no=_text)
for _text in _EDITIONS:
    SITUATIONS[f"edition {_text}"] = _of_a_title(edition=_text)
for _field in ("author", "publisher", "published", "edition", "pages", "isbn", "book_no"):
    SITUATIONS[f"title without {_field}"] = _of_a_title(**{_field: None})
for _field in ("barcode", "pages", "book_no", "published", "source", "circulation"):
    SITUATIONS[f"no copy has {_field}"] = _on_all(AccessionRow, **{_field: None})

# -- names and titles copied by hand -----------------------------------------------------------------

_HANDS: dict[str, Callable[[str], str]] = {
    "with a blank": lambda text: f"{text[0]} {text[1:]}",
    "with a wide blank": lambda text: f"{text[0]}　{text[1:]}",
    "with a blank after": lambda text: f"{text} ",
}
_TITLE_HANDS: dict[str, Callable[[str], str]] = {
    **_HANDS,
    "in brackets": lambda text: f"《{text}》",
    "shortened": lambda text: text[:-1],
    "with a volume": lambda text: f"{text}（下）",
    "spaced out": "　".join,
}
for _hand, _respell in _HANDS.items():
    for _type in (LoanRow, CompensationRow, PupilLibrarianRow):
        SITUATIONS[f"name {_hand} in {_type.__name__}"] = _spelling(_type, "name", _respell)
for _hand, _respell in _TITLE_HANDS.items():
    for _type in (LoanRow, CompensationRow):
        SITUATIONS[f"title {_hand} in {_type.__name__}"] = _spelling(_type, "title", _respell)
for _type in (LoanRow, CompensationRow, PupilLibrarianRow):
    SITUATIONS[f"no name in {_type.__name__}"] = _on_all(_type, name=None)
for _type in (LoanRow, CompensationRow, WithdrawalRow):
    SITUATIONS[f"no title in {_type.__name__}"] = _on_all(_type, title=None)

# -- batches ------------------------------------------------------------------------------------------


def _entered_too_much(*lines: tuple[str, str, int]) -> Rewrite:
    """Two copies of 20 yuan too many entered for a batch and put right by lines below the last: number, 备注, and
    what the line has: −1 for the two copies, −2 for the whole batch taken back, 1 for the batch as it is.
    """

    def rewrite(books: Books) -> None:
        right = books.first(SummaryRow, lambda row: row.batch_no == "2025-003")
        two = right._replace(titles=0, copies=2, list_value=Decimal(40), **{**dict.fromkeys(CLASS_LETTERS), "I": 2})
        for row in [row for row in books.rows(SummaryRow) if row.line >= right.line]:
            books.edit(row, running_copies=row.running_copies + 2, running_value=row.running_value + 40)
        wrong = {"copies": right.copies + 2, "list_value": right.list_value + 40, "I": right.I + 2}
        now = books.first(SummaryRow, lambda row: row.line == right.line)
        wrong_row = books.edit(now, first_no=None, last_no=None, **wrong)
        for number, remarks, times in lines:
            like = {-1: two, -2: wrong_row, 1: right}[times]
            sign, last = (-1 if times < 0 else 1), books.last(SummaryRow)
            figures = {name: getattr(like, name) for name in ("titles", "copies", "list_value", *CLASS_LETTERS)}
            books.add(
                right._replace(
                    **{name: sign * value if value else value for name, value in figures.items()},
                    registered_on=last.registered_on,
                    batch_no=number,
                    first_no=None,
                    last_no=None,
                    running_copies=last.running_copies + sign * like.copies,
                    running_value=last.running_value + sign * like.list_value,
                    remarks=remarks,
                )
            )

    return rewrite


SITUATIONS["batch put right by a red line"] = _entered_too_much(("2026-012", "更正2025-003，多登2册", -1))
SITUATIONS["batch put right under its own number"] = _entered_too_much(("2025-003", "红字冲销", -1))
SITUATIONS["batch put right by its voucher"] = _entered_too_much(("2025-003更正", "多登2册", -1))
SITUATIONS["batch taken back and entered anew"] = _entered_too_much(
    ("2026-012", "冲销2025-003", -2), ("2026-013", "重登2025-003", 1)
)


def _put_in_another_class(books: Books) -> None:
    """A copy of literature counted with education, and put right by a line that has no copies."""
    right = books.first(SummaryRow, lambda row: row.batch_no == "2025-003")
    books.edit(right, I=(right.I or 0) - 1, G=(right.G or 0) + 1)
    last = books.last(SummaryRow)
    nothing = dict.fromkeys([*FIGURES, "first_no", "last_no", "voucher_no"])
    figures = {**nothing, "copies": 0, "list_value": Decimal(), "I": 1, "G": -1}
    books.add(last._replace(**figures, flow=right.flow, batch_no="2026-012", remarks="更正2025-003的分类"))


SITUATIONS["copy of a batch put in another class"] = _put_in_another_class

for _field in ("supplier", "voucher_no", "titles", "paid_value", "first_no", "handled_by", "received_by"):
    _blank = {"first_no": None, "last_no": None} if _field == "first_no" else {_field: None}
    SITUATIONS[f"no batch has {_field}"] = _on_all(SummaryRow, **_blank)
SITUATIONS |= {
    "one person keeps the books alone": _on_all(SummaryRow, handled_by="苏晓禾", received_by=None),
    "two batches on one invoice": _rewriting(
        SummaryRow, _batch("2025-004"), voucher_no="DB20251022", supplier="县教育局"
    ),
    "supplier written short": _rewriting(SummaryRow, _batch("2026-004"), supplier="新华书店"),
    "freight on a gift": _rewriting(
        SummaryRow, _batch("2025-004"), paid_value=Decimal("30.00"), voucher_no=None, remarks="运费"
    ),
    "paid more than the list price": _rewriting(
        SummaryRow, _batch("2025-003"), paid_value=Decimal("2300.00"), voucher_no=None, remarks="多付了加工费"
    ),
    "opening stock of unknown origin": _rewriting(SummaryRow, source=SourceOrDestination.OTHER),
    "running totals not kept": _on_all(SummaryRow, running_copies=None, running_value=None),
}

# -- withdrawals ---------------------------------------------------------------------------------------

for _field in ("class_no", "approval_no", "disposal"):
    SITUATIONS[f"no withdrawal has {_field}"] = _on_all(WithdrawalRow, **{_field: None})
SITUATIONS["class number shortened in a withdrawal"] = _rewriting(WithdrawalRow, remarks="清单第一页")

# -- periodicals ---------------------------------------------------------------------------------------


def _paper(index: int, **changes: Any) -> Rewrite:
    return lambda books: books.edit(books.rows(PeriodicalRow)[index], **changes) and None


for _field in ("postal_code", "issn", "cn", "price", "missing_note", "voucher_no"):
    if _field != "missing_note":
        SITUATIONS[f"no periodical has {_field}"] = _on_all(PeriodicalRow, **{_field: None})
SITUATIONS |= {
    "missing issue found later": _paper(12, missing_note="缺第三期，已补到"),
    "nothing missing said": _paper(12, missing_note="不缺期"),
    "joint issue": _paper(12, missing_note="七、八月合刊"),
    "two issues missing": _paper(11, received_issues=6, missing_note="缺2期，已查询"),
    "missing numbers named": _paper(11, received_issues=6, missing_note="第3、5期未到"),
    "price risen for the new period": lambda books: books.edit(books.rows(PeriodicalRow)[30], remarks="涨价") and None,
    "volumes of the year in one": _paper(8, remarks="与下半年合订"),
}

# -- loans ----------------------------------------------------------------------------------------------


def _returned(days_late: int, remarks: str | None = None) -> Rewrite:
    """A loan that nobody borrowed after comes back so many days after it was due."""

    def rewrite(books: Books) -> None:
        last: dict[str, LoanRow] = {loan.accession_no: loan for loan in books.rows(LoanRow)}
        lates = {loan.reader_no: loan.loan_no for loan in books.rows(LoanRow) if _is_personal(loan)}
        loan = next(
            one
            for one in reversed(books.rows(LoanRow))
            if _is_personal(one)
            and last[one.accession_no] is one
            and lates[one.reader_no] == one.loan_no
            and one.due_on < date(2026, 6, 10)
        )
        books.edit(loan, returned_on=loan.due_on + days_late * _DAY, remarks=remarks)

    return rewrite


for _days in (-1, 1, 3, 7):
    SITUATIONS[f"returned {_days} days after due"] = _returned(_days)
for _field in ("handled_by", "class_name"):
    SITUATIONS[f"no loan has {_field}"] = _on_all(LoanRow, **{_field: None})
SITUATIONS |= {
    "in and out on one day": _returned(0, "当天又借"),
    "loans entered in another order": lambda books: books.rows(LoanRow).reverse(),
    "copies entered in another order": lambda books: books.rows(AccessionRow).reverse(),
    "batches entered in another order": lambda books: books.rows(SummaryRow).reverse(),
}

# -- incidents ------------------------------------------------------------------------------------------


def _incident(holds: Callable[[Any], bool], **changes: Any) -> Rewrite:
    return _rewriting(CompensationRow, holds, **changes)


def _found_again(books: Books) -> None:
    """A lost copy that was paid for is found after it had been written off: the money goes back."""
    row = books.edit(
        books.first(CompensationRow, _is_paid), refunded_on=date(2026, 6, 30), remarks="书已找回，重新入藏"
    )
    last = books.rows(CashRow)[-1]
    books.add(
        last._replace(
            booked_on=date(2026, 6, 30),
            summary="退图书赔款",
            voucher_no=row.receipt_no,
            received=None,
            spent=row.paid,
            balance=last.balance - row.paid,
        )
    )


for _remarks in ("家庭困难，减免一半", "协商少赔", "分期交", "污损折价赔偿"):
    SITUATIONS[f"paid less: {_remarks}"] = _incident(
        lambda row: row.settlement is Settlement.REPAIR, owed=Decimal("0.00"), paid=Decimal("1.00"), remarks=_remarks
    )
SITUATIONS |= {
    "found again and refunded": _found_again,
    "incidents without class": _on_all(CompensationRow, class_name=None),
    "withdrawal batches not filled in": _on_all(CompensationRow, withdrawal_no=None),
    "reported on Friday, entered on Monday": _incident(_is_paid, registered_on=date(2025, 10, 18)),
    "another book brought instead": lambda books: (
        books.edit(books.first(AccessionRow, lambda copy: copy.accession_no == "005988"), title="别的书", isbn=None)
        and None
    ),
    "mended on the spot": lambda books: books.drop(books.rows(RepairRow)[0]),
    "written by its publisher": _of_a_title(author="人民教育出版社", publisher="人民教育出版社"),
    "a loan slip found weeks later": lambda books: books.add(
        books.first(LoanRow, lambda loan: loan.mode is LoanMode.IN_ROOM)._replace(loan_no="J004042", remarks="补记")
    ),
    "relabelled with a label of another make": _rewriting(AccessionRow, barcode="69012345"),
    "damaged in the room": _incident(lambda row: row.incident is Incident.DAMAGED, remarks="在室内看坏"),
}

# -- people ---------------------------------------------------------------------------------------------


def _new_card_after_loss(books: Books) -> None:
    """A pupil reports the card lost on the last day and gets another."""
    busy = {loan.reader_no for loan in books.rows(LoanRow) if loan.is_open}
    row = books.first(ReaderRow, lambda row: _is_pupil(row) and row.reader_no not in busy and row.stopped_on is None)
    day = date(2026, 7, 2)
    books.edit(row, stopped_on=day, stop_reason=LeavingReason.REPORTED_LOST)
    books.add(row._replace(reader_no="S0991", issued_on=day))


def _namesakes(books: Books) -> None:
    one = books.first(ReaderRow, _is_pupil)
    other = books.first(ReaderRow, lambda row: _is_pupil(row) and row.class_name != one.class_name)
    books.add(other._replace(reader_no="S0992", name=one.name))
    held = books.first(ClassRow, lambda row: row.class_name == other.class_name)
    books.edit(held, pupils=held.pupils + 1)


def _namesakes_in_class(books: Books) -> None:
    one = books.first(ReaderRow, _is_pupil)
    books.add(one._replace(reader_no="S0993", remarks="与另一名学生同名"))
    held = books.first(ClassRow, lambda row: row.class_name == one.class_name)
    books.edit(held, pupils=held.pupils + 1)


def _pupil_leaves(reason: LeavingReason) -> Rewrite:
    def rewrite(books: Books) -> None:
        open_loans = {loan.reader_no for loan in books.rows(LoanRow) if loan.is_open}
        helpers = {row.reader_no for row in books.rows(PupilLibrarianRow)}
        row = books.first(
            ReaderRow,
            lambda row: _is_pupil(row) and row.stopped_on is None and row.reader_no not in open_loans | helpers,
        )
        books.edit(row, stopped_on=date(2026, 7, 3), stop_reason=reason)
        held = books.first(ClassRow, lambda held: held.class_name == row.class_name)
        books.edit(held, pupils=held.pupils - 1)

    return rewrite


def _moved_class(books: Books) -> None:
    """A pupil moved to the parallel class in the winter holidays: loans before name the old class."""
    lent = {loan.reader_no for loan in books.rows(LoanRow) if _is_personal(loan)}
    helpers = {row.reader_no for row in books.rows(PupilLibrarianRow)}
    moved = books.first(
        ReaderRow, lambda row: row.class_name == "三（1）班" and row.reader_no in lent and row.reader_no not in helpers
    )
    books.edit(moved, class_name="三（2）班", remarks="2026年2月转班")
    for name, by in (("三（1）班", -1), ("三（2）班", 1)):
        held = books.first(ClassRow, lambda row, name=name: row.class_name == name)
        books.edit(held, pupils=held.pupils + by)
    for loan in [one for one in books.rows(LoanRow) if one.reader_no == moved.reader_no]:
        if loan.lent_on >= date(2026, 2, 1):
            books.edit(loan, class_name="三（2）班")


for _reason in (LeavingReason.MOVED, LeavingReason.GRADUATED, LeavingReason.REPORTED_LOST):
    SITUATIONS[f"a pupil leaves: {_reason.value}"] = _pupil_leaves(_reason)
for _field in ("issued_on", "remarks"):
    SITUATIONS[f"no reader has {_field}"] = _on_all(ReaderRow, **{_field: None})
SITUATIONS |= {
    "a new card after a loss": _new_card_after_loss,
    "namesakes in two classes": _namesakes,
    "namesakes in one class": _namesakes_in_class,
    "a pupil moved to another class": _moved_class,
    "no class teacher written": _on_all(ClassRow, teacher=None),
    "one teacher for two classes": lambda books: (
        books.edit(books.rows(ClassRow)[1], teacher=books.rows(ClassRow)[0].teacher) and None
    ),
    "no way of lending written": _on_all(ClassRow, lending=None),
    "elected again": _adding(PupilLibrarianRow, appointed_on=date(2026, 2, 25)),
    "helpers without a day": _on_all(PupilLibrarianRow, appointed_on=None),
    "class that borrows through its teacher": _rewriting(
        ClassRow, lambda row: row.grade == 4, lending=ClassLending.THROUGH_TEACHER
    ),
}

# -- rooms, money, targets, shelves -----------------------------------------------------------------------

SITUATIONS |= {
    "a period begins on the day the last one ended": lambda books: _begins_on_the_last_day(books),
    "a class that only reads comes without a turn": lambda books: _only_reads(books),
    "binding paid besides the list price": lambda books: _bound_besides(books),
    "one pupil of a reading class may borrow": lambda books: _may_borrow(books),
    "approved in December": lambda books: _approved_in(books, "青小图〔2025〕6号"),
    "a teacher of the class who is not its head": _rewriting(
        ReaderRow, lambda row: row.reader_no == "T014", class_name="五（1）班"
    ),
    "turns are reading lessons": _on_all(TurnRow, kind=TurnKind.READING),
    "card handed on": _rewriting(ReaderRow, _is_pupil, issued_on=date(2012, 9, 1)),
    "settled at the end of the term": _incident(_is_paid, settled_on=date(2026, 6, 30)),
    "reading in the holidays": _adding(ActivityRow, name="国庆假期亲子阅读", held_on=date(2025, 10, 3), classes=None),
    "a guest reads": _rewriting(VisitRow, lambda row: row.visitor is VisitorKind.TEACHER, name="红星小学支教老师"),
    "opening on Saturday": _adding(
        OpeningRow, weekday=Weekday.SATURDAY, starts_at=time(9), ends_at=time(11), audience=Audience.EVERYONE
    ),
    "parents came along": _rewriting(VisitRow, lambda row: row.visitor is VisitorKind.CLASS, people=30),
    "half a day of school": _adding(
        CalendarRow, starts_on=date(2026, 6, 30), ends_on=date(2026, 6, 30), note="下午考试，上午开放"
    ),
    "visits without content": _on_all(VisitRow, content=None, librarian=None),
    "teachers without names": _on_all(VisitRow, name=None),
    "activity with parents": _rewriting(ActivityRow, participants=420),
    "activity with a class of another school": _rewriting(ActivityRow, classes="三（1）班、红星小学三（9）班"),
    "activity of a run of classes": _rewriting(ActivityRow, classes="三（1）至四（2）班"),
    "activity of classes written in short": _rewriting(ActivityRow, classes="五（1）、（2）班和六年级"),
    "activity held for another class on the same day": _adding(ActivityRow, classes="三（1）班"),
    "activity held twice in a day by two people": _adding(ActivityRow, person="陈静"),
    "activity held again the next day": lambda books: _held_again(books),
    "activities without numbers": _on_all(ActivityRow, participants=None, person=None, result=None),
    "targets without persons": _on_all(TargetRow, person=None),
    "target for the whole school besides": _adding(TargetRow, grades=None, value=Decimal(5)),
    "unit written otherwise": _rewriting(TargetRow, unit="册/人"),
    "own target": _adding(TargetRow, name="书签制作比赛次数", grades=None, value=Decimal(1), unit="次"),
    "rule for one class": _adding(LendingRule, 1, grade=None, class_name="六（1）班", since=date(2026, 7, 1)),
    "shelves bought": lambda books: _spend(books, "购书架", "FP20260701"),
    "paid in advance": lambda books: _spend(books, "预付购书款", "FP20260702"),
    "stationery bought": lambda books: _spend(books, "办公用品", "BG0001"),
    "without a voucher": lambda books: _spend(books, "零星支出", None),
    "cash sorted by voucher": lambda books: _by_voucher(books),
    "balances not kept": _on_all(CashRow, balance=None),
    "recommended without numbers": _on_all(RecommendationRow, isbn=None, author=None),
    "recommended to two grades": _adding(RecommendationRow, grade=3),
    "recommended, not held": _adding(RecommendationRow, title="没有买的书", isbn="9787020024759"),
    "sent again after it came back": lambda books: _sent_again(books),
    "repairs without words": _on_all(RepairRow, damage=None, repairer=None),
    "condition not written": _on_all(StocktakeRow, condition=None),
    "old books entered for weeks": lambda books: _entered_for_weeks(books),
    "titles written off in short": _rewriting(
        WithdrawalRow, lambda row: row.title == "班主任工作漫谈", title="工作漫谈"
    ),
    "papers of which nothing was checked in yet": _rewriting(
        PeriodicalRow, lambda row: row.bound_volumes is None, due_issues=0, received_issues=0, missing_note=None
    ),
    "gifts from nobody in particular": _on_all(SummaryRow, supplier=None, received_by=None),
}


def _spend(books: Books, summary: str, voucher_no: str | None) -> None:
    last = books.rows(CashRow)[-1]
    sum_spent = Decimal("12.00")
    books.add(
        last._replace(
            booked_on=date(2026, 7, 1),
            summary=summary,
            voucher_no=voucher_no,
            received=None,
            spent=sum_spent,
            balance=last.balance - sum_spent,
        )
    )


def _entered_for_weeks(books: Books) -> None:
    """The old stock got its numbers in the second term, twenty a day."""
    busy = {loan.accession_no for loan in books.rows(LoanRow)} | {row.accession_no for row in books.rows(RepairRow)}
    old = [copy for copy in books.rows(AccessionRow) if copy.batch_no == "2025-001" and copy.withdrawn_on is None]
    for index, copy in enumerate([copy for copy in old if copy.accession_no not in busy][:400]):
        books.edit(copy, accessioned_on=date(2026, 3, 20) + index // 20 * _DAY)


def _by_voucher(books: Books) -> None:
    rows = sorted(books.rows(CashRow), key=lambda row: row.voucher_no or "")
    books.rows(CashRow)[:] = [row._replace(line=line) for line, row in enumerate(rows, 2)]


def _held_again(books: Books) -> None:
    row = books.first(ActivityRow)
    books.add(row._replace(held_on=row.held_on + _DAY))


def _sent_again(books: Books) -> None:
    lent = {loan.accession_no for loan in books.rows(LoanRow)}
    row = books.first(RepairRow, lambda row: row.reshelved_on is not None and row.accession_no not in lent)
    books.add(row._replace(sent_on=row.reshelved_on, reshelved_on=row.reshelved_on + 5 * _DAY))


def _begins_on_the_last_day(books: Books) -> None:
    last = min(row.ends_on for row in books.rows(ClassificationRow))
    for row in [row for row in books.rows(ClassificationRow) if row.starts_on > last]:
        books.edit(row, starts_on=last)


def _only_reads(books: Books) -> None:
    row = books.first(ClassRow, lambda row: row.grade == 1)
    books.edit(row, lending=ClassLending.IN_ROOM)
    for turn in [one for one in books.rows(TurnRow) if one.class_name == row.class_name]:
        books.drop(turn)
    for loan in [one for one in books.rows(LoanRow) if one.class_name == row.class_name]:
        books.edit(loan, remarks="教师借")


def _may_borrow(books: Books) -> None:
    row = books.edit(books.first(ClassRow, lambda row: row.grade == 4), lending=ClassLending.IN_ROOM)
    books.edit(row, remarks="四月起可借回家")


def _approved_in(books: Books, number: str) -> None:
    first = books.first(WithdrawalRow, lambda row: row.withdrawn_on.year == 2026)
    for row in [one for one in books.rows(WithdrawalRow) if one.withdrawal_no == first.withdrawal_no]:
        books.edit(row, approval_no=number)


def _bound_besides(books: Books) -> None:
    row = books.first(SummaryRow, _batch("2026-004"))
    more = row.list_value + 20 - row.paid_value
    books.edit(row, paid_value=row.list_value + 20, remarks="含装订贴膜费 20 元")
    paid = books.first(CashRow, lambda cash: cash.voucher_no == row.voucher_no)
    books.edit(paid, spent=paid.spent + more)
    for later in [one for one in books.rows(CashRow) if one.line >= paid.line]:
        books.edit(later, balance=later.balance - more)
