"""移交清册: everything a successor must know, from the books, with what is handed over in person."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import Any, NamedTuple

from schoollib_xl.checks.report import Finding, Report
from schoollib_xl.checks.status import statuses
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library, grouped, untold
from schoollib_xl.ledgers.numerals import numeral
from schoollib_xl.ledgers.schema import SHEETS, header_of
from schoollib_xl.ledgers.supporting.calendar import JobRow, OpeningRow
from schoollib_xl.ledgers.supporting.office import CashRow, ExplanationRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.supporting.shelves import RepairRow
from schoollib_xl.ledgers.table import LedgerTable
from schoollib_xl.ledgers.units import NO_MONEY
from schoollib_xl.ledgers.vocabulary import ReaderKind, Weekday
from schoollib_xl.lists.books import held_by_readers, of_unknown_mode
from schoollib_xl.quotas.basis.classes import readers_in_use
from schoollib_xl.quotas.basis.shortfall import Obstacle
from schoollib_xl.quotas.basis.stock import copies_in_force
from schoollib_xl.quotas.jobs import State
from schoollib_xl.quotas.promises import Promises
from schoollib_xl.quotas.statement import Statement
from schoollib_xl.rules.placeholders import is_untouched, left_over, placeholders
from schoollib_xl.rules.shelves import Shelves
from schoollib_xl.rules.titles import count_titles
from schoollib_xl.wording.answer import Answer, Section, Table, Value, columns_of, section_of
from schoollib_xl.wording.checking.findings import message_of
from schoollib_xl.wording.job_line import of_other_year
from schoollib_xl.wording.zh import SEVERITY, listed, say, weekdays_said

TITLE = "图书室移交清册"
PARTIES = ("移交人", "接收人", "监交人")
# What no ledger holds and a successor cannot work without; counted and ticked when both stand in the room.
_IN_PERSON = (
    "图书室、阅览室、书柜的钥匙",
    "馆藏章、日期章",
    "电脑和账册所在的U盘（备份几份、放在哪里）",
    "开机和工作簿的密码（当面告诉，不写在这里）",
    "条码枪、打印机",
    "没有发出去的读者证、书袋卡、标签纸",
    "单据、收据存根、捐赠登记、批准文件",
    "著录卡（目录卡）柜",
    "Word模板（改过的放在工作簿旁边）",
)
_EXAMPLES = 3
_JOB_COLUMNS = columns_of(JobRow, month=8, task=44, person=14)


class Handover(NamedTuple):
    """The books as they are handed over: checked, with their quotas and promises; and what the file or the
    clock leaves in doubt.
    """

    library: Library
    report: Report
    quotas: Statement
    promised: Promises
    cannot_tell: str = ""


def handover_answer(done: Handover) -> Answer:
    """The paper, section by section."""
    library = done.library
    said = f"截至{say(library.as_of)}，图书室账册、藏书、卡片、用品和没有办完的事移交如下。"
    return Answer(
        TITLE,
        (said,),
        (
            _ledgers(done),
            _holdings(done),
            _open_matters(done),
            _findings(done),
            _explained(library),
            _jobs(done),
            _rules(library),
            _in_person(),
        ),
    )


def _ledgers(done: Handover) -> Section:
    rows: list[tuple[Value, ...]] = [
        (
            status.sheet.name,
            status.lines if status.present else None,
            status.entered_until,
            status.errors,
            status.warnings,
            status.explained,
            None,
        )
        for status in statuses(done.library, done.report)
    ]
    undone = len({unchecked.check.code for unchecked in done.report.unchecked})
    said = [f"另有 {undone} 项没有核对完，不能算对得上。"] if undone else []
    empty = [str(row[0]) for row in rows if not row[1]]
    named = "七本账都" if len(empty) == len(rows) else "、".join(empty)
    said += [f"{named}还没有记。"] if empty else []
    columns = {"账册": 16, "行数": 8, "记到哪天": 17, "错误": 7, "存疑": 7, "已说明": 8, "点交": 8}
    return section_of("七本账", columns, rows, said)


def _holdings(done: Handover) -> Section:
    return section_of("藏书和卡", {"项目": 24, "数": 12, "怎么数的": 36}, list(_holding_rows(done)))


def _holding_rows(done: Handover) -> Iterator[tuple[Value, ...]]:
    library, day = done.library, done.library.as_of
    held = copies_in_force(library, day)
    priced = [copy.price for copy in held if copy.price is not None]
    numbered = bool(library.known_copies)
    yield "在册（册）", len(held) if numbered else None, f"个别登记账，没有注销的{_unread(library[AccessionRow])}"
    if numbered:
        yield "在册（种）", count_titles(held), "书名、著者、出版社、版次、ISBN都一样的算一种"
        yield "在册金额（元）", sum(priced, NO_MONEY), _pricing(len(held) - len(priced))
    shelves = library.derive(Shelves)
    in_force = {copy.accession_no for copy in held}
    unknown = of_unknown_mode(library)
    unread = f"；其中 {unknown} 册的借阅方式读不出，也算在里面" if unknown else _unread(library[LoanRow])
    yield "借在外面（册）", len(held_by_readers(library)), f"个人借的，逐人的清单见借书清单{unread}"
    yield "班级图书角（册）", sum(corner.in_corner for corner in done.quotas.corners), "送到班级、还没有收回的"
    back = "；归架日期读不出或没有这一栏，归架了的可能也在里面" if untold(library[RepairRow], "reshelved_on") else ""
    yield "送修没有归架（册）", len(_under_repair(library)), f"修补登记{back or _unread(library[RepairRow])}"
    yield "报失还没有注销（册）", len(shelves.lost(day) & in_force), "赔偿、借阅账上报失的"
    if numbered:
        yield "应在架（册）", len(shelves.expected(day)), "在册减去上面借出、送班级、送修和报失的"
    stopped = "；停用日期读不出或没有这一栏，停用了的可能也在里面" if untold(library[ReaderRow], "stopped_on") else ""
    in_use = f"读者名册，没有停用的{stopped}{_unread(library[ReaderRow])}"
    yield "在用的读者证（张）", len(readers_in_use(library, day)), in_use
    cash = sorted((row for row in library[CashRow] if row.booked_on <= day), key=attrgetter("booked_on"))
    if cash:
        yield "经费结余（元）", cash[-1].balance, f"经费登记记到{say(cash[-1].booked_on)}"


def _unread(table: LedgerTable[Any]) -> str:
    return f"；{len(table.incomplete)} 行登记不全，没有算" if table.incomplete else ""


def _pricing(unpriced: int) -> str:
    return f"未定价的{unpriced}册不在内" if unpriced else "每册都有单价"


def _open_matters(done: Handover) -> Section:
    overdue = Counter("教师" if one.is_teacher else one.class_name or "班级不明" for one in done.quotas.overdue)
    rows = [*overdue.items()]
    owed = sum((incident.outstanding for incident in done.quotas.incidents), NO_MONEY)
    late, incidents = len(done.quotas.overdue), len(done.quotas.incidents)
    unclear, unsettled = _unclear(done, Obstacle.LATENESS_UNREADABLE), _unclear(done, Obstacle.SETTLEMENT_UNREADABLE)
    overdue_said = f"逾期未还 {late} 册" if late or unclear else "没有逾期未还的书"
    overdue_said += f"，另有 {unclear} 册是不是逾期算不出来" if unclear else ""
    money = f"，还欠 {say(owed)}" if owed else ""
    owed_said = f"没有结清的赔偿 {incidents} 件{money}" if incidents or unsettled else "没有欠着的赔偿"
    owed_said += f"，另有 {unsettled} 件结清了没有看不出来" if unsettled else ""
    away, unread = _under_repair(done.library), untold(done.library[RepairRow], "reshelved_on")
    unclear_repairs = away.intersection(row.accession_no for row in done.library[RepairRow] if row.line in unread)
    repairs_said = f"；送修没有归架 {repairs} 册" if (repairs := len(away - unclear_repairs)) else ""
    repairs_said += f"；另有 {len(unclear_repairs)} 册送修的归架了没有看不出来" if unclear_repairs else ""
    table = Table("逾期未还的册数", ("班级", "册数"), rows)
    return Section("没有办完的", (24, 10), (f"{overdue_said}；{owed_said}{repairs_said}。",), (table,) if rows else ())


def _unclear(done: Handover, obstacle: Obstacle) -> int:
    """How many lines nobody can tell it of."""
    return sum(len(one.cells) for one in done.quotas.not_computed if one.obstacle is obstacle)


def _under_repair(library: Library) -> set[str]:
    """Copies in force that were sent to be repaired and are not back on their shelf."""
    held = {copy.accession_no for copy in copies_in_force(library, library.as_of)}
    return held & library.derive(Shelves).under_repair(library.as_of)


def _findings(done: Handover) -> Section:
    by_code = grouped(
        (finding for finding in done.report.findings if finding.fails), lambda finding: finding.check.code
    )
    rows = [_finding_row(done.library, found) for found in by_code.values()]
    columns = {"编码": 12, "哪里不对": 34, "程度": 8, "处": 6, "在哪里": 28}
    return section_of("账上还没有解决的", columns, rows)


def _finding_row(library: Library, found: Sequence[Finding]) -> tuple[Value, ...]:
    places = [str(message_of(library, finding).at) for finding in found[:_EXAMPLES]]
    where = listed(places, _EXAMPLES, "处", len(found))
    return found[0].check.code, found[0].check.title, SEVERITY[found[0].severity], len(found), where


def _until(library: Library, row: ExplanationRow) -> Value:
    is_over = row.valid_until is not None and row.valid_until < library.as_of
    return f"{say(row.valid_until)}，已过期" if is_over else row.valid_until


def _explained(library: Library) -> Section:
    names = {row.name for row in library.readers.values() if row.kind is ReaderKind.PUPIL}
    rows = [
        (row.code, row.sheet_name, row.number, _without_names(row.text, names), _until(library, row))
        for row in library[ExplanationRow]
    ]
    columns = {"编码": 12} | columns_of(ExplanationRow, sheet_name=16, number=15, text=38, valid_until=18)
    return section_of("已经说明的差异", columns, rows)


def _without_names(text: str, names: Iterable[str]) -> str:
    """The text, but for one that names a pupil: this paper leaves the library room."""
    return "（写着学生姓名，看差异说明表）" if any(name in text for name in names) else text


def _jobs(done: Handover) -> Section:
    late = _job_rows(done, State.LATE)
    now = [*_job_rows(done, State.DUE), *(_job_row(job.row) for job in done.promised.next_month())]
    past = of_other_year(done.promised.jobs, done.promised.as_of)
    nothing = (past,) if past else () if late or now else ("没有。",)
    unread = len(done.library[JobRow].incomplete)
    unwritten = f"“工作安排”有 {unread} 行读不全，没有列。" if unread else "“工作安排”还没有写。"
    said = nothing if done.library[JobRow].rows else (unwritten,)
    tables = [
        Table("过期还没有做的", [*_JOB_COLUMNS], late),
        Table("这个月和下个月的", [*_JOB_COLUMNS], now),
    ]
    return Section("要接着做的", [*_JOB_COLUMNS.values()], said, [table for table in tables if table.rows])


def _job_rows(done: Handover, state: State) -> list[tuple[Value, ...]]:
    return [_job_row(job.row) for job in done.promised.jobs_in(state)]


def _job_row(row: JobRow) -> tuple[Value, ...]:
    return f"{row.month}月", row.task, row.person


def _grade_said(grade: int) -> str:
    return f"{numeral(grade)}年级" if grade else "学前班"


def _rules(library: Library) -> Section:
    rules: list[tuple[Value, ...]] = [
        (
            row.reader_kind.value if row.reader_kind else "所有读者",
            row.class_name or (None if row.grade is None else _grade_said(row.grade)),
            row.since,
            row.copies,
            row.days,
            row.renewals,
            row.basis,
        )
        for row in library[LendingRule]
        if row.line not in placeholders(library, LendingRule)
    ]
    days: dict[tuple[Value, ...], list[Weekday]] = {}
    for row in () if is_untouched(library, OpeningRow) else library[OpeningRow]:
        days.setdefault((row.starts_at, row.ends_at, row.audience.value), []).append(row.weekday)
    hours = [(weekdays_said(names), *when) for when, names in days.items()]
    since = header_of(LendingRule, "since")
    tables = [
        Table("借阅规则", ("读者", "年级或班", since, "册数", "天数", "续借", "依据"), rules),
        Table("开放时间", ("星期", "开始", "结束", "对象"), hours),
    ]
    own = {SHEETS[row_type].name for row_type in (LendingRule, OpeningRow)}
    left = [name for name in left_over(library) if name in own]
    said = [f"“{name}”里还有新工作簿自带的内容，本校没有确认，没有写在这里。" for name in left]
    return Section("现在的规矩", (11, 11, 21, 7, 7, 7, 24), said, [table for table in tables if table.rows])


def _in_person() -> Section:
    rows: list[tuple[Value, ...]] = [(number, what, None, None) for number, what in enumerate(_IN_PERSON, 1)]
    said = ("账上没有、要当面点的；数量和情况用笔填。",)
    return section_of("当面点交", {"序号": 7, "什么": 50, "数量": 10, "情况": 17}, rows, said)


def handover_json(done: Handover) -> dict[str, Any]:
    """The figures for other programs."""
    rows = {str(row[0]): row[1] for row in _holding_rows(done) if row[1] is not None}
    return {
        "as_of": done.library.as_of.isoformat(),
        "ledgers": [
            {
                "sheet": status.sheet.name,
                "rows": status.lines,
                "entered_until": status.entered_until.isoformat() if status.entered_until else None,
                "errors": status.errors,
                "warnings": status.warnings,
                "explained": status.explained,
            }
            for status in statuses(done.library, done.report)
        ],
        "figures": {name: str(value) if isinstance(value, Decimal) else value for name, value in rows.items()},
        "overdue": len(done.quotas.overdue),
        "incidents_open": len(done.quotas.incidents),
        "jobs_late": [job.row.task for job in done.promised.jobs_in(State.LATE)],
        "jobs_due": [job.row.task for job in done.promised.jobs_in(State.DUE)],
    }
