"""What the old system was set to: figures of lending rules; which tables nobody knows are such, or 基本信息."""

import re
from collections.abc import Callable, Iterable, Sequence, Set
from typing import NamedTuple

from schoollib_xl.adoption.forms.filled_lines import FilledLine
from schoollib_xl.adoption.forms.items import Pair, figures_in, settings_in
from schoollib_xl.adoption.forms.kinds import PARAMETERS, SCHOOL_SETTINGS
from schoollib_xl.adoption.forms.table_kinds import TableKind
from schoollib_xl.adoption.forms.tables import ABOVE, HEADER, FoundTable
from schoollib_xl.adoption.journal import Journal
from schoollib_xl.adoption.rows.records import Record
from schoollib_xl.adoption.settings.form_lines import FormLines
from schoollib_xl.adoption.settings.school_settings import FEWEST_SETTINGS, names_setting
from schoollib_xl.adoption.unclear.columns import BY_CONTENT
from schoollib_xl.ledgers.numerals import whole_number
from schoollib_xl.ledgers.vocabulary import ReaderKind
from schoollib_xl.sheets.reading.recognising import plain
from schoollib_xl.sheets.reading.tidy import shown

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
            _recognise(table, SCHOOL_SETTINGS, settings_in(told), names_setting, FEWEST_SETTINGS)
        if table.kind is None:
            _recognise(table, PARAMETERS, figures_in(told), _gives_figure, 1)


def tell_settings(lines: Sequence[FilledLine]) -> bool:
    """Whether lines are those of 基本信息."""
    return any(_told_by(pairs, names_setting) >= FEWEST_SETTINGS for pairs in settings_in(lines))


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


def _gives_figure(pair: Pair) -> bool:
    return parameter_in(pair.item, shown(pair.value)) is not None


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
    lines = FormLines("借阅规则")
    for record in records:
        parameter = parameter_in(record.get("item") or "", record.get("value") or "")
        if parameter:
            taken.append(parameter)
            lines.took(record, record.get("item"))
        else:
            lines.left(record, NO_RULE)
    lines.settle(journal)
    return taken


def _field(item: str) -> str | None:
    if _OTHER.search(item):
        return None
    if "续" in item:
        return RENEWALS if _RENEWALS.search(item) else None
    return DAYS if _DAYS.search(item) else COPIES if _COPIES.search(item) else None
