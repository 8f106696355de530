"""Every sentence shipped is said of some school, and goes when the data it tells of goes.

A sentence that no school here says fails the first test: whoever adds one adds the school that shows it.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest
from school import clean

from make import library, row, with_incomplete, without
from schoollib_xl.checks.every import ALL
from schoollib_xl.checks.report import Report, run
from schoollib_xl.documents.composing.evidence import Evidence
from schoollib_xl.documents.composing.facts.term import facts_of
from schoollib_xl.documents.composing.material import CheckedMaterial, SourceMaterial
from schoollib_xl.documents.composing.words.sentences import Sentences, SentenceSection, names_in
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.ledger_set import LedgerSet
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.registry import LEDGERS
from schoollib_xl.ledgers.supporting.calendar import JobRow, OpeningRow, TurnRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.supporting.people import ClassRow
from schoollib_xl.ledgers.supporting.promises import TargetRow
from schoollib_xl.ledgers.supporting.shelves import StocktakeRow
from schoollib_xl.ledgers.supporting.vocabulary import Audience
from schoollib_xl.ledgers.vocabulary import LoanMode
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.quotas.statement import statement
from schoollib_xl.wording.papers.sentence_patterns import shipped_sentences

Rows = Mapping[type[Any], list[Any]]
TERM_START = date(2026, 2, 23)
# What a sentence without any fact tells of; None for the checks.
DATA: Mapping[str, type[Any] | None] = {
    "到期的图书全部归还。": LoanRow,
    "本学期没有学生个人借书的记录，各班借阅和借书的指标没有算。": LoanRow,
    "本学期没有清点的记录。": StocktakeRow,
    "本学期藏书没有增减。": AccessionRow,
    "七本账都还没有记录。": None,
}
PATTERNS = [one.pattern for one in shipped_sentences()]


class Made(NamedTuple):
    """A school: what is changed in a tenth of the sample school's books, the day, what its checks found, and of which
    sheets a line lacks all but what is named.
    """

    changes: Callable[[], Rows]
    day: date | None = None
    report: Callable[[], Report] = lambda: Report((), (), 1)
    lacking: Mapping[type[Any], Mapping[str, Any]] = MappingProxyType({})


@cache
def reduced() -> Rows:
    """Two classes of the sample school and a tenth of its books."""
    fewer = {one: clean().rows[one][::10] for one in (AccessionRow, LoanRow)}
    return clean().rows | fewer | {ClassRow: clean().rows[ClassRow][4:6], TurnRow: []}


def targets(value: str, *more: Any) -> Rows:
    return {TargetRow: [*(one._replace(value=Decimal(value)) for one in reduced()[TargetRow]), *more]}


def loans(keep: Callable[[Any], bool], *more: Any) -> Rows:
    return {LoanRow: [*(one for one in reduced()[LoanRow] if keep(one)), *more]}


def overdue(limit: str, **changes: Any) -> Rows:
    out = next(one for one in reduced()[LoanRow] if one.lent_on > TERM_START and one.mode is LoanMode.PERSONAL)
    late = out._replace(**{"returned_on": None, "outcome": None, "due_on": date(2026, 6, 20)} | changes)
    others = loans(lambda one: one is not out, late)
    return others | targets("0.1", row(TargetRow, 90, name="逾期率", value=Decimal(limit), unit="%", grades=None))


def failing(*, explained: bool = False, unchecked: bool = False) -> Report:
    """What the checks find in two loans of one number, or do not look at where a sheet is missing."""
    twice = library(row(LoanRow), row(LoanRow, 3))
    found = run(without(twice, AccessionRow) if unchecked else twice, ALL.values())
    return found._replace(findings=tuple(one._replace(explained=explained) for one in found.findings))


def unseen() -> Rows:
    """A stocktake that did not see some of the copies."""
    copies = {copy.accession_no for copy in reduced()[AccessionRow][100:130]}
    return {StocktakeRow: [scan for scan in reduced()[StocktakeRow] if scan.accession_no not in copies]}


def one_room_left_out() -> Rows:
    return {StocktakeRow: [scan for scan in reduced()[StocktakeRow] if scan.place != "阅览室"]}


def half_of(*, this_term: bool) -> Rows:
    """The whole school with every second loan of one of its terms."""
    kept = [one for one in clean().rows[LoanRow] if one.line % 2 or (one.lent_on > TERM_START) is not this_term]
    return clean().rows | {LoanRow: kept}


def teachers_only() -> Rows:
    return {OpeningRow: [one._replace(audience=Audience.TEACHERS) for one in reduced()[OpeningRow]]}


def one_class(value: str) -> Rows:
    return targets(value) | {ClassRow: reduced()[ClassRow][:1]}


def of_the_whole_school(value: str) -> Rows:
    """One target for all, and no loan of a class that was left out: a mean of the school is of all its loans."""
    classes = {one.class_name for one in reduced()[ClassRow]}
    asked = {TargetRow: [row(TargetRow, name="生均借书册数", value=Decimal(value), grades=None)]}
    return asked | loans(lambda one: one.class_name in classes)


def priceless() -> Rows:
    return {one: [copy._replace(price=None) for copy in reduced()[one]] for one in (AccessionRow, WithdrawalRow)}


def partly_priced() -> Rows:
    """Every second copy without a price, of those that came together and of those that went."""
    copies = sorted(clean().rows[AccessionRow], key=lambda one: (one.withdrawn_on or date.max, one.batch_no))
    return {AccessionRow: [one._replace(price=None) if at % 2 else one for at, one in enumerate(copies)]}


SCHOOLS: Mapping[str, Made] = {
    "期末": Made(dict),
    "开学": Made(dict, TERM_START),
    "期中": Made(lambda: targets("0.1"), date(2026, 4, 20)),
    "有逾期": Made(lambda: overdue("99")),
    "逾期多": Made(lambda: overdue("0.01")),
    "都达标": Made(lambda: {TargetRow: [one for one in targets("0.01")[TargetRow] if "生均" in one.name]}),
    "一个班达标": Made(lambda: one_class("0.01")),
    "一个班没达标": Made(lambda: one_class("500")),
    "缺人数": Made(lambda: {ClassRow: [reduced()[ClassRow][0], reduced()[ClassRow][1]._replace(pupils=None)]}),
    "没做完": Made(lambda: {JobRow: [one._replace(done=one.line % 2 and "没有做") for one in reduced()[JobRow]]}),
    "一项没做": Made(lambda: {JobRow: [one._replace(done="没有做") for one in reduced()[JobRow]]}),
    "一项没达到": Made(lambda: targets("100000")),
    "指标都没有数": Made(lambda: {TargetRow: [row(TargetRow, name="报刊种数", grades=None)], PeriodicalRow: []}),
    "账都没记": Made(lambda: {ledger.row_type: [] for ledger in LEDGERS}),
    "没订报刊": Made(lambda: {PeriodicalRow: []}),
    "没写单价": Made(priceless),
    "有的没写单价": Made(partly_priced),
    "没编号": Made(dict, lacking={AccessionRow: {"title": "其一"}}),
    "没写日期": Made(dict, lacking={LoanRow: {"loan_no": "其一"}}),
    "早就欠着": Made(lambda: {CompensationRow: [one._replace(settled_on=None) for one in reduced()[CompensationRow]]}),
    "没记个别账": Made(lambda: {AccessionRow: []}),
    "欠着钱": Made(lambda: {CashRow: [one._replace(balance=Decimal(-12)) for one in reduced()[CashRow]]}),
    "只收不支": Made(lambda: {CashRow: [one._replace(spent=None) for one in reduced()[CashRow]]}),
    "只支不收": Made(lambda: {CashRow: [one._replace(received=None) for one in reduced()[CashRow]]}),
    "只送书下班级": Made(lambda: {LoanRow: [one for one in clean().rows[LoanRow] if one.mode is LoanMode.CLASS]}),
    "班都改了名": Made(lambda: {ClassRow: [row(ClassRow, class_name="七（1）班", grade=6)]}),
    "逾期很久": Made(lambda: overdue("99", lent_on=date(2025, 12, 1))),
    "少书": Made(unseen),
    "少了号": Made(unseen, lacking={StocktakeRow: {"counted_on": date(2026, 7, 2)}}),
    "漏了一处": Made(one_room_left_out),
    "没清点": Made(lambda: {StocktakeRow: [reduced()[StocktakeRow][0]._replace(counted_on=date(2025, 3, 1))]}),
    "有赔偿": Made(dict, date(2025, 10, 16)),
    "上学期末": Made(dict, date(2026, 1, 23)),
    "有差异": Made(dict, report=failing),
    "有说明": Made(dict, report=lambda: failing(explained=True)),
    "没核对完": Made(dict, report=lambda: failing(unchecked=True)),
    "只对教师开放": Made(teachers_only),
    "全校": Made(lambda: clean().rows),
    "全校达标": Made(lambda: of_the_whole_school("0.01")),
    "全校没达标": Made(lambda: of_the_whole_school("500")),
    "全校期中": Made(lambda: of_the_whole_school("8"), date(2026, 4, 20)),
    "多借": Made(lambda: half_of(this_term=False)),
    "少借": Made(lambda: half_of(this_term=True)),
}


def books(name: str, gone: type[Any] | None = None) -> Library:
    one = SCHOOLS[name]
    rows = {**reduced(), **one.changes(), **({gone: []} if gone else {})}
    found = LedgerSet(clean().school, rows).library(one.day)
    for row_type, values in one.lacking.items():
        found = with_incomplete(found, row_type, **values) if row_type is not gone else found
    return found


@cache
def school(name: str) -> CheckedMaterial:
    found = books(name)
    return CheckedMaterial(found, statement(found), SCHOOLS[name].report())


def said_of(material: SourceMaterial) -> set[str]:
    """The patterns whose condition holds and whose facts are known."""
    sentences = Sentences(material, facts_of(material), Evidence(material))
    by_section = {section: sentences.paragraph(section) for section in SentenceSection}
    return {
        one.pattern
        for one in shipped_sentences()
        if (said := sentences.say(one.pattern, "句式").strip("，。"))
        and said in by_section[SentenceSection(one.section)]
    }


@cache
def first_said() -> Mapping[str, str]:
    """Each sentence with the first school that says it."""
    found: dict[str, str] = {}
    for name in SCHOOLS:
        if set(found) == set(PATTERNS):
            break
        found |= {pattern: name for pattern in said_of(school(name)) if pattern not in found}
    return found


def test_every_sentence_is_said_of_some_school() -> None:
    assert [pattern for pattern in PATTERNS if pattern not in first_said()] == []


def _told_of(name: str, pattern: str) -> Iterator[type[Any] | None]:
    """The sheets whose data a sentence tells of; None for the checks or the settings, which are no sheet."""
    if pattern in DATA:
        yield DATA[pattern]
    facts = facts_of(school(name))
    for fact in names_in(pattern):
        sources = facts[fact].sources
        yield sources[0].row_type if sources else None


@cache
def _left(name: str, gone: type[Any] | None) -> frozenset[str]:
    """What is still said of a school without a sheet; without its checks and its term where that is none."""
    if gone is StocktakeRow and name == "没清点":
        found = without(books(name), StocktakeRow)
    elif gone is None:
        nameless = clean().school._replace(term_start=None, term_end=None, previous_start=None, previous_end=None)
        found = LedgerSet(nameless, {**reduced(), **SCHOOLS[name].changes()}).library(SCHOOLS[name].day)
    else:
        found = books(name, gone)
    return frozenset(said_of(SourceMaterial(found, statement(found), None)))


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_sentence_goes_with_its_data(pattern: str) -> None:
    name = first_said()[pattern]
    sheets = set(_told_of(name, pattern))
    assert sheets, "a sentence tells of something: name it in DATA"
    for gone in sheets - {None} or {None}:
        assert pattern not in _left(name, gone), gone
