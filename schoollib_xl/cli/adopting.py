"""`adopt`, `new-year` and `merge`."""

from argparse import Namespace
from collections import Counter
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from schoollib_xl.actions import adopting, merging, year_change
from schoollib_xl.actions.filing import WrittenBooks
from schoollib_xl.adoption.forms.kinds import KINDS
from schoollib_xl.adoption.forms.own_names import REMARKS, UNWANTED, OwnName, OwnNames
from schoollib_xl.adoption.forms.slips import slips
from schoollib_xl.adoption.mapping_file import Mapping, read_mapping
from schoollib_xl.adoption.next_year.new_year import NewYear
from schoollib_xl.adoption.options import Options
from schoollib_xl.adoption.proposals import AS_OF, weekdays_in, with_settings
from schoollib_xl.adoption.two_copies.merging import Difference, Merged
from schoollib_xl.cli.adopted import as_json, as_text, offers
from schoollib_xl.cli.arguments import Command, Misspoken, Parser, add_output, add_workbook, day, new_workbook
from schoollib_xl.cli.output import FINE, FOUND, folder_for, holidays_unknown, progress, say_answer, say_lines, say_more
from schoollib_xl.cli.rostering import add_answers, roster
from schoollib_xl.ledgers.school import SETTINGS
from schoollib_xl.ledgers.supporting.promises import MOST_LENT
from schoollib_xl.ledgers.vocabulary import Weekday
from schoollib_xl.saving import make_folder
from schoollib_xl.sheets.opening.refusing import Unusable
from schoollib_xl.sheets.reading.clock import computers_day
from schoollib_xl.wording.answer_text import answer_text

# Half the characters alike is a slip of the pen; less is another word.
_ALIKE = 0.5


def adopt(asked: Namespace) -> int:
    """`adopt`: old lists into a new workbook, with 接收报告.xlsx; or, as a dry run, 账册对照.xlsx alone."""
    options = _options(asked)
    if asked.dry_run:
        return _dry_run(asked, options)
    done = adopting.take_over(
        asked.sources, asked.into, options, progress(), baseline=asked.baseline, again=asked.again
    )
    if done.workbook is None:
        said = "".join(slips(options.names, done.adoption.tables))
        raise Unusable(
            f"{said}没有认出一张可以接收的表，工作簿没有写；{offers(done)}每一行都列在《{done.report.name}》里，"
            "用 --dry-run 写出账册对照，填好再用 --mapping 接收。"
        )
    say_answer(asked, lambda: as_text(done, asked), lambda: as_json(done))
    return FINE if done.is_whole else FOUND


def _dry_run(asked: Namespace, options: Options) -> int:
    folder = asked.into.resolve().parent
    make_folder(folder)
    mapped = adopting.map_only(asked.sources, folder, options)
    say_lines(mapped.lines)
    say_lines(f"{one.item}：{one.value or '—'}（{one.basis}{_changed_by(one.option)}）" for one in mapped.settings)
    say_lines([f"账册对照在：{mapped.path}", "改好以后，加上 --mapping 和这个文件名再接收。"])
    return FINE


def _changed_by(option: str) -> str:
    return f"；改用 {option}" if option else ""


def _options(asked: Namespace) -> Options:
    mapping = read_mapping(asked.mapping) if asked.mapping else Mapping([], {})
    options = Options(
        as_of=asked.as_of or computers_day(),
        opened_on=asked.opened_on,
        start=asked.start_number,
        width=asked.width,
        held=asked.held,
        days=asked.days,
        copies=asked.copies,
        weekdays=asked.open,
        names=OwnNames.of([*mapping.lines, *asked.column]),
    )
    settings = {name: value for name, value in mapping.settings.items() if name != AS_OF or not asked.as_of}
    return with_settings(options, settings)


def _weekdays(text: str) -> tuple[Weekday, ...]:
    try:
        return weekdays_in(text)
    except ValueError:
        raise Misspoken(f"“{text}”不是星期几，要写成 一三五 这样。") from None


def _column(text: str) -> OwnName:
    own, _, standard = (part.strip() for part in text.partition("="))
    known = {field.header for kind in KINDS.values() for field in kind.fields} | {UNWANTED, REMARKS}
    if own and standard in known:
        return OwnName("", "", "", standard, own)
    shape = f"“{text}”要写成 本校栏目=标准栏目，如 放哪=馆藏地"
    if not own or not standard:
        raise Misspoken(f"{shape}。")
    near = get_close_matches(standard, known, 1, _ALIKE)
    question = f"是不是“{near[0]}”？" if near else "名字照“栏目说明”写。"
    raise Misspoken(f"{shape}；没有标准栏目“{standard}”，{question}")


def _number(text: str) -> int:
    if not text.isdecimal():
        raise Misspoken(f"“{text}”不是个别登记号，只能用数字，如 000001。")
    if len(text.lstrip("0")) > (SETTINGS["个别登记号位数"].column.greatest or 0):
        raise Misspoken(f"“{text}”太长，个别登记号最多 {SETTINGS['个别登记号位数'].column.greatest} 位。")
    return int(text)


def _count(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise Misspoken(f"“{text}”不行，要写 1 以上的整数，如 14。")
    return int(text)


def _rule(text: str) -> int:
    if _count(text) > MOST_LENT:
        raise Misspoken(f"“{text}”太大，要写成 1 到 {MOST_LENT} 的数。")
    return int(text)


def _width(text: str) -> int:
    bounds = SETTINGS["个别登记号位数"].column
    if not text.isdecimal() or not (bounds.least or 0) <= int(text) <= (bounds.greatest or 0):
        raise Misspoken(f"“{text}”不是个别登记号的位数，要写 {bounds.least} 到 {bounds.greatest} 的数。")
    return int(text)


def _add_adopt(parser: Parser) -> None:
    parser.add_argument(
        "sources",
        metavar="旧文件",
        type=Path,
        nargs="+",
        help="xlsx、xls、ods、et、csv、CNMARC；旧计划、Word 里的清单用 docx",
    )
    shared = parser.shared
    shared.add_argument(
        "--into", metavar="新工作簿", type=new_workbook, required=True, help="新文件的名字，如 图书室七本账.xlsx"
    )
    shared.add_argument("--dry-run", action="store_true", help="只写出账册对照.xlsx：每张表、每一栏认作什么")
    shared.add_argument("--mapping", metavar="账册对照", type=Path, help="改好的账册对照")
    shared.add_argument(
        "--column",
        metavar="本校栏目=标准栏目",
        type=_column,
        action="append",
        default=[],
        help="一栏认作什么，如 放哪=馆藏地，可以有几个",
    )
    shared.add_argument("--again", action="store_true", help="改了对照或规则再接收一次：没人动过的上一份换成新的")
    shared.add_argument("--baseline", action="store_true", help="旧账留下、现在说不清的写进“差异说明”")
    shared.add_argument("--opened-on", metavar="启用日期", type=day, help="启用这本账的日期，默认学年第一天")
    shared.add_argument("--start-number", metavar="起始登记号", type=_number, help="从哪个号编起，默认接着最大的号")
    shared.add_argument("--width", metavar="登记号位数", type=_width, help="个别登记号几位，默认 6 位")
    shared.add_argument("--held", metavar="每种册数", type=_rule, help="册数和登记号都空着的，每种算几册，默认放到一边")
    shared.add_argument("--days", metavar="借期天数", type=_rule, help="借期几天，默认照旧记录，没有就 14 天")
    shared.add_argument("--copies", metavar="可借册数", type=_rule, help="同时可借几册，默认照旧记录")
    shared.add_argument(
        "--open", metavar="开放星期", type=_weekdays, default=(), help="星期几开放，如 一三五，默认照借还的日子"
    )
    shared.add_argument("--as-of", metavar="接收日期", type=day, help="接收的日期，默认今天")
    shared.add_argument("--format", choices=("text", "json"), default="text", help="text 给人看，json 给别的程序用")


def new_year(asked: Namespace) -> int:
    """`new-year`: the workbook of the next school year beside the old one, with 换学年清单.xlsx; with class lists,
    as `roster --new-year` does it.
    """
    if asked.lists:
        return roster(Namespace(**vars(asked), new_year=True))
    if asked.answers:
        raise Misspoken("--answers 是对名单的回答，要和 --roster 一起用。")
    turned = year_change.turn(asked.workbook, asked.as_of, progress())
    folder = folder_for(asked)
    written = year_change.write(turned, asked.workbook, folder) if folder else None
    say_answer(
        asked, lambda: answer_text(turned.answer), lambda: _year_as_json(turned.done, written), turned.cannot_tell
    )
    say_more(asked, *holidays_unknown(turned.done.unknown_years))
    if written:
        say_more(asked, f"新学年的工作簿在：{written.workbook}", f"带过来什么、为什么，在：{written.report}")
    return FINE if turned.done.balanced else FOUND


def _add_new_year(parser: Parser) -> None:
    add_workbook(parser)
    parser.shared.add_argument(
        "--roster", dest="lists", metavar="名单", type=Path, nargs="+", help="新学年的班级名单，可以有几个"
    )
    add_answers(parser)


def _year_as_json(done: NewYear, written: WrittenBooks | None) -> dict[str, Any]:
    files = written.as_json() if written else {}
    return files | {
        "balances": [
            {
                "name": balance.name,
                "closing": None if balance.closing is None else str(balance.closing),
                "opening": str(balance.opening),
                "agrees": balance.agrees,
            }
            for balance in done.balances
        ],
        "leavers": len(done.promotion.leavers),
        "unknown_years": list(done.unknown_years),
    }


def merge(asked: Namespace) -> int:
    """`merge`: two copies edited apart into a new workbook, with 合并清单.xlsx."""
    joined = merging.join(asked.workbook, asked.other, asked.base, asked.as_of, progress())
    folder = folder_for(asked)
    written = merging.write(joined, asked.workbook, folder) if folder else None
    say_answer(
        asked, lambda: answer_text(joined.answer), lambda: _merge_as_json(joined.merged, written), joined.cannot_tell
    )
    if written:
        say_more(asked, f"合并后的工作簿在：{written.workbook}", f"合并清单在：{written.report}")
    return FOUND if joined.needs_her else FINE


def _merge_as_json(merged: Merged, written: WrittenBooks | None) -> dict[str, Any]:
    files = written.as_json() if written else {}
    counts = Counter(entry.kind for entry in merged.entries)
    return files | {"differences": {kind.name.lower(): counts[kind] for kind in Difference}}


def _add_merge(parser: Parser) -> None:
    parser.add_argument("workbook", metavar="甲", type=Path, help="一份工作簿；两边写的不一样时先照它的")
    parser.add_argument("other", metavar="乙", type=Path, help="另一份工作簿")
    parser.shared.add_argument("--base", metavar="原来那份", type=Path, help="分开改以前的，有它才看得出谁去掉了什么")
    parser.shared.add_argument("--as-of", metavar="日期", type=day, help="账记到哪一天，默认是基本信息里的截止日期")
    add_output(parser)


COMMANDS = {
    "adopt": Command(_add_adopt, adopt),
    "new-year": Command(_add_new_year, new_year),
    "merge": Command(_add_merge, merge),
}
