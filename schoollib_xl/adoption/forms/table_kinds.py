"""A kind of table: the fields its columns may hold, what their headers may be called, and what tells it from others."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from schoollib_xl.adoption.forms.english import TwoLanguages, headers_meant, in_two_languages
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.grades import class_in, whole_grade_in
from schoollib_xl.ledgers.schema import SHEETS, DeclaredSheet, Field
from schoollib_xl.sheets.reading.recognising import plain_header

Signature = tuple[frozenset[str], ...]
# The field and subfield of a record that programs of libraries set before a header (CNMARC: 200$a is the title).
_MARC_TAG = re.compile(r"\d{3}(?:\$[A-Z\d]|[A-Z](?=[一-鿿]))?(?=[A-Z一-鿿])")
# 书名1, 书名(2), 书名三 are columns of one kind, 第1本 the first of them.
_NUMBERED = re.compile(r"(.{2,}?)\(?(?:[1-9]|[一二三四五六七八九])\)?")
_NTH_BOOK = re.compile(r"第(?:[1-9]|[一二三四五六七八九])[本册](?:图?书)?的?(.*)")
# The numbers of several copies in one cell: 登录号起止, 财产号范围, 起讫登记号.
_SPAN = re.compile(r"起[-—~～至到]?[止讫](.+)|(.+?)\(?(?:起[-—~～至到]?[止讫]|范围|区间|段)(?:号码?)?\)?")
_OF_A_PROGRAM = "ID"
# Money that is no yuan: 价格(USD), 定价 美元.
_OTHER_CURRENCY = re.compile(r"USD|US\$|HKD|HK\$|TWD|EUR|GBP|JPY|[美港欧日台韩]元|[港台日]币|英镑|卢布")
_BRACKETED = re.compile(r"([^()]+)\(([^()]+)\)")
# The class of a pupil or the office of a teacher: 班级/办公室, 部门或班级.
_UNIT = "(?:所在|所属)?(?:部门|单位|办公室|科室|处室|教研组|学科组|年级组|学科|职务|岗位)"
_CLASS_OR_UNIT = re.compile(rf"(.*班级?)(?:[/或、及和]{_UNIT})+|{_UNIT}[/或、及和](.*班级?)")
# PRICE(RMB), Price (¥).
_WITHOUT_UNIT = re.compile(r"\((?:RMB|CNY|YUAN|[元￥¥])\)$", re.IGNORECASE)
# A question of a form: 1、你的班级, 2.借书人姓名.
_QUESTION = re.compile(r"\d{1,2}[、.．:：)](?:[你您](?:的|所在的?)?|孩子的?|学生的?)?(\D.*)")
# What schools and their programs set before a header, and the columns it can then be: 图书价格, 会员姓名.
_OF_BOOKS = frozenset(field.name for field in SHEETS[AccessionRow].fields) - {"remarks"} | {"held", "call_no"}
_OF_PEOPLE = frozenset(["reader_no", "name", "kind", "class_name", "issued_on", "grade", "teacher"])
_OF_A_LOAN = frozenset({"title", "accession_no", "isbn", "barcode"})
_BEFORE = (
    (re.compile(r"(?:所借的?|借的|借到的|借阅的|本次借阅?的?)(.+)"), _OF_A_LOAN),
    (re.compile(r"(?:图书|书籍|书刊|书本|资料|文献|馆藏|藏书|媒体|所?捐赠?|捐献|赠送)的?(.+)"), _OF_BOOKS),
    (re.compile(r"(?:会员|用户|读者|学生|持证人|借阅者|借书人|借阅人|成员)的?(.+)"), _OF_PEOPLE),
)


@dataclass(frozen=True, eq=False)
class TableKind:
    """A kind of table: its name, the fields its columns may hold, and what tells it from the others.

    `signature` lists groups of fields: of each group one must be there; none of `strange` may. Under a title in
    which `titled` is found, or a class where its rows have one, all but the last are enough. A row may have a field of
    `repeats` more than once, in numbered columns. `sheet` is the sheet of the workbook it is a list of, where it is of
    just one.
    """

    name: str
    fields: tuple[Field, ...]
    signature: Signature
    strange: frozenset[str] = frozenset()
    titled: re.Pattern[str] | None = None
    repeats: frozenset[str] = frozenset()
    sheet: DeclaredSheet | None = None

    @cached_property
    def by_name(self) -> dict[str, Field]:
        return {field.name: field for field in self.fields}

    @cached_property
    def own_headers(self) -> dict[str, str]:
        """Field by its own header."""
        return {plain_header(field.header): field.name for field in self.fields}

    @cached_property
    def headers(self) -> dict[str, tuple[str, ...]]:
        """Fields by header, first the one whose own header it is: 还书期限 is a day or a number of days."""
        fields = {header: [name] for header, name in self.own_headers.items()}
        for field in self.fields:
            for word in map(plain_header, field.column.synonyms):
                if field.name not in (names := fields.setdefault(word, [])):
                    names.append(field.name)
        return {header: tuple(names) for header, names in fields.items()}

    def called(self, header: str) -> Iterator[str]:
        """The fields a header may name, the likeliest first: without its brackets 存放位置(架位) is 存放位置, or 架位,
        会员姓名 is 姓名, and 200$a题名 is 题名. Money of another currency is none of ours.
        """
        if _OTHER_CURRENCY.search(header):
            return
        if tag := _MARC_TAG.match(header):
            header = header[tag.end() :]
        both = in_two_languages(header) if header not in self.headers else None
        yield from self._called_in_both(both) if both else self._called(header)

    def _called_in_both(self, header: TwoLanguages) -> Iterator[str]:
        """What both languages name; where they gainsay each other nothing, but an ISBN is one whatever stands beside
        it. Unknown English takes nothing from the Chinese, unless it says that a program numbers its records.
        """
        ours, theirs = [list(self._called(plain_header(text))) for text in header[:2]]
        if ours and theirs:
            yield from [name for name in ours if name in theirs] or (["isbn"] if "isbn" in theirs else [])
        elif header.is_bracketed:
            yield from ours or theirs
        elif header.english != _OF_A_PROGRAM:
            yield from ours

    def _called(self, header: str) -> Iterator[str]:
        for text in (header, *_in_brackets(header), *headers_meant(_WITHOUT_UNIT.sub("", header))):
            yield from self.headers.get(text, ())
        if "span" in self.by_name and (match := _SPAN.fullmatch(header)):
            of_numbers = match[1] or match[2]
            names = (self.headers.get(f"{of_numbers}{end}", ()) for end in ("", "号", "号码"))
            yield from ["span"] if any("accession_no" in one for one in names) else []
        if match := _CLASS_OR_UNIT.fullmatch(header):
            yield from (name for name in self.headers.get(match[1] or match[2], ()) if name == "class_name")
        if self.repeats and (text := unnumbered(header)) != header:
            yield from (name for name in self.headers.get(text, ()) if name in self.repeats)
        if match := _QUESTION.fullmatch(header):
            yield from self._called(match[1])
        for words_before, fields in _BEFORE:
            if match := words_before.fullmatch(header):
                yield from (name for name in self.headers.get(match[1], ()) if name in fields)

    def fits(self, found: Iterable[str], title: str = "") -> bool:
        """Whether a header with these fields, under this title, is one of this kind."""
        fields = set(found)
        is_of_class = "class_name" in self.by_name and (class_in(title) or whole_grade_in(title))
        said = self.titled and (self.titled.search(title) or is_of_class)
        groups = self.signature[:-1] if said else self.signature
        return not fields & self.strange and all(fields & group for group in groups)


def unnumbered(header: str) -> str:
    """A header without the number that tells it from others of its kind; what numbers nothing as it is."""
    if match := _NTH_BOOK.fullmatch(header):
        return match[1] or "书名"
    match = _NUMBERED.fullmatch(header)
    return match[1] if match else header


def _in_brackets(text: str) -> tuple[str, ...]:
    match = _BRACKETED.fullmatch(text)
    return (match[1], match[2]) if match else ()
