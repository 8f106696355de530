"""基本信息 of the sources: which of its settings a line is, and each value as what its setting holds."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from schoollib_xl.adoption.forms.headers import is_personal
from schoollib_xl.adoption.forms.items import Pair
from schoollib_xl.adoption.forms.kinds import SCHOOL_SETTINGS
from schoollib_xl.adoption.journal import Journal
from schoollib_xl.adoption.rows.records import Record
from schoollib_xl.adoption.rows.register_rows import two_days_in
from schoollib_xl.adoption.settings.form_lines import FormLines
from schoollib_xl.ledgers.schema import words
from schoollib_xl.ledgers.school import DEFAULT_WIDTH, SETTINGS, School
from schoollib_xl.ledgers.supporting.office import SettingRow
from schoollib_xl.sheets.reading.recognising import plain
from schoollib_xl.sheets.reading.tidy import Flawed, tidy
from schoollib_xl.wording.zh import say

# Of 基本信息 so many lines are told by their names.
FEWEST_SETTINGS = 3
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


def names_setting(pair: Pair) -> bool:
    item = _bare(pair.item)
    return (setting_of(item) in SETTINGS or item in _PERIODS) and item not in _VAGUE


def setting_of(item: str) -> str:
    """The setting that forms call so: 学校名称： and 校名 are 学校名称; what is none as it stands."""
    text = _bare(item)
    return _CALLED.get(text, text)


def _bare(item: str) -> str:
    return plain(item).rstrip(":：")


def take_settings(records: Iterable[Record], journal: Journal) -> list[SettingRow]:
    """The lines of 基本信息, each value as what its setting holds; what is no setting of ours stays as it stands, but
    for what a library need not know. Which these are is said.
    """
    rows: list[SettingRow] = []
    called: list[str] = []
    strange: list[str] = []
    again: list[str] = []
    lines = FormLines(SCHOOL_SETTINGS.name)
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
    values = {row.item: row.value for row in rows if row.item in SETTINGS and row.value is not None}
    sound = {SETTINGS[item].name: taken for item, value in values.items() if (taken := _taken(item, value)) is not None}
    return School(**sound)


def _value(item: str, value: Any) -> Any:
    field = SETTINGS.get(item)
    if field is None or value is None:
        return value
    taken = tidy(value, field, DEFAULT_WIDTH)
    if isinstance(taken, Flawed):
        return value if taken.taken is None else taken.taken
    return taken


def _taken(item: str, value: Any) -> Any:
    taken = tidy(value, SETTINGS[item], DEFAULT_WIDTH)
    return taken.taken if isinstance(taken, Flawed) else taken
