"""Settings of the sources: what the old system was set to, line by line, 基本信息, and the digits of its numbers."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from schoollib_xl.adoption.headers import is_personal
from schoollib_xl.adoption.journal import Journal
from schoollib_xl.adoption.kinds import PARAMETERS, SCHOOL_SETTINGS
from schoollib_xl.adoption.number_lists import numbers_of
from schoollib_xl.adoption.records import Record
from schoollib_xl.adoption.table_kinds import TableKind
from schoollib_xl.adoption.tables import HEADER, FoundTable, RowSetAside
from schoollib_xl.ledgers.numerals import whole_number
from schoollib_xl.ledgers.schema import words
from schoollib_xl.ledgers.school import DEFAULT_WIDTH, SETTINGS, School
from schoollib_xl.ledgers.supporting.office import SettingRow
from schoollib_xl.ledgers.vocabulary import ReaderKind
from schoollib_xl.sheets.reading.recognising import plain
from schoollib_xl.sheets.reading.tidy import Flawed, shown, tidy

DAYS, COPIES, RENEWALS = "days", "copies", "renewals"
NO_RULE = "系统参数里只接收借期、册数和续借次数"
# Days that are none of a loan: 逾期提醒天数, 预约保留天数, 续借天数.
_OTHER = re.compile("逾期|超期|过期|预约|预借|提醒|催|停借|罚|滞纳|保留|赔|有效")
_RENEWALS = re.compile("续借?.*次|次.*续借?|^(?:最多|可|允许)?续借$")
_DAYS = re.compile("借期|[借还].*(?:期限|天数|时限|时间|天|期)|期限|^天数$")
_COPIES = re.compile("借.*(?:册|本|数)|(?:册|本).*借|(?:最多|最大|限).*借|限额")
_KINDS = (
    (ReaderKind.TEACHER, re.compile("教师|老师|教工|教职工|教员")),
    (ReaderKind.STAFF, re.compile("职工|员工|工人")),
    (ReaderKind.PUPIL, re.compile("学生|学员|少儿")),
)
_VALUE = re.compile(r"(\d{1,3}|[一二两三四五六七八九十百]{1,4})(天|日|周|个?星期|个?月|册|本|次)?")
# A month of a lending rule is 30 days, as the usual rule of teachers has it.
_IN_DAYS = {"周": 7, "星期": 7, "个星期": 7, "月": 30, "个月": 30}
# Beyond these a figure is no rule of a school: a year of days, a shelf of books, a term of renewals.
_MOST = {DAYS: 400, COPIES: 100, RENEWALS: 20}
_UNITS = {DAYS: ("天", "日", *_IN_DAYS), COPIES: ("册", "本"), RENEWALS: ("次",)}
_LEAST = {DAYS: 1, COPIES: 1, RENEWALS: 0}
# Of 基本信息 so many lines are told by their names.
_FEWEST_SETTINGS = 3
_NAMELESS = "没有项目名称"
_PERSONAL = "电话、地址这类内容不接收"
# What schools call the settings of 基本信息 beside their own names.
_CALLED = {
    word: setting
    for setting, texts in {
        "学校名称": "校名 学校 学校全称 学校全名 单位 单位名称 单位全称",
        "学校类别": "学校类型 办学类型 学校性质 学段",
        "学年": "学年度 本学年 当前学年",
        "学期": "本学期 当前学期",
        "学期开始": "开学日期 开学时间 开学 开学日 学期开始日期 学期开始时间 学期起始日期 本学期开始 上课日期 正式上课",
        "学期结束": "放假日期 放假时间 放假 放假日 学期结束日期 学期结束时间 学期终止日期 本学期结束 散学日期",
        "校长": "校长姓名 学校校长",
        "图书管理员": "管理员 图书室管理员 图书馆管理员 图书管理老师 图书管理教师 图书管理员姓名 图书员",
        "电子图书册数": "电子图书 电子书 电子书册数 电子图书数量",
        "个别登记号位数": "登记号位数 登录号位数 财产号位数",
        "截止日期": "统计截止日期 统计日期",
        "停借日期": "停借时间 停止借书日期 停止借书时间 停止借阅日期",
    }.items()
    for word in words(texts)
}
# Shorter numbers without any zero before them have lost their zeros.
_SHORTEST = 4


class Parameter(NamedTuple):
    """One figure of a lending rule: whose it is (None for everybody), which field of the rule, how much."""

    reader_kind: ReaderKind | None
    field: str
    number: int


def recognise_parameters(table: FoundTable) -> None:
    """Take a table nobody knows for 基本信息, where lines of it are named after its settings, or for one of parameters,
    where a line gives a figure of a lending rule.
    """
    _recognise(table, SCHOOL_SETTINGS, lambda item, _: setting_of(item) in SETTINGS, _FEWEST_SETTINGS)
    _recognise(table, PARAMETERS, lambda item, value: parameter_in(item, value) is not None, 1)


def _recognise(table: FoundTable, kind: TableKind, tells: Callable[[str, str], bool], fewest: int) -> None:
    told = [non_entry for non_entry in table.non_entries if non_entry.is_record] if table.kind is None else []
    telling = [aside for aside in told if (pair := _pair(aside)) and tells(*pair)]
    if len(telling) < fewest:
        return
    at, value_at = _columns(telling[0])
    table.kind, table.columns = kind, {"item": at, "value": value_at}
    table.how = {at: "内容", value_at: "内容"}
    header, *rows = told
    if header not in telling and _pair(header) and header.line.texts == table.headers:
        table.non_entries = [header._replace(reason=HEADER, is_record=False)]
        told = rows
    else:
        table.non_entries = []
    table.lines = [aside.line for aside in told]


def setting_of(item: str) -> str:
    """The setting that forms call so: 学校名称： and 校名 are 学校名称; what is none as it stands."""
    text = _bare(item)
    return _CALLED.get(text, text)


def _bare(item: str) -> str:
    return plain(item).rstrip(":：")


def parameter_in(item: str, value: str) -> Parameter | None:
    """The figure a line gives; None for one that is none of a lending rule."""
    item, match = plain(item), _VALUE.fullmatch(plain(value))
    field = _field(item) if match else None
    number = whole_number(match[1].replace("两", "二")) if match else None
    if field is None or match is None or number is None or match[2] not in (None, *_UNITS[field]):
        return None
    number *= _IN_DAYS.get(match[2] or "", 1)
    kind = next((kind for kind, words in _KINDS if words.search(item)), None)
    return Parameter(kind, field, number) if _LEAST[field] <= number <= _MOST[field] else None


def take_parameters(records: Iterable[Record], journal: Journal) -> list[Parameter]:
    """The figures of the records; a line that gives none is set aside."""
    taken: list[Parameter] = []
    for record in records:
        parameter = parameter_in(record.get("item") or "", record.get("value") or "")
        if parameter is None:
            journal.aside(record.place, NO_RULE, record.text)
            continue
        taken.append(parameter)
        journal.adopted(record.place, "借阅规则", [record.get("item")])
    return taken


def _field(item: str) -> str | None:
    if _OTHER.search(item):
        return None
    if "续" in item:
        return RENEWALS if _RENEWALS.search(item) else None
    return DAYS if _DAYS.search(item) else COPIES if _COPIES.search(item) else None


def _columns(aside: RowSetAside) -> Sequence[int]:
    return [at for at, _ in _filled(aside)][:2]


def _pair(aside: RowSetAside) -> tuple[str, str] | None:
    """The first two texts of a line, where the second can be a value."""
    texts = [text for _, text in _filled(aside)]
    return (texts[0], texts[1]) if len(texts) > 1 else None


def _filled(aside: RowSetAside) -> Iterator[tuple[int, str]]:
    return ((at, text) for at, value in enumerate(aside.line.cells, 1) if (text := shown(value).strip()))


def take_settings(records: Iterable[Record], journal: Journal) -> list[SettingRow]:
    """The lines of 基本信息, each value as what its setting holds; what is no setting of ours stays as it stands, but
    for what a library need not know. Which these are is said.
    """
    rows: list[SettingRow] = []
    called: list[str] = []
    strange: list[str] = []
    again: list[str] = []
    for record in records:
        item: str | None = record.get("item")
        if not item or is_personal(item):
            journal.aside(record.place, _PERSONAL if item else _NAMELESS, item or record.text)
            continue
        setting, note, written = setting_of(item), record.get("note"), _bare(item)
        if setting not in SETTINGS:
            setting = item
            strange.append(written)
        elif setting in (row.item for row in rows):
            setting = item
            again.append(f"“{written}”")
        elif setting != written:
            called.append(f"“{written}”记作{setting}")
            note = note or f"原来写的是“{written}”"
        rows.append(SettingRow(len(rows) + 2, setting, _value(setting, record.get("value")), note))
        journal.adopted(record.place, "基本信息", [setting])
    if called:
        journal.assumed.append(f"基本信息里{'，'.join(called)}；不对就改。")
    if again:
        journal.urgent.append(f"基本信息里{'、'.join(again)}前面已经有一行，两行都照写在那里；对的留下，另一行清空。")
    if strange:
        journal.assumed.append(f"基本信息里的{'、'.join(strange)}照写在那里，核对和统计不看。")
    return rows


def school_of(rows: Iterable[SettingRow]) -> School:
    """The settings as one value; one that is not of its kind is left out, and the check names it."""
    values = {SETTINGS[row.item].name: row.value for row in rows if row.item in SETTINGS and row.value is not None}
    sound = {name: taken for name, value in values.items() if (taken := _taken(name, value)) is not None}
    return School(**sound)


def _value(item: str, value: Any) -> Any:
    field = SETTINGS.get(item)
    if field is None or value is None:
        return value
    taken = tidy(value, field, DEFAULT_WIDTH)
    if isinstance(taken, Flawed):
        return value if taken.taken is None else taken.taken
    return taken


def _taken(name: str, value: Any) -> Any:
    field = next(field for field in SETTINGS.values() if field.name == name)
    taken = tidy(value, field, DEFAULT_WIDTH)
    return taken.taken if isinstance(taken, Flawed) else taken


def width_of(records: Iterable[Record]) -> int:
    """Digits of the accession numbers the records state where all have as many, so that they stay as they stand on
    the books; else of the longest, at least the usual width.
    """
    numbers = [
        number
        for record in records
        for name in ("accession_no", "span", "first_no", "last_no")
        if (text := record.get(name))
        for number in numbers_of(text) or ()
        if number.isdecimal()
    ]
    widths = set(map(len, numbers))
    has_zeros = any(number.startswith("0") for number in numbers)
    if len(widths) == 1 and (has_zeros or min(widths) >= _SHORTEST):
        return widths.pop()
    return max({*widths, DEFAULT_WIDTH})
