"""What 备注 of 报刊登记账 may say that the line says otherwise (FMT210)."""

import re

from schoollib_xl.checks.check import Severity
from schoollib_xl.checks.entries.sayings import NOT_YET, OfTheRow, Saying, figure, hint, is_blank, is_filled, money
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.school import months_apart


def _got_all(row: PeriodicalRow, match: re.Match[str], _: Library) -> bool:
    """Whether every issue came although the periodical stopped within its months."""
    month = int(match[1])
    months = {
        (row.starts_on.month + index - 1) % 12 + 1 for index in range(months_apart(row.starts_on, row.ends_on) + 1)
    }
    return month in months and month != row.ends_on.month and 0 < row.due_issues <= row.received_issues


PERIODICAL_SAYINGS: tuple[Saying, ...] = (
    figure(PeriodicalRow, "remarks", "(?:共?订阅?|每期)(?:了|共)?", "份", "copies"),
    Saying(PeriodicalRow, "remarks", "装", f"{NOT_YET}装订", "bound_volumes", is_filled("bound_volumes")),
    hint(
        Saying(PeriodicalRow, "remarks", "赠免", "[^期份多另]{0,8}(?:赠阅|免费赠?送?)", "amount", is_filled("amount"))
    ),
    Saying(
        PeriodicalRow, "remarks", "停", r"(?:\d{4}年)?[从自]?(\d{1,2})月份?起?已?停[刊办]", "received_issues", _got_all
    ),
    hint(
        Saying(
            PeriodicalRow,
            "remarks",
            "缺少",
            r"(?:还|尚|共)?(?:缺|少)[了到]?第?.{1,6}期",
            "received_issues",
            OfTheRow(lambda row: 0 < row.due_issues <= row.received_issues),
        )
    ),
    hint(figure(PeriodicalRow, "remarks", "(?:共|已)*(?:合订|装订)(?:了|成|为)?", "册", "bound_volumes")),
    hint(
        Saying(
            PeriodicalRow, "remarks", "订", "已(?:装订|合订)(?:成册)?了?", "bound_volumes", is_blank("bound_volumes")
        )
    ),
    money(PeriodicalRow, "remarks", "(?:每份|单价)", "price", Severity.HINT),
)
