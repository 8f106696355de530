"""A small invented school, and its old lists in any of the forms schools and old systems give them."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import groupby
from random import Random
from typing import NamedTuple

from schoollib_xl.adoption.files.sources import SourceSheet
from schoollib_xl.sheets.cells import CellValue, Grid

AS_OF = date(2026, 6, 30)
TERM = date(2026, 2, 24)
_SURNAMES, _GIVEN = "林周苏陈吴郑何许", "小大明春秋月山河"
_WORDS = ("小河", "大山", "田野", "春天", "灯塔", "纸船", "风筝", "石榴", "麦田", "雪夜")


class Copy(NamedTuple):
    number: str
    title: str
    author: str
    publisher: str
    isbn: str
    class_no: str
    price: Decimal | None
    location: str
    accessioned_on: date


class Reader(NamedTuple):
    number: str
    name: str
    kind: str
    class_name: str


class Loan(NamedTuple):
    number: str
    reader: Reader
    lent_on: date
    returned_on: date | None
    is_lost: bool


class School(NamedTuple):
    copies: list[Copy]
    readers: list[Reader]
    loans: list[Loan]


def school(random: Random) -> School:
    """About thirty copies, a dozen readers and forty loans, no copy out twice at a time."""
    copies = [_copy(random, n) for n in range(1, random.randint(12, 36))]
    names = random.sample([s + g for s in _SURNAMES for g in _GIVEN], 14)
    classes = ["三（1）班", "三（2）班", "五（1）班"]
    readers = [Reader(f"{1001 + n}", name, "学生", classes[n * 3 // 12]) for n, name in enumerate(names[:12])]
    readers += [Reader(f"{9001 + n}", name, "教师", "") for n, name in enumerate(names[12:])]
    return School(copies, readers, [loan for copy in copies for loan in _loans(random, copy, readers)])


def _copy(random: Random, n: int) -> Copy:
    word = random.choice(_WORDS)
    digits = f"978702{n:06}"
    check = -sum(int(d) * (1 if i % 2 == 0 else 3) for i, d in enumerate(digits)) % 10
    price = (Decimal(random.randint(300, 9900)) / 100).quantize(Decimal("0.01")) if random.random() < 0.9 else None
    return Copy(
        f"{n:06}", f"{word}{n}", random.choice(["林海音", "曹文轩"]), random.choice(["北京出版社", "人民文学出版社"]),
        f"{digits}{check}" if random.random() < 0.8 else "", random.choice(["I287.5", "K825.6", "Q95", ""]), price,
        random.choice(["A-1-1", "低年级书架", ""]), date(2024, random.randint(1, 12), random.randint(1, 28)),
    )  # fmt: skip


def _loans(random: Random, copy: Copy, readers: Sequence[Reader]) -> Iterator[Loan]:
    day = TERM + timedelta(random.randint(0, 20))
    for _ in range(random.randint(0, 3)):
        back = day + timedelta(random.randint(1, 20))
        if random.random() < 0.15:
            is_lost = random.random() < 0.5
            yield Loan(copy.number, random.choice(readers), day, back if is_lost else None, is_lost)
            return
        yield Loan(copy.number, random.choice(readers), day, back, False)
        day = back + timedelta(random.randint(1, 9))


# -- cells as people write them ----------------------------------------------------------------------------


def a_date(random: Random, day: date) -> CellValue:
    forms: Sequence[Callable[[], CellValue]] = (
        lambda: day.isoformat(), lambda: f"{day:%Y.%m.%d}", lambda: f"{day.year}年{day.month}月{day.day}日",
        lambda: f"{day:%Y%m%d}", lambda: datetime.combine(day, time()), lambda: float((day - date(1899, 12, 30)).days),
        lambda: f"民国{day.year - 1911}年{day.month}月{day.day}日", lambda: f"{day:%Y/%m/%d} 10:20",
        lambda: f"{day.year % 100}-{day.month}-{day.day}",
        lambda: f"{day:%Y-%m-%d}（星期{'一二三四五六日'[day.weekday()]}）",
    )  # fmt: skip
    return random.choice(forms)()


def a_price(random: Random, price: Decimal | None) -> CellValue:
    if price is None:
        return random.choice(["", " "])
    forms = (str(price), f"CNY{price}", f"￥{price}", f"{price}元", f"定价：{price}", f"{price}元/册", float(price))
    return random.choice(forms)


def a_title(random: Random, title: str) -> str:
    return random.choice((title, f"《{title}》", f" {title}　", f"{title}\n"))


def an_isbn(random: Random, isbn: str) -> CellValue:
    if not isbn:
        return ""
    dashed = f"{isbn[:3]}-{isbn[3]}-{isbn[4:7]}-{isbn[7:12]}-{isbn[12]}"
    return random.choice((isbn, dashed, f"ISBN {isbn}", f"{isbn}.0", float(isbn)))


def a_class_no(random: Random, class_no: str) -> str:
    return random.choice((class_no, class_no.lower(), f"{class_no} ", class_no.translate(_WIDE)))


_WIDE = {ord(char): ord(char) + 0xFEE0 for char in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789."}
_CLASSES = {
    "三（1）班": ("三（1）班", "三(1)班", "三年级1班", "三年级一班"),
    "三（2）班": ("三（2）班", "三(2)班", "三年级二班"),
    "五（1）班": ("五（1）班", "五年级（1）班", "五1班"),
}


def a_class(random: Random, name: str) -> str:
    return random.choice(_CLASSES[name]) if name else random.choice(("教师", "语文组", "教导处"))


def a_header(random: Random, *names: str) -> str:
    name = random.choice(names)
    return random.choice((name, f"{name}*", f" {name} ", f"{name[0]} {name[1:]}", f"{name}："))


# -- lists ---------------------------------------------------------------------------------------------------


def table(random: Random, columns: Sequence[tuple[str, Sequence[CellValue]]], title: str = "") -> Grid:
    """Columns in any order below titles, the header again in the middle, a total and closing words at the foot."""
    columns = random.sample(list(columns), len(columns))
    header: list[CellValue] = [name for name, _ in columns]
    rows: Grid = [list(row) for row in zip(*(cells for _, cells in columns), strict=True)]
    if len(rows) > 8 and random.random() < 0.3:
        rows.insert(len(rows) // 2, list(header))
    above: Grid = [[title]] if title else []
    above += random.choice(([], [[]], [["打印时间：2026-6-30"], []], [[], ["批号:xxx"]]))
    below: Grid = random.choice(
        ([], [["合计", *([""] * (len(header) - 2)), "100"]], [["制表人：陈静"], ["第1页"]], [["结束"]])
    )
    return [*above, header, *rows, *([[]] if below else []), *below]


def book_lists(random: Random, copies: Sequence[Copy]) -> Iterator[SourceSheet]:
    """The copies on one list, or on two; or titles on one and copies on another."""
    cut = random.choice((0, len(copies) // 2))
    for number, part in enumerate(filter(None, (copies[:cut], copies[cut:])), 1):
        yield SourceSheet("书目.xlsx", f"书目{number}", _books(random, part))
    if random.random() < 0.3:
        columns = [
            ("书名", [one.title for one in copies]),
            ("册数", [1] * len(copies)),
            ("作者", [one.author for one in copies]),
        ]
        yield SourceSheet("种.csv", "种", table(random, columns))


def _books(random: Random, copies: Sequence[Copy]) -> Grid:
    with_call_no = random.random() < 0.4
    columns: list[tuple[str, Sequence[CellValue]]] = [
        (a_header(random, "登记号", "登录号", "财产号", "图书编号", "個別登記號"), [one.number for one in copies]),
        (a_header(random, "书名", "题名", "图书名称", "書名"), [a_title(random, one.title) for one in copies]),
        (random.choice(("单价", "价格(元)", "图书定价", "流通单册价")), [a_price(random, one.price) for one in copies]),
        (random.choice(("ISBN", "isbn", "ISBN号", "國際書號")), [an_isbn(random, one.isbn) for one in copies]),
        (a_header(random, "著者", "作者", "责任者"), [one.author for one in copies]),
        (
            a_header(random, "馆藏地点", "存放位置(架位)", "館藏地"),
            _with_dittos(random, [one.location for one in copies]),
        ),
        (a_header(random, "登记日期", "购买时间", "入藏日期"), [a_date(random, one.accessioned_on) for one in copies]),
        ("序号", [float(n) for n in range(1, len(copies) + 1)]),
        ("系统码", [f"X{n}" for n in range(1, len(copies) + 1)]),
    ]
    if with_call_no:
        columns.append(("索书号", [f"{one.class_no}/12" if one.class_no else "" for one in copies]))
    else:
        columns.append((a_header(random, "分类号", "中图分类号"), [a_class_no(random, one.class_no) for one in copies]))
    return table(random, columns, random.choice(("", "图书清单")))


def _with_dittos(random: Random, cells: Sequence[str]) -> list[CellValue]:
    marked: list[CellValue] = list(cells)
    for at in range(1, len(cells)):
        if cells[at] and cells[at] == cells[at - 1] and random.random() < 0.5:
            marked[at] = "〃"
    return marked


def rosters(random: Random, readers: Sequence[Reader]) -> Iterator[SourceSheet]:
    """All readers on one list, or a sheet a class with the class in its title."""
    if random.random() < 0.5:
        columns = [
            (a_header(random, "借书证号", "读者证号", "会员号"), [one.number for one in readers]),
            (a_header(random, "姓名", "读者姓名", "会员姓名"), [one.name for one in readers]),
            (a_header(random, "班级", "单位", "部门"), [a_class(random, one.class_name) for one in readers]),
            ("性别", ["女"] * len(readers)),
        ]
        yield SourceSheet("名册.csv", "名册", table(random, columns))
        return
    for (kind, name), group in groupby(readers, key=lambda one: (one.kind, one.class_name)):
        part = list(group)
        title = f"{a_class(random, name)}学生名单" if kind == "学生" else "教师名单"
        columns = [("借书证号", [one.number for one in part]), ("姓名", [one.name for one in part])]
        yield SourceSheet("名册.xlsx", f"表{name or kind}", table(random, columns, title))


def loans(random: Random, school: School) -> SourceSheet:
    """A register, a paper register with month and day apart, or a log in any order."""
    return random.choice((_register, _paper, _log))(random, school)


def _register(random: Random, school: School) -> SourceSheet:
    rows = random.sample(school.loans, len(school.loans))
    columns: list[tuple[str, Sequence[CellValue]]] = [
        (a_header(random, "借出日期", "借书日期", "借阅时间"), [a_date(random, one.lent_on) for one in rows]),
        (a_header(random, "读者证号", "借书证", "卡号"), [one.reader.number for one in rows]),
        (a_header(random, "个别登记号", "图书编号", "财产号"), [one.number for one in rows]),
        ("归还日期", [a_date(random, one.returned_on) if one.returned_on else "未还" for one in rows]),
        ("状态", ["丢失" if one.is_lost else "已归还" if one.returned_on else "借出" for one in rows]),
    ]
    return SourceSheet("借阅.csv", "借阅", table(random, columns))


def _paper(random: Random, school: School) -> SourceSheet:
    rows = sorted(school.loans, key=lambda one: one.lent_on)
    lines: Grid = [
        [one.lent_on.month, one.lent_on.day, one.reader.number, one.number,
         one.returned_on.month if one.returned_on else "", one.returned_on.day if one.returned_on else "",
         "遗失" if one.is_lost else "已还" if one.returned_on else ""]
        for one in rows
    ]  # fmt: skip
    for line, above in zip(lines[:0:-1], lines[-2::-1], strict=True):
        if line[0] == above[0] and random.random() < 0.7:
            line[0] = random.choice(("", "〃"))
    header: Grid = [
        ["2026年春学期借书登记"],
        ["借出日期", "", "借书证号", "登记号", "归还日期", "", "归还情况"],
        ["月", "日", "", "", "月", "日", ""],
    ]
    return SourceSheet("登记.xlsx", "登记", [*header, *lines])


def _log(random: Random, school: School) -> SourceSheet:
    lines: Grid = []
    for number, one in enumerate(school.loans):
        at = datetime.combine(one.lent_on, time(12)) + timedelta(seconds=number)
        lines.append([f"{at:%Y-%m-%d %H:%M:%S}", random.choice(("借书", "借出")), one.reader.number, one.number])
        if one.returned_on or one.is_lost:
            back = datetime.combine(one.returned_on or one.lent_on, time(16)) + timedelta(seconds=number)
            lines.append(
                [f"{back:%Y-%m-%d %H:%M:%S}", "丢书" if one.is_lost else "归还", one.reader.number, one.number]
            )
    random.shuffle(lines)
    return SourceSheet("流水.csv", "流水", [["操作时间", "操作类型", "读者条码", "图书条码"], *lines])


def sources(random: Random, of: School) -> list[SourceSheet]:
    """All the lists of the school."""
    return [*book_lists(random, of.copies), *rosters(random, of.readers), *([loans(random, of)] if of.loans else [])]
