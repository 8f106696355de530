"""The desk's answer in words."""

from collections.abc import Iterator, Sequence

from schoollib_xl.desk.decision import Decision, DeskMessage, Reason, Remark
from schoollib_xl.desk.request import Act
from schoollib_xl.ledgers.schema import SHEETS, Cell
from schoollib_xl.ledgers.supporting.promises import LendingRule
from schoollib_xl.wording.desk.allowance import NO_DUE_DATE, NO_RULE, RULE_UNREAD, not_active_sentence, rule_sentence
from schoollib_xl.wording.places import address
from schoollib_xl.wording.zh import say, sentence

_AGAINST = {
    Reason.FUTURE: "{day}还没有到，只能记今天和以前的。",
    Reason.READER_UNREAD: "读者名册里证号 {reader_no} 那一行有读不出的格子，先核对账册，改好再办。",
    Reason.COPY_UNREAD: "个别登记账里 {copy_no} 那一行有读不出的格子，先核对账册，改好再办。",
    Reason.SEVERAL_COPIES: "条码 {copy_no} 贴在几册书上（{numbers}），改输个别登记号。",
    Reason.LOAN_UNREAD: "借阅登记账里 {number} 有一笔（{loan_no}）读不全，也没有写归还，先把那一行改好再借。",
    Reason.LENT_SINCE: "{number} 后来在 {lent_on}由 {who} 借走，那天借的对不上，先查借阅登记账。",
    Reason.RETURNED_SINCE: "{who} 借的这一册账上 {returned_on}已经还了，没有再记。",
    Reason.NO_READER: "读者名册里没有证号“{reader_no}”。",
    Reason.CARD_STOPPED: "{name}：{why}",
    Reason.NO_COPY: "个别登记账里没有 {copy_no} 这一册。",
    Reason.NOT_IN_FORCE: "{number} 在 {day}不在册（还没有登记，或者已经注销）。",
    Reason.REFERENCE: "{number} 只供阅览，不外借。",
    Reason.ON_LOAN: "{number} 还在 {who} 手里，应还 {due_on}。",
    Reason.IN_CLASS: "{number} 在班级图书角（{who}）。",
    Reason.LOST: "{number} 在 {reported_on}报失，找回来先把赔偿账结清。",
    Reason.UNDER_REPAIR: "{number} 送修还没有归架。",
    Reason.NO_RULE: NO_RULE,
    Reason.RULE_UNREAD: RULE_UNREAD,
    Reason.ONLY_IN_ROOM: "{class_name}只在室内阅览，不外借。",
    Reason.SUSPENDED: "{name}有 {copies} 册过期没还，规则是还清再借。",
    Reason.LIMIT_REACHED: "{name}手里已有 {held} 册，规则是 {copies} 册。",
    Reason.NO_DUE_DATE: NO_DUE_DATE,
    Reason.NOT_ON_LOAN: "{number} 没有借出去，不用还。",
    Reason.BEFORE_LENDING: "这一册 {lent_on}才借出，日期早了。",
    Reason.NOT_RENEWABLE: "这一笔不能续借。",
    Reason.NO_RENEWAL_LEFT: "已经续借 {done} 次，规则是 {allowed} 次。",
    Reason.OVERDUE: "已经过期，应还 {due_on}，还了再借。",
    Reason.NO_PRICE: "{number} 在个别登记账里没有单价，补上再办。",
}
# What a row of 借阅规则 decides; the rest stands against a loan under any rule.
_BY_RULE = (
    Reason.SUSPENDED,
    Reason.LIMIT_REACHED,
    Reason.NO_DUE_DATE,
    Reason.NOT_RENEWABLE,
    Reason.NO_RENEWAL_LEFT,
    Reason.OVERDUE,
)
_REMARKS = {
    Remark.CLOSED: "{day}不是开放日。",
    Remark.LENDING_STOPPED: "基本信息里停借日期是 {day}，本学期已经停借。",
    Remark.DUE_AFTER_TERM: "应还日期过了学期里最后一个开放日，期末收书要在 {last_open}以前还。",
    Remark.DUE_CLOSED: "应还那天不开放。",
    Remark.HAS_OVERDUE: "手里有 {copies} 册过期。",
    Remark.RETURNED_LATE: "晚还 {days} 天。",
    Remark.OTHER_READER: "这一册是 {who} 借的。",
    Remark.ALSO_OUT: "借阅登记账里 {who} 借了这一册也没有还，查一查。",
    Remark.OWES: "照赔偿规则应赔 {owed}；赔书或修补的，在赔偿登记账里改处理方式。",
    Remark.LIST_LATER: "注销登记账等做清单时再记。",
}
NOT_COPIED = "先抄流水"
_CAN = {
    Act.LEND: ("可借", "不可借"),
    Act.RETURN: ("可还", "不用还"),
    Act.RENEW: ("可续借", "不可续借"),
    Act.LOSE: ("可报失", "不能报失"),
    Act.WITHDRAW: ("可列入注销清单", "不能注销"),
}


def not_copied(waiting: Sequence[object]) -> str:
    """That the page's desk knows more of this copy or reader than the ledgers."""
    return f"网页的借还台记了这位读者或这一册的 {len(waiting)} 笔，还没有抄到账上；先按“抄流水”，再来一次。"


def verdict_word(decision: Decision) -> str:
    """可借 or 不可借, and the like for the other acts."""
    can, cannot = _CAN[decision.act]
    return can if decision.is_allowed else cannot


def why_words(decision: Decision) -> str:
    """Why: what stands against it, else the rule that allows it and what is worth knowing."""
    return "".join([*map(_said, decision.against), *_rule(decision), remarks(decision)])


def against_words(decision: Decision) -> str:
    """What stands against it, and where the rule stands that decides: whoever waits at the desk reads no more."""
    rule = decision.rule if any(one.what in _BY_RULE for one in decision.against) else None
    where = f"（{address(decision.request.library, Cell(LendingRule, rule.line))}）" if rule else ""
    return f"{''.join(map(_said, decision.against))}{where}"


def remarks(decision: Decision) -> str:
    """What is worth knowing although it can be done."""
    return "".join(map(_said, decision.remarks))


def reader_words(decision: Decision) -> str:
    """Who the reader is; empty where nobody has this number."""
    reader = decision.request.reader
    return f"{reader.name}　{reader.class_name or reader.kind.value}" if reader else ""


def copy_words(decision: Decision) -> str:
    """Which copy it is; empty where there is none of this number."""
    copy = decision.request.copy
    if copy is None:
        return ""
    return f"《{copy.title}》{copy.class_no}　{'未定价' if copy.price is None else f'{copy.price}元'}"


def confirmed(decision: Decision) -> str:
    """What was entered, in one line."""
    request = decision.request
    who = borrower(decision)
    number = request.copy.accession_no if request.copy else ""
    until = f"，应还 {say(decision.due_on)}" if decision.due_on else ""
    return f"{say(request.day)} {who} {decision.act} {number}{copy_words(decision)}{until}"


def borrower(decision: Decision) -> str:
    """Whose entry it is: for a copy that is out the borrower's, whoever's card lies on the desk."""
    request = decision.request
    if decision.act is not Act.LEND and request.loan:
        return request.loan.name or request.loan.reader_no
    return request.reader.name if request.reader else ""


def draft_words(decision: Decision) -> str:
    """The line for 注销登记账, header and value; empty where there is none."""
    if decision.draft is None:
        return ""
    fields = SHEETS[type(decision.draft)].fields
    values = ((field.header, getattr(decision.draft, field.name)) for field in fields)
    return "　".join(f"{header} {say(value)}" for header, value in values if value)


def _rule(decision: Decision) -> Iterator[str]:
    if decision.rule:
        yield rule_sentence(decision.request.library, decision.rule)


def _said(message: DeskMessage) -> str:
    template = _AGAINST[message.what] if isinstance(message.what, Reason) else _REMARKS[message.what]
    if message.what is Reason.CARD_STOPPED:
        stopped = message.facts["allowed"]
        return sentence(template, {"name": stopped.reader.name, "why": not_active_sentence(stopped)})
    return sentence(template, message.facts)
