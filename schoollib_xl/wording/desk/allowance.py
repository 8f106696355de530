"""What one reader may still borrow, in words."""

from collections.abc import Iterator
from datetime import timedelta

from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import Cell
from schoollib_xl.ledgers.supporting.people import ClassRow
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.ledgers.vocabulary import ReaderKind
from schoollib_xl.quotas.borrowing.allowance import Allowance, UnknownReader
from schoollib_xl.wording.columns import wrapped
from schoollib_xl.wording.places import address
from schoollib_xl.wording.zh import say

NO_RULE = "借阅规则里没有一条管得到{name}，不能借。"
NO_DUE_DATE = "算不出应还日期，先查借阅规则、校历和开放时间。"
RULE_UNREAD = "借阅规则没有这张表，或者有读不全的行，不知道{name}能借几册，先补全。"


def allowance_text(library: Library, allowed: Allowance) -> Iterator[str]:
    """What a reader has on loan, what may still be borrowed, and by which rule."""
    reader = allowed.reader
    yield f"{reader.reader_no}　{reader.name}　{reader.class_name or reader.kind.value}　{say(allowed.as_of)}"
    yield f"在借 {len(allowed.on_loan)} 册，逾期 {len(allowed.overdue)} 册。"
    for held in allowed.on_loan:
        late = f"，已过 {held.days_overdue} 天" if held.days_overdue else ""
        title = f"《{held.loan.title}》" if held.loan.title else ""
        yield from wrapped(f"{held.loan.accession_no}{title}：应还 {say(held.due_on)}{late}", "  ")
    stopped = list(_stopped(library, allowed))
    # Today nothing goes out then, whatever the rule leaves.
    yield from stopped or [allowance_sentence(allowed)]
    if not allowed.is_active:
        return
    if allowed.only_in_room:
        yield from wrapped(_in_room(library, allowed))
    elif allowed.rule:
        yield from wrapped(rule_sentence(library, allowed.rule))


def _in_room(library: Library, allowed: Allowance) -> str:
    """What holds for a pupil whose class reads in the room, with the cell that says so."""
    row = library.class_called(allowed.reader.class_name)
    where = f"照 {address(library, Cell(ClassRow, row.line, 'lending'))} 的借阅方式：" if row else ""
    return f"{where}在室内看多少册都行，不占可借的册数；要让这个班把书借回家，改这一格。"


def _stopped(library: Library, allowed: Allowance) -> Iterator[str]:
    """That pupils borrow no more in this term, and since when: as the school has said, or as is reckoned without."""
    school, today = library.school, allowed.as_of
    term = school.term_of(today)
    if not (allowed.left and allowed.is_active) or allowed.reader.kind is not ReaderKind.PUPIL or term is None:
        return
    last = school.last_lending_day(term)
    if today > last:
        is_said = school.lending_stops is not None and school.lending_stops in term
        since = "基本信息里停借日期" if is_said else "停借日期照学期结束前一周算，"
        yield f"照规则还能借 {allowed.left} 册，可是{since}是{say(last + timedelta(days=1))}，本学期已经停借。"


def rule_sentence(library: Library, rule: LendingRule) -> str:
    """The rule that decides, in words, with its place and basis."""
    return f"照 {address(library, Cell(LendingRule, rule.line))} 这一条：{rule_terms(rule)}"


def rule_terms(rule: LendingRule) -> str:
    """What a rule allows whom, since when and on what basis."""
    whom = "".join(
        [
            rule.class_name or (f"{rule.grade} 年级" if rule.grade else ""),
            rule.reader_kind.value if rule.reader_kind else "",
        ]
    )
    stops = "，有过期没还的不再借" if rule.suspends else ""
    terms = f"{whom or '所有读者'}同时可借 {rule.copies} 册，借期 {rule.days} 天，可续借 {rule.renewals or 0} 次{stops}"
    return f"{terms}（{say(rule.since)}起，依据：{rule.basis}）。"


def unknown_reader(error: UnknownReader) -> str:
    """That no reader has this number, or that none was given."""
    if not error.reader_no.strip():
        return "读者证号空着，写上证号再查。"
    return f"读者名册里没有证号“{error.reader_no}”，先核对证号。"


def allowance_sentence(allowed: Allowance) -> str:
    """What the reader may still borrow, and why."""
    reader = allowed.reader
    if not allowed.is_active:
        return not_active_sentence(allowed)
    if allowed.only_in_room:
        return f"{reader.class_name}只在室内阅览，不外借。"
    if allowed.rule is None:
        return no_rule(reader.name, allowed.is_rule_unread)
    if allowed.is_suspended:
        return f"有 {len(allowed.overdue)} 册过期没还，还清了才能再借。"
    if allowed.left:
        return f"今天还能借 {allowed.left} 册。"
    return "已经借满，还了才能再借。" if allowed.on_loan else "按规则不能借。"


def no_rule(name: str, is_unread: bool) -> str:
    """That no lending rule is about this reader, as far as they can be read."""
    template = RULE_UNREAD if is_unread else NO_RULE
    return template.format(name=name)


def not_active_sentence(allowed: Allowance) -> str:
    """Why the card is not in force on the day."""
    reader = allowed.reader
    if reader.stopped_on and reader.stopped_on <= allowed.as_of:
        reason = f"（{reader.stop_reason.value}）" if reader.stop_reason else ""
        return f"这张证 {say(reader.stopped_on)}停用{reason}，不能再借。"
    if reader.is_stopped_some_day:
        return f"这张证写了停用原因（{reader.stop_reason}），停用日期空着，不能再借；还在用就把停用原因清空。"
    return f"这张证 {say(reader.issued_on)}才启用，现在还不能借。"
