"""Settings of the sources: what the old system was set to, line by line, 基本信息, and the digits of its numbers."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence, Set
from datetime import date
from typing import Any, NamedTuple

from schoollib_xl.adoption.forms.filled_lines import FilledLine
from schoollib_xl.adoption.forms.headers import is_personal
from schoollib_xl.adoption.forms.items import Pair, figures_in, settings_in
from schoollib_xl.adoption.forms.kinds import PARAMETERS, SCHOOL_SETTINGS
from schoollib_xl.adoption.forms.table_kinds import TableKind
from schoollib_xl.adoption.forms.tables import ABOVE, HEADER, FoundTable
from schoollib_xl.adoption.journal import Journal, SourceRow
from schoollib_xl.adoption.rows.records import Record
from schoollib_xl.adoption.rows.register_rows import two_days_in
from schoollib_xl.adoption.unclear.columns import BY_CONTENT
from schoollib_xl.ledgers.numerals import whole_number
from schoollib_xl.ledgers.schema import words
from schoollib_xl.ledgers.school import DEFAULT_WIDTH, SETTINGS, School
from schoollib_xl.ledgers.supporting.office import SettingRow
from schoollib_xl.ledgers.vocabulary import ReaderKind
from schoollib_xl.sheets.reading.recognising import plain
from schoollib_xl.sheets.reading.tidy import Flawed, shown, tidy
from schoollib_xl.wording.zh import say

DAYS, COPIES, RENEWALS = "days", "copies", "renewals"
NO_RULE = "系统参数里只接收借期、册数和续借次数"
# Days that are none of a loan: 逾期提醒天数, 预约保留天数, 续借天数; and what was lent: 本月借书册数.
_OTHER = re.compile(
    "逾期|超期|过期|预约|预借|提醒|催|停借|罚|滞纳|保留|赔|有效|本[日周月年学]|累计|合计|总|统计|已|均|人次"
)
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
        "学期开始": "开学日期 开学时间 开学 开学日 学期开始日期 学期开始时间 学期起始日期 本学期开始 上课日期 正式上课 "
        "开始日期",
        "学期结束": "放假日期 放假时间 放假 放假日 学期结束日期 学期结束时间 学期终止日期 本学期结束 散学日期 结束日期",
        "校长": "校长姓名 学校校长",
        "图书管理员": "管理员 图书室管理员 图书馆管理员 图书管理老师 图书管理教师 图书管理员姓名 图书员",
        "电子图书册数": "电子图书 电子书 电子书册数 电子图书数量",
        "个别登记号位数": "登记号位数 登录号位数 财产号位数",
        "截止日期": "统计截止日期 统计日期",
        "停借日期": "停借时间 停止借书日期 停止借书时间 停止借阅日期",
    }.items()
    for word in words(texts)
}
# Beside other settings these are the days of the term; anywhere else they may be of anything.
_VAGUE = frozenset({"开始日期", "结束日期"})
# On such a day the holidays begin, or lessons end.
_FIRST_DAY, _LAST_DAY, _HOLIDAYS, _SATURDAY = "学期开始", "学期结束", "放假", 5
_PERIODS = frozenset({"学期起止", "学期起止日期", "学期起止时间", "本学期起止"})
LAST_DAY = "基本信息里的“{written}”{day} 记作学期结束，就是最后一个上课的日子；那天已经放假的，改成前一天。"


class Parameter(NamedTuple):
    """One figure of a lending rule: whose it is (None for everybody), which field of the rule, how much."""

    reader_kind: ReaderKind | None
    field: str
    number: int


def recognise_forms(tables: Iterable[FoundTable]) -> None:
    """Take tables nobody knows for 基本信息, where lines of them are named after its settings, or for such of
    parameters, where a line gives a figure of a lending rule. Items may stand before their values, several on a line,
    or above them.
    """
    for table in tables:
        if table.kind is None:
            told = [aside.line for aside in table.non_entries if aside.is_record]
            _recognise(table, SCHOOL_SETTINGS, settings_in(told), _names_setting, _FEWEST_SETTINGS)
        if table.kind is None:
            _recognise(table, PARAMETERS, figures_in(told), _gives_figure, 1)


def tell_settings(lines: Sequence[FilledLine]) -> bool:
    """Whether lines are those of 基本信息."""
    return any(_told_by(pairs, _names_setting) >= _FEWEST_SETTINGS for pairs in settings_in(lines))


def _recognise(
    table: FoundTable, kind: TableKind, ways: Sequence[Sequence[Pair]], tells: Callable[[Pair], bool], fewest: int
) -> None:
    """Take the table for one of the kind, read in the way that has most items telling so, where it has enough."""
    pairs = max(ways, key=lambda way: _told_by(way, tells))
    if _told_by(pairs, tells) < fewest:
        return
    if pairs is ways[0]:
        _take_lines(table, kind, {pair.row for pair in filter(tells, pairs)})
        return
    table.kind, table.columns, table.headers = kind, {"item": 1, "value": 2}, {1: "项目", 2: "内容"}
    table.how = dict.fromkeys(table.headers, BY_CONTENT)
    table.lines = [FilledLine(pair.row, [pair.item, pair.value]) for pair in pairs]
    _leave_over(table)


def _told_by(pairs: Iterable[Pair], tells: Callable[[Pair], bool]) -> int:
    """How many items there are that tell which form it is."""
    return len({pair.item for pair in pairs if tells(pair)})


def _take_lines(table: FoundTable, kind: TableKind, telling: Set[int]) -> None:
    """Take the lines as they stand; what stands over the first two columns is their header."""
    told = [aside.line for aside in table.non_entries if aside.is_record]
    at, value_at = list(next(line for line in told if line.row in telling).texts)[:2]
    table.kind, table.columns = kind, {"item": at, "value": value_at}
    table.how = {at: BY_CONTENT, value_at: BY_CONTENT}
    header = next(line for line in told if len(line.texts) > 1)
    is_header = header.row not in telling and header.texts == table.headers
    table.lines = [line for line in told if line.row > header.row or (line is header and not is_header)]
    _leave_over(table)


def _leave_over(table: FoundTable) -> None:
    """Set the rows apart that hold no item: what stands over these is their header, or a title."""
    rows = {line.row for line in table.lines}
    first = min(rows, default=0)
    left = [one for one in table.non_entries if one.line.row not in rows]
    table.non_entries = [
        one._replace(reason=HEADER if len(one.line.texts) > 1 else ABOVE, is_record=False)
        if one.line.row < first
        else one
        for one in left
    ]


def _names_setting(pair: Pair) -> bool:
    item = _bare(pair.item)
    return (setting_of(item) in SETTINGS or item in _PERIODS) and item not in _VAGUE


def _gives_figure(pair: Pair) -> bool:
    return parameter_in(pair.item, shown(pair.value)) is not None


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
    lines = _Lines("借阅规则")
    for record in records:
        parameter = parameter_in(record.get("item") or "", record.get("value") or "")
        if parameter:
            taken.append(parameter)
            lines.took(record, record.get("item"))
        else:
            lines.left(record, NO_RULE)
    lines.settle(journal)
    return taken


class _Lines:
    """What became of the lines of a sheet, of which one may hold several items."""

    def __init__(self, sheet: str) -> None:
        self._sheet = sheet
        self._taken = defaultdict[SourceRow, list[str]](list)
        self._left = dict[SourceRow, tuple[str, str]]()

    def took(self, record: Record, item: str) -> None:
        """An item of the line was taken over."""
        self._taken[record.place].append(item)

    def left(self, record: Record, reason: str, text: str = "") -> None:
        """One was not; `text` is what may be shown of it."""
        self._left.setdefault(record.place, (reason, text or record.text))

    def settle(self, journal: Journal) -> None:
        """Settle each line once."""
        for place, items in self._taken.items():
            journal.adopted(place, self._sheet, items)
        for place, (reason, text) in self._left.items():
            if place not in self._taken:
                journal.aside(place, reason, text)


def _field(item: str) -> str | None:
    if _OTHER.search(item):
        return None
    if "续" in item:
        return RENEWALS if _RENEWALS.search(item) else None
    return DAYS if _DAYS.search(item) else COPIES if _COPIES.search(item) else None


def take_settings(records: Iterable[Record], journal: Journal) -> list[SettingRow]:
    """The lines of 基本信息, each value as what its setting holds; what is no setting of ours stays as it stands, but
    for what a library need not know. Which these are is said.
    """
    rows: list[SettingRow] = []
    called: list[str] = []
    strange: list[str] = []
    again: list[str] = []
    lines = _Lines(SCHOOL_SETTINGS.name)
    for record, item, stated in (one for line in records for one in _settings_of(line)):
        if not item or is_personal(item):
            lines.left(record, _PERSONAL if item else _NAMELESS, item or "")
            continue
        setting, note, written = setting_of(item), record.get("note"), _bare(record.get("item") or "")
        if setting not in SETTINGS:
            setting = item
            strange.append(written)
        elif setting in (row.item for row in rows):
            setting = item
            again.append(f"“{written}”")
        elif setting != written:
            called.append(f"“{written}”记作{setting}")
            note = note or f"原来写的是“{written}”"
        value = _value(setting, stated)
        if setting == _LAST_DAY and _HOLIDAYS in written and isinstance(value, date) and value.weekday() < _SATURDAY:
            journal.urgent.append(LAST_DAY.format(written=written, day=say(value)))
        rows.append(SettingRow(len(rows) + 2, setting, value, note))
        lines.took(record, setting)
    lines.settle(journal)
    if called:
        journal.assumed.append(f"基本信息里{'，'.join(called)}；不对就改。")
    if again:
        journal.urgent.append(f"基本信息里{'、'.join(again)}前面已经有一行，两行都照写在那里；对的留下，另一行清空。")
    if strange:
        journal.assumed.append(f"基本信息里的{'、'.join(strange)}照写在那里，核对和统计不看。")
    return rows


def _settings_of(record: Record) -> list[tuple[Record, str | None, Any]]:
    """What a line states: of 学期起止 the first day and the last."""
    item, value = record.get("item"), record.get("value")
    days = two_days_in(value) if item and _bare(item) in _PERIODS else None
    if not days or not days.until:
        return [(record, item, value)]
    return [(record, _FIRST_DAY, days.first), (record, _LAST_DAY, days.until)]


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
