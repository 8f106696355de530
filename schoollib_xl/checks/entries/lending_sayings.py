"""What 备注 of 借阅登记账 and 赔偿登记账 may say that the line says otherwise (FMT210)."""

from schoollib_xl.checks.entries.sayings import (
    DAY,
    FOUND_AGAIN,
    LOST,
    NOT_YET,
    NUMERAL,
    OfTheRow,
    Saying,
    choice,
    hint,
    is_another_number,
    is_blank,
    is_filled,
    is_one_of,
    money,
    own_day,
)
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.vocabulary import (
    Incident,
    LoanMode,
    LoanOutcome,
    Settlement,
)

_LOANS = (
    Saying(
        LoanRow,
        "remarks",
        "还",
        r"(?:至今|书)?(?:[未没]|没有|尚未|还没有?)(?:归)?还",
        "outcome",
        is_one_of("outcome", LoanOutcome.RETURNED),
    ),
    hint(
        Saying(
            LoanRow,
            "remarks",
            "还",
            rf"{DAY}(?:书|图书|已经?)*(?:归还|还清|还)(?:回来?)?了?",
            "outcome",
            is_one_of("outcome", LoanOutcome.LOST),
        )
    ),
    Saying(LoanRow, "remarks", "失丢", LOST, "outcome", is_one_of("outcome", LoanOutcome.RETURNED)),
    Saying(
        LoanRow,
        "remarks",
        "次",
        rf"(?:已)?续借了?({NUMERAL})次",
        "renewals",
        lambda row, match, _: is_another_number(row.renewals, match[1]),
    ),
    Saying(LoanRow, "remarks", "续", rf"{DAY}已?续借了?", "renewals", lambda row, *_: not row.renewals),
    Saying(LoanRow, "remarks", "带借", r"(?:带|借)回家.{0,3}", "mode", is_one_of("mode", LoanMode.IN_ROOM)),
    own_day(LoanRow, "还", "归?还", "returned_on"),
)


def _is_gone_for_good(row: CompensationRow) -> bool:
    """Whether the copy was written off and nothing was paid back."""
    return row.withdrawal_no is not None and row.refunded_on is None


_INCIDENTS = (
    Saying(CompensationRow, "remarks", "结", rf"{DAY}已?结清了?", "settled_on", is_blank("settled_on")),
    Saying(
        CompensationRow,
        "remarks",
        "退",
        rf"{DAY}(?:已|已经)?退(?:[款还回了]+(?:赔款|赔的?钱|钱|款)?|钱|赔款)了?",
        "refunded_on",
        is_blank("refunded_on"),
    ),
    hint(Saying(CompensationRow, "remarks", "找", FOUND_AGAIN, "withdrawal_no", OfTheRow(_is_gone_for_good))),
    Saying(CompensationRow, "remarks", "注", f"{NOT_YET}注销", "withdrawal_no", is_filled("withdrawal_no")),
    Saying(
        CompensationRow,
        "remarks",
        "未没尚暂",
        f"(?:转学|家长|学生|读者|本人|至今|赔?款)*{NOT_YET}(?:赔偿?|交|付|收)(?:款|钱)?",
        "paid",
        is_filled("paid"),
    ),
    Saying(CompensationRow, "remarks", "结", f"{NOT_YET}结清", "settled_on", is_filled("settled_on")),
    Saying(CompensationRow, "remarks", "免不", r"已?免赔|不用赔|不赔|免于赔偿", "paid", is_filled("paid")),
    money(CompensationRow, "remarks", "(?:已|共)*(?:收到?|收款|实收|实赔|[收交]?赔款?|交款?)", "paid"),
    choice(
        CompensationRow,
        "remarks",
        "书",
        r"(?:学生|读者|家长|本人|已|又|另|重新|买了?|以)*(?:一[本册])?(?:同样的|同一?种的?|原|新)?书(?:来)?赔(?:偿|书|了|来)?|已?赔书(?:一[本册])?了?",
        "settlement",
        Settlement.REPLACEMENT,
    ),
    choice(CompensationRow, "remarks", "钱款", r"已?(?:赔款|交款|收款|赔钱|交钱)了?", "settlement", Settlement.PAYMENT),
    Saying(CompensationRow, "remarks", "失丢", LOST, "incident", is_one_of("incident", Incident.DAMAGED)),
    hint(
        Saying(
            CompensationRow,
            "remarks",
            "坏损破",
            r"(?:书|已|封[面底]|书页)*(?:弄坏|损坏|破损|撕[破坏])了?",
            "incident",
            is_one_of("incident", Incident.LOST),
        )
    ),
    own_day(CompensationRow, "结清", "结清|付清", "settled_on"),
    own_day(CompensationRow, "退", "退款", "refunded_on"),
)


LENDING_SAYINGS: tuple[Saying, ...] = (*_LOANS, *_INCIDENTS)
