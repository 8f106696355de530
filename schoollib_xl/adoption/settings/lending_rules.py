"""借阅规则 out of what the old system says: days on a column of its own, else between 借出 and 应还."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from schoollib_xl.adoption.forms.tables import ABOVE, CLOSING, FoundTable
from schoollib_xl.adoption.options import Options
from schoollib_xl.adoption.rows.records import Record
from schoollib_xl.adoption.settings.parameters import COPIES, DAYS, RENEWALS, Parameter, parameter_in
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.vocabulary import ReaderKind

BY_OPTION, BY_COLUMN, BY_DATES = "接收时选定的", "照旧系统的借期", "照旧记录的应还日期推算"
BY_PARAMETERS = "照旧系统或计划里写的"
BY_LOANS = "照旧记录里同时在借的册数"
# Due dates are moved by closed days; so many of them must be as many days after the loan before they show a rule.
_MOST = 0.5
_LONGEST = 400
# Nobody lets a pupil have more than a shelf of books: those are returns that were not written down.
_MOST_COPIES = 20
_CALLED = {DAYS: "借期", COPIES: "册数", RENEWALS: "续借次数"}

_BETWEEN = re.compile(r"[，,、；;。：:|\s]+")
_FIGURE, _UNIT = r"\d{1,3}|[一二两三四五六七八九十]{1,3}", "天|日|周|个?星期|个?月|册|本|次"
# Of two figures in one clause nobody knows which word is about which.
_CLAUSE = re.compile(
    rf"((?:(?!(?:{_FIGURE})(?:{_UNIT})).){{1,12}}?)(?:为|是|不得?超过|以)?({_FIGURE})({_UNIT})(?:内|以内|为限)?(?:归?还)?"
)
_OF_EACH = re.compile("每[人次生位]|限借|最多|借期|期限")
# Of others than a reader, or what is to be reached in some time: 每人每学期借书不少于8册.
_OF_MANY = re.compile("班|组|室|共|已|逾|少于|低于|至少|以上|达|目标|每(?:个?学|[天日周月年期]|个?星期)")
_COPIES_TOLD = re.compile(f"册数[^，；]*(?:{BY_COLUMN}|{BY_OPTION}|{BY_PARAMETERS})")


class FoundFigure(NamedTuple):
    """A figure of a rule and where it was found."""

    number: int
    basis: str


def with_old_rules(
    rules: Sequence[LendingRule], options: Options, readers: Iterable[ReaderRow], records: Iterable[Record]
) -> list[LendingRule]:
    """The rules of the new books with the days and copies the old ones had, or the options say."""
    kinds = {row.reader_no: row.kind for row in readers}
    by_kind: dict[ReaderKind, list[Record]] = defaultdict(list)
    for record in records:
        by_kind[kinds.get(record.get("reader_no"), record.get("kind")) or ReaderKind.PUPIL].append(record)
    days = {kind: _days(of_kind) for kind, of_kind in by_kind.items()}
    copies = {kind: _stated(of_kind, "most_copies") for kind, of_kind in by_kind.items()}
    return [_with(rule, options, days, copies) for rule in rules]


def with_usual_copies(
    rules: Sequence[LendingRule], loans: Iterable[LoanRow], readers: Iterable[ReaderRow]
) -> list[LendingRule]:
    """The rules with as many copies at once as anybody had by the old records, where the rules shipped with the program
    allow fewer: of a rule that the school did not say nobody can be told an exception. Where no return at all was
    written down, only what went out on one day was out at once.
    """
    kinds = {row.reader_no: row.kind or ReaderKind.PUPIL for row in readers}
    by_reader: dict[str, list[LoanRow]] = defaultdict(list)
    for loan in sorted(loans, key=lambda loan: loan.lent_on):
        if loan.is_personal and loan.reader_no:
            by_reader[loan.reader_no].append(loan)
    has_returns = any(not loan.is_open for own in by_reader.values() for loan in own)
    at_once: dict[ReaderKind, list[int]] = defaultdict(list)
    for reader_no, own in by_reader.items():
        at_once[kinds.get(reader_no, ReaderKind.PUPIL)] += _at_once(own, has_returns)
    return [_with_usual(rule, at_once.get(rule.reader_kind or ReaderKind.PUPIL, [])) for rule in rules]


def _at_once(loans: Iterable[LoanRow], has_returns: bool) -> Iterator[int]:
    """How many copies a reader had with each of his loans; a copy that came back that day counts no more."""
    out: list[LoanRow] = []
    for loan in loans:
        out = [one for one in out if _is_still_out(one, loan.lent_on, has_returns)]
        out.append(loan)
        yield len(out)


def _is_still_out(loan: LoanRow, day: date, has_returns: bool) -> bool:
    if loan.is_open:
        return has_returns or loan.lent_on == day
    return (loan.returned_on or loan.lent_on) > day


def _with_usual(rule: LendingRule, numbers: Sequence[int]) -> LendingRule:
    if not numbers or _COPIES_TOLD.search(rule.basis):
        return rule
    usual = max((number for number in numbers if number <= _MOST_COPIES), default=0)
    if usual <= rule.copies:
        return rule
    return rule._replace(copies=usual, basis=f"{rule.basis}；册数{BY_LOANS}")


def parameters_in_words(tables: Iterable[FoundTable]) -> Iterator[Parameter]:
    """The figures of lending rules that what stands over registers or below them says: 每人限借2册，借期三周."""
    said = (one.line.text for table in tables for one in table.non_entries if one.reason in (ABOVE, CLOSING))
    for clause in (clause for text in dict.fromkeys(said) for clause in _BETWEEN.split(text)):
        match = _CLAUSE.fullmatch(clause) if _OF_EACH.search(clause) and not _OF_MANY.search(clause) else None
        # What is counted stands behind the figure: 每次借2册. Who is not named is a pupil: they are whom it is said to.
        item = f"{match[1]}{match[3].strip('天日周星期个月')}" if match else ""
        if match and (parameter := parameter_in(item, f"{match[2]}{match[3]}")):
            yield parameter._replace(reader_kind=parameter.reader_kind or ReaderKind.PUPIL)


def with_parameters(rules: Sequence[LendingRule], parameters: Sequence[Parameter]) -> list[LendingRule]:
    """The rules with the figures the old system was set to: those for a kind of reader, else those for everybody."""
    return [_as_set(rule, {(one.reader_kind, one.field): one.number for one in parameters}) for rule in rules]


def _as_set(rule: LendingRule, numbers: Mapping[tuple[ReaderKind | None, str], int]) -> LendingRule:
    kind = rule.reader_kind or ReaderKind.PUPIL
    figures = {field: numbers.get((kind, field), numbers.get((None, field))) for field in _CALLED}
    known = {field: number for field, number in figures.items() if number is not None}
    if not known:
        return rule
    said = f"{'、'.join(_CALLED[field] for field in known)}{BY_PARAMETERS}"
    return rule._replace(
        days=known.get(DAYS, rule.days),
        copies=known.get(COPIES, rule.copies),
        renewals=known.get(RENEWALS, rule.renewals),
        basis=said if DAYS in known and COPIES in known else f"{said}；{rule.basis}",
    )


def rule_in_words(rule: LendingRule, *, is_stated: bool) -> str:
    """Whose rule it is and its figures; of those that no list, option or loan said, that they are the program's."""
    told = {field: is_stated or _CALLED[field] in rule.basis for field in (DAYS, COPIES)}
    figures = {DAYS: f"{_CALLED[DAYS]} {rule.days} 天", COPIES: f"{rule.copies} 册"}
    who = rule.reader_kind or "各类读者"
    if not any(told.values()):
        return f"{who}没有说，先照自带的{'、'.join(figures.values())}"
    return who + "、".join(said if told[field] else f"{said}（没有说，先照自带的）" for field, said in figures.items())


def with_a_rule_for_all(rules: Sequence[LendingRule]) -> list[LendingRule]:
    """Rules of an old system, which names every kind of reader: that of the pupils holds where no other does."""
    if any(rule.since or rule.basis or rule.grade or rule.class_name or not rule.reader_kind for rule in rules):
        return [*rules]
    return [rule._replace(reader_kind=None) if rule.reader_kind is ReaderKind.PUPIL else rule for rule in rules]


def with_one_for_all(rules: Sequence[LendingRule], shipped: Sequence[LendingRule], since: date) -> list[LendingRule]:
    """Rules of the school with those of a new workbook for the readers it wrote none for, where it has none that holds
    for everybody else; they are no rules of the school's own until it confirms them.
    """
    scopes = {_scope(rule) for rule in rules}
    if not rules or (None, None, None) in scopes:
        return [*rules]
    added = [rule for rule in shipped if _scope(rule) not in scopes]
    last = max(rule.line for rule in rules)
    return [*rules, *(rule._replace(line=line, since=since) for line, rule in enumerate(added, last + 1))]


def _scope(rule: LendingRule) -> tuple[ReaderKind | None, int | None, str | None]:
    return rule.reader_kind, rule.grade, rule.class_name


def with_what_a_rule_needs(rules: Sequence[LendingRule], since: date) -> list[LendingRule]:
    """Rules of the sources, in force from a day and on some basis."""
    return [rule._replace(since=rule.since or since, basis=rule.basis or "旧系统的规则") for rule in rules]


def _with(
    rule: LendingRule,
    options: Options,
    days: Mapping[ReaderKind, FoundFigure | None],
    copies: Mapping[ReaderKind, FoundFigure | None],
) -> LendingRule:
    kind = rule.reader_kind or ReaderKind.PUPIL
    found_days = FoundFigure(options.days, BY_OPTION) if options.days else days.get(kind)
    found_copies = FoundFigure(options.copies, BY_OPTION) if options.copies else copies.get(kind)
    said = [
        *(["借期" + found_days.basis] if found_days else []),
        *(["册数" + found_copies.basis] if found_copies else []),
    ]
    if found_days:
        rule = rule._replace(days=found_days.number)
    if found_copies:
        rule = rule._replace(copies=found_copies.number)
    return rule._replace(basis="，".join(said)) if said else rule


def _days(records: Sequence[Record]) -> FoundFigure | None:
    if stated := _stated(records, "lending_days"):
        return stated
    spans = Counter(
        (due_on - lent_on).days
        for record in records
        if (lent_on := record.get("lent_on")) and (due_on := record.get("due_on")) and not record.get("renewals")
    )
    for days, times in spans.most_common(1):
        if 0 < days <= _LONGEST and times >= spans.total() * _MOST:
            return FoundFigure(days, BY_DATES)
    return None


def _stated(records: Sequence[Record], name: str) -> FoundFigure | None:
    counted = Counter(number for record in records if (number := record.get(name)))
    return next(
        (FoundFigure(number, BY_COLUMN) for number, _ in counted.most_common(1) if 0 < number <= _LONGEST), None
    )
