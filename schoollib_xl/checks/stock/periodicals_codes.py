"""报刊登记账 (PER): the codes by which a paper is ordered and known; its kind and frequency beside them."""

from collections.abc import Iterator

from schoollib_xl.checks.check import Found, Severity, check, found
from schoollib_xl.checks.habits import told_once
from schoollib_xl.ledgers.identifiers import code_behind_date, has_issn_form, is_cn, is_issn, is_postal_code
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.vocabulary import Frequency, PeriodicalKind


@check(
    "PER011",
    title="邮发代号写法不对",
    message="《{title}》的邮发代号是“{code}”，应当像 2-106 这样{alike}。",
    why="邮局按邮发代号订报刊，写错了会订成别的。",
    fix="先查报刊目录或订单，再照着改邮发代号。",
    severity=Severity.WARNING,
    reads={PeriodicalRow: "title postal_code"},
)
def postal_code_is_malformed(library: Library) -> Iterator[Found]:
    coded = library[PeriodicalRow].saying("postal_code")
    codes = ((row, row.postal_code or "") for row in coded)
    amiss = ((row, code) for row, code in codes if not is_postal_code(code) and code_behind_date(code) is None)
    yield from told_once((found(cell(row, "postal_code"), code=code) for row, code in amiss), len(coded))


@check(
    "PER012",
    title="邮发代号变成了日期",
    message="《{title}》的邮发代号成了日期“{text}”，原来多半是 {code}。",
    why="输入 2-6 这样的代号，Excel 会当成日期，代号就丢了。",
    fix="先把这一栏设成文本格式，再照报刊目录重填，多半是 {code}。",
    severity=Severity.WARNING,
    reads={PeriodicalRow: "title postal_code"},
)
def postal_code_became_a_date(library: Library) -> Iterator[Found]:
    for row in library[PeriodicalRow]:
        code = code_behind_date(row.postal_code or "")
        if code:
            yield found(cell(row, "postal_code"), text=row.postal_code, code=code)


@check(
    "PER013",
    title="ISSN 写法不对",
    message="《{title}》的 ISSN 是“{issn}”，应当像 1002-2767 这样{alike}。",
    why="ISSN 是刊物自己的号，写错了就认不准是哪一种。",
    fix="先看封面或版权页上的 ISSN，再照着改。",
    severity=Severity.WARNING,
    reads={PeriodicalRow: "title issn"},
)
def issn_is_malformed(library: Library) -> Iterator[Found]:
    numbered = library[PeriodicalRow].saying("issn")
    amiss = (row for row in numbered if not has_issn_form((row.issn or "").upper()))
    yield from told_once((found(cell(row, "issn")) for row in amiss), len(numbered))


@check(
    "PER014",
    title="ISSN 的末位不对",
    message="《{title}》的 ISSN 是“{issn}”，末位和前七位对不上。",
    why="ISSN 末位是由前七位算出来的，对不上就是抄错了一位。",
    fix="先看封面或版权页上的 ISSN，再照着改；刊物上就是这样印的，写进“差异说明”。",
    severity=Severity.WARNING,
    reads={PeriodicalRow: "title issn"},
)
def issn_check_digit_is_wrong(library: Library) -> Iterator[Found]:
    for row in library[PeriodicalRow]:
        if row.issn and has_issn_form(row.issn.upper()) and not is_issn(row.issn.upper()):
            yield found(cell(row, "issn"))


@check(
    "PER015",
    title="国内统一刊号写法不对",
    message="《{title}》的国内统一刊号是“{cn}”，应当像 CN11-1065/J 这样{alike}。",
    why="没有正式刊号的报刊不能订，号写错了也分不清。",
    fix="先看封面或版权页上的刊号，再照着改。",
    severity=Severity.WARNING,
    reads={PeriodicalRow: "title cn"},
)
def cn_is_malformed(library: Library) -> Iterator[Found]:
    return told_once(_numbered_otherwise(library), len(library[PeriodicalRow].saying("cn")))


def _numbered_otherwise(library: Library) -> Iterator[Found]:
    for row in library[PeriodicalRow]:
        if row.cn and not is_cn(row.cn.upper()):
            # The number itself is right, only the letters before it were left out.
            severity = Severity.HINT if is_cn(f"CN{row.cn.upper()}") else None
            yield found(cell(row, "cn"), severity=severity)


@check(
    "PER208",
    title="报纸填了 ISSN",
    message="《{title}》的类别是报纸，ISSN 填了 {issn}。",
    why="学校订的报纸用国内统一刊号，ISSN 一般是期刊的。",
    fix="先看封面；是期刊就改类别，抄错了行就把 ISSN 清空，报纸上真印着就不用动。",
    severity=Severity.HINT,
    reads={PeriodicalRow: "title kind issn"},
)
def newspaper_with_issn(library: Library) -> Iterator[Found]:
    for row in library[PeriodicalRow]:
        if row.kind is PeriodicalKind.NEWSPAPER and row.issn:
            yield found(cell(row, "issn"), cell(row, "kind"))


@check(
    "PER212",
    title="刊名和刊期不是一回事",
    message="《{title}》的刊期写的是{frequency}，刊名说的是{said}。",
    why="应到几期是照刊期算的，刊期错了，缺期就看不出来。",
    fix="先看报刊目录或封面，再改刊期；刊名就是这样叫的不用动。",
    severity=Severity.HINT,
    reads={PeriodicalRow: "title frequency"},
)
def named_for_another_frequency(library: Library) -> Iterator[Found]:
    names = {name: one for one in Frequency for name in one.synonyms if name[-1] in "刊报" and len(name) > 1}
    for row in library[PeriodicalRow]:
        said = max((name for name in names if row.title.endswith(name)), key=len, default=None)
        if said and names[said] is not row.frequency:
            yield found(cell(row, "frequency"), cell(row, "title"), said=said)
