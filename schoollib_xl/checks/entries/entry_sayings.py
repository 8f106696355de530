"""What 备注 may say of a line as a whole: that it is none, or which copy, batch or paper it is about (FMT210)."""

import re
from typing import Any

from schoollib_xl.checks.entries.sayings import (
    DAY,
    NOT_YET,
    Contradicts,
    Saying,
    always,
    hint,
    is_blank,
    is_filled,
    stands,
)
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.compensation import CompensationRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.periodicals import PeriodicalRow
from schoollib_xl.ledgers.summary import SummaryRow
from schoollib_xl.ledgers.supporting.activities import ActivityRow, VisitRow
from schoollib_xl.ledgers.supporting.calendar import OpeningRow
from schoollib_xl.ledgers.supporting.inspection import ReviewRow
from schoollib_xl.ledgers.supporting.office import CashRow
from schoollib_xl.ledgers.supporting.people import ReaderRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow, StocktakeScopeRow
from schoollib_xl.ledgers.withdrawal import WithdrawalRow
from schoollib_xl.rules.likeness import same_title

# A line that says of itself that it is none, alone or beside which other.
_TWICE = r"(?:[与和同跟].{1,12})?[此本这该]?[行笔条号册批]?已?[为系是]?(?:重复登[记账]|重登|登重|同一册)了?"
_NO_ENTRY = rf"[此本这该]?[行笔条号册批]?已?作废了?|{_TWICE}"
# A batch says so of numbers that nobody used (SUM015).
_NO_BATCH = rf"[此本这该][行笔条批]已?作废了?|{_TWICE}"
_NO_ENTRIES = (
    Saying(SummaryRow, "remarks", "废重同", _NO_BATCH, "copies", stands("copies")),
    *(
        Saying(row_type, "remarks", "废重同", _NO_ENTRY, name, stands(name))
        for row_type, name in (
            (WithdrawalRow, "price"),
            (PeriodicalRow, "amount"),
            (CompensationRow, "price"),
            (CashRow, "spent"),
            (CashRow, "received"),
        )
    ),
    Saying(AccessionRow, "remarks", "废重同", _NO_ENTRY, "withdrawn_on", is_blank("withdrawn_on")),
    *(
        Saying(row_type, "remarks", "废重同", _NO_ENTRY, name, always)
        for row_type, name in ((LoanRow, "accession_no"), (StocktakeRow, "accession_no"))
    ),
    Saying(ReaderRow, "remarks", "废", r"(?:此|该|旧)?证?已?作废", "stopped_on", is_blank("stopped_on")),
)
# What was planned and came to nothing, or was left half done, though the line counts.
_NOT_DONE = (
    Saying(
        ActivityRow,
        "result",
        "取停未没",
        r"(?:因.{1,12})?(?:活动|已|临时|后)*(?:取消|停办|(?:未|没有?)(?:能|如期)?(?:举[行办]|开展|开成|办成))了?",
        "held_on",
        always,
    ),
    Saying(
        StocktakeScopeRow,
        "remarks",
        "完半部",
        rf"(?:还)?(?:{NOT_YET}|没)(?:全部|有)?(?:盘|点|清点)完|只[盘点]了?一?(?:半|部分)",
        "ends_on",
        is_filled("ends_on"),
    ),
    Saying(
        WithdrawalRow,
        "remarks",
        "批",
        f"{NOT_YET}(?:报批|批准?|审批)(?:下来)?",
        "approved_by",
        is_filled("approved_by"),
    ),
    hint(
        Saying(
            OpeningRow,
            "remarks",
            "停不取",
            r"(?:本学期|现|已|暂时?|临时)*(?:停用|停开|不开放?|停止|暂停|取消)(?:开放)?了?",
            "weekday",
            always,
        )
    ),
    Saying(VisitRow, "content", "人", r"(?:当天)?(?:无|没有?)人(?:来|到|阅览|来阅览)?", "people", is_filled("people")),
    hint(
        Saying(
            ReviewRow, "remarks", "审查", rf"{NOT_YET}审(?:查|完|查完)?|只[审查]了?一?(?:半|部分)", "outcome", always
        )
    ),
    hint(Saying(RepairRow, "damage", "修", rf"{NOT_YET}修(?:好|补)?|没修", "reshelved_on", is_filled("reshelved_on"))),
    Saying(
        PeriodicalRow,
        "remarks",
        "到收",
        r"(?:全部|一期也?)(?:都|均)?(?:未|没有?)(?:收)?到",
        "received_issues",
        is_filled("received_issues"),
    ),
    Saying(ReaderRow, "remarks", "停", rf"{DAY}(?:此|该|借书)?证?已?停用了?", "stopped_on", is_blank("stopped_on")),
)
_ENTERED_AS = "(?:(?:个别)?登记号|书号)?[是为]?"
# The copy in hand was another one; 还的是 may be a copy that was taken for it, and 换 says so.
_ACTS_ON_A_COPY = "(?:实际|其实)?(?:借走?|丢失?|遗失|弄丢|损坏|弄坏|撕坏|注销)了?"
_ANOTHER_COPY = (
    rf"{_ACTS_ON_A_COPY}的(?:书)?{_ENTERED_AS}(\d{{3,}})号?"
    # 应为320 by itself may be pages.
    r"|(?:(?:个别)?登记号|书号)(?:应是|应为|实为|实际是)(\d{3,})号?|(?:应是|应为|实为|实际是)(\d{5,})号?"
)
_BATCH = r"(\d{4}-\d{3,})"
_PAPERS = ((SummaryRow, "voucher_no"), (PeriodicalRow, "voucher_no"), (CashRow, "voucher_no"))


def _another_copy(row: Any, match: re.Match[str], library: Library) -> bool:
    """Whether the copy it names is held and not that of the row."""
    own: str | None = row.accession_no
    number = next(filter(None, match.groups())).zfill(len(own or ""))
    return own is not None and number != own and number in library.copies


def _another_batch(name: str) -> Contradicts:
    """The batch it names is one of 总括登记账, and the cell holds another."""

    def contradicts(row: Any, match: re.Match[str], library: Library) -> bool:
        own = getattr(row, name)
        return own is not None and match[1] != own and match[1] in library.batches

    return contradicts


def _another_paper(name: str) -> Contradicts:
    """The paper it names is another line's of the same book, and is none of those in the cell."""

    def contradicts(row: Any, match: re.Match[str], library: Library) -> bool:
        own: str | None = getattr(row, name)
        return own is not None and match[1] not in own and match[1] in library[type(row)].distinct(name)

    return contradicts


def _is_in_another_class(row: ReaderRow, match: re.Match[str], library: Library) -> bool:
    own, said = library.class_called(row.class_name), library.class_called(match[1])
    return own is not None and said is not None and own is not said


def _another_title(row: Any, match: re.Match[str], _: Library) -> bool:
    return row.title is not None and not same_title(match[1], row.title) and not same_title(row.title, match[1])


_OF_ANOTHER = (
    *(
        Saying(row_type, "remarks", "《", rf"{_ACTS_ON_A_COPY}的(?:书)?[是为]?《(.+)》", "title", _another_title)
        for row_type in (WithdrawalRow, LoanRow, CompensationRow)
    ),
    *(
        Saying(row_type, "remarks", "借丢失坏销应实", _ANOTHER_COPY, "accession_no", _another_copy)
        for row_type in (AccessionRow, WithdrawalRow, LoanRow, CompensationRow, StocktakeRow)
    ),
    *(
        Saying(
            row_type,
            "remarks",
            "销",
            rf"{DAY}已?[随在与和同按列入]*{_BATCH}批?(?:次|号)?(?:一起|一并|一同)?(?:注销|核销)了?",
            "withdrawal_no",
            _another_batch("withdrawal_no"),
        )
        for row_type in (AccessionRow, WithdrawalRow, CompensationRow)
    ),
    Saying(
        AccessionRow,
        "remarks",
        "入购赠拨属批",
        rf"(?:应?属于?|是)?{_BATCH}批?次?(?:(?:购入|入藏|捐赠|调拨)的?书?)?",
        "batch_no",
        _another_batch("batch_no"),
    ),
    *(
        hint(
            Saying(
                row_type,
                "remarks",
                "票据",
                r"(?:发票|收据|单据|票据)(?:号码?|编号)?[是为]?([A-Za-z]{0,4}[\d-]{4,})号?",
                name,
                _another_paper(name),
            )
        )
        for row_type, name in (*_PAPERS, (CompensationRow, "receipt_no"))
    ),
    # It may have been written last year.
    hint(
        Saying(ReaderRow, "remarks", "班", r"[现在是]*(.{1,8}班)的?(?:学生|同学)", "class_name", _is_in_another_class)
    ),
)
ENTRY_SAYINGS: tuple[Saying, ...] = (*_NO_ENTRIES, *_NOT_DONE, *_OF_ANOTHER)
