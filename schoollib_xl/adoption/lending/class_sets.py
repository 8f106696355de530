"""Loans to a whole class: many copies of one book, for which somebody signed."""

import re
from collections.abc import Iterable

from schoollib_xl.adoption.forms.kinds import LOANS
from schoollib_xl.adoption.journal import Journal, of_many
from schoollib_xl.adoption.rows.records import Record, class_of
from schoollib_xl.ledgers.grades import class_in, class_key, whole_grade_in
from schoollib_xl.ledgers.vocabulary import LoanMode, ReaderKind

FOR_A_CLASS = (
    "一行里一种书借了 {most} 册和更多、写着班级的 {count} 行（第一处{first}）：当作全班用的，借阅方式记“班级”；"
    "名册上没有的领书人算老师。是一个人借的，就一本一行再接收。"
)
# Nobody borrows so many copies of one book for himself.
_MANY = 10
# 三1 and 301 as they compare.
_SHORT = re.compile(r"\d-\d+")


def take_class_sets(lending: Iterable[Record], journal: Journal) -> None:
    """Make loans of many copies of a book to one of a class loans of the class; whoever signed for them is a teacher
    where no roster knows the name.
    """
    found = [record for record in lending if record.table.kind is LOANS and _is_for_a_class(record)]
    for record in found:
        record.values["mode"] = LoanMode.CLASS
        record.values["kind"] = record.get("kind") or ReaderKind.TEACHER
    journal.assumed += of_many(FOR_A_CLASS, [record.place for record in found], most=_MANY)


def _is_for_a_class(record: Record) -> bool:
    held, own = record.get("held"), class_of(record) or ""
    is_of_class = class_in(own) or whole_grade_in(own) or _SHORT.fullmatch(class_key(own))
    is_of_one = not record.further and isinstance(held, int) and held >= _MANY
    is_named = record.get("name") and record.get("kind") is not ReaderKind.PUPIL
    return bool(is_of_one and is_of_class and is_named and not record.get("mode"))
